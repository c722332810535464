package widgets

import (
	"maps"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// markWidth is the width of the box before a row that can be marked.
const markWidth = 32

// tableLine is one row on the screen.
type tableLine struct {
	widget.BaseWidget
	list  *tableList
	at    int
	row   TableRow
	ok    bool
	mark  *widget.Icon // nil: rows cannot be marked
	cells *fyne.Container
	box   *fyne.Container
}

// newTableLine makes a line. That of a table which has commands for its rows takes the mouse itself,
// because Fyne's list knows one kind of click.
func newTableLine(l *tableList) fyne.CanvasObject {
	t := l.table
	if t.OnOpen == nil && t.OnMenu == nil && t.OnMarked == nil {
		line := &tableLine{list: l}
		line.fill()
		line.ExtendBaseWidget(line)
		return line
	}
	line := &activeLine{tableLine{list: l}}
	line.fill()
	line.ExtendBaseWidget(line)
	return line
}

func (l *tableLine) fill() {
	t := l.list.table
	l.cells = container.New(columnsLayout(t.columns))
	for _, c := range t.columns {
		cell := widget.NewLabel("")
		cell.Truncation = fyne.TextTruncateEllipsis
		if c.Right {
			cell.Alignment = fyne.TextAlignTrailing
		}
		l.cells.Add(cell)
	}
	l.box = container.NewStack(l.cells)
	if t.OnMarked != nil {
		l.mark = widget.NewIcon(theme.CheckButtonIcon())
		l.box = NewBorder(nil, nil, FixedWidth(markWidth, container.NewCenter(l.mark)), nil, l.cells)
	}
}

func (l *tableLine) show(at int, r TableRow, ok bool) {
	l.at, l.row, l.ok = at, r, ok
	for j, cell := range l.cells.Objects {
		text := ""
		switch {
		case ok && j < len(r.Cells):
			text = r.Cells[j]
		case j == 0:
			text = waiting
		}
		if label := cell.(*widget.Label); label.Text != text {
			label.SetText(text)
		}
	}
	if l.mark == nil {
		return
	}
	icon, color := theme.CheckButtonIcon(), ColorMuted
	if _, marked := l.list.table.marks[r.Key]; ok && marked {
		icon, color = theme.CheckButtonCheckedIcon(), theme.ColorNamePrimary
	}
	l.mark.SetResource(theme.NewColoredResource(icon, color))
}

// CreateRenderer belongs to Fyne.
func (l *tableLine) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(l.box) }

// activeLine is a line that takes right clicks, double clicks and marks.
type activeLine struct{ tableLine }

// MouseDown chooses the row; with Ctrl, or on the box, it marks it.
func (l *activeLine) MouseDown(e *desktop.MouseEvent) {
	if !l.ok {
		return
	}
	l.list.pick(l.at)
	onBox := l.mark != nil && e.Position.X < markWidth
	if e.Button == desktop.MouseButtonPrimary && (onBox || e.Modifier&fyne.KeyModifierShortcutDefault != 0) {
		l.list.table.toggle(l.row)
	}
}

// MouseUp does nothing.
func (l *activeLine) MouseUp(*desktop.MouseEvent) {}

// DoubleTapped opens the row.
func (l *activeLine) DoubleTapped(e *fyne.PointEvent) {
	if t := l.list.table; l.ok && t.OnOpen != nil && (l.mark == nil || e.Position.X >= markWidth) {
		t.OnOpen(l.row)
	}
}

// TappedSecondary asks for the commands of the row.
func (l *activeLine) TappedSecondary(e *fyne.PointEvent) {
	if t := l.list.table; l.ok && t.OnMenu != nil {
		t.OnMenu(l.row, e.AbsolutePosition)
	}
}

// toggle marks a row, or takes its mark away.
func (t *DataTable) toggle(r TableRow) {
	if t.OnMarked == nil {
		return
	}
	if _, marked := t.marks[r.Key]; marked {
		delete(t.marks, r.Key)
	} else {
		t.marks[r.Key] = r
	}
	t.list.Refresh()
	t.OnMarked(len(t.marks))
}

// remark keeps marked rows as they are now.
func (t *DataTable) remark(rows []TableRow) {
	for _, r := range rows {
		if _, marked := t.marks[r.Key]; marked {
			t.marks[r.Key] = r
		}
	}
}

// Marked gives the rows that are marked, by their keys.
func (t *DataTable) Marked() []TableRow {
	rows := make([]TableRow, 0, len(t.marks))
	for _, key := range slices.Sorted(maps.Keys(t.marks)) {
		rows = append(rows, t.marks[key])
	}
	return rows
}

// Unmark takes every mark away.
func (t *DataTable) Unmark() {
	if len(t.marks) == 0 {
		return
	}
	clear(t.marks)
	t.list.Refresh()
	if t.OnMarked != nil {
		t.OnMarked(0)
	}
}
