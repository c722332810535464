package app

import (
	"context"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/pricing"
)

// PriceRules gives the newest saved rules.
func (c *Company) PriceRules(ctx context.Context) (pricing.Rules, error) {
	return c.Store.PriceRules(ctx)
}

// SavePriceRules stores r as the next version.
func (c *Company) SavePriceRules(ctx context.Context, r pricing.Rules) error {
	return c.Store.SavePriceRules(ctx, r)
}

// SamplePrices gives up to n products on sale that have a price.
func (c *Company) SamplePrices(ctx context.Context, n int) ([]domain.Product, error) {
	return c.Store.SamplePrices(ctx, n)
}

// MaxPriceChange gives the percent above which a change waits for approval.
func (c *Company) MaxPriceChange(ctx context.Context) (decimal.NullDecimal, error) {
	return c.Store.MaxPriceChange(ctx)
}

// SaveMaxPriceChange sets it; not valid takes it away.
func (c *Company) SaveMaxPriceChange(ctx context.Context, percent decimal.NullDecimal) error {
	return c.Store.SaveMaxPriceChange(ctx, percent)
}

// UndoApproval brings back what the last approval replaced.
func (c *Company) UndoApproval(ctx context.Context) (int, error) { return c.Store.UndoApproval(ctx) }
