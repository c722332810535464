package prices_test

import (
	"reflect"
	"testing"

	"github.com/sopyo/sopyo-desktop/domain/pricing"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/sqlitetest"
)

func TestPriceRules_areVersioned(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	rule := pricing.Rule{
		Direction: pricing.Discount, Kind: pricing.Percent, Amount: sqlitetest.Dec("12.5").Decimal, Extra: sqlitetest.Dec("20").Decimal,
		Ending: ".99", EndingMode: pricing.EndingNearest,
	}
	other := pricing.Rule{Direction: pricing.Increase, Kind: pricing.Amount, Amount: sqlitetest.Dec("100").Decimal}
	each := map[pricing.MarketplaceID]pricing.Rule{"trendyol": other, "n11": rule}
	steps := []pricing.Rules{
		{},
		{Global: &rule, Each: each},
		{PerMarketplace: true, Global: &rule, Each: each},
		{PerMarketplace: true, Each: map[pricing.MarketplaceID]pricing.Rule{"n11": other}},
	}
	for i, want := range steps {
		if i > 0 { // the first is what a new company has
			if err := c.SavePriceRules(t.Context(), want); err != nil {
				t.Fatal(err)
			}
		}
		got, err := c.PriceRules(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if got.Version != int64(i) || got.PerMarketplace != want.PerMarketplace || len(got.Each) != len(want.Each) ||
			(got.Global == nil) != (want.Global == nil) {
			t.Errorf("got %+v, want %+v", got, want)
		}
		for m, r := range want.Each {
			if !sameRule(got.Each[m], r) {
				t.Errorf("%s: %+v", m, got.Each[m])
			}
		}
		if want.Global != nil && !sameRule(*got.Global, *want.Global) {
			t.Errorf("global: %+v", got.Global)
		}
	}
	if n := sqlitetest.Count(t, c, `SELECT count(*) FROM price_rule`); n != 7 {
		t.Errorf("%d rules of all versions kept, want 7", n)
	}
}

func sameRule(a, b pricing.Rule) bool {
	same := a.Amount.Equal(b.Amount) && a.Extra.Equal(b.Extra)
	a.Amount, a.Extra = b.Amount, b.Extra
	return same && reflect.DeepEqual(a, b)
}
