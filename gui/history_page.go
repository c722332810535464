package gui

import (
	"context"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/history"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// historyPage is Geçmiş: who did what and when, the newest first.
type historyPage struct {
	e      *env
	object fyne.CanvasObject

	search *widgets.Entry
	typing *time.Timer
	table  *widgets.DataTable
	state  *widgets.Text
	empty  *widgets.Text
	count  *widgets.Text
	export *widgets.Button
	saved  *widgets.Banner
	folder *widgets.Button
	path   string
	sought string
}

func newHistoryPage(w *Window) *historyPage {
	e := w.e
	p := &historyPage{e: e, saved: widgets.NewBanner(), state: widgets.NewMuted(e.t("rows.loading")), empty: widgets.NewBody(""), count: widgets.NewMuted("").OneLine()}
	p.empty.Hide()
	back := func() { w.show(viewSettings) }
	p.search = widgets.NewEntry(e.t("history.search"))
	p.search.Icon = theme.SearchIcon()
	p.search.OnChanged = func(string) { p.typed() }
	p.search.OnSubmitted = func(string) { p.reload() }
	p.search.SetEscape(func() {
		if p.search.Text != "" {
			p.search.SetText("")
			return
		}
		back()
	})
	p.table = widgets.NewDataTable([]widgets.Column{
		{Title: e.t("history.when"), Width: 140},
		{Title: e.t("history.who"), Width: 100, Grow: 0.4},
		{Title: e.t("history.what"), Width: 320, Grow: 4},
	}, p.fetch)
	p.table.SetEscape(back)
	p.table.OnLoaded = p.loaded
	p.table.OnSelected = func(r widgets.TableRow) { p.state.SetText(r.Detail) }
	p.export = widgets.NewIconButton(e.t("rows.export"), theme.DocumentSaveIcon(), p.save)
	p.export.Disable()
	p.export.SetEscape(back)
	p.folder = widgets.NewIconButton(e.t("rows.show-folder"), theme.FolderOpenIcon(), func() { e.visit(folderAddress(p.path)) })
	head := container.NewVBox(
		widgets.NewBorder(nil, nil, nil, p.export, widgets.NewTitle(e.t("history.title")).OneLine()),
		widgets.NewMuted(e.t("history.text")), p.search, p.saved)
	foot := container.NewVBox(widget.NewSeparator(), widgets.NewBorder(nil, nil, nil, p.count, p.state))
	p.object = widgets.Inset(14, 4, widgets.NewBorder(head, foot, nil, nil, container.NewStack(
		p.table, container.NewVBox(widgets.Gap(underHead), p.empty))))
	return p
}

// show fetches the newest entries.
func (p *historyPage) show() { p.reload() }

// typed searches when no further letter has come for a while.
func (p *historyPage) typed() {
	if p.typing != nil {
		p.typing.Stop()
	}
	p.saved.Hide()
	p.typing = time.AfterFunc(searchAfter, func() { p.e.do(p.reload) })
}

func (p *historyPage) reload() {
	if p.typing != nil {
		p.typing.Stop()
		p.typing = nil
	}
	p.table.Reload()
}

// told is an entry in words.
type told struct {
	entry history.Entry
	what  string
}

// fetch asks for one page. What is searched for stands in the sentences, which are not stored: a search
// goes through all entries.
func (p *historyPage) fetch(q widgets.PageQuery, done func([]widgets.TableRow, int, bool)) {
	sought := strings.TrimSpace(p.search.Text)
	type page struct {
		rows  []widgets.TableRow
		total int
	}
	background(p.e, func(ctx context.Context) (page, error) {
		if sought == "" {
			entries, total, err := p.e.co.History.History(ctx, q.Limit, q.Offset)
			return page{p.rows(p.tell(entries)), total}, err
		}
		found, err := p.find(ctx, sought)
		total := len(found)
		return page{p.rows(found[min(q.Offset, total):min(q.Offset+q.Limit, total)]), total}, err
	}, func(a page, err error) {
		if err != nil {
			p.saved.Say(widgets.BannerError, errorText(p.e.text, err))
			done(nil, 0, false)
			return
		}
		if q.Offset == 0 {
			p.sought = sought
		}
		done(a.rows, a.total, true)
	})
}

// find gives the entries in whose words every word of sought stands.
func (p *historyPage) find(ctx context.Context, sought string) ([]told, error) {
	entries, _, err := p.e.co.History.History(ctx, 0, 0)
	if err != nil {
		return nil, err
	}
	words := strings.Fields(domain.Fold(sought))
	var found []told
	for _, t := range p.tell(entries) {
		text := domain.Fold(t.what + " " + t.entry.Actor + " " + p.e.moment(t.entry.At))
		all := true
		for _, w := range words {
			all = all && strings.Contains(text, w)
		}
		if all {
			found = append(found, t)
		}
	}
	return found, nil
}

func (p *historyPage) tell(entries []history.Entry) []told {
	all := make([]told, len(entries))
	for i, x := range entries {
		all[i] = told{x, history.Sentence(p.e.text, p.e.text.Lang, x)}
	}
	return all
}

func (p *historyPage) rows(all []told) []widgets.TableRow {
	rows := make([]widgets.TableRow, len(all))
	for i, t := range all {
		when := p.e.moment(t.entry.At)
		rows[i] = widgets.TableRow{Cells: []string{when, t.entry.Actor, t.what}, Detail: when + " · " + t.entry.Actor + " · " + t.what}
	}
	return rows
}

// loaded says how many entries there are, or why there are none.
func (p *historyPage) loaded(total int) {
	defer p.object.Refresh()
	p.count.SetText(p.e.t("history.count", total))
	p.state.SetText(p.e.t("history.pick"))
	showIf(p.empty, total == 0)
	if total > 0 {
		p.export.Enable()
		return
	}
	p.export.Disable()
	p.state.SetText("")
	p.empty.SetText(p.e.t("history.none"))
	if p.sought != "" {
		p.empty.SetText(p.e.t("history.none.search", p.sought))
	}
}

// save writes what is listed, all pages of it, as an Excel file.
func (p *historyPage) save() {
	sought := strings.TrimSpace(p.search.Text)
	p.export.Disable()
	p.saved.Say(widgets.BannerInfo, p.e.t("rows.exporting"))
	background(p.e, func(ctx context.Context) (string, error) {
		found, err := p.find(ctx, sought)
		if err != nil {
			return "", err
		}
		entries := make([]history.Entry, len(found))
		for i, t := range found {
			entries[i] = t.entry
		}
		return p.e.co.History.ExportHistory(ctx, p.e.text.Lang, entries)
	}, func(path string, err error) {
		p.export.Enable()
		if err != nil {
			p.saved.Say(widgets.BannerError, errorText(p.e.text, err))
			return
		}
		p.path = path
		p.saved.Say(widgets.BannerGood, p.e.t("rows.exported", path), p.folder)
	})
}
