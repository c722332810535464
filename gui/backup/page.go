// Package backup is Ayarlar ▸ Yedekleme: how the backups stand, restoring them, handing a company over to another machine,
// and companies that were removed.
package backup

import (
	"context"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/backup"
	"github.com/sopyo/sopyo-desktop/domain/words"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

const (
	sheetMargin = 14
	sheetWidth  = 720
)

// Page is Ayarlar ▸ Yedekleme.
type Page struct {
	*kit.Leaves
	e    *env
	name string // of the company
	task kit.Task

	state   *widgets.Text
	now     *widgets.Button
	folder  *widgets.Button
	working *widgets.Text
	bar     *widgets.Progress
	stop    *widgets.Button
	far     fyne.CanvasObject // how far it is

	password, again     *widgets.Entry
	passwordRow, repeat *widgets.Row
	save                *widgets.Button

	handOver, takeBack *widgets.Button
	handed             *widgets.Banner

	stands backup.State
	asked  int
}

// New makes the page of the company of that name.
func New(k *kit.Env, co Company, name string, machine Machine) *Page {
	leaves := &kit.Leaves{Root: container.NewStack(), Said: widgets.NewBanner()}
	p := &Page{Leaves: leaves, e: &env{k, co, machine, leaves}, name: domain.Line(name), task: kit.Task{E: k}}
	p.Uncovered = p.fetch
	p.Sheet = p.build()
	p.Root.Objects = []fyne.CanvasObject{p.Sheet}
	return p
}

func (p *Page) build() fyne.CanvasObject {
	e := p.e
	p.state, p.working = widgets.NewBody(e.T("rows.loading")), widgets.NewMuted("")
	p.now = widgets.NewIconButton(e.T("backup.now"), theme.DocumentSaveIcon(), p.backUp).Primary()
	p.folder = widgets.NewIconButton(e.T("backup.folder"), theme.FolderOpenIcon(), func() { e.ShowFile(p.stands.Folder) })
	p.stop = widgets.NewIconButton(e.T("backup.stop"), theme.CancelIcon(), p.task.Quit)
	p.bar = kit.NewProgress(e.Env)
	p.far = widgets.MaxWidth(sheetWidth, widgets.NewBorder(nil, nil, nil, widgets.Centred(p.stop), container.NewVBox(p.working, p.bar)))
	p.far.Hide()
	backups := widgets.NewIconButton(e.T("backup.list"), theme.ListIcon(), func() { p.Push(newFileList(p)) })
	removed := widgets.NewIconButton(e.T("backup.removed"), theme.DeleteIcon(), func() { p.Push(newRemovedList(p)) })

	p.password, p.again = widgets.NewPasswordEntry(""), widgets.NewPasswordEntry("")
	p.passwordRow = widgets.NewRow(e.T("backup.password"), p.password, e.T("backup.password.help"))
	p.repeat = widgets.NewRow(e.T("backup.password.again"), p.again, e.T("backup.password.again.help"))
	p.save = widgets.NewButton(e.T("backup.password.save"), p.savePassword)
	p.password.OnChanged = func(string) { p.typed() }
	p.again.OnChanged = func(string) { p.typed() }
	p.again.OnSubmitted = func(string) { p.savePassword() }

	p.handed = widgets.NewBanner()
	p.handOver = widgets.NewIconButton(e.T("backup.hand-over"), theme.ComputerIcon(), p.askHandOver)
	p.takeBack = widgets.NewButton(e.T("backup.take-back"), p.askTakeBack)

	head := container.NewVBox(
		widgets.NewBorder(nil, nil, nil, container.NewHBox(backups, removed), widgets.NewTitle(e.T("backup.title")).OneLine()),
		widgets.NewMuted(e.T("backup.text")), widget.NewSeparator(), widgets.MaxWidth(sheetWidth, p.Said))
	sheet := widgets.Scrolled(
		widgets.MaxWidth(sheetWidth, p.state),
		widgets.Wrap(p.now, p.folder), p.far,
		widgets.NewSection(e.T("backup.password.title")), widgets.MaxWidth(sheetWidth, widgets.NewMuted(e.T("backup.password.text"))),
		p.passwordRow, p.repeat, widgets.Wrap(p.save),
		widgets.NewSection(e.T("backup.hand-over.title")), widgets.MaxWidth(sheetWidth, widgets.NewMuted(e.T("backup.hand-over.text"))),
		widgets.MaxWidth(sheetWidth, p.handed), widgets.Wrap(p.handOver, p.takeBack))
	p.offer()
	return widgets.Inset(sheetMargin, 4, widgets.NewBorder(head, nil, nil, nil, sheet))
}

// Content is always the same object.
func (p *Page) Content() fyne.CanvasObject { return p.Root }

// Show fetches how the backups stand.
func (p *Page) Show() {
	if l := p.Top(); l != nil {
		l.Show()
		return
	}
	p.Said.Hide()
	p.fetch()
}

// Home is the sheet, without the list that was open in front of it.
func (p *Page) Home() { p.Close() }

// stand is what the sheet shows.
type stand struct {
	backup.State
	handed time.Time
}

func (p *Page) fetch() {
	kit.Newest(p.e.Env, &p.asked, func(ctx context.Context) (stand, error) {
		s, err := p.e.machine.BackupState(ctx)
		if err != nil {
			return stand{}, err
		}
		handed, err := p.e.co.HandedOver(ctx)
		return stand{s, handed}, err
	}, func(s stand, err error) {
		if err != nil {
			p.state.SetText("")
			p.Said.Say(widgets.BannerError, p.e.Error(err))
			return
		}
		p.stands = s.State
		p.state.SetText(sentence(p.e.Words, s.State, p.e.Now()))
		p.password.SetPlaceHolder("")
		p.passwordRow.SetHint("")
		switch {
		case s.SessionOnly:
			p.passwordRow.SetHint(p.e.T("backup.password.session"))
		case s.Protected:
			p.password.SetPlaceHolder("••••••••")
			p.passwordRow.SetHint(p.e.T("backup.password.kept"))
		}
		widgets.ShowIf(p.takeBack, !s.handed.IsZero())
		widgets.ShowIf(p.handOver, s.handed.IsZero())
		p.handed.Hide()
		if !s.handed.IsZero() {
			p.handed.Say(widgets.BannerWarning, p.e.T("backup.handed-over", p.e.Moment(s.handed)))
		}
		p.offer()
	})
}

// sentence says how the backups stand: the last, where, the next, or what keeps them from being made.
func sentence(w words.Words, s backup.State, now time.Time) string {
	last := s.Last()
	failed := domain.Kind("")
	next := time.Time{}
	for _, c := range s.Companies {
		if c.Company.Demo {
			continue
		}
		if c.Failed != "" {
			failed = c.Failed
		}
		if due := c.DueAt(now); next.IsZero() || due.Before(next) {
			next = due
		}
	}
	switch {
	case !s.Protected && last.MadeAt.IsZero():
		return w.T("backup.state.unprotected")
	case !s.Protected:
		return w.T("backup.state.unprotected.last", w.Moment(last.MadeAt))
	case failed != "":
		return w.T("backup.state.failed", w.Error(&domain.Error{Kind: failed}))
	case last.MadeAt.IsZero():
		return w.T("backup.state.none", s.Folder)
	case !next.After(now):
		return w.T("backup.state.soon", w.Moment(last.MadeAt), s.Folder)
	default:
		return w.T("backup.state", w.Moment(last.MadeAt), s.Folder, w.Date(next))
	}
}

// offer turns on what can be done now.
func (p *Page) offer() {
	busy := p.task.Busy()
	widgets.EnableIf(p.now, p.stands.Protected && !busy)
	widgets.EnableIf(p.folder, !p.stands.Last().MadeAt.IsZero())
	for _, b := range []*widgets.Button{p.handOver, p.takeBack} {
		widgets.EnableIf(b, !busy)
	}
	widgets.ShowIf(p.far, busy)
	p.typed()
	p.Root.Refresh()
}

// work does something long on the page: its progress stands there, and it can be stopped.
func work[R any](p *Page, do func(context.Context, *backup.Progress) (R, error), ended func(R)) {
	p.Said.Hide()
	began := p.e.Now()
	kit.StartTask(&p.task, "backup", do, func(now *backup.Progress) {
		p.progress(now.Snapshot(), p.e.Now().Sub(began))
	}, func(r R, err error) {
		p.working.SetText("")
		p.bar.Rest()
		p.offer()
		p.fetch()
		if err != nil {
			p.Said.Say(widgets.BannerError, p.e.Error(err))
			return
		}
		ended(r)
	})
	p.offer()
}

// progress says how far it is; where companies come one after the other, by those that are done, and how long the others will take.
func (p *Page) progress(now backup.Now, since time.Duration) {
	said := p.e.BackupProgress(now)
	if done := now.Company - 1; now.Companies > 1 {
		p.bar.Set(done, now.Companies)
		if done > 0 {
			said = words.Listed(" · ", said, p.e.T("status.left", p.e.Duration(since/time.Duration(done)*time.Duration(now.Companies-done))))
		}
	} else {
		p.bar.Set(max(now.Percent, 0), 100)
	}
	p.working.SetText(said)
	p.Root.Refresh()
}

func (p *Page) backUp() {
	if p.task.Busy() {
		return
	}
	work(p, p.e.machine.BackUpAll, func(made []backup.Made) {
		if len(made) == 0 {
			p.Said.Say(widgets.BannerInfo, p.e.T("backup.unchanged"))
			return
		}
		p.Said.Say(widgets.BannerGood, p.e.T("backup.made", len(made), p.stands.Folder))
	})
}

// typed turns the button of the password on once something stands in both fields.
func (p *Page) typed() {
	p.passwordRow.SetError("")
	p.repeat.SetError("")
	widgets.EnableIf(p.save, p.password.Text != "" && p.again.Text != "" && !p.task.Busy())
}

func (p *Page) savePassword() {
	if p.save.Disabled() {
		return
	}
	password, again := domain.TypedSecret(p.password.Text), domain.TypedSecret(p.again.Text)
	p.save.Disable()
	kit.Act(p.e.Env, "save", func(ctx context.Context) (bool, error) { return p.e.machine.SaveBackupPassword(ctx, password, again) },
		func(_ bool, err error) {
			p.typed()
			if err != nil {
				row := p.passwordRow
				switch words.RefusedField(err) {
				case "password":
				case "again":
					row = p.repeat
				default:
					p.Said.Say(widgets.BannerError, p.e.Error(err))
					return
				}
				row.SetError(p.e.Error(err))
				row.Focus(p.e.Win.Canvas())
				return
			}
			p.password.SetText("")
			p.again.SetText("")
			p.Said.Say(widgets.BannerGood, p.e.T("backup.password.saved"))
			p.fetch()
		})
}
