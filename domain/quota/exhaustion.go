package quota

import (
	"errors"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
)

// Exhaustion is İşbaşı's word that a month's calls of a kind are used up, whatever we have counted: the
// key may be used by other programs too. A new month ends it, as does a daily probe that is answered.
type Exhaustion struct {
	Since   time.Time // of the first refusal
	AskedAt time.Time // of the last refusal or probe; the last moment without calls, where İşbaşı has named one
}

// Is tells an exhaustion from the zero value.
func (x Exhaustion) Is() bool { return !x.Since.IsZero() }

// NextProbe is when the next call may be tried: one on each day of Istanbul, which is also when a new
// month begins.
func (x Exhaustion) NextProbe() time.Time {
	y, m, d := x.AskedAt.In(domain.Istanbul).Date()
	return time.Date(y, m, d+1, 0, 0, 0, 0, domain.Istanbul)
}

func exhausted(k Kind, x Exhaustion) error {
	return &domain.Error{
		Kind: domain.KindQuota, Op: "ask İşbaşı", Field: string(k), Detail: x.NextProbe().Format(timeLayout),
		Err: errors.New("no more calls are given by İşbaşı"),
	}
}

// timeLayout is how Detail tells when it goes on, in Istanbul's time.
const timeLayout = "2006-01-02 15:04"

// GoesOnAt tells when the work that err has stopped may go on; ok = false when err says nothing of that.
func GoesOnAt(err error) (at time.Time, ok bool) {
	var e *domain.Error
	if !errors.As(err, &e) || e.Kind != domain.KindQuota && e.Kind != domain.KindSlowDown {
		return time.Time{}, false
	}
	at, bad := time.ParseInLocation(timeLayout, e.Detail, domain.Istanbul)
	return at, bad == nil
}
