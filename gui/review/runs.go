package review

import (
	"cmp"
	"context"
	"slices"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
	"github.com/sopyo/sopyo-desktop/gui/widgets/table"
)

// runList is the list of all transfers; opening one shows its numbers in section 6.
type runList struct {
	*kit.List[kit.Asked]
	e      *env
	object fyne.CanvasObject
	see    *widgets.Button
	chart  *pastRuns
}

// runNumber is a column of numbers.
type runNumber struct {
	id, title string
	width     float32
	of        func(transfer.Counters) int
}

func runNumbers() []runNumber {
	return []runNumber{
		{"read", "runs.read", 76, func(c transfer.Counters) int { return c.Read }},
		{"transferred", "counters.transferred", 92, func(c transfer.Counters) int { return c.Transferred }},
		{"matched", "counters.matched", 80, func(c transfer.Counters) int { return c.Matched }},
		{"unmatched", "counters.unmatched", 110, func(c transfer.Counters) int { return c.Unmatched }},
		{"skipped", "counters.skipped", 80, func(c transfer.Counters) int { return c.Skipped }},
	}
}

// newRunList makes it, with a chart of the newest ones; pick is told the transfer that is opened.
func newRunList(e *env, newest []transfer.Run, pick func(transfer.Run)) *runList {
	l := &runList{e: e}
	open := func(r table.Row) { pick(kit.MadeOf[transfer.Run](r)) }
	columns := []table.Column{
		{ID: "when", Title: e.T("runs.when"), Width: 128, Grow: 0.4},
		{Title: e.T("runs.state"), Width: 104, Grow: 2},
	}
	for _, n := range runNumbers() {
		columns = append(columns, table.Column{ID: n.id, Title: e.T(n.title), Width: n.width, Grow: 0.4, Right: true})
	}
	l.List = kit.NewList(e.Env, kit.Listing[kit.Asked]{
		Columns: columns, Query: func(a kit.Asked) kit.Asked { return a },
		Fetch:  l.fetch,
		Export: func(ctx context.Context, _ kit.Asked) (string, error) { return e.co.ExportRuns(ctx, e.Lang) },
		None:   func(a kit.Asked) string { return e.T("runs.none", a.Search) },
		Search: e.T("runs.search"), Count: "runs.count", Pick: e.T("runs.pick"), Back: e.Pop,
	})
	l.OnLoaded = func(kit.Asked, int) {
		l.see.Disable()
		l.Export.Enable() // it writes all transfers, found or not
	}
	l.Table.OnSelected = func(r table.Row) { l.State.SetText(r.Detail); l.see.Enable() }
	l.Table.OnOpen = open
	l.see = widgets.NewIconButton(e.T("runs.open"), theme.VisibilityIcon(), func() {
		if r, ok := l.Table.Current(); ok {
			open(r)
		}
	}).Primary()
	l.see.Disable()
	l.see.SetEscape(e.Pop)
	leave := widgets.NewIconButton(e.T("rows.back"), theme.NavigateBackIcon(), e.Pop)
	leave.SetEscape(e.Pop)
	l.chart = newPastRuns(e, newest, pick)
	l.object = l.Layout(
		widgets.NewBorder(nil, nil, leave, container.NewHBox(l.see, l.Export), widgets.NewBody(e.T("runs.title")).Bold()),
		l.chart.object, l.Search, l.Said)
	return l
}

func (l *runList) Content() fyne.CanvasObject { return l.object }

// Show fetches the list; the keyboard stands in it.
func (l *runList) Show() {
	l.Reload()
	l.e.Win.Canvas().Focus(l.Table.Focusable())
}

// fetch gives one page. What is searched for stands in words that are not stored, and numbers are few to
// sort: both go through all transfers.
func (l *runList) fetch(ctx context.Context, a kit.Asked, limit, offset int) ([]table.Row, int, error) {
	if a.Search == "" && a.Sort == "" {
		runs, total, err := l.e.co.Runs(ctx, limit, offset)
		return l.rows(runs), total, err
	}
	_, total, err := l.e.co.Runs(ctx, 1, 0)
	if err != nil {
		return nil, 0, err
	}
	runs, _, err := l.e.co.Runs(ctx, total, 0)
	runs = slices.DeleteFunc(runs, func(r transfer.Run) bool { return !kit.HasWords(l.e.Run(r), a.Search) })
	if a.Sort == "when" {
		slices.SortStableFunc(runs, func(a, b transfer.Run) int { return a.CreatedAt.Compare(b.CreatedAt) })
	}
	for _, n := range runNumbers() {
		if a.Sort == n.id {
			slices.SortStableFunc(runs, func(a, b transfer.Run) int { return cmp.Compare(n.of(a.Counters), n.of(b.Counters)) })
		}
	}
	if a.Desc {
		slices.Reverse(runs)
	}
	return l.rows(kit.PageOf(runs, limit, offset)), len(runs), err
}

func (l *runList) rows(runs []transfer.Run) []table.Row {
	rows := make([]table.Row, len(runs))
	for i, r := range runs {
		cells := []string{l.e.Moment(r.CreatedAt), l.e.RunState(r)}
		for _, n := range runNumbers() {
			cells = append(cells, l.e.Count(n.of(r.Counters)))
		}
		rows[i] = table.Row{Key: strconv.FormatInt(r.ID, 10), Data: r, Detail: l.e.Run(r), Cells: cells}
	}
	return rows
}
