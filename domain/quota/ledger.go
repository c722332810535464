package quota

import (
	"context"
	"errors"
	"fmt"
	"math"
	"sync"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
)

// Store keeps a company's ledger, by month ("2026-11") and kind.
type Store interface {
	// Book adds n calls at once and for good; a negative n gives back.
	Book(ctx context.Context, month string, k Kind, n int) error
	// Booked gives what is booked of a month; a kind without calls may be missing.
	Booked(ctx context.Context, month string) (map[Kind]int, error)
	// QuotaLimits gives the monthly limits, the default ones when none were saved.
	QuotaLimits(ctx context.Context) (Limits, error)
	// Exhausted gives what İşbaşı has refused; a kind it has not is missing.
	Exhausted(ctx context.Context) (map[Kind]Exhaustion, error)
	// SaveExhausted keeps x for k; the zero value takes it away.
	SaveExhausted(ctx context.Context, k Kind, x Exhaustion) error
}

// KeyStore keeps what all companies of this machine that share an API key have booked together.
type KeyStore interface {
	// Book adds up to n calls, so many that the sum of all companies stays within ceiling, and gives how
	// many; a negative n gives back.
	Book(ctx context.Context, month string, k Kind, n, ceiling int) (int, error)
	// Booked gives the sum of all companies.
	Booked(ctx context.Context, month string) (map[Kind]int, error)
}

// Ledger lets calls go only after they are booked. It may be used by several goroutines; two ledgers on
// one store would each book blocks of their own.
type Ledger struct {
	store Store
	now   func() time.Time

	mu       sync.Mutex
	key      KeyStore // nil while the company's API key is not known
	month    string
	left     map[Kind]int  // booked in month and not used yet
	reserved map[Kind]bool // what is left was booked out of the reserve

	loaded bool // refused is as the store has it
	refuse map[Kind]Exhaustion
	probes map[Kind]int // attempts left of a probe under way
}

// NewLedger makes a ledger that begins without a block.
func NewLedger(store Store, now func() time.Time) *Ledger {
	return &Ledger{
		store: store, now: now,
		left: map[Kind]int{}, reserved: map[Kind]bool{}, refuse: map[Kind]Exhaustion{}, probes: map[Kind]int{},
	}
}

// UseKey books from now on in the ledger of an API key too; nil: in none.
func (l *Ledger) UseKey(ctx context.Context, key KeyStore) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	err := l.giveBack(ctx)
	l.key = key
	return err
}

// Take lets one call of kind k go, for the purpose the context is marked with, or says KindQuota: the
// month's limit is reached (for ordinary work, its part without the reserve), or İşbaşı has refused
// more. Detail is when it goes on. The first call of a block waits until the whole block is booked;
// sign-ins, which have no limit, are booked one by one.
func (l *Ledger) Take(ctx context.Context, k Kind) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if k != Read && k != Write && k != SignIn {
		return fmt.Errorf("quota: no kind %q", k)
	}
	if err := l.turn(ctx); err != nil {
		return err
	}
	if err := l.barred(ctx, k); err != nil {
		return err
	}
	if l.left[k] > 0 && l.reserved[k] && purposeOf(ctx) != Invoicing {
		if err := l.giveBackOf(ctx, k); err != nil {
			return err
		}
	}
	if l.left[k] == 0 {
		if err := l.book(ctx, k); err != nil {
			return err
		}
	}
	if err := l.probe(ctx, k); err != nil {
		return err
	}
	l.left[k]--
	return nil
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
	for k := range l.left {
		failed = append(failed, l.giveBackOf(ctx, k))
	}
	return errors.Join(failed...)
}

// giveBackOf gives the company's part back first: a kill in between leaves the key's ledger too high.
func (l *Ledger) giveBackOf(ctx context.Context, k Kind) error {
	n := l.left[k]
	if n == 0 {
		return nil
	}
	if err := l.store.Book(ctx, l.month, k, -n); err != nil {
		return domain.Wrap(err, "give back %d calls (%s)", n, k)
	}
	l.left[k] = 0
	if l.key == nil {
		return nil
	}
	_, err := l.key.Book(ctx, l.month, k, -n, math.MaxInt)
	return domain.Wrap(err, "give back %d calls of the key (%s)", n, k)
}

// book books the next block. Ordinary calls end where the reserve begins; a block never reaches over
// that line, so that what is left of it has one owner.
func (l *Ledger) book(ctx context.Context, k Kind) error {
	if k == SignIn {
		n, err := l.bookUpTo(ctx, k, 1, math.MaxInt)
		l.left[k] = n
		return err
	}
	limits, err := l.store.QuotaLimits(ctx)
	if err != nil {
		return domain.Wrap(err, "read the limits")
	}
	booked, err := l.store.Booked(ctx, l.month)
	if err != nil {
		return domain.Wrap(err, "read the quota of %s", l.month)
	}
	limit := limits.of(k)
	for _, inReserve := range []bool{false, true} {
		ceiling := limit
		if !inReserve {
			ceiling = max(0, limit-Reserve(k))
		} else if purposeOf(ctx) != Invoicing {
			break
		}
		n, err := l.bookUpTo(ctx, k, min(BlockSize, ceiling-booked[k]), ceiling)
		if err != nil {
			return err
		}
		if n > 0 {
			l.left[k], l.reserved[k] = n, inReserve
			return nil
		}
	}
	kept, err := l.kept(ctx, k, booked[k], limit)
	if err != nil {
		return err
	}
	return l.full(k, kept)
}

// kept tells whether the call that is refused would be let go for an invoice.
func (l *Ledger) kept(ctx context.Context, k Kind, spent, limit int) (bool, error) {
	if purposeOf(ctx) == Invoicing {
		return false, nil
	}
	if l.key != nil {
		byKey, err := l.key.Booked(ctx, l.month)
		if err != nil {
			return false, domain.Wrap(err, "read the API key's quota of %s", l.month)
		}
		spent = max(spent, byKey[k])
	}
	return spent < limit, nil
}

// bookUpTo books n calls, or fewer when the API key has no more, and gives how many.
func (l *Ledger) bookUpTo(ctx context.Context, k Kind, n, ceiling int) (int, error) {
	if n <= 0 {
		return 0, nil
	}
	if l.key != nil {
		granted, err := l.key.Book(ctx, l.month, k, n, ceiling)
		if err != nil || granted <= 0 {
			return 0, domain.Wrap(err, "book %d calls of the key (%s)", n, k)
		}
		n = granted
	}
	if err := l.store.Book(ctx, l.month, k, n); err != nil {
		err = domain.Wrap(err, "book %d calls (%s)", n, k)
		if l.key == nil {
			return 0, err
		}
		_, undo := l.key.Book(context.WithoutCancel(ctx), l.month, k, -n, math.MaxInt)
		return 0, errors.Join(err, undo)
	}
	return n, nil
}

// ErrReserve is in the error of ordinary work that stops because the rest is kept for invoices.
var ErrReserve = errors.New("the rest is kept for invoices")

// full is the error of a month whose limit is reached.
func (l *Ledger) full(k Kind, reserve bool) error {
	now := l.now().In(Istanbul)
	next := time.Date(now.Year(), now.Month()+1, 1, 0, 0, 0, 0, Istanbul)
	e := &domain.Error{Kind: domain.KindQuota, Op: "book calls", Field: string(k), Detail: next.Format(timeLayout)}
	if reserve {
		e.Err = ErrReserve
	}
	return e
}

// timeLayout is how Detail tells when it goes on, in Istanbul's time.
const timeLayout = "2006-01-02 15:04"

// GoesOnAt tells when the work that err has stopped may go on; ok = false when err says nothing of that.
func GoesOnAt(err error) (at time.Time, ok bool) {
	var e *domain.Error
	if !errors.As(err, &e) || e.Kind != domain.KindQuota {
		return time.Time{}, false
	}
	at, bad := time.ParseInLocation(timeLayout, e.Detail, Istanbul)
	return at, bad == nil
}
