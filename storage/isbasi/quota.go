package isbasi

import (
	"net/http"
	"sync/atomic"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/quota"
)

// quotaLayer books every attempt that leaves, and counts it.
type quotaLayer struct {
	next          http.RoundTripper
	ledger        Ledger
	reads, writes int64
}

func (l *quotaLayer) RoundTrip(req *http.Request) (*http.Response, error) {
	kind := callOf(req.Context()).kind
	if l.ledger != nil {
		if err := l.ledger.Take(req.Context(), kind); err != nil {
			return nil, domain.Wrap(err, "book the call")
		}
	}
	switch kind {
	case quota.Read:
		atomic.AddInt64(&l.reads, 1)
	case quota.Write:
		atomic.AddInt64(&l.writes, 1)
	case quota.SignIn: // logged apart, by the ledger
	}
	return l.next.RoundTrip(req)
}
