package gui

import (
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
)

// drawEvery is how often a working transfer is drawn.
const drawEvery = 200 * time.Millisecond

// transferWork is what the screen sees of the company's transfer at work: one ticker draws it. The work
// itself is the desk's, and goes on when this screen has gone. Its methods are called on the
// interface's thread.
type transferWork struct {
	e    *env
	page pageControl
	work *transfer.Work // nil: nothing is at work
	seen *transfer.Work // what was followed last
	// stopping: a person pressed Durdur; a job that has not begun yet does not say so itself.
	stopping bool
}

func newTransferWork(e *env, p pageControl) *transferWork { return &transferWork{e: e, page: p} }

func (w *transferWork) busy() bool { return w.work != nil }

// preview tells whether what is at work is a look at what would happen, which ends with this screen.
func (w *transferWork) preview() bool { return w.work != nil && w.work.Preview }

// follow draws work until it ends, and tells ended what it gave. The page shows nothing but this section
// until then. Work that is interrupted, because the program ends, is not told of.
func (w *transferWork) follow(work *transfer.Work, draw func(transfer.Snapshot, bool), ended func(error)) {
	if work == nil { // the program ends
		return
	}
	w.work, w.seen, w.stopping = work, work, false
	w.page.setBusy(true)
	go w.tick(work, draw, func() {
		if w.work != work || domain.KindOf(work.Err()) == domain.KindCancelled {
			return
		}
		w.work, w.stopping = nil, false
		w.page.setBusy(false)
		w.page.refreshFrame()
		ended(work.Err())
	})
}

func (w *transferWork) tick(work *transfer.Work, draw func(transfer.Snapshot, bool), ended func()) {
	ticker := time.NewTicker(drawEvery)
	defer ticker.Stop()
	for {
		select {
		case <-w.e.ctx.Done():
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

func (w *transferWork) post(f func()) {
	w.e.do(func() {
		if w.e.ctx.Err() == nil {
			f()
		}
	})
}

// watch calls found with work that nobody here has begun: a paused transfer has gone on by itself, or one
// was gone on with when the program started. It may have ended already.
func (w *transferWork) watch(found func(*transfer.Work)) {
	go func() {
		ticker := time.NewTicker(drawEvery)
		defer ticker.Stop()
		seen := w.e.co.Desk.Latest()
		for {
			select {
			case <-w.e.ctx.Done():
				return
			case <-ticker.C:
			}
			if latest := w.e.co.Desk.Latest(); latest != seen {
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
func (w *transferWork) stop() {
	if w.work != nil {
		w.stopping = true
		w.work.Job.Stop()
	}
}
