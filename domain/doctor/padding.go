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

// Pad gives what fills every value of a column up to width: all codes that are digits, and barcodes that
// are then GTINs. A value that another product has already is left as it is and counted.
func Pad(products iter.Seq[domain.Product], column Column, width int) (fixes []Fix, clashes int) {
	return pad(itemsOf(products), column, width)
}

func pad(items []item, column Column, width int) (fixes []Fix, clashes int) {
	taken := map[string]int{}
	for _, it := range items {
		taken[it.padded(column, width)]++
	}
	for _, it := range items {
		from, to := it.value(column), it.padded(column, width)
		switch {
		case to == domain.Code(from).K0():
		case taken[to] > 1:
			clashes++
		default:
			fixes = append(fixes, Fix{Product: it.id, Column: column, From: from, To: to})
		}
	}
	return fixes, clashes
}

func (it item) value(column Column) string {
	if column == Code {
		return string(it.code)
	}
	return string(it.barcode)
}

// padded gives the value filled up, or as it is where that makes no sense.
func (it item) padded(column Column, width int) string {
	text := domain.Code(it.value(column)).K0()
	if !digits(text) || len(text) >= width || strings.Trim(text, "0") == "" {
		return text
	}
	filled := strings.Repeat("0", width-len(text)) + text
	if column == Barcode && (gtinLong(len(text)) && sound(text) || !sound(filled)) {
		return text
	}
	return filled
}

func paddings(items []item) (all []Padding) {
	for _, p := range []Padding{{Column: Code, Width: codeWidth(items)}, {Column: Barcode, Width: barcodeWidth(items)}} {
		if p.Width == 0 {
			continue
		}
		fixes, clashes := pad(items, p.Column, p.Width)
		if len(fixes) == 0 {
			continue
		}
		for _, it := range items {
			if digits(domain.Code(it.value(p.Column)).K0()) {
				p.Values++
			}
		}
		p.Short, p.Clashes, p.Examples = len(fixes), clashes, fixes[:min(exampleCount, len(fixes))]
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
