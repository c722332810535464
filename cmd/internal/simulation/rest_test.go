package simulation

import (
	"context"
	"time"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/cmd/internal/app"
	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/issuing"
	"github.com/sopyo/sopyo-desktop/domain/orders"
	"github.com/sopyo/sopyo-desktop/domain/sync"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
)

// rests lets everything come to rest: the line is good, nobody is killed, the clocks are right, everything may flow. Then both
// sides have the same, and every order that may be has one invoice.
func (w *world) rests() {
	w.clears()
	w.pending = nil
	w.sets(0)
	passes(30 * time.Hour)
	w.clears()
	for _, m := range []*machine{w.shop, w.other} {
		if m != nil {
			m.takes()
			if len(m.files) > 0 {
				w.violates("%s does not take its orders", m.name)
			}
		}
	}
	for _, rest := range []func(){w.shop.restsImport, w.shop.restsSync, w.restInvoices, w.evening} {
		if len(w.violations) == 0 {
			rest()
		}
	}
}

// untilRest repeats something until it says that nothing has moved.
func (m *machine) untilRest(what string, do func(ctx context.Context, c *app.Company) (moved bool, err error)) {
	const most = 12
	for range most {
		moved := true
		m.does(what, func(ctx context.Context, c *app.Company) (err error) {
			moved, err = do(ctx, c)
			return err
		})
		if !moved || len(m.world.violations) > 0 {
			return
		}
		passes(20 * time.Minute)
	}
	m.world.violates("%s: %s does not come to rest", m.name, what)
}

// restsImport ends what was begun, and imports all once more: every product has its partner then.
func (m *machine) restsImport() {
	imported := 0
	m.untilRest("import", func(ctx context.Context, c *app.Company) (bool, error) {
		s := m.settings
		s.IntegrationOn, s.Pull, s.Push = true, true, domain.PushBoth
		m.wish = &s
		if err := c.SaveSettings(ctx, s); err != nil {
			return true, err
		}
		m.settings, m.wish = s, nil
		_, left, err := c.UnfinishedRun(ctx)
		if err != nil {
			return true, err
		}
		o := transfer.DefaultOptions(domain.TRY)
		o.Unmatched = transfer.UnmatchedCreated
		if err := m.carries(ctx, c, o); err != nil {
			return true, err
		}
		if !left {
			imported++
		}
		return imported == 0, nil
	})
}

// restsSync syncs until nothing is written any more; what waits is decided for İşbaşı.
func (m *machine) restsSync() {
	w := m.world
	m.untilRest("sync", func(ctx context.Context, c *app.Company) (bool, error) {
		preferences := sync.DefaultSettings()
		preferences.PriceShare, preferences.Jump, preferences.Zeroed = decimal.NewFromInt(100), decimal.NullDecimal{}, 10_000
		preferences.Owner[domain.SharedPrice], preferences.Owner[domain.SharedStock] = domain.OwnerBooks, domain.OwnerBooks
		if err := c.SaveSyncSettings(ctx, preferences); err != nil {
			return true, err
		}
		if _, err := c.ProbeStock(ctx); err != nil {
			return true, err
		}
		if err := c.GiveUpSync(ctx); err != nil {
			return true, err
		}
		j, err := c.NewSync(ctx, sync.Request{Occasion: sync.OccasionPerson, Scope: sync.ScopeFull})
		if err == nil {
			err = j.Run(ctx)
		}
		if err != nil {
			return true, err
		}
		open, _, err := c.OpenFields(ctx, sync.OpenQuery{})
		d := sync.Decision{Verdict: sync.VerdictTheirs}
		for _, o := range open {
			if o.Why != sync.WhyGone {
				d.Keys = append(d.Keys, sync.OpenKey{Product: o.Product, Field: o.Field})
			}
		}
		if err == nil && len(d.Keys) > 0 {
			_, err = c.DecideOpen(ctx, d)
		}
		return j.Sync().Moved.Any() || len(d.Keys) > 0, err
	})
	m.does("compare", func(ctx context.Context, c *app.Company) error {
		last, ok, err := c.LatestSync(ctx)
		if err != nil || !ok {
			return err
		}
		pairs, err := c.Pairs(ctx, last)
		if err != nil {
			return err
		}
		there := map[string]bool{}
		for _, p := range pairs {
			there[string(p.Ref.ID)] = true
			for f, v := range map[domain.Shared]sync.Value{domain.SharedPrice: p.Price, domain.SharedStock: p.Stock} {
				equal := v.Ours.Valid && v.Theirs.Valid && v.Base.Valid && v.Ours.Decimal.Equal(v.Theirs.Decimal) && v.Ours.Decimal.Equal(v.Base.Decimal)
				if !p.Gone && (!equal || v.Push != nil) {
					w.violates("the %s of %s comes to rest at %s here, %s at İşbaşı, agreed on %s", f, p.Code, v.Ours.Decimal, v.Theirs.Decimal, v.Base.Decimal)
				}
			}
		}
		run, _, err := c.LatestRun(ctx)
		if err != nil {
			return err
		}
		ignored, _, err := c.Rows(ctx, transfer.Query{RunID: run.ID, Part: transfer.PartIgnored})
		if err != nil {
			return err
		}
		for _, r := range ignored { // which a person wants left alone
			there[string(r.Remote.ID)] = true
		}
		for _, p := range w.server.Products() {
			if id := sprint(p.ID); !p.Passive && !there[id] {
				w.violates("%s at İşbaşı has no partner", p.Code)
			}
		}
		return nil
	})
}

// restInvoices issues, looks up and frees on both machines until nothing moves.
func (w *world) restInvoices() {
	for _, s := range w.sales {
		s.asked = true
	}
	for range 3 {
		for _, m := range []*machine{w.other, w.shop} {
			if m == nil {
				continue
			}
			m.does("issue", func(ctx context.Context, c *app.Company) error {
				return issued(ctx, c, issuing.Request{Wish: orders.WishDraft})
			})
			passes(20 * time.Minute)
			m.does("look up", m.looks)
			passes(20 * time.Minute)
			m.does("look up", m.looks)
		}
		passes(time.Hour)
	}
	by := w.judgeInvoices()
	for _, s := range w.sales {
		if n := len(by[s.pack]); n != 1 && !s.held {
			w.violates("%s comes to rest with %d invoices", s.pack, n)
			w.explain(s)
		}
	}
}

// explain tells all that is known of a sale's invoices.
func (w *world) explain(s *sale) {
	for _, v := range w.server.Invoices() {
		if containsPackage(v.Description, s.pack) {
			w.tell("at İşbaşı: %d %q of %s, made %s, state %d, sent %d, deleted %s", v.ID, v.Description, v.Date, v.CreatedAt, v.Status, v.Sent, v.DeletedAt)
		}
	}
	for _, m := range []*machine{w.shop, w.other} {
		if m == nil {
			continue
		}
		m.does("explain", func(ctx context.Context, c *app.Company) error {
			records, err := c.RecordsOf(ctx, s.key())
			for _, r := range records {
				w.tell("%s: %d %s %s %s begun %s, missed %d, %s %s", m.name, r.ID, r.Remote, r.State, r.Draft.Date, r.IntentAt, r.Missed, r.Cause, r.Detail)
			}
			if err != nil {
				return err
			}
			e, err := c.ExamineOrder(ctx, s.key())
			w.tell("%s: %s for %v", m.name, e.Verdict.Stage, e.Verdict.Reasons)
			return err
		})
	}
}
