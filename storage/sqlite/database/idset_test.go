package database_test

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/sopyo/sopyo-desktop/storage/sqlite/database"
)

// TestSet_isASetWhateverItsBounds holds two sets with bounds of their own beside lists of ids.
func TestSet_isASetWhateverItsBounds(t *testing.T) {
	random := rand.New(rand.NewPCG(4, 8))
	for range 2_000 {
		a, inA := randomSet(t, random)
		b, inB := randomSet(t, random)
		for id := int64(0); id < 700; id++ {
			if a.Has(id) != slices.Contains(inA, id) {
				t.Fatalf("has %d of %d: %v", id, inA, a.Has(id))
			}
		}
		want := slices.DeleteFunc(slices.Clone(inA), func(id int64) bool { return !slices.Contains(inB, id) })
		if random.IntN(2) == 0 {
			want = slices.DeleteFunc(slices.Clone(inA), func(id int64) bool { return slices.Contains(inB, id) })
			a.Remove(b)
		} else {
			a.Keep(b)
		}
		if a.Count() != len(want) {
			t.Fatalf("%d, want %d", a.Count(), len(want))
		}
		order := slices.Clone(inA) // of more than there are
		random.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		walked := slices.DeleteFunc(slices.Clone(order), func(id int64) bool { return !slices.Contains(want, id) })
		offset, limit := random.IntN(9), random.IntN(9)
		if got := a.Walk(order, offset, limit); !slices.Equal(got, pageOf(walked, offset, limit)) {
			t.Fatalf("walked %d, want %d", got, pageOf(walked, offset, limit))
		}
		desc := random.IntN(2) == 0
		if desc {
			slices.Reverse(want)
		}
		if got := a.IDs(desc, offset, limit); !slices.Equal(got, pageOf(want, offset, limit)) {
			t.Fatalf("%d, want %d", got, pageOf(want, offset, limit))
		}
	}
}

// randomSet makes one of ids below 700, in bounds as narrow as can be, and gives them in their order.
func randomSet(t *testing.T, random *rand.Rand) (s database.Set[int64], ids []int64) {
	t.Helper()
	first := random.Int64N(600)
	last := first + random.Int64N(100)
	s = database.NewSet(first, last)
	for range random.IntN(40) {
		id := first + random.Int64N(last-first+1)
		if !s.Add(id) {
			t.Fatalf("no room for %d from %d to %d", id, first, last)
		}
		ids = append(ids, id)
	}
	if s.Add(first/64*64-1) || s.Add(last/64*64+64) {
		t.Fatal("there is room behind its bounds")
	}
	slices.Sort(ids)
	return s, slices.Compact(ids)
}

func pageOf(all []int64, offset, limit int) []int64 {
	all = all[min(offset, len(all)):]
	if limit > 0 {
		all = all[:min(limit, len(all))]
	}
	return all
}

func TestSet_fillsWhatThereIsRoomFor(t *testing.T) {
	s := database.NewSet[int64](70, 130)
	s.Fill()
	for id := range int64(300) {
		if s.Has(id) != (id >= 64 && id < 192) {
			t.Errorf("%d: %v", id, s.Has(id))
		}
	}
}
