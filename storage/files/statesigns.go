package files

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/listing"
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

// mostSigns are how many different ones of a column are looked at.
const mostSigns = 20

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

// signed adds what the signs of a column mean beside each other, and tells whether any of those seen means something. A cross
// alone may be the mark of those that are meant as well as of those that are not; one in a box is the mark where others are empty.
func (s states) signed(header string, seen map[string]bool) (known bool) {
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

// findStates takes columns for those of states whose headers say what it is about, but may be of something else as well, and
// whose cells are all words or signs of states: "Satış" with Açık and Kapalı.
func (f *File) findStates(cols listing.Columns) error {
	of := map[int]states{}
	for i, h := range f.header {
		if slices.Contains([]string{"satis", "yayin", "listeleme", "satisdurum", "internet", "eticaret", "web", "site"}, domain.NameKey(h)) && !isTaken(cols, i) {
			of[i] = statesOf(h)
			for _, short := range []string{"1", "0", "a", "t", "p", "f", "e", "h", "y", "n", "x"} {
				delete(of[i], short)
			}
			of[i].signed(h, map[string]bool{signTick: true})
		}
	}
	if len(of) == 0 {
		return nil
	}
	filled, n := map[int]bool{}, 0
	for row, err := range f.Rows() {
		if err != nil {
			return err
		}
		for i, known := range of {
			text := strings.TrimSpace(row.Cells[i])
			if text == "" {
				continue
			}
			if filled[i] = true; len(text) > maxHeading || known[stateKey(text)] == "" {
				delete(of, i)
			}
		}
		if n++; n == markSample || len(of) == 0 {
			break
		}
	}
	for i := range f.header {
		if of[i] != nil && filled[i] {
			cols[listing.State] = append(cols[listing.State], i)
		}
	}
	return nil
}
