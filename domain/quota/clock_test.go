package quota

import (
	"testing"
	"time"
)

// Whatever month the clock of this machine is in: what leaves is booked in İşbaşı's, that of the company and that
// of its API key, and what has left before İşbaşı was heard goes over.
func TestHeard_booksInTheMonthOfIsbasi(t *testing.T) {
	december := time.Date(2026, 12, 3, 12, 0, 0, 0, time.UTC)
	for name, c := range map[string]struct {
		clock       time.Time // of this machine
		heard       time.Time
		wrong, then string
	}{
		"a month behind":        {november, december, "2026-11", "2026-12"},
		"three years ahead":     {december.AddDate(3, 0, 0), december, "2029-12", "2026-12"},
		"right":                 {december, december, "", "2026-12"},
		"right, a little later": {december, december.Add(59 * time.Second), "", "2026-12"},
		"wrong within a month":  {december.AddDate(0, 0, 9), december, "", "2026-12"},
	} {
		store, key, now := newBooks(), &keyBooks{used: map[string]map[Kind]int{}}, c.clock
		l := NewLedger(store, clock(&now))
		if err := l.UseKey(t.Context(), key); err != nil {
			t.Fatal(err)
		}
		take(t, l, Read, 3)
		take(t, l, Write, 1)
		if err := l.Heard(t.Context(), c.heard); err != nil {
			t.Fatal(err)
		}
		take(t, l, Read, 2)
		if err := l.Heard(t.Context(), c.heard); err != nil { // again: nothing goes over twice
			t.Fatal(err)
		}
		u, err := l.Usage(t.Context())
		if err != nil || u.Month != c.then || u.Reads != 5 || u.Writes != 1 || u.KeyReads != 5 || u.KeyWrites != 1 {
			t.Errorf("%s: %+v, %v", name, u, err)
		}
		if err := l.Close(t.Context()); err != nil {
			t.Fatal(err)
		}
		for month, kinds := range store.used {
			want := map[Kind]int{Read: 5, Write: 1}
			if month != c.then {
				want = map[Kind]int{}
			}
			for _, k := range []Kind{Read, Write} {
				if kinds[k] != want[k] || key.used[month][k] != want[k] {
					t.Errorf("%s: %s %s: %d booked, %d of the key, want %d", name, month, k, kinds[k], key.used[month][k], want[k])
				}
			}
		}
	}
}

// The month that turns while the clock is right takes nothing along: what has left before belongs to the old one.
func TestHeard_leavesTheOldMonthWhatItHasCost(t *testing.T) {
	store, now := newBooks(), time.Date(2026, 11, 30, 20, 59, 59, 0, time.UTC)
	l := NewLedger(store, clock(&now))
	take(t, l, Read, 4)
	now = now.Add(2 * time.Second)
	if err := l.Heard(t.Context(), now); err != nil {
		t.Fatal(err)
	}
	take(t, l, Read, 1)
	if err := l.Close(t.Context()); err != nil || store.used["2026-11"][Read] != 4 || store.used["2026-12"][Read] != 1 {
		t.Errorf("%v, %v", store.used, err)
	}
}

// A store that fails while calls go over leaves the ledger too high, never too low.
func TestHeard_isNeverTooLowWhicheverCallFails(t *testing.T) {
	for n := 1; ; n++ {
		f, store, key, now := &failing{}, newBooks(), &keyBooks{used: map[string]map[Kind]int{}}, november
		l := NewLedger(failingBooks{store, f}, clock(&now))
		if err := l.UseKey(t.Context(), failingKey{key, f}); err != nil {
			t.Fatal(err)
		}
		take(t, l, Read, 3)
		f.calls, f.n = 0, n
		err := l.Heard(t.Context(), november.AddDate(0, 1, 0))
		if f.calls < n {
			if n == 1 {
				t.Fatal("nothing was stored")
			}
			return
		}
		if err == nil {
			t.Errorf("call %d: no error", n)
		}
		f.n = 0
		if err := l.Close(t.Context()); err != nil {
			t.Fatal(err)
		}
		if sum := store.used["2026-11"][Read] + store.used["2026-12"][Read]; sum < 3 {
			t.Errorf("call %d: %v booked", n, store.used)
		}
		if sum := key.used["2026-11"][Read] + key.used["2026-12"][Read]; sum < 3 {
			t.Errorf("call %d: %v booked of the key", n, key.used)
		}
	}
}
