package doctor

import (
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/sopyo/sopyo-desktop/domain"
)

// spoiltCode finds a code that a spreadsheet has made a number or a date of: 1,23E+05, 1234.0, Oca.24. What it was is known
// only where no digit can have been lost.
func spoiltCode(code domain.Code) (proposed string, why Reason) {
	text := code.K0()
	if whole, zeros, ok := cutMark(text); ok && digits(whole) && (zeros == "0" || zeros == "00") {
		return whole, ReasonCodeDecimals
	}
	plain := strings.ReplaceAll(strings.ReplaceAll(text, ",", "."), "e", "E")
	mantissa, exponent, scientific := strings.Cut(plain, "E")
	power := strings.TrimLeft(exponent, "+-")
	whole, fraction, marked := strings.Cut(mantissa, ".")
	switch {
	case dated(text):
		return "", ReasonCodeDate
	case !scientific || !digits(whole) || fraction != "" && !digits(fraction) || !digits(power) || len(exponent)-len(power) > 1:
		return "", ""
	case !marked && power == exponent: // 12E5 is a code as shops make them
		return "", ""
	}
	if n, _ := strconv.Atoi(power); len(whole) == 1 && exponent[0] != '-' && n == len(fraction) {
		return whole + fraction, ReasonCodeWhole
	}
	return "", ReasonCodeLost
}

func cutMark(text string) (whole, behind string, ok bool) {
	i := strings.IndexAny(text, ".,")
	if i < 0 {
		return text, "", false
	}
	return text[:i], text[i+1:], true
}

// dated knows the dates that spreadsheets write: Oca.24, 03.Oca, 3-Jan-2024, 03.01.2024, 2024-01-03 00:00:00. Three numbers
// are one only with a year of four digits; months in capitals are codes.
func dated(text string) bool {
	day, clock, timed := strings.Cut(text, " ")
	if timed && strings.Count(clock, ":") > 0 && strings.Trim(clock, "0123456789:.") == "" {
		text = day
	}
	parts := strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(".-/ ", r) })
	if marks := strings.Count(text, ".") + strings.Count(text, "-") + strings.Count(text, "/") + strings.Count(text, " "); marks != len(parts)-1 {
		return false
	}
	year := func(s string) bool { return digits(s) && len(s) == 4 && (s[:2] == "19" || s[:2] == "20") }
	switch len(parts) {
	case 2:
		return isMonth(parts[1]) && upTo(parts[0], 31) || isMonth(parts[0]) && digits(parts[1]) && (len(parts[1]) == 2 || year(parts[1]))
	case 3:
		short := digits(parts[2]) && len(parts[2]) == 2
		return isMonth(parts[1]) && upTo(parts[0], 31) && (short || year(parts[2])) ||
			upTo(parts[0], 31) && upTo(parts[1], 31) && year(parts[2]) || year(parts[0]) && upTo(parts[1], 12) && upTo(parts[2], 31)
	}
	return false
}

func upTo(s string, most int) bool {
	n, err := strconv.Atoi(s)
	return err == nil && digits(s) && len(s) <= 2 && n >= 1 && n <= most
}

// isMonth knows the months as Excel shortens them.
func isMonth(s string) bool {
	runes := []rune(s)
	return len(runes) == 3 && unicode.IsLower(runes[2]) && slices.Contains([]string{
		"oca", "sub", "mar", "nis", "may", "haz", "tem", "agu", "eyl", "eki", "kas", "ara",
		"jan", "feb", "apr", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
	}, domain.Fold(s))
}
