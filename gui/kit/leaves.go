package kit

import (
	"fyne.io/fyne/v2"

	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// Leaves are what was opened in front of the sheet of a page; the uppermost is in view.
type Leaves struct {
	Root  *fyne.Container
	Sheet fyne.CanvasObject
	Said  *widgets.Banner // on the sheet: what has just been done
	// Uncovered is called when the sheet has come into view again.
	Uncovered func()

	opened []Leaf // the uppermost last
}

// Leaf is what stands in front of the sheet: a list, a decision, an undo.
type Leaf interface {
	Content() fyne.CanvasObject
	// Show is called whenever it comes to the front: it fetches anew and takes the focus.
	Show()
}

// Top is the leaf in front, nil while the sheet is in view.
func (s *Leaves) Top() Leaf {
	if len(s.opened) == 0 {
		return nil
	}
	return s.opened[len(s.opened)-1]
}

// Push puts a leaf in front.
func (s *Leaves) Push(l Leaf) {
	s.opened = append(s.opened, l)
	s.Said.Hide()
	s.front(l.Content())
	l.Show()
}

// Pop takes the leaf in front away.
func (s *Leaves) Pop() {
	if len(s.opened) == 0 {
		return
	}
	s.opened = s.opened[:len(s.opened)-1]
	if l := s.Top(); l != nil {
		s.front(l.Content())
		l.Show()
		return
	}
	s.front(s.Sheet)
	s.Uncovered()
}

// Close brings the sheet into view.
func (s *Leaves) Close() {
	s.opened = nil
	s.front(s.Sheet)
}

// front brings o into view; what goes out of view gives the focus up, or it would go on taking keys.
func (s *Leaves) front(o fyne.CanvasObject) {
	widgets.Leave(s.Root)
	if c := fyne.CurrentApp().Driver().CanvasForObject(s.Root); c != nil {
		c.Unfocus()
	}
	s.Root.Objects = []fyne.CanvasObject{o}
	s.Root.Refresh()
}

// Dirty tells whether what is open was edited; Save and SaveThen are its own. They make an Editor of every page with
// leaves.
func (s *Leaves) Dirty() bool {
	l, ok := s.Top().(Editor)
	return ok && l.Dirty()
}

// Save saves what is open.
func (s *Leaves) Save() {
	if l, ok := s.Top().(Editor); ok {
		l.Save()
	}
}

// SaveThen saves what is open before it is left.
func (s *Leaves) SaveThen(then func()) {
	if l, ok := s.Top().(Editor); ok {
		l.SaveThen(then)
	}
}

// FocusSearch puts the cursor into the search of what is open, and tells whether there is one.
func (s *Leaves) FocusSearch() bool {
	l, ok := s.Top().(Searcher)
	return ok && l.FocusSearch()
}

// TypedKey takes keys that no focused widget took: Esc closes what is open, the others are its own.
func (s *Leaves) TypedKey(k *fyne.KeyEvent) bool {
	l := s.Top()
	if l == nil {
		return false
	}
	if own, ok := l.(Keyed); ok && own.TypedKey(k) {
		return true
	}
	if k.Name != fyne.KeyEscape {
		return false
	}
	s.Pop()
	return true
}

// Bottom gives the leaf that was opened first, nil while the sheet is in view.
func (s *Leaves) Bottom() Leaf {
	if len(s.opened) == 0 {
		return nil
	}
	return s.opened[0]
}
