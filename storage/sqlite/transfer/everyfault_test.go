package transfer_test

import (
	"context"
	"fmt"
	"reflect"
	"testing"

	storedtransfer "github.com/sopyo/sopyo-desktop/storage/sqlite/transfer"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/domaintest"
	"github.com/sopyo/sopyo-desktop/domain/matching"
	"github.com/sopyo/sopyo-desktop/domain/report"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/sqlitetest"
)

func operations() []sqlitetest.Operation[*sqlitetest.Company] {
	run := func(id int64, state transfer.State) transfer.Run {
		return transfer.Run{ID: id, State: state, Phase: transfer.PhaseApply, NextPage: 2, ConfirmedAt: sqlitetest.StillNow(), CreatedAt: sqlitetest.StillNow()}
	}
	page := []domain.RemoteProduct{{ID: "24", Type: storedtransfer.TypeProduct, Name: "SIFIRSIZ"}, {ID: "31", Type: storedtransfer.TypeProduct, Name: "YENİ"}}
	return []sqlitetest.Operation[*sqlitetest.Company]{
		sqlitetest.Op("Pair", func(ctx context.Context, c *sqlitetest.Company) error { return sqlitetest.ErrOf3(c.Pair(ctx, 1)) }),
		sqlitetest.Op("EachRow", func(ctx context.Context, c *sqlitetest.Company) error {
			return sqlitetest.Walked(c.EachRow(ctx, transfer.Query{RunID: sqlitetest.WorldRun, Attention: true}))
		}),
		sqlitetest.Op("DecisionStanding", func(ctx context.Context, c *sqlitetest.Company) error {
			return sqlitetest.ErrOf2(c.DecisionStanding(ctx, sqlitetest.WorldRun))
		}),
		sqlitetest.Op("CreateRun", func(ctx context.Context, c *sqlitetest.Company) error {
			return givenBack(transfer.Run{})(c.CreateRun(ctx, transfer.Run{Detail: "yeni"}))
		}),
		sqlitetest.Op("SaveRun", func(ctx context.Context, c *sqlitetest.Company) error {
			return c.SaveRun(ctx, run(sqlitetest.WorldStopped, transfer.StatePaused))
		}),
		sqlitetest.Op("StopRun", func(ctx context.Context, c *sqlitetest.Company) error { return c.StopRun(ctx, sqlitetest.WorldRun) }),
		sqlitetest.Op("RecoverStopped", func(ctx context.Context, c *sqlitetest.Company) error {
			return sqlitetest.ErrOf2(c.RecoverStopped(ctx))
		}),
		sqlitetest.Op("Run", func(ctx context.Context, c *sqlitetest.Company) error {
			return sqlitetest.ErrOf2(c.Run(ctx, sqlitetest.WorldRun))
		}),
		sqlitetest.Op("LatestRun", func(ctx context.Context, c *sqlitetest.Company) error { return sqlitetest.ErrOf3(c.LatestRun(ctx)) }),
		sqlitetest.Op("UnfinishedRun", func(ctx context.Context, c *sqlitetest.Company) error { return sqlitetest.ErrOf3(c.UnfinishedRun(ctx)) }),
		sqlitetest.Op("Runs", func(ctx context.Context, c *sqlitetest.Company) error { return sqlitetest.ErrOf3(c.Runs(ctx, 0, 0)) }),
		sqlitetest.Op("StagePage", func(ctx context.Context, c *sqlitetest.Company) error {
			return givenBack(run(sqlitetest.WorldStopped, transfer.StatePreparing))(c.StagePage(ctx, run(sqlitetest.WorldStopped, transfer.StatePreparing), page))
		}),
		sqlitetest.Op("LastStaged", func(ctx context.Context, c *sqlitetest.Company) error {
			return sqlitetest.ErrOf2(c.LastStaged(ctx, transfer.Run{ID: 1}))
		}),
		sqlitetest.Op("StagedBelow", func(ctx context.Context, c *sqlitetest.Company) error {
			return sqlitetest.ErrOf2(c.StagedBelow(ctx, transfer.Run{ID: 1}, "2"))
		}),
		sqlitetest.Op("StageRange", func(ctx context.Context, c *sqlitetest.Company) error {
			return givenBack(run(sqlitetest.WorldStopped, transfer.StatePreparing))(c.StageRange(ctx, run(sqlitetest.WorldStopped, transfer.StatePreparing), "", "", page))
		}),
		sqlitetest.Op("DropRows", func(ctx context.Context, c *sqlitetest.Company) error {
			return c.DropRows(ctx, run(sqlitetest.WorldStopped, transfer.StatePreparing))
		}),
		sqlitetest.Op("Sides", func(ctx context.Context, c *sqlitetest.Company) error {
			return sqlitetest.ErrOf2(c.Sides(ctx, run(sqlitetest.WorldRun, ""), sqlitetest.Matched))
		}),
		sqlitetest.Op("SavePlan", func(ctx context.Context, c *sqlitetest.Company) error {
			return c.SavePlan(ctx, run(sqlitetest.WorldNext, transfer.StatePreparing), []matching.Decision{{Remote: "24", Tier: matching.TierCode, Local: 4}, {Remote: "31"}},
				map[domain.ProductID]int64{4: 1}, sqlitetest.Foreseen)
		}).After(func(ctx context.Context, c *sqlitetest.Company) error {
			r, err := c.CreateRun(ctx, transfer.Run{})
			if err != nil {
				return err
			}
			return sqlitetest.ErrOf2(c.StagePage(ctx, r, page))
		}),
		sqlitetest.Op("SavePlan again", func(ctx context.Context, c *sqlitetest.Company) error {
			return c.SavePlan(ctx, run(sqlitetest.WorldStopped, transfer.StateApplying), []matching.Decision{{Remote: "24", Tier: matching.TierCode, Local: 4}, {Remote: "23"}}, nil, sqlitetest.Foreseen)
		}),
		sqlitetest.Op("TransferPlan", func(ctx context.Context, c *sqlitetest.Company) error {
			return sqlitetest.ErrOf2(c.TransferPlan(ctx, sqlitetest.WorldStopped))
		}),
		sqlitetest.Op("PlanRows", func(ctx context.Context, c *sqlitetest.Company) error {
			return sqlitetest.Walked(c.PlanRows(ctx, sqlitetest.WorldStopped))
		}),
		sqlitetest.Op("RunOfPlan", func(ctx context.Context, c *sqlitetest.Company) error {
			return sqlitetest.ErrOf3(c.RunOfPlan(ctx, "sum", sqlitetest.WorldStopped, sqlitetest.StillNow()))
		}),
		sqlitetest.Op("PlannedRun", func(ctx context.Context, c *sqlitetest.Company) error {
			return sqlitetest.ErrOf3(c.PlannedRun(ctx, sqlitetest.StillNow()))
		}),
		sqlitetest.Op("StagePlan", func(ctx context.Context, c *sqlitetest.Company) error {
			rows := []transfer.PlanRow{
				{Row: transfer.Row{Remote: page[0], Tier: matching.TierCode, ProductID: 4, Revision: 1}},
				{Row: transfer.Row{Remote: page[1], Planned: transfer.Planned{Outcome: transfer.OutcomeUnmatched}}},
			}
			return givenBack(transfer.Run{})(c.StagePlan(ctx, transfer.Run{State: transfer.StatePlanned, CreatedAt: sqlitetest.StillNow()}, transfer.Document{Plan: transfer.Plan{MadeAt: sqlitetest.StillNow()}}, "sum", sqlitetest.Seq(rows)))
		}),
		sqlitetest.Op("Apply", func(ctx context.Context, c *sqlitetest.Company) error {
			given := run(sqlitetest.WorldStopped, transfer.StateApplying)
			after, rows, err := c.Apply(ctx, given, 9, func(cand transfer.Candidate) transfer.Effect {
				if cand.Product == nil {
					return transfer.Effect{Outcome: transfer.OutcomeUnmatched, Product: &domain.Product{Code: cand.Row.Remote.Code}, Bind: true}
				}
				return sqlitetest.TakePrice(cand)
			})
			if err != nil && rows != nil {
				return fmt.Errorf("rows beside %v", err) //nolint:errorlint // it is another one
			}
			return givenBack(given)(after, err)
		}),
		sqlitetest.Op("ApplySettled", func(ctx context.Context, c *sqlitetest.Company) error {
			given := run(sqlitetest.WorldStopped, transfer.StateApplying)
			after, rows, name, err := c.ApplySettled(ctx, given, 9)
			if err != nil && (rows != 0 || name != "") {
				return fmt.Errorf("%d rows beside %v", rows, err) //nolint:errorlint // it is another one
			}
			return givenBack(given)(after, err)
		}).After(func(ctx context.Context, c *sqlitetest.Company) error {
			return c.DB.Execute(ctx, "make a row like its product", `UPDATE transfer_product SET price = '40', stock = NULL WHERE remote_id = '24'`)
		}),
		sqlitetest.Op("Reopen", func(ctx context.Context, c *sqlitetest.Company) error {
			return givenBack(run(sqlitetest.WorldStopped, transfer.StatePaused))(c.Reopen(ctx, run(sqlitetest.WorldStopped, transfer.StatePaused)))
		}),
		sqlitetest.Op("Rows", func(ctx context.Context, c *sqlitetest.Company) error {
			return sqlitetest.ErrOf3(c.Rows(ctx, transfer.Query{RunID: sqlitetest.WorldRun, Search: "a"}))
		}),
		sqlitetest.Op("Rows by name", func(ctx context.Context, c *sqlitetest.Company) error {
			return sqlitetest.ErrOf3(storedtransfer.New(c.DB).Rows(ctx, transfer.Query{RunID: sqlitetest.WorldRun, Sort: transfer.SortName}))
		}),
		sqlitetest.Op("FirstPlanned", func(ctx context.Context, c *sqlitetest.Company) error {
			return sqlitetest.ErrOf2(c.FirstPlanned(ctx, sqlitetest.WorldStopped, 2))
		}),
		sqlitetest.Op("RowGroups", func(ctx context.Context, c *sqlitetest.Company) error {
			return sqlitetest.ErrOf2(c.RowGroups(ctx, sqlitetest.WorldRun))
		}),
		sqlitetest.Op("Choices", func(ctx context.Context, c *sqlitetest.Company) error {
			return sqlitetest.ErrOf2(c.Choices(ctx, sqlitetest.WorldRun, "3", nil, 5))
		}),
		sqlitetest.Op("Choices of a row with rivals", func(ctx context.Context, c *sqlitetest.Company) error {
			return sqlitetest.ErrOf2(c.Choices(ctx, sqlitetest.WorldRun, "1", nil, 5))
		}),
		sqlitetest.Op("Decide", func(ctx context.Context, c *sqlitetest.Company) error {
			return sqlitetest.ErrOf2(c.Decide(ctx, sqlitetest.WorldRun, []transfer.Decision{
				{Kind: transfer.DecideCreate, Remote: "3"}, {Kind: transfer.DecideSeparate, Remote: "1"}, {Kind: transfer.DecideIgnore, Remote: "99"},
			}))
		}),
		sqlitetest.Op("Decide to pair what was taken apart", func(ctx context.Context, c *sqlitetest.Company) error {
			return sqlitetest.ErrOf2(c.Decide(ctx, sqlitetest.WorldRun, []transfer.Decision{{Kind: transfer.DecidePair, Remote: "1", Product: 1}}))
		}).After(func(ctx context.Context, c *sqlitetest.Company) error {
			return sqlitetest.ErrOf2(c.Decide(ctx, sqlitetest.WorldRun, []transfer.Decision{{Kind: transfer.DecideSeparate, Remote: "1"}}))
		}),
		sqlitetest.Op("Decide to create in-store numbers", func(ctx context.Context, c *sqlitetest.Company) error {
			return sqlitetest.ErrOf2(c.Decide(ctx, sqlitetest.WorldRun, []transfer.Decision{{Kind: transfer.DecideCreate, Remote: "3"}, {Kind: transfer.DecideCreate, Remote: "99"}}))
		}).After(func(ctx context.Context, c *sqlitetest.Company) error {
			return c.DB.Execute(ctx, "number them", `UPDATE transfer_product SET barcode = '2000000000015' WHERE remote_id = '3'`)
		}),
		sqlitetest.Op("Decide to ask again", func(ctx context.Context, c *sqlitetest.Company) error {
			return sqlitetest.ErrOf2(c.Decide(ctx, sqlitetest.WorldRun, []transfer.Decision{{Kind: transfer.DecideAsk, Remote: "3"}}))
		}).After(func(ctx context.Context, c *sqlitetest.Company) error {
			return sqlitetest.ErrOf2(c.Decide(ctx, sqlitetest.WorldRun, []transfer.Decision{{Kind: transfer.DecideIgnore, Remote: "3"}}))
		}),
		sqlitetest.Op("TakeBack", func(ctx context.Context, c *sqlitetest.Company) error {
			return sqlitetest.ErrOf2(c.TakeBack(ctx, sqlitetest.WorldDecision))
		}),
		sqlitetest.Op("UndoBatch", func(ctx context.Context, c *sqlitetest.Company) error {
			return sqlitetest.ErrOf2(c.UndoBatch(ctx, sqlitetest.WorldRun, 10))
		}),
		sqlitetest.Op("UndoBatch in part", func(ctx context.Context, c *sqlitetest.Company) error {
			return sqlitetest.ErrOf2(c.UndoBatch(ctx, sqlitetest.WorldRun, 1))
		}),
		sqlitetest.Op("UndoBatch of what an older program wrote", func(ctx context.Context, c *sqlitetest.Company) error {
			return sqlitetest.ErrOf2(c.UndoBatch(ctx, sqlitetest.WorldRun, 10))
		}).After(func(ctx context.Context, c *sqlitetest.Company) error {
			return c.DB.Execute(ctx, "keep less", `UPDATE before_image SET product = json_remove(product, '$.from')`)
		}),
		sqlitetest.Op("PlanUndo", func(ctx context.Context, c *sqlitetest.Company) error {
			return sqlitetest.ErrOf2(c.PlanUndo(ctx, sqlitetest.WorldRun))
		}),
		sqlitetest.Op("PlanUndo of what stays", func(ctx context.Context, c *sqlitetest.Company) error {
			return sqlitetest.ErrOf2(c.PlanUndo(ctx, sqlitetest.WorldRun))
		}).After(func(ctx context.Context, c *sqlitetest.Company) error {
			return c.DB.Execute(ctx, "change products", `UPDATE product SET revision = revision + 1`)
		}),
		sqlitetest.Op("UnreportedRuns", func(ctx context.Context, c *sqlitetest.Company) error {
			return sqlitetest.ErrOf2(c.UnreportedRuns(ctx))
		}),
		sqlitetest.Op("SaveReport", func(ctx context.Context, c *sqlitetest.Company) error {
			l := sqlitetest.TestLetter("rapor@example.com")
			return c.SaveReport(ctx, report.Saved{RunID: sqlitetest.WorldRun, State: transfer.StateDone, HTML: "a", XLSX: "b", SavedAt: sqlitetest.StillNow()}, &l)
		}),
		sqlitetest.Op("ReportOf", func(ctx context.Context, c *sqlitetest.Company) error {
			return sqlitetest.ErrOf3(c.ReportOf(ctx, sqlitetest.WorldStopped, transfer.StateStopped, 3))
		}),
	}
}

func TestStore_failsWholeAtEveryStep(t *testing.T) {
	sqlitetest.CompanyFailsWhole(t, reflect.TypeFor[storedtransfer.Store](), operations())
}

// givenBack tells whether beside an error there is the run that was given, or none: never one that is
// not what the file says.
func givenBack(want transfer.Run) func(got transfer.Run, err error) error {
	return func(got transfer.Run, err error) error {
		if d := domaintest.Differences(got, want); err != nil && len(d) > 0 {
			return fmt.Errorf("beside %v there is a run: %q", err, d) //nolint:errorlint // it is another one
		}
		return err
	}
}

// What is damaged in a file is said by whoever needs it, and nothing is written.
func TestStore_saysWhatIsDamaged(t *testing.T) {
	sqlitetest.SaysWhatIsDamaged(t, operations(), map[string][]string{
		`UPDATE transfer SET options = '{'`: {
			"Run", "LatestRun", "UnfinishedRun", "Runs", "UnreportedRuns", "SaveRun", "StagePage", "Apply", "Reopen", "Decide", "TakeBack", "UndoBatch", "PlanUndo", "TransferPlan",
		},
		`UPDATE transfer_plan SET forecast = '{'`:                         {"TransferPlan"},
		`UPDATE before_image SET product = '{"revision":'`:                {"UndoBatch", "TakeBack", "PlanUndo"},
		`UPDATE before_image SET product = '{"revision":1,"price":[]}'`:   {"UndoBatch", "TakeBack", "Decide"},
		`UPDATE before_image SET product = '{"revision":1,"origins":[]}'`: {"UndoBatch", "TakeBack", "Decide"},
		`UPDATE product SET price_at = 'yesterday'`:                       {"Apply", "Decide", "TakeBack", "PlanRows"},
		`UPDATE before_image SET "row" = '{'`:                             {"TakeBack"},
		`UPDATE transfer SET read_at = 'yesterday'`:                       {"Run", "TransferPlan"},
		`UPDATE product SET updated_at = 'yesterday'`:                     {"Apply", "Decide", "PlanRows", "Choices of a row with rivals"},
		`UPDATE transfer_product SET modified_at = 'yesterday'`:           {"Rows", "PlanRows", "FirstPlanned", "Choices", "Decide", "TakeBack", "Apply"},
		`UPDATE transfer_product SET stock = 'yesterday'`:                 {"Rows", "Sides", "PlanRows", "FirstPlanned", "Choices", "Decide", "TakeBack", "Apply"},
	})
}
