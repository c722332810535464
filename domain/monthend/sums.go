package monthend

import (
	"slices"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain/invoicing"
)

// plus adds sums up, rate by rate. Nothing of either is changed.
func plus(a, b invoicing.Sums) invoicing.Sums {
	a.Rates = slices.Clone(a.Rates)
	for _, r := range b.Rates {
		i, found := slices.BinarySearchFunc(a.Rates, r.Rate, byRate)
		if !found {
			a.Rates = slices.Insert(a.Rates, i, invoicing.RateAmounts{Rate: r.Rate})
		}
		sum := &a.Rates[i]
		sum.Gross, sum.Base, sum.VAT = sum.Gross.Add(r.Gross), sum.Base.Add(r.Base), sum.VAT.Add(r.VAT)
	}
	a.Total, a.Base, a.VAT = a.Total.Add(b.Total), a.Base.Add(b.Base), a.VAT.Add(b.VAT)
	return a
}

func byRate(r invoicing.RateAmounts, rate decimal.Decimal) int { return r.Rate.Cmp(rate) }

// total adds up the sums of many.
func total[T any](of []T, sums func(T) invoicing.Sums) invoicing.Sums {
	var all invoicing.Sums
	for _, v := range of {
		all = plus(all, sums(v))
	}
	return all
}

// at gives the amounts of one rate, ok = false when there are none.
func at(s invoicing.Sums, rate decimal.Decimal) (invoicing.RateAmounts, bool) {
	i := slices.IndexFunc(s.Rates, func(r invoicing.RateAmounts) bool { return r.Rate.Equal(rate) })
	if i < 0 {
		return invoicing.RateAmounts{}, false
	}
	return s.Rates[i], true
}

// unrated is what of the total has no known rate.
func unrated(s invoicing.Sums) decimal.Decimal { return s.Total.Sub(s.Base).Sub(s.VAT) }
