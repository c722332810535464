package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// Wrap puts things beside each other, and goes on in a line below where there is no more room: a row of fixed width would
// make the window grow. Inside NewSettled what stands under it moves at once.
func Wrap(objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&wrapLayout{width: wrapAtFirst}, objects...)
}

// wrapAtFirst is the width that is thought of before one is given.
const wrapAtFirst = 700

// wrapLayout remembers the width it was given last: the height it needs depends on it.
type wrapLayout struct{ width float32 }

func (l *wrapLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var widest float32
	for _, o := range objects {
		if o.Visible() {
			widest = max(widest, o.MinSize().Width)
		}
	}
	return fyne.NewSize(widest, l.place(objects, func(fyne.CanvasObject, fyne.Position, fyne.Size) {}))
}

func (l *wrapLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	l.width = size.Width
	l.place(objects, func(o fyne.CanvasObject, at fyne.Position, size fyne.Size) {
		o.Move(at)
		o.Resize(size)
	})
}

// place says where each object stands, in the middle of its line, and gives the height of all lines.
func (l *wrapLayout) place(objects []fyne.CanvasObject, put func(o fyne.CanvasObject, at fyne.Position, size fyne.Size)) float32 {
	var line []fyne.CanvasObject
	var x, y, height float32
	end := func() {
		x = 0
		for _, o := range line {
			m := o.MinSize()
			put(o, fyne.NewPos(x, y+(height-m.Height)/2), m)
			x += m.Width + rowGap
		}
		y += height
		line, x, height = nil, 0, 0
	}
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		m := o.MinSize()
		if len(line) > 0 && x+m.Width > l.width {
			end()
			y += rowGap / 2
		}
		line = append(line, o)
		x += m.Width + rowGap
		height = max(height, m.Height)
	}
	end()
	return y
}
