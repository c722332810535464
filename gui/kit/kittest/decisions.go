package kittest

import (
	"context"
	"slices"
	"sync"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/decisions"
	"github.com/sopyo/sopyo-desktop/domain/matching"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
)

// kept is what transfers have stored.
type kept struct {
	mu       sync.Mutex
	KeptRuns []transfer.Run
	KeptRows []transfer.Row
}

// Decisions keeps what a person decides about the rows of Transfers.
type Decisions struct {
	*kept
	products *Catalogue
	Refuse   map[domain.RemoteID]transfer.RefusalReason
	Could    map[domain.RemoteID]transfer.Choices
	Units    map[domain.RemoteID][]transfer.Suggestion // that other units add
	UndoPlan transfer.UndoPlan
	Batch    func(ctx context.Context, n int) error // called before each batch of an undo
	Failing  error

	Batches [][]transfer.Decision
	before  [][]transfer.Row
	Backs   []int64
	Undone  int // batches
	Asked   int // reads

	Exported []transfer.Blocked
}

// UndoBatches is how many batches an undo has.
const UndoBatches = 4

func (j *Decisions) Choices(_ context.Context, run int64, remote domain.RemoteID, _ []domain.Barcode, _ int) (transfer.Choices, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	c := j.Could[remote]
	for _, r := range j.KeptRows {
		if r.RunID == run && r.Remote.ID == remote {
			c.Row = transfer.Listed{Row: r}
		}
	}
	return c, j.Failing
}

func (j *Decisions) OtherUnits(ctx context.Context, run int64, remote domain.RemoteID, n int) (transfer.Choices, error) {
	c, err := j.Choices(ctx, run, remote, nil, n)
	j.mu.Lock()
	defer j.mu.Unlock()
	j.Asked++
	c.Suggestions = append(slices.Clone(c.Suggestions), j.Units[remote]...)
	return c, err
}

func (j *Decisions) Decide(_ context.Context, run int64, these []transfer.Decision) (transfer.Decided, error) {
	s := j.kept
	s.mu.Lock()
	defer s.mu.Unlock()
	if j.Failing != nil {
		return transfer.Decided{}, j.Failing
	}
	done := transfer.Decided{}
	j.Batches = append(j.Batches, these)
	j.before = append(j.before, slices.Clone(s.KeptRows))
	c := &s.KeptRuns[run-1].Counters
	for _, d := range these {
		if why, ok := j.Refuse[d.Remote]; ok {
			done.Refused = append(done.Refused, transfer.Refusal{Decision: d, Why: why})
			continue
		}
		done.Done++
		for i := range s.KeptRows {
			row := &s.KeptRows[i]
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
			case transfer.DecideAsk:
				row.Decided = ""
			}
		}
	}
	if done.Done > 0 {
		done.ID = int64(len(j.Batches))
	}
	done.Run = s.KeptRuns[run-1]
	return done, nil
}

func (j *Decisions) TakeBack(_ context.Context, id int64) (transfer.Decided, error) {
	s := j.kept
	s.mu.Lock()
	defer s.mu.Unlock()
	if j.Failing != nil {
		return transfer.Decided{}, j.Failing
	}
	j.Backs = append(j.Backs, id)
	s.KeptRows = slices.Clone(j.before[id-1])
	var c transfer.Counters
	c.Read, c.Pending = len(s.KeptRows), len(s.KeptRows)
	for _, r := range s.KeptRows {
		c.Count(r.Outcome)
	}
	s.KeptRuns[0].Counters = c
	return transfer.Decided{Run: s.KeptRuns[0], Done: len(j.Batches[id-1])}, nil
}

// DecisionStanding counts as the store does.
func (j *Decisions) DecisionStanding(_ context.Context, run int64) (decisions.Standing, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	var st decisions.Standing
	for _, r := range j.KeptRows {
		if r.RunID == run {
			st.Count(r, 1)
		}
	}
	return st, nil
}

func (j *Decisions) PlanUndo(context.Context, int64) (transfer.UndoPlan, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.UndoPlan, j.Failing
}

func (j *Decisions) Undo(ctx context.Context, run int64, done func(n, of int)) (transfer.UndoPlan, error) {
	for j.Undone < UndoBatches {
		if j.Batch != nil {
			if err := j.Batch(ctx, j.Undone); err != nil {
				return transfer.UndoPlan{}, err
			}
		}
		if err := ctx.Err(); err != nil {
			return transfer.UndoPlan{}, err
		}
		j.Undone++
		done(j.Undone, UndoBatches)
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	j.KeptRuns[run-1].UndoneAt = time.Date(2026, 11, 24, 10, 5, 0, 0, time.UTC)
	return j.UndoPlan, nil
}

func (j *Decisions) ExportRuns(context.Context, string) (string, error) {
	return "/home/ayşe/Belgeler/aktarimlar.xlsx", j.Failing
}

func (j *Decisions) ExportBlocked(_ context.Context, _ string, blocked []transfer.Blocked) (string, error) {
	j.Exported = blocked
	return "/home/ayşe/Belgeler/kalanlar.xlsx", j.Failing
}

// Suggest makes the first catalogue products what a row could be.
func (j *Decisions) Suggest(remote domain.RemoteID, why ...matching.Evidence) {
	var all []transfer.Suggestion
	for i, p := range j.products.All {
		all = append(all, transfer.Suggestion{Product: p, Score: 90 - 10*i, Why: why})
	}
	j.Could[remote] = transfer.Choices{Suggestions: all}
}

// Row gives a row of the first transfer.
func (j *Decisions) Row(id domain.RemoteID) transfer.Row {
	j.mu.Lock()
	defer j.mu.Unlock()
	for _, r := range j.KeptRows {
		if r.RunID == 1 && r.Remote.ID == id {
			return r
		}
	}
	return transfer.Row{}
}

// Reason sets the reason of a row of the first transfer.
func (j *Decisions) Reason(id domain.RemoteID, why matching.Reason, candidates int) {
	j.mu.Lock()
	defer j.mu.Unlock()
	for i, r := range j.KeptRows {
		if r.RunID == 1 && r.Remote.ID == id {
			j.KeptRows[i].Reason, j.KeptRows[i].Candidates = why, candidates
		}
	}
}
