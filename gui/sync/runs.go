package sync

import (
	"context"
	"slices"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"github.com/sopyo/sopyo-desktop/domain/quota"
	"github.com/sopyo/sopyo-desktop/domain/sync"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
	"github.com/sopyo/sopyo-desktop/gui/widgets/table"
)

// spent is what a run has cost.
func spent(r sync.Run) quota.Cost { return quota.Cost{Reads: r.APIReads, Writes: r.APIWrites} }

// runList is the list of all syncs.
type runList struct {
	*kit.List[kit.Asked]
	e      *env
	object fyne.CanvasObject
}

// newRunList makes it; pick is told the sync that is opened.
func newRunList(e *env, pick func(sync.Run)) *runList {
	l := &runList{e: e}
	open := func(r table.Row) { pick(kit.MadeOf[sync.Run](r)) }
	l.List = kit.NewList(e.Env, kit.Listing[kit.Asked]{
		Columns: []table.Column{
			{ID: "when", Title: e.T("sync.when"), Width: 128, Grow: 0.3},
			{ID: "began", Title: e.T("sync.began"), Width: 170, Grow: 1},
			{ID: "result", Title: e.T("sync.result"), Width: 320, Grow: 3},
		},
		Query: func(a kit.Asked) kit.Asked { return a }, Fetch: l.fetch,
		None: func(a kit.Asked) string {
			if a.Search == "" {
				return e.T("sync.runs.none")
			}
			return e.T("sync.runs.none.search", a.Search)
		},
		Search: e.T("sync.runs.search"), Count: "sync.runs.count", Pick: e.T("sync.runs.pick"), Back: e.Pop,
	})
	l.Table.OnOpen = open
	see := widgets.NewIconButton(e.T("sync.run.open"), theme.VisibilityIcon(), func() {
		if r, ok := l.Table.Current(); ok {
			open(r)
		}
	}).Primary()
	see.Disable()
	l.Table.OnSelected = func(r table.Row) { l.State.SetText(r.Detail); see.Enable() }
	back := widgets.NewIconButton(e.T("rows.back"), theme.NavigateBackIcon(), e.Pop)
	for _, b := range []*widgets.Button{see, back} {
		b.SetEscape(e.Pop)
	}
	l.object = l.Layout(
		widgets.NewBorder(nil, nil, back, container.NewHBox(see), widgets.NewBody(e.T("sync.runs")).Bold().OneLine()),
		l.Search, l.Said)
	return l
}

// Content is always the same object.
func (l *runList) Content() fyne.CanvasObject { return l.object }

// Show fetches the list; the keyboard stands in it.
func (l *runList) Show() {
	l.Reload()
	l.e.Win.Canvas().Focus(l.Table.Focusable())
}

// fetch gives one page. What is searched for and sorted by stands in words that are not stored: both go through all.
func (l *runList) fetch(ctx context.Context, a kit.Asked, limit, offset int) ([]table.Row, int, error) {
	if a.Search == "" && a.Sort == "" {
		runs, total, err := l.e.co.Syncs(ctx, limit, offset)
		return l.rows(runs), total, err
	}
	runs, _, err := l.e.co.Syncs(ctx, 0, 0)
	runs = slices.DeleteFunc(runs, func(r sync.Run) bool { return !kit.HasWords(l.e.Sync(r), a.Search) })
	if a.Sort == "when" {
		slices.SortStableFunc(runs, func(x, y sync.Run) int { return x.CreatedAt.Compare(y.CreatedAt) })
		if a.Desc {
			slices.Reverse(runs)
		}
	}
	rows := l.rows(runs)
	kit.SortCells(rows, map[string]int{"began": 1, "result": 2}, a)
	return kit.PageOf(rows, limit, offset), len(rows), err
}

func (l *runList) rows(runs []sync.Run) []table.Row {
	rows := make([]table.Row, len(runs))
	for i, r := range runs {
		rows[i] = table.Row{
			Key: strconv.FormatInt(r.ID, 10), Data: r, Detail: l.e.Sync(r),
			Cells: []string{l.e.Moment(r.CreatedAt), l.e.SyncBegun(r.Request), l.e.SyncEnd(r)},
		}
	}
	return rows
}
