package about

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"github.com/sopyo/sopyo-desktop/assets"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
	"github.com/sopyo/sopyo-desktop/gui/widgets/table"
)

// workList is the works of others in the program; one that is opened shows its licences.
type workList struct {
	*kit.List[string] // asked for what is searched
	p                 *Page
	object            fyne.CanvasObject
	read              *widgets.Button
	picked            assets.Notice
}

func newWorkList(p *Page) *workList {
	l := &workList{p: p}
	e := p.e
	l.List = kit.NewList(e, kit.Listing[string]{
		Columns: []table.Column{{Title: e.T("about.work"), Width: 400, Grow: 1}},
		Query:   func(a kit.Asked) string { return a.Search },
		Fetch:   fetchWorks, None: func(string) string { return e.T("about.works.none") },
		Search: e.T("about.works.search"), Count: "about.works.count", Pick: e.T("about.works.pick"), Back: p.Pop,
	})
	l.OnLoaded = func(string, int) { l.choose(assets.Notice{}) }
	l.Table.OnSelected = func(r table.Row) {
		work, _ := r.Data.(assets.Notice)
		l.choose(work)
	}
	l.Table.OnOpen = func(r table.Row) {
		if work, ok := r.Data.(assets.Notice); ok {
			p.Push(newWorkText(p, work))
		}
	}
	l.read = widgets.NewIconButton(e.T("about.works.read"), theme.DocumentIcon(), func() { p.Push(newWorkText(p, l.picked)) })
	leave := widgets.NewIconButton(e.T("rows.back"), theme.NavigateBackIcon(), p.Pop)
	for _, b := range []*widgets.Button{l.read, leave} {
		b.SetEscape(p.Pop)
	}
	l.object = widgets.Inset(sheetMargin, 4, l.Layout(
		widgets.NewBorder(nil, nil, leave, l.read, widgets.NewBody(e.T("about.licences")).Bold()),
		widgets.NewMuted(e.T("about.works.text")), l.Search, l.Said))
	l.choose(assets.Notice{})
	return l
}

// Content is always the same object.
func (l *workList) Content() fyne.CanvasObject { return l.object }

// Show lists them.
func (l *workList) Show() { l.Reload() }

func fetchWorks(_ context.Context, sought string, limit, offset int) ([]table.Row, int, error) {
	var rows []table.Row
	for _, work := range assets.Works() {
		if kit.HasWords(work.Name, sought) {
			rows = append(rows, table.Row{Cells: []string{work.Name}, Detail: work.Name, Data: work})
		}
	}
	return kit.PageOf(rows, limit, offset), len(rows), nil
}

func (l *workList) choose(work assets.Notice) {
	l.picked = work
	widgets.EnableIf(l.read, work.Name != "")
}
