package app_test

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"time"

	"github.com/sopyo/sopyo-desktop/cmd/internal/app"
	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/invoicing"
	"github.com/sopyo/sopyo-desktop/domain/issuing"
	"github.com/sopyo/sopyo-desktop/domain/orders"
	"github.com/sopyo/sopyo-desktop/storage/keyring"
)

// invoiceWork marks a process of this test binary as a program that makes invoices: it holds an invoiceErrand.
const invoiceWork = "INVOICE_TEST_CHILD"

// invoiceErrand is what such a child does, on a machine whose clock is off by Clock.
type invoiceErrand struct {
	Dir, URL string
	Clock    time.Duration
	Do       job
	Packages []string // that are named; none: all
	Blow     blow
}

// job is what a person presses.
type job string

const (
	making      job = "make"
	formalising job = "formalise" // every checked draft that nobody has refused
	// settling is all that a person does until nothing is left: make, look up, let what was looked for in vain be issued
	// again, and formalise where that is wished.
	settling job = "settle"
)

// blow is when a child kills itself: so long after so many of a phase are done. Without a phase: after its start.
type blow struct {
	Strikes bool
	Phase   issuing.Phase
	Done    int
	After   time.Duration
}

// told is what a child says at its end.
type told struct {
	Kind  domain.Kind // of what has stopped it
	Error string
	Moved int // what has changed, and what is still to change
	Found int // of what was unknown
	Freed int // of what was looked for in vain
}

// patient is how long a write may still arrive whose answer is lost; the stand-in's late ones take less.
const patient = 15 * time.Millisecond

// do does the errand and prints what came of it.
func (e invoiceErrand) do(ctx context.Context) error {
	if e.Blow.Strikes && e.Blow.Phase == "" {
		time.AfterFunc(e.Blow.After, errand{}.die)
	}
	keyring.InMemory(nil)
	a, err := app.Open(ctx, app.Options{
		DataDir: e.Dir, IsbasiURL: e.URL, RetryPause: patient, Now: func() time.Time { return time.Now().Add(e.Clock) },
	})
	if err != nil {
		return err
	}
	info, err := a.FindCompany(ctx, "")
	if err != nil {
		return err
	}
	var t told
	c, err := a.OpenCompany(ctx, info)
	if err == nil {
		if err = authorised(ctx, c); err == nil {
			t, err = e.work(ctx, c)
		}
		if closing := errors.Join(c.Close(), a.Close()); closing != nil {
			return closing
		}
	}
	if err != nil {
		t.Kind, t.Error = domain.KindOf(err), err.Error()
	}
	return json.NewEncoder(os.Stdout).Encode(t)
}

func (e invoiceErrand) work(ctx context.Context, c *app.Company) (t told, err error) {
	switch e.Do {
	case formalising:
		t.Moved, err = e.formalise(ctx, c)
	case settling:
		err = e.settle(ctx, c, &t)
	default:
		_, err = e.make(ctx, c)
	}
	return t, err
}

func (e invoiceErrand) settle(ctx context.Context, c *app.Company, t *told) error {
	made, err := e.make(ctx, c)
	if err != nil {
		return err
	}
	looked, err := c.LookUpInvoices(ctx)
	if err != nil {
		return err
	}
	t.Found = looked.Found
	if t.Freed, err = e.free(ctx, c); err != nil {
		return err
	}
	settings, err := c.Settings(ctx)
	if err != nil {
		return err
	}
	sent := 0
	if settings.AutoFormalise {
		if sent, err = e.formalise(ctx, c); err != nil {
			return err
		}
	}
	t.Moved = made.Drafted + made.Issued + made.Unknown + made.Rejected + made.Formalising + made.Adopted + made.Waiting +
		looked.Found + looked.Absent + looked.Lost + looked.StillUnknown + t.Freed + sent
	return nil
}

// make makes invoices as the company's settings want them.
func (e invoiceErrand) make(ctx context.Context, c *app.Company) (issuing.Outcome, error) {
	settings, err := c.Settings(ctx)
	if err != nil {
		return issuing.Outcome{}, err
	}
	r := issuing.Request{Wish: orders.WishDraft}
	if settings.AutoFormalise {
		r.Wish = orders.WishFormalise
	}
	for _, p := range e.Packages {
		r.Keys = append(r.Keys, orders.Key{Marketplace: "trendyol", Package: p})
	}
	w, err := c.StartInvoices(ctx, r)
	if err != nil {
		return issuing.Outcome{}, err
	}
	return e.watch(w)
}

// watch waits for the end of a run, and kills the process when its time has come.
func (e invoiceErrand) watch(w *issuing.Work) (issuing.Outcome, error) {
	const often = 50 * time.Microsecond
	look := time.NewTicker(often)
	defer look.Stop()
	for due := false; ; {
		if p := w.Progress(); e.Blow.Strikes && !due && p.Phase == e.Blow.Phase && p.Done >= e.Blow.Done {
			if due = true; e.Blow.After == 0 {
				errand{}.die()
			}
			time.AfterFunc(e.Blow.After, errand{}.die)
		}
		select {
		case <-look.C:
		case <-w.Done():
			return w.Outcome()
		}
	}
}

// formalise sends what is a checked draft, as a person does who presses for each.
func (e invoiceErrand) formalise(ctx context.Context, c *app.Company) (int, error) {
	checked, err := c.RecordsIn(ctx, invoicing.AttemptChecked)
	if err != nil {
		return 0, err
	}
	var ids []int64
	for _, r := range checked {
		if r.Cause != domain.KindRejected {
			ids = append(ids, r.ID)
		}
	}
	if len(ids) == 0 {
		return 0, nil
	}
	w, err := c.FormaliseInvoices(ctx, ids...)
	if err != nil {
		return 0, err
	}
	_, err = e.watch(w)
	return len(ids), err
}

// free lets be issued again what was looked for in vain.
func (e invoiceErrand) free(ctx context.Context, c *app.Company) (int, error) {
	lost, err := c.RecordsIn(ctx, invoicing.AttemptLost)
	if err != nil {
		return 0, err
	}
	for _, r := range lost {
		if err := c.FreeLost(ctx, r.ID); err != nil {
			return 0, err
		}
	}
	return len(lost), nil
}
