package files

import (
	"strings"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain/exports"
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

// withoutNoise writes the number of an XLSX cell as plain decimal: 159.11999999999998 is 159.12 and
// 8.69063205915E12 is 8690632059150. Such a cell is binary: what stands behind exports.SheetDigits is its noise.
// Whole numbers are kept to the last digit. ok = false: no number,
// text as it was.
func withoutNoise(raw string) (text string, ok bool) {
	if len(raw) > 64 {
		return raw, false
	}
	d, err := decimal.NewFromString(strings.TrimSpace(raw))
	if err != nil || d.Exponent() > 40 || d.Exponent() < -400 {
		return raw, false
	}
	if !d.IsInteger() {
		d = d.Round(exports.SheetDigits - int32(d.NumDigits()) - d.Exponent()) // #nosec G115 -- at most 64 digits
	}
	return d.String(), true
}

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

// parseNumber reads a cell of a column whose decimal mark is column. Only digits, one sign and the two
// marks count, and what is known to stand around a number: nothing is rounded, guessed or taken in part.
func parseNumber(text string, column mark) (decimal.Decimal, listing.Reason) {
	return figureOf(text).read(column)
}

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
