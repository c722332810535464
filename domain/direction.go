package domain

// Shared is something that İşbaşı and the catalogue both have of a product, and that can be kept equal.
type Shared string

// What is shared.
const (
	SharedStock Shared = "stock"
	SharedPrice Shared = "price"
)

// AllShared lists them in the order they are shown.
func AllShared() []Shared { return []Shared{SharedStock, SharedPrice} }

// Owner is the side whose value holds when both have changed (rules.md §5).
type Owner string

// The owners.
const (
	OwnerNobody    Owner = "" // each side keeps its own
	OwnerBooks     Owner = "isbasi"
	OwnerCatalogue Owner = "catalogue"
	OwnerLater     Owner = "later" // the side that changed last
)

// Direction is the way of one shared thing between the two sides.
type Direction struct {
	Pull  bool // a change at İşbaşı updates the catalogue
	Push  bool // a change in the catalogue updates İşbaşı
	Owner Owner
}

// Direction gives the way of what is shared, and who owns it: the only side that sends, and İşbaşı where
// both do. The books are what the accountant signs for; what loses is kept in the history, while a value
// written over there cannot be had back.
func (s Settings) Direction(of Shared) Direction {
	d := Direction{Pull: s.Pull, Push: s.Push.Has(of)}
	switch {
	case d.Pull:
		d.Owner = OwnerBooks
	case d.Push:
		d.Owner = OwnerCatalogue
	}
	return d
}

// Has tells whether changes of what is shared are written to İşbaşı.
func (p Push) Has(of Shared) bool {
	return p == PushBoth || p == PushStock && of == SharedStock || p == PushPrice && of == SharedPrice
}
