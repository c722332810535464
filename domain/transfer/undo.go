package transfer

import "github.com/sopyo/sopyo-desktop/domain"

// DryRun tries an undo without writing, on what stands in the catalogue where a transfer wrote.
type DryRun struct {
	Products map[domain.ProductID]ProductState // those that are there
	Bound    map[domain.RemoteID]domain.ProductID
	// Later are the images, by ID, that a write of another transfer stands on.
	Later map[int64]bool
}

// ProductState is how a product stands.
type ProductState struct {
	Revision int64
	Kept     bool // as in Current
}

// Undo tries the undo of images, the newest first, and gives for each why it would stay, "" where it
// would not. d changes as the catalogue would.
func (d DryRun) Undo(images []Image) []RefusalReason {
	from := make(map[domain.ProductID]domain.RemoteID, len(d.Bound))
	for r, p := range d.Bound {
		from[p] = r
	}
	heldRows, heldProducts := map[domain.RemoteID]bool{}, map[domain.ProductID]bool{}
	whys := make([]RefusalReason, len(images))
	for n, i := range images {
		p, exists := d.Products[i.Product]
		back, why := i.Undo(Current{
			Exists: exists, Revision: p.Revision, Kept: p.Kept, BoundTo: d.Bound[i.Remote], BoundFrom: from[i.Product],
			Later: d.Later[i.ID] || heldRows[i.Remote] || i.Product != 0 && heldProducts[i.Product],
		})
		if whys[n] = why; why != "" {
			heldRows[i.Remote], heldProducts[i.Product] = true, true
			continue
		}
		if back.Unbind || back.Remove {
			delete(d.Bound, i.Remote)
			delete(from, i.Product)
		}
		if back.Bind {
			d.Bound[i.Remote], from[i.Product] = i.Product, i.Remote
		}
		if back.Remove {
			delete(d.Products, i.Product)
		}
		if back.Restore {
			d.Products[i.Product] = ProductState{Revision: i.Was, Kept: p.Kept}
		}
	}
	return whys
}

// Add counts an image that is, or would be, undone. Each product counts once: seen remembers them.
func (p *UndoPlan) Add(i Image, seen map[domain.ProductID]bool) {
	p.Unbound += i.Bound
	switch {
	case i.Created:
		p.Removed++
		if seen[i.Product] {
			p.Restored--
		}
	case i.Wrote() && !seen[i.Product]:
		seen[i.Product] = true
		p.Restored++
	}
}

// UndoPlan is what undoing a transfer does, or has done (rules.md §4 "Undo"). Its counters stay as they
// were, and the bindings it made go without a T2 mark.
type UndoPlan struct {
	Run      Run
	Restored int // products that get their values back
	Removed  int // products the transfer created
	Unbound  int // bindings taken back
	// Blocked is what stays as it is, the first BlockedLimit of BlockedCount.
	Blocked      []Blocked
	BlockedCount int
}

// BlockedLimit is how many rows an UndoPlan lists.
const BlockedLimit = 1000

// Blocked is a row that cannot be undone.
type Blocked struct {
	Listed
	Why RefusalReason
}
