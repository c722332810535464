package files

import (
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"github.com/sopyo/sopyo-desktop/domain/listing"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
	"github.com/sopyo/sopyo-desktop/gui/widgets/table"
)

// importTables are the account of the file, its first rows, and what there is to say of which row: one of them is in view.
type importTables struct {
	e        *env
	found    listing.Found
	shown    []int // columns of the file
	escape   func()
	object   fyne.CanvasObject
	holder   *fyne.Container
	note     *widgets.Text
	tabs     [views]*widgets.Button
	view     int // of tabs
	account  *accountView
	problems *problemList
	table    *table.Table
}

// The views, in the order of their tabs.
const (
	viewAccount = iota
	viewFirst
	viewProblems
	views
)

func newImportTables(e *env, found listing.Found, shown []int, answer func(q listing.Question, choice string), escape func()) *importTables {
	t := &importTables{e: e, found: found, shown: shown, escape: escape, holder: container.NewStack(), note: widgets.NewMuted("")}
	t.account = newAccountView(e, accountActs{answer: answer, escape: escape, list: func(of rowsOf) {
		t.bring(viewProblems)
		t.problems.only(of)
	}})
	t.tabs = [views]*widgets.Button{
		widgets.NewButton(e.T("import.account"), func() { t.bring(viewAccount) }),
		widgets.NewButton(e.T("import.first", len(found.Rows)), func() { t.bring(viewFirst) }),
		widgets.NewButton(e.T("import.problems", 0), func() { t.bring(viewProblems) }),
	}
	tabs := container.NewHBox(widgets.Gap(4))
	for _, b := range t.tabs {
		b.SetEscape(escape)
		tabs.Add(b)
	}
	tabs.Add(layout.NewSpacer())
	t.problems = newProblemList(e, escape, func(words string) {
		if t.view == viewProblems {
			t.say(words)
		}
	})
	t.object = widgets.NewBorder(tabs, t.note, widgets.Gap(6), nil, t.holder)
	t.drawFirst(found.Mapping)
	return t
}

// bring puts one of the views into sight.
func (t *importTables) bring(view int) {
	t.view = view
	for i, b := range t.tabs {
		b.SetChosen(i == view)
	}
	note := ""
	if view == viewProblems {
		note = t.problems.note()
	}
	t.holder.Objects = []fyne.CanvasObject{[views]fyne.CanvasObject{t.account.object, t.table, t.problems.object}[view]}
	t.holder.Refresh()
	t.say(note)
}

// say puts a line under the tables.
func (t *importTables) say(words string) {
	widgets.SetOrHide(t.note, words)
	t.object.Refresh()
}

// cellWidth is that of a column of the first rows, which scroll sideways.
const cellWidth = 150

// drawFirst makes the table of the first rows anew: the heads say what the columns become.
func (t *importTables) drawFirst(m listing.Mapping) {
	e := t.e
	columns := []table.Column{{Title: e.T("import.line"), Width: 64, Least: 64, Right: true}}
	for _, i := range t.shown {
		title := columnName(e, t.found.Header, i)
		if f := m[i]; f != "" {
			if word := e.Field(f); word != title {
				title = word + " · " + title
			}
		}
		columns = append(columns, table.Column{Title: title, Width: cellWidth, Least: cellWidth, Grow: 1})
	}
	t.table = table.New(columns, t.fetchFirst)
	t.table.SetEscape(t.escape)
	t.table.Reload()
	t.bring(t.view)
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

// count shows the account and what there is to say of rows; counted: all rows were gone through.
func (t *importTables) count(r *listing.Result, counted bool) {
	t.account.show(r, counted)
	t.tabs[viewProblems].SetText(t.e.T("import.problems", r.ProblemCount))
	t.problems.put(r.Problems, r.ProblemCount)
	t.bring(t.view)
}
