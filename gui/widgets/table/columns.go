package table

import "fyne.io/fyne/v2"

// Column is one column of a Table.
type Column struct {
	ID    string  // what a page is asked to be sorted by; empty: this column cannot sort
	Title string  // in the header
	Width float32 // at least, where there is room
	Least float32 // narrower than this it never is: the table scrolls sideways; 0: half its width
	Grow  float32 // its share of the width that is left over
	Right bool    // for numbers
	Wrap  bool    // its texts are shown whole, in as many lines as they need; others are cut off
}

// cellOverlap takes back a part of the margin that cells bring along, so that more of a row fits.
const cellOverlap = 4

// leastShare of its width is what a column cannot do without.
const leastShare = 0.5

// columnsLayout gives every cell of a row the width of its column.
type columnsLayout []Column

func (l columnsLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var s fyne.Size
	for _, o := range objects {
		s.Height = max(s.Height, o.MinSize().Height)
	}
	for _, c := range l {
		s.Width += max(c.Least, c.Width*leastShare)
	}
	s.Width += 2 * cellOverlap
	return s
}

func (l columnsLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	x := float32(cellOverlap)
	widths := l.widths(size.Width)
	for i, o := range objects {
		o.Move(fyne.NewPos(x-cellOverlap, 0))
		width := l.cell(i, widths)
		if _, head := o.(*Head); head && !l[i].Right {
			width += cellOverlap // heads are few words, and have to be read whole
		}
		o.Resize(fyne.NewSize(width, size.Height))
		x += widths[i]
	}
}

// widths are those of the columns of a row so wide; in one that is too narrow for all they share what they lack.
func (l columnsLayout) widths(row float32) []float32 {
	var fixed, grow float32
	for _, c := range l {
		fixed += c.Width
		grow += c.Grow
	}
	room := max(0, row-2*cellOverlap)
	left, share := max(0, room-fixed), float32(1)
	if fixed > room {
		share = room / fixed
	}
	widths := make([]float32, len(l))
	for i, c := range l {
		widths[i] = c.Width * share
		if grow > 0 {
			widths[i] += left * c.Grow / grow
		}
	}
	return widths
}

// cell is how wide the cell of a column is: what is in it does not touch what is in the next one.
func (l columnsLayout) cell(column int, widths []float32) float32 {
	return widths[column] + cellOverlap
}
