package files

import (
	"slices"
	"strings"
)

// Limits of one product, for memory: a row is held until the product is closed.
const (
	maxRowBytes = 8 << 20
	maxVariants = 2_000
)

// recorder makes rows of a walk.
type recorder struct {
	plan *feedPlan
	take func(Row) bool

	values   []value // by the place of their element
	row      *Row
	variant  *Row // the one that is open
	variants []Row
	size     int
}

// value is what is known of one element's values in the product that is open.
type value struct {
	text []byte // of the one that is open
	open bool
	seen int
}

func newRecorder(plan *feedPlan, take func(Row) bool) *recorder {
	return &recorder{plan: plan, take: take, values: make([]value, len(plan.leaves)+1)}
}

func (r *recorder) open(e *element, line int) error {
	switch {
	case e == r.plan.product:
		r.row = &Row{Line: line, Cells: make([]string, len(r.plan.header))}
		r.variants, r.size = nil, 0
		r.forget(e)
	case e == r.plan.variant && r.row != nil:
		if len(r.variants) == maxVariants {
			return refuse("file.too-many-rows", line, nil)
		}
		r.variant = &Row{Line: line, Cells: make([]string, len(r.plan.header))}
		r.forget(e)
	}
	if r.row != nil && e.place > 0 {
		v := &r.values[e.place]
		v.text, v.open = v.text[:0], true
	}
	return nil
}

// forget begins to count anew what is within e.
func (r *recorder) forget(e *element) {
	for _, leaf := range r.plan.leaves {
		if leaf.within(e) {
			r.values[leaf.place].seen = 0
		}
	}
}

func (r *recorder) value(e *element, text []byte) error {
	v := &r.values[e.place]
	switch {
	case !v.open: // also what has no place: the first one is nobody's
		return nil
	case len(v.text)+len(text) > maxField:
		return refuse("file.cell-too-long", 0, nil)
	}
	v.text = append(v.text, text...)
	return nil
}

func (r *recorder) close(e *element) error {
	if v := &r.values[e.place]; v.open {
		v.open = false
		if r.size += len(v.text); r.size > maxRowBytes {
			return refuse("file.row-too-long", 0, nil)
		}
		r.put(e, v)
	}
	switch {
	case r.row == nil:
	case e == r.plan.variant && r.variant != nil:
		r.variants = append(r.variants, *r.variant)
		r.variant = nil
	case e == r.plan.product:
		row := *r.row
		r.row = nil
		return r.give(row)
	}
	return nil
}

// put sets a value into the row that is open, the variant's if it belongs to one.
func (r *recorder) put(e *element, v *value) {
	if v.seen < len(e.columns) {
		row := r.row
		if r.variant != nil && e.within(r.plan.variant) {
			row = r.variant
		}
		row.Cells[e.columns[v.seen]] = string(v.text)
	}
	v.seen++
}

// give hands on the product's row, or one for each variant.
func (r *recorder) give(product Row) error {
	if len(r.variants) == 0 {
		r.variants = []Row{{Line: product.Line}}
	}
	for _, v := range r.variants {
		row := Row{Line: v.Line, Cells: slices.Clone(product.Cells)}
		for i, text := range v.Cells {
			if strings.TrimSpace(text) != "" {
				row.Cells[i] = text
			}
		}
		if !r.take(row) {
			return errStopped
		}
	}
	return nil
}
