package files

import (
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"github.com/sopyo/sopyo-desktop/domain/listing"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
	"github.com/sopyo/sopyo-desktop/gui/widgets/table"
)

// importTables are the first rows of the file, and what is wrong in which row: one of them is in view.
type importTables struct {
	e       *env
	found   listing.Found
	shown   []int // columns of the file
	escape  func()
	object  fyne.CanvasObject
	holder  *fyne.Container
	first   *widgets.Button
	wrong   *widgets.Button
	note    *widgets.Text
	list    []listing.Noted
	count   int
	problem bool // the problems are in view
	table   *table.Table
	faults  *table.Table
}

func newImportTables(e *env, found listing.Found, shown []int, escape func()) *importTables {
	t := &importTables{e: e, found: found, shown: shown, escape: escape, holder: container.NewStack(), note: widgets.NewMuted("")}
	t.first = widgets.NewButton(e.T("import.first", len(found.Rows)), func() { t.bring(false) })
	t.wrong = widgets.NewButton(e.T("import.problems", 0), func() { t.bring(true) })
	for _, b := range []*widgets.Button{t.first, t.wrong} {
		b.SetEscape(escape)
	}
	t.faults = table.New([]table.Column{
		{Title: e.T("import.line"), Width: 62, Right: true},
		{Title: e.T("import.problem.field"), Width: 92, Grow: 0.3},
		{Title: e.T("import.problem.value"), Width: 110, Grow: 0.4},
		{Title: e.T("import.problem.what"), Width: 150, Grow: 4},
	}, t.fetchProblems)
	t.faults.SetEscape(escape)
	t.faults.OnSelected = func(r table.Row) { t.say(r.Detail) }
	t.object = widgets.NewBorder(container.NewHBox(widgets.Gap(4), t.first, t.wrong, layout.NewSpacer()), t.note, widgets.Gap(6), nil, t.holder)
	t.drawFirst(found.Mapping)
	return t
}

// bring puts one of the tables into view.
func (t *importTables) bring(problems bool) {
	t.problem = problems
	t.first.Importance, t.wrong.Importance = widget.HighImportance, widget.MediumImportance
	var o fyne.CanvasObject = t.table
	note := ""
	if problems {
		t.first.Importance, t.wrong.Importance = widget.MediumImportance, widget.HighImportance
		o = t.faults
		switch {
		case t.count > len(t.list):
			note = t.e.T("import.problems.more", t.count, len(t.list))
		case t.count == 0:
			note = t.e.T("import.problems.none")
		}
	}
	t.say(note)
	t.first.Refresh()
	t.wrong.Refresh()
	t.holder.Objects = []fyne.CanvasObject{o}
	t.holder.Refresh()
}

// say puts a line under the tables.
func (t *importTables) say(words string) {
	widgets.SetOrHide(t.note, words)
	t.object.Refresh()
}

// drawFirst makes the table of the first rows anew: the heads say what the columns become.
func (t *importTables) drawFirst(m listing.Mapping) {
	e := t.e
	columns := []table.Column{{Title: e.T("import.line"), Width: 56, Right: true}}
	for _, i := range t.shown {
		title := columnName(e, t.found.Header, i)
		if f := m[i]; f != "" {
			if word := e.T("import.field." + string(f)); word != title {
				title = word + " · " + title
			}
		}
		columns = append(columns, table.Column{Title: title, Width: 132, Grow: 1})
	}
	t.table = table.New(columns, t.fetchFirst)
	t.table.SetEscape(t.escape)
	t.table.Reload()
	t.bring(t.problem)
}

func (t *importTables) fetchFirst(q table.Query, done func([]table.Row, int, bool)) {
	rows := make([]table.Row, len(t.found.Rows))
	for i, r := range t.found.Rows {
		cells := []string{strconv.Itoa(r.Line)}
		for _, column := range t.shown {
			cell := ""
			if column < len(r.Cells) {
				cell = oneLine(r.Cells[column])
			}
			cells = append(cells, cell)
		}
		rows[i].Cells = cells
	}
	done(kit.PageOf(rows, q.Limit, q.Offset), len(rows), true)
}

// problems shows what is wrong; count may be more than the list holds.
func (t *importTables) problems(list []listing.Noted, count int) {
	t.list, t.count = list, count
	t.wrong.SetText(t.e.T("import.problems", count))
	t.faults.Reload()
	t.bring(t.problem)
}

func (t *importTables) fetchProblems(q table.Query, done func([]table.Row, int, bool)) {
	e := t.e
	list := kit.PageOf(t.list, q.Limit, q.Offset)
	rows := make([]table.Row, len(list))
	for i, p := range list {
		field, why := e.T("import.field."+string(p.Field)), e.T("file.reason."+string(p.Reason))
		value := oneLine(p.Value)
		rows[i] = table.Row{Cells: []string{strconv.Itoa(p.Line), field, value, why}, Detail: e.T("import.problem", field, value+" – "+why)}
		if value == "" {
			rows[i].Detail = why
		}
	}
	done(rows, len(t.list), true)
}
