package transport

import (
	"context"
	"net/http"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/quota"
)

const (
	// freelyAbreast is how many calls may be on their way at once where there is no pace.
	freelyAbreast = 4
	// mostAbreast keeps a slow remote from being asked for more than it can answer: it is slow for a reason.
	mostAbreast = 8
)

// paceLayer spaces the calls out; to this machine there is no pace. It knows how long answers take of late, without the
// waiting for the pace.
type paceLayer struct {
	next       http.RoundTripper
	limit      *rate.Limiter
	gap        time.Duration // between two calls
	everywhere bool          // to this machine too
	rest       *rest

	mu    sync.Mutex
	takes time.Duration // an answer, of late; 0: none has come
	free  bool          // it was to a call without pace
}

func newPaceLayer(next http.RoundTripper, o Options) *paceLayer {
	return &paceLayer{
		next: next, limit: rate.NewLimiter(rate.Limit(o.PerSecond), 1), gap: max(time.Duration(float64(time.Second)/o.PerSecond), 1),
		everywhere: o.PaceEverywhere, rest: newRest(),
	}
}

func (l *paceLayer) RoundTrip(req *http.Request) (*http.Response, error) {
	free := !l.everywhere && isLoopback(req.URL.Hostname())
	if !free {
		if err := l.wait(req.Context()); err != nil {
			return nil, Failure(req.Context(), domain.Wrap(err, "wait for the pace"))
		}
	}
	began := time.Now()
	resp, err := l.next.RoundTrip(req)
	if err == nil && resp.StatusCode < http.StatusMultipleChoices {
		l.measure(time.Since(began), free)
	}
	return resp, err
}

// wait waits until the call may leave. Where the remote has failed meanwhile, a read waits until it has come to itself.
func (l *paceLayer) wait(ctx context.Context) error {
	s := sendingOf(ctx)
	for {
		if err := l.limit.Wait(ctx); err != nil || s.Kind != quota.Read || s.again || !l.rest.on() {
			return err
		}
		if err := l.rest.wait(ctx); err != nil {
			return err
		}
	}
}

// measure notes how long an answer took; those of late count most.
func (l *paceLayer) measure(took time.Duration, free bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.takes == 0 || l.free != free {
		l.takes = took
	}
	l.takes, l.free = (l.takes+took)/2, free
}

// abreast is how many calls have to be on their way at once for the pace to be used up: as many as leave while one is
// answered.
func (l *paceLayer) abreast() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	switch {
	case l.takes == 0:
		return 1
	case l.free:
		return freelyAbreast
	default:
		return int(min((l.takes+l.gap-1)/l.gap, mostAbreast))
	}
}
