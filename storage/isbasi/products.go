package isbasi

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"net/http"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
)

// maxPage ends a list that has no end: a million products.
const maxPage = 10_000

// Products yields the pages of the product list (type = product), sorted by id, beginning with page
// from (1-based). A page costs one read. It yields an error at most once, last. The last page is one
// that is short, or with which the count is reached (isbasi-api.md §3.2); a list that repeats itself
// or does not end is KindCount.
func (c *Client) Products(ctx context.Context, from int) iter.Seq2[transfer.Page, error] {
	return func(yield func(transfer.Page, error) bool) {
		firsts := map[domain.RemoteID]bool{}
		for n := max(from, 1); ; n++ {
			page, err := c.productPage(ctx, n, transfer.PageSize)
			if err == nil {
				err = endless(n, page, firsts)
			}
			if err != nil {
				yield(transfer.Page{}, err)
				return
			}
			if !yield(page, nil) || page.Last {
				return
			}
		}
	}
}

// endless finds the list that would be read for ever: İşbaşı gives a page again, or ever new ones.
func endless(n int, page transfer.Page, firsts map[domain.RemoteID]bool) error {
	if len(page.Products) == 0 {
		return nil
	}
	first := page.Products[0].ID
	if !firsts[first] && n <= maxPage {
		firsts[first] = true
		return nil
	}
	return &domain.Error{Kind: domain.KindCount, Op: productsOp(n), Err: errors.New("the list does not end")}
}

func productsOp(n int) string { return fmt.Sprintf("read products, page %d", n) }

func (c *Client) productPage(ctx context.Context, n, size int) (transfer.Page, error) {
	body := listRequest{
		Filters: []filter{{ColumnName: "type", Operator: "IsEqualTo", Value: "1"}},
		Sorting: map[string]string{"id": "Asc"},
		Paging:  paging{CurrentPage: n, PageSize: size},
		Count:   true,
	}
	var list listAnswer[productRow]
	r := request{op: productsOp(n), method: http.MethodPost, path: "products/products", body: body}
	if err := c.read(ctx, r, &list); err != nil {
		return transfer.Page{}, err
	}
	return pageOf(list, n, size)
}

// pageOf gives the answer as page n of pages of size rows.
func pageOf(list listAnswer[productRow], n, size int) (transfer.Page, error) {
	page := transfer.Page{Number: n, Products: make([]domain.RemoteProduct, 0, len(list.Rows))}
	for i, row := range list.Rows {
		p := row.product()
		if p.ID == "" {
			return transfer.Page{}, domain.E(domain.KindBadAnswer, productsOp(n), fmt.Errorf("row %d has no id", i+1))
		}
		page.Products = append(page.Products, p)
	}
	short := len(page.Products) < size
	switch count := list.Count; {
	case count.Valid && count.Decimal.IsInteger() && !count.Decimal.IsNegative() && count.Decimal.IntPart() <= maxPage*transfer.PageSize:
		page.Total = int(count.Decimal.IntPart())
	case !count.Valid && short:
		page.Total = (n-1)*size + len(page.Products)
	default:
		return transfer.Page{}, domain.E(domain.KindBadAnswer, productsOp(n), errors.New("the list has no count"))
	}
	page.Last = short || n*size >= page.Total
	return page, nil
}
