package transport

import (
	"errors"
	"net"
	"net/http"
)

// outcomeLayer notes whether a write may have reached the remote.
type outcomeLayer struct {
	next   http.RoundTripper
	status func(*http.Response) int
}

func (l *outcomeLayer) RoundTrip(req *http.Request) (*http.Response, error) {
	left := sendingOf(req.Context()).left
	if left == nil {
		return l.next.RoundTrip(req)
	}
	if err := req.Context().Err(); err != nil {
		left.Store(false)
		return nil, Failure(req.Context(), err)
	}
	left.Store(true)
	resp, err := l.next.RoundTrip(req)
	if neverSent(err) || (err == nil && l.status(resp) == http.StatusUnauthorized) {
		left.Store(false) // nothing was carried out; the next attempt decides
	}
	return resp, err
}

// neverSent tells the errors that come before the first byte of a request.
func neverSent(err error) bool {
	var dial *net.OpError
	return untrusted(err) || (errors.As(err, &dial) && (dial.Op == "dial" || dial.Op == "proxyconnect"))
}
