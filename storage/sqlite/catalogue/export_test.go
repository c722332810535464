package catalogue

import "context"

// What the tests of this room look at beside its store.
const ItemsAtOnce = itemsAtOnce

var (
	NewIntake = newIntake
	Pair      = pair
)

func (i *intake) Close(ctx context.Context) error { return i.close(ctx) }

type Missed = missed

func (m *missed) Covers(index []byte, phrases []string) bool { return m.covers(index, phrases) }

func (m *missed) Keep(index []byte, phrases []string) { m.keep(index, phrases) }
