package domain

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// ISBN13 gives the ISBN of 13 digits of a book whose barcode is its ISBN of ten, as books before 2007 have it: 975-323-123-X.
// Ten digits alone are one only where a Turkish book's begin so: one number in eleven has a right check digit. Such a barcode
// is no GTIN and pairs by its text (rules.md §1); that both are the same book a person says.
func (b Barcode) ISBN13() (isbn string, ok bool) {
	text := clean(string(b))
	bare := undressed(norm.NFKC.String(text))
	parts := strings.FieldsFunc(bare, func(r rune) bool { return unicode.Is(unicode.Dash, r) || unicode.IsSpace(r) })
	number := strings.ReplaceAll(strings.Join(parts, ""), "x", "X")
	const length = 10
	if len(number) != length || !digits(strings.TrimSuffix(number, "X")) {
		return "", false
	}
	sum := 0
	for i, r := range []byte(number) {
		n := int(r - '0')
		if r == 'X' {
			n = length
		}
		sum += (length - i) * n
	}
	sure := len(parts) == 4 || number[length-1] == 'X' || bare != text && strings.Contains(Code(text).K1(), "ISBN") ||
		slices.ContainsFunc([]string{"975", "9944", "605"}, func(begins string) bool { return strings.HasPrefix(number, begins) })
	if sum%11 != 0 || !sure || uniform(number) {
		return "", false
	}
	stem := "978" + number[:length-1]
	for d := '0'; d <= '9'; d++ {
		if isbn = stem + string(d); checked(padded(isbn)) {
			break
		}
	}
	return isbn, true
}
