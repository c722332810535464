package gui

import (
	"context"
	"net/url"
	"path/filepath"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// searchAfter is how long the search waits for the next letter.
const searchAfter = 250 * time.Millisecond

// underHead is where the rows begin.
const underHead = 48

// rowList is the list behind a counter: searched, sorted, exported, page by page from the store.
type rowList struct {
	e      *env
	object fyne.CanvasObject
	query  transfer.Query // of the list; search and sort apart
	none   string         // key of what to say when there is nothing
	paired bool           // its rows have catalogue products

	search *widgets.Entry
	typing *time.Timer
	sought string // what the rows shown were searched for
	table  *widgets.DataTable
	state  *widgets.Text // loading, or the row that was picked
	empty  *widgets.Text // why there is nothing, in place of the rows
	count  *widgets.Text
	export *widgets.Button
	saved  *widgets.Banner
	folder *widgets.Button
	path   string
}

// newRowList makes the list of what q asks for; back leaves it.
func newRowList(e *env, title string, q transfer.Query, none string, paired bool, back func()) *rowList {
	l := &rowList{e: e, query: q, none: none, paired: paired, saved: widgets.NewBanner(), count: widgets.NewMuted("").OneLine()}
	l.search = widgets.NewEntry(e.t("rows.search"))
	l.search.Icon = theme.SearchIcon()
	l.search.OnChanged = func(string) { l.typed() }
	l.search.OnSubmitted = func(string) { l.reload() }
	l.search.SetEscape(func() {
		if l.search.Text != "" {
			l.search.SetText("")
			return
		}
		back()
	})
	l.state = widgets.NewMuted(e.t("rows.loading"))
	l.empty = widgets.NewBody("")
	l.empty.Hide()
	l.table = widgets.NewDataTable(rowColumns(e, true, paired), l.fetch)
	l.table.SetEscape(back)
	l.table.OnLoaded = l.loaded
	l.table.OnSelected = func(r widgets.TableRow) { l.state.SetText(r.Detail) }
	l.export = widgets.NewIconButton(e.t("rows.export"), theme.DocumentSaveIcon(), l.save)
	l.export.Disable()
	l.folder = widgets.NewIconButton(e.t("rows.show-folder"), theme.FolderOpenIcon(), l.showFolder)
	leave := widgets.NewIconButton(e.t("rows.back"), theme.NavigateBackIcon(), back)
	for _, b := range []*widgets.Button{l.export, l.folder, leave} {
		b.SetEscape(back)
	}
	head := container.NewVBox(
		widgets.NewBorder(nil, nil, leave, l.export, widgets.NewBody(title).Bold()),
		l.search, l.saved)
	foot := container.NewVBox(widget.NewSeparator(), widgets.NewBorder(nil, nil, nil, l.count, l.state))
	l.object = widgets.NewBorder(head, foot, nil, nil, container.NewStack(
		l.table, container.NewVBox(widgets.Gap(underHead), l.empty)))
	return l
}

// show fetches the list and puts the cursor into the search.
func (l *rowList) show() {
	l.reload()
	l.e.win.Canvas().Focus(l.search)
}

// typed searches when no further letter has come for a while.
func (l *rowList) typed() {
	if l.typing != nil {
		l.typing.Stop()
	}
	l.saved.Hide()
	l.typing = time.AfterFunc(searchAfter, func() { l.e.do(l.reload) })
}

func (l *rowList) reload() {
	if l.typing != nil {
		l.typing.Stop()
		l.typing = nil
	}
	l.table.Reload()
}

// fetch asks the store for one page.
func (l *rowList) fetch(p widgets.PageQuery, done func([]widgets.TableRow, int, bool)) {
	q := l.asked()
	q.Sort, q.Desc, q.Limit, q.Offset = transfer.Sort(p.Sort), p.Desc, p.Limit, p.Offset
	type answer struct {
		rows  []widgets.TableRow
		total int
	}
	background(l.e, func(ctx context.Context) (answer, error) {
		rows, total, err := l.e.co.Transfers.Rows(ctx, q)
		return answer{tableRows(l.e, rows, l.paired), total}, err
	}, func(a answer, err error) {
		if err != nil {
			l.saved.Say(widgets.BannerError, errorText(l.e.text, err))
			done(nil, 0, false)
			return
		}
		if q.Offset == 0 {
			l.sought = q.Search
		}
		done(a.rows, a.total, true)
	})
}

// asked is the list's query with what is searched for.
func (l *rowList) asked() transfer.Query {
	q := l.query
	q.Search = strings.TrimSpace(l.search.Text)
	return q
}

// loaded says how many rows there are, or why there are none.
func (l *rowList) loaded(total int) {
	defer l.object.Refresh()
	l.count.SetText(l.e.t("rows.count", total))
	switch {
	case total > 0:
		l.state.SetText(l.e.t("rows.pick"))
		l.empty.Hide()
		l.export.Enable()
		return
	case l.sought != "":
		l.empty.SetText(l.e.t("rows.none.search", l.sought))
	default:
		l.empty.SetText(l.e.t(l.none))
	}
	l.state.SetText("")
	l.empty.Show()
	l.export.Disable()
}

// save writes the rows that are listed, all pages of them, as an Excel file.
func (l *rowList) save() {
	q := l.asked()
	sort, desc := l.table.Sorted()
	q.Sort, q.Desc = transfer.Sort(sort), desc
	l.export.Disable()
	l.saved.Say(widgets.BannerInfo, l.e.t("rows.exporting"))
	background(l.e, func(ctx context.Context) (string, error) {
		return l.e.co.Transfers.Export(ctx, q)
	}, func(path string, err error) {
		l.export.Enable()
		if err != nil {
			l.saved.Say(widgets.BannerError, errorText(l.e.text, err))
			return
		}
		l.path = path
		l.saved.Say(widgets.BannerGood, l.e.t("rows.exported", path), l.folder)
	})
}

// showFolder opens the folder of the file that was saved.
func (l *rowList) showFolder() {
	l.e.visit(folderAddress(l.path))
}

// folderAddress makes a file: address of the folder that path stands in; on Windows it has a drive.
func folderAddress(path string) string {
	dir := filepath.ToSlash(filepath.Dir(path))
	if !strings.HasPrefix(dir, "/") {
		dir = "/" + dir
	}
	u := url.URL{Scheme: "file", Path: dir}
	return u.String()
}
