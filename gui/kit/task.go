package kit

import (
	"context"
	"sync/atomic"
	"time"
)

// DrawEvery is how often a task under way is drawn.
const DrawEvery = 200 * time.Millisecond

// Task is something long under way, with a way to end it. Its methods are called on the interface's thread.
type Task struct {
	E      *Env
	number int // of the start that counts; older ones are not heard any more
	cancel context.CancelFunc
	end    func() // it is not busy any more
}

// StartTask runs do, which blocks and counts in a C, in place of what was under way; a ticker lets draw show
// how far it is, and ended is told what came of it. The window waits for do when it closes. What would be
// cut off with what is shown has a key; see Env.Begin.
func StartTask[C, R any](t *Task, key string, do func(context.Context, *C) (R, error), draw func(*C), ended func(R, error)) {
	t.Stop()
	number := t.number
	ctx, cancel := context.WithCancel(t.E.Ctx)
	t.cancel, t.end = cancel, func() {}
	if key != "" {
		t.end = t.E.Begin(key)
	}
	count, done := new(C), make(chan struct{})
	t.E.Jobs.Go(func() {
		result, err := do(ctx, count)
		close(done)
		t.E.Do(func() {
			cancel()
			if number == t.number {
				t.end()
				t.cancel = nil
				if t.E.Ctx.Err() == nil {
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
				t.E.Do(func() {
					if number == t.number && t.cancel != nil {
						draw(count)
					}
				})
			}
		}
	}()
}

// Busy tells whether something is under way.
func (t *Task) Busy() bool { return t.cancel != nil }

// Quit asks what is under way to end; what came of it is told all the same.
func (t *Task) Quit() {
	if t.cancel != nil {
		t.cancel()
	}
}

// Stop ends what is under way, and nobody is told.
func (t *Task) Stop() {
	if t.cancel != nil {
		t.cancel()
		t.end()
	}
	t.cancel = nil
	t.number++
}

// Steps is how many steps of a task are done, of how many: whoever carries it out writes, the screen reads.
type Steps struct{ done, of atomic.Int64 }

// Set tells how far the task is.
func (s *Steps) Set(done, of int) {
	s.of.Store(int64(of))
	s.done.Store(int64(done))
}

// Snapshot gives how far the task is.
func (s *Steps) Snapshot() (done, of int) { return int(s.done.Load()), int(s.of.Load()) }
