package transfer

import "github.com/sopyo/sopyo-desktop/domain"

// Ground is what stands in the catalogue where a transfer wrote, to try an undo on without writing.
type Ground struct {
	Products map[domain.ProductID]Footing // those that are there
	Bound    map[domain.RemoteID]domain.ProductID
	// Later are the images, by ID, that a write of another transfer stands on.
	Later map[int64]bool
}

// Footing is how a product stands.
type Footing struct {
	Revision int64
	Kept     bool // as in Scene
}

// Unwind tries the undo of images, the newest first, and gives for each why it would stay, "" where it
// would not. g changes as the catalogue would.
func (g Ground) Unwind(images []Image) []RefusalReason {
	from := make(map[domain.ProductID]domain.RemoteID, len(g.Bound))
	for r, p := range g.Bound {
		from[p] = r
	}
	heldRows, heldProducts := map[domain.RemoteID]bool{}, map[domain.ProductID]bool{}
	whys := make([]RefusalReason, len(images))
	for n, i := range images {
		p, exists := g.Products[i.Product]
		back, why := i.Undo(Scene{
			Exists: exists, Revision: p.Revision, Kept: p.Kept, BoundTo: g.Bound[i.Remote], BoundFrom: from[i.Product],
			Later: g.Later[i.ID] || heldRows[i.Remote] || i.Product != 0 && heldProducts[i.Product],
		})
		if whys[n] = why; why != "" {
			heldRows[i.Remote], heldProducts[i.Product] = true, true
			continue
		}
		if back.Unbind || back.Remove {
			delete(g.Bound, i.Remote)
			delete(from, i.Product)
		}
		if back.Bind {
			g.Bound[i.Remote], from[i.Product] = i.Product, i.Remote
		}
		if back.Remove {
			delete(g.Products, i.Product)
		}
		if back.Restore {
			g.Products[i.Product] = Footing{Revision: i.Was, Kept: p.Kept}
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
