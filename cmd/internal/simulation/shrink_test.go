package simulation

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// shrunk gives the fewest events and days in which a life still fails: whatever is not needed for that is left out, in large
// pieces first. tries is how many lives that may cost at most.
func shrunk(l life, tries int, fails func(life) bool) life {
	try := func(smaller life) bool {
		if tries--; tries < 0 || !fails(smaller) {
			return false
		}
		l = smaller
		return true
	}
	for piece := (len(l.Events) + 1) / 2; piece > 0; {
		smaller := false
		for from := 0; from < len(l.Events); {
			without := slices.Delete(slices.Clone(l.Events), from, min(from+piece, len(l.Events)))
			if try(life{l.Seed, l.Days, without}) {
				smaller = true
			} else {
				from += piece
			}
		}
		if piece == 1 && !smaller {
			break
		}
		if piece > 1 {
			piece /= 2
		}
	}
	for days := l.Days - 1; days >= l.last() && try(life{l.Seed, days, l.Events}); days-- {
		continue
	}
	return l
}

// until is what happens up to the end of a day.
func (l life) until(day int) life {
	n, _ := slices.BinarySearchFunc(l.Events, day+1, func(e event, day int) int { return cmp.Compare(e.Day, day) })
	return life{l.Seed, min(l.Days, day+1), l.Events[:n]}
}

// last is the number of the last day on which something happens.
func (l life) last() int {
	if len(l.Events) == 0 {
		return 0
	}
	return l.Events[len(l.Events)-1].Day + 1
}

func (l life) String() string {
	var text strings.Builder
	fmt.Fprintf(&text, "SEED=%d, %d days, %d events", l.Seed, l.Days, len(l.Events))
	for _, e := range l.Events {
		fmt.Fprintf(&text, "\n  %s", e)
	}
	return text.String()
}
