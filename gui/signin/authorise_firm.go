package signin

import (
	"context"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/words"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// recogniseWait is how long the person waits for the firm's products at most; then they decide by the rest.
const recogniseWait = 15 * time.Second

// firmStep asks whether it is the right firm. İşbaşı names none, so it is recognised by licence and content, and gets the
// name here that the company has everywhere.
type firmStep struct {
	a        *authorisation
	object   fyne.CanvasObject
	products *widgets.Text
	name     *widgets.Entry
	nameRow  *widgets.Row
	no, yes  *widgets.Button
}

func newFirmStep(a *authorisation) *firmStep {
	e, c := a.e, a.found.Connection
	s := &firmStep{a: a, products: widgets.NewBody(e.T("firm.products.asking")).Bold(), name: widgets.NewEntry(e.T("company.add.example"))}
	line := func(key string, o fyne.CanvasObject) *widgets.Row {
		return widgets.NewRow(e.T(key), o, e.T(key+".help"))
	}
	said := func(text string) fyne.CanvasObject {
		if text == "" {
			text = e.T("none")
		}
		return widgets.NewBody(text).Bold()
	}
	rows := []fyne.CanvasObject{widgets.NewTitle(e.T("wizard.this")), widgets.NewMuted(e.T("wizard.this.text"))}
	if c.FirmName != "" {
		rows = append(rows, line("api.firm", said(c.FirmName)))
	}
	s.nameRow = line("firm.name", s.name)
	s.no, s.yes = widgets.NewButton(e.T("wizard.no"), a.quit), widgets.NewIconButton(e.T("wizard.yes"), theme.ConfirmIcon(), s.accept).Primary()
	s.yes.Disable() // till it is seen which firm it is
	s.name.SetText(e.ways.Company.Name)
	s.name.OnSubmitted = func(string) { s.accept() }
	for _, x := range []interface{ SetEscape(func()) }{s.name, s.no, s.yes} {
		x.SetEscape(a.quit)
	}
	rows = append(rows, line("firm.products", s.products), line("api.licence", said(licenceText(e, c.Licence))))
	if c.UserName != "" {
		rows = append(rows, line("api.user", said(c.UserName)))
	}
	rows = append(rows, s.nameRow, endOf(layout.NewSpacer(), s.no, s.yes))
	s.object = widgets.Scrolled(rows...)
	return s
}

// confirm shows the firm, asks İşbaşı for its products, and lets the person say that it is theirs.
func (a *authorisation) confirm() {
	a.banner.Hide()
	s := newFirmStep(a)
	a.present(3, "wizard.connected", s.object, s.accept, a.quit)
	a.e.Win.Canvas().Focus(s.name)
	s.name.TypedShortcut(&fyne.ShortcutSelectAll{}) // what is typed stands instead
	found, round := a.found, a.round
	kit.Background(a.e.Env, func(ctx context.Context) (domain.FirmSample, error) {
		ctx, stop := context.WithTimeout(ctx, recogniseWait)
		defer stop()
		return a.e.co.Recognise(ctx, found)
	}, func(f domain.FirmSample, err error) {
		if round == a.round {
			s.recognised(f, err)
		}
	})
}

// recognised shows what the firm has, or that nobody knows.
func (s *firmStep) recognised(f domain.FirmSample, err error) {
	e := s.a.e
	e.Frame.Refresh() // it has cost a read
	said := e.T("firm.products.found", f.Products, strings.Join(f.Names, ", "))
	switch {
	case err != nil:
		said = e.T("firm.products.unknown", e.Error(err))
	case f.Products == 0:
		said = e.T("firm.products.none")
	}
	s.products.SetText(said)
	s.yes.Enable()
	s.a.holder.Refresh()
}

// accept names the company and stores the sign-in, once.
func (s *firmStep) accept() {
	if s.yes.Disabled() {
		return
	}
	e, found, name, info := s.a.e, s.a.found, strings.TrimSpace(s.name.Text), s.a.e.ways.Company
	s.nameRow.SetError("")
	s.yes.Disable()
	s.no.Disable()
	kit.Background(e.Env, func(ctx context.Context) (domain.Company, error) {
		if name != info.Name {
			var err error
			if info, err = e.ways.Rename(ctx, name); err != nil {
				return info, err
			}
		}
		return info, e.co.Confirm(ctx, found, true)
	}, func(info domain.Company, err error) {
		switch {
		case err == nil:
			s.a.done(&info)
			return
		case words.RefusedField(err) == "name":
			s.nameRow.SetError(e.Error(err))
			e.Win.Canvas().Focus(s.name)
		default:
			s.a.banner.Say(widgets.BannerError, e.Error(err))
		}
		s.yes.Enable()
		s.no.Enable()
	})
}
