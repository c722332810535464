package quota

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
)

// Store keeps what is booked, by month ("2026-11") and kind.
type Store interface {
	// Book adds n calls at once and for good; a negative n gives back.
	Book(ctx context.Context, month string, k Kind, n int) error
	// Booked gives what is booked of a month; a kind without calls may be missing.
	Booked(ctx context.Context, month string) (map[Kind]int, error)
}

// Ledger lets calls go only after they are booked. It may be used by several goroutines; two ledgers on
// one store would each book blocks of their own.
type Ledger struct {
	store Store
	now   func() time.Time

	mu    sync.Mutex
	month string
	left  map[Kind]int // booked in month and not used yet
}

// NewLedger makes a ledger that begins without a block.
func NewLedger(store Store, now func() time.Time) *Ledger {
	return &Ledger{store: store, now: now, left: map[Kind]int{}}
}

// Take lets one call of kind k go, or says KindQuota when the month's limit is reached. The first call
// of a block waits until the whole block is booked; sign-ins, which have no limit, are booked one by one.
func (l *Ledger) Take(ctx context.Context, k Kind) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if err := l.turn(ctx); err != nil {
		return err
	}
	if l.left[k] == 0 {
		n, err := l.block(ctx, k)
		if err != nil {
			return err
		}
		if err := l.store.Book(ctx, l.month, k, n); err != nil {
			return domain.Wrap(err, "book %d calls (%s)", n, k)
		}
		l.left[k] = n
	}
	l.left[k]--
	return nil
}

// Usage tells what the current month has cost, without what is booked but not used.
func (l *Ledger) Usage(ctx context.Context) (Usage, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	month := Month(l.now())
	booked, err := l.store.Booked(ctx, month)
	if err != nil {
		return Usage{}, domain.Wrap(err, "read the quota of %s", month)
	}
	used := func(k Kind) int {
		if month != l.month {
			return booked[k]
		}
		return max(0, booked[k]-l.left[k])
	}
	return Usage{
		Month: month, Reads: used(Read), Writes: used(Write), SignIns: used(SignIn),
		ReadLimit: ReadLimit, WriteLimit: WriteLimit,
	}, nil
}

// Close gives back what was booked and not used. The ledger can be used afterwards: it books anew.
func (l *Ledger) Close(ctx context.Context) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.giveBack(ctx)
}

// turn notices a new month: what is left of a block belongs to the old one.
func (l *Ledger) turn(ctx context.Context) error {
	month := Month(l.now())
	if month == l.month {
		return nil
	}
	if err := l.giveBack(ctx); err != nil {
		return err
	}
	l.month = month
	return nil
}

func (l *Ledger) giveBack(ctx context.Context) error {
	var failed []error
	for k, n := range l.left {
		if n == 0 {
			continue
		}
		if err := l.store.Book(ctx, l.month, k, -n); err != nil {
			failed = append(failed, domain.Wrap(err, "give back %d calls (%s)", n, k))
			continue
		}
		l.left[k] = 0
	}
	return errors.Join(failed...)
}

// block tells how many calls to book next.
func (l *Ledger) block(ctx context.Context, k Kind) (int, error) {
	var limit int
	switch k {
	case SignIn:
		return 1, nil
	case Read:
		limit = ReadLimit
	case Write:
		limit = WriteLimit
	default:
		return 0, fmt.Errorf("quota: no kind %q", k)
	}
	booked, err := l.store.Booked(ctx, l.month)
	if err != nil {
		return 0, domain.Wrap(err, "read the quota of %s", l.month)
	}
	n := min(BlockSize, limit-booked[k])
	if n <= 0 {
		return 0, &domain.Error{
			Kind: domain.KindQuota, Op: "book calls", Field: string(k),
			Detail: fmt.Sprintf("%d/%d in %s", booked[k], limit, l.month),
		}
	}
	return n, nil
}
