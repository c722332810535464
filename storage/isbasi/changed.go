package isbasi

import (
	"context"
	"iter"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
)

// Changed yields the pages of the products that İşbaşı dates as changed at or after since, like Products. An İşbaşı that
// does not understand the filter gives every product (isbasi-api.md §12): the rows tell, so none is left out.
func (c *Client) Changed(ctx context.Context, since time.Time, in transfer.Range) iter.Seq2[transfer.Page, error] {
	all := products()
	delete(all.says, "modificationdate")
	return transferPages(all.pagesAhead(ctx, c, domain.ListQuery{
		From:    in.From,
		Filters: []domain.Filter{{Column: "modificationDate", Operator: domain.IsGreaterThanOrEqualTo, Value: since}},
	}, in.To))
}
