package gui

import (
	"context"
	"time"

	"github.com/sopyo/sopyo-desktop/domain/listing"
)

// importWork is a plan or an import under way: whoever carries it out counts, a ticker draws. Its methods
// are called on the interface's thread.
type importWork struct {
	e      *env
	number int // of the work that counts; older ones are not heard any more
	cancel context.CancelFunc
}

// start runs do, which blocks, in place of what was under way; draw shows how far it is, ended is told
// what came of it. The window waits for do when it closes.
func (w *importWork) start(do func(context.Context, *listing.Count) (listing.Result, error), draw func(*listing.Count), ended func(listing.Result, error)) {
	w.stop()
	w.number++
	number := w.number
	ctx, cancel := context.WithCancel(w.e.ctx)
	w.cancel = cancel
	count, done := &listing.Count{}, make(chan struct{})
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
func (w *importWork) quit() {
	if w.cancel != nil {
		w.cancel()
	}
}

// stop ends what is under way, and nobody is told.
func (w *importWork) stop() {
	w.quit()
	w.cancel = nil
	w.number++
}
