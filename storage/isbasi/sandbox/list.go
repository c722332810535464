package sandbox

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
)

// The page sizes of isbasi-api.md §3.2: what is given when none is asked for, and the most.
const (
	defaultPage = 15
	largestPage = 100
)

// listRequest is the body of every list call (isbasi-api.md §3.2).
type listRequest struct {
	Filters []filter       `json:"filters"`
	Sorting map[string]any `json:"sorting"`
	Paging  struct {
		CurrentPage       int  `json:"currentPage"`
		PageSize          int  `json:"pageSize"`
		SkipPageSizeLimit bool `json:"skipPageSizeLimit"`
	} `json:"paging"`
	Count bool `json:"count"`
}

type filter struct {
	ColumnName string `json:"columnName"`
	Operator   any    `json:"operator"` // a name or a 1-based number
	Value      any    `json:"value"`
}

// page is the page asked for, 1-based; an empty body asks for the first.
func (q listRequest) page() int {
	if q.Paging.CurrentPage == 0 {
		return 1
	}
	return q.Paging.CurrentPage
}

// size is the number of rows a page has, after the limit.
func (q listRequest) size() int {
	n := q.Paging.PageSize
	switch {
	case n <= 0:
		return defaultPage
	case n > largestPage && !q.Paging.SkipPageSizeLimit:
		return largestPage
	default:
		return n
	}
}

// filtersBy tells whether a column is asked for.
func (q listRequest) filtersBy(column string) bool {
	return slices.ContainsFunc(q.Filters, func(f filter) bool { return f.ColumnName == column })
}

// checkList refuses a list body that cannot be read, or a page below the first.
func (s *Server) checkList(c *call) (answer, bool) {
	d := json.NewDecoder(bytes.NewReader(c.body))
	d.UseNumber()
	var q listRequest
	if err := d.Decode(&q); err != nil || q.page() < 1 {
		return s.refuse(c, http.StatusBadRequest, http.StatusBadRequest, "İstek okunamadı."), true
	}
	c.list = q
	return answer{}, false
}

// listed wraps a page of rows: an empty one is null, and the count stands only where it was asked for.
func (s *Server) listed(c *call, rows []any, total int) answer {
	data := map[string]any{"data": rows, "extraData": nil, "count": nil}
	if len(rows) == 0 && !s.o.Plain {
		data["data"] = nil
	}
	if c.list.Count {
		data["count"] = max(total+c.countDelta, 0)
	}
	return s.ok(c, data)
}

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
		column, ok := t.columns[f.ColumnName]
		if !ok {
			return nil, fmt.Errorf("bilinmeyen kolon: %s", f.ColumnName)
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

// sort orders by the one column that is named; without one the rows stay as they were entered. More
// than one is refused: nobody says what the real one does with it.
func (t *table[T]) sort(view []*T, sorting map[string]any) error {
	if len(sorting) > 1 {
		return fmt.Errorf("birden çok sıralama kolonu: %d", len(sorting))
	}
	for name, how := range sorting {
		column, ok := t.columns[name]
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
