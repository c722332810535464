package app

import (
	"context"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/quota"
)

// Usage tells what this month has cost.
func (c *Company) Usage(ctx context.Context) (quota.Usage, error) { return c.Ledger.Usage(ctx) }

// openLedger opens the company's ledger, and that of its API key where the key is known.
func (c *Company) openLedger(ctx context.Context) error {
	c.Ledger = quota.NewLedger(c.Store, time.Now)
	keyPrint, err := c.app.Machine.CompanyKey(ctx, c.Info.ID)
	if err != nil || keyPrint == "" {
		return err
	}
	return c.Ledger.UseKey(ctx, c.app.Machine.KeyQuota(keyPrint, c.Info.ID))
}

// useKey books in the ledger of that API key from now on. That another key before was refused more calls
// says nothing of this one.
func (c *Company) useKey(ctx context.Context, key domain.Secret) error {
	before, err := c.app.Machine.CompanyKey(ctx, c.Info.ID)
	if err != nil {
		return err
	}
	keyPrint, err := c.app.Machine.KeyPrint(ctx, key)
	if err != nil || keyPrint == before {
		return err
	}
	// What is booked and not used goes back first, so that the key gets what was really called.
	if err := c.Ledger.UseKey(ctx, nil); err != nil {
		return err
	}
	month := quota.Month(time.Now())
	booked, err := c.Store.Booked(ctx, month)
	if err != nil {
		return err
	}
	if err := c.app.Machine.SaveCompanyKey(ctx, c.Info.ID, keyPrint, month, booked); err != nil {
		return err
	}
	if err := c.Ledger.UseKey(ctx, c.app.Machine.KeyQuota(keyPrint, c.Info.ID)); err != nil || before == "" {
		return err
	}
	for _, k := range []quota.Kind{quota.Read, quota.Write} {
		if err := c.Ledger.Reopen(ctx, k); err != nil {
			return err
		}
	}
	return nil
}
