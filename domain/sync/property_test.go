package sync

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
)

func oneOf[T any](r *rand.Rand, of ...T) T { return of[r.IntN(len(of))] }

// randomCase makes a case of few values, so that they are often equal, or nearly.
func randomCase(r *rand.Rand) Case {
	prices := []string{"100", "100.004", "100.005", "99.99", "120", "120.00000004", "130", "24990", "0", "0.004", "-1"}
	stocks := []string{"10", "8", "7", "2.5", "0", "-2", "10.001"}
	pool := prices
	field := oneOf(r, price, stock)
	if field == stock {
		pool = stocks
	}
	value := func(absent int) decimal.NullDecimal {
		if r.IntN(100) < absent {
			return decimal.NullDecimal{}
		}
		return num(oneOf(r, pool[:2+r.IntN(len(pool)-1)]...))
	}
	when := func() time.Time { return oneOf(r, time.Time{}, at(0), at(1), at(2)) }
	c := Case{
		Field: field, Base: value(10), Ours: value(10), Theirs: value(5),
		Owner:  oneOf(r, domain.OwnerNobody, domain.OwnerBooks, domain.OwnerCatalogue, domain.OwnerLater),
		OursAt: when(), TheirsAt: when(),
		Pull: r.IntN(4) > 0, Push: oneOf(r, ChoiceOn, ChoiceOn, ChoiceOff, ChoiceUnset),
		StockWritable:   oneOf(r, domain.AbilityAllowed, domain.AbilityAllowed, domain.AbilityDenied, domain.AbilityUnasked),
		Currency:        oneOf[domain.Currency](r, "", "TRY", "TRY", "USD"),
		CompanyCurrency: oneOf[domain.Currency](r, "", "TRY", "TRY", "TRY", "USD"),
		Untracked:       r.IntN(20) == 0, Unbound: r.IntN(20) == 0, Gone: r.IntN(20) == 0,
		Jump: oneOf(r, num(""), num("50"), num("12.5")),
	}
	if r.IntN(4) == 0 {
		c.ReadAt, c.WrittenAt = when(), when()
	}
	if r.IntN(3) == 0 {
		c.Pending = &Pending{num(oneOf(r, pool...)).Decimal, oneOf(r, PendingSent, PendingUnknown)}
	}
	return c
}

// randomCases are enough that every rule meets every other.
const randomCases = 100_000 / thinned

func eachRandomCase(t *testing.T, check func(t *testing.T, c Case, a Answer)) {
	t.Helper()
	r := rand.New(rand.NewPCG(20, 26))
	for range randomCases {
		c := randomCase(r)
		before := c
		a := Decide(c)
		if c != before {
			t.Fatalf("a decision changes its case: %+v was %+v", c, before)
		}
		if check(t, c, a); t.Failed() {
			t.Fatalf("%+v, pending %+v: %s", c, c.Pending, told(a))
		}
	}
}

// Nothing is written that the settings, the key or the value itself forbid.
func TestDecide_writesNothingForbidden(t *testing.T) {
	writes := map[Action]int{}
	eachRandomCase(t, func(t *testing.T, c Case, a Answer) {
		t.Helper()
		writes[a.Write()]++
		switch a.Write() {
		case ActionPush:
			if c.Push != ChoiceOn || c.Unbound || c.Gone || !c.Theirs.Valid {
				t.Error("a push that nobody wants")
			}
			if c.Field == stock && (c.StockWritable != domain.AbilityAllowed || c.Untracked || c.Ours.Decimal.IsNegative()) {
				t.Error("a stock that cannot be pushed")
			}
			if c.Field == price && !c.Ours.Decimal.IsPositive() {
				t.Error("a price of 0 or less is pushed")
			}
			if !c.Ours.Valid || text(a.Value) != text(c.Ours) {
				t.Errorf("pushes %s for %s", text(a.Value), text(c.Ours))
			}
		case ActionPull:
			if !c.Pull || c.Unbound || c.Gone || !c.Theirs.Valid {
				t.Error("a pull that nobody wants")
			}
			if c.Field == price && !c.Theirs.Decimal.IsPositive() {
				t.Error("a price of 0 or less is pulled")
			}
			if text(a.Value) != text(c.Theirs) {
				t.Errorf("pulls %s for %s", text(a.Value), text(c.Theirs))
			}
		default:
			if a.Value.Valid {
				t.Error("a value that is not written")
			}
		}
	})
	for _, w := range []Action{ActionNone, ActionPush, ActionPull} {
		if writes[w] < randomCases/50 {
			t.Errorf("only %d cases write %s, the test tells little", writes[w], w)
		}
	}
}

// What is agreed on moves to theirs on a pull, to ours when both are equal, to what we wrote when that
// has arrived, and never else.
func TestDecide_movesTheBaseForAReason(t *testing.T) {
	eachRandomCase(t, func(t *testing.T, c Case, a Answer) {
		t.Helper()
		base := text(a.Base)
		arrived := c.Pending != nil && c.same(c.Theirs, decimal.NewNullDecimal(c.Pending.Value))
		switch {
		case a.Write() == ActionPull:
			if base != text(c.Theirs) {
				t.Errorf("a pull of %s agrees on %s", text(c.Theirs), base)
			}
		case slices.Contains([]Why{WhyEqual, WhyConverged, WhyEcho}, a.Why):
			if base != text(c.Ours) || !c.same(c.Ours, c.Theirs) {
				t.Errorf("ours %s and theirs %s agree on %s", text(c.Ours), text(c.Theirs), base)
			}
		case base != text(c.Base):
			if !arrived || base != c.Pending.Value.String() {
				t.Errorf("%s was agreed on, and is %s", text(c.Base), base)
			}
		}
	})
}

// An answer is complete: a conflict has its two sides or none, and nothing else has any.
func TestDecide_answersInFull(t *testing.T) {
	counts := map[Why]int{}
	eachRandomCase(t, func(t *testing.T, c Case, a Answer) {
		t.Helper()
		counts[a.Why]++
		if a.Action != ActionConflict {
			if a.Winner != "" || a.Apply != "" || a.Loser.Valid {
				t.Error("no conflict, and it has sides")
			}
			return
		}
		if a.Apply == ActionNone == a.Value.Valid {
			t.Error("what is applied has no value, or what is not has one")
		}
		switch a.Winner {
		case SideOurs:
			if text(a.Loser) != text(c.Theirs) || a.Apply == ActionPull {
				t.Error("ours wins")
			}
		case SideTheirs:
			if text(a.Loser) != text(c.Ours) || a.Apply == ActionPush {
				t.Error("theirs wins")
			}
		default:
			if a.Loser.Valid || a.Apply != ActionNone {
				t.Error("nobody wins")
			}
		}
		if c.Owner == domain.OwnerBooks && a.Winner == SideOurs || c.Owner == domain.OwnerCatalogue && a.Winner == SideTheirs {
			t.Error("whoever owns it does not win")
		}
	})
	for _, why := range []Why{
		WhyEqual, WhyConverged, WhyEcho, WhyInFlight, WhyStaleRead, WhyAbsent, WhyPriceZero, WhyCurrency, WhyUntracked, WhyNotBound, WhyGone,
		WhyOursChanged, WhyTheirsChanged, WhyBothChanged, WhyNeverAgreed, WhyNoWinner,
		WhyStockNotWritable, WhyPushUnset, WhyPushOff, WhyOursEmpty, WhyOursNegative, WhyPullOff, WhyJump,
	} {
		if counts[why] < 20 {
			t.Errorf("only %d cases are %s, the test tells little", counts[why], why)
		}
		delete(counts, why)
	}
	if len(counts) > 0 {
		t.Errorf("reasons that no contract knows: %v", counts)
	}
}

// after is the case once its answer has been carried out, a write being confirmed.
func after(c Case, a Answer) Case {
	c.Base = a.Base
	switch a.Write() {
	case ActionPush:
		c.Theirs, c.Base, c.Pending = a.Value, a.Value, nil
	case ActionPull:
		c.Ours = a.Value
	}
	return c
}

// Once carried out, an answer leaves nothing to write, and asking a third time changes nothing more.
func TestDecide_comesToRest(t *testing.T) {
	eachRandomCase(t, func(t *testing.T, c Case, a Answer) {
		t.Helper()
		next := after(c, a)
		again := Decide(next)
		switch {
		case a.Write() != ActionNone && again.Action != ActionNone:
			t.Errorf("after the write there is still something: %s", told(again))
		case again.Write() != ActionNone:
			t.Errorf("asked again it writes: %s", told(again))
		case a.Action == ActionHeld || a.Action == ActionConflict && a.Apply == ActionNone:
			if told(again) != told(a) {
				t.Errorf("a person sees something else the next time: %s", told(again))
			}
		}
		if third := Decide(after(next, again)); told(third) != told(again) {
			t.Errorf("it does not come to rest: %s, then %s", told(again), told(third))
		}
	})
}
