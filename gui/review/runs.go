package review

import (
	"cmp"
	"context"
	"slices"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
	"github.com/sopyo/sopyo-desktop/gui/widgets/table"
)

// runList is the list of all transfers; opening one shows its numbers in section 6.
type runList struct {
	*kit.List[kit.Asked]
	s      *Page
	e      *env
	object fyne.CanvasObject
	see    *widgets.Button
}

// runSort gives the order of a column of the list, nil for one that cannot sort.
func runSort(column string) func(a, b transfer.Run) int {
	by := func(n func(c transfer.Counters) int) func(a, b transfer.Run) int {
		return func(a, b transfer.Run) int { return cmp.Compare(n(a.Counters), n(b.Counters)) }
	}
	switch column {
	case "when":
		return func(a, b transfer.Run) int { return a.CreatedAt.Compare(b.CreatedAt) }
	case "read":
		return by(func(c transfer.Counters) int { return c.Read })
	case "transferred":
		return by(func(c transfer.Counters) int { return c.Transferred })
	case "matched":
		return by(func(c transfer.Counters) int { return c.Matched })
	case "unmatched":
		return by(func(c transfer.Counters) int { return c.Unmatched })
	case "skipped":
		return by(func(c transfer.Counters) int { return c.Skipped })
	default:
		return nil
	}
}

func newRunList(s *Page) *runList {
	e := s.e
	l := &runList{s: s, e: e}
	number := func(id, title string, width float32) table.Column {
		return table.Column{ID: id, Title: e.T(title), Width: width, Grow: 0.4, Right: true}
	}
	l.List = kit.NewList(e.Env, kit.Listing[kit.Asked]{
		Columns: []table.Column{
			{ID: "when", Title: e.T("runs.when"), Width: 128, Grow: 0.4},
			{Title: e.T("runs.state"), Width: 104, Grow: 2},
			number("read", "runs.read", 76), number("transferred", "counters.transferred", 92), number("matched", "counters.matched", 80),
			number("unmatched", "counters.unmatched", 110), number("skipped", "counters.skipped", 80),
		},
		Query:  func(a kit.Asked) kit.Asked { return a },
		Fetch:  l.fetch,
		Export: func(ctx context.Context, _ kit.Asked) (string, error) { return e.co.ExportRuns(ctx, e.Lang) },
		None:   func(a kit.Asked) string { return e.T("runs.none", a.Search) },
		Search: e.T("runs.search"), Count: "runs.count", Pick: e.T("runs.pick"), Back: s.pop,
	})
	l.OnLoaded = func(kit.Asked, int) {
		l.see.Disable()
		l.Export.Enable() // it writes all transfers, found or not
	}
	l.Table.OnSelected = func(r table.Row) { l.State.SetText(r.Detail); l.see.Enable() }
	l.Table.OnOpen = l.Open
	l.see = widgets.NewIconButton(e.T("runs.open"), theme.VisibilityIcon(), func() {
		if r, ok := l.Table.Current(); ok {
			l.Open(r)
		}
	})
	l.see.Importance = widget.HighImportance
	l.see.Disable()
	l.see.SetEscape(s.pop)
	leave := widgets.NewIconButton(e.T("rows.back"), theme.NavigateBackIcon(), s.pop)
	leave.SetEscape(s.pop)
	l.object = l.Layout(
		widgets.NewBorder(nil, nil, leave, container.NewHBox(l.see, l.Export), widgets.NewBody(e.T("runs.title")).Bold()),
		l.Search, l.Said)
	return l
}

func (l *runList) Content() fyne.CanvasObject { return l.object }

// Show fetches the list; the keyboard stands in it.
func (l *runList) Show() {
	l.Reload()
	l.e.Win.Canvas().Focus(l.Table.Focusable())
}

func (l *runList) Open(r table.Row) {
	if run, ok := r.Data.(transfer.Run); ok {
		l.s.pick(run)
	}
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
	if by := runSort(a.Sort); by != nil {
		slices.SortStableFunc(runs, by)
	}
	if a.Desc {
		slices.Reverse(runs)
	}
	return l.rows(kit.PageOf(runs, limit, offset)), len(runs), err
}

func (l *runList) rows(runs []transfer.Run) []table.Row {
	rows := make([]table.Row, len(runs))
	for i, r := range runs {
		c := r.Counters
		rows[i] = table.Row{
			Key: strconv.FormatInt(r.ID, 10), Data: r, Detail: l.e.Run(r),
			Cells: []string{
				l.e.Moment(r.CreatedAt), l.e.RunState(r), l.e.Count(c.Read), l.e.Count(c.Transferred),
				l.e.Count(c.Matched), l.e.Count(c.Unmatched), l.e.Count(c.Skipped),
			},
		}
	}
	return rows
}
