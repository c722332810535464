package transfer

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
)

// began is when the jobs of these tests begin.
var began = time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)

// dated gives n products that were changed long ago.
func dated(n int) []domain.RemoteProduct {
	list := remotes(n)
	for i := range list {
		list[i].ModifiedAt = began.AddDate(0, -1, 0)
	}
	return list
}

// moves takes the product at a place away; with it, where add, another is added.
func (b *fakeBooks) moves(place int, add bool, at time.Time) {
	b.products = slices.Delete(slices.Clone(b.products), place, place+1)
	if add {
		b.products = append(b.products, domain.RemoteProduct{ID: "90001", Code: "new", Active: true, ModifiedAt: at})
	}
}

// staged tells whether the store has just what İşbaşı has.
func staged(t *testing.T, s *fakeStore, b *fakeBooks) {
	t.Helper()
	var have, want []domain.RemoteID
	for _, row := range s.rows {
		have = append(have, row.Remote.ID)
	}
	for _, p := range b.products {
		want = append(want, p.ID)
	}
	slices.Sort(have)
	slices.Sort(want)
	if !slices.Equal(have, want) {
		missing := slices.DeleteFunc(slices.Clone(want), func(id domain.RemoteID) bool { return slices.Contains(have, id) })
		ghosts := slices.DeleteFunc(slices.Clone(have), func(id domain.RemoteID) bool { return slices.Contains(want, id) })
		t.Errorf("left out %v, there though gone %v", missing, ghosts)
	}
}

// One product that goes while the list is read costs the seam and a few borders, not the whole list again.
func TestJob_mendsWhatHasGoneWithAFewReads(t *testing.T) {
	for _, place := range []int{0, 57, 99, 100, 1234, 1999} {
		b, s := &fakeBooks{products: dated(4000), keyed: domain.AbilityDenied}, newFakeStore()
		gone := false
		b.before = func(n int) error {
			if n == 21 && !gone {
				gone = true
				b.moves(place, false, began)
			}
			return nil
		}
		if err := NewJob(deps(b, s), Run{Options: DefaultOptions(domain.TRY)}).Run(t.Context()); err != nil {
			t.Fatalf("%d: %v", place, err)
		}
		staged(t, s, b)
		if r := s.runs[1]; r.State != StateDone || r.Counters.Read != 3999 || b.reads > 40+1+7 || r.Options.Disagreed != 0 {
			t.Errorf("%d: %s, %d read with %d reads, disagreed %d", place, r.State, r.Counters.Read, b.reads, r.Options.Disagreed)
		}
	}
}

// As much added as gone between two pages leaves the count as it is: what was added stands at the end, and makes the
// borders be looked at.
func TestJob_noticesWhatTheCountDoesNot(t *testing.T) {
	found, tries := 0, 0
	for at := 3; at <= 40; at += 5 {
		for _, place := range []int{0, 50 * at, 100*at - 250, 100*at - 101} {
			b, s := &fakeBooks{products: dated(4000), keyed: domain.AbilityDenied}, newFakeStore()
			moved, d := false, deps(b, s)
			now := d.Now
			b.before = func(n int) error {
				if n == at && !moved {
					moved = true
					b.moves(place, true, now().Truncate(time.Millisecond))
				}
				return nil
			}
			if err := NewJob(d, Run{Options: DefaultOptions(domain.TRY)}).Run(t.Context()); err != nil {
				t.Fatalf("page %d: %v", at, err)
			}
			tries++
			r := s.runs[1]
			if r.State != StateDone || r.Counters.Read != 4000 || b.reads > 40+7+20 {
				t.Errorf("page %d: %s, %d read with %d reads", at, r.State, r.Counters.Read, b.reads)
			}
			ok := slices.IndexFunc(s.rows, func(row Row) bool { return row.Remote.ID == domain.RemoteID(fmt.Sprint(1000+100*(at-1))) }) >= 0
			if ok {
				found++
				staged(t, s, b)
			}
		}
	}
	if found != tries {
		t.Errorf("%d of %d noticed", found, tries)
	}
	// A list at whose end nothing is new costs no look.
	b, s := &fakeBooks{products: dated(4000), keyed: domain.AbilityDenied}, newFakeStore()
	if err := NewJob(deps(b, s), Run{Options: DefaultOptions(domain.TRY)}).Run(t.Context()); err != nil || b.reads != 40 {
		t.Errorf("%d reads, %v", b.reads, err)
	}
}

// Read by key nothing is left out, whatever comes and goes between the pages, and no page is read twice.
func TestJob_readsByKeyWhereTheFilterWorks(t *testing.T) {
	for name, known := range map[string]domain.AbilityAnswer{"known": domain.AbilityAllowed, "not asked yet": domain.AbilityUnasked} {
		rng := rand.New(rand.NewPCG(4, 2))
		b, s := &fakeBooks{products: dated(4000), keyed: known}, newFakeStore()
		there := map[domain.RemoteID]bool{} // all the time
		for _, p := range b.products {
			there[p.ID] = true
		}
		calls, added := 0, 90_000
		b.before = func(int) error {
			if calls++; calls > 2 && calls < 35 {
				place := rng.IntN(len(b.products))
				delete(there, b.products[place].ID)
				added++
				b.moves(place, false, began)
				b.products = append(b.products, domain.RemoteProduct{ID: domain.RemoteID(fmt.Sprint(added)), Active: true, ModifiedAt: began})
			}
			return nil
		}
		looks := 0 // each of them goes over all rows
		s.before = func(call string, _ Run) error {
			if call == "LastStaged" {
				looks++
			}
			return nil
		}
		j := NewJob(deps(b, s), Run{Options: DefaultOptions(domain.TRY)})
		if err := j.Run(t.Context()); err != nil {
			t.Fatal(name, err)
		}
		if looks > 2 {
			t.Errorf("%s: the last row was looked for %d times", name, looks)
		}
		at := s.index(s.runs[1])
		for id := range there {
			if _, ok := at[id]; !ok {
				t.Errorf("%s: %s left out", name, id)
			}
		}
		if r := s.runs[1]; r.State != StateDone || r.Counters.Read != r.Total || b.reads != 41 || b.keyed != domain.AbilityAllowed {
			t.Errorf("%s: %s, %d of %d with %d reads, %q", name, r.State, r.Counters.Read, r.Total, b.reads, b.keyed)
		}
	}
}

// A filter that İşbaşı ignores, or that gives other rows than it should, is found by its rows, once, and the list is
// read by page.
func TestJob_readsByPageWhereTheFilterLies(t *testing.T) {
	for name, c := range map[string]struct {
		lies    func(*Page)
		ignores bool
		known   domain.AbilityAnswer
		after   domain.AbilityAnswer
	}{
		"ignored":               {nil, true, domain.AbilityUnasked, domain.AbilityDenied},
		"ignored all at once":   {nil, true, domain.AbilityAllowed, domain.AbilityDenied},
		"another order":         {func(p *Page) { slices.Reverse(p.Products) }, false, domain.AbilityUnasked, domain.AbilityDenied},
		"the last one again":    {func(p *Page) { p.Products[0].ID = "1099" }, false, domain.AbilityUnasked, domain.AbilityDenied},
		"most are not there":    {func(p *Page) { p.Products, p.Total, p.Last = p.Products[:3], 3, true }, false, domain.AbilityAllowed, domain.AbilityDenied},
		"one is not there":      {func(p *Page) { p.Products, p.Total = p.Products[1:], p.Total-1 }, false, domain.AbilityUnasked, domain.AbilityUnasked},
		"nothing at all":        {func(p *Page) { *p = Page{Number: 1, Last: true} }, false, domain.AbilityUnasked, domain.AbilityDenied},
		"texts instead of keys": {func(p *Page) { p.Total = 120; p.Products = p.Products[90:] }, false, domain.AbilityUnasked, domain.AbilityDenied},
	} {
		b, s := &fakeBooks{products: dated(2450), keyed: c.known, ignores: c.ignores, lies: c.lies}, newFakeStore()
		for range 2 {
			if err := NewJob(deps(b, s), Run{Options: DefaultOptions(domain.TRY)}).Run(t.Context()); err != nil {
				t.Fatal(name, err)
			}
		}
		again := 0
		if c.after == domain.AbilityUnasked {
			again = 1
		}
		if r := s.runs[2]; r.Counters.Read != 2450 || b.keyed != c.after || b.reads != 2*25+1+again {
			t.Errorf("%s: %d read with %d reads, %q", name, r.Counters.Read, b.reads, b.keyed)
		}
	}
	// A short list is not worth the question.
	b, s := &fakeBooks{products: dated(100*keyFrom - 100)}, newFakeStore()
	if err := NewJob(deps(b, s), Run{Options: DefaultOptions(domain.TRY)}).Run(t.Context()); err != nil || b.reads != keyFrom-1 {
		t.Errorf("%d reads, %v", b.reads, err)
	}
}

// Stopped or killed at every call, a read by key goes on where it was.
func TestJob_byKeyGoesOnWhereItWas(t *testing.T) {
	for at := 1; at <= 24; at++ {
		b, s := &fakeBooks{products: dated(2400), keyed: domain.AbilityAllowed}, newFakeStore()
		calls := 0
		b.before = func(int) error {
			if calls++; calls == at {
				return domain.E(domain.KindNetwork, "read", nil)
			}
			return nil
		}
		if err := NewJob(deps(b, s), Run{Options: DefaultOptions(domain.TRY)}).Run(t.Context()); domain.KindOf(err) != domain.KindNetwork {
			t.Fatal(at, err)
		}
		if err := NewJob(deps(b, s), s.runs[1]).Run(t.Context()); err != nil {
			t.Fatal(at, err)
		}
		staged(t, s, b)
		if r := s.runs[1]; r.State != StateDone || b.reads != 25 {
			t.Errorf("failed at call %d: %s with %d reads", at, r.State, b.reads)
		}
	}
}

// A count that never agrees is said twice; then a person may go on with what was read.
func TestJob_goesOnWithWhatWasReadWhereTheCountNeverAgrees(t *testing.T) {
	b, s := &fakeBooks{products: dated(250), total: func(int) int { return 257 }}, newFakeStore()
	j := NewJob(deps(b, s), Run{Options: DefaultOptions(domain.TRY)})
	for n := 1; n <= 3; n++ {
		err := j.Run(t.Context())
		r := j.Snapshot().Run
		if domain.KindOf(err) != domain.KindCount || r.State != StatePaused || r.Detail != "250 / 257" || r.Options.Disagreed != n || r.MayTakeRead() != (n >= 2) {
			t.Fatalf("%d: %v, %+v", n, err, r)
		}
	}
	reads := b.reads
	j = NewJob(deps(b, s), s.runs[1]) // in another program
	j.TakeRead()
	if err := j.Run(t.Context()); err != nil {
		t.Fatal(err)
	}
	if r := s.runs[1]; r.State != StateDone || r.Counters.Read != 250 || r.Short() != 7 || b.reads != reads {
		t.Errorf("%s, %+v, %d short, %d reads more", r.State, r.Counters, r.Short(), b.reads-reads)
	}
}

// Chosen before, it is done as soon as the count has disagreed twice, and not before.
func TestJob_takesWhatWasReadOnlyAfterTheSecondTime(t *testing.T) {
	b, s := &fakeBooks{products: dated(250), total: func(int) int { return 257 }}, newFakeStore()
	o := DefaultOptions(domain.TRY)
	o.TakeRead = true
	if err := NewJob(deps(b, s), Run{Options: o}).Run(t.Context()); domain.KindOf(err) != domain.KindCount {
		t.Fatal(err)
	}
	if err := NewJob(deps(b, s), s.runs[1]).Run(t.Context()); err != nil || s.runs[1].State != StateDone {
		t.Errorf("%v, %s", err, s.runs[1].State)
	}
}
