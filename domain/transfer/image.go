package transfer

import "github.com/sopyo/sopyo-desktop/domain"

// Image is a before-image: what a transfer, or a decision made in it, wrote about one İşbaşı product, and
// what was there before (rules.md §4 "Undo"). Images are undone in reverse order.
type Image struct {
	ID       int64
	Transfer int64
	Decision int64 // 0: the transfer itself
	Kind     DecisionKind
	Remote   domain.RemoteID
	Product  domain.ProductID // 0: none was touched
	Created  bool             // Product was made
	// Was and Became are the product's revisions before and after; equal when its values stayed.
	Was, Became int64
	// Bound is 1 when Remote was bound to Product, -1 when that binding was taken away.
	Bound int
	// Separated is 1 when the two were marked as taken apart, -1 when such a mark went.
	Separated int
	// Ignored is 1 when Remote was marked as ignored, -1 when that mark went.
	Ignored int
}

// Wrote tells whether values of a product that was there were changed.
func (i Image) Wrote() bool { return !i.Created && i.Was != i.Became }

// Current is what stands where an image was made, at the moment of undoing it.
type Current struct {
	Exists    bool  // the product is there
	Revision  int64 // of the product
	Kept      bool  // a person has made something of the product that would go with it: a price limit, an approval
	BoundTo   domain.ProductID
	BoundFrom domain.RemoteID
	Later     bool // a later write on the same product or row stands on this one
}

// Return is what undoing an image does.
type Return struct {
	Restore   bool // the values of the product
	Remove    bool // the product
	Unbind    bool
	Bind      bool
	Separated int // as in Verdict
	Ignored   int // as in Verdict
}

// Undo says how i is undone, or why it has to stay.
func (i Image) Undo(s Current) (Return, RefusalReason) {
	switch {
	case s.Later:
		return Return{}, RefusedNotUndone
	case i.Product == 0:
		return Return{Ignored: -i.Ignored}, ""
	case !s.Exists:
		return Return{}, RefusedGone
	case (i.Created || i.Wrote()) && s.Revision != i.Became, i.Created && s.Kept:
		return Return{}, RefusedChanged
	case i.Created && s.BoundFrom != "" && s.BoundFrom != i.Remote:
		return Return{}, RefusedBoundProduct
	case i.Bound > 0 && s.BoundTo != 0 && s.BoundTo != i.Product, i.Bound < 0 && s.BoundTo != 0:
		return Return{}, RefusedBoundRemote
	case i.Bound < 0 && s.BoundFrom != "":
		return Return{}, RefusedBoundProduct
	}
	return Return{
		Restore: i.Wrote(), Remove: i.Created, Unbind: i.Bound > 0 && s.BoundTo == i.Product, Bind: i.Bound < 0,
		Separated: -i.Separated, Ignored: -i.Ignored,
	}, ""
}
