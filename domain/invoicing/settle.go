package invoicing

import (
	"slices"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain/orders"
)

// Settle gives an order, as its source says it, the way the company's choices have it; of two amounts between which
// nobody has chosen yet it keeps both. What people say of the order comes after it (orders.Kept.Standing).
//
// No format that is known names gift cards, so that GiftCard changes nothing here: with a mapping by hand one is a
// discount of the order or is left out.
func (s Settings) Settle(o orders.Order) orders.Order {
	if s.Trendyol != TrendyolUnasked {
		o = o.Settle(s.Trendyol == TrendyolDeducted)
	}
	o.Lines = slices.Clone(o.Lines)
	for i := range o.Lines {
		l := &o.Lines[i]
		if l.Kind == orders.LineGoods {
			continue
		}
		l.VAT = decimal.NewNullDecimal(s.ServiceVAT) // no file names that of a service
		if l.Kind == orders.LineShipping && o.Marketplace == ikas && s.ShippingNet {
			l.Unit = kurus(l.Unit.Mul(hundred.Add(s.ServiceVAT)).Div(hundred))
		}
	}
	return o
}

// ikas is the shop system that does not say whether its price of shipping includes VAT (orders-invoices.md §1).
const ikas = "ikas"
