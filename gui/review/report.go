package review

import (
	"cmp"
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/sopyo/sopyo-desktop/domain/mail"
	"github.com/sopyo/sopyo-desktop/domain/report"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// reportBar is what section 6 offers of a transfer's report: to look at it, and to mail it.
type reportBar struct {
	e      *env
	object *fyne.Container // the buttons in a row; others may stand in it too
	said   *widgets.Banner // what became of it; stands where the section puts it

	open *widgets.Button
	mail *widgets.Button
	run  transfer.Run
	to   string // whom the settings propose
	can  bool   // a mail server is set up
}

func newReportBar(e *env) *reportBar {
	b := &reportBar{e: e, said: widgets.NewBanner()}
	b.open = widgets.NewIconButton(e.T("report.open"), theme.DocumentIcon(), b.show)
	b.mail = widgets.NewIconButton(e.T("report.mail"), theme.MailSendIcon(), b.ask)
	b.open.Importance, b.mail.Importance = widget.LowImportance, widget.LowImportance
	b.object = container.New(layout.NewRowWrapLayout(), b.open, b.mail)
	return b
}

// with puts another button behind those of the report.
func (b *reportBar) with(other fyne.CanvasObject) fyne.CanvasObject {
	b.object.Add(other)
	return b.object
}

// set is told which transfer is in view.
func (b *reportBar) set(r transfer.Run) {
	if r.ID != b.run.ID {
		b.said.Hide()
	}
	b.run = r
	told := !r.State.Active()
	widgets.ShowIf(b.open, told)
	widgets.ShowIf(b.mail, told)
	if !told {
		return
	}
	type asked struct {
		settings mail.Settings
		saved    report.Saved
	}
	kit.Background(b.e.Env, func(ctx context.Context) (a asked, err error) {
		if a.settings, err = b.e.co.MailSettings(ctx); err != nil {
			return a, err
		}
		a.saved, _, err = b.e.co.SavedReport(ctx, r.ID)
		return a, err
	}, func(a asked, err error) {
		if err != nil || b.run.ID != r.ID {
			return // the buttons say it when they are pressed
		}
		b.to, b.can = a.settings.To, a.settings.Ready()
		if a.saved.Draft != "" && !b.can && !b.said.Visible() {
			b.offer(b.e.T("report.draft.waits", r.Options.ReportTo), a.saved.Draft)
		}
	})
}

// show opens the report in the browser.
func (b *reportBar) show() {
	b.setBusy(true)
	id := b.run.ID
	kit.Background(b.e.Env, func(ctx context.Context) (string, error) { return b.e.co.ReportFile(ctx, id) }, func(path string, err error) {
		b.setBusy(false)
		if err != nil {
			b.said.Say(widgets.BannerError, b.e.Error(err))
			return
		}
		folder := widgets.NewIconButton(b.e.T("rows.show-folder"), theme.FolderOpenIcon(), func() { b.e.ShowFolder(path) })
		b.said.Say(widgets.BannerGood, b.e.T("report.opened"), folder)
		b.e.ShowFile(path)
	})
}

// ask asks for the address and mails the report, or opens a draft of it where nothing can be sent.
func (b *reportBar) ask() {
	e := b.e
	to := widgets.NewEntry(e.T("mail.to.example"))
	to.SetText(cmp.Or(b.run.Options.ReportTo, b.to))
	wrong := widgets.NewText("", theme.ColorNameError, theme.SizeNameCaptionText)
	wrong.Hide()
	text, label := e.T("report.mail.text"), e.T("report.mail.send")
	if !b.can {
		text, label = e.T("report.mail.draft.text"), e.T("report.mail.draft")
	}
	var m *kit.Modal
	accept := func() {
		address := strings.TrimSpace(to.Text)
		if _, err := mail.ParseAddress(address); err != nil && (b.can || address != "") {
			wrong.SetText(e.Error(err))
			wrong.Show()
			e.Win.Canvas().Focus(to)
			return
		}
		e.CloseModal(m)
		b.send(address)
	}
	m = e.AskWith(e.T("report.mail"), container.NewVBox(widgets.FixedWidth(440, widgets.NewBody(text)), to, wrong),
		kit.Answer{Label: e.T("report.mail.no")}, kit.Answer{Label: label, Importance: widget.HighImportance, Check: accept})
	if m == nil {
		return
	}
	to.SetEscape(m.Cancel)
	to.OnSubmitted = func(string) { accept() }
	e.Win.Canvas().Focus(to)
}

func (b *reportBar) send(to string) {
	type mailed struct {
		letter mail.Letter
		draft  string
	}
	id := b.run.ID
	b.setBusy(true)
	b.said.Say(widgets.BannerInfo, b.e.T("mail.sending"))
	kit.Act(b.e.Env, "send", func(ctx context.Context) (m mailed, err error) {
		m.letter, m.draft, err = b.e.co.SendReport(ctx, id, to)
		return m, err
	}, func(m mailed, err error) {
		b.setBusy(false)
		switch {
		case err != nil:
			b.said.Say(widgets.BannerError, b.e.Error(err))
		case m.draft != "":
			b.offer(b.e.T("report.draft.made"), m.draft)
			b.e.ShowFile(m.draft)
		default:
			b.said.Say(kit.LetterKind(m.letter.State), b.e.LetterSent(m.letter))
		}
	})
}

// offer says of a draft, which can be opened once more.
func (b *reportBar) offer(text, draft string) {
	b.said.Say(widgets.BannerInfo, text, widgets.NewIconButton(b.e.T("report.draft.open"), theme.MailComposeIcon(), func() { b.e.ShowFile(draft) }))
}

func (b *reportBar) setBusy(on bool) {
	widgets.EnableIf(b.open, !on)
	widgets.EnableIf(b.mail, !on)
}
