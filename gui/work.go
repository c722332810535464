package gui

import (
	"context"
	"time"
)

// work is something long under way, with a way to end it: whoever carries it out counts in a C, a ticker
// draws, and an R comes of it. Its methods are called on the interface's thread.
type work[C, R any] struct {
	e      *env
	number int // of the work that counts; older ones are not heard any more
	cancel context.CancelFunc
}

// start runs do, which blocks, in place of what was under way; draw shows how far it is, ended is told
// what came of it. The window waits for do when it closes.
func (w *work[C, R]) start(do func(context.Context, *C) (R, error), draw func(*C), ended func(R, error)) {
	w.stop()
	w.number++
	number := w.number
	ctx, cancel := context.WithCancel(w.e.ctx)
	w.cancel = cancel
	count, done := new(C), make(chan struct{})
	w.e.keep(func(context.Context) {
		result, err := do(ctx, count)
		close(done)
		if w.e.ctx.Err() != nil {
			return
		}
		w.e.do(func() {
			if number == w.number && w.e.ctx.Err() == nil {
				w.cancel = nil
				cancel()
				ended(result, err)
			}
		})
	})
	go func() {
		ticker := time.NewTicker(drawEvery)
		defer ticker.Stop()
		for {
			select {
			case <-done:
				return
			case <-ticker.C:
				w.e.do(func() {
					if number == w.number && w.cancel != nil {
						draw(count)
					}
				})
			}
		}
	}()
}

// quit asks what is under way to end; ended is still told what came of it.
func (w *work[C, R]) quit() {
	if w.cancel != nil {
		w.cancel()
	}
}

// stop ends what is under way, and nobody is told.
func (w *work[C, R]) stop() {
	w.quit()
	w.cancel = nil
	w.number++
}
