package domain

import "github.com/shopspring/decimal"

// DefaultJump is how far a price may move, in percent of what it was, before a person is asked: further is mostly a comma in the wrong
// place.
const DefaultJump = 50

// Jumps tells whether a price moves by more than percent of what it was. From nothing no price jumps.
func Jumps(from, to, percent decimal.Decimal) bool {
	return from.IsPositive() && to.Sub(from).Abs().Mul(decimal.NewFromInt(100)).GreaterThan(percent.Mul(from))
}
