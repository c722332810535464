package issuing

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/invoicing"
	"github.com/sopyo/sopyo-desktop/domain/orders"
)

// The program's file, as Store.

var errStore = domain.E(domain.KindFile, "the file", nil)

// storing counts a call of the store, and fails the one that is to fail.
func (p *program) storing(method string) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.storeCalls++
	if p.failAt == 0 || p.storeCalls != p.failAt {
		return nil
	}
	p.failed = method
	return errStore
}

func (p *program) Order(_ context.Context, k orders.Key) (orders.Kept, error) {
	if err := p.storing("Order"); err != nil {
		return orders.Kept{}, err
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, o := range p.kept {
		if o.Key() == k {
			return o, nil
		}
	}
	return orders.Kept{}, domain.E(domain.KindNotFound, "order", nil)
}

func (p *program) Uninvoiced(_ context.Context, keys ...orders.Key) ([]orders.Kept, error) {
	if err := p.storing("Uninvoiced"); err != nil {
		return nil, err
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	var out []orders.Kept
	stands := map[orders.Key]bool{}
	for n := range p.records {
		if r := &p.records[n]; r.Stands() {
			stands[keyOf(r.Key)] = true
		}
	}
	for n := range p.kept {
		o := &p.kept[n]
		if !o.Said.Never && !stands[o.Key()] && (len(keys) == 0 || slices.Contains(keys, o.Key())) {
			out = append(out, *o)
		}
	}
	return out, nil
}

func (p *program) SaveVerdicts(_ context.Context, of map[int64]orders.Verdict) error {
	if err := p.storing("SaveVerdicts"); err != nil {
		return err
	}
	return p.write(func() error {
		for n := range p.kept {
			if v, ok := of[p.kept[n].ID]; ok {
				v.Queued = p.kept[n].Verdict.Queued
				p.kept[n].Verdict = v
			}
		}
		return nil
	})
}

func (p *program) SaveSaid(_ context.Context, id int64, s orders.Said) error {
	if err := p.storing("SaveSaid"); err != nil {
		return err
	}
	return p.write(func() error {
		p.kept[id-1].Said = s
		return nil
	})
}

func (p *program) RememberPair(_ context.Context, pair orders.Pair) error {
	if err := p.storing("RememberPair"); err != nil {
		return err
	}
	return p.write(func() error {
		p.pairs = append(p.pairs, pair)
		return nil
	})
}

func (p *program) Enqueue(_ context.Context, w orders.Wish, ids ...int64) error {
	if err := p.storing("Enqueue"); err != nil {
		return err
	}
	return p.write(func() error {
		for _, id := range ids {
			p.kept[id-1].Verdict.Queued = w
		}
		return nil
	})
}

func (p *program) Queued(context.Context) ([]Queued, error) {
	if err := p.storing("Queued"); err != nil {
		return nil, err
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	var out []Queued
	list := slices.Clone(p.kept)
	slices.SortStableFunc(list, func(x, y orders.Kept) int { return cmp.Or(x.OrderedAt.Compare(y.OrderedAt), cmp.Compare(x.ID, y.ID)) })
	for _, o := range list {
		if o.Verdict.Queued != orders.WishNothing {
			out = append(out, Queued{ID: o.ID, Key: o.Key(), Wish: o.Verdict.Queued})
		}
	}
	return out, nil
}

func (p *program) Begin(_ context.Context, r invoicing.Record) (invoicing.Record, error) {
	if err := p.storing("Begin"); err != nil {
		return invoicing.Record{}, err
	}
	err := p.write(func() error {
		for _, other := range p.records {
			if other.Key == r.Key && (other.Open() || other.Stands()) {
				return domain.E(domain.KindBusy, "begin", nil)
			}
		}
		p.serial++
		r.ID, r.Serial = int64(len(p.records)+1), p.serial
		p.records = append(p.records, r)
		if r.Order > 0 {
			p.kept[r.Order-1].Verdict.Queued = orders.WishNothing
		}
		return nil
	})
	if err != nil {
		r.ID = 0
	}
	return r, err
}

func (p *program) SaveRecord(_ context.Context, r invoicing.Record) (invoicing.Record, error) {
	if err := p.storing("SaveRecord"); err != nil {
		return invoicing.Record{}, err
	}
	return r, p.write(func() error {
		p.records[r.ID-1] = r
		return nil
	})
}

func (p *program) Record(_ context.Context, id int64) (invoicing.Record, error) {
	if err := p.storing("Record"); err != nil {
		return invoicing.Record{}, err
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.records[id-1], nil
}

func (p *program) RecordsIn(_ context.Context, states ...invoicing.AttemptState) ([]invoicing.Record, error) {
	if err := p.storing("RecordsIn"); err != nil {
		return nil, err
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	var out []invoicing.Record
	for n := range p.records {
		if slices.Contains(states, p.records[n].State) {
			out = append(out, p.records[n])
		}
	}
	return out, nil
}

func (p *program) RecordsOf(_ context.Context, k orders.Key) ([]invoicing.Record, error) {
	if err := p.storing("RecordsOf"); err != nil {
		return nil, err
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	var out []invoicing.Record
	for _, r := range p.records {
		if keyOf(r.Key) == k {
			out = append(out, r)
		}
	}
	return out, nil
}

func (p *program) Attempts(context.Context) ([]invoicing.Attempt, error) {
	if err := p.storing("Attempts"); err != nil {
		return nil, err
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	var out []invoicing.Attempt
	for _, r := range p.records {
		out = append(out, r.Attempt)
	}
	return out, nil
}

func (p *program) SentSince(_ context.Context, at time.Time) (bool, error) {
	if err := p.storing("SentSince"); err != nil {
		return false, err
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.ContainsFunc(p.records, func(r invoicing.Record) bool {
		return (r.State == invoicing.AttemptFormalising || r.Issued()) && !r.SentAt.Before(at)
	}), nil
}

func (p *program) LastSerial(context.Context) (int64, error) {
	if err := p.storing("LastSerial"); err != nil {
		return 0, err
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.serial, nil
}

func (p *program) HandedOver(context.Context) (time.Time, error) {
	if err := p.storing("HandedOver"); err != nil {
		return time.Time{}, err
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.handed, nil
}

func (p *program) RaiseSerial(_ context.Context, n int64) error {
	if err := p.storing("RaiseSerial"); err != nil {
		return err
	}
	return p.write(func() error {
		p.serial = max(p.serial, n)
		return nil
	})
}

func (p *program) SeeInvoices(_ context.Context, rows []domain.Invoice, at time.Time) error {
	if err := p.storing("SeeInvoices"); err != nil {
		return err
	}
	return p.write(func() error {
		for _, row := range rows {
			s := p.seen[row.ID]
			if s == nil {
				s = &Seen{}
				p.seen[row.ID] = s
			}
			s.Invoice, s.SeenAt = row, at
		}
		return nil
	})
}

func (p *program) SeeTokens(_ context.Context, id domain.RemoteID, tokens []invoicing.Token) error {
	if err := p.storing("SeeTokens"); err != nil {
		return err
	}
	return p.write(func() error {
		if s := p.seen[id]; s != nil {
			s.Read, s.Tokens = true, tokens
		}
		return nil
	})
}

func (p *program) SeenInvoices(_ context.Context, day time.Time) ([]Seen, error) {
	if err := p.storing("SeenInvoices"); err != nil {
		return nil, err
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	var out []Seen
	ours := map[domain.RemoteID]int64{}
	for n := range p.records {
		ours[p.records[n].Remote] = p.records[n].ID
	}
	for id, s := range p.seen {
		if s.Date.Before(day) {
			continue
		}
		one := *s
		one.Ours = ours[id]
		out = append(out, one)
	}
	slices.SortFunc(out, func(x, y Seen) int { return cmp.Compare(number(x.ID), number(y.ID)) })
	return out, nil
}

func (p *program) LastSeen(context.Context) (int64, map[domain.InvoiceKind]time.Time, error) {
	if err := p.storing("LastSeen"); err != nil {
		return 0, nil, err
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	last, latest := int64(0), map[domain.InvoiceKind]time.Time{}
	for id, s := range p.seen {
		last = max(last, number(id))
		if s.Date.After(latest[s.Kind]) && !s.Cancelled {
			latest[s.Kind] = s.Date
		}
	}
	return last, latest, nil
}

func (p *program) Taxpayers(_ context.Context, after time.Time, numbers []string) (map[string]bool, error) {
	if err := p.storing("Taxpayers"); err != nil {
		return nil, err
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	out := map[string]bool{}
	for _, n := range numbers {
		if t, ok := p.taxed[n]; ok && t.at.After(after) {
			out[n] = t.registered
		}
	}
	return out, nil
}

func (p *program) SaveTaxpayer(_ context.Context, t domain.Taxpayer, at time.Time) error {
	if err := p.storing("SaveTaxpayer"); err != nil {
		return err
	}
	return p.write(func() error {
		p.taxed[t.Number] = taxed{t.Registered, at}
		return nil
	})
}

func (p *program) Tasks(_ context.Context, closedToo bool) ([]invoicing.Task, error) {
	if err := p.storing("Tasks"); err != nil {
		return nil, err
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	var out []invoicing.Task
	for _, t := range p.tasks {
		if closedToo || t.ClosedAt.IsZero() {
			out = append(out, t)
		}
	}
	return out, nil
}

func (p *program) Task(_ context.Context, id int64) (invoicing.Task, error) {
	if err := p.storing("Task"); err != nil {
		return invoicing.Task{}, err
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.tasks[id-1], nil
}

func (p *program) SaveTask(_ context.Context, t invoicing.Task) (invoicing.Task, error) {
	if err := p.storing("SaveTask"); err != nil {
		return invoicing.Task{}, err
	}
	return t, p.write(func() error {
		if t.ID == 0 {
			t.ID = int64(len(p.tasks) + 1)
			p.tasks = append(p.tasks, t)
		}
		p.tasks[t.ID-1] = t
		return nil
	})
}

func (p *program) Settings(context.Context) (domain.Settings, error) {
	if err := p.storing("Settings"); err != nil {
		return domain.Settings{}, err
	}
	return p.settings, nil
}

func (p *program) InvoiceSettings(context.Context) (invoicing.Settings, error) {
	if err := p.storing("InvoiceSettings"); err != nil {
		return invoicing.Settings{}, err
	}
	return p.choices, nil
}

func (p *program) SaveInvoiceSettings(_ context.Context, s invoicing.Settings) error {
	if err := p.storing("SaveInvoiceSettings"); err != nil {
		return err
	}
	return p.write(func() error {
		p.choices = s
		return nil
	})
}

func (p *program) Connection(context.Context) (domain.Connection, error) {
	if err := p.storing("Connection"); err != nil {
		return domain.Connection{}, err
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	c := p.connection
	c.TenantID = tenant
	return c, nil
}

const tenant = "t1"
