package invoicing

import (
	"slices"
	"strings"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/orders"
)

// FinalConsumer is the number of everybody who gives none.
const FinalConsumer = "11111111111"

// numberKind says what a buyer's number turns out to be.
type numberKind int

// The kinds, in the order in which they are looked for.
const (
	numberMasked numberKind = iota // some of it is hidden
	numberNone                     // FinalConsumer
	numberPlaceholder
	numberRight
	numberBad
)

// number gives the number that the invoice would go out with, and what it is.
func (b *Buyer) number() (string, numberKind) {
	n := strings.TrimSpace(b.TaxNumber)
	switch {
	case starred(n):
		return n, numberMasked
	case n == "", n == FinalConsumer:
		return FinalConsumer, numberNone
	case slices.Contains(placeholders(), n):
		return n, numberPlaceholder
	case domain.ValidVKN(n), domain.ValidTCKN(n):
		return n, numberRight
	default:
		return n, numberBad
	}
}

// Askable gives the number that the invoice would go out with, and whether the revenue administration has to be asked
// about it: it is one that there can be, and not everybody's.
func (b *Buyer) Askable() (number string, ask bool) {
	number, kind := b.number()
	return number, kind == numberRight
}

// placeholders are numbers that are typed where one is asked for and none is known. The first two are right
// by their check digits.
func placeholders() []string {
	return []string{
		"1234567890", "0123456789", "0000000000", "1111111111", "2222222222", "3333333333", "9999999999",
		"00000000000", "22222222222", "99999999999", "12345678901",
	}
}

// Personal tells whether the invoice is a person's: by the number where it looks like one, right or wrong,
// for a sole trader orders as a company and has a person's number; else by what the order says.
func (b *Buyer) Personal() bool {
	n, kind := b.number()
	switch {
	case kind == numberNone, !allDigits(n):
	case len(n) == domain.VKNLength:
		return false
	case len(n) == domain.TCKNLength:
		return true
	}
	return b.Type != orders.BuyerCompany
}

func allDigits(s string) bool { return strings.Trim(s, "0123456789") == "" }
