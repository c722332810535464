package invoicing

import (
	"slices"
	"time"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
)

// rated is an amount with its VAT rate.
type rated struct {
	net  decimal.Decimal
	rate decimal.NullDecimal // percent
}

// byRate gives the places of what has a rate, those of one rate together, by rising rate.
func byRate(parts []rated) [][]int {
	var places []int
	for i, p := range parts {
		if p.rate.Valid {
			places = append(places, i)
		}
	}
	compare := func(i, j int) int { return parts[i].rate.Decimal.Cmp(parts[j].rate.Decimal) }
	slices.SortStableFunc(places, compare)
	var groups [][]int
	for n, i := range places {
		if n == 0 || compare(places[n-1], i) != 0 {
			groups = append(groups, nil)
		}
		last := &groups[len(groups)-1]
		*last = append(*last, i)
	}
	return groups
}

// sum adds up what has one rate and takes the VAT out of the whole, so that rounding happens once a rate.
func sum(parts []rated) Sums {
	var s Sums
	for _, p := range parts {
		s.Total = s.Total.Add(p.net)
	}
	for _, group := range byRate(parts) {
		r := RateAmounts{Rate: parts[group[0]].rate.Decimal}
		for _, i := range group {
			r.Gross = r.Gross.Add(parts[i].net)
		}
		r.VAT = vatIn(r.Gross, r.Rate)
		r.Base = r.Gross.Sub(r.VAT)
		s.Rates = append(s.Rates, r)
		s.Base, s.VAT = s.Base.Add(r.Base), s.VAT.Add(r.VAT)
	}
	return s
}

// vatIn gives the VAT that an amount includes, to the kuruş.
func vatIn(gross, rate decimal.Decimal) decimal.Decimal {
	whole := hundred.Add(rate)
	if !whole.IsPositive() { // no such rate can be part of a price
		return decimal.Zero
	}
	return gross.Mul(rate).DivRound(whole, 2)
}

var hundred = decimal.NewFromInt(100)

// shareVAT gives each line its VAT, and the last line of a rate what is left of the rate's.
func (a *Amounts) shareVAT(parts []rated) {
	for n, group := range byRate(parts) {
		left := a.Rates[n].VAT
		for _, i := range group {
			vat := vatIn(parts[i].net, a.Rates[n].Rate)
			a.Lines[i].VAT = decimal.NewNullDecimal(vat)
			left = left.Sub(vat)
		}
		last := &a.Lines[group[len(group)-1]].VAT
		last.Decimal = last.Decimal.Add(left)
	}
}

// InForce tells whether there was such a VAT rate, in percent, on the day (midnight in domain.Istanbul).
func InForce(rate decimal.Decimal, day time.Time) bool {
	rates := []int64{0, 1, 10, 20}
	if day.Before(newRates) {
		rates = []int64{0, 1, 8, 18}
	}
	return slices.ContainsFunc(rates, func(r int64) bool { return rate.Equal(decimal.NewFromInt(r)) })
}

// newRates is the day on which 8 and 18 percent became 10 and 20 (decree 7346).
var newRates = time.Date(2023, time.July, 10, 0, 0, 0, 0, domain.Istanbul)
