package sync_test

import (
	"context"
	"fmt"
	"reflect"
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/domaintest"
	"github.com/sopyo/sopyo-desktop/domain/sync"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/sqlitetest"
	storedsync "github.com/sopyo/sopyo-desktop/storage/sqlite/sync"
	storedtransfer "github.com/sopyo/sopyo-desktop/storage/sqlite/transfer"
)

// The products of the world that are synced.
const (
	worldA = sqlitetest.WorldSynced
	worldX = sqlitetest.WorldSynced + 1
)

func operations() []sqlitetest.Operation[*sqlitetest.Company] {
	waiting := sync.Run{
		Run: transfer.Run{
			ID: sqlitetest.WorldWaiting, State: transfer.StateApplying, Phase: transfer.PhaseApply, ConfirmedAt: sqlitetest.StillNow(),
			CreatedAt: sqlitetest.StillNow(), ReadAt: sqlitetest.StillNow(),
		},
		Request: sync.Request{Scope: sync.ScopeFull, Occasion: sync.OccasionPerson},
	}
	ended := waiting
	ended.State, ended.FinishedAt = transfer.StatePartlyDone, sqlitetest.StillNow()
	ref := sqlitetest.RefOf(worldA)
	page := []domain.RemoteProduct{
		{ID: ref.ID, Type: ref.Type, Price: sqlitetest.Dec("99"), Currency: domain.TRY, ModifiedAt: sqlitetest.StillNow()},
		{ID: "77", Type: storedtransfer.TypeProduct, Stock: sqlitetest.Dec("1"), Currency: domain.TRY},
	}
	plan := sync.Plan{
		Items:     []sync.Item{sqlitetest.Change(worldA, ref, domain.SharedStock, sync.WayPull, "8", "8", "7")},
		Agree:     []sync.Agreement{{Product: worldA, Ref: ref, Field: domain.SharedPrice, Value: sqlitetest.Dec("15").Decimal}},
		Open:      []sync.Open{sqlitetest.Waiting(worldA, ref, domain.SharedPrice, sync.WhyPushOff, "1", "2", "3")},
		Outdated:  []sync.OpenKey{{Product: worldA, Field: domain.SharedPrice}},
		Confirmed: []int64{2}, Refuted: []int64{4}, Brakes: []sync.Brake{{ID: "prices-1"}},
	}
	keys := []sync.OpenKey{
		{Product: worldA, Field: domain.SharedStock}, {Product: worldX, Field: domain.SharedStock}, {Product: worldX, Field: domain.SharedPrice},
	}
	pushing := func(ctx context.Context, c *sqlitetest.Company) error {
		return c.SaveSettings(ctx, domain.Settings{IntegrationOn: true, Currency: domain.TRY, Push: domain.PushBoth, Scenario: domain.ScenarioBasic}, nil)
	}
	return []sqlitetest.Operation[*sqlitetest.Company]{
		sqlitetest.Op("CreateSync", func(ctx context.Context, c *sqlitetest.Company) error {
			return givenBack(sync.Run{})(c.CreateSync(ctx, sync.Run{Request: sync.Request{Accepted: []string{"a"}}}))
		}),
		sqlitetest.Op("SaveSync", func(ctx context.Context, c *sqlitetest.Company) error {
			return givenBack(sync.Run{})(c.SaveSync(ctx, ended))
		}),
		sqlitetest.Op("SaveSync at its end", func(ctx context.Context, c *sqlitetest.Company) error {
			return givenBack(sync.Run{})(c.SaveSync(ctx, ended))
		}).After(func(ctx context.Context, c *sqlitetest.Company) error {
			return sqlitetest.ErrOf2(c.SaveSync(ctx, waiting))
		}),
		sqlitetest.Op("StopSync", func(ctx context.Context, c *sqlitetest.Company) error {
			return c.StopSync(ctx, sqlitetest.WorldWaiting)
		}).After(func(ctx context.Context, c *sqlitetest.Company) error {
			return sqlitetest.ErrOf2(c.SaveSync(ctx, waiting))
		}),
		sqlitetest.Op("RecoverStoppedSyncs", func(ctx context.Context, c *sqlitetest.Company) error {
			return c.RecoverStoppedSyncs(ctx)
		}).After(func(ctx context.Context, c *sqlitetest.Company) error {
			r := waiting
			r.State = transfer.StateStopping
			return sqlitetest.ErrOf2(c.SaveSync(ctx, r))
		}),
		sqlitetest.Op("Sync", func(ctx context.Context, c *sqlitetest.Company) error {
			return sqlitetest.ErrOf2(c.Sync(ctx, sqlitetest.WorldSync))
		}),
		sqlitetest.Op("LatestSync", func(ctx context.Context, c *sqlitetest.Company) error {
			return sqlitetest.ErrOf3(c.LatestSync(ctx, sync.ScopeFull, sync.ScopeEdits))
		}),
		sqlitetest.Op("UnfinishedSync", func(ctx context.Context, c *sqlitetest.Company) error {
			return sqlitetest.ErrOf3(c.UnfinishedSync(ctx))
		}),
		sqlitetest.Op("PlannedSync", func(ctx context.Context, c *sqlitetest.Company) error {
			return sqlitetest.ErrOf3(c.PlannedSync(ctx, sqlitetest.StillNow()))
		}),
		sqlitetest.Op("Syncs", func(ctx context.Context, c *sqlitetest.Company) error { return sqlitetest.ErrOf3(c.Syncs(ctx, 0, 0)) }),
		sqlitetest.Op("SyncItems", func(ctx context.Context, c *sqlitetest.Company) error {
			return sqlitetest.ErrOf3(c.SyncItems(ctx, sqlitetest.WorldWaiting, 0, 0))
		}),
		sqlitetest.Op("FindSyncItems", func(ctx context.Context, c *sqlitetest.Company) error {
			return sqlitetest.ErrOf3(c.FindSyncItems(ctx, sqlitetest.WorldWaiting, "a", 0, 0))
		}),
		sqlitetest.Op("SeeProducts", func(ctx context.Context, c *sqlitetest.Company) error {
			return givenBack(sync.Run{})(c.SeeProducts(ctx, waiting, page, sqlitetest.StillNow()))
		}),
		sqlitetest.Op("LastProductSeen", func(ctx context.Context, c *sqlitetest.Company) error {
			return sqlitetest.ErrOf2(c.LastProductSeen(ctx, waiting))
		}),
		sqlitetest.Op("ProductsSeenBelow", func(ctx context.Context, c *sqlitetest.Company) error {
			return sqlitetest.ErrOf2(c.ProductsSeenBelow(ctx, waiting, "9"))
		}),
		sqlitetest.Op("UnseeBetween", func(ctx context.Context, c *sqlitetest.Company) error {
			return givenBack(sync.Run{})(c.UnseeBetween(ctx, waiting, "", "", nil))
		}),
		sqlitetest.Op("ForgetSync", func(ctx context.Context, c *sqlitetest.Company) error {
			return givenBack(sync.Run{})(c.ForgetSync(ctx, waiting))
		}),
		sqlitetest.Op("ChangedTotals", func(ctx context.Context, c *sqlitetest.Company) error {
			return sqlitetest.ErrOf2(c.ChangedTotals(ctx, time.Time{}))
		}),
		sqlitetest.Op("SeenProducts", func(ctx context.Context, c *sqlitetest.Company) error { return sqlitetest.ErrOf2(c.SeenProducts(ctx)) }),
		sqlitetest.Op("Missed", func(ctx context.Context, c *sqlitetest.Company) error {
			return sqlitetest.ErrOf2(c.Missed(ctx, sync.Run{}))
		}),
		sqlitetest.Op("Gone", func(ctx context.Context, c *sqlitetest.Company) error { return c.Gone(ctx, ref) }),
		sqlitetest.Op("Pairs", func(ctx context.Context, c *sqlitetest.Company) error {
			return sqlitetest.ErrOf2(c.Pairs(ctx, waiting))
		}),
		sqlitetest.Op("SaveSyncPlan", func(ctx context.Context, c *sqlitetest.Company) error {
			return givenBack(sync.Run{})(c.SaveSyncPlan(ctx, waiting, plan))
		}),
		sqlitetest.Op("Pull", func(ctx context.Context, c *sqlitetest.Company) error {
			after, rows, name, err := c.Pull(ctx, waiting, 9)
			if err != nil && (rows != 0 || name != "") {
				return fmt.Errorf("rows beside %v", err) //nolint:errorlint // it is another one
			}
			return givenBack(waiting)(after, err)
		}),
		sqlitetest.Op("BeginPush", func(ctx context.Context, c *sqlitetest.Company) error {
			after, items, err := c.BeginPush(ctx, waiting)
			if err != nil && items != nil {
				return fmt.Errorf("items beside %v", err) //nolint:errorlint // it is another one
			}
			return givenBack(waiting)(after, err)
		}),
		sqlitetest.Op("EndPush", func(ctx context.Context, c *sqlitetest.Company) error {
			return givenBack(sync.Run{})(c.EndPush(ctx, waiting, []sync.Item{{ID: 4, State: sync.ItemAnswered}, {ID: 6, State: sync.ItemFailed}}))
		}),
		sqlitetest.Op("LoseSent", func(ctx context.Context, c *sqlitetest.Company) error { return c.LoseSent(ctx) }),
		sqlitetest.Op("ReopenSync", func(ctx context.Context, c *sqlitetest.Company) error {
			return givenBack(sync.Run{})(c.ReopenSync(ctx, waiting))
		}),
		sqlitetest.Op("Edited", func(ctx context.Context, c *sqlitetest.Company) error { return sqlitetest.ErrOf3(c.Edited(ctx)) }).After(pushing),
		sqlitetest.Op("OpenFields", func(ctx context.Context, c *sqlitetest.Company) error {
			return sqlitetest.ErrOf3(c.OpenFields(ctx, sync.OpenQuery{Search: "eşa"}))
		}),
		sqlitetest.Op("OpenGroups", func(ctx context.Context, c *sqlitetest.Company) error { return sqlitetest.ErrOf2(c.OpenGroups(ctx)) }),
		sqlitetest.Op("DecideFields", func(ctx context.Context, c *sqlitetest.Company) error {
			return sqlitetest.ErrOf2(c.DecideFields(ctx, sync.Decision{Verdict: sync.VerdictTheirs, Remember: true, Keys: keys}, domain.AbilityAllowed))
		}),
		sqlitetest.Op("DecideFields that stay", func(ctx context.Context, c *sqlitetest.Company) error {
			return sqlitetest.ErrOf2(c.DecideFields(ctx, sync.Decision{Verdict: sync.VerdictOurs, Keys: keys}, domain.AbilityAllowed))
		}).After(pushing),
		sqlitetest.Op("DecideFields that do not wait", func(ctx context.Context, c *sqlitetest.Company) error {
			return sqlitetest.ErrOf2(c.DecideFields(ctx, sync.Decision{Verdict: sync.VerdictOurs, Keys: keys[2:]}, domain.AbilityAllowed))
		}),
		sqlitetest.Op("PlanSyncUndo", func(ctx context.Context, c *sqlitetest.Company) error {
			return sqlitetest.ErrOf2(c.PlanSyncUndo(ctx, sqlitetest.WorldSync))
		}),
		sqlitetest.Op("UndoSync", func(ctx context.Context, c *sqlitetest.Company) error {
			return sqlitetest.ErrOf2(c.UndoSync(ctx, sqlitetest.WorldSync))
		}),
		sqlitetest.Op("UndoSync of a decision", func(ctx context.Context, c *sqlitetest.Company) error {
			return sqlitetest.ErrOf2(c.UndoSync(ctx, sqlitetest.WorldChoice))
		}),
		sqlitetest.Op("UndoSync again", func(ctx context.Context, c *sqlitetest.Company) error {
			return sqlitetest.ErrOf2(c.UndoSync(ctx, sqlitetest.WorldSync))
		}).After(func(ctx context.Context, c *sqlitetest.Company) error {
			return sqlitetest.ErrOf2(c.UndoSync(ctx, sqlitetest.WorldSync))
		}),
		sqlitetest.Op("SyncSettings", func(ctx context.Context, c *sqlitetest.Company) error { return sqlitetest.ErrOf2(c.SyncSettings(ctx)) }).
			After(saveSettings),
		sqlitetest.Op("SaveSyncSettings", saveSettings),
	}
}

func saveSettings(ctx context.Context, c *sqlitetest.Company) error {
	of := sync.DefaultSettings()
	of.Schedule = sync.ScheduleHourly
	return c.SaveSyncSettings(ctx, of)
}

func TestStore_failsWholeAtEveryStep(t *testing.T) {
	sqlitetest.CompanyFailsWhole(t, reflect.TypeFor[storedsync.Store](), operations())
}

// givenBack tells whether beside an error there is the run that was given, or none: never one that is
// not what the file says.
func givenBack(want sync.Run) func(got sync.Run, err error) error {
	return func(got sync.Run, err error) error {
		if d := domaintest.Differences(got, want); err != nil && len(d) > 0 {
			return fmt.Errorf("beside %v there is a run: %q", err, d) //nolint:errorlint // it is another one
		}
		return err
	}
}

// What is damaged in a file is said by whoever needs it, and nothing is written.
func TestStore_saysWhatIsDamaged(t *testing.T) {
	sqlitetest.SaysWhatIsDamaged(t, operations(), map[string][]string{
		`UPDATE sync_run SET accepted = '{'`: {
			"Sync", "LatestSync", "UnfinishedSync", "Syncs", "SaveSync", "SeeProducts", "UnseeBetween", "ForgetSync", "SaveSyncPlan", "Pull", "BeginPush", "EndPush", "ReopenSync",
			"PlanSyncUndo", "UndoSync",
		},
		`UPDATE sync_run SET brakes = '{'`:                               {"Sync", "SaveSync"},
		`UPDATE sync_run SET read_at = 'yesterday'`:                      {"Sync", "UndoSync of a decision"},
		`UPDATE sync_item SET ended_at = 'yesterday'`:                    {"SyncItems", "FindSyncItems", "BeginPush", "Pairs", "PlanSyncUndo", "UndoSync"},
		`UPDATE sync_item SET ended_at = 'yesterday' WHERE way = 'pull'`: {"Pull"},
		`UPDATE product SET updated_at = 'yesterday'`:                    {"Pull", "BeginPush", "DecideFields", "PlanSyncUndo", "UndoSync", "UndoSync of a decision"},
		`UPDATE product SET price_at = 'yesterday'`:                      {"Pairs"},
		`UPDATE agreed SET value = 'much'`:                               {"Pairs"},
		`UPDATE sync_choice SET ours = 'much'`:                           {"Pairs"},
		`UPDATE sync_open SET since = 'yesterday'`:                       {"OpenFields", "SaveSyncPlan", "DecideFields"},
		`INSERT INTO setting (key, value) VALUES ('sync', '{')`:          {"SyncSettings"},
	})
}
