package quota

import (
	"context"
	"errors"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/domaintest"
)

// Every number of a usage comes from where it belongs, and what is booked ahead counts for nobody.
func TestLedger_Usage_carriesEveryNumber(t *testing.T) {
	store, now := newBooks(), november
	key := &keyBooks{used: map[string]map[Kind]int{"2026-11": {Read: 510, Write: 620}}}
	store.used["2026-11"] = map[Kind]int{Read: 11, Write: 22, SignIn: 33}
	store.used["2026-10"] = map[Kind]int{Read: 1000}
	store.limits = Limits{Reads: 1100, Writes: 2200}
	store.exhausted = map[Kind]Exhaustion{
		Read:  {Since: november.Add(-3 * time.Hour), AskedAt: november.Add(-2 * time.Hour)},
		Write: {Since: november.Add(-30 * time.Hour), AskedAt: november.Add(-25 * time.Hour)},
	}
	l := NewLedger(store, clock(&now))
	want := Usage{
		Month: "2026-11", Reads: 11, Writes: 22, SignIns: 33, ReadLimit: 1100, WriteLimit: 2200,
		ReadReserve: ReadReserve, WriteReserve: WriteReserve,
		ReadExhausted: store.exhausted[Read], WriteExhausted: store.exhausted[Write],
	}
	check := func(what string) {
		t.Helper()
		u, err := l.Usage(t.Context())
		if off := domaintest.Differences(u, want); err != nil || len(off) > 0 {
			t.Errorf("%s: %q, %v", what, off, err)
		}
	}
	check("without a key")
	if err := l.UseKey(t.Context(), key); err != nil {
		t.Fatal(err)
	}
	want.KeyReads, want.KeyWrites = 510, 620
	check("with a key")
	take(t, l, Write, 1) // the day's probe, of a block of twenty
	want.Writes, want.KeyWrites = 23, 621
	want.WriteExhausted.AskedAt = now
	check("a block booked ahead")
	take(t, l, SignIn, 2)
	want.SignIns = 35
	check("sign-ins")
	store.limits = Limits{Reads: ReadReserve - 1, Writes: WriteReserve + 1}
	want.ReadLimit, want.WriteLimit, want.ReadReserve, want.WriteReserve = ReadReserve-1, WriteReserve+1, ReadReserve-1, WriteReserve
	check("limits below the reserve")
	now = november.AddDate(0, 1, 0)
	want = Usage{Month: "2026-12", ReadLimit: ReadReserve - 1, WriteLimit: WriteReserve + 1, ReadReserve: ReadReserve - 1, WriteReserve: WriteReserve}
	check("a new month")
}

func TestUsage_isOfTheKindAskedFor(t *testing.T) {
	u := domaintest.Fill[Usage](0)
	u.ReadReserve, u.WriteReserve, u.ReadLimit, u.WriteLimit = 3, 4, u.ReadLimit+1000, u.WriteLimit+1000
	for _, tt := range []struct {
		kind                      Kind
		own, key, limit, reserve  *int
		exhausted                 Exhaustion
		ordinaryLeft, invoiceLeft int
	}{
		{Read, &u.Reads, &u.KeyReads, &u.ReadLimit, &u.ReadReserve, u.ReadExhausted, 97, 100},
		{Write, &u.Writes, &u.KeyWrites, &u.WriteLimit, &u.WriteReserve, u.WriteExhausted, 96, 100},
	} {
		for _, more := range []*int{tt.own, tt.key} { // whichever is more counts
			*tt.own, *tt.key = 7, 7
			*more = *tt.limit - 100
			if u.Spent(tt.kind) != *more || u.Limit(tt.kind) != *tt.limit || u.Reserve(tt.kind) != *tt.reserve || u.Exhausted(tt.kind) != tt.exhausted {
				t.Errorf("%s: %d of %d, %d reserved, %+v", tt.kind, u.Spent(tt.kind), u.Limit(tt.kind), u.Reserve(tt.kind), u.Exhausted(tt.kind))
			}
			if got := u.Kept(tt.kind); got != tt.invoiceLeft-tt.ordinaryLeft {
				t.Errorf("%s: %d are kept for invoices", tt.kind, got)
			}
			if o, i := u.Left(tt.kind, Ordinary), u.Left(tt.kind, Invoicing); o != tt.ordinaryLeft || i != tt.invoiceLeft {
				t.Errorf("%s: %d left, %d for invoices", tt.kind, o, i)
			}
		}
		*tt.own = *tt.limit - *tt.reserve + 1 // into the reserve, and beyond everything
		if o, i := u.Left(tt.kind, Ordinary), u.Left(tt.kind, Invoicing); o != 0 || i != *tt.reserve-1 {
			t.Errorf("%s in the reserve: %d left, %d for invoices", tt.kind, o, i)
		}
		*tt.own = *tt.limit + 5
		if o, i := u.Left(tt.kind, Ordinary), u.Left(tt.kind, Invoicing); o != 0 || i != 0 {
			t.Errorf("%s beyond the limit: %d left, %d for invoices", tt.kind, o, i)
		}
	}
	if x := u.Exhausted(SignIn); x.Is() {
		t.Errorf("sign-ins have a limit: %+v", x)
	}
	for k, want := range map[Kind]int{Read: 200, Write: 500, SignIn: 0} {
		if got := Reserve(k); got != want {
			t.Errorf("reserve of %s: %d", k, got)
		}
	}
	if got := DefaultLimits(); got != (Limits{Reads: 3000, Writes: 7000}) {
		t.Errorf("%+v", got)
	}
}

// Work that may not begin is told which calls are missing, how many, why, and when it can.
func TestMay_saysWhatIsMissingAndWhen(t *testing.T) {
	probe, month := november.Add(9*time.Hour), time.Date(2026, 11, 30, 21, 0, 0, 0, time.UTC)
	exhausted := Exhaustion{Since: november, AskedAt: november}
	for _, tt := range []struct {
		name      string
		booked    map[Kind]int
		exhausted Kind
		at        time.Time
		cost      Cost
		purpose   Purpose
		field     Kind // "" = it may
		goesOn    time.Time
		reserve   bool
		numbers   []int
	}{
		{"all of both", map[Kind]int{Read: 2700, Write: 6400}, "", november, Cost{100, 100}, Ordinary, "", time.Time{}, false, nil},
		{"a read too many", map[Kind]int{Read: 2700, Write: 6400}, "", november, Cost{101, 100}, Ordinary, Read, month, true, []int{101, 100}},
		{"a write too many", map[Kind]int{Read: 2700, Write: 6400}, "", november, Cost{100, 101}, Ordinary, Write, month, true, []int{101, 100}},
		{"all of the reserve too, wanted", map[Kind]int{Read: 2700, Write: 6400}, "", november, Cost{300, 600}, Invoicing, "", time.Time{}, false, nil},
		{"the reserve would do", map[Kind]int{Read: 2700}, "", november, Cost{Reads: 300}, Ordinary, Read, month, true, []int{300, 100}},
		{"the reserve would not do either", map[Kind]int{Read: 2700}, "", november, Cost{Reads: 301}, Ordinary, Read, month, false, []int{301, 100}},
		{"for an invoice there is no other reserve", map[Kind]int{Write: 6999}, "", november, Cost{Writes: 2}, Invoicing, Write, month, false, []int{2, 1}},
		{"nothing is left, nothing is wanted", map[Kind]int{Read: 3000, Write: 7000}, "", november, Cost{}, Ordinary, "", time.Time{}, false, nil},
		{"exhausted", nil, Read, november, Cost{Reads: 1}, Invoicing, Read, probe, false, nil},
		{"exhausted, just before the probe", nil, Write, probe.Add(-1), Cost{Writes: 1}, Ordinary, Write, probe, false, nil},
		{"exhausted, the probe is due", nil, Write, probe, Cost{Writes: 1}, Ordinary, "", time.Time{}, false, nil},
		{"the other kind is exhausted", nil, Write, november, Cost{Reads: 1}, Ordinary, "", time.Time{}, false, nil},
		{"exhausted, and the month is over", nil, Read, month, Cost{Reads: 1}, Ordinary, "", time.Time{}, false, nil},
		{"exhausted and at the limit: the probe is told", map[Kind]int{Read: 3000}, Read, november, Cost{Reads: 1}, Ordinary, Read, probe, false, nil},
	} {
		store, now := newBooks(), tt.at
		store.used["2026-11"] = tt.booked
		if tt.exhausted != "" {
			store.exhausted[tt.exhausted] = exhausted
		}
		err := NewLedger(store, clock(&now)).May(t.Context(), tt.cost, tt.purpose)
		var e *domain.Error
		if tt.field == "" {
			if err != nil {
				t.Errorf("%s: %v", tt.name, err)
			}
			continue
		}
		at, ok := GoesOnAt(err)
		if !errors.As(err, &e) || e.Kind != domain.KindQuota || e.Field != string(tt.field) || !ok || !at.Equal(tt.goesOn) || errors.Is(err, ErrReserve) != tt.reserve {
			t.Errorf("%s: %v, goes on at %v", tt.name, err, at)
		}
		for _, n := range tt.numbers {
			if !strings.Contains(err.Error(), strconv.Itoa(n)) {
				t.Errorf("%s does not say %d: %v", tt.name, n, err)
			}
		}
	}
}

// At the end of a year, and of the last of a day, the next month and day are those of Istanbul.
func TestLedger_goesOnWithIstanbulsMonthAndDay(t *testing.T) {
	for _, tt := range []struct{ now, month, probe string }{
		{"2026-11-23T12:00:00Z", "2026-11-30T21:00:00Z", "2026-11-23T21:00:00Z"},
		{"2026-12-31T20:59:59Z", "2026-12-31T21:00:00Z", "2026-12-31T21:00:00Z"},
		{"2026-12-31T21:00:00Z", "2027-01-31T21:00:00Z", "2027-01-01T21:00:00Z"},
		{"2028-02-28T22:00:00Z", "2028-02-29T21:00:00Z", "2028-02-29T21:00:00Z"},
	} {
		at := func(s string) time.Time {
			parsed, err := time.Parse(time.RFC3339, s)
			if err != nil {
				t.Fatal(err)
			}
			return parsed
		}
		store, now := newBooks(), at(tt.now)
		store.used[Month(now)] = map[Kind]int{Read: ReadLimit}
		l := NewLedger(store, clock(&now))
		if got, ok := GoesOnAt(l.Take(WithPurpose(t.Context(), Invoicing), Read)); !ok || !got.Equal(at(tt.month)) {
			t.Errorf("%s: the month ends at %v, %v", tt.now, got, ok)
		}
		if got := (Exhaustion{AskedAt: now}).NextProbe(); !got.Equal(at(tt.probe)) {
			t.Errorf("%s: the next probe is at %v", tt.now, got)
		}
	}
}

// A call that is cancelled between the key's book and the company's own has used up nothing.
func TestLedger_cancelledBetweenItsBooks(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	f, now := &failing{}, november
	store, key := newBooks(), &keyBooks{}
	l := NewLedger(failingBooks{store, f}, clock(&now))
	if err := l.UseKey(ctx, cancelling{failingKey{key, f}, cancel}); err != nil {
		t.Fatal(err)
	}
	if err := l.Take(ctx, Read); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
	if u, err := l.Usage(t.Context()); err != nil || u.Reads != 0 || u.KeyReads != 0 { // the block is there for the next one
		t.Errorf("%+v, %v", u, err)
	}
	if err := l.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
	if own, all := store.used["2026-11"][Read], key.used["2026-11"][Read]; own != 0 || all != 0 {
		t.Errorf("%d booked, %d of the key", own, all)
	}
}

// cancelling cancels the context once the key's calls are booked.
type cancelling struct {
	failingKey
	cancel func()
}

func (c cancelling) Book(ctx context.Context, month string, k Kind, n, ceiling int) (int, error) {
	granted, err := c.failingKey.Book(ctx, month, k, n, ceiling)
	c.cancel()
	return granted, err
}

// The key cannot be given back what the company could not book: both errors arrive.
func TestLedger_saysWhatItCouldNotGiveBack(t *testing.T) {
	store, now, key := newBooks(), november, &keyBooks{}
	l := NewLedger(store, clock(&now))
	own, all := errors.New("own"), errors.New("all")
	if err := l.UseKey(t.Context(), grudging{key, all}); err != nil {
		t.Fatal(err)
	}
	store.fail = nil
	l.store = noBooking{store, own}
	if err := l.Take(t.Context(), Read); !errors.Is(err, own) || !errors.Is(err, all) {
		t.Errorf("%v", err)
	}
	l.key = nil
	if err := l.Take(t.Context(), Read); !errors.Is(err, own) || errors.Is(err, all) {
		t.Errorf("without a key: %v", err)
	}
}

// noBooking is a store that books nothing, grudging a key that takes nothing back.
type (
	noBooking struct {
		*books
		err error
	}
	grudging struct {
		*keyBooks
		err error
	}
)

func (b noBooking) Book(context.Context, string, Kind, int) error { return b.err }

func (b grudging) Book(ctx context.Context, month string, k Kind, n, ceiling int) (int, error) {
	if n < 0 {
		return 0, b.err
	}
	return b.keyBooks.Book(ctx, month, k, n, ceiling)
}
