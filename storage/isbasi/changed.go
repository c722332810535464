package isbasi

import (
	"context"
	"iter"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
)

// ProductsAfter gives the first page of the products with a greater id, like Products. An İşbaşı that does not understand
// the filter gives the first page of all (isbasi-api.md §12): the rows tell, so none is left out.
func (c *Client) ProductsAfter(ctx context.Context, id domain.RemoteID) (transfer.Page, error) {
	p, err := products().page(ctx, c, domain.ListQuery{
		Filters: []domain.Filter{{Column: "id", Operator: domain.IsGreaterThan, Value: string(id)}},
	}, 1, transfer.PageSize)
	return transfer.Page{Number: p.Number, Products: p.Rows, Total: p.Total, Last: p.Last}, err
}

// Changed yields the pages of the products that İşbaşı dates as changed at or after since, like Products. An İşbaşı that
// does not understand the filter gives every product (isbasi-api.md §12): the rows tell, so none is left out.
func (c *Client) Changed(ctx context.Context, since time.Time, from int) iter.Seq2[transfer.Page, error] {
	all := products()
	delete(all.says, "modificationdate")
	return transferPages(all.pagesAhead(ctx, c, domain.ListQuery{
		From:    from,
		Filters: []domain.Filter{{Column: "modificationDate", Operator: domain.IsGreaterThanOrEqualTo, Value: since}},
	}))
}
