package files

import (
	"strings"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/listing"
	"github.com/sopyo/sopyo-desktop/storage/files/feed"
	"github.com/sopyo/sopyo-desktop/storage/files/figure"
	"github.com/sopyo/sopyo-desktop/storage/files/heading"
	"github.com/sopyo/sopyo-desktop/storage/files/mapping"
)

// number reads the number of a field's cell, absent with a problem where it cannot be taken, and without one while a
// question about it is open.
func (r *rowReader) number(f listing.Field) decimal.NullDecimal {
	d, _ := r.figure(f)
	return d
}

// figure is number, with what stands around it.
func (r *rowReader) figure(f listing.Field) (decimal.NullDecimal, figure.Figure) {
	s := r.text(f)
	if s == "" || f == listing.Stock && s == notStocked {
		return decimal.NullDecimal{}, figure.Figure{}
	}
	if r.as.feed && strings.Contains(s, feed.SumMark) {
		return r.sum(f, s)
	}
	fig := figure.Of(s)
	d, why := r.parsed(r.at(f), f, fig)
	switch {
	case why == undecided:
		return decimal.NullDecimal{}, fig
	case f == listing.Price && fig.Foreign():
		why = listing.UnknownCurrency
	case f == listing.Price && fig.Percent, f == listing.Stock && (fig.Currency != "" || fig.Percent), f == listing.VAT && (fig.Currency != "" || fig.Unit):
		why = listing.BadNumber
	}
	if why == listing.BadNumber && excelDate(s) {
		why = listing.SpoiltDate
	}
	if why != "" {
		r.problem(f, s, why)
		return decimal.NullDecimal{}, fig
	}
	if fig.Percent || fig.Unit {
		r.note(listing.NoteUnit, f)
	}
	return decimal.NewNullDecimal(d), fig
}

// notStocked is what Shopify writes where a place does not have a product at all.
const notStocked = "not stocked"

// sum adds up the values that a feed's reader has put together.
func (r *rowReader) sum(f listing.Field, text string) (sum decimal.NullDecimal, all figure.Figure) {
	for part := range strings.SplitSeq(text, feed.SumMark) {
		fig := figure.Of(part)
		d, why := r.parsed(r.at(f), f, fig)
		if why != "" && why != undecided {
			r.problem(f, text, why)
		}
		if why != "" {
			return decimal.NullDecimal{}, fig
		}
		if all.Currency == "" {
			all.Currency = fig.Currency
		}
		sum = decimal.NewNullDecimal(sum.Decimal.Add(d))
	}
	r.note(listing.NoteSummed, f)
	return sum, all
}

// undecided is in the place of a reason while the question is open what a column's mark means.
const undecided listing.Reason = "?"

// markAt is the mark of a column of a field in this row: the point if the cell was stored as a number.
func (r *rowReader) markAt(i int, f listing.Field) figure.Mark {
	if r.row.Numeric(i) {
		return figure.MarkPoint
	}
	return r.as.marks[f]
}

// parsed reads the number of a column of a field.
func (r *rowReader) parsed(i int, f listing.Field, fig figure.Figure) (decimal.Decimal, listing.Reason) {
	column := r.markAt(i, f)
	if r.row.Numeric(i) && fig.Plain() { // plain decimal already
		if d, err := decimal.NewFromString(fig.Number); err == nil {
			return d, ""
		}
	}
	d, why := fig.Read(column)
	if why != listing.AmbiguousNumber || column == figure.MarkMixed {
		return d, why
	}
	if column = r.decided(i, f, fig); column == figure.MarkUnknown {
		return d, undecided
	}
	r.as.marks[f] = column
	return fig.Read(column)
}

// decided asks what the mark of a number means that could be both: 129.900.
func (r *rowReader) decided(i int, f listing.Field, fig figure.Figure) figure.Mark {
	point, comma := figure.UnsureOf(fig.Number), figure.MarkPoint
	if point == figure.MarkPoint {
		comma = figure.MarkComma
	}
	if f == listing.VAT { // no rate is a thousand
		return point
	}
	switch r.ask(listing.AskDecimals, i, "", r.cellAt(i), listing.ChooseThousands, listing.ChooseDecimals) {
	case listing.ChooseThousands:
		return comma
	case listing.ChooseDecimals:
		return point
	}
	return figure.MarkUnknown
}

// ask asks about a column, and gives what was answered, usual where nothing was.
func (r *rowReader) ask(kind listing.QuestionKind, column int, usual, sample string, choices ...string) string {
	return r.as.account.askOf(kind, mapping.Label(r.as.header, column), usual, sample, choices)
}

// money reads the price with its currency: that of its own column, else the one at the number, else that of the header. A
// price whose currency is not known is none, one that is said to be in two is none, and a currency is none of a price that
// was not taken.
func (r *rowReader) money() (decimal.NullDecimal, domain.Currency) {
	price, at := r.price()
	c, known := r.currency()
	switch {
	case !known:
		return decimal.NullDecimal{}, ""
	case !price.Valid && r.cell(listing.Price) != "":
		return price, ""
	case !price.Valid:
		return price, c
	}
	var head heading.Unit
	if r.as.said {
		head = r.as.units[r.at(listing.Price)]
	}
	if head.Unknown {
		r.problem(listing.Currency, r.as.header[r.at(listing.Price)], listing.UnknownCurrency)
		return decimal.NullDecimal{}, ""
	}
	said := c
	for _, other := range []domain.Currency{at, head.Currency} {
		if said == "" {
			said = other
		}
		if other != "" && other != said {
			r.problem(listing.Price, r.cell(listing.Price), listing.CurrenciesDiffer)
			return decimal.NullDecimal{}, ""
		}
	}
	if at != "" || said != c {
		r.note(listing.NoteCurrency, listing.Price)
	}
	return price, said
}

// price reads the price, and the currency that stands at it.
func (r *rowReader) price() (decimal.NullDecimal, domain.Currency) {
	d, fig := r.figure(listing.Price)
	why := listing.Reason("")
	if of := r.row.Beside(r.at(listing.Price)).Currency; of != "" && fig.Currency == "" {
		known := false
		if fig.Currency, known = figure.CurrencyOf(of); !known {
			why = listing.UnknownCurrency
		}
	}
	switch {
	case !d.Valid:
		return d, ""
	case d.Decimal.IsNegative():
		why = listing.NegativePrice
	case d.Decimal.IsZero() && r.ask(listing.AskZero, r.at(listing.Price), listing.ChooseLeave, r.cell(listing.Price), listing.ChooseLeave, listing.ChooseTake) != listing.ChooseTake:
		why = listing.PriceZero
	}
	if why == "" && r.net() {
		rate, wrong := r.parsed(r.at(listing.VAT), listing.VAT, figure.Of(r.cell(listing.VAT)))
		if wrong != "" || !isRate(rate) {
			why = listing.PriceWithoutVAT
		} else {
			r.note(listing.NoteNet, listing.Price)
		}
		d.Decimal = withVAT(d.Decimal, rate)
	}
	if why != "" {
		r.problem(listing.Price, r.cell(listing.Price), why)
		return decimal.NullDecimal{}, ""
	}
	return d, fig.Currency
}

// net tells whether VAT is still to be added to the price: its header says so, or the row.
func (r *rowReader) net() bool {
	i := r.as.vatIncluded
	return r.as.said && r.as.units[r.at(listing.Price)].Net || i >= 0 && saysNo(r.row.Cells[i])
}

// currency reads the column of currencies; known = false: what stands there is none.
func (r *rowReader) currency() (c domain.Currency, known bool) {
	s := r.text(listing.Currency)
	if s == "" {
		return "", strings.TrimSpace(r.cell(listing.Currency)) == "" // else its cell has an error
	}
	if c, known = figure.CurrencyOf(s); !known {
		r.problem(listing.Currency, s, listing.UnknownCurrency)
	}
	return c, known
}

// saysNo tells whether a cell is a clear no.
func saysNo(cell string) bool {
	switch domain.Fold(cell) {
	case "0", "false", "hayir", "no", "n", "h", "haric", "kdv haric":
		return true
	}
	return false
}

// withVAT adds the rate to a price, exactly; number cells were rid of their noise before (withoutNoise).
func withVAT(price, rate decimal.Decimal) decimal.Decimal {
	return price.Add(price.Mul(rate).Shift(-2))
}
