package pricing

import (
	"slices"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
)

// Alarm is what a person should know before tried rules are saved. Only marketplaces whose rule changes are in it: at the
// others nothing is saved.
type Alarm struct {
	Percent      decimal.Decimal // of change, beyond which a price counts as changed
	Changed      int             // products of which a price changes by more than that
	Fallen       int             // those of them of which a price falls
	Blocked      int             // products that lose a price: below cost or minimum, or not above zero
	Marketplaces []MarketplaceID // where either happens
	Largest      Trial           // the change that is the largest in percent, of those that fall if any does; of the zero value while Changed is 0

	of int // products
}

// Products that may rise much before a person is asked: a handful of cheap ones do by their ending alone. None falls
// by it: one sold at a hundredth of its price costs more than a question.
const (
	fewProducts = 10
	fewShare    = 10 // a tenth of the catalogue
)

// Loud tells whether a person is to be asked: a price is lost or falls much, or more than a few change much.
func (a Alarm) Loud() bool {
	return a.Blocked > 0 || a.Fallen > 0 || a.Changed > fewProducts || a.Changed*fewShare > a.of
}

// Alarm sums up what would happen if the tried rules were saved.
func (l *Laboratory) Alarm() Alarm {
	a := Alarm{Percent: l.noticed, of: l.products}
	var changed, fallen, blocked domain.ProductID // counted last: the prices of a product stand together
	places := make([]bool, len(l.columns))
	for i := range l.trials {
		t := &l.trials[i]
		moves, lost := t.Found&FoundChange != 0, t.New == NoKurus && t.Old != NoKurus
		if !l.changed[t.Column] || !moves && !lost {
			continue
		}
		places[t.Column] = true
		if moves {
			if t.Product != changed {
				a.Changed, changed = a.Changed+1, t.Product
			}
			falls := t.New < t.Old
			if falls && t.Product != fallen {
				a.Fallen, fallen = a.Fallen+1, t.Product
			}
			if graver(t, &a.Largest) {
				a.Largest = *t
			}
		}
		if lost && t.Product != blocked {
			a.Blocked, blocked = a.Blocked+1, t.Product
		}
	}
	for i, c := range l.columns {
		if places[i] {
			a.Marketplaces = slices.Concat(a.Marketplaces, c.Marketplaces)
		}
	}
	return a
}

// graver tells whether a change is more to be told than another: one that falls more than any that rises, else the larger.
func graver(t, than *Trial) bool {
	if falls := t.New < t.Old; falls != (than.New < than.Old) {
		return falls
	}
	return t.changeSize() > than.changeSize()
}
