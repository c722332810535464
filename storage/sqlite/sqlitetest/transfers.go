package sqlitetest

import (
	"context"
	"iter"
	"slices"
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/matching"
	"github.com/sopyo/sopyo-desktop/domain/pricing"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
)

// Staged makes a run in which the products are read.
func Staged(t *testing.T, c *Company, products []domain.RemoteProduct) transfer.Run {
	t.Helper()
	r, err := c.CreateRun(t.Context(), transfer.Run{
		State: transfer.StatePreparing, Phase: transfer.PhaseRead, NextPage: 1, Options: transfer.DefaultOptions(domain.TRY),
	})
	if err != nil {
		t.Fatal(err)
	}
	if r, err = c.StagePage(t.Context(), r, products); err != nil {
		t.Fatal(err)
	}
	return r
}

// Planned makes a run whose n rows are read; each has a partner in the catalogue, of the same number.
func Planned(t *testing.T, c *Company, n int) transfer.Run {
	t.Helper()
	AddProducts(t, c, n)
	r := Staged(t, c, Remotes(n))
	sides, err := c.Sides(t.Context(), r, Matched)
	if err != nil {
		t.Fatal(err)
	}
	plan := make([]matching.Decision, len(sides.Remotes))
	for i, p := range sides.Remotes {
		plan[i] = matching.Decision{Remote: p.ID, Tier: matching.TierCode, Local: sides.Locals[i].ID}
	}
	r.State, r.Phase = transfer.StateApplying, transfer.PhaseApply
	if err := c.SavePlan(t.Context(), r, plan, sides.Revisions, Foreseen); err != nil {
		t.Fatal(err)
	}
	return r
}

// Matched is what matching goes by where nothing is skipped.
func Matched(p domain.RemoteProduct) matching.Remote {
	return matching.Remote{ID: p.ID, Code: p.Code, Barcode: p.Barcode}
}

// Foreseen plans a row as takePrice applies it; without a partner it is unmatched.
func Foreseen(c transfer.Candidate) transfer.Planned {
	if c.Product == nil {
		return transfer.Planned{Outcome: transfer.OutcomeUnmatched, Becomes: transfer.UnmatchedListed}
	}
	return transfer.Planned{
		Outcome: transfer.OutcomeMatched, Before: transfer.ValuesOf(c.Product), After: transfer.ValuesOf(TakePrice(c).Product),
	}
}

// TakePrice is a decide that takes the row's price and stock and binds.
func TakePrice(c transfer.Candidate) transfer.Effect {
	p := *c.Product
	p.Price, p.Stock = c.Row.Remote.Price, c.Row.Remote.Stock
	return transfer.Effect{Outcome: transfer.OutcomeMatched, Product: &p, Bind: true}
}

// Books is an İşbaşı that gives its products page by page.
type Books struct{ All []domain.RemoteProduct }

// Calls implements transfer.Books: nothing is counted.
func (b Books) Calls() (reads, writes int) { return 0, 0 }

// Abreast implements transfer.Books.
func (Books) Abreast() int { return 1 }

// Ability implements transfer.Abilities: the filter by key does not work.
func (Books) Ability(context.Context, domain.Ability) (domain.AbilityAnswer, error) {
	return domain.AbilityDenied, nil
}

// Remember implements transfer.Abilities.
func (Books) Remember(context.Context, domain.Ability, domain.AbilityAnswer) error { return nil }

// Products implements transfer.Books.
func (b Books) Products(_ context.Context, in transfer.Range) iter.Seq2[transfer.Page, error] {
	return func(yield func(transfer.Page, error) bool) {
		n := 0
		for page := range slices.Chunk(b.All, transfer.PageSize) {
			if n++; n < in.From {
				continue
			}
			if !yield(transfer.Page{Number: n, Total: len(b.All), Products: page}, nil) {
				return
			}
		}
	}
}

// Alone is a queue in which nobody else waits, and a reporter that nobody listens to.
type Alone struct{}

// Enter implements transfer.Queue.
func (Alone) Enter(context.Context, int64) error { return nil }

// Leave implements transfer.Queue.
func (Alone) Leave(context.Context, int64) error { return nil }

// Ended implements transfer.Reporter.
func (Alone) Ended(transfer.Run) {}

// Turn implements transfer.Queue.
func (Alone) Turn(context.Context, int64, func(transfer.Standing)) (func(), error) {
	return func() {}, nil
}

// Transferred carries one whole transfer of the products.
func Transferred(t *testing.T, c *Company, o transfer.Options, products ...domain.RemoteProduct) transfer.Run {
	t.Helper()
	j := transfer.NewJob(transfer.Deps{Books: Books{All: products}, Abilities: Books{}, Runs: c, Steps: transfer.Import{Catalogue: c}, Reporter: Alone{}, Queue: Alone{}, Now: time.Now}, transfer.Run{Options: o})
	if err := j.Run(t.Context()); err != nil {
		t.Fatal(err)
	}
	return j.Snapshot().Run
}

// Decide is the decision of a person, after which everything has to be sound.
func Decide(t *testing.T, c *Company, run int64, ds ...transfer.Decision) transfer.Decided {
	t.Helper()
	out, err := c.Decide(t.Context(), run, ds)
	if err != nil {
		t.Fatal(err)
	}
	WantSound(t, c)
	return out
}

// WantSound fails the test unless rules.md §2 holds: counters are those of the rows, and whatever an
// applied row of the newest transfer says of its product and of what both sides agree on is so, unless something was decided about the same
// İşbaşı product in an older transfer since: bindings are the company's, not a transfer's.
func WantSound(t *testing.T, c *Company) {
	t.Helper()
	for query, what := range map[string]string{
		`SELECT count(*) FROM transfer t WHERE (read, matched, unmatched, skipped, failed, pending) IS NOT (
			SELECT count(*), count(*) FILTER (WHERE outcome = 'matched'), count(*) FILTER (WHERE outcome = 'unmatched'),
				count(*) FILTER (WHERE outcome = 'skipped'), count(*) FILTER (WHERE outcome = 'failed'), count(*) FILTER (WHERE outcome = 'pending')
			FROM transfer_row WHERE transfer_id = t.id)`: "transfers whose counters are not those of their rows",
		`SELECT count(*) FROM transfer WHERE read <> transferred + skipped + failed + pending OR transferred <> matched + unmatched`: "transfers whose counters do not add up",
		`SELECT count(*) FROM transfer_row r WHERE transfer_id = (SELECT max(id) FROM transfer)
			AND NOT EXISTS (SELECT 1 FROM transfer t WHERE t.id = r.transfer_id AND undo_at IS NOT NULL)
			AND (outcome = 'matched' OR product_id <> 0 AND outcome = 'unmatched')
			AND NOT EXISTS (SELECT 1 FROM binding b WHERE b.remote_id = r.remote_id AND b.type = r.type AND b.product_id = r.product_id)
			AND NOT EXISTS (SELECT 1 FROM before_image i WHERE i.remote_id = r.remote_id AND i.transfer_id <> r.transfer_id
				AND (i.decision_id IS NOT NULL OR i.undone <> ''))`: "rows of the newest transfer without the binding they speak of",
		`SELECT count(*) FROM transfer_row r WHERE transfer_id = (SELECT max(id) FROM transfer)
			AND NOT EXISTS (SELECT 1 FROM transfer t WHERE t.id = r.transfer_id AND undo_at IS NOT NULL)
			AND (applied_price = price AND applied_currency = currency AND price IS NOT (SELECT value FROM agreed a
					WHERE a.product_id = r.product_id AND field = 'price' AND a.remote_id = r.remote_id AND a.type = r.type ORDER BY a.id DESC LIMIT 1)
				OR applied_stock = stock AND stock IS NOT (SELECT value FROM agreed a
					WHERE a.product_id = r.product_id AND field = 'stock' AND a.remote_id = r.remote_id AND a.type = r.type ORDER BY a.id DESC LIMIT 1))
			AND NOT EXISTS (SELECT 1 FROM before_image i WHERE i.remote_id = r.remote_id AND i.transfer_id <> r.transfer_id
				AND (i.decision_id IS NOT NULL OR i.undone <> ''))`: "rows of the newest transfer whose values are not the bases",
		`SELECT count(*) FROM separation s JOIN binding b USING (remote_id, type, product_id)`: "pairs that are bound and taken apart",
		`SELECT count(*) FROM before_image i JOIN product p ON p.id = i.product_id JOIN product q USING (code_k0)
			WHERE i.kind = 'create' AND i.undone = '' AND q.id <> p.id AND p.code_k0 <> ''`: "products made by a person's decision whose code another one has",
	} {
		if n := Count(t, c, query); n != 0 {
			t.Errorf("%d %s", n, what)
		}
	}
}

// Approvals yields prices, then the error if there is one.
func Approvals(end error, prices ...pricing.Approved) iter.Seq2[pricing.Approved, error] {
	return func(yield func(pricing.Approved, error) bool) {
		for _, p := range prices {
			if !yield(p, nil) {
				return
			}
		}
		if end != nil {
			yield(pricing.Approved{}, end)
		}
	}
}
