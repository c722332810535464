package issuing

import (
	"context"
	"math"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/invoicing"
	"github.com/sopyo/sopyo-desktop/domain/quota"
)

// readBack holds every draft that was stored against what İşbaşı has made of it: by the list, a hundred a read; one that
// does not stand in the list by itself. What another program has stored of the same order meanwhile is found here too.
func (i *Invoices) readBack(ctx context.Context, w *Work) error {
	drafted, err := i.co.Store.RecordsIn(ctx, invoicing.AttemptDrafted)
	if err != nil || len(drafted) == 0 {
		return err
	}
	w.enter(PhaseReading, len(drafted))
	day := firstDay(drafted)
	if err := i.seeSince(ctx, day, oldest(drafted)); err != nil {
		return err
	}
	if err := i.readTokens(ctx, w, day, worthsOf(drafted)); err != nil {
		return err
	}
	seen, err := i.co.Store.SeenInvoices(ctx, day.AddDate(0, 0, -1))
	if err != nil {
		return err
	}
	w.enter(PhaseReading, len(drafted))
	for _, r := range drafted {
		if ctx.Err() != nil {
			return stopped(nil)
		}
		if other := older(seen, &r); other != nil {
			if err := i.yield(ctx, r, other.ID); err != nil {
				return err
			}
			w.step(r.Buyer, func(o *Outcome) {
				if o.Adopted++; w.drafted[r.ID] {
					o.Drafted--
				}
			})
			continue
		}
		after, err := i.readOne(ctx, r)
		if err != nil {
			return err
		}
		w.step(r.Buyer, func(o *Outcome) {
			if after.State == invoicing.AttemptMismatch {
				o.Mismatch++
			}
		})
	}
	return nil
}

// firstDay is that of the first of the invoices.
func firstDay(records []invoicing.Record) (day time.Time) {
	for _, r := range records {
		if day.IsZero() || r.Day().Before(day) {
			day = r.Day()
		}
	}
	return day
}

// oldest is the ID of the oldest of the invoices as a number; those that have none yet do not count.
func oldest(records []invoicing.Record) int64 {
	id := int64(math.MaxInt64)
	for _, r := range records {
		if r.Remote != "" {
			id = min(id, number(r.Remote))
		}
	}
	return id
}

// readOne judges an attempt by its row, if it was read just now, else by its invoice itself (one read).
func (i *Invoices) readOne(ctx context.Context, r invoicing.Record) (invoicing.Record, error) {
	row, err := i.look(ctx, r.Remote)
	switch domain.KindOf(err) {
	case "":
		return i.stand(ctx, r, row)
	case domain.KindNotFound:
		return i.missing(ctx, r)
	default:
		return r, err
	}
}

// missing judges an attempt whose invoice is not at İşbaşı: somebody has deleted the draft. What was sent cannot have been,
// and nobody knows where it is.
func (i *Invoices) missing(ctx context.Context, r invoicing.Record) (invoicing.Record, error) {
	if r.State != invoicing.AttemptFormalising || r.Cause == domain.KindRejected {
		return i.gone(ctx, r)
	}
	if err := i.co.Store.SeeTokens(ctx, r.Remote, nil); err != nil { // else it is found there again and again
		return r, err
	}
	r.State, r.Remote, r.Formalise, r.Cause = invoicing.AttemptUnknown, "", false, domain.KindNotFound
	r.Missed, r.MissedAt, r.AskedAt = 0, time.Time{}, i.co.Now()
	return i.co.Store.SaveRecord(ctx, r)
}

// gone ends an attempt whose draft is deleted: nothing is left to do, and its order can be invoiced again.
func (i *Invoices) gone(ctx context.Context, r invoicing.Record) (invoicing.Record, error) {
	r, err := i.ended(ctx, r)
	if err != nil {
		return r, err
	}
	return r, i.JudgeOrders(ctx, keyOf(r.Key))
}

// ended is gone without judging the order.
func (i *Invoices) ended(ctx context.Context, r invoicing.Record) (invoicing.Record, error) {
	r.State = invoicing.AttemptDeleted
	r, err := i.co.Store.SaveRecord(ctx, r)
	if err != nil {
		return r, err
	}
	return r, i.endTasks(ctx, r)
}

// yield deletes our draft of an order of which there is an older one: another program was faster. That one is ours then,
// and stays a draft until a person says more: whoever has stored it may have sent it just now.
func (i *Invoices) yield(ctx context.Context, r invoicing.Record, other domain.RemoteID) error {
	r.State, r.Formalise = invoicing.AttemptDeleting, false
	r, err := i.co.Store.SaveRecord(ctx, r)
	if err != nil {
		return err
	}
	err = i.co.Writer.DeleteDrafts(context.WithoutCancel(ctx), r.Remote)
	switch kind := domain.KindOf(err); kind {
	case "", domain.KindNotFound:
		r.Remote = other
	case domain.KindState, domain.KindRejected, domain.KindForbidden: // both stay, and a person says which one is to go
		r.Cause, r.Detail = kind, detail(err)
		delete(i.rows, r.Remote) // it may be no draft any more
	case domain.KindUnknown: // the next run judges it
		return nil
	default:
		return err // it stays "deleting", and is judged by the next run
	}
	_, err = i.readOne(ctx, r)
	return err
}

// ReadInvoice asks İşbaşı once more where an invoice stands (one read): a draft that was corrected there, one that was
// cancelled on its screen. KindState: nobody knows which one it is. Errors as of StartInvoices.
func (i *Invoices) ReadInvoice(ctx context.Context, id int64) (invoicing.Record, error) {
	if err := i.may(ctx, quota.Cost{Reads: 1}); err != nil {
		return invoicing.Record{}, err
	}
	ctx, end, err := i.act(ctx)
	if err != nil {
		return invoicing.Record{}, err
	}
	defer end()
	r, err := i.co.Store.Record(ctx, id)
	switch {
	case err != nil:
		return r, err
	case r.Remote == "" || !r.Stands():
		return r, domain.E(domain.KindState, "read an invoice", nil)
	}
	return i.readOne(quota.WithPurpose(ctx, quota.Invoicing), r)
}
