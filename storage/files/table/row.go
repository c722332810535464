// Package table is what CSV, workbooks and feeds are alike in: rows of cells as text, with what is known of a cell beside it, in bounds, and how the
// file was understood. It tells what a file is by its first bytes and knows no product.
package table

import (
	"iter"
	"strings"

	"github.com/sopyo/sopyo-desktop/domain/listing"
)

// Format is what a file is made of, whatever its name says.
type Format string

// The formats. XML is read only.
const (
	CSV  Format = "csv"
	XLSX Format = "xlsx"
	XML  Format = "xml"
)

// Info says how a file was understood, for a person to recognise a wrong guess by.
type Info struct {
	Format    Format
	Separator string   // CSV: ";", ",", "\t" or "|"
	Encoding  string   // CSV and XML: utf-8, utf-16le, utf-16be, windows-1254, iso-8859-9 …
	Sheet     string   // XLSX: the sheet that is read
	Sheets    []string // XLSX: all that can be read
	HeaderRow int      // line (CSV) or row (XLSX) of the header, from 1; XML has none
	Element   string   // XML: path of the element that is a product, "products/product"
	Variant   string   // XML: path of the one inside that is a row of its own; "" where products have no variants

	Unsure  *listing.Question // CSV: which of several encodings it is; nil where the bytes tell
	Misread *CellNote         // CSV and XML: what an encoding has made of the whole file; nil for nothing
}

// Row is one row below the header.
type Row struct {
	Line    int        // line where it begins (CSV, XML) or number in the sheet (XLSX), from 1
	Cells   []string   // at least as many as the header has; a missing cell is empty
	Numbers []bool     // XLSX: which cells were stored as numbers
	Notes   []CellNote // CSV and XML: what was made of its cells
	Part    int        // XLSX: which of several sheets that are read, from 0
	Shown   []Shown    // XLSX: what is known of cells beside their texts; shorter than Cells where it is of none
}

// CellNote is what the account of a file is told of a cell: what was made of it, its column from 0 or WholeFile, its text.
type CellNote struct {
	Kind   listing.NoteKind
	Column int
	Cell   string
}

// WholeFile is the column of what is noted of no column.
const WholeFile = -1

// Shown is what is known of a cell beside its text.
type Shown struct {
	As       ShownAs
	Number   string // what the cell's text shows, without what stands around it
	Currency string // of the format, as it is written there
}

// ShownAs is what a person sees of a number whose cell has a format.
type ShownAs byte

// What a cell shows.
const (
	AsText    ShownAs = iota // nothing is known
	AsNumber                 // a number with something around it
	AsDate                   // a number, but a person sees a date
	AsScaled                 // a number, but a person sees another one
	AsFormula                // a formula whose result is not stored; the text is the formula
)

// Numeric tells whether cell i was stored as a number: its text then is plain decimal with a point.
func (r Row) Numeric(i int) bool { return i >= 0 && i < len(r.Numbers) && r.Numbers[i] }

// Beside is what is known of cell i beside its text.
func (r Row) Beside(i int) Shown {
	if i < 0 || i >= len(r.Shown) {
		return Shown{}
	}
	return r.Shown[i]
}

// Blank tells whether no cell holds anything but white space.
func (r Row) Blank() bool {
	for _, c := range r.Cells {
		if strings.TrimSpace(c) != "" {
			return false
		}
	}
	return true
}

// Source gives every row of a file from its beginning, each time it is asked; after an error it ends.
type Source interface {
	Rows() iter.Seq2[Row, error] // errors are domain.KindFile with the line as Field, or the disk's
}

// Limits of a row, whatever a file is made of. MaxRowBytes is of its texts together.
const (
	MaxField    = 1 << 20 // bytes of a cell; a quote that is never closed ends here at the latest
	MaxRowBytes = 8 << 20
	MaxCells    = 16_384 // as in Excel
)

// HeaderSearch is how many rows a title may take above the header.
const HeaderSearch = 20

// ColumnOf reads the letters of a cell's name, four at most, small or capital: A1 is 0, AA7 is 26.
func ColumnOf(name string) (column, letters int) {
	for column = -1; letters < len(name) && letters < 4; letters++ {
		letter := name[letters] &^ 0x20 // the capital of an ASCII letter
		if letter < 'A' || letter > 'Z' {
			break
		}
		column = (column+1)*26 + int(letter-'A')
	}
	return column, letters
}
