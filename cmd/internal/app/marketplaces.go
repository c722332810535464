package app

import (
	"github.com/sopyo/sopyo-desktop/assets"
	"github.com/sopyo/sopyo-desktop/domain/pricing"
)

// shipped are the marketplaces of the data file.
func shipped() pricing.Marketplaces {
	var all pricing.Marketplaces
	for _, m := range assets.Marketplaces() {
		all = append(all, pricing.Marketplace{ID: pricing.MarketplaceID(m.ID), Name: m.Name})
	}
	return all
}
