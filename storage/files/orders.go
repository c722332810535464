package files

import (
	"context"
	"errors"
	"iter"
	"path/filepath"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/listing"
	"github.com/sopyo/sopyo-desktop/domain/orders"
)

// OrderFile is what was read of a list of orders.
type OrderFile struct {
	orders.Result
	Info
}

// ReadOrders reads a list of orders, CSV (TAB too) or XLSX, by the one of the profiles whose columns it has: of
// several sheets the first that has them. Nothing is kept of it. Errors are those of Open and of orders.Read.
func ReadOrders(ctx context.Context, path string, r listing.Reading, profiles []orders.Profile, districts domain.Districts) (OrderFile, error) {
	if err := check(r); err != nil {
		return OrderFile{}, err
	}
	name := filepath.Base(path)
	doc, err := openDocument(ctx, path)
	if err != nil {
		return OrderFile{}, located(name, err)
	}
	defer doc.close() //nolint:errcheck // only read
	out, err := readOrders(doc, r, profiles, districts)
	if err == nil {
		err = doc.unchanged()
	}
	if err != nil {
		return OrderFile{}, located(name, doc.excuse(err))
	}
	return out, nil
}

func readOrders(doc *document, r listing.Reading, profiles []orders.Profile, districts domain.Districts) (OrderFile, error) {
	if doc.size == 0 {
		return OrderFile{}, empty()
	}
	kind, err := sniff(doc)
	if err != nil {
		return OrderFile{}, err
	}
	switch kind {
	case FormatXML:
		return OrderFile{}, refuse(orders.RefusedUnknown, 0, nil)
	case FormatXLSX:
		return readSheetOrders(doc, r, profiles, districts)
	}
	src, info, err := openCSV(doc, r, orders.Known)
	if err != nil {
		return OrderFile{}, err
	}
	return takeOrders(src, info, profiles, districts)
}

// readSheetOrders reads the first sheet that is a list of orders; if none is, what is wrong with the first
// says more than that.
func readSheetOrders(doc *document, r listing.Reading, profiles []orders.Profile, districts domain.Districts) (OrderFile, error) {
	sheets, names, err := openSheets(doc, r.Sheet)
	if err != nil {
		return OrderFile{}, err
	}
	refused := error(empty())
	for i, s := range sheets {
		f, err := takeOrders(s, Info{Format: FormatXLSX, Sheet: s.name, Sheets: names}, profiles, districts)
		if err == nil {
			return f, nil
		}
		if e := new(domain.Error); i == 0 || errors.As(refused, &e) && e.Detail == orders.RefusedUnknown {
			refused = err
		}
	}
	return OrderFile{}, refused
}

func takeOrders(src source, info Info, profiles []orders.Profile, districts domain.Districts) (OrderFile, error) {
	result, err := orders.Read(orderRows(src), profiles, districts)
	info.HeaderRow = result.FirstRow
	return OrderFile{Result: result, Info: info}, err
}

func orderRows(src source) iter.Seq2[orders.Row, error] {
	return func(yield func(orders.Row, error) bool) {
		for row, err := range src.rows() {
			if !yield(orders.Row{Line: row.Line, Cells: row.Cells, Numbers: row.numeric}, err) {
				return
			}
		}
	}
}
