package app

import (
	"context"
	"iter"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/pricing"
	"github.com/sopyo/sopyo-desktop/storage/files"
)

// Offers gives the price of p with those guards at every marketplace, as it would be now.
func (c *Company) Offers(ctx context.Context, p domain.Product, g pricing.Guards) ([]pricing.MarketOffer, error) {
	pricer, err := c.pricer(ctx)
	if err != nil {
		return nil, err
	}
	markets, err := c.Marketplaces(ctx)
	if err != nil {
		return nil, err
	}
	stock, err := c.Store.StockOf(ctx, p.ID)
	if err != nil {
		return nil, err
	}
	offers := make([]pricing.MarketOffer, len(markets))
	for i, m := range markets {
		offers[i] = pricing.MarketOffer{Marketplace: m, Offer: pricer.Offer(p, g, m.ID, stock[p.ID].Last.At(m.ID))}
	}
	return offers, nil
}

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
