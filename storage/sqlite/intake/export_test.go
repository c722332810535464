package intake

import "context"

// What the tests of this room look at beside its store.
const ItemsAtOnce = itemsAtOnce

var (
	NewIntake = newIntake
	Pair      = pair
)

func (i *intake) Close(ctx context.Context) error { return i.close(ctx) }
