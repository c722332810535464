package backup

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/backup"
	"github.com/sopyo/sopyo-desktop/domain/words"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
	"github.com/sopyo/sopyo-desktop/gui/widgets/table"
)

// removedList is the companies that were removed.
type removedList struct {
	*kit.List[string] // asked for what is searched
	p                 *Page
	e                 *env
	object            fyne.CanvasObject
	back, erase       *widgets.Button
	picked            backup.Removed
}

func newRemovedList(p *Page) *removedList {
	l := &removedList{p: p, e: p.e}
	e := l.e
	l.List = kit.NewList(e.Env, kit.Listing[string]{
		Columns: []table.Column{
			{Title: e.T("backup.removed.company"), Width: 240, Grow: 2},
			{Title: e.T("backup.removed.when"), Width: 150},
			{Title: e.T("backup.list.size"), Width: 100},
		},
		Query: func(a kit.Asked) string { return a.Search },
		Fetch: l.fetch, None: func(string) string { return e.T("backup.removed.none") },
		Search: e.T("backup.removed.search"), Count: "backup.removed.count", Pick: e.T("backup.removed.pick"), Back: p.Pop,
	})
	l.OnLoaded = func(string, int) { l.choose(backup.Removed{}) }
	l.Table.OnSelected = func(r table.Row) {
		x, _ := r.Data.(backup.Removed)
		l.State.SetText(r.Detail)
		l.choose(x)
	}
	l.back = widgets.NewIconButton(e.T("backup.removed.back"), theme.ContentUndoIcon(), l.bringBack)
	l.erase = widgets.NewIconButton(e.T("backup.removed.erase"), theme.DeleteIcon(), l.askErase)
	leave := widgets.NewIconButton(e.T("rows.back"), theme.NavigateBackIcon(), p.Pop)
	for _, b := range []*widgets.Button{l.back, l.erase, leave} {
		b.SetEscape(p.Pop)
	}
	l.object = widgets.Inset(sheetMargin, 4, l.Layout(
		widgets.NewBorder(nil, nil, leave, container.NewHBox(l.erase, l.back), widgets.NewBody(e.T("backup.removed")).Bold()),
		widgets.NewMuted(e.T("backup.removed.text")), l.Search, l.Said))
	l.choose(backup.Removed{})
	return l
}

// Content is always the same object.
func (l *removedList) Content() fyne.CanvasObject { return l.object }

// Show lists them anew.
func (l *removedList) Show() { l.Reload() }

func (l *removedList) fetch(ctx context.Context, sought string, limit, offset int) ([]table.Row, int, error) {
	all, err := l.e.machine.RemovedCompanies(ctx)
	var rows []table.Row
	for _, r := range all {
		if kit.HasWords(r.Name, sought) {
			when := l.e.Moment(r.RemovedAt)
			rows = append(rows, table.Row{Cells: []string{r.Name, when, l.e.Size(r.Size)}, Detail: r.Name + " · " + when, Data: r})
		}
	}
	return kit.PageOf(rows, limit, offset), len(rows), err
}

func (l *removedList) choose(r backup.Removed) {
	l.picked = r
	for _, b := range []*widgets.Button{l.back, l.erase} {
		widgets.EnableIf(b, r.Path != "")
	}
}

func (l *removedList) bringBack() {
	r := l.picked
	kit.Act(l.e.Env, "save", func(ctx context.Context) (domain.Company, error) { return l.e.machine.BringBack(ctx, r) },
		func(c domain.Company, err error) {
			l.Reload()
			if err != nil {
				l.Said.Say(widgets.BannerError, l.e.Error(err))
				return
			}
			l.Said.Say(widgets.BannerGood, l.e.T("backup.removed.is-back", c.Name),
				widgets.NewButton(l.e.T("backup.removed.open"), func() { l.e.Frame.Reopen(c.ID) }))
		})
}

// askErase erases a company for good once the word was typed.
func (l *removedList) askErase() {
	e, r := l.e, l.picked
	word := widgets.NewEntry("")
	row := widgets.NewRow(e.T("backup.erase.word", backup.ErasureWord(e.Lang)), word, e.T("backup.erase.word.help"))
	var m *kit.Modal
	check := func() {
		if err := backup.CheckErasure(word.Text); err != nil {
			row.SetError(e.Error(err))
			row.Focus(e.Win.Canvas())
			return
		}
		typed := word.Text
		e.CloseModal(m)
		kit.Act(e.Env, "save", func(ctx context.Context) (backup.Erased, error) { return e.machine.Erase(ctx, r, typed) },
			func(x backup.Erased, err error) {
				l.Reload()
				if err != nil {
					l.Said.Say(widgets.BannerError, e.Error(err))
					return
				}
				l.Said.Say(widgets.BannerGood, erasedWords(e, r.Name, x))
			})
	}
	word.SetEscape(func() { m.Cancel() })
	m = e.AskWith(e.T("backup.erase.title", r.Name), widgets.FixedWidth(dialogWidth, container.NewVBox(widgets.NewBody(e.T("backup.erase.text")), row)),
		kit.Answer{Label: e.T("cancel")}, kit.Answer{Label: e.T("backup.removed.erase"), Importance: widget.DangerImportance, Check: check})
	if m != nil {
		e.Win.Canvas().Focus(word)
	}
}

// erasedWords says what was erased of a company.
func erasedWords(e *env, name string, x backup.Erased) string {
	return e.T("backup.erased", name, words.Listed(", ", e.Counted("backup.erased.files", x.Files), e.Counted("backup.erased.backups", x.Backups)))
}
