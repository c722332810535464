package sandbox

import (
	"encoding/json"
	"strings"
	"unicode/utf8"

	"github.com/shopspring/decimal"
)

// savedProduct is what the stand-in understands of a product that is saved (isbasi-api.md §4.3).
type savedProduct struct {
	ID        recordID            `json:"id"`
	Code      string              `json:"code"`
	Name      string              `json:"name"`
	IsActive  bool                `json:"isActive"`
	Type      int                 `json:"type"`
	VATRate   decimal.NullDecimal `json:"vatRate"`
	BrandName string              `json:"brandName"`
	Brand     nameOf              `json:"brand"`
	Category  nameOf              `json:"category"`
	Units     []savedUnit         `json:"units"`
	MainUnit  *savedUnit          `json:"mainUnit"`
	Prices    []savedPrice        `json:"prices"`
}

type savedUnit struct {
	Code    string              `json:"code"`
	Name    string              `json:"name"`
	Barcode string              `json:"barcode"`
	IsMain  bool                `json:"isMain"`
	Factor2 decimal.NullDecimal `json:"conversionFactor2"`
}

type savedPrice struct {
	Type        int                 `json:"type"`
	Price       decimal.NullDecimal `json:"price"`
	Included    decimal.NullDecimal `json:"priceTaxIncluded"`
	Excluded    decimal.NullDecimal `json:"priceTaxExcluded"`
	VATIncluded bool                `json:"vatIncluded"`
	Currency    string              `json:"currency"`
}

// saveProduct creates (id 0) or replaces a product. What the object leaves out is blank afterwards,
// known or unknown; only the quantity is not part of it (isbasi-api.md §4.3).
func (s *Server) saveProduct(c *call) answer {
	var in savedProduct
	var rest fields
	if c.read(&in) != nil || c.read(&rest) != nil {
		return s.unreadable(c)
	}
	old := s.products.find(func(p *Product) bool { return in.ID != 0 && p.ID == int64(in.ID) && p.kind() == in.Type })
	if wrong := in.check(); len(wrong) > 0 {
		return s.invalid(c, wrong)
	}
	if in.ID != 0 && old == nil {
		return s.gone(c)
	}
	if old == nil || old.Code != in.Code {
		if s.products.find(func(p *Product) bool { return p.Code == in.Code && p.kind() == in.Type }) != nil {
			return s.business(c, "Bu kodla kayıtlı bir ürün var.")
		}
	}
	if old == nil {
		s.products.add(Product{ID: s.products.next(func(p *Product) int64 { return p.ID })})
		old = &s.products.rows[len(s.products.rows)-1]
	}
	for _, name := range []string{"id", "code", "name", "isActive", "type", "vatRate", "brandName", "brand", "category", "mainUnit"} {
		delete(rest, name) // kept in Product
	}
	saved := in.product()
	was := old.Rest
	if was == nil && in.ID != 0 {
		was = s.productRest(old)
	}
	for _, field := range c.ignored {
		saved.keep(old, field)
		delete(rest, field)
		if value, ok := was[field]; ok {
			rest[field] = value
		}
	}
	saved.ID, saved.Stock, saved.Reserved = old.ID, old.Stock, old.Reserved
	saved.ModifiedAt, saved.Rest = s.now(), rest
	*old = saved
	s.products.changed()
	return s.ok(c, s.id(c, saved.ID))
}

// keep takes over from old what a field of the body is stored as in Product; the rest is kept by name.
func (p *Product) keep(old *Product, field string) {
	switch field {
	case "code":
		p.Code = old.Code
	case "name":
		p.Name = old.Name
	case "isActive":
		p.Passive = old.Passive
	case "vatRate":
		p.VATRate = old.VATRate
	case "prices":
		p.Price, p.Currency = old.Price, old.Currency
	case "units", "mainUnit":
		p.Unit, p.Barcode, p.Boxes = old.Unit, old.Barcode, old.Boxes
	}
}

// check gives a message for each rule that is broken.
func (p *savedProduct) check() []string {
	var wrong []string
	demand := func(ok bool, message string) {
		if !ok {
			wrong = append(wrong, message)
		}
	}
	demand(p.Name != "", "Ürün adı zorunludur.")
	demand(p.Code != "", "Ürün kodu zorunludur.")
	demand(p.Type == TypeProduct || p.Type == TypeService, "Ürün tipi geçersiz.")
	for _, u := range p.Units {
		demand(u.Code != "", "Birim kodu zorunludur.")
		demand(utf8.RuneCountInString(u.Code) <= 11, "Birim kodu en fazla 11 karakter olabilir.")
		demand(utf8.RuneCountInString(u.Barcode) <= 101, "Barkod en fazla 101 karakter olabilir.")
	}
	for _, x := range p.Prices {
		demand(x.consistent(p.VATRate), "Fiyat bilgileri birbirini tutmuyor.")
	}
	return wrong
}

// included is the price with VAT, of eight decimals (isbasi-api.md §3.4).
func (x savedPrice) included(vat decimal.NullDecimal) decimal.Decimal {
	if x.VATIncluded {
		return x.Price.Decimal.Round(8)
	}
	return x.Price.Decimal.Mul(vatFactor(vat)).Round(8)
}

// consistent tells whether the three amounts, as far as they are told, are one price. Nobody says which
// of them wins (isbasi-api.md §4.3), so none may be left behind.
func (x savedPrice) consistent(vat decimal.NullDecimal) bool {
	near := func(told decimal.NullDecimal, want decimal.Decimal) bool {
		return !told.Valid || told.Decimal.Sub(want).Abs().LessThanOrEqual(decimal.New(1, -2))
	}
	gross := x.included(vat)
	return !x.Price.Valid || near(x.Included, gross) && near(x.Excluded, gross.Div(vatFactor(vat)))
}

// product takes over what Product has a field for.
func (p *savedProduct) product() Product {
	out := Product{
		Code: p.Code, Name: p.Name, Type: p.Type, Passive: !p.IsActive, VATRate: p.VATRate,
		Brand: p.BrandName, Category: string(p.Category),
	}
	if out.Brand == "" {
		out.Brand = string(p.Brand)
	}
	if p.MainUnit != nil {
		out.Unit, out.Barcode = p.MainUnit.Name, p.MainUnit.Barcode
	}
	for _, u := range p.Units {
		if u.IsMain {
			out.Unit, out.Barcode = u.Name, u.Barcode
		} else {
			out.Boxes = append(out.Boxes, Box{Name: u.Name, Barcode: u.Barcode, Pieces: int(u.Factor2.Decimal.IntPart())})
		}
	}
	for _, x := range p.Prices {
		if x.Type == 1 && x.Price.Valid && !out.Price.Valid {
			out.Price, out.Currency = valid(x.included(p.VATRate)), local(strings.TrimSpace(x.Currency))
		}
	}
	return out
}

// nameOf is the name of a small object; a text alone is its name.
type nameOf string

func (n *nameOf) UnmarshalJSON(b []byte) error {
	if json.Unmarshal(b, (*string)(n)) == nil {
		return nil
	}
	var in struct {
		Name string `json:"name"`
	}
	err := json.Unmarshal(b, &in)
	*n = nameOf(in.Name)
	return err
}
