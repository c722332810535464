package prices_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/domaintest"
	"github.com/sopyo/sopyo-desktop/domain/pricing"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/prices"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/sqlitetest"
)

func TestSavePriceRules_carriesEachFieldOfEachRule(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	version, last := int64(0), pricing.SavedRules{Rules: pricing.Rules{Each: map[pricing.MarketplaceID]pricing.Rule{}}}
	keep := func(what string, r pricing.Rules) {
		t.Helper()
		version++
		at := sqlitetest.Clocked(c, int(version))
		if err := c.SavePriceRules(t.Context(), r); err != nil {
			t.Fatal(err)
		}
		r.Version = version
		sqlitetest.WantSame(t, what, sqlitetest.Ok1[pricing.Rules](t)(c.PriceRules(t.Context())), r)
		sqlitetest.WantNoted(t, c, "price-rules", map[string]any{"version": version, "changes": replaced(last.Rules, r)})
		sqlitetest.WantSame(t, what+": what it replaced", sqlitetest.Ok1[pricing.SavedRules](t)(c.EarlierRules(t.Context(), version)), last)
		last = pricing.SavedRules{Rules: r, At: at}
		sqlitetest.WantSame(t, what+": what comes before the next", sqlitetest.Ok1[pricing.SavedRules](t)(c.EarlierRules(t.Context(), version+1)), last)
	}
	base := domaintest.Fill[pricing.Rules](0)
	for path, rule := range domaintest.Changed(domaintest.Fill[pricing.Rule](0), domaintest.Fill[pricing.Rule](1)) {
		global := base
		global.Global = &rule
		keep("global "+path, global)
		each := base
		each.Each = map[pricing.MarketplaceID]pricing.Rule{"n11": rule, "trendyol": *base.Global}
		keep("each "+path, each)
	}
	base.Each = map[pricing.MarketplaceID]pricing.Rule{}
	keep("none but the global one", base)
	keep("none", pricing.Rules{Each: base.Each, PerMarketplace: true})
	rows := sqlitetest.RowsBy(t, c.DB.Reader, `SELECT * FROM price_rule_version ORDER BY version DESC`)
	sqlitetest.WantRow(t, "version", rows[0], map[string]any{"version": version, "per_marketplace": int64(1), "created_at": sqlitetest.Timed(c.DB.Now().UTC())})
	before := sqlitetest.Contents(t, c.DB)
	bad := base
	bad.Each = map[pricing.MarketplaceID]pricing.Rule{prices.Everywhere: *base.Global}
	sqlitetest.WantKind(t, c.SavePriceRules(t.Context(), bad), domain.KindInvalid)
	if !slices.Equal(sqlitetest.Contents(t, c.DB), before) {
		t.Error("refused rules left something")
	}
}

// replaced is what the history holds of a save, told apart by how it is written.
func replaced(was, is pricing.Rules) map[string]any {
	changes := map[string]any{}
	asJSON := func(v any) string {
		text, err := json.Marshal(v)
		return fmt.Sprint(string(text), err)
	}
	put := func(name string, before, after any) {
		if asJSON(before) != asJSON(after) {
			changes[name] = []any{before, after}
		}
	}
	put("per_marketplace", fmt.Sprint(was.PerMarketplace), fmt.Sprint(is.PerMarketplace))
	put("every_marketplace", was.Global, is.Global)
	for _, rules := range []pricing.Rules{was, is} {
		for m := range rules.Each {
			put(string(m), was.Of(m), is.Of(m))
		}
	}
	return changes
}

func TestSavePriceRules_namesMarketplacesThatWereRemovedToo(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	sqlitetest.Clocked(c, 1)
	c.Shipped = shipped
	rule := pricing.Rule{Direction: pricing.Discount, Kind: pricing.Percent, Amount: decimal.NewFromInt(95)}
	own := addMarketplace(t, c, "Yerel Pazar")
	each := func(ids ...pricing.MarketplaceID) (r pricing.Rules) {
		r.Each = map[pricing.MarketplaceID]pricing.Rule{}
		for _, id := range ids {
			r.Each[id] = rule
		}
		return r
	}
	for _, r := range []pricing.Rules{each(own.ID), each()} {
		if err := c.SavePriceRules(t.Context(), r); err != nil {
			t.Fatal(err)
		}
	}
	if err := c.RemoveMarketplace(t.Context(), own.ID); err != nil {
		t.Fatal(err)
	}
	if err := c.SavePriceRules(t.Context(), each(own.ID, shipped[0].ID)); err != nil {
		t.Fatal(err)
	}
	sqlitetest.WantNoted(t, c, "price-rules", map[string]any{"version": 3, "changes": map[string]any{"Yerel Pazar": []any{nil, rule}, shipped[0].Name: []any{nil, rule}}})
}

func TestRates_carryEachField(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	now := sqlitetest.Clocked(c, 1)
	var saved pricing.Rates
	for i, currency := range []domain.Currency{domain.EUR, domain.GBP, domain.USD} {
		saved = append(saved, pricing.Rate{Currency: currency, Day: pricing.Day(fmt.Sprintf("2026-11-2%d", i)), Value: decimal.New(int64(4125370+i), -5)})
	}
	for i, r := range saved {
		if err := c.SaveRates(t.Context(), r); err != nil {
			t.Fatal(err)
		}
		sqlitetest.WantNoted(t, c, "exchange-rate", map[string]any{"currency": r.Currency, "day": r.Day, "rate": r.Value.String()})
		if n := sqlitetest.Entries(t, c); n != i+1 {
			t.Errorf("%d entries", n)
		}
	}
	sqlitetest.WantSame(t, "rates", sqlitetest.Ok1[pricing.Rates](t)(c.Rates(t.Context())), saved)
	again := sqlitetest.Clocked(c, 2)
	saved[1].Value = decimal.New(9, 0)
	if err := c.SaveRates(t.Context(), saved[1]); err != nil {
		t.Fatal(err)
	}
	sqlitetest.WantNoted(t, c, "exchange-rate", map[string]any{
		"currency": saved[1].Currency, "day": saved[1].Day, "changes": map[string]any{"rate": []any{"41.25371", "9"}},
	})
	sqlitetest.WantSame(t, "rates again", sqlitetest.Ok1[pricing.Rates](t)(c.Rates(t.Context())), saved)
	for i, row := range sqlitetest.RowsBy(t, c.DB.Reader, `SELECT * FROM exchange_rate ORDER BY currency`) {
		at := now
		if i == 1 {
			at = again
		}
		sqlitetest.WantRow(t, "rate", row, map[string]any{
			"currency": string(saved[i].Currency), "day": string(saved[i].Day), "rate": saved[i].Value.String(), "saved_at": sqlitetest.Timed(at),
		})
	}
	// A rate is taken away by currency and day; either alone is another rate.
	sqlitetest.WantKind(t, c.RemoveRate(t.Context(), saved[0].Currency, saved[1].Day), domain.KindNotFound)
	sqlitetest.WantKind(t, c.RemoveRate(t.Context(), saved[1].Currency, saved[0].Day), domain.KindNotFound)
	if err := c.RemoveRate(t.Context(), saved[1].Currency, saved[1].Day); err != nil {
		t.Fatal(err)
	}
	sqlitetest.WantNoted(t, c, "exchange-rate-removed", map[string]any{"currency": saved[1].Currency, "day": saved[1].Day, "rate": "9"})
	sqlitetest.WantSame(t, "what is left", sqlitetest.Ok1[pricing.Rates](t)(c.Rates(t.Context())), pricing.Rates{saved[0], saved[2]})
}

func TestApprovePrices_carriesEachFieldThereAndBack(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	c.DB.Actor = "zeynep"
	sqlitetest.AddProducts(t, c, 2)
	row := func(p pricing.Approved, at time.Time) map[string]any {
		return map[string]any{
			"product_id": int64(p.Product), "marketplace": string(p.Marketplace), "price": p.Price.String(), "base": p.Base.String(),
			"currency": string(p.Currency), "rate": sqlitetest.DecText(p.Rate), "version": p.Version, "approved_at": sqlitetest.Timed(at),
		}
	}
	stored := func(what string, want ...map[string]any) {
		t.Helper()
		rows := sqlitetest.RowsBy(t, c.DB.Reader, `SELECT * FROM approved_price ORDER BY product_id, marketplace`)
		if len(rows) != len(want) {
			t.Fatalf("%s: %d prices, want %d", what, len(rows), len(want))
		}
		for i, w := range want {
			sqlitetest.WantRow(t, what, rows[i], w)
		}
	}
	approve := func(prices ...pricing.Approved) {
		t.Helper()
		if n, err := c.ApprovePrices(t.Context(), sqlitetest.Approvals(nil, prices...)); err != nil || n != len(prices) {
			t.Fatal(n, err)
		}
		sqlitetest.WantNoted(t, c, "prices-approved", map[string]any{"prices": len(prices)})
	}
	undo := func(want int) {
		t.Helper()
		if n, err := c.UndoApproval(t.Context()); err != nil || n != want {
			t.Fatal(n, err)
		}
		sqlitetest.WantNoted(t, c, "prices-approval-undone", map[string]any{"prices": want})
	}
	base := domaintest.Fill[pricing.Approved](0)
	base.Product, base.Marketplace = 1, "n11"
	hour := 1
	for path, p := range domaintest.Changed(base, domaintest.Fill[pricing.Approved](1)) {
		if path == "Product" {
			p.Product = 2
		}
		at := sqlitetest.Clocked(c, hour)
		approve(base)
		stored(path, row(base, at))
		again := sqlitetest.Clocked(c, hour+1)
		approve(p)
		switch path {
		case "Product", "Marketplace": // it stands beside the other one
			if path == "Marketplace" && p.Marketplace < base.Marketplace {
				stored(path, row(p, again), row(base, at))
			} else {
				stored(path, row(base, at), row(p, again))
			}
		default:
			stored(path, row(p, again))
		}
		sqlitetest.Clocked(c, hour+2)
		undo(1)
		stored(path+" taken back", row(base, at))
		noted := sqlitetest.Entries(t, c)
		if n, err := c.UndoApproval(t.Context()); n != 0 || err != nil || sqlitetest.Entries(t, c) != noted {
			t.Errorf("%s taken back twice: %d, %v", path, n, err)
		}
		hour += 3
	}
	// An approval of nothing is none: it leaves what the last one replaced.
	other := base
	other.Price = decimal.New(1, 0)
	approve(other)
	noted := sqlitetest.Entries(t, c)
	if n, err := c.ApprovePrices(t.Context(), sqlitetest.Approvals(nil)); n != 0 || err != nil || sqlitetest.Entries(t, c) != noted {
		t.Errorf("%d, %v", n, err)
	}
	undo(1)
	// Only the last approval is remembered.
	approve(other)
	second := other
	second.Product = 2
	approve(second)
	undo(1)
	rest := sqlitetest.RowsBy(t, c.DB.Reader, `SELECT price FROM approved_price`)
	if len(rest) != 1 || rest[0]["price"] != "1" {
		t.Errorf("%v", rest)
	}
}

func TestRemoveMarketplace_looksForWhatNamesIt(t *testing.T) {
	rule := domaintest.Fill[pricing.Rule](0)
	rules := func(t *testing.T, c *sqlitetest.Company, ids ...pricing.MarketplaceID) {
		t.Helper()
		r := pricing.Rules{Each: map[pricing.MarketplaceID]pricing.Rule{}}
		for _, id := range ids {
			r.Each[id] = rule
		}
		if err := c.SavePriceRules(t.Context(), r); err != nil {
			t.Fatal(err)
		}
	}
	approve := func(t *testing.T, c *sqlitetest.Company, m pricing.MarketplaceID) {
		t.Helper()
		if _, err := c.ApprovePrices(t.Context(), sqlitetest.Approvals(nil, pricing.Approved{Product: 1, Marketplace: m})); err != nil {
			t.Fatal(err)
		}
	}
	for name, test := range map[string]struct {
		named    func(t *testing.T, c *sqlitetest.Company)
		refused  bool
		archived int
	}{
		"nothing":              {func(*testing.T, *sqlitetest.Company) {}, false, 0},
		"rules of another one": {func(t *testing.T, c *sqlitetest.Company) { t.Helper(); rules(t, c, "own-y"); approve(t, c, "own-y") }, false, 0},
		"a rule in force":      {func(t *testing.T, c *sqlitetest.Company) { t.Helper(); rules(t, c); rules(t, c, "own-x") }, true, 0},
		"a rule of the past":   {func(t *testing.T, c *sqlitetest.Company) { t.Helper(); rules(t, c, "own-x"); rules(t, c, "own-y") }, false, 1},
		"an approved price":    {func(t *testing.T, c *sqlitetest.Company) { t.Helper(); approve(t, c, "own-x"); approve(t, c, "own-y") }, false, 1},
		"an approval to take back": {func(t *testing.T, c *sqlitetest.Company) {
			t.Helper()
			approve(t, c, "own-x")
			sqlitetest.MustDelete(t, c, "approved_price")
		}, false, 1},
		"a price that was not to be": {func(t *testing.T, c *sqlitetest.Company) {
			t.Helper()
			approve(t, c, "own-x")
			sqlitetest.MustDelete(t, c, "approval_undo")
		}, false, 1},
	} {
		t.Run(name, func(t *testing.T) {
			c := sqlitetest.NewCompany(t)
			sqlitetest.AddProducts(t, c, 1)
			for _, m := range []string{"x", "y"} {
				sqlitetest.Clocked(c, 1)
				addMarketplace(t, c, m)
				sqlitetest.WantNoted(t, c, "marketplace-added", map[string]any{"marketplace": m})
			}
			test.named(t, c)
			noted, at := sqlitetest.Entries(t, c), sqlitetest.Clocked(c, 2)
			err := c.RemoveMarketplace(t.Context(), "own-x")
			if test.refused {
				sqlitetest.WantKind(t, err, domain.KindInvalid)
				if ownNames(t, c) != "own-x=x own-y=y " || sqlitetest.Entries(t, c) != noted {
					t.Errorf("refused, and gone: %s", ownNames(t, c))
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			sqlitetest.WantNoted(t, c, "marketplace-removed", map[string]any{"marketplace": "x"})
			if ownNames(t, c) != "own-y=y " {
				t.Errorf("left: %s", ownNames(t, c))
			}
			if n := sqlitetest.Count(t, c, `SELECT count(*) FROM marketplace WHERE id = 'own-x' AND archived_at = ?`, sqlitetest.Timed(at)); n != test.archived {
				t.Errorf("%d archived", n)
			}
		})
	}
}

func TestMarketplaces_comeBackAndAreRenamedByTheirID(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	c.Shipped = shipped
	sqlitetest.AddProducts(t, c, 1)
	hour := 0
	tick := func() { hour++; sqlitetest.Clocked(c, hour) }
	archive := func(id pricing.MarketplaceID) {
		t.Helper()
		tick()
		if _, err := c.ApprovePrices(t.Context(), sqlitetest.Approvals(nil, pricing.Approved{Product: 1, Marketplace: id})); err != nil {
			t.Fatal(err)
		}
		if err := c.RemoveMarketplace(t.Context(), id); err != nil {
			t.Fatal(err)
		}
	}
	rename := func(id pricing.MarketplaceID, name string) {
		t.Helper()
		tick()
		if err := c.RenameMarketplace(t.Context(), id, name); err != nil {
			t.Fatal(err)
		}
	}
	tick()
	addMarketplace(t, c, "Zeta")
	tick()
	addMarketplace(t, c, "Alfa")
	if got := ownNames(t, c); got != "own-zeta=Zeta own-alfa=Alfa " {
		t.Errorf("in the order of adding: %s", got)
	}
	rename("own-alfa", "Beta")
	sqlitetest.WantNoted(t, c, "marketplace-renamed", map[string]any{"marketplace": "Alfa", "name": "Beta"})
	noted := sqlitetest.Entries(t, c)
	rename("own-alfa", " Beta ")
	if sqlitetest.Entries(t, c) != noted {
		t.Error("a name that stays is noted")
	}
	sqlitetest.WantKind(t, c.RenameMarketplace(t.Context(), "Beta", "Gama"), domain.KindNotFound) // a name is no id
	rename("own-alfa", "BETA")                                                                    // its own name in capitals
	archive("own-alfa")
	rename("own-zeta", "Beta") // the name is free
	archive("own-zeta")
	tick()
	if m := addMarketplace(t, c, "beta"); m.ID != "own-zeta" || m.Name != "beta" || !m.Own {
		t.Errorf("of two of that name %+v comes back, not the one that went last", m)
	}
	sqlitetest.WantNoted(t, c, "marketplace-added", map[string]any{"marketplace": "beta"})
	all := sqlitetest.Ok1[pricing.Marketplaces](t)(c.Marketplaces(t.Context()))
	sqlitetest.WantSame(t, "all", all, append(slices.Clone(shipped), pricing.Marketplace{ID: "own-zeta", Name: "beta", Own: true}))
	tick()
	if m := addMarketplace(t, c, "Alfa"); m.ID != "own-alfa-2" { // the id of one that is archived is never given again
		t.Errorf("%+v", m)
	}
	rows := sqlitetest.RowsBy(t, c.DB.Reader, `SELECT * FROM marketplace WHERE id = 'own-alfa-2'`)
	sqlitetest.WantRow(t, "added", rows[0], map[string]any{"id": "own-alfa-2", "name": "Alfa", "added_at": sqlitetest.Timed(c.DB.Now().UTC()), "archived_at": nil})
	// Added in the same moment, they stand by id.
	addMarketplace(t, c, "b")
	addMarketplace(t, c, "a")
	if got := ownNames(t, c); !strings.HasSuffix(got, "own-a=a own-alfa-2=Alfa own-b=b ") {
		t.Errorf("%s", got)
	}
}
