// Package figure reads numbers as people write them: with marks of thousands and decimals, a currency, a percent sign or a unit around them.
// Nothing is rounded, guessed or taken in part; what a mark means is learned from the cells of a column, and asked where none shows it.
package figure

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/sopyo/sopyo-desktop/domain"
)

// Figure is the cell of a number, taken apart into the number and what people write around it.
type Figure struct {
	Number   string // with its sign, as it is written
	Currency domain.Currency
	Percent  bool   // it has a percent sign
	Unit     bool   // pieces
	other    string // what is none of these
}

const numberRunes = "0123456789.,+-"

// Of takes a cell apart, whatever it holds: "-₺ 12,50", "12,-TL", "TL.12", "12,50 TL/Adet", "% 20", "10 ad.".
func Of(text string) (f Figure) {
	if isBare(text) { // nearly all are
		return Figure{Number: text}
	}
	s := strings.Map(func(r rune) rune {
		switch r {
		case ' ', '\t', '\u00a0', '\u202f', '\u2009', '\'', '’':
			return -1
		}
		return r
	}, text)
	first, last := strings.IndexAny(s, "0123456789"), strings.LastIndexAny(s, "0123456789")
	if first < 0 || isBare(s) {
		return Figure{Number: s}
	}
	front, number, behind := s[:first], s[first:last+1], s[last+1:]
	for front != "" && strings.ContainsRune(numberRunes, rune(front[len(front)-1])) {
		before, _ := utf8.DecodeLastRuneInString(front[:len(front)-1])
		if mark := front[len(front)-1]; (mark == '.' || mark == ',') && unicode.IsLetter(before) { // it ends a word
			break
		}
		front, number = front[:len(front)-1], front[len(front)-1:]+number
	}
	if front != "" && (front[0] == '-' || front[0] == '+') {
		front, number = front[1:], front[:1]+number
	}
	if rest := strings.TrimLeft(behind, ".,"); len(behind)-len(rest) == 1 {
		if strings.HasPrefix(rest, "-") { // 12,-
			rest = strings.TrimLeft(rest, "-")
		} else {
			number += behind[:1]
		}
		behind = rest
	}
	f.Number = number
	for _, around := range []string{front, behind} {
		f.wears(around)
	}
	return f
}

// isBare tells whether nothing stands around the number, at most a mark behind it.
func isBare(s string) bool {
	for i := range len(s) {
		if c := s[i]; (c < '0' || c > '9') && c != '.' && c != ',' && (c != '-' && c != '+' || i == len(s)-1) {
			return false
		}
	}
	return true
}

// wears notes what stands in front of the number, or behind it.
func (f *Figure) wears(text string) {
	for part := range strings.SplitSeq(text, "/") {
		c, known := CurrencyOf(part)
		switch key := domain.NameKey(part); {
		case part == "":
		case part == "%":
			f.Percent = true
		case isPiece(key):
			f.Unit = true
		case known && (f.Currency == "" || f.Currency == c):
			f.Currency = c
		default:
			f.other += part + " "
			if known { // and another one already
				f.other += string(f.Currency)
			}
		}
	}
}

func isPiece(key string) bool {
	switch key {
	case "adet", "ad", "adt", "tane", "pcs", "piece", "pieces":
		return true
	}
	return false
}

func isMeasure(key string) bool {
	switch key {
	case "kg", "gr", "lt", "mt", "m2", "m3", "koli", "kutu", "paket":
		return true
	}
	return false
}

// Plain tells whether the number is digits, a sign and marks alone.
func (f Figure) Plain() bool { return isBare(f.Number) }

// Foreign tells whether what stands around the number is a currency, though none that is known.
func (f Figure) Foreign() bool { return f.other != "" && isForeign(f.other) }
