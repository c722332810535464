package quota

import (
	"math/rand/v2"
	"sync"
	"testing"
	"time"
)

// TestLedger_neverTooLow lets companies that share a key call at random, be killed and closed, through
// the months: no ledger is ever below what was sent, none above it by more than a block a kill, none
// lets ordinary work into the reserve or anybody over the limit.
func TestLedger_neverTooLow(t *testing.T) {
	for seed := range uint64(60) {
		rnd := rand.New(rand.NewPCG(seed, 7))
		const companies = 3
		now := time.Date(2026, 11, 30, 12, 0, 0, 0, time.UTC)
		key := &keyBooks{}
		limits := Limits{Reads: ReadReserve + rnd.IntN(200), Writes: WriteReserve + rnd.IntN(200)}
		var store [companies]*books
		var ledger [companies]*Ledger
		type at struct {
			month string
			kind  Kind
		}
		var sent, kills [companies]map[at]int
		open := func(i int) {
			ledger[i] = NewLedger(store[i], clock(&now))
			if err := ledger[i].UseKey(t.Context(), key); err != nil {
				t.Fatal(err)
			}
		}
		for i := range companies {
			store[i] = newBooks()
			store[i].limits = limits
			sent[i], kills[i] = map[at]int{}, map[at]int{}
			open(i)
		}
		for range 1200 {
			i := rnd.IntN(companies)
			k := []Kind{Read, Read, Write, SignIn}[rnd.IntN(4)]
			ctx := t.Context()
			if rnd.IntN(8) == 0 {
				ctx = WithPurpose(ctx, Invoicing)
			}
			switch rnd.IntN(60) {
			case 0:
				for _, k := range []Kind{Read, Write} {
					if n := ledger[i].left[k]; n > 0 {
						kills[i][at{ledger[i].month, k}] += n
					}
				}
				open(i) // a kill: nothing is given back
			case 1:
				if err := ledger[i].Close(t.Context()); err != nil {
					t.Fatal(err)
				}
			case 2:
				now = now.Add(time.Hour)
			default:
				if ledger[i].Take(ctx, k) == nil {
					sent[i][at{Month(now), k}]++
				}
			}
			for _, k := range []Kind{Read, Write, SignIn} {
				a := at{Month(now), k}
				all, most := 0, 0
				for i := range companies {
					booked, left := store[i].used[a.month][k], 0
					if ledger[i].month == a.month {
						left = ledger[i].left[k]
					}
					if booked != sent[i][a]+left+kills[i][a] || left >= BlockSize {
						t.Fatalf("seed %d, %v: company %d has booked %d, sent %d, lost %d, has left %d", seed, a, i, booked, sent[i][a], kills[i][a], left)
					}
					all += booked
					most += sent[i][a]
				}
				if got := key.used[a.month][k]; got != all || k != SignIn && got > limits.of(k) || got < most {
					t.Fatalf("seed %d, %v: the key has booked %d, the companies %d of %d", seed, a, got, all, limits.of(k))
				}
			}
		}
	}
}

func TestLedger_manyCompaniesAtOnce(t *testing.T) {
	now, key := november, &keyBooks{}
	var wg sync.WaitGroup
	stores := make([]*books, 4)
	for i := range stores {
		stores[i] = newBooks()
		stores[i].limits.Reads = ReadReserve + 500
		l := NewLedger(stores[i], clock(&now))
		if err := l.UseKey(t.Context(), key); err != nil {
			t.Fatal(err)
		}
		for range 3 {
			wg.Go(func() {
				for range 60 {
					if l.Take(t.Context(), Read) != nil {
						break
					}
					if err := l.Accepted(t.Context(), Read); err != nil {
						t.Error(err)
					}
					if _, err := l.Usage(t.Context()); err != nil {
						t.Error(err)
					}
				}
				if err := l.Close(t.Context()); err != nil {
					t.Error(err)
				}
			})
		}
	}
	wg.Wait()
	sum := 0
	for _, s := range stores {
		sum += s.used["2026-11"][Read]
	}
	if got := key.used["2026-11"][Read]; got != sum || sum > 500 || sum < 400 {
		t.Errorf("the key has booked %d, the companies %d of 500", got, sum)
	}
}
