package widgets

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	ttwidget "github.com/dweymouth/fyne-tooltip/widget"
)

// Meter is a word, a small bar and how much of a budget is spent. It turns to warning at nine tenths;
// the figure beside it says the same.
type Meter struct {
	ttwidget.ToolTipWidget
	text  string
	ratio float32
}

// NewMeter makes an empty meter; help says what is counted.
func NewMeter(help string) *Meter {
	m := &Meter{}
	m.ExtendBaseWidget(m)
	m.SetToolTip(help)
	return m
}

// Set shows text ("388 / 3.000") and fills the bar to ratio (0 to 1).
func (m *Meter) Set(text string, ratio float32) {
	m.text, m.ratio = text, min(max(ratio, 0), 1)
	m.Refresh()
}

// Words gives the text.
func (m *Meter) Words() string { return m.text }

// CreateRenderer belongs to Fyne.
func (m *Meter) CreateRenderer() fyne.WidgetRenderer {
	r := &meterRenderer{meter: m, text: canvas.NewText("", color.Transparent), track: canvas.NewRectangle(color.Transparent), bar: canvas.NewRectangle(color.Transparent)}
	r.Refresh()
	return r
}

type meterRenderer struct {
	meter      *Meter
	text       *canvas.Text
	track, bar *canvas.Rectangle
}

const meterWidth = 90

func (r *meterRenderer) Destroy() {}

func (r *meterRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.text, r.track, r.bar}
}

func (r *meterRenderer) MinSize() fyne.Size {
	t := r.text.MinSize()
	return fyne.NewSize(t.Width+rowGap+meterWidth, t.Height)
}

func (r *meterRenderer) Layout(size fyne.Size) {
	t := r.text.MinSize()
	r.text.Resize(fyne.NewSize(t.Width, size.Height))
	r.track.Resize(fyne.NewSize(meterWidth, 6))
	r.track.Move(fyne.NewPos(t.Width+rowGap, size.Height/2-3))
	r.bar.Resize(fyne.NewSize(meterWidth*r.meter.ratio, 6))
	r.bar.Move(fyne.NewPos(t.Width+rowGap, size.Height/2-3))
}

func (r *meterRenderer) Refresh() {
	th, v := r.meter.Theme(), fyne.CurrentApp().Settings().ThemeVariant()
	r.text.Text, r.text.TextSize = r.meter.text, th.Size(theme.SizeNameCaptionText)
	r.text.Color = th.Color(theme.ColorNameForeground, v)
	r.track.FillColor, r.track.CornerRadius = th.Color(ColorLine, v), 3
	fill := theme.ColorNamePrimary
	if r.meter.ratio >= 0.9 {
		fill = theme.ColorNameWarning
	}
	r.bar.FillColor, r.bar.CornerRadius = th.Color(fill, v), 3
	r.Layout(r.meter.Size())
	canvas.Refresh(r.text)
	canvas.Refresh(r.track)
	canvas.Refresh(r.bar)
}
