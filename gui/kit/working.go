package kit

import (
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
)

// Working is what a screen sees of a company's work that goes on by itself: one ticker draws it. The work
// itself is the runner's, and goes on when the screen has gone. Its methods are called on the
// interface's thread.
type Working struct {
	E      *Env
	Runner *transfer.Runner
	// Busy is told when work begins and when it has ended.
	Busy func(busy bool)

	work *transfer.Work // nil: nothing is at work
	seen *transfer.Work // what was followed last
	// stopping: a person pressed Durdur; a job that has not begun yet does not say so itself.
	stopping bool
}

// IsBusy tells whether something is at work.
func (w *Working) IsBusy() bool { return w.work != nil }

// Follow draws work until it ends, and tells ended what it gave. Work that is interrupted, because the
// program ends, is not told of.
func (w *Working) Follow(work *transfer.Work, draw func(transfer.Snapshot, bool), ended func(error)) {
	if work == nil { // the program ends
		return
	}
	w.work, w.seen, w.stopping = work, work, false
	end := func() {}
	if work.Preview { // it ends with this screen; a confirmed transfer goes on
		end = w.E.Begin("preview")
	}
	w.Busy(true)
	go w.tick(work, draw, func() {
		if w.work != work || domain.KindOf(work.Err()) == domain.KindCancelled {
			return
		}
		end()
		w.work, w.stopping = nil, false
		w.Busy(false)
		w.E.Frame.Refresh()
		ended(work.Err())
	})
}

// tick draws the numbers while the work goes on, and calls ended once.
func (w *Working) tick(work *transfer.Work, draw func(transfer.Snapshot, bool), ended func()) {
	ticker := time.NewTicker(DrawEvery)
	defer ticker.Stop()
	for {
		select {
		case <-w.E.Ctx.Done():
			return
		case <-work.Done():
			w.post(ended)
			return
		case <-ticker.C:
			now := work.Job.Snapshot()
			w.post(func() {
				if w.work == work {
					draw(now, w.stopping)
				}
			})
		}
	}
}

func (w *Working) post(f func()) {
	w.E.Do(func() {
		if w.E.Ctx.Err() == nil {
			f()
		}
	})
}

// Watch calls found with work that nobody here has begun: a paused transfer has gone on by itself, or one
// was gone on with when the program started. It may have ended already.
func (w *Working) Watch(found func(*transfer.Work)) {
	go func() {
		ticker := time.NewTicker(DrawEvery)
		defer ticker.Stop()
		seen := w.Runner.Latest()
		for {
			select {
			case <-w.E.Ctx.Done():
				return
			case <-ticker.C:
			}
			if latest := w.Runner.Latest(); latest != seen {
				seen = latest
				w.post(func() {
					if w.seen != latest {
						found(latest)
					}
				})
			}
		}
	}()
}

// Stop asks the job to end and answers at once.
func (w *Working) Stop() {
	if w.work != nil {
		w.stopping = true
		w.work.Job.Stop()
	}
}
