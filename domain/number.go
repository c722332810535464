package domain

import (
	"strings"
	"unicode"

	"github.com/shopspring/decimal"
)

// What is longer is no amount: the digits that are read, and the characters that are looked at.
const (
	maxDigits = 24
	maxTyped  = 100
)

// signs are what people write before or behind a number.
var signs = []string{"₺", "TL", "$", "€", "£", "%"}

// ParseNumber reads a number as people type it, the Turkish or the English way: 1.234,50 and 1,234.50,
// with or without thousands, a sign of money or percent, blanks. Where both readings are possible (1.234
// and 1,234: one mark with three digits behind it) lang decides, "tr" or "en". It refuses everything
// else, E notation too, with a KindInvalid whose detail is "number"; the caller knows the field.
func ParseNumber(s, lang string) (decimal.Decimal, error) {
	d, err := decimal.NewFromString(plainNumber(s, lang))
	if err != nil {
		return decimal.Decimal{}, Invalid("", "number")
	}
	return d, nil
}

// plainNumber writes a typed number with a point for the decimals and nothing for the thousands; what is
// none it gives without a digit.
func plainNumber(s, lang string) string {
	if len(s) > maxTyped {
		return ""
	}
	s = strings.Map(blank, clean(s))
	negative, s := unsigned(s)
	foreign := strings.Trim(s, "0123456789., ") != ""
	if foreign || countDigits(s) > maxDigits {
		return ""
	}
	point := decimalMark(s, lang)
	whole, fraction := s, ""
	if point >= 0 {
		whole, fraction = s[:point], s[point+1:]
		if !digits(fraction) {
			return ""
		}
	}
	whole, ok := ungrouped(whole)
	if !ok {
		return ""
	}
	text := whole
	if fraction != "" {
		text += "." + fraction
	}
	if negative {
		text = "-" + text
	}
	return text
}

func countDigits(s string) (n int) {
	for _, r := range s {
		if isDigit(r) {
			n++
		}
	}
	return n
}

// blank makes one blank of all.
func blank(r rune) rune {
	if unicode.IsSpace(r) {
		return ' '
	}
	return r
}

// unsigned takes off one sign of money or percent, at either end, and one plus or minus before or behind it.
func unsigned(s string) (negative bool, rest string) {
	s, mark := withoutMark(s)
	for _, sign := range signs {
		t, found := strings.CutPrefix(s, sign)
		if !found {
			t, found = strings.CutSuffix(s, sign)
		}
		if found {
			s = strings.TrimSpace(t)
			break
		}
	}
	if mark == "" {
		s, mark = withoutMark(s)
	}
	return mark == "-" || mark == "\u2212", s
}

// withoutMark takes off a plus or minus.
func withoutMark(s string) (rest, mark string) {
	for _, m := range []string{"-", "\u2212", "+"} {
		if t, found := strings.CutPrefix(s, m); found {
			return strings.TrimSpace(t), m
		}
	}
	return s, ""
}

// decimalMark finds the mark before the decimals of s, which has only digits, points, commas and blanks;
// -1 when there is none.
func decimalMark(s, lang string) int {
	last := strings.LastIndexAny(s, ".,")
	if last < 0 {
		return -1
	}
	mark, before, behind := s[last], s[:last], s[last+1:]
	switch {
	case strings.ContainsAny(before, "., ") && strings.IndexByte(before, mark) < 0:
		return last // 1.234,50: two kinds of marks, the last one is the decimal one
	case strings.IndexByte(before, mark) >= 0:
		return -1 // 1.234.567
	case len(behind) != 3 || len(before) == 0 || len(before) > 3 || before[0] == '0':
		return last // 249.90, 1234.567, 0.125
	case (lang == "en") == (mark == '.'):
		return last
	default:
		return -1 // 1.234 in Turkish
	}
}

// ungrouped takes the thousands marks, all of one kind, out of a whole number; no digits at all are 0.
func ungrouped(s string) (string, bool) {
	i := strings.IndexAny(s, "., ")
	if i < 0 {
		return s, true
	}
	groups := strings.Split(s, s[i:i+1])
	if len(groups[0]) > 3 {
		return "", false
	}
	for n, g := range groups {
		if !digits(g) || n > 0 && len(g) != 3 {
			return "", false
		}
	}
	return strings.Join(groups, ""), true
}
