package transport

import (
	"context"
	"sync"
	"time"
)

// rest is the pause that a remote is given. However many calls are under way: it is one.
type rest struct {
	mu    sync.Mutex
	until time.Time
}

// extend makes it last for so long at least.
func (r *rest) extend(d time.Duration) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if until := time.Now().Add(d); until.After(r.until) {
		r.until = until
	}
}

// left tells how long it lasts.
func (r *rest) left() time.Duration {
	r.mu.Lock()
	defer r.mu.Unlock()
	return time.Until(r.until)
}

// wait waits for its end; it ends early, with an error, when ctx does.
func (r *rest) wait(ctx context.Context) error {
	for d := r.left(); d > 0; d = r.left() {
		t := time.NewTimer(d)
		select {
		case <-ctx.Done():
			t.Stop()
			return Failure(ctx, ctx.Err())
		case <-t.C:
		}
	}
	return nil
}
