package files

import (
	"strings"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/listing"
	"github.com/sopyo/sopyo-desktop/storage/files/heading"
	"github.com/sopyo/sopyo-desktop/storage/files/mapping"
	"github.com/sopyo/sopyo-desktop/storage/files/table"
)

// places knows where the stock of a row lies: a list may have a product's stocks of several warehouses in rows one below the
// other, or in sheets side by side.
type places struct {
	column int             // that names the place, or -1
	sheets map[string]bool // those that are called after one, where no column is; nil: none
}

// places finds the column that names places: by its header, and by cells that are no counts.
func (f *File) places(cols listing.Columns) (p places, err error) {
	p.column = -1
	_, shelves := mapping.ExportOf(f.header).Also["model"] // OpenCart's location is one
	if len(cols[listing.Stock]) == 0 || f.info.Format == table.XML || shelves {
		return p, nil
	}
	for i, h := range f.header {
		if isTaken(cols, i) || !heading.NamesPlace(h) {
			continue
		}
		s, err := f.survey()
		if err != nil {
			return p, err
		}
		if c := &s.columns[i]; c.filled > 0 && (c.numbers+c.gtins == 0 || heading.IsNumbered(h)) {
			p.column = i
			return p, nil
		}
	}
	if f.sheets != nil && len(f.sheets.read) > 1 {
		p.sheets = map[string]bool{}
		for _, i := range f.sheets.read {
			p.sheets[f.sheets.all[i].Name] = heading.SheetOfPlace(f.sheets.all[i].Name)
		}
	}
	return p, nil
}

// place tells where the stock of a row lies, "" for nothing known.
func (p places) of(row listing.ProductRow) string {
	switch {
	case !row.Product.Stock.Valid:
	case p.column >= 0 && p.column < len(row.Cells):
		return domain.Fold(strings.TrimSpace(row.Cells[p.column]))
	case p.sheets[row.Sheet]:
		return domain.Fold(row.Sheet)
	}
	return ""
}
