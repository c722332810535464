package widgets

import (
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
	list    *tableList
	columns []Column // of the cells
	at      int
	row     TableRow
	ok      bool
	mark    *widget.Icon // nil: rows cannot be marked
	cells   *fyne.Container
	box     *fyne.Container
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
	l.cells = container.NewWithoutLayout()
	l.divide()
	l.box = container.NewStack(l.cells)
	if t.OnMarked != nil {
		l.mark = widget.NewIcon(theme.CheckButtonIcon())
		l.box = NewBorder(nil, nil, FixedWidth(markWidth, container.NewCenter(l.mark)), nil, l.cells)
	}
}

// divide makes a cell of every column the table has now.
func (l *tableLine) divide() {
	l.columns = l.list.table.columns
	l.cells.RemoveAll()
	l.cells.Layout = columnsLayout(l.columns)
	for _, c := range l.columns {
		cell := widget.NewLabel("")
		cell.Truncation = fyne.TextTruncateEllipsis
		if c.Right {
			cell.Alignment = fyne.TextAlignTrailing
		}
		l.cells.Add(cell)
	}
}

func (l *tableLine) show(at int, r TableRow, ok bool) {
	l.at, l.row, l.ok = at, r, ok
	if !slices.Equal(l.columns, l.list.table.columns) {
		l.divide()
	}
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
	if ok && l.list.table.marked(r.Key) {
		icon, color = theme.CheckButtonCheckedIcon(), theme.ColorNamePrimary
	}
	l.mark.SetResource(theme.NewColoredResource(icon, color))
}

// CreateRenderer belongs to Fyne.
func (l *tableLine) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(l.box) }

// activeLine is a line that takes right clicks, double clicks and marks.
type activeLine struct{ tableLine }

// MouseDown chooses the row; with Ctrl, or on the box, it marks it, with Shift all up to it.
func (l *activeLine) MouseDown(e *desktop.MouseEvent) {
	if !l.ok {
		return
	}
	onBox := l.mark != nil && e.Position.X < markWidth
	switch t := l.list.table; {
	case e.Button != desktop.MouseButtonPrimary:
		l.list.pick(l.at)
	case e.Modifier&fyne.KeyModifierShift != 0:
		t.markTo(l.at)
		l.list.pick(l.at)
	case onBox || e.Modifier&fyne.KeyModifierShortcutDefault != 0:
		l.list.pick(l.at)
		t.toggle(l.at, l.row)
	default:
		l.list.pick(l.at)
		t.anchor(l.at)
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
