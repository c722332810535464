package domain_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/domaintest"
)

// refusal is which field an error refuses, and why; "" when it refuses nothing.
func refusal(err error) string {
	if err == nil {
		return ""
	}
	var e *domain.Error
	if !errors.As(err, &e) || e.Kind != domain.KindInvalid {
		return "no refusal: " + err.Error()
	}
	return e.Field + " " + e.Detail
}

// Each field of a product that has all of them is moved to its limits, and just beyond.
func TestProduct_validateHoldsEveryFieldToItsLimits(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("ş", 500) // 1,000 bytes: characters are counted
	number := func(s string) decimal.NullDecimal { return decimal.NewNullDecimal(decimal.RequireFromString(s)) }
	type row struct {
		change func(*domain.Product)
		want   string
	}
	rows := map[string]row{
		"as it is":          {func(*domain.Product) {}, ""},
		"nothing but name":  {func(p *domain.Product) { *p = domain.Product{Name: "Kalem"} }, ""},
		"nothing":           {func(p *domain.Product) { *p = domain.Product{} }, "name required"},
		"invisible name":    {func(p *domain.Product) { p.Name = " \u00a0\u200b\t" }, "name required"},
		"no name, all else": {func(p *domain.Product) { p.Name, p.Code, p.Price = "", domain.Code(long+"x"), number("-1") }, "name required"},
		"texts go first":    {func(p *domain.Product) { p.Brand, p.Price = long+"x", number("-1") }, "brand too-long"},
		"below zero and fine": {
			func(p *domain.Product) { p.Price = number("-0.123456789") }, "price negative",
		},
		"above a hundred and fine": {
			func(p *domain.Product) { p.VATRate = number("100.000000001") }, "vat_rate percent",
		},
	}
	for field, set := range map[string]func(*domain.Product, string){
		"code":    func(p *domain.Product, s string) { p.Code = domain.Code(s) },
		"barcode": func(p *domain.Product, s string) { p.Barcode = domain.Barcode(s) },
		"name":    func(p *domain.Product, s string) { p.Name = s },
		"brand":   func(p *domain.Product, s string) { p.Brand = s },
	} {
		rows[field+" as long as it may be"] = row{func(p *domain.Product) { set(p, long) }, ""}
		rows[field+" one longer"] = row{func(p *domain.Product) { set(p, long+"x") }, field + " too-long"}
	}
	for field, c := range map[string]struct {
		set  func(*domain.Product, decimal.NullDecimal)
		want map[string]string
	}{
		"price": {func(p *domain.Product, d decimal.NullDecimal) { p.Price = d }, map[string]string{
			"-0.00000001": "negative", "0": "", "100.00000001": "", "0.00000001": "", "0.000000001": "decimals", "1.500000000000": "",
		}},
		"stock": {func(p *domain.Product, d decimal.NullDecimal) { p.Stock = d }, map[string]string{
			"-7": "", "-0.00000001": "", "0": "", "0.000000001": "decimals", "-0.000000001": "decimals", "100.00000001": "",
		}},
		"vat_rate": {func(p *domain.Product, d decimal.NullDecimal) { p.VATRate = d }, map[string]string{
			"-0.00000001": "percent", "0": "", "99.99999999": "", "100": "", "100.00000001": "percent", "0.000000001": "decimals",
		}},
	} {
		for value, why := range c.want {
			if why != "" {
				why = field + " " + why
			}
			rows[field+" "+value] = row{func(p *domain.Product) { c.set(p, number(value)) }, why}
		}
	}
	for name, tt := range rows {
		p := domaintest.Fill[domain.Product](0)
		tt.change(&p)
		if got := refusal(p.Validate()); got != tt.want {
			t.Errorf("%s: %q, want %q", name, got, tt.want)
		}
	}
}

func TestProductDetail_choosesMainUnitAndSalesVAT(t *testing.T) {
	t.Parallel()
	p := domaintest.Fill[domain.ProductDetail](0)
	box, piece := p.Units[0], p.Units[1]
	for name, tt := range map[string]struct {
		main [2]bool
		want domain.RemoteUnit
		ok   bool
	}{
		"none": {}, "the first": {[2]bool{true, false}, box, true}, "the second": {[2]bool{false, true}, piece, true},
	} {
		p.Units[0].Main, p.Units[1].Main = tt.main[0], tt.main[1]
		tt.want.Main = tt.ok
		got, ok := p.MainUnit()
		if diff := domaintest.Differences(got, tt.want); ok != tt.ok || len(diff) > 0 {
			t.Errorf("%s: %v, %q", name, ok, diff)
		}
	}
	if diff := domaintest.Differences(p.SalesVAT(), p.SalesVATRate); len(diff) > 0 {
		t.Errorf("the sale's own: %q", diff)
	}
	p.SalesVATRate.Valid = false
	if diff := domaintest.Differences(p.SalesVAT(), p.VATRate); len(diff) > 0 {
		t.Errorf("without the sale's own: %q", diff)
	}
}
