package review

import (
	"context"
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

// rowList is the list behind a counter: searched, sorted, exported, page by page from the store. What a
// person decides about its rows stands in rows_commands.go.
type rowList struct {
	e      *env
	s      *Page
	object fyne.CanvasObject
	query  transfer.Query // of the list; search, part and sort apart
	none   string         // key of what to say when there is nothing
	paired bool           // its rows have catalogue products

	search *widgets.Entry
	typing *time.Timer
	sought string          // what the rows shown were searched for
	part   *widgets.Select // nil: the list has no parts
	parts  []int           // how many rows each part has; nil until they were counted
	table  *widgets.DataTable
	state  *widgets.Text // loading, or the row that was picked
	empty  *widgets.Text // why there is nothing, in place of the rows
	count  *widgets.Text
	export *widgets.Button
	act    *widgets.Button // opens the commands; nil: nothing can be decided here
	first  *widgets.Button // decides about the rows that wait, one after the other; may be nil
	saved  *widgets.Banner
	folder *widgets.Button
	back   *widgets.Button // takes the last decision back
	path   string

	refused map[domain.RemoteID]transfer.RefusalReason // said at their rows
}

// rowParts are the parts of the unmatched rows in the order they are offered.
func rowParts() []transfer.Part {
	return []transfer.Part{transfer.PartAll, transfer.PartUndecided, transfer.PartConflict, transfer.PartAmbiguous, transfer.PartIgnored}
}

// newRowList makes the list of one of the section's counters.
func newRowList(s *Page, c counted) *rowList {
	e := s.e
	l := &rowList{
		e: e, s: s, none: c.none, saved: widgets.NewBanner(), count: widgets.NewMuted("").OneLine(),
		query: transfer.Query{RunID: s.run.ID, Transferred: c.transferred, Outcome: c.outcome},
	}
	l.paired = l.hasPartners()
	l.search = widgets.NewEntry(e.T("rows.search"))
	l.search.Icon = theme.SearchIcon()
	l.search.OnChanged = func(string) { l.typed() }
	l.search.OnSubmitted = func(string) { l.reload() }
	l.search.OnUndo = s.Undo
	l.search.SetEscape(func() {
		if l.search.Text != "" {
			l.search.SetText("")
			return
		}
		s.pop()
	})
	l.state = widgets.NewMuted(e.T("rows.loading"))
	l.empty = widgets.NewBody("")
	l.empty.Hide()
	l.export = widgets.NewIconButton(e.T("rows.export"), theme.DocumentSaveIcon(), l.Save)
	l.export.Disable()
	l.folder = widgets.NewIconButton(e.T("rows.show-folder"), theme.FolderOpenIcon(), func() { e.ShowFolder(l.path) })
	l.back = widgets.NewIconButton(e.T("decide.take-back"), theme.ContentUndoIcon(), s.Undo)
	l.table = widgets.NewDataTable(rowColumns(e, true, l.paired), l.fetch)
	l.table.OnLoaded = l.loaded
	l.table.OnSelected = func(r widgets.TableRow) { l.state.SetText(r.Detail); l.offer() }
	var line fyne.CanvasObject = l.search
	if l.decidable() {
		line = l.makeCommands()
	}
	l.table.SetEscape(l.escape)
	leave := widgets.NewIconButton(e.T("rows.back"), theme.NavigateBackIcon(), s.pop)
	for _, b := range []*widgets.Button{l.export, l.folder, l.back, leave} {
		b.SetEscape(s.pop)
	}
	head := container.NewVBox(
		widgets.NewBorder(nil, nil, leave, l.commands(), widgets.NewBody(e.T(c.title)).Bold().OneLine()),
		line, l.saved)
	foot := container.NewVBox(widget.NewSeparator(), widgets.NewBorder(nil, nil, nil, l.count, l.state))
	l.object = widgets.NewBorder(head, foot, nil, nil, container.NewStack(
		l.table, container.NewVBox(widgets.Gap(kit.UnderHead), l.empty)))
	return l
}

// hasPartners tells whether the rows of the list have catalogue products: what matched, and what was created.
func (l *rowList) hasPartners() bool {
	if l.query.Transferred {
		return true
	}
	switch l.query.Outcome {
	case transfer.OutcomeSkipped:
		return false
	case transfer.OutcomeUnmatched:
		return l.s.run.Options.Unmatched != transfer.UnmatchedListed
	default:
		return true
	}
}

func (l *rowList) Content() fyne.CanvasObject { return l.object }

// Show fetches the list, where it stands; at first the cursor goes into the search.
func (l *rowList) Show() {
	if l.table.Total() > 0 {
		l.renew()
		l.e.Win.Canvas().Focus(l.table.Focusable())
		return
	}
	l.reload()
	l.e.Win.Canvas().Focus(l.search)
}

func (l *rowList) FocusSearch() bool {
	l.e.Win.Canvas().Focus(l.search)
	return true
}

// escape takes the marks away, else leaves the list.
func (l *rowList) escape() {
	if len(l.table.Marked()) > 0 {
		l.table.Unmark()
		return
	}
	l.s.pop()
}

// typed searches when no further letter has come for a while.
func (l *rowList) typed() {
	if l.typing != nil {
		l.typing.Stop()
	}
	l.saved.Hide()
	l.typing = time.AfterFunc(kit.SearchAfter, func() { l.e.Do(l.reload) })
}

func (l *rowList) reload() {
	if l.typing != nil {
		l.typing.Stop()
		l.typing = nil
	}
	l.table.Reload()
	l.countParts()
}

// renew fetches what is in view, and stays there.
func (l *rowList) renew() {
	l.table.Renew()
	l.countParts()
}

// fetch asks the store for one page.
func (l *rowList) fetch(p widgets.PageQuery, done func([]widgets.TableRow, int, bool)) {
	q := l.asked()
	q.Sort, q.Desc, q.Limit, q.Offset = transfer.Sort(p.Sort), p.Desc, p.Limit, p.Offset
	type answer struct {
		rows  []transfer.Listed
		total int
	}
	kit.Background(l.e.Env, func(ctx context.Context) (answer, error) {
		rows, total, err := l.e.co.Rows(ctx, q)
		return answer{rows, total}, err
	}, func(a answer, err error) {
		if err != nil {
			l.saved.Say(widgets.BannerError, l.e.Error(err))
			done(nil, 0, false)
			return
		}
		if q.Offset == 0 {
			l.sought = q.Search
		}
		done(l.rows(a.rows), a.total, true)
	})
}

// rows words rows, and says at those that a decision was refused for why.
func (l *rowList) rows(listed []transfer.Listed) []widgets.TableRow {
	rows := tableRows(l.e, listed, l.paired)
	for i, r := range listed {
		why, ok := l.refused[r.Remote.ID]
		if !ok {
			continue
		}
		words := refusedWords(l.e, why)
		rows[i].Cells[len(rows[i].Cells)-1] = words
		rows[i].Detail = r.Remote.Name + ": " + words
	}
	return rows
}

// asked is the list's query with what is searched for.
func (l *rowList) asked() transfer.Query {
	q := l.query
	q.Search = strings.TrimSpace(l.search.Text)
	if l.part != nil {
		q.Part = kit.Pick(rowParts(), l.part.SelectedIndex())
	}
	return q
}

// loaded says how many rows there are, or why there are none.
func (l *rowList) loaded(total int) {
	defer l.object.Refresh()
	defer l.offer()
	l.count.SetText(l.e.T("rows.count", total))
	switch {
	case total > 0:
		l.state.SetText(l.e.T("rows.pick"))
		l.empty.Hide()
		l.export.Enable()
		return
	case l.sought != "":
		l.empty.SetText(l.e.T("rows.none.search", l.sought))
	case l.asked().Part != transfer.PartAll:
		l.empty.SetText(l.e.T("rows.none.part." + string(l.asked().Part)))
	default:
		l.empty.SetText(l.e.T(l.none))
	}
	l.state.SetText("")
	l.empty.Show()
	l.export.Disable()
}

// Save writes the rows that are listed, all pages of them, as an Excel file.
func (l *rowList) Save() {
	q := l.asked()
	sort, desc := l.table.Sorted()
	q.Sort, q.Desc = transfer.Sort(sort), desc
	l.export.Disable()
	l.saved.Say(widgets.BannerInfo, l.e.T("rows.exporting"))
	kit.Act(l.e.Env, "export", func(ctx context.Context) (string, error) {
		return l.e.co.Export(ctx, q)
	}, func(path string, err error) {
		l.export.Enable()
		if err != nil {
			l.saved.Say(widgets.BannerError, l.e.Error(err))
			return
		}
		l.path = path
		l.saved.Say(widgets.BannerGood, l.e.T("rows.exported", path), l.folder)
	})
}
