package domain

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// clean is what every reading of text begins with: Unicode NFC, without the characters that cannot be
// seen, without surrounding white space (NBSP included).
func clean(s string) string {
	// What is invisible goes first: it may stand between a letter and its combining mark.
	return strings.TrimFunc(norm.NFC.String(strings.Map(visible, s)), unicode.IsSpace)
}

// visible drops the characters that have no width: zero-width blanks and joiners, direction marks, soft
// hyphens, the byte order mark. Spreadsheets and web pages leave them behind unseen.
func visible(r rune) rune {
	switch {
	case r == 0x00AD, r == 0x180E, r == 0xFEFF,
		r >= 0x200B && r <= 0x200F,
		r >= 0x202A && r <= 0x202E,
		r >= 0x2060 && r <= 0x206F:
		return -1
	default:
		return r
	}
}

// isI tells whether r, of decomposed text, is one of the letters that Turkish makes of i: İ is an I there,
// and a dot.
func isI(r rune) bool { return r == 'i' || r == 'I' || r == 'ı' }
