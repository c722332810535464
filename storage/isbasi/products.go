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

// Products yields the pages of a part of the product list (type = product), sorted by id. A page costs one read. It
// yields an error at most once, last; a list that repeats itself or does not end is KindCount. It reads ahead within the
// pace. An İşbaşı that does not understand a bound gives the whole list (isbasi-api.md §12): the rows tell, so none is
// left out.
func (c *Client) Products(ctx context.Context, in transfer.Range) iter.Seq2[transfer.Page, error] {
	all, q := products(), domain.ListQuery{From: in.From}
	if in.After != "" {
		q.Filters = append(q.Filters, domain.Filter{Column: "id", Operator: domain.IsGreaterThan, Value: string(in.After)})
	}
	if in.Before != "" {
		q.Filters = append(q.Filters, domain.Filter{Column: "id", Operator: domain.IsLessThan, Value: string(in.Before)})
	}
	delete(all.says, "id")
	return transferPages(all.pagesAhead(ctx, c, q, in.To))
}

// Abreast tells how many pages would be asked for at once now.
func (c *Client) Abreast() int { return c.remote.Abreast() }

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

// Sample gives the names of the first n products, by id, and how many there are (one read).
func (c *Client) Sample(ctx context.Context, n int) (domain.FirmSample, error) {
	page, err := products().page(ctx, c, domain.ListQuery{}, 1, n)
	s := domain.FirmSample{Products: page.Total}
	for _, p := range page.Rows {
		s.Names = append(s.Names, p.Name)
	}
	return s, err
}
