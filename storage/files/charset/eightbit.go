package charset

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// What a reading of a byte speaks for or against an encoding (files.md §2, 09).
const (
	turkishLetter = 4
	markInPlace   = 3   // a quotation mark or a dash where it belongs
	commonMark    = 1   // a sign that texts have
	otherLetter   = -1  // Turkish has no use for it
	wrongCase     = -3  // a small letter among capitals, or the other way round
	markInWord    = -3  // a sign between two letters
	drawing       = -5  // boxes, mathematics
	control       = -20 // never occurs in a text

	certain = 3 // by how much the best has to be better than the next
)

// eightBit tells which 8-bit encoding the bytes are of. Turkish Windows is where such files come from; another one has to
// prove itself. Windows-1254 and ISO 8859-9 differ in 0x80–0x9F only.
func (c *byteCount) eightBit() (Guess, *codePage) {
	if other, page, ok := c.otherScript(); ok {
		return other, page
	}
	windows := Guess{Charset: Of("windows-1254")}
	for _, b := range []byte("\x81\x8d\x8e\x8f\x90\x9d\x9e") { // those that it lacks
		if c.used[b-0x80] != (byteUse{}) {
			windows.Charset = Of("iso-8859-9")
		}
	}
	asWindows, asDOS, asMac := c.score(windows1254), c.score(dosTurkish), c.score(macTurkish)
	best, page, points, next := "cp857", dosTurkish, asDOS, asMac
	if asMac > asDOS {
		best, page, points, next = "x-mac-turkish", macTurkish, asMac, asDOS
	}
	if points < max(asWindows+1, turkishLetter) {
		return windows, windows1254
	}
	out := Guess{Charset: Of(best)}
	if points-max(next, asWindows) < certain {
		out.Others, out.Sample = []string{"cp857", "x-mac-turkish", windows.Name}, c.sample
	}
	return out, page
}

func (c *byteCount) score(page *codePage) (points int) {
	for i, use := range c.used {
		if use == (byteUse{}) {
			continue
		}
		r := page.rune(byte(0x80 + i))
		for before, row := range use {
			for behind, times := range row {
				points += times * speaks(r, before, behind)
			}
		}
	}
	return points
}

// speaks tells what a letter says for its encoding where it stands.
func speaks(r rune, before, behind int) int {
	inside := before != besideNothing && behind != besideNothing
	switch {
	case r == utf8.RuneError, unicode.IsControl(r), unicode.Is(unicode.Co, r):
		return control
	case unicode.IsLetter(r):
		return letterSpeaks(r, before, behind)
	case r == '\u00a0':
		return 0
	case r == '’' && behind != besideNothing, r == '“' && before == besideNothing && behind != besideNothing,
		r == '”' && behind == besideNothing, r == '–' && !inside:
		return markInPlace
	case r == '’':
		return commonMark
	case strings.ContainsRune("‘´–“”—…•€™®©°²³½¼¾×·«»§±µ¨£„‚‹›ªº¹", r):
		if inside {
			return markInWord
		}
		return commonMark
	}
	return drawing
}

func letterSpeaks(r rune, before, behind int) int {
	capitals := before == besideUpper || before == besideNothing
	switch {
	case before == besideNothing && behind == besideNothing:
		return 0
	case unicode.IsLower(r) && capitals && behind == besideUpper, unicode.IsUpper(r) && before == besideLower:
		return wrongCase
	case strings.ContainsRune("öÖ", r) && behind == besideNothing: // it hardly ends a word, as a quotation mark and ™ do
		return commonMark
	case isTurkish(r):
		return turkishLetter
	}
	return otherLetter
}

func isTurkish(r rune) bool { return strings.ContainsRune("çğıöşüÇĞİÖŞÜâîûÂÎÛ", r) }
