package issuing

import (
	"context"
	"errors"
	"math"
	"slices"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/invoicing"
	"github.com/sopyo/sopyo-desktop/domain/orders"
)

// ask asks the revenue administration about the numbers of the queue that it was not asked about in the last 24 hours. A
// number that it does not answer for keeps its orders here; unasked says why nothing more was asked, the other orders go.
func (i *Invoices) ask(ctx context.Context, w *Work, q *queue) (unasked, err error) {
	var numbers []string
	for n := range q.orders {
		e := &q.orders[n]
		number, ask := e.Case.Buyer.Askable()
		if ask && e.Case.Buyer.Registration == invoicing.RegistrationUnknown && e.goes(true) && !slices.Contains(numbers, number) {
			numbers = append(numbers, number)
		}
	}
	w.enter(PhaseAsking, len(numbers))
	for _, number := range numbers {
		if ctx.Err() != nil {
			return nil, stopped(nil)
		}
		t, err := i.co.Books.Taxpayer(ctx, number)
		switch domain.KindOf(err) {
		case "":
			t.Number = number
			q.taxpayer[number] = t.Registered
			if err := i.co.Store.SaveTaxpayer(ctx, t, i.co.Now()); err != nil {
				return nil, err
			}
		case domain.KindForbidden: // the key may not ask, whatever the number
			return err, nil
		case domain.KindUnavailable, domain.KindRejected, domain.KindBadAnswer: // not answered
		default:
			return nil, err
		}
		w.step(t.Title, func(*Outcome) {})
	}
	return nil, nil
}

// mostUnknown is after how many lost answers in a row a run rests: İşbaşı is not well.
const mostUnknown = 3

// issue stores a draft for each order of the queue, one at a time.
func (i *Invoices) issue(ctx context.Context, w *Work, q *queue) error {
	w.enter(PhaseDrafting, len(q.orders))
	lost := 0
	for n := range q.orders {
		if ctx.Err() != nil {
			return stopped(nil)
		}
		r, went, err := i.issueOne(ctx, w, q, q.orders[n].Kept.Key())
		if !went {
			if err != nil {
				return err
			}
			continue
		}
		w.step(r.Buyer, func(o *Outcome) {
			switch r.State {
			case invoicing.AttemptDrafted:
				o.Drafted++
				w.drafted[r.ID] = true
			case invoicing.AttemptUnknown:
				o.Unknown++
				w.lost[r.ID] = true
			case invoicing.AttemptRejected:
				if err == nil {
					o.Rejected++
				}
			default:
			}
		})
		if err != nil {
			return err
		}
		if r.State != invoicing.AttemptUnknown {
			lost = 0
		} else if lost++; lost == mostUnknown {
			return domain.E(domain.KindUnavailable, "store drafts", nil)
		}
	}
	return nil
}

// issueOne stores the draft of an order of the queue, as it is now: a run takes a while, and meanwhile people correct
// orders, hold them back or drop them, and files are read. went: it was tried.
func (i *Invoices) issueOne(ctx context.Context, w *Work, q *queue, k orders.Key) (r invoicing.Record, went bool, err error) {
	e, r, err := i.intend(ctx, q, k)
	switch {
	case domain.KindOf(err) == domain.KindBusy, err == nil && e != nil && r.ID == 0: // somebody was faster, or it is held
		return r, false, i.keepHere(ctx, w, e)
	case err != nil || e == nil:
		return r, false, err
	}
	r, err = i.store(ctx, q, e, r)
	return r, true, err
}

// intend begins the attempt of an order, if it goes out. e = nil: it does not wait any more.
func (i *Invoices) intend(ctx context.Context, q *queue, k orders.Key) (e *Examined, r invoicing.Record, err error) {
	i.saying.Lock()
	defer i.saying.Unlock()
	kept, err := i.co.Store.Order(ctx, k)
	if domain.KindOf(err) == domain.KindNotFound {
		return nil, r, nil
	}
	if err != nil || kept.Verdict.Queued == orders.WishNothing {
		return nil, r, err
	}
	q.now = i.co.Now() // a run may go on past midnight
	judged := q.examine(kept)
	if !judged.goes(true) || len(judged.Answer.Gate) > 0 {
		return &judged, r, nil
	}
	r = i.recordOf(&judged, kept.Verdict.Queued == orders.WishFormalise)
	r.Draft.Description = invoicing.WithNonce(r.Draft.Description, r.Token, invoicing.NewNonce())
	r, err = i.co.Store.Begin(ctx, r)
	return &judged, r, err
}

// keepHere takes an order out of the queue that may not go out.
func (i *Invoices) keepHere(ctx context.Context, w *Work, e *Examined) error {
	e.Verdict.Queued = orders.WishNothing
	if len(e.Answer.Gate) > 0 {
		e.Verdict.Stage = orders.StageHeld
	}
	if err := i.co.Store.Enqueue(ctx, orders.WishNothing, e.Kept.ID); err != nil {
		return err
	}
	w.step(buyerName(e), func(o *Outcome) { o.Held++ })
	return i.co.Store.SaveVerdicts(ctx, map[int64]orders.Verdict{e.Kept.ID: e.Verdict})
}

// recordOf makes the attempt to invoice an order.
func (i *Invoices) recordOf(e *Examined, formalise bool) invoicing.Record {
	lines := make([]string, 0, len(e.Case.Lines))
	for _, l := range e.Case.Lines {
		if l.ID != "" {
			lines = append(lines, l.ID)
		}
	}
	return invoicing.Record{
		Attempt: invoicing.Attempt{Key: e.Case.Key, State: invoicing.AttemptIntent, Fingerprint: e.Case.Fingerprint, Lines: lines},
		Order:   e.Kept.ID, Token: firstToken(e.Draft.Description), Draft: e.Draft, Amounts: e.Answer.Amounts,
		Kind: e.Case.Buyer.Kind(), TaxNumber: e.Draft.Customer.TaxNumber, Buyer: buyerName(e), Formalise: formalise, IntentAt: i.co.Now(),
	}
}

func firstToken(description string) invoicing.Token {
	if t := invoicing.FindTokens(description); len(t) > 0 {
		return t[0]
	}
	return ""
}

func buyerName(e *Examined) string {
	b := &e.Case.Buyer
	if b.Personal() {
		return b.First + " " + b.Last
	}
	return b.Name
}

// store stores one draft whose intent is stored: the call, then what it has answered, in the moment it is known. An error
// is one that ends the run: nothing was stored at İşbaşı, and the order waits on.
func (i *Invoices) store(ctx context.Context, q *queue, e *Examined, r invoicing.Record) (invoicing.Record, error) {
	wish := e.Kept.Verdict.Queued
	if err := i.co.Marks.SaveMark(ctx, r.Serial, r.IntentAt); err != nil {
		return r, i.unsent(ctx, r, wish, err)
	}
	// What is on its way is not cut off: a stop waits for the answer.
	flight := context.WithoutCancel(ctx)
	stored, err := i.co.Writer.CreateDraft(flight, r.Draft)
	switch kind := domain.KindOf(err); kind {
	case "":
		r.State, r.Remote, r.UUID, r.Number = invoicing.AttemptDrafted, stored.ID, stored.UUID, stored.Number
	case domain.KindUnknown: // from now on it may arrive, however long the call took: a machine may have slept meanwhile
		r.State, r.Cause, r.Remote, r.IntentAt = invoicing.AttemptUnknown, kind, stored.ID, i.co.Now()
	case domain.KindRejected, domain.KindState, domain.KindNotFound, domain.KindInvalid:
		r.State, r.Cause, r.Detail = invoicing.AttemptRejected, domain.KindRejected, detail(err)
		if late := new(domain.DateOrderError); errors.As(err, &late) {
			r.Cause = domain.KindState // it goes by itself on another day
			if err := i.seeSince(flight, domain.Day(r.Draft.Date), math.MaxInt64); err != nil {
				i.co.Log.WarnContext(ctx, "the newest invoices cannot be read", "kind", string(domain.KindOf(err)))
			}
			q.latest[r.Kind] = late.Latest
		}
	default: // nothing was sent: no connection, no quota, no session, no right
		return r, i.unsent(flight, r, wish, err)
	}
	if r, err = i.co.Store.SaveRecord(flight, r); err != nil {
		return r, err
	}
	if r.State == invoicing.AttemptUnknown {
		if err := i.co.Marks.SaveMark(flight, r.Serial, r.IntentAt); err != nil {
			return r, err
		}
	}
	q.learn(r.Attempt)
	if r.State == invoicing.AttemptDrafted {
		return r, nil
	}
	if r.State == invoicing.AttemptRejected {
		q.refused[e.Kept.Key()] = r
	}
	again := q.examine(e.Kept) // it is held by what became of it
	again.Verdict.Queued = orders.WishNothing
	return r, i.co.Store.SaveVerdicts(flight, map[int64]orders.Verdict{e.Kept.ID: again.Verdict})
}

// unsent takes an attempt back that was not sent; its order waits on. It gives why.
func (i *Invoices) unsent(ctx context.Context, r invoicing.Record, wish orders.Wish, why error) error {
	ctx = context.WithoutCancel(ctx)
	r.State, r.Cause, r.Detail = invoicing.AttemptDeleted, domain.KindOf(why), detail(why)
	if _, err := i.co.Store.SaveRecord(ctx, r); err != nil {
		return err
	}
	if err := i.co.Store.Enqueue(ctx, wish, r.Order); err != nil {
		return err
	}
	return why
}

// detail is what İşbaşı has said, "" for nothing.
func detail(err error) string {
	if e := new(domain.Error); errors.As(err, &e) {
		return e.Detail
	}
	return ""
}
