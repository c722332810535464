package app

import (
	"cmp"
	"context"
	"errors"
	"maps"
	"slices"
	"sync"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
)

// soon is how long a program in the background waits for a transfer that goes on by itself; one that
// waits longer, for the quota of next month, goes on at the next start.
const soon = time.Hour

// Workshop is where this process works on the transfers of all its companies: they are opened once and
// stay open, and a transfer goes on whichever company is shown. Its methods may be called from anywhere.
type Workshop struct {
	app *App

	opening sync.Mutex // held while a company is opened: once each
	mu      sync.Mutex // never held for long: the window asks on its own thread
	open    map[domain.CompanyID]*Company
	closed  bool
}

// NewWorkshop makes the workshop of a.
func NewWorkshop(a *App) *Workshop {
	return &Workshop{app: a, open: map[domain.CompanyID]*Company{}}
}

// Open opens a company, once, and goes on with its transfer if that was interrupted.
func (w *Workshop) Open(ctx context.Context, info domain.Company) (*Company, error) {
	w.opening.Lock()
	defer w.opening.Unlock()
	w.mu.Lock()
	c, closed := w.open[info.ID], w.closed
	w.mu.Unlock()
	switch {
	case c != nil:
		return c, nil
	case closed:
		return nil, domain.E(domain.KindCancelled, "open the company", nil)
	}
	c, err := w.app.OpenCompany(ctx, info)
	if err != nil {
		return nil, err
	}
	w.mu.Lock()
	w.open[info.ID] = c
	w.mu.Unlock()
	if err := c.Desk.GoOn(ctx); err != nil {
		w.app.Log.WarnContext(ctx, "an interrupted transfer is left alone", "company", info.ID, "error", err)
	}
	return c, nil
}

// GoOn goes on with the interrupted transfer of every company, in the order of the queue. It gives the
// companies that could not be opened: another program has them, or their files cannot be read. One whose
// transfer that program works on is not among them.
func (w *Workshop) GoOn(ctx context.Context) (left []domain.Company, err error) {
	line, err := w.app.Queue(ctx)
	if err != nil {
		return nil, err
	}
	all, err := w.app.Machine.Companies(ctx)
	if err != nil {
		return nil, err
	}
	for _, p := range line {
		i := slices.IndexFunc(all, func(c domain.Company) bool { return c.ID == p.Company })
		if i < 0 || ctx.Err() != nil {
			continue
		}
		if err := w.goOn(ctx, all[i], p); err != nil {
			w.app.Log.WarnContext(ctx, "an interrupted transfer is left alone", "company", p.Company, "error", err)
			if !p.Here {
				left = append(left, all[i])
			}
		}
	}
	return left, nil
}

// goOn opens the company of a place, and takes the place away if nothing is left to do for it: the
// program ended between the end of the run and that of its place.
func (w *Workshop) goOn(ctx context.Context, info domain.Company, p transfer.Place) error {
	c, err := w.Open(ctx, info)
	if err != nil {
		return err
	}
	run, ok, err := c.Store.UnfinishedRun(ctx)
	if err != nil || ok && run.ID == p.Run && run.State != transfer.StateStopped {
		return err
	}
	return w.app.Machine.LeaveQueue(ctx, p.Company, p.Run)
}

// Working gives the companies whose transfers are at work, by name.
func (w *Workshop) Working() []domain.CompanyID {
	var ids []domain.CompanyID
	for _, c := range w.companies() {
		if c.Desk.Running() {
			ids = append(ids, c.Info.ID)
		}
	}
	return ids
}

// Rested tells whether nothing is at work, and nothing goes on soon by itself.
func (w *Workshop) Rested() bool {
	return !slices.ContainsFunc(w.companies(), func(c *Company) bool {
		at := c.Desk.GoesOnAt()
		return c.Desk.Work() != nil || !at.IsZero() && time.Until(at) < soon
	})
}

// Stop asks all transfers to stop and waits for their end.
func (w *Workshop) Stop() {
	for _, c := range w.companies() {
		c.Desk.Forget()
		c.Desk.Stop()
	}
	for _, c := range w.companies() {
		if work := c.Desk.Work(); work != nil {
			<-work.Done()
		}
	}
}

// Interrupt ends all transfers where they are, and waits for the page or batch in flight: they go on at
// the next start.
func (w *Workshop) Interrupt() {
	var wait sync.WaitGroup
	for _, c := range w.companies() {
		wait.Go(c.Desk.Close)
	}
	wait.Wait()
}

// Close interrupts what is at work and closes every company.
func (w *Workshop) Close() error {
	w.opening.Lock()
	defer w.opening.Unlock()
	w.Interrupt()
	w.mu.Lock()
	defer w.mu.Unlock()
	w.closed = true
	var errs []error
	for _, c := range w.open {
		errs = append(errs, c.Close())
	}
	clear(w.open)
	return errors.Join(errs...)
}

// companies gives the open companies by name.
func (w *Workshop) companies() []*Company {
	w.mu.Lock()
	defer w.mu.Unlock()
	return slices.SortedFunc(maps.Values(w.open), func(a, b *Company) int {
		return cmp.Or(cmp.Compare(a.Info.Name, b.Info.Name), cmp.Compare(a.Info.ID, b.Info.ID))
	})
}
