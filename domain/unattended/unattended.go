// Package unattended is the work of a machine while its window is closed: one run, begun by the system's clock, does what is due in each
// company that syncs by itself, asks nobody anything, and ends. It says too how the system's task for such runs stands.
package unattended

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/issuing"
)

// Standing is how the system's task for unattended runs stands.
type Standing string

// The standings.
const (
	Off   Standing = "off"
	On    Standing = "on"
	Other Standing = "other" // it is there, and is not as this program makes it: it begins another copy, or was changed or switched off
	None  Standing = "none"  // the system has no scheduler that this program knows
)

// Scheduler is the system's, and knows alone whether there is a task.
type Scheduler interface {
	Standing(ctx context.Context) (Standing, error)
	// Schedule makes the task, or makes it anew. KindUnavailable: the system has no scheduler.
	Schedule(ctx context.Context) error
	// Unschedule takes it away; that there is none is no error.
	Unschedule(ctx context.Context) error
}

// Company is one that this process has opened for itself.
type Company interface {
	// SyncDue gives how many syncs came to their end.
	SyncDue(ctx context.Context) (int, error)
	InvoiceDue(ctx context.Context) (issuing.Outcome, error)
	// Wanted is closed when another program of this person, like the window, waits for the company.
	Wanted() <-chan struct{}
	Close() error
}

// Machine is what a run works with.
type Machine interface {
	Companies(ctx context.Context) ([]domain.Company, error)
	// Automatic tells whether a company syncs by itself. It asks neither the keyring nor İşbaşı.
	Automatic(ctx context.Context, c domain.Company) (bool, error)
	// Unlocked makes sure that the keyring answers without a person, and never asks one. KindKeyring: it does not.
	Unlocked(ctx context.Context) error
	// Take opens a company. KindBusy: another program has it.
	Take(ctx context.Context, c domain.Company) (Company, error)
	Store
}

// Store keeps small things between two starts.
type Store interface {
	// Preference gives "" for a key that nothing was saved under.
	Preference(ctx context.Context, key string) (string, error)
	SavePreference(ctx context.Context, key, value string) error
}

// Limit is how long a run lasts at most: the next one begins soon.
const Limit = 50 * time.Minute

// Done is what was done in a company.
type Done struct {
	Company         domain.Company
	Syncs           int
	Drafted, Issued int // invoices
	// Skipped: another program has it, or has asked for it meanwhile.
	Skipped bool
	Err     error // what has hindered; nil: nothing
}

// Report is what a run has done.
type Report struct {
	Companies []Done
	Locked    error // the keyring, for which nothing was begun; nil: it was not
}

// Errors are what has hindered the run.
func (r Report) Errors() (errs []error) {
	if r.Locked != nil {
		errs = append(errs, r.Locked)
	}
	for _, d := range r.Companies {
		if d.Err != nil {
			errs = append(errs, d.Err)
		}
	}
	return errs
}

// Run is one run. Its error is that of the machine's own file alone; whatever hinders a company stands in the report, and the next one is
// gone on with.
func Run(ctx context.Context, m Machine, log *slog.Logger, now time.Time) (Report, error) {
	ctx, end := context.WithTimeout(ctx, Limit)
	defer end()
	r, err := run(ctx, m, now)
	var synced, issued, skipped int
	var hindrances []string
	for _, d := range r.Companies {
		synced, issued = synced+d.Syncs, issued+d.Drafted+d.Issued
		if d.Skipped {
			skipped++
		}
	}
	for _, e := range r.Errors() {
		hindrances = append(hindrances, string(domain.KindOf(e)))
	}
	log.InfoContext(ctx, "unattended run", "companies", len(r.Companies), "skipped", skipped, "syncs", synced, "invoices", issued, "hindrances", hindrances, "error", err)
	return r, err
}

func run(ctx context.Context, m Machine, now time.Time) (r Report, err error) {
	all, err := m.Companies(ctx)
	if err != nil {
		return r, err
	}
	var automatic []domain.Company
	for _, c := range all {
		if c.Demo {
			continue
		}
		switch is, err := m.Automatic(ctx, c); {
		case err != nil:
			r.Companies = append(r.Companies, done(ctx, Done{Company: c}, err))
		case is:
			automatic = append(automatic, c)
		}
	}
	if len(automatic) == 0 {
		return r, nil
	}
	if r.Locked = m.Unlocked(ctx); r.Locked != nil {
		return r, m.SavePreference(context.WithoutCancel(ctx), preferenceLocked, now.UTC().Format(time.RFC3339))
	}
	if err := m.SavePreference(ctx, preferenceLocked, ""); err != nil {
		return r, err
	}
	for _, c := range automatic {
		if ctx.Err() != nil {
			break
		}
		r.Companies = append(r.Companies, work(ctx, m, c))
	}
	return r, nil
}

// work does what is due in one company, unless and until somebody else wants it.
func work(ctx context.Context, m Machine, info domain.Company) (d Done) {
	d.Company = info
	c, err := m.Take(ctx, info)
	if err != nil {
		return done(ctx, d, err)
	}
	working, leave := context.WithCancel(ctx)
	watched := make(chan struct{})
	go func() {
		defer close(watched)
		select {
		case <-c.Wanted():
			leave()
		case <-working.Done():
		}
	}()
	d.Syncs, err = c.SyncDue(working)
	// What hinders a sync, like a brake, does not hinder invoices; what hinders both is said once.
	issued, failed := c.InvoiceDue(working)
	d.Drafted, d.Issued = issued.Drafted, issued.Issued
	if err == nil {
		err = failed
	}
	d = done(working, d, err)
	leave()
	<-watched
	if err := c.Close(); err != nil && d.Err == nil {
		d.Err = err
	}
	return d
}

// done says how it has ended: a company that somebody else has, or wants, is left to them; what the time's end has cut off goes on the next
// time.
func done(ctx context.Context, d Done, err error) Done {
	switch {
	case domain.KindOf(err) == domain.KindBusy, ctx.Err() != nil && domain.KindOf(err) == domain.KindCancelled:
		d.Skipped = true
	default:
		d.Err = err
	}
	return d
}

// preferenceLocked keeps when a run found the keyring locked (RFC 3339), "" since one did not.
const preferenceLocked = "unattended.locked"

// LockedSince tells once that the last run has done nothing because the keyring was locked, and when that was: the zero time, if it was not.
func LockedSince(ctx context.Context, s Store) (time.Time, error) {
	kept, err := s.Preference(ctx, preferenceLocked)
	if err != nil || kept == "" {
		return time.Time{}, err
	}
	at, err := time.Parse(time.RFC3339, kept)
	return at, errors.Join(err, s.SavePreference(ctx, preferenceLocked, ""))
}
