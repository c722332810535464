package files

import (
	"strings"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain/listing"
)

// mark is what separates the decimals of a number.
type mark byte

const (
	markUnknown mark = 0
	markPoint   mark = '.'
	markComma   mark = ','
	markMixed   mark = '?' // the column has both
)

// amount is the number of a cell, with its sign, without what people write around it; the text where there is none.
func amount(text string) string {
	f := figureOf(text)
	if f.other != "" {
		return text
	}
	return f.number
}

// markOf tells which decimal mark a cell proves: 1.234,50 and 273,0072 a comma, 29.1667 a point;
// 1.234 and 35 prove nothing, and neither does what is no number: "sorunuz.".
func markOf(text string) mark {
	s := strings.TrimLeft(amount(text), "+-")
	last, other := markPoint, markComma
	if strings.HasSuffix(strings.TrimRight(s, "0123456789"), ",") {
		last, other = markComma, markPoint
	}
	switch {
	case !numeral(s):
		return markUnknown
	case strings.Contains(s, string(other)):
		return last
	case strings.Count(s, string(last)) > 1:
		return other
	case thousands(s, last), !strings.Contains(s, string(last)):
		return markUnknown
	}
	return last
}

// unsureOf gives the mark of a number that proves nothing: 1.234 has a point.
func unsureOf(text string) mark {
	s := strings.TrimLeft(amount(text), "+-")
	i := strings.IndexAny(s, ".,")
	if i < 0 || !numeral(s) || markOf(s) != markUnknown {
		return markUnknown
	}
	return mark(s[i])
}

// numeral tells whether s is made of digits and marks, and has a digit.
func numeral(s string) bool {
	return strings.Trim(s, "0123456789.,") == "" && strings.Trim(s, ".,") != ""
}

// thousands tells whether every sep in s stands where one between thousands would: 1.234, not 0.123.
func thousands(s string, sep mark) bool {
	groups := strings.Split(s, string(sep))
	if len(groups[0]) < 1 || len(groups[0]) > 3 || groups[0][0] == '0' {
		return false
	}
	for _, g := range groups[1:] {
		if len(g) != 3 {
			return false
		}
	}
	return true
}

// read reads the number of a column whose decimal mark is column. Only digits, one sign and the two marks count, and what is known to
// stand around a number: nothing is rounded, guessed or taken in part.
func (f figure) read(column mark) (decimal.Decimal, listing.Reason) {
	s, sign := f.number, ""
	if strings.HasPrefix(s, "-") || strings.HasPrefix(s, "+") {
		sign, s = strings.Trim(s[:1], "+"), s[1:]
	}
	if len(s) > 64 || !numeral(s) || f.other != "" {
		return decimal.Decimal{}, listing.BadNumber
	}
	point := markOf(s)
	if point == markUnknown && strings.ContainsAny(s, ".,") {
		if point = column; point != markPoint && point != markComma {
			return decimal.Decimal{}, listing.AmbiguousNumber
		}
	}
	whole, fraction := s, ""
	if i := strings.IndexByte(s, byte(point)); i >= 0 {
		whole, fraction = s[:i], s[i+1:]
	}
	between := markPoint
	if point == markPoint {
		between = markComma
	}
	if strings.Contains(whole, string(between)) {
		if !thousands(whole, between) {
			return decimal.Decimal{}, listing.BadNumber
		}
		whole = strings.ReplaceAll(whole, string(between), "")
	}
	if whole == "" {
		whole = "0"
	}
	if fraction != "" {
		fraction = "." + fraction
	}
	d, err := decimal.NewFromString(sign + whole + fraction)
	if err != nil {
		return decimal.Decimal{}, listing.BadNumber
	}
	return d, ""
}

// isNumeral tells whether a text is a number, with or without what people write around one.
func isNumeral(text string) bool { return numeral(amount(strings.TrimLeft(amount(text), "+-"))) }

// isZero knows 0, 0,00 and 0 TL.
func isZero(text string) bool {
	if !strings.ContainsRune(text, '0') || strings.ContainsAny(text, "123456789") {
		return false
	}
	s := amount(text)
	return numeral(s) && strings.Trim(s, "0.,") == ""
}

func joined(a, b mark) mark {
	switch {
	case a == markUnknown || a == b:
		return b
	case b == markUnknown:
		return a
	default:
		return markMixed
	}
}

func onlyDigits(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }
