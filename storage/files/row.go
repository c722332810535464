package files

import (
	"iter"
	"strings"

	"github.com/sopyo/sopyo-desktop/domain/listing"
)

// Format is what a file is made of, whatever its name says.
type Format string

// The formats. XML is read only.
const (
	FormatCSV  Format = "csv"
	FormatXLSX Format = "xlsx"
	FormatXML  Format = "xml"
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
	Misread *cellNote         // CSV and XML: what an encoding has made of the whole file; nil for nothing
}

// Row is one row below the header.
type Row struct {
	Line    int        // line where it begins (CSV, XML) or number in the sheet (XLSX), from 1
	Cells   []string   // at least as many as the header has; a missing cell is empty
	numeric []bool     // XLSX: which cells were stored as numbers
	notes   []cellNote // CSV and XML: what was made of its cells
	part    int        // XLSX: which of several sheets that are read, from 0
	shown   []shown    // XLSX: what is known of cells beside their texts; shorter than Cells where it is of none
}

// cellNote is what the account is told of a cell.
type cellNote struct {
	kind   listing.NoteKind
	column int
	cell   string
}

// wholeFile is the column of what is noted of no column.
const wholeFile = -1

// shown is what is known of a cell beside its text.
type shown struct {
	as       shownAs
	number   string // what the cell's text shows, without what stands around it
	currency string // of the format, as it is written there
}

type shownAs byte

const (
	asText    shownAs = iota // nothing is known
	asNumber                 // a number with something around it
	asDate                   // a number, but a person sees a date
	asScaled                 // a number, but a person sees another one
	asFormula                // a formula whose result is not stored; the text is the formula
)

// Numeric tells whether cell i was stored as a number: its text then is plain decimal with a point.
func (r Row) Numeric(i int) bool { return i >= 0 && i < len(r.numeric) && r.numeric[i] }

// beside is what is known of cell i beside its text.
func (r Row) beside(i int) shown {
	if i < 0 || i >= len(r.shown) {
		return shown{}
	}
	return r.shown[i]
}

func (r Row) blank() bool {
	for _, c := range r.Cells {
		if strings.TrimSpace(c) != "" {
			return false
		}
	}
	return true
}

// source gives every row of a file from its beginning, each time it is asked; after an error it ends.
type source interface {
	rows() iter.Seq2[Row, error]
}

// Limits of a row, whatever a file is made of.
const (
	maxField    = 1 << 20 // bytes of a cell; a quote that is never closed ends here at the latest
	maxRowBytes = 8 << 20
	maxCells    = 16_384 // as in Excel
)

// headerSearch is how many rows a title may take above the header.
const headerSearch = 20

// columnOf reads the letters of a cell's name, four at most, small or capital: A1 is 0, AA7 is 26.
func columnOf(name string) (column, letters int) {
	for column = -1; letters < len(name) && letters < 4; letters++ {
		letter := name[letters] &^ 0x20 // the capital of an ASCII letter
		if letter < 'A' || letter > 'Z' {
			break
		}
		column = (column+1)*26 + int(letter-'A')
	}
	return column, letters
}
