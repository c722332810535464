package quota

import (
	"context"
	"errors"
	"maps"
	"reflect"
	"sync"
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
)

// books is a store in memory; fail makes the next calls fail.
type books struct {
	mu        sync.Mutex
	used      map[string]map[Kind]int
	limits    Limits
	exhausted map[Kind]Exhaustion
	unheard   map[string]map[Kind]int
	fail      error
}

func (b *books) Unheard(context.Context) (map[string]map[Kind]int, error) {
	all := map[string]map[Kind]int{}
	for month, kinds := range b.unheard {
		all[month] = maps.Clone(kinds)
	}
	return all, b.fail
}

func (b *books) SaveUnheard(_ context.Context, month string, k Kind, n int) error {
	if b.fail != nil {
		return b.fail
	}
	if b.unheard == nil {
		b.unheard = map[string]map[Kind]int{}
	}
	if b.unheard[month] == nil {
		b.unheard[month] = map[Kind]int{}
	}
	if b.unheard[month][k] = n; n == 0 {
		delete(b.unheard[month], k)
	}
	if len(b.unheard[month]) == 0 {
		delete(b.unheard, month)
	}
	return nil
}

func newBooks() *books {
	return &books{used: map[string]map[Kind]int{}, limits: DefaultLimits(), exhausted: map[Kind]Exhaustion{}}
}

func (b *books) QuotaLimits(context.Context) (Limits, error) { return b.limits, b.fail }

func (b *books) Exhausted(context.Context) (map[Kind]Exhaustion, error) {
	return maps.Clone(b.exhausted), b.fail
}

func (b *books) SaveExhausted(_ context.Context, k Kind, x Exhaustion) error {
	if b.fail != nil {
		return b.fail
	}
	b.exhausted[k] = x
	if !x.Is() {
		delete(b.exhausted, k)
	}
	return nil
}

// keyBooks is an API key's ledger in memory.
type keyBooks struct {
	mu   sync.Mutex
	used map[string]map[Kind]int
	fail error
}

func (b *keyBooks) Book(_ context.Context, month string, k Kind, n, ceiling int) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.fail != nil {
		return 0, b.fail
	}
	if b.used == nil {
		b.used = map[string]map[Kind]int{}
	}
	if b.used[month] == nil {
		b.used[month] = map[Kind]int{}
	}
	if n > 0 {
		n = max(0, min(n, ceiling-b.used[month][k]))
	}
	b.used[month][k] += n
	return n, nil
}

func (b *keyBooks) Booked(_ context.Context, month string) (map[Kind]int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return maps.Clone(b.used[month]), b.fail
}

func (b *books) Book(_ context.Context, month string, k Kind, n int) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.fail != nil {
		return b.fail
	}
	if b.used[month] == nil {
		b.used[month] = map[Kind]int{}
	}
	b.used[month][k] += n
	return nil
}

func (b *books) Booked(_ context.Context, month string) (map[Kind]int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.fail != nil {
		return nil, b.fail
	}
	return maps.Clone(b.used[month]), nil
}

var november = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

func clock(t *time.Time) func() time.Time { return func() time.Time { return *t } }

func take(t *testing.T, l *Ledger, k Kind, n int) {
	t.Helper()
	for range n {
		if err := l.Take(t.Context(), k); err != nil {
			t.Fatal(err)
		}
	}
}

func TestMonth_isIstanbuls(t *testing.T) {
	for at, want := range map[string]string{
		"2026-11-30T20:59:59Z": "2026-11",
		"2026-11-30T21:00:00Z": "2026-12",
		"2026-12-31T21:00:00Z": "2027-01",
	} {
		parsed, err := time.Parse(time.RFC3339, at)
		if err != nil {
			t.Fatal(err)
		}
		if got := Month(parsed); got != want {
			t.Errorf("%s is in %s, want %s", at, got, want)
		}
	}
}

func TestLedger_booksBlocksBeforehand(t *testing.T) {
	store, now := newBooks(), november
	l := NewLedger(store, clock(&now))
	for i := 1; i <= 45; i++ {
		take(t, l, Read, 1)
		booked := store.used["2026-11"][Read]
		if booked < i || booked > i+BlockSize-1 {
			t.Fatalf("%d booked after %d calls", booked, i)
		}
		u, err := l.Usage(t.Context())
		if err != nil || u.Reads != i {
			t.Fatalf("usage %+v after %d calls, %v", u, i, err)
		}
	}
	if err := l.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := store.used["2026-11"][Read]; got != 45 {
		t.Errorf("%d booked at the end", got)
	}
	take(t, l, Read, 1) // it goes on after Close
	if got := store.used["2026-11"][Read]; got != 65 {
		t.Errorf("%d booked after going on", got)
	}
}

func TestLedger_afterAKillIsAtMostOneBlockTooHigh(t *testing.T) {
	for calls := range 50 {
		store, now := newBooks(), november
		take(t, NewLedger(store, clock(&now)), Write, calls) // never closed
		u, err := NewLedger(store, clock(&now)).Usage(t.Context())
		if err != nil || u.Writes < calls || u.Writes > calls+BlockSize-1 {
			t.Errorf("%d calls, the ledger says %+v, %v", calls, u, err)
		}
	}
}

func TestLedger_keepsKindsApart(t *testing.T) {
	store, now := newBooks(), november
	l := NewLedger(store, clock(&now))
	take(t, l, Read, 3)
	take(t, l, Write, 2)
	take(t, l, SignIn, 1)
	if got := store.used["2026-11"][SignIn]; got != 1 {
		t.Errorf("%d sign-ins booked: they need no block", got)
	}
	u, err := l.Usage(t.Context())
	want := Usage{
		Month: "2026-11", Reads: 3, Writes: 2, SignIns: 1, ReadLimit: ReadLimit, WriteLimit: WriteLimit,
		ReadReserve: ReadReserve, WriteReserve: WriteReserve,
	}
	if err != nil || u != want {
		t.Errorf("%+v, %v", u, err)
	}
}

func TestLedger_stopsAtTheLimit(t *testing.T) {
	store, now := newBooks(), november
	store.used["2026-11"] = map[Kind]int{Read: ReadLimit - 5, Write: WriteLimit}
	l := NewLedger(store, clock(&now))
	invoicing := WithPurpose(t.Context(), Invoicing)
	for range 5 {
		if err := l.Take(invoicing, Read); err != nil {
			t.Fatal(err)
		}
	}
	for k, field := range map[Kind]string{Read: "read", Write: "write"} {
		err := l.Take(invoicing, k)
		var e *domain.Error
		if !errors.As(err, &e) || e.Kind != domain.KindQuota || e.Field != field || errors.Is(err, ErrReserve) {
			t.Errorf("%s beyond the limit: %v", k, err)
		}
		if at, ok := GoesOnAt(err); !ok || !at.Equal(time.Date(2026, 11, 30, 21, 0, 0, 0, time.UTC)) {
			t.Errorf("%s goes on at %v, %v", k, at, ok)
		}
	}
	take(t, l, SignIn, 3) // these have none
	if got := store.used["2026-11"]; got[Read] != ReadLimit || got[Write] != WriteLimit {
		t.Errorf("booked %v", got)
	}
	now = now.AddDate(0, 1, 0)
	take(t, l, Read, 1)
}

func TestLedger_turnsToANewMonthInTheMiddleOfABlock(t *testing.T) {
	store, now := newBooks(), november
	l := NewLedger(store, clock(&now))
	take(t, l, Read, 7)
	now = time.Date(2026, 11, 30, 21, 0, 0, 0, time.UTC) // midnight in Istanbul
	if u, err := l.Usage(t.Context()); err != nil || u.Reads != 0 || u.Month != "2026-12" {
		t.Errorf("usage %+v, %v", u, err)
	}
	take(t, l, Read, 2)
	want := map[string]map[Kind]int{"2026-11": {Read: 7}, "2026-12": {Read: 20}}
	if !reflect.DeepEqual(store.used, want) {
		t.Errorf("booked %v, want %v", store.used, want)
	}
	if err := l.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
	if store.used["2026-12"][Read] != 2 || store.used["2026-11"][Read] != 7 {
		t.Errorf("booked %v", store.used)
	}
}

func TestLedger_letsNothingGoThatIsNotBooked(t *testing.T) {
	store, now := newBooks(), november
	l := NewLedger(store, clock(&now))
	store.fail = domain.E(domain.KindDisk, "book", nil)
	if err := l.Take(t.Context(), Read); domain.KindOf(err) != domain.KindDisk {
		t.Errorf("take: %v", err)
	}
	store.fail = nil
	take(t, l, Read, 1)
	store.fail = domain.E(domain.KindDisk, "book", nil)
	if err := l.Close(t.Context()); domain.KindOf(err) != domain.KindDisk {
		t.Errorf("close: %v", err)
	}
	store.fail = nil
	if err := l.Close(t.Context()); err != nil || store.used["2026-11"][Read] != 1 {
		t.Errorf("closing again: %v, booked %v", err, store.used)
	}
	if err := l.Take(t.Context(), "coffee"); err == nil {
		t.Error("a kind that is none was let go")
	}
}

func TestLedger_manyAtOnce(t *testing.T) {
	store, now := newBooks(), november
	l := NewLedger(store, clock(&now))
	var wg sync.WaitGroup
	for range 10 {
		wg.Go(func() {
			for range 37 {
				if err := l.Take(t.Context(), Read); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	if u, err := l.Usage(t.Context()); err != nil || u.Reads != 370 {
		t.Errorf("usage %+v, %v", u, err)
	}
	if err := l.Close(t.Context()); err != nil || store.used["2026-11"][Read] != 370 {
		t.Errorf("booked %v, %v", store.used, err)
	}
}
