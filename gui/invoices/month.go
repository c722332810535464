package invoices

import (
	"context"
	"path/filepath"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/monthend"
	"github.com/sopyo/sopyo-desktop/domain/quota"
	"github.com/sopyo/sopyo-desktop/domain/report"
	"github.com/sopyo/sopyo-desktop/domain/words"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// monthSheet is Ay Sonu Paketi: of which month, what it would hold and cost, where it goes, and that it was sent.
type monthSheet struct {
	e      *env
	object fyne.CanvasObject
	task   kit.Task
	asked  int
	plans  []monthend.Plan // of the companies that are meant; nil while they are not known
	made   bool            // a package of what is chosen was saved: it may be marked as sent

	months    []monthend.Month // that can be chosen, the newest first
	month     *widgets.Select
	who       *widgets.Choice
	where     *widgets.Choice
	documents *widgets.Check
	list      *widgets.Check
	holds     *widgets.Text
	closed    *widgets.Text
	said      *widgets.Banner
	start     *widgets.Button
	sent      *widgets.Button
	quit      *widgets.Button
	bar       *widgets.Progress
	last      *widgets.Text
	working   fyne.CanvasObject
}

// The places where a package can go, in the order they are offered.
const (
	toFolder = iota
	toZIP
	toMail
)

// monthsBack is how many months are offered.
const monthsBack = 14

// openMonth shows Ay Sonu Paketi.
func (p *Page) openMonth() { p.Push(newMonthSheet(p.e)) }

func newMonthSheet(e *env) *monthSheet {
	s := &monthSheet{
		e: e, task: kit.Task{E: e.Env}, holds: widgets.NewBody(e.T("rows.loading")), closed: widgets.NewMuted(""), said: widgets.NewBanner(),
		bar: kit.NewProgress(e.Env), last: widgets.NewMuted("").OneLine(),
	}
	var names []string
	for n := range monthsBack {
		m := monthend.MonthOf(monthend.MonthOf(e.Now()).Begin().AddDate(0, -n, 0))
		s.months, names = append(s.months, m), append(names, m.In(e))
	}
	s.month = widgets.NewSelect(e.T("choose"), names, nil)
	s.month.SetSelectedIndex(firstMonth(e.Now()))
	s.month.OnChanged = func(string) { s.changed() }
	s.who = widgets.NewRowChoice([]string{e.T("invoices.month.this"), e.T("invoices.month.all")}, func(int) { s.changed() })
	s.who.SetSelected(0)
	s.where = widgets.NewChoice([]string{e.T("invoices.month.folder"), e.T("invoices.month.zip"), e.T("invoices.month.mail")}, func(int) { s.made = false; s.offer() })
	s.where.SetSelected(toFolder)
	s.documents, s.list = widgets.NewCheck("", func(bool) { s.offer() }), widgets.NewCheck("", func(bool) { s.offer() })
	s.start = widgets.NewIconButton(e.T("invoices.month.start"), theme.ConfirmIcon(), s.make).Primary()
	s.sent = widgets.NewIconButton(e.T("invoices.month.sent"), theme.MailSendIcon(), s.askSent)
	s.quit = widgets.NewIconButton(e.T("cancel"), theme.CancelIcon(), s.task.Quit)
	s.object = s.layout()
	s.offer()
	return s
}

func (s *monthSheet) layout() fyne.CanvasObject {
	e := s.e
	back := widgets.NewIconButton(e.T("rows.back"), theme.NavigateBackIcon(), s.leave)
	for _, w := range []interface{ SetEscape(f func()) }{back, s.month, s.who, s.where, s.documents, s.list, s.start, s.sent} {
		w.SetEscape(s.leave)
	}
	s.last.Truncation = fyne.TextTruncateEllipsis
	s.working = widgets.NewPanel(container.NewVBox(s.bar, widgets.NewBorder(nil, nil, nil, s.quit, s.last)))
	s.working.Hide()
	body := container.NewVBox(
		widgets.NewRow(e.T("invoices.month.month"), s.month, e.T("invoices.month.month.help")),
		widgets.NewRow(e.T("invoices.month.who"), s.who, e.T("invoices.month.who.help")),
		widgets.NewPanel(widgets.Tight(widgets.NewBody(e.T("invoices.month.holds")).Bold(), s.holds, s.closed)),
		s.documents, s.list,
		widgets.NewRow(e.T("invoices.month.where"), s.where, e.T("invoices.month.where.help")),
		s.working, container.NewHBox(s.start, s.sent, layout.NewSpacer()))
	return widgets.NewBorder(
		container.NewVBox(widgets.NewBorder(nil, nil, back, nil, widgets.NewBody(e.T("invoices.month.title")).Bold()), widgets.NewMuted(e.T("invoices.month.text")), s.said),
		nil, nil, nil, container.NewVScroll(widgets.Inset(sheetMargin, 0, widgets.MaxWidth(settingsWidth, body))))
}

// lastMonthUntil is the day of a month until which the month before is being closed.
const lastMonthUntil = 10

// firstMonth is which of the months is offered first, counted back from the one that now is in.
func firstMonth(now time.Time) int {
	if now.In(domain.Istanbul).Day() <= lastMonthUntil {
		return 1
	}
	return 0
}

func (s *monthSheet) chosen() monthend.Month { return kit.Pick(s.months, s.month.SelectedIndex()) }

func (s *monthSheet) all() bool { return s.who.Selected() == 1 }

// changed asks what the package would hold now.
func (s *monthSheet) changed() {
	s.plans, s.made = nil, false
	s.said.Hide()
	s.offer()
	m, all := s.chosen(), s.all()
	kit.Newest(s.e.Env, &s.asked, func(ctx context.Context) ([]monthend.Plan, error) {
		if all {
			return s.e.all.PlanMonths(ctx, m)
		}
		p, err := s.e.co.PlanMonth(ctx, m)
		return []monthend.Plan{p}, err
	}, func(plans []monthend.Plan, err error) {
		if err != nil {
			s.say(widgets.BannerError, s.e.Error(err))
			return
		}
		s.plans = plans
		s.offer()
	})
}

// offer says what is chosen, and turns on what can be done.
func (s *monthSheet) offer() {
	e := s.e
	var holds, closed []string
	if s.all() {
		closed = append(closed, e.T("invoices.month.no-demo"))
	}
	documents, lists, left := 0, 0, -1
	for _, p := range s.plans {
		holds = append(holds, planLine(e, p, s.all()))
		documents, lists = documents+p.NoPDF+p.NoUBL, lists+p.List
		if left < 0 || p.Left < left {
			left = p.Left
		}
		if !p.ClosedAt.IsZero() {
			closed = append(closed, e.T("invoices.month.closed", p.Company, e.Moment(p.ClosedAt)))
		}
	}
	s.holds.SetText(strings.Join(holds, "\n"))
	if s.plans == nil {
		s.holds.SetText(e.T("rows.loading"))
	}
	widgets.SetOrHide(s.closed, strings.Join(closed, "\n"))
	s.documents.SetText(e.T("invoices.month.documents", documents, e.Calls(quota.Cost{Reads: documents}), max(left, 0)))
	widgets.ShowIf(s.documents, documents > 0)
	s.list.SetText(e.T("invoices.month.list", e.Calls(quota.Cost{Reads: lists})))
	widgets.ShowIf(s.list, lists > 0)
	busy := s.task.Busy()
	widgets.ShowIf(s.working, busy)
	widgets.EnableIf(s.start, s.plans != nil && !busy)
	widgets.EnableIf(s.sent, s.made && !busy)
	widgets.ShowIf(s.sent, s.where.Selected() != toMail)
	for _, w := range []fyne.Disableable{s.month, s.who, s.where, s.documents, s.list} {
		widgets.EnableIf(w, !busy)
	}
	s.object.Refresh()
}

// planLine says what the package of a company would hold; zeros are left out.
func planLine(e *env, p monthend.Plan, named bool) string {
	line := words.Listed(" · ", e.Counted("invoices.month.invoices", p.Invoices), e.Counted("invoices.month.missing", p.Missing),
		e.Counted("invoices.month.open", p.Open))
	if line == "" {
		line = e.T("invoices.month.nothing")
	}
	if named {
		return e.T("invoices.month.of", p.Company, line)
	}
	return line
}

// written is what became of a package: files, letters in the queue, drafts of letters.
type written struct {
	paths  []string
	mailed []report.Mailed
}

// make makes the package.
func (s *monthSheet) make() {
	if s.start.Disabled() {
		return
	}
	e, m, all, where := s.e, s.chosen(), s.all(), s.where.Selected()
	ask := monthend.Ask{Documents: s.documents.Visible() && s.documents.Checked, List: s.list.Checked}
	s.said.Hide()
	kit.StartTask(&s.task, "month", func(ctx context.Context, p *monthend.Progress) (written, error) {
		switch {
		case where == toMail && all:
			mailed, err := e.all.MailMonths(ctx, m, ask, p)
			return written{mailed: mailed}, err
		case where == toMail:
			mailed, err := e.co.MailMonth(ctx, m, ask, p)
			return written{mailed: []report.Mailed{mailed}}, err
		case all:
			paths, err := e.all.SaveMonths(ctx, m, ask, where == toZIP, p)
			return written{paths: paths}, err
		default:
			paths, err := e.co.SaveMonth(ctx, m, ask, where == toZIP, p)
			return written{paths: paths}, err
		}
	}, s.draw, s.ended)
	s.offer()
}

// draw shows how far it is.
func (s *monthSheet) draw(p *monthend.Progress) {
	done, of, name := p.Now()
	s.bar.Set(done, of)
	s.last.SetText(name)
	if of > 0 {
		s.last.SetText(s.e.T("invoices.month.fetching", name, done, of))
	}
}

// ended says where the package is.
func (s *monthSheet) ended(w written, err error) {
	e := s.e
	s.bar.Rest()
	e.Frame.Refresh() // what is left of the month's calls
	switch {
	case domain.KindOf(err) == domain.KindCancelled:
		s.say(widgets.BannerInfo, e.T("invoices.month.stopped"))
	case err != nil:
		s.say(widgets.BannerError, e.Error(err))
	case len(w.mailed) > 0:
		s.sayMailed(w.mailed)
	case len(w.paths) > 0:
		s.made = true
		s.say(widgets.BannerGood, e.T("rows.exported", strings.Join(w.paths, ", ")),
			widgets.NewIconButton(e.T("rows.show-folder"), theme.FolderOpenIcon(), func() { e.ShowFolder(w.paths[0]) }))
	}
	s.renewPlans()
}

// sayMailed says how many letters are in the queue, and where the drafts are of those that this machine cannot send.
func (s *monthSheet) sayMailed(mailed []report.Mailed) {
	e := s.e
	for _, m := range mailed {
		if m.Draft != "" {
			s.made = true
			s.say(widgets.BannerWarning, e.T("invoices.month.draft", filepath.Dir(m.Draft)),
				widgets.NewIconButton(e.T("report.draft.open"), theme.MailComposeIcon(), func() { e.ShowFile(m.Draft) }))
			return
		}
	}
	s.say(widgets.BannerGood, e.T("invoices.month.mailed", len(mailed), mailed[0].Letter.To),
		widgets.NewButton(e.T("mail.letters"), func() { e.Frame.Open(kit.PlaceMail) }))
}

// renewPlans asks anew what there is, and leaves what was said.
func (s *monthSheet) renewPlans() {
	made, said := s.made, s.said.Visible()
	s.changed()
	s.made = made
	widgets.ShowIf(s.said, said)
	s.offer()
}

// askSent marks the month as sent when the person says so.
func (s *monthSheet) askSent() {
	e, m, all := s.e, s.chosen(), s.all()
	e.Ask(e.T("invoices.month.sent.title", m.In(e)), e.T("invoices.month.sent.text"),
		kit.Answer{Label: e.T("cancel")},
		kit.Answer{Label: e.T("invoices.month.sent"), Importance: widget.HighImportance, Act: func() {
			kit.Act(e.Env, "save", func(ctx context.Context) (struct{}, error) {
				if all {
					return struct{}{}, e.all.SendMonths(ctx, m)
				}
				return struct{}{}, e.co.SendMonth(ctx, m)
			}, func(_ struct{}, err error) {
				if err != nil {
					s.say(widgets.BannerError, e.Error(err))
					return
				}
				s.say(widgets.BannerGood, e.T("invoices.month.sent.done", m.In(e)))
				s.renewPlans()
			})
		}})
}

func (s *monthSheet) say(kind widgets.BannerKind, text string, actions ...fyne.CanvasObject) {
	s.said.Say(kind, text, actions...)
	s.object.Refresh()
}

// leave goes back; what is under way ends first.
func (s *monthSheet) leave() {
	switch {
	case s.e.Modal != nil:
	case s.task.Busy():
		s.task.Quit()
	default:
		s.e.Pop()
	}
}

// TypedKey takes Esc and Enter that nothing has the focus for.
func (s *monthSheet) TypedKey(k *fyne.KeyEvent) bool {
	switch k.Name {
	case fyne.KeyEscape:
		s.leave()
	case fyne.KeyReturn, fyne.KeyEnter:
		s.make()
	default:
		return false
	}
	return true
}

// Content is always the same object.
func (s *monthSheet) Content() fyne.CanvasObject { return s.object }

// Show asks what there is.
func (s *monthSheet) Show() {
	s.changed()
	s.e.Win.Canvas().Focus(s.month)
}
