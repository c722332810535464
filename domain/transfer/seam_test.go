package transfer

import (
	"slices"
	"testing"

	"github.com/sopyo/sopyo-desktop/domain"
)

// dies lets every call of the store and of İşbaşı fail from the n-th on, and tells whether there were so many.
func dies(b *fakeBooks, s *fakeStore, n int, before func(page int)) (reached func() bool) {
	calls := 0
	step := func() error {
		if calls++; calls >= n {
			return errKilled
		}
		return nil
	}
	s.before = func(string, Run) error { return step() }
	b.before = func(page int) error {
		before(page)
		return step()
	}
	return func() bool { return calls >= n }
}

// A count that has changed between two pages says that products may have slipped over their border. Killed at any call
// behind that, the read that goes on still knows.
func TestJob_killedBehindAChangedCountLeavesNothingOut(t *testing.T) {
	for _, c := range []struct{ n, at int }{{103, 2}, {250, 2}, {405, 3}, {405, 5}, {2101, 3}} {
		for _, place := range []int{3, 99, 101} {
			long := pages(c.n) > keyFrom // the filter by key is tried there, and proves nothing while the list moves
			if long && place > 3 {
				break
			}
			for _, keyed := range []domain.AbilityAnswer{domain.AbilityDenied, domain.AbilityUnasked} {
				for call := 2; ; call++ {
					b, s := &fakeBooks{products: dated(c.n), keyed: keyed}, newFakeStore()
					gone, tried := false, false
					reached := dies(b, s, call, func(page int) {
						if long && page == 0 && !tried {
							tried = true
							b.moves(len(b.products)-1, false, began)
						}
						if page == c.at && !gone {
							gone = true
							b.moves(place, false, began)
						}
					})
					err := NewJob(deps(b, s), Run{Options: DefaultOptions(domain.TRY)}).Run(t.Context())
					if !reached() || long && call > 15 {
						if err != nil && !reached() {
							t.Fatal(c, place, err)
						}
						break
					}
					b.before, s.before = nil, nil
					if err := NewJob(deps(b, s), s.runs[1]).Run(t.Context()); err != nil {
						t.Fatal(c, place, call, err)
					}
					if !long {
						staged(t, s, b)
					} else if at := s.index(s.runs[1]); !slices.ContainsFunc(b.products, func(p domain.RemoteProduct) bool { _, ok := at[p.ID]; return !ok }) {
						continue // by key what goes behind the read's back stays, and nothing is left out
					} else {
						t.Error("something is left out")
					}
					if t.Failed() {
						t.Fatalf("of %d products number %d goes before page %d, killed at call %d (%s)", c.n, place, c.at, call, keyed)
					}
				}
			}
		}
	}
}

// So it does where as much was added as went, which only the last product's date tells: what it cannot know it says.
func TestJob_killedBehindWhatTheCountDoesNotTell(t *testing.T) {
	for _, c := range []struct{ n, at int }{{203, 2}, {250, 3}, {405, 3}} {
		for call := 2; ; call++ {
			b, s := &fakeBooks{products: dated(c.n), keyed: domain.AbilityDenied}, newFakeStore()
			moved, d := false, deps(b, s)
			now := d.Now
			reached := dies(b, s, call, func(page int) {
				if page == c.at && !moved {
					moved = true
					b.moves(3, true, now())
				}
			})
			err := NewJob(d, Run{Options: DefaultOptions(domain.TRY)}).Run(t.Context())
			if !reached() {
				if err != nil {
					t.Fatal(c, err)
				}
				break
			}
			b.before, s.before = nil, nil
			if err := NewJob(deps(b, s), s.runs[1]).Run(t.Context()); err != nil {
				t.Fatal(c, call, err)
			}
			if s.runs[1].Options.Unsure {
				continue
			}
			staged(t, s, b)
			if t.Failed() {
				t.Fatalf("of %d products one goes and one comes before page %d, killed at call %d", c.n, c.at, call)
			}
		}
	}
}
