package pricing

import (
	"fmt"
	"slices"
	"testing"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
)

func TestLaboratory_Alarm(t *testing.T) {
	t.Parallel()
	half, more, dearer := rule(t, "-50%", "0", ""), rule(t, "-50.01%", "0", ""), rule(t, "+50.01%", "0", "")
	many := func(n int, price string) (all []Stock) {
		for i := range n {
			all = append(all, priced(domain.ProductID(i+1), price))
		}
		return all
	}
	cost := priced(99, "100")
	cost.Guards.Cost = null("60")
	never := priced(98, "100")
	never.Guards.Minimum = null("101")
	approved := priced(97, "100")
	approved.Last = LastPrices{{"x", 100}, {"y", 100}}
	for _, tt := range []struct {
		name                     string
		draft, saved             *Rule
		max                      string
		stock                    []Stock
		changed, fallen, blocked int
		loud                     bool
	}{
		{"nothing is on sale", more, nil, "", nil, 0, 0, 0, false},
		{"as much as is allowed", half, nil, "", many(20, "100"), 0, 0, 0, false},
		{"more than is allowed", more, nil, "", many(20, "100"), 20, 20, 0, true},
		{"more than the company allows", half, nil, "49.99", many(20, "100"), 20, 20, 0, true},
		{"against the rule that holds", half, half, "", many(20, "100"), 0, 0, 0, false},
		{"a rule that stays is not asked about, whatever was approved", half, half, "", []Stock{approved}, 0, 0, 0, false},
		{"what waits is measured by what was approved", half, half, "20", []Stock{approved}, 0, 0, 0, false},
		{"not by what was approved once", half, nil, "", []Stock{approved}, 0, 0, 0, false},
		{"by what was approved, while the saved price waits", dearer, nil, "20", []Stock{approved}, 1, 0, 0, true},
		{"one that falls, of many", more, nil, "", append(many(1, "100"), many(199, "")...), 1, 1, 0, true},
		{"a few of many that rise", dearer, nil, "", append(many(10, "100"), many(90, "")...), 10, 0, 0, false},
		{"one more than a few", dearer, nil, "", append(many(11, "100"), many(190, "")...), 11, 0, 0, true},
		{"few, but more than a tenth", dearer, nil, "", append(many(2, "100"), many(17, "")...), 2, 0, 0, true},
		{"few, and a tenth", dearer, nil, "", append(many(2, "100"), many(18, "")...), 2, 0, 0, false},
		{"below cost", half, nil, "", append(many(20, "100"), cost), 0, 0, 1, true},
		{"below its minimum before too", half, nil, "", append(many(20, "100"), never), 0, 0, 0, false},
		{"sold for nothing", rule(t, "-100%", "0", ""), nil, "", many(1, "100"), 0, 0, 1, true},
	} {
		most := decimal.NullDecimal{}
		if tt.max != "" {
			most = null(tt.max)
		}
		for i := range tt.stock {
			tt.stock[i].Product.ID = domain.ProductID(i + 1)
		}
		a := tryOut(tt.draft, tt.saved, most, tt.stock...).Alarm()
		if a.Changed != tt.changed || a.Fallen != tt.fallen || a.Blocked != tt.blocked || a.Loud() != tt.loud {
			t.Errorf("%s: %d changed, %d fallen, %d blocked, loud %v", tt.name, a.Changed, a.Fallen, a.Blocked, a.Loud())
		}
		if want := []MarketplaceID{"x", "y"}; (tt.changed+tt.blocked > 0) != slices.Equal(a.Marketplaces, want) {
			t.Errorf("%s: at %v", tt.name, a.Marketplaces)
		}
	}
}

// A product counts once, however many of its prices change; the largest change is found at its marketplace.
func TestLaboratory_Alarm_countsProductsAndNamesTheLargest(t *testing.T) {
	t.Parallel()
	less, much := *rule(t, "-60%", "0", ""), *rule(t, "-95%", "0", "")
	saved := Pricer{Rules: Rules{PerMarketplace: true, Each: map[MarketplaceID]Rule{"z": much}}}
	draft := Pricer{Rules: Rules{PerMarketplace: true, Each: map[MarketplaceID]Rule{"x": less, "y": much, "z": much}}}
	l := NewLaboratory(draft, saved, NewAlike(draft.Rules, saved.Rules, []MarketplaceID{"x", "y", "z"}).Groups())
	for i := range 3 {
		s := priced(domain.ProductID(i+1), fmt.Sprint(100*(i+1)))
		s.Last = LastPrices{{"z", 1_000_000}} // nothing is saved there
		l.Add(s)
	}
	a := l.Alarm()
	if a.Changed != 3 || !slices.Equal(a.Marketplaces, []MarketplaceID{"x", "y"}) || a.Percent.String() != "50" {
		t.Errorf("%+v", a)
	}
	if a.Largest.Product != 1 || a.Largest.Column != 1 || a.Largest.Old != 10000 || a.Largest.New != 500 {
		t.Errorf("the largest is %+v", a.Largest)
	}
}

// What falls is told before what rises, however far that is.
func TestLaboratory_Alarm_namesWhatFallsFirst(t *testing.T) {
	t.Parallel()
	rises, falls, deeper := priced(1, "10000"), priced(2, "15"), priced(3, "10") // by 99, 60 and 71 percent
	for _, order := range [][]Stock{{rises, falls, deeper}, {deeper, falls, rises}} {
		a := tryOut(rule(t, "+100%", "0", ""), rule(t, "+60", "0", ""), decimal.NullDecimal{}, order...).Alarm()
		if a.Largest.Product != deeper.Product.ID || a.Changed != 3 || a.Fallen != 2 {
			t.Errorf("%+v", a)
		}
	}
}
