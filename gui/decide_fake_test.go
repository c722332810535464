package gui

import (
	"context"
	"slices"
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/matching"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
)

// judge keeps what a person decides about the rows of a memoryShop.
type judge struct {
	shop    *memoryShop
	refuse  map[domain.RemoteID]transfer.RefusalReason
	choices map[domain.RemoteID]transfer.Choices
	units   map[domain.RemoteID][]transfer.Suggestion // that other units add
	plan    transfer.UndoPlan
	batch   func(ctx context.Context, n int) error // called before each batch of an undo
	failing error

	batches [][]transfer.Decision
	before  [][]transfer.Row
	backs   []int64
	undone  int // batches
	asked   int // reads

	exported []transfer.Blocked
}

// undoBatches is how many batches an undo of a judge has.
const undoBatches = 4

// newCourt makes a shop whose transfer is over, with a judge: the first m of n products are matched.
func newCourt(n, m int) (*memoryShop, *judge) {
	s := newMemoryShop(n, m)
	s.larder = newLarder(3)
	s.judge = &judge{shop: s, refuse: map[domain.RemoteID]transfer.RefusalReason{}, choices: map[domain.RemoteID]transfer.Choices{}, units: map[domain.RemoteID][]transfer.Suggestion{}}
	return s, s.judge
}

func (j *judge) Runs(_ context.Context, n, skip int) ([]transfer.Run, int, error) {
	j.shop.mu.Lock()
	defer j.shop.mu.Unlock()
	var all []transfer.Run
	for i := len(j.shop.runs) - 1; i >= 0; i-- {
		if r := j.shop.runs[i]; !r.ConfirmedAt.IsZero() {
			all = append(all, r)
		}
	}
	total := len(all)
	all = all[min(skip, total):]
	return all[:min(n, len(all))], total, j.failing
}

func (j *judge) Choices(_ context.Context, run int64, remote domain.RemoteID, _ int) (transfer.Choices, error) {
	j.shop.mu.Lock()
	defer j.shop.mu.Unlock()
	c := j.choices[remote]
	for _, r := range j.shop.rows {
		if r.RunID == run && r.Remote.ID == remote {
			c.Row = transfer.Listed{Row: r}
		}
	}
	return c, j.failing
}

func (j *judge) OtherUnits(ctx context.Context, run int64, remote domain.RemoteID, n int) (transfer.Choices, error) {
	c, err := j.Choices(ctx, run, remote, n)
	j.shop.mu.Lock()
	defer j.shop.mu.Unlock()
	j.asked++
	c.Suggestions = append(slices.Clone(c.Suggestions), j.units[remote]...)
	return c, err
}

func (j *judge) Decide(_ context.Context, run int64, decisions []transfer.Decision) (transfer.Decided, error) {
	s := j.shop
	s.mu.Lock()
	defer s.mu.Unlock()
	if j.failing != nil {
		return transfer.Decided{}, j.failing
	}
	done := transfer.Decided{}
	j.batches = append(j.batches, decisions)
	j.before = append(j.before, slices.Clone(s.rows))
	c := &s.runs[run-1].Counters
	for _, d := range decisions {
		if why, ok := j.refuse[d.Remote]; ok {
			done.Refused = append(done.Refused, transfer.Refusal{Decision: d, Why: why})
			continue
		}
		done.Done++
		for i := range s.rows {
			row := &s.rows[i]
			if row.RunID != run || row.Remote.ID != d.Remote {
				continue
			}
			row.Decided = d.Kind
			switch d.Kind {
			case transfer.DecidePair:
				row.Outcome, row.ProductID, row.Reason = transfer.OutcomeMatched, d.Product, ""
				c.Matched, c.Unmatched = c.Matched+1, c.Unmatched-1
			case transfer.DecideCreate:
				row.ProductID = domain.ProductID(1000 + i)
			case transfer.DecideSeparate:
				row.Outcome, row.ProductID, row.Tier = transfer.OutcomeUnmatched, 0, ""
				c.Matched, c.Unmatched = c.Matched-1, c.Unmatched+1
			case transfer.DecideIgnore:
			}
		}
	}
	if done.Done > 0 {
		done.ID = int64(len(j.batches))
	}
	done.Run = s.runs[run-1]
	return done, nil
}

func (j *judge) TakeBack(_ context.Context, id int64) (transfer.Decided, error) {
	s := j.shop
	s.mu.Lock()
	defer s.mu.Unlock()
	if j.failing != nil {
		return transfer.Decided{}, j.failing
	}
	j.backs = append(j.backs, id)
	s.rows = slices.Clone(j.before[id-1])
	var c transfer.Counters
	c.Read, c.Pending = len(s.rows), len(s.rows)
	for _, r := range s.rows {
		c.Count(r.Outcome)
	}
	s.runs[0].Counters = c
	return transfer.Decided{Run: s.runs[0], Done: len(j.batches[id-1])}, nil
}

func (j *judge) PlanUndo(context.Context, int64) (transfer.UndoPlan, error) {
	j.shop.mu.Lock()
	defer j.shop.mu.Unlock()
	return j.plan, j.failing
}

func (j *judge) Undo(ctx context.Context, run int64, done func(n, of int)) (transfer.UndoPlan, error) {
	for j.undone < undoBatches {
		if j.batch != nil {
			if err := j.batch(ctx, j.undone); err != nil {
				return transfer.UndoPlan{}, err
			}
		}
		if err := ctx.Err(); err != nil {
			return transfer.UndoPlan{}, err
		}
		j.undone++
		done(j.undone, undoBatches)
	}
	j.shop.mu.Lock()
	defer j.shop.mu.Unlock()
	j.shop.runs[run-1].UndoneAt = time.Date(2026, 11, 24, 10, 5, 0, 0, time.UTC)
	return j.plan, nil
}

func (j *judge) ExportRuns(context.Context, string) (string, error) {
	return "/home/ayşe/Belgeler/aktarimlar.xlsx", j.failing
}

func (j *judge) ExportBlocked(_ context.Context, _ string, blocked []transfer.Blocked) (string, error) {
	j.exported = blocked
	return "/home/ayşe/Belgeler/kalanlar.xlsx", j.failing
}

// suggest makes the first catalogue products what a row could be.
func (j *judge) suggest(remote domain.RemoteID, why ...transfer.SuggestedBy) {
	var all []transfer.Suggestion
	for i, p := range j.shop.larder.products {
		all = append(all, transfer.Suggestion{Product: p, Score: 90 - 10*i, Why: why})
	}
	j.choices[remote] = transfer.Choices{Suggestions: all}
}

// inCourt opens section 6 of a shop whose transfer is over.
func inCourt(t *testing.T, s *memoryShop, f func(d *desk, c *countersSection)) {
	t.Helper()
	inDesk(t, s, func(d *desk) {
		transferred(d)
		f(d, d.counters())
	})
}

// row gives a row of the first transfer.
func (j *judge) row(id domain.RemoteID) transfer.Row {
	j.shop.mu.Lock()
	defer j.shop.mu.Unlock()
	for _, r := range j.shop.rows {
		if r.RunID == 1 && r.Remote.ID == id {
			return r
		}
	}
	return transfer.Row{}
}

// reason sets the reason of a row of the first transfer.
func (j *judge) reason(id domain.RemoteID, why matching.Reason, candidates int) {
	j.shop.mu.Lock()
	defer j.shop.mu.Unlock()
	for i, r := range j.shop.rows {
		if r.RunID == 1 && r.Remote.ID == id {
			j.shop.rows[i].Reason, j.shop.rows[i].Candidates = why, candidates
		}
	}
}
