package sync

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
)

// shops is a small model of one field of one product in the catalogue and at İşbaşı, with people who type on both
// sides, and of what a program has to remember that keeps them equal. Values are whole liras or pieces. It asks
// Decide what to do; what is true, and what has to come of it, it knows by itself.
type shops struct {
	r     *rand.Rand
	field domain.Shared
	owner domain.Owner
	tick  int // of its clock

	ours, theirs     int
	oursAt, theirsAt int
	noise            bool   // theirs comes back as 294.89000004
	typed            [2]int // what a person typed last on either side, ours first
	known            int    // what was typed last at İşbaşı and seen by a sweep: a write that lands buries what is newer
	everTyped        []int

	base      int // what the program remembers
	pending   *Pending
	writtenAt int
	former    int // what was read before the last write landed, and may be looked at late; 0: nothing
	formerAt  int

	flights []flight
	calm    bool // nothing goes wrong any more
	log     []string
	writes  int
	twice   int // pushes asked for while nothing is known but that one is on its way
}

// A flight is a write that is on its way to İşbaşı.
type flight struct {
	value int
	lands int  // tick
	lost  bool // nobody hears of its landing
	given bool // the program has given up waiting for it
	sinks bool // it never lands
}

func newShops(r *rand.Rand, owner domain.Owner) *shops {
	return &shops{
		r: r, field: oneOf(r, price, stock), owner: owner, tick: 1, ours: 100, theirs: 100, base: 100,
		typed: [2]int{100, 100}, known: 100, everTyped: []int{100}, oursAt: 1, theirsAt: 1,
	}
}

func (s *shops) note(format string, args ...any) {
	s.log = append(s.log, fmt.Sprintf("%d: ", s.tick)+fmt.Sprintf(format, args...))
}

func (s *shops) typeOurs(v int) {
	s.tick++
	s.land()
	s.ours, s.oursAt, s.typed[0] = v, s.tick, v
	s.everTyped = append(s.everTyped, v)
	s.note("ours is typed %d", v)
}

func (s *shops) typeTheirs(v int) {
	s.tick++
	s.land()
	s.theirs, s.theirsAt, s.typed[1], s.noise = v, s.tick, v, false
	s.everTyped = append(s.everTyped, v)
	s.note("theirs is typed %d", v)
}

// land lets the writes arrive whose time has come.
func (s *shops) land() {
	s.flights = slices.DeleteFunc(s.flights, func(f flight) bool {
		if f.lands > s.tick {
			return false
		}
		if !f.sinks {
			s.former, s.formerAt = s.theirs, s.tick-1
			s.theirs, s.theirsAt, s.noise = f.value, s.tick, s.field == price
			s.typed[1] = s.known
		}
		switch {
		case f.given:
		case f.lost || f.sinks:
			s.pending = &Pending{whole(f.value).Decimal, PendingUnknown}
		default:
			s.base, s.pending, s.writtenAt = f.value, nil, s.tick
		}
		s.note("write of %d lands: %+v", f.value, f)
		return true
	})
}

func whole(v int) decimal.NullDecimal { return decimal.NewNullDecimal(decimal.NewFromInt(int64(v))) }

// read gives what İşbaşı shows of a value.
func (s *shops) read(v int) decimal.NullDecimal {
	d := whole(v)
	if s.noise {
		d.Decimal = d.Decimal.Add(decimal.New(4, -8))
	}
	return d
}

func instant(tick int) time.Time {
	if tick == 0 {
		return time.Time{}
	}
	return at(0).Add(time.Duration(tick) * time.Second)
}

// sweep reads the row, asks what to do, and does it. how gives what becomes of a write.
func (s *shops) sweep(how func(value int) flight) Answer {
	s.tick++
	s.land()
	seen, seenAt := s.theirs, s.tick
	if s.former != 0 && s.formerAt < s.writtenAt && !s.calm && s.r.IntN(5) == 0 {
		seen, seenAt = s.former, s.formerAt
	} else {
		s.known = s.typed[1]
	}
	in := Case{
		Field: s.field, Base: whole(s.base), Ours: whole(s.ours), Theirs: s.read(seen), Owner: s.owner,
		OursAt: instant(s.oursAt), TheirsAt: instant(s.theirsAt), ReadAt: instant(seenAt), WrittenAt: instant(s.writtenAt),
		Pull: true, Push: ChoiceOn, StockWritable: domain.AbilityAllowed, Pending: s.pending,
	}
	a := Decide(in)
	s.note("base %d, ours %d, theirs %s, pending %+v: %s", s.base, s.ours, text(in.Theirs), s.pending, told(a))
	s.base = liras(a.Base)
	if s.pending != nil && liras(whole(seen)) == liras(decimal.NewNullDecimal(s.pending.Value)) && a.Why != WhyStaleRead {
		s.pending = nil // it has been seen there
	}
	s.tick++
	switch a.Write() {
	case ActionPull:
		s.ours, s.oursAt = liras(a.Value), s.tick
		s.writes++
	case ActionPush:
		if slices.ContainsFunc(s.flights, func(f flight) bool { return !f.given }) {
			if a.Action == ActionPush && s.pending != nil {
				s.twice++
			}
			break // writes go one at a time
		}
		s.pending = &Pending{a.Value.Decimal, PendingSent}
		s.flights = append(s.flights, how(liras(a.Value)))
		s.writes++
		s.land()
	}
	return a
}

func liras(d decimal.NullDecimal) int { return int(d.Decimal.Round(0).IntPart()) }

// faultless writes are there at once, and said to be.
func (s *shops) faultless(value int) flight { return flight{value: value, lands: s.tick} }

// faulty writes are lost on the way, or there and nobody says so, or there two sweeps later.
func (s *shops) faulty(value int) flight {
	f := flight{value: value, lands: s.tick}
	switch s.r.IntN(4) {
	case 0:
		f.lost = true
	case 1:
		f.sinks = true
	case 2:
		f.lands += 1 + s.r.IntN(6)
		f.lost = s.r.IntN(2) == 0
	}
	return f
}

// rest sweeps without faults until nothing is written any more, and tells whether that was soon and lasts.
func (s *shops) rest(t *testing.T) Answer {
	t.Helper()
	const soon, long = 6, 6
	before := s.writes
	s.calm = true
	defer func() { s.calm = false }()
	var a Answer
	for range soon {
		a = s.sweep(s.faultless)
	}
	if made := s.writes - before; made > 3 {
		t.Errorf("%d writes to come to rest", made)
	}
	settled, words := s.writes, told(a)
	for range long {
		a = s.sweep(s.faultless)
		if told(a) != words {
			t.Errorf("it goes on: %s", told(a))
		}
	}
	if s.writes != settled || len(s.flights) > 0 {
		t.Errorf("%d writes after it had come to rest", s.writes-settled)
	}
	return a
}

// runs is how many histories are made of each kind.
const runs = 3_000 / thinned

// simulate makes histories, and shows the first that goes wrong.
func simulate(t *testing.T, owners []domain.Owner, history func(t *testing.T, s *shops)) {
	t.Helper()
	writes := 0
	for seed := range uint64(runs) {
		s := newShops(rand.New(rand.NewPCG(seed, 8)), owners[int(seed)%len(owners)])
		history(t, s)
		writes += s.writes
		if s.twice > 0 {
			t.Errorf("%d pushes behind one that is on its way", s.twice)
		}
		if t.Failed() {
			t.Fatalf("history %d, %s, owner %q: ours %d, theirs %d\n%s", seed, s.field, s.owner, s.ours, s.theirs, strings.Join(s.log, "\n"))
		}
	}
	if writes < runs {
		t.Errorf("only %d writes, the test tells little", writes)
	}
}

func everyOwner() []domain.Owner {
	return []domain.Owner{domain.OwnerNobody, domain.OwnerBooks, domain.OwnerCatalogue, domain.OwnerLater}
}

// Only one side is typed at: whatever is lost, late or read too early, what was typed last is what both
// have in the end.
func TestSimulation_oneSideTypes(t *testing.T) {
	simulate(t, everyOwner(), func(t *testing.T, s *shops) {
		t.Helper()
		side := s.r.IntN(2)
		for n := range 10 {
			for range s.r.IntN(3) {
				if side == 0 {
					s.typeOurs(200 + n*10 + s.r.IntN(10))
				} else {
					s.typeTheirs(200 + n*10 + s.r.IntN(10))
				}
			}
			s.sweep(s.faulty)
		}
		if side == 1 && s.writes == 0 && s.typed[1] != 100 {
			t.Error("nothing was pulled")
		}
		s.rest(t)
		if want := s.typed[side]; s.ours != want || s.theirs != want {
			t.Errorf("%d was typed last", want)
		}
	})
}

// Both are typed at. In the end both have what was typed last on one of them; without an owner each may keep
// its own. Nothing else ever comes of it, and nothing goes back and forth.
func TestSimulation_bothSidesType(t *testing.T) {
	decided := 0
	simulate(t, everyOwner(), func(t *testing.T, s *shops) {
		t.Helper()
		for n := range 10 {
			if s.r.IntN(2) == 0 {
				s.typeOurs(200 + n*10)
			}
			if s.r.IntN(2) == 0 {
				s.typeTheirs(205 + n*10)
			}
			s.sweep(s.faulty)
		}
		a := s.rest(t)
		switch {
		case s.ours == s.theirs:
			decided++
			if !slices.Contains(s.typed[:], s.ours) {
				t.Errorf("both have %d, typed last were %v", s.ours, s.typed)
			}
		case s.owner != domain.OwnerNobody:
			t.Errorf("they differ: %s", told(a))
		case a.Why != WhyNoWinner || s.ours != s.typed[0] || s.theirs != s.typed[1]:
			t.Errorf("typed last were %v, left to a person: %s", s.typed, told(a))
		}
	})
	if decided < runs/2 {
		t.Errorf("only %d came to one value, the test tells little", decided)
	}
}

// After any history at rest, both sides are typed at between two sweeps: the owner's value is what both get,
// or the later one.
func TestSimulation_theOwnerWins(t *testing.T) {
	simulate(t, []domain.Owner{domain.OwnerBooks, domain.OwnerCatalogue, domain.OwnerLater}, func(t *testing.T, s *shops) {
		t.Helper()
		for n := range 5 {
			if s.r.IntN(2) == 0 {
				s.typeOurs(200 + n*10)
			}
			if s.r.IntN(2) == 0 {
				s.typeTheirs(205 + n*10)
			}
			s.sweep(s.faulty)
		}
		s.rest(t)
		oursLast := s.r.IntN(2) == 0
		if oursLast {
			s.typeTheirs(901)
			s.typeOurs(902)
		} else {
			s.typeOurs(902)
			s.typeTheirs(901)
		}
		s.rest(t)
		want := 901
		if s.owner == domain.OwnerCatalogue || s.owner == domain.OwnerLater && oursLast {
			want = 902
		}
		if s.ours != want || s.theirs != want {
			t.Errorf("both should have %d", want)
		}
	})
}

// The worst: few values, so that they return, and writes that land long after they were given up, behind
// newer ones. It comes to rest all the same, on a value that somebody typed.
func TestSimulation_writesThatLandAfterAll(t *testing.T) {
	simulate(t, everyOwner(), func(t *testing.T, s *shops) {
		t.Helper()
		values := []int{100, 120, 130}
		for range 10 {
			if s.r.IntN(3) == 0 {
				s.typeOurs(oneOf(s.r, values...))
			}
			if s.r.IntN(3) == 0 {
				s.typeTheirs(oneOf(s.r, values...))
			}
			s.sweep(func(value int) flight {
				f := s.faulty(value)
				if f.lands > s.tick && s.r.IntN(2) == 0 {
					f.given = true
					f.lands += 6
					s.pending.State = PendingUnknown
				}
				return f
			})
		}
		for len(s.flights) > 0 {
			s.sweep(s.faultless)
		}
		a := s.rest(t)
		if s.ours != s.theirs && (s.owner != domain.OwnerNobody || a.Why != WhyNoWinner) {
			t.Errorf("they differ: %s", told(a))
		}
		if !slices.Contains(s.everTyped, s.ours) || !slices.Contains(s.everTyped, s.theirs) {
			t.Error("a value that nobody typed")
		}
	})
}
