package domain

import (
	"strings"
	"unicode"
)

// Barcode is what stands in a barcode field, as it was read; its Key says what it is worth (rules.md §1).
type Barcode string

// BarcodeClass is what a barcode is worth in matching.
type BarcodeClass string

// The classes of barcodes (rules.md §1).
const (
	BarcodeNone       BarcodeClass = ""           // blank, all digits equal, or neither letter nor digit
	BarcodeGTIN       BarcodeClass = "gtin"       // GTIN-8, -12, -13 or -14 with a right check digit
	BarcodeRestored   BarcodeClass = "restored"   // 11 digits that are a GTIN-12 with the leading zero lost
	BarcodeOther      BarcodeClass = "other"      // a shop's own text, or digits that are no GTIN
	BarcodeRestricted BarcodeClass = "restricted" // an in-store number: every shop uses it for something else
	BarcodeInvalid    BarcodeClass = "invalid"    // a number that a spreadsheet has spoilt: 8,69E+12
	BarcodeSeveral    BarcodeClass = "several"    // more than one number in one cell: a person has to choose
)

// Pairs tells whether two barcodes of this class and equal keys are an edge of the barcode tier.
func (c BarcodeClass) Pairs() bool {
	return c == BarcodeGTIN || c == BarcodeRestored || c == BarcodeOther
}

// The lengths between which GTINs are; the shorter ones are padded to the longest.
const (
	shortestGTIN = 8
	gtinLength   = 14
)

// Key gives the text by which the barcode is compared, and what it is worth. The key of a GTIN (restored
// and restricted ones too) has 14 digits, that of another barcode is its visible text; an invalid or
// absent one, and several, have none. Keys of different classes are never equal, but for GTIN and restored ones.
func (b Barcode) Key() (key string, class BarcodeClass) {
	s := clean(string(b))
	plain := digits(s)
	if !plain && !strings.ContainsFunc(s, wordy) {
		return "", BarcodeNone
	}
	number := element(s)
	if number == "" && !plain && several(s) {
		return "", BarcodeSeveral
	}
	if number == "" {
		number = printed(s)
	}
	if number != "" && uniform(number) && (plain || len(number) >= shortestGTIN) {
		return "", BarcodeNone
	}
	key, class = gtin(number)
	switch {
	case class != BarcodeOther:
		return key, class
	case !plain && spoilt(s):
		return "", BarcodeInvalid
	}
	return s, BarcodeOther
}

// gtin gives the key of a number that is a GTIN, and what it is worth; BarcodeOther is none.
func gtin(number string) (key string, class BarcodeClass) {
	number = unpadded(number)
	class = BarcodeGTIN
	switch {
	case gtinLong(len(number)):
	case len(number) == 11:
		class = BarcodeRestored
	default:
		return "", BarcodeOther
	}
	key = padded(number)
	switch {
	case !checked(key):
		return "", BarcodeOther
	case restricted(key):
		return key, BarcodeRestricted
	}
	return key, class
}

// unpadded leaves out the zeros in front beyond the longest GTIN.
func unpadded(number string) string {
	for len(number) > gtinLength && number[0] == '0' {
		number = number[1:]
	}
	return number
}

// PairingKey is the key when it is good for telling products apart, else "".
func (b Barcode) PairingKey() string {
	key, class := b.Key()
	if !class.Pairs() {
		return ""
	}
	return key
}

// GTIN gives the barcode as a GTIN of 14 digits if it surely is one: right as it was read, and not an
// in-store number. Only such a barcode may veto a pair (rules.md §2).
func (b Barcode) GTIN() (string, bool) {
	key, class := b.Key()
	if class != BarcodeGTIN {
		return "", false
	}
	return key, true
}

// Printed gives the digits of a GTIN that wears what printed numbers wear (hyphens, blanks, "EAN:", asterisks, brackets, zeros
// in front beyond 14 places) without it; ok = false when the barcode is no such number, or wears nothing.
func (b Barcode) Printed() (number string, ok bool) {
	text := clean(string(b))
	if digits(text) && len(text) <= gtinLength {
		return "", false
	}
	if _, class := b.Key(); class != BarcodeGTIN && class != BarcodeRestored && class != BarcodeRestricted {
		return "", false
	}
	if number = element(text); number == "" {
		number = printed(text)
	}
	return unpadded(number), true
}

func gtinLong(n int) bool { return n == shortestGTIN || n >= 12 && n <= gtinLength }

func padded(number string) string { return strings.Repeat("0", gtinLength-len(number)) + number }

func wordy(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// spoilt tells whether s is a number that was written by a spreadsheet. Points and commas stand in no
// barcode; an E is one of a number only between digits, shops' own codes have it anywhere.
func spoilt(s string) bool {
	if strings.ContainsAny(s, ",.") {
		return true
	}
	s = strings.TrimLeft(s, "+-")
	mantissa, exponent, _ := strings.Cut(strings.ReplaceAll(s, "e", "E"), "E")
	return digits(mantissa) && digits(strings.TrimLeft(exponent, "+-"))
}

func digits(s string) bool {
	return s != "" && !strings.ContainsFunc(s, func(r rune) bool { return !isDigit(r) })
}

func isDigit(r rune) bool { return r >= '0' && r <= '9' }

// checked tells whether the last digit of a padded GTIN is its check digit: the others weigh 3 and 1 in
// turn, and the sum of all is a multiple of ten.
func checked(padded string) bool {
	sum := 0
	for i, r := range []byte(padded) {
		n := int(r - '0')
		if i%2 == 0 {
			n *= 3
		}
		sum += n
	}
	return sum%10 == 0
}

// restricted tells whether a padded GTIN is from the ranges that GS1 leaves to each shop: GTIN-13 with
// prefix 02, 04 or 20–29 (so also GTIN-12 with 2 or 4), GTIN-8 with 0 or 2.
func restricted(padded string) bool {
	if small, ok := strings.CutPrefix(padded, "000000"); ok {
		return small[0] == '0' || small[0] == '2'
	}
	switch padded[:3] {
	case "002", "004":
		return true
	default:
		return padded[:2] == "02"
	}
}
