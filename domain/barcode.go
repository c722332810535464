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
)

// Pairs tells whether two barcodes of this class and equal keys are an edge of the barcode tier.
func (c BarcodeClass) Pairs() bool {
	return c == BarcodeGTIN || c == BarcodeRestored || c == BarcodeOther
}

// gtinLength is that of the longest GTIN, to which the others are padded.
const gtinLength = 14

// Key gives the text by which the barcode is compared, and what it is worth. The key of a GTIN (restored
// and restricted ones too) has 14 digits, that of another barcode is its visible text; an invalid or
// absent one has none. Keys of different classes are never equal, but for GTIN and restored ones.
func (b Barcode) Key() (key string, class BarcodeClass) {
	s := clean(string(b))
	switch {
	case !strings.ContainsFunc(s, wordy):
		return "", BarcodeNone
	case spoilt(s):
		return "", BarcodeInvalid
	case !digits(s):
		return s, BarcodeOther
	case s == strings.Repeat(s[:1], len(s)):
		return "", BarcodeNone
	}
	class = BarcodeGTIN
	switch len(s) {
	case 8, 12, 13, gtinLength:
	case 11:
		class = BarcodeRestored
	default:
		return s, BarcodeOther
	}
	padded := strings.Repeat("0", gtinLength-len(s)) + s
	switch {
	case !checked(padded):
		return s, BarcodeOther
	case restricted(padded):
		return padded, BarcodeRestricted
	default:
		return padded, class
	}
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
