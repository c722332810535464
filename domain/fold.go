package domain

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Fold makes the form in which text is searched: lower case the Turkish way with all letters i as one,
// without diacritics and invisible characters, white space collapsed and trimmed. Two texts are equal
// for a search when their folds are; a list is searched by looking for the fold of what was typed in
// the folds of its rows. Codes and barcodes are never compared by it (rules.md §1).
func Fold(s string) string {
	if folded, ok := foldLatin(s); ok {
		return folded
	}
	folded := strings.Map(bare, norm.NFKD.String(strings.Map(visible, s)))
	return strings.Join(strings.Fields(norm.NFC.String(folded)), " ")
}

// foldLatin folds text of composed Latin letters, digits and signs, which nearly all text is, at a tenth of the cost: each of
// these characters is folded by itself, whatever stands beside it. ok is false where another one is among them.
func foldLatin(s string) (folded string, ok bool) {
	to := latin()
	b := make([]byte, 0, len(s))
	for _, r := range s {
		switch {
		case r == ' ':
			if len(b) == 0 || b[len(b)-1] == ' ' {
				continue
			}
			b = append(b, ' ')
		case int(r) < len(to) && to[r] != 0:
			b = utf8.AppendRune(b, to[r])
		default:
			return "", false
		}
	}
	if n := len(b); n > 0 && b[n-1] == ' ' {
		b = b[:n-1]
	}
	return string(b), true
}

// latin has what each character up to U+017F becomes, 0 for those that do not become one character.
var latin = sync.OnceValue(func() *[0x180]rune {
	var to [0x180]rune
	for r := rune('!'); int(r) < len(to); r++ {
		if folded := []rune(norm.NFC.String(strings.Map(bare, norm.NFKD.String(strings.Map(visible, string(r)))))); len(folded) == 1 && !unicode.IsSpace(folded[0]) {
			to[r] = folded[0]
		}
	}
	return &to
})

// bare folds one character of decomposed text.
func bare(r rune) rune {
	switch {
	case unicode.Is(unicode.Mn, r):
		return -1
	case isI(r):
		return 'i'
	default:
		return unicode.ToLower(r)
	}
}

// NameKey leaves only the letters and digits of a folded name: "Satış Fiyatı (KDV Dahil)" and
// "SATIS_FIYATI KDV DAHIL" are one.
func NameKey(name string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, Fold(name))
}
