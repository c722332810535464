package signin

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/words"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// accountStep is step 1 of the wizard: which way, which key, which environment.
type accountStep struct {
	e              *env
	object         fyne.CanvasObject
	way            *widgets.Choice
	key            *widgets.Entry
	environment    *widgets.Select
	firm           *widgets.Entry
	user, password *widgets.Entry

	keyRow, firmRow, userRow, passwordRow *widgets.Row
	keyOptional                           bool
}

// newAccountStep makes the step from what was authorised before; next and quit leave it.
func newAccountStep(e *env, known domain.Connection, next, quit func()) *accountStep {
	s := &accountStep{e: e, keyOptional: known.KeyTail != "" || e.demo()}
	s.way = widgets.NewChoice([]string{e.T("wizard.way.browser"), e.T("wizard.way.account")}, func(int) { s.show() })
	s.way.SetSelected(0)
	s.key = widgets.NewPasswordEntry("")
	s.environment = widgets.NewSelect(e.T("choose"), []string{e.T("environment.live"), e.T("environment.test")}, nil)
	s.environment.SetSelectedIndex(0)
	if known.Environment == domain.EnvironmentTest {
		s.environment.SetSelectedIndex(1)
	}
	s.firm = widgets.NewEntry(e.T("wizard.firm.hint"))
	s.firm.SetText(known.TenantID) // the company's own, whichever the panel has selected
	s.user, s.password = widgets.NewEntry(e.T("wizard.email.hint")), widgets.NewPasswordEntry("")
	s.user.SetText(known.UserName)
	s.keyRow = widgets.NewRow(e.T("api.key"), s.key, e.T("wizard.key.help"))
	switch {
	case known.KeyTail != "":
		s.keyRow.SetHint(e.T("wizard.key.kept", known.KeyTail))
	case s.keyOptional:
		s.keyRow.SetHint(e.T("wizard.key.demo"))
	}
	s.firmRow = widgets.NewRow(e.T("wizard.firm"), s.firm, e.T("wizard.firm.help"))
	s.userRow = widgets.NewRow(e.T("wizard.email"), s.user, e.T("wizard.email.help"))
	s.passwordRow = widgets.NewRow(e.T("wizard.password"), s.password, e.T("wizard.password.help"))
	for _, f := range []*widgets.Entry{s.key, s.firm, s.user, s.password} {
		f.SetEscape(quit)
		f.OnSubmitted = func(string) { next() }
	}
	s.way.SetEscape(quit)
	s.environment.SetEscape(quit)
	noKey := widgets.NewIconButton(e.T("today.no-key"), theme.MailComposeIcon(), func() { e.Visit(e.KeyLetter()) })
	noKey.Importance = widget.LowImportance
	noKey.SetEscape(quit)
	widgets.ShowIf(noKey, !s.keyOptional)
	s.object = widgets.Scrolled(
		widgets.NewMuted(e.T("wizard.account.text")),
		widgets.NewRow(e.T("wizard.way"), s.way, e.T("wizard.way.help")),
		s.keyRow,
		widgets.NewRow(e.T("wizard.environment"), s.environment, e.T("wizard.environment.help")),
		container.NewVBox(s.userRow, s.passwordRow),
		s.firmRow,
		foot(e.T("cancel"), quit, e.T("wizard.next"), next, noKey))
	s.show()
	return s
}

// show offers the account's fields only for the way that needs them.
func (s *accountStep) show() {
	for _, r := range []*widgets.Row{s.userRow, s.passwordRow} {
		widgets.ShowIf(r, s.byAccount())
	}
	if o, ok := s.object.(*container.Scroll); ok {
		o.Refresh()
	}
}

func (s *accountStep) byAccount() bool { return s.way.Selected() == 1 }

func (s *accountStep) focus() { s.e.Win.Canvas().Focus(s.key) }

// read gives what was typed, or says at the first field what is missing.
func (s *accountStep) read() (domain.Credentials, bool) {
	e := s.e
	c := domain.Credentials{Environment: domain.EnvironmentLive, APIKey: domain.TypedSecret(s.key.Text), TenantID: strings.TrimSpace(s.firm.Text)}
	if s.environment.SelectedIndex() == 1 {
		c.Environment = domain.EnvironmentTest
	}
	if !s.keyOptional && c.APIKey.Empty() {
		s.key.SetText("")
		filled(e, s.keyRow, s.key)
		return c, false
	}
	s.keyRow.SetError("")
	s.firmRow.SetError("")
	if !s.byAccount() {
		return c, true
	}
	if !filled(e, s.userRow, s.user) || !filled(e, s.passwordRow, s.password) {
		return c, false
	}
	c.UserName, c.Password = strings.TrimSpace(s.user.Text), domain.TypedSecret(s.password.Text)
	return c, true
}

// mark says at the field what İşbaşı refused. Where the key may not sign in by the browser it offers the
// other way, with what is known filled in.
func (s *accountStep) mark(err error) {
	what, _ := s.e.ErrorParts(err)
	if domain.KindOf(err) == domain.KindOtherFirm || words.RefusedField(err) == "tenant_id" {
		s.firmRow.SetError(what)
		s.e.Win.Canvas().Focus(s.firm)
	}
	switch domain.KindOf(err) {
	case domain.KindNoBrowser:
		s.way.SetSelected(1)
		s.show()
		next := s.user
		if s.user.Text != "" {
			next = s.password
		}
		s.e.Win.Canvas().Focus(next)
	case domain.KindWrongKey:
		s.keyRow.SetError(what)
		s.e.Win.Canvas().Focus(s.key)
	case domain.KindWrongPassword:
		if s.byAccount() {
			s.passwordRow.SetError(what)
			s.e.Win.Canvas().Focus(s.password)
		}
	}
}
