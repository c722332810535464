package transfer

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"maps"
	"slices"
	"sync"
	"time"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/matching"
	"github.com/sopyo/sopyo-desktop/domain/readahead"
)

// fakeBooks is a list of products behind pages of a hundred; before is called ahead of each page.
type fakeBooks struct {
	mu       sync.Mutex
	abreast  int                     // pages that are asked for at once, 0: one
	takes    func(int) time.Duration // a page, with abreast
	underWay int
	products []domain.RemoteProduct
	reads    int
	writes   int
	asked    []int
	before   func(page int) error
	total    func(page int) int // nil: the truth
	keyed    domain.AbilityAnswer
	ignores  bool        // the filter by key
	openEnd  bool        // of the filter by key only the lower bound is understood
	lies     func(*Page) // about what it gives by key
}

func (b *fakeBooks) Calls() (reads, writes int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.reads, b.writes
}

func (b *fakeBooks) Abreast() int { return max(b.abreast, 1) }

func (b *fakeBooks) Products(ctx context.Context, in Range) iter.Seq2[Page, error] {
	if b.abreast > 1 {
		return readahead.Pages(ctx, max(in.From, 1), in.To, b.Abreast, func(ctx context.Context, n int) (Page, int, error) { return b.late(ctx, in, n) })
	}
	return func(yield func(Page, error) bool) {
		for n := max(in.From, 1); ; n++ {
			if ctx.Err() == nil {
				b.mu.Lock() // whoever stores the pages before asks for the calls meanwhile
				b.reads++
				b.mu.Unlock()
			}
			page, err := b.page(ctx, in, n)
			if errors.Is(err, errCutShort) || !yield(page, err) || err != nil || page.Last {
				return
			}
		}
	}
}

// late answers one call after its time.
func (b *fakeBooks) late(ctx context.Context, in Range, n int) (page Page, last int, err error) {
	b.mu.Lock()
	b.reads++
	b.underWay++
	takes := b.takes(n)
	b.mu.Unlock()
	defer func() {
		b.mu.Lock()
		defer b.mu.Unlock()
		b.underWay--
	}()
	readahead.Left(ctx)
	select {
	case <-time.After(takes):
	case <-ctx.Done():
		return Page{}, 0, ctx.Err()
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	page, err = b.page(ctx, in, n)
	if last = n; !page.Last {
		last = pages(page.Total)
	}
	return page, last, err
}

// page answers one call, which is counted.
func (b *fakeBooks) page(ctx context.Context, in Range, n int) (Page, error) {
	if err := ctx.Err(); err != nil {
		return Page{}, err
	}
	asked, place := n, n
	if in.After != "" {
		asked, place = -int(in.After.Number()), 0
	}
	b.asked = append(b.asked, asked)
	if b.before != nil {
		if err := b.before(place); err != nil {
			return Page{}, err
		}
	}
	rows := slices.Clone(b.products)
	if !b.ignores {
		rows = slices.DeleteFunc(rows, func(p domain.RemoteProduct) bool {
			return in.After != "" && p.ID.Number() <= in.After.Number() || in.Before != "" && !b.openEnd && p.ID.Number() >= in.Before.Number()
		})
	}
	p := Page{Number: n, Total: len(rows)}
	if b.total != nil {
		p.Total = b.total(n)
	}
	lo := min((n-1)*PageSize, len(rows))
	hi := min(lo+PageSize, len(rows))
	p.Products = rows[lo:hi:hi]
	p.Last = hi-lo < PageSize || n*PageSize >= p.Total
	if in.After != "" && b.lies != nil {
		b.lies(&p)
	}
	return p, nil
}

func (b *fakeBooks) Ability(context.Context, domain.Ability) (domain.AbilityAnswer, error) {
	return b.keyed, nil
}

func (b *fakeBooks) Remember(_ context.Context, _ domain.Ability, a domain.AbilityAnswer) error {
	b.keyed = a
	return nil
}

// errCutShort, given by fakeBooks.before, ends the list without a word.
var errCutShort = errors.New("cut short")

// fakeStore keeps everything in memory and forgets nothing that was "committed".
type fakeStore struct {
	mu        sync.Mutex
	runs      map[int64]Run
	rows      []Row
	products  map[domain.ProductID]domain.Product
	bound     map[domain.RemoteID]domain.ProductID
	separated []matching.Pair
	onApply   func()
	failSave  error
	stopping  chan int64 // of the runs that a person wanted to be stopped
	// before is called ahead of each call with the run it was given; its error stands for the call's.
	before func(call string, r Run) error
}

func (s *fakeStore) begin(call string, r Run) error {
	if s.before == nil {
		return nil
	}
	return s.before(call, r)
}

func newFakeStore(products ...domain.Product) *fakeStore {
	s := &fakeStore{
		runs: map[int64]Run{}, products: map[domain.ProductID]domain.Product{},
		bound: map[domain.RemoteID]domain.ProductID{}, stopping: make(chan int64, 100),
	}
	for i, p := range products {
		p.ID, p.Revision = domain.ProductID(i+1), 1
		s.products[p.ID] = p
	}
	return s
}

func (s *fakeStore) CreateRun(_ context.Context, r Run) (Run, error) {
	if err := s.begin("CreateRun", r); err != nil {
		return Run{}, err
	}
	r.ID = int64(len(s.runs) + 1)
	s.runs[r.ID] = r
	return r, nil
}

func (s *fakeStore) SaveRun(ctx context.Context, r Run) error {
	if err := s.begin("SaveRun", r); err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	s.runs[r.ID] = r
	return s.failSave
}

func (s *fakeStore) StopRun(ctx context.Context, id int64) error {
	s.stopping <- id
	return ctx.Err()
}

// index tells where the run's rows are.
func (s *fakeStore) index(r Run) map[domain.RemoteID]int {
	at := map[domain.RemoteID]int{}
	for i, row := range s.rows {
		if row.RunID == r.ID {
			at[row.Remote.ID] = i
		}
	}
	return at
}

func (s *fakeStore) StagePage(ctx context.Context, r Run, products []domain.RemoteProduct) (Run, error) {
	if err := s.begin("StagePage", r); err != nil {
		return Run{}, err
	}
	return s.stage(ctx, r, products)
}

func (s *fakeStore) stage(ctx context.Context, r Run, products []domain.RemoteProduct) (Run, error) {
	if err := ctx.Err(); err != nil {
		return r, err
	}
	at := s.index(r)
	for _, p := range products {
		i, known := at[p.ID]
		if !known {
			at[p.ID] = len(s.rows)
			s.rows = append(s.rows, Row{RunID: r.ID, Remote: p, Outcome: OutcomePending})
			r.Counters.Read++
			r.Counters.Pending++
		} else {
			s.rows[i].Remote = p
		}
	}
	s.runs[r.ID] = r
	return r, nil
}

func (s *fakeStore) DropRows(_ context.Context, r Run) error {
	if err := s.begin("DropRows", r); err != nil {
		return err
	}
	s.rows = slices.DeleteFunc(s.rows, func(row Row) bool { return row.RunID == r.ID })
	s.runs[r.ID] = r
	return nil
}

func (s *fakeStore) LastStaged(_ context.Context, r Run) (last domain.RemoteID, err error) {
	for _, row := range s.rows {
		if row.RunID == r.ID && row.Remote.ID.Number() > last.Number() {
			last = row.Remote.ID
		}
	}
	return last, s.begin("LastStaged", r)
}

func (s *fakeStore) StagedBelow(_ context.Context, r Run, id domain.RemoteID) (n int, err error) {
	for _, row := range s.rows {
		if row.RunID == r.ID && row.Remote.ID.Number() < id.Number() {
			n++
		}
	}
	return n, s.begin("StagedBelow", r)
}

func (s *fakeStore) StageRange(ctx context.Context, r Run, from, to domain.RemoteID, products []domain.RemoteProduct) (Run, error) {
	if err := s.begin("StageRange", r); err != nil {
		return Run{}, err
	}
	stays := map[domain.RemoteID]bool{}
	for _, p := range products {
		stays[p.ID] = true
	}
	s.rows = slices.DeleteFunc(s.rows, func(row Row) bool {
		n := row.Remote.ID.Number()
		gone := row.RunID == r.ID && n >= from.Number() && (to == "" || n < to.Number()) && !stays[row.Remote.ID]
		if gone {
			r.Counters.Read--
			r.Counters.Pending--
		}
		return gone
	})
	return s.stage(ctx, r, products) // one transaction
}

func (s *fakeStore) Sides(_ context.Context, r Run, matched func(domain.RemoteProduct) matching.Remote) (Sides, error) {
	if err := s.begin("Sides", r); err != nil {
		return Sides{}, err
	}
	sides := Sides{Revisions: map[domain.ProductID]int64{}, Separated: s.separated}
	for _, id := range slices.Sorted(maps.Keys(s.products)) {
		p := s.products[id]
		sides.Locals = append(sides.Locals, matching.Local{ID: id, Code: p.Code, Barcode: p.Barcode})
		sides.Revisions[id] = p.Revision
	}
	for _, row := range s.rows {
		if row.RunID == r.ID {
			sides.Remotes = append(sides.Remotes, matched(row.Remote))
		}
	}
	for _, id := range slices.Sorted(maps.Keys(s.bound)) {
		sides.Bound = append(sides.Bound, matching.Pair{Remote: id, Local: s.bound[id]})
	}
	return sides, nil
}

func (s *fakeStore) SavePlan(_ context.Context, r Run, plan []matching.Decision, revisions map[domain.ProductID]int64, foresee func(Candidate) Planned) error {
	if err := s.begin("SavePlan", r); err != nil {
		return err
	}
	at := s.index(r)
	for _, d := range plan {
		row := &s.rows[at[d.Remote]]
		if row.Outcome != OutcomePending {
			continue
		}
		row.Tier, row.Reason, row.Candidates, row.Flag = d.Tier, d.Reason, d.Candidates, d.Flag
		row.Skipped, row.ProductID, row.Revision = d.Skipped, d.Local, revisions[d.Local]
		if row.Planned.Outcome == "" {
			row.Planned = foresee(s.candidate(*row))
		}
	}
	s.runs[r.ID] = r
	return nil
}

// ApplySettled leaves all to Apply.
func (s *fakeStore) ApplySettled(_ context.Context, r Run, _ int) (Run, int, string, error) {
	return r, 0, "", nil
}

func (s *fakeStore) Apply(ctx context.Context, r Run, n int, decide func(Candidate) Effect) (Run, []Row, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.onApply != nil {
		s.onApply()
	}
	if err := s.begin("Apply", r); err != nil {
		return Run{}, nil, err
	}
	if err := ctx.Err(); err != nil {
		return r, nil, err
	}
	var handled []Row
	for i := range s.rows {
		row := &s.rows[i]
		if row.RunID != r.ID || row.Outcome != OutcomePending || len(handled) == n {
			continue
		}
		c := s.candidate(*row)
		e := decide(c)
		after := c.Product
		if e.Product != nil {
			p := *e.Product
			if p.ID == 0 {
				p.ID = domain.ProductID(len(s.products) + 1)
				row.ProductID = p.ID
			}
			p.Revision++
			s.products[p.ID] = p
			after = &p
		}
		if e.Outcome == OutcomeMatched || e.Outcome == OutcomeUnmatched {
			row.Applied = ValuesOf(after)
		}
		if e.Bind {
			s.bound[row.Remote.ID] = row.ProductID
		}
		row.Outcome, row.Notes = e.Outcome, e.Notes
		r.Counters.Count(e.Outcome)
		handled = append(handled, *row)
	}
	s.runs[r.ID] = r
	return r, handled, nil
}

func (s *fakeStore) candidate(row Row) Candidate {
	c := Candidate{Row: row, BoundTo: s.bound[row.Remote.ID]}
	if p, ok := s.products[row.ProductID]; ok {
		c.Product = &p
		for remote, local := range s.bound {
			if local == p.ID {
				c.BoundFrom = remote
			}
		}
	}
	return c
}

func remotes(n int) []domain.RemoteProduct {
	list := make([]domain.RemoteProduct, n)
	for i := range list {
		list[i] = domain.RemoteProduct{
			ID: domain.RemoteID(fmt.Sprint(1000 + i)), Type: 1, Code: domain.Code(fmt.Sprintf("C-%d", i)),
			Name: fmt.Sprintf("Ürün %d", i), Active: true, Price: money("10"), Stock: money("3"),
		}
	}
	return list
}

func money(s string) decimal.NullDecimal { return decimal.NewNullDecimal(decimal.RequireFromString(s)) }

// alone is a queue in which nobody else waits, and a reporter that nobody listens to.
type alone struct{}

func (alone) Enter(context.Context, int64) error { return nil }
func (alone) Leave(context.Context, int64) error { return nil }
func (alone) Ended(Run)                          {}
func (alone) Turn(context.Context, int64, func(Standing)) (func(), error) {
	return func() {}, nil
}

// clock is asked for the time by a run and by the answers that it waits for at once.
type clock struct {
	mu sync.Mutex
	t  time.Time
}

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.t = c.t.Add(time.Millisecond)
	return c.t
}

func deps(b *fakeBooks, s *fakeStore) Deps {
	c := &clock{t: time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)}
	return Deps{Books: b, Abilities: b, Runs: s, Steps: Import{s}, Reporter: alone{}, Queue: alone{}, Now: c.now}
}

func (s *fakeStore) Reopen(_ context.Context, r Run) (Run, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.begin("Reopen", r); err != nil {
		return Run{}, err
	}
	for i := range s.rows {
		if row := &s.rows[i]; row.RunID == r.ID && row.Outcome == OutcomeFailed {
			row.Outcome, row.Notes = OutcomePending, nil
			r.Counters.Failed--
			r.Counters.Pending++
		}
	}
	s.runs[r.ID] = r
	return r, nil
}
