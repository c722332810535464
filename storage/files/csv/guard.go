package csv

import (
	"strings"
	"unicode/utf8"
)

// A spreadsheet takes a text of a CSV for a formula when it begins with one of these, and does what it says.
func beginsFormula(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return s != "" && strings.ContainsRune("=+-@\t\r\n＝＋－＠", r)
}

// Guarded puts a quote before such a text, by which it stays one, and one more before a text that looks guarded.
func Guarded(s string) string {
	if beginsFormula(strings.TrimLeft(s, "'")) {
		return "'" + s
	}
	return s
}

// unguarded takes the quote off that guarded has put there.
func unguarded(s string) string {
	if s != "" && s[0] == '\'' && beginsFormula(strings.TrimLeft(s, "'")) {
		return s[1:]
	}
	return s
}
