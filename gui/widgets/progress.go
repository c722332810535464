package widgets

import (
	"image/color"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Progress is a bar that knows how far it is, or only that something goes on. What it says stands beside it: words on a bar
// that fills under them cannot be read on both of its halves.
type Progress struct {
	widget.BaseWidget
	words   func(percent int) string
	value   float64
	endless bool
}

// NewProgress makes a bar at zero; words writes a percentage beside it.
func NewProgress(words func(percent int) string) *Progress {
	p := &Progress{words: words}
	p.ExtendBaseWidget(p)
	return p
}

// NewEndless makes a bar that only moves.
func NewEndless() *Progress {
	p := NewProgress(nil)
	p.Set(0, 0)
	return p
}

// Set shows done of of; of = 0 stands for "not known", and the bar only moves.
func (p *Progress) Set(done, of int) {
	value, endless := p.value, of <= 0
	if !endless {
		value = float64(min(done, of)) / float64(of)
	}
	if value != p.value || endless != p.endless {
		p.value, p.endless = value, endless
		p.Refresh()
	}
}

// Rest stops whatever moves.
func (p *Progress) Rest() {
	if p.endless {
		p.endless = false
		p.Refresh()
	}
}

// Value is the share shown, from 0 to 1.
func (p *Progress) Value() float64 { return p.value }

// CreateRenderer belongs to Fyne.
func (p *Progress) CreateRenderer() fyne.WidgetRenderer {
	r := &progressRenderer{progress: p, track: canvas.NewRectangle(color.Transparent), bar: canvas.NewRectangle(color.Transparent), text: canvas.NewText("", nil)}
	r.moving = fyne.NewAnimation(progressRound, r.move)
	r.moving.Curve, r.moving.RepeatCount, r.moving.AutoReverse = fyne.AnimationLinear, fyne.AnimationRepeatForever, true
	r.Refresh()
	return r
}

// The measures of a bar.
const (
	progressHeight = 10
	progressRound  = 3 * time.Second // of a bar that only moves, from one end to the other
	progressPart   = 0.3             // of the width is what moves
)

type progressRenderer struct {
	progress   *Progress
	track, bar *canvas.Rectangle
	text       *canvas.Text
	moving     *fyne.Animation
	moves      bool
	at         float32
}

// Destroy stops the animation.
func (r *progressRenderer) Destroy() { r.moving.Stop() }

func (r *progressRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.track, r.bar, r.text}
}

// beside gives the width that the longest percentage needs.
func (r *progressRenderer) beside() float32 {
	if r.progress.words == nil {
		return 0
	}
	return fyne.MeasureText(r.progress.words(100), r.text.TextSize, r.text.TextStyle).Width + rowGap
}

func (r *progressRenderer) MinSize() fyne.Size {
	return fyne.NewSize(80+r.beside(), r.text.MinSize().Height+rowGap)
}

func (r *progressRenderer) Layout(size fyne.Size) {
	width := max(size.Width-r.beside(), 0)
	y := (size.Height - progressHeight) / 2
	r.track.Move(fyne.NewPos(0, y))
	r.track.Resize(fyne.NewSize(width, progressHeight))
	from, to := float32(0), width*float32(r.progress.value)
	if r.progress.endless {
		from = (width - progressPart*width) * r.at
		to = from + progressPart*width
	}
	r.bar.Move(fyne.NewPos(from, y))
	r.bar.Resize(fyne.NewSize(to-from, progressHeight))
	r.text.Move(fyne.NewPos(width+rowGap, 0))
	r.text.Resize(fyne.NewSize(max(size.Width-width-rowGap, 0), size.Height))
}

// move is a tick of the animation.
func (r *progressRenderer) move(at float32) {
	r.at = at
	r.Layout(r.progress.Size())
	canvas.Refresh(r.bar)
}

func (r *progressRenderer) Refresh() {
	p := r.progress
	th, v := p.Theme(), fyne.CurrentApp().Settings().ThemeVariant()
	r.track.FillColor, r.track.CornerRadius = th.Color(ColorLine, v), progressHeight/2
	r.bar.FillColor, r.bar.CornerRadius = th.Color(theme.ColorNamePrimary, v), progressHeight/2
	r.text.Color, r.text.TextSize = th.Color(theme.ColorNameForeground, v), th.Size(theme.SizeNameText)
	r.text.Text = ""
	if p.words != nil && !p.endless {
		r.text.Text = p.words(int(p.value * 100))
	}
	if r.moves != p.endless {
		if r.moves = p.endless; r.moves {
			r.moving.Start()
		} else {
			r.moving.Stop()
		}
	}
	r.Layout(p.Size())
	for _, o := range r.Objects() {
		o.Refresh()
	}
}
