package decisions

import (
	"testing"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
)

func price(s string) decimal.NullDecimal { return decimal.NewNullDecimal(decimal.RequireFromString(s)) }

func TestCompare_namesWhatContradicts(t *testing.T) {
	remote := domain.RemoteProduct{Code: "ÇAY.00008", Barcode: "8690504012341", Price: price("367.99"), Currency: domain.TRY, Brand: "ILGINSU"}
	local := domain.Product{Code: "çay.00008", Barcode: "8690504012341", Price: price("367.990"), Currency: domain.TRY, Brand: "Ilgınsu"}
	for name, c := range map[string]struct {
		change func(m *domain.RemoteProduct, p *domain.Product)
		want   Differences
		times  string
	}{
		"the same, otherwise written": {func(*domain.RemoteProduct, *domain.Product) {}, Differences{}, ""},
		"another code":                {func(_ *domain.RemoteProduct, p *domain.Product) { p.Code = "ÇAY.00009" }, Differences{Code: true}, ""},
		"no code":                     {func(_ *domain.RemoteProduct, p *domain.Product) { p.Code = "" }, Differences{}, ""},
		"no code at İşbaşı":           {func(m *domain.RemoteProduct, _ *domain.Product) { m.Code = " " }, Differences{}, ""},
		"another barcode":             {func(_ *domain.RemoteProduct, p *domain.Product) { p.Barcode = "8690504012358" }, Differences{Barcode: true}, ""},
		"no barcode":                  {func(m *domain.RemoteProduct, _ *domain.Product) { m.Barcode = "" }, Differences{}, ""},
		"another brand":               {func(_ *domain.RemoteProduct, p *domain.Product) { p.Brand = "Üçtepe" }, Differences{Brand: true}, ""},
		"no brand":                    {func(m *domain.RemoteProduct, _ *domain.Product) { m.Brand = "" }, Differences{}, ""},
		"no price":                    {func(_ *domain.RemoteProduct, p *domain.Product) { p.Price.Valid = false }, Differences{}, ""},
		"no price there":              {func(m *domain.RemoteProduct, _ *domain.Product) { m.Price.Valid = false }, Differences{}, ""},
		"no price, and another code":  {func(m *domain.RemoteProduct, _ *domain.Product) { m.Price.Valid, m.Code = false, "ÖTEKİ" }, Differences{Code: true}, ""},
		"no barcode here":             {func(_ *domain.RemoteProduct, p *domain.Product) { p.Barcode = "" }, Differences{}, ""},
		"another price":               {func(_ *domain.RemoteProduct, p *domain.Product) { p.Price = price("400") }, Differences{Price: true}, ""},
		"a fifth dearer":              {func(m *domain.RemoteProduct, p *domain.Product) { m.Price, p.Price = price("100"), price("120") }, Differences{Price: true}, "1.2"},
		"just not a fifth dearer":     {func(m *domain.RemoteProduct, p *domain.Product) { m.Price, p.Price = price("100"), price("114.9") }, Differences{Price: true}, ""},
		"a third of it":               {func(_ *domain.RemoteProduct, p *domain.Product) { p.Price = price("100.90") }, Differences{Price: true}, "3.6"},
		"nothing":                     {func(_ *domain.RemoteProduct, p *domain.Product) { p.Price = price("0") }, Differences{Price: true}, ""},
		"another currency":            {func(_ *domain.RemoteProduct, p *domain.Product) { p.Currency = domain.EUR }, Differences{Price: true}, ""},
		"no currency is TL":           {func(m *domain.RemoteProduct, _ *domain.Product) { m.Currency = "" }, Differences{}, ""},
	} {
		m, p := remote, local
		c.change(&m, &p)
		got := Compare(m, p)
		times := ""
		if got.Times.Valid {
			times = got.Times.Decimal.String()
		}
		got.Times = decimal.NullDecimal{}
		if got != c.want || times != c.times {
			t.Errorf("%s: %+v %q, want %+v %q", name, got, times, c.want, c.times)
		}
	}
}
