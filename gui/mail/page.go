// Package mail is E-posta: who sends this machine's reports, and how the letters stand.
package mail

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
	"github.com/sopyo/sopyo-desktop/domain/words"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// Page is Ayarlar ▸ E-posta: who sends this machine's reports, and how the letters stand.
type Page struct {
	*kit.Form[mailState]
	e      *env
	root   *fyne.Container
	sheet  fyne.CanvasObject
	list   *letterList // nil while it is closed
	banner *widgets.Banner
	queue  *widgets.Banner // letters that somebody should look at
	open   *widgets.Banner // the line is not protected
	kind   *widgets.Select // the service, or another one
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

// New makes the page.
func New(k *kit.Env, co Company) *Page {
	e := &env{k, co}
	p := &Page{
		Form: kit.NewForm[mailState](e.Env), e: e, banner: widgets.NewBanner(), queue: widgets.NewBanner(), open: widgets.NewBanner(),
		texts: map[string]*widgets.Entry{}, busy: widget.NewActivity(),
	}
	p.busy.Hide()
	p.Same = func(a, b mailState) bool {
		return a.settings == b.settings && a.port == b.port && a.password == b.password
	}
	p.Load = func(ctx context.Context, _ mailState) (mailState, error) {
		s, err := e.co.MailSettings(ctx)
		if err != nil {
			return mailState{}, err
		}
		kept, err := e.co.HasMailPassword(ctx, s)
		return mailState{settings: s, port: strconv.Itoa(s.Port), kept: kept}, err
	}
	p.Check = func(v mailState) error { _, err := v.checked(); return err }
	p.Store = func(ctx context.Context, v mailState) (mailState, error) {
		s, err := v.checked()
		if err != nil {
			return v, err
		}
		sessionOnly, err := e.co.SaveMailSettings(ctx, s, v.newPassword())
		return mailState{settings: s, port: strconv.Itoa(s.Port), kept: v.kept || !v.password.Empty(), sessionOnly: sessionOnly}, err
	}
	p.Fill = p.draw
	p.sheet = p.build()
	p.root = container.NewStack(p.sheet)
	return p
}

func (p *Page) build() fyne.CanvasObject {
	e := p.e
	text := func(name, example string, set func(s *mail.Settings, text string)) *widgets.Row {
		entry := widgets.NewEntry(example)
		entry.OnChanged = func(t string) { p.typed(func(v *mailState) { set(&v.settings, t) }) }
		p.texts[name] = entry
		return p.Row(name, e.T("mail."+name), entry, e.T("mail."+name+".help"))
	}
	var services []string
	for _, s := range mail.Services() {
		services = append(services, s.Name)
	}
	p.kind = widgets.NewSelect(e.T("choose"), append(services, e.T("mail.service.other")), p.chooseService)
	kind := widgets.NewRow(e.T("mail.service"), p.kind, e.T("mail.service.help"))
	host := text("host", "smtp.example.com", func(s *mail.Settings, t string) {
		s.Host = t
		p.drawService(t)
	})
	user := text("user", e.T("mail.user.example"), func(s *mail.Settings, t string) { s.User = t })
	from := text("from", e.T("mail.from.example"), func(s *mail.Settings, t string) { s.From = t })
	to := text("to", e.T("mail.to.example"), func(s *mail.Settings, t string) { s.To = t })
	var ways []string
	for _, s := range mail.Securities() {
		ways = append(ways, e.T("mail.security."+string(s)))
	}
	p.secure = widgets.NewChoice(ways, p.chooseSecurity)
	security := p.Row("security", e.T("mail.security"), p.secure, e.T("mail.security.help"))
	p.port = widgets.NewEntry("587")
	p.port.OnChanged = func(t string) { p.typed(func(v *mailState) { v.port = t }) }
	port := p.Row("port", e.T("mail.port"), p.port, e.T("mail.port.help"))
	p.pass = widgets.NewPasswordEntry("")
	p.pass.OnChanged = func(t string) { p.typed(func(v *mailState) { v.password = domain.TypedSecret(t) }) }
	p.passOf = p.Row("password", e.T("mail.password"), p.pass, e.T("mail.password.help"))

	p.test = widgets.NewIconButton(e.T("mail.test"), theme.MailSendIcon(), p.tryOut)
	p.forget = widgets.NewIconButton(e.T("mail.forget"), theme.DeleteIcon(), p.askForget)
	letters := widgets.NewIconButton(e.T("mail.letters"), theme.ListIcon(), p.openList)
	head := container.NewVBox(
		widgets.NewBorder(nil, nil, nil, letters, widgets.NewTitle(e.T("mail.title")).OneLine()),
		widgets.NewMuted(e.T("mail.text")), widget.NewSeparator(),
		widgets.MaxWidth(widgets.MaxRowWidth, p.queue), widgets.MaxWidth(widgets.MaxRowWidth, p.banner)) // in view however far the form is scrolled
	p.Bar = widgets.NewSaveBar(e.T("save"), p.Save, p.busy, p.forget, p.test)
	sheet := p.Layout(kind, host, security, widgets.MaxWidth(widgets.MaxRowWidth, p.open), port, user, p.passOf, from, to)
	return widgets.Inset(14, 4, widgets.NewBorder(head, nil, nil, nil, sheet))
}

// Content is always the same object.
func (p *Page) Content() fyne.CanvasObject { return p.root }

// Show fetches the settings and how the letters stand.
func (p *Page) Show() {
	if p.list != nil {
		p.list.Reload()
		return
	}
	p.banner.Hide()
	p.Form.Show()
	p.look()
}

// look says of letters that wait or need a person.
func (p *Page) look() {
	kit.Background(p.e.Env, func(ctx context.Context) ([]mail.Letter, error) {
		letters, _, err := p.e.co.Letters(ctx, mail.Query{Open: true, Limit: 500})
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
		see := widgets.NewButton(p.e.T("mail.letters.look"), p.openList)
		switch {
		case err != nil || waiting+asking == 0:
			p.queue.Hide()
		case asking > 0:
			p.queue.Say(widgets.BannerWarning, p.e.T("mail.letters.asking", asking), see)
		default:
			p.queue.Say(widgets.BannerInfo, p.e.T("mail.letters.waiting", waiting), see)
		}
		p.root.Refresh()
	})
}

// typed is edit for the fields, which also tell when the form fills them.
func (p *Page) typed(change func(v *mailState)) {
	if p.Loaded {
		p.Edit(change)
	}
}

// chooseService writes what the server of a service wants into the fields; another service is typed.
func (p *Page) chooseService(i int) {
	all := mail.Services()
	if i < 0 || i >= len(all) {
		if mail.ServiceOf(p.Now.settings.Host) >= 0 {
			p.texts["host"].SetText("")
		}
		p.e.Win.Canvas().Focus(p.texts["host"])
		return
	}
	s := all[i]
	p.Edit(func(v *mailState) { v.settings.Security = s.Security })
	p.secure.SetSelected(slices.Index(mail.Securities(), s.Security))
	p.port.SetText(strconv.Itoa(s.Security.Port()))
	p.texts["host"].SetText(s.Host)
	p.warn()
}

// drawService shows whose server a host is.
func (p *Page) drawService(host string) {
	p.kind.Quietly(func() {
		switch i := mail.ServiceOf(host); {
		case i >= 0:
			p.kind.SetSelectedIndex(i)
		case strings.TrimSpace(host) == "":
			p.kind.ClearSelected()
		default:
			p.kind.SetSelectedIndex(len(mail.Services()))
		}
	})
}

// chooseSecurity takes the usual port along while nobody has typed another one.
func (p *Page) chooseSecurity(i int) {
	way := mail.Securities()[i]
	usual := strconv.Itoa(p.Now.settings.Security.Port()) == strings.TrimSpace(p.Now.port)
	p.Edit(func(v *mailState) { v.settings.Security = way })
	if usual {
		p.port.SetText(strconv.Itoa(way.Port()))
	}
	p.warn()
}

// warn says what it means that the line is not protected.
func (p *Page) warn() {
	if p.Now.settings.Security == mail.SecurityNone {
		p.open.Say(widgets.BannerWarning, p.e.T("mail.security.none.warning"))
		return
	}
	p.open.Hide()
}

// draw shows v in the fields.
func (p *Page) draw(v mailState) {
	p.Loaded = false // what is filled in is nobody's edit
	s := v.settings
	for name, text := range map[string]string{"host": s.Host, "user": s.User, "from": s.From, "to": s.To} {
		p.texts[name].SetText(text)
	}
	p.drawService(s.Host)
	p.port.SetText(v.port)
	p.pass.SetText("")
	p.Loaded = true
	p.secure.SetSelected(slices.Index(mail.Securities(), s.Security))
	p.pass.SetPlaceHolder("")
	p.passOf.SetHint("")
	switch {
	case v.sessionOnly:
		p.passOf.SetHint(p.e.T("mail.password.session"))
	case v.kept:
		p.pass.SetPlaceHolder("••••••••")
		p.passOf.SetHint(p.e.T("mail.password.kept"))
	}
	if s.Ready() {
		p.forget.Enable()
	} else {
		p.forget.Disable()
		p.banner.Say(widgets.BannerInfo, p.e.T("mail.first"))
	}
	p.warn()
	p.root.Refresh() // a banner of two lines moves what is under it
}

// tryOut really sends a letter, by what stands in the fields, and says what the server said.
func (p *Page) tryOut() {
	if !p.Loaded {
		return
	}
	v := p.Now
	p.Clear()
	s, err := v.checked()
	if err != nil {
		if r, ok := p.Rows[words.RefusedField(err)]; ok {
			r.SetError(p.e.Error(err))
			r.Focus(p.e.Win.Canvas())
		}
		return
	}
	p.setBusy(true)
	p.banner.Say(widgets.BannerInfo, p.e.T("mail.testing"))
	type answer struct{ to, said string }
	kit.Background(p.e.Env, func(ctx context.Context) (answer, error) {
		to, said, err := p.e.co.TestMail(ctx, s, v.newPassword(), p.e.TestLetter())
		return answer{to, said}, err
	}, func(a answer, err error) {
		p.setBusy(false)
		if err != nil {
			p.banner.Say(widgets.BannerError, p.e.Error(err))
			return
		}
		p.banner.Say(widgets.BannerGood, p.e.T("mail.tested", a.to, a.said))
	})
}

func (p *Page) setBusy(on bool) {
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
func (p *Page) askForget() {
	e := p.e
	e.Ask(e.T("mail.forget.title"), e.T("mail.forget.text"),
		kit.Answer{Label: e.T("mail.forget.no")},
		kit.Answer{Label: e.T("mail.forget"), Importance: widget.DangerImportance, Act: func() {
			kit.Act(e.Env, "save", func(ctx context.Context) (struct{}, error) { return struct{}{}, e.co.ForgetMail(ctx) },
				func(_ struct{}, err error) {
					p.Show()
					if err != nil {
						p.Bar.SetError(e.Error(err))
					}
				})
		}})
}

// openList shows the letters in place of the form.
func (p *Page) openList() {
	p.list = newLetterList(p.e, p.closeList)
	p.root.Objects = []fyne.CanvasObject{p.list.object}
	p.root.Refresh()
	p.list.Reload()
}

func (p *Page) closeList() {
	p.list = nil
	p.root.Objects = []fyne.CanvasObject{p.sheet}
	p.root.Refresh()
	p.look()
}

// TypedKey takes Esc that no focused widget took: it closes the list of letters.
func (p *Page) TypedKey(k *fyne.KeyEvent) bool {
	if p.list == nil || k.Name != fyne.KeyEscape {
		return false
	}
	p.closeList()
	return true
}

// FocusSearch puts the cursor into the search of the letters.
func (p *Page) FocusSearch() bool { return p.list != nil && p.list.FocusSearch() }
