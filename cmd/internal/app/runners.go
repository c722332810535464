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

// Runners work on the transfers of all companies in this process: companies are opened once and stay
// open, and a transfer goes on whichever one is shown. Its methods may be called from anywhere.
type Runners struct {
	app *App

	opening sync.Mutex // held while a company is opened: once each
	mu      sync.Mutex // never held for long: the window asks on its own thread
	open    map[domain.CompanyID]*Company
	closed  bool
}

// NewRunners makes those of a.
func NewRunners(a *App) *Runners {
	return &Runners{app: a, open: map[domain.CompanyID]*Company{}}
}

// Open opens a company, once, and goes on with its transfer if that was interrupted.
func (r *Runners) Open(ctx context.Context, info domain.Company) (*Company, error) {
	r.opening.Lock()
	defer r.opening.Unlock()
	r.mu.Lock()
	c, closed := r.open[info.ID], r.closed
	r.mu.Unlock()
	switch {
	case c != nil:
		return c, nil
	case closed:
		return nil, domain.E(domain.KindCancelled, "open the company", nil)
	}
	c, err := r.app.OpenCompany(ctx, info)
	if err != nil {
		return nil, err
	}
	r.mu.Lock()
	r.open[info.ID] = c
	r.mu.Unlock()
	if err := c.Runner.GoOn(ctx); err != nil {
		r.app.Log.WarnContext(ctx, "an interrupted transfer is left alone", "company", info.ID, "error", err)
	}
	return c, nil
}

// GoOn goes on with the interrupted transfer of every company, in the order of the queue. It gives the
// companies that could not be opened: another program has them, or their files cannot be read. One whose
// transfer that program works on is not among them.
func (r *Runners) GoOn(ctx context.Context) (left []domain.Company, err error) {
	line, err := r.app.Queue.Places(ctx)
	if err != nil {
		return nil, err
	}
	all, err := r.app.Machine.Companies(ctx)
	if err != nil {
		return nil, err
	}
	for _, p := range line {
		i := slices.IndexFunc(all, func(c domain.Company) bool { return c.ID == p.Company })
		if i < 0 || ctx.Err() != nil {
			continue
		}
		if err := r.goOn(ctx, all[i], p); err != nil {
			r.app.Log.WarnContext(ctx, "an interrupted transfer is left alone", "company", p.Company, "error", err)
			if !p.Here {
				left = append(left, all[i])
			}
		}
	}
	return left, nil
}

// goOn opens the company of a place, and takes the place away if nothing is left to do for it: the
// program ended between the end of the run and that of its place.
func (r *Runners) goOn(ctx context.Context, info domain.Company, p transfer.Place) error {
	c, err := r.Open(ctx, info)
	if err != nil {
		return err
	}
	run, ok, err := c.Store.UnfinishedRun(ctx)
	if err != nil || ok && run.ID == p.Run && run.State != transfer.StateStopped {
		return err
	}
	return r.app.Machine.LeaveQueue(ctx, p.Company, p.Run)
}

// Working gives the companies whose transfers are at work, by name.
func (r *Runners) Working() []domain.CompanyID {
	var ids []domain.CompanyID
	for _, c := range r.companies() {
		if c.Runner.Running() {
			ids = append(ids, c.Info.ID)
		}
	}
	return ids
}

// Rested tells whether nothing is at work, and nothing goes on soon by itself.
func (r *Runners) Rested() bool {
	return !slices.ContainsFunc(r.companies(), func(c *Company) bool {
		at := c.Runner.GoesOnAt()
		return c.Runner.Work() != nil || !at.IsZero() && time.Until(at) < soon
	})
}

// Stop asks all transfers to stop and waits for their end.
func (r *Runners) Stop() {
	for _, c := range r.companies() {
		c.Runner.Forget()
		c.Runner.Stop()
	}
	for _, c := range r.companies() {
		if work := c.Runner.Work(); work != nil {
			<-work.Done()
		}
	}
}

// Interrupt ends all transfers where they are, and waits for the page or batch in flight: they go on at
// the next start.
func (r *Runners) Interrupt() {
	var wait sync.WaitGroup
	for _, c := range r.companies() {
		wait.Go(c.Runner.Close)
	}
	wait.Wait()
}

// Close interrupts what is at work and closes every company.
func (r *Runners) Close() error {
	r.opening.Lock()
	defer r.opening.Unlock()
	r.Interrupt()
	r.mu.Lock()
	defer r.mu.Unlock()
	r.closed = true
	var errs []error
	for _, c := range r.open {
		errs = append(errs, c.Close())
	}
	clear(r.open)
	return errors.Join(errs...)
}

// companies gives the open companies by name.
func (r *Runners) companies() []*Company {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.SortedFunc(maps.Values(r.open), func(a, b *Company) int {
		return cmp.Or(cmp.Compare(a.Info.Name, b.Info.Name), cmp.Compare(a.Info.ID, b.Info.ID))
	})
}
