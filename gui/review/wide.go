package review

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// wide is what is opened over the section: lists, decisions and an undo take the whole width right of the menu, and what was
// opened last is in front. It stays open while another page is in view.
type wide struct {
	*kit.Leaves
	e       *kit.Env
	object  fyne.CanvasObject
	covers  bool
	touched func() // it has gone out of view: numbers may have changed
	undo    func() // takes the last decision back
}

func newWide(e *kit.Env) *wide {
	w := &wide{e: e, Leaves: &kit.Leaves{Root: container.NewStack(), Sheet: container.NewStack(), Said: widgets.NewBanner()}}
	w.Uncovered = w.uncover
	w.object = widgets.Inset(12, 4, w.Root)
	return w
}

// Content is always the same object.
func (w *wide) Content() fyne.CanvasObject { return w.object }

// Show is called when it comes into view, and again when it comes back.
func (w *wide) Show() {
	w.covers = true
	if l := w.Top(); l != nil {
		l.Show()
	}
}

// Undo is Ctrl+Z: it takes the last decision back.
func (w *wide) Undo() { w.undo() }

// Left is called when it goes out of view.
func (w *wide) Left() {
	w.covers = false
	w.touched()
}

// Push puts a leaf in front.
func (w *wide) Push(l kit.Leaf) {
	w.cover()
	if w.covers { // a dialog keeps it away
		w.Leaves.Push(l)
	}
}

// cover brings it into view.
func (w *wide) cover() {
	if !w.covers {
		w.e.Frame.Cover(w)
	}
}

func (w *wide) uncover() {
	if w.covers {
		w.e.Frame.Back()
	}
}

// Close takes everything away.
func (w *wide) Close() {
	w.Leaves.Close()
	w.uncover()
}
