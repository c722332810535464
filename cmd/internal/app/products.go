package app

import (
	"context"
	"iter"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/storage/files"
)

// ExportProducts writes the products of q, all pages, as an Excel file into the person's documents and
// gives its path.
func (c *Company) ExportProducts(ctx context.Context, q domain.ProductQuery) (string, error) {
	path, err := exportPath("urunler")
	if err != nil {
		return "", err
	}
	return path, files.WriteProducts(path, c.everyProduct(ctx, q))
}

// productPage is how many products are in memory while a list is exported.
const productPage = 20_000

func (c *Company) everyProduct(ctx context.Context, q domain.ProductQuery) iter.Seq2[domain.Product, error] {
	return func(yield func(domain.Product, error) bool) {
		q.Limit, q.Offset = productPage, 0
		for {
			products, _, err := c.Store.Products(ctx, q)
			if err != nil {
				yield(domain.Product{}, err)
				return
			}
			for _, p := range products {
				if !yield(p, nil) {
					return
				}
			}
			if len(products) < productPage {
				return
			}
			q.Offset += productPage
		}
	}
}
