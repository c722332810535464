package files

import (
	"strings"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain/listing"
)

// significant is how many digits a spreadsheet's number is good for; what stands behind them is the
// noise of its binary form.
const significant = 15

// plainNumber writes the number of an XLSX cell as plain decimal: 159.11999999999998 is 159.12 and
// 8.69063205915E12 is 8690632059150. Whole numbers are kept to the last digit. ok = false: no number,
// text as it was.
func plainNumber(raw string) (text string, ok bool) {
	if raw == "" || len(raw) > 64 {
		return raw, false
	}
	d, err := decimal.NewFromString(strings.TrimSpace(raw))
	if err != nil || d.Exponent() > 40 || d.Exponent() < -400 {
		return raw, false
	}
	if over := d.NumDigits() - significant; over > 0 && !d.IsInteger() {
		d = d.Round(-d.Exponent() - int32(over)) // #nosec G115 -- at most 64 digits
	}
	return d.String(), true
}

// amount is a cell's text without what people write around a number.
func amount(text string) string {
	s := strings.Map(func(r rune) rune {
		switch r {
		case ' ', '\t', '\u00a0', '\u202f', '\u2009', '\'', '’':
			return -1
		}
		return r
	}, text)
	for _, sign := range []string{"TL", "tl", "Tl", "TRY", "USD", "EUR", "GBP", "₺", "$", "€", "£", "%"} {
		s = strings.TrimSuffix(strings.TrimPrefix(s, sign), sign)
	}
	return s
}

// markOf tells which decimal mark a cell proves: 1.234,50 and 273,0072 a comma, 29.1667 a point;
// 1.234 and 35 prove nothing, and neither does what is no number: "sorunuz.".
func markOf(text string) mark {
	s := amount(strings.TrimLeft(amount(text), "+-"))
	if !numeral(s) {
		return markUnknown
	}
	points, commas := strings.Count(s, "."), strings.Count(s, ",")
	lastPoint, lastComma := strings.LastIndexByte(s, '.'), strings.LastIndexByte(s, ',')
	switch {
	case points > 0 && commas > 0 && lastPoint > lastComma, commas > 1 && points == 0:
		return markPoint
	case points > 0 && commas > 0, points > 1:
		return markComma
	case points == 1 && !thousands(s, '.'):
		return markPoint
	case commas == 1 && !thousands(s, ','):
		return markComma
	}
	return markUnknown
}

// numeral tells whether s is made of digits and marks, and has a digit.
func numeral(s string) bool {
	return strings.Trim(s, "0123456789.,") == "" && strings.Trim(s, ".,") != ""
}

// thousands tells whether every sep in s stands where one between thousands would: 1.234, not 0.123.
func thousands(s string, sep byte) bool {
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
// marks count: nothing is rounded, guessed or taken in part.
func parseNumber(text string, column mark) (decimal.Decimal, listing.Reason) {
	s := amount(text)
	sign := ""
	if strings.HasPrefix(s, "-") || strings.HasPrefix(s, "+") {
		sign, s = strings.Trim(s[:1], "+"), amount(s[1:])
	}
	if len(s) > 64 || !numeral(s) {
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
	between := byte('.')
	if point == markPoint {
		between = ','
	}
	if strings.IndexByte(whole, between) >= 0 {
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
