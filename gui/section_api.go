package gui

import (
	"context"
	"errors"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// apiState is what section 2 shows and edits.
type apiState struct {
	connection domain.Connection
	on         bool
}

// apiSection is API Bilgilerini Tanımlama: the fields fill themselves in when the person authorises.
type apiSection struct {
	*form[apiState]
	object *fyne.Container
	sheet  fyne.CanvasObject
	wizard *authorisation

	banner                           *widgets.Banner
	key, user, firm, licence, token  *widgets.Text
	status                           *widgets.Choice
	statusRow                        *widgets.Row
	authorise, testButton, forgetBtn *widgets.Button
	activity                         *widget.Activity
}

func newAPISection(e *env, p pageControl) *apiSection {
	s := &apiSection{form: newForm[apiState](e, p), banner: widgets.NewBanner(), activity: widget.NewActivity()}
	s.activity.Hide()
	s.same = func(a, b apiState) bool { return a.on == b.on }
	s.load = func(ctx context.Context) (apiState, error) {
		c, err := e.co.Connection.Connection(ctx)
		if err != nil {
			return apiState{}, err
		}
		v, err := e.co.Settings.Settings(ctx)
		return apiState{connection: c, on: v.IntegrationOn}, err
	}
	s.check = func(v apiState) error {
		if v.on && !v.connection.Authorised {
			return domain.Invalid("integration", "needs-authorisation")
		}
		return nil
	}
	s.store = func(ctx context.Context, v apiState) (apiState, error) {
		kept, err := e.co.Settings.Settings(ctx)
		if err != nil {
			return v, err
		}
		kept.IntegrationOn = v.on
		return v, e.co.Settings.SaveSettings(ctx, kept)
	}
	s.fill = s.draw
	line := func(field string) (*widgets.Text, *widgets.Row) {
		t := widgets.NewBody("")
		return t, s.row(field, e.t("api."+field), t, e.t("api."+field+".help"))
	}
	var rows [5]*widgets.Row
	s.key, rows[0] = line("key")
	s.user, rows[1] = line("user")
	s.firm, rows[2] = line("firm")
	s.licence, rows[3] = line("licence")
	s.token, rows[4] = line("token")
	s.status = widgets.NewRowChoice([]string{e.t("api.open"), e.t("api.closed")}, func(i int) {
		s.edit(func(v *apiState) { v.on = i == 0 })
	})
	s.statusRow = s.row("integration", e.t("api.status"), s.status, e.t("api.status.help"))
	s.authorise = widgets.NewIconButton(e.t("api.authorise"), theme.LoginIcon(), s.startWizard)
	s.testButton = widgets.NewIconButton(e.t("api.test"), theme.ViewRefreshIcon(), s.test)
	s.forgetBtn = widgets.NewIconButton(e.t("api.forget"), theme.LogoutIcon(), s.askForget)
	buttons := container.New(layout.NewRowWrapLayout(), s.authorise, s.testButton, s.forgetBtn, s.activity)
	s.sheet = s.layout(widgets.MaxWidth(720, s.banner), rows[0], rows[1], rows[2], rows[3], rows[4], s.statusRow, widgets.Gap(4), buttons)
	s.object = container.NewStack(s.sheet)
	s.draw(apiState{})
	return s
}

func (s *apiSection) content() fyne.CanvasObject { return s.object }

// show keeps a wizard that is under way: the browser may answer while another section is in view.
func (s *apiSection) show() {
	if s.wizard == nil {
		s.form.show()
	}
}

// draw fills the fields; they are never typed in.
func (s *apiSection) draw(v apiState) {
	c, e := v.connection, s.e
	or := func(text string) string {
		if text == "" {
			return e.t("none")
		}
		return text
	}
	s.key.SetText(or(c.KeyTail))
	s.user.SetText(or(c.UserName))
	s.firm.SetText(or(firmName(e, c)))
	s.licence.SetText(licenceText(e, c.Licence))
	s.token.SetText(e.moment(c.TokenEndsAt))
	s.status.SetSelected(yes(v.on))
	s.status.OnChanged = func(i int) { s.edit(func(v *apiState) { v.on = i == 0 }) }
	if c.Authorised {
		s.authorise.SetText(e.t("api.again"))
		s.authorise.Importance = widget.MediumImportance
		s.testButton.Enable()
		s.forgetBtn.Enable()
		s.status.Enable()
		s.statusRow.SetHint("")
	} else {
		s.authorise.SetText(e.t("api.authorise"))
		s.authorise.Importance = widget.HighImportance
		s.testButton.Disable()
		s.forgetBtn.Disable()
		if v.on {
			s.status.Enable()
		} else {
			s.status.Disable()
		}
		s.statusRow.SetHint(e.t("invalid.needs-authorisation"))
	}
	s.authorise.Refresh()
	s.status.Refresh()
	switch {
	case !c.Authorised:
		s.banner.Say(widgets.BannerInfo, e.t("api.first"))
	case c.SessionOnly:
		s.banner.Say(widgets.BannerWarning, e.t("api.session-only"))
	case c.Licence.Expired:
		s.banner.Say(widgets.BannerWarning, e.t("api.expired"))
	default:
		s.banner.Hide()
	}
}

// firmName is what İşbaşı calls the firm; often it names none, then its number is all there is.
func firmName(e *env, c domain.Connection) string {
	switch {
	case c.FirmName != "":
		return c.FirmName
	case c.TenantID != "":
		return e.t("api.tenant", c.TenantID)
	default:
		return ""
	}
}

func licenceText(e *env, l domain.Licence) string {
	name := l.Name
	if name == "" {
		name = l.Code
	}
	switch {
	case name == "" && l.EndsAt.IsZero():
		return e.t("none")
	case l.EndsAt.IsZero():
		return name
	case l.Expired:
		return e.t("api.licence.ended", name, e.date(l.EndsAt))
	default:
		return e.t("api.licence.ends", name, e.date(l.EndsAt))
	}
}

// test asks İşbaşı one small question.
func (s *apiSection) test() {
	s.work(true)
	background(s.e, s.e.co.Connection.Test, func(c domain.Connection, err error) {
		s.work(false)
		s.p.refreshFrame()
		if err != nil {
			s.banner.Say(widgets.BannerError, errorText(s.e.text, err), s.mending(err)...)
			return
		}
		s.kept.connection, s.now.connection = c, c
		s.draw(s.now)
		if !c.SessionOnly && !c.Licence.Expired {
			s.banner.Say(widgets.BannerGood, s.e.t("api.works"))
		}
	})
}

// mending gives the button that mends err, if there is one.
func (s *apiSection) mending(err error) []fyne.CanvasObject {
	switch domain.KindOf(err) {
	case domain.KindNeedsSignIn, domain.KindWrongKey, domain.KindWrongPassword, domain.KindOtherFirm:
		return []fyne.CanvasObject{widgets.NewButton(s.e.t("api.again"), s.startWizard)}
	default:
		return nil
	}
}

func (s *apiSection) work(on bool) {
	if on {
		s.testButton.Disable()
		s.forgetBtn.Disable()
		s.activity.Show()
		s.activity.Start()
		return
	}
	s.activity.Stop()
	s.activity.Hide()
	s.draw(s.now)
}

// askForget removes the session after the person has said yes.
func (s *apiSection) askForget() {
	e := s.e
	e.ask(e.t("forget.title"), e.t("forget.text"),
		answer{label: e.t("forget.no")},
		answer{label: e.t("api.forget"), importance: widget.DangerImportance, act: func() {
			s.work(true)
			background(e, func(ctx context.Context) (struct{}, error) { return struct{}{}, e.co.Connection.Forget(ctx) },
				func(_ struct{}, err error) {
					s.work(false)
					s.form.show()
					s.p.refreshFrame()
					if err != nil {
						s.bar.SetError(errorText(e.text, err))
						return
					}
					s.bar.SetNote(e.t("forget.done"))
				})
		}})
}

// startWizard puts the wizard in the place of the fields.
func (s *apiSection) startWizard() {
	if s.wizard != nil {
		return
	}
	s.wizard = newAuthorisation(s.e, s.now.connection, s.endWizard)
	s.object.Objects = []fyne.CanvasObject{s.wizard.object}
	s.object.Refresh()
	s.wizard.begin()
}

// endWizard brings the fields back; confirmed tells whether there is a new session.
func (s *apiSection) endWizard(confirmed bool) {
	s.wizard = nil
	s.object.Objects = []fyne.CanvasObject{s.sheet}
	s.object.Refresh()
	s.form.show()
	s.p.refreshFrame()
	if confirmed {
		s.bar.SetNote(s.e.t("wizard.connected"))
	}
}

// typedKey gives Enter and Esc to the wizard.
func (s *apiSection) typedKey(k *fyne.KeyEvent) bool {
	return s.wizard != nil && s.wizard.typedKey(k)
}

// isCancel tells whether err is the person's own doing, which needs no words.
func isCancel(err error) bool {
	return domain.KindOf(err) == domain.KindCancelled || errors.Is(err, context.Canceled)
}
