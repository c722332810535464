package review

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// runList is the list of all transfers; opening one shows its numbers in section 6.
type runList struct {
	s      *Page
	e      *env
	object fyne.CanvasObject
	search *widgets.Entry
	typing *time.Timer
	table  *widgets.DataTable
	said   *widgets.Banner
	state  *widgets.Text
	count  *widgets.Text
	empty  *widgets.Text
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
	l := &runList{
		s: s, e: e, said: widgets.NewBanner(), state: widgets.NewMuted(e.T("rows.loading")),
		count: widgets.NewMuted("").OneLine(), empty: widgets.NewBody(""),
	}
	l.search = widgets.NewEntry(e.T("runs.search"))
	l.search.Icon = theme.SearchIcon()
	l.search.OnChanged = func(string) { l.typed() }
	l.search.OnSubmitted = func(string) { l.reload() }
	l.search.SetEscape(func() {
		if l.search.Text != "" {
			l.search.SetText("")
			return
		}
		s.pop()
	})
	number := func(id, title string, width float32) widgets.Column {
		return widgets.Column{ID: id, Title: e.T(title), Width: width, Grow: 0.4, Right: true}
	}
	l.table = widgets.NewDataTable([]widgets.Column{
		{ID: "when", Title: e.T("runs.when"), Width: 128, Grow: 0.4},
		{Title: e.T("runs.state"), Width: 104, Grow: 2},
		number("read", "runs.read", 76), number("transferred", "counters.transferred", 92), number("matched", "counters.matched", 80),
		number("unmatched", "counters.unmatched", 110), number("skipped", "counters.skipped", 80),
	}, l.fetch)
	l.table.SetEscape(s.pop)
	l.table.OnLoaded = l.loaded
	l.table.OnSelected = func(r widgets.TableRow) { l.state.SetText(r.Detail); l.see.Enable() }
	l.table.OnOpen = func(r widgets.TableRow) { l.Open(r) }
	l.see = widgets.NewIconButton(e.T("runs.open"), theme.VisibilityIcon(), func() {
		if r, ok := l.table.Current(); ok {
			l.Open(r)
		}
	})
	l.see.Importance = widget.HighImportance
	l.see.Disable()
	export := widgets.NewIconButton(e.T("rows.export"), theme.DocumentSaveIcon(), l.Save)
	export.SetEscape(s.pop)
	leave := widgets.NewIconButton(e.T("rows.back"), theme.NavigateBackIcon(), s.pop)
	leave.SetEscape(s.pop)
	l.see.SetEscape(s.pop)
	l.empty.Hide()
	head := container.NewVBox(widgets.NewBorder(nil, nil, leave, container.NewHBox(l.see, export), widgets.NewBody(e.T("runs.title")).Bold()), l.search, l.said)
	foot := container.NewVBox(widget.NewSeparator(), widgets.NewBorder(nil, nil, nil, l.count, l.state))
	l.object = widgets.NewBorder(head, foot, nil, nil, container.NewStack(l.table, container.NewVBox(widgets.Gap(kit.UnderHead), l.empty)))
	return l
}

func (l *runList) Content() fyne.CanvasObject { return l.object }

// Show fetches the list; the keyboard stands in it.
func (l *runList) Show() {
	l.reload()
	l.e.Win.Canvas().Focus(l.table.Focusable())
}

func (l *runList) FocusSearch() bool {
	l.e.Win.Canvas().Focus(l.search)
	return true
}

func (l *runList) Open(r widgets.TableRow) {
	if run, ok := r.Data.(transfer.Run); ok {
		l.s.pick(run)
	}
}

// Save writes all transfers as an Excel file.
func (l *runList) Save() {
	kit.Act(l.e.Env, "export", func(ctx context.Context) (string, error) {
		return l.e.co.ExportRuns(ctx, l.e.Lang)
	}, func(path string, err error) { l.e.SayExported(l.said, path, err) })
}

func (l *runList) typed() {
	if l.typing != nil {
		l.typing.Stop()
	}
	l.typing = time.AfterFunc(kit.SearchAfter, func() { l.e.Do(l.reload) })
}

func (l *runList) reload() {
	if l.typing != nil {
		l.typing.Stop()
		l.typing = nil
	}
	l.see.Disable()
	l.table.Reload()
}

// fetch asks for one page. What is searched for stands in words that are not stored, and numbers are few
// to sort: both go through all transfers.
func (l *runList) fetch(q widgets.PageQuery, done func([]widgets.TableRow, int, bool)) {
	sought := strings.Fields(domain.Fold(l.search.Text))
	type page struct {
		rows  []widgets.TableRow
		total int
	}
	kit.Background(l.e.Env, func(ctx context.Context) (page, error) {
		if len(sought) == 0 && q.Sort == "" {
			runs, total, err := l.e.co.Runs(ctx, q.Limit, q.Offset)
			return page{l.rows(runs), total}, err
		}
		_, total, err := l.e.co.Runs(ctx, 1, 0)
		if err != nil {
			return page{}, err
		}
		runs, _, err := l.e.co.Runs(ctx, total, 0)
		runs = slices.DeleteFunc(runs, func(r transfer.Run) bool { return !hasWords(l.e.Run(r), sought) })
		if by := runSort(q.Sort); by != nil {
			slices.SortStableFunc(runs, by)
		}
		if q.Desc {
			slices.Reverse(runs)
		}
		n := len(runs)
		return page{l.rows(runs[min(q.Offset, n):min(q.Offset+q.Limit, n)]), n}, err
	}, func(p page, err error) {
		if err != nil {
			l.said.Say(widgets.BannerError, l.e.Error(err))
			done(nil, 0, false)
			return
		}
		done(p.rows, p.total, true)
	})
}

// hasWords tells whether every one of the folded words stands in text.
func hasWords(text string, words []string) bool {
	text = domain.Fold(text)
	for _, w := range words {
		if !strings.Contains(text, w) {
			return false
		}
	}
	return true
}

func (l *runList) rows(runs []transfer.Run) []widgets.TableRow {
	rows := make([]widgets.TableRow, len(runs))
	for i, r := range runs {
		c := r.Counters
		rows[i] = widgets.TableRow{
			Key: strconv.FormatInt(r.ID, 10), Data: r, Detail: l.e.Run(r),
			Cells: []string{
				l.e.Moment(r.CreatedAt), l.e.RunState(r), l.e.Count(c.Read), l.e.Count(c.Transferred),
				l.e.Count(c.Matched), l.e.Count(c.Unmatched), l.e.Count(c.Skipped),
			},
		}
	}
	return rows
}

func (l *runList) loaded(total int) {
	l.count.SetText(l.e.T("runs.count", total))
	widgets.ShowIf(l.empty, total == 0)
	l.state.SetText(l.e.T("runs.pick"))
	if total == 0 {
		l.empty.SetText(l.e.T("runs.none", strings.TrimSpace(l.search.Text)))
		l.state.SetText("")
	}
	l.object.Refresh()
}
