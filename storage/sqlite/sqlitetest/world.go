package sqlitetest

import (
	"path/filepath"
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
	storedtransfer "github.com/sopyo/sopyo-desktop/storage/sqlite/transfer"
)

// The numbers that World gives: the database counts from 1.
const (
	WorldRun      = 1 // done, decided about in part
	WorldStopped  = 2 // two rows applied, one of them failed; the others are pending
	WorldNext     = 3 // of the next run that is made
	WorldDecision = 1
	WorldLetter   = 1
	WorldRepair   = 1
	WorldSynced   = 7 // the first of two products that are synced
	WorldSync     = 1 // done: pulled, pushed, and both answered
	WorldWaiting  = 2 // stopped: of its changes one is on its way, one failed, the others are planned; fields wait
	WorldChoice   = 3 // in which a person decided about a field that waited
)

// World fills a company with something of everything.
func World(t *testing.T, c *Company) {
	t.Helper()
	ctx := t.Context()
	Fill(t, c, []domain.Product{
		{Code: "A", Name: "Ay çekirdeği", Brand: "Çiftlik", Price: Dec("10"), Stock: Dec("1"), VATRate: Dec("10"), Barcode: domain.Barcode(domaintest.GTIN13(1))},
		{Code: "B-YENİ", Name: "Bal", Price: Dec("20"), Stock: Dec("2"), Barcode: domain.Barcode(domaintest.GTIN13(2))},
		{Code: "X", Name: "Xylit", Price: Dec("30"), Stock: Dec("3"), State: domain.ProductDraft},
		{Code: "S", Name: "Sıfırsız", Price: Dec("40"), Barcode: "36000291452"},
		{Code: "E", Name: "Eski", State: domain.ProductArchived},
		{Code: "Z", Name: "Zeytin", Price: Dec("60"), Stock: Dec("6")},
	})
	remote := func(id domain.RemoteID, code domain.Code, name, price string) domain.RemoteProduct {
		return domain.RemoteProduct{ID: id, Type: storedtransfer.TypeProduct, Code: code, Name: name, Active: true, Currency: domain.TRY, Price: Dec(price), Stock: Dec("9")}
	}
	run := Transferred(t, c, transfer.DefaultOptions(domain.TRY),
		remote("1", "A", "AY ÇEKİRDEĞİ", "11"), remote("2", "B", "BAL", "22"), remote("3", "C", "CEVİZ", "33"), remote("4", "D", "DUT", "44"))
	Decide(t, c, run.ID, transfer.Decision{Kind: transfer.DecidePair, Remote: "2", Product: 3}, transfer.Decision{Kind: transfer.DecideIgnore, Remote: "4"})

	stopped := Staged(t, c, []domain.RemoteProduct{remote("21", "Z", "ZEYTİN", "66"), remote("22", "Y", "YULAF", "7"), remote("23", "V", "VİŞNE", "8"), remote("24", "S", "SIFIRSIZ", "9")})
	Must(t, c.SavePlan(ctx, stopped, []matching.Decision{
		{Remote: "21", Tier: matching.TierCode, Local: 6},
		{Remote: "22", Reason: matching.ReasonNoCandidate},
		{Remote: "23", Reason: matching.ReasonNoCandidate},
		{Remote: "24", Tier: matching.TierCode, Local: 4},
	}, map[domain.ProductID]int64{6: 1, 4: 1}, Foreseen))
	stopped, _, err := c.Apply(ctx, stopped, 2, func(cand transfer.Candidate) transfer.Effect {
		if cand.Product == nil {
			return transfer.Effect{Outcome: transfer.OutcomeFailed, Notes: []transfer.Note{transfer.NoteChanged}}
		}
		return TakePrice(cand)
	})
	Must(t, err)
	stopped.State, stopped.ConfirmedAt = transfer.StateStopped, StillNow()
	Must(t, c.SaveRun(ctx, stopped))

	Must(t,
		c.SaveMaxPriceChange(ctx, Dec("30")), Guard(ctx, c, 2, pricing.Guards{Minimum: Dec("5"), Cost: Dec("4")}),
		c.SaveRates(ctx, pricing.Rate{Currency: domain.USD, Day: "2026-11-20", Value: decimal.RequireFromString("41.5")}),
		c.Remember(ctx, "stock-write", "yes"), c.SaveExhausted(ctx, quota.Read, quota.Exhaustion{Since: StillNow(), AskedAt: StillNow()}),
		c.Book(ctx, "2026-11", quota.Read, 7), c.SaveConnection(ctx, domaintest.Fill[domain.Connection](0)),
		c.SaveQuotaLimits(ctx, quota.Limits{Reads: 100, Writes: 50}),
	)
	market := Ok1[pricing.Marketplace](t)
	old, own := market(c.AddMarketplace(ctx, "Eski Pazar")), market(c.AddMarketplace(ctx, "Yeni Pazar"))
	rule := pricing.Rule{Direction: pricing.Increase, Kind: pricing.Percent, Amount: decimal.NewFromInt(5), Extra: decimal.NewFromInt(1)}
	Must(t, c.SavePriceRules(ctx, pricing.Rules{PerMarketplace: true, Global: &rule, Each: map[pricing.MarketplaceID]pricing.Rule{old.ID: rule}}),
		c.SavePriceRules(ctx, pricing.Rules{PerMarketplace: true, Global: &rule, Each: map[pricing.MarketplaceID]pricing.Rule{own.ID: rule}}),
		c.RemoveMarketplace(ctx, old.ID))
	for _, price := range []string{"12", "13"} {
		_, err := c.ApprovePrices(ctx, Approvals(nil, pricing.Approved{
			Product: 1, Marketplace: "trendyol", Price: decimal.RequireFromString(price),
			Base: decimal.NewFromInt(11), Currency: domain.TRY, Version: 1,
		}))
		Must(t, err)
	}
	repaired, err := c.Repair(ctx, doctor.Repair{What: "lost-zero", Fixes: []doctor.Fix{{Product: 4, Column: doctor.Barcode, From: "36000291452", To: "036000291452"}}}, Quiet)
	Must(t, err)
	sent := Queue(t, c, "bir@example.com")
	cut := Queue(t, c, "iki@example.com")
	cut.State = mail.StateSending
	Must(t, c.SaveLetter(ctx, cut, mail.StateQueued), c.SaveReport(ctx, report.Saved{RunID: WorldStopped, State: transfer.StateStopped, Open: 3, HTML: "a", SavedAt: StillNow()}, nil))
	worldSyncs(t, c)
	worldOrders(t, c)
	if run.ID != WorldRun || stopped.ID != WorldStopped || repaired.ID != WorldRepair || sent.ID != WorldLetter {
		t.Fatalf("run %d, stopped %d, repair %d, letter %d", run.ID, stopped.ID, repaired.ID, sent.ID)
	}
}

// WorldFile gives the path of the file of a company in which something of everything is.
func WorldFile(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "company.db")
	c := Reopen(t, path)
	World(t, c)
	Must(t, c.Close())
	return path
}
