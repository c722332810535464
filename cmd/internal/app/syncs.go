package app

import (
	"cmp"
	"context"
	"iter"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/sync"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
)

// syncs are a company's syncs, under a name that is not the standard library's.
type syncs = sync.Syncs

func (c *Company) newSyncs() *syncs {
	remote := remote{books{c}}
	return sync.NewSyncs(sync.Company{
		Company: c.Info, Books: remote, Writer: remote, Abilities: remote, Spending: c.Ledger, Store: c.Store,
		SignedIn: c.SignedIn, Importing: func() bool { return c.Runner.Work() != nil },
		Patience: cmp.Or(c.app.options.RetryPause, patience), Now: c.app.options.Now,
	})
}

// patience is longer than any gateway's.
const patience = 15 * time.Minute

// restSync stops a sync that is at work and waits for its end: a transfer that begins has the catalogue for itself, and
// the next sync judges anew.
func (c *Company) restSync(ctx context.Context) error {
	w := c.Syncing.Work()
	if w == nil {
		return nil
	}
	w.Job.Stop()
	select {
	case <-w.Done():
		return nil
	case <-ctx.Done():
		return domain.E(domain.KindCancelled, "stop the sync", ctx.Err())
	}
}

// KeepSyncing begins syncs by themselves until the company is closed. The window calls it, whenever it opens the
// company; the command line syncs when it is told to.
func (c *Company) KeepSyncing() {
	c.syncing.Do(func() { c.work.Go(func() { c.syncs.KeepSyncing(c.alive, c.app.Log) }) })
}

// remote is the company's İşbaşı as a sync reads and writes it, signed in when it is asked for the first time.
type remote struct{ books }

// Changed yields what changed at İşbaşı.
func (r remote) Changed(ctx context.Context, since time.Time, in transfer.Range) iter.Seq2[transfer.Page, error] {
	return func(yield func(transfer.Page, error) bool) {
		if err := r.c.SignedIn(ctx); err != nil {
			yield(transfer.Page{}, err)
			return
		}
		r.c.Client().Changed(ctx, since, in)(yield)
	}
}

// Product reads one product.
func (r remote) Product(ctx context.Context, ref domain.ProductRef) (domain.ProductDetail, error) {
	if err := r.c.SignedIn(ctx); err != nil {
		return domain.ProductDetail{}, err
	}
	return r.c.Client().Product(ctx, ref)
}

// SaveProduct changes one product.
func (r remote) SaveProduct(ctx context.Context, ref domain.ProductRef, change domain.ProductChange) (domain.ProductDetail, error) {
	if err := r.c.SignedIn(ctx); err != nil {
		return domain.ProductDetail{}, err
	}
	return r.c.Client().SaveProduct(ctx, ref, change)
}

// SaveStock stores a stock receipt.
func (r remote) SaveStock(ctx context.Context, m domain.StockMovement) error {
	if err := r.c.SignedIn(ctx); err != nil {
		return err
	}
	return r.c.Client().SaveStock(ctx, m)
}

// StockSaved looks for a stock receipt.
func (r remote) StockSaved(ctx context.Context, ref domain.ProductRef, number string) (bool, error) {
	if err := r.c.SignedIn(ctx); err != nil {
		return false, err
	}
	return r.c.Client().StockSaved(ctx, ref, number)
}

// ProbeStock asks whether stock may be written.
func (r remote) ProbeStock(ctx context.Context) (domain.AbilityAnswer, error) {
	return r.c.Client().ProbeStock(ctx)
}

// Ability tells what is remembered of what the key may: of the one in the keyring, where nobody has signed in yet.
func (r remote) Ability(ctx context.Context, a domain.Ability) (domain.AbilityAnswer, error) {
	return r.c.Authorisation.Ability(ctx, a)
}

// Remember keeps what the key may.
func (r remote) Remember(ctx context.Context, a domain.Ability, answer domain.AbilityAnswer) error {
	return r.c.Client().Remember(ctx, a, answer)
}
