package sync

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
)

// written makes a change of a product: base/ours/theirs, and what of it is written.
func written(product int, field domain.Shared, v string, write Action) Change {
	c := values(field, v)
	to := c.Ours
	if write == ActionPull {
		to = c.Theirs
	}
	return Change{
		Product: domain.ProductID(product), Label: fmt.Sprint("P-", product), Field: field,
		Base: c.Base, Ours: c.Ours, Theirs: c.Theirs, Value: to.Decimal, Write: write,
	}
}

func tallied(changes ...Change) *Tally {
	t := new(Tally)
	for _, c := range changes {
		t.Add(c)
	}
	return t
}

func many(n int, change func(product int) Change) (all []Change) {
	for i := range n {
		all = append(all, change(i+1))
	}
	return all
}

func TestTally_pricesStopAboveTheirShare(t *testing.T) {
	for _, tt := range []struct {
		share                    string
		changed, compared, limit int
		stops                    bool
	}{
		{"20", 200, 1000, 200, false},
		{"20", 201, 1000, 200, true},
		{"20", 200, 1004, 200, false}, // 200.8
		{"20", 201, 1004, 200, true},
		{"20", 201, 1005, 201, false},
		{"20", 5, 5, 5, false}, // at least five
		{"20", 5, 29, 5, false},
		{"20", 6, 29, 5, true},
		{"20", 6, 30, 6, false},
		{"20", 7, 30, 6, true},
		{"20", 6, 0, 5, true},
		{"0.5", 20, 4000, 20, false},
		{"0.5", 21, 4000, 20, true},
		{"33.3", 333, 1000, 333, false},
		{"33.3", 334, 1000, 333, true},
		{"0", 6, 1000, 5, true},
		{"100", 1000, 1000, 1000, false},
	} {
		limits := DefaultLimits()
		limits.PriceShare = num(tt.share).Decimal
		changes := many(tt.changed, func(i int) Change { return written(i, price, "100/100/120", ActionPull) })
		on := tallied(changes...).Brakes(limits, tt.compared, 9)
		if (len(on) == 1) != tt.stops {
			t.Errorf("%d of %d at %s %%: %d brakes are on", tt.changed, tt.compared, tt.share, len(on))
			continue
		}
		if !tt.stops {
			continue
		}
		if b := on[0]; b.Kind != BrakePrices || b.Changed != tt.changed || b.Of != tt.compared || b.Limit != tt.limit {
			t.Errorf("%d of %d at %s %%: %s, %d of %d, limit %d, want limit %d", tt.changed, tt.compared, tt.share, b.Kind, b.Changed, b.Of, b.Limit, tt.limit)
		}
	}
}

func TestTally_zeroedStocks(t *testing.T) {
	sold := func(i int) Change { return written(i, stock, "10/10/0", ActionPull) }
	if on := tallied(many(10, sold)...).Brakes(DefaultLimits(), 7, 400); len(on) != 0 {
		t.Errorf("10 stop: %+v", on)
	}
	on := tallied(many(11, sold)...).Brakes(DefaultLimits(), 7, 400)
	if len(on) != 1 || on[0].Kind != BrakeZeroed || on[0].Changed != 11 || on[0].Of != 400 || on[0].Limit != 10 {
		t.Fatalf("11 do not: %+v", on)
	}
	limits := DefaultLimits()
	limits.Zeroed = 0
	for _, tt := range []struct {
		change Change
		counts bool
	}{
		{written(1, stock, "10/10/0", ActionPull), true},
		{written(1, stock, "10/10/-2", ActionPull), true},
		{written(1, stock, "10/0/10", ActionPush), true},
		{written(1, stock, "0.5/0.5/0", ActionPull), true},
		{written(1, stock, "10/0/5", ActionPush), true},   // a conflict that ours wins: 5 was there
		{written(1, stock, "10/-1/0", ActionPush), false}, // a conflict, and nothing was there
		{written(1, stock, "10/-1/0", ActionPull), false},
		{written(1, stock, "10//0", ActionPull), false}, // there was nothing at all
		{written(1, stock, "10/10/1", ActionPull), false},
		{written(1, stock, "0/0/-2", ActionPull), false},
		{written(1, stock, "0/5/0", ActionPush), false},
		{written(1, price, "10/0/10", ActionPush), false},
	} {
		on := tallied(tt.change).Brakes(limits, 1000, 1000)
		if (len(on) == 1) != tt.counts {
			t.Errorf("%s %s %s: %d brakes", tt.change.Field, tt.change.Write, tt.change.line(), len(on))
		}
	}
}

func TestTally_bothBrakes(t *testing.T) {
	tally := tallied(many(6, func(i int) Change { return written(i, price, "100/100/120", ActionPull) })...)
	for _, c := range many(11, func(i int) Change { return written(i, stock, "10/0/10", ActionPush) }) {
		tally.Add(c)
	}
	on := tally.Brakes(DefaultLimits(), 6, 11)
	if len(on) != 2 || on[0].Kind != BrakePrices || on[1].Kind != BrakeZeroed || on[0].Changed != 6 || on[1].Changed != 11 {
		t.Errorf("%+v", on)
	}
}

// The largest change by its share of what was, not by its amount; what was 0 first, what was none last.
func TestBrake_showsTheLargestChangesFirst(t *testing.T) {
	changes := []Change{
		written(1, price, "100/100/120", ActionPull), // a fifth
		written(2, price, "10/10/15", ActionPull),    // a half
		written(3, price, "100/100/50", ActionPull),  // a half, and more of it
		written(4, price, "1//9", ActionPull),        // there was none
		written(5, price, "1/0/9", ActionPull),       // there was 0
		written(6, price, "1/0/8", ActionPull),
		written(7, price, "10/12/10", ActionPush), // a fifth
		written(8, price, "100/120/100", ActionPush),
		written(9, price, "1//10", ActionPull),
		written(10, price, "-4/-4/8", ActionPull),           // thrice
		written(11, price, "10/30.00000001/10", ActionPush), // twice and a little
		written(12, price, "10/30/10", ActionPush),
	}
	want := []domain.ProductID{5, 6, 10, 11, 12, 3, 2, 1, 8, 7, 9, 4}
	r := rand.New(rand.NewPCG(3, 1))
	for range 20 {
		r.Shuffle(len(changes), func(i, j int) { changes[i], changes[j] = changes[j], changes[i] })
		var got []domain.ProductID
		on := tallied(changes...).Brakes(DefaultLimits(), 12, 0)
		for _, c := range on[0].Largest {
			got = append(got, c.Product)
		}
		if !slices.Equal(got, want) {
			t.Fatalf("%v, want %v", got, want)
		}
	}
}

func TestBrake_showsTwenty(t *testing.T) {
	for n, want := range map[int]int{6: 6, 20: 20, 21: 20, 300: 20} {
		changes := many(n, func(i int) Change { return written(i, price, fmt.Sprintf("100/100/%d", 100+i), ActionPull) })
		on := tallied(changes...).Brakes(DefaultLimits(), n, 0)
		if len(on) != 1 || len(on[0].Largest) != want || on[0].Largest[0].Product != domain.ProductID(n) {
			t.Errorf("%d changes: %+v", n, on)
		}
		if on[0].Largest[0].Label != fmt.Sprint("P-", n) {
			t.Errorf("%d changes: the largest is called %s", n, on[0].Largest[0].Label)
		}
	}
}

// An id is one for a set of changes, however they are called and in whatever order they come, and another
// for every other.
func TestBrake_idNamesItsChanges(t *testing.T) {
	plan := many(6, func(i int) Change { return written(i, price, "100/100.5/120", ActionPull) })
	id := func(changes []Change) string {
		t.Helper()
		on := tallied(changes...).Brakes(DefaultLimits(), 20, 0)
		if len(on) != 1 {
			t.Fatalf("%d brakes", len(on))
		}
		return on[0].ID
	}
	first := id(plan)
	empty := append(slices.Clone(plan), written(7, price, "100//120", ActionPull))
	if got := id(empty); got != "prices-cebe1d95" { // people have let it go by this name
		t.Errorf("with one that was empty it is %s", got)
	}
	same := slices.Clone(plan)
	slices.Reverse(same)
	same[2].Label = "Kalem"
	same[3].Value = num("120.00").Decimal
	same[4].Ours = num("100.50")
	same = slices.Clip(same)
	if got := id(same); got != first {
		t.Errorf("the same plan is %s and %s", first, got)
	}
	seen := map[string]string{first: "the plan"}
	for name, alter := range map[string]func(*Change){
		"another product": func(c *Change) { c.Product = 70 },
		"another value":   func(c *Change) { c.Value = num("120.01").Decimal },
		"another base":    func(c *Change) { c.Base = num("101") },
		"no base":         func(c *Change) { c.Base = num("") },
		"other ours":      func(c *Change) { c.Ours = num("101") },
		"other theirs":    func(c *Change) { c.Theirs = num("101") },
		"the other way":   func(c *Change) { c.Write = ActionPush },
	} {
		other := slices.Clone(plan)
		alter(&other[5])
		got := id(other)
		if seen[got] != "" {
			t.Errorf("%s and %s are both %s", name, seen[got], got)
		}
		seen[got] = name
	}
	more := append(slices.Clone(plan), written(7, price, "100/100/120", ActionPull))
	if got := id(more); seen[got] != "" {
		t.Errorf("one more and %s are both %s", seen[got], got)
	}
	stocks := tallied(many(11, func(i int) Change { return written(i, stock, "10/10/0", ActionPull) })...)
	before := stocks.Brakes(DefaultLimits(), 0, 11)[0].ID
	for _, c := range plan {
		stocks.Add(c)
	}
	on := stocks.Brakes(DefaultLimits(), 20, 11)
	if len(on) != 2 || on[0].ID != first || on[1].ID != before || !strings.HasPrefix(before, "zeroed-") {
		t.Errorf("%s and %s, want %s and %s", on[0].ID, on[1].ID, first, before)
	}
}

// What an answer writes is what the brakes count, conflicts that the owner wins too.
func TestNewChange_ofAnAnswer(t *testing.T) {
	for _, tt := range []struct {
		values string
		with   []setting
		write  Action // none: no change
		value  string
		before string
	}{
		{"100/100/120", []setting{pull}, ActionPull, "120", "100"},
		{"100/120/100", []setting{push}, ActionPush, "120", "100"},
		{"100/120/130", []setting{pull, books}, ActionPull, "130", "120"},
		{"100/120/130", []setting{push, catalogue}, ActionPush, "120", "130"},
		{"100//130", []setting{pull}, ActionPull, "130", ""},
		{"100/120/130", []setting{pull, push}, ActionNone, "", ""},
		{"100/120/100", nil, ActionNone, "", ""},
		{"100/100/100", nil, ActionNone, "", ""},
	} {
		in := values(price, tt.values)
		for _, set := range tt.with {
			set(&in)
		}
		c, changes := NewChange(7, "Kalem", in, Decide(in))
		if changes != (tt.write != ActionNone) {
			t.Errorf("%s changes: %v", tt.values, changes)
		}
		if !changes {
			continue
		}
		want := Change{Product: 7, Label: "Kalem", Field: price, Base: in.Base, Ours: in.Ours, Theirs: in.Theirs, Value: num(tt.value).Decimal, Write: tt.write}
		if c.Label != want.Label || c.line() != want.line() || text(c.Before()) != tt.before {
			t.Errorf("%s: %s, %s before, want %s, %s before", tt.values, c.line(), text(c.Before()), want.line(), tt.before)
		}
	}
}

func TestDefaultLimits(t *testing.T) {
	l := DefaultLimits()
	if !l.PriceShare.Equal(decimal.NewFromInt(20)) || l.PriceLeast != 5 || l.Zeroed != 10 {
		t.Errorf("%+v", l)
	}
	if on := new(Tally).Brakes(l, 1000, 1000); len(on) != 0 {
		t.Errorf("a run that changes nothing stops: %+v", on)
	}
}
