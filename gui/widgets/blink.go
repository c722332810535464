package widgets

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
)

// blinkFor is how long a cursor blinks after the last key or click, as GTK's does (gtk-cursor-blink-timeout). Each blink draws the whole
// window some thirty times a second, a tenth of a processor where no graphics card does.
const blinkFor = 10 * time.Second

// blink is what an entry knows of its cursor.
type blink struct {
	focused bool
	stands  bool            // still, since nobody has used the entry for blinkFor
	rest    *fyne.Animation // until then; it draws nothing
}

// CreateRenderer keeps a cursor still that stands.
func (e *Entry) CreateRenderer() fyne.WidgetRenderer {
	r := &entryRenderer{WidgetRenderer: e.Entry.CreateRenderer(), of: e}
	e.rest = &fyne.Animation{Duration: blinkFor, Curve: fyne.AnimationLinear, Tick: func(done float32) {
		if done == 1 && e.focused {
			e.stands = true
			r.still()
		}
	}}
	return r
}

// FocusGained lets the cursor blink.
func (e *Entry) FocusGained() {
	e.focused = true
	e.Entry.FocusGained()
	e.used()
}

// FocusLost takes the cursor away.
func (e *Entry) FocusLost() {
	if e.focused = false; e.rest != nil {
		e.rest.Stop()
	}
	e.Entry.FocusLost()
}

// TypedRune lets the cursor blink again.
func (e *Entry) TypedRune(r rune) {
	e.used()
	e.Entry.TypedRune(r)
}

// MouseDown lets the cursor blink again, where it is now.
func (e *Entry) MouseDown(m *desktop.MouseEvent) {
	e.Entry.MouseDown(m)
	e.used()
}

func (e *Entry) used() {
	if !e.focused || e.rest == nil {
		return
	}
	if e.stands {
		e.stands = false
		e.Refresh() // which begins to blink
	}
	e.rest.Stop()
	e.rest.Start()
}

type entryRenderer struct {
	fyne.WidgetRenderer
	of *Entry
}

// Refresh also comes when nobody has touched the entry, and would begin to blink.
func (r *entryRenderer) Refresh() {
	r.WidgetRenderer.Refresh()
	if r.of.stands && r.of.focused {
		r.still()
	}
}

// still stops the animation of Fyne's cursor and shows it whole. A renderer of what lies in the entry's scroll stops it when it is thrown
// away, and any does: there is no other way to it from outside.
func (r *entryRenderer) still() {
	for _, o := range r.Objects() {
		scroll, is := o.(*container.Scroll)
		if !is {
			continue
		}
		content, is := scroll.Content.(fyne.Widget)
		if !is {
			continue
		}
		drawn := content.CreateRenderer()
		drawn.Destroy()
		for _, o := range drawn.Objects() {
			if cursor, is := o.(*canvas.Rectangle); is {
				cursor.FillColor = r.of.Theme().Color(theme.ColorNamePrimary, fyne.CurrentApp().Settings().ThemeVariant())
				cursor.Refresh()
			}
		}
	}
}
