package table

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// markWidth is the width of the box before a row that can be marked.
const markWidth = 32

// line is one row on the screen.
type line struct {
	widget.BaseWidget
	list    *list
	columns []Column // of the cells
	at      int
	row     Row
	ok      bool
	mark    *widget.Icon // nil: rows cannot be marked
	cells   *fyne.Container
	box     *fyne.Container
}

// showLines lets a list show its rows as lines.
func showLines(l *list) {
	l.CreateItem = func() fyne.CanvasObject { return newLine(l) }
	l.UpdateItem = func(i widget.ListItemID, o fyne.CanvasObject) {
		r, ok := l.pages.row(i)
		o.(interface {
			show(at int, r Row, ok bool)
		}).show(i, r, ok)
	}
}

// newLine makes a line. That of a table which has commands for its rows takes the mouse itself,
// because Fyne's list knows one kind of click.
func newLine(l *list) fyne.CanvasObject {
	x := &activeLine{line{list: l}}
	x.fill()
	if h := l.handlers; h.OnOpen == nil && h.OnMenu == nil && !l.marks.possible() {
		x.line.ExtendBaseWidget(&x.line)
		return &x.line
	}
	x.ExtendBaseWidget(x)
	return x
}

func (l *line) fill() {
	l.cells = container.NewWithoutLayout()
	l.divide()
	l.box = container.NewStack(l.cells)
	if l.list.marks.possible() {
		l.mark = widget.NewIcon(theme.CheckButtonIcon())
		l.box = widgets.NewBorder(nil, nil, widgets.FixedWidth(markWidth, container.NewCenter(l.mark)), nil, l.cells)
	}
}

// divide makes a cell of every column the table has now.
func (l *line) divide() {
	l.columns = l.list.columns
	l.cells.RemoveAll()
	l.cells.Layout = columnsLayout(l.columns)
	for _, c := range l.columns {
		cell := widget.NewLabel("")
		if cell.Truncation = fyne.TextTruncateEllipsis; c.Wrap {
			cell.Truncation, cell.Wrapping = fyne.TextTruncateOff, fyne.TextWrapWord
		}
		if c.Right {
			cell.Alignment = fyne.TextAlignTrailing
		}
		l.cells.Add(cell)
	}
}

func (l *line) show(at int, r Row, ok bool) {
	l.at, l.row, l.ok = at, r, ok
	if !slices.Equal(l.columns, l.list.columns) {
		l.divide()
	}
	for j, cell := range l.cells.Objects {
		text, tone := "", widget.MediumImportance
		if ok && j < len(r.Tones) {
			tone = r.Tones[j]
		}
		switch {
		case ok && j < len(r.Cells):
			text = r.Cells[j]
		case j == 0:
			text = waiting
		}
		if label := cell.(*widget.Label); label.Text != text || label.Importance != tone {
			label.Importance = tone
			label.SetText(text)
		}
	}
	if l.mark == nil {
		return
	}
	icon, color := theme.CheckButtonIcon(), widgets.ColorMuted
	if ok && l.list.marks.has(r.Key) {
		icon, color = theme.CheckButtonCheckedIcon(), theme.ColorNamePrimary
	}
	l.mark.SetResource(theme.NewColoredResource(icon, color))
}

// CreateRenderer belongs to Fyne.
func (l *line) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(l.box) }

// activeLine is a line that takes right clicks, double clicks and marks.
type activeLine struct{ line }

// MouseDown chooses the row; with Ctrl, or on the box, it marks it, with Shift all up to it.
func (l *activeLine) MouseDown(e *desktop.MouseEvent) {
	if !l.ok {
		return
	}
	onBox := l.mark != nil && e.Position.X < markWidth
	switch marks := l.list.marks; {
	case e.Button != desktop.MouseButtonPrimary:
		l.list.pick(l.at)
	case e.Modifier&fyne.KeyModifierShift != 0:
		marks.to(l.at)
		l.list.pick(l.at)
	case onBox || e.Modifier&fyne.KeyModifierShortcutDefault != 0:
		l.list.pick(l.at)
		marks.toggle(l.at, l.row)
	default:
		l.list.pick(l.at)
		marks.anchor(l.at)
	}
}

// MouseUp does nothing.
func (l *activeLine) MouseUp(*desktop.MouseEvent) {}

// DoubleTapped opens the row.
func (l *activeLine) DoubleTapped(e *fyne.PointEvent) {
	if h := l.list.handlers; l.ok && h.OnOpen != nil && (l.mark == nil || e.Position.X >= markWidth) {
		h.OnOpen(l.row)
	}
}

// TappedSecondary asks for the commands of the row.
func (l *activeLine) TappedSecondary(e *fyne.PointEvent) {
	if h := l.list.handlers; l.ok && h.OnMenu != nil {
		h.OnMenu(l.row, e.AbsolutePosition)
	}
}
