package gui

import (
	"cmp"
	"context"
	"net/url"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/sopyo/sopyo-desktop/domain/mail"
	"github.com/sopyo/sopyo-desktop/domain/report"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
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
	b.open = widgets.NewIconButton(e.t("report.open"), theme.DocumentIcon(), b.show)
	b.mail = widgets.NewIconButton(e.t("report.mail"), theme.MailSendIcon(), b.ask)
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
	told := b.e.co.Reports != nil && !r.State.Active()
	showIf(b.open, told)
	showIf(b.mail, told && b.e.co.Mail != nil)
	if !told {
		return
	}
	type asked struct {
		settings mail.Settings
		saved    report.Saved
	}
	background(b.e, func(ctx context.Context) (a asked, err error) {
		if b.e.co.Mail != nil {
			if a.settings, _, err = b.e.co.Mail.MailSettings(ctx); err != nil {
				return a, err
			}
		}
		a.saved, _, err = b.e.co.Reports.SavedReport(ctx, r.ID)
		return a, err
	}, func(a asked, err error) {
		if err != nil || b.run.ID != r.ID {
			return // the buttons say it when they are pressed
		}
		b.to, b.can = a.settings.To, a.settings.Ready()
		if a.saved.Draft != "" && !b.can && !b.said.Visible() {
			b.offer(b.e.t("report.draft.waits", r.Options.ReportTo), a.saved.Draft)
		}
	})
}

// show opens the report in the browser.
func (b *reportBar) show() {
	b.work(true)
	id := b.run.ID
	background(b.e, func(ctx context.Context) (string, error) { return b.e.co.Reports.ReportFile(ctx, id) }, func(path string, err error) {
		b.work(false)
		if err != nil {
			b.said.Say(widgets.BannerError, errorText(b.e.text, err))
			return
		}
		folder := widgets.NewIconButton(b.e.t("rows.show-folder"), theme.FolderOpenIcon(), func() { b.e.visit(folderAddress(path)) })
		b.said.Say(widgets.BannerGood, b.e.t("report.opened", path), folder)
		b.e.visit(fileAddress(path))
	})
}

// ask asks for the address and mails the report, or opens a draft of it where nothing can be sent.
func (b *reportBar) ask() {
	e := b.e
	to := widgets.NewEntry(e.t("mail.to.example"))
	to.SetText(cmp.Or(b.run.Options.ReportTo, b.to))
	wrong := widgets.NewText("", theme.ColorNameError, theme.SizeNameCaptionText)
	wrong.Hide()
	text, label := e.t("report.mail.text"), e.t("report.mail.send")
	if !b.can {
		text, label = e.t("report.mail.draft.text"), e.t("report.mail.draft")
	}
	var m *modal
	accept := func() {
		address := strings.TrimSpace(to.Text)
		if _, err := mail.ParseAddress(address); err != nil && (b.can || address != "") {
			wrong.SetText(errorText(e.text, err))
			wrong.Show()
			e.win.Canvas().Focus(to)
			return
		}
		e.closeModal(m)
		b.send(address)
	}
	m = e.askWith(e.t("report.mail"), container.NewVBox(widgets.FixedWidth(440, widgets.NewBody(text)), to, wrong),
		answer{label: e.t("report.mail.no")}, answer{label: label, importance: widget.HighImportance, check: accept})
	if m == nil {
		return
	}
	to.SetEscape(m.cancel)
	to.OnSubmitted = func(string) { accept() }
	e.win.Canvas().Focus(to)
}

func (b *reportBar) send(to string) {
	type mailed struct {
		letter mail.Letter
		draft  string
	}
	id := b.run.ID
	b.work(true)
	b.said.Say(widgets.BannerInfo, b.e.t("mail.sending"))
	background(b.e, func(ctx context.Context) (m mailed, err error) {
		m.letter, m.draft, err = b.e.co.Reports.SendReport(ctx, id, to)
		return m, err
	}, func(m mailed, err error) {
		b.work(false)
		switch {
		case err != nil:
			b.said.Say(widgets.BannerError, errorText(b.e.text, err))
		case m.draft != "":
			b.offer(b.e.t("report.draft.made"), m.draft)
			b.e.visit(fileAddress(m.draft))
		default:
			kind, text := letterSaid(b.e, m.letter)
			b.said.Say(kind, text)
		}
	})
}

// offer says of a draft, which can be opened once more.
func (b *reportBar) offer(text, draft string) {
	b.said.Say(widgets.BannerInfo, text, widgets.NewIconButton(b.e.t("report.draft.open"), theme.MailComposeIcon(), func() { b.e.visit(fileAddress(draft)) }))
}

func (b *reportBar) work(on bool) {
	for _, x := range []*widgets.Button{b.open, b.mail} {
		if on {
			x.Disable()
		} else {
			x.Enable()
		}
	}
}

// fileAddress makes a file: address of a file; on Windows it has a drive.
func fileAddress(path string) string {
	path = filepath.ToSlash(path)
	if !strings.HasPrefix(path, "/") {
		path = "/" + path
	}
	u := url.URL{Scheme: "file", Path: path}
	return u.String()
}
