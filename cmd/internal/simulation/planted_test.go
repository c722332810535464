package simulation

import (
	"slices"
	"strings"
	"testing"
)

// What rooms could do wrong, and do not, is found when it is done on purpose: within so many seeds.
func TestLive_findsWhatIsPlanted(t *testing.T) {
	if watched {
		t.Skip("the other run of continuous integration does this")
	}
	const seeds, days = 20, 7
	for p, says := range map[plant][]string{
		plantCursor: {"do not add up", "has lost", "its rows are"}, plantRepeat: {"twice", "2 invoices"}, plantBeforeImage: {"was taken back"},
	} {
		found := uint64(0)
		for seed := uint64(1); seed <= seeds && found == 0; seed++ {
			l := newLife(seed, days)
			out := live(t, l, p)
			if len(out.violations) == 0 {
				continue
			}
			found = seed
			t.Logf("%s is found with seed %d: %s", p, seed, out.violations)
			if !slices.ContainsFunc(says, func(s string) bool { return strings.Contains(out.violations[0], s) }) {
				t.Errorf("%s: that is something else", p)
			}
			if len(live(t, l, plantNone).violations) > 0 {
				t.Errorf("%s: that is found without it", p)
			}
		}
		if found == 0 {
			t.Errorf("%s is not found in %d seeds", p, seeds)
		}
	}
}

// What a life fails by is left of it, and nothing else.
func TestShrunk_leavesTheFewestEvents(t *testing.T) {
	if watched {
		t.Skip("the other run of continuous integration does this")
	}
	fails := func(l life) bool { return len(live(t, l, plantBeforeImage).violations) > 0 }
	l := newLife(1, 7)
	for !fails(l) {
		l = newLife(l.Seed+1, 7)
	}
	small := shrunk(l, shrinking, fails)
	t.Logf("%d events, shrunk to %s", len(l.Events), small)
	if !fails(small) || len(small.Events) > 4 {
		t.Errorf("%d events are left", len(small.Events))
	}
	for n := range small.Events {
		if fails(life{small.Seed, small.Days, slices.Delete(slices.Clone(small.Events), n, n+1)}) {
			t.Errorf("%s is not needed", small.Events[n])
		}
	}
}
