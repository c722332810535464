package domain

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Code is a product's code (SKU). Codes are text: 007 ≠ 7; they are compared by their keys (rules.md §1).
type Code string

// K0 is the code itself, without what cannot be seen: NFC, no zero-width characters, trimmed. Two codes
// are the same when their K0 are.
func (c Code) K0() string { return clean(string(c)) }

// K1 is K0 without differences of spelling: compatibility forms, runs of white space, dashes, case and
// the dots of i. Diacritics count: S and Ş are two letters.
func (c Code) K1() string {
	// Decomposed, the dot of i stands by itself and can be dropped, whatever other marks there are.
	s := norm.NFD.String(strings.Map(dashed, norm.NFKC.String(c.K0())))
	var b strings.Builder
	b.Grow(len(s))
	afterI := false
	for _, r := range s {
		switch {
		case isI(r):
			afterI = true
			b.WriteByte('I')
		case unicode.Is(unicode.Mn, r):
			if r != combiningDot || !afterI {
				b.WriteRune(r)
			}
		default:
			afterI = false
			b.WriteRune(unicode.ToUpper(r))
		}
	}
	return strings.Join(strings.Fields(norm.NFC.String(b.String())), " ")
}

const combiningDot = '\u0307'

func dashed(r rune) rune {
	if unicode.Is(unicode.Dash, r) {
		return '-'
	}
	return r
}

// K2 is K1 without diacritics, punctuation and blanks. It is good for suggestions only.
func (c Code) K2() string {
	return norm.NFC.String(strings.Map(func(r rune) rune {
		if unicode.IsMark(r) || unicode.IsPunct(r) || unicode.IsSpace(r) {
			return -1
		}
		return r
	}, norm.NFD.String(c.K1())))
}
