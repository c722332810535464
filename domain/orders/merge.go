package orders

import (
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
)

// merged is what the rows of an order say of it together.
type merged struct {
	profile   Profile
	districts domain.Districts
	texts     map[Field]cell
	summed    [3]decimal.Decimal // of serviceFields, by row
	problems  []Problem
}

// problem refuses the order.
func (m *merged) problem(line int, f Field, value string, why Reason) {
	m.problems = append(m.problems, Problem{Line: line, Field: f, Value: value, Reason: why, Refused: true})
}

// add takes what one row says; rows that contradict each other are not one order that can be understood.
func (m *merged) add(f Field, said cell) {
	if m.profile.ServicesPerRow && slices.Contains(serviceFields(), f) {
		return
	}
	before, found := m.texts[f]
	switch {
	case !found:
		m.texts[f] = said
	case before.text != said.text:
		m.problem(said.line, f, said.text, Disagrees)
	}
}

// services adds what a row charges beside goods.
func (m *merged) services(rec record) {
	if !m.profile.ServicesPerRow {
		return
	}
	for i, f := range serviceFields() {
		d, _ := rec.texts[f].number("en") // read before; nothing is 0
		m.summed[i] = m.summed[i].Add(d)
	}
}

func (m *merged) text(f Field) string { return m.texts[f].text }

// amount reads an amount of the order.
func (m *merged) amount(f Field) decimal.NullDecimal {
	said := m.texts[f]
	if said.text == "" {
		return decimal.NullDecimal{}
	}
	d, err := said.number(m.profile.Language)
	if err != nil {
		m.problem(said.line, f, said.text, BadNumber)
	}
	return decimal.NewNullDecimal(d)
}

// order makes the order but for its lines.
func (m *merged) order(first record, s Status, word string) Order {
	o := Order{
		Marketplace: m.profile.Marketplace, Package: first.key, Number: guarded(m.text(FieldNumber)), Status: s, Word: word,
		Currency: m.currency(), Buyer: m.buyer(), Discount: m.amount(FieldOrderCoupon).Decimal, StatedTotal: m.amount(FieldTotal),
		Refunded: m.amount(FieldRefunded).Decimal, Micro: yes(m.text(FieldMicro)),
	}
	if m.profile.Numbered || o.Number == "" {
		o.Number = o.Package
	}
	return o
}

// currency reads the order's; a file without one is in TRY.
func (m *merged) currency() domain.Currency {
	said := m.texts[FieldCurrency]
	switch code := key(said.text); {
	case code == "", code == "TL", code == "TRY", code == "₺":
		return domain.TRY
	case len(code) == 3 && strings.Trim(code, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == "":
		return domain.Currency(code)
	default:
		m.problem(said.line, FieldCurrency, said.text, UnknownCurrency)
		return ""
	}
}

// serviceLines are what is charged beside goods. Their names stand on Turkish invoices.
func (m *merged) serviceLines() []Line {
	price := m.summed
	if !m.profile.ServicesPerRow {
		for i, f := range serviceFields() {
			price[i] = m.amount(f).Decimal
		}
	}
	if m.profile.NetAmounts {
		for i := range price {
			price[i] = price[i].Mul(hundred.Add(decimal.NewFromInt(ServiceVAT))).Div(hundred).Round(kurus)
		}
	}
	var lines []Line
	service := func(kind LineKind, name string, price, discount decimal.Decimal) {
		if !price.IsZero() {
			lines = append(lines, Line{
				Name: name, Kind: kind, Quantity: decimal.NewFromInt(1), Unit: price, Discount: discount,
				VAT: decimal.NewNullDecimal(decimal.NewFromInt(ServiceVAT)),
			})
		}
	}
	service(LineShipping, "Kargo", price[0], price[1])
	service(LineWrap, "Hediye paketi", price[2], decimal.Decimal{})
	return lines
}

// yes reads a word that says yes or no.
func yes(word string) bool { return slices.Contains([]string{"EVET", "YES", "TRUE", "1"}, key(word)) }
