package pricing

import (
	"slices"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
)

// The decimals a rule may have.
const (
	moneyDecimals   = 2
	percentDecimals = 4
)

var hundred = decimal.NewFromInt(100)

// Endings lists the price endings in the order they are offered; "" is none.
func Endings() []string { return []string{"", ".00", ".50", ".90", ".95", ".99"} }

// Validate refuses what a rule may not be (rules.md §3). The error's Field is direction, kind, amount,
// extra or ending, its Detail choose, negative, decimals or too-much.
func (r Rule) Validate() error {
	switch {
	case r.Direction != Increase && r.Direction != Discount:
		return domain.Invalid("direction", "choose")
	case r.Kind != Percent && r.Kind != Amount:
		return domain.Invalid("kind", "choose")
	case r.Amount.IsNegative():
		return domain.Invalid("amount", "negative")
	case r.Kind == Percent && finer(r.Amount, percentDecimals), r.Kind == Amount && finer(r.Amount, moneyDecimals):
		return domain.Invalid("amount", "decimals")
	case r.Kind == Percent && r.Direction == Discount && r.Amount.GreaterThan(hundred):
		return domain.Invalid("amount", "too-much")
	case r.Extra.IsNegative():
		return domain.Invalid("extra", "negative")
	case finer(r.Extra, moneyDecimals):
		return domain.Invalid("extra", "decimals")
	case !slices.Contains(Endings(), r.Ending):
		return domain.Invalid("ending", "choose")
	case r.Ending != "" && r.EndingMode != EndingUp && r.EndingMode != EndingNearest:
		return domain.Invalid("ending", "choose")
	}
	return nil
}

// finer tells whether d has more decimals than that; trailing zeros are none.
func finer(d decimal.Decimal, decimals int32) bool { return !d.Equal(d.Truncate(decimals)) }
