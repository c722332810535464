// Package history is Geçmiş: who did what, and when.
package history

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
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// historyPage is Geçmiş: who did what and when, the newest first.
type Page struct {
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

func New(k *kit.Env, co Company) *Page {
	e := &env{k, co}
	p := &Page{e: e, saved: widgets.NewBanner(), state: widgets.NewMuted(e.T("rows.loading")), empty: widgets.NewBody(""), count: widgets.NewMuted("").OneLine()}
	p.empty.Hide()
	back := e.Frame.Back
	p.search = widgets.NewEntry(e.T("history.search"))
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
		{Title: e.T("history.when"), Width: 140},
		{Title: e.T("history.who"), Width: 100, Grow: 0.4},
		{Title: e.T("history.what"), Width: 320, Grow: 4},
	}, p.fetch)
	p.table.SetEscape(back)
	p.table.OnLoaded = p.loaded
	p.table.OnSelected = func(r widgets.TableRow) { p.state.SetText(r.Detail) }
	p.export = widgets.NewIconButton(e.T("rows.export"), theme.DocumentSaveIcon(), p.Save)
	p.export.Disable()
	p.export.SetEscape(back)
	p.folder = widgets.NewIconButton(e.T("rows.show-folder"), theme.FolderOpenIcon(), func() { e.ShowFolder(p.path) })
	head := container.NewVBox(
		widgets.NewBorder(nil, nil, nil, p.export, widgets.NewTitle(e.T("history.title")).OneLine()),
		widgets.NewMuted(e.T("history.text")), p.search, p.saved)
	foot := container.NewVBox(widget.NewSeparator(), widgets.NewBorder(nil, nil, nil, p.count, p.state))
	p.object = widgets.Inset(14, 4, widgets.NewBorder(head, foot, nil, nil, container.NewStack(
		p.table, container.NewVBox(widgets.Gap(kit.UnderHead), p.empty))))
	return p
}

func (p *Page) Content() fyne.CanvasObject { return p.object }

func (p *Page) FocusSearch() bool {
	p.e.Win.Canvas().Focus(p.search)
	return true
}

// Show fetches the newest entries.
func (p *Page) Show() { p.reload() }

// typed searches when no further letter has come for a while.
func (p *Page) typed() {
	if p.typing != nil {
		p.typing.Stop()
	}
	p.saved.Hide()
	p.typing = time.AfterFunc(kit.SearchAfter, func() { p.e.Do(p.reload) })
}

func (p *Page) reload() {
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
func (p *Page) fetch(q widgets.PageQuery, done func([]widgets.TableRow, int, bool)) {
	sought := strings.TrimSpace(p.search.Text)
	type page struct {
		rows  []widgets.TableRow
		total int
	}
	kit.Background(p.e.Env, func(ctx context.Context) (page, error) {
		if sought == "" {
			entries, total, err := p.e.co.History(ctx, q.Limit, q.Offset)
			return page{p.rows(p.tell(entries)), total}, err
		}
		found, err := p.find(ctx, sought)
		total := len(found)
		return page{p.rows(found[min(q.Offset, total):min(q.Offset+q.Limit, total)]), total}, err
	}, func(a page, err error) {
		if err != nil {
			p.saved.Say(widgets.BannerError, p.e.Error(err))
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
func (p *Page) find(ctx context.Context, sought string) ([]told, error) {
	entries, _, err := p.e.co.History(ctx, 0, 0)
	if err != nil {
		return nil, err
	}
	words := strings.Fields(domain.Fold(sought))
	var found []told
	for _, t := range p.tell(entries) {
		text := domain.Fold(t.what + " " + t.entry.Actor + " " + p.e.Moment(t.entry.At))
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

func (p *Page) tell(entries []history.Entry) []told {
	all := make([]told, len(entries))
	for i, x := range entries {
		all[i] = told{x, history.Sentence(p.e.Words, p.e.Lang, x)}
	}
	return all
}

func (p *Page) rows(all []told) []widgets.TableRow {
	rows := make([]widgets.TableRow, len(all))
	for i, t := range all {
		when := p.e.Moment(t.entry.At)
		rows[i] = widgets.TableRow{Cells: []string{when, t.entry.Actor, t.what}, Detail: when + " · " + t.entry.Actor + " · " + t.what}
	}
	return rows
}

// loaded says how many entries there are, or why there are none.
func (p *Page) loaded(total int) {
	defer p.object.Refresh()
	p.count.SetText(p.e.T("history.count", total))
	p.state.SetText(p.e.T("history.pick"))
	widgets.ShowIf(p.empty, total == 0)
	if total > 0 {
		p.export.Enable()
		return
	}
	p.export.Disable()
	p.state.SetText("")
	p.empty.SetText(p.e.T("history.none"))
	if p.sought != "" {
		p.empty.SetText(p.e.T("history.none.search", p.sought))
	}
}

// Save writes what is listed, all pages of it, as an Excel file.
func (p *Page) Save() {
	sought := strings.TrimSpace(p.search.Text)
	p.export.Disable()
	p.saved.Say(widgets.BannerInfo, p.e.T("rows.exporting"))
	kit.Act(p.e.Env, "export", func(ctx context.Context) (string, error) {
		found, err := p.find(ctx, sought)
		if err != nil {
			return "", err
		}
		entries := make([]history.Entry, len(found))
		for i, t := range found {
			entries[i] = t.entry
		}
		return p.e.co.ExportHistory(ctx, p.e.Lang, entries)
	}, func(path string, err error) {
		p.export.Enable()
		if err != nil {
			p.saved.Say(widgets.BannerError, p.e.Error(err))
			return
		}
		p.path = path
		p.saved.Say(widgets.BannerGood, p.e.T("rows.exported", path), p.folder)
	})
}
