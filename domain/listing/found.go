package listing

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
)

// File is a product file that lies where people keep such files.
type File struct {
	Path       string
	Size       int64 // bytes
	ModifiedAt time.Time
}

// Folder is what lies in a folder: folders, and product files with the newest first.
type Folder struct {
	Path    string
	Parent  string // "" at the top
	Folders []string
	Files   []File
}

// Reading says how a file is to be read; what is "" is found out.
type Reading struct {
	Separator string // CSV: ";", ",", "\t" or "|"
	Encoding  string // CSV: one of Encodings
	Decimal   string // "," or ".": the decimal mark of numbers that do not show theirs
	Sheet     string // XLSX: its name, or AllSheets
	HeaderRow int    // line (CSV) or row (XLSX) of the header, from 1
	Answers   Answers
}

// AllSheets reads every sheet of a workbook that has the same columns; no sheet can be called so.
const AllSheets = "*"

// Separators are those a CSV can have.
func Separators() []string { return []string{";", ",", "\t", "|"} }

// Encodings are those a person can choose for a CSV.
func Encodings() []string {
	return []string{
		"utf-8", "windows-1254", "iso-8859-9", "cp857", "x-mac-turkish", "windows-1251", "koi8-r", "cp866", "iso-8859-5", "windows-1253", "windows-1256",
	}
}

// SampleRows is how many rows a person is shown.
const SampleRows = 20

// Found is what a look at a file found.
type Found struct {
	Path      string
	Format    string  // csv, xlsx or xml
	Reading   Reading // as it was understood; Decimal is "" where the file proves none
	Sheets    []string
	HeaderRow int    // line (CSV) or row (XLSX) of the header, from 1; 0: XML has none
	Element   string // XML: path of the element that is a product
	Header    []string
	Mapping   Mapping // as the header's names suggest
	Rows      []Row   // the first SampleRows
	Stamp     Stamp
	// Account is what the first rows tell: the questions that they ask, and the columns that are passed over.
	Account Account
}

// Stamp tells whether a file is still the one that was looked at.
type Stamp struct {
	Size       int64
	ModifiedAt time.Time
}

// Same tells whether both are of one file that was not written in between.
func (s Stamp) Same(o Stamp) bool { return s.Size == o.Size && s.ModifiedAt.Equal(o.ModifiedAt) }

// Row is a row of the file as it stands there.
type Row struct {
	Line  int
	Cells []string
}

// Columns are the columns of each field that has any, from 0. Row by row the first of them that holds something counts.
type Columns map[Field][]int

// First gives the column of f that counts before the others; ok = false: there is none.
func (c Columns) First(f Field) (column int, ok bool) {
	if len(c[f]) == 0 {
		return 0, false
	}
	return c[f][0], true
}

// Mapping says for each column of the header what it becomes; "" = it is not taken. Several columns may become the same;
// which of them counts first their names say, or the answer to the question "column:FIELD".
type Mapping []Field

// Columns gives the columns of each field that has any, in the order of the file.
func (m Mapping) Columns() Columns {
	cols := Columns{}
	for i, f := range m {
		if f != "" {
			cols[f] = append(cols[f], i)
		}
	}
	return cols
}

// Set lets a column alone become f: it takes f away from the columns that were it.
func (m Mapping) Set(column int, f Field) {
	for i := range m {
		if m[i] == f {
			m[i] = ""
		}
	}
	m[column] = f
}

// Known tells whether a product can be known by what is taken.
func (m Mapping) Known() bool { return known(m.Columns()) }

// known tells whether there is a column that a product can be known by: its code, barcode or name.
func known(columns Columns) bool {
	for _, f := range []Field{Code, Barcode, Name} {
		if len(columns[f]) > 0 {
			return true
		}
	}
	return false
}

// String writes the mapping so that ParseMapping reads it.
func (m Mapping) String() string {
	parts := make([]string, len(m))
	for i, f := range m {
		parts[i] = string(f)
	}
	return strings.Join(parts, ",")
}

// ParseMapping reads what String wrote, for a header of width columns; ok = false when it does not fit.
func ParseMapping(text string, width int) (m Mapping, ok bool) {
	parts := strings.Split(text, ",")
	if len(parts) != width {
		return nil, false
	}
	valid := map[Field]bool{"": true}
	for _, f := range Fields() {
		valid[f] = true
	}
	m = make(Mapping, width)
	for i, p := range parts {
		f := Field(p)
		if !valid[f] {
			return nil, false
		}
		m[i] = f
	}
	return m, true
}

// Fingerprint tells headers apart; files of one source have the same, whatever their rows.
func Fingerprint(header []string) string {
	hash := sha256.New()
	for _, h := range header {
		hash.Write([]byte(domain.Fold(h)))
		hash.Write([]byte{0})
	}
	return hex.EncodeToString(hash.Sum(nil)[:12])
}
