package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// Pressable is the part of a widget that is pressed as a whole, by mouse, Enter or Space. While OnTapped is
// nil it cannot be pressed.
type Pressable struct {
	Keys
	OnTapped func()
	// Hovered and Focused are what Draw shows whenever one of them has changed.
	Hovered, Focused bool
	Draw             func()
	// Self is the widget that it is the part of: what a press has no use for goes to its window.
	Self fyne.CanvasObject
}

// Tapped presses it.
func (p *Pressable) Tapped(*fyne.PointEvent) {
	if p.OnTapped != nil {
		p.OnTapped()
	}
}

// TypedKey presses it on Enter and Space.
func (p *Pressable) TypedKey(k *fyne.KeyEvent) {
	if p.Typed(k) {
		return
	}
	switch k.Name {
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		p.Tapped(nil)
	default:
		PassKey(p.Self, k)
	}
}

// TypedRune gives letters to the window.
func (p *Pressable) TypedRune(r rune) { PassRune(p.Self, r) }

// FocusGained is told of the keyboard.
func (p *Pressable) FocusGained() { p.Focused = true; p.Draw() }

// FocusLost is told of the keyboard.
func (p *Pressable) FocusLost() { p.Focused = false; p.Draw() }

// MouseIn is told of the mouse.
func (p *Pressable) MouseIn(*desktop.MouseEvent) { p.Hovered = p.OnTapped != nil; p.Draw() }

// MouseMoved does nothing.
func (p *Pressable) MouseMoved(*desktop.MouseEvent) {}

// MouseOut is told of the mouse.
func (p *Pressable) MouseOut() { p.Hovered = false; p.Draw() }

// Cursor is the hand where a press does something.
func (p *Pressable) Cursor() desktop.Cursor {
	if p.OnTapped == nil {
		return desktop.DefaultCursor
	}
	return desktop.PointerCursor
}
