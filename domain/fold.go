package domain

import (
	"strings"
	"sync"
	"unicode"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"
	"golang.org/x/text/unicode/norm"
)

// Fold makes the form in which text is searched: lower case the Turkish way with all letters i as one,
// without diacritics and invisible characters, white space collapsed and trimmed. Two texts are equal
// for a search when their folds are; a list is searched by looking for the fold of what was typed in
// the folds of its rows. Codes and barcodes are never compared by it (rules.md §1).
func Fold(s string) string {
	folded := strings.Map(bare, norm.NFKD.String(strings.Map(visible, s)))
	return strings.Join(strings.Fields(norm.NFC.String(folded)), " ")
}

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

// collators are kept because one is costly to make and serves one goroutine at a time.
var collators = sync.Pool{New: func() any { return collate.New(language.Turkish) }}

// SortKey makes the bytes by which text is sorted in Turkish: a, b, c, ç … ı, i … ; compare them with
// bytes.Compare, or as a BLOB in SQL. It may be called from several goroutines.
func SortKey(s string) []byte {
	collator := collators.Get().(*collate.Collator)
	defer collators.Put(collator)
	var buf collate.Buffer
	return collator.KeyFromString(&buf, clean(s))
}
