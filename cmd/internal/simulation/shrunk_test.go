package simulation

import (
	"slices"
	"testing"
)

// What a life fails by is left of it, and nothing else.
func TestShrunk_leavesTheFewestEvents(t *testing.T) {
	lived := 0
	for seed := range uint64(50) {
		l := newLife(seed, 30)
		fails := func(l life) bool { // a kill on a later day than an import that is tried, behind a bad line
			lived++
			stormy := slices.IndexFunc(l.Events, func(e event) bool { return e.Do == storm })
			if stormy < 0 {
				return false
			}
			tried := slices.IndexFunc(l.Events[stormy:], func(e event) bool { return e.Do == trying })
			return tried >= 0 && slices.ContainsFunc(l.Events[stormy+tried:], func(e event) bool { return e.Do == kill && e.Day > l.Events[stormy+tried].Day })
		}
		if !fails(l) {
			t.Fatalf("%s does not fail at all", l)
		}
		lived = 0
		small := shrunk(l, shrinking, fails)
		if !fails(small) || len(small.Events) != 3 || small.Days != small.last() || small.Seed != seed {
			t.Errorf("%d events are shrunk to %s", len(l.Events), small)
		}
		if lived > shrinking+1 {
			t.Errorf("seed %d: %d lives were lived for it", seed, lived)
		}
	}
}
