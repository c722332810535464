package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
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
}

func newTableList(t *DataTable) *tableList {
	l := &tableList{table: t}
	l.Length = func() int { return t.total }
	l.CreateItem = func() fyne.CanvasObject {
		row := container.New(columnsLayout(t.columns))
		for _, c := range t.columns {
			cell := widget.NewLabel("")
			cell.Truncation = fyne.TextTruncateEllipsis
			if c.Right {
				cell.Alignment = fyne.TextAlignTrailing
			}
			row.Add(cell)
		}
		return row
	}
	l.UpdateItem = func(i widget.ListItemID, o fyne.CanvasObject) {
		r, ok := t.row(i)
		for j, cell := range o.(*fyne.Container).Objects {
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
	case fyne.KeySpace, fyne.KeyReturn, fyne.KeyEnter:
	default:
		return
	}
	to = max(0, min(to, l.table.total-1))
	l.Highlight(to)
	l.Select(to)
}

func (l *tableList) screenful() int {
	row := l.MinSize().Height
	if row <= 0 {
		return 1
	}
	return max(1, int(l.Size().Height/row)-1)
}
