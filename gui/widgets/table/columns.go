package table

import "fyne.io/fyne/v2"

// Column is one column of a Table.
type Column struct {
	ID    string  // what a page is asked to be sorted by; empty: this column cannot sort
	Title string  // in the header
	Width float32 // at least
	Grow  float32 // its share of the width that is left over
	Right bool    // for numbers
}

// cellOverlap takes back a part of the margin that cells bring along, so that more of a row fits.
const cellOverlap = 4

// columnsLayout gives every cell of a row the width of its column.
type columnsLayout []Column

func (l columnsLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var s fyne.Size
	for _, o := range objects {
		s.Height = max(s.Height, o.MinSize().Height)
	}
	for _, c := range l {
		s.Width += c.Width
	}
	s.Width += 2 * cellOverlap
	return s
}

func (l columnsLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	var fixed, grow float32
	for _, c := range l {
		fixed += c.Width
		grow += c.Grow
	}
	left := max(0, size.Width-fixed-2*cellOverlap)
	x := float32(cellOverlap)
	for i, o := range objects {
		w := l[i].Width
		if grow > 0 {
			w += left * l[i].Grow / grow
		}
		o.Move(fyne.NewPos(x-cellOverlap, 0))
		cell := w + 2*cellOverlap
		if l[i].Right {
			cell -= cellOverlap // a number does not touch the word after it
		}
		o.Resize(fyne.NewSize(cell, size.Height))
		x += w
	}
}
