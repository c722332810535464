package catalogue

import (
	"context"

	"github.com/sopyo/sopyo-desktop/domain"
)

// What the tests of this room look at beside its store.
const ItemsAtOnce = itemsAtOnce

var (
	NewIntake = newIntake
	Pair      = pair
)

func (i *intake) Close(ctx context.Context) error { return i.close(ctx) }

type Recent = recent

func (r *recent) Among(index []byte, group domain.ProductGroup, phrases []string) ([]domain.ProductID, bool) {
	return r.among(index, group, phrases)
}

func (r *recent) Keep(index []byte, group domain.ProductGroup, phrases []string, hits []domain.ProductID) {
	r.keep(index, group, phrases, hits)
}
