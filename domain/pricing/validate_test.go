package pricing

import "testing"

func TestRule_Validate(t *testing.T) {
	t.Parallel()
	good := Rule{Direction: Discount, Kind: Percent, Amount: dec("12.3456"), Extra: dec("20.50"), Ending: ".90", EndingMode: EndingUp}
	for _, tt := range []struct {
		name          string
		change        func(*Rule)
		field, detail string // empty = accepted
	}{
		{"as it is", func(*Rule) {}, "", ""},
		{"a discount of all", func(r *Rule) { r.Amount = dec("100") }, "", ""},
		{"an increase of more than all", func(r *Rule) { r.Direction, r.Amount = Increase, dec("250") }, "", ""},
		{"an amount above a hundred", func(r *Rule) { r.Kind, r.Amount = Amount, dec("250.50") }, "", ""},
		{"trailing zeros", func(r *Rule) { r.Kind, r.Amount = Amount, dec("10.5000") }, "", ""},
		{"nothing", func(r *Rule) { r.Amount = dec("0") }, "", ""},
		{"no ending", func(r *Rule) { r.Ending, r.EndingMode = "", "" }, "", ""},
		{"no direction", func(r *Rule) { r.Direction = "" }, "direction", "choose"},
		{"no kind", func(r *Rule) { r.Kind = "" }, "kind", "choose"},
		{"a negative percentage", func(r *Rule) { r.Amount = dec("-1") }, "amount", "negative"},
		{"a negative amount", func(r *Rule) { r.Kind, r.Amount = Amount, dec("-0.01") }, "amount", "negative"},
		{"five decimals of percent", func(r *Rule) { r.Amount = dec("1.00001") }, "amount", "decimals"},
		{"three decimals of money", func(r *Rule) { r.Kind, r.Amount = Amount, dec("1.001") }, "amount", "decimals"},
		{"a discount of more than all", func(r *Rule) { r.Amount = dec("100.0001") }, "amount", "too-much"},
		{"negative extra", func(r *Rule) { r.Extra = dec("-20") }, "extra", "negative"},
		{"three decimals of extra", func(r *Rule) { r.Extra = dec("0.001") }, "extra", "decimals"},
		{"four decimals of an increase", func(r *Rule) { r.Direction = Increase }, "", ""},
		{"no extra", func(r *Rule) { r.Extra = dec("0") }, "", ""},
		{"the nearest ending", func(r *Rule) { r.EndingMode = EndingNearest }, "", ""},
		{"a way without an ending", func(r *Rule) { r.Ending, r.EndingMode = "", "sideways" }, "", ""},
		{"an ending in no known way", func(r *Rule) { r.EndingMode = "sideways" }, "ending", "choose"},
		{"another ending", func(r *Rule) { r.Ending = ".42" }, "ending", "choose"},
		{"an ending without a way", func(r *Rule) { r.EndingMode = "" }, "ending", "choose"},
	} {
		r := good
		tt.change(&r)
		err := r.Validate()
		if tt.field == "" {
			if err != nil {
				t.Errorf("%s: %v", tt.name, err)
			}
			continue
		}
		if !refused(err, tt.field, tt.detail) {
			t.Errorf("%s: %v, want %s refused: %s", tt.name, err, tt.field, tt.detail)
		}
	}
}

func TestRules_For(t *testing.T) {
	t.Parallel()
	rules := Rules{
		Global: &Rule{Extra: dec("1")},
		Each:   map[MarketplaceID]Rule{"trendyol": {Extra: dec("2")}},
	}
	if got := rules.For("trendyol"); got == nil || !got.Extra.Equal(dec("1")) {
		t.Errorf("the global rule does not hold everywhere: %v", got)
	}
	rules.PerMarketplace = true
	if got := rules.For("trendyol"); got == nil || !got.Extra.Equal(dec("2")) {
		t.Errorf("a marketplace's own rule does not hold: %v", got)
	}
	if got := rules.For("n11"); got != nil {
		t.Errorf("a marketplace without a rule has %v", got)
	}
}
