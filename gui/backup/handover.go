package backup

import (
	"context"

	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/backup"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

const dialogWidth = 460

// askPassword asks for a password and goes on with it; with twice it is a new one, typed a second time.
func askPassword(e *env, title, text, label, help, do string, twice bool, then func(domain.Secret)) {
	entry, again := widgets.NewPasswordEntry(""), widgets.NewPasswordEntry("")
	row := widgets.NewRow(label, entry, help)
	repeat := widgets.NewRow(e.T("backup.password.again"), again, e.T("backup.password.again.help"))
	widgets.ShowIf(repeat, twice)
	var m *kit.Modal
	check := func() {
		password, second := domain.TypedSecret(entry.Text), domain.TypedSecret(again.Text)
		row.SetError("")
		repeat.SetError("")
		var err error
		switch {
		case twice:
			err = backup.CheckPassword(password, second)
		case password.Empty():
			err = domain.Invalid("password", "required")
		}
		if err != nil {
			wrong := row
			if fieldOf(err) == "again" {
				wrong = repeat
			}
			wrong.SetError(e.Error(err))
			wrong.Focus(e.Win.Canvas())
			return
		}
		e.CloseModal(m)
		then(password)
	}
	for _, f := range []*widgets.Entry{entry, again} {
		f.OnSubmitted = func(string) { check() }
		f.SetEscape(func() { m.Cancel() })
	}
	m = e.AskWith(title, widgets.FixedWidth(dialogWidth, container.NewVBox(widgets.NewBody(text), row, repeat)),
		kit.Answer{Label: e.T("cancel")}, kit.Answer{Label: do, Importance: widget.HighImportance, Check: check})
	if m != nil {
		e.Win.Canvas().Focus(entry)
	}
}

// askHandOver asks for a password of the file: the one of the backups is nobody else's.
func (p *Page) askHandOver() {
	e := p.e
	askPassword(e, e.T("backup.hand-over.whose", p.name), e.T("backup.hand-over.ask"), e.T("backup.hand-over.password"), e.T("backup.hand-over.password.help"),
		e.T("backup.hand-over.do"), true, func(password domain.Secret) {
			work(p, func(ctx context.Context, now *backup.Progress) (backup.Made, error) {
				return e.co.HandOver(ctx, "", password, now)
			},
				func(made backup.Made) {
					p.Said.Say(widgets.BannerGood, e.T("backup.hand-over.made", made.Path),
						widgets.NewButton(e.T("rows.show-folder"), func() { e.ShowFolder(made.Path) }))
				})
		})
}

func (p *Page) askTakeBack() {
	e := p.e
	e.Ask(e.T("backup.take-back"), e.T("backup.take-back.ask"), kit.Answer{Label: e.T("cancel")},
		kit.Answer{Label: e.T("backup.take-back"), Importance: widget.HighImportance, Act: func() {
			kit.Act(e.Env, "save", func(ctx context.Context) (struct{}, error) { return struct{}{}, e.co.TakeBackHandOver(ctx) },
				func(_ struct{}, err error) {
					p.fetch()
					if err != nil {
						p.Said.Say(widgets.BannerError, e.Error(err))
					}
				})
		}})
}
