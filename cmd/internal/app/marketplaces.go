package app

import (
	"context"

	"github.com/sopyo/sopyo-desktop/assets"
	"github.com/sopyo/sopyo-desktop/domain/pricing"
)

// Marketplaces gives those the program ships, then those a person added to this company. They stand with
// the company because its rules and approved prices name them: its file is whole by itself.
func (c *Company) Marketplaces(ctx context.Context) (pricing.Marketplaces, error) {
	own, err := c.Store.OwnMarketplaces(ctx)
	return append(shipped(), own...), err
}

// shipped are the marketplaces of the data file.
func shipped() pricing.Marketplaces {
	var all pricing.Marketplaces
	for _, m := range assets.Marketplaces() {
		all = append(all, pricing.Marketplace{ID: pricing.MarketplaceID(m.ID), Name: m.Name})
	}
	return all
}

// AddMarketplace adds a person's own marketplace. KindInvalid: the name is empty, too long or taken.
func (c *Company) AddMarketplace(ctx context.Context, name string) (pricing.Marketplace, error) {
	return c.Store.AddMarketplace(ctx, shipped(), name)
}

// RenameMarketplace gives an added marketplace another name; its id, rules and prices stay.
func (c *Company) RenameMarketplace(ctx context.Context, id pricing.MarketplaceID, name string) error {
	return c.Store.RenameMarketplace(ctx, shipped(), id, name)
}
