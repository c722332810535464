package transfer

import (
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/quota"
)

// Passing tells whether a cause goes away without anybody's help.
func Passing(k domain.Kind) bool {
	return k == domain.KindNetwork || k == domain.KindUnavailable || k == domain.KindSlowDown
}

// doubtful tells whether a cause may be a gateway's word instead of İşbaşı's: it is tried again a few times, then a
// person decides.
func doubtful(k domain.Kind) bool {
	switch k {
	case domain.KindForbidden, domain.KindHost, domain.KindNotFound, domain.KindBadAnswer:
		return true
	default:
		return false
	}
}

// pauses grow while nothing gets better.
func pauses() []time.Duration {
	return []time.Duration{time.Minute, 2 * time.Minute, 5 * time.Minute, 15 * time.Minute, 30 * time.Minute}
}

// RetryAt says when a run that err has paused is tried again: soon where the connection failed; where
// the quota is spent, when it may be renewed; a few times where something else may have answered in İşbaşı's
// place; else never by itself.
func RetryAt(err error, attempt int, now time.Time) (at time.Time, ok bool) {
	told, known := quota.GoesOnAt(err)
	switch k := domain.KindOf(err); {
	case k == domain.KindSlowDown && known && told.After(now):
		return told, true
	case Passing(k):
		p := pauses()
		return now.Add(p[min(attempt, len(p)-1)]), true
	case doubtful(k):
		if p := pauses(); attempt < len(p) {
			return now.Add(p[attempt]), true
		}
		return time.Time{}, false
	case k == domain.KindQuota:
		if known && told.After(now) {
			return told, true
		}
		y, m, d := now.In(domain.Istanbul).Date()
		return time.Date(y, m, d+1, 9, 0, 0, 0, domain.Istanbul), true
	default:
		return time.Time{}, false
	}
}

// GoesOnAtStart tells whether a run that is found when the program starts goes on unasked: one that was
// interrupted, or that waited for nothing but a connection or the quota. One that a person was stopping
// stays where it is.
func GoesOnAtStart(r Run) bool {
	return r.State.Active() && r.State != StateStopping || r.State == StatePaused && (Passing(r.Cause) || doubtful(r.Cause) || r.Cause == domain.KindQuota)
}
