package transport

import (
	"net/http"

	"golang.org/x/time/rate"

	"github.com/sopyo/sopyo-desktop/domain"
)

// paceLayer spaces the calls out; to this machine there is no pace.
type paceLayer struct {
	next  http.RoundTripper
	limit *rate.Limiter
}

func newPaceLayer(next http.RoundTripper, perSecond float64) *paceLayer {
	return &paceLayer{next: next, limit: rate.NewLimiter(rate.Limit(perSecond), 1)}
}

func (l *paceLayer) RoundTrip(req *http.Request) (*http.Response, error) {
	if !isLoopback(req.URL.Hostname()) {
		if err := l.limit.Wait(req.Context()); err != nil {
			return nil, Failure(req.Context(), domain.Wrap(err, "wait for the pace"))
		}
	}
	return l.next.RoundTrip(req)
}
