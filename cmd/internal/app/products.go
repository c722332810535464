package app

import (
	"context"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/pricing"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
)

// ListProducts gives one page of the catalogue and how many products q finds in all.
func (c *Company) ListProducts(ctx context.Context, q domain.ProductQuery) ([]domain.ListedProduct, int, error) {
	return c.Store.ListProducts(ctx, q)
}

// SaveProducts writes what a person changed.
func (c *Company) SaveProducts(ctx context.Context, products ...domain.Product) ([]domain.Product, error) {
	return c.Store.SaveProducts(ctx, products...)
}

// Pair gives the İşbaşı product that a catalogue product is bound to.
func (c *Company) Pair(ctx context.Context, id domain.ProductID) (transfer.Row, bool, error) {
	return c.Store.Pair(ctx, id)
}

// ProductGuards gives the guards of a product, the zero value when it has none.
func (c *Company) ProductGuards(ctx context.Context, id domain.ProductID) (pricing.Guards, error) {
	return c.Store.ProductGuards(ctx, id)
}

// SaveGuards sets what a product may never be sold below.
func (c *Company) SaveGuards(ctx context.Context, id domain.ProductID, g pricing.Guards) error {
	return c.Store.SaveGuards(ctx, id, g)
}

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
