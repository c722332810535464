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

// A program that is killed before it hears İşbaşı has let calls go without knowing the month: the next one that hears it books them
// there too, those of the right month not twice.
func TestHeard_booksWhatAKilledProgramNeverHeardOf(t *testing.T) {
	december := time.Date(2026, 12, 3, 12, 0, 0, 0, time.UTC)
	for name, c := range map[string]struct {
		clocks []time.Time // of the programs that are killed, after two calls each
		last   time.Time   // of the one that hears İşbaşı
		want   int         // booked in December
	}{
		"right all the time":        {[]time.Time{december, december}, december, 5},
		"wrong, and right again":    {[]time.Time{november}, december, 3},
		"wrong all the time":        {[]time.Time{november, november}, november, 5},
		"wrong in two ways":         {[]time.Time{november, december.AddDate(2, 0, 0)}, december.AddDate(1, 0, 0), 5},
		"right, and wrong then":     {[]time.Time{december}, november, 3},
		"nobody was killed":         {nil, november, 1},
		"the month turned in doubt": {[]time.Time{time.Date(2026, 11, 30, 20, 0, 0, 0, time.UTC)}, december, 3},
	} {
		store, key := newBooks(), &keyBooks{used: map[string]map[Kind]int{}}
		open := func(now time.Time) *Ledger {
			l := NewLedger(store, clock(&now))
			if err := l.UseKey(t.Context(), key); err != nil {
				t.Fatal(err)
			}
			return l
		}
		for _, at := range c.clocks {
			take(t, open(at), Read, 2)
		}
		l := open(c.last)
		take(t, l, Read, 1)
		for range 2 { // again: nothing is booked twice
			if err := l.Heard(t.Context(), december); err != nil {
				t.Fatal(err)
			}
		}
		take(t, l, Read, 1)
		if err := l.Close(t.Context()); err != nil {
			t.Fatal(err)
		}
		waste := 0 // what killed programs had booked and not used of December
		for _, at := range c.clocks {
			if Month(at) == "2026-12" {
				waste += BlockSize - 2
			}
		}
		if got := store.used["2026-12"][Read] - waste; got != c.want+1 || key.used["2026-12"][Read]-waste != got {
			t.Errorf("%s: %d booked, %d of the key, want %d: %v", name, got, key.used["2026-12"][Read]-waste, c.want+1, store.used)
		}
		if len(store.unheard) != 0 {
			t.Errorf("%s: still in doubt: %v", name, store.unheard)
		}
	}
}

// Nor is a clock believed that is set while the program runs: not when it goes back, nor long after İşbaşı was heard.
func TestHeard_doesNotBelieveAClockThatIsSetMeanwhile(t *testing.T) {
	for name, jump := range map[string]time.Duration{"back": -40 * 24 * time.Hour, "ahead": 40 * 24 * time.Hour} {
		store, now := newBooks(), november
		l := NewLedger(store, clock(&now))
		take(t, l, Read, 1)
		if err := l.Heard(t.Context(), now); err != nil || len(store.unheard) != 0 {
			t.Fatalf("%v, %v", store.unheard, err)
		}
		take(t, l, Read, 1)
		if len(store.unheard) != 0 {
			t.Errorf("%s: in doubt though heard just now: %v", name, store.unheard)
		}
		now = now.Add(jump)
		take(t, l, Read, 1) // and it is killed
		now = november.Add(time.Minute)
		next := NewLedger(store, clock(&now))
		take(t, next, Read, 1)
		if err := next.Heard(t.Context(), now); err != nil {
			t.Fatal(err)
		}
		if err := next.Close(t.Context()); err != nil {
			t.Fatal(err)
		}
		if got := store.used["2026-11"][Read]; got < 4 {
			t.Errorf("%s: %d of 4 calls are booked", name, got)
		}
	}
}

// The clock of this machine was wrong and known to be, and is put right while nothing is asked: what leaves first is still booked by
// the difference that there was.
func TestHeard_booksWhatLeftWhileTheClockWasSetAgain(t *testing.T) {
	const hour = time.Hour
	for name, c := range map[string]struct {
		ahead, then time.Duration // of the local clock, when İşbaşı is heard first and when it is heard again
		at          time.Time     // by İşbaşı, when it is heard again
		want        string
	}{
		"put right":           {26 * hour, 0, time.Date(2026, 12, 1, 6, 42, 0, 0, time.UTC), "2026-12"},
		"put wrong":           {0, -26 * hour, time.Date(2026, 12, 1, 6, 42, 0, 0, time.UTC), "2026-12"},
		"wrong otherwise":     {26 * hour, -26 * hour, time.Date(2026, 12, 1, 6, 42, 0, 0, time.UTC), "2026-12"},
		"wrong and then back": {-26 * hour, 0, time.Date(2026, 11, 30, 9, 0, 0, 0, time.UTC), "2026-11"},
	} {
		store, key := newBooks(), &keyBooks{used: map[string]map[Kind]int{}}
		isbasi := time.Date(2026, 11, 29, 10, 24, 0, 0, time.UTC)
		now := isbasi.Add(c.ahead)
		l := NewLedger(store, clock(&now))
		if err := l.UseKey(t.Context(), key); err != nil {
			t.Fatal(err)
		}
		take(t, l, Read, 3)
		if err := l.Heard(t.Context(), isbasi); err != nil {
			t.Fatal(err)
		}
		before := store.used[c.want][Read] - l.left[Read]
		if c.want != "2026-11" {
			before = 0
		}
		now = c.at.Add(c.then)
		take(t, l, Read, 1)
		if err := l.Heard(t.Context(), c.at); err != nil {
			t.Fatal(err)
		}
		take(t, l, Read, 2)
		if err := l.Close(t.Context()); err != nil {
			t.Fatal(err)
		}
		if got := store.used[c.want][Read]; got < before+3 || key.used[c.want][Read] < before+3 {
			t.Errorf("%s: %v and %v of the key, at least %d in %s", name, store.used, key.used, before+3, c.want)
		}
	}
}
