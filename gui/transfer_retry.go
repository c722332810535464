package gui

import (
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
)

// retry goes on by itself, after a while, with a transfer that paused for a reason that passes.
type retry struct {
	at      time.Time // zero: nothing is planned
	attempt int
	timer   *time.Timer
}

// passing tells whether a cause goes away without anybody's help.
func passing(k domain.Kind) bool { return k == domain.KindNetwork || k == domain.KindUnavailable }

// pauses grow while nothing gets better.
func pauses() []time.Duration {
	return []time.Duration{time.Minute, 2 * time.Minute, 5 * time.Minute, 15 * time.Minute, 30 * time.Minute}
}

// retryAt says when a paused transfer is tried again: soon where the connection failed, the next
// morning where the quota is spent (İşbaşı may have renewed it; one call tells), else never by itself.
func retryAt(k domain.Kind, attempt int, now time.Time) (at time.Time, ok bool) {
	switch {
	case passing(k):
		p := pauses()
		return now.Add(p[min(attempt, len(p)-1)]), true
	case k == domain.KindQuota:
		y, m, d := now.In(domain.Istanbul).Date()
		return time.Date(y, m, d+1, 9, 0, 0, 0, domain.Istanbul), true
	default:
		return time.Time{}, false
	}
}

// arm plans the next try after err, or forgets the plan.
func (r *retry) arm(e *env, err error, try func()) {
	r.cancel()
	at, ok := retryAt(domain.KindOf(err), r.attempt, e.now())
	if !ok {
		r.attempt = 0
		return
	}
	r.attempt++
	r.at = at
	r.timer = time.AfterFunc(at.Sub(e.now()), func() {
		e.do(func() {
			if e.ctx.Err() == nil && r.at.Equal(at) {
				r.at = time.Time{}
				try()
			}
		})
	})
}

// cancel takes the plan back.
func (r *retry) cancel() {
	r.at = time.Time{}
	if r.timer != nil {
		r.timer.Stop()
		r.timer = nil
	}
}
