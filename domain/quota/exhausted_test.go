package quota

import (
	"context"
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
)

const noTime = -time.Second // a 429 without Retry-After

// spent makes a ledger of which n reads are booked.
func spent(n int) (*Ledger, *books, *time.Time) {
	store, now := newBooks(), november
	store.used["2026-11"] = map[Kind]int{Read: n}
	return NewLedger(store, clock(&now)), store, &now
}

func wantKind(t *testing.T, err error, want domain.Kind) {
	t.Helper()
	if got := domain.KindOf(err); got != want {
		t.Fatalf("kind %q, want %q: %v", got, want, err)
	}
}

func TestRefused_meansSlowDownOrExhausted(t *testing.T) {
	for name, tc := range map[string]struct {
		kind      Kind
		booked    int
		after     time.Duration
		exhausted bool
	}{
		"below 80 %":                    {Read, 2399, noTime, false},
		"80 %":                          {Read, 2400, noTime, true},
		"above, told a short wait":      {Read, 2900, time.Minute, false},
		"above, told no wait at all":    {Read, 2900, 0, false},
		"above, told a long wait":       {Read, 2900, time.Hour, true},
		"below 80 %, told a long wait":  {Read, 100, time.Hour, false},
		"sign-ins have no limit":        {SignIn, 9000, noTime, false},
		"another kind is not concerned": {Write, 2900, noTime, false},
	} {
		l, store, _ := spent(tc.booked)
		err := l.Refused(t.Context(), tc.kind, tc.after)
		if (err != nil) != tc.exhausted || len(store.exhausted) != map[bool]int{true: 1}[tc.exhausted] {
			t.Errorf("%s: %v, stored %v", name, err, store.exhausted)
		}
		if tc.exhausted {
			wantKind(t, err, domain.KindQuota)
		}
	}
}

func TestExhausted_tillTheProbeOfAnotherDayIsAnswered(t *testing.T) {
	l, store, now := spent(2500)
	refused := l.Refused(t.Context(), Read, noTime)
	midnight := time.Date(2026, 11, 23, 21, 0, 0, 0, time.UTC)
	if at, ok := GoesOnAt(refused); !ok || !at.Equal(midnight) {
		t.Errorf("the next probe is at %v, %v", at, ok)
	}
	booked := store.used["2026-11"][Read]
	for _, l := range []*Ledger{l, NewLedger(store, clock(now))} { // also after a restart
		wantKind(t, l.Take(t.Context(), Read), domain.KindQuota)
		wantKind(t, l.May(t.Context(), Cost{Reads: 1}, Invoicing), domain.KindQuota)
		take(t, l, Write, 1) // one kind says nothing of the other (isbasi-api.md §8.15)
	}
	if err := l.Accepted(t.Context(), Read); err != nil || len(store.exhausted) != 1 {
		t.Errorf("the answer to an older call reopened it: %v", err)
	}
	if got := store.used["2026-11"][Read]; got != booked {
		t.Errorf("%d booked, %d before: nothing has left", got, booked)
	}

	*now = midnight // the probe of the next day: refused again, so the day after
	if err := l.May(t.Context(), Cost{Reads: 1}, Ordinary); err != nil {
		t.Errorf("a probe is due: %v", err)
	}
	take(t, l, Read, 1)
	wantKind(t, l.Refused(t.Context(), Read, noTime), domain.KindQuota)
	wantKind(t, l.Take(t.Context(), Read), domain.KindQuota)
	if x := store.exhausted[Read]; !x.Since.Equal(november) || !x.AskedAt.Equal(midnight) {
		t.Errorf("%+v", x)
	}

	*now = midnight.AddDate(0, 0, 1)
	take(t, l, Read, 1)
	if err := l.Accepted(t.Context(), Read); err != nil || len(store.exhausted) != 0 {
		t.Errorf("%v, stored %v", err, store.exhausted)
	}
	take(t, l, Read, 30)
}

func TestExhausted_aProbeIsAFewAttemptsADay(t *testing.T) {
	l, store, now := spent(2500)
	wantKind(t, l.Refused(t.Context(), Read, noTime), domain.KindQuota)
	*now = now.AddDate(0, 0, 1)
	// Nobody answers: no word of İşbaşı's, so the attempts are all there are.
	if n := taken(t.Context(), t, l, Read, 10); n != probeAttempts {
		t.Errorf("%d calls, want %d", n, probeAttempts)
	}
	// A program that was ended in the middle of a probe does not begin another.
	if n := taken(t.Context(), t, NewLedger(store, clock(now)), Read, 10); n != 0 {
		t.Errorf("%d calls after a restart on the same day", n)
	}
	if err := l.Accepted(t.Context(), Read); err != nil { // the last attempt was answered after all
		t.Fatal(err)
	}
	take(t, l, Read, 1)
}

func TestExhausted_endsWithTheMonthOrByAPersonsWord(t *testing.T) {
	for name, end := range map[string]func(l *Ledger, now *time.Time) error{
		"month": func(_ *Ledger, now *time.Time) error {
			*now = time.Date(2026, 11, 30, 21, 0, 0, 0, time.UTC)
			return nil
		},
		"person": func(l *Ledger, _ *time.Time) error { return l.Reopen(context.Background(), Read) },
	} {
		l, store, now := spent(2500)
		wantKind(t, l.Refused(t.Context(), Read, noTime), domain.KindQuota)
		l = NewLedger(store, clock(now))
		if err := end(l, now); err != nil {
			t.Fatal(err)
		}
		if u, err := l.Usage(t.Context()); err != nil || u.Exhausted(Read).Is() {
			t.Errorf("%s: %+v, %v", name, u, err)
		}
		take(t, l, Read, probeAttempts+2)
		if len(store.exhausted) != 0 {
			t.Errorf("%s: still stored: %v", name, store.exhausted)
		}
	}
}

func TestExhausted_holdsWhenItCannotBeStored(t *testing.T) {
	l, store, _ := spent(2500)
	if _, err := l.Usage(t.Context()); err != nil {
		t.Fatal(err)
	}
	l.store = saveFails{store}
	wantKind(t, l.Refused(t.Context(), Read, noTime), domain.KindDisk)
	wantKind(t, l.Take(t.Context(), Read), domain.KindQuota)
	if u, err := l.Usage(t.Context()); err != nil || !u.Exhausted(Read).Is() {
		t.Errorf("%+v, %v", u, err)
	}
}

// saveFails is a store on a full disk.
type saveFails struct{ *books }

func (saveFails) SaveExhausted(context.Context, Kind, Exhaustion) error {
	return domain.E(domain.KindDisk, "save", nil)
}
