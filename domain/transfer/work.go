package transfer

import (
	"context"
	"errors"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
)

// Measure reads the first page, if it was not read, and tells what the whole costs. The page counts:
// Prepare goes on with the second.
func (j *Job) Measure(ctx context.Context) (Cost, error) {
	err := j.work(ctx, StateDraft, func(ctx context.Context) error {
		if j.Snapshot().NextPage > 1 {
			return nil
		}
		j.phase()
		return j.readPages(ctx, true)
	}, StateDraft)
	r := j.Snapshot().Run
	return CostOf(r.Total), err
}

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
		j.run.State, j.run.Cause, j.run.Detail = stateFor(err, j.run), domain.KindOf(err), detailOf(err)
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
	j.stop, j.speed, j.standing = cancel, domain.Speed{}, Standing{}
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

// stateFor says whether going on later may help: then the run is paused, never failed (rules.md §4). A refusal, a
// redirect or "no such address" to a read proves nothing once a page was answered: it may be a gateway's, and passes.
func stateFor(err error, r Run) State {
	switch domain.KindOf(err) {
	case domain.KindInternal, domain.KindInvalid:
		return StateFailed
	case domain.KindForbidden, domain.KindHost, domain.KindNotFound:
		if r.Counters.Read > 0 && r.Phase != PhaseApply {
			return StatePaused
		}
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

func (j *Job) enterQueue(ctx context.Context) error {
	return domain.Wrap(j.deps.Queue.Enter(ctx, j.Snapshot().ID), "enter the queue")
}

// leaveQueue gives the run's place away once there is nothing to wait for: it has ended, or a person
// stopped it. A paused one keeps its place.
func (j *Job) leaveQueue(ctx context.Context) error {
	r := j.Snapshot().Run
	if r.ConfirmedAt.IsZero() || !r.State.Finished() && r.State != StateStopped {
		return nil
	}
	return domain.Wrap(j.deps.Queue.Leave(ctx, r.ID), "leave the queue")
}
