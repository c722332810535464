package figure

import (
	"strings"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain/listing"
)

// Mark is what separates the decimals of a number.
type Mark byte

// The marks. MarkUnknown is that of numbers that do not show one.
const (
	MarkUnknown Mark = 0
	MarkPoint   Mark = '.'
	MarkComma   Mark = ','
	MarkMixed   Mark = '?' // the column has both
)

// Amount is the number of a cell, with its sign, without what people write around it; the text where there is none.
func Amount(text string) string {
	f := Of(text)
	if f.other != "" {
		return text
	}
	return f.Number
}

// MarkOf tells which decimal mark a cell proves: 1.234,50 and 273,0072 a comma, 29.1667 a point;
// 1.234 and 35 prove nothing, and neither does what is no number: "sorunuz.".
func MarkOf(text string) Mark {
	s := strings.TrimLeft(Amount(text), "+-")
	last, other := MarkPoint, MarkComma
	if strings.HasSuffix(strings.TrimRight(s, "0123456789"), ",") {
		last, other = MarkComma, MarkPoint
	}
	switch {
	case !IsNumeral(s):
		return MarkUnknown
	case strings.Contains(s, string(other)):
		return last
	case strings.Count(s, string(last)) > 1:
		return other
	case Thousands(s, last), !strings.Contains(s, string(last)):
		return MarkUnknown
	}
	return last
}

// UnsureOf gives the mark of a number that proves nothing: 1.234 has a point.
func UnsureOf(text string) Mark {
	s := strings.TrimLeft(Amount(text), "+-")
	i := strings.IndexAny(s, ".,")
	if i < 0 || !IsNumeral(s) || MarkOf(s) != MarkUnknown {
		return MarkUnknown
	}
	return Mark(s[i])
}

// IsNumeral tells whether s is made of digits and marks, and has a digit.
func IsNumeral(s string) bool {
	return strings.Trim(s, "0123456789.,") == "" && strings.Trim(s, ".,") != ""
}

// Thousands tells whether every sep in s stands where one between thousands would: 1.234, not 0.123.
func Thousands(s string, sep Mark) bool {
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

// Read reads the number of a column whose decimal mark is column; why it cannot be read is listing.BadNumber, or listing.AmbiguousNumber
// where the column does not tell what its one mark means. Only digits, one sign and the two marks count, and what is known to
// stand around a number: nothing is rounded, guessed or taken in part.
func (f Figure) Read(column Mark) (decimal.Decimal, listing.Reason) {
	s, sign := f.Number, ""
	if strings.HasPrefix(s, "-") || strings.HasPrefix(s, "+") {
		sign, s = strings.Trim(s[:1], "+"), s[1:]
	}
	if len(s) > 64 || !IsNumeral(s) || f.other != "" {
		return decimal.Decimal{}, listing.BadNumber
	}
	point := MarkOf(s)
	if point == MarkUnknown && strings.ContainsAny(s, ".,") {
		if point = column; point != MarkPoint && point != MarkComma {
			return decimal.Decimal{}, listing.AmbiguousNumber
		}
	}
	whole, fraction := s, ""
	if i := strings.IndexByte(s, byte(point)); i >= 0 {
		whole, fraction = s[:i], s[i+1:]
	}
	between := MarkPoint
	if point == MarkPoint {
		between = MarkComma
	}
	if strings.Contains(whole, string(between)) {
		if !Thousands(whole, between) {
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

// IsFigure tells whether a text is a number, with or without what people write around one.
func IsFigure(text string) bool { return IsNumeral(Amount(strings.TrimLeft(Amount(text), "+-"))) }

// IsZero knows 0, 0,00 and 0 TL.
func IsZero(text string) bool {
	if !strings.ContainsRune(text, '0') || strings.ContainsAny(text, "123456789") {
		return false
	}
	s := Amount(text)
	return IsNumeral(s) && strings.Trim(s, "0.,") == ""
}

// Join is what two cells, or two columns, show together: the one mark that either has, MarkMixed where they differ.
func Join(a, b Mark) Mark {
	switch {
	case a == MarkUnknown || a == b:
		return b
	case b == MarkUnknown:
		return a
	default:
		return MarkMixed
	}
}

// OnlyDigits tells whether s is one digit of ASCII or more, and nothing else.
func OnlyDigits(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }
