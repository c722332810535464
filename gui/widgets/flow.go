package widgets

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Flow is the way between two sides, drawn as a line with a head at every side that something arrives at;
// where nothing goes either way it is broken.
type Flow struct {
	widget.BaseWidget
	left, right bool
}

// NewFlow makes a broken line.
func NewFlow() *Flow {
	f := &Flow{}
	f.ExtendBaseWidget(f)
	return f
}

// Set says which sides something arrives at.
func (f *Flow) Set(left, right bool) {
	if f.left != left || f.right != right {
		f.left, f.right = left, right
		f.Refresh()
	}
}

// Arrives tells which sides something arrives at.
func (f *Flow) Arrives() (left, right bool) { return f.left, f.right }

// CreateRenderer belongs to Fyne.
func (f *Flow) CreateRenderer() fyne.WidgetRenderer {
	r := &flowRenderer{flow: f}
	for range flowDashes + 4 {
		l := canvas.NewLine(color.Transparent)
		r.lines, r.objects = append(r.lines, l), append(r.objects, l)
	}
	r.Refresh()
	return r
}

// The measures of a flow.
const (
	flowDashes = 9
	flowHead   = 7
	flowStroke = 2
	flowWidth  = 90
	flowHeight = 24
)

type flowRenderer struct {
	flow    *Flow
	lines   []*canvas.Line // the dashes, then the two strokes of each head
	objects []fyne.CanvasObject
}

func (r *flowRenderer) Destroy()                     {}
func (r *flowRenderer) Objects() []fyne.CanvasObject { return r.objects }
func (r *flowRenderer) MinSize() fyne.Size           { return fyne.NewSize(flowWidth, flowHeight) }

func (r *flowRenderer) Layout(size fyne.Size) {
	middle := size.Height / 2
	draw := func(l *canvas.Line, x1, y1, x2, y2 float32) {
		l.Position1, l.Position2 = fyne.NewPos(x1, y1), fyne.NewPos(x2, y2)
	}
	whole := r.flow.left || r.flow.right
	step := size.Width / flowDashes
	for i, l := range r.lines[:flowDashes] {
		l.Hidden = whole && i > 0
		if from := step * float32(i); whole {
			draw(l, 0, middle, size.Width, middle)
		} else {
			draw(l, from+step/4, middle, from+step*3/4, middle)
		}
	}
	heads := r.lines[flowDashes:]
	for i, on := range []bool{r.flow.left, r.flow.left, r.flow.right, r.flow.right} {
		heads[i].Hidden = !on
	}
	draw(heads[0], 0, middle, flowHead, middle-flowHead)
	draw(heads[1], 0, middle, flowHead, middle+flowHead)
	draw(heads[2], size.Width, middle, size.Width-flowHead, middle-flowHead)
	draw(heads[3], size.Width, middle, size.Width-flowHead, middle+flowHead)
}

func (r *flowRenderer) Refresh() {
	name := theme.ColorNamePrimary
	if !r.flow.left && !r.flow.right {
		name = ColorMuted
	}
	c := r.flow.Theme().Color(name, fyne.CurrentApp().Settings().ThemeVariant())
	for _, l := range r.lines {
		l.StrokeColor, l.StrokeWidth = c, flowStroke
	}
	r.Layout(r.flow.Size())
	for _, l := range r.lines {
		l.Refresh()
	}
}
