package app

import (
	"context"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/pricing"
)

// Rates gives every exchange rate that was typed in, by currency, the newest first.
func (c *Company) Rates(ctx context.Context) (pricing.Rates, error) { return c.Store.Rates(ctx) }

// SaveRates keeps valid rates; one of the same currency and day is replaced.
func (c *Company) SaveRates(ctx context.Context, rates ...pricing.Rate) error {
	return c.Store.SaveRates(ctx, rates...)
}

// RemoveRate takes a rate away.
func (c *Company) RemoveRate(ctx context.Context, currency domain.Currency, day pricing.Day) error {
	return c.Store.RemoveRate(ctx, currency, day)
}

// MissingRates gives the currencies that products on sale are priced in and that have no rate today.
func (c *Company) MissingRates(ctx context.Context) ([]pricing.Missing, error) {
	rates, err := c.Store.Rates(ctx)
	if err != nil {
		return nil, err
	}
	in, err := c.Store.PricedIn(ctx)
	if err != nil {
		return nil, err
	}
	settings, err := c.Store.Settings(ctx)
	if err != nil {
		return nil, err
	}
	in[settings.Currency] += in[""] // they name none
	delete(in, "")
	return rates.Missing(in, pricing.DayOf(time.Now())), nil
}
