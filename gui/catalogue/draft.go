package catalogue

import (
	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/listing"
	"github.com/sopyo/sopyo-desktop/domain/pricing"
	"github.com/sopyo/sopyo-desktop/gui/kit"
)

// productDraft is a product as it is typed; base is what it was made of.
type productDraft struct {
	base                                              domain.Product
	kept                                              pricing.Guards
	origins                                           domain.Origins   // not edited
	formers                                           []listing.Former // not edited
	open                                              decimal.Decimal  // sold in open orders; not edited
	code, barcode, name, brand, price, stock, vatRate string
	minimum, cost                                     string
}

func draftOfProduct(p domain.Product, g pricing.Guards, lang string) productDraft {
	return productDraft{
		base: p, kept: g, minimum: kit.Typed(g.Minimum, minMoneyDecimals, lang), cost: kit.Typed(g.Cost, minMoneyDecimals, lang), code: string(p.Code), barcode: string(p.Barcode), name: p.Name, brand: p.Brand,
		price: kit.Typed(p.Price, minMoneyDecimals, lang), stock: kit.Typed(p.Stock, 0, lang), vatRate: kit.Typed(p.VATRate, 0, lang),
	}
}

// minMoneyDecimals are what an amount of money has at least.
const minMoneyDecimals = 2

// same tells whether two drafts say the same.
func (d productDraft) same(other productDraft) bool {
	return d.base.ID == other.base.ID && d.code == other.code && d.barcode == other.barcode && d.name == other.name &&
		d.brand == other.brand && d.price == other.price && d.stock == other.stock && d.vatRate == other.vatRate &&
		d.sameGuards(other)
}

func (d productDraft) sameGuards(other productDraft) bool {
	return d.minimum == other.minimum && d.cost == other.cost
}

// guards reads what was typed; the error's Field is minimum or cost.
func (d productDraft) guards(lang string) (pricing.Guards, error) {
	g := d.kept
	was := draftOfProduct(d.base, d.kept, lang)
	for _, f := range []struct {
		field, text, before string
		into                *decimal.NullDecimal
	}{{"minimum", d.minimum, was.minimum, &g.Minimum}, {"cost", d.cost, was.cost, &g.Cost}} {
		switch f.text {
		case f.before:
		case "":
			*f.into = decimal.NullDecimal{}
		default:
			n, err := domain.ParseNumber(f.text, lang)
			if err != nil {
				return g, domain.Invalid(f.field, "number")
			}
			*f.into = decimal.NewNullDecimal(n)
		}
	}
	return g, g.Validate()
}

// product reads what was typed. The error's Field is that of domain.Product.Validate.
func (d productDraft) product(lang string) (domain.Product, error) {
	p := d.base
	p.Code, p.Barcode, p.Name, p.Brand = domain.Code(domain.Code(d.code).K0()), domain.Barcode(domain.Code(d.barcode).K0()), d.name, d.brand
	was := draftOfProduct(d.base, d.kept, lang)
	for _, f := range []struct {
		field, text, before string
		into                *decimal.NullDecimal
	}{
		{"price", d.price, was.price, &p.Price}, {"stock", d.stock, was.stock, &p.Stock}, {"vat_rate", d.vatRate, was.vatRate, &p.VATRate},
	} {
		switch f.text {
		case f.before: // 1.234 is not read another way only because it was shown
		case "":
			*f.into = decimal.NullDecimal{}
		default:
			n, err := domain.ParseNumber(f.text, lang)
			if err != nil {
				return p, domain.Invalid(f.field, "number")
			}
			*f.into = decimal.NewNullDecimal(n)
		}
	}
	return p, p.Validate()
}
