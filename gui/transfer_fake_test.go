package gui

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/matching"
	"github.com/sopyo/sopyo-desktop/domain/quota"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
)

// memoryShop is a company in memory, on both sides: İşbaşı's list, the catalogue, and what transfers
// have stored. The jobs that work on it are real ones.
type memoryShop struct {
	mu         sync.Mutex
	connection domain.Connection
	settings   domain.Settings
	usage      quota.Usage
	remote     []domain.RemoteProduct
	local      map[domain.ProductID]domain.Product
	bound      map[domain.RemoteID]domain.ProductID
	runs       []transfer.Run
	rows       []transfer.Row
	reads      int
	made       int // jobs made by New

	// page is called before a page is answered, turn before a run may write, batch before a batch.
	page  func(ctx context.Context, n int) error
	turn  func(ctx context.Context) error
	batch func(ctx context.Context) error
	// list is called before rows are answered.
	list func(q transfer.Query) error

	asked    []transfer.Query
	exported []transfer.Query
	saved    []int64 // runs whose plan was saved
	failing  error   // of Latest
	standing transfer.Standing
	desk     *transfer.Desk // made in the bubble

	judge  *judge  // nil: nothing can be decided
	larder *larder // nil: there is no catalogue to search
}

// newMemoryShop makes an authorised shop with n products at İşbaşı, the first m of which are in the
// catalogue.
func newMemoryShop(n, m int) *memoryShop {
	s := &memoryShop{
		connection: domain.Connection{Authorised: true}, settings: domain.DefaultSettings(),
		usage: quota.Usage{ReadLimit: quota.ReadLimit, WriteLimit: quota.WriteLimit},
		local: map[domain.ProductID]domain.Product{}, bound: map[domain.RemoteID]domain.ProductID{},
	}
	s.settings.IntegrationOn = true
	for i := range n {
		code := domain.Code(fmt.Sprintf("URN-%05d", i+1))
		s.remote = append(s.remote, domain.RemoteProduct{
			ID: domain.RemoteID(fmt.Sprint(i + 1)), Type: 1, Code: code, Name: fmt.Sprintf("ÇAY %05d", i+1), Active: true,
			Price: decimal.NewNullDecimal(decimal.New(int64(3500+i), -2)), Stock: decimal.NewNullDecimal(decimal.NewFromInt(int64(i % 7))),
		})
		if i < m {
			id := domain.ProductID(i + 1)
			s.local[id] = domain.Product{ID: id, Code: code, Name: fmt.Sprintf("Çay %05d", i+1), Currency: domain.TRY, Revision: 1}
		}
	}
	return s
}

func (s *memoryShop) company() Company {
	s.desk = transfer.NewDesk(s.Resume, time.Now)
	co := Company{Settings: s, Connection: shopConnection{s}, Transfers: s, Desk: s.desk, Quota: s, Prices: nil}
	if s.judge != nil {
		co.Decisions = s.judge
	}
	if s.larder != nil {
		co.Catalogue = s.larder
	}
	return co
}

func (s *memoryShop) Settings(context.Context) (domain.Settings, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.settings, nil
}

func (s *memoryShop) Circumstances(context.Context) (domain.Circumstances, error) {
	return domain.Circumstances{}, nil
}

func (s *memoryShop) SaveSettings(_ context.Context, v domain.Settings) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.settings = v
	return nil
}

func (s *memoryShop) Usage(context.Context) (quota.Usage, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.usage, nil
}

// shopConnection keeps apart the method that has the name of its interface.
type shopConnection struct{ s *memoryShop }

func (c shopConnection) Connection(context.Context) (domain.Connection, error) {
	c.s.mu.Lock()
	defer c.s.mu.Unlock()
	return c.s.connection, nil
}

func (shopConnection) Authorise(context.Context, domain.Credentials, domain.Browser) (domain.SignIn, error) {
	return domain.SignIn{}, errors.New("not in this test")
}

func (shopConnection) Confirm(context.Context, domain.SignIn, bool) error { return nil }

func (c shopConnection) Test(ctx context.Context) (domain.Connection, error) {
	return c.Connection(ctx)
}
func (shopConnection) Forget(context.Context) error { return nil }

// --- Transfers ---

func (s *memoryShop) New(_ context.Context, o transfer.Options) (*transfer.Job, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.made++
	return s.job(transfer.Run{Options: o}), nil
}

func (s *memoryShop) job(r transfer.Run) *transfer.Job {
	return transfer.NewJob(transfer.Deps{Books: s, Runs: s, Catalogue: s, Queue: shopQueue{s}, Now: time.Now}, r)
}

// shopQueue is the machine's queue; what holds a run up is the test's.
type shopQueue struct{ s *memoryShop }

func (shopQueue) Enter(context.Context, int64) error { return nil }
func (shopQueue) Leave(context.Context, int64) error { return nil }
func (q shopQueue) Turn(ctx context.Context, _ int64, tell func(transfer.Standing)) (func(), error) {
	tell(q.s.standing)
	if q.s.turn != nil {
		if err := q.s.turn(ctx); err != nil {
			return nil, err
		}
	}
	return func() {}, nil
}

func (s *memoryShop) Resume(context.Context) (*transfer.Job, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for i := len(s.runs) - 1; i >= 0; i-- {
		if r := s.runs[i]; !r.ConfirmedAt.IsZero() {
			if r.State.Finished() {
				return nil, nil
			}
			return s.job(r), nil
		}
	}
	return nil, nil
}

func (s *memoryShop) Latest(context.Context) (transfer.Run, bool, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for i := len(s.runs) - 1; i >= 0; i-- {
		if r := s.runs[i]; !r.ConfirmedAt.IsZero() {
			return r, true, s.failing
		}
	}
	return transfer.Run{}, false, s.failing
}

func (s *memoryShop) Rows(_ context.Context, q transfer.Query) ([]transfer.Listed, int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.asked = append(s.asked, q)
	if s.list != nil {
		if err := s.list(q); err != nil {
			return nil, 0, err
		}
	}
	var all []transfer.Listed
	for _, r := range s.rows {
		transferred := r.Outcome == transfer.OutcomeMatched || r.Outcome == transfer.OutcomeUnmatched
		switch {
		case r.RunID != q.RunID, q.Transferred && !transferred, !q.Transferred && q.Outcome != "" && r.Outcome != q.Outcome:
		case q.Part != "" && !inPart(r, q.Part):
		case q.Search != "" && !strings.Contains(domain.Fold(r.Remote.Name+" "+string(r.Remote.Code)), domain.Fold(q.Search)):
		default:
			all = append(all, transfer.Listed{Row: r, ProductName: s.local[r.ProductID].Name})
		}
	}
	if q.Sort == transfer.SortPrice {
		slices.SortStableFunc(all, func(a, b transfer.Listed) int { return a.Remote.Price.Decimal.Cmp(b.Remote.Price.Decimal) })
	}
	if q.Desc {
		slices.Reverse(all)
	}
	total := len(all)
	all = all[min(q.Offset, total):]
	if q.Limit > 0 {
		all = all[:min(q.Limit, len(all))]
	}
	return all, total, nil
}

func (s *memoryShop) TransferPlan(_ context.Context, run int64) (transfer.Plan, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	r := s.runs[run-1]
	p := transfer.Plan{RunID: run, Options: r.Options, ReadAt: r.ReadAt, Cost: transfer.CostOf(r.Total)}
	for _, row := range s.rows {
		if row.RunID == run && row.Planned.Outcome != "" {
			p.Add(row)
		}
	}
	return p, nil
}

func (s *memoryShop) Planned(context.Context) (*transfer.Job, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if n := len(s.runs); n > 0 && s.runs[n-1].State == transfer.StatePlanned {
		return s.job(s.runs[n-1]), nil
	}
	return nil, nil
}

func (s *memoryShop) Retry(ctx context.Context) (*transfer.Job, error) {
	r, ok, err := s.Latest(ctx)
	if err != nil || !ok || r.Counters.Failed == 0 {
		return nil, err
	}
	j := s.job(r)
	return j, j.Retry(ctx)
}

func (s *memoryShop) SavePlanPage(_ context.Context, run int64, _ string) (string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.saved = append(s.saved, run)
	return "/home/ayşe/Belgeler/plan.html", nil
}

// inPart tells whether a row is of a part of the unmatched ones.
func inPart(r transfer.Row, p transfer.Part) bool {
	undecided := r.Decided == "" && r.ProductID == 0
	switch p {
	case transfer.PartUndecided:
		return undecided
	case transfer.PartConflict:
		return undecided && r.Reason == matching.ReasonConflict
	case transfer.PartAmbiguous:
		return undecided && r.Reason == matching.ReasonAmbiguous
	case transfer.PartIgnored:
		return r.Decided == transfer.DecideIgnore
	default:
		return true
	}
}

func (s *memoryShop) Export(_ context.Context, q transfer.Query) (string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.exported = append(s.exported, q)
	return "/home/ayşe/Belgeler/aktarım.xlsx", nil
}

// --- İşbaşı ---

func (s *memoryShop) Calls() (reads, writes int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.reads, 0
}

func (s *memoryShop) Products(ctx context.Context, from int) iter.Seq2[transfer.Page, error] {
	return func(yield func(transfer.Page, error) bool) {
		for n := from; ; n++ {
			if s.page != nil {
				if err := s.page(ctx, n); err != nil {
					yield(transfer.Page{}, err)
					return
				}
			}
			s.mu.Lock()
			s.reads++
			total := len(s.remote)
			lo := min((n-1)*transfer.PageSize, total)
			p := transfer.Page{Number: n, Total: total, Products: s.remote[lo:min(lo+transfer.PageSize, total)]}
			s.mu.Unlock()
			p.Last = n*transfer.PageSize >= total
			if !yield(p, nil) || p.Last {
				return
			}
		}
	}
}

// --- the store of a job ---

func (s *memoryShop) CreateRun(_ context.Context, r transfer.Run) (transfer.Run, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	r.ID = int64(len(s.runs) + 1)
	s.runs = append(s.runs, r)
	return r, nil
}

func (s *memoryShop) SaveRun(ctx context.Context, r transfer.Run) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := ctx.Err(); err != nil {
		return err
	}
	s.runs[r.ID-1] = r
	return nil
}

func (s *memoryShop) StagePage(ctx context.Context, r transfer.Run, products []domain.RemoteProduct) (transfer.Run, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := ctx.Err(); err != nil {
		return r, err
	}
	for _, p := range products {
		s.rows = append(s.rows, transfer.Row{RunID: r.ID, Remote: p, Outcome: transfer.OutcomePending})
	}
	r.Counters.Read += len(products)
	r.Counters.Pending += len(products)
	s.runs[r.ID-1] = r
	return r, nil
}

func (s *memoryShop) DropRows(_ context.Context, r transfer.Run) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.rows = slices.DeleteFunc(s.rows, func(row transfer.Row) bool { return row.RunID == r.ID })
	return nil
}

func (s *memoryShop) Sides(_ context.Context, r transfer.Run) (transfer.Sides, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	sides := transfer.Sides{Revisions: map[domain.ProductID]int64{}}
	for id, p := range s.local {
		sides.Locals = append(sides.Locals, matching.Local{ID: id, Code: p.Code, Barcode: p.Barcode})
		sides.Revisions[id] = p.Revision
	}
	for id, p := range s.bound {
		sides.Bound = append(sides.Bound, matching.Pair{Remote: id, Local: p})
	}
	for _, row := range s.rows {
		if row.RunID == r.ID {
			sides.Remotes = append(sides.Remotes, row.Remote)
		}
	}
	return sides, nil
}

func (s *memoryShop) SavePlan(_ context.Context, r transfer.Run, plan []matching.Decision, revisions map[domain.ProductID]int64, foresee func(transfer.Candidate) transfer.Planned) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	decided := map[domain.RemoteID]matching.Decision{}
	for _, d := range plan {
		decided[d.Remote] = d
	}
	for i := range s.rows {
		if row := &s.rows[i]; row.RunID == r.ID {
			d := decided[row.Remote.ID]
			row.Tier, row.Reason, row.Candidates, row.Flag = d.Tier, d.Reason, d.Candidates, d.Flag
			row.Skipped, row.ProductID, row.Revision = d.Skipped, d.Local, revisions[d.Local]
			row.Planned = foresee(s.candidate(*row))
		}
	}
	s.runs[r.ID-1] = r
	return nil
}

func (s *memoryShop) candidate(row transfer.Row) transfer.Candidate {
	c := transfer.Candidate{Row: row, BoundTo: s.bound[row.Remote.ID]}
	if p, ok := s.local[row.ProductID]; ok {
		c.Product = &p
	}
	return c
}

func (s *memoryShop) Apply(ctx context.Context, r transfer.Run, n int, decide func(transfer.Candidate) transfer.Effect) (transfer.Run, []transfer.Row, error) {
	if s.batch != nil {
		if err := s.batch(ctx); err != nil {
			return r, nil, err
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := ctx.Err(); err != nil {
		return r, nil, err
	}
	var done []transfer.Row
	for i := range s.rows {
		row := &s.rows[i]
		if row.RunID != r.ID || row.Outcome != transfer.OutcomePending || len(done) == n {
			continue
		}
		e := decide(s.candidate(*row))
		row.Outcome, row.Notes = e.Outcome, e.Notes
		if e.Bind && row.ProductID != 0 {
			s.bound[row.Remote.ID] = row.ProductID
		}
		r.Counters.Count(e.Outcome)
		done = append(done, *row)
	}
	s.runs[r.ID-1] = r
	return r, done, nil
}

func (s *memoryShop) Reopen(_ context.Context, r transfer.Run) (transfer.Run, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for i := range s.rows {
		if row := &s.rows[i]; row.RunID == r.ID && row.Outcome == transfer.OutcomeFailed {
			row.Outcome, row.Notes = transfer.OutcomePending, nil
			r.Counters.Failed--
			r.Counters.Pending++
		}
	}
	s.runs[r.ID-1] = r
	return r, nil
}
