package pricing

import (
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/domaintest"
)

func TestRates_On(t *testing.T) {
	t.Parallel()
	rates := Rates{
		{domain.USD, "2026-11-20", dec("41")},
		{domain.USD, "2026-11-23", dec("42")},
		{domain.EUR, "2026-11-23", dec("48")},
		{domain.USD, "2026-11-10", dec("40")},
	}
	for _, tt := range []struct {
		currency domain.Currency
		day      Day
		want     string // "" = none
	}{
		{domain.USD, "2026-11-09", ""},
		{domain.USD, "2026-11-10", "40"},
		{domain.USD, "2026-11-19", "40"},
		{domain.USD, "2026-11-22", "41"},
		{domain.USD, "2027-01-01", "42"},
		{domain.EUR, "2026-11-22", ""},
		{domain.GBP, "2026-11-23", ""},
	} {
		r, ok := rates.On(tt.currency, tt.day)
		if ok != (tt.want != "") || ok && !r.Value.Equal(dec(tt.want)) {
			t.Errorf("%s on %s: %v, %v, want %q", tt.currency, tt.day, r, ok, tt.want)
		}
	}
	want := Rates{rates[2], rates[1], rates[0], rates[3]}
	if off := domaintest.Differences(rates.Sorted(), want); len(off) > 0 {
		t.Errorf("sorted: %q", off)
	}
	again := append(slices.Clone(rates), Rate{domain.USD, "2026-11-23", dec("43")})
	if r, ok := again.On(domain.USD, "2026-11-23"); !ok || !r.Value.Equal(dec("43")) {
		t.Errorf("typed in again: %v, %v", r, ok)
	}
}

func TestDayOf_isIstanbuls(t *testing.T) {
	t.Parallel()
	if d := DayOf(time.Date(2026, 11, 22, 21, 30, 0, 0, time.UTC)); d != "2026-11-23" {
		t.Errorf("day %s", d)
	}
}

func TestValidate_ofRatesAndGuards(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name          string
		err           error
		field, detail string
	}{
		{"a rate", Rate{domain.USD, "2026-11-23", dec("41.2537")}.Validate(), "", ""},
		{"of the lira", Rate{domain.TRY, "2026-11-23", dec("1")}.Validate(), "currency", "choose"},
		{"of another currency", Rate{"JPY", "2026-11-23", dec("1")}.Validate(), "currency", "choose"},
		{"zero", Rate{domain.USD, "2026-11-23", dec("0")}.Validate(), "rate", "not-above-zero"},
		{"below zero", Rate{domain.USD, "2026-11-23", dec("-1")}.Validate(), "rate", "not-above-zero"},
		{"eight decimals", Rate{domain.EUR, "2026-11-23", dec("0.00000001")}.Validate(), "", ""},
		{"no day at all", Rate{domain.USD, "", dec("1")}.Validate(), "date", "date"},
		{"nine decimals", Rate{domain.USD, "2026-11-23", dec("1.123456789")}.Validate(), "rate", "decimals"},
		{"no day", Rate{domain.USD, "2026-02-30", dec("1")}.Validate(), "date", "date"},
		{"guards", Guards{null("1.2345"), null("0")}.Validate(), "", ""},
		{"no guards", Guards{}.Validate(), "", ""},
		{"a negative minimum", Guards{Minimum: null("-1")}.Validate(), "minimum", "negative"},
		{"a cost of nine decimals", Guards{Cost: null("1.123456789")}.Validate(), "cost", "decimals"},
		{"a cost of eight decimals, a minimum of none", Guards{null("0"), null("1.12345678")}.Validate(), "", ""},
		{"a minimum of nine decimals", Guards{null("1.123456789"), null("-1")}.Validate(), "minimum", "decimals"},
		{"a negative cost", Guards{null("1"), null("-0.01")}.Validate(), "cost", "negative"},
		{"what is absent may be anything", Guards{Minimum: decimal.NullDecimal{Decimal: dec("-1")}}.Validate(), "", ""},
	} {
		var e *domain.Error
		if tt.field == "" {
			if tt.err != nil {
				t.Errorf("%s: %v", tt.name, tt.err)
			}
			continue
		}
		if !errors.As(tt.err, &e) || e.Kind != domain.KindInvalid || e.Field != tt.field || e.Detail != tt.detail {
			t.Errorf("%s: %v", tt.name, tt.err)
		}
	}
}

func TestPricer_Offer(t *testing.T) {
	t.Parallel()
	global := Rule{Direction: Increase, Kind: Percent, Amount: dec("10"), Extra: dec("20")}
	own := Rule{Direction: Discount, Kind: Percent, Amount: dec("10")}
	p := Pricer{
		Rules: Rules{PerMarketplace: true, Global: &global, Each: map[MarketplaceID]Rule{"n11": own}, Version: 7},
		Rates: Rates{{domain.USD, "2026-11-01", dec("41.2537")}, {domain.USD, "2026-12-01", dec("99")}},
		Day:   "2026-11-23", Currency: domain.TRY, MaxChange: null("10"),
	}
	for _, tt := range []struct {
		name     string
		product  domain.Product
		guards   Guards
		m        MarketplaceID
		previous decimal.NullDecimal
		want     string // "" = blocked
		warnings []Warning
	}{
		{name: "without a rule", product: domain.Product{Price: null("249.90")}, m: "trendyol", want: "249.90"},
		{name: "a rule of its own", product: domain.Product{Price: null("100"), Currency: domain.TRY}, m: "n11", want: "90"},
		{name: "by the rate of the day", product: domain.Product{Price: null("10"), Currency: domain.USD}, m: "x", want: "412.54"},
		{name: "passive", product: domain.Product{Price: null("10"), State: domain.ProductPassive}, warnings: []Warning{WarnPassive}},
		{name: "no rate", product: domain.Product{Price: null("10"), Currency: domain.EUR}, warnings: []Warning{WarnNoRate}},
		{name: "no price", product: domain.Product{Currency: domain.TRY}, warnings: []Warning{WarnNoPrice}},
		{name: "below its cost", product: domain.Product{Price: null("100")}, guards: Guards{Cost: null("90.01")}, m: "n11", warnings: []Warning{WarnBelowCost}},
		{name: "changed too much", product: domain.Product{Price: null("100")}, m: "n11", previous: null("80"), want: "90", warnings: []Warning{WarnChange}},
		{name: "changed within", product: domain.Product{Price: null("100")}, m: "n11", previous: null("85"), want: "90"},
	} {
		o := p.Offer(tt.product, tt.guards, tt.m, tt.previous)
		if o.Blocked != (tt.want == "") || !o.Blocked && !o.Price.Decimal.Equal(dec(tt.want)) || !slices.Equal(o.Warnings, tt.warnings) {
			t.Errorf("%s: %+v", tt.name, o.Result)
		}
		if o.Version != 7 || o.Base != tt.product.Price || o.Currency == "" {
			t.Errorf("%s: it is not said what it was made of: %+v", tt.name, o)
		}
	}
	if o := p.Offer(domain.Product{Price: null("10"), Currency: domain.USD}, Guards{}, "x", decimal.NullDecimal{}); o.Rate.Day != "2026-11-01" {
		t.Errorf("rate %+v", o.Rate)
	}
	p.Rules.PerMarketplace = false
	if o := p.Offer(domain.Product{Price: null("249.90")}, Guards{}, "n11", decimal.NullDecimal{}); !o.Price.Decimal.Equal(dec("294.89")) {
		t.Errorf("the global rule gives %v", o.Price)
	}
}
