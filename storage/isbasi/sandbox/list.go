package sandbox

import (
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

// without leaves out the filters of a column.
func without(filters []filter, column string) []filter {
	return slices.DeleteFunc(slices.Clone(filters), func(f filter) bool { return upper(f.ColumnName) == upper(column) })
}
