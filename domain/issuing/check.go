package issuing

import (
	"context"
	"math"
	"slices"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/invoicing"
)

// check reads the newest invoices at İşbaşı, down to those that were seen before, and looks whether an order that is
// about to go out is among them already: issued by another program, by this one before its file was restored, or by
// an attempt whose answer was lost. It costs one read a page, and one for each invoice that agrees in date, and in total or
// buyer, and whose token nobody has read yet (orders-invoices.md §5).
func (i *Invoices) check(ctx context.Context, w *Work, q *queue) error {
	w.enter(PhaseChecking, 0)
	forgotten, err := i.forgotten(ctx, q)
	if err != nil {
		return err
	}
	list := slices.Concat(q.orders, forgotten)
	day := since(list)
	open, err := i.co.Store.RecordsIn(ctx, invoicing.AttemptUnknown, invoicing.AttemptFormalising, invoicing.AttemptDeleting)
	if err != nil {
		return err
	}
	if len(list) == 0 && len(open) == 0 {
		return i.marked(ctx) // nothing goes out that could be there
	}
	down := int64(math.MaxInt64)
	if len(open) > 0 {
		if from := lookFrom(open); day.IsZero() || from.Before(day) {
			day = from
		}
		down = oldest(open)
	}
	if err := i.seeSince(ctx, day, down); err != nil {
		return err
	}
	if err := i.readTokens(ctx, w, day, worths(list)); err != nil {
		return err
	}
	if err := i.notice(ctx); err != nil {
		return err
	}
	if err := i.settle(ctx, day, open, false); err != nil {
		return err
	}
	if err := i.takeBackForgotten(ctx, q, list, day); err != nil {
		return err
	}
	if err := i.marked(ctx); err != nil { // before an attempt begins, whose serial would hide it
		return err
	}
	if q.orders, err = i.adopt(ctx, w, q, q.orders, day); err != nil {
		return err
	}
	if _, err := i.adopt(ctx, w, q, forgotten, day); err != nil {
		return err
	}
	q.latest, err = i.latest(ctx)
	return err
}

// latest gives when the newest invoice of each kind is dated, as far as it was seen.
func (i *Invoices) latest(ctx context.Context) (map[domain.InvoiceKind]time.Time, error) {
	_, latest, err := i.co.Store.LastSeen(ctx)
	if latest == nil {
		latest = map[domain.InvoiceKind]time.Time{}
	}
	return latest, err
}

// adopt makes attempts of invoices at İşbaşı that have the token of an order about to go out, and gives the orders that are
// left. They stay drafts until a person says more: whoever has stored them may have sent them just now.
func (i *Invoices) adopt(ctx context.Context, w *Work, q *queue, list []Examined, day time.Time) (left []Examined, err error) {
	seen, err := i.co.Store.SeenInvoices(ctx, day.AddDate(0, 0, -1))
	if err != nil {
		return nil, err
	}
	for _, e := range list {
		row, err := i.standing(ctx, seen, invoicing.TokenOf(q.tenant, q.key(e.Kept.Key())))
		if err != nil {
			return nil, err
		}
		if row == nil {
			left = append(left, e)
			continue
		}
		r := i.recordOf(&e, false)
		r.Draft.Date = row.Date
		if r, err = i.co.Store.Begin(ctx, r); domain.KindOf(err) == domain.KindBusy { // its attempt is looked for
			left = append(left, e)
			continue
		}
		if err != nil {
			return nil, err
		}
		q.learn(r.Attempt)
		if _, err := i.stand(ctx, r, *row); err != nil {
			return nil, err
		}
		w.update(func(p *Progress) { p.Outcome.Adopted++ })
	}
	return left, nil
}
