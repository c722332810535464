package transport

import (
	"net/http"

	"github.com/sopyo/sopyo-desktop/domain"
)

// hostLayer checks every request against its call's list, and takes a redirect for an error: followed, it
// would hand the headers to another host.
type hostLayer struct {
	next http.RoundTripper
}

func (l *hostLayer) RoundTrip(req *http.Request) (*http.Response, error) {
	if err := sendingOf(req.Context()).Hosts.Check(req.URL); err != nil {
		return nil, err
	}
	resp, err := l.next.RoundTrip(req)
	if err != nil {
		return nil, err
	}
	if resp.StatusCode >= 300 && resp.StatusCode < 400 {
		Discard(resp)
		e := domain.E(domain.KindHost, "refuse a redirect", nil)
		if to, err := resp.Location(); err == nil {
			e.Detail = to.Hostname()
		}
		return nil, e
	}
	return resp, nil
}
