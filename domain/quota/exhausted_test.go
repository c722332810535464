package quota

import (
	"context"
	"errors"
	"maps"
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
	for _, tc := range []struct {
		name        string
		kind        Kind
		limits      Limits
		booked, key int // of the kind
		after       time.Duration
		exhausted   bool
	}{
		{"below 80 %", Read, DefaultLimits(), 2399, 0, noTime, false},
		{"80 %", Read, DefaultLimits(), 2400, 0, noTime, true},
		{"80 % of another limit", Read, Limits{6000, 1}, 4800, 0, noTime, true},
		{"below 80 % of another limit", Read, Limits{6000, 1}, 4799, 0, noTime, false},
		{"80 % of a limit that five does not divide", Read, Limits{999, 1}, 800, 0, noTime, true},
		{"just below it", Read, Limits{999, 1}, 799, 0, noTime, false},
		{"80 % of the writes", Write, DefaultLimits(), 5600, 0, noTime, true},
		{"below 80 % of the writes", Write, DefaultLimits(), 5599, 0, noTime, false},
		{"80 % with the key's other companies", Read, DefaultLimits(), 1, 2400, noTime, true},
		{"above, told no time", Read, DefaultLimits(), 2900, 0, -1, true},
		{"above, told no wait at all", Read, DefaultLimits(), 2900, 0, 0, false},
		{"above, told a short wait", Read, DefaultLimits(), 2900, 0, time.Minute, false},
		{"above, told a little more than a short wait", Read, DefaultLimits(), 2900, 0, time.Minute + 1, true},
		{"above, told a long wait", Read, DefaultLimits(), 2900, 0, time.Hour, true},
		{"below 80 %, told a long wait", Read, DefaultLimits(), 100, 0, time.Hour, false},
		{"sign-ins have no limit", SignIn, DefaultLimits(), 9000, 9000, noTime, false},
	} {
		store, now := newBooks(), november
		store.used["2026-11"] = map[Kind]int{tc.kind: tc.booked}
		if tc.kind == SignIn { // whatever else was called
			store.used["2026-11"] = map[Kind]int{SignIn: tc.booked, Read: 2500, Write: 6000}
		}
		store.limits = tc.limits
		l := NewLedger(store, clock(&now))
		if err := l.UseKey(t.Context(), &keyBooks{used: map[string]map[Kind]int{"2026-11": {tc.kind: tc.key}}}); err != nil {
			t.Fatal(err)
		}
		err := l.Refused(t.Context(), tc.kind, tc.after)
		want := map[Kind]Exhaustion{}
		if tc.exhausted {
			want[tc.kind] = Exhaustion{Since: november, AskedAt: november}
		}
		if !maps.Equal(store.exhausted, want) {
			t.Errorf("%s: stored %v", tc.name, store.exhausted)
		}
		var e *domain.Error
		at, ok := GoesOnAt(err)
		if !tc.exhausted && tc.after > ShortWait && tc.kind != SignIn {
			// Meant is a pause, and how long it is, in whole minutes, is handed on.
			if !errors.As(err, &e) || e.Kind != domain.KindSlowDown || e.Field != string(tc.kind) || at.Sub(november) < tc.after || at.Sub(november) >= tc.after+time.Minute {
				t.Errorf("%s: %v", tc.name, err)
			}
		} else if tc.exhausted != ok || ok && (!errors.As(err, &e) || e.Field != string(tc.kind) || !at.Equal(november.Add(9*time.Hour)) || errors.Is(err, ErrReserve)) || !ok && err != nil {
			t.Errorf("%s: %v", tc.name, err)
		}
		for _, k := range []Kind{Read, Write, SignIn} { // one kind says nothing of another
			if err := l.Take(WithPurpose(t.Context(), Invoicing), k); (domain.KindOf(err) == domain.KindQuota) != (tc.exhausted && k == tc.kind) {
				t.Errorf("%s, %s: %v", tc.name, k, err)
			}
		}
	}
}

// A wait of days says that the month is used up, however little was counted, and it is not asked again before it is
// over, or before the next month.
func TestRefused_forDaysIsExhaustedUntilThen(t *testing.T) {
	l, store, now := spent(209)
	refused := l.Refused(t.Context(), Read, 3*24*time.Hour)
	wantKind(t, refused, domain.KindQuota)
	over := november.AddDate(0, 0, 3)
	at, ok := GoesOnAt(refused)
	if !ok || at.Before(over) || at.After(over.AddDate(0, 0, 1)) {
		t.Fatalf("goes on at %v, %v", at, ok)
	}
	for _, l := range []*Ledger{l, NewLedger(store, clock(now))} { // also after a restart
		for *now = november; now.Before(at); *now = now.Add(5 * time.Hour) {
			wantKind(t, l.Take(t.Context(), Read), domain.KindQuota)
		}
	}
	*now = at
	take(t, l, Read, 1)
	// What is told then counts anew: a day from midnight is over at midnight.
	*now = time.Date(2026, 11, 25, 21, 0, 0, 0, time.UTC)
	refused = l.Refused(t.Context(), Read, 24*time.Hour)
	if at, ok := GoesOnAt(refused); !ok || !at.Equal(now.Add(24*time.Hour)) {
		t.Errorf("goes on at %v, %v", at, ok)
	}
	refused = l.Refused(t.Context(), Read, 30*24*time.Hour)
	*now = time.Date(2026, 11, 30, 21, 0, 0, 0, time.UTC)
	take(t, l, Read, 1)
	wantKind(t, refused, domain.KindQuota)
}

// A refusal in the middle of a probe ends it and is of the same exhaustion, however little was counted; a
// short wait does not.
func TestRefused_inAProbe(t *testing.T) {
	for _, tc := range []struct {
		name  string
		after time.Duration
		goes  int // attempts left of the probe
	}{
		{"a long wait", noTime, 0},
		{"a short wait", time.Second, probeAttempts - 1},
	} {
		l, store, now := spent(2500)
		wantKind(t, l.Refused(t.Context(), Read, noTime), domain.KindQuota)
		*now = now.AddDate(0, 0, 1)
		take(t, l, Read, 1)
		if err := l.Close(t.Context()); err != nil {
			t.Fatal(err)
		}
		store.used["2026-11"][Read] = 3 // the limit was raised, or what was counted is someone else's
		if err := l.Refused(t.Context(), Read, tc.after); (err == nil) != (tc.goes > 0) {
			t.Errorf("%s: %v", tc.name, err)
		}
		if x := store.exhausted[Read]; x != (Exhaustion{Since: november, AskedAt: *now}) {
			t.Errorf("%s: %+v", tc.name, x)
		}
		if n := taken(t.Context(), t, l, Read, 10); n != tc.goes {
			t.Errorf("%s: %d calls more", tc.name, n)
		}
	}
}

// An exhaustion ends by the answer to a probe or a person's word, once; what was no probe proves nothing, and
// what is not exhausted is not written.
func TestReopen_writesOnlyWhatWasExhausted(t *testing.T) {
	l, store, now := spent(2500)
	f := &failing{}
	l.store = failingBooks{store, f}
	for _, do := range []func() error{
		func() error { return l.Reopen(t.Context(), Read) },
		func() error { return l.Accepted(t.Context(), Read) },
		func() error { return l.Accepted(t.Context(), Read) },
	} {
		if err := do(); err != nil || f.calls != 1 { // it has looked what is stored, no more
			t.Errorf("%v, %d calls", err, f.calls)
		}
	}
	wantKind(t, l.Refused(t.Context(), Read, noTime), domain.KindQuota)
	if err := l.Reopen(t.Context(), Write); err != nil || len(store.exhausted) != 1 {
		t.Errorf("another kind: %v, %v", err, store.exhausted)
	}
	// In the middle of a probe a person says so: the probe is over too.
	*now = now.AddDate(0, 0, 1)
	take(t, l, Read, 1)
	if err := l.Reopen(t.Context(), Read); err != nil || len(store.exhausted) != 0 {
		t.Errorf("%v, %v", err, store.exhausted)
	}
	wantKind(t, l.Refused(t.Context(), Read, noTime), domain.KindQuota)
	if err := l.Accepted(t.Context(), Read); err != nil || len(store.exhausted) != 1 {
		t.Errorf("the answer to an older call reopened it: %v", err)
	}
	wantKind(t, l.Take(t.Context(), Read), domain.KindQuota)
}

// What is stored has to be known first: nothing goes, is reopened or said blindly, and all of it can be
// tried again.
func TestExhausted_thatCannotBeReadLetsNothingGo(t *testing.T) {
	for name, do := range map[string]func(l *Ledger) error{
		"take":   func(l *Ledger) error { return l.Take(t.Context(), Read) },
		"may":    func(l *Ledger) error { return l.May(t.Context(), Cost{Reads: 1}, Ordinary) },
		"usage":  func(l *Ledger) error { _, err := l.Usage(t.Context()); return err },
		"reopen": func(l *Ledger) error { return l.Reopen(t.Context(), Read) },
		"refuse": func(l *Ledger) error { return l.Refused(t.Context(), Read, noTime) },
	} {
		_, store, now := spent(2500)
		want := Exhaustion{Since: november, AskedAt: november}
		store.exhausted[Read] = want
		l := NewLedger(unread{store}, clock(now))
		wantKind(t, do(l), domain.KindDisk)
		if got := store.exhausted[Read]; got != want || store.used["2026-11"][Read] != 2500 {
			t.Errorf("%s: %+v, %d booked", name, got, store.used["2026-11"][Read])
		}
		l.store = store
		wantKind(t, l.Take(t.Context(), Read), domain.KindQuota)
	}
}

// unread is a store that does not tell what was refused.
type unread struct{ *books }

func (unread) Exhausted(context.Context) (map[Kind]Exhaustion, error) {
	return nil, domain.E(domain.KindDisk, "read", nil)
}

// Even if the call that tells of it is given up: the word is kept.
func TestRefused_isKeptThoughTheCallIsGivenUp(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	l, store, _ := spent(2500)
	if _, err := l.Usage(t.Context()); err != nil { // what is stored is known
		t.Fatal(err)
	}
	l.store = onlySaves{failingBooks{store, &failing{}}}
	cancel()
	wantKind(t, l.Refused(ctx, Read, noTime), domain.KindQuota)
	if len(store.exhausted) != 1 {
		t.Errorf("stored %v", store.exhausted)
	}
	if err := l.Reopen(ctx, Read); err != nil || len(store.exhausted) != 0 {
		t.Errorf("%v, stored %v", err, store.exhausted)
	}
}

// onlySaves heeds a call's end where something is saved, and nowhere else.
type onlySaves struct{ failingBooks }

func (b onlySaves) Booked(ctx context.Context, month string) (map[Kind]int, error) {
	return b.books.Booked(ctx, month)
}

func (b onlySaves) QuotaLimits(ctx context.Context) (Limits, error) { return b.books.QuotaLimits(ctx) }

// A probe that cannot be noted does not leave, and has not used up its day.
func TestExhausted_aProbeThatCannotBeNotedIsTriedAgain(t *testing.T) {
	l, store, now := spent(2500)
	wantKind(t, l.Refused(t.Context(), Read, noTime), domain.KindQuota)
	*now = now.AddDate(0, 0, 1)
	l.store = saveFails{store}
	wantKind(t, l.Take(t.Context(), Read), domain.KindDisk)
	l.store = store
	take(t, l, Read, 1)
	// Nor is it reopened where nobody would know of it after the next start.
	l.store = saveFails{store}
	wantKind(t, l.Accepted(t.Context(), Read), domain.KindDisk)
	wantKind(t, l.Reopen(t.Context(), Read), domain.KindDisk)
	if u, err := l.Usage(t.Context()); err != nil || !u.Exhausted(Read).Is() {
		t.Errorf("%+v, %v", u, err)
	}
	l.store = store
	if err := l.Accepted(t.Context(), Read); err != nil || len(store.exhausted) != 0 {
		t.Errorf("%v, stored %v", err, store.exhausted)
	}
	take(t, l, Read, probeAttempts+1)
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
