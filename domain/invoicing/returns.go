package invoicing

import (
	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
)

// ReturnLine is how much of an invoice's line comes back.
type ReturnLine struct {
	// Sold and Net are the line's quantity and amount in the invoice, VAT is its rate in percent.
	Sold, Net decimal.Decimal
	VAT       decimal.NullDecimal
	// Before is the quantity that earlier returns took back, Now that of this return.
	Before, Now decimal.Decimal
}

// Returned are the amounts of a return of a part of an invoice.
type Returned struct {
	Nets []decimal.Decimal // of the lines, in their order
	Sums
}

// Return computes a return of a part of an invoice (orders-invoices.md §6) from all lines of the invoice.
// What comes back in one return is what has come back with it less what had come back before it, so that
// several returns add up to the invoice to the kuruş, in each line and in the VAT of each rate. It refuses
// (KindInvalid) less than nothing and more than was sold.
func Return(lines []ReturnLine) (Returned, error) {
	r := Returned{Nets: make([]decimal.Decimal, len(lines))}
	before, after := make([]rated, len(lines)), make([]rated, len(lines))
	for i, l := range lines {
		if err := l.refuse(); err != nil {
			return Returned{}, err
		}
		before[i] = rated{net: l.worth(l.Before), rate: l.VAT}
		after[i] = rated{net: l.worth(l.Before.Add(l.Now)), rate: l.VAT}
		r.Nets[i] = after[i].net.Sub(before[i].net)
	}
	r.Sums = sum(after).less(sum(before))
	return r, nil
}

// refuse gives why so much cannot come back.
func (l *ReturnLine) refuse() error {
	switch {
	case l.Before.IsNegative(), l.Now.IsNegative():
		return domain.Invalid("quantity", "negative")
	case l.Before.Add(l.Now).GreaterThan(l.Sold):
		return domain.Invalid("quantity", "more-than-sold")
	default:
		return nil
	}
}

// worth gives what so many of the line cost.
func (l *ReturnLine) worth(quantity decimal.Decimal) decimal.Decimal {
	if quantity.IsZero() { // of a line without a quantity too
		return decimal.Zero
	}
	return l.Net.Mul(quantity).DivRound(l.Sold, 2)
}

// less takes the sums of the same lines, as they were earlier, off.
func (s Sums) less(earlier Sums) Sums {
	s.Total, s.Base, s.VAT = s.Total.Sub(earlier.Total), s.Base.Sub(earlier.Base), s.VAT.Sub(earlier.VAT)
	for i, e := range earlier.Rates { // as many, and in the same order
		r := &s.Rates[i]
		r.Gross, r.Base, r.VAT = r.Gross.Sub(e.Gross), r.Base.Sub(e.Base), r.VAT.Sub(e.VAT)
	}
	return s
}
