package review

import (
	"fyne.io/fyne/v2"

	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// leaves are what was opened in front of the sheet of section 6; the uppermost is in view.
type leaves struct {
	root   *fyne.Container
	sheet  fyne.CanvasObject
	opened []leaf          // the uppermost last
	said   *widgets.Banner // on the sheet: what has just been done
	back   func()          // the sheet has come into view again
}

// leaf is what stands in front of the sheet: a list, a decision, an undo.
type leaf interface {
	Content() fyne.CanvasObject
	// Show is called whenever it comes to the front: it fetches anew and takes the focus.
	Show()
}

// top is the leaf in front, nil while the sheet is in view.
func (s *leaves) top() leaf {
	if len(s.opened) == 0 {
		return nil
	}
	return s.opened[len(s.opened)-1]
}

// push puts a leaf in front.
func (s *leaves) push(l leaf) {
	s.opened = append(s.opened, l)
	s.said.Hide()
	s.front(l.Content())
	l.Show()
}

// pop takes the leaf in front away.
func (s *leaves) pop() {
	if len(s.opened) == 0 {
		return
	}
	s.opened = s.opened[:len(s.opened)-1]
	if l := s.top(); l != nil {
		s.front(l.Content())
		l.Show()
		return
	}
	s.front(s.sheet)
	s.back()
}

// close brings the sheet into view.
func (s *leaves) close() {
	s.opened = nil
	s.front(s.sheet)
}

func (s *leaves) front(o fyne.CanvasObject) {
	widgets.Leave(s.root)
	s.root.Objects = []fyne.CanvasObject{o}
	s.root.Refresh()
}

// FocusSearch puts the cursor into the search of what is open, and tells whether there is one.
func (s *leaves) FocusSearch() bool {
	l, ok := s.top().(kit.Searcher)
	return ok && l.FocusSearch()
}

// TypedKey takes keys that no focused widget took: Esc closes what is open, the others are its own.
func (s *leaves) TypedKey(k *fyne.KeyEvent) bool {
	l := s.top()
	if l == nil {
		return false
	}
	if own, ok := l.(kit.Keyed); ok && own.TypedKey(k) {
		return true
	}
	if k.Name != fyne.KeyEscape {
		return false
	}
	s.pop()
	return true
}
