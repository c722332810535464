package issuing

import (
	"context"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/invoicing"
	"github.com/sopyo/sopyo-desktop/domain/orders"
	"github.com/sopyo/sopyo-desktop/domain/quota"
)

// FormaliseInvoices formalises drafts that were checked: they are read once more, sent, and read again. Errors as of
// StartInvoices; KindState: one of them is no checked draft.
func (i *Invoices) FormaliseInvoices(ctx context.Context, ids ...int64) (*Work, error) {
	if err := i.may(ctx, quota.Cost{Reads: 2, Writes: len(ids)}); err != nil {
		return nil, err
	}
	if err := i.wishFormalised(ctx, ids); err != nil {
		return nil, err
	}
	return i.begin(ctx, func(ctx context.Context, w *Work) error {
		w.enter(PhaseReading, len(ids))
		records, err := i.wished(ctx)
		if err != nil || len(records) == 0 {
			return err
		}
		if err := i.reread(ctx, records); err != nil {
			return err
		}
		return i.formalise(ctx, w)
	})
}

func (i *Invoices) wishFormalised(ctx context.Context, ids []int64) error {
	i.acting.Lock()
	defer i.acting.Unlock()
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

// reread judges records by the list, and those that do not stand in it by themselves.
func (i *Invoices) reread(ctx context.Context, records []invoicing.Record) error {
	day, err := i.seeAll(ctx, records)
	if err != nil {
		return err
	}
	seen, err := i.co.Store.SeenInvoices(ctx, day.AddDate(0, 0, -1))
	if err != nil {
		return err
	}
	for _, r := range records {
		if ctx.Err() != nil {
			return stopped(nil)
		}
		if _, err := i.readOne(ctx, r, withID(seen, r.Remote)); err != nil {
			return err
		}
	}
	return nil
}

// formalise sends the checked drafts that are to be, each once, and reads what has become of them: İşbaşı's answers do
// not tell (isbasi-api.md §6.3).
func (i *Invoices) formalise(ctx context.Context, w *Work) error {
	records, err := i.wished(ctx)
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
	return first(err, i.confirm(context.WithoutCancel(ctx), w))
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
	err = i.co.Writer.SendInvoice(flight, r.Remote)
	switch kind := domain.KindOf(err); kind {
	case "", domain.KindUnknown:
		r.Cause = kind
	case domain.KindRejected, domain.KindState, domain.KindNotFound:
		r.Cause, r.Detail = domain.KindRejected, detail(err)
	default:
		r.State, r.Cause = invoicing.AttemptChecked, kind
		if _, saved := i.co.Store.SaveRecord(flight, r); saved != nil {
			return false, saved
		}
		return false, err
	}
	_, err = i.co.Store.SaveRecord(flight, r)
	return true, err
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

// confirm reads the states of what was sent until İşbaşı is done with all of it, a few times.
func (i *Invoices) confirm(ctx context.Context, w *Work) error {
	sent, err := i.co.Store.RecordsIn(ctx, invoicing.AttemptFormalising)
	if err != nil || len(sent) == 0 {
		return err
	}
	w.enter(PhaseConfirming, len(sent))
	defer func() { i.count(context.WithoutCancel(ctx), w, sent) }()
	for n := range confirmations {
		if n > 0 {
			if err := i.pause(ctx, n); err != nil {
				return err
			}
		}
		left, err := i.co.Store.RecordsIn(ctx, invoicing.AttemptFormalising)
		if err != nil || len(left) == 0 {
			return err
		}
		if err := i.reread(ctx, left); err != nil {
			return err
		}
	}
	return nil
}

// count says what has become of what was sent.
func (i *Invoices) count(ctx context.Context, w *Work, sent []invoicing.Record) {
	for _, r := range sent {
		after, err := i.co.Store.Record(ctx, r.ID)
		if err != nil {
			continue
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
}
