package widgets

import (
	"image/color"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Entry is Fyne's one-line entry with F1 and Esc.
type Entry struct {
	widget.Entry
	Keys
	blink
	// OnUndo is Ctrl+Z while the entry is empty and so has nothing of its own to undo.
	OnUndo func()
}

// NewEntry makes an entry with a place holder.
func NewEntry(placeHolder string) *Entry {
	e := &Entry{}
	e.Wrapping = fyne.TextWrapOff
	e.PlaceHolder = placeHolder
	e.ExtendBaseWidget(e)
	return e
}

// NewPasswordEntry makes an entry that shows dots.
func NewPasswordEntry(placeHolder string) *Entry {
	e := &Entry{}
	e.Password = true
	e.Wrapping = fyne.TextWrapOff
	e.PlaceHolder = placeHolder
	e.ExtendBaseWidget(e)
	return e
}

// TypedKey handles F1 and Esc before the entry does, and gives the window what a line of text has no use for.
func (e *Entry) TypedKey(k *fyne.KeyEvent) {
	e.used()
	switch {
	case e.Typed(k):
	case k.Name == fyne.KeyF1 || k.Name == fyne.KeyEscape:
		PassKey(e, k)
	case (k.Name == fyne.KeyReturn || k.Name == fyne.KeyEnter) && !e.MultiLine && e.OnSubmitted == nil && e.Icon == nil: // a search has one
		PassKey(e, k)
	default:
		e.Entry.TypedKey(k)
	}
}

// TypedShortcut gives Ctrl+Z of an empty entry to OnUndo.
func (e *Entry) TypedShortcut(s fyne.Shortcut) {
	e.used()
	if _, undo := s.(*fyne.ShortcutUndo); undo && e.Text == "" && e.OnUndo != nil {
		e.OnUndo()
		return
	}
	e.Entry.TypedShortcut(s)
}

// Select is Fyne's drop-down with F1 and Esc.
type Select struct {
	widget.Select
	Keys
}

// NewSelect makes a drop-down; placeHolder stands there while nothing is chosen (Fyne's own is English).
func NewSelect(placeHolder string, options []string, changed func(index int)) *Select {
	s := &Select{}
	s.PlaceHolder, s.Options = placeHolder, options
	s.OnChanged = func(string) {
		if changed != nil {
			changed(s.SelectedIndex())
		}
	}
	s.ExtendBaseWidget(s)
	return s
}

// Quietly does what would tell OnChanged, and does not tell it.
func (s *Select) Quietly(change func()) {
	changed := s.OnChanged
	s.OnChanged = nil
	change()
	s.OnChanged = changed
}

// CreateRenderer draws a line around the drop-down, as there is around an entry.
func (s *Select) CreateRenderer() fyne.WidgetRenderer {
	r := &selectRenderer{WidgetRenderer: s.Select.CreateRenderer(), line: canvas.NewRectangle(color.Transparent), of: s}
	r.draw()
	return r
}

type selectRenderer struct {
	fyne.WidgetRenderer
	line *canvas.Rectangle
	of   *Select
}

func (r *selectRenderer) Objects() []fyne.CanvasObject {
	return append(r.WidgetRenderer.Objects(), r.line)
}

func (r *selectRenderer) Layout(size fyne.Size) {
	r.WidgetRenderer.Layout(size)
	r.line.Resize(size)
}

func (r *selectRenderer) Refresh() {
	r.draw()
	r.WidgetRenderer.Refresh()
	r.line.Refresh()
}

func (r *selectRenderer) draw() {
	th, v := r.of.Theme(), fyne.CurrentApp().Settings().ThemeVariant()
	r.line.CornerRadius = th.Size(theme.SizeNameInputRadius)
	r.line.StrokeWidth = th.Size(theme.SizeNameInputBorder)
	r.line.StrokeColor = th.Color(theme.ColorNameInputBorder, v)
}

// TypedRune gives letters to the window.
func (s *Select) TypedRune(r rune) { PassRune(s, r) }

// TypedKey handles F1 and Esc before the drop-down does; Enter opens it.
func (s *Select) TypedKey(k *fyne.KeyEvent) {
	switch {
	case s.Typed(k):
	case k.Name == fyne.KeyReturn || k.Name == fyne.KeyEnter:
		s.Select.TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace})
	case slices.Contains([]fyne.KeyName{fyne.KeySpace, fyne.KeyUp, fyne.KeyDown, fyne.KeyLeft, fyne.KeyRight}, k.Name):
		s.Select.TypedKey(k)
	default:
		PassKey(s, k)
	}
}

// Check is Fyne's check box with F1 and Esc.
type Check struct {
	widget.Check
	Keys
}

// NewCheck makes a check box.
func NewCheck(label string, changed func(bool)) *Check {
	c := &Check{}
	c.Text, c.OnChanged = label, changed
	c.ExtendBaseWidget(c)
	return c
}

// TypedRune takes Space and gives letters to the window.
func (c *Check) TypedRune(r rune) {
	if r == ' ' {
		c.Check.TypedRune(r)
		return
	}
	PassRune(c, r)
}

// TypedKey handles F1 and Esc, and gives the window the other keys: a box has a use for Space only, which arrives as a letter.
func (c *Check) TypedKey(k *fyne.KeyEvent) {
	if !c.Typed(k) {
		PassKey(c, k)
	}
}
