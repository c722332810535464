package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// NewSteady stacks objects, as Fyne's own stack does, and keeps everything in them laid out. It belongs around all of a
// window, and around the content of a dialog.
//
// Fyne lays a container out anew when something in it needs another size than before, but it remembers one such container at a
// time: where something changes in a later neighbour in the same frame, without that neighbour needing another size (an entry
// whose text changes), the first one is forgotten. What has just been shown there keeps the height 0, and lies over what
// stands under it. And texts that wrap know only after they were laid out how high they are, which Fyne takes into account
// a frame later, one level up the tree a frame.
func NewSteady(objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&steadyLayout{}, objects...)
}

type steadyLayout struct {
	known map[fyne.CanvasObject]settled
	seen  map[fyne.CanvasObject]settled // in this pass
}

// settled is how an object was when its parent was laid out.
type settled struct {
	least fyne.Size
	shown int // how many children a container showed
}

// steadyPasses bounds what one call does: a layout that never comes to rest goes on in the next frame.
const steadyPasses = 6

// MinSize is asked for at every frame: this is where what has changed is laid out.
func (l *steadyLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	l.settle(objects)
	var s fyne.Size
	for _, o := range objects {
		if o.Visible() {
			s = s.Max(o.MinSize())
		}
	}
	return s
}

func (l *steadyLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	for _, o := range objects {
		o.Move(fyne.NewPos(0, 0))
		o.Resize(size)
	}
	l.settle(objects)
}

func (l *steadyLayout) settle(objects []fyne.CanvasObject) {
	for range steadyPasses {
		if l.seen == nil {
			l.seen = make(map[fyne.CanvasObject]settled, len(l.known))
		}
		changed := false
		for _, o := range objects {
			changed = o.Visible() && o.Size() != (fyne.Size{}) && l.pass(o) || changed
		}
		l.known, l.seen = l.seen, l.known
		clear(l.seen) // what is no longer there is held no more
		if !changed {
			return
		}
	}
}

// need is the size that the parent of o goes by: what lies around a scroll may follow what is in it (Footed).
func need(o fyne.CanvasObject) fyne.Size {
	if s, ok := o.(*container.Scroll); ok {
		return s.Content.MinSize()
	}
	return o.MinSize()
}

// pass lays out the containers in o in which something needs another size than before, the innermost first, and tells whether
// there was one.
func (l *steadyLayout) pass(o fyne.CanvasObject) (changed bool) {
	var inside []fyne.CanvasObject
	switch o := o.(type) {
	case *fyne.Container:
		inside = o.Objects
	case *container.Scroll:
		inside = []fyne.CanvasObject{o.Content}
	default:
		return false
	}
	stale, shown := false, 0
	for _, c := range inside {
		if c == nil || !c.Visible() {
			continue
		}
		shown++
		changed = l.pass(c) || changed
		now := settled{least: need(c), shown: l.seen[c].shown}
		if was, ok := l.known[c]; !ok || was.least != now.least {
			stale = true
		}
		l.seen[c] = now
	}
	was, ok := l.known[o]
	stale = stale || ok && was.shown != shown
	l.seen[o] = settled{least: was.least, shown: shown}
	if !stale {
		return changed
	}
	switch o := o.(type) {
	case *fyne.Container:
		if o.Layout != nil {
			o.Layout.Layout(o.Objects, o.Size())
		}
	case *container.Scroll:
		o.Content.Resize(o.Content.MinSize().Max(o.Size()))
		at := o.Offset
		o.Offset = at.AddXY(1, 1) // Fyne does nothing where it is already
		o.ScrollToOffset(at)      // within what there is to scroll now
	}
	return true
}
