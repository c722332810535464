// Package history is Geçmiş: who did what, and when.
package history

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"sync"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/history"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
	"github.com/sopyo/sopyo-desktop/gui/widgets/table"
)

// Page is Geçmiş: who did what and when, the newest first.
type Page struct {
	*kit.List[string] // asked for what is searched
	e                 *env
	open              *widgets.Button // the page of the entry that is chosen
	chosen            history.Entry
	memory            memory
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
	p.open = widgets.NewIconButton("", theme.NavigateNextIcon(), p.openPlace)
	p.open.SetEscape(e.Frame.Back)
	p.open.Hide()
	p.OnLoaded = func(string, int) { p.choose(history.Entry{}) }
	show := p.Table.OnSelected
	p.Table.OnSelected = func(r table.Row) {
		show(r)
		p.choose(kit.MadeOf[history.Entry](r))
	}
	p.Table.OnOpen = func(r table.Row) {
		p.choose(kit.MadeOf[history.Entry](r))
		p.openPlace()
	}
	p.object = widgets.Inset(14, 4, p.Layout(
		widgets.NewBorder(nil, nil, nil, container.NewHBox(p.open, p.Export), widgets.NewTitle(e.T("history.title")).OneLine()),
		widgets.NewMuted(e.T("history.text")), p.Search, p.Said))
	return p
}

// Content is always the same object.
func (p *Page) Content() fyne.CanvasObject { return p.object }

// Show fetches the newest entries.
func (p *Page) Show() { p.Reload() }

// choose offers the page of an entry.
func (p *Page) choose(x history.Entry) {
	p.chosen = x
	place, ok := placeOf(x)
	if ok {
		name := p.e.T(cmp.Or(place.Name(), place.Title()))
		p.open.SetText(p.e.T("history.open", strings.TrimSuffix(name, "…"))) // a menu's dots are none of a page's name
	}
	widgets.ShowIf(p.open, ok)
}

// openPlace shows where what is chosen can be looked at, and taken back.
func (p *Page) openPlace() {
	place, ok := placeOf(p.chosen)
	switch id := productOf(p.chosen); {
	case id != 0:
		p.e.Frame.OpenProduct(id)
	case ok:
		p.e.Frame.Open(place)
	}
}

// told is an entry in words.
type told struct {
	entry history.Entry
	what  string
}

// memory is the whole history as it was searched last, the newest first: sentences are not stored, and making them takes longer
// than a person types.
type memory struct {
	mu     sync.Mutex
	told   []*told
	folded []string // of each what is searched
}

func (m *memory) forget() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.told, m.folded = nil, nil
}

// fetch gives one page. What is searched for stands in the sentences: a search goes through all entries.
func (p *Page) fetch(ctx context.Context, sought string, limit, offset int) ([]table.Row, int, error) {
	if sought == "" {
		p.memory.forget()
		entries, total, err := p.e.co.History(ctx, limit, offset)
		return p.rows(p.tell(entries)), total, err
	}
	found, err := p.find(ctx, sought)
	return p.rows(kit.PageOf(found, limit, offset)), len(found), err
}

// find gives the entries in whose words every word of sought stands.
func (p *Page) find(ctx context.Context, sought string) ([]*told, error) {
	p.memory.mu.Lock()
	defer p.memory.mu.Unlock()
	if err := p.recall(ctx); err != nil {
		return nil, err
	}
	words := strings.Fields(domain.Fold(sought))
	var found []*told
	for i, text := range p.memory.folded {
		if !slices.ContainsFunc(words, func(word string) bool { return !strings.Contains(text, word) }) {
			found = append(found, p.memory.told[i])
		}
	}
	return found, nil
}

// recall brings the memory up to date. Entries are added in front of those that are there, and never changed.
func (p *Page) recall(ctx context.Context) error {
	m := &p.memory
	_, total, err := p.e.co.History(ctx, 1, 0)
	if err != nil {
		return err
	}
	n := 0 // all
	if known := len(m.told); known > 0 && total >= known {
		n = total - known + 1
	}
	entries, _, err := p.e.co.History(ctx, n, 0)
	if err != nil {
		return err
	}
	if n > 0 && len(entries) == n && entries[n-1] == m.told[0].entry {
		entries = entries[:n-1]
	} else {
		if n > 0 { // it is another history
			if entries, _, err = p.e.co.History(ctx, 0, 0); err != nil {
				return err
			}
		}
		m.told, m.folded = nil, nil
	}
	news := p.tell(entries)
	folded := make([]string, len(news))
	for i, t := range news {
		folded[i] = domain.Fold(t.what + " " + t.entry.Actor + " " + p.e.Moment(t.entry.At))
	}
	m.told, m.folded = append(news, m.told...), append(folded, m.folded...)
	return nil
}

func (p *Page) tell(entries []history.Entry) []*told {
	all := make([]*told, len(entries))
	for i, x := range entries {
		all[i] = &told{x, history.Sentence(p.e.Words, p.e.Lang, x)}
	}
	return all
}

func (p *Page) rows(all []*told) []table.Row {
	rows := make([]table.Row, len(all))
	for i, t := range all {
		when := p.e.Moment(t.entry.At)
		rows[i] = table.Row{Cells: []string{when, t.entry.Actor, t.what}, Detail: when + " · " + t.entry.Actor + " · " + t.what, Data: t.entry}
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
