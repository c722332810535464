package issuing

import (
	"context"
	"slices"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/invoicing"
	"github.com/sopyo/sopyo-desktop/domain/orders"
	"github.com/sopyo/sopyo-desktop/domain/quota"
)

// FormaliseInvoices formalises drafts that were checked: they are read once more, sent, and read again. Errors as of
// StartInvoices; KindBusy: a run is at work, nothing was changed; KindState: one of them is no checked draft.
func (i *Invoices) FormaliseInvoices(ctx context.Context, ids ...int64) (*Work, error) {
	if w := i.Working(); w != nil && !closed(w.done) {
		return nil, domain.E(domain.KindBusy, "formalise invoices", nil)
	}
	if err := i.may(ctx, quota.Cost{Reads: 2, Writes: len(ids)}); err != nil {
		return nil, err
	}
	if err := i.wishFormalised(ctx, ids); err != nil {
		return nil, err
	}
	return i.begin(ctx, i.formalise)
}

func (i *Invoices) wishFormalised(ctx context.Context, ids []int64) error {
	ctx, end, err := i.act(ctx)
	if err != nil {
		return err
	}
	defer end()
	if err := i.catchUp(ctx); err != nil {
		return err
	}
	records := make([]invoicing.Record, len(ids))
	for n, id := range ids {
		var err error
		if records[n], err = i.co.Store.Record(ctx, id); err != nil {
			return err
		}
		if records[n].State != invoicing.AttemptChecked {
			return domain.E(domain.KindState, "formalise an invoice", nil)
		}
	}
	for _, r := range records {
		r.Formalise, r.Cause, r.Detail = true, "", ""
		if _, err := i.co.Store.SaveRecord(ctx, r); err != nil {
			return err
		}
	}
	return nil
}

// wished are the checked drafts that are to be formalised.
func (i *Invoices) wished(ctx context.Context) ([]invoicing.Record, error) {
	checked, err := i.co.Store.RecordsIn(ctx, invoicing.AttemptChecked)
	wished := checked[:0]
	for _, r := range checked {
		if r.Formalise {
			wished = append(wished, r)
		}
	}
	return wished, err
}

// fresh are those as İşbaşı has them now: what was read before this run may have been sent, changed or deleted since.
func (i *Invoices) fresh(ctx context.Context, w *Work) ([]invoicing.Record, error) {
	wished, err := i.wished(ctx)
	if err != nil {
		return nil, err
	}
	old := slices.DeleteFunc(slices.Clone(wished), func(r invoicing.Record) bool { return i.read[r.ID] })
	if len(old) == 0 {
		return wished, nil
	}
	w.enter(PhaseReading, len(old))
	if err := i.reread(ctx, old); err != nil {
		return nil, err
	}
	return i.wished(ctx)
}

// reread judges records by the list, and those that do not stand in it by themselves.
func (i *Invoices) reread(ctx context.Context, records []invoicing.Record) error {
	if err := i.seeSince(ctx, firstDay(records), oldest(records)); err != nil {
		return err
	}
	for _, r := range records {
		if ctx.Err() != nil {
			return stopped(nil)
		}
		if _, err := i.readOne(ctx, r); err != nil {
			return err
		}
	}
	return nil
}

// formalise sends the checked drafts that are to be, each once, and reads what has become of them: İşbaşı's answers do
// not tell (isbasi-api.md §6.3).
func (i *Invoices) formalise(ctx context.Context, w *Work) error {
	records, err := i.fresh(ctx, w)
	if err != nil {
		return err
	}
	sent := 0
	w.enter(PhaseFormalising, len(records))
	for _, r := range records {
		if ctx.Err() != nil {
			err = stopped(nil)
			break
		}
		var went bool
		if went, err = i.send(ctx, r); err != nil {
			break
		}
		if went {
			sent++
		}
		w.step(r.Buyer, func(*Outcome) {})
	}
	if sent == 0 {
		return err
	}
	return first(err, i.confirm(ctx, w))
}

// send sends one draft. An error ends the run: this one was not sent.
func (i *Invoices) send(ctx context.Context, r invoicing.Record) (went bool, err error) {
	wanted, err := i.stillWanted(ctx, r)
	if err != nil {
		return false, err
	}
	if !wanted {
		r.Formalise = false
		_, err := i.co.Store.SaveRecord(ctx, r)
		return false, err
	}
	r.State, r.SentAt = invoicing.AttemptFormalising, i.co.Now()
	if r, err = i.co.Store.SaveRecord(ctx, r); err != nil {
		return false, err
	}
	flight := context.WithoutCancel(ctx)
	if err := i.mark(ctx, r.SentAt); err != nil {
		return false, i.notSent(flight, r, err)
	}
	err = i.co.Writer.SendInvoice(flight, r.Remote)
	switch kind := domain.KindOf(err); kind {
	case "", domain.KindUnknown:
		r.Cause = kind
	case domain.KindRejected, domain.KindState, domain.KindNotFound:
		r.Cause, r.Detail = domain.KindRejected, detail(err)
	default:
		return false, i.notSent(flight, r, err)
	}
	_, err = i.co.Store.SaveRecord(flight, r)
	return true, err
}

// notSent makes a draft that was about to be sent a checked one again, that is to be sent. It gives why.
func (i *Invoices) notSent(ctx context.Context, r invoicing.Record, why error) error {
	r.State, r.SentAt, r.Cause, r.Detail = invoicing.AttemptChecked, time.Time{}, domain.KindOf(why), detail(why)
	if _, err := i.co.Store.SaveRecord(ctx, r); err != nil {
		return err
	}
	return why
}

// mark counts a sending as an act of its own: a copy of the file of before is known by that.
func (i *Invoices) mark(ctx context.Context, at time.Time) error {
	last, err := i.co.Store.LastSerial(ctx)
	if err != nil {
		return err
	}
	if err := i.co.Store.RaiseSerial(ctx, last+1); err != nil {
		return err
	}
	return i.co.Marks.SaveMark(ctx, last+1, at)
}

// stillWanted tells whether the order of a draft was not cancelled or changed since it was stored.
func (i *Invoices) stillWanted(ctx context.Context, r invoicing.Record) (bool, error) {
	if r.Changed != "" {
		return false, nil
	}
	kept, err := i.co.Store.Order(ctx, keyOf(r.Key))
	if domain.KindOf(err) == domain.KindNotFound { // an attempt of another program's order, that is not here
		return false, nil
	}
	return err == nil && kept.Status == orders.StatusOK, err
}

// confirmations is how often the states of what was sent are read before a run ends; later they are read by themselves.
const confirmations = 4

// confirm reads the states of what was sent until İşbaşı is done with all of it, a few times; once where the run is stopped.
func (i *Invoices) confirm(ctx context.Context, w *Work) error {
	flight := context.WithoutCancel(ctx)
	sent, err := i.co.Store.RecordsIn(flight, invoicing.AttemptFormalising)
	if err != nil || len(sent) == 0 {
		return err
	}
	w.enter(PhaseConfirming, len(sent))
	return first(i.await(ctx, sent), i.count(flight, w, sent))
}

// await reads the states until none of them is on its way.
func (i *Invoices) await(ctx context.Context, left []invoicing.Record) error {
	flight := context.WithoutCancel(ctx)
	for n := range confirmations {
		if n > 0 {
			if err := i.pause(ctx, n); err != nil {
				return err
			}
		}
		if err := i.reread(flight, left); err != nil {
			return err
		}
		var err error
		if left, err = i.co.Store.RecordsIn(flight, invoicing.AttemptFormalising); err != nil || len(left) == 0 {
			return err
		}
	}
	return nil
}

// count says what has become of what was sent.
func (i *Invoices) count(ctx context.Context, w *Work, sent []invoicing.Record) error {
	for _, r := range sent {
		after, err := i.co.Store.Record(ctx, r.ID)
		if err != nil {
			return err
		}
		w.step(after.Buyer, func(o *Outcome) {
			switch after.State {
			case invoicing.AttemptIssued, invoicing.AttemptDocumented:
				o.Issued++
			case invoicing.AttemptFormalising:
				o.Formalising++
			case invoicing.AttemptChecked:
				o.Rejected++
			default:
			}
		})
	}
	return nil
}
