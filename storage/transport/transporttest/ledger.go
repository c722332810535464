// Package transporttest is what tests of a remote are made of: a ledger in memory, answers, and what is
// asked of an error. The tests of transport use it too, so it does not import that.
package transporttest

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/quota"
)

// ErrFull is the cause where a ledger refuses to book.
var ErrFull = errors.New("no more is booked")

// Ledger notes what is booked and what the remote has said. It can be read when the calls have ended.
type Ledger struct {
	Full      int  // the booking that is refused, 1 = the first; 0 = none
	Exhausted bool // a 429 means that the month is used up

	mu     sync.Mutex
	Taken  []quota.Kind    // the refused booking included
	Told   []quota.Kind    // of what the remote has said
	Pauses []time.Duration // that came with the 429s among that
	Times  []time.Time     // at the remote, when it answered
}

// Take implements transport.Ledger.
func (l *Ledger) Take(_ context.Context, k quota.Kind) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.Taken = append(l.Taken, k); len(l.Taken) == l.Full {
		return domain.E(domain.KindQuota, "book", ErrFull)
	}
	return nil
}

// Refused implements transport.Ledger.
func (l *Ledger) Refused(_ context.Context, k quota.Kind, retryAfter time.Duration) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.Told, l.Pauses = append(l.Told, k), append(l.Pauses, retryAfter)
	if l.Exhausted {
		return &domain.Error{Kind: domain.KindQuota, Detail: "2026-12-01 00:00"}
	}
	return nil
}

// Heard implements transport.Ledger. What it cannot store is no harm to the call.
func (l *Ledger) Heard(_ context.Context, at time.Time) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.Times = append(l.Times, at)
	return domain.E(domain.KindDisk, "move", nil)
}

// Accepted implements transport.Ledger. What it cannot store is no harm to the call.
func (l *Ledger) Accepted(_ context.Context, k quota.Kind) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.Told = append(l.Told, k)
	return domain.E(domain.KindDisk, "keep", nil)
}
