package pricing

import (
	"math/rand/v2"
	"testing"

	"github.com/shopspring/decimal"
)

func TestCommission_examples(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ net, percent, price, increase, taken string }{
		{"100", "20", "125", "25", "25"},
		{"100", "15", "117.65", "17.6471", "17.65"},
		{"100", "21", "126.59", "26.5823", "26.58"}, // half up would say 126.58, of which 99.9982 remain
		{"249.90", "0", "249.90", "0", "0"},
		{"0.01", "99.9999", "10000", "99999900", "9999.99"},
		{"1000000.01", "12.5", "1142857.16", "14.2858", "142857.15"},
	} {
		c := Commission{Net: dec(tt.net), Percent: dec(tt.percent)}
		if err := c.Validate(); err != nil {
			t.Fatal(err)
		}
		price := c.Price()
		if !price.Equal(dec(tt.price)) || !c.Increase().Equal(dec(tt.increase)) || !c.Taken(price).Equal(dec(tt.taken)) {
			t.Errorf("%s at %s%%: price %v, increase %v, taken %v", tt.net, tt.percent, price, c.Increase(), c.Taken(price))
		}
	}
}

func TestCommission_refusals(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ net, percent, field, detail string }{
		{"0", "10", "net", "not-above-zero"},
		{"-1", "10", "net", "not-above-zero"},
		{"1.001", "10", "net", "decimals"},
		{"1", "-0.1", "commission", "negative"},
		{"1", "1.00001", "commission", "decimals"},
		{"0.001", "-1", "net", "decimals"},
		{"1", "100", "commission", "commission"},
		{"1", "250", "commission", "commission"},
	} {
		err := Commission{Net: dec(tt.net), Percent: dec(tt.percent)}.Validate()
		if !refused(err, tt.field, tt.detail) {
			t.Errorf("%s, %s%%: %v, want %s %s", tt.net, tt.percent, err, tt.field, tt.detail)
		}
	}
}

// What remains is never less than what was asked for, and a kuruş less of price would leave less. The
// increase, as a rule, makes a price that leaves the base.
func TestCommission_leavesWhatWasAskedFor(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(5, 6))
	kurus := decimal.New(1, -2)
	for range 20_000 {
		c := Commission{Net: decimal.New(1+r.Int64N(10_000_000), -2), Percent: decimal.New(r.Int64N(900_001), -4)}
		price := c.Price()
		if kept := price.Sub(c.Taken(price)); kept.LessThan(c.Net) {
			t.Fatalf("%+v: of %v only %v remain", c, price, kept)
		}
		less := price.Sub(kurus)
		if exact := less.Sub(percent(less, c.Percent)); exact.GreaterThanOrEqual(c.Net) {
			t.Fatalf("%+v: %v would do, not %v", c, less, price)
		}
		rule := Rule{Direction: Increase, Kind: Percent, Amount: c.Increase()}
		if err := rule.Validate(); err != nil {
			t.Fatalf("%+v: %v", c, err)
		}
		by := Compute(Input{Base: c.Net, Rule: &rule}).Price.Decimal
		if kept := by.Sub(c.Taken(by)); kept.LessThan(c.Net.Sub(kurus)) {
			t.Fatalf("%+v: the rule makes %v, of which %v remain", c, by, kept)
		}
	}
}
