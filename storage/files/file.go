// Package files reads products out of the files of shops, marketplaces and accounting programs, row by row and with an account of all that is
// in them, and lists of orders; its rooms below know what a file is made of. It also knows where a person's files lie.
package files

import (
	"iter"
	"strings"

	"github.com/sopyo/sopyo-desktop/domain/listing"
	"github.com/sopyo/sopyo-desktop/domain/orders"
	"github.com/sopyo/sopyo-desktop/storage/files/charset"
	"github.com/sopyo/sopyo-desktop/storage/files/document"
	"github.com/sopyo/sopyo-desktop/storage/files/refusal"
	"github.com/sopyo/sopyo-desktop/storage/files/table"
)

// File is an opened product file.
type File struct {
	name    string
	info    table.Info
	header  []string
	src     table.Source
	doc     *document.Document
	reading listing.Reading
	foreign error              // what it is, when it is no product file
	sheets  *bookSheets        // XLSX
	asks    []listing.Question // by opening it
	account account
	seen    *survey
	chosen  bool  // a person named columns
	besides []int // columns of a feed that count where others are empty
}

// newFile finds the header of src, or takes the row that info names, and makes sure that a row follows it.
func newFile(src table.Source, info table.Info, h headerSearcher) (*File, error) {
	f := &File{info: info, src: src}
	best := -1
	seen, last := 0, 0
	for row, err := range src.Rows() {
		if err != nil {
			return nil, err
		}
		if row.Blank() || row.Line < info.HeaderRow {
			continue
		}
		known := h.score(row.Cells)
		switch given := info.HeaderRow > 0; {
		case given && best < 0 && row.Line > info.HeaderRow:
			return nil, table.UnknownHeaderRow()
		case best < 0, !given && known > best && known > 1:
			best, f.header, f.info.HeaderRow = known, trimmed(row.Cells), row.Line
		}
		if f.foreign == nil {
			f.foreign = noProducts(row.Cells)
		}
		last = row.Line
		if seen++; (h.over(best, seen) || info.HeaderRow > 0) && last > f.info.HeaderRow {
			break
		}
	}
	switch {
	case info.HeaderRow > 0 && best < 0:
		return nil, table.UnknownHeaderRow()
	case last == f.info.HeaderRow:
		return nil, refusal.Empty()
	}
	return f, nil
}

// noProducts is the error of a header that people take for one of products; nil for any other row.
func noProducts(cells []string) error {
	switch list, title := orders.Foreign(cells); {
	case list == orders.OfPayments:
		return refusal.New(orders.RefusedPayments, 0, nil)
	case list == orders.OfReturns:
		return refusal.New(orders.RefusedReturns, 0, nil)
	case list == orders.OfOrders && title == "":
		return refusal.New(listing.RefusedOrdersUnnamed, 0, nil)
	case list == orders.OfOrders:
		e := refusal.New(listing.RefusedOrders, 0, nil)
		e.Field = title
		return e
	}
	return nil
}

func trimmed(cells []string) []string {
	out := make([]string, len(cells))
	for i, c := range cells {
		out[i] = strings.TrimSpace(charset.Legible(strings.TrimPrefix(c, "\ufeff")))
	}
	return out
}

// Header gives the names of the columns.
func (f *File) Header() []string { return f.header }

// Info says how the file was understood.
func (f *File) Info() table.Info { return f.info }

// Rows streams the rows below the header that are not empty, from the first one each time it is
// called. An error is the last thing it gives.
func (f *File) Rows() iter.Seq2[table.Row, error] {
	return func(yield func(table.Row, error) bool) {
		for row, err := range f.src.Rows() {
			if err != nil {
				yield(table.Row{}, refusal.Located(f.name, f.doc.Excuse(err)))
				return
			}
			if row.Part == 0 && row.Line <= f.info.HeaderRow || row.Blank() {
				continue
			}
			row.Cells = padded(row.Cells, len(f.header))
			if !yield(row, nil) {
				return
			}
		}
		if err := f.doc.Unchanged(); err != nil {
			yield(table.Row{}, refusal.Located(f.name, err))
		}
	}
}

// padded adds empty cells to a row that has fewer than the header.
func padded(cells []string, width int) []string {
	for len(cells) < width {
		cells = append(cells, "")
	}
	return cells
}

// Close closes the file.
func (f *File) Close() error { return f.doc.Close() }
