package transfer

import (
	"context"
	"sync"
	"time"
)

// Desk is where one company's transfers are worked on in this program: one at a time, whoever looks. A
// screen attaches to the work it finds here and lets go of it; the work goes on. Its methods may be
// called from anywhere at any time.
type Desk struct {
	resume func(ctx context.Context) (*Job, error)
	now    func() time.Time
	ctx    context.Context //nolint:containedctx // the desk's own life, not a caller's
	end    context.CancelFunc
	wait   sync.WaitGroup

	mu      sync.Mutex
	work    *Work
	latest  *Work
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

// NewDesk makes a desk. resume finds the job to go on with when nobody names one; nil stands for none.
func NewDesk(resume func(ctx context.Context) (*Job, error), now func() time.Time) *Desk {
	ctx, end := context.WithCancel(context.Background())
	return &Desk{resume: resume, now: now, ctx: ctx, end: end}
}

// Run carries j to its end, see Job.Run. Where something is at work already, that is given instead, and
// j is left alone; nil: the desk is closed. A run that pauses for a reason that passes is gone on with by
// itself, see GoesOnAt.
func (d *Desk) Run(j *Job) *Work { return d.start(&Work{Job: j}, j.Run) }

// Preview reads and matches, see Job.Prepare; else it is like Run.
func (d *Desk) Preview(j *Job) *Work { return d.start(&Work{Job: j, Preview: true}, j.Prepare) }

func (d *Desk) start(w *Work, do func(ctx context.Context) error) *Work {
	d.mu.Lock()
	defer d.mu.Unlock()
	switch {
	case d.work != nil:
		return d.work
	case d.ctx.Err() != nil:
		return nil
	}
	d.forget()
	d.work, d.latest, w.done = w, w, make(chan struct{})
	before := moved(w.Job)
	d.wait.Go(func() {
		w.err = do(d.ctx)
		d.mu.Lock()
		d.work = nil
		if !w.Preview {
			d.plan(w, before)
		}
		d.mu.Unlock()
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
func (d *Desk) plan(w *Work, before int) {
	if moved(w.Job) > before {
		d.attempt = 0
	}
	at, ok := RetryAt(w.err, d.attempt, d.now())
	if !ok || w.Job.Snapshot().State != StatePaused || d.ctx.Err() != nil {
		d.attempt = 0
		return
	}
	d.attempt++
	d.again = at
	d.timer = time.AfterFunc(at.Sub(d.now()), func() {
		d.mu.Lock()
		due := d.again.Equal(at)
		d.mu.Unlock()
		if due {
			_ = d.GoOn(d.ctx) // what cannot be found now is found by whoever looks next
		}
	})
}

// GoOn goes on with the run that resume finds, if it is one that goes on unasked.
func (d *Desk) GoOn(ctx context.Context) error {
	d.mu.Lock()
	d.forget()
	busy := d.work != nil
	d.mu.Unlock()
	if busy {
		return nil
	}
	j, err := d.resume(ctx)
	if err != nil || j == nil || !GoesOnAtStart(j.Snapshot().Run) {
		return err
	}
	d.Run(j)
	return nil
}

// Work gives what is at work, nil while nothing is.
func (d *Desk) Work() *Work {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.work
}

// Latest gives what was begun last, at work or ended; nil for nothing.
func (d *Desk) Latest() *Work {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.latest
}

// Running tells whether a transfer that somebody confirmed is at work.
func (d *Desk) Running() bool {
	w := d.Work()
	return w != nil && !w.Preview
}

// Stop asks what is at work to end, and answers at once.
func (d *Desk) Stop() {
	if w := d.Work(); w != nil {
		w.Job.Stop()
	}
}

// GoesOnAt tells when a paused run is tried again by itself; zero: it is not.
func (d *Desk) GoesOnAt() time.Time {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.again
}

// Forget takes a planned try back: a person begins something else.
func (d *Desk) Forget() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.forget()
}

func (d *Desk) forget() {
	d.again = time.Time{}
	if d.timer != nil {
		d.timer.Stop()
		d.timer = nil
	}
}

// Close interrupts what is at work and waits for its end: the run goes on at the next start.
func (d *Desk) Close() {
	d.end()
	d.Forget()
	d.wait.Wait()
}
