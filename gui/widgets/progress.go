package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

// Progress is a bar that knows how far it is, or only that something goes on.
type Progress struct {
	widget.BaseWidget
	bar     *widget.ProgressBar
	endless *widget.ProgressBarInfinite
}

// NewProgress makes a bar at zero; words writes a percentage into it.
func NewProgress(words func(percent int) string) *Progress {
	p := &Progress{bar: widget.NewProgressBar(), endless: widget.NewProgressBarInfinite()}
	p.bar.TextFormatter = func() string { return words(int(p.bar.Value * 100)) }
	p.endless.Stop()
	p.endless.Hide()
	p.ExtendBaseWidget(p)
	return p
}

// Set shows done of of; of = 0 stands for "not known", and the bar only moves.
func (p *Progress) Set(done, of int) {
	if of <= 0 {
		p.bar.Hide()
		if !p.endless.Visible() {
			p.endless.Show()
			p.endless.Start()
		}
		return
	}
	p.Rest()
	p.bar.Show()
	if v := float64(min(done, of)) / float64(of); v != p.bar.Value {
		p.bar.SetValue(v)
	}
}

// Rest stops whatever moves.
func (p *Progress) Rest() {
	if p.endless.Visible() {
		p.endless.Stop()
		p.endless.Hide()
	}
}

// Value is the share shown, from 0 to 1.
func (p *Progress) Value() float64 { return p.bar.Value }

// CreateRenderer lays the two bars over each other; one is hidden.
func (p *Progress) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(container.NewStack(p.bar, p.endless))
}
