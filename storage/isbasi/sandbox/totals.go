package sandbox

import (
	"maps"
	"slices"
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

// RateSum is what the lines of one VAT rate of an invoice come to.
type RateSum struct {
	Rate decimal.Decimal // percent
	Net  decimal.Decimal
	VAT  decimal.Decimal // with what the buyer keeps back
	kept decimal.Decimal // by the buyer
}

// total fills in the totals: each line is rounded half up to the kuruş, and the VAT of each rate is taken on
// the sum of its lines (orders-invoices.md §2, rules.md §6). netFirst: see Options.NetFirst; off is added.
func (v *Invoice) total(netFirst bool, off decimal.Decimal) {
	v.Rates = v.sums(netFirst)
	if len(v.Rates) > 0 {
		v.Rates[0].Net = v.Rates[0].Net.Add(off)
	}
	v.Net, v.VAT, v.Withholding = decimal.Zero, decimal.Zero, decimal.Zero
	for _, r := range v.Rates {
		v.Net, v.VAT, v.Withholding = v.Net.Add(r.Net), v.VAT.Add(r.VAT).Sub(r.kept), v.Withholding.Add(r.kept)
	}
	v.Total = v.Net.Add(v.VAT)
}

// rates are the sums by rising rate, as they were filled in or else as the lines are.
func (v *Invoice) rates() []RateSum {
	if v.Rates != nil {
		return v.Rates
	}
	return v.sums(false)
}

// sums are the lines' by rising rate.
func (v *Invoice) sums(netFirst bool) []RateSum {
	type group struct{ rate, withheld string }
	amounts := map[group]decimal.Decimal{}
	for _, l := range v.Lines {
		g := group{l.VATRate.String(), l.withheld().String()}
		amounts[g] = amounts[g].Add(l.amount().Round(2))
	}
	rates := map[string]RateSum{}
	for g, sum := range amounts {
		r, found := rates[g.rate]
		if !found {
			r.Rate = decimal.RequireFromString(g.rate)
		}
		net, vat := sum, sum.Mul(r.Rate).Shift(-2).Round(2)
		if v.VATIncluded {
			vat = sum.Mul(r.Rate).DivRound(decimal.NewFromInt(100).Add(r.Rate), 2)
			if netFirst {
				vat = sum.Sub(sum.DivRound(vatFactor(valid(r.Rate)), 2))
			}
			net = sum.Sub(vat)
		}
		r.Net, r.VAT = r.Net.Add(net), r.VAT.Add(vat)
		r.kept = r.kept.Add(vat.Mul(decimal.RequireFromString(g.withheld)).Round(2))
		rates[g.rate] = r
	}
	return slices.SortedFunc(maps.Values(rates), func(a, b RateSum) int { return a.Rate.Cmp(b.Rate) })
}
