package gui

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/mail"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// mailPage is Ayarlar ▸ E-posta: who sends this machine's reports, and how the letters stand.
type mailPage struct {
	*form[mailState]
	root   *fyne.Container
	sheet  fyne.CanvasObject
	list   *letterList // nil while it is closed
	banner *widgets.Banner
	queue  *widgets.Banner // letters that somebody should look at
	open   *widgets.Banner // the line is not protected
	port   *widgets.Entry
	secure *widgets.Choice
	texts  map[string]*widgets.Entry // by the setting's name
	pass   *widgets.Entry
	passOf *widgets.Row
	test   *widgets.Button
	forget *widgets.Button
	busy   *widget.Activity
}

// mailState is the sender as it is edited. Password is what was typed, empty while the kept one stays.
type mailState struct {
	settings    mail.Settings
	port        string
	password    domain.Secret
	kept        bool // a password is kept
	sessionOnly bool
}

// newPassword gives the typed password, nil while the kept one stays.
func (v mailState) newPassword() *domain.Secret {
	if v.password.Empty() {
		return nil
	}
	return &v.password
}

// checked gives the settings as they would be saved.
func (v mailState) checked() (mail.Settings, error) {
	s := v.settings.Normal()
	s.Port, _ = strconv.Atoi(strings.TrimSpace(v.port)) // 0 is refused in its place
	return s, s.Validate()
}

func newMailPage(w *Window) *mailPage {
	e := w.e
	p := &mailPage{
		form: newForm[mailState](e, w.page), banner: widgets.NewBanner(), queue: widgets.NewBanner(), open: widgets.NewBanner(),
		texts: map[string]*widgets.Entry{}, busy: widget.NewActivity(),
	}
	p.busy.Hide()
	p.same = func(a, b mailState) bool {
		return a.settings == b.settings && a.port == b.port && a.password == b.password
	}
	p.load = func(ctx context.Context) (mailState, error) {
		s, kept, err := e.co.Mail.MailSettings(ctx)
		return mailState{settings: s, port: strconv.Itoa(s.Port), kept: kept}, err
	}
	p.check = func(v mailState) error { _, err := v.checked(); return err }
	p.store = func(ctx context.Context, v mailState) (mailState, error) {
		s, err := v.checked()
		if err != nil {
			return v, err
		}
		sessionOnly, err := e.co.Mail.SaveMailSettings(ctx, s, v.newPassword())
		return mailState{settings: s, port: strconv.Itoa(s.Port), kept: v.kept || !v.password.Empty(), sessionOnly: sessionOnly}, err
	}
	p.fill = p.draw
	p.sheet = p.build()
	p.root = container.NewStack(p.sheet)
	return p
}

func (p *mailPage) build() fyne.CanvasObject {
	e := p.e
	text := func(name, example string, set func(s *mail.Settings, text string)) *widgets.Row {
		entry := widgets.NewEntry(example)
		entry.OnChanged = func(t string) { p.typed(func(v *mailState) { set(&v.settings, t) }) }
		p.texts[name] = entry
		return p.row(name, e.t("mail."+name), entry, e.t("mail."+name+".help"))
	}
	host := text("host", "smtp.example.com", func(s *mail.Settings, t string) { s.Host = t })
	user := text("user", e.t("mail.user.example"), func(s *mail.Settings, t string) { s.User = t })
	from := text("from", e.t("mail.from.example"), func(s *mail.Settings, t string) { s.From = t })
	to := text("to", e.t("mail.to.example"), func(s *mail.Settings, t string) { s.To = t })
	var ways []string
	for _, s := range mail.Securities() {
		ways = append(ways, e.t("mail.security."+string(s)))
	}
	p.secure = widgets.NewChoice(ways, p.chooseSecurity)
	security := p.row("security", e.t("mail.security"), p.secure, e.t("mail.security.help"))
	p.port = widgets.NewEntry("587")
	p.port.OnChanged = func(t string) { p.typed(func(v *mailState) { v.port = t }) }
	port := p.row("port", e.t("mail.port"), p.port, e.t("mail.port.help"))
	p.pass = widgets.NewPasswordEntry("")
	p.pass.OnChanged = func(t string) { p.typed(func(v *mailState) { v.password = domain.NewSecret(t) }) }
	p.passOf = p.row("password", e.t("mail.password"), p.pass, e.t("mail.password.help"))

	p.test = widgets.NewIconButton(e.t("mail.test"), theme.MailSendIcon(), p.tryOut)
	p.forget = widgets.NewIconButton(e.t("mail.forget"), theme.DeleteIcon(), p.askForget)
	letters := widgets.NewIconButton(e.t("mail.letters"), theme.ListIcon(), p.openList)
	head := container.NewVBox(
		widgets.NewBorder(nil, nil, nil, letters, widgets.NewTitle(e.t("mail.title")).OneLine()),
		widgets.NewMuted(e.t("mail.text")), widget.NewSeparator(),
		widgets.MaxWidth(720, p.queue), widgets.MaxWidth(720, p.banner)) // in view however far the form is scrolled
	p.bar = widgets.NewSaveBar(e.t("save"), p.save, p.busy, p.forget, p.test)
	sheet := p.layout(host, security, widgets.MaxWidth(720, p.open), port, user, p.passOf, from, to)
	return widgets.Inset(14, 4, widgets.NewBorder(head, nil, nil, nil, sheet))
}

func (p *mailPage) content() fyne.CanvasObject { return p.root }

// show fetches the settings and how the letters stand.
func (p *mailPage) show() {
	if p.list != nil {
		p.list.show()
		return
	}
	p.banner.Hide()
	p.form.show()
	p.look()
}

// look says of letters that wait or need a person.
func (p *mailPage) look() {
	background(p.e, func(ctx context.Context) ([]mail.Letter, error) {
		letters, _, err := p.e.co.Mail.Letters(ctx, mail.Query{Open: true, Limit: 500})
		return letters, err
	}, func(letters []mail.Letter, err error) {
		waiting, asking := 0, 0
		for _, l := range letters {
			if l.State.Waits() {
				waiting++
			} else {
				asking++
			}
		}
		see := widgets.NewButton(p.e.t("mail.letters.look"), p.openList)
		switch {
		case err != nil || waiting+asking == 0:
			p.queue.Hide()
		case asking > 0:
			p.queue.Say(widgets.BannerWarning, p.e.t("mail.letters.asking", asking), see)
		default:
			p.queue.Say(widgets.BannerInfo, p.e.t("mail.letters.waiting", waiting), see)
		}
		p.root.Refresh()
	})
}

// typed is edit for the fields, which also tell when the form fills them.
func (p *mailPage) typed(change func(v *mailState)) {
	if p.loaded {
		p.edit(change)
	}
}

// chooseSecurity takes the usual port along while nobody has typed another one.
func (p *mailPage) chooseSecurity(i int) {
	way := mail.Securities()[i]
	usual := strconv.Itoa(p.now.settings.Security.Port()) == strings.TrimSpace(p.now.port)
	p.edit(func(v *mailState) { v.settings.Security = way })
	if usual {
		p.port.SetText(strconv.Itoa(way.Port()))
	}
	p.warn()
}

// warn says what it means that the line is not protected.
func (p *mailPage) warn() {
	if p.now.settings.Security == mail.SecurityNone {
		p.open.Say(widgets.BannerWarning, p.e.t("mail.security.none.warning"))
		return
	}
	p.open.Hide()
}

// draw shows v in the fields.
func (p *mailPage) draw(v mailState) {
	p.loaded = false // what is filled in is nobody's edit
	s := v.settings
	for name, text := range map[string]string{"host": s.Host, "user": s.User, "from": s.From, "to": s.To} {
		p.texts[name].SetText(text)
	}
	p.port.SetText(v.port)
	p.pass.SetText("")
	p.loaded = true
	p.secure.SetSelected(slices.Index(mail.Securities(), s.Security))
	p.pass.SetPlaceHolder("")
	p.passOf.SetHint("")
	switch {
	case v.sessionOnly:
		p.passOf.SetHint(p.e.t("mail.password.session"))
	case v.kept:
		p.pass.SetPlaceHolder("••••••••")
		p.passOf.SetHint(p.e.t("mail.password.kept"))
	}
	if s.Ready() {
		p.forget.Enable()
	} else {
		p.forget.Disable()
		p.banner.Say(widgets.BannerInfo, p.e.t("mail.first"))
	}
	p.warn()
	p.root.Refresh() // a banner of two lines moves what is under it
}

// tryOut really sends a letter, by what stands in the fields, and says what the server said.
func (p *mailPage) tryOut() {
	if !p.loaded {
		return
	}
	v := p.now
	p.clear()
	s, err := v.checked()
	if err != nil {
		if r, ok := p.rows[invalidField(err)]; ok {
			r.SetError(errorText(p.e.text, err))
			r.Focus(p.e.win.Canvas())
		}
		return
	}
	p.work(true)
	p.banner.Say(widgets.BannerInfo, p.e.t("mail.testing"))
	type answer struct{ to, said string }
	background(p.e, func(ctx context.Context) (answer, error) {
		to, said, err := p.e.co.Mail.TestMail(ctx, s, v.newPassword(), p.e.text.Lang)
		return answer{to, said}, err
	}, func(a answer, err error) {
		p.work(false)
		if err != nil {
			p.banner.Say(widgets.BannerError, errorText(p.e.text, err))
			return
		}
		p.banner.Say(widgets.BannerGood, p.e.t("mail.tested", a.to, a.said))
	})
}

func (p *mailPage) work(on bool) {
	if on {
		p.test.Disable()
		p.busy.Show()
		p.busy.Start()
		return
	}
	p.busy.Stop()
	p.busy.Hide()
	p.test.Enable()
}

// askForget takes the sender away after the person has said yes.
func (p *mailPage) askForget() {
	e := p.e
	e.ask(e.t("mail.forget.title"), e.t("mail.forget.text"),
		answer{label: e.t("mail.forget.no")},
		answer{label: e.t("mail.forget"), importance: widget.DangerImportance, act: func() {
			background(e, func(ctx context.Context) (struct{}, error) { return struct{}{}, e.co.Mail.ForgetMail(ctx) },
				func(_ struct{}, err error) {
					p.show()
					if err != nil {
						p.bar.SetError(errorText(e.text, err))
					}
				})
		}})
}

// openList shows the letters in place of the form.
func (p *mailPage) openList() {
	p.list = newLetterList(p.e, p.closeList)
	p.root.Objects = []fyne.CanvasObject{p.list.object}
	p.root.Refresh()
	p.list.show()
}

func (p *mailPage) closeList() {
	p.list = nil
	p.root.Objects = []fyne.CanvasObject{p.sheet}
	p.root.Refresh()
	p.look()
}

// typedKey takes Esc that no focused widget took: it closes the list of letters.
func (p *mailPage) typedKey(k *fyne.KeyEvent) bool {
	if p.list == nil || k.Name != fyne.KeyEscape {
		return false
	}
	p.closeList()
	return true
}

// focusSearch puts the cursor into the search of the letters.
func (p *mailPage) focusSearch() bool {
	if p.list == nil {
		return false
	}
	p.e.win.Canvas().Focus(p.list.search)
	return true
}
