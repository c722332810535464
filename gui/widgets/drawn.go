package widgets

import (
	"strings"
	"unicode"
)

// Drawn gives a text without what would turn the direction of its letters or steer anything: names of others stand in it. Its
// lines stay.
func Drawn(text string) string {
	if !strings.ContainsFunc(text, unseen) {
		return text
	}
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\t' || r == '\u2028' || r == '\u2029':
			return ' '
		case unseen(r):
			return -1
		}
		return r
	}, text)
}

// OneLine is Drawn of a text that has one line, and draws over nothing below it.
func OneLine(text string) string {
	return strings.ReplaceAll(Drawn(text), "\n", " ")
}

// unseen tells of controls but line breaks, separators of lines, and marks of direction.
func unseen(r rune) bool {
	return r != '\n' && (unicode.IsControl(r) || r == '\u2028' || r == '\u2029' || r == 0x061C || r == 0x200E || r == 0x200F ||
		r >= 0x202A && r <= 0x202E || r >= 0x2066 && r <= 0x2069)
}

// Brief gives the beginning of a text that is shown as a sample of itself, at most n letters.
func Brief(text string, n int) string {
	if runes := []rune(text); len(runes) > n {
		return strings.TrimRight(string(runes[:n]), " ") + "…"
	}
	return text
}
