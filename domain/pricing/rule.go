// Package pricing turns a base price into the price of a marketplace (rules.md §3). Everything is
// decimal and pure; rules act on marketplace outputs only, never on the base price.
package pricing

import (
	"time"

	"github.com/shopspring/decimal"
)

// Direction is a rule's "Kural Tipi".
type Direction string

// Kind is a rule's "İşlem Tipi".
type Kind string

// The directions and kinds.
const (
	Increase Direction = "increase"
	Discount Direction = "discount"
	Percent  Kind      = "percent"
	Amount   Kind      = "amount"
)

// EndingMode says how a price ending is reached.
type EndingMode string

// The ending modes; "equally near goes up".
const (
	EndingUp      EndingMode = "up"
	EndingNearest EndingMode = "nearest"
)

// Rule is one price rule.
type Rule struct {
	Direction Direction `json:"direction"`
	Kind      Kind      `json:"kind"`
	// Amount is percent (at most four decimals) or money (at most two).
	Amount decimal.Decimal `json:"amount"`
	// Extra is "Ek Fiyat", added also to a discounted price; at most two decimals.
	Extra decimal.Decimal `json:"extra"`
	// Ending is "", ".00", ".50", ".90", ".95" or ".99".
	Ending     string     `json:"ending,omitempty"`
	EndingMode EndingMode `json:"ending_mode,omitempty"`
}

// MarketplaceID is a stable id of the marketplace data file ("trendyol").
type MarketplaceID string

// Rules are a company's price rules. Without PerMarketplace the Global one holds everywhere; with it
// a marketplace's own rule, and no rule means the base price. What is switched off is kept.
type Rules struct {
	PerMarketplace bool
	Global         *Rule // nil: no rule
	Each           map[MarketplaceID]Rule
	Version        int64 // grows with every save; given by the store
}

// SavedRules are rules with the moment in which they were saved.
type SavedRules struct {
	Rules
	At time.Time
}

// For gives the rule that holds for marketplace m, nil for none.
func (r Rules) For(m MarketplaceID) *Rule {
	if !r.PerMarketplace {
		return r.Global
	}
	return r.Of(m)
}

// Of gives marketplace m's own rule, whether it is switched on or not; nil for none.
func (r Rules) Of(m MarketplaceID) *Rule {
	if rule, ok := r.Each[m]; ok {
		return &rule
	}
	return nil
}
