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
	Books Books
	// Abilities: what İşbaşı's filters have proved.
	Abilities Abilities
	Runs      Runs
	Steps     Steps
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
	speed    domain.Speed
	standing Standing

	arrived arrived                              // whoever works has it alone
	soon    func(time.Duration) <-chan time.Time // as time.After

	calls     calls // of the API, when this sitting began
	worked    time.Duration
	sat       time.Time // when this sitting began
	acceptOld bool
	readAnew  bool
	takeRead  bool
	lastDated time.Time   // of the last product of the page that was read last: when it was changed
	readAt    []time.Time // of the pages that this sitting has read, in their order
	readFrom  int         // the first of them
}

type calls struct{ reads, writes, runReads, runWrites int }

var errStop = errors.New("stopped by a person")

// NewJob makes a job for r: a new run (ID 0, stored when it first has something to store) or one that
// goes on.
func NewJob(d Deps, r Run) *Job {
	if r.State == "" {
		r.State, r.Phase, r.NextPage = StateDraft, PhaseRead, 1
	}
	return &Job{deps: d, run: r, soon: time.After}
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
	s.Done, s.Of = j.progress(j.run)
	switch j.run.State {
	case StateQueued:
		s.Queue = j.standing
	case StatePreparing, StateApplying:
		s.Rate, s.Left = j.speed.Of(s.Done, s.Of, j.deps.Now())
	default:
	}
	return s
}

func (j *Job) progress(r Run) (done, of int) {
	if r.Phase == PhaseRead {
		return r.Counters.Read, r.Total
	}
	return j.deps.Steps.Progress(r)
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

// TakeRead lets the run go on with what was read where the count that İşbaşı gives has disagreed with it twice. Nothing
// is taken as gone for that.
func (j *Job) TakeRead() {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.takeRead = true
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
	done, _ := j.progress(r)
	j.speed.Mark(done, j.deps.Now())
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
	done, _ := j.progress(j.run)
	j.speed = domain.Speed{}
	j.speed.Mark(done, j.deps.Now())
}

// enter brings the run into a state of its work. A stop that was asked for meanwhile stays asked for.
func (j *Job) enter(s State) {
	j.set(func(r *Run) {
		if r.State != StateStopping {
			r.State = s
		}
	})
}
