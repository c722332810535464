package files

import (
	"cmp"
	"slices"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/sopyo/sopyo-desktop/domain/listing"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
	"github.com/sopyo/sopyo-desktop/gui/widgets/table"
)

// rowsOf are rows with something to say of, by what becomes of them; it is the last part of "import.rows.…".
type rowsOf string

const (
	rowsAll       rowsOf = "all"
	rowsTaken     rowsOf = "taken"
	rowsRepeated  rowsOf = "repeated"
	rowsRefused   rowsOf = "refused"
	rowsNoProduct rowsOf = "no-product"
)

// becomes tells what becomes of a row.
func becomes(n listing.Noted) rowsOf {
	switch {
	case n.NoProduct:
		return rowsNoProduct
	case n.Refused:
		return rowsRefused
	case n.Repeated:
		return rowsRepeated
	default:
		return rowsTaken
	}
}

func (r rowsOf) has(n listing.Noted) bool { return r == rowsAll || becomes(n) == r }

// problemList lists what there is to say of rows, each with its line, what becomes of it, and why.
type problemList struct {
	e      *env
	say    func(words string) // under the list
	object fyne.CanvasObject
	pick   *widgets.Select
	bar    fyne.CanvasObject
	table  *table.Table
	kinds  []rowsOf // of the options
	list   []listing.Noted
	shown  []listing.Noted
	count  int
	sheets bool // several are read
}

func newProblemList(e *env, escape func(), say func(words string)) *problemList {
	l := &problemList{e: e, say: say}
	l.pick = widgets.NewSelect("", nil, func(int) { l.draw() })
	l.pick.SetEscape(escape)
	l.table = table.New(l.columns(), l.fetch)
	l.table.SetEscape(escape)
	l.table.OnSelected = func(r table.Row) { l.say(r.Detail) }
	l.bar = container.NewHBox(widgets.FixedWidth(240, l.pick))
	l.object = widgets.NewBorder(l.bar, nil, nil, nil, l.table)
	l.put(nil, 0)
	return l
}

// columns name the sheet where several are read.
func (l *problemList) columns() []table.Column {
	e := l.e
	columns := []table.Column{
		{Title: e.T("import.line"), Width: 64, Right: true},
		{Title: e.T("import.problem.row"), Width: 80},
		{Title: e.T("import.problem.field"), Width: 88, Grow: 0.3},
		{Title: e.T("import.problem.value"), Width: 72, Grow: 0.8},
		{Title: e.T("import.problem.what"), Width: 124, Grow: 4, Wrap: true},
	}
	if l.sheets {
		columns = slices.Insert(columns, 0, table.Column{Title: e.T("import.sheet"), Width: 64, Grow: 0.3})
	}
	return columns
}

// inOrder sorts by the lines of the file, sheet by sheet: that rows are repeated is known only behind the last one.
func inOrder(list []listing.Noted) []listing.Noted {
	sheets := map[string]int{}
	for _, n := range list {
		if _, known := sheets[n.Sheet]; !known {
			sheets[n.Sheet] = len(sheets)
		}
	}
	list = slices.Clone(list)
	slices.SortStableFunc(list, func(a, b listing.Noted) int {
		return cmp.Or(cmp.Compare(sheets[a.Sheet], sheets[b.Sheet]), cmp.Compare(a.Line, b.Line))
	})
	return list
}

// put shows what there is to say; count may be more than the list holds.
func (l *problemList) put(list []listing.Noted, count int) {
	l.list, l.count = inOrder(list), count
	if sheets := slices.ContainsFunc(list, func(n listing.Noted) bool { return n.Sheet != "" }); sheets != l.sheets {
		l.sheets = sheets
		l.table.SetColumns(l.columns())
	}
	l.kinds = []rowsOf{rowsAll}
	for _, of := range []rowsOf{rowsTaken, rowsRepeated, rowsRefused, rowsNoProduct} {
		if slices.ContainsFunc(list, of.has) {
			l.kinds = append(l.kinds, of)
		}
	}
	names := make([]string, len(l.kinds))
	for i, of := range l.kinds {
		names[i] = l.e.T("import.rows." + string(of))
	}
	l.pick.Quietly(func() {
		l.pick.SetOptions(names)
		l.pick.SetSelectedIndex(0)
	})
	widgets.ShowIf(l.bar, len(l.kinds) > 2)
	l.draw()
}

// only shows the rows of one kind.
func (l *problemList) only(of rowsOf) { l.pick.SetSelectedIndex(slices.Index(l.kinds, of)) }

func (l *problemList) draw() {
	of := rowsAll
	if i := l.pick.SelectedIndex(); i >= 0 {
		of = l.kinds[i]
	}
	l.shown = nil
	for _, n := range l.list {
		if of.has(n) {
			l.shown = append(l.shown, n)
		}
	}
	l.table.Reload()
	l.say(l.note())
}

// note says what is not shown.
func (l *problemList) note() string {
	switch {
	case l.count > len(l.list):
		return l.e.T("import.problems.more", l.count, len(l.list))
	case l.count == 0:
		return l.e.T("import.problems.none")
	default:
		return ""
	}
}

func (l *problemList) fetch(q table.Query, done func([]table.Row, int, bool)) {
	e := l.e
	list := kit.PageOf(l.shown, q.Limit, q.Offset)
	rows := make([]table.Row, len(list))
	for i, p := range list {
		field := ""
		if p.Field != "" {
			field = e.Field(p.Field)
		}
		value := oneLine(e.FileValue(p.Problem))
		rows[i] = table.Row{
			Cells:  []string{strconv.Itoa(p.Line), e.T("import.row." + string(becomes(p))), field, value, e.FileReason(p.Problem)},
			Detail: e.Problem(p.Problem),
		}
		if l.sheets {
			rows[i].Cells = slices.Insert(rows[i].Cells, 0, p.Sheet)
		}
		if value != "" {
			rows[i].Detail = e.T("import.problem.detail", value, rows[i].Detail)
		}
	}
	done(rows, len(l.shown), true)
}
