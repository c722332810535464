package isbasi

import (
	"net/http"

	"golang.org/x/time/rate"

	"github.com/sopyo/sopyo-desktop/domain"
)

// callsPerSecond is our own restraint: İşbaşı documents no limit, its clients pause 0.3–0.5 s
// (isbasi-api.md §3.3).
const callsPerSecond = 3

// paceLayer spaces the calls out; to this machine there is no pace.
type paceLayer struct {
	next  http.RoundTripper
	limit *rate.Limiter
}

func newPaceLayer(next http.RoundTripper) *paceLayer {
	return &paceLayer{next: next, limit: rate.NewLimiter(callsPerSecond, 1)}
}

func (l *paceLayer) RoundTrip(req *http.Request) (*http.Response, error) {
	if !isLoopback(req.URL.Hostname()) {
		if err := l.limit.Wait(req.Context()); err != nil {
			return nil, failure(req.Context(), domain.Wrap(err, "wait for the pace"))
		}
	}
	return l.next.RoundTrip(req)
}
