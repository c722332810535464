package gui

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// jump lets the page that comes into view have the focus, as soon as it shows something that can have it.
func (w *Window) jump() {
	w.win.Canvas().Unfocus()
	w.jumped = true
}

// Drawn gives the focus to the first field or the blue button of a page that was jumped to, unless the page or the person has
// put it elsewhere.
func (w *Window) Drawn() {
	if !w.jumped || w.closed || w.e.Modal != nil {
		return
	}
	c := w.win.Canvas()
	if c.Focused() == nil {
		f := widgets.First(w.inView().Content())
		if f == nil {
			return
		}
		c.Focus(f)
	}
	w.jumped = false
}

// pressBlue presses the blue button in view.
func (w *Window) pressBlue() {
	if b := widgets.Blue(w.inView().Content()); b != nil {
		b.OnTapped()
	}
}

// atWizard tells whether a wizard is in view: Tab stays inside it.
func (w *Window) atWizard() bool {
	p, ok := w.inView().(kit.Wizard)
	return ok && p.WizardOpen()
}

// turn is an end of what Tab goes through. It is a stop only while on says so, and hands the focus to the other end.
type turn struct {
	widget.BaseWidget
	on   func() bool
	over func()
}

// newTurns makes the stop before the whole frame and the one before the page: between the latter and the end of the window is
// the page.
func (w *Window) newTurns() (frame, page *turn) {
	frame, page = &turn{on: w.atWizard}, &turn{on: w.atWizard}
	turning := false
	hand := func(to *turn, step func()) func() {
		return func() {
			if !turning {
				turning = true
				w.win.Canvas().Focus(to)
				step()
				turning = false
			}
		}
	}
	frame.over = hand(page, func() { w.win.Canvas().FocusNext() })
	page.over = hand(frame, func() { w.win.Canvas().FocusPrevious() })
	frame.ExtendBaseWidget(frame)
	page.ExtendBaseWidget(page)
	return frame, page
}

// Disabled tells that Tab passes it by.
func (t *turn) Disabled() bool { return !t.on() }

// Enable and Disable do nothing: what is in view decides.
func (t *turn) Enable() {}

// Disable does nothing.
func (t *turn) Disable() {}

// FocusGained hands the focus to the other end.
func (t *turn) FocusGained() { t.over() }

// FocusLost does nothing: there is nothing to draw.
func (t *turn) FocusLost() {}

// TypedRune does nothing: it never keeps the focus.
func (t *turn) TypedRune(rune) {}

// TypedKey does nothing.
func (t *turn) TypedKey(*fyne.KeyEvent) {}

// CreateRenderer belongs to Fyne.
func (t *turn) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(canvas.NewRectangle(color.Transparent))
}
