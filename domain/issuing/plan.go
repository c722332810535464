package issuing

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/invoicing"
	"github.com/sopyo/sopyo-desktop/domain/orders"
	"github.com/sopyo/sopyo-desktop/domain/quota"
)

// pageRows is how many invoices one read of the list gives.
const pageRows = 100

// PlanInvoices tells what a run would do now. It asks İşbaşı nothing.
func (i *Invoices) PlanInvoices(ctx context.Context, r Request) (Plan, error) {
	return i.plan(ctx, r, i.examine)
}

func (i *Invoices) plan(ctx context.Context, r Request, judge func(context.Context, []orders.Key) ([]Examined, error)) (Plan, error) {
	judged, err := judge(ctx, r.Keys)
	if err != nil {
		return Plan{}, err
	}
	p := Plan{Formalise: r.Wish == orders.WishFormalise}
	for _, e := range judged {
		switch {
		case e.goes(len(r.Keys) > 0):
			p.Ready = append(p.Ready, e)
			if number, ask := e.Case.Buyer.Askable(); ask && e.Case.Buyer.Registration == invoicing.RegistrationUnknown && !slices.Contains(p.Ask, number) {
				p.Ask = append(p.Ask, number)
			}
		case e.Verdict.Stage == orders.StageHeld:
			p.Held = append(p.Held, e)
		}
	}
	slices.SortStableFunc(p.Ready, byAge)
	if p.Restored, err = i.restored(ctx); err != nil {
		return p, err
	}
	if p.First, err = i.nothingFormalisedToday(ctx); err != nil {
		return p, err
	}
	p.Cost, err = i.cost(ctx, &p)
	return p, err
}

// byAge puts the older order before.
func byAge(x, y Examined) int {
	return cmp.Or(x.Kept.OrderedAt.Compare(y.Kept.OrderedAt), cmp.Compare(x.Kept.ID, y.Kept.ID))
}

// goes tells whether an order goes out: named, what İşbaşı has refused is tried again.
func (e *Examined) goes(named bool) bool {
	if e.Verdict.Stage == orders.StageReady {
		return true
	}
	return named && e.Verdict.Stage == orders.StageHeld && !slices.ContainsFunc(e.Verdict.Reasons, func(reason string) bool {
		return reason != ReasonRefused && reason != string(invoicing.HitRegistryUnknown)
	})
}

// cost is what a run over the plan costs as far as it is known.
func (i *Invoices) cost(ctx context.Context, p *Plan) (quota.Cost, error) {
	n := len(p.Ready)
	if n == 0 {
		return quota.Cost{}, nil
	}
	day := since(p.Ready)
	seen, err := i.co.Store.SeenInvoices(ctx, day.AddDate(0, 0, -1))
	if err != nil {
		return quota.Cost{}, err
	}
	newest := 1
	i.mu.Lock()
	if !i.swept.covers(day) { // once a program, all since the oldest of the orders
		newest += len(seen) / pageRows
	}
	i.mu.Unlock()
	back := (n + pageRows - 1) / pageRows
	c := quota.Cost{Reads: newest + len(p.Ask) + back, Writes: n}
	if p.Formalise {
		c.Reads, c.Writes = c.Reads+back, 2*n
	}
	c.Reads += len(candidates(seen, worths(p.Ready))) // of whose description nobody knows, and that may be one of these
	return c, nil
}

// since is the day before which none of the orders can have been invoiced; zero: nobody knows.
func since(list []Examined) time.Time {
	var first time.Time
	for n := range list {
		k := &list[n].Kept
		at := k.OrderedAt
		if at.IsZero() || at.After(k.AddedAt) {
			const longest = 60 * 24 * time.Hour // of an order that nobody has dated, or wrongly
			at = k.AddedAt.Add(-longest)
		}
		if day := k.Said.InvoiceDate; !day.IsZero() && day.Before(at) {
			at = day
		}
		if first.IsZero() || at.Before(first) {
			first = at
		}
	}
	return domain.Day(first)
}

// nothingFormalisedToday tells whether no invoice was sent since midnight in Istanbul.
func (i *Invoices) nothingFormalisedToday(ctx context.Context) (bool, error) {
	sent, err := i.co.Store.SentSince(ctx, domain.Day(i.co.Now()))
	return !sent, err
}

// restored tells whether the company's file is older than what is known of it elsewhere.
func (i *Invoices) restored(ctx context.Context) (bool, error) {
	mark, _, err := i.co.Marks.LastMark(ctx)
	if err != nil {
		return false, err
	}
	last, err := i.co.Store.LastSerial(ctx)
	return last < mark, err
}

// Standing is how a company's invoices stand.
type Standing struct {
	Settings invoicing.Settings
	Choices  domain.Settings
	Queued   int
	Unknown  int
	Drafts   int // at İşbaşı that are not formalised, be it that their totals differ
	Tasks    int // open
	Restored bool
	Usage    quota.Usage
	// FirstToday: nothing was formalised today yet.
	FirstToday bool
}

// InvoiceStanding tells it; it asks İşbaşı nothing.
func (i *Invoices) InvoiceStanding(ctx context.Context) (s Standing, err error) {
	if s.Settings, err = i.co.Store.InvoiceSettings(ctx); err != nil {
		return s, err
	}
	if s.Choices, err = i.co.Store.Settings(ctx); err != nil {
		return s, err
	}
	queued, err := i.co.Store.Queued(ctx)
	if err != nil {
		return s, err
	}
	open, err := i.co.Store.RecordsIn(ctx, invoicing.AttemptUnknown, invoicing.AttemptDrafted, invoicing.AttemptChecked, invoicing.AttemptMismatch)
	if err != nil {
		return s, err
	}
	for _, r := range open {
		if r.State == invoicing.AttemptUnknown {
			s.Unknown++
		} else {
			s.Drafts++
		}
	}
	tasks, err := i.co.Store.Tasks(ctx, false)
	if err != nil {
		return s, err
	}
	s.Queued, s.Tasks = len(queued), len(tasks)
	if s.Restored, err = i.restored(ctx); err != nil {
		return s, err
	}
	if s.FirstToday, err = i.nothingFormalisedToday(ctx); err != nil {
		return s, err
	}
	s.Usage, err = i.co.Spending.Usage(ctx)
	return s, err
}
