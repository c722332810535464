package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// waiting stands in the first cell of a row that has not come yet.
const waiting = "…"

// tableList is the body of a DataTable: a List that the keyboard moves through by rows and pages.
type tableList struct {
	widget.List
	keys
	table *DataTable
	at    int // the highlighted row
	shift int // how many Shift keys are held
}

func newTableList(t *DataTable) *tableList {
	l := &tableList{table: t}
	l.Length = func() int { return t.total }
	l.CreateItem = func() fyne.CanvasObject { return newTableLine(l) }
	l.UpdateItem = func(i widget.ListItemID, o fyne.CanvasObject) {
		r, ok := t.row(i)
		o.(interface {
			show(at int, r TableRow, ok bool)
		}).show(i, r, ok)
	}
	l.OnHighlighted = func(i widget.ListItemID) { l.at = i }
	l.OnSelected = func(i widget.ListItemID) { l.at = i; t.selected(i) }
	l.ExtendBaseWidget(l)
	return l
}

// TypedKey moves by row, page and to the ends, and chooses the row it comes to.
func (l *tableList) TypedKey(k *fyne.KeyEvent) {
	if l.typed(k) || l.table.total == 0 {
		return
	}
	to := l.at
	switch k.Name {
	case fyne.KeyUp:
		to--
	case fyne.KeyDown:
		to++
	case fyne.KeyPageUp:
		to -= l.screenful()
	case fyne.KeyPageDown:
		to += l.screenful()
	case fyne.KeyHome:
		to = 0
	case fyne.KeyEnd:
		to = l.table.total - 1
	case fyne.KeySpace, fyne.KeyReturn, fyne.KeyEnter, fyne.KeyF10, desktop.KeyMenu:
		if l.command(k.Name) {
			return
		}
	default:
		if l.table.OnKey != nil {
			l.table.OnKey(k)
		}
		return
	}
	to = max(0, min(to, l.table.total-1))
	if l.shift > 0 {
		l.table.markTo(to)
	} else {
		l.table.anchor(to)
	}
	l.Highlight(to)
	l.Select(to)
}

// KeyDown sees that Shift is held: moving then marks.
func (l *tableList) KeyDown(k *fyne.KeyEvent) {
	if isShift(k) {
		l.shift++
	}
}

// KeyUp sees that Shift is let go.
func (l *tableList) KeyUp(k *fyne.KeyEvent) {
	if isShift(k) {
		l.shift = max(0, l.shift-1)
	}
}

func isShift(k *fyne.KeyEvent) bool {
	return k.Name == desktop.KeyShiftLeft || k.Name == desktop.KeyShiftRight
}

// FocusLost forgets keys that will be let go elsewhere.
func (l *tableList) FocusLost() {
	l.shift = 0
	l.List.FocusLost()
}

// TypedShortcut marks all rows on Ctrl+A and moves with Ctrl and the arrows; the others are the window's.
func (l *tableList) TypedShortcut(s fyne.Shortcut) {
	if _, all := s.(*fyne.ShortcutSelectAll); all {
		l.table.MarkAll()
		return
	}
	if c, ok := s.(*desktop.CustomShortcut); ok && c.Modifier == fyne.KeyModifierShortcutDefault {
		switch c.KeyName {
		case fyne.KeyUp, fyne.KeyDown, fyne.KeyHome, fyne.KeyEnd, fyne.KeyPageUp, fyne.KeyPageDown, fyne.KeySpace:
			l.TypedKey(&fyne.KeyEvent{Name: c.KeyName})
			return
		}
	}
	if c, ok := fyne.CurrentApp().Driver().CanvasForObject(l).(fyne.Shortcutable); ok {
		c.TypedShortcut(s)
	}
}

// command does what a key does to the highlighted row, and tells whether it did anything.
func (l *tableList) command(k fyne.KeyName) bool {
	t := l.table
	r, ok := t.row(l.at)
	switch {
	case !ok:
	case k == fyne.KeySpace && t.OnMarked != nil:
		t.toggle(l.at, r)
	case (k == fyne.KeyReturn || k == fyne.KeyEnter) && t.OnOpen != nil:
		t.OnOpen(r)
	case (k == fyne.KeyF10 || k == desktop.KeyMenu) && t.OnMenu != nil:
		l.Highlight(l.at) // scrolls to it
		l.Select(l.at)
		top := fyne.CurrentApp().Driver().AbsolutePositionForObject(l)
		under := float32(l.at+1)*(l.MinSize().Height+l.Theme().Size(theme.SizeNamePadding)) - l.GetScrollOffset()
		t.OnMenu(r, top.AddXY(cellOverlap*2, min(under, l.Size().Height)))
	default:
		return false
	}
	return true
}

// TypedRune gives letters to the window: a list has no use for them.
func (l *tableList) TypedRune(r rune) {
	if r == ' ' {
		return // arrives as a key
	}
	if c := fyne.CurrentApp().Driver().CanvasForObject(l); c != nil && c.OnTypedRune() != nil {
		c.OnTypedRune()(r)
	}
}

// pick is what the mouse does to a row: it takes the focus and chooses the row.
func (l *tableList) pick(i int) {
	if c := fyne.CurrentApp().Driver().CanvasForObject(l); c != nil {
		c.Focus(l)
	}
	l.Highlight(i)
	l.Select(i)
}

func (l *tableList) screenful() int {
	row := l.MinSize().Height
	if row <= 0 {
		return 1
	}
	return max(1, int(l.Size().Height/row)-1)
}
