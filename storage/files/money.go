package files

import (
	"strings"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/listing"
)

// number reads the number of a field's cell, absent with a problem where it cannot be taken, and without one while a
// question about it is open.
func (r *rowReader) number(f listing.Field) decimal.NullDecimal {
	d, _ := r.figure(f)
	return d
}

// figure is number, with what stands around it.
func (r *rowReader) figure(f listing.Field) (decimal.NullDecimal, figure) {
	s := r.text(f)
	if s == "" {
		return decimal.NullDecimal{}, figure{}
	}
	fig := figureOf(s)
	d, why := r.parsed(f, fig)
	switch {
	case why == undecided:
		return decimal.NullDecimal{}, fig
	case f == listing.Price && fig.other != "" && isForeign(fig.other):
		why = listing.UnknownCurrency
	case f == listing.Price && fig.percent, f == listing.Stock && (fig.currency != "" || fig.percent), f == listing.VAT && (fig.currency != "" || fig.unit):
		why = listing.BadNumber
	}
	if why != "" {
		r.problem(f, s, why)
		return decimal.NullDecimal{}, fig
	}
	if fig.percent || fig.unit {
		r.note(listing.NoteUnit, f)
	}
	return decimal.NewNullDecimal(d), fig
}

// undecided is in the place of a reason while the question is open what a column's mark means.
const undecided listing.Reason = "?"

// parsed reads the number of a field's cell, by the mark of its column, or by its point if it was stored as a number.
func (r *rowReader) parsed(f listing.Field, fig figure) (decimal.Decimal, listing.Reason) {
	column := r.marks[f]
	if r.row.Numeric(r.cols[f]) {
		column = markPoint
	}
	d, why := fig.read(column)
	if why != listing.AmbiguousNumber || column == markMixed {
		return d, why
	}
	if column = r.decided(f, fig); column == markUnknown {
		return d, undecided
	}
	r.marks[f] = column
	return fig.read(column)
}

// decided asks what the mark of a number means that could be both: 129.900.
func (r *rowReader) decided(f listing.Field, fig figure) mark {
	point, comma := unsureOf(fig.number), markPoint
	if point == markPoint {
		comma = markComma
	}
	if f == listing.VAT { // no rate is a thousand
		return point
	}
	whole, _ := fig.read(comma)
	part, _ := fig.read(point)
	switch r.ask(listing.AskDecimals, f, r.cell(f)+" → "+whole.String()+" | "+part.String(), inThousands, inDecimals) {
	case inThousands:
		return comma
	case inDecimals:
		return point
	}
	return markUnknown
}

// The choices of questions about numbers.
const (
	inThousands = "thousands"
	inDecimals  = "decimals"
	leaveZero   = "leave"
	takeZero    = "take"
)

// ask asks about a field's column, and gives what was answered.
func (r *rowReader) ask(kind listing.QuestionKind, f listing.Field, sample string, choices ...string) string {
	return r.account.askOf(kind, r.account.header[r.cols[f]], sample, choices)
}

// money reads the price with its currency: that of its own column, else the one at the number. A price whose currency is
// not known is none, and a currency is none of a price that was not taken.
func (r *rowReader) money() (decimal.NullDecimal, domain.Currency) {
	price, at := r.price()
	c, known := r.currency()
	switch {
	case !known:
		return decimal.NullDecimal{}, ""
	case !price.Valid && r.cell(listing.Price) != "":
		return price, ""
	case !price.Valid || at == "":
		return price, c
	case c != "" && c != at:
		r.problem(listing.Price, r.cell(listing.Price), listing.CurrenciesDiffer)
		return decimal.NullDecimal{}, ""
	}
	r.note(listing.NoteCurrency, listing.Price)
	return price, at
}

// price reads the price, and the currency that stands at it.
func (r *rowReader) price() (decimal.NullDecimal, domain.Currency) {
	d, fig := r.figure(listing.Price)
	why := listing.Reason("")
	switch {
	case !d.Valid:
		return d, ""
	case d.Decimal.IsNegative():
		why = listing.NegativePrice
	case d.Decimal.IsZero() && r.ask(listing.AskZero, listing.Price, r.cell(listing.Price), leaveZero, takeZero) != takeZero:
		why = listing.PriceZero
	}
	if i := r.vatIncluded; why == "" && i >= 0 && saysNo(r.row.Cells[i]) {
		rate, wrong := r.parsed(listing.VAT, figureOf(r.cell(listing.VAT)))
		if wrong != "" || !isRate(rate) {
			why = listing.PriceWithoutVAT
		}
		d.Decimal = withVAT(d.Decimal, rate)
	}
	if why != "" {
		r.problem(listing.Price, r.cell(listing.Price), why)
		return decimal.NullDecimal{}, ""
	}
	return d, fig.currency
}

// currency reads the column of currencies; known = false: what stands there is none.
func (r *rowReader) currency() (c domain.Currency, known bool) {
	s := r.text(listing.Currency)
	if s == "" {
		return "", strings.TrimSpace(r.cell(listing.Currency)) == "" // else its cell has an error
	}
	if c, known = currencyOf(s); !known {
		r.problem(listing.Currency, s, listing.UnknownCurrency)
	}
	return c, known
}
