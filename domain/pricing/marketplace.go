package pricing

import (
	"strconv"
	"strings"

	"github.com/sopyo/sopyo-desktop/domain"
)

// Marketplace is a place products are sold at: one the program ships, or a person's own.
type Marketplace struct {
	ID   MarketplaceID
	Name string
	Own  bool // added by a person: it can be renamed and removed
}

// Marketplaces are those of a company, in the order they are shown.
type Marketplaces []Marketplace

// maxMarketplaceName is what fits beside a price.
const maxMarketplaceName = 40

// ownPrefix keeps the ids of a person's own apart from those that later programs may ship.
const ownPrefix = "own-"

// IDs gives the ids, in order.
func (ms Marketplaces) IDs() []MarketplaceID {
	ids := make([]MarketplaceID, len(ms))
	for i, m := range ms {
		ids[i] = m.ID
	}
	return ids
}

// Name gives the name of a marketplace; one that is not there is named by its id.
func (ms Marketplaces) Name(id MarketplaceID) string {
	for _, m := range ms {
		if m.ID == id {
			return m.Name
		}
	}
	return string(id)
}

// Find gives the one that a person means by an id or a name, in any spelling of it.
func (ms Marketplaces) Find(text string) (Marketplace, bool) {
	for _, m := range ms {
		if string(m.ID) == text || domain.Fold(m.Name) == domain.Fold(text) {
			return m, true
		}
	}
	return Marketplace{}, false
}

// MarketplaceName cleans what a person typed as the name of a marketplace, id being the one that is to
// have it ("" = a new one). The error's Field is name, its Detail required, too-long or
// marketplace-taken: names are told apart without their case and marks.
func (ms Marketplaces) MarketplaceName(id MarketplaceID, typed string) (string, error) {
	name := strings.Join(strings.Fields(domain.Line(typed)), " ")
	switch {
	case name == "":
		return "", domain.Invalid("name", "required")
	case len([]rune(name)) > maxMarketplaceName:
		return "", domain.Invalid("name", "too-long")
	}
	for _, m := range ms {
		if m.ID != id && domain.Fold(m.Name) == domain.Fold(name) {
			return "", domain.Invalid("name", "marketplace-taken")
		}
	}
	return name, nil
}

// NewMarketplaceID makes the stable id of a person's own marketplace from its name: "Bizim Dükkân" is
// own-bizim-dukkan. taken tells of the ids that are in use, or were: an id is never given twice.
func NewMarketplaceID(name string, taken func(MarketplaceID) bool) MarketplaceID {
	stem := strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			return r
		}
		return ' '
	}, domain.Fold(name))
	stem = strings.Join(strings.Fields(stem), "-")
	if stem == "" {
		stem = "1"
	}
	id := MarketplaceID(ownPrefix + stem)
	for n := 2; taken(id); n++ {
		id = MarketplaceID(ownPrefix + stem + "-" + strconv.Itoa(n))
	}
	return id
}
