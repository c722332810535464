// Package charts is what draws numbers: bars, and a plot of one price against another.
package charts

import (
	"image"
	"image/color"
	"image/draw"
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// gap is what parts words and signs.
const gap = 8

// Plot draws points on two logarithmic scales that are the same, with the line on which both are equal.
// It is drawn by itself because a chart library knows neither the theme nor the scale of the screen.
type Plot struct {
	widget.BaseWidget
	points    []PlotPoint
	ticks     []PlotTick
	low, high float64 // powers of ten
	across    string
	up        string
}

// PlotPoint is a point, by powers of ten. Weight from 0 to 1 is how much stands behind it; an odd one has a
// shape and colour of its own.
type PlotPoint struct {
	X, Y   float64
	Weight float64
	Odd    bool
}

// PlotTick is a line of the grid and its words.
type PlotTick struct {
	At    float64
	Label string
}

// NewPlot makes a plot of powers of ten from low to high; across and up name the scales.
func NewPlot(low, high float64, ticks []PlotTick, across, up string, points []PlotPoint) *Plot {
	p := &Plot{points: points, ticks: ticks, low: low, high: max(high, low+0.1), across: across, up: up}
	p.ExtendBaseWidget(p)
	return p
}

// CreateRenderer belongs to Fyne.
func (p *Plot) CreateRenderer() fyne.WidgetRenderer {
	r := &plotRenderer{plot: p, across: canvas.NewText(p.across, nil), up: canvas.NewText(p.up, nil)}
	r.field = canvas.NewRaster(r.draw)
	r.objects = []fyne.CanvasObject{r.field, r.across, r.up}
	for _, t := range p.ticks {
		x, y := canvas.NewText(t.Label, nil), canvas.NewText(t.Label, nil)
		y.Alignment = fyne.TextAlignTrailing
		x.Alignment = fyne.TextAlignCenter
		r.x, r.y = append(r.x, x), append(r.y, y)
		r.objects = append(r.objects, x, y)
	}
	r.Refresh()
	return r
}

type plotRenderer struct {
	plot       *Plot
	field      *canvas.Raster
	across, up *canvas.Text
	x, y       []*canvas.Text
	objects    []fyne.CanvasObject
}

func (r *plotRenderer) Destroy()                     {}
func (r *plotRenderer) Objects() []fyne.CanvasObject { return r.objects }

// MinSize keeps the points apart.
func (r *plotRenderer) MinSize() fyne.Size { return fyne.NewSize(240, 180) }

// Layout puts the words around the field: names of the scales at its upper left and lower right.
func (r *plotRenderer) Layout(size fyne.Size) {
	line := r.across.MinSize().Height
	var left float32
	for _, t := range r.y {
		left = max(left, t.MinSize().Width)
	}
	left += gap
	right := line // half of the last label hangs over
	if n := len(r.x); n > 0 {
		right = max(right, r.x[n-1].MinSize().Width/2)
	}
	at := fyne.NewPos(left, line+line/2+2) // the uppermost label hangs over by half
	field := fyne.NewSize(max(size.Width-left-right, 20), max(size.Height-3.5*line-6, 20))
	r.field.Move(at)
	r.field.Resize(field)
	r.up.Move(fyne.NewPos(0, 0))
	r.up.Resize(r.up.MinSize())
	name := r.across.MinSize()
	r.across.Move(fyne.NewPos(at.X+field.Width-name.Width, at.Y+field.Height+line+2))
	r.across.Resize(name)
	span := r.plot.high - r.plot.low
	last := float32(math.Inf(-1)) // words that would run into each other are left out
	for i, t := range r.plot.ticks {
		share := float32((t.At - r.plot.low) / span)
		w := r.x[i].MinSize().Width
		middle := at.X + share*field.Width
		r.x[i].Hidden = middle-w/2 < last
		if !r.x[i].Hidden {
			last = middle + w/2 + gap
		}
		r.x[i].Move(fyne.NewPos(middle-w/2, at.Y+field.Height+2))
		r.x[i].Resize(fyne.NewSize(w, line))
		r.y[i].Move(fyne.NewPos(0, at.Y+(1-share)*field.Height-line/2))
		r.y[i].Resize(fyne.NewSize(left-gap, line))
	}
}

// Refresh takes the colours of the theme.
func (r *plotRenderer) Refresh() {
	th, v := r.plot.Theme(), fyne.CurrentApp().Settings().ThemeVariant()
	muted, size := th.Color(widgets.ColorMuted, v), th.Size(theme.SizeNameCaptionText)
	for _, t := range append(append([]*canvas.Text{r.across, r.up}, r.x...), r.y...) {
		t.Color, t.TextSize = muted, size
	}
	r.across.Color, r.up.Color = th.Color(theme.ColorNameForeground, v), th.Color(theme.ColorNameForeground, v)
	r.Layout(r.plot.Size())
	for _, o := range r.objects {
		o.Refresh()
	}
}

// draw paints grid, line and points at the size of the screen's own pixels.
func (r *plotRenderer) draw(w, h int) image.Image {
	p := r.plot
	th, v := p.Theme(), fyne.CurrentApp().Settings().ThemeVariant()
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	d := plotDrawing{img: img, w: float64(w), h: float64(h), low: p.low, span: p.high - p.low, scale: 1}
	if width := r.field.Size().Width; width > 0 {
		d.scale = float64(w) / float64(width)
	}
	grid := th.Color(widgets.ColorLine, v)
	for _, t := range p.ticks {
		d.grid(t.At, grid)
	}
	d.equal(th.Color(widgets.ColorMuted, v))
	plain, odd := th.Color(theme.ColorNamePrimary, v), th.Color(theme.ColorNameWarning, v)
	for _, x := range p.points {
		if !x.Odd {
			d.disc(x, plain)
		}
	}
	for _, x := range p.points { // over the others: they are what is looked for
		if x.Odd {
			d.diamond(x, odd)
		}
	}
	return img
}

// plotDrawing is one picture of a plot.
type plotDrawing struct {
	img       *image.RGBA
	w, h      float64
	low, span float64
	scale     float64 // pixels of the screen for one of the layout
}

func (d plotDrawing) x(at float64) float64 { return (at - d.low) / d.span * (d.w - 1) }
func (d plotDrawing) y(at float64) float64 { return d.h - 1 - (at-d.low)/d.span*(d.h-1) }

func (d plotDrawing) grid(at float64, c color.Color) {
	thick := max(1, int(d.scale))
	x, y := int(d.x(at)), int(d.y(at))
	fill := image.NewUniform(c)
	draw.Draw(d.img, image.Rect(x, 0, x+thick, int(d.h)), fill, image.Point{}, draw.Over)
	draw.Draw(d.img, image.Rect(0, y, int(d.w), y+thick), fill, image.Point{}, draw.Over)
}

// equal draws the dashed line of equal values.
func (d plotDrawing) equal(c color.Color) {
	const dash = 6
	length := math.Hypot(d.w, d.h)
	for s := 0.0; s < length; s += 0.5 {
		if int(s/(dash*d.scale))%2 == 0 {
			d.cover(s/length*(d.w-1), (1-s/length)*(d.h-1), 0.6*d.scale, 0.5, c, false)
		}
	}
}

func (d plotDrawing) disc(p PlotPoint, c color.Color) {
	d.cover(d.x(p.X), d.y(p.Y), (1.2+1.6*p.Weight)*d.scale, 0.55+0.45*p.Weight, c, false)
}

func (d plotDrawing) diamond(p PlotPoint, c color.Color) {
	d.cover(d.x(p.X), d.y(p.Y), (2.8+1.6*p.Weight)*d.scale, 1, c, true)
}

// cover paints a disc or a diamond with soft edges.
func (d plotDrawing) cover(cx, cy, radius, opacity float64, c color.Color, diamond bool) {
	r, g, b, _ := c.RGBA()
	for y := int(cy - radius - 1); y <= int(cy+radius+1); y++ {
		for x := int(cx - radius - 1); x <= int(cx+radius+1); x++ {
			if !(image.Point{X: x, Y: y}).In(d.img.Rect) {
				continue
			}
			distance := math.Hypot(float64(x)-cx, float64(y)-cy)
			if diamond {
				distance = math.Abs(float64(x)-cx) + math.Abs(float64(y)-cy)
			}
			a := opacity * min(max(radius-distance+0.5, 0), 1)
			if a == 0 {
				continue
			}
			under := d.img.RGBAAt(x, y)
			mix := func(over uint32, u uint8) uint8 { return uint8(float64(over>>8)*a + float64(u)*(1-a)) }
			d.img.SetRGBA(x, y, color.RGBA{mix(r, under.R), mix(g, under.G), mix(b, under.B), uint8(255*a + float64(under.A)*(1-a))})
		}
	}
}

// NewPlotKey explains the shapes of a plot.
func NewPlotKey(plain, odd, equal string) fyne.CanvasObject {
	k := &plotKey{words: []string{plain, odd, equal}}
	k.ExtendBaseWidget(k)
	return k
}

type plotKey struct {
	widget.BaseWidget
	words []string
}

// CreateRenderer belongs to Fyne.
func (k *plotKey) CreateRenderer() fyne.WidgetRenderer {
	r := &plotKeyRenderer{key: k}
	for i, words := range k.words {
		sign := canvas.NewRaster(func(w, h int) image.Image { return r.sign(i, w, h) })
		text := canvas.NewText(words, nil)
		r.signs, r.texts = append(r.signs, sign), append(r.texts, text)
		r.objects = append(r.objects, sign, text)
	}
	r.Refresh()
	return r
}

type plotKeyRenderer struct {
	key     *plotKey
	signs   []*canvas.Raster
	texts   []*canvas.Text
	objects []fyne.CanvasObject
}

const keySign = 22

func (r *plotKeyRenderer) Destroy()                     {}
func (r *plotKeyRenderer) Objects() []fyne.CanvasObject { return r.objects }

func (r *plotKeyRenderer) MinSize() fyne.Size {
	var s fyne.Size
	for _, t := range r.texts {
		m := t.MinSize()
		s = fyne.NewSize(s.Width+keySign+m.Width+3*gap, max(s.Height, m.Height))
	}
	return s
}

func (r *plotKeyRenderer) Layout(size fyne.Size) {
	var x float32
	for i, t := range r.texts {
		m := t.MinSize()
		r.signs[i].Move(fyne.NewPos(x, (size.Height-14)/2))
		r.signs[i].Resize(fyne.NewSize(keySign, 14))
		t.Move(fyne.NewPos(x+keySign+4, (size.Height-m.Height)/2))
		t.Resize(m)
		x += keySign + m.Width + 3*gap
	}
}

func (r *plotKeyRenderer) Refresh() {
	th, v := r.key.Theme(), fyne.CurrentApp().Settings().ThemeVariant()
	for _, t := range r.texts {
		t.Color, t.TextSize = th.Color(widgets.ColorMuted, v), th.Size(theme.SizeNameCaptionText)
	}
	r.Layout(r.key.Size())
	for _, o := range r.objects {
		o.Refresh()
	}
}

func (r *plotKeyRenderer) sign(i, w, h int) image.Image {
	th, v := r.key.Theme(), fyne.CurrentApp().Settings().ThemeVariant()
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	d := plotDrawing{img: img, w: float64(w), h: float64(h), span: 1, scale: float64(h) / 14}
	switch middle := (PlotPoint{X: 0.5, Y: 0.5, Weight: 0.7}); i {
	case 0:
		d.disc(middle, th.Color(theme.ColorNamePrimary, v))
	case 1:
		d.diamond(middle, th.Color(theme.ColorNameWarning, v))
	default:
		d.equal(th.Color(widgets.ColorMuted, v))
	}
	return img
}
