package sync

import (
	"context"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/quota"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
)

const (
	// fullEvery is how long a read of the whole list may lie back before what changed since is not enough.
	fullEvery = 7 * 24 * time.Hour
	// overlap is how far a read of what has changed reaches back behind the last one: clocks differ.
	overlap = time.Hour
)

// Store is where a company keeps its syncs, and what they have to know.
type Store interface {
	Runs
	Plans
	Changes
	Lists
	Undoing
	Preferences
}

// ProbeStock finds out whether the key may write stock, and remembers it. It costs one write.
func (s *Syncs) ProbeStock(ctx context.Context) (domain.AbilityAnswer, error) {
	if err := s.co.SignedIn(ctx); err != nil {
		return domain.AbilityUnasked, err
	}
	return s.co.Writer.ProbeStock(ctx)
}

// DecideOpen carries out what a person says of fields that wait. What is to go to İşbaşı waits for the next push.
func (s *Syncs) DecideOpen(ctx context.Context, d Decision) (Decided, error) {
	stock, err := s.co.Abilities.Ability(ctx, domain.AbilityStockWrite)
	if err != nil {
		return Decided{}, err
	}
	return s.co.Store.DecideFields(ctx, d, stock)
}

// SendEdits gives a job that sends what was changed in the catalogue and reads nothing before; see NewSync.
func (s *Syncs) SendEdits(ctx context.Context, o Occasion) (*Job, error) {
	return s.NewSync(ctx, Request{Scope: ScopeEdits, Occasion: o})
}

// Preferences are a company's choices.
type Preferences interface {
	Settings(ctx context.Context) (domain.Settings, error)
	SyncSettings(ctx context.Context) (Settings, error)
}

// Lists finds runs and what they wait for.
type Lists interface {
	// LatestSync gives the newest confirmed run that read İşbaşı, or of any scope; ok = false: there is none.
	LatestSync(ctx context.Context, scopes ...Scope) (r Run, ok bool, err error)
	// UnfinishedSync gives the newest confirmed run if there is still something to do for it.
	UnfinishedSync(ctx context.Context) (r Run, ok bool, err error)
	// LatestRun gives the newest transfer that was confirmed and not undone; ok = false: there is none.
	LatestRun(ctx context.Context) (r transfer.Run, ok bool, err error)
	// Edited tells how many bound fields differ from what was agreed on, and when the last of them was changed.
	Edited(ctx context.Context) (n int, last time.Time, err error)
	// SeenProducts counts what the last read of the whole list has seen; 0: never read.
	SeenProducts(ctx context.Context) (int, error)
	// ChangedTotals gives how many rows each run had to read that read what had changed, to its end, at that time or later.
	ChangedTotals(ctx context.Context, from time.Time) ([]int, error)
}

// Company is what the syncs of a company work with.
type Company struct {
	domain.Company
	Books     Books
	Writer    Writer
	Abilities Abilities
	Spending  Spending
	Store     Store
	// SignedIn makes sure that there is a session. KindNeedsSignIn: a person has to sign in.
	SignedIn func(ctx context.Context) error
	// Importing tells whether a transfer of the company is at work: a sync waits for its end.
	Importing func() bool
	// Patience is how long a write whose answer is lost may still arrive at İşbaşı.
	Patience time.Duration
	Now      func() time.Time
}

// Syncs makes and works on the syncs of one company.
type Syncs struct {
	co Company
	// Syncing is where they are worked on that go on by themselves.
	Syncing *transfer.Runner
}

// NewSyncs makes those of a company.
func NewSyncs(co Company) *Syncs {
	s := &Syncs{co: co}
	s.Syncing = transfer.NewRunner(s.interrupted, co.Now)
	return s
}

// Job is a run that is worked on.
type Job struct {
	*transfer.Job
	work *work
}

// Sync gives the run as it was stored last; Snapshot of the job knows state and progress better.
func (j *Job) Sync() Run { return j.work.with(j.Snapshot().Run) }

func (s *Syncs) job(r Run) *Job {
	w := &work{co: s.co, run: r}
	return &Job{work: w, Job: transfer.NewJob(transfer.Deps{
		Books: sweep{w}, Abilities: sweep{w}, Runs: w, Steps: w, Reporter: alone{}, Queue: alone{}, Now: s.co.Now,
	}, r.Run)}
}

// NewSync makes a job that has not started. KindNeedsSignIn: the company is not authorised; KindInvalid (field
// "integration"): the integration is closed; KindBusy: a transfer is at work; KindQuota: there are not enough reads
// left, see quota.GoesOnAt.
func (s *Syncs) NewSync(ctx context.Context, q Request) (*Job, error) {
	err := s.mayWork(ctx)
	if err != nil {
		return nil, err
	}
	if err := s.co.SignedIn(ctx); err != nil {
		return nil, err
	}
	r := Run{Request: q}
	last, ok, err := s.co.Store.UnfinishedSync(ctx)
	if err != nil {
		return nil, err
	}
	if ok {
		r.Options = takingWhatWasRead(last)
	}
	switch q.Scope {
	case ScopeEdits:
		r.State, r.Phase, r.NextPage, r.ReadAt = transfer.StateDraft, transfer.PhaseMatch, 1, s.co.Now()
		r.Request.Only = WayPush
	case "":
		if r.Request.Scope, r.Request.Since, err = s.scope(ctx); err != nil {
			return nil, err
		}
	default:
	}
	cost, err := s.cost(ctx, r.Request.Scope)
	if err != nil {
		return nil, err
	}
	if err := s.co.Spending.May(ctx, cost, quota.Ordinary); err != nil {
		return nil, err
	}
	return s.job(r), nil
}

// mayWork refuses to work while the integration is closed or a transfer is at work.
func (s *Syncs) mayWork(ctx context.Context) error {
	settings, err := s.co.Store.Settings(ctx)
	switch {
	case err != nil:
		return err
	case !settings.IntegrationOn:
		return domain.Invalid("integration", "integration-closed")
	case s.co.Importing():
		return domain.E(domain.KindBusy, "sync", nil)
	default:
		return nil
	}
}

// AcceptBrakes gives a job that goes on with the run that waits at its brakes, with those let go. KindState: no run
// waits; KindStalePlan: it has waited for more than a day; KindInvalid (field "brake"): one of the IDs is none of its
// brakes; else as NewSync, but for the reads.
func (s *Syncs) AcceptBrakes(ctx context.Context, ids ...string) (*Job, error) {
	r, ok, err := s.co.Store.UnfinishedSync(ctx)
	if err != nil {
		return nil, err
	}
	switch {
	case !ok || !r.Braked():
		return nil, domain.E(domain.KindState, "let brakes go", nil)
	case transfer.Outdated(r.ReadAt, s.co.Now(), transfer.PlanLifetime):
		return nil, domain.E(domain.KindStalePlan, "let brakes go", nil)
	}
	for _, id := range ids {
		if id != AllBrakes && !r.has(id) {
			return nil, domain.Invalid("brake", "brake-of-another-plan")
		}
	}
	if err := s.mayWork(ctx); err != nil {
		return nil, err
	}
	if err := s.co.SignedIn(ctx); err != nil {
		return nil, err
	}
	r.Request.Accepted = append(r.Request.Accepted, ids...)
	return s.job(r), nil
}

// GiveUpSync ends the run that waits, for a person or for something else: what it had planned is judged anew by the
// next one.
func (s *Syncs) GiveUpSync(ctx context.Context) error {
	r, ok, err := s.co.Store.UnfinishedSync(ctx)
	if err != nil || !ok {
		return err
	}
	r.State = transfer.StateStopped
	_, err = s.co.Store.SaveSync(ctx, r)
	return err
}

func (r Run) has(brake string) bool {
	for _, b := range r.Brakes {
		if b.ID == brake {
			return true
		}
	}
	return false
}

// ResumeSync gives a job for the newest run that is confirmed and not finished, nil when there is none.
// KindInvalid (field "integration") and KindBusy as of NewSync.
func (s *Syncs) ResumeSync(ctx context.Context) (*Job, error) {
	r, ok, err := s.co.Store.UnfinishedSync(ctx)
	if err != nil || !ok {
		return nil, err
	}
	if err := s.mayWork(ctx); err != nil {
		return nil, err
	}
	r.Options = takingWhatWasRead(r)
	return s.job(r), nil
}

// takingWhatWasRead are the options of a sync behind one whose read did not agree with İşbaşı's count: if that is so
// again, it goes on with what was read. What was not read is neither changed nor taken as gone.
func takingWhatWasRead(last Run) transfer.Options {
	if last.State != transfer.StatePaused || last.Cause != domain.KindCount {
		return transfer.Options{}
	}
	return transfer.Options{TakeRead: true, Disagreed: 1}
}

// interrupted gives the job that may go on by itself, nil when there is none.
func (s *Syncs) interrupted(ctx context.Context) (*transfer.Job, error) {
	settings, err := s.co.Store.Settings(ctx)
	if err != nil || !settings.IntegrationOn || s.co.Importing() {
		return nil, err
	}
	j, err := s.ResumeSync(ctx)
	if err != nil || j == nil {
		return nil, err
	}
	return j.Job, nil
}

// scope says how much a run has to read: what changed since the last read, where İşbaşı's filter has proved to see
// every change and the whole list was read within a week; else the whole list.
func (s *Syncs) scope(ctx context.Context) (Scope, time.Time, error) {
	full, ok, err := s.co.Store.LatestSync(ctx, ScopeFull)
	if err != nil || !ok || full.Short() != 0 || full.Undated > 0 || transfer.Outdated(full.ReadAt, s.co.Now(), fullEvery) {
		return ScopeFull, time.Time{}, err
	}
	answer, err := s.co.Abilities.Ability(ctx, domain.AbilityModifiedFilter)
	if err != nil || answer == domain.AbilityDenied || answer == domain.AbilityUnasked && full.Dated == 0 {
		return ScopeFull, time.Time{}, err
	}
	last, ok, err := s.co.Store.LatestSync(ctx, ScopeFull, ScopeChanged)
	if err != nil || !ok {
		return ScopeFull, time.Time{}, err
	}
	return ScopeChanged, last.CreatedAt.Add(-overlap), nil
}

// cost is what the read of a scope costs, as far as it is known: one read at least.
func (s *Syncs) cost(ctx context.Context, scope Scope) (quota.Cost, error) {
	switch scope {
	case ScopeFull:
		n, err := s.co.Store.SeenProducts(ctx)
		return quota.Cost{Reads: max(1, transfer.CostOf(n).Reads)}, err
	case ScopeChanged:
		return quota.Cost{Reads: 1}, nil
	default:
		return quota.Cost{}, nil
	}
}

// Standing is how a company's sync stands.
type Standing struct {
	Choices  domain.Settings
	Settings Settings
	Last     Run // of those that read İşbaşı
	HasLast  bool
	// Looked is when what İşbaşı has was begun to be read last, by a sync or an import; zero: never. The schedule counts from it.
	Looked time.Time
	// Next is when the next one begins by itself; zero: none does. Saving: it waits for the month's share of reads
	// to suffice, and would have begun earlier.
	Next   time.Time
	Saving bool
	// Scope and Cost are what one that is begun now would read.
	Scope Scope
	Cost  quota.Cost
	// Edited are the bound fields that wait to go out, EditedAt is since when the last of them does.
	Edited   int
	EditedAt time.Time
}

// looked tells when İşbaşı's whole list was begun to be read last: by that sync, or by an import that has carried out all that
// it read. What changed there since is for the next sync of the schedule, as it is behind a sync.
func (s *Syncs) looked(ctx context.Context, synced time.Time) (time.Time, error) {
	r, ok, err := s.co.Store.LatestRun(ctx)
	if err != nil || !ok || r.State != transfer.StateDone || r.Short() != 0 || r.Undoing() {
		return synced, err
	}
	return latest(synced, earliest(r.CreatedAt, r.ReadAt)), nil // of a plan from a file, the read is the older one
}

// SyncStanding tells how the sync stands; it asks nothing at İşbaşı.
func (s *Syncs) SyncStanding(ctx context.Context) (st Standing, err error) {
	if st.Choices, err = s.co.Store.Settings(ctx); err != nil {
		return st, err
	}
	if st.Settings, err = s.co.Store.SyncSettings(ctx); err != nil {
		return st, err
	}
	if st.Last, st.HasLast, err = s.co.Store.LatestSync(ctx, ScopeFull, ScopeChanged); err != nil {
		return st, err
	}
	if st.Scope, _, err = s.scope(ctx); err != nil {
		return st, err
	}
	if st.Cost, err = s.cost(ctx, st.Scope); err != nil {
		return st, err
	}
	if st.Edited, st.EditedAt, err = s.co.Store.Edited(ctx); err != nil {
		return st, err
	}
	if st.Looked, err = s.looked(ctx, st.Last.CreatedAt); err != nil {
		return st, err
	}
	now := s.co.Now()
	due := Due(st.Settings.ScheduleOf(st.Choices), st.Looked, now)
	if due.IsZero() {
		return st, nil
	}
	usage, err := s.co.Spending.Usage(ctx)
	if err != nil {
		return st, err
	}
	affordable := NextSweep(st.Looked, st.Cost.Reads, usage.Left(quota.Read, quota.Ordinary), now)
	st.Next, st.Saving = due, affordable.After(due)
	if st.Saving {
		st.Next = affordable
	}
	return st, nil
}
