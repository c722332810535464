package charts

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// Bar is one place of a Bars chart: a whole, and beside it the parts that make it up, piled on each other.
type Bar struct {
	Label  string // under it; short
	Whole  int
	Parts  []int // bottom up
	Hollow bool  // drawn as outlines: it does not count any more
}

// Bars is a small chart of wholes and their parts. The mouse or the arrows choose a bar, which OnChosen
// puts into words (a picture alone says nothing to many); a click, Enter or Space opens it.
type Bars struct {
	widget.BaseWidget
	widgets.Keys
	OnChosen func(i int) // -1: none any more
	OnOpen   func(i int)

	whole  fyne.ThemeColorName
	parts  []fyne.ThemeColorName
	bars   []Bar
	chosen int // -1: none
	focus  bool
}

// NewBars makes an empty chart; whole and parts are the colours.
func NewBars(whole fyne.ThemeColorName, parts ...fyne.ThemeColorName) *Bars {
	b := &Bars{whole: whole, parts: parts, chosen: -1}
	b.ExtendBaseWidget(b)
	return b
}

// SetBars shows bars, from left to right.
func (b *Bars) SetBars(bars []Bar) {
	b.bars, b.chosen = bars, -1
	b.Refresh()
}

// Chosen is the bar that is chosen, -1 for none.
func (b *Bars) Chosen() int { return b.chosen }

func (b *Bars) choose(i int) {
	i = max(-1, min(i, len(b.bars)-1))
	if i == b.chosen {
		return
	}
	b.chosen = i
	b.Refresh()
	if b.OnChosen != nil {
		b.OnChosen(i)
	}
}

func (b *Bars) open(i int) {
	if b.OnOpen != nil && i >= 0 && i < len(b.bars) {
		b.OnOpen(i)
	}
}

// at gives the bar under a place, -1 for none.
func (b *Bars) at(pos fyne.Position) int {
	if len(b.bars) == 0 || pos.X < 0 {
		return -1
	}
	if i := int(pos.X / b.step(b.Size())); i < len(b.bars) {
		return i
	}
	return -1
}

// The measures of the chart. A bar's place is never wider than barStep.
const (
	barsHeight = 84
	barStep    = 72
	barStepMin = 40
	barWhole   = 7 // width of the whole; the parts beside it are twice as wide
)

func (b *Bars) step(size fyne.Size) float32 {
	return max(barStepMin, min(barStep, size.Width/float32(max(1, len(b.bars)))))
}

// Tapped opens a bar.
func (b *Bars) Tapped(e *fyne.PointEvent) {
	i := b.at(e.Position)
	b.choose(i)
	b.open(i)
}

// MouseIn chooses the bar under the pointer.
func (b *Bars) MouseIn(e *desktop.MouseEvent) { b.choose(b.at(e.Position)) }

// MouseMoved chooses the bar under the pointer.
func (b *Bars) MouseMoved(e *desktop.MouseEvent) { b.choose(b.at(e.Position)) }

// MouseOut lets go of it.
func (b *Bars) MouseOut() {
	if !b.focus {
		b.choose(-1)
	}
}

// Cursor is the hand.
func (b *Bars) Cursor() desktop.Cursor { return desktop.PointerCursor }

// FocusGained chooses the newest bar, which stands at the right.
func (b *Bars) FocusGained() {
	b.focus = true
	if b.chosen < 0 {
		b.choose(len(b.bars) - 1)
	}
	b.Refresh()
}

// FocusLost lets go of the bar.
func (b *Bars) FocusLost() {
	b.focus = false
	b.choose(-1)
	b.Refresh()
}

// TypedRune gives letters to the window.
func (b *Bars) TypedRune(r rune) { widgets.PassRune(b, r) }

// TypedKey goes from bar to bar and opens the chosen one.
func (b *Bars) TypedKey(k *fyne.KeyEvent) {
	if b.Typed(k) {
		return
	}
	if len(b.bars) == 0 {
		widgets.PassKey(b, k)
		return
	}
	switch k.Name {
	case fyne.KeyLeft:
		b.choose(max(0, b.chosen-1))
	case fyne.KeyRight:
		b.choose(b.chosen + 1)
	case fyne.KeyHome:
		b.choose(0)
	case fyne.KeyEnd:
		b.choose(len(b.bars) - 1)
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		b.open(b.chosen)
	default:
		widgets.PassKey(b, k)
	}
}

// CreateRenderer belongs to Fyne.
func (b *Bars) CreateRenderer() fyne.WidgetRenderer {
	r := &barsRenderer{bars: b, base: canvas.NewRectangle(color.Transparent)}
	r.Refresh()
	return r
}

// barsRenderer holds a set of shapes for every bar.
type barsRenderer struct {
	bars *Bars
	base *canvas.Rectangle // the line they stand on
	sets []barShapes
}

type barShapes struct {
	back  *canvas.Rectangle // shows that it is chosen
	whole *canvas.Rectangle
	parts []*canvas.Rectangle
	label *canvas.Text
}

func (r *barsRenderer) Destroy() {}

func (r *barsRenderer) Objects() []fyne.CanvasObject {
	all := []fyne.CanvasObject{}
	for _, s := range r.sets {
		all = append(all, s.back, s.whole, s.label)
		for _, p := range s.parts {
			all = append(all, p)
		}
	}
	return append(all, r.base)
}

func (r *barsRenderer) labelHeight() float32 {
	return fyne.MeasureText("0", r.bars.Theme().Size(theme.SizeNameCaptionText), fyne.TextStyle{}).Height + 4
}

func (r *barsRenderer) MinSize() fyne.Size {
	return fyne.NewSize(barStepMin*float32(max(1, len(r.sets))), barsHeight+r.labelHeight())
}

func (r *barsRenderer) Layout(size fyne.Size) {
	b := r.bars
	most := 1
	for _, bar := range b.bars {
		most = max(most, bar.Whole)
	}
	step, ground := b.step(size), size.Height-r.labelHeight()
	height := func(n int) float32 {
		if n <= 0 {
			return 0
		}
		return max(2, (ground-6)*float32(n)/float32(most)) // a little stays visible beside very much
	}
	r.base.Move(fyne.NewPos(0, ground))
	r.base.Resize(fyne.NewSize(step*float32(len(r.sets)), 1))
	for i, s := range r.sets {
		x := step * float32(i)
		s.back.Move(fyne.NewPos(x+1, 0))
		s.back.Resize(fyne.NewSize(step-2, size.Height))
		middle := x + step/2
		h := height(b.bars[i].Whole)
		s.whole.Move(fyne.NewPos(middle-barWhole*1.5-1, ground-h))
		s.whole.Resize(fyne.NewSize(barWhole, h))
		top := ground
		for j, p := range s.parts {
			h := height(b.bars[i].Parts[j])
			top -= h
			p.Move(fyne.NewPos(middle-barWhole*0.5+1, top))
			p.Resize(fyne.NewSize(2*barWhole, h))
		}
		s.label.Move(fyne.NewPos(x, ground+2))
		s.label.Resize(fyne.NewSize(step, r.labelHeight()-2))
	}
}

// build makes the shapes of the bars that are shown.
func (r *barsRenderer) build() {
	r.sets = nil
	for _, bar := range r.bars.bars {
		s := barShapes{back: canvas.NewRectangle(color.Transparent), whole: canvas.NewRectangle(color.Transparent), label: canvas.NewText("", nil)}
		s.back.CornerRadius = 4
		s.label.Alignment = fyne.TextAlignCenter
		for range bar.Parts {
			s.parts = append(s.parts, canvas.NewRectangle(color.Transparent))
		}
		r.sets = append(r.sets, s)
	}
}

func (r *barsRenderer) Refresh() {
	b := r.bars
	if len(r.sets) != len(b.bars) {
		r.build()
	}
	th, v := b.Theme(), fyne.CurrentApp().Settings().ThemeVariant()
	paint := func(o *canvas.Rectangle, name fyne.ThemeColorName, hollow bool) {
		o.FillColor, o.StrokeColor, o.StrokeWidth = th.Color(name, v), nil, 0
		if hollow {
			o.FillColor, o.StrokeColor, o.StrokeWidth = color.Transparent, th.Color(name, v), 1
		}
	}
	r.base.FillColor = th.Color(widgets.ColorLine, v)
	for i, s := range r.sets {
		bar := b.bars[i]
		s.back.FillColor, s.back.StrokeColor, s.back.StrokeWidth = color.Transparent, nil, 0
		if i == b.chosen {
			s.back.FillColor = th.Color(theme.ColorNameHover, v)
			if b.focus {
				s.back.StrokeColor, s.back.StrokeWidth = th.Color(theme.ColorNamePrimary, v), 2
			}
		}
		paint(s.whole, b.whole, bar.Hollow)
		for j, p := range s.parts {
			paint(p, b.parts[j%len(b.parts)], bar.Hollow)
		}
		s.label.Text, s.label.TextSize = bar.Label, th.Size(theme.SizeNameCaptionText)
		s.label.Color = th.Color(widgets.ColorMuted, v)
	}
	r.Layout(b.Size())
	for _, o := range r.Objects() {
		o.Refresh()
	}
}
