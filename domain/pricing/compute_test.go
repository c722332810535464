package pricing

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
)

func dec(s string) decimal.Decimal { return decimal.RequireFromString(s) }

func null(s string) decimal.NullDecimal { return decimal.NewNullDecimal(dec(s)) }

// rule reads "+10%", "-100", "+0" with what is added and an ending such as ".90 up".
func rule(t *testing.T, change, extra, ending string) *Rule {
	t.Helper()
	r := Rule{Direction: Increase, Kind: Amount, Extra: dec(extra)}
	if strings.HasPrefix(change, "-") {
		r.Direction = Discount
	}
	amount, isPercent := strings.CutSuffix(change[1:], "%")
	if isPercent {
		r.Kind = Percent
	}
	r.Amount = dec(amount)
	if e, mode, ok := strings.Cut(ending, " "); ok {
		r.Ending, r.EndingMode = e, EndingMode(mode)
	}
	if err := r.Validate(); err != nil {
		t.Fatal(err)
	}
	return &r
}

// The table of rules.md §3.
func TestCompute_examples(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, base, vat, rate string
		change, extra, ending string
		want                  string // "" = blocked
		warnings              []Warning
	}{
		{name: "1", base: "249.90", change: "+10%", extra: "20", want: "294.89"},
		{name: "1, ending ,90 up", base: "249.90", change: "+10%", extra: "20", ending: ".90 up", want: "294.90"},
		{name: "1, ending ,99 up", base: "249.90", change: "+10%", extra: "20", ending: ".99 up", want: "294.99"},
		{name: "2", base: "249.90", change: "+100", extra: "20", want: "369.90"},
		{name: "3", base: "1000.00", change: "-10%", extra: "20", want: "920.00"},
		{name: "4", base: "12.50", change: "+5%", want: "13.13"},
		{name: "5", base: "80.00", change: "-100", extra: "20", want: "20.00", warnings: []Warning{WarnDiscount}},
		{name: "6", base: "80.00", change: "-100%", warnings: []Warning{WarnDiscount, WarnNotPositive}},
		{name: "6, with an ending", base: "80.00", change: "-100%", ending: ".99 up", warnings: []Warning{WarnDiscount, WarnNotPositive}},
		{name: "6, with extra", base: "80.00", change: "-100%", extra: "20", want: "20.00", warnings: []Warning{WarnDiscount}},
		{name: "7", base: "294.91", change: "+0", ending: ".90 up", want: "295.90"},
		{name: "8", base: "20.00", change: "+0", ending: ".99 up", want: "20.99"},
		{name: "9", base: "19.99", rate: "41.2537", change: "+10%", extra: "20", want: "927.13"},
		{name: "10", base: "1.03", rate: "41.2537", change: "+15%", extra: "20", want: "68.87"},
		{name: "11", base: "100.00", vat: "20", change: "+0", extra: "20", want: "140.00"},
		{name: "12", base: "0.40", change: "+0", ending: ".00 nearest", want: "1.00"},

		{name: "no rule", base: "249.90", want: "249.90"},
		{name: "no rule, four decimals", base: "29.1667", want: "29.17"},
		{name: "no rule, half a kuruş", base: "0.005", want: "0.01"},
		{name: "no rule, less than half a kuruş", base: "0.0049", warnings: []Warning{WarnNotPositive}},
		{name: "no base", base: "0", warnings: []Warning{WarnNoBase, WarnNotPositive}},
		{name: "no base, with extra", base: "0", change: "+10%", extra: "20", want: "20", warnings: []Warning{WarnNoBase}},
		{name: "negative base", base: "-5", change: "+10%", extra: "20", want: "20", warnings: []Warning{WarnNoBase}},
		{name: "equally near goes up", base: "10.50", change: "+0", ending: ".00 nearest", want: "11.00"},
		{name: "nearest below", base: "10.49", change: "+0", ending: ".00 nearest", want: "10.00"},
		{name: "nearest ending of the lira before", base: "10.20", change: "+0", ending: ".90 nearest", want: "9.90"},
		{name: "nearest ending above", base: "10.41", change: "+0", ending: ".90 nearest", want: "10.90"},
		{name: "the ending it has", base: "10.90", change: "+0", ending: ".90 nearest", want: "10.90"},
		{name: "nearest is never zero or less", base: "0.10", change: "+0", ending: ".90 nearest", want: "0.90"},
		{name: "ending ,50 up", base: "10.51", change: "+0", ending: ".50 up", want: "11.50"},
		{name: "ending ,95 up", base: "10.95", change: "+0", ending: ".95 up", want: "10.95"},
		{name: "ending ,00 up", base: "10.01", change: "+0", ending: ".00 up", want: "11.00"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			in := Input{Base: dec(tt.base), VAT: dec("0" + tt.vat), Rate: dec("0" + tt.rate)}
			if tt.change != "" {
				in.Rule = rule(t, tt.change, "0"+tt.extra, tt.ending)
			}
			r := Compute(in)
			if r.Blocked != (tt.want == "") || r.Price.Valid == r.Blocked {
				t.Fatalf("blocked %v, price %v, want %q", r.Blocked, r.Price, tt.want)
			}
			if !r.Blocked && !r.Price.Decimal.Equal(dec(tt.want)) {
				t.Errorf("price %v, want %s", r.Price.Decimal, tt.want)
			}
			if !slices.Equal(r.Warnings, tt.warnings) {
				t.Errorf("warnings %v, want %v", r.Warnings, tt.warnings)
			}
			if want := len(tt.warnings) > 0 && tt.want != ""; r.Approval != want {
				t.Errorf("approval %v, want %v", r.Approval, want)
			}
		})
	}
}

func TestCompute_guards(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name    string
		in      Input
		blocked bool
		warning Warning
	}{
		{"at the minimum", Input{Base: dec("100"), Minimum: null("100")}, false, ""},
		{"below the minimum", Input{Base: dec("99.99"), Minimum: null("100")}, true, WarnBelowMinimum},
		{"at cost", Input{Base: dec("100"), Cost: null("100")}, false, ""},
		{"below cost", Input{Base: dec("100"), Cost: null("100.01")}, true, WarnBelowCost},
		{"the ending lifts it over its cost", Input{Base: dec("100"), Cost: null("100.50"), Rule: rule(t, "+0", "0", ".90 up")}, false, ""},
		{"the ending takes it below its cost", Input{Base: dec("100.10"), Cost: null("100"), Rule: rule(t, "+0", "0", ".90 nearest")}, true, WarnBelowCost},
		{"guards are in the company's currency", Input{Base: dec("10"), Rate: dec("40"), Minimum: null("11")}, true, WarnBelowMinimum},
		{"at the minimum in another currency", Input{Base: dec("1.03"), Rate: dec("41.2537"), Minimum: null("1.03")}, false, ""},
		{"change within", Input{Base: dec("110"), Previous: null("100"), MaxChange: null("10")}, false, ""},
		{"change above", Input{Base: dec("110.01"), Previous: null("100"), MaxChange: null("10")}, false, WarnChange},
		{"change down within", Input{Base: dec("90"), Previous: null("100"), MaxChange: null("10")}, false, ""},
		{"change down above", Input{Base: dec("89.99"), Previous: null("100"), MaxChange: null("10")}, false, WarnChange},
		{"no limit of changes", Input{Base: dec("1000"), Previous: null("1")}, false, ""},
		{"no price before", Input{Base: dec("1000"), MaxChange: null("1")}, false, ""},
		{"a rule that was never saved", Input{Base: dec("100"), Rule: &Rule{}}, true, WarnRule},
	} {
		r := Compute(tt.in)
		var want []Warning
		if tt.warning != "" {
			want = []Warning{tt.warning}
		}
		if r.Blocked != tt.blocked || r.Price.Valid == tt.blocked || !slices.Equal(r.Warnings, want) {
			t.Errorf("%s: %+v", tt.name, r)
		}
		if r.Approval != (want != nil && !tt.blocked) {
			t.Errorf("%s: approval %v", tt.name, r.Approval)
		}
	}
}

func TestCompute_steps(t *testing.T) {
	t.Parallel()
	r := Compute(Input{
		Base: dec("10"), VAT: dec("20"), Rate: dec("2.5"), Rule: rule(t, "-100", "7.25", ".99 nearest"),
	})
	want := []Step{
		{StageBase, dec("10")},
		{StageVAT, dec("12")},
		{StageRate, dec("30")},
		{StageRule, dec("-70")},
		{StageFloor, dec("0")},
		{StageExtra, dec("7.25")},
		{StageRound, dec("7.25")},
		{StageEnding, dec("6.99")},
	}
	same := func(a, b Step) bool { return a.Stage == b.Stage && a.Price.Equal(b.Price) }
	if !slices.EqualFunc(r.Steps, want, same) {
		t.Errorf("steps %v, want %v", r.Steps, want)
	}
}

// randomRule makes a valid rule.
func randomRule(r *rand.Rand) *Rule {
	money := func() decimal.Decimal { return decimal.New(r.Int64N(20_000), -2) }
	rule := &Rule{Direction: Increase, Kind: Amount, Amount: money()}
	if r.IntN(2) == 0 {
		rule.Direction = Discount
	}
	if r.IntN(2) == 0 {
		rule.Kind, rule.Amount = Percent, decimal.New(r.Int64N(1_000_001), -4)
	}
	if r.IntN(2) == 0 {
		rule.Extra = money()
	}
	rule.Ending = Endings()[r.IntN(len(Endings()))]
	rule.EndingMode = []EndingMode{EndingUp, EndingNearest}[r.IntN(2)]
	return rule
}

func TestCompute_properties(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(3, 4))
	blocked := 0
	for range 20_000 {
		in := Input{Base: decimal.New(r.Int64N(3_000_000), -4), Rule: randomRule(r)}
		if r.IntN(2) == 0 {
			in.Rate = decimal.New(1+r.Int64N(500_000), -4)
		}
		if err := in.Rule.Validate(); err != nil {
			t.Fatalf("%+v: %v", in.Rule, err)
		}
		result := Compute(in)
		check(t, in, result)
		dearer := in
		dearer.Base = in.Base.Add(decimal.New(r.Int64N(20_000), -4))
		above := Compute(dearer)
		switch {
		case result.Blocked:
			blocked++
		case above.Blocked:
			t.Fatalf("%+v has a price, but is blocked at %v", in, dearer.Base)
		case above.Price.Decimal.LessThan(result.Price.Decimal):
			t.Fatalf("%+v costs %v, but %v at %v", in, result.Price.Decimal, above.Price.Decimal, dearer.Base)
		}
	}
	if blocked < 100 {
		t.Errorf("only %d blocked", blocked)
	}
}

// check holds for every result of a valid rule.
func check(t *testing.T, in Input, r Result) {
	t.Helper()
	if r.Blocked == r.Price.Valid {
		t.Fatalf("%+v: blocked %v with price %v", in, r.Blocked, r.Price)
	}
	if r.Blocked {
		return
	}
	p := r.Price.Decimal
	if !p.IsPositive() || !p.Equal(p.Truncate(2)) {
		t.Fatalf("%+v: price %v is no amount above zero in kuruş", in, p)
	}
	var exact, rounded decimal.Decimal
	for i, s := range r.Steps {
		if s.Stage == StageRound {
			exact, rounded = r.Steps[i-1].Price, s.Price
		}
	}
	if off := rounded.Sub(exact); off.LessThanOrEqual(dec("-0.005")) || off.GreaterThan(dec("0.005")) {
		t.Fatalf("%+v: %v is rounded to %v", in, exact, rounded)
	}
	if in.Rule == nil || in.Rule.Ending == "" {
		if !p.Equal(rounded) {
			t.Fatalf("%+v: %v became %v", in, rounded, p)
		}
		return
	}
	if !strings.HasSuffix(p.StringFixed(2), in.Rule.Ending) || p.Sub(rounded).Abs().GreaterThanOrEqual(dec("1")) && p.GreaterThan(dec("1")) {
		t.Fatalf("%+v: %v was given the ending %v", in, rounded, p)
	}
	if in.Rule.EndingMode == EndingUp && p.LessThan(rounded) {
		t.Fatalf("%+v: %v went down to %v", in, rounded, p)
	}
}

func FuzzCompute(f *testing.F) {
	f.Add(int64(2499000), int64(1000), int64(2000), uint8(3), int64(412537))
	f.Add(int64(800000), int64(1000000), int64(0), uint8(0xff), int64(0))
	f.Add(int64(-5), int64(0), int64(1), uint8(7), int64(-1))
	f.Fuzz(func(t *testing.T, base, amount, extra int64, choice uint8, rate int64) {
		rule := Rule{
			Direction: []Direction{Increase, Discount}[choice&1], Kind: []Kind{Percent, Amount}[choice>>1&1],
			Amount: decimal.New(amount, -4), Extra: decimal.New(extra, -2),
			Ending: Endings()[int(choice>>3)%len(Endings())], EndingMode: []EndingMode{EndingUp, EndingNearest}[choice>>2&1],
		}
		in := Input{Base: decimal.New(base, -4), Rate: decimal.New(rate, -4), Rule: &rule}
		r := Compute(in)
		if rule.Validate() != nil {
			if !r.Blocked {
				t.Fatalf("%+v made a price by a rule that is refused", in)
			}
			return
		}
		check(t, in, r)
	})
}
