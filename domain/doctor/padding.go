package doctor

import (
	"iter"
	"strings"

	"github.com/sopyo/sopyo-desktop/domain"
)

// Padding is the proposal that a whole column lost its leading zeros, as columns do that a spreadsheet
// has opened: filled up to Width they would be back.
type Padding struct {
	Column   Column
	Width    int
	Values   int // that are digits
	Short    int // that would be filled up
	Clashes  int // that would then be another product's, and are left as they are
	Examples []Fix
}

const (
	minWidth     = 5
	maxLost      = 3 // zeros that a column loses at most
	exampleCount = 3
)

// Widest is the greatest width a column can be filled up to.
const Widest = 64

// Padded is what filling up a column would do.
type Padded struct {
	Fixes   []Fix
	Clashes []Clash
}

// Clash is a value that cannot be filled up, because another product would then have the same.
type Clash struct {
	Product  domain.ProductID
	From, To string
	Other    domain.ProductID
	Has      string // what the other one has now: To itself, or what would be filled up to it
}

// Pad gives what fills every value of a column up to width: all codes that are digits, and barcodes that
// are then GTINs. A value that another product has already is left as it is, and named.
func Pad(products iter.Seq[domain.Product], column Column, width int) Padded {
	return pad(itemsOf(products), column, width)
}

func pad(items []item, column Column, width int) (p Padded) {
	holders := map[string][2]int{} // the first two items that have a value after filling up, counted from 1
	for i, it := range items {
		to := it.padded(column, width)
		switch h := holders[to]; {
		case h[0] == 0:
			holders[to] = [2]int{i + 1}
		case h[1] == 0:
			holders[to] = [2]int{h[0], i + 1}
		}
	}
	for i, it := range items {
		from, to := it.value(column), it.padded(column, width)
		if to == domain.Code(from).K0() {
			continue
		}
		h := holders[to]
		if h[1] == 0 {
			p.Fixes = append(p.Fixes, Fix{Product: it.id, Column: column, From: from, To: to})
			continue
		}
		other := items[h[0]-1]
		if h[0] == i+1 {
			other = items[h[1]-1]
		}
		p.Clashes = append(p.Clashes, Clash{Product: it.id, From: from, To: to, Other: other.id, Has: other.value(column)})
	}
	return p
}

// padded gives the value filled up, or as it is where that makes no sense.
func (it item) padded(column Column, width int) string {
	text := domain.Code(it.value(column)).K0()
	if !digits(text) || len(text) >= width || strings.Trim(text, "0") == "" {
		return text
	}
	filled := strings.Repeat("0", width-len(text)) + text
	if column == Barcode && (sound(text) || !sound(filled)) {
		return text
	}
	return filled
}

func paddings(items []item) (all []Padding) {
	for _, p := range []Padding{{Column: Code, Width: codeWidth(items)}, {Column: Barcode, Width: barcodeWidth(items)}} {
		if p.Width == 0 {
			continue
		}
		padded := pad(items, p.Column, p.Width)
		if len(padded.Fixes) == 0 {
			continue
		}
		for _, it := range items {
			if digits(domain.Code(it.value(p.Column)).K0()) {
				p.Values++
			}
		}
		p.Short, p.Clashes = len(padded.Fixes), len(padded.Clashes)
		p.Examples = padded.Fixes[:min(exampleCount, p.Short)]
		all = append(all, p)
	}
	return all
}

// codeWidth finds the width of a column of codes that lost zeros, 0 when nothing speaks for it: nearly
// all are digits, none begins with a zero, most have one length, and the others are at most three
// shorter. Numbers that were counted up from 1 look the same, so a person has to say yes.
func codeWidth(items []item) int {
	lengths := map[int]int{}
	values, numbers := 0, 0
	for _, it := range items {
		text := it.code.K0()
		if text == "" {
			continue
		}
		values++
		if !digits(text) {
			continue
		}
		if text[0] == '0' {
			return 0
		}
		numbers++
		lengths[len(text)]++
	}
	longest, shortest := 0, 0
	for n := range lengths {
		longest = max(longest, n)
		if shortest == 0 || n < shortest {
			shortest = n
		}
	}
	switch {
	case numbers < 10 || numbers*100 < values*95: // few numbers, or they are not the rule
		return 0
	case longest < minWidth || shortest == longest || longest-shortest > maxLost:
		return 0
	case lengths[longest]*2 < numbers:
		return 0
	}
	return longest
}

// barcodeWidth is 13 when the numbers of 9 to 11 digits turn into GTINs by filling them up, which
// happens to one in ten by chance.
func barcodeWidth(items []item) int {
	const width = 13
	short, mended := 0, 0
	for _, it := range items {
		text := domain.Code(it.barcode).K0()
		if !digits(text) || len(text) < 9 || len(text) > 11 {
			continue
		}
		short++
		if it.padded(Barcode, width) != text {
			mended++
		}
	}
	if mended < 2 || mended*10 < short*8 {
		return 0
	}
	return width
}
