package isbasi

import (
	"context"
	"log/slog"
	"net/http"
	"sync/atomic"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/quota"
)

// quotaLayer books every attempt that leaves, counts it, and tells the ledger whether it was let in.
type quotaLayer struct {
	next          http.RoundTripper
	ledger        Ledger
	log           *slog.Logger
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
	resp, err := l.next.RoundTrip(req)
	if err != nil || l.ledger == nil {
		return resp, err
	}
	return l.report(req.Context(), kind, resp)
}

// report tells the ledger of an answer. Only its word that the month is used up takes the answer's place.
func (l *quotaLayer) report(ctx context.Context, kind quota.Kind, resp *http.Response) (*http.Response, error) {
	switch status := statusOf(resp); {
	case status == http.StatusTooManyRequests:
		told, ok := retryAfter(resp.Header.Get("Retry-After"), time.Now())
		if !ok {
			told = -1
		}
		if err := l.ledger.Refused(ctx, kind, told); err != nil {
			discard(resp)
			return nil, domain.Wrap(err, "be refused")
		}
	case status < http.StatusMultipleChoices:
		// The answer is worth more than the note: what cannot be stored now is tried at the next probe.
		if err := l.ledger.Accepted(ctx, kind); err != nil {
			l.log.LogAttrs(ctx, slog.LevelWarn, "the end of the quota's exhaustion was not stored",
				slog.String("kind", string(domain.KindOf(err))))
		}
	}
	return resp, nil
}
