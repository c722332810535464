package pricing

import (
	"fmt"
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
)

// spelt words a key as itself with what it is given, and ends as sentences do.
type spelt struct{}

func (spelt) T(key string, args ...any) string {
	words := make([]string, len(args))
	for i, a := range args {
		words[i] = fmt.Sprint(a)
	}
	return key + "(" + strings.Join(words, " | ") + ")."
}

// said is what parts make of a sentence: warnings lose their own full stop, the whole has one.
func said(parts ...string) string { return strings.Join(parts, "; ") + "." }

func money(amount string, c domain.Currency, lang string) string {
	return domain.FormatMoney(dec(amount), c, lang)
}

func TestWhy_saysEveryStepWithItsNumbers(t *testing.T) {
	t.Parallel()
	rates := Rates{{domain.USD, "2026-11-01", dec("41.2537")}}
	for _, lang := range []string{"tr", "en"} {
		day := map[string]string{"tr": "01.11.2026", "en": "1 Nov 2026"}[lang]
		number := func(s string) string { return domain.FormatNumber(dec(s), lang) }
		percent := func(s string) string { return domain.FormatPercent(dec(s), lang) }
		lira := func(s string) string { return money(s, domain.TRY, lang) }
		for _, tt := range []struct {
			name     string
			rule     *Rule
			base     string
			currency domain.Currency
			want     []string
		}{
			{"no rule, rounded already", nil, "10", domain.TRY, []string{"pricing.step.base(" + lira("10") + ").", "pricing.rule.none()."}},
			{"no rule, rounded", nil, "10.005", domain.TRY, []string{
				"pricing.step.base(" + lira("10.005") + ").", "pricing.step.round(" + lira("10.01") + ").", "pricing.rule.none().",
			}},
			{"everything up", rule(t, "+12.5%", "3", ".90 up"), "1.01", domain.USD, []string{
				"pricing.step.base(" + money("1.01", domain.USD, lang) + ").",
				"pricing.step.rate.dated(" + day + " | " + number("41.2537") + " | " + lira("41.666237") + ").",
				"pricing.step.rule.increase(" + percent("12.5") + " | " + lira("46.874516625") + ").",
				"pricing.step.extra(" + lira("3") + " | " + lira("49.874516625") + ").",
				"pricing.step.round(" + lira("49.87") + ").",
				"pricing.step.ending.up(rule.ending.90(). | " + lira("49.90") + ").",
			}},
			{"everything down, with a warning", rule(t, "-100", "3", ".99 nearest"), "20", domain.TRY, []string{
				"pricing.step.base(" + lira("20") + ").",
				"pricing.step.rule.discount(" + lira("100") + " | " + lira("-80") + ").",
				"pricing.step.floor(" + lira("0") + ").",
				"pricing.step.extra(" + lira("3") + " | " + lira("3") + ").",
				"pricing.step.ending.nearest(rule.ending.99(). | " + lira("2.99") + ").",
				"pricing.warning.discount-exceeds-price()",
			}},
			{"ending as it is already", rule(t, "+10%", "0", ".99 up"), "9.08181818", domain.TRY, []string{
				"pricing.step.base(" + lira("9.08181818") + ").",
				"pricing.step.rule.increase(" + percent("10") + " | " + lira("9.989999998") + ").",
				"pricing.step.round(" + lira("9.99") + ").",
				"pricing.step.ending.up(rule.ending.99(). | " + lira("9.99") + ").",
			}},
			{"blocked, without a rule", nil, "0", domain.TRY, []string{
				"pricing.step.base(" + lira("0") + ").", "pricing.warning.no-base()", "pricing.warning.not-positive()",
			}},
			{"no rate", nil, "1", domain.EUR, []string{"pricing.warning.no-rate()"}},
		} {
			p := Pricer{Rules: Rules{Global: tt.rule}, Rates: rates, Day: "2026-11-23"}
			o := p.Offer(domain.Product{Price: null(tt.base), Currency: tt.currency}, Guards{}, "x", decimal.NullDecimal{})
			if got, want := Why(spelt{}, lang, o), said(tt.want...); got != want {
				t.Errorf("%s, %s:\n%s, want\n%s", lang, tt.name, got, want)
			}
		}
	}
}

// What is only tried has no day and may have no currency, and its base may be without VAT.
func TestGist_isTheRuleUnlessSomethingWarns(t *testing.T) {
	t.Parallel()
	ten := rule(t, "+10%", "3", "")
	for _, tt := range []struct {
		offer Offer
		want  string
	}{
		{Offer{}, "pricing.rule.none()."},
		{Offer{Rule: ten}, ten.Sentence(spelt{}, "tr")},
		{Offer{Rule: ten, Result: Result{Warnings: []Warning{WarnBelowMinimum, WarnBelowCost}}}, "pricing.warning.below-minimum(); pricing.warning.below-cost()"},
	} {
		if got := Gist(spelt{}, "tr", tt.offer); got != tt.want {
			t.Errorf("%q, want %q", got, tt.want)
		}
	}
}

func TestStepSentence_saysNoMoreThanIsKnown(t *testing.T) {
	t.Parallel()
	in := Input{Base: dec("1.01"), VAT: dec("20"), Rate: dec("41.2537")}
	for _, lang := range []string{"tr", "en"} {
		number := func(s string) string { return domain.FormatNumber(dec(s), lang) }
		for currency, base := range map[domain.Currency][]string{
			"":         {number("1.01"), number("1.212")},
			domain.USD: {money("1.01", domain.USD, lang), money("1.212", domain.USD, lang)},
		} {
			o := Offer{Result: Compute(in), VAT: in.VAT, Rate: Rate{Value: in.Rate}, Currency: currency}
			want := []string{
				"pricing.step.base(" + base[0] + ").",
				"pricing.step.vat(" + domain.FormatPercent(in.VAT, lang) + " | " + base[1] + ").",
				"pricing.step.rate(" + number("41.2537") + " | " + money("49.9994844", domain.TRY, lang) + ").",
				"pricing.step.round(" + money("50.00", domain.TRY, lang) + ").",
			}
			if len(o.Steps) != len(want) {
				t.Fatalf("%d steps, want %d", len(o.Steps), len(want))
			}
			for i, s := range o.Steps {
				if got := StepSentence(spelt{}, lang, s, o); got != want[i] {
					t.Errorf("%s, %q:\n%s, want\n%s", lang, currency, got, want[i])
				}
			}
		}
	}
}

func TestRemark_saysWhatIsOddElseHowItCameAbout(t *testing.T) {
	t.Parallel()
	change := func(lang, percent string) string {
		return "lab.remark.change(" + domain.FormatPercent(dec(percent), lang) + ")."
	}
	ending := func(lang string) string { return "lab.remark.ending(" + domain.FormatPercent(dec("5"), lang) + ")." }
	for _, lang := range []string{"tr", "en"} {
		for _, tt := range []struct {
			name     string
			draft    *Rule
			base     string
			approved int64 // 0 = none
			want     []string
		}{
			{"raised much", rule(t, "+20.05%", "0", ""), "100", 0, []string{change(lang, "20.05")}},
			{"lowered much: the size of it", rule(t, "-20.05%", "0", ""), "100", 0, []string{change(lang, "20.05")}},
			{"against what was approved: said once", rule(t, "+50%", "0", ""), "100", 10_000, []string{"pricing.warning.change()"}},
			{"the ending", rule(t, "+0", "0", ".99 up"), "10", 0, []string{ending(lang)}},
			{"both", rule(t, "+30%", "0", ".99 up"), "10", 0, []string{change(lang, "39.9"), ending(lang)}},
			{"a warning and both", rule(t, "-100", "1.50", ".99 up"), "10", 0, []string{
				"pricing.warning.discount-exceeds-price()", change(lang, "80.1"), ending(lang),
			}},
			{"blocked", rule(t, "-100%", "0", ""), "10", 0, []string{
				"pricing.warning.discount-exceeds-price()", "pricing.warning.not-positive()",
			}},
			{"nothing odd", rule(t, "+20%", "0", ""), "100", 0, []string{
				"pricing.step.base(" + money("100", domain.TRY, lang) + ").",
				"pricing.step.rule.increase(" + domain.FormatPercent(dec("20"), lang) + " | " + money("120", domain.TRY, lang) + ").",
			}},
		} {
			s := priced(1, tt.base)
			if tt.approved != 0 {
				s.Last = LastPrices{{"x", tt.approved}, {"y", tt.approved}}
			}
			l := tryOut(tt.draft, nil, null("20"), s)
			if got, want := Remark(spelt{}, lang, l.Explain(all(t, l, TrialQuery{})[0], s)), said(tt.want...); got != want {
				t.Errorf("%s, %s:\n%s, want\n%s", lang, tt.name, got, want)
			}
		}
	}
	// The mark of an earlier look stands, the numbers are those of today: no price, no percentage.
	gone := Tried{Trial: Trial{Found: FoundChange}, Offer: Offer{Result: Result{Blocked: true, Warnings: []Warning{WarnNoRate}}}, Old: null("1")}
	if got := Remark(spelt{}, "en", gone); got != "pricing.warning.no-rate()." {
		t.Errorf("gone meanwhile: %s", got)
	}
}

func TestDay_Words(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		day      Day
		lang     string
		wordedAs string
	}{
		{"2026-11-23", "tr", "23.11.2026"},
		{"2026-11-23", "en", "23 Nov 2026"},
		{"", "tr", ""},
		{"2026-1-2", "tr", "2026-1-2"},
		{"12026-11-23", "tr", "12026-11-23"},
	} {
		if got := tt.day.Words(tt.lang); got != tt.wordedAs {
			t.Errorf("%s, %s: %s", tt.day, tt.lang, got)
		}
	}
}
