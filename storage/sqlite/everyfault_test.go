package sqlite_test

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/doctor"
	"github.com/sopyo/sopyo-desktop/domain/domaintest"
	"github.com/sopyo/sopyo-desktop/domain/mail"
	"github.com/sopyo/sopyo-desktop/domain/matching"
	"github.com/sopyo/sopyo-desktop/domain/pricing"
	"github.com/sopyo/sopyo-desktop/domain/quota"
	"github.com/sopyo/sopyo-desktop/domain/report"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/database"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/sqlitetest"
	storedtransfer "github.com/sopyo/sopyo-desktop/storage/sqlite/transfer"
)

// The numbers that world gives: the database counts from 1.
const (
	worldRun      = 1 // done, decided about in part
	worldStopped  = 2 // two rows applied, one of them failed; the others are pending
	worldNext     = 3 // of the next run that is made
	worldDecision = 1
	worldLetter   = 1
	worldRepair   = 1
)

func must1[T any](t *testing.T) func(v T, err error) T {
	return func(v T, err error) T {
		t.Helper()
		sqlitetest.Must(t, err)
		return v
	}
}

// world fills a company with something of everything.
func world(t *testing.T, c *sqlitetest.Company) {
	t.Helper()
	ctx := t.Context()
	sqlitetest.Fill(t, c, []domain.Product{
		{Code: "A", Name: "Ay çekirdeği", Brand: "Çiftlik", Price: sqlitetest.Dec("10"), Stock: sqlitetest.Dec("1"), VATRate: sqlitetest.Dec("10"), Barcode: domain.Barcode(domaintest.GTIN13(1))},
		{Code: "B-YENİ", Name: "Bal", Price: sqlitetest.Dec("20"), Stock: sqlitetest.Dec("2"), Barcode: domain.Barcode(domaintest.GTIN13(2))},
		{Code: "X", Name: "Xylit", Price: sqlitetest.Dec("30"), Stock: sqlitetest.Dec("3"), State: domain.ProductDraft},
		{Code: "S", Name: "Sıfırsız", Price: sqlitetest.Dec("40"), Barcode: "36000291452"},
		{Code: "E", Name: "Eski", State: domain.ProductArchived},
		{Code: "Z", Name: "Zeytin", Price: sqlitetest.Dec("60"), Stock: sqlitetest.Dec("6")},
	})
	remote := func(id domain.RemoteID, code domain.Code, name, price string) domain.RemoteProduct {
		return domain.RemoteProduct{ID: id, Type: storedtransfer.TypeProduct, Code: code, Name: name, Active: true, Currency: domain.TRY, Price: sqlitetest.Dec(price), Stock: sqlitetest.Dec("9")}
	}
	run := sqlitetest.Transferred(t, c, transfer.DefaultOptions(domain.TRY),
		remote("1", "A", "AY ÇEKİRDEĞİ", "11"), remote("2", "B", "BAL", "22"), remote("3", "C", "CEVİZ", "33"), remote("4", "D", "DUT", "44"))
	sqlitetest.Decide(t, c, run.ID, transfer.Decision{Kind: transfer.DecidePair, Remote: "2", Product: 3}, transfer.Decision{Kind: transfer.DecideIgnore, Remote: "4"})

	stopped := sqlitetest.Staged(t, c, []domain.RemoteProduct{remote("21", "Z", "ZEYTİN", "66"), remote("22", "Y", "YULAF", "7"), remote("23", "V", "VİŞNE", "8"), remote("24", "S", "SIFIRSIZ", "9")})
	sqlitetest.Must(t, c.SavePlan(ctx, stopped, []matching.Decision{
		{Remote: "21", Tier: matching.TierCode, Local: 6},
		{Remote: "22", Reason: matching.ReasonNoCandidate},
		{Remote: "23", Reason: matching.ReasonNoCandidate},
		{Remote: "24", Tier: matching.TierCode, Local: 4},
	}, map[domain.ProductID]int64{6: 1, 4: 1}, sqlitetest.Foreseen))
	stopped, _, err := c.Apply(ctx, stopped, 2, func(cand transfer.Candidate) transfer.Effect {
		if cand.Product == nil {
			return transfer.Effect{Outcome: transfer.OutcomeFailed, Notes: []transfer.Note{transfer.NoteChanged}}
		}
		return sqlitetest.TakePrice(cand)
	})
	sqlitetest.Must(t, err)
	stopped.State, stopped.ConfirmedAt = transfer.StateStopped, sqlitetest.StillNow()
	sqlitetest.Must(t, c.SaveRun(ctx, stopped))

	sqlitetest.Must(t,
		c.SaveMaxPriceChange(ctx, sqlitetest.Dec("30")), sqlitetest.Guard(ctx, c, 2, pricing.Guards{Minimum: sqlitetest.Dec("5"), Cost: sqlitetest.Dec("4")}),
		c.SaveRates(ctx, pricing.Rate{Currency: domain.USD, Day: "2026-11-20", Value: decimal.RequireFromString("41.5")}),
		c.Remember(ctx, "stock-write", "yes"), c.SaveExhausted(ctx, quota.Read, quota.Exhaustion{Since: sqlitetest.StillNow(), AskedAt: sqlitetest.StillNow()}),
		c.Book(ctx, "2026-11", quota.Read, 7), c.SaveConnection(ctx, domaintest.Fill[domain.Connection](0)),
		c.SaveQuotaLimits(ctx, quota.Limits{Reads: 100, Writes: 50}),
	)
	market := must1[pricing.Marketplace](t)
	old, own := market(c.AddMarketplace(ctx, "Eski Pazar")), market(c.AddMarketplace(ctx, "Yeni Pazar"))
	rule := pricing.Rule{Direction: pricing.Increase, Kind: pricing.Percent, Amount: decimal.NewFromInt(5), Extra: decimal.NewFromInt(1)}
	sqlitetest.Must(t, c.SavePriceRules(ctx, pricing.Rules{PerMarketplace: true, Global: &rule, Each: map[pricing.MarketplaceID]pricing.Rule{old.ID: rule}}),
		c.SavePriceRules(ctx, pricing.Rules{PerMarketplace: true, Global: &rule, Each: map[pricing.MarketplaceID]pricing.Rule{own.ID: rule}}),
		c.RemoveMarketplace(ctx, old.ID))
	for _, price := range []string{"12", "13"} {
		_, err := c.ApprovePrices(ctx, sqlitetest.Approvals(nil, pricing.Approved{
			Product: 1, Marketplace: "trendyol", Price: decimal.RequireFromString(price),
			Base: decimal.NewFromInt(11), Currency: domain.TRY, Version: 1,
		}))
		sqlitetest.Must(t, err)
	}
	repaired, err := c.Repair(ctx, doctor.Repair{What: "lost-zero", Fixes: []doctor.Fix{{Product: 4, Column: doctor.Barcode, From: "36000291452", To: "036000291452"}}}, sqlitetest.Quiet)
	sqlitetest.Must(t, err)
	sent := sqlitetest.Queue(t, c, "bir@example.com")
	cut := sqlitetest.Queue(t, c, "iki@example.com")
	cut.State = mail.StateSending
	sqlitetest.Must(t, c.SaveLetter(ctx, cut, mail.StateQueued), c.SaveReport(ctx, report.Saved{RunID: worldStopped, State: transfer.StateStopped, Open: 3, HTML: "a", SavedAt: sqlitetest.StillNow()}, nil))
	if run.ID != worldRun || stopped.ID != worldStopped || repaired.ID != worldRepair || sent.ID != worldLetter {
		t.Fatalf("run %d, stopped %d, repair %d, letter %d", run.ID, stopped.ID, repaired.ID, sent.ID)
	}
}

// operation is one call of a store, named after its method and, behind a space, after what is special.
type operation[S any] struct {
	name    string
	do      func(ctx context.Context, s S) error
	prepare func(ctx context.Context, s S) error // what it needs beside the world, nil = nothing
}

func operationsOfCompany() []operation[*sqlitetest.Company] {
	run := func(id int64, state transfer.State) transfer.Run {
		return transfer.Run{ID: id, State: state, Phase: transfer.PhaseApply, NextPage: 2, ConfirmedAt: sqlitetest.StillNow(), CreatedAt: sqlitetest.StillNow()}
	}
	news := []domain.Product{
		{Code: "A", Name: "Ay çekirdeği", Price: sqlitetest.Dec("12"), Barcode: domain.Barcode(domaintest.GTIN13(1))},
		{Code: "YENİ", Name: "Yeni"},
		{Name: "Bal", Barcode: domain.Barcode(domaintest.GTIN13(2)), Brand: "Arı"},
	}
	page := []domain.RemoteProduct{{ID: "24", Type: storedtransfer.TypeProduct, Name: "SIFIRSIZ"}, {ID: "31", Type: storedtransfer.TypeProduct, Name: "YENİ"}}
	fixes := doctor.Repair{What: doctor.Chosen, Fixes: []doctor.Fix{
		{Product: 1, Column: doctor.Code, From: "A", To: "A-1"}, {Product: 2, Column: doctor.Barcode, From: domaintest.GTIN13(2), To: domaintest.GTIN13(3)},
	}}
	rule := pricing.Rule{Direction: pricing.Discount, Kind: pricing.Amount, Amount: decimal.NewFromInt(2)}
	return []operation[*sqlitetest.Company]{
		{"SaveProducts", func(ctx context.Context, c *sqlitetest.Company) error {
			a, b, err := twoProducts(ctx, c)
			if err != nil {
				return err
			}
			a.Name, a.Code, b.State = "Başka", "A-2", domain.ProductArchived
			_, err = c.SaveProducts(ctx, a, b, domain.Product{Code: "N", Name: "Nane"})
			return err
		}, nil},
		{"SaveEdits", func(ctx context.Context, c *sqlitetest.Company) error {
			a, b, err := twoProducts(ctx, c)
			if err != nil {
				return err
			}
			a.Name, b.State = "Başka", domain.ProductArchived
			_, err = c.SaveEdits(ctx, pricing.Edit{Product: a, Guards: &pricing.Guards{Minimum: sqlitetest.Dec("6")}}, pricing.Edit{Product: b, Guards: &pricing.Guards{}})
			return err
		}, nil},
		{"Pair", func(ctx context.Context, c *sqlitetest.Company) error { return errOf3(c.Pair(ctx, 1)) }, nil},
		{"ImportProducts", func(ctx context.Context, c *sqlitetest.Company) error {
			return sqlitetest.ErrOf2(c.ImportProducts(ctx, "f.csv", sqlitetest.Seq(news), func(int, int) {}))
		}, nil},
		{"PlanImport", func(ctx context.Context, c *sqlitetest.Company) error {
			return sqlitetest.ErrOf2(c.PlanImport(ctx, sqlitetest.Seq(news), func(int, int) {}))
		}, nil},
		{"Products", func(ctx context.Context, c *sqlitetest.Company) error {
			return errOf3(c.Products(ctx, domain.ProductQuery{Search: "a", Limit: 2}))
		}, nil},
		{"ListProducts by brand", func(ctx context.Context, c *sqlitetest.Company) error {
			return errOf3(c.ListProducts(ctx, domain.ProductQuery{Sort: domain.ProductsByBrand}))
		}, nil},
		{"AllProducts", func(ctx context.Context, c *sqlitetest.Company) error { return drained(c.AllProducts(ctx)) }, nil},
		{"EachProduct", func(ctx context.Context, c *sqlitetest.Company) error {
			return drained(c.EachProduct(ctx, domain.ProductQuery{Sort: domain.ProductsByBrand, Search: "a"}))
		}, nil},
		{"EachRow", func(ctx context.Context, c *sqlitetest.Company) error {
			return drained(c.EachRow(ctx, transfer.Query{RunID: worldRun, Attention: true}))
		}, nil},
		{"FindProducts", func(ctx context.Context, c *sqlitetest.Company) error {
			return sqlitetest.ErrOf2(c.FindProducts(ctx, "a"))
		}, nil},
		{"RankProducts", func(ctx context.Context, c *sqlitetest.Company) error {
			return sqlitetest.ErrOf2(c.RankProducts(ctx, domain.ProductQuery{}))
		}, nil},
		{"ActiveProducts", func(ctx context.Context, c *sqlitetest.Company) error {
			return sqlitetest.ErrOf2(c.ActiveProducts(ctx))
		}, nil},
		{"ActiveStock", func(ctx context.Context, c *sqlitetest.Company) error { return drained(c.ActiveStock(ctx)) }, nil},
		{"StockOf", func(ctx context.Context, c *sqlitetest.Company) error { return sqlitetest.ErrOf2(c.StockOf(ctx, 1, 2)) }, nil},
		{"PricedIn", func(ctx context.Context, c *sqlitetest.Company) error { return sqlitetest.ErrOf2(c.PricedIn(ctx)) }, nil},

		{"CreateRun", func(ctx context.Context, c *sqlitetest.Company) error {
			return givenBack(transfer.Run{})(c.CreateRun(ctx, transfer.Run{Detail: "yeni"}))
		}, nil},
		{"SaveRun", func(ctx context.Context, c *sqlitetest.Company) error {
			return c.SaveRun(ctx, run(worldStopped, transfer.StatePaused))
		}, nil},
		{"SaveOpenConnection", func(ctx context.Context, c *sqlitetest.Company) error {
			return c.SaveOpenConnection(ctx, domain.Connection{Authorised: true, UserName: "başka@firma", TenantID: "t-2"}, nil)
		}, nil},
		{"StopRun", func(ctx context.Context, c *sqlitetest.Company) error { return c.StopRun(ctx, worldRun) }, nil},
		{"RecoverStopped", func(ctx context.Context, c *sqlitetest.Company) error {
			return sqlitetest.ErrOf2(c.RecoverStopped(ctx))
		}, nil},
		{"Run", func(ctx context.Context, c *sqlitetest.Company) error { return sqlitetest.ErrOf2(c.Run(ctx, worldRun)) }, nil},
		{"LatestRun", func(ctx context.Context, c *sqlitetest.Company) error { return errOf3(c.LatestRun(ctx)) }, nil},
		{"UnfinishedRun", func(ctx context.Context, c *sqlitetest.Company) error { return errOf3(c.UnfinishedRun(ctx)) }, nil},
		{"Runs", func(ctx context.Context, c *sqlitetest.Company) error { return errOf3(c.Runs(ctx, 0, 0)) }, nil},
		{"StagePage", func(ctx context.Context, c *sqlitetest.Company) error {
			return givenBack(run(worldStopped, transfer.StatePreparing))(c.StagePage(ctx, run(worldStopped, transfer.StatePreparing), page))
		}, nil},
		{"DropRows", func(ctx context.Context, c *sqlitetest.Company) error {
			return c.DropRows(ctx, run(worldStopped, transfer.StatePreparing))
		}, nil},
		{"Sides", func(ctx context.Context, c *sqlitetest.Company) error {
			return sqlitetest.ErrOf2(c.Sides(ctx, run(worldRun, "")))
		}, nil},
		{"SavePlan", func(ctx context.Context, c *sqlitetest.Company) error {
			return c.SavePlan(ctx, run(worldNext, transfer.StatePreparing), []matching.Decision{{Remote: "24", Tier: matching.TierCode, Local: 4}, {Remote: "31"}},
				map[domain.ProductID]int64{4: 1}, sqlitetest.Foreseen)
		}, func(ctx context.Context, c *sqlitetest.Company) error {
			r, err := c.CreateRun(ctx, transfer.Run{})
			if err != nil {
				return err
			}
			return sqlitetest.ErrOf2(c.StagePage(ctx, r, page))
		}},
		{"SavePlan again", func(ctx context.Context, c *sqlitetest.Company) error {
			return c.SavePlan(ctx, run(worldStopped, transfer.StateApplying), []matching.Decision{{Remote: "24", Tier: matching.TierCode, Local: 4}, {Remote: "23"}}, nil, sqlitetest.Foreseen)
		}, nil},
		{"TransferPlan", func(ctx context.Context, c *sqlitetest.Company) error {
			return sqlitetest.ErrOf2(c.TransferPlan(ctx, worldStopped))
		}, nil},
		{"PlanRows", func(ctx context.Context, c *sqlitetest.Company) error { return drained(c.PlanRows(ctx, worldStopped)) }, nil},
		{"RunOfPlan", func(ctx context.Context, c *sqlitetest.Company) error {
			return errOf3(c.RunOfPlan(ctx, "sum", worldStopped, sqlitetest.StillNow()))
		}, nil},
		{"PlannedRun", func(ctx context.Context, c *sqlitetest.Company) error {
			return errOf3(c.PlannedRun(ctx, sqlitetest.StillNow()))
		}, nil},
		{"StagePlan", func(ctx context.Context, c *sqlitetest.Company) error {
			rows := []transfer.PlanRow{
				{Row: transfer.Row{Remote: page[0], Tier: matching.TierCode, ProductID: 4, Revision: 1}},
				{Row: transfer.Row{Remote: page[1], Planned: transfer.Planned{Outcome: transfer.OutcomeUnmatched}}},
			}
			return givenBack(transfer.Run{})(c.StagePlan(ctx, transfer.Run{State: transfer.StatePlanned, CreatedAt: sqlitetest.StillNow()}, transfer.Document{Plan: transfer.Plan{MadeAt: sqlitetest.StillNow()}}, "sum", sqlitetest.Seq(rows)))
		}, nil},
		{"Apply", func(ctx context.Context, c *sqlitetest.Company) error {
			given := run(worldStopped, transfer.StateApplying)
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
		}, nil},
		{"Reopen", func(ctx context.Context, c *sqlitetest.Company) error {
			return givenBack(run(worldStopped, transfer.StatePaused))(c.Reopen(ctx, run(worldStopped, transfer.StatePaused)))
		}, nil},
		{"Rows", func(ctx context.Context, c *sqlitetest.Company) error {
			return errOf3(c.Rows(ctx, transfer.Query{RunID: worldRun, Search: "a"}))
		}, nil},
		{"FirstPlanned", func(ctx context.Context, c *sqlitetest.Company) error {
			return sqlitetest.ErrOf2(c.FirstPlanned(ctx, worldStopped, 2))
		}, nil},
		{"RowGroups", func(ctx context.Context, c *sqlitetest.Company) error {
			return sqlitetest.ErrOf2(c.RowGroups(ctx, worldRun))
		}, nil},
		{"Choices", func(ctx context.Context, c *sqlitetest.Company) error {
			return sqlitetest.ErrOf2(c.Choices(ctx, worldRun, "3", nil, 5))
		}, nil},
		{"Choices of a row with rivals", func(ctx context.Context, c *sqlitetest.Company) error {
			return sqlitetest.ErrOf2(c.Choices(ctx, worldRun, "1", nil, 5))
		}, nil},
		{"Decide", func(ctx context.Context, c *sqlitetest.Company) error {
			return sqlitetest.ErrOf2(c.Decide(ctx, worldRun, []transfer.Decision{
				{Kind: transfer.DecideCreate, Remote: "3"}, {Kind: transfer.DecideSeparate, Remote: "1"}, {Kind: transfer.DecideIgnore, Remote: "99"},
			}))
		}, nil},
		{"Decide to pair what was taken apart", func(ctx context.Context, c *sqlitetest.Company) error {
			return sqlitetest.ErrOf2(c.Decide(ctx, worldRun, []transfer.Decision{{Kind: transfer.DecidePair, Remote: "1", Product: 1}}))
		}, func(ctx context.Context, c *sqlitetest.Company) error {
			return sqlitetest.ErrOf2(c.Decide(ctx, worldRun, []transfer.Decision{{Kind: transfer.DecideSeparate, Remote: "1"}}))
		}},
		{"TakeBack", func(ctx context.Context, c *sqlitetest.Company) error {
			return sqlitetest.ErrOf2(c.TakeBack(ctx, worldDecision))
		}, nil},
		{"UndoBatch", func(ctx context.Context, c *sqlitetest.Company) error {
			return sqlitetest.ErrOf2(c.UndoBatch(ctx, worldRun, 10))
		}, nil},
		{"UndoBatch in part", func(ctx context.Context, c *sqlitetest.Company) error {
			return sqlitetest.ErrOf2(c.UndoBatch(ctx, worldRun, 1))
		}, nil},
		{"PlanUndo", func(ctx context.Context, c *sqlitetest.Company) error {
			return sqlitetest.ErrOf2(c.PlanUndo(ctx, worldRun))
		}, nil},
		{"UnreportedRuns", func(ctx context.Context, c *sqlitetest.Company) error {
			return sqlitetest.ErrOf2(c.UnreportedRuns(ctx))
		}, nil},
		{"SaveReport", func(ctx context.Context, c *sqlitetest.Company) error {
			l := sqlitetest.TestLetter("rapor@example.com")
			return c.SaveReport(ctx, report.Saved{RunID: worldRun, State: transfer.StateDone, HTML: "a", XLSX: "b", SavedAt: sqlitetest.StillNow()}, &l)
		}, nil},
		{"ReportOf", func(ctx context.Context, c *sqlitetest.Company) error {
			return errOf3(c.ReportOf(ctx, worldStopped, transfer.StateStopped, 3))
		}, nil},

		{"Guards", func(ctx context.Context, c *sqlitetest.Company) error { return sqlitetest.ErrOf2(c.Guards(ctx)) }, nil},
		{"ProductGuards", func(ctx context.Context, c *sqlitetest.Company) error {
			return sqlitetest.ErrOf2(c.ProductGuards(ctx, 2))
		}, nil},
		{"MaxPriceChange", func(ctx context.Context, c *sqlitetest.Company) error {
			return sqlitetest.ErrOf2(c.MaxPriceChange(ctx))
		}, nil},
		{"SaveMaxPriceChange", func(ctx context.Context, c *sqlitetest.Company) error {
			return c.SaveMaxPriceChange(ctx, sqlitetest.Dec("31"))
		}, nil},
		{"SaveMaxPriceChange to none", func(ctx context.Context, c *sqlitetest.Company) error {
			return c.SaveMaxPriceChange(ctx, decimal.NullDecimal{})
		}, nil},
		{"PriceRules", func(ctx context.Context, c *sqlitetest.Company) error { return sqlitetest.ErrOf2(c.PriceRules(ctx)) }, nil},
		{"SavePriceRules", func(ctx context.Context, c *sqlitetest.Company) error {
			return c.SavePriceRules(ctx, pricing.Rules{Global: &rule, Each: map[pricing.MarketplaceID]pricing.Rule{"trendyol": rule}})
		}, nil},
		{"SamplePrices", func(ctx context.Context, c *sqlitetest.Company) error {
			return sqlitetest.ErrOf2(c.SamplePrices(ctx, 3))
		}, nil},
		{"ApprovedPrices", func(ctx context.Context, c *sqlitetest.Company) error {
			return sqlitetest.ErrOf2(c.ApprovedPrices(ctx))
		}, nil},
		{"ApprovedByProduct", func(ctx context.Context, c *sqlitetest.Company) error { return drained(c.ApprovedByProduct(ctx)) }, nil},
		{"ApprovePrices", func(ctx context.Context, c *sqlitetest.Company) error {
			return sqlitetest.ErrOf2(c.ApprovePrices(ctx, sqlitetest.Approvals(nil, pricing.Approved{Product: 1, Marketplace: "trendyol", Currency: domain.TRY},
				pricing.Approved{Product: 2, Marketplace: "trendyol", Currency: domain.TRY})))
		}, nil},
		{"UndoApproval", func(ctx context.Context, c *sqlitetest.Company) error { return sqlitetest.ErrOf2(c.UndoApproval(ctx)) }, nil},
		{"Rates", func(ctx context.Context, c *sqlitetest.Company) error { return sqlitetest.ErrOf2(c.Rates(ctx)) }, nil},
		{"SaveRates", func(ctx context.Context, c *sqlitetest.Company) error {
			return c.SaveRates(ctx, pricing.Rate{Currency: domain.USD, Day: "2026-11-20", Value: decimal.NewFromInt(42)},
				pricing.Rate{Currency: domain.EUR, Day: "2026-11-20", Value: decimal.NewFromInt(48)})
		}, nil},
		{"RemoveRate", func(ctx context.Context, c *sqlitetest.Company) error {
			return c.RemoveRate(ctx, domain.USD, "2026-11-20")
		}, nil},
		{"Marketplaces", func(ctx context.Context, c *sqlitetest.Company) error {
			return sqlitetest.ErrOf2(c.Marketplaces(ctx))
		}, nil},
		{"AddMarketplace", func(ctx context.Context, c *sqlitetest.Company) error {
			return sqlitetest.ErrOf2(c.AddMarketplace(ctx, "Üçüncü"))
		}, nil},
		{"AddMarketplace again", func(ctx context.Context, c *sqlitetest.Company) error {
			return sqlitetest.ErrOf2(c.AddMarketplace(ctx, "Eski Pazar"))
		}, nil},
		{"RenameMarketplace", func(ctx context.Context, c *sqlitetest.Company) error {
			own, err := c.Marketplaces(ctx)
			if err != nil {
				return err
			}
			return c.RenameMarketplace(ctx, own[0].ID, "Başka Pazar")
		}, nil},
		{"RemoveMarketplace", func(ctx context.Context, c *sqlitetest.Company) error {
			own, err := c.Marketplaces(ctx)
			if err != nil {
				return err
			}
			return c.RemoveMarketplace(ctx, own[0].ID)
		}, func(ctx context.Context, c *sqlitetest.Company) error { return c.SavePriceRules(ctx, pricing.Rules{}) }},

		{"Settings", func(ctx context.Context, c *sqlitetest.Company) error { return sqlitetest.ErrOf2(c.Settings(ctx)) }, nil},
		{"SaveSettings", func(ctx context.Context, c *sqlitetest.Company) error {
			s := domain.DefaultSettings()
			s.Pull = !s.Pull
			return c.SaveSettings(ctx, s, nil)
		}, nil},
		{"Circumstances", func(ctx context.Context, c *sqlitetest.Company) error { return sqlitetest.ErrOf2(c.Circumstances(ctx)) }, nil},
		{"Connection", func(ctx context.Context, c *sqlitetest.Company) error { return sqlitetest.ErrOf2(c.Connection(ctx)) }, nil},
		{"SaveConnection", func(ctx context.Context, c *sqlitetest.Company) error {
			return c.SaveConnection(ctx, domaintest.Fill[domain.Connection](1))
		}, nil},
		{"ForgetConnection", func(ctx context.Context, c *sqlitetest.Company) error { return c.ForgetConnection(ctx) }, nil},
		{"Answer", func(ctx context.Context, c *sqlitetest.Company) error { return errOf3(c.Answer(ctx, "stock-write")) }, nil},
		{"Remember", func(ctx context.Context, c *sqlitetest.Company) error { return c.Remember(ctx, "stock-write", "no") }, nil},
		{"Book", func(ctx context.Context, c *sqlitetest.Company) error { return c.Book(ctx, "2026-11", quota.Read, 1) }, nil},
		{"Booked", func(ctx context.Context, c *sqlitetest.Company) error {
			return sqlitetest.ErrOf2(c.Booked(ctx, "2026-11"))
		}, nil},
		{"QuotaLimits", func(ctx context.Context, c *sqlitetest.Company) error { return sqlitetest.ErrOf2(c.QuotaLimits(ctx)) }, nil},
		{"SaveQuotaLimits", func(ctx context.Context, c *sqlitetest.Company) error {
			return c.SaveQuotaLimits(ctx, quota.Limits{Reads: 9, Writes: 8})
		}, nil},
		{"Exhausted", func(ctx context.Context, c *sqlitetest.Company) error { return sqlitetest.ErrOf2(c.Exhausted(ctx)) }, nil},
		{"SaveExhausted", func(ctx context.Context, c *sqlitetest.Company) error {
			return c.SaveExhausted(ctx, quota.Write, quota.Exhaustion{Since: sqlitetest.StillNow(), AskedAt: sqlitetest.StillNow()})
		}, nil},
		{"SaveExhausted to none", func(ctx context.Context, c *sqlitetest.Company) error {
			return c.SaveExhausted(ctx, quota.Read, quota.Exhaustion{})
		}, nil},
		{"History", func(ctx context.Context, c *sqlitetest.Company) error { return errOf3(c.History(ctx, 3, 1)) }, nil},

		{"Repair", func(ctx context.Context, c *sqlitetest.Company) error {
			return sqlitetest.ErrOf2(c.Repair(ctx, fixes, sqlitetest.Quiet))
		}, nil},
		{"LastRepair", func(ctx context.Context, c *sqlitetest.Company) error { return errOf3(c.LastRepair(ctx)) }, nil},
		{"UndoRepair", func(ctx context.Context, c *sqlitetest.Company) error {
			return sqlitetest.ErrOf2(c.UndoRepair(ctx, doctor.Repaired{ID: worldRepair}, sqlitetest.Quiet))
		}, nil},
		{"QueueLetter", func(ctx context.Context, c *sqlitetest.Company) error {
			return sqlitetest.ErrOf2(c.QueueLetter(ctx, sqlitetest.TestLetter("üç@example.com")))
		}, nil},
		{"Letters", func(ctx context.Context, c *sqlitetest.Company) error {
			return errOf3(c.Letters(ctx, mail.Query{Search: "example", Open: true}))
		}, nil},
		{"DueLetters", func(ctx context.Context, c *sqlitetest.Company) error {
			return sqlitetest.ErrOf2(c.DueLetters(ctx, sqlitetest.StillNow()))
		}, nil},
		{"Letter", func(ctx context.Context, c *sqlitetest.Company) error {
			return sqlitetest.ErrOf2(c.Letter(ctx, worldLetter))
		}, nil},
		{"SaveLetter", func(ctx context.Context, c *sqlitetest.Company) error {
			return c.SaveLetter(ctx, mail.Letter{ID: worldLetter, State: mail.StateSent, To: "bir@example.com"}, mail.StateQueued)
		}, nil},
		{"RecoverLetters", func(ctx context.Context, c *sqlitetest.Company) error {
			return sqlitetest.ErrOf2(c.RecoverLetters(ctx))
		}, nil},
	}
}

func operationsOfMachine() []operation[*sqlitetest.Machine] {
	return []operation[*sqlitetest.Machine]{
		{"Companies", func(ctx context.Context, m *sqlitetest.Machine) error { return sqlitetest.ErrOf2(m.Companies(ctx)) }, nil},
		{"SaveCompany", func(ctx context.Context, m *sqlitetest.Machine) error {
			return m.SaveCompany(ctx, domaintest.Fill[domain.Company](2))
		}, nil},
		{"RemoveCompany", func(ctx context.Context, m *sqlitetest.Machine) error { return m.RemoveCompany(ctx, "a") }, nil},
		{"Preference", func(ctx context.Context, m *sqlitetest.Machine) error {
			return sqlitetest.ErrOf2(m.Preference(ctx, "language"))
		}, nil},
		{"SavePreference", func(ctx context.Context, m *sqlitetest.Machine) error { return m.SavePreference(ctx, "language", "en") }, nil},
		{"EnterQueue", func(ctx context.Context, m *sqlitetest.Machine) error { return m.EnterQueue(ctx, "a", 6) }, nil},
		{"LeaveQueue", func(ctx context.Context, m *sqlitetest.Machine) error { return m.LeaveQueue(ctx, "a", 5) }, nil},
		{"SetWriting", func(ctx context.Context, m *sqlitetest.Machine) error { return m.SetWriting(ctx, "a", 5, true) }, nil},
		{"Queue", func(ctx context.Context, m *sqlitetest.Machine) error { return sqlitetest.ErrOf2(m.Queue(ctx)) }, nil},
		{"KeyPrint", func(ctx context.Context, m *sqlitetest.Machine) error {
			return sqlitetest.ErrOf2(m.KeyPrint(ctx, domain.NewSecret("gizli")))
		}, nil},
		{"CompanyKey", func(ctx context.Context, m *sqlitetest.Machine) error {
			return sqlitetest.ErrOf2(m.CompanyKey(ctx, "a"))
		}, nil},
		{"SaveCompanyKey", func(ctx context.Context, m *sqlitetest.Machine) error {
			return m.SaveCompanyKey(ctx, "b", "p", "2026-11", map[quota.Kind]int{quota.Read: 4})
		}, nil},
		{"KeyQuota Book", func(ctx context.Context, m *sqlitetest.Machine) error {
			return sqlitetest.ErrOf2(m.KeyQuota("p", "a").Book(ctx, "2026-11", quota.Read, 2, 10))
		}, nil},
		{"KeyQuota Booked", func(ctx context.Context, m *sqlitetest.Machine) error {
			return sqlitetest.ErrOf2(m.KeyQuota("p", "a").Booked(ctx, "2026-11"))
		}, nil},
	}
}

func errOf3[A, B any](_ A, _ B, err error) error { return err }

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

func drained[V any](all iter.Seq2[V, error]) error {
	for _, err := range all {
		if err != nil {
			return err
		}
	}
	return nil
}

func twoProducts(ctx context.Context, c *sqlitetest.Company) (a, b domain.Product, err error) {
	all, _, err := c.Products(ctx, domain.ProductQuery{Limit: 2})
	if err != nil {
		return a, b, err
	}
	return all[0], all[1], nil
}

func TestCompany_failsWholeAtEveryStep(t *testing.T) {
	template := filepath.Join(t.TempDir(), "company.db")
	c := sqlitetest.Reopen(t, template)
	world(t, c)
	sqlitetest.Must(t, c.Close())
	failsWhole(t, operationsOfCompany(), func(path string) (*sqlitetest.Company, *database.File, *sqlitetest.Fuse) {
		copyFile(t, template, path)
		c, f := stillCompany(t, path)
		return c, c.DB, f
	})
}

func TestMachine_failsWholeAtEveryStep(t *testing.T) {
	template := filepath.Join(t.TempDir(), "sopyo.db")
	m := openMachine(t, template)
	for _, id := range []domain.CompanyID{"a", "b"} {
		sqlitetest.Must(t, m.SaveCompany(t.Context(), domain.Company{ID: id, Name: "Firma"}))
	}
	sqlitetest.Must(t, m.SavePreference(t.Context(), "language", "tr"), m.EnterQueue(t.Context(), "a", 5),
		m.SaveCompanyKey(t.Context(), "a", "p", "2026-11", map[quota.Kind]int{quota.Read: 3}))
	sqlitetest.Must(t, m.Close())
	failsWhole(t, operationsOfMachine(), func(path string) (*sqlitetest.Machine, *database.File, *sqlitetest.Fuse) {
		copyFile(t, template, path)
		m := openMachine(t, path)
		f, err := sqlitetest.Fused(m.DB)
		sqlitetest.Must(t, err)
		m.DB.Now = sqlitetest.StillNow
		return m, m.DB, f
	})
}

// failsWhole lets every operation fail at its first step, its second and so on until it succeeds: each time
// the error arrives, the file is as it was and no connection is lost, and in the end the file is as if
// nothing had ever failed. Every exported method has to be among the operations.
func failsWhole[S any](t *testing.T, all []operation[S], open func(path string) (S, *database.File, *sqlitetest.Fuse)) {
	t.Helper()
	tried := map[string]bool{"Close": true}
	for _, op := range all {
		method, _, _ := strings.Cut(op.name, " ")
		tried[method] = true
		t.Run(op.name, func(t *testing.T) {
			prepare := func(s S) {
				if op.prepare != nil {
					sqlitetest.Must(t, op.prepare(t.Context(), s))
				}
			}
			untouched, db, _ := open(filepath.Join(t.TempDir(), "want.db"))
			prepare(untouched)
			sqlitetest.Must(t, op.do(t.Context(), untouched))
			want := sqlitetest.Dump(t, db)

			path := filepath.Join(t.TempDir(), "got.db")
			s, db, f := open(path)
			prepare(s)
			version := versionOf(t, path)
			before, at := sqlitetest.Dump(t, db), version()
			const enough = 5000
			for n := 1; n < enough; n += sqlitetest.Thinned {
				f.Set(n)
				err := op.do(t.Context(), s)
				failed := f.Clear()
				if in := db.Writer.Stats().InUse + db.Reader.Stats().InUse; in != 0 {
					t.Fatalf("%q: %d connections are lost", failed, in)
				}
				if failed == "" {
					sqlitetest.Must(t, err)
					break
				}
				if !blew(failed, err) {
					t.Fatalf("%q failed, and the answer is %v", failed, err)
				}
				if now := version(); now != at { // somebody wrote
					if after := sqlitetest.Dump(t, db); after != before {
						t.Fatalf("%q failed, yet something is different:\n%s", failed, sqlitetest.Apart(before, after))
					}
					at = now
				}
			}
			if got := sqlitetest.Dump(t, db); got != want {
				t.Errorf("after the failures something else was done:\n%s", sqlitetest.Apart(want, got))
			}
		})
	}
	for m := range reflect.TypeFor[S]().Methods() {
		if !tried[m.Name] {
			t.Errorf("%s is not tried", m.Name)
		}
	}
}

// blew tells whether err is what comes of that failure: a value that is spoilt is found by whoever reads it.
func blew(failed string, err error) bool {
	return errors.Is(err, sqlitetest.ErrFuse) || err != nil && strings.HasPrefix(failed, "values of")
}

// What is damaged in a file is said by whoever needs it, and nothing is written.
func TestCompany_saysWhatIsDamaged(t *testing.T) {
	operations := map[string]operation[*sqlitetest.Company]{}
	for _, op := range operationsOfCompany() {
		operations[op.name] = op
	}
	template := filepath.Join(t.TempDir(), "company.db")
	c := sqlitetest.Reopen(t, template)
	world(t, c)
	sqlitetest.Must(t, c.Close())
	for damage, names := range map[string][]string{
		`UPDATE transfer SET options = '{'`: {
			"Run", "LatestRun", "UnfinishedRun", "Runs", "UnreportedRuns", "SaveRun", "StagePage", "Apply", "Reopen", "Decide", "TakeBack", "UndoBatch", "PlanUndo", "TransferPlan",
		},
		`UPDATE transfer_plan SET forecast = '{'`:                       {"TransferPlan"},
		`UPDATE before_image SET product = '{"revision":'`:              {"UndoBatch", "TakeBack", "PlanUndo"},
		`UPDATE before_image SET product = '{"revision":1,"price":[]}'`: {"UndoBatch", "TakeBack", "Decide"},
		`UPDATE before_image SET "row" = '{'`:                           {"TakeBack"},
		`UPDATE transfer SET read_at = 'yesterday'`:                     {"Run", "TransferPlan"},
		`UPDATE product SET updated_at = 'yesterday'`:                   {"Apply", "Decide", "PlanRows", "Choices of a row with rivals"},
		`UPDATE transfer_row SET modified_at = 'yesterday'`:             {"Rows", "Sides", "PlanRows", "FirstPlanned", "Choices", "Decide", "TakeBack", "Apply"},
	} {
		path := filepath.Join(t.TempDir(), "company.db")
		copyFile(t, template, path)
		c := sqlitetest.Reopen(t, path)
		if _, err := c.DB.Writer.ExecContext(t.Context(), damage); err != nil {
			t.Fatal(err)
		}
		before := sqlitetest.Dump(t, c.DB)
		for _, name := range names {
			if err := operations[name].do(t.Context(), c); domain.KindOf(err) != domain.KindInternal {
				t.Errorf("%s: %s says %v", damage, name, err)
			}
			if after := sqlitetest.Dump(t, c.DB); after != before {
				t.Errorf("%s: %s wrote something:\n%s", damage, name, sqlitetest.Apart(before, after))
			}
		}
	}
}

// versionOf gives a question that is answered otherwise whenever somebody has written into the file.
func versionOf(t *testing.T, path string) func() int {
	t.Helper()
	pool, err := database.Driver(database.ReaderDSN(path))
	sqlitetest.Must(t, err)
	pool.SetMaxOpenConns(1)
	t.Cleanup(func() { _ = pool.Close() })
	return func() (v int) {
		t.Helper()
		sqlitetest.Must(t, pool.QueryRowContext(context.WithoutCancel(t.Context()), `PRAGMA data_version`).Scan(&v))
		return v
	}
}

// stillCompany opens a company whose clock stands, with a fuse.
func stillCompany(t *testing.T, path string) (*sqlitetest.Company, *sqlitetest.Fuse) {
	t.Helper()
	c := sqlitetest.Reopen(t, path)
	f, err := sqlitetest.Fused(c.DB)
	sqlitetest.Must(t, err)
	c.DB.Now = sqlitetest.StillNow
	return c, f
}

func copyFile(t *testing.T, from, to string) {
	t.Helper()
	text, err := os.ReadFile(from)
	sqlitetest.Must(t, err)
	sqlitetest.Must(t, os.WriteFile(to, text, 0o600))
}

var anyTime = regexp.MustCompile(`\d{4}-\d\d-\d\dT[0-9:.]*Z`)

func TestOpen_failsWholeAtEveryStep(t *testing.T) {
	dir := t.TempDir()
	old := filepath.Join(dir, "old.db")
	text, err := os.ReadFile("testdata/company_0003.sql")
	sqlitetest.Must(t, err)
	sqlitetest.Restore(t, old, string(text))
	timeless := func(path string) string {
		pool, err := database.Driver(database.ReaderDSN(path))
		sqlitetest.Must(t, err)
		defer func() { _ = pool.Close() }()
		return anyTime.ReplaceAllString(sqlitetest.Dump(t, &database.File{Reader: pool}), "then")
	}
	for name, template := range map[string]string{"a new file": "", "a file of an older program": old} {
		t.Run(name, func(t *testing.T) {
			give := func(name string) string {
				path := filepath.Join(t.TempDir(), name)
				if template != "" {
					copyFile(t, template, path)
				}
				return path
			}
			before := "" // of a new file
			if template != "" {
				before = timeless(template)
			}
			wanted := give("want.db")
			sqlitetest.Must(t, sqlitetest.Reopen(t, wanted).Close())
			path, f, n := give("got.db"), &sqlitetest.Fuse{}, 1-sqlitetest.Thinned
			for failed := "first"; failed != ""; {
				n += sqlitetest.Thinned
				f.Set(n)
				db, err := database.Open(t.Context(), path, database.CompanySchema(), f.Open)
				if failed = f.Clear(); failed == "" {
					sqlitetest.Must(t, err, db.Close())
					break
				}
				if !blew(failed, err) {
					t.Fatalf("%q failed, and the answer is %v", failed, err)
				}
				if after := timeless(path); after != before {
					t.Fatalf("%q failed, yet something is different:\n%s", failed, sqlitetest.Apart(before, after))
				}
			}
			sqlitetest.Must(t, sqlitetest.Reopen(t, path).Close())
			if got, want := timeless(path), timeless(wanted); got != want {
				t.Errorf("something else is in the file:\n%s", sqlitetest.Apart(want, got))
			}
			if template != "" && timeless(path+".v3.bak") != before {
				t.Error("the copy is not what was there")
			}
			if n < 10 {
				t.Errorf("only %d steps failed", n)
			}
		})
	}
}
