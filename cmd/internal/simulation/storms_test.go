package simulation

import (
	"cmp"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// stormy is a life of nothing but storms: in each something is begun, and gone on with when it has passed.
func stormy(seed uint64, days, imports, invoices int) life {
	l := life{Seed: seed, Days: days}
	r := rand.New(rand.NewPCG(seed, 1))
	for day := range days {
		all := make([][]deed, 0, imports+invoices)
		for range imports {
			all = append(all, []deed{storm, importing, importing, calm, importing})
		}
		for range invoices {
			all = append(all, []deed{selling, storm, making, sending, looking, calm, looking, making, looking})
		}
		r.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
		for n, deeds := range all {
			minute := 8*60 + n*14*60/len(all)
			if r.IntN(3) == 0 {
				l.Events = append(l.Events, event{day, minute, []deed{reprice, restock, add, remove, edit}[r.IntN(5)], r.Uint64() >> 40})
			}
			for i, d := range deeds {
				l.Events = append(l.Events, event{day, minute + i, d, r.Uint64() >> 40})
			}
		}
	}
	slices.SortStableFunc(l.Events, func(a, b event) int { return cmp.Or(cmp.Compare(a.Day, b.Day), cmp.Compare(a.Minute, b.Minute)) })
	return l
}

// Imports and invoices go through storms: STORMS says how many imports do, and for ten of them three runs of invoices.
func TestTorture_storms(t *testing.T) {
	const imports, invoices, days = 10, 3, 2
	lives := (given(t, "STORMS", 40) + imports*days - 1) / (imports * days)
	first := given(t, "SEED", 1)
	failed := 0
	for n := range lives {
		l := stormy(uint64(first+n), days, imports, invoices)
		out := live(t, l)
		if len(out.violations) == 0 {
			continue
		}
		failed++
		t.Errorf("SEED=%d: %s", l.Seed, strings.Join(out.violations, "\n  "))
		out.tell(t)
		l = shrunk(l.until(out.day), shrinking, func(l life) bool { return len(live(t, l).violations) > 0 })
		out = live(t, l)
		t.Logf("shrunk to %s\n%s", l, strings.Join(out.violations, "\n  "))
	}
	t.Logf("%d storms of imports and %d of invoices: %d violations", lives*days*imports, lives*days*invoices, failed)
}
