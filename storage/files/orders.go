package files

import (
	"context"
	"errors"
	"iter"
	"path/filepath"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/listing"
	"github.com/sopyo/sopyo-desktop/domain/orders"
	"github.com/sopyo/sopyo-desktop/storage/files/csv"
	"github.com/sopyo/sopyo-desktop/storage/files/document"
	"github.com/sopyo/sopyo-desktop/storage/files/refusal"
	"github.com/sopyo/sopyo-desktop/storage/files/table"
	"github.com/sopyo/sopyo-desktop/storage/files/xlsx"
)

// ReadOrders reads a list of orders, CSV (TAB too) or XLSX, by the one of the profiles whose columns it has: of
// several sheets the first that has them. Nothing is kept of it. Errors are those of Open and of orders.Read.
func ReadOrders(ctx context.Context, path string, r listing.Reading, profiles []orders.Profile, districts domain.Districts) (orders.File, error) {
	if err := table.CheckReading(r); err != nil {
		return orders.File{}, err
	}
	name := filepath.Base(path)
	doc, err := document.Open(ctx, path)
	if err != nil {
		return orders.File{}, refusal.Located(name, err)
	}
	defer doc.Close() //nolint:errcheck // only read
	out, err := readOrders(doc, r, profiles, districts)
	if err == nil {
		err = doc.Unchanged()
	}
	if err != nil {
		return orders.File{}, refusal.Located(name, doc.Excuse(err))
	}
	return out, nil
}

func readOrders(doc *document.Document, r listing.Reading, profiles []orders.Profile, districts domain.Districts) (orders.File, error) {
	if doc.Size == 0 {
		return orders.File{}, refusal.Empty()
	}
	kind, err := table.Sniff(doc)
	if err != nil {
		return orders.File{}, err
	}
	switch kind {
	case table.XML:
		return orders.File{}, refusal.New(orders.RefusedUnknown, 0, nil)
	case table.XLSX:
		return readSheetOrders(doc, r, profiles, districts)
	}
	src, info, err := csv.Open(doc, r, orders.Known)
	if err != nil {
		return orders.File{}, err
	}
	return takeOrders(src, info, profiles, districts)
}

// readSheetOrders reads the first sheet that is a list of orders; if none is, what is wrong with the first
// says more than that.
func readSheetOrders(doc *document.Document, r listing.Reading, profiles []orders.Profile, districts domain.Districts) (orders.File, error) {
	sheets, names, err := xlsx.OpenStored(doc, r.Sheet)
	if err != nil {
		return orders.File{}, err
	}
	refused := error(refusal.Empty())
	for i, s := range sheets {
		f, err := takeOrders(s, table.Info{Format: table.XLSX, Sheet: s.Name, Sheets: names}, profiles, districts)
		if err == nil {
			return f, nil
		}
		if e := new(domain.Error); i == 0 || errors.As(refused, &e) && e.Detail == orders.RefusedUnknown {
			refused = err
		}
	}
	return orders.File{}, refused
}

func takeOrders(src table.Source, info table.Info, profiles []orders.Profile, districts domain.Districts) (orders.File, error) {
	result, err := orders.Read(orderRows(src), profiles, districts)
	return orders.File{Result: result, Format: string(info.Format), Sheet: info.Sheet, Sheets: info.Sheets}, err
}

// ReadOrderFile is ReadOrders with the districts that are known here.
func (d Folders) ReadOrderFile(ctx context.Context, path string, r listing.Reading, profiles []orders.Profile) (orders.File, error) {
	return ReadOrders(ctx, path, r, profiles, d.Districts)
}

// FirstRows gives the first rows that are not empty of a CSV or XLSX file, as they stand in it, for a person who looks
// for its columns. Of several sheets they are the first one's where r names none.
func (Folders) FirstRows(ctx context.Context, path string, r listing.Reading) ([]listing.Row, error) {
	if err := table.CheckReading(r); err != nil {
		return nil, err
	}
	name := filepath.Base(path)
	doc, err := document.Open(ctx, path)
	if err != nil {
		return nil, refusal.Located(name, err)
	}
	defer doc.Close() //nolint:errcheck // only read
	rows, err := firstRows(doc, r)
	if err != nil {
		return nil, refusal.Located(name, doc.Excuse(err))
	}
	return rows, nil
}

func firstRows(doc *document.Document, r listing.Reading) (out []listing.Row, err error) {
	if doc.Size == 0 {
		return nil, refusal.Empty()
	}
	kind, err := table.Sniff(doc)
	if err != nil {
		return nil, err
	}
	var src table.Source
	switch kind {
	case table.XML:
		return nil, refusal.New(orders.RefusedUnknown, 0, nil)
	case table.XLSX:
		sheets, _, err := xlsx.OpenStored(doc, r.Sheet)
		if err != nil {
			return nil, err
		}
		if len(sheets) == 0 {
			return nil, refusal.Empty()
		}
		src = sheets[0]
	default:
		if src, _, err = csv.Open(doc, r, orders.Known); err != nil {
			return nil, err
		}
	}
	for row, err := range src.Rows() {
		if err != nil {
			return nil, err
		}
		if row.Blank() {
			continue
		}
		if out = append(out, listing.Row{Line: row.Line, Cells: row.Cells}); len(out) == listing.SampleRows {
			break
		}
	}
	return out, nil
}

func orderRows(src table.Source) iter.Seq2[orders.Row, error] {
	return func(yield func(orders.Row, error) bool) {
		for row, err := range src.Rows() {
			if !yield(orders.Row{Line: row.Line, Cells: row.Cells, Numbers: row.Numbers}, err) {
				return
			}
		}
	}
}
