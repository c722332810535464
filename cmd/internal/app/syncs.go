package app

import (
	"cmp"
	"context"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/sync"
	"github.com/sopyo/sopyo-desktop/storage/isbasi/books"
)

// syncs are a company's syncs, under a name that is not the standard library's.
type syncs = sync.Syncs

func (c *Company) newSyncs() *syncs {
	remote := books.Products{Account: c.Authorisation}
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
