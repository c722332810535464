package sandbox

import (
	"encoding/json"
	"fmt"
	"slices"
)

// table is one kind of record, with the columns that may be filtered and sorted by. A column's value
// is an int64, a string, a bool, a time or a decimal.
type table[T any] struct {
	rows    []T
	columns map[string]func(*T) any

	key  string // of the view that was asked for last, so that 388 pages cost one sort
	view []*T
}

func (t *table[T]) set(rows []T) { t.rows, t.key, t.view = slices.Clone(rows), "", nil }

func (t *table[T]) copy() []T { return slices.Clone(t.rows) }

// find gives the first row that is meant, or nil. Who changes it calls changed.
func (t *table[T]) find(meant func(*T) bool) *T {
	for i := range t.rows {
		if meant(&t.rows[i]) {
			return &t.rows[i]
		}
	}
	return nil
}

// changed forgets the view: rows may stand elsewhere in it now.
func (t *table[T]) changed() { t.key, t.view = "", nil }

func (t *table[T]) add(row T) {
	t.rows = append(t.rows, row)
	t.changed()
}

func (t *table[T]) remove(meant func(*T) bool) {
	t.rows = slices.DeleteFunc(t.rows, func(row T) bool { return meant(&row) })
	t.changed()
}

// next is an id that no row has; like İşbaşı's, the ids have gaps.
func (t *table[T]) next(id func(*T) int64) int64 {
	last := int64(1000)
	for i := range t.rows {
		last = max(last, id(&t.rows[i]))
	}
	return last + 1 + last%3
}

// page gives the rows of one page and how many there are on all. The error is for the caller to read.
func (t *table[T]) page(q listRequest, number int) ([]*T, int, error) {
	view, err := t.seek(q)
	if err != nil {
		return nil, 0, err
	}
	size := q.size()
	if number > len(view)/size+1 { // also keeps the product below within range
		return nil, len(view), nil
	}
	from := min((number-1)*size, len(view))
	to := min(from+size, len(view))
	return view[from:to], len(view), nil
}

// seek filters and sorts.
func (t *table[T]) seek(q listRequest) ([]*T, error) {
	key, err := json.Marshal([]any{q.Filters, q.Sorting})
	if err != nil {
		return nil, err
	}
	if t.view != nil && t.key == string(key) {
		return t.view, nil
	}
	var tests []func(*T) bool
	for _, f := range q.Filters {
		column, ok := t.column(f.ColumnName)
		if _, known := f.operator(); !ok || !known {
			continue // not understood, so ignored, not refused (isbasi-api.md §12, to §3.2)
		}
		test, err := f.test(column(new(T)))
		if err != nil {
			return nil, err
		}
		tests = append(tests, func(row *T) bool { return test(column(row)) })
	}
	view := make([]*T, 0, len(t.rows))
	for i := range t.rows {
		row := &t.rows[i]
		if !slices.ContainsFunc(tests, func(test func(*T) bool) bool { return !test(row) }) {
			view = append(view, row)
		}
	}
	if err := t.sort(view, q.Sorting); err != nil {
		return nil, err
	}
	t.key, t.view = string(key), view
	return view, nil
}

// column finds a column by its name, without regard to case: the reference has issueDate and issuedate.
func (t *table[T]) column(name string) (func(*T) any, bool) {
	if column, ok := t.columns[name]; ok {
		return column, true
	}
	for have, column := range t.columns {
		if upper(have) == upper(name) {
			return column, true
		}
	}
	return nil, false
}

// sort orders by the one column that is named; without one the rows stay as they were entered. More
// than one is refused: nobody says what the real one does with it.
func (t *table[T]) sort(view []*T, sorting map[string]any) error {
	if len(sorting) > 1 {
		return fmt.Errorf("birden çok sıralama kolonu: %d", len(sorting))
	}
	for name, how := range sorting {
		column, ok := t.column(name)
		if !ok {
			return fmt.Errorf("bilinmeyen kolon: %s", name)
		}
		sign := 1
		switch fmt.Sprint(how) {
		case "Asc", "asc", "1", "0":
		case "Desc", "desc", "-1":
			sign = -1
		default:
			return fmt.Errorf("bilinmeyen sıralama: %v", how)
		}
		slices.SortStableFunc(view, func(a, b *T) int { return sign * compare(column(a), column(b)) })
	}
	return nil
}
