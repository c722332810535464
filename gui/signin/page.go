// Package signin is section 2, API Bilgilerini Tanımlama: the authorisation at İşbaşı.
package signin

import (
	"cmp"
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// apiState is what section 2 shows and edits.
type apiState struct {
	connection domain.Connection
	user       string // as a person names it, where the sign-in in the browser did not
	on         bool
}

// Page is API Bilgilerini Tanımlama: the fields fill themselves in when the person authorises.
type Page struct {
	*kit.Form[apiState]
	e      *env
	object *fyne.Container
	sheet  fyne.CanvasObject
	wizard *authorisation

	banner                          *widgets.Banner
	key, user, firm, licence, token *widgets.Text
	typed                           *widgets.Entry // the user, where the sign-in did not tell one
	userRow, typedRow               *widgets.Row
	status                          *widgets.Choice
	statusRow                       *widgets.Row
	begin                           *widgets.Button // in the banner, while nothing is authorised
	again, testButton, forgetBtn    *widgets.Button
	commands                        *fyne.Container // the row of them
	activity                        *widget.Activity
}

// New makes the page.
func New(k *kit.Env, co Company, ways Ways) *Page {
	e := &env{k, co, ways}
	s := &Page{Form: kit.NewForm[apiState](e.Env), e: e, banner: widgets.NewBanner(), activity: widget.NewActivity()}
	s.activity.Hide()
	s.Same = func(a, b apiState) bool { return a.on == b.on && a.user == b.user }
	s.Load = func(ctx context.Context, _ apiState) (apiState, error) {
		c, err := e.co.Connection(ctx)
		if err != nil {
			return apiState{}, err
		}
		v, err := e.co.Settings(ctx)
		return apiState{connection: c, user: c.UserName, on: v.IntegrationOn}, err
	}
	s.Check = func(v apiState) error {
		if v.on && !v.connection.Authorised {
			return domain.Invalid("integration", "needs-authorisation")
		}
		return nil
	}
	s.Store = func(ctx context.Context, v apiState) (apiState, error) {
		if v.user != v.connection.UserName {
			if err := e.co.NameUser(ctx, v.user); err != nil {
				return v, err
			}
			v.connection.UserName = v.user
		}
		kept, err := e.co.Settings(ctx)
		if err != nil {
			return v, err
		}
		kept.IntegrationOn = v.on
		return v, e.co.SaveSettings(ctx, kept)
	}
	s.Fill = s.draw
	line := func(field string) (*widgets.Text, *widgets.Row) {
		t := widgets.NewBody("")
		return t, s.Row(field, e.T("api."+field), t, e.T("api."+field+".help"))
	}
	var rows [4]*widgets.Row
	s.key, rows[0] = line("key")
	s.user = widgets.NewBody("")
	s.userRow = s.Row("user.told", e.T("api.user"), s.user, e.T("api.user.help"))
	s.typed = widgets.NewEntry(e.T("api.user.placeholder"))
	s.typed.OnChanged = func(text string) { s.Edit(func(v *apiState) { v.user = strings.TrimSpace(text) }) }
	s.typedRow = s.Row("user", e.T("api.user"), s.typed, e.T("api.user.help"))
	s.firm, rows[1] = line("firm")
	s.licence, rows[2] = line("licence")
	s.token, rows[3] = line("token")
	s.status = widgets.NewRowChoice([]string{e.T("api.open"), e.T("api.closed")}, func(i int) {
		s.Edit(func(v *apiState) { v.on = i == 0 })
	})
	s.statusRow = s.Row("integration", e.T("api.status"), s.status, e.T("api.status.help"))
	s.begin = widgets.NewIconButton(e.T("api.authorise"), theme.LoginIcon(), s.startWizard).Primary()
	s.again = widgets.NewIconButton(e.T("api.again"), theme.LoginIcon(), s.startWizard)
	s.testButton = widgets.NewIconButton(e.T("api.test"), theme.ViewRefreshIcon(), s.test)
	s.forgetBtn = widgets.NewIconButton(e.T("api.forget"), theme.LogoutIcon(), s.askForget)
	s.commands = container.New(layout.NewRowWrapLayout(), s.again, s.testButton, s.forgetBtn, s.activity)
	s.sheet = s.Layout(widgets.MaxWidth(widgets.MaxRowWidth, s.banner), rows[0], s.userRow, s.typedRow, rows[1], rows[2], rows[3], s.statusRow, widgets.Gap(4), s.commands)
	s.object = container.NewStack(s.sheet)
	s.draw(apiState{})
	return s
}

// Content is always the same object.
func (s *Page) Content() fyne.CanvasObject { return s.object }

// Show keeps a wizard that is under way: the browser may answer while another section is in view.
func (s *Page) Show() {
	if s.wizard == nil {
		s.Form.Show()
	}
}

// draw fills the fields; only the user is ever typed in.
func (s *Page) draw(v apiState) {
	c, e := v.connection, s.e
	or := func(text string) string {
		if text == "" {
			return e.T("none")
		}
		return text
	}
	s.key.SetText(or(c.KeyTail))
	s.drawUser(v)
	s.firm.SetText(or(firmName(e, c)))
	s.licence.SetText(licenceText(e, c.Licence))
	s.token.SetText(e.Moment(c.TokenEndsAt))
	s.status.SetSelected(kit.Yes(v.on))
	s.status.OnChanged = func(i int) { s.Edit(func(v *apiState) { v.on = i == 0 }) }
	widgets.ShowIf(s.commands, c.Authorised)
	s.testButton.Enable()
	s.forgetBtn.Enable()
	widgets.EnableIf(s.status, c.Authorised || v.on)
	s.statusRow.SetHint("")
	if !c.Authorised {
		s.statusRow.SetHint(e.T("invalid.needs-authorisation"))
	}
	s.status.Refresh()
	switch {
	case !c.Authorised:
		s.banner.Say(widgets.BannerInfo, e.T("api.first"), s.begin)
	case c.SessionOnly:
		s.banner.Say(widgets.BannerWarning, e.T("api.session-only"))
	case c.Licence.Expired:
		s.banner.Say(widgets.BannerWarning, e.T("api.expired"))
	default:
		s.banner.Hide()
	}
}

// drawUser shows whose account it is, to be typed where a sign-in in the browser need not have told it.
func (s *Page) drawUser(v apiState) {
	c := v.connection
	s.user.SetText(cmp.Or(c.UserName, s.e.T("none")))
	if s.typed.Text != v.user {
		s.typed.SetText(v.user)
	}
	hint := ""
	if c.UserName == "" {
		hint = s.e.T("api.user.wanted")
	}
	s.typedRow.SetHint(hint)
	asked := c.Authorised && c.ByBrowser
	widgets.ShowIf(s.typedRow, asked)
	widgets.ShowIf(s.userRow, !asked)
}

// test asks İşbaşı one small question.
func (s *Page) test() {
	s.setBusy(true)
	kit.Background(s.e.Env, s.e.co.Test, func(c domain.Connection, err error) {
		s.setBusy(false)
		s.e.Frame.Refresh()
		if err != nil {
			s.banner.Say(widgets.BannerError, s.e.Error(err), s.mending(err)...)
			return
		}
		s.Kept.connection, s.Now.connection = c, c
		s.draw(s.Now)
		if !c.SessionOnly && !c.Licence.Expired {
			s.banner.Say(widgets.BannerGood, s.e.T("api.works"))
		}
	})
}

// mending gives the button that mends err, if there is one.
func (s *Page) mending(err error) []fyne.CanvasObject {
	switch domain.KindOf(err) {
	case domain.KindNeedsSignIn, domain.KindWrongKey, domain.KindWrongPassword, domain.KindOtherFirm:
		return []fyne.CanvasObject{widgets.NewButton(s.e.T("api.again"), s.startWizard)}
	default:
		return nil
	}
}

func (s *Page) setBusy(on bool) {
	if on {
		s.testButton.Disable()
		s.forgetBtn.Disable()
		s.activity.Show()
		s.activity.Start()
		return
	}
	s.activity.Stop()
	s.activity.Hide()
	s.draw(s.Now)
}

// askForget removes the session after the person has said yes.
func (s *Page) askForget() {
	e := s.e
	e.Ask(e.T("forget.title"), e.T("forget.text"),
		kit.Answer{Label: e.T("forget.no")},
		kit.Answer{Label: e.T("api.forget"), Importance: widget.DangerImportance, Act: func() {
			s.setBusy(true)
			kit.Act(e.Env, "save", func(ctx context.Context) (struct{}, error) { return struct{}{}, e.co.Forget(ctx) },
				func(_ struct{}, err error) {
					s.setBusy(false)
					s.Form.Show()
					s.e.Frame.Refresh()
					if err != nil {
						s.Bar.SetError(e.Error(err))
						return
					}
					s.Bar.SetNote(e.T("forget.done"))
				})
		}})
}

// Authorise begins the wizard in the browser with an API key; known is what was authorised before.
func (s *Page) Authorise(known domain.Connection, key string) {
	if s.wizard != nil {
		return
	}
	s.Now.connection = known
	s.startWizard()
	s.wizard.account.key.SetText(key)
	s.wizard.next()
}

// startWizard puts the wizard in the place of the fields.
func (s *Page) startWizard() {
	if s.wizard != nil {
		return
	}
	s.wizard = newAuthorisation(s.e, s.Now.connection, s.endWizard)
	s.object.Objects = []fyne.CanvasObject{s.wizard.object}
	s.object.Refresh()
	s.wizard.begin()
}

// endWizard brings the fields back; info is the company that has a new session, nil: there is none.
func (s *Page) endWizard(info *domain.Company) {
	s.wizard = nil
	s.object.Objects = []fyne.CanvasObject{s.sheet}
	s.object.Refresh()
	s.Form.Show()
	if info == nil {
		s.e.Frame.Refresh()
		return
	}
	s.Bar.SetNote(s.e.T("wizard.connected"))
	s.e.ways.Authorised(*info)
}

// WizardOpen tells whether the wizard is in view.
func (s *Page) WizardOpen() bool { return s.wizard != nil }

// TypedKey gives Enter and Esc to the wizard.
func (s *Page) TypedKey(k *fyne.KeyEvent) bool {
	return s.wizard != nil && s.wizard.typedKey(k)
}
