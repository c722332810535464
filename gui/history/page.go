// Package history is Geçmiş: who did what, and when.
package history

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"

	"github.com/sopyo/sopyo-desktop/domain/history"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
	"github.com/sopyo/sopyo-desktop/gui/widgets/table"
)

// Page is Geçmiş: who did what and when, the newest first.
type Page struct {
	*kit.List[string] // asked for what is searched
	e                 *env
	object            fyne.CanvasObject
}

// New makes the page.
func New(k *kit.Env, co Company) *Page {
	p := &Page{e: &env{k, co}}
	e := p.e
	p.List = kit.NewList(e.Env, kit.Listing[string]{
		Columns: []table.Column{
			{Title: e.T("history.when"), Width: 140},
			{Title: e.T("history.who"), Width: 100, Grow: 0.4},
			{Title: e.T("history.what"), Width: 320, Grow: 4},
		},
		Query: func(a kit.Asked) string { return a.Search },
		Fetch: p.fetch, Export: p.export, None: p.none,
		Search: e.T("history.search"), Count: "history.count", Pick: e.T("history.pick"), Back: e.Frame.Back,
	})
	p.OnTyped = p.Said.Hide // where the file is that was of another search
	p.object = widgets.Inset(14, 4, p.Layout(
		widgets.NewBorder(nil, nil, nil, p.Export, widgets.NewTitle(e.T("history.title")).OneLine()),
		widgets.NewMuted(e.T("history.text")), p.Search, p.Said))
	return p
}

// Content is always the same object.
func (p *Page) Content() fyne.CanvasObject { return p.object }

// Show fetches the newest entries.
func (p *Page) Show() { p.Reload() }

// told is an entry in words.
type told struct {
	entry history.Entry
	what  string
}

// fetch gives one page. What is searched for stands in the sentences, which are not stored: a search goes
// through all entries.
func (p *Page) fetch(ctx context.Context, sought string, limit, offset int) ([]table.Row, int, error) {
	if sought == "" {
		entries, total, err := p.e.co.History(ctx, limit, offset)
		return p.rows(p.tell(entries)), total, err
	}
	found, err := p.find(ctx, sought)
	return p.rows(kit.PageOf(found, limit, offset)), len(found), err
}

// find gives the entries in whose words every word of sought stands.
func (p *Page) find(ctx context.Context, sought string) ([]told, error) {
	entries, _, err := p.e.co.History(ctx, 0, 0)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(p.tell(entries), func(t told) bool {
		return !kit.HasWords(t.what+" "+t.entry.Actor+" "+p.e.Moment(t.entry.At), sought)
	}), nil
}

func (p *Page) tell(entries []history.Entry) []told {
	all := make([]told, len(entries))
	for i, x := range entries {
		all[i] = told{x, history.Sentence(p.e.Words, p.e.Lang, x)}
	}
	return all
}

func (p *Page) rows(all []told) []table.Row {
	rows := make([]table.Row, len(all))
	for i, t := range all {
		when := p.e.Moment(t.entry.At)
		rows[i] = table.Row{Cells: []string{when, t.entry.Actor, t.what}, Detail: when + " · " + t.entry.Actor + " · " + t.what}
	}
	return rows
}

func (p *Page) none(sought string) string {
	if sought != "" {
		return p.e.T("history.none.search", sought)
	}
	return p.e.T("history.none")
}

// export writes what is found as an Excel file.
func (p *Page) export(ctx context.Context, sought string) (string, error) {
	found, err := p.find(ctx, sought)
	if err != nil {
		return "", err
	}
	entries := make([]history.Entry, len(found))
	for i, t := range found {
		entries[i] = t.entry
	}
	return p.e.co.ExportHistory(ctx, p.e.Lang, entries)
}
