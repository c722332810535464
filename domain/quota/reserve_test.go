package quota

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
)

// taken counts how many calls of k go before the ledger refuses, which must be for the quota.
func taken(ctx context.Context, t *testing.T, l *Ledger, k Kind, most int) int {
	t.Helper()
	for n := range most {
		if err := l.Take(ctx, k); err != nil {
			if domain.KindOf(err) != domain.KindQuota {
				t.Fatal(err)
			}
			return n
		}
	}
	return most
}

func TestLedger_ordinaryWorkStopsBeforeTheReserve(t *testing.T) {
	for _, tc := range []struct {
		kind                Kind
		limits              Limits
		booked              int
		ordinary, invoicing int
	}{
		{Read, DefaultLimits(), 2790, 10, 200},
		{Read, Limits{Reads: 6000, Writes: 1}, 5790, 10, 200},
		{Write, DefaultLimits(), 6470, 30, 500},
		{Read, DefaultLimits(), 2800, 0, 200},
		{Read, DefaultLimits(), 2995, 0, 5},
		{Read, DefaultLimits(), 3100, 0, 0}, // the limit was lowered afterwards
		{Read, Limits{Reads: 150, Writes: 1}, 0, 0, 150},
	} {
		store, now := newBooks(), november
		store.limits = tc.limits
		store.used["2026-11"] = map[Kind]int{tc.kind: tc.booked}
		l := NewLedger(store, clock(&now))
		ordinary := taken(t.Context(), t, l, tc.kind, 700)
		err := l.Take(t.Context(), tc.kind)
		if wants := tc.invoicing > 0; errors.Is(err, ErrReserve) != wants {
			t.Errorf("%+v: %v", tc, err)
		}
		invoicing := taken(WithPurpose(t.Context(), Invoicing), t, l, tc.kind, 700)
		if ordinary != tc.ordinary || invoicing != tc.invoicing {
			t.Errorf("%+v: %d ordinary calls, then %d for invoices", tc, ordinary, invoicing)
		}
		if got := store.used["2026-11"][tc.kind]; got != tc.booked+ordinary+invoicing {
			t.Errorf("%+v: %d booked", tc, got)
		}
	}
}

func TestLedger_whatAnInvoiceLeavesOfItsBlockIsNotForOrdinaryWork(t *testing.T) {
	store, now := newBooks(), november
	store.used["2026-11"] = map[Kind]int{Read: 2800}
	l := NewLedger(store, clock(&now))
	invoicing := WithPurpose(t.Context(), Invoicing)
	for i := 1; i <= 3; i++ {
		if err := l.Take(invoicing, Read); err != nil {
			t.Fatal(err)
		}
		if err := l.Take(t.Context(), Read); !errors.Is(err, ErrReserve) {
			t.Errorf("ordinary work used the reserve: %v", err)
		}
		if booked := store.used["2026-11"][Read]; booked != 2800+i {
			t.Errorf("%d booked after %d calls", booked, i)
		}
	}
	store.limits.Reads = 6000 // bought meanwhile: seen at the next block
	take(t, l, Read, 100)
	if u, err := l.Usage(t.Context()); err != nil || u.Reads != 2903 {
		t.Errorf("%+v, %v", u, err)
	}
}

// To the last call of its block: ordinary work gets none of them, and invoices book no other block before it
// is used up.
func TestLedger_aBlockOfTheReserveIsForInvoicesOnly(t *testing.T) {
	for used := 1; used <= BlockSize; used++ {
		store, now := newBooks(), november
		store.used["2026-11"] = map[Kind]int{Write: 6500}
		f := &failing{}
		l := NewLedger(failingBooks{store, f}, clock(&now))
		if err := l.Heard(t.Context(), now); err != nil {
			t.Fatal(err)
		}
		f.calls = 0
		if n := taken(WithPurpose(t.Context(), Invoicing), t, l, Write, used); n != used {
			t.Fatalf("%d calls of %d", n, used)
		}
		if booked := store.used["2026-11"][Write]; booked != 6500+BlockSize || f.calls != 4 {
			t.Errorf("%d booked by %d calls of the store after %d for invoices", booked, f.calls, used)
		}
		if err := l.Take(t.Context(), Write); !errors.Is(err, ErrReserve) {
			t.Errorf("after %d: %v", used, err)
		}
		if booked := store.used["2026-11"][Write]; booked != 6500+used {
			t.Errorf("%d booked after %d calls", booked, used)
		}
	}
}

// That the rest is kept for invoices is said where there is one, of the key's calls too.
func TestLedger_saysThatTheRestIsKeptOnlyWhereThereIsOne(t *testing.T) {
	for _, tc := range []struct {
		own, key         int
		purpose          Purpose
		refused, reserve bool
	}{
		{2799, 2799, Ordinary, false, false},
		{2800, 2800, Ordinary, true, true},
		{2800, 2800, Invoicing, false, false},
		{10, 2799, Ordinary, false, false},
		{10, 2800, Ordinary, true, true},
		{10, 2999, Ordinary, true, true},
		{10, 3000, Ordinary, true, false},
		{10, 3000, Invoicing, true, false},
		{2999, 10, Ordinary, true, true}, // the key was first used with another program
		{3000, 10, Ordinary, true, false},
		{3000, 10, Invoicing, true, false},
	} {
		store, now := newBooks(), november
		store.used["2026-11"] = map[Kind]int{Read: tc.own}
		l := NewLedger(store, clock(&now))
		if err := l.UseKey(t.Context(), &keyBooks{used: map[string]map[Kind]int{"2026-11": {Read: tc.key}}}); err != nil {
			t.Fatal(err)
		}
		ctx := WithPurpose(t.Context(), tc.purpose)
		for what, err := range map[string]error{"may": l.May(ctx, Cost{Reads: 1}, tc.purpose), "take": l.Take(ctx, Read)} {
			if (err != nil) != tc.refused || errors.Is(err, ErrReserve) != tc.reserve {
				t.Errorf("%s, %+v: %v", what, tc, err)
			}
		}
	}
}

func TestMay_saysBeforehandWhatTakeWouldSay(t *testing.T) {
	store, now := newBooks(), november
	store.used["2026-11"] = map[Kind]int{Read: 2412, Write: 6500}
	l := NewLedger(store, clock(&now))
	for _, tc := range []struct {
		cost    Cost
		purpose Purpose
		ok      bool
		reserve bool
	}{
		{Cost{Reads: 388}, Ordinary, true, false},
		{Cost{Reads: 389}, Ordinary, false, true},
		{Cost{Reads: 389}, Invoicing, true, false},
		{Cost{Reads: 589}, Invoicing, false, false},
		{Cost{Reads: 589}, Ordinary, false, false},
		{Cost{Reads: 1, Writes: 1}, Ordinary, false, true},
		{Cost{Reads: 500, Writes: 500}, Invoicing, true, false},
		{Cost{}, Ordinary, true, false},
	} {
		err := l.May(t.Context(), tc.cost, tc.purpose)
		if (err == nil) != tc.ok || errors.Is(err, ErrReserve) != tc.reserve {
			t.Errorf("%+v: %v", tc, err)
		}
		if _, ok := GoesOnAt(err); ok == tc.ok {
			t.Errorf("%+v does not say when it goes on: %v", tc, err)
		}
	}
	if booked := store.used["2026-11"]; booked[Read] != 2412 || booked[Write] != 6500 {
		t.Errorf("asking booked %v", booked)
	}
}

func TestLedger_companiesWithOneKeyShareItsLimit(t *testing.T) {
	now, key := november, &keyBooks{}
	store := [2]*books{newBooks(), newBooks()}
	var l [2]*Ledger
	for i := range l {
		store[i].limits.Reads = 300 // of which 200 are the reserve
		l[i] = NewLedger(store[i], clock(&now))
		if err := l[i].UseKey(t.Context(), key); err != nil {
			t.Fatal(err)
		}
	}
	take(t, l[0], Read, 35)
	if n := taken(t.Context(), t, l[1], Read, 300); n != 60 {
		t.Errorf("%d calls while the other has a block of 40", n)
	}
	if err := l[0].Close(t.Context()); err != nil {
		t.Fatal(err)
	}
	if n := taken(t.Context(), t, l[1], Read, 300); n != 5 {
		t.Errorf("%d calls more after the other gave five back", n)
	}
	for i, own := range []int{35, 65} {
		u, err := l[i].Usage(t.Context())
		if err != nil || u.Reads != own || u.KeyReads != 100 || u.Spent(Read) != 100 || u.Left(Read, Ordinary) != 0 || u.Left(Read, Invoicing) != 200 {
			t.Errorf("%+v, %v", u, err)
		}
	}
	take(t, l[0], SignIn, 5) // without any limit
}

func TestLedger_aKeyThatCannotBeBookedLetsNothingGo(t *testing.T) {
	store, now, key := newBooks(), november, &keyBooks{}
	l := NewLedger(store, clock(&now))
	if err := l.UseKey(t.Context(), key); err != nil {
		t.Fatal(err)
	}
	key.fail = domain.E(domain.KindDisk, "book", nil)
	if err := l.Take(t.Context(), Read); domain.KindOf(err) != domain.KindDisk {
		t.Errorf("%v", err)
	}
	key.fail, store.fail = nil, domain.E(domain.KindDisk, "book", nil)
	if err := l.Take(t.Context(), Read); domain.KindOf(err) != domain.KindDisk {
		t.Errorf("%v", err)
	}
	store.fail = nil
	if n := key.used["2026-11"][Read]; n != 0 {
		t.Errorf("%d calls of the key booked for a call that did not leave", n)
	}
	take(t, l, Read, 1)
	if err := l.UseKey(t.Context(), nil); err != nil || key.used["2026-11"][Read] != 1 || store.used["2026-11"][Read] != 1 {
		t.Errorf("another key: %v, %v, %v", err, key.used, store.used)
	}
	take(t, l, Read, 1)
	if key.used["2026-11"][Read] != 1 {
		t.Error("booked in the ledger of the key before")
	}
}

func TestLimits_thatCannotBeMeantAreRefused(t *testing.T) {
	for _, tc := range []struct {
		limits Limits
		field  string // "" = accepted
	}{
		{Limits{1, 1}, ""},
		{Limits{1_000_000, 1_000_000}, ""},
		{DefaultLimits(), ""},
		{Limits{0, 1}, "reads"},
		{Limits{-1, 1}, "reads"},
		{Limits{1_000_001, 1}, "reads"},
		{Limits{1, 0}, "writes"},
		{Limits{1, -1}, "writes"},
		{Limits{1, 1_000_001}, "writes"},
		{Limits{0, 0}, "reads"}, // the first, every time
	} {
		for range 20 {
			err := tc.limits.Validate()
			if tc.field == "" && err == nil {
				continue
			}
			var e *domain.Error
			if !errors.As(err, &e) || e.Kind != domain.KindInvalid || e.Field != tc.field || e.Detail != "quota-limit" {
				t.Fatalf("%+v: %v", tc.limits, err)
			}
		}
	}
}

func TestGoesOnAt_isInIstanbulsTime(t *testing.T) {
	at, ok := GoesOnAt(domain.Wrap(&domain.Error{Kind: domain.KindQuota, Detail: "2026-12-01 00:00"}, "read"))
	if !ok || !at.Equal(time.Date(2026, 11, 30, 21, 0, 0, 0, time.UTC)) {
		t.Errorf("%v, %v", at, ok)
	}
	for _, err := range []error{nil, errors.New("2026-12-01 00:00"), domain.Invalid("day", "2026-12-01 00:00"), &domain.Error{Kind: domain.KindQuota, Detail: "Kullanım limiti aşıldı."}} {
		if at, ok := GoesOnAt(err); ok || !at.IsZero() {
			t.Errorf("%v goes on at %v", err, at)
		}
	}
}
