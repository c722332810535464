package files

import (
	"slices"
	"strings"
)

const maxVariants = 2_000 // of one product, for memory: they are held until it is closed

// recorder makes rows of a walk.
type recorder struct {
	plan *feedPlan
	take func(Row) bool

	values   map[*element]*value // of what has columns
	row      *Row                // the product's
	variant  *Row                // the one that is open
	variants []Row
	size     int
}

// value is what is known of one element's values in the product that is open.
type value struct {
	text []byte // of the last one
	seen int
}

func newRecorder(plan *feedPlan, take func(Row) bool) *recorder {
	r := &recorder{plan: plan, take: take, values: map[*element]*value{}}
	for leaf := range plan.columns {
		r.values[leaf] = &value{}
	}
	return r
}

func (r *recorder) open(e *element, line int) error {
	switch e {
	case r.plan.product:
		r.row, r.variants, r.size = r.begin(e, line), nil, 0
	case r.plan.variant:
		if len(r.variants) == maxVariants {
			return refuse("file.too-many-rows", line, nil)
		}
		r.variant = r.begin(e, line)
	}
	if v := r.values[e]; v != nil {
		v.text = v.text[:0]
	}
	return nil
}

// begin makes an empty row, and begins to count anew what is within e.
func (r *recorder) begin(e *element, line int) *Row {
	for leaf, v := range r.values {
		if leaf.within(e) {
			v.seen = 0
		}
	}
	return &Row{Line: line, Cells: make([]string, len(r.plan.header))}
}

func (r *recorder) value(e *element, text []byte) error {
	v := r.values[e]
	switch {
	case v == nil:
		return nil
	case len(v.text)+len(text) > maxField:
		return refuse("file.cell-too-long", 0, nil)
	}
	v.text = append(v.text, text...)
	return nil
}

func (r *recorder) close(e *element) error {
	if v := r.values[e]; v != nil {
		if r.size += len(v.text); r.size > maxRowBytes {
			return refuse("file.row-too-long", 0, nil)
		}
		row := r.row
		if r.variant != nil {
			row = r.variant
		}
		if columns := r.plan.columns[e]; v.seen < len(columns) {
			row.Cells[columns[v.seen]] = string(v.text)
		}
		v.seen++
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
