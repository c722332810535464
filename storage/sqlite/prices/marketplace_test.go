package prices_test

import (
	"fmt"
	"testing"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/pricing"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/catalogue"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/sqlitetest"
)

var shipped = pricing.Marketplaces{{ID: "n11", Name: "N11"}, {ID: "trendyol", Name: "Trendyol"}}

func addMarketplace(t *testing.T, c *sqlitetest.Company, name string) pricing.Marketplace {
	t.Helper()
	m, err := c.AddMarketplace(t.Context(), name)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func ownNames(t *testing.T, c *sqlitetest.Company) string {
	t.Helper()
	all, err := c.Marketplaces(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	s := ""
	for _, m := range all[len(c.Shipped):] {
		s += fmt.Sprintf("%s=%s ", m.ID, m.Name)
	}
	return s
}

func TestMarketplaces_renamingKeepsTheIDAndItsRules(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	c.Shipped = shipped
	m := addMarketplace(t, c, "  Bizim  Dükkân ")
	rules := pricing.Rules{PerMarketplace: true, Each: map[pricing.MarketplaceID]pricing.Rule{m.ID: {Direction: pricing.Increase, Kind: pricing.Percent, Amount: decimal.New(5, 0)}}}
	if err := c.SavePriceRules(t.Context(), rules); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"n11", "TRENDYOL", "", "bizim dukkan"} {
		_, err := c.AddMarketplace(t.Context(), name)
		sqlitetest.WantKind(t, err, domain.KindInvalid)
	}
	if err := c.RenameMarketplace(t.Context(), m.ID, "Merkez Mağaza"); err != nil {
		t.Fatal(err)
	}
	sqlitetest.WantKind(t, c.RenameMarketplace(t.Context(), m.ID, "N11"), domain.KindInvalid)
	for _, id := range []pricing.MarketplaceID{"n11", "", "none"} {
		sqlitetest.WantKind(t, c.RenameMarketplace(t.Context(), id, "Başka"), domain.KindNotFound)
	}
	if got := ownNames(t, c); got != "own-bizim-dukkan=Merkez Mağaza " {
		t.Errorf("own: %s", got)
	}
	if r, err := c.PriceRules(t.Context()); err != nil || r.For("own-bizim-dukkan") == nil {
		t.Errorf("%+v, %v", r, err)
	}
	if second := addMarketplace(t, c, "Bizim Dükkan"); second.ID != "own-bizim-dukkan-2" {
		t.Errorf("the id of another one was given to %+v", second)
	}
}

func TestMarketplaces_removingIsRefusedArchivedOrWhole(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	sqlitetest.AddProducts(t, c, 1)
	ruled, named, free := addMarketplace(t, c, "Ruled"), addMarketplace(t, c, "Named"), addMarketplace(t, c, "Free")
	rule := pricing.Rule{Direction: pricing.Increase, Kind: pricing.Percent, Amount: decimal.New(5, 0)}
	save := func(ids ...pricing.MarketplaceID) {
		t.Helper()
		r := pricing.Rules{Each: map[pricing.MarketplaceID]pricing.Rule{}}
		for _, id := range ids {
			r.Each[id] = rule
		}
		if err := c.SavePriceRules(t.Context(), r); err != nil {
			t.Fatal(err)
		}
	}
	save(ruled.ID)
	if _, err := c.ApprovePrices(t.Context(), sqlitetest.Approvals(nil, pricing.Approved{Product: 1, Marketplace: named.ID, Price: sqlitetest.Dec("5").Decimal})); err != nil {
		t.Fatal(err)
	}
	sqlitetest.WantKind(t, c.RemoveMarketplace(t.Context(), ruled.ID), domain.KindInvalid)
	for _, id := range []pricing.MarketplaceID{named.ID, free.ID} {
		if err := c.RemoveMarketplace(t.Context(), id); err != nil {
			t.Fatal(err)
		}
	}
	sqlitetest.WantKind(t, c.RemoveMarketplace(t.Context(), named.ID), domain.KindNotFound)
	sqlitetest.WantKind(t, c.RemoveMarketplace(t.Context(), "n11"), domain.KindNotFound)
	if got := ownNames(t, c); got != "own-ruled=Ruled " {
		t.Errorf("left: %s", got)
	}
	if n := sqlitetest.Count(t, c, `SELECT count(*) FROM marketplace WHERE id = 'own-named' AND archived_at IS NOT NULL`); n != 1 {
		t.Error("one that prices name is not archived")
	}
	save()
	if err := c.RemoveMarketplace(t.Context(), ruled.ID); err != nil { // rules of the past name it
		t.Fatal(err)
	}
	if n := sqlitetest.Count(t, c, `SELECT count(*) FROM marketplace WHERE archived_at IS NOT NULL`); n != 2 {
		t.Errorf("%d archived", n)
	}
	if m := addMarketplace(t, c, "NAMED"); m.ID != named.ID || m.Name != "NAMED" {
		t.Errorf("it comes back as %+v", m)
	}
	if n := sqlitetest.Count(t, c, `SELECT count(*) FROM history WHERE what LIKE 'marketplace-%'`); n != 7 {
		t.Errorf("%d entries in the history", n)
	}
}

func TestUndoApproval_bringsBackWhatItReplaced(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	sqlitetest.AddProducts(t, c, 2)
	approve := func(prices ...pricing.Approved) {
		t.Helper()
		if _, err := c.ApprovePrices(t.Context(), sqlitetest.Approvals(nil, prices...)); err != nil {
			t.Fatal(err)
		}
	}
	price := func(p domain.ProductID, m pricing.MarketplaceID, amount string) pricing.Approved {
		return pricing.Approved{Product: p, Marketplace: m, Price: sqlitetest.Dec(amount).Decimal, Base: sqlitetest.Dec("1").Decimal, Currency: domain.TRY, Version: 1}
	}
	undo := func(want int) {
		t.Helper()
		if n, err := c.UndoApproval(t.Context()); err != nil || n != want {
			t.Fatalf("%d undone, %v, want %d", n, err, want)
		}
	}
	undo(0)
	approve(price(1, "n11", "10"))
	approve(price(1, "n11", "20"), price(1, "trendyol", "30"), price(2, "n11", "40"), price(1, "n11", "21")) // one of them twice
	undo(3)
	undo(0)
	all, err := c.ApprovedPrices(t.Context())
	if err != nil || len(all) != 1 || len(all[1]) != 1 || !catalogue.SameDecimal(all[1].At("n11"), sqlitetest.Dec("10")) {
		t.Errorf("%v, %v", all, err)
	}
}

func TestActiveStock_walksProductsGuardsAndApprovedPricesTogether(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	sqlitetest.AddProducts(t, c, 4)
	if err := sqlitetest.Guard(t.Context(), c, 3, pricing.Guards{Cost: sqlitetest.Dec("7")}); err != nil {
		t.Fatal(err)
	}
	p, _, err := c.Products(t.Context(), domain.ProductQuery{ID: 2})
	if err != nil {
		t.Fatal(err)
	}
	p[0].State = domain.ProductArchived
	if _, err := c.SaveProducts(t.Context(), p...); err != nil {
		t.Fatal(err)
	}
	if _, err := c.ApprovePrices(t.Context(), sqlitetest.Approvals(nil,
		pricing.Approved{Product: 1, Marketplace: "n11", Price: sqlitetest.Dec("1").Decimal}, pricing.Approved{Product: 2, Marketplace: "n11", Price: sqlitetest.Dec("2").Decimal},
		pricing.Approved{Product: 3, Marketplace: "n11", Price: sqlitetest.Dec("3").Decimal}, pricing.Approved{Product: 3, Marketplace: "trendyol", Price: sqlitetest.Dec("3.5").Decimal})); err != nil {
		t.Fatal(err)
	}
	got := ""
	for s, err := range c.ActiveStock(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		got += fmt.Sprintln(s.Product.ID, s.Last, s.Guards.Cost.Valid)
	}
	if got != "1 [{n11 100}] false\n3 [{n11 300} {trendyol 350}] true\n4 [] false\n" {
		t.Errorf("%s", got)
	}
	for _, err := range c.ActiveStock(t.Context()) { // leaving early leaves nothing open
		if err != nil {
			t.Error(err)
		}
		break
	}
	of, err := c.StockOf(t.Context(), 3, 2, 99)
	if err != nil || len(of) != 2 || len(of[2].Last) != 1 || len(of[3].Last) != 2 || !of[3].Guards.Cost.Valid {
		t.Errorf("%+v, %v", of, err)
	}
	if n, err := c.ActiveProducts(t.Context()); err != nil || n != 3 {
		t.Errorf("%d, %v", n, err)
	}
	ranked, err := c.RankProducts(t.Context(), domain.ProductQuery{Sort: domain.ProductsByCode, Desc: true})
	if err != nil || len(ranked) != 4 || ranked[4] != 0 || ranked[1] != 3 {
		t.Errorf("%v, %v", ranked, err)
	}
	if in, err := c.PricedIn(t.Context()); err != nil || len(in) != 1 {
		t.Errorf("%v, %v", in, err)
	}
}

func TestRemoveRate(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	if err := c.SaveRates(t.Context(), pricing.Rate{Currency: domain.USD, Day: "2026-11-23", Value: decimal.New(42, 0)}); err != nil {
		t.Fatal(err)
	}
	sqlitetest.WantKind(t, c.RemoveRate(t.Context(), domain.USD, "2026-11-22"), domain.KindNotFound)
	if err := c.RemoveRate(t.Context(), domain.USD, "2026-11-23"); err != nil {
		t.Fatal(err)
	}
	if rates, err := c.Rates(t.Context()); err != nil || len(rates) != 0 {
		t.Errorf("%v, %v", rates, err)
	}
}
