package transfer

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
)

// Deps are what a job works with.
type Deps struct {
	Books     Books
	Runs      Runs
	Catalogue Catalogue
	Reporter  Reporter
	Queue     Queue
	Now       func() time.Time
}

// Job carries one run. Its methods that take a context block and are called off the interface's
// thread, one at a time; Snapshot and Stop may be called from anywhere at any time. Cancelling the
// context leaves the run as one that was interrupted (it goes on at the next start); Stop ends it.
type Job struct {
	deps Deps
	busy sync.Mutex // held by the method that works

	mu       sync.Mutex
	run      Run
	lastName string
	stop     context.CancelCauseFunc // nil: nothing works
	asked    bool                    // Stop was called, and no work has heard it yet
	speed    speed
	standing Standing

	calls     calls // of the API, when this sitting began
	worked    time.Duration
	sat       time.Time // when this sitting began
	acceptOld bool
	readAnew  bool
}

type calls struct{ reads, writes, runReads, runWrites int }

var errStop = errors.New("stopped by a person")

// NewJob makes a job for r: a new run (ID 0, stored when it first has something to store) or one that
// goes on.
func NewJob(d Deps, r Run) *Job {
	if r.State == "" {
		r.State, r.Phase, r.NextPage = StateDraft, PhaseRead, 1
	}
	return &Job{deps: d, run: r}
}

// Cost is what a run spends at İşbaşı in all.
type Cost struct {
	Products int
	Reads    int
	Writes   int
}

// Snapshot is how a job stands at this moment.
type Snapshot struct {
	Run
	Done, Of int           // of the phase: products read, or rows applied
	Rate     float64       // of Done, per second, of late; 0 while unknown
	Left     time.Duration // of the phase; 0 while nothing sensible can be said
	LastName string        // of the product handled last
	Queue    Standing      // while queued
}

// Snapshot gives how the job stands.
func (j *Job) Snapshot() Snapshot {
	j.mu.Lock()
	defer j.mu.Unlock()
	s := Snapshot{Run: j.run, LastName: j.lastName}
	s.Done, s.Of = progress(j.run)
	switch j.run.State {
	case StateQueued:
		s.Queue = j.standing
	case StatePreparing, StateApplying:
		s.Rate, s.Left = j.speed.of(s.Done, s.Of, j.deps.Now())
	default:
	}
	return s
}

func progress(r Run) (done, of int) {
	if r.Phase == PhaseRead {
		return r.Counters.Read, r.Total
	}
	return r.Counters.Read - r.Counters.Pending, r.Counters.Read
}

// Stop asks the job to end: the page or batch in flight finishes or is dropped whole, and what is
// written stays. A job that has not begun yet ends as soon as it begins.
func (j *Job) Stop() {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.asked = true
	if j.run.State.Active() {
		j.run.State = StateStopping
	}
	if j.stop != nil {
		j.stop(errStop)
	}
}

// AcceptOldPlan lets a plan that was read more than PlanLifetime ago be applied as it is.
func (j *Job) AcceptOldPlan() {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.acceptOld = true
}

// ReadAnew makes the next Run or Prepare read İşbaşı from the first page, provided that nothing of
// the plan has been applied.
func (j *Job) ReadAnew() {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.readAnew = true
}

// Measure reads the first page, if it was not read, and tells what the whole costs. The page counts:
// Prepare goes on with the second.
func (j *Job) Measure(ctx context.Context) (Cost, error) {
	err := j.work(ctx, StateDraft, func(ctx context.Context) error {
		if j.Snapshot().NextPage > 1 {
			return nil
		}
		return j.readPages(ctx, true)
	}, StateDraft)
	r := j.Snapshot().Run
	return CostOf(r.Total), err
}

// CostOf tells what reading that many products costs; a transfer writes nothing at İşbaşı.
func CostOf(products int) Cost { return Cost{Products: products, Reads: pages(products)} }

func pages(products int) int { return max(1, (products+PageSize-1)/PageSize) }

// Prepare reads and matches without writing to the catalogue; the run is then planned. An error that
// time or a person can mend leaves it paused, see Run.
func (j *Job) Prepare(ctx context.Context) error {
	return j.work(ctx, StatePreparing, j.prepare, StatePlanned)
}

// Run carries the job to its end from wherever it stands: calling it is the confirmation of the plan.
// After it Snapshot tells the state: done, partly done, stopped (the error is nil), paused or failed
// (the error says why), or still active when ctx was cancelled.
func (j *Job) Run(ctx context.Context) error {
	j.set(func(r *Run) {
		if r.ConfirmedAt.IsZero() {
			r.ConfirmedAt = j.deps.Now()
		}
		if r.Counters.Read-r.Counters.Pending >= r.Options.Limit {
			r.Options.Limit = 0 // "go on" after the first twenty
		}
	})
	return j.work(ctx, StatePreparing, func(ctx context.Context) error {
		if err := j.enterQueue(ctx); err != nil {
			return err
		}
		if err := j.prepare(ctx); err != nil {
			return err
		}
		return j.apply(ctx)
	}, "")
}

// work runs f as the only work of this job. The run is in state while it works and in state then
// when f ends well ("": f has set one itself); every other end is turned into a state here.
func (j *Job) work(ctx context.Context, state State, f func(context.Context) error, then State) error {
	j.busy.Lock()
	defer j.busy.Unlock()
	if s := j.Snapshot(); s.State == StateFailed {
		return &domain.Error{Kind: s.Cause, Op: "transfer", Detail: s.Detail}
	} else if s.State.Finished() {
		return nil
	}
	inner, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	j.begin(state, cancel)

	err := j.save(inner)
	if err == nil {
		noted := j.noteStop(inner)
		err = f(inner)
		noted()
	}
	stopped := errors.Is(context.Cause(inner), errStop)
	j.mu.Lock()
	j.stop, j.asked = nil, false
	switch {
	case err == nil:
		if then != "" {
			j.run.State = then
		}
	case stopped:
		j.run.State, err = StateStopped, nil
	case ctx.Err() != nil:
		// Interrupted: the store keeps the active state, and the next start goes on.
		j.mu.Unlock()
		return domain.E(domain.KindCancelled, "transfer", ctx.Err())
	default:
		j.run.State, j.run.Cause, j.run.Detail = stateFor(err), domain.KindOf(err), detailOf(err)
	}
	if j.run.State.Finished() {
		j.run.FinishedAt = j.deps.Now()
	}
	j.mu.Unlock()

	// The end of a run is stored even while its context ends.
	last, done := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
	defer done()
	saving := j.save(last)
	if r := j.Snapshot().Run; saving == nil && !r.ConfirmedAt.IsZero() && (r.State.Finished() || r.State == StateStopped) {
		j.deps.Reporter.Ended(r)
	}
	return errors.Join(err, saving, j.leaveQueue(last))
}

// noteStop stores the wish to stop when it is uttered: a program that is killed before the work has ended
// must not go on by itself at its next start. It gives what waits for that.
func (j *Job) noteStop(ctx context.Context) (wait func()) {
	done := make(chan struct{})
	unheard := context.AfterFunc(ctx, func() {
		defer close(done)
		if !errors.Is(context.Cause(ctx), errStop) {
			return
		}
		limited, cancel := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
		defer cancel()
		_ = j.deps.Runs.StopRun(limited, j.Snapshot().ID) // the end of the work stores it once more
	})
	return func() {
		if !unheard() {
			<-done
		}
	}
}

func (j *Job) begin(state State, cancel context.CancelCauseFunc) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.stop, j.speed, j.standing = cancel, speed{}, Standing{}
	j.run.State = state
	if j.asked {
		if state.Active() {
			j.run.State = StateStopping
		}
		cancel(errStop)
	}
	j.run.Cause, j.run.Detail = "", ""
	j.calls.reads, j.calls.writes = j.deps.Books.Calls()
	j.calls.runReads, j.calls.runWrites = j.run.APIReads, j.run.APIWrites
	j.worked, j.sat = j.run.Worked, j.deps.Now()
	if j.run.CreatedAt.IsZero() {
		j.run.CreatedAt = j.sat
	}
}

// stateFor says whether going on later may help: then the run is paused, never failed (rules.md §4).
func stateFor(err error) State {
	switch domain.KindOf(err) {
	case domain.KindForbidden, domain.KindHost, domain.KindInternal, domain.KindInvalid, domain.KindNotFound:
		return StateFailed
	default:
		return StatePaused
	}
}

func detailOf(err error) string {
	var e *domain.Error
	if errors.As(err, &e) {
		return e.Detail
	}
	return ""
}

// set changes the run; what it changes is stored by the next save or batch.
func (j *Job) set(change func(*Run)) {
	j.mu.Lock()
	defer j.mu.Unlock()
	change(&j.run)
}

// current gives the run with what this sitting has cost so far.
func (j *Job) current() Run {
	j.mu.Lock()
	defer j.mu.Unlock()
	reads, writes := j.deps.Books.Calls()
	j.run.APIReads = j.calls.runReads + reads - j.calls.reads
	j.run.APIWrites = j.calls.runWrites + writes - j.calls.writes
	j.run.Worked = j.worked + j.deps.Now().Sub(j.sat)
	return j.run
}

// written takes over what the store has written. A stop that was asked for meanwhile stays asked for.
func (j *Job) written(r Run, lastName string) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.run.State == StateStopping {
		r.State = StateStopping
	}
	j.run = r
	if lastName != "" {
		j.lastName = lastName
	}
	done, _ := progress(r)
	j.speed.mark(done, j.deps.Now())
}

func (j *Job) save(ctx context.Context) error {
	r := j.current()
	if r.ID == 0 {
		stored, err := j.deps.Runs.CreateRun(ctx, r)
		if err != nil {
			return domain.Wrap(err, "store the new run")
		}
		j.set(func(r *Run) { r.ID = stored.ID })
		return nil
	}
	return domain.Wrap(j.deps.Runs.SaveRun(ctx, r), "store the run")
}

// phase marks the beginning of a phase for rate and time left.
func (j *Job) phase() {
	j.mu.Lock()
	defer j.mu.Unlock()
	done, _ := progress(j.run)
	j.speed = speed{}
	j.speed.mark(done, j.deps.Now())
}

// enter brings the run into a state of its work. A stop that was asked for meanwhile stays asked for.
func (j *Job) enter(s State) {
	j.set(func(r *Run) {
		if r.State != StateStopping {
			r.State = s
		}
	})
}
