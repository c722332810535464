package invoicing

import (
	"slices"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain/orders"
)

// Amounts are the sums of an invoice, VAT included where nothing else is said.
type Amounts struct {
	Lines []LineAmounts // as many as the order has, in its order
	Sums
	// Over: the order's discount is more than its goods cost, or less than nothing, and is not spread.
	Over bool
}

// LineAmounts are those of one line.
type LineAmounts struct {
	Net      decimal.Decimal     // less every discount
	Discount decimal.Decimal     // the line's own and its share of the order's
	VAT      decimal.NullDecimal // absent: the line has no rate
	SendUnit decimal.NullDecimal // price of one that is sent, at most 8 decimals; absent: there can be none
}

// Sums are the sums of lines.
type Sums struct {
	Rates []RateAmounts   // by rising rate; a line without a rate is in none
	Total decimal.Decimal // of all lines
	// Base and VAT are the sums of Rates.
	Base, VAT decimal.Decimal
}

// RateAmounts are the sums of one VAT rate: Gross = Base + VAT.
type RateAmounts struct {
	Rate             decimal.Decimal // percent
	Gross, Base, VAT decimal.Decimal
}

// Compute makes the amounts of an invoice of an order's lines and the discount on the whole order
// (orders-invoices.md §2). Nothing is converted, and nothing judged: an order that may not be invoiced has
// amounts too.
func Compute(lines []Line, discount decimal.Decimal) Amounts {
	a := Amounts{Lines: make([]LineAmounts, len(lines))}
	for i, l := range lines {
		own := l.OwnDiscount()
		a.Lines[i] = LineAmounts{Net: l.Gross().Sub(own), Discount: own}
	}
	a.spread(lines, kurus(discount))
	parts := make([]rated, len(lines))
	for i, l := range lines {
		parts[i] = rated{net: a.Lines[i].Net, rate: l.VAT}
		a.Lines[i].SendUnit = sendUnit(a.Lines[i].Net, l.Quantity)
	}
	a.Sums = sum(parts)
	a.shareVAT(parts)
	return a
}

// kurus rounds half up, negative amounts half away from zero.
func kurus(amount decimal.Decimal) decimal.Decimal { return amount.Round(2) }

// spread takes the order's discount off the goods: in proportion to what they cost, floored to kuruş, the
// rest by a kuruş each to the largest remainders, of equal ones to the earlier line. Shipping, wrap and
// fees bear none of it.
func (a *Amounts) spread(lines []Line, discount decimal.Decimal) {
	var bearing []int
	goods := decimal.Zero
	for i, l := range lines {
		if l.Kind == orders.LineGoods && a.Lines[i].Net.IsPositive() {
			bearing = append(bearing, i)
			goods = goods.Add(a.Lines[i].Net)
		}
	}
	// A discount below nothing would be a surcharge that nobody has agreed to.
	if a.Over = discount.IsNegative() || discount.GreaterThan(goods); a.Over {
		return
	}
	remainders := make([]decimal.Decimal, len(lines))
	rest := discount
	for _, i := range bearing {
		var share decimal.Decimal
		share, remainders[i] = discount.Mul(a.Lines[i].Net).QuoRem(goods, 2)
		a.take(i, share)
		rest = rest.Sub(share)
	}
	slices.SortStableFunc(bearing, func(i, j int) int { return remainders[j].Cmp(remainders[i]) })
	for _, i := range bearing[:rest.Shift(2).IntPart()] {
		a.take(i, oneKurus)
	}
}

var oneKurus = decimal.New(1, -2)

// take takes a share of the order's discount off a line.
func (a *Amounts) take(line int, share decimal.Decimal) {
	l := &a.Lines[line]
	l.Net, l.Discount = l.Net.Sub(share), l.Discount.Add(share)
}

// sendUnit gives the price of one that multiplied by the quantity rounds to the net.
func sendUnit(net, quantity decimal.Decimal) decimal.NullDecimal {
	const decimals = 8 // what İşbaşı takes
	if !quantity.IsPositive() || net.IsNegative() {
		return decimal.NullDecimal{}
	}
	return decimal.NewNullDecimal(net.DivRound(quantity, decimals))
}
