package issuing

import (
	"context"
	"slices"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/invoicing"
	"github.com/sopyo/sopyo-desktop/domain/orders"
)

// forgotten are the orders that do not wait and may be invoiced all the same: a restored file does not know of all that it
// has stored.
func (i *Invoices) forgotten(ctx context.Context, q *queue) ([]Examined, error) {
	behind, err := i.restored(ctx)
	if err != nil || !behind {
		return nil, err
	}
	all, err := i.co.Store.Uninvoiced(ctx)
	if err != nil {
		return nil, err
	}
	var left []Examined
	for _, k := range all {
		if slices.ContainsFunc(q.orders, func(e Examined) bool { return e.Kept.ID == k.ID }) {
			continue
		}
		if e := q.examine(k); e.Verdict.Stage == orders.StageReady {
			left = append(left, e)
		}
	}
	return left, nil
}

// catchUp looks through what is at İşbaşı if the file was restored, before anything else is done with it: whatever gives
// it its next serial hides that it is older than its marks.
func (i *Invoices) catchUp(ctx context.Context) error {
	behind, err := i.awaited(ctx)
	if err != nil || !behind {
		return err
	}
	q, err := i.queue(ctx)
	if err != nil {
		return err
	}
	return i.check(ctx, &Work{}, q)
}

// marked says that the file is up to date again: what was issued since the copy it was restored from is known now.
func (i *Invoices) marked(ctx context.Context) error {
	behind, err := i.awaited(ctx)
	if err != nil || !behind {
		return err
	}
	if err := i.forgetWishes(ctx); err != nil {
		return err
	}
	mark, _, err := i.co.Marks.LastMark(ctx)
	if err != nil {
		return err
	}
	return i.co.Store.RaiseSerial(ctx, mark)
}

// awaited tells whether the file was restored. KindUnavailable: what was under way when the copy came back may still arrive.
func (i *Invoices) awaited(ctx context.Context) (behind bool, err error) {
	if behind, err = i.restored(ctx); err != nil || !behind {
		return behind, err
	}
	_, at, err := i.co.Marks.LastMark(ctx)
	if err != nil {
		return behind, err
	}
	now := i.asOf()
	if i.behindSince.IsZero() {
		i.behindSince = now
	}
	if at.After(now) { // a clock was wrong, then or now
		at = i.behindSince
	}
	if now.Before(at.Add(i.co.Patience)) {
		err = domain.E(domain.KindUnavailable, "make invoices after a file was restored", nil)
	}
	return behind, err
}

// forgetWishes leaves to a person which drafts are formalised that a restored file knows of: some may have been sent.
func (i *Invoices) forgetWishes(ctx context.Context) error {
	left, err := i.co.Store.RecordsIn(ctx, invoicing.AttemptUnknown, invoicing.AttemptDrafted, invoicing.AttemptChecked, invoicing.AttemptMismatch, invoicing.AttemptFormalising)
	for _, r := range left {
		if r.Formalise && err == nil {
			r.Formalise = false
			_, err = i.co.Store.SaveRecord(ctx, r)
		}
	}
	return err
}

// takeBackForgotten deletes drafts of orders beside older invoices of them: in a restored file they may be its own, and then
// nobody else takes them back.
func (i *Invoices) takeBackForgotten(ctx context.Context, q *queue, list []Examined, day time.Time) error {
	behind, err := i.awaited(ctx)
	if err != nil || !behind {
		return err
	}
	seen, err := i.co.Store.SeenInvoices(ctx, day.AddDate(0, 0, -1))
	if err != nil {
		return err
	}
	for _, e := range list {
		t := invoicing.TokenOf(q.tenant, q.key(e.Kept.Key()))
		row, err := i.standing(ctx, seen, t)
		if err == nil && row != nil {
			err = i.deleteLater(ctx, seen, row.ID, t)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// deleteLater deletes the drafts with a token that are later than the invoice that stands.
func (i *Invoices) deleteLater(ctx context.Context, seen []Seen, stands domain.RemoteID, t invoicing.Token) error {
	for _, s := range seen {
		if s.Ours != 0 || s.Status != domain.EStatusDraft || number(s.ID) <= number(stands) || !slices.Contains(s.Tokens, t) {
			continue
		}
		err := i.co.Writer.DeleteDrafts(context.WithoutCancel(ctx), s.ID)
		switch domain.KindOf(err) {
		case "", domain.KindNotFound:
			if err := i.co.Store.SeeTokens(ctx, s.ID, nil); err != nil {
				return err
			}
		case domain.KindState: // it is none any more, and a person sees two
		default:
			return err
		}
	}
	return nil
}
