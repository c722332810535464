package isbasi

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"net/http"
	"slices"
	"strings"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/readahead"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
)

// maxPage ends a list that has no end: a million records.
const maxPage = 10_000

// listing is one of İşbaşı's lists: where it is, and what its rows become.
type listing[Row, T any] struct {
	name string // "invoices", for the error
	path string
	must []domain.Filter // conditions the list is never asked without, unless the query has the column
	sort string          // the column that a query sorts by which names none, "" = id
	from func(Row) T
	id   func(T) domain.RemoteID
	says columns[T]   // by which the rows are judged
	none func(T) bool // tells rows that are none of the list's; nil = all are
}

// pages yields the pages of l that q asks for. A page costs one read. It yields an error at most once,
// last. The last page is one that is short, or with which the count is reached (isbasi-api.md §3.2); a
// list that repeats itself or does not end is KindCount. Rows that contradict q are left out and counted as
// LeftOut; Total counts what İşbaşı counts. Whoever stops ranging asks for no further page.
func (l listing[Row, T]) pages(ctx context.Context, c *Client, q domain.ListQuery) iter.Seq2[domain.Page[T], error] {
	return l.pagesAbreast(ctx, c, q, 0, func() int { return 1 })
}

// pagesAhead is pages of a list that is wanted whole: as many are asked for at once as the pace allows, up to page to, or
// once the first is there. Those on their way are booked, whether they are wanted or not.
func (l listing[Row, T]) pagesAhead(ctx context.Context, c *Client, q domain.ListQuery, to int) iter.Seq2[domain.Page[T], error] {
	return l.pagesAbreast(ctx, c, q, to, c.remote.Abreast)
}

func (l listing[Row, T]) pagesAbreast(ctx context.Context, c *Client, q domain.ListQuery, to int, abreast func() int) iter.Seq2[domain.Page[T], error] {
	return func(yield func(domain.Page[T], error) bool) {
		firsts := map[domain.RemoteID]bool{}
		for page, err := range readahead.Pages(ctx, max(q.From, 1), to, abreast, func(ctx context.Context, n int) (domain.Page[T], int, error) {
			page, err := l.page(ctx, c, q, n, transfer.PageSize)
			return page, lastPage(page), err
		}) {
			if err == nil {
				err = l.endless(page, firsts)
			}
			if err != nil {
				yield(domain.Page[T]{}, err)
				return
			}
			given := len(page.Rows)
			page.Rows = slices.DeleteFunc(page.Rows, func(record T) bool { return l.says.contradicts(q, record) })
			page.LeftOut = given - len(page.Rows)
			page.Rows = slices.DeleteFunc(page.Rows, func(record T) bool { return l.none != nil && l.none(record) })
			if !yield(page, nil) {
				return
			}
		}
	}
}

// lastPage is the number of the last page of a list, as a page of it has it.
func lastPage[T any](page domain.Page[T]) int {
	if page.Last {
		return page.Number
	}
	return (page.Total + transfer.PageSize - 1) / transfer.PageSize
}

// endless finds the list that would be read for ever: İşbaşı gives a page again, or ever new ones.
func (l listing[Row, T]) endless(page domain.Page[T], firsts map[domain.RemoteID]bool) error {
	if len(page.Rows) == 0 {
		return nil
	}
	first := l.id(page.Rows[0])
	if !firsts[first] && page.Number <= maxPage {
		firsts[first] = true
		return nil
	}
	return &domain.Error{Kind: domain.KindCount, Op: l.op(page.Number), Err: errors.New("the list does not end")}
}

func (l listing[Row, T]) op(n int) string { return fmt.Sprintf("read %s, page %d", l.name, n) }

func (l listing[Row, T]) page(ctx context.Context, c *Client, q domain.ListQuery, n, size int) (domain.Page[T], error) {
	body, err := l.request(q, n, size)
	if err != nil {
		return domain.Page[T]{}, domain.Wrap(err, "%s", l.op(n))
	}
	var list listAnswer[Row]
	if err := c.read(ctx, request{op: l.op(n), method: http.MethodPost, path: l.path, body: body}, &list); err != nil {
		return domain.Page[T]{}, err
	}
	return l.pageOf(list, n, size)
}

// request is the whole body that İşbaşı wants of every list, whatever is asked.
func (l listing[Row, T]) request(q domain.ListQuery, n, size int) (listRequest, error) {
	filters := q.Filters
	for _, m := range l.must {
		if !slices.ContainsFunc(q.Filters, func(f domain.Filter) bool { return strings.EqualFold(f.Column, m.Column) }) { //nolint:forbidigo // column names are ASCII
			filters = append(filters[:len(filters):len(filters)], m)
		}
	}
	unique := firstOf(text(l.sort), "id")
	body := listRequest{
		Filters: make([]filter, 0, len(filters)),
		Sorting: map[string]string{unique: "Asc"},
		Paging:  paging{CurrentPage: n, PageSize: size},
		Count:   true,
	}
	if column, order := q.Sort, "Asc"; column != "" || q.Desc {
		if column == "" {
			column = unique
		}
		if q.Desc {
			order = "Desc"
		}
		body.Sorting = map[string]string{column: order}
	}
	for _, f := range filters {
		if f.Column == "" || f.Operator == "" {
			return listRequest{}, domain.Invalid("filter", "required")
		}
		value, ok := filterValue(f.Value)
		if !ok {
			return listRequest{}, domain.Invalid("filter", "choose")
		}
		body.Filters = append(body.Filters, filter{ColumnName: f.Column, Operator: string(f.Operator), Value: value})
	}
	return body, nil
}

// pageOf gives the answer as page n of pages of size rows.
func (l listing[Row, T]) pageOf(list listAnswer[Row], n, size int) (domain.Page[T], error) {
	page := domain.Page[T]{Number: n, Rows: make([]T, 0, len(list.Rows))}
	for i, row := range list.Rows {
		record := l.from(row)
		if l.id(record) == "" {
			return domain.Page[T]{}, domain.E(domain.KindBadAnswer, l.op(n), fmt.Errorf("row %d has no id", i+1))
		}
		page.Rows = append(page.Rows, record)
	}
	short := len(page.Rows) < size
	switch count := list.Count; {
	case count.Valid && count.Decimal.IsInteger() && !count.Decimal.IsNegative() && count.Decimal.IntPart() <= maxPage*transfer.PageSize:
		page.Total = int(count.Decimal.IntPart())
	case !count.Valid && short:
		page.Total = (n-1)*size + len(page.Rows)
	default:
		return domain.Page[T]{}, domain.E(domain.KindBadAnswer, l.op(n), errors.New("the list has no count"))
	}
	page.Last = short || n*size >= page.Total
	return page, nil
}
