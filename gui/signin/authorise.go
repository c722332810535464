package signin

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// authorisation is the wizard of interface.md, in three steps: account, browser, "is it this firm?".
// Nothing is stored before the last one is answered.
type authorisation struct {
	e      *env
	object *fyne.Container
	done   func(*domain.Company) // nil: nothing was authorised
	known  domain.Connection     // what was authorised before

	step   *widgets.Text
	banner *widgets.Banner
	holder *fyne.Container

	account *accountStep
	given   domain.Credentials // what the round under way was started with
	found   domain.SignIn
	stop    context.CancelFunc // ends the round under way
	round   int                // answers of an older round are dropped
	primary func()
	cancel  func()
}

func newAuthorisation(e *env, known domain.Connection, done func(*domain.Company)) *authorisation {
	a := &authorisation{e: e, done: done, known: known, step: widgets.NewTitle(""), banner: widgets.NewBanner(), holder: container.NewStack()}
	a.account = newAccountStep(e, known, a.next, a.quit)
	a.object = widgets.NewBorder(container.NewVBox(a.step, widgets.MaxWidth(widgets.MaxRowWidth, a.banner)), nil, nil, nil, a.holder)
	return a
}

// begin shows the first step.
func (a *authorisation) begin() {
	a.present(1, "wizard.account", a.account.object, a.next, a.quit)
	a.account.focus()
}

// present puts a step into view, with what Enter and Esc do on it.
func (a *authorisation) present(number int, key string, o fyne.CanvasObject, primary, cancel func()) {
	a.step.SetText(a.e.T("wizard.step", number, 3, a.e.T(key)))
	a.primary, a.cancel = primary, cancel
	a.holder.Objects = []fyne.CanvasObject{o}
	a.holder.Refresh()
}

func (a *authorisation) typedKey(k *fyne.KeyEvent) bool {
	switch k.Name {
	case fyne.KeyReturn, fyne.KeyEnter:
		a.primary()
	case fyne.KeyEscape:
		a.cancel()
	default:
		return false
	}
	return true
}

// quit leaves the wizard; nothing was stored.
func (a *authorisation) quit() {
	a.abandon()
	a.done(nil)
}

// abandon ends the round under way and drops its answer.
func (a *authorisation) abandon() {
	a.round++
	if a.stop != nil {
		a.stop()
		a.stop = nil
	}
}

// next leaves step 1.
func (a *authorisation) next() {
	c, ok := a.account.read()
	if !ok {
		return
	}
	a.banner.Hide()
	if c.UserName == "" {
		a.browse(c, "")
		return
	}
	a.connect(c)
}

// back returns to step 1 and says why.
func (a *authorisation) back(err error) {
	a.abandon()
	a.begin()
	if err != nil && !isCancel(err) {
		a.banner.Say(widgets.BannerError, a.e.Error(err))
		a.account.mark(err)
	}
}

// begun starts a round and gives its context and number.
func (a *authorisation) begun(c domain.Credentials) (context.Context, int) {
	a.abandon()
	ctx, stop := context.WithCancel(a.e.Ctx)
	a.stop, a.given = stop, c
	return ctx, a.round
}

// connect is the way without a browser: account and key, or the second key of a browser round.
func (a *authorisation) connect(c domain.Credentials) {
	ctx, round := a.begun(c)
	wait := widgets.NewEndless()
	stop := widgets.NewButton(a.e.T("cancel"), func() { a.back(nil) })
	a.present(2, "wizard.connecting", container.NewVBox(widgets.NewBody(a.e.T("wizard.connecting.text")),
		widgets.NewMuted(a.e.T("firm.read")), widgets.MaxWidth(420, wait), container.NewHBox(stop)), func() {}, func() { a.back(nil) })
	kit.Background(a.e.Env, func(context.Context) (domain.SignIn, error) {
		return a.e.co.Authorise(ctx, c, domain.Browser{Lang: a.e.Lang})
	}, func(s domain.SignIn, err error) { a.answered(round, s, err) })
}

// browse is step 2: the browser opens by itself, and the wizard waits. agreed is a host outside Logo's that
// the person lets the page lie on.
func (a *authorisation) browse(c domain.Credentials, agreed string) {
	ctx, round := a.begun(c)
	b := newBrowserStep(a.e, agreed, func() { a.back(nil) })
	a.present(2, "wizard.browser", b.object, b.send, func() { a.back(nil) })
	b.count(ctx)
	kit.Background(a.e.Env, func(context.Context) (domain.SignIn, error) {
		return a.e.co.Authorise(ctx, c, b.browser(ctx))
	}, func(s domain.SignIn, err error) { a.answered(round, s, err) })
}

// answered takes the end of a round.
func (a *authorisation) answered(round int, s domain.SignIn, err error) {
	if round != a.round {
		return
	}
	a.stop()
	a.stop = nil
	switch {
	case err == nil:
		a.found = s
		a.confirm()
	case domain.KindOf(err) == domain.KindCredentials:
		a.askAccount(s, nil)
	case domain.KindOf(err) == domain.KindConsentHost:
		a.askHost(err)
	case !a.given.UserKey.Empty() && domain.KindOf(err) == domain.KindWrongPassword:
		// the browser round still counts: only the account is asked for again
		a.askAccount(domain.SignIn{Session: domain.Session{Credentials: a.given}}, err)
	default:
		a.back(err)
	}
}

// askAccount asks for e-mail and password after the browser; the round goes on with the key it got.
func (a *authorisation) askAccount(s domain.SignIn, err error) {
	e := a.e
	c := a.given
	c.UserKey = s.Session.UserKey
	user, password := widgets.NewEntry(e.T("wizard.email.hint")), widgets.NewPasswordEntry("")
	user.SetText(c.UserName)
	userRow := widgets.NewRow(e.T("wizard.email"), user, e.T("wizard.email.help"))
	passwordRow := widgets.NewRow(e.T("wizard.password"), password, e.T("wizard.password.help"))
	leave := func() { a.back(nil) }
	goOn := func() {
		if !filled(e, userRow, user) || !filled(e, passwordRow, password) {
			return
		}
		c.UserName, c.Password = user.Text, domain.TypedSecret(password.Text)
		a.banner.Hide()
		a.connect(c)
	}
	user.OnSubmitted = func(string) { e.Win.Canvas().Focus(password) }
	password.OnSubmitted = func(string) { goOn() }
	user.SetEscape(leave)
	password.SetEscape(leave)
	a.present(2, "wizard.credentials", widgets.Scrolled(userRow, passwordRow, foot(e.T("cancel"), leave, e.T("wizard.next"), goOn)), goOn, leave)
	if err != nil {
		a.banner.Say(widgets.BannerError, e.Error(err))
	} else {
		a.banner.Say(widgets.BannerInfo, e.T("error.credentials.what")+" "+e.T("error.credentials.do"))
	}
	e.Win.Canvas().Focus(user)
}
