package widgets

import "fyne.io/fyne/v2"

// Press tells a key that is pressed from one that repeats because it is held: what a press has opened, its repeats must not
// answer. Fyne tells what has the focus of a press once, by KeyDown, and gives it TypedKey for the press and all repeats.
type Press struct {
	needs bool // a press has to come before anything is done
	down  bool
}

// Await has the next key count only if it is pressed from now on: the focus may have come while one is held.
func (p *Press) Await() { p.needs, p.down = true, false }

// KeyDown is told of a press.
func (p *Press) KeyDown(*fyne.KeyEvent) { p.needs, p.down = true, true }

// KeyUp does nothing: a press counts once, however long it is.
func (p *Press) KeyUp(*fyne.KeyEvent) {}

// Fresh tells whether the key that was just typed was pressed, not held.
func (p *Press) Fresh() bool {
	fresh := !p.needs || p.down
	p.down = false
	return fresh
}
