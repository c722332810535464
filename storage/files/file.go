// Package files reads and writes product files: CSV as Turkish programs make it, Excel's XLSX, and reads
// shops' XML feeds. Rows come as a stream and as text, so that a code keeps its zeros and a price its decimals.
package files

import (
	"context"
	"errors"
	"io"
	"iter"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/sopyo/sopyo-desktop/domain"
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
}

// Row is one row below the header.
type Row struct {
	Line    int      // line where it begins (CSV, XML) or number in the sheet (XLSX), from 1
	Cells   []string // at least as many as the header has; a missing cell is empty
	numeric []bool   // XLSX: which cells were stored as numbers
}

// Numeric tells whether cell i was stored as a number: its text then is plain decimal with a point.
func (r Row) Numeric(i int) bool { return i >= 0 && i < len(r.numeric) && r.numeric[i] }

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

// File is an opened product file.
type File struct {
	name    string
	info    Info
	header  []string
	src     source
	doc     *document
	reading listing.Reading
}

// headerSearch is how many rows a title may take above the header.
const headerSearch = 20

// Open finds out what path is, by its content, and reads its header: the row with most known columns
// among the first 20, else the first row that is not empty; in XML the paths below the element that is a
// product. What r leaves out is found out too. The file is read until ctx ends, then KindCancelled is the
// error. Others are domain.KindFile, or domain.KindEmptyFile when there is no row below the header; their Detail is a translation key
// "file.…" and their Field, where there is one, the line. KindInvalid: there is no such separator, encoding,
// decimal mark or sheet.
func Open(ctx context.Context, path string, r listing.Reading) (*File, error) {
	if err := check(r); err != nil {
		return nil, err
	}
	name := filepath.Base(path)
	doc, err := openDocument(ctx, path)
	if err != nil {
		return nil, located(name, err)
	}
	return understand(doc, name, r)
}

// understand takes doc over, and closes it when it is no product file.
func understand(doc *document, name string, r listing.Reading) (*File, error) {
	f, err := open(doc, r)
	if err != nil {
		return nil, located(name, errors.Join(doc.excuse(err), doc.close()))
	}
	f.name, f.doc, f.reading = name, doc, r
	return f, nil
}

func check(r listing.Reading) error {
	switch {
	case r.Separator != "" && !slices.Contains(listing.Separators(), r.Separator):
		return domain.Invalid("separator", "file.unknown-separator")
	case r.Encoding != "" && !slices.Contains(listing.Encodings(), r.Encoding):
		return domain.Invalid("encoding", "file.unknown-charset")
	case r.Decimal != "" && r.Decimal != "," && r.Decimal != ".":
		return domain.Invalid("decimal", "file.unknown-decimal")
	}
	return nil
}

func open(doc *document, r listing.Reading) (*File, error) {
	if doc.size == 0 {
		return nil, empty()
	}
	kind, err := sniff(doc)
	if err != nil {
		return nil, err
	}
	switch kind {
	case FormatXLSX:
		return openXLSX(doc, r.Sheet)
	case FormatXML:
		return openFeed(doc)
	}
	src, info, err := openCSV(doc, r)
	if err != nil {
		return nil, err
	}
	return newFile(src, info)
}

// newFile finds the header of src and makes sure that a row follows it.
func newFile(src source, info Info) (*File, error) {
	f := &File{info: info, src: src}
	best := -1
	seen, last := 0, 0
	for row, err := range src.rows() {
		if err != nil {
			return nil, err
		}
		if row.blank() {
			continue
		}
		if known := len(Columns(row.Cells)); best < 0 || known > best && known > 1 {
			best, f.header, f.info.HeaderRow = known, trimmed(row.Cells), row.Line
		}
		last = row.Line
		if seen++; seen >= headerSearch && last > f.info.HeaderRow {
			break
		}
	}
	if last == f.info.HeaderRow {
		return nil, empty()
	}
	return f, nil
}

func trimmed(cells []string) []string {
	out := make([]string, len(cells))
	for i, c := range cells {
		out[i] = strings.TrimSpace(strings.TrimPrefix(c, "\ufeff"))
	}
	return out
}

// Header gives the names of the columns.
func (f *File) Header() []string { return f.header }

// Info says how the file was understood.
func (f *File) Info() Info { return f.info }

// Rows streams the rows below the header that are not empty, from the first one each time it is
// called. An error is the last thing it gives.
func (f *File) Rows() iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		for row, err := range f.src.rows() {
			if err != nil {
				yield(Row{}, located(f.name, f.doc.excuse(err)))
				return
			}
			if row.Line <= f.info.HeaderRow || row.blank() {
				continue
			}
			for len(row.Cells) < len(f.header) {
				row.Cells = append(row.Cells, "")
			}
			if !yield(row, nil) {
				return
			}
		}
		if err := f.doc.unchanged(); err != nil {
			yield(Row{}, located(f.name, err))
		}
	}
}

// Close closes the file.
func (f *File) Close() error { return f.doc.close() }

// refuse makes the error of a file that cannot be taken; line 0 = the whole file.
func refuse(key string, line int, cause error) *domain.Error {
	e := &domain.Error{Kind: domain.KindFile, Detail: key, Err: cause}
	if line > 0 {
		e.Field = strconv.Itoa(line)
	}
	return e
}

func empty() *domain.Error {
	return &domain.Error{Kind: domain.KindEmptyFile, Detail: "file.empty"}
}

// located adds the file's name to err, and a kind if it has none.
func located(name string, err error) error {
	var e *domain.Error
	if !errors.As(err, &e) {
		e = refuse("file.unreadable", 0, err)
		if errors.Is(err, io.ErrUnexpectedEOF) {
			e.Detail = "file.broken"
		}
	}
	named := *e
	named.Op = "read " + name
	return &named
}

func hasKind(err error) bool {
	var e *domain.Error
	return errors.As(err, &e)
}

func isEmpty(err error) bool { return domain.KindOf(err) == domain.KindEmptyFile }
