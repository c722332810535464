package isbasi

import (
	"context"
	"iter"
	"strconv"
	"strings"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
)

var _ transfer.Books = (*Client)(nil)

// products is the list of a transfer: services are not asked for (rules.md §2), and where they come all the
// same their Type tells them.
func products() listing[productRow, domain.RemoteProduct] {
	return listing[productRow, domain.RemoteProduct]{
		name: "products", path: "products/products",
		must: []domain.Filter{{Column: "type", Operator: domain.IsEqualTo, Value: domain.TypeProduct}},
		from: productRow.product, id: func(p domain.RemoteProduct) domain.RemoteID { return p.ID },
		says: columns[domain.RemoteProduct]{
			"id": func(p domain.RemoteProduct) any { return string(p.ID) }, "code": func(p domain.RemoteProduct) any { return strings.TrimSpace(string(p.Code)) },
			"barcode":          func(p domain.RemoteProduct) any { return strings.TrimSpace(string(p.Barcode)) },
			"type":             func(p domain.RemoteProduct) any { return strconv.Itoa(p.Type) },
			"isactive":         func(p domain.RemoteProduct) any { return p.Active },
			"modificationdate": func(p domain.RemoteProduct) any { return p.ModifiedAt },
		},
	}
}

// ProductList yields the pages of the product list that q asks for: services too, when a filter on the
// column type asks for them (isbasi-api.md §4.1). A page costs one read. It yields an error at most
// once, last.
func (c *Client) ProductList(ctx context.Context, q domain.ListQuery) iter.Seq2[domain.Page[domain.RemoteProduct], error] {
	return products().pages(ctx, c, q)
}

// Products yields the pages of the product list (type = product), sorted by id, beginning with page
// from (1-based). A page costs one read. It yields an error at most once, last; a list that repeats
// itself or does not end is KindCount. Behind the first page it reads ahead within the pace.
func (c *Client) Products(ctx context.Context, from int) iter.Seq2[transfer.Page, error] {
	return transferPages(products().pagesAhead(ctx, c, domain.ListQuery{From: from}))
}

// transferPages are pages of products as transfers and syncs read them.
func transferPages(pages iter.Seq2[domain.Page[domain.RemoteProduct], error]) iter.Seq2[transfer.Page, error] {
	return func(yield func(transfer.Page, error) bool) {
		for p, err := range pages {
			page := transfer.Page{Number: p.Number, Products: p.Rows, Total: p.Total, Last: p.Last}
			if err != nil {
				page = transfer.Page{}
			}
			if !yield(page, err) {
				return
			}
		}
	}
}

// Ping asks İşbaşı the cheapest question that needs a session: a product list of one row (one read).
func (c *Client) Ping(ctx context.Context) error {
	_, err := products().page(ctx, c, domain.ListQuery{}, 1, 1)
	return err
}
