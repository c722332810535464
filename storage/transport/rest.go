package transport

import (
	"context"
	"sync"
)

// rest is what a remote that has failed is given: of the calls that it has failed one at a time asks again, and nothing
// else leaves before they are through. When one has asked in vain as often as it may, those that wait for their turn do
// not ask at all: what it has found holds for them.
type rest struct {
	turn chan struct{} // held by the one that asks

	mu     sync.Mutex
	failed int           // calls that are not through
	over   chan struct{} // closed when there are none any more
	vain   int           // how often one gave up
}

func newRest() *rest { return &rest{turn: make(chan struct{}, 1)} }

// on tells whether the remote rests.
func (r *rest) on() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.failed > 0
}

// wait waits for the end of it.
func (r *rest) wait(ctx context.Context) error {
	for {
		r.mu.Lock()
		failed, over := r.failed, r.over
		r.mu.Unlock()
		if failed == 0 {
			return nil
		}
		select {
		case <-ctx.Done():
			return Failure(ctx, ctx.Err())
		case <-over:
		}
	}
}

// begin is called by a call that has failed: it waits for its turn, and is told whether it makes sense to ask again. end
// has to be called in any case, with whether it asked in vain.
func (r *rest) begin(ctx context.Context) (sense bool, end func(vain bool), err error) {
	r.mu.Lock()
	vain := r.vain
	if r.failed++; r.failed == 1 {
		r.over = make(chan struct{})
	}
	r.mu.Unlock()
	through := func() {
		if r.failed--; r.failed == 0 {
			close(r.over)
		}
	}
	select {
	case <-ctx.Done():
		return false, func(bool) { r.locked(through) }, Failure(ctx, ctx.Err())
	case r.turn <- struct{}{}:
	}
	r.locked(func() { sense = r.vain == vain })
	return sense, func(vain bool) {
		<-r.turn
		r.locked(func() {
			if vain {
				r.vain++
			}
			through()
		})
	}, nil
}

func (r *rest) locked(do func()) {
	r.mu.Lock()
	defer r.mu.Unlock()
	do()
}
