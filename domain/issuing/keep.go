package issuing

import (
	"context"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/invoicing"
	"github.com/sopyo/sopyo-desktop/domain/quota"
)

const (
	// lookEvery is how often is looked whether something is due.
	lookEvery = 15 * time.Second
	// longestRest is how long the queue rests at most before it is tried again.
	longestRest = 30 * time.Minute
)

// KeepInvoicing works on the queue by itself until ctx ends: what was lost is looked for, what was sent is asked for, and
// what waits for a connection, the quota or a session goes on.
func (i *Invoices) KeepInvoicing(ctx context.Context) {
	tick := time.NewTicker(lookEvery)
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

// keep begins what is due.
func (i *Invoices) keep(ctx context.Context) error {
	if w := i.Working(); w != nil && !closed(w.done) || i.co.Now().Before(i.GoesOnAt()) {
		return nil
	}
	due, err := i.due(ctx)
	if err != nil || due == nil {
		return err
	}
	if err := i.may(ctx, quota.Cost{Reads: 1}); err != nil {
		i.rest(err)
		return err
	}
	w, err := i.begin(ctx, due)
	if err != nil {
		return err
	}
	select {
	case <-w.done:
	case <-ctx.Done():
		return nil
	}
	_, err = w.Outcome()
	i.rest(err)
	return err
}

// due gives what there is to do, nil for nothing.
func (i *Invoices) due(ctx context.Context) (func(context.Context, *Work) error, error) {
	queued, err := i.co.Store.Queued(ctx)
	if err != nil {
		return nil, err
	}
	open, err := i.co.Store.RecordsIn(ctx, invoicing.AttemptIntent, invoicing.AttemptDrafted, invoicing.AttemptUnknown, invoicing.AttemptFormalising, invoicing.AttemptDeleting)
	if err != nil {
		return nil, err
	}
	now := i.co.Now()
	for _, r := range open {
		switch {
		case r.State != invoicing.AttemptFormalising && r.State != invoicing.AttemptUnknown:
			queued = append(queued, Queued{Key: keyOf(r.Key)})
		case r.State == invoicing.AttemptFormalising && now.Sub(r.AskedAt) > waitFor(now.Sub(r.SentAt)):
			queued = append(queued, Queued{Key: keyOf(r.Key)})
		case r.State == invoicing.AttemptUnknown && now.Sub(r.MissedAt) > i.co.Patience:
			queued = append(queued, Queued{Key: keyOf(r.Key)})
		}
	}
	if len(queued) == 0 {
		return nil, nil
	}
	return func(ctx context.Context, w *Work) error { return i.run(ctx, w, false) }, nil
}

// waitFor is how long what was sent so long ago is not asked for again: each time costs a read.
func waitFor(age time.Duration) time.Duration {
	return min(max(age/2, time.Minute), 6*time.Hour)
}

// rest says how long the queue rests after what has stopped it.
func (i *Invoices) rest(err error) {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.cause = domain.KindOf(err)
	if err == nil || i.cause == domain.KindCancelled {
		i.rests, i.goesOn, i.cause = 0, time.Time{}, ""
		return
	}
	i.rests++
	i.goesOn = i.co.Now().Add(min(time.Minute<<min(i.rests-1, 5), longestRest))
	if at, ok := quota.GoesOnAt(err); ok {
		i.goesOn = at
	}
}

// GoesOnAt tells when the queue goes on by itself, the zero time when nothing holds it up.
func (i *Invoices) GoesOnAt() time.Time {
	i.mu.Lock()
	defer i.mu.Unlock()
	return i.goesOn
}

// Hindrance tells what holds the queue up, "" for nothing.
func (i *Invoices) Hindrance() domain.Kind {
	i.mu.Lock()
	defer i.mu.Unlock()
	return i.cause
}
