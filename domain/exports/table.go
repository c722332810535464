// Package exports is each list that leaves the program as one table: its name, its columns and its rows in
// a person's language. Excel, letters and the command line take the same.
package exports

import (
	"iter"
	"time"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/words"
)

// Table is one list.
type Table struct {
	Name    string   // of its file, without folder, time and ending
	Columns []string // translation keys; what has no words, like the columns of somebody's file, says itself
	// Rows have a cell for each column. An error is the last thing they give.
	Rows iter.Seq2[[]Cell, error]
}

// Header words the columns.
func (t Table) Header(w words.Words) []string {
	header := make([]string, len(t.Columns))
	for i, key := range t.Columns {
		header[i] = w.T(key)
	}
	return header
}

// Cell is one cell: a number, else a text. Codes and barcodes are texts, so that no spreadsheet takes a zero
// from them.
type Cell struct {
	Text   string
	Number decimal.NullDecimal
	At     time.Time // what Text words: a sheet holds it as a date; zero: Text words no time
}

// Text makes the cell of a text.
func Text[T ~string](s T) Cell { return Cell{Text: string(s)} }

// Number makes the cell of a number; one that is not valid makes an empty cell.
func Number(n decimal.NullDecimal) Cell { return Cell{Number: n} }

// Moment makes the cell of a time.
func Moment(w words.Words, t time.Time) Cell { return Cell{Text: w.Moment(t), At: t} }

// Date makes the cell of the day that t is in, in Istanbul.
func Date(w words.Words, t time.Time) Cell { return Cell{Text: w.Date(t), At: domain.Day(t)} }

// Count makes the cell of a whole number.
func Count(n int) Cell { return Cell{Number: decimal.NewNullDecimal(decimal.NewFromInt(int64(n)))} }

// What an Excel sheet holds: rows, UTF-16 units of a cell's text, and digits of a number to the last one;
// what stands behind those is the noise of its binary form.
const (
	SheetRows   = 1_048_576
	SheetText   = 32_767
	SheetDigits = 15
)

// SheetNumber gives d as a float64 where a sheet holds it to the last digit, else as a text.
func SheetNumber(d decimal.Decimal) any {
	if d.NumDigits() > SheetDigits {
		return d.String()
	}
	return d.InexactFloat64() // so many digits go there and back unchanged
}

// SheetTime gives t as a sheet counts it: in days since the 30th of December 1899, by Istanbul's clock.
func SheetTime(t time.Time) float64 {
	t = t.In(domain.Istanbul)
	_, ahead := t.Zone()
	const zero, day = -2_209_161_600, 24 * 60 * 60 // seconds before 1970
	return float64(t.Unix()+int64(ahead)-zero) / day
}

// Words words a cell for a reader: its number the language's way, with four decimals at most. Files have
// all of them.
func (c Cell) Words(w words.Words) string {
	if c.Number.Valid {
		return w.Amount(c.Number.Decimal)
	}
	return c.Text
}

// keys puts what stands before each of the keys.
func keys(before string, after ...string) []string {
	for i := range after {
		after[i] = before + after[i]
	}
	return after
}

// mapped makes the rows of a sequence; its error ends them.
func mapped[T any](all iter.Seq2[T, error], row func(T) []Cell) iter.Seq2[[]Cell, error] {
	return func(yield func([]Cell, error) bool) {
		for v, err := range all {
			if err != nil {
				yield(nil, err)
				return
			}
			if !yield(row(v), nil) {
				return
			}
		}
	}
}

// listed makes the rows of what is in memory.
func listed[T any](all []T, row func(T) []Cell) iter.Seq2[[]Cell, error] {
	return func(yield func([]Cell, error) bool) {
		for _, v := range all {
			if !yield(row(v), nil) {
				return
			}
		}
	}
}

// remote are the cells that every list of İşbaşı's products begins with.
func remote(m domain.RemoteProduct) []Cell {
	return []Cell{Text(m.ID), Text(m.Code), Text(m.Barcode), Text(m.Name)}
}
