package sync

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
)

// Limits are how much a run may change before it stops and asks (orders-invoices.md §8).
type Limits struct {
	PriceShare decimal.Decimal // percent of the bound prices that were compared
	PriceLeast int             // so many prices may change whatever their share
	Zeroed     int             // so many stocks may go from above 0 to 0 or less
}

// DefaultLimits are those of a company that has chosen none.
func DefaultLimits() Limits {
	return Limits{PriceShare: decimal.NewFromInt(20), PriceLeast: 5, Zeroed: 10}
}

// prices gives how many of the prices compared may change.
func (l Limits) prices(compared int) int {
	share := l.PriceShare.Mul(decimal.NewFromInt(int64(compared))).Shift(-2)
	return max(int(share.IntPart()), l.PriceLeast)
}

// Change is one write that a run plans.
type Change struct {
	Product            domain.ProductID
	Label              string // how a person knows the product
	Name               string // of the product
	Field              domain.Shared
	Base, Ours, Theirs decimal.NullDecimal
	Value              decimal.Decimal // what is written
	Write              Action          // push or pull
}

// NewChange gives the change that an answer makes, and false when it makes none. A conflict that is
// decided for its owner is a change like any other.
func NewChange(product domain.ProductID, label string, c Case, a Answer) (Change, bool) {
	return Change{
		Product: product, Label: label, Field: c.Field, Base: c.Base, Ours: c.Ours, Theirs: c.Theirs,
		Value: a.Value.Decimal, Write: a.Write(),
	}, a.Write() != ActionNone
}

// Before gives the value that is written over.
func (c Change) Before() decimal.NullDecimal {
	if c.Write == ActionPush {
		return c.Theirs
	}
	return c.Ours
}

// zeroes tells whether the change of a stock leaves nothing of what there was to sell.
func (c Change) zeroes() bool {
	return c.Before().Decimal.IsPositive() && !c.Value.IsPositive()
}

// BrakeKind is what a brake watches.
type BrakeKind string

// The brakes.
const (
	BrakePrices BrakeKind = "prices"
	BrakeZeroed BrakeKind = "zeroed"
)

// Brake is a brake that is on: the run writes nothing before a person has looked at it.
type Brake struct {
	// ID names the brake together with every change that set it on, in whatever order they came: who lets
	// it go has seen these, and another plan has another ID.
	ID   string
	Kind BrakeKind
	// Changed of Of (the bound prices or stocks that were compared) change, Limit may.
	Changed, Of, Limit int
	// Largest are the twenty that move furthest by their share, the furthest first.
	Largest []Change
}

const largest = 20

// Tally counts the changes of one planned run. The zero value is an empty one.
type Tally struct {
	prices, zeroed []Change
}

// Add counts a change.
func (t *Tally) Add(c Change) {
	switch c.Field {
	case domain.SharedPrice:
		t.prices = append(t.prices, c)
	case domain.SharedStock:
		if c.zeroes() {
			t.zeroed = append(t.zeroed, c)
		}
	}
}

// Brakes gives the brakes that are on, of so many bound prices and stocks that were compared.
func (t *Tally) Brakes(l Limits, prices, stocks int) (on []Brake) {
	if limit := l.prices(prices); len(t.prices) > limit {
		on = append(on, newBrake(BrakePrices, t.prices, prices, limit))
	}
	if len(t.zeroed) > l.Zeroed {
		on = append(on, newBrake(BrakeZeroed, t.zeroed, stocks, l.Zeroed))
	}
	return on
}

func newBrake(kind BrakeKind, changes []Change, of, limit int) Brake {
	furthest := slices.SortedFunc(slices.Values(changes), byMove)
	return Brake{
		ID: string(kind) + "-" + fingerprint(changes), Kind: kind, Changed: len(changes), Of: of, Limit: limit,
		Largest: furthest[:min(largest, len(furthest))],
	}
}

// byMove puts the change first that moves its value by the larger share of what it was: what was 0 moves
// without bound. Where there was none nothing is lost, and it comes last.
func byMove(a, b Change) int {
	from, to := a.Before(), b.Before()
	if from.Valid != to.Valid {
		if from.Valid {
			return -1
		}
		return 1
	}
	moved, other := a.Value.Sub(from.Decimal).Abs(), b.Value.Sub(to.Decimal).Abs()
	// moved ÷ from against other ÷ to, without a division that would have to be rounded
	share, than := moved.Mul(to.Decimal.Abs()), other.Mul(from.Decimal.Abs())
	return cmp.Or(than.Cmp(share), other.Cmp(moved), cmp.Compare(a.Product, b.Product))
}

// fingerprint is one for each set of changes: eight hexadecimal digits.
func fingerprint(changes []Change) string {
	lines := make([]string, len(changes))
	for i, c := range changes {
		lines[i] = c.line()
	}
	slices.Sort(lines)
	sum := sha256.New()
	for _, l := range lines {
		fmt.Fprintln(sum, l)
	}
	const bytes = 4
	return hex.EncodeToString(sum.Sum(nil)[:bytes])
}

// line tells a change from every other; how the product is called is no part of it.
func (c Change) line() string {
	return fmt.Sprintf("%d %s %s %s %s %s %s", c.Product, c.Field, c.Write, value(c.Base), value(c.Ours), value(c.Theirs), c.Value)
}

// value writes a number without needless zeros, and none as a dash.
func value(d decimal.NullDecimal) string {
	if !d.Valid {
		return "-"
	}
	return d.Decimal.String()
}
