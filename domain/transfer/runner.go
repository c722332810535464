package transfer

import (
	"context"
	"sync"
	"time"
)

// Runner works on one company's transfers in this program: one at a time, whoever looks. A screen attaches
// to the work it finds here and lets go of it; the work goes on. Its methods may be
// called from anywhere at any time.
type Runner struct {
	resume func(ctx context.Context) (*Job, error)
	now    func() time.Time
	ctx    context.Context // the runner's own life, not a caller's
	end    context.CancelFunc
	wait   sync.WaitGroup

	mu      sync.Mutex
	work    *Work
	latest  *Work
	begun   int       // works, so far
	attempt int       // tries in a row that brought nothing
	again   time.Time // of the next try; zero: none is planned
	timer   *time.Timer
}

// Work is a job at work.
type Work struct {
	Job *Job
	// Preview: it is a look at what would happen, which a person has not confirmed. It ends with the screen
	// that asked for it.
	Preview bool

	done chan struct{}
	err  error
}

// Done is closed when the work has ended.
func (w *Work) Done() <-chan struct{} { return w.done }

// Err gives what the work ended with, once Done is closed.
func (w *Work) Err() error { return w.err }

// NewRunner makes a runner. resume finds the job to go on with when nobody names one; nil stands for none.
func NewRunner(resume func(ctx context.Context) (*Job, error), now func() time.Time) *Runner {
	ctx, end := context.WithCancel(context.Background())
	return &Runner{resume: resume, now: now, ctx: ctx, end: end}
}

// Run carries j to its end, see Job.Run. Where something is at work already, that is given instead, and
// j is left alone; nil: the runner is closed. A run that pauses for a reason that passes is gone on with by
// itself, see GoesOnAt.
func (r *Runner) Run(j *Job) *Work { return r.start(&Work{Job: j}, j.Run) }

// Preview reads and matches, see Job.Prepare; else it is like Run.
func (r *Runner) Preview(j *Job) *Work { return r.start(&Work{Job: j, Preview: true}, j.Prepare) }

func (r *Runner) start(w *Work, do func(ctx context.Context) error) *Work {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.begin(w, do)
}

// begin is start, for whoever holds the lock.
func (r *Runner) begin(w *Work, do func(ctx context.Context) error) *Work {
	switch {
	case r.work != nil:
		return r.work
	case r.ctx.Err() != nil:
		return nil
	}
	r.forget()
	r.work, r.latest, w.done = w, w, make(chan struct{})
	r.begun++
	before := moved(w.Job)
	r.wait.Go(func() {
		w.err = do(r.ctx)
		r.mu.Lock()
		r.work = nil
		if !w.Preview {
			r.plan(w, before)
		}
		r.mu.Unlock()
		close(w.done)
	})
	return w
}

// moved counts what a run has read and applied: it grows with every step.
func moved(j *Job) int {
	c := j.Snapshot().Counters
	return 2*c.Read - c.Pending
}

// plan remembers when a run that paused is tried again.
func (r *Runner) plan(w *Work, before int) {
	if moved(w.Job) > before {
		r.attempt = 0
	}
	at, ok := RetryAt(w.err, r.attempt, r.now())
	if !ok || w.Job.Snapshot().State != StatePaused || r.ctx.Err() != nil {
		r.attempt = 0
		return
	}
	r.attempt++
	r.again = at
	r.timer = time.AfterFunc(at.Sub(r.now()), func() {
		r.mu.Lock()
		due := r.again.Equal(at)
		r.mu.Unlock()
		if due {
			_ = r.GoOn(r.ctx) // what cannot be found now is found by whoever looks next
		}
	})
}

// GoOn goes on with the run that resume finds, if it is one that goes on unasked. What began while it was looked for, and has ended
// maybe, was likely that very run: the job that was found knows nothing of it and is let be.
func (r *Runner) GoOn(ctx context.Context) error {
	r.mu.Lock()
	r.forget()
	busy, begun := r.work != nil, r.begun
	r.mu.Unlock()
	if busy {
		return nil
	}
	j, err := r.resume(ctx)
	if err != nil || j == nil || !GoesOnAtStart(j.Snapshot().Run) {
		return err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.begun == begun {
		r.begin(&Work{Job: j}, j.Run)
	}
	return nil
}

// Work gives what is at work, nil while nothing is.
func (r *Runner) Work() *Work {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.work
}

// Latest gives what was begun last, at work or ended; nil for nothing.
func (r *Runner) Latest() *Work {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.latest
}

// Running tells whether a transfer that somebody confirmed is at work.
func (r *Runner) Running() bool {
	w := r.Work()
	return w != nil && !w.Preview
}

// Stop asks what is at work to end, and answers at once.
func (r *Runner) Stop() {
	if w := r.Work(); w != nil {
		w.Job.Stop()
	}
}

// GoesOnAt tells when a paused run is tried again by itself; zero: it is not.
func (r *Runner) GoesOnAt() time.Time {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.again
}

// Forget takes a planned try back: a person begins something else.
func (r *Runner) Forget() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.forget()
}

func (r *Runner) forget() {
	r.again = time.Time{}
	if r.timer != nil {
		r.timer.Stop()
		r.timer = nil
	}
}

// Close interrupts what is at work and waits for its end: the run goes on at the next start.
func (r *Runner) Close() {
	r.end()
	r.Forget()
	r.wait.Wait()
}
