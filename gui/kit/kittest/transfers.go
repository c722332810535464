package kittest

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/decisions"
	"github.com/sopyo/sopyo-desktop/domain/matching"
	"github.com/sopyo/sopyo-desktop/domain/quota"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
)

// Transfers is a company in memory, on both sides: İşbaşı's list, the catalogue, and what transfers
// have stored. The jobs that work on it are real ones.
type Transfers struct {
	*kept
	mu     *sync.Mutex // of kept
	Link   domain.Connection
	Chosen domain.Settings
	Spent  quota.Usage
	Remote []domain.RemoteProduct
	Local  map[domain.ProductID]domain.Product
	Bound  map[domain.RemoteID]domain.ProductID
	Reads  int
	Made   int // jobs made by New
	// Counted is the count that İşbaşı gives, 0 = the right one.
	Counted int

	// page is called before a page is answered, turn before a run may write, batch before a batch.
	Page  func(ctx context.Context, n int) error
	Turn  func(ctx context.Context) error
	Batch func(ctx context.Context) error
	// List is called before rows are answered.
	List func(q transfer.Query) error

	Asked    []transfer.Query
	Exported []transfer.Query
	Saved    []int64 // runs whose plan was saved
	failing  error   // of Latest
	Standing transfer.Standing
	Runner   *transfer.Runner // made in the bubble

	*Decisions
	*Catalogue
	*Mail
}

// NewTransfers makes an authorised shop with n products at İşbaşı, the first m of which are in the
// catalogue.
func NewTransfers(n, m int) *Transfers {
	s := &Transfers{
		Link: domain.Connection{Authorised: true}, Chosen: domain.DefaultSettings(),
		Spent: quota.Usage{ReadLimit: quota.ReadLimit, WriteLimit: quota.WriteLimit},
		Local: map[domain.ProductID]domain.Product{}, Bound: map[domain.RemoteID]domain.ProductID{},
	}
	s.Chosen.IntegrationOn = true
	s.Catalogue, s.Mail = NewCatalogue(3), NewMail()
	s.kept = &kept{}
	s.mu = &s.kept.mu
	s.Decisions = &Decisions{kept: s.kept, products: s.Catalogue, Refuse: map[domain.RemoteID]transfer.RefusalReason{}, Could: map[domain.RemoteID]transfer.Choices{}, Units: map[domain.RemoteID][]transfer.Suggestion{}}
	for i := range n {
		code := domain.Code(fmt.Sprintf("URN-%05d", i+1))
		s.Remote = append(s.Remote, domain.RemoteProduct{
			ID: domain.RemoteID(fmt.Sprint(i + 1)), Type: 1, Code: code, Name: fmt.Sprintf("ÇAY %05d", i+1), Active: true,
			Price: decimal.NewNullDecimal(decimal.New(int64(3500+i), -2)), Stock: decimal.NewNullDecimal(decimal.NewFromInt(int64(i % 7))),
		})
		if i < m {
			id := domain.ProductID(i + 1)
			s.Local[id] = domain.Product{ID: id, Code: code, Name: fmt.Sprintf("Çay %05d", i+1), Currency: domain.TRY, Revision: 1}
		}
	}
	return s
}

// NewFinished makes a company whose transfer is over: the first m of n products are matched.
func NewFinished(n, m int) (*Transfers, *Decisions) {
	s := NewTransfers(n, m)
	return s, s.Decisions
}

// TransfersScreen is a window over Transfers.
type TransfersScreen struct {
	*Screen
	Shop *Transfers
}

// OnTransfers runs f with an empty window over s in a bubble, in Turkish.
func OnTransfers(t *testing.T, s *Transfers, f func(d *TransfersScreen)) {
	t.Helper()
	Run(t, "tr", func(screen *Screen) {
		s.Runner = transfer.NewRunner(s.Resume, time.Now)
		f(&TransfersScreen{screen, s})
		s.Runner.Close()
	})
}

func (s *Transfers) Settings(context.Context) (domain.Settings, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.Chosen, nil
}

func (s *Transfers) Circumstances(context.Context) (domain.Circumstances, error) {
	return domain.Circumstances{}, nil
}

func (s *Transfers) SaveSettings(_ context.Context, v domain.Settings) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.Chosen = v
	return nil
}

func (s *Transfers) Usage(context.Context) (quota.Usage, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.Spent, nil
}

func (s *Transfers) Connection(context.Context) (domain.Connection, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.Link, nil
}

func (s *Transfers) New(_ context.Context, o transfer.Options) (*transfer.Job, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.Made++
	return s.job(transfer.Run{Options: o}), nil
}

func (s *Transfers) job(r transfer.Run) *transfer.Job {
	return transfer.NewJob(transfer.Deps{Books: s, Abilities: s, Runs: s, Steps: transfer.Import{Catalogue: s}, Reporter: shopQueue{s}, Queue: shopQueue{s}, Now: time.Now}, r)
}

// shopQueue is the machine's queue, and a reporter that nobody listens to; what holds a run up is the test's.
type shopQueue struct{ s *Transfers }

func (shopQueue) Ended(transfer.Run) {}

func (shopQueue) Enter(context.Context, int64) error { return nil }
func (shopQueue) Leave(context.Context, int64) error { return nil }
func (q shopQueue) Turn(ctx context.Context, _ int64, tell func(transfer.Standing)) (func(), error) {
	tell(q.s.Standing)
	if q.s.Turn != nil {
		if err := q.s.Turn(ctx); err != nil {
			return nil, err
		}
	}
	return func() {}, nil
}

func (s *Transfers) Resume(context.Context) (*transfer.Job, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for i := len(s.KeptRuns) - 1; i >= 0; i-- {
		if r := s.KeptRuns[i]; !r.ConfirmedAt.IsZero() {
			if r.State.Finished() {
				return nil, nil
			}
			return s.job(r), nil
		}
	}
	return nil, nil
}

func (s *Transfers) LatestRun(context.Context) (transfer.Run, bool, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for i := len(s.KeptRuns) - 1; i >= 0; i-- {
		if r := s.KeptRuns[i]; !r.ConfirmedAt.IsZero() {
			return r, true, s.failing
		}
	}
	return transfer.Run{}, false, s.failing
}

func (s *Transfers) Rows(_ context.Context, q transfer.Query) ([]transfer.Listed, int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.Asked = append(s.Asked, q)
	if s.List != nil {
		if err := s.List(q); err != nil {
			return nil, 0, err
		}
	}
	var all []transfer.Listed
	for _, r := range s.KeptRows {
		transferred := r.Outcome == transfer.OutcomeMatched || r.Outcome == transfer.OutcomeUnmatched
		switch {
		case r.RunID != q.RunID, q.Transferred && !transferred, !q.Transferred && q.Outcome != "" && r.Outcome != q.Outcome:
		case q.Part != "" && !inPart(r, q.Part):
		case q.Search != "" && !strings.Contains(domain.Fold(r.Remote.Name+" "+string(r.Remote.Code)), domain.Fold(q.Search)):
		default:
			all = append(all, transfer.Listed{Row: r, ProductName: s.Local[r.ProductID].Name})
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

func (s *Transfers) TransferPlan(_ context.Context, run int64) (transfer.Plan, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	r := s.KeptRuns[run-1]
	p := transfer.Plan{RunID: run, Options: r.Options, ReadAt: r.ReadAt, Cost: transfer.CostOf(r.Total)}
	for _, row := range s.KeptRows {
		if row.RunID == run && row.Planned.Outcome != "" {
			p.Add(row)
		}
	}
	return p, nil
}

func (s *Transfers) Planned(context.Context) (*transfer.Job, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if n := len(s.KeptRuns); n > 0 && s.KeptRuns[n-1].State == transfer.StatePlanned {
		return s.job(s.KeptRuns[n-1]), nil
	}
	return nil, nil
}

func (s *Transfers) Retry(ctx context.Context) (*transfer.Job, error) {
	r, ok, err := s.LatestRun(ctx)
	if err != nil || !ok || r.Counters.Failed == 0 {
		return nil, err
	}
	j := s.job(r)
	return j, j.Retry(ctx)
}

func (s *Transfers) SavePlanPage(_ context.Context, run int64, _ string) (string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.Saved = append(s.Saved, run)
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
		return undecided && decisions.PartOf(r.Reason, r.Flag) == p
	}
}

func (s *Transfers) Export(_ context.Context, q transfer.Query) (string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.Exported = append(s.Exported, q)
	return "/home/ayşe/Belgeler/aktarım.xlsx", nil
}

// --- İşbaşı ---

func (s *Transfers) Calls() (reads, writes int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.Reads, 0
}

func (s *Transfers) Products(ctx context.Context, in transfer.Range) iter.Seq2[transfer.Page, error] {
	return func(yield func(transfer.Page, error) bool) {
		for n := in.From; ; n++ {
			if s.Page != nil {
				if err := s.Page(ctx, n); err != nil {
					yield(transfer.Page{}, err)
					return
				}
			}
			s.mu.Lock()
			s.Reads++
			total := len(s.Remote)
			lo := min((n-1)*transfer.PageSize, total)
			p := transfer.Page{Number: n, Total: cmp.Or(s.Counted, total), Products: s.Remote[lo:min(lo+transfer.PageSize, total)]}
			s.mu.Unlock()
			p.Last = n*transfer.PageSize >= total
			if !yield(p, nil) || p.Last {
				return
			}
		}
	}
}

// --- the store of a job ---

func (s *Transfers) CreateRun(_ context.Context, r transfer.Run) (transfer.Run, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	r.ID = int64(len(s.KeptRuns) + 1)
	s.KeptRuns = append(s.KeptRuns, r)
	return r, nil
}

func (s *Transfers) SaveRun(ctx context.Context, r transfer.Run) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := ctx.Err(); err != nil {
		return err
	}
	s.KeptRuns[r.ID-1] = r
	return nil
}

func (*Transfers) StopRun(context.Context, int64) error { return nil }

func (s *Transfers) StagePage(ctx context.Context, r transfer.Run, products []domain.RemoteProduct) (transfer.Run, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := ctx.Err(); err != nil {
		return r, err
	}
	for _, p := range products {
		s.KeptRows = append(s.KeptRows, transfer.Row{RunID: r.ID, Remote: p, Outcome: transfer.OutcomePending})
	}
	r.Counters.Read += len(products)
	r.Counters.Pending += len(products)
	s.KeptRuns[r.ID-1] = r
	return r, nil
}

// LastStaged gives the id that was read last.
func (s *Transfers) LastStaged(context.Context, transfer.Run) (domain.RemoteID, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.KeptRows) == 0 {
		return "", nil
	}
	return s.KeptRows[len(s.KeptRows)-1].Remote.ID, nil
}

// StagedBelow counts what was read in front of an id: all of it is right.
func (s *Transfers) StagedBelow(_ context.Context, _ transfer.Run, id domain.RemoteID) (int, error) {
	return slices.IndexFunc(s.Remote, func(p domain.RemoteProduct) bool { return p.ID == id }), nil
}

// StageRange mends nothing: all is right.
func (*Transfers) StageRange(_ context.Context, r transfer.Run, _, _ domain.RemoteID, _ []domain.RemoteProduct) (transfer.Run, error) {
	return r, nil
}

// Ability tells that no filter is known to work.
func (*Transfers) Ability(context.Context, domain.Ability) (domain.AbilityAnswer, error) {
	return domain.AbilityDenied, nil
}

// Remember forgets.
func (*Transfers) Remember(context.Context, domain.Ability, domain.AbilityAnswer) error { return nil }

// Abreast tells that one page is asked for at a time.
func (*Transfers) Abreast() int { return 1 }

func (s *Transfers) DropRows(_ context.Context, r transfer.Run) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.KeptRows = slices.DeleteFunc(s.KeptRows, func(row transfer.Row) bool { return row.RunID == r.ID })
	return nil
}

func (s *Transfers) Sides(_ context.Context, r transfer.Run, matched func(domain.RemoteProduct) matching.Remote) (transfer.Sides, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	sides := transfer.Sides{Revisions: map[domain.ProductID]int64{}}
	for id, p := range s.Local {
		sides.Locals = append(sides.Locals, matching.Local{ID: id, Code: p.Code, Barcode: p.Barcode})
		sides.Revisions[id] = p.Revision
	}
	for id, p := range s.Bound {
		sides.Bound = append(sides.Bound, matching.Pair{Remote: id, Local: p})
	}
	for _, row := range s.KeptRows {
		if row.RunID == r.ID {
			sides.Remotes = append(sides.Remotes, matched(row.Remote))
		}
	}
	return sides, nil
}

func (s *Transfers) SavePlan(_ context.Context, r transfer.Run, plan []matching.Decision, revisions map[domain.ProductID]int64, foresee func(transfer.Candidate) transfer.Planned) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	decided := map[domain.RemoteID]matching.Decision{}
	for _, d := range plan {
		decided[d.Remote] = d
	}
	for i := range s.KeptRows {
		if row := &s.KeptRows[i]; row.RunID == r.ID {
			d := decided[row.Remote.ID]
			row.Tier, row.Reason, row.Candidates, row.Flag = d.Tier, d.Reason, d.Candidates, d.Flag
			row.Skipped, row.ProductID, row.Revision = d.Skipped, d.Local, revisions[d.Local]
			row.Planned = foresee(s.candidate(*row))
		}
	}
	s.KeptRuns[r.ID-1] = r
	return nil
}

func (s *Transfers) candidate(row transfer.Row) transfer.Candidate {
	c := transfer.Candidate{Row: row, BoundTo: s.Bound[row.Remote.ID]}
	if p, ok := s.Local[row.ProductID]; ok {
		c.Product = &p
	}
	return c
}

// ApplySettled leaves all to Apply.
func (s *Transfers) ApplySettled(_ context.Context, r transfer.Run, _ int) (transfer.Run, int, string, error) {
	return r, 0, "", nil
}

func (s *Transfers) Apply(ctx context.Context, r transfer.Run, n int, decide func(transfer.Candidate) transfer.Effect) (transfer.Run, []transfer.Row, error) {
	if s.Batch != nil {
		if err := s.Batch(ctx); err != nil {
			return r, nil, err
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := ctx.Err(); err != nil {
		return r, nil, err
	}
	var done []transfer.Row
	for i := range s.KeptRows {
		row := &s.KeptRows[i]
		if row.RunID != r.ID || row.Outcome != transfer.OutcomePending || len(done) == n {
			continue
		}
		e := decide(s.candidate(*row))
		row.Outcome, row.Notes = e.Outcome, e.Notes
		if e.Bind && row.ProductID != 0 {
			s.Bound[row.Remote.ID] = row.ProductID
		}
		r.Counters.Count(e.Outcome)
		done = append(done, *row)
	}
	s.KeptRuns[r.ID-1] = r
	return r, done, nil
}

func (s *Transfers) Reopen(_ context.Context, r transfer.Run) (transfer.Run, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for i := range s.KeptRows {
		if row := &s.KeptRows[i]; row.RunID == r.ID && row.Outcome == transfer.OutcomeFailed {
			row.Outcome, row.Notes = transfer.OutcomePending, nil
			r.Counters.Failed--
			r.Counters.Pending++
		}
	}
	s.KeptRuns[r.ID-1] = r
	return r, nil
}

func (s *Transfers) Runs(_ context.Context, n, skip int) ([]transfer.Run, int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var all []transfer.Run
	for i := len(s.KeptRuns) - 1; i >= 0; i-- {
		if r := s.KeptRuns[i]; !r.ConfirmedAt.IsZero() {
			all = append(all, r)
		}
	}
	total := len(all)
	all = all[min(skip, total):]
	return all[:min(n, len(all))], total, s.Failing
}

// Confirm walks through the wizard with its defaults.
func Confirm(d *Screen) {
	d.T.Helper()
	d.Tap("Ürünleri Aktar")
	d.Tap("İşlemi Onayla")
}

// Let opens the gate once; a job that never comes to it fails the test.
func Let(d *Screen, gate chan<- struct{}) {
	d.T.Helper()
	select {
	case gate <- struct{}{}:
	case <-time.After(time.Minute):
		d.T.Fatalf("nobody waits at the gate; there is:\n%s", d.Words())
	}
}

func Wait(ctx context.Context, gate <-chan struct{}) error {
	select {
	case <-gate:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// TransferAll carries out a transfer of everything, with the usual options.
func (s *Transfers) TransferAll(ctx context.Context) error {
	job, err := s.New(ctx, transfer.DefaultOptions(domain.TRY))
	if err != nil {
		return err
	}
	work := s.Runner.Run(job)
	<-work.Done()
	return work.Err()
}
