package orders

import (
	"context"

	"github.com/sopyo/sopyo-desktop/domain"
)

// Others looks into the other companies of the machine, one after the other: by its name, and by what gives its orders as
// Store.Order does. What cannot be read is left out.
type Others func(ctx context.Context, look func(name string, order func(ctx context.Context, k Key) (Kept, error)) error) error

// Elsewhere tells of another company that has orders of a file already.
type Elsewhere struct {
	Company string
	Number  string // of one of them
}

// lookedElsewhere is how many orders of a file are looked for in the other companies: all of a wrong file are there.
const lookedElsewhere = 50

// OrdersElsewhere tells which other companies of the machine have orders that were read of a file: who keeps the books of
// several took the file of another one. Two shops may number their orders alike; what is the same order says the same.
func (i *Importer) OrdersElsewhere(ctx context.Context, list []Order) (found []Elsewhere, err error) {
	if i.others == nil || len(list) == 0 {
		return nil, nil
	}
	step := max(1, len(list)/lookedElsewhere)
	err = i.others(ctx, func(name string, order func(ctx context.Context, k Key) (Kept, error)) error {
		for n := 0; n < len(list); n += step {
			kept, err := order(ctx, list[n].Key())
			switch {
			case domain.KindOf(err) == domain.KindNotFound:
			case err != nil:
				return err
			case kept.Fingerprint() == list[n].Fingerprint():
				found = append(found, Elsewhere{name, list[n].Number})
				return nil
			}
		}
		return nil
	})
	return found, err
}
