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

func (r rated) has(rate decimal.Decimal) bool { return r.rate.Valid && r.rate.Decimal.Equal(rate) }

// sum adds up what has one rate and takes the VAT out of the whole, so that rounding happens once a rate.
func sum(parts []rated) Sums {
	var s Sums
	for _, p := range parts {
		s.Total = s.Total.Add(p.net)
		if p.rate.Valid {
			r := s.of(p.rate.Decimal)
			r.Gross = r.Gross.Add(p.net)
		}
	}
	slices.SortFunc(s.Rates, func(a, b RateAmounts) int { return a.Rate.Cmp(b.Rate) })
	for i := range s.Rates {
		r := &s.Rates[i]
		r.VAT = vatIn(r.Gross, r.Rate)
		r.Base = r.Gross.Sub(r.VAT)
		s.Base, s.VAT = s.Base.Add(r.Base), s.VAT.Add(r.VAT)
	}
	return s
}

// of gives the sums of a rate, new ones where there are none yet.
func (s *Sums) of(rate decimal.Decimal) *RateAmounts {
	i := slices.IndexFunc(s.Rates, func(r RateAmounts) bool { return r.Rate.Equal(rate) })
	if i < 0 {
		i = len(s.Rates)
		s.Rates = append(s.Rates, RateAmounts{Rate: rate})
	}
	return &s.Rates[i]
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
	for _, r := range a.Rates {
		left, last := r.VAT, 0
		for i, p := range parts {
			if !p.has(r.Rate) {
				continue
			}
			vat := vatIn(p.net, r.Rate)
			a.Lines[i].VAT = decimal.NewNullDecimal(vat)
			left, last = left.Sub(vat), i
		}
		a.Lines[last].VAT.Decimal = a.Lines[last].VAT.Decimal.Add(left)
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
