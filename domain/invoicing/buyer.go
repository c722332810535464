package invoicing

import (
	"slices"
	"strings"

	"github.com/sopyo/sopyo-desktop/domain"
)

// masked tells whether something of the buyer is hidden, or a word that fills a field.
func (b *Buyer) masked() bool {
	return slices.ContainsFunc(
		[]string{b.First, b.Last, b.Name, b.Address, b.City, b.District, b.PostalCode, b.TaxNumber},
		func(s string) bool { return starred(s) || filler(s) },
	)
}

// starred tells whether marketplaces have hidden some of a text.
func starred(s string) bool { return strings.ContainsAny(s, "*●") }

// filler tells whether a text only stands where something had to.
func filler(s string) bool {
	return slices.Contains([]string{"x", "xx", "xxx", "xxxx", ".", "-", "null", "none", "nan", "n/a"}, domain.Fold(s))
}

// named tells whether the buyer has the name that the invoice needs.
func (b *Buyer) named() bool {
	if b.Personal() {
		return !blank(b.First) && !blank(b.Last)
	}
	return !blank(b.Name)
}

// foreign tells whether the buyer is abroad.
func (b *Buyer) foreign() bool { return !blank(b.Country) && domain.Fold(b.Country) != "tr" }

// PostalCode gives the buyer's postal code, or the general one of the province where the order has none,
// as in every order of some marketplaces; "" when it cannot be derived.
func (c *Case) PostalCode() (code string, derived bool) {
	b := &c.Buyer
	switch {
	case !blank(b.PostalCode):
		return b.PostalCode, false
	case blank(b.Plate) || c.KeepPostalCode:
		return "", false
	default:
		return strings.TrimSpace(b.Plate) + "000", true
	}
}

// addressed tells whether the address is whole.
func (c *Case) addressed() bool {
	code, _ := c.PostalCode()
	return !slices.ContainsFunc([]string{c.Buyer.Address, c.Buyer.City, c.Buyer.District, code}, blank)
}

func blank(s string) bool { return strings.TrimSpace(s) == "" }
