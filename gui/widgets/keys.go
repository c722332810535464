package widgets

import "fyne.io/fyne/v2"

// Keys gives a focused widget the keys that mean the same everywhere: F1 opens the help of the field,
// Esc cancels the smallest open thing, Enter (where it is set) presses the primary button. Fyne hands keys to the focused widget only.
type Keys struct {
	onHelp   func()
	onEscape func()
	onEnter  func()
}

// SetHelp says what F1 does.
func (k *Keys) SetHelp(f func()) { k.onHelp = f }

// SetEscape says what Esc does.
func (k *Keys) SetEscape(f func()) { k.onEscape = f }

// SetEnter says what Enter does: the primary button of the screen.
func (k *Keys) SetEnter(f func()) { k.onEnter = f }

// Typed handles e if it is one of them, and tells whether it did.
func (k *Keys) Typed(e *fyne.KeyEvent) bool {
	switch {
	case e.Name == fyne.KeyF1 && k.onHelp != nil:
		k.onHelp()
	case e.Name == fyne.KeyEscape && k.onEscape != nil:
		k.onEscape()
	case (e.Name == fyne.KeyReturn || e.Name == fyne.KeyEnter) && k.onEnter != nil:
		k.onEnter()
	default:
		return false
	}
	return true
}
