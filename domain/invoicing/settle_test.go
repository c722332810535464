package invoicing

import (
	"slices"
	"testing"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain/orders"
)

func TestSettle_asksOnceWhichOfTwoAmountsHolds(t *testing.T) {
	d := decimal.RequireFromString
	two := orders.Order{Marketplace: "trendyol", StatedTotal: decimal.NewNullDecimal(d("1100")), Lines: []orders.Line{
		{Name: "Kupa", Kind: orders.LineGoods, Quantity: d("1"), Unit: d("1154"), Discount: d("54"), Platform: d("100"), TwoAmounts: true},
	}}
	plain := two
	plain.Lines = slices.Clone(two.Lines)
	plain.Lines[0].TwoAmounts = false
	for name, c := range map[string]struct {
		o             orders.Order
		choice        TrendyolAmount
		total, stated string
		both          bool
	}{
		"nobody was asked":      {two, TrendyolUnasked, "1100", "1100", true},
		"reimbursed":            {two, TrendyolReimbursed, "1100", "1100", false},
		"deducted":              {two, TrendyolDeducted, "1000", "1000", false},
		"one amount, unasked":   {plain, TrendyolUnasked, "1100", "1100", false},
		"one amount stays that": {plain, TrendyolDeducted, "1100", "1100", false},
	} {
		s := DefaultSettings()
		s.Trendyol = c.choice
		got := s.Settle(c.o)
		if total := got.Total(); !total.Equal(d(c.total)) || !got.StatedTotal.Decimal.Equal(d(c.stated)) || got.TwoAmounts() != c.both {
			t.Errorf("%s: %s of %s, two amounts: %v", name, total, got.StatedTotal.Decimal, got.TwoAmounts())
		}
	}
	if !two.Lines[0].TwoAmounts || !two.Lines[0].Discount.Equal(d("54")) {
		t.Error("settling has changed the order that it was given")
	}
}

func TestSettle_ofServices(t *testing.T) {
	d := decimal.RequireFromString
	for name, c := range map[string]struct {
		marketplace string
		kind        orders.LineKind
		net         bool
		rate        string
		unit, vat   string
	}{
		"shipping":                          {"shopify", orders.LineShipping, false, "20", "33.25", "20"},
		"shipping at another rate":          {"shopify", orders.LineShipping, false, "10", "33.25", "10"},
		"ikas's, VAT included":              {"ikas", orders.LineShipping, false, "20", "33.25", "20"},
		"ikas's, without VAT":               {"ikas", orders.LineShipping, true, "20", "39.9", "20"},
		"ikas's, without VAT, another rate": {"ikas", orders.LineShipping, true, "10", "36.58", "10"},
		"ikas's wrap":                       {"ikas", orders.LineWrap, true, "20", "33.25", "20"},
		"another shop's":                    {"shopify", orders.LineShipping, true, "20", "33.25", "20"},
		"goods keep what the file says":     {"ikas", orders.LineGoods, true, "20", "33.25", "1"},
	} {
		s := DefaultSettings()
		s.ShippingNet, s.ServiceVAT = c.net, d(c.rate)
		o := orders.Order{Marketplace: c.marketplace, Lines: []orders.Line{
			{Kind: c.kind, Quantity: d("1"), Unit: d("33.25"), VAT: decimal.NewNullDecimal(d("1"))},
		}}
		if l := s.Settle(o).Lines[0]; !l.Unit.Equal(d(c.unit)) || !l.VAT.Decimal.Equal(d(c.vat)) {
			t.Errorf("%s: %s at %s", name, l.Unit, l.VAT.Decimal)
		}
		if !o.Lines[0].Unit.Equal(d("33.25")) {
			t.Errorf("%s: the order that was given is changed", name)
		}
	}
}
