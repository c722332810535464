package simulation

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/cmd/internal/app"
	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/orders"
	"github.com/sopyo/sopyo-desktop/domain/quota"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/storage/isbasi/sandbox"
)

// evening asks the stores, and İşbaşı's own list, whether everything is as it has to be.
func (w *world) evening() {
	w.server.Settle()
	w.notes()
	for _, m := range []*machine{w.shop, w.other} {
		if m == nil {
			continue
		}
		if m.room >= 0 { // there is room again
			_ = m.stop()
			m.room = -1
		}
		m.fuse = fuse{}
		if m.c != nil {
			m.killIn(fuse{})
		}
		m.does("read", m.judges)
		if err := m.judgeFiles(); err != nil {
			w.violates("%s: %v", m.name, err)
		}
	}
	w.judgeInvoices()
	w.judgeReceipts()
}

// judges holds a machine's stores against what is known.
func (m *machine) judges(ctx context.Context, c *app.Company) error {
	calls := m.world.server.Mark()
	if err := m.judgeRuns(ctx, c); err != nil {
		return err
	}
	if err := m.judgeSyncs(ctx, c); err != nil {
		return err
	}
	if err := m.judgeCatalogue(ctx, c); err != nil {
		return err
	}
	if err := m.judgeOrders(ctx, c); err != nil {
		return err
	}
	if n := len(m.world.server.Since(calls)); n > 0 {
		m.world.violates("İşbaşı is called %d times for what is read", n)
	}
	return m.judgeLedger(ctx, c)
}

// judgeRuns: the counters of every transfer add up, and are those of its rows (rules.md §2).
func (m *machine) judgeRuns(ctx context.Context, c *app.Company) error {
	runs, _, err := c.Runs(ctx, 3, 0)
	if err != nil {
		return err
	}
	for _, run := range runs {
		n := run.Counters
		if n.Read != n.Transferred+n.Skipped+n.Failed+n.Pending || n.Transferred != n.Matched+n.Unmatched || run.State.Finished() && run.State != transfer.StateFailed && n.Pending > 0 {
			m.world.violates("the counters of import %d (%s) do not add up: %+v", run.ID, run.State, n)
		}
		counted := transfer.Counters{}
		for _, o := range []struct {
			outcome transfer.Outcome
			into    *int
		}{
			{transfer.OutcomeMatched, &counted.Matched},
			{transfer.OutcomeUnmatched, &counted.Unmatched},
			{transfer.OutcomeSkipped, &counted.Skipped},
			{transfer.OutcomeFailed, &counted.Failed},
			{transfer.OutcomePending, &counted.Pending},
		} {
			if _, *o.into, err = c.Rows(ctx, transfer.Query{RunID: run.ID, Outcome: o.outcome, Limit: 1}); err != nil {
				return err
			}
		}
		counted.Transferred = counted.Matched + counted.Unmatched
		counted.Read = counted.Transferred + counted.Skipped + counted.Failed + counted.Pending
		if counted != n && run.UndoneAt.IsZero() {
			m.world.violates("import %d counts %+v, its rows are %+v", run.ID, n, counted)
		}
	}
	return nil
}

// judgeSyncs: what was written was planned, and nothing of a sync that is done waits.
func (m *machine) judgeSyncs(ctx context.Context, c *app.Company) error {
	runs, _, err := c.Syncs(ctx, 3, 0)
	if err != nil {
		return err
	}
	for _, run := range runs {
		v, n := run.Moved, run.Counters
		written := v.PulledPrice + v.PulledStock + v.PushedPrice + v.PushedStock
		if written+n.Failed+n.Pending > n.Matched || run.State == transfer.StateDone && n.Pending > 0 {
			m.world.violates("sync %d (%s) has planned %d, written %d, %d failed, %d pending", run.ID, run.State, n.Matched, written, n.Failed, n.Pending)
		}
	}
	return nil
}

// judgeCatalogue: no product is there twice, no two are one at İşbaşı, and every value is one that somebody gave it: the
// last that a person typed, or one that İşbaşı has had since.
func (m *machine) judgeCatalogue(ctx context.Context, c *app.Company) error {
	all, _, err := c.ListProducts(ctx, domain.ProductQuery{Group: domain.ProductsAll})
	if err != nil {
		return err
	}
	w, seen := m.world, map[string]string{}
	once := func(kind, key, code string) {
		if key == "" {
			return
		}
		if other, twice := seen[kind+key]; twice {
			w.violates("%s: %s and %s have one %s, %s", m.name, other, code, kind, key)
		}
		seen[kind+key] = code
	}
	for i := range all {
		p := &all[i]
		once("code", p.Code.K1(), string(p.Code))
		once("barcode", string(p.Barcode), string(p.Code))
		once("partner at İşbaşı", string(p.Bound), string(p.Code))
		g := w.known(&p.Product)
		if g == nil {
			w.violates("%s: %s is a product of nobody's", m.name, p.Code)
			continue
		}
		if m != w.shop {
			continue
		}
		for field, v := range []decimal.NullDecimal{p.Price, p.Stock} {
			if allowed := g.allowed(field, m.readBefore); v.Valid && !slices.Contains(allowed, v.Decimal.String()) {
				w.violates("the %s of %s is %s, which is none of %v", fields[field], p.Code, v.Decimal, allowed)
			}
		}
	}
	return nil
}

// allowed are the values that a field of the catalogue may have.
func (g *good) allowed(field int, readBefore func(tick int) int) (values []string) {
	since := 0
	for _, s := range g.ours[field] {
		if s.sure {
			since, values = s.tick, nil
		}
		values = append(values, s.value)
	}
	since = readBefore(since)
	at := "" // what İşbaşı had then
	for _, s := range g.theirs[field] {
		if s.tick <= since {
			at = s.value
			continue
		}
		values = append(values, s.value)
	}
	// What was pulled before the edit may not come back, but for what İşbaşı has still.
	return append(values, at)
}

// judgeOrders: every order of a file that was taken is there.
func (m *machine) judgeOrders(ctx context.Context, c *app.Company) error {
	there := map[string]int{}
	for k, err := range c.EachOrder(ctx, orders.Query{}) {
		if err != nil {
			return err
		}
		there[k.Package]++
	}
	for _, s := range m.world.sales {
		if m.taken[s.pack] != nil && there[s.pack] != 1 {
			m.world.violates("%s: order %s is there %d times", m.name, s.pack, there[s.pack])
		}
	}
	return nil
}

// judgeLedger: what is booked is never below what was sent, and above it by a block a kill at most (rules.md §4).
func (m *machine) judgeLedger(ctx context.Context, c *app.Company) error {
	u, err := c.Usage(ctx)
	if err != nil {
		return err
	}
	for _, k := range []struct {
		cost   sandbox.Cost
		kind   quota.Kind
		booked int
	}{{sandbox.CostRead, quota.Read, u.Reads}, {sandbox.CostWrite, quota.Write, u.Writes}} {
		sent := m.calls[fmt.Sprint(u.Month, k.cost)]
		// A file that was put back knows less; what counts against the limit does not.
		if most := sent + quota.BlockSize*(m.kills+1); u.Spent(k.kind) < sent || k.booked > most {
			m.world.violates("%s: in %s %d %ss are booked, %d for the key, %d were sent", m.name, u.Month, k.booked, k.cost, u.Spent(k.kind), sent)
		}
	}
	return nil
}

// judgeReceipts: no receipt was stored twice.
func (w *world) judgeReceipts() {
	seen := map[string]bool{}
	for _, r := range w.server.Receipts() {
		if r.Invoice != "" {
			continue
		}
		key := fmt.Sprint(r.DocNumber, r.ProductID)
		if seen[key] {
			w.violates("receipt %s has moved product %d twice", r.DocNumber, r.ProductID)
		}
		seen[key] = true
	}
}

// judgeInvoices: İşbaşı's own list has one invoice of an order at most that was sent, none that nobody asked for, and
// each says what was sold (orders-invoices.md §5).
func (w *world) judgeInvoices() map[string][]sandbox.Invoice {
	by := w.standing()
	for _, s := range w.sales {
		sent := 0
		for _, v := range by[s.pack] {
			if v.Sent > 1 {
				w.violates("the invoice of %s was sent %d times", s.pack, v.Sent)
			}
			sent += min(v.Sent, 1)
			if got := v.Total.StringFixed(2); got != money(s.total()) {
				w.violates("%s was sold for %s, its invoice says %s", s.pack, money(s.total()), got)
			}
		}
		switch n := len(by[s.pack]); {
		case n > 0 && s.held:
			w.violates("%s was to stay here and has %d invoices", s.pack, n)
		case n > 0 && !s.asked:
			w.violates("nobody has asked for the invoice of %s", s.pack)
		case sent > 0 && !s.sent:
			w.violates("nobody has asked for the invoice of %s to be sent", s.pack)
		case sent > 1:
			w.violates("%d invoices of %s were sent", sent, s.pack)
		}
	}
	return by
}

func containsPackage(description, pack string) bool {
	return strings.Contains(description, "Paket No: "+pack)
}
