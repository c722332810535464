package transport

import (
	"context"
	"log/slog"
	"net/http"
	"sync/atomic"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/quota"
	"github.com/sopyo/sopyo-desktop/domain/readahead"
)

// Ledger books calls before they are sent (rules.md §4 "Quota"), and is told what the remote says to them.
type Ledger interface {
	// Take books a call; its error keeps the call from leaving.
	Take(ctx context.Context, k quota.Kind) error
	// Refused is told of a 429. Its error is the call's; nil: the call may be repeated after a pause. A
	// negative retryAfter: the remote named no time.
	Refused(ctx context.Context, k quota.Kind, retryAfter time.Duration) error
	// Accepted is told of an answer that shows that calls of k are given.
	Accepted(ctx context.Context, k quota.Kind) error
	// Heard is told what time it was at the remote when it answered.
	Heard(ctx context.Context, at time.Time) error
}

// Counter counts the calls that have left. Its zero value is ready.
type Counter struct{ reads, writes atomic.Int64 }

// Calls tells how many reads and writes have left, sign-ins apart.
func (c *Counter) Calls() (reads, writes int) {
	return int(c.reads.Load()), int(c.writes.Load())
}

func (c *Counter) count(k quota.Kind) {
	switch k {
	case quota.Read:
		c.reads.Add(1)
	case quota.Write:
		c.writes.Add(1)
	case quota.SignIn: // logged apart, by the ledger
	}
}

// ledgerLayer books every attempt that leaves, counts it, and tells the ledger whether it was let in.
type ledgerLayer struct {
	next    http.RoundTripper
	ledger  Ledger
	counter *Counter
	status  func(*http.Response) int
	log     *slog.Logger
}

func (l *ledgerLayer) RoundTrip(req *http.Request) (*http.Response, error) {
	kind := sendingOf(req.Context()).Kind
	if err := l.ledger.Take(req.Context(), kind); err != nil {
		return nil, domain.Wrap(err, "book the call")
	}
	l.counter.count(kind)
	readahead.Left(req.Context())
	resp, err := l.next.RoundTrip(req)
	if err != nil {
		return nil, err
	}
	l.hear(req.Context(), resp)
	return l.report(req.Context(), kind, resp)
}

// hear tells the ledger what time it is at the remote. The answer is worth more than the note.
func (l *ledgerLayer) hear(ctx context.Context, resp *http.Response) {
	at, err := http.ParseTime(resp.Header.Get("Date"))
	if err != nil {
		return
	}
	if err := l.ledger.Heard(ctx, at); err != nil {
		l.log.LogAttrs(ctx, slog.LevelWarn, "calls are still booked in another month than the remote's",
			slog.String("kind", string(domain.KindOf(err))))
	}
}

// report tells the ledger of an answer. Only its word that the month is used up takes the answer's place.
func (l *ledgerLayer) report(ctx context.Context, kind quota.Kind, resp *http.Response) (*http.Response, error) {
	switch status := l.status(resp); {
	case status == http.StatusTooManyRequests:
		told, ok := retryAfter(resp.Header.Get("Retry-After"), time.Now())
		if !ok {
			told = -1
		}
		if err := l.ledger.Refused(ctx, kind, told); err != nil {
			Discard(resp)
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
