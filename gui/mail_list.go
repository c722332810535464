package gui

import (
	"context"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/mail"
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
	l := &letterList{e: e, said: widgets.NewBanner(), state: widgets.NewMuted(e.t("rows.loading")), empty: widgets.NewBody(""), count: widgets.NewMuted("").OneLine()}
	l.empty.Hide()
	l.search = widgets.NewEntry(e.t("mail.search"))
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
		{Title: e.t("mail.when"), Width: 140},
		{Title: e.t("mail.to.short"), Width: 170, Grow: 1},
		{Title: e.t("mail.subject"), Width: 220, Grow: 2},
		{Title: e.t("mail.state"), Width: 220, Grow: 2},
	}, l.fetch)
	l.table.SetEscape(back)
	l.table.OnLoaded = l.loaded
	l.table.OnSelected = l.pick
	l.again = widgets.NewIconButton(e.t("mail.again"), theme.MailSendIcon(), l.askAgain)
	l.dismiss = widgets.NewIconButton(e.t("mail.dismiss"), theme.CancelIcon(), l.letBe)
	leave := widgets.NewIconButton(e.t("rows.back"), theme.NavigateBackIcon(), back)
	for _, b := range []*widgets.Button{l.again, l.dismiss, leave} {
		b.SetEscape(back)
	}
	head := container.NewVBox(
		widgets.NewBorder(nil, nil, leave, container.NewHBox(l.dismiss, l.again), widgets.NewBody(e.t("mail.letters")).Bold()),
		l.search, l.said)
	foot := container.NewVBox(widget.NewSeparator(), widgets.NewBorder(nil, nil, nil, l.count, l.state))
	l.object = widgets.Inset(14, 4, widgets.NewBorder(head, foot, nil, nil, container.NewStack(
		l.table, container.NewVBox(widgets.Gap(underHead), l.empty))))
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
	l.typing = time.AfterFunc(searchAfter, func() { l.e.do(l.reload) })
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
	background(l.e, func(ctx context.Context) (page, error) {
		letters, total, err := l.e.co.Mail.Letters(ctx, mail.Query{Search: sought, Limit: q.Limit, Offset: q.Offset})
		rows := make([]widgets.TableRow, len(letters))
		for i, letter := range letters {
			state := letterState(l.e, letter)
			rows[i] = widgets.TableRow{
				Cells:  []string{l.e.moment(letter.CreatedAt), letter.To, letter.Content.Subject, state},
				Detail: letter.To + " · " + state, Data: letter,
			}
		}
		return page{rows, total}, err
	}, func(p page, err error) {
		if err != nil {
			l.said.Say(widgets.BannerError, errorText(l.e.text, err))
			done(nil, 0, false)
			return
		}
		if q.Offset == 0 {
			l.sought = sought
		}
		done(p.rows, p.total, true)
	})
}

// letterState words how a letter stands, why, and when it is tried again.
func letterState(e *env, l mail.Letter) string {
	said := e.t("mail.state." + string(l.State))
	if l.Cause != "" && l.State != mail.StateDismissed {
		said += ": " + errorText(e.text, &domain.Error{Kind: l.Cause, Detail: l.Detail})
	}
	if l.State == mail.StateQueued && !l.NextAt.IsZero() {
		said += " " + e.t("mail.next", e.clock(l.NextAt))
	}
	return said
}

// loaded says how many letters there are, or why there are none.
func (l *letterList) loaded(total int) {
	defer l.object.Refresh()
	l.count.SetText(l.e.t("mail.count", total))
	showIf(l.empty, total == 0)
	l.state.SetText("")
	l.picked = mail.Letter{}
	l.commands()
	switch {
	case total > 0:
		l.state.SetText(l.e.t("mail.pick"))
	case l.sought != "":
		l.empty.SetText(l.e.t("mail.none.search", l.sought))
	default:
		l.empty.SetText(l.e.t("mail.none"))
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
	l.e.ask(l.e.t("mail.again.title"), l.e.t("mail.again.text", l.picked.To),
		answer{label: l.e.t("mail.again.no")},
		answer{label: l.e.t("mail.again"), importance: widget.HighImportance, act: l.sendAgain})
}

func (l *letterList) sendAgain() {
	id := l.picked.ID
	l.act(func(ctx context.Context) (mail.Letter, error) { return l.e.co.Mail.SendNow(ctx, id) })
}

func (l *letterList) letBe() {
	letter := l.picked
	l.act(func(ctx context.Context) (mail.Letter, error) {
		letter.State, letter.Cause = mail.StateDismissed, ""
		return letter, l.e.co.Mail.DismissLetter(ctx, letter.ID)
	})
}

// act does something with a letter and says how it stands then.
func (l *letterList) act(do func(ctx context.Context) (mail.Letter, error)) {
	l.working = true
	l.commands()
	l.said.Say(widgets.BannerInfo, l.e.t("mail.sending"))
	background(l.e, do, func(letter mail.Letter, err error) {
		l.working = false
		l.reload()
		if err != nil {
			l.said.Say(widgets.BannerError, errorText(l.e.text, err))
			return
		}
		kind, text := letterSaid(l.e, letter)
		l.said.Say(kind, text)
	})
}

// letterSaid says how a letter stands that somebody has just wanted to be sent.
func letterSaid(e *env, l mail.Letter) (widgets.BannerKind, string) {
	switch l.State {
	case mail.StateSent:
		return widgets.BannerGood, e.t("mail.was-sent", l.To)
	case mail.StateQueued, mail.StateSending:
		return widgets.BannerInfo, e.t("mail.was-queued", l.To) + because(e, l)
	case mail.StateDismissed:
		return widgets.BannerInfo, e.t("mail.was-dismissed")
	default:
		return widgets.BannerError, e.t("mail.was-refused", l.To) + because(e, l)
	}
}

// because words why a letter stands where it does, behind a sentence.
func because(e *env, l mail.Letter) string {
	if l.Cause == "" {
		return ""
	}
	return " " + errorText(e.text, &domain.Error{Kind: l.Cause, Detail: l.Detail})
}
