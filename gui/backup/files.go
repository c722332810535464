package backup

import (
	"context"
	"strings"

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

func fieldOf(err error) string { return words.RefusedField(err) }

// fileList is the backups of the folder, and a field for one that lies elsewhere.
type fileList struct {
	*kit.List[string] // asked for what is searched
	p                 *Page
	e                 *env
	object            fyne.CanvasObject
	restore           *widgets.Button
	path              *widgets.Entry
	picked            backup.File
}

func newFileList(p *Page) *fileList {
	l := &fileList{p: p, e: p.e}
	e := l.e
	l.List = kit.NewList(e.Env, kit.Listing[string]{
		Columns: []table.Column{
			{Title: e.T("backup.list.day"), Width: 110},
			{Title: e.T("backup.list.company"), Width: 220, Grow: 2},
			{Title: e.T("backup.list.size"), Width: 100},
		},
		Query: func(a kit.Asked) string { return a.Search },
		Fetch: l.fetch, None: l.none,
		Search: e.T("backup.list.search"), Count: "backup.list.count", Pick: e.T("backup.list.pick"), Back: p.Pop,
	})
	l.OnLoaded = func(string, int) { l.choose(backup.File{}) }
	l.Table.OnSelected = func(r table.Row) {
		f, _ := r.Data.(backup.File)
		l.State.SetText(r.Detail)
		l.choose(f)
	}
	l.restore = widgets.NewIconButton(e.T("backup.restore"), theme.HistoryIcon(), func() { l.ask(l.picked.Path) }).Primary()
	leave := widgets.NewIconButton(e.T("rows.back"), theme.NavigateBackIcon(), p.Pop)
	l.path = widgets.NewEntry(e.T("backup.other.example"))
	other := widgets.NewButton(e.T("backup.other.open"), func() { l.ask(strings.Trim(strings.TrimSpace(l.path.Text), `"`)) })
	other.Disable()
	l.path.OnChanged = func(t string) { widgets.EnableIf(other, strings.TrimSpace(t) != "") }
	l.path.OnSubmitted = func(string) { other.OnTapped() }
	for _, b := range []*widgets.Button{l.restore, leave, other} {
		b.SetEscape(p.Pop)
	}
	l.path.SetEscape(p.Pop)
	l.object = widgets.Inset(sheetMargin, 4, l.Layout(
		widgets.NewBorder(nil, nil, leave, l.restore, widgets.NewBody(e.T("backup.list")).Bold()),
		widgets.NewBorder(nil, nil, nil, container.NewVBox(other), widgets.NewRow(e.T("backup.other"), l.path, e.T("backup.other.help"))),
		l.Search, l.Said))
	l.choose(backup.File{})
	return l
}

// Content is always the same object.
func (l *fileList) Content() fyne.CanvasObject { return l.object }

// Show lists the folder anew.
func (l *fileList) Show() { l.Reload() }

func (l *fileList) fetch(ctx context.Context, sought string, limit, offset int) ([]table.Row, int, error) {
	files, err := l.e.machine.Backups(ctx)
	var rows []table.Row
	for _, f := range files {
		day := l.e.Date(f.Day)
		if f.Number > 1 {
			day = backup.NumberedName(day, f.Number)
		}
		if size := l.e.Size(f.Size); kit.HasWords(day+" "+f.Stem, sought) {
			rows = append(rows, table.Row{Cells: []string{day, f.Stem, size}, Detail: f.Path, Data: f})
		}
	}
	return kit.PageOf(rows, limit, offset), len(rows), err
}

func (l *fileList) none(sought string) string {
	if sought != "" {
		return l.e.T("backup.list.none.search", sought)
	}
	return l.e.T("backup.list.none")
}

func (l *fileList) choose(f backup.File) {
	l.picked = f
	widgets.EnableIf(l.restore, f.Path != "")
}

// ask looks into a file, with the kept password if that opens it, and says what restoring it would do.
func (l *fileList) ask(path string) {
	if path == "" || l.p.task.Busy() {
		return
	}
	l.Said.Say(widgets.BannerInfo, l.e.T("backup.looking"))
	kit.Background(l.e.Env, func(ctx context.Context) (found, error) {
		kept, _, err := l.e.machine.BackupPassword(ctx)
		if err != nil || kept.Empty() {
			return found{}, domain.E(domain.KindBackupPassword, "open the backup", err)
		}
		r, err := l.e.machine.LookIntoBackup(ctx, path, kept)
		return found{r, kept}, err
	}, func(f found, err error) {
		l.Said.Hide()
		if domain.KindOf(err) == domain.KindBackupPassword {
			l.askPassword(path)
			return
		}
		l.opened(f, err)
	})
}

// found is a backup that was opened, and the password that opened it.
type found struct {
	backup.Restoring
	password domain.Secret
}

func (l *fileList) askPassword(path string) {
	e := l.e
	askPassword(e, e.T("backup.restore"), e.T("backup.restore.password.text"), e.T("backup.restore.password"), e.T("backup.restore.password.help"),
		e.T("backup.other.open"), false, func(password domain.Secret) {
			l.Said.Say(widgets.BannerInfo, e.T("backup.looking"))
			kit.Background(e.Env, func(ctx context.Context) (found, error) {
				r, err := e.machine.LookIntoBackup(ctx, path, password)
				return found{r, password}, err
			}, l.opened)
		})
}

// opened shows what a backup holds, and asks.
func (l *fileList) opened(f found, err error) {
	e := l.e
	l.Said.Hide()
	if err != nil {
		l.Said.Say(widgets.BannerError, e.Error(err))
		return
	}
	body := container.NewVBox()
	for _, line := range e.Words.Restoring(f.Restoring) {
		body.Add(widgets.NewBody(line))
	}
	e.AskWith(e.T("backup.restore.title"), widgets.FixedWidth(dialogWidth, body),
		kit.Answer{Label: e.T("cancel")},
		kit.Answer{Label: e.T("backup.restore"), Importance: widget.DangerImportance, Act: func() { l.p.restore(f) }})
}

// restore does it on the sheet, where its progress stands, and opens anew what it has replaced.
func (p *Page) restore(f found) {
	p.Close()
	work(p, func(ctx context.Context, now *backup.Progress) ([]domain.Company, error) {
		return p.e.machine.Restore(ctx, f.Path, f.password, now)
	}, func(all []domain.Company) {
		if len(all) > 0 {
			p.e.Frame.Reopen(all[0].ID)
		}
	})
}
