package app

import (
	"context"
	"time"

	"github.com/sopyo/sopyo-desktop/domain/pricing"
)

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
