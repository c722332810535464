package quota

import (
	"context"
	"errors"
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
	// Unheard gives the calls that were let go before İşbaşı was heard, by the month that they are booked in.
	Unheard(ctx context.Context) (map[string]map[Kind]int, error)
	// SaveUnheard keeps how many those are; none: nothing is kept.
	SaveUnheard(ctx context.Context, month string, k Kind, n int) error
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
	local func() time.Time // this machine's clock

	mu       sync.Mutex
	skew     time.Duration           // from the local clock to İşbaşı's
	unsure   map[Kind]int            // let go in month since İşbaşı was heard last
	heardAt  time.Time               // by the local clock
	unheard  map[string]map[Kind]int // as the store has it; nil: not read yet
	own      map[Kind]int            // of them in month, by this ledger
	key      KeyStore                // nil while the company's API key is not known
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
		store: store, local: now, unsure: map[Kind]int{}, own: map[Kind]int{},
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

// Close gives back what was booked and not used. The ledger can be used afterwards: it books anew.
func (l *Ledger) Close(ctx context.Context) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.giveBack(ctx)
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
