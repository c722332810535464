package mail

import (
	"context"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/sopyo/sopyo-desktop/domain/mail"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// letterList is the mail queue: what was sent, what waits, and what a person has to decide.
type letterList struct {
	e      *env
	object fyne.CanvasObject

	search  *widgets.Entry
	typing  *time.Timer
	table   *widgets.DataTable
	state   *widgets.Text
	count   *widgets.Text
	empty   *widgets.Text
	said    *widgets.Banner
	again   *widgets.Button
	dismiss *widgets.Button
	sought  string
	picked  mail.Letter
	working bool
}

func newLetterList(e *env, back func()) *letterList {
	l := &letterList{e: e, said: widgets.NewBanner(), state: widgets.NewMuted(e.T("rows.loading")), empty: widgets.NewBody(""), count: widgets.NewMuted("").OneLine()}
	l.empty.Hide()
	l.search = widgets.NewEntry(e.T("mail.search"))
	l.search.Icon = theme.SearchIcon()
	l.search.OnChanged = func(string) { l.typed() }
	l.search.OnSubmitted = func(string) { l.reload() }
	l.search.SetEscape(func() {
		if l.search.Text != "" {
			l.search.SetText("")
			return
		}
		back()
	})
	l.table = widgets.NewDataTable([]widgets.Column{
		{Title: e.T("mail.when"), Width: 140},
		{Title: e.T("mail.to.short"), Width: 170, Grow: 1},
		{Title: e.T("mail.subject"), Width: 220, Grow: 2},
		{Title: e.T("mail.state"), Width: 220, Grow: 2},
	}, l.fetch)
	l.table.SetEscape(back)
	l.table.OnLoaded = l.loaded
	l.table.OnSelected = l.pick
	l.again = widgets.NewIconButton(e.T("mail.again"), theme.MailSendIcon(), l.askAgain)
	l.dismiss = widgets.NewIconButton(e.T("mail.dismiss"), theme.CancelIcon(), l.letBe)
	leave := widgets.NewIconButton(e.T("rows.back"), theme.NavigateBackIcon(), back)
	for _, b := range []*widgets.Button{l.again, l.dismiss, leave} {
		b.SetEscape(back)
	}
	head := container.NewVBox(
		widgets.NewBorder(nil, nil, leave, container.NewHBox(l.dismiss, l.again), widgets.NewBody(e.T("mail.letters")).Bold()),
		l.search, l.said)
	foot := container.NewVBox(widget.NewSeparator(), widgets.NewBorder(nil, nil, nil, l.count, l.state))
	l.object = widgets.Inset(14, 4, widgets.NewBorder(head, foot, nil, nil, container.NewStack(
		l.table, container.NewVBox(widgets.Gap(kit.UnderHead), l.empty))))
	l.commands()
	return l
}

// show fetches the newest letters.
func (l *letterList) show() { l.reload() }

// typed searches when no further letter has come for a while.
func (l *letterList) typed() {
	if l.typing != nil {
		l.typing.Stop()
	}
	l.typing = time.AfterFunc(kit.SearchAfter, func() { l.e.Do(l.reload) })
}

func (l *letterList) reload() {
	if l.typing != nil {
		l.typing.Stop()
		l.typing = nil
	}
	l.table.Reload()
}

func (l *letterList) fetch(q widgets.PageQuery, done func([]widgets.TableRow, int, bool)) {
	sought := strings.TrimSpace(l.search.Text)
	type page struct {
		rows  []widgets.TableRow
		total int
	}
	kit.Background(l.e.Env, func(ctx context.Context) (page, error) {
		letters, total, err := l.e.co.Letters(ctx, mail.Query{Search: sought, Limit: q.Limit, Offset: q.Offset})
		rows := make([]widgets.TableRow, len(letters))
		for i, letter := range letters {
			state := l.e.LetterState(letter, l.e.Now())
			rows[i] = widgets.TableRow{
				Cells:  []string{l.e.Moment(letter.CreatedAt), letter.To, letter.Content.Subject, state},
				Detail: letter.To + " · " + state, Data: letter,
			}
		}
		return page{rows, total}, err
	}, func(p page, err error) {
		if err != nil {
			l.said.Say(widgets.BannerError, l.e.Error(err))
			done(nil, 0, false)
			return
		}
		if q.Offset == 0 {
			l.sought = sought
		}
		done(p.rows, p.total, true)
	})
}

// loaded says how many letters there are, or why there are none.
func (l *letterList) loaded(total int) {
	defer l.object.Refresh()
	l.count.SetText(l.e.T("mail.count", total))
	widgets.ShowIf(l.empty, total == 0)
	l.state.SetText("")
	l.picked = mail.Letter{}
	l.commands()
	switch {
	case total > 0:
		l.state.SetText(l.e.T("mail.pick"))
	case l.sought != "":
		l.empty.SetText(l.e.T("mail.none.search", l.sought))
	default:
		l.empty.SetText(l.e.T("mail.none"))
	}
}

func (l *letterList) pick(r widgets.TableRow) {
	l.picked, _ = r.Data.(mail.Letter)
	l.state.SetText(r.Detail)
	l.commands()
}

// commands turns on what can be done with the letter that is picked.
func (l *letterList) commands() {
	for _, b := range []*widgets.Button{l.again, l.dismiss} {
		if l.picked.State.AsksPerson() && !l.working {
			b.Enable()
		} else {
			b.Disable()
		}
	}
}

// askAgain sends the letter again; one that may have arrived only after the person has said so.
func (l *letterList) askAgain() {
	if l.picked.State != mail.StateUnknown {
		l.sendAgain()
		return
	}
	l.e.Ask(l.e.T("mail.again.title"), l.e.T("mail.again.text", l.picked.To),
		kit.Answer{Label: l.e.T("mail.again.no")},
		kit.Answer{Label: l.e.T("mail.again"), Importance: widget.HighImportance, Act: l.sendAgain})
}

func (l *letterList) sendAgain() {
	id := l.picked.ID
	l.act(func(ctx context.Context) (mail.Letter, error) { return l.e.co.SendNow(ctx, id) })
}

func (l *letterList) letBe() {
	letter := l.picked
	l.act(func(ctx context.Context) (mail.Letter, error) {
		letter.State, letter.Cause = mail.StateDismissed, ""
		return letter, l.e.co.DismissLetter(ctx, letter.ID)
	})
}

// act does something with a letter and says how it stands then.
func (l *letterList) act(do func(ctx context.Context) (mail.Letter, error)) {
	l.working = true
	l.commands()
	l.said.Say(widgets.BannerInfo, l.e.T("mail.sending"))
	kit.Act(l.e.Env, "send", do, func(letter mail.Letter, err error) {
		l.working = false
		l.reload()
		if err != nil {
			l.said.Say(widgets.BannerError, l.e.Error(err))
			return
		}
		l.said.Say(kit.LetterKind(letter.State), l.e.LetterSent(letter))
	})
}
