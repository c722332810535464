package quota

import (
	"context"
	"errors"
	"maps"
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
)

// failing makes the n-th call of a store or a key's store fail; 0 fails none. What fails has not happened.
type failing struct {
	n, calls int
}

var errBroken = domain.E(domain.KindDisk, "the n-th call", nil)

func (f *failing) next(ctx context.Context) error {
	if f.calls++; f.calls == f.n {
		return errBroken
	}
	return ctx.Err()
}

type failingBooks struct {
	*books
	*failing
}

func (b failingBooks) Book(ctx context.Context, month string, k Kind, n int) error {
	if err := b.next(ctx); err != nil {
		return err
	}
	return b.books.Book(ctx, month, k, n)
}

func (b failingBooks) Booked(ctx context.Context, month string) (map[Kind]int, error) {
	if err := b.next(ctx); err != nil {
		return map[Kind]int{Read: 7, Write: 7}, err // what comes with an error is nobody's
	}
	return b.books.Booked(ctx, month)
}

func (b failingBooks) Unheard(ctx context.Context) (map[string]map[Kind]int, error) {
	if err := b.next(ctx); err != nil {
		return nil, err
	}
	return b.books.Unheard(ctx)
}

func (b failingBooks) SaveUnheard(ctx context.Context, month string, k Kind, n int) error {
	if err := b.next(ctx); err != nil {
		return err
	}
	return b.books.SaveUnheard(ctx, month, k, n)
}

func (b failingBooks) QuotaLimits(ctx context.Context) (Limits, error) {
	if err := b.next(ctx); err != nil {
		return DefaultLimits(), err
	}
	return b.books.QuotaLimits(ctx)
}

func (b failingBooks) Exhausted(ctx context.Context) (map[Kind]Exhaustion, error) {
	if err := b.next(ctx); err != nil {
		return nil, err
	}
	return b.books.Exhausted(ctx)
}

func (b failingBooks) SaveExhausted(ctx context.Context, k Kind, x Exhaustion) error {
	if err := b.next(ctx); err != nil {
		return err
	}
	return b.books.SaveExhausted(ctx, k, x)
}

type failingKey struct {
	*keyBooks
	*failing
}

func (b failingKey) Book(ctx context.Context, month string, k Kind, n, ceiling int) (int, error) {
	if err := b.next(ctx); err != nil {
		return n, err
	}
	return b.keyBooks.Book(ctx, month, k, n, ceiling)
}

func (b failingKey) Booked(ctx context.Context, month string) (map[Kind]int, error) {
	if err := b.next(ctx); err != nil {
		return nil, err
	}
	return b.keyBooks.Booked(ctx, month)
}

// step is one thing a company asks of its ledger. Those that let a call go are counted by kind.
type step struct {
	name string
	do   func(ctx context.Context, l *Ledger, now *time.Time) error
	sent Kind
}

// month is a course of things in which every way through the ledger is gone.
func month(key KeyStore) []step {
	taking := func(k Kind, p Purpose) step {
		return step{"take " + string(k), func(ctx context.Context, l *Ledger, _ *time.Time) error {
			return l.Take(WithPurpose(ctx, p), k)
		}, k}
	}
	of := func(name string, do func(ctx context.Context, l *Ledger) error) step {
		return step{name: name, do: func(ctx context.Context, l *Ledger, _ *time.Time) error { return do(ctx, l) }}
	}
	at := func(t time.Time) step {
		return step{name: "time", do: func(_ context.Context, _ *Ledger, now *time.Time) error {
			*now = t
			return nil
		}}
	}
	isQuota := func(err error) error { // what is expected here
		if domain.KindOf(err) == domain.KindQuota {
			return nil
		}
		return errors.Join(err, errors.New("not refused for the quota"))
	}
	refused := of("refused", func(ctx context.Context, l *Ledger) error { return isQuota(l.Refused(ctx, Read, noTime)) })
	accepted := of("accepted", func(ctx context.Context, l *Ledger) error { return l.Accepted(ctx, Read) })
	usage := of("usage", func(ctx context.Context, l *Ledger) error {
		u, err := l.Usage(ctx)
		if err != nil && u != (Usage{}) {
			return errors.New("a usage with an error")
		}
		return err
	})
	closing := of("close", func(ctx context.Context, l *Ledger) error { return l.Close(ctx) })
	return []step{
		usage, // of a ledger that knows nothing yet
		of("key", func(ctx context.Context, l *Ledger) error { return l.UseKey(ctx, key) }),
		taking(Read, Ordinary), taking(Write, Ordinary), taking(SignIn, Ordinary), usage,
		of("may", func(ctx context.Context, l *Ledger) error { return l.May(ctx, Cost{Reads: 1, Writes: 1}, Invoicing) }),
		closing,
		taking(Read, Invoicing), taking(Read, Ordinary), taking(Write, Invoicing),
		of("the reserve", func(ctx context.Context, l *Ledger) error { return isQuota(l.Take(ctx, Write)) }),
		taking(Write, Invoicing), taking(Write, Invoicing),
		refused,
		of("barred", func(ctx context.Context, l *Ledger) error { return isQuota(l.Take(ctx, Read)) }),
		at(november.AddDate(0, 0, 1)),
		taking(Read, Ordinary), taking(Read, Ordinary), accepted, taking(Read, Ordinary),
		refused,
		of("reopen", func(ctx context.Context, l *Ledger) error { return l.Reopen(ctx, Read) }),
		taking(Read, Ordinary), refused,
		at(november.AddDate(0, 1, 0)),
		taking(Read, Ordinary), usage, closing, taking(Write, Invoicing),
		of("no key", func(ctx context.Context, l *Ledger) error { return l.UseKey(ctx, nil) }),
		taking(SignIn, Ordinary), taking(Read, Ordinary), taking(SignIn, Ordinary), closing,
	}
}

// Whichever call of its stores fails: the error arrives at once, nothing has left unbooked or is given back
// twice, and the same thing tried again goes on as if nothing had been.
func TestLedger_whicheverCallFails(t *testing.T) {
	type sums struct{ company, key map[string]map[Kind]int }
	run := func(n int) (calls int, end sums) {
		f, now := &failing{n: n}, november
		booked := map[Kind]int{Read: 1700, Write: 99} // beyond 80 % of the reads; one write before the reserve
		store, key := newBooks(), &keyBooks{used: map[string]map[Kind]int{"2026-11": maps.Clone(booked)}}
		store.used["2026-11"] = maps.Clone(booked)
		store.limits = Limits{Reads: 2000, Writes: WriteReserve + 100}
		l := NewLedger(failingBooks{store, f}, clock(&now))
		sent := map[string]map[Kind]int{"2026-11": booked, "2026-12": {}}
		for _, s := range month(failingKey{key, f}) {
			before := f.calls
			err := s.do(t.Context(), l, &now)
			failed := n > before && n <= f.calls
			if failed != errors.Is(err, errBroken) || !failed && err != nil {
				t.Fatalf("call %d, in %s: %v", n, s.name, err)
			}
			check := func() {
				for m := range sent {
					for _, k := range []Kind{Read, Write, SignIn} {
						left := 0
						if m == l.month {
							left = l.left[k]
						}
						if got := store.used[m][k]; got != sent[m][k]+left || key.used[m][k] < got && l.key != nil {
							t.Fatalf("call %d, after %s, %s %s: %d booked, %d of the key, %d sent, %d left", n, s.name, m, k, got, key.used[m][k], sent[m][k], left)
						}
					}
				}
			}
			if failed {
				check()
				err = s.do(t.Context(), l, &now)
			}
			if err != nil {
				t.Fatalf("call %d, again, in %s: %v", n, s.name, err)
			}
			if s.sent != "" {
				sent[Month(now)][s.sent]++
			}
			check()
		}
		if len(store.exhausted) > 0 {
			t.Fatalf("call %d: still exhausted: %v", n, store.exhausted)
		}
		return f.calls, sums{store.used, key.used}
	}
	calls, want := run(0)
	if calls < 50 {
		t.Fatalf("only %d calls", calls)
	}
	for n := 1; n <= calls; n++ {
		_, got := run(n)
		for m, kinds := range want.company {
			for k, booked := range kinds {
				// What the key has not been given back is lost to it: at most one block.
				if over := got.key[m][k] - want.key[m][k]; got.company[m][k] != booked || over < 0 || over > BlockSize {
					t.Errorf("call %d, %s %s: %d booked, want %d; %d of the key, want %d", n, m, k, got.company[m][k], booked, got.key[m][k], want.key[m][k])
				}
			}
		}
	}
}
