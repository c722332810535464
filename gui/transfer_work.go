package gui

import (
	"context"
	"time"

	"github.com/sopyo/sopyo-desktop/domain/transfer"
)

// drawEvery is how often a working transfer is drawn.
const drawEvery = 200 * time.Millisecond

// transferWork is the transfer at work: one job, and one ticker that draws it. The job counts and never
// calls the screen. Its methods are called on the interface's thread.
type transferWork struct {
	e    *env
	page pageControl
	job  *transfer.Job // nil: nothing is at work
	// stopping: a person pressed Durdur. The job may not have begun yet and would not hear it, so the
	// ticker says it again.
	stopping bool
}

func newTransferWork(e *env, p pageControl) *transferWork { return &transferWork{e: e, page: p} }

func (w *transferWork) busy() bool { return w.job != nil }

// start runs do, a method of j that blocks, draws j while it works, and tells ended what it gave. The
// page shows nothing but this section until then. The window waits for do when it closes.
func (w *transferWork) start(j *transfer.Job, do func(context.Context) error, draw func(transfer.Snapshot, bool), ended func(error)) {
	w.job, w.stopping = j, false
	w.page.setBusy(true)
	done := make(chan struct{})
	w.e.keep(func(ctx context.Context) {
		defer close(done)
		err := do(ctx)
		if ctx.Err() != nil {
			return // interrupted: the next window goes on
		}
		w.e.do(func() {
			if w.job != j || ctx.Err() != nil {
				return
			}
			w.job, w.stopping = nil, false
			w.page.setBusy(false)
			w.page.refreshFrame()
			ended(err)
		})
	})
	go w.tick(j, done, draw)
}

func (w *transferWork) tick(j *transfer.Job, done <-chan struct{}, draw func(transfer.Snapshot, bool)) {
	ticker := time.NewTicker(drawEvery)
	defer ticker.Stop()
	for {
		select {
		case <-done:
			return
		case <-w.e.ctx.Done():
			return
		case <-ticker.C:
			now := j.Snapshot()
			w.e.do(func() {
				if w.job != j {
					return
				}
				if w.stopping && now.State != transfer.StateStopping {
					j.Stop()
				}
				draw(now, w.stopping)
			})
		}
	}
}

// stop asks the job to end and answers at once.
func (w *transferWork) stop() {
	if w.job != nil {
		w.stopping = true
		w.job.Stop()
	}
}
