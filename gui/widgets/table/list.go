package table

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// waiting stands in the first cell of a row that has not come yet.
const waiting = "…"

// list is the body of a Table: a List that the keyboard moves through by rows and pages.
type list struct {
	widget.List
	widgets.Keys
	handlers *Handlers
	pages    *pages
	marks    *marks
	columns  []Column
	at       int // the highlighted row
	picked   int // the row that was chosen before it had come; -1: none
	shift    int // how many Shift keys are held
	width    float32
}

func newList(h *Handlers, p *pages, m *marks) *list {
	l := &list{handlers: h, pages: p, marks: m, picked: -1}
	l.Length = func() int { return p.total }
	l.OnHighlighted = func(i widget.ListItemID) { l.at = i }
	l.OnSelected = func(i widget.ListItemID) { l.at = i; l.choose(i) }
	l.ExtendBaseWidget(l)
	return l
}

// choose tells of the chosen row, now or when it comes.
func (l *list) choose(i int) {
	r, ok := l.pages.row(i)
	if !ok {
		l.picked = i
		return
	}
	l.picked = -1
	if l.handlers.OnSelected != nil {
		l.handlers.OnSelected(r)
	}
}

// TypedKey moves by row, page and to the ends, and chooses the row it comes to.
func (l *list) TypedKey(k *fyne.KeyEvent) {
	if l.Typed(k) {
		return
	}
	if l.pages.total == 0 {
		widgets.PassKey(l, k)
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
		to = l.pages.total - 1
	case fyne.KeySpace, fyne.KeyReturn, fyne.KeyEnter, fyne.KeyF10, desktop.KeyMenu:
		if l.command(k.Name) {
			return
		}
	default:
		if l.handlers.OnKey != nil {
			l.handlers.OnKey(k)
			return
		}
		widgets.PassKey(l, k)
		return
	}
	to = max(0, min(to, l.pages.total-1))
	if l.shift > 0 {
		l.marks.to(to)
	} else {
		l.marks.anchor(to)
	}
	l.Highlight(to)
	l.Select(to)
}

// KeyDown sees that Shift is held: moving then marks.
func (l *list) KeyDown(k *fyne.KeyEvent) {
	if isShift(k) {
		l.shift++
	}
}

// KeyUp sees that Shift is let go.
func (l *list) KeyUp(k *fyne.KeyEvent) {
	if isShift(k) {
		l.shift = max(0, l.shift-1)
	}
}

func isShift(k *fyne.KeyEvent) bool {
	return k.Name == desktop.KeyShiftLeft || k.Name == desktop.KeyShiftRight
}

// FocusLost forgets keys that will be let go elsewhere.
func (l *list) FocusLost() {
	l.shift = 0
	l.List.FocusLost()
}

// TypedShortcut marks all rows on Ctrl+A and moves with Ctrl and the arrows; the others are the window's.
func (l *list) TypedShortcut(s fyne.Shortcut) {
	if _, all := s.(*fyne.ShortcutSelectAll); all {
		l.marks.all()
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
func (l *list) command(k fyne.KeyName) bool {
	h := l.handlers
	r, ok := l.pages.row(l.at)
	switch {
	case !ok:
	case k == fyne.KeySpace && l.marks.possible():
		l.marks.toggle(l.at, r)
	case (k == fyne.KeyReturn || k == fyne.KeyEnter) && h.OnOpen != nil:
		h.OnOpen(r)
	case (k == fyne.KeyF10 || k == desktop.KeyMenu) && h.OnMenu != nil:
		l.Highlight(l.at) // scrolls to it
		l.Select(l.at)
		top := fyne.CurrentApp().Driver().AbsolutePositionForObject(l)
		under := float32(l.at+1)*(l.MinSize().Height+l.Theme().Size(theme.SizeNamePadding)) - l.GetScrollOffset()
		h.OnMenu(r, top.AddXY(cellOverlap*2, min(under, l.Size().Height)))
	default:
		return false
	}
	return true
}

// TypedRune gives letters to the window: a list has no use for them.
func (l *list) TypedRune(r rune) {
	if r == ' ' {
		return // arrives as a key
	}
	widgets.PassRune(l, r)
}

// pick is what the mouse does to a row: it takes the focus and chooses the row.
func (l *list) pick(i int) {
	if c := fyne.CurrentApp().Driver().CanvasForObject(l); c != nil {
		c.Focus(l)
	}
	l.Highlight(i)
	l.Select(i)
}

// Resize makes the rows as high as their texts are in that width.
func (l *list) Resize(size fyne.Size) {
	l.List.Resize(size)
	if size.Width != l.width {
		l.width = size.Width
		for page, rows := range l.pages.held {
			l.fit(page, rows)
		}
	}
}

// fit makes the rows of a page as high as the texts are that are shown whole.
func (l *list) fit(page int, rows []Row) {
	columns := columnsLayout(l.columns)
	if l.width == 0 || !slices.ContainsFunc(columns, func(c Column) bool { return c.Wrap }) {
		return
	}
	widths := columns.widths(l.width)
	measure := widget.NewLabel("")
	measure.Wrapping = fyne.TextWrapWord
	for at, r := range rows {
		var height float32
		for i, c := range columns {
			if !c.Wrap || i >= len(r.Cells) {
				continue
			}
			measure.Resize(fyne.NewSize(columns.cell(i, widths), 0))
			measure.SetText(r.Cells[i])
			height = max(height, measure.MinSize().Height)
		}
		l.SetItemHeight(page*PageRows+at, max(height, l.MinSize().Height))
	}
}

func (l *list) screenful() int {
	row := l.MinSize().Height
	if row <= 0 {
		return 1
	}
	return max(1, int(l.Size().Height/row)-1)
}
