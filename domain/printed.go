package domain

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// printed gives the digits of a number as people print it, "" when s is none: blanks and dashes between digits, what the
// number is called in front of it, asterisks around it and full-width forms are taken off (rules.md §1).
func printed(s string) string {
	if digits(s) {
		return s
	}
	s = unstarred(unlabelled(unstarred(norm.NFKC.String(s))))
	var b strings.Builder
	dash := false
	for _, r := range s {
		switch {
		case isDigit(r):
			b.WriteRune(r)
			dash = false
		case unicode.IsSpace(r):
		case unicode.Is(unicode.Dash, r) && b.Len() > 0 && !dash:
			dash = true
		default:
			return ""
		}
	}
	if dash { // it stands behind the last digit
		return ""
	}
	return b.String()
}

// unstarred takes off the asterisks that a font of Code 39 prints around a number.
func unstarred(s string) string {
	s = strings.TrimSpace(s)
	if inner, ok := strings.CutPrefix(s, "*"); ok && strings.HasSuffix(inner, "*") {
		return strings.TrimSpace(strings.TrimSuffix(inner, "*"))
	}
	return s
}

// unlabelled takes off what a number is called: "EAN:", "ISBN-13:", "UPC ".
func unlabelled(s string) string {
	end := strings.IndexFunc(s, func(r rune) bool { return !unicode.IsLetter(r) })
	if end <= 0 || !slices.Contains([]string{"EAN", "UPC", "GTIN", "ISBN"}, Code(s[:end]).K1()) {
		return s
	}
	rest := s[end:]
	for _, length := range []string{"8", "12", "13", "14"} {
		behind, ok := strings.CutPrefix(strings.TrimLeftFunc(rest, func(r rune) bool { return unicode.Is(unicode.Dash, r) }), length)
		if ok && strings.TrimLeft(behind, ": \u00a0") != behind {
			rest = behind
			break
		}
	}
	return strings.TrimPrefix(strings.TrimSpace(rest), ":")
}

// several tells whether more than one number stands in s: "a, b", "a/b", one below the other. Between marks a number is
// one by its length, between blanks and words by its check digit.
func several(s string) bool {
	numbers := 0
	for part := range strings.FieldsFuncSeq(s, func(r rune) bool { return strings.ContainsRune(",;/|&+()\n\r\t", r) }) {
		if n := printed(part); len(n) >= shortestGTIN && !uniform(n) {
			numbers++
		}
	}
	if numbers > 1 {
		return true
	}
	numbers = 0
	for run := range strings.FieldsFuncSeq(s, func(r rune) bool { return !isDigit(r) }) {
		if gtinLong(len(run)) && !uniform(run) && checked(padded(run)) {
			numbers++
		}
	}
	return numbers > 1
}

// uniform tells whether all digits are equal: people write such numbers for none.
func uniform(s string) bool { return strings.Trim(s, s[:1]) == "" }
