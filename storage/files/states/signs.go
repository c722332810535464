package states

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Signs in the place of words, as signKey makes them.
const (
	signTick    = "✓"
	signCross   = "✗"
	signEmpty   = "☐"
	signCrossed = "☒"
	signPlus    = "+"
	signMinus   = "-"
)

// MostSigns are how many different ones of a column are looked at.
const MostSigns = 20

// signKey is what a cell without letters and digits shows; signs that look alike are one.
func signKey(cell string) string {
	shown := strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || unicode.IsMark(r) || unicode.Is(unicode.Cf, r) { // also how an emoji is drawn
			return -1
		}
		return r
	}, cell)
	r, size := utf8.DecodeRuneInString(shown)
	switch {
	case shown == "" || size < len(shown):
		return shown
	case strings.ContainsRune("✓✔✅☑🗸🗹√", r):
		return signTick
	case strings.ContainsRune("✗✘✕✖❌❎🗴🗶×⨯", r):
		return signCross
	case strings.ContainsRune("☐□⬜▢◻", r):
		return signEmpty
	case strings.ContainsRune("☒⊠🗵", r):
		return signCrossed
	case strings.ContainsRune("+＋", r):
		return signPlus
	case strings.ContainsRune("-–—−", r):
		return signMinus
	}
	return shown
}

// Signed adds what the signs of a column mean beside each other, and tells whether any of those seen means something. A cross
// alone may be the mark of those that are meant as well as of those that are not; one in a box is the mark where others are empty.
func (s States) Signed(header string, seen map[string]bool) (known bool) {
	yes, no := yesAndNo(header)
	s[signTick], s[signEmpty] = yes, no
	if seen[signTick] {
		s[signCross], s[signCrossed] = no, no
	} else if seen[signEmpty] {
		s[signCross], s[signCrossed] = yes, yes
	}
	if seen[signPlus] {
		s[signPlus], s[signMinus] = yes, no
	}
	for sign := range seen {
		if _, is := s[sign]; is {
			known = true
		}
	}
	return known
}

// Ticked adds what ticks and the signs beside them mean.
func (s States) Ticked(header string) { s.Signed(header, map[string]bool{signTick: true}) }
