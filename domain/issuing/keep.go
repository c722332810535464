package issuing

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/invoicing"
	"github.com/sopyo/sopyo-desktop/domain/quota"
)

const (
	// lookEvery is how often is looked whether something is due, where nothing else is said.
	lookEvery = 15 * time.Second
	// longestRest is how long the queue rests at most before it is tried again.
	longestRest = 30 * time.Minute
	// forbiddenRest is how long it rests where the key lacks a right: Logo gives that, not time, and trying costs calls.
	forbiddenRest = 24 * time.Hour
	// rejectedRest is how long it rests at most where İşbaşı refuses in words of its own: a person mends that, and trying costs calls.
	rejectedRest = 6 * time.Hour
)

// KeepInvoicing works on the queue by itself until ctx ends: what was lost is looked for, what was sent is asked for, and
// what waits for a connection, the quota or a session goes on.
func (i *Invoices) KeepInvoicing(ctx context.Context) {
	tick := time.NewTicker(cmp.Or(i.co.LookEvery, lookEvery))
	defer tick.Stop()
	for {
		if err := i.keep(ctx); err != nil && ctx.Err() == nil {
			i.co.Log.WarnContext(ctx, "invoices wait", "kind", string(domain.KindOf(err)))
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// keep does what is due; that the program ends is nothing to be told.
func (i *Invoices) keep(ctx context.Context) error {
	_, err := i.InvoiceDue(ctx)
	if ctx.Err() != nil {
		return nil
	}
	return err
}

// InvoiceDue does what is due in the queue, waits for its end and tells what was done. When ctx ends it comes back at once, with
// KindCancelled: what is at work is interrupted when the company closes.
func (i *Invoices) InvoiceDue(ctx context.Context) (Outcome, error) {
	if w := i.Working(); w != nil && !closed(w.done) {
		return Outcome{}, nil
	}
	anew, err := i.asksAnew(ctx)
	if err != nil || i.resting(anew) {
		return Outcome{}, err
	}
	due, err := i.due(ctx)
	if err == nil && due {
		err = i.may(ctx, quota.Cost{Reads: 1})
	}
	if err != nil {
		i.rest(err, false)
		return Outcome{}, err
	}
	if !due {
		return Outcome{}, nil
	}
	w, err := i.begin(ctx, i.run)
	if err != nil {
		return Outcome{}, err
	}
	select {
	case <-w.done:
		return w.Outcome()
	case <-ctx.Done():
		return Outcome{}, domain.E(domain.KindCancelled, "issue what is due", ctx.Err())
	}
}

// asker is who asks İşbaşı: whoever signs in again, with another key, or says who the user is may have mended what it refused.
type asker struct {
	signedInAt time.Time
	user       string
}

// asksAnew tells whether somebody has signed in since it was asked last, or has named the user.
func (i *Invoices) asksAnew(ctx context.Context) (bool, error) {
	c, err := i.co.Store.Connection(ctx)
	if err != nil {
		return false, err
	}
	i.mu.Lock()
	defer i.mu.Unlock()
	before := i.asker
	i.asker = asker{c.SignedInAt, c.UserName}
	return i.asker != before, nil
}

// resting tells whether the queue goes on later, or only when a person says so. What İşbaşı refused to one who asked is not waited
// for when another one asks.
func (i *Invoices) resting(anew bool) bool {
	i.mu.Lock()
	defer i.mu.Unlock()
	kind := domain.KindOf(i.cause)
	mended := anew && (kind.AtSignIn() || kind == domain.KindForbidden)
	return i.held || i.co.Now().Before(i.goesOn) && !mended
}

// due tells whether there is something to do. What a restored file wants was wanted long ago: a person begins there.
func (i *Invoices) due(ctx context.Context) (bool, error) {
	behind, err := i.restored(ctx)
	i.mu.Lock()
	behind = behind && !i.begun
	i.mu.Unlock()
	if err != nil || behind {
		return false, err
	}
	if at, err := i.co.Store.HandedOver(ctx); err != nil || !at.IsZero() {
		return false, err
	}
	queued, err := i.co.Store.Queued(ctx)
	if err != nil || len(queued) > 0 {
		return err == nil, err
	}
	open, err := i.co.Store.RecordsIn(ctx, invoicing.AttemptIntent, invoicing.AttemptDrafted, invoicing.AttemptUnknown, invoicing.AttemptChecked,
		invoicing.AttemptFormalising, invoicing.AttemptDeleting)
	now := i.co.Now()
	return err == nil && slices.ContainsFunc(open, func(r invoicing.Record) bool { return i.dueAt(&r, now) }), err
}

// dueAt tells whether an attempt is to be looked after again: each time costs a read.
func (i *Invoices) dueAt(r *invoicing.Record, now time.Time) bool {
	asked := now.Sub(r.AskedAt)
	switch {
	case r.State == invoicing.AttemptIntent:
		return true
	case r.State == invoicing.AttemptChecked:
		return r.Formalise
	case asked < 0: // the clock was wrong
		return true
	}
	switch r.State {
	case invoicing.AttemptFormalising:
		return asked > waitFor(now.Sub(r.SentAt))
	case invoicing.AttemptUnknown:
		return now.Sub(r.MissedAt) > i.co.Patience && asked > max(i.co.Patience, waitFor(now.Sub(r.IntentAt)))
	default:
		return asked > waitFor(now.Sub(r.IntentAt))
	}
}

// waitFor is how long what has begun so long ago is not asked for again.
func waitFor(age time.Duration) time.Duration {
	return min(max(age/2, time.Minute), 6*time.Hour)
}

// rest says how long the queue rests after what has stopped it, be it a person.
func (i *Invoices) rest(err error, person bool) {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.held, i.cause = person, err
	if person || domain.KindOf(err) == domain.KindCancelled {
		i.rests, i.goesOn, i.cause = 0, time.Time{}, nil
		if person {
			i.cause = domain.E(domain.KindCancelled, "issue what is due", nil)
		}
		return
	}
	if err == nil {
		i.rests, i.goesOn = 0, time.Time{}
		return
	}
	i.rests++
	i.goesOn = i.co.Now().Add(restAfter(err, i.rests))
	if at, ok := quota.GoesOnAt(err); ok {
		i.goesOn = at
	}
}

// restAfter is how long the queue rests after it was stopped so often in a row.
func restAfter(err error, times int) time.Duration {
	const doublings = 10 // a minute becomes seventeen hours
	longest := longestRest
	switch domain.KindOf(err) {
	case domain.KindForbidden:
		return forbiddenRest
	case domain.KindRejected:
		longest = rejectedRest
	default:
	}
	return min(time.Minute<<min(times-1, doublings), longest)
}

// GoesOnAt tells when the queue goes on by itself, the zero time when nothing holds it up.
func (i *Invoices) GoesOnAt() time.Time {
	i.mu.Lock()
	defer i.mu.Unlock()
	return i.goesOn
}

// Hindrance is what holds the queue up, nil for nothing; KindCancelled: a person has stopped it.
func (i *Invoices) Hindrance() error {
	i.mu.Lock()
	defer i.mu.Unlock()
	return i.cause
}
