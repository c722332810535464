package issuing

import (
	"context"
	"slices"
	"strconv"
	"time"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/invoicing"
)

// check reads the newest invoices at İşbaşı, down to those that were seen before, and looks whether an order that is
// about to go out is among them already: issued by another program, by this one before its file was restored, or by
// an attempt whose answer was lost. It costs one read a page, and one for each invoice that agrees in date and total
// and whose token nobody has read yet (orders-invoices.md §5).
func (i *Invoices) check(ctx context.Context, w *Work, q *queue) error {
	w.enter(PhaseChecking, 0)
	day := since(q.orders)
	open, err := i.co.Store.RecordsIn(ctx, invoicing.AttemptUnknown, invoicing.AttemptFormalising, invoicing.AttemptDeleting)
	if err != nil {
		return err
	}
	if len(q.orders) == 0 && len(open) == 0 {
		return nil
	}
	for _, r := range open {
		if at := domain.Day(r.IntentAt).AddDate(0, 0, -1); day.IsZero() || at.Before(day) {
			day = at
		}
	}
	if err := i.seeNewest(ctx, day); err != nil {
		return err
	}
	if err := i.readTokens(ctx, w, day, append(worths(q.orders), worthsOf(open)...)); err != nil {
		return err
	}
	if err := i.settle(ctx, day, open); err != nil {
		return err
	}
	if err := i.adopt(ctx, w, q, day); err != nil {
		return err
	}
	if err := i.marked(ctx); err != nil {
		return err
	}
	_, latest, err := i.co.Store.LastSeen(ctx)
	q.latest = latest
	return err
}

// marked says that the file is up to date again: what was issued since the copy it was restored from is known now.
func (i *Invoices) marked(ctx context.Context) error {
	behind, err := i.restored(ctx)
	if err != nil || !behind {
		return err
	}
	mark, at, err := i.co.Marks.LastMark(ctx)
	if err != nil {
		return err
	}
	if i.co.Now().Before(at.Add(i.co.Patience)) { // what was under way when the copy came back may still arrive
		return domain.E(domain.KindUnavailable, "make invoices after a file was restored", nil)
	}
	if err := i.forgetWishes(ctx); err != nil {
		return err
	}
	return i.co.Store.RaiseSerial(ctx, mark)
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

// seeNewest stores the pages of İşbaşı's invoices since day, the newest first, down to what was seen before.
func (i *Invoices) seeNewest(ctx context.Context, day time.Time) error {
	last, _, err := i.co.Store.LastSeen(ctx)
	if err != nil {
		return err
	}
	return i.see(ctx, listSince(day), func(rows []domain.Invoice) bool {
		return slices.ContainsFunc(rows, func(r domain.Invoice) bool { return number(r.ID) <= last })
	})
}

// see stores pages until enough says so of one, or the list ends.
func (i *Invoices) see(ctx context.Context, q domain.ListQuery, enough func(rows []domain.Invoice) bool) error {
	for page, err := range i.co.Books.Invoices(ctx, q) {
		if err != nil {
			return err
		}
		if err := i.co.Store.SeeInvoices(ctx, page.Rows, i.co.Now()); err != nil {
			return err
		}
		for _, row := range page.Rows {
			i.rows[row.ID] = row
		}
		if enough(page.Rows) || ctx.Err() != nil {
			break
		}
	}
	if ctx.Err() != nil {
		return stopped(nil)
	}
	return nil
}

// listSince asks for invoices dated since day (zero: all), the newest first.
func listSince(day time.Time) domain.ListQuery {
	q := domain.ListQuery{Sort: "id", Desc: true}
	if !day.IsZero() {
		q.Filters = []domain.Filter{{Column: "date", Operator: domain.IsGreaterThanOrEqualTo, Value: isoDay(day)}}
	}
	return q
}

func isoDay(day time.Time) string { return day.In(domain.Istanbul).Format("2006-01-02T15:04:05") }

// number is an ID as a number, 0 for one that is none.
func number(id domain.RemoteID) int64 {
	n, err := strconv.ParseInt(string(id), 10, 64)
	if err != nil {
		return 0
	}
	return n
}

// worth is what an invoice must be of to be one of ours: a total, and no day before.
type worth struct {
	total decimal.Decimal
	day   time.Time
}

func worths(list []Examined) []worth {
	out := make([]worth, len(list))
	for n := range list {
		out[n] = worth{list[n].Answer.Total, since(list[n : n+1])}
	}
	return out
}

func worthsOf(records []invoicing.Record) []worth {
	out := make([]worth, len(records))
	for n, r := range records {
		out[n] = worth{r.Amounts.Total, r.Day()}
	}
	return out
}

// tolerance is by how much İşbaşı's total may differ from ours: its own rounding.
var tolerance = decimal.New(1, -2)

// candidates are the seen invoices that may be ours and whose description nobody has read.
func candidates(seen []Seen, of []worth) []Seen {
	var out []Seen
	for _, s := range seen {
		if s.Ours != 0 || s.Read || s.Cancelled || !s.Total.Valid {
			continue
		}
		if slices.ContainsFunc(of, func(w worth) bool {
			return !domain.Day(s.Date).Before(w.day.AddDate(0, 0, -1)) && s.Total.Decimal.Sub(w.total).Abs().LessThanOrEqual(tolerance)
		}) {
			out = append(out, s)
		}
	}
	return out
}

// readTokens reads the descriptions of the seen invoices that may be ours, once each.
func (i *Invoices) readTokens(ctx context.Context, w *Work, day time.Time, of []worth) error {
	seen, err := i.co.Store.SeenInvoices(ctx, day.AddDate(0, 0, -1))
	if err != nil {
		return err
	}
	unread := candidates(seen, of)
	w.update(func(p *Progress) { p.Of = len(unread) })
	for _, s := range unread {
		if ctx.Err() != nil {
			return stopped(nil)
		}
		if err := i.readToken(ctx, s.ID); err != nil {
			return err
		}
		w.step(s.Firm.Name, func(*Outcome) {})
	}
	return nil
}

func (i *Invoices) readToken(ctx context.Context, id domain.RemoteID) error {
	whole, err := i.co.Books.Invoice(ctx, id)
	if domain.KindOf(err) == domain.KindNotFound { // deleted since
		return i.co.Store.SeeTokens(ctx, id, nil)
	}
	if err != nil {
		return err
	}
	return i.co.Store.SeeTokens(ctx, id, invoicing.FindTokens(whole.Description))
}

// adopt makes attempts of invoices at İşbaşı that have the token of an order about to go out, and takes those orders
// from the queue. They stay drafts until a person says more: whoever has stored them may have sent them just now.
func (i *Invoices) adopt(ctx context.Context, w *Work, q *queue, day time.Time) error {
	seen, err := i.co.Store.SeenInvoices(ctx, day.AddDate(0, 0, -1))
	if err != nil {
		return err
	}
	left := q.orders[:0]
	for _, e := range q.orders {
		found := withToken(seen, invoicing.TokenOf(q.tenant, q.key(e.Kept.Key())))
		if found == nil {
			left = append(left, e)
			continue
		}
		r, err := i.co.Store.Begin(ctx, i.recordOf(&e, false))
		if err != nil {
			return err
		}
		r.Remote = found.ID
		if _, err := i.readOne(ctx, r); err != nil {
			return err
		}
		w.update(func(p *Progress) { p.Outcome.Adopted++ })
	}
	q.orders = left
	return nil
}

// withToken gives the oldest invoice that has a token and is no attempt's of ours; nil: none.
func withToken(seen []Seen, t invoicing.Token) *Seen {
	var found *Seen
	for n := range seen {
		s := &seen[n]
		if s.Ours == 0 && !s.Cancelled && slices.Contains(s.Tokens, t) && (found == nil || number(s.ID) < number(found.ID)) {
			found = s
		}
	}
	return found
}

// settle judges by what was seen what has become of open attempts.
func (i *Invoices) settle(ctx context.Context, day time.Time, open []invoicing.Record) error {
	if len(open) == 0 {
		return nil
	}
	seen, err := i.co.Store.SeenInvoices(ctx, day.AddDate(0, 0, -1))
	if err != nil {
		return err
	}
	for _, r := range open {
		if r.State == invoicing.AttemptDeleting {
			if err := i.resumeDelete(ctx, r, seen); err != nil {
				return err
			}
			continue
		}
		if r.Remote == "" {
			found := withToken(seen, r.Token)
			if found == nil {
				continue
			}
			r.Remote = found.ID
		}
		if _, err := i.readOne(ctx, r); err != nil {
			return err
		}
	}
	return nil
}
