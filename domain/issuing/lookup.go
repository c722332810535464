package issuing

import (
	"context"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/invoicing"
	"github.com/sopyo/sopyo-desktop/domain/quota"
)

const (
	// mostDetails is how many invoices a look-up reads one by one before a person is told what more would cost.
	mostDetails = 20
	// misses is how many complete look-ups have to miss an attempt before it counts as lost.
	misses = 2
)

// LookUpCost tells how many attempts are to be looked up, and what that costs at least.
func (i *Invoices) LookUpCost(ctx context.Context) (n int, c quota.Cost, err error) {
	open, err := i.lostSight(ctx)
	if err != nil || len(open) == 0 {
		return 0, quota.Cost{}, err
	}
	seen, err := i.co.Store.SeenInvoices(ctx, lookFrom(open))
	return len(open), quota.Cost{Reads: 1 + min(mostDetails, len(candidates(seen, worthsOf(open))))}, err
}

// lostSight are the attempts of which nobody knows what has become.
func (i *Invoices) lostSight(ctx context.Context) ([]invoicing.Record, error) {
	return i.co.Store.RecordsIn(ctx, invoicing.AttemptUnknown, invoicing.AttemptDeleting)
}

// lookFrom is the day from which on the invoices of attempts are looked for.
func lookFrom(open []invoicing.Record) time.Time {
	var day time.Time
	for _, r := range open {
		for _, at := range []time.Time{domain.Day(r.IntentAt), r.Day()} {
			if day.IsZero() || at.Before(day) {
				day = at
			}
		}
	}
	return day.AddDate(0, 0, -1)
}

// LookUpInvoices looks for what has become of attempts of which nobody knows: by date and total in the list, then by the
// token in the description (orders-invoices.md §5). Errors as of StartInvoices.
func (i *Invoices) LookUpInvoices(ctx context.Context) (Looked, error) {
	if err := i.may(ctx, quota.Cost{Reads: 1}); err != nil {
		return Looked{}, err
	}
	ctx, end, err := i.act(ctx)
	if err != nil {
		return Looked{}, err
	}
	defer end()
	ctx = quota.WithPurpose(ctx, quota.Invoicing)
	if err := i.loseIntents(ctx); err != nil {
		return Looked{}, err
	}
	before, err := i.co.Spending.Usage(ctx)
	if err != nil {
		return Looked{}, err
	}
	l, err := i.lookUp(ctx, true)
	if err != nil {
		return l, err
	}
	after, err := i.co.Spending.Usage(ctx)
	l.Spent = spent(before, after)
	return l, err
}

// lookUp looks for all at once. What is not found counts as missed only when everything was looked at that it can be; by
// itself it looks at nothing where that is more than a look-up may read.
func (i *Invoices) lookUp(ctx context.Context, person bool) (Looked, error) {
	open, err := i.lostSight(ctx)
	if err != nil || len(open) == 0 {
		return Looked{}, err
	}
	from := lookFrom(open)
	if err := i.see(ctx, listSince(from), beyond); err != nil {
		return Looked{}, err
	}
	complete, err := i.lookInto(ctx, from, worthsOf(open), person)
	if err != nil {
		return Looked{}, err
	}
	if err := i.settle(ctx, from, open, complete); err != nil {
		return Looked{}, err
	}
	var l Looked
	for _, r := range open {
		after, err := i.co.Store.Record(ctx, r.ID)
		if err != nil {
			return l, err
		}
		switch after.State {
		case invoicing.AttemptUnknown:
		case invoicing.AttemptDeleting:
			l.StillUnknown++
			continue
		default:
			l.Found++
			continue
		}
		if after, err = i.missed(ctx, after, complete); err != nil {
			return l, err
		}
		switch {
		case after.State == invoicing.AttemptLost:
			l.Lost++
		case after.Missed > r.Missed:
			l.Absent++
		default:
			l.StillUnknown++
		}
	}
	return l, nil
}

// lookInto reads the descriptions of the candidates, and tells whether that was all of them.
func (i *Invoices) lookInto(ctx context.Context, from time.Time, of []worth, person bool) (complete bool, err error) {
	seen, err := i.co.Store.SeenInvoices(ctx, from)
	if err != nil {
		return false, err
	}
	unread := candidates(seen, of)
	if len(unread) > mostDetails && !person {
		return false, nil
	}
	for n, s := range unread {
		if n == mostDetails {
			return false, nil
		}
		if ctx.Err() != nil {
			return false, stopped(nil)
		}
		if err := i.readToken(ctx, s.ID); err != nil {
			return false, err
		}
	}
	return true, nil
}

// missed counts a look-up that has not found an attempt. Those that follow one another closely count once: what was lost
// on the way may still arrive.
func (i *Invoices) missed(ctx context.Context, r invoicing.Record, complete bool) (invoicing.Record, error) {
	now := i.listed
	r.AskedAt = now
	if r.MissedAt.After(now) { // the clock was wrong
		r.MissedAt = now
	}
	if !complete || !r.MissedAt.IsZero() && now.Sub(r.MissedAt) < i.co.Patience {
		return i.co.Store.SaveRecord(ctx, r)
	}
	r.Missed, r.MissedAt = r.Missed+1, now
	if r.Missed >= misses {
		r.State = invoicing.AttemptLost
	}
	r, err := i.co.Store.SaveRecord(ctx, r)
	if err != nil || r.State != invoicing.AttemptLost {
		return r, err
	}
	return r, i.JudgeOrders(ctx, keyOf(r.Key)) // it waits for a person's word from now on
}
