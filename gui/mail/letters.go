package mail

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/sopyo/sopyo-desktop/domain/mail"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
	"github.com/sopyo/sopyo-desktop/gui/widgets/table"
)

// letterList is the mail queue: what was sent, what waits, and what a person has to decide.
type letterList struct {
	*kit.List[string] // asked for what is searched
	e                 *env
	object            fyne.CanvasObject

	again   *widgets.Button
	dismiss *widgets.Button
	picked  mail.Letter
	working bool
}

func newLetterList(e *env, back func()) *letterList {
	l := &letterList{e: e}
	l.List = kit.NewList(e.Env, kit.Listing[string]{
		Columns: []table.Column{
			{Title: e.T("mail.when"), Width: 140},
			{Title: e.T("mail.to.short"), Width: 170, Grow: 1},
			{Title: e.T("mail.subject"), Width: 220, Grow: 2},
			{Title: e.T("mail.state"), Width: 220, Grow: 2, Wrap: true},
		},
		Query: func(a kit.Asked) string { return a.Search },
		Fetch: l.fetch, None: l.none,
		Search: e.T("mail.search"), Count: "mail.count", Pick: e.T("mail.pick"), Back: back,
	})
	l.OnLoaded = func(string, int) { l.choose(mail.Letter{}) }
	l.Table.OnSelected = l.pick
	l.again = widgets.NewIconButton(e.T("mail.again"), theme.MailSendIcon(), l.askAgain)
	l.dismiss = widgets.NewIconButton(e.T("mail.dismiss"), theme.CancelIcon(), l.letBe)
	leave := widgets.NewIconButton(e.T("rows.back"), theme.NavigateBackIcon(), back)
	for _, b := range []*widgets.Button{l.again, l.dismiss, leave} {
		b.SetEscape(back)
	}
	l.object = widgets.Inset(14, 4, l.Layout(
		widgets.NewBorder(nil, nil, leave, container.NewHBox(l.dismiss, l.again), widgets.NewBody(e.T("mail.letters")).Bold()),
		l.Search, l.Said))
	l.commands()
	return l
}

func (l *letterList) fetch(ctx context.Context, sought string, limit, offset int) ([]table.Row, int, error) {
	letters, total, err := l.e.co.Letters(ctx, mail.Query{Search: sought, Limit: limit, Offset: offset})
	rows := make([]table.Row, len(letters))
	for i, letter := range letters {
		state := l.e.LetterState(letter, l.e.Now())
		rows[i] = table.Row{
			Cells:  []string{l.e.Moment(letter.CreatedAt), letter.To, letter.Content.Subject, state},
			Detail: letter.To + " · " + state, Data: letter,
		}
	}
	return rows, total, err
}

func (l *letterList) none(sought string) string {
	if sought != "" {
		return l.e.T("mail.none.search", sought)
	}
	return l.e.T("mail.none")
}

func (l *letterList) pick(r table.Row) {
	letter, _ := r.Data.(mail.Letter)
	l.State.SetText(r.Detail)
	l.choose(letter)
}

// choose takes the letter that the commands are about; the zero letter has none.
func (l *letterList) choose(letter mail.Letter) {
	l.picked = letter
	l.commands()
}

// commands turns on what can be done with the letter that is picked.
func (l *letterList) commands() {
	for _, b := range []*widgets.Button{l.again, l.dismiss} {
		widgets.EnableIf(b, l.picked.State.AsksPerson() && !l.working)
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
	l.Said.Say(widgets.BannerInfo, l.e.T("mail.sending"))
	kit.Act(l.e.Env, "send", do, func(letter mail.Letter, err error) {
		l.working = false
		l.Reload()
		if err != nil {
			l.Said.Say(widgets.BannerError, l.e.Error(err))
			return
		}
		l.Said.Say(kit.LetterKind(letter.State), l.e.LetterSent(letter))
	})
}
