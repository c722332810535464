package files

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/sopyo/sopyo-desktop/domain"
)

// figure is the cell of a number, taken apart into the number and what people write around it.
type figure struct {
	number   string // with its sign, as it is written
	currency domain.Currency
	percent  bool
	unit     bool   // pieces
	other    string // what is none of these
}

const numberRunes = "0123456789.,+-"

// figureOf takes a cell apart: "-₺ 12,50", "12,-TL", "TL.12", "12,50 TL/Adet", "% 20", "10 ad.".
func figureOf(text string) (f figure) {
	if isBare(text) { // nearly all are
		return figure{number: text}
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
		return figure{number: s}
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
	f.number = number
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
func (f *figure) wears(text string) {
	for part := range strings.SplitSeq(text, "/") {
		c, known := currencyOf(part)
		switch key := domain.NameKey(part); {
		case part == "":
		case part == "%":
			f.percent = true
		case isPiece(key):
			f.unit = true
		case known && (f.currency == "" || f.currency == c):
			f.currency = c
		default:
			f.other += part + " "
			if known { // and another one already
				f.other += string(f.currency)
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
