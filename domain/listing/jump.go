package listing

import (
	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
)

// Jump is a price that becomes another. One that a file moves further than domain.DefaultJump has a comma in the wrong place, or is of
// the column of another price.
type Jump struct {
	Line     int
	Sheet    string // of a workbook of which several are read
	Code     domain.Code
	Name     string
	Was, Is  decimal.Decimal
	Currency domain.Currency // of both
}

// JumpOf tells whether a product's price jumps as it becomes another.
func JumpOf(was, is domain.Product) (Jump, bool) {
	j := move(was, is)
	return j, was.Price.Valid && is.Price.Valid && was.Currency == is.Currency && domain.Jumps(j.Was, j.Is, decimal.NewFromInt(domain.DefaultJump))
}

func move(was, is domain.Product) Jump {
	return Jump{Code: is.Code, Name: is.Name, Was: was.Price.Decimal, Is: is.Price.Decimal, Currency: is.Currency}
}

// JumpLimit is how many jumps a Result lists.
const JumpLimit = 100

// jumps notes a jump.
func (r *Result) jumps(j Jump) {
	if r.JumpCount++; r.JumpCount <= JumpLimit {
		r.Jumps = append(r.Jumps, j)
	}
}
