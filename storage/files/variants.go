package files

import (
	"slices"
	"strings"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/listing"
	"github.com/sopyo/sopyo-desktop/storage/files/mapping"
	"github.com/sopyo/sopyo-desktop/storage/files/table"
)

// parents are the products of WooCommerce that variations of the file are of, by what these call them, with the stock that they
// keep; each variation is a product of its own.
func (f *File) parents(e mapping.Export, cols listing.Columns) (map[string]string, error) {
	if e.Woo.Parent < 0 {
		return nil, nil
	}
	all, stocks := map[string]string{}, map[string]string{}
	stock, kept := cols.First(listing.Stock)
	for row, err := range f.Rows() {
		if err != nil {
			return nil, err
		}
		switch kind := row.Cells[e.Woo.Kind]; {
		case strings.Contains(kind, "variation"):
			all[strings.TrimSpace(row.Cells[e.Woo.Parent])] = ""
		case kept && strings.Contains(kind, "variable"):
			if held := strings.TrimSpace(row.Cells[stock]); held != "" {
				stocks[strings.TrimSpace(row.Cells[e.Woo.SKU])], stocks["id:"+strings.TrimSpace(row.Cells[e.Woo.ID])] = held, held
			}
		}
	}
	delete(all, "")
	for called := range all {
		all[called] = stocks[called]
	}
	return all, nil
}

// parent tells whether a row is a product whose variations the file has.
func (r *rowReader) parent() bool {
	woo := r.as.export.Woo
	if len(r.as.parents) == 0 || strings.Contains(r.row.Cells[woo.Kind], "variation") {
		return false
	}
	_, sku := r.as.parents[r.cellAt(woo.SKU)]
	_, id := r.as.parents["id:"+r.cellAt(woo.ID)]
	return sku || id
}

// shared is the stock of a variation whose product keeps it, as the file writes it. WooCommerce itself offers that stock for each
// of them.
func (r *rowReader) shared() string {
	woo := r.as.export.Woo
	if len(r.as.parents) == 0 || !strings.Contains(r.row.Cells[woo.Kind], "variation") || r.at(listing.Stock) >= 0 {
		return ""
	}
	return r.as.parents[r.cellAt(woo.Parent)]
}

// group is the product whose variants are being read.
type group struct {
	handle string
	held   map[int]string // what its first row says, by columns
	more   bool           // this row is not its first
}

// enter tells the group of a row.
func (g *group) enter(e mapping.Export, row table.Row) {
	if e.Group < 0 {
		return
	}
	handle := strings.TrimSpace(row.Cells[e.Group])
	if g.more = handle != "" && handle == g.handle; g.more {
		return
	}
	g.handle, g.held = handle, map[int]string{}
	if handle == "" {
		return
	}
	for _, i := range e.Down {
		if text := strings.TrimSpace(row.Cells[i]); text != "" {
			g.held[i] = text
		}
	}
}

// named adds the options of a variant to the name that it shares with others, those that it does not hold already.
func (r *rowReader) named(name string) string {
	if name == "" {
		return ""
	}
	for _, o := range r.as.export.Options {
		value := strings.TrimSpace(r.row.Cells[o.Value])
		if value == "" || value == "Default Title" || strings.Contains(" "+domain.Fold(name)+" ", " "+domain.Fold(value)+" ") {
			continue
		}
		name += " " + value
		r.as.account.note(listing.NoteOption, o.Value, value)
	}
	return name
}

// picture tells whether a row of a group is no variant: it has one more picture of the product and nothing to sell.
func (r *rowReader) picture() bool {
	if !r.group.more {
		return false
	}
	for _, f := range []listing.Field{listing.Code, listing.Barcode, listing.Price} {
		if r.at(f) >= 0 {
			return false
		}
	}
	return !slices.ContainsFunc(r.as.export.Options, func(o mapping.Property) bool { return strings.TrimSpace(r.row.Cells[o.Value]) != "" })
}

// maxOption is how many bytes an option can have; what is longer describes.
const maxOption = 60

// options joins what the option columns of a row hold, each value once.
func (r *rowReader) options() string {
	var values []string
	all := ""
	for _, i := range r.as.options {
		v := ""
		if i < len(r.row.Cells) {
			v = strings.TrimSpace(r.row.Cells[i])
		}
		if v == "" || len(v) > maxOption || slices.Contains(values, v) {
			continue
		}
		if values = append(values, v); all != "" {
			all += listing.OptionSeparator
		}
		all += v
	}
	return all
}

// noProduct says what the row is where it is no product, and the text that tells it.
func (r *rowReader) noProduct() (text string, why listing.Reason) {
	switch {
	case r.parent():
		return r.cell(listing.Name), listing.HasVariants
	case r.picture():
		return "", listing.NoVariant
	case r.as.outline == nil || r.group.more:
		return "", ""
	}
	return r.as.outline.NoProduct(r.row)
}
