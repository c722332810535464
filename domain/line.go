package domain

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Line makes of a foreign text one that draws only itself: on one line, without the characters that steer a terminal or
// turn the direction of what stands beside them. It is the gate by which names come in, and by which they leave to a
// terminal.
func Line(s string) string {
	if !strings.ContainsFunc(s, steers) && utf8.ValidString(s) {
		return s
	}
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r) || r == '\u2028' || r == '\u2029':
			return ' '
		case steers(r):
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD"))
	return strings.TrimSpace(s)
}

// steers tells of the characters that are none to be read: controls (ESC, line breaks, the C1 set), separators of lines,
// and marks of direction.
func steers(r rune) bool {
	return unicode.IsControl(r) || r == '\u2028' || r == '\u2029' || TurnsDirection(r)
}

// TurnsDirection tells of the marks that turn the direction of text.
func TurnsDirection(r rune) bool {
	return r == 0x061C || r == 0x200E || r == 0x200F || r >= 0x202A && r <= 0x202E || r >= 0x2066 && r <= 0x2069
}

// ProductText is a product's name or brand as it comes from outside: a Line, cut where a person could not type more.
func ProductText(s string) string {
	s = Line(s)
	n := 0
	for i := range s {
		if n++; n > maxProductText {
			return strings.TrimSpace(s[:i])
		}
	}
	return s
}
