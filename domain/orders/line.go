package orders

import (
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
)

// unitDecimals are those that İşbaşı takes of a price.
const unitDecimals = 8

var hundred = decimal.NewFromInt(100)

// line reads what the row says of a product (orders-invoices.md §1, §2).
func (c *columns) line(row Row, rec *record) {
	l := &rec.item
	l.Kind, l.PerUnit = LineGoods, c.profile.PerUnit
	l.ID, l.Code, l.Name = c.cell(row, FieldLineID).text, c.cell(row, FieldCode).text, c.cell(row, FieldProduct).text
	if barcode := c.cell(row, FieldBarcode); spoilt(barcode) {
		rec.problem(FieldBarcode, barcode.text, SpoiltBarcode, false)
	} else {
		l.Barcode = barcode.text
	}
	l.Quantity = c.quantity(row, rec)
	unit, discount := c.number(row, FieldUnit, rec), c.number(row, FieldDiscount, rec)
	l.Amount, l.Tax, l.VAT = c.number(row, FieldAmount, rec), c.number(row, FieldTax, rec), c.number(row, FieldVAT, rec)
	l.Discount = discount.Decimal.Add(c.number(row, FieldCoupon, rec).Decimal)
	if c.profile.NetAmounts && l.Amount.Valid {
		l.VAT = c.rate(l.Amount.Decimal, l.Tax, rec)
		l.Amount.Decimal = l.Amount.Decimal.Add(l.Tax.Decimal)
	}
	if l.Platform = c.number(row, FieldPlatform, rec).Decimal; l.PerUnit {
		l.Platform = l.Platform.Mul(l.Quantity)
	}
	c.invoiced(row, rec, unit)
	switch {
	case unit.Valid && !c.profile.NetAmounts:
		l.Unit = unit.Decimal
	case !l.Quantity.IsZero():
		l.Unit = l.Amount.Decimal.DivRound(l.Quantity, unitDecimals)
	}
	rec.unpriced = !unit.Valid && !l.Amount.Valid
}

// quantity reads "2", and "2 Adet".
func (c *columns) quantity(row Row, rec *record) decimal.Decimal {
	got := c.cell(row, FieldQuantity)
	if got.text == "" {
		rec.problem(FieldQuantity, "", NoQuantity, true)
		return decimal.Decimal{}
	}
	said := got.text
	if words := strings.Fields(said); len(words) == 2 && domain.Fold(words[1]) == "adet" {
		got.text = words[0]
	}
	d, err := got.number(c.profile.Language)
	if err != nil {
		rec.problem(FieldQuantity, said, BadNumber, true)
	}
	return d
}

// invoiced reads what the file says is to be invoiced for the line, where it does. Two ways are known in
// which a marketplace gets there: its own discount is reimbursed, so that it does not lower the invoice, or it
// is deducted too. Any third leaves lines and total apart, which the gate notices; both in one package nobody
// but a person can settle, see Order.TwoAmounts.
func (c *columns) invoiced(row Row, rec *record, unit decimal.NullDecimal) {
	invoiced := c.number(row, FieldInvoiced, rec)
	if !invoiced.Valid {
		return
	}
	l := &rec.item
	rec.invoiced = invoiced
	switch {
	case !l.Amount.Valid && unit.Valid:
		l.Amount = decimal.NewNullDecimal(l.Quantity.Mul(unit.Decimal))
	case !l.Amount.Valid:
		l.Amount, l.Discount = invoiced, decimal.Decimal{}
		return
	}
	platform := l.Platform.Round(kurus)
	switch off := l.Net().Sub(invoiced.Decimal.Round(kurus)); {
	case platform.IsZero(): // both ways are one
	case off.Equal(platform):
		l.Discount = l.Discount.Add(l.Platform)
		rec.form, rec.deducted = formDeducted, true
	case off.IsZero():
		rec.form = formReimbursed
	}
}

// rates are those there are and were (orders-invoices.md §2).
var rates = []int64{0, 1, 8, 10, 18, 20}

// rate finds the one that a tax is of an amount without it, within half a percent: the tax was rounded.
func (c *columns) rate(net decimal.Decimal, tax decimal.NullDecimal, rec *record) decimal.NullDecimal {
	if !tax.Valid || !net.IsPositive() {
		return decimal.NullDecimal{}
	}
	percent := tax.Decimal.Mul(hundred).DivRound(net, unitDecimals)
	half := decimal.New(5, -1)
	i := slices.IndexFunc(rates, func(r int64) bool { return percent.Sub(decimal.NewFromInt(r)).Abs().LessThanOrEqual(half) })
	if i < 0 {
		rec.problem(FieldTax, tax.Decimal.String(), UnknownRate, false)
		return decimal.NullDecimal{}
	}
	return decimal.NewNullDecimal(decimal.NewFromInt(rates[i]))
}
