//go:build e2e

package gui

import (
	"context"
	"fmt"
	"reflect"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"github.com/sopyo/sopyo-desktop/gui/kit/kittest"
)

// Screen is what a window shows at one moment, for a driver that works it from outside with mouse and
// keyboard. Only programs built with the tag e2e have it.
type Screen struct {
	Title  string
	Scale  float32  // pixels per unit
	Size   Area     // of the window, its menu bar included
	Faults []string // what a person would see at once: cut words, things over each other or outside
	Places []Place  // in reading order of the widget tree; the uppermost pop-up only, when one is open
}

// Place is one object on the screen that has words or takes input.
type Place struct {
	Type     string // "Button", "Entry", "Text" …; of a widget that extends one of Fyne's, Fyne's name
	Text     string
	Hint     string // of an empty entry or select
	Area     Area   // in units, from the window's top left corner
	Seen     Area   // the part of Area that scrolling lets through; W 0 = none
	Port     Area   // the scroll it lies in, else the whole window
	Disabled bool
	Focused  bool
	Checked  bool
	Taps     bool // takes clicks
}

// Area is a rectangle.
type Area struct{ X, Y, W, H float32 }

func (a Area) meet(b Area) Area {
	x, y := max(a.X, b.X), max(a.Y, b.Y)
	w, h := min(a.X+a.W, b.X+b.W)-x, min(a.Y+a.H, b.Y+b.H)-y
	if w <= 0 || h <= 0 {
		return Area{}
	}
	return Area{x, y, w, h}
}

// Inspect lists what win shows, once it is painted.
func Inspect(ctx context.Context, win fyne.Window) (Screen, error) {
	done := make(chan Screen, 1)
	fyne.Do(func() {
		s := inspect(win)
		afterFrame(func() { done <- s })
	})
	select {
	case s := <-done:
		return s, nil
	case <-ctx.Done():
		return Screen{}, ctx.Err()
	}
}

// afterFrame runs f once a frame was drawn: animations tick right before one, so at the second tick the first is on the screen.
func afterFrame(f func()) {
	ticks := 0
	var a *fyne.Animation
	a = fyne.NewAnimation(time.Hour, func(float32) {
		if ticks++; ticks == 2 {
			a.Stop()
			f()
		}
	})
	a.Start()
}

func inspect(win fyne.Window) Screen {
	c := win.Canvas()
	size := c.Size()
	whole := Area{0, 0, size.Width, size.Height}
	w := surveyor{focused: c.Focused()}
	if top := c.Overlays().Top(); top != nil {
		w.walk(top, top.Position(), whole)
	} else {
		w.walk(c.Content(), c.Content().Position(), whole)
	}
	return Screen{Title: win.Title(), Scale: c.Scale(), Size: whole, Faults: kittest.Faults(c), Places: w.places}
}

type surveyor struct {
	focused fyne.Focusable
	places  []Place
}

// walk adds o, which stands at the absolute position at, and what is in it.
func (w *surveyor) walk(o fyne.CanvasObject, at fyne.Position, port Area) {
	if o == nil || !o.Visible() {
		return
	}
	area := Area{at.X, at.Y, o.Size().Width, o.Size().Height}
	if p, ok := describe(o); ok {
		p.Type = typeName(o)
		if c := core(reflect.ValueOf(o)); c != nil {
			p.Type = typeName(c)
		}
		p.Taps = takesClicks(o)
		p.Area, p.Seen, p.Port = area, area.meet(port), port
		if d, ok := o.(fyne.Disableable); ok {
			p.Disabled = d.Disabled()
		}
		if f, ok := o.(fyne.Focusable); ok {
			p.Focused = f == w.focused
		}
		w.places = append(w.places, p)
	}
	if _, ok := o.(*container.Scroll); ok {
		port = area.meet(port)
	}
	for _, child := range children(o) {
		w.walk(child, at.Add(child.Position()), port)
	}
}

func children(o fyne.CanvasObject) []fyne.CanvasObject {
	switch o := o.(type) {
	case *fyne.Container:
		return o.Objects
	case fyne.Widget:
		return test.WidgetRenderer(o).Objects()
	}
	return nil
}

// describe gives the words of o; false when it has none and takes no input.
func describe(o fyne.CanvasObject) (Place, bool) {
	if t, ok := o.(*canvas.Text); ok {
		return Place{Text: t.Text}, t.Text != ""
	}
	switch o := core(reflect.ValueOf(o)).(type) {
	case *widget.Label:
		return Place{Text: o.Text}, o.Text != ""
	case *widget.RichText:
		return Place{Text: o.String()}, o.String() != ""
	case *widget.Button:
		return Place{Text: o.Text}, true
	case *widget.Hyperlink:
		return Place{Text: o.Text}, true
	case *widget.Entry:
		text := o.Text
		if o.Password {
			text = strings.Repeat("•", len([]rune(text)))
		}
		return Place{Text: text, Hint: o.PlaceHolder}, true
	case *widget.Select:
		return Place{Text: o.Selected, Hint: o.PlaceHolder}, true
	case *widget.Check:
		return Place{Text: o.Text, Checked: o.Checked}, true
	}
	return Place{}, takesClicks(o)
}

func takesClicks(o fyne.CanvasObject) bool {
	switch o.(type) {
	case fyne.Tappable, fyne.Focusable, desktop.Mouseable:
		return true
	}
	return false
}

// core gives the widget of Fyne's that v points to or extends by embedding, nil when there is none.
func core(v reflect.Value) any {
	switch o := v.Interface().(type) {
	case *widget.Label, *widget.RichText, *widget.Button, *widget.Hyperlink, *widget.Entry, *widget.Select, *widget.Check:
		return o
	}
	if v.Kind() != reflect.Pointer || v.Elem().Kind() != reflect.Struct {
		return nil
	}
	for i := range v.Elem().NumField() {
		f := v.Elem().Type().Field(i)
		if !f.Anonymous || !f.IsExported() || f.Type.Kind() != reflect.Struct {
			continue
		}
		if o := core(v.Elem().Field(i).Addr()); o != nil {
			return o
		}
	}
	return nil
}

// typeName is the type's name without its package.
func typeName(o any) string {
	name := fmt.Sprintf("%T", o)
	return name[strings.LastIndexByte(name, '.')+1:]
}
