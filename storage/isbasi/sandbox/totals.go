package sandbox

import (
	"strings"

	"github.com/shopspring/decimal"
)

// amount is the line's, after its discount, with or without VAT as the price is.
func (l InvoiceLine) amount() decimal.Decimal {
	a := l.Quantity.Mul(l.Price)
	a = a.Sub(a.Mul(l.DiscountRate).Shift(-2))
	return a.Sub(l.DiscountValue)
}

// withheld is the part of the VAT that the buyer keeps back: "2/10" is 0.2; 0 without one.
func (l InvoiceLine) withheld() decimal.Decimal {
	part, whole, ok := strings.Cut(l.Withholding, "/")
	if !ok {
		return decimal.Zero
	}
	p, err := decimal.NewFromString(part)
	w, err2 := decimal.NewFromString(whole)
	if err != nil || err2 != nil || w.IsZero() {
		return decimal.Zero
	}
	return p.Div(w)
}

// total fills in the totals: VAT for each rate on the sum of its lines, each amount to the kuruş
// (rules.md §6).
func (v *Invoice) total() {
	type group struct{ rate, withheld string }
	sums := map[group]decimal.Decimal{}
	for _, l := range v.Lines {
		g := group{l.VATRate.String(), l.withheld().String()}
		sums[g] = sums[g].Add(l.amount())
	}
	v.Net, v.VAT, v.Withholding = decimal.Zero, decimal.Zero, decimal.Zero
	for g, sum := range sums {
		factor := vatFactor(valid(decimal.RequireFromString(g.rate)))
		sum = sum.Round(2)
		net, vat := sum, sum.Mul(factor).Round(2).Sub(sum)
		if v.VATIncluded {
			net = sum.Div(factor).Round(2)
			vat = sum.Sub(net)
		}
		kept := vat.Mul(decimal.RequireFromString(g.withheld)).Round(2)
		v.Net, v.VAT, v.Withholding = v.Net.Add(net), v.VAT.Add(vat).Sub(kept), v.Withholding.Add(kept)
	}
	v.Total = v.Net.Add(v.VAT)
}
