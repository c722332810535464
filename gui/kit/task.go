package kit

import (
	"context"
	"sync/atomic"
	"time"
)

// DrawEvery is how often work under way is drawn.
const DrawEvery = 200 * time.Millisecond

// Work is something long under way, with a way to end it. Its methods are called on the interface's thread.
type Work struct {
	E      *Env
	number int // of the work that counts; older ones are not heard any more
	cancel context.CancelFunc
	end    func() // it is not busy any more
}

// StartWork runs do, which blocks and counts in a C, in place of what was under way; a ticker lets draw show
// how far it is, and ended is told what came of it. The window waits for do when it closes. What would be
// cut off with what is shown has a key; see busy.
func StartWork[C, R any](w *Work, key string, do func(context.Context, *C) (R, error), draw func(*C), ended func(R, error)) {
	w.Stop()
	number := w.number
	ctx, cancel := context.WithCancel(w.E.Ctx)
	w.cancel, w.end = cancel, func() {}
	if key != "" {
		w.end = w.E.Begin(key)
	}
	count, done := new(C), make(chan struct{})
	w.E.Jobs.Go(func() {
		result, err := do(ctx, count)
		close(done)
		w.E.Do(func() {
			cancel()
			if number == w.number {
				w.end()
				w.cancel = nil
				if w.E.Ctx.Err() == nil {
					ended(result, err)
				}
			}
		})
	})
	go func() {
		ticker := time.NewTicker(DrawEvery)
		defer ticker.Stop()
		for {
			select {
			case <-done:
				return
			case <-ticker.C:
				w.E.Do(func() {
					if number == w.number && w.cancel != nil {
						draw(count)
					}
				})
			}
		}
	}()
}

// Busy tells whether something is under way.
func (w *Work) Busy() bool { return w.cancel != nil }

// Quit asks what is under way to end; what came of it is told all the same.
func (w *Work) Quit() {
	if w.cancel != nil {
		w.cancel()
	}
}

// Stop ends what is under way, and nobody is told.
func (w *Work) Stop() {
	if w.cancel != nil {
		w.cancel()
		w.end()
	}
	w.cancel = nil
	w.number++
}

// Steps is how many steps of work are done, of how many: whoever carries it out writes, the screen reads.
type Steps struct{ done, of atomic.Int64 }

// Set tells how far the work is.
func (s *Steps) Set(done, of int) {
	s.of.Store(int64(of))
	s.done.Store(int64(done))
}

// Snapshot gives how far the work is.
func (s *Steps) Snapshot() (done, of int) { return int(s.done.Load()), int(s.of.Load()) }
