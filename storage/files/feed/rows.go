package feed

import (
	"slices"
	"strings"

	"github.com/sopyo/sopyo-desktop/domain/listing"
	"github.com/sopyo/sopyo-desktop/storage/files/document"
	"github.com/sopyo/sopyo-desktop/storage/files/figure"
	"github.com/sopyo/sopyo-desktop/storage/files/refusal"
	"github.com/sopyo/sopyo-desktop/storage/files/table"
)

const maxVariants = 2_000 // of one product, for memory: they are held until it is closed

// recorder makes rows of a walk.
type recorder struct {
	plan *feedPlan
	take func(table.Row) bool

	values   map[*element]*value // of what has columns
	row      *table.Row          // the product's
	variant  *table.Row          // the one that is open
	variants []table.Row
	size     int
}

// value is what is known of one element's values in the product that is open.
type value struct {
	text []byte // of the last one
	seen int
	of   *typed // whose names tell its column
}

func newRecorder(plan *feedPlan, take func(table.Row) bool) *recorder {
	r := &recorder{plan: plan, take: take, values: map[*element]*value{}}
	for leaf := range plan.columns {
		r.values[leaf] = &value{}
	}
	for leaf := range plan.sums {
		r.values[leaf] = &value{}
	}
	for _, t := range plan.typed {
		for _, leaf := range append(t.leaves, t.by) {
			r.values[leaf] = &value{of: t}
		}
	}
	return r
}

func (r *recorder) open(e *element, line int) error {
	switch e {
	case r.plan.product:
		r.row, r.variants, r.size = r.begin(e, line), nil, 0
	case r.plan.variant:
		if len(r.variants) == maxVariants {
			return refusal.New("file.too-many-rows", line, nil)
		}
		r.variant = r.begin(e, line)
	}
	if t := r.plan.typed[e]; t != nil {
		for _, leaf := range t.leaves {
			r.values[leaf].text = r.values[leaf].text[:0]
		}
	}
	if v := r.values[e]; v != nil {
		v.text = v.text[:0]
	}
	return nil
}

// begin makes an empty row, and begins to count anew what is within e.
func (r *recorder) begin(e *element, line int) *table.Row {
	for leaf, v := range r.values {
		if leaf.within(e) {
			v.seen = 0
		}
	}
	return &table.Row{Line: line, Cells: make([]string, len(r.plan.header))}
}

func (r *recorder) value(e *element, text []byte) error {
	v := r.values[e]
	switch {
	case v == nil:
		return nil
	case len(v.text)+len(text) > table.MaxField:
		return refusal.New("file.cell-too-long", 0, nil)
	}
	v.text = append(v.text, text...)
	return nil
}

func (r *recorder) close(e *element) error {
	if v := r.values[e]; v != nil {
		if r.size += len(v.text); r.size > table.MaxRowBytes {
			return refusal.New("file.row-too-long", 0, nil)
		}
		row := r.row
		if r.variant != nil {
			row = r.variant
		}
		if columns := r.plan.columns[e]; v.seen < len(columns) {
			row.Cells[columns[v.seen]] = string(v.text)
		}
		if at, summed := r.plan.sums[e]; summed && !blankText(v.text) {
			row.Cells[at] = plus(row.Cells[at], strings.TrimSpace(string(v.text)))
		}
		v.seen++
	}
	if t := r.plan.typed[e]; t != nil {
		r.assign(t)
	}
	switch e {
	case r.plan.variant:
		r.variants = append(r.variants, *r.variant)
		r.variant = nil
	case r.plan.product:
		return r.give(*r.row)
	}
	return nil
}

// assign puts what one of several elements holds into the columns of its name.
func (r *recorder) assign(t *typed) {
	row := r.row
	if r.variant != nil {
		row = r.variant
	}
	name := slices.Index(t.names, strings.TrimSpace(string(r.values[t.by].text)))
	if row == nil || name < 0 {
		return
	}
	for _, leaf := range t.leaves {
		columns := t.columns[leaf]
		if v := r.values[leaf]; name < len(columns) && row.Cells[columns[name]] == "" && !blankText(v.text) {
			row.Cells[columns[name]] = string(v.text)
		}
	}
}

// SumMark stands between two values that are added up when they are read.
const SumMark = " + "

func plus(a, b string) string {
	if a == "" {
		return b
	}
	return a + SumMark + b
}

// charge makes a variant's price of its product's and what it costs more. A price of 0 beside the product's adds nothing, and
// one of its own, other than the product's, goes over the product's discount.
func (r *recorder) charge(row, variant, product table.Row) {
	p := r.plan
	base := slices.IndexFunc(p.prices, func(i int) bool { return !emptyPrice(product.Cells[i]) })
	if base < 0 {
		return
	}
	base = p.prices[base]
	price := strings.TrimSpace(product.Cells[base])
	switch own := strings.TrimSpace(row.Cells[p.price]); {
	case emptyPrice(own):
		row.Cells[p.price] = product.Cells[p.price]
	case len(variant.Cells) > 0 && !emptyPrice(variant.Cells[p.price]) && own != strings.TrimSpace(product.Cells[p.price]):
		for _, i := range p.prices {
			if strings.TrimSpace(variant.Cells[i]) == "" {
				row.Cells[i] = ""
			}
		}
	}
	if p.surcharge < 0 || strings.TrimSpace(row.Cells[p.surcharge]) == "" {
		return
	}
	more, sign := strings.TrimSpace(row.Cells[p.surcharge]), ""
	if p.sign >= 0 {
		sign, row.Cells[p.sign] = strings.TrimSpace(row.Cells[p.sign]), ""
	}
	row.Cells[p.surcharge] = ""
	switch {
	case figure.IsZero(more):
	case sign == "=":
		row.Cells[base] = more
	case sign == "-":
		row.Cells[base] = plus(price, "-"+more)
	default:
		row.Cells[base] = plus(price, more)
	}
}

// emptyPrice tells whether a cell says no price: it is blank, or 0.
func emptyPrice(cell string) bool { return strings.TrimSpace(cell) == "" || figure.IsZero(cell) }

// give hands on the product's row, or one for each variant.
func (r *recorder) give(product table.Row) error {
	if len(r.variants) == 0 {
		r.variants = []table.Row{{Line: product.Line}}
	}
	kept := r.keptStock(product)
	for _, v := range r.variants {
		row := table.Row{Line: v.Line, Cells: slices.Clone(product.Cells)}
		if kept != "" {
			row.Notes = append(row.Notes, table.CellNote{Kind: listing.NoteShared, Column: r.plan.stock, Cell: kept})
		} else if r.plan.stock >= 0 && len(r.variants) > 1 {
			row.Cells[r.plan.stock] = "" // what one variant leaves out is not what all of them have
		}
		for i, text := range v.Cells {
			if strings.TrimSpace(text) != "" {
				row.Cells[i] = text
			}
		}
		for _, i := range r.plan.instead {
			if emptyPrice(row.Cells[i.of]) {
				row.Cells[i.of] = row.Cells[i.from]
			}
		}
		r.charge(row, v, product)
		if !r.take(row) {
			return document.ErrStopped
		}
	}
	return nil
}

// keptStock is the stock that the product keeps for all of its variants, "" where one of them has its own.
func (r *recorder) keptStock(product table.Row) string {
	at := r.plan.stock
	if at < 0 || len(r.variants) < 2 || slices.ContainsFunc(r.variants, func(v table.Row) bool { return strings.TrimSpace(v.Cells[at]) != "" }) {
		return ""
	}
	return strings.TrimSpace(product.Cells[at])
}
