//go:build plant_cursor || plant_image || plant_repeat

package simulation

import (
	"strings"
	"testing"
)

// What rooms could do wrong, and do not, is found when it is done on purpose: within so many seeds, none of which fails
// without it (make planted).
func TestLive_findsWhatIsPlanted(t *testing.T) {
	const seeds, days = 20, 7
	says := []string{
		"has lost", "its rows are", // plant_cursor
		"was taken back",              // plant_image
		"comes to rest with", "twice", // plant_repeat
	}
	for seed := uint64(1); seed <= seeds; seed++ {
		out := live(t, newLife(seed, days))
		if len(out.violations) == 0 {
			continue
		}
		t.Logf("found with seed %d: %s", seed, out.violations)
		for _, s := range says {
			if strings.Contains(out.violations[0], s) {
				return
			}
		}
		t.Fatal("that is something else")
	}
	t.Errorf("not found in %d seeds", seeds)
}
