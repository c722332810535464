package app

import (
	"context"
	"errors"
	"slices"
	"sync"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/backup"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
)

// Runners work on the transfers of all companies in this process: companies are opened once and stay
// open, and a transfer goes on whichever one is shown. Its methods may be called from anywhere.
type Runners struct {
	*transfer.Runners
	app *App

	opening sync.Mutex // held while a company is opened: once each
	open    map[domain.CompanyID]*Company
	closed  bool
	reads   bool // they take no company and begin nothing
}

// NewRunners makes those of a.
func NewRunners(a *App) *Runners {
	return &Runners{Runners: transfer.NewRunners(), app: a, open: map[domain.CompanyID]*Company{}}
}

// NewReaders makes runners that only read what the companies hold: also while another program has them, and where nothing can be
// written.
func NewReaders(a *App) *Runners {
	r := NewRunners(a)
	r.reads = true
	return r
}

// Open opens a company, once, and goes on with its transfer if that was interrupted.
func (r *Runners) Open(ctx context.Context, info domain.Company) (*Company, error) {
	r.opening.Lock()
	defer r.opening.Unlock()
	c := r.open[info.ID]
	switch {
	case c != nil:
		return c, nil
	case r.closed:
		return nil, domain.E(domain.KindCancelled, "open the company", nil)
	}
	open := r.app.OpenCompany
	if r.reads {
		open = r.app.ReadCompany
	}
	c, err := open(ctx, info)
	if err != nil {
		return nil, err
	}
	if r.open[info.ID] = c; r.reads {
		return c, nil
	}
	r.Add(info, c.Runner, c.Syncing)
	if err := c.Runner.GoOn(ctx); err != nil {
		r.app.Log.WarnContext(ctx, "an interrupted transfer is left alone", "company", info.ID, "error", err)
	}
	if err := c.Syncing.GoOn(ctx); err != nil {
		r.app.Log.WarnContext(ctx, "an interrupted sync is left alone", "company", info.ID, "error", err)
	}
	return c, nil
}

// Look calls look with a company that is open here; another one is open only as long as look runs, and nothing is begun in it.
// KindBusy: another program has it.
func (r *Runners) Look(ctx context.Context, info domain.Company, look func(*Company) error) (err error) {
	r.opening.Lock()
	c := r.open[info.ID]
	if c != nil {
		r.opening.Unlock()
		return look(c)
	}
	defer r.opening.Unlock() // or who opens it meanwhile is told that another program has it
	if r.closed {
		return domain.E(domain.KindCancelled, "look into the company", nil)
	}
	if c, err = r.app.OpenCompany(ctx, info); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, c.Close()) }()
	return look(c)
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

// Restore is App.RestoreAlone while companies are open: those that it takes the place of are closed, and have to be opened anew. KindBusy:
// something is at work for one of them.
func (r *Runners) Restore(ctx context.Context, path string, password domain.Secret, p *backup.Progress) ([]domain.Company, error) {
	return r.app.RestoreWith(ctx, path, password, r.release, p)
}

// RemoveCompany is App.RemoveCompany of one that may be open here. KindBusy: something is at work for it, or another program has it.
func (r *Runners) RemoveCompany(ctx context.Context, info domain.Company) error {
	if err := r.release([]domain.CompanyID{info.ID}); err != nil {
		return err
	}
	_, err := r.app.RemoveCompany(ctx, info)
	return err
}

// release closes companies unless something is at work for one of them.
func (r *Runners) release(ids []domain.CompanyID) error {
	r.opening.Lock()
	defer r.opening.Unlock()
	for _, id := range r.Working() {
		if slices.Contains(ids, id) {
			return &domain.Error{Kind: domain.KindBusy, Op: "close the company", Detail: "working"}
		}
	}
	var errs []error
	for _, id := range ids {
		if c := r.open[id]; c != nil {
			delete(r.open, id)
			r.Remove(id)
			errs = append(errs, c.Close())
		}
	}
	return errors.Join(errs...)
}

// Close interrupts what is at work and closes every company.
func (r *Runners) Close() error {
	r.opening.Lock()
	defer r.opening.Unlock()
	r.Interrupt()
	r.closed = true
	var errs []error
	for _, c := range r.open {
		errs = append(errs, c.Close())
	}
	clear(r.open)
	return errors.Join(errs...)
}
