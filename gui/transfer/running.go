package transfer

import (
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/gui/kit"
)

// running is what the screen sees of the company's transfer at work: one ticker draws it. The work
// itself is the runner's, and goes on when this screen has gone. Its methods are called on the
// interface's thread.
type running struct {
	e    *env
	work *transfer.Work // nil: nothing is at work
	seen *transfer.Work // what was followed last
	// stopping: a person pressed Durdur; a job that has not begun yet does not say so itself.
	stopping bool
}

func (w *running) busy() bool { return w.work != nil }

// follow draws work until it ends, and tells ended what it gave. The page shows nothing but this section
// until then. Work that is interrupted, because the program ends, is not told of.
func (w *running) follow(work *transfer.Work, draw func(transfer.Snapshot, bool), ended func(error)) {
	if work == nil { // the program ends
		return
	}
	w.work, w.seen, w.stopping = work, work, false
	end := func() {}
	if work.Preview { // it ends with this screen; a confirmed transfer goes on
		end = w.e.Begin("preview")
	}
	w.e.Frame.SetBusy(true)
	go w.tick(work, draw, func() {
		if w.work != work || domain.KindOf(work.Err()) == domain.KindCancelled {
			return
		}
		end()
		w.work, w.stopping = nil, false
		w.e.Frame.SetBusy(false)
		w.e.Frame.Refresh()
		ended(work.Err())
	})
}

// tick draws the numbers while the work goes on, and calls ended once.
func (w *running) tick(work *transfer.Work, draw func(transfer.Snapshot, bool), ended func()) {
	ticker := time.NewTicker(kit.DrawEvery)
	defer ticker.Stop()
	for {
		select {
		case <-w.e.Ctx.Done():
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

func (w *running) post(f func()) {
	w.e.Do(func() {
		if w.e.Ctx.Err() == nil {
			f()
		}
	})
}

// watch calls found with work that nobody here has begun: a paused transfer has gone on by itself, or one
// was gone on with when the program started. It may have ended already.
func (w *running) watch(found func(*transfer.Work)) {
	go func() {
		ticker := time.NewTicker(kit.DrawEvery)
		defer ticker.Stop()
		seen := w.e.runner.Latest()
		for {
			select {
			case <-w.e.Ctx.Done():
				return
			case <-ticker.C:
			}
			if latest := w.e.runner.Latest(); latest != seen {
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

// stop asks the job to end and answers at once.
func (w *running) stop() {
	if w.work != nil {
		w.stopping = true
		w.work.Job.Stop()
	}
}
