package transfer

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"github.com/sopyo/sopyo-desktop/domain"
)

// yard is a small catalogue in which transfers and decisions leave their images.
type yard struct {
	r        *rand.Rand
	products map[domain.ProductID]ProductState
	bound    map[domain.RemoteID]domain.ProductID
	images   []Image
	revision int64
	next     domain.ProductID
}

func newYard(r *rand.Rand) *yard {
	y := &yard{r: r, products: map[domain.ProductID]ProductState{}, bound: map[domain.RemoteID]domain.ProductID{}, revision: 100}
	for range 1 + r.IntN(4) {
		y.next++
		y.products[y.next] = ProductState{Revision: int64(y.next), Kept: r.IntN(3) == 0}
	}
	if r.IntN(2) == 0 {
		y.bound["r1"] = 1
	}
	return y
}

func (y *yard) partner(p domain.ProductID) domain.RemoteID {
	for r, of := range y.bound {
		if of == p {
			return r
		}
	}
	return ""
}

func (y *yard) write(i Image, revision int64) {
	i.ID, i.Became = int64(len(y.images)+1), i.Was
	if revision != 0 {
		i.Became = revision
		y.products[i.Product] = ProductState{Revision: revision, Kept: y.products[i.Product].Kept}
	}
	switch i.Bound {
	case 1:
		y.bound[i.Remote] = i.Product
	case -1:
		delete(y.bound, i.Remote)
	}
	y.images = append(y.images, i)
}

// step lets one thing happen to the row remote, as a transfer or a person would.
func (y *yard) step(remote domain.RemoteID) {
	y.revision++
	to := y.bound[remote]
	switch {
	case to != 0 && y.r.IntN(2) == 0: // taken apart, with the values of before where it is known
		var back int64
		for _, i := range y.images {
			if i.Product == to && i.Wrote() && i.Became == y.products[to].Revision {
				back = i.Was
			}
		}
		y.write(Image{Remote: remote, Product: to, Was: y.products[to].Revision, Bound: -1, Separated: 1}, back)
	case to != 0: // matched again, with other values
		y.write(Image{Remote: remote, Product: to, Was: y.products[to].Revision}, y.revision)
	case y.r.IntN(4) == 0:
		y.next++
		y.products[y.next] = ProductState{}
		y.write(Image{Remote: remote, Product: y.next, Created: true, Bound: 1}, y.revision)
	case y.r.IntN(4) == 0:
		y.write(Image{Remote: remote}, 0)
	default:
		p := domain.ProductID(1 + y.r.IntN(int(y.next)))
		if _, there := y.products[p]; !there || y.partner(p) != "" {
			return
		}
		i := Image{Remote: remote, Product: p, Was: y.products[p].Revision, Bound: 1, Separated: -y.r.IntN(2)}
		y.write(i, y.revision*int64(y.r.IntN(2)))
	}
}

func (y *yard) dryRun() DryRun {
	return DryRun{Products: maps.Clone(y.products), Bound: maps.Clone(y.bound), Later: map[int64]bool{}}
}

func newestFirst(images []Image) []Image {
	images = slices.Clone(images)
	slices.Reverse(images)
	return images
}

func remote(n int) domain.RemoteID { return domain.RemoteID(fmt.Sprint("r", n)) }

// Undone from the newest on, everything is as it was before, whatever was done in between.
func TestGround_unwindGivesBackWhatWas(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	for round := range 3000 {
		y := newYard(r)
		before := y.dryRun()
		for range r.IntN(12) {
			y.step(remote(1 + r.IntN(3)))
		}
		for p, f := range y.products { // nothing of what was created has been touched
			if before.Products[p] == (ProductState{}) {
				f.Kept = false
				y.products[p] = f
			}
		}
		g := y.dryRun()
		images := newestFirst(y.images)
		var plan UndoPlan
		seen := map[domain.ProductID]bool{}
		for n, why := range g.Undo(images) {
			if why != "" {
				t.Fatalf("round %d: %+v stays: %s", round, images[n], why)
			}
			plan.Add(images[n], seen)
		}
		if !reflect.DeepEqual(g, before) {
			t.Fatalf("round %d: after the undo %+v, before %+v; images %+v", round, g, before, images)
		}
		written, created, unbound := map[domain.ProductID]bool{}, map[domain.ProductID]bool{}, 0
		for _, i := range images {
			unbound += i.Bound
			if i.Created {
				created[i.Product] = true
			} else if i.Was != i.Became {
				written[i.Product] = true
			}
		}
		for p := range created {
			delete(written, p)
		}
		if plan.Restored != len(written) || plan.Removed != len(created) || plan.Unbound != unbound {
			t.Fatalf("round %d: %+v, want %d restored, %d removed, %d unbound", round, plan, len(written), len(created), unbound)
		}
	}
}

// What others did since keeps what it stands on, and everything below; the rest is undone all the same.
func TestGround_unwindLeavesWhatOthersStandOn(t *testing.T) {
	r := rand.New(rand.NewPCG(9, 10))
	refused := map[RefusalReason]int{}
	for round := range 4000 {
		y := newYard(r)
		for range 1 + r.IntN(10) {
			y.step(remote(1 + r.IntN(3)))
		}
		g := y.dryRun()
		for p := domain.ProductID(1); p <= y.next; p++ {
			f, there := g.Products[p]
			if !there {
				continue
			}
			switch r.IntN(8) {
			case 0:
				f.Revision += 1000
				g.Products[p] = f
			case 1:
				f.Kept = true
				g.Products[p] = f
			case 2:
				delete(g.Products, p)
			case 3:
				delete(g.Bound, y.partner(p))
			case 4:
				if y.partner(p) == "" {
					g.Bound[remote(1+r.IntN(4))] = p
				}
			}
		}
		oneEach(g.Bound)
		for _, i := range y.images {
			g.Later[i.ID] = r.IntN(12) == 0
		}
		images := newestFirst(y.images)
		want, left := unwound(g, images)
		got := g.Undo(images)
		if !slices.Equal(got, want) || !reflect.DeepEqual(g, left) {
			t.Fatalf("round %d: %q, want %q; %+v, want %+v; images %+v", round, got, want, g, left, images)
		}
		for _, why := range got {
			refused[why]++
		}
	}
	for _, why := range []RefusalReason{"", RefusedGone, RefusedChanged, RefusedNotUndone, RefusedBoundProduct, RefusedBoundRemote} {
		if refused[why] < 20 {
			t.Errorf("%q came up %d times", why, refused[why])
		}
	}
}

// oneEach leaves each product one partner.
func oneEach(bound map[domain.RemoteID]domain.ProductID) {
	taken := map[domain.ProductID]bool{}
	for _, r := range slices.Sorted(maps.Keys(bound)) {
		if taken[bound[r]] {
			delete(bound, r)
			continue
		}
		taken[bound[r]] = true
	}
}

// unwound undoes the images one by one, looking everything up anew each time.
func unwound(g DryRun, images []Image) (whys []RefusalReason, left DryRun) {
	left = DryRun{Products: maps.Clone(g.Products), Bound: maps.Clone(g.Bound), Later: maps.Clone(g.Later)}
	for n, i := range images {
		s := Current{Later: left.Later[i.ID], BoundTo: left.Bound[i.Remote]}
		for before := range n {
			if j := images[before]; whys[before] != "" && (j.Remote == i.Remote || j.Product == i.Product && i.Product != 0) {
				s.Later = true
			}
		}
		f, there := left.Products[i.Product]
		s.Exists, s.Revision, s.Kept = there, f.Revision, f.Kept
		for r, p := range left.Bound {
			if p == i.Product {
				s.BoundFrom = r
			}
		}
		back, why := i.Undo(s)
		whys = append(whys, why)
		if back.Restore {
			left.Products[i.Product] = ProductState{i.Was, f.Kept}
		}
		if back.Unbind || back.Remove {
			delete(left.Bound, i.Remote)
		}
		if back.Bind {
			left.Bound[i.Remote] = i.Product
		}
		if back.Remove {
			delete(left.Products, i.Product)
		}
	}
	return whys, left
}

// Each way in which an image can have been made, and each thing that can stand there when it is undone.
func TestImage_undoOfEveryKindAgainstEveryScene(t *testing.T) {
	kinds := map[string]Image{
		"values":               {Product: 3, Was: 1, Became: 2},
		"values and binding":   {Product: 3, Was: 1, Became: 2, Bound: 1},
		"binding":              {Product: 3, Was: 2, Became: 2, Bound: 1, Separated: -1},
		"created":              {Product: 3, Created: true, Became: 2, Bound: 1},
		"separated":            {Product: 3, Was: 2, Became: 2, Bound: -1, Separated: 1},
		"separated and values": {Product: 3, Was: 1, Became: 2, Bound: -1, Separated: 1},
		"nothing":              {},
	}
	for name, i := range kinds {
		i.Remote = "7"
		wrote, made, bound, apart := i.Was != i.Became && !i.Created, i.Created, i.Bound == 1, i.Bound == -1
		if i.Wrote() != wrote {
			t.Errorf("%s: wrote %v", name, i.Wrote())
		}
		for n := range 2 * 2 * 2 * 2 * 3 * 3 {
			pick := func(of int) int { k := n % of; n /= of; return k }
			s := Current{Exists: pick(2) == 1, Kept: pick(2) == 1, Later: pick(2) == 1, Revision: int64(2 + pick(2))}
			s.BoundTo = []domain.ProductID{0, 3, 4}[pick(3)]
			s.BoundFrom = []domain.RemoteID{"", "7", "8"}[pick(3)]
			stays := map[RefusalReason]bool{
				RefusedNotUndone:    s.Later,
				RefusedGone:         i.Product != 0 && !s.Exists,
				RefusedChanged:      (wrote || made) && s.Revision != 2 || made && s.Kept,
				RefusedBoundProduct: made && s.BoundFrom == "8" || apart && s.BoundFrom != "",
				RefusedBoundRemote:  bound && s.BoundTo == 4 || apart && s.BoundTo != 0,
			}
			free := !stays[RefusedNotUndone] && (name == "nothing" || !stays[RefusedGone] && !stays[RefusedChanged] && !stays[RefusedBoundProduct] && !stays[RefusedBoundRemote])
			back, why := i.Undo(s)
			if free != (why == "") || why != "" && (!stays[why] || back != (Return{})) {
				t.Errorf("%s in %+v: %q, %+v", name, s, why, back)
			}
			want := Return{Restore: wrote, Remove: made, Unbind: bound && s.BoundTo == 3, Bind: apart, Separated: -i.Separated}
			if why == "" && back != want {
				t.Errorf("%s in %+v: %+v, want %+v", name, s, back, want)
			}
		}
	}
}
