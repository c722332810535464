package files

import (
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/listing"
	"github.com/sopyo/sopyo-desktop/storage/files/figure"
	"github.com/sopyo/sopyo-desktop/storage/files/heading"
	"github.com/sopyo/sopyo-desktop/storage/files/mapping"
	"github.com/sopyo/sopyo-desktop/storage/files/option"
	"github.com/sopyo/sopyo-desktop/storage/files/outline"
	"github.com/sopyo/sopyo-desktop/storage/files/states"
	"github.com/sopyo/sopyo-desktop/storage/files/table"
)

// layout is how the rows of a file are read as products.
type layout struct {
	cols        listing.Columns
	marks       map[listing.Field]figure.Mark
	units       map[int]heading.Unit // of the columns of prices
	said        bool                 // one of them says something
	export      mapping.Export
	parents     map[string]string
	places      bool                  // the stocks are of several places
	vatIncluded int                   // column that says whether the price is with VAT, or -1
	states      map[int]states.States // of the columns that tell whether a product is on sale
	looked      *looked
	outline     *outline.Outline // nil: every row is a product
	options     []int            // columns that tell sizes and colours apart
	feed        bool             // values may be put together by sumMark
	compared    []listing.Field
	header      []string
	answers     listing.Answers
	account     *account
	besides     []int
	lies        places
}

func (f *File) layout(cols listing.Columns) (*layout, error) {
	header := f.Header()
	cols, states, err := f.states(within(cols, len(header)))
	if err != nil {
		return nil, err
	}
	marks, err := findMarks(f, cols)
	if err != nil {
		return nil, err
	}
	looked, err := look(f, cols)
	if err != nil {
		return nil, err
	}
	l := &layout{
		cols: cols, marks: marks, looked: looked, units: map[int]heading.Unit{}, export: mapping.ExportOf(header), vatIncluded: mapping.VATIncluded(header),
		states: states, header: header, answers: f.reading.Answers, account: &f.account, besides: f.besides,
	}
	if l.parents, err = f.parents(l.export, cols); err != nil {
		return nil, err
	}
	if l.lies, err = f.places(cols); err != nil {
		return nil, err
	}
	l.options, l.feed = option.Columns(header, cols), f.info.Format == table.XML
	if !l.feed {
		if l.outline, err = outline.Of(header, cols, f.Rows(), markSample); err != nil {
			return nil, err
		}
	}
	for _, i := range cols[listing.Price] {
		l.units[i] = heading.UnitOf(listing.Price, header[i])
		l.said = l.said || l.units[i] != heading.Unit{}
	}
	stocks := cols[listing.Stock]
	l.places = len(stocks) > 1 && !slices.ContainsFunc(stocks, func(i int) bool { return !mapping.IsPlace(header[i]) })
	for _, field := range []listing.Field{listing.Code, listing.Barcode, listing.Name, listing.Price, listing.Currency, listing.Stock, listing.VAT} {
		if len(cols[field]) > 1 && (field != listing.Stock || !l.places) {
			l.compared = append(l.compared, field)
		}
	}
	return l, nil
}

// within leaves out the columns that there are not.
func within(cols listing.Columns, width int) listing.Columns {
	out := listing.Columns{}
	for f, all := range cols {
		if all = slices.DeleteFunc(slices.Clone(all), func(i int) bool { return i < 0 || i >= width }); len(all) > 0 {
			out[f] = all
		}
	}
	return out
}

// used are the columns that anything is read from.
func (l *layout) used() []int {
	all := append(l.export.Used(), l.besides...)
	for _, columns := range l.cols {
		all = append(all, columns...)
	}
	for _, i := range []int{l.vatIncluded, l.lies.column} {
		if i >= 0 {
			all = append(all, i)
		}
	}
	return all
}

// at gives the column of a field that counts in this row: the first that holds something; -1 for none. A price of 0 holds
// nothing where another column has one.
func (r *rowReader) at(f listing.Field) int {
	cols := r.as.cols[f]
	if len(cols) == 1 && cols[0] != r.as.export.GTINs && r.as.export.Group < 0 { // as almost always
		if i := cols[0]; i < len(r.row.Cells) && r.row.Cells[i] != "" {
			return i
		}
		return -1
	}
	zero := -1
	for _, i := range cols {
		switch text := r.cellAt(i); {
		case text == "" || i == r.as.export.GTINs && !r.isBarcode(text):
		case f == listing.Price && figure.IsZero(text):
			if zero < 0 {
				zero = i
			}
		default:
			return i
		}
	}
	return zero
}

// cellAt gives the trimmed text of a column's cell, or what the first row of its group says there.
func (r *rowReader) cellAt(i int) string {
	if i < 0 || i >= len(r.row.Cells) {
		return ""
	}
	text := strings.TrimSpace(r.row.Cells[i])
	if text == "" && r.group.more {
		text = r.group.held[i]
	}
	return text
}

// isBarcode tells a barcode from Amazon's own number: by what the row says it is, else by its check digit.
func (r *rowReader) isBarcode(text string) bool {
	switch domain.Fold(r.cellAt(r.as.export.Sorts)) {
	case "3", "4", "ean", "upc", "gtin", "isbn":
		return true
	case "1", "asin":
		return false
	}
	return looksGTIN(text)
}

// looksGTIN tells whether a text is a GTIN whose check digit is right.
func looksGTIN(text string) bool {
	_, ok := domain.Barcode(text).GTIN()
	return ok
}

// compare asks which column counts, the first time that two of a field are filled and differ.
func (r *rowReader) compare() {
	r.as.compared = slices.DeleteFunc(r.as.compared, func(f listing.Field) bool {
		first := r.at(f)
		if first < 0 {
			return false
		}
		for _, i := range r.as.cols[f] {
			if i != first && r.differ(f, first, i) {
				r.as.askColumn(f, r.cellAt(first), r.cellAt(i))
				return true
			}
		}
		return false
	})
}

func (r *rowReader) differ(f listing.Field, a, b int) bool {
	one, other := r.cellAt(a), r.cellAt(b)
	switch {
	case other == "" || one == other || f == listing.Price && figure.IsZero(other) || b == r.as.export.GTINs && !r.isBarcode(other):
		return false
	case !slices.Contains(numbers(), f):
		return true
	}
	x, why := figure.Of(one).Read(r.markAt(a, f))
	y, whyNot := figure.Of(other).Read(r.markAt(b, f))
	return why != "" || whyNot != "" || !x.Equal(y)
}

func (l *layout) askColumn(f listing.Field, samples ...string) {
	var choices []string
	for _, i := range l.cols[f] {
		choices = append(choices, mapping.Label(l.header, i))
	}
	l.account.ask(l.answers.Ask(listing.AskColumn, string(f), choices[0], choices, samples))
}

// heldByParent reads the stock that a variation's product keeps.
func (r *rowReader) heldByParent(held string) decimal.NullDecimal {
	column := r.as.cols[listing.Stock][0]
	d, why := r.parsed(column, listing.Stock, figure.Of(held))
	if why != "" && why != undecided {
		r.problem(listing.Stock, held, why)
	}
	if why != "" {
		return decimal.NullDecimal{}
	}
	r.as.account.note(listing.NoteShared, column, held)
	return decimal.NewNullDecimal(d)
}

// stock reads the stock, that of several places summed.
func (r *rowReader) stock() decimal.NullDecimal {
	if held := r.shared(); held != "" {
		return r.heldByParent(held)
	}
	if !r.as.places {
		return r.number(listing.Stock)
	}
	var sum decimal.NullDecimal
	filled, first := 0, -1
	for _, i := range r.as.cols[listing.Stock] {
		s := r.cellAt(i)
		if s == "" {
			continue
		}
		d, why := r.parsed(i, listing.Stock, figure.Of(s))
		if why != "" && why != undecided {
			r.problem(listing.Stock, s, why)
		}
		if why != "" {
			return decimal.NullDecimal{}
		}
		if filled++; first < 0 {
			first = i
		}
		sum = decimal.NewNullDecimal(sum.Decimal.Add(d))
	}
	if filled > 1 {
		r.as.account.note(listing.NoteSummed, first, r.cellAt(first))
	}
	return sum
}
