// Package review is section 6, Aktarım Detayları: what became of a transfer, decisions about its rows, and its undo.
package review

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// Page is section 6, Aktarım Detayları: three numbers of the newest transfer that stands, each
// of which opens its list, and the transfers before it.
type Page struct {
	*kit.Leaves
	e *env

	run    transfer.Run
	picked bool // it is not the newest one: the person chose it
	asked  int
	decide *decider

	wrong *widgets.Banner
	older *widgets.Banner // that an older transfer is shown
	none  fyne.CanvasObject
	never *widgets.Text // why there is nothing
	some  fyne.CanvasObject
	soFar *widgets.Text
	state *widgets.Text
	when  *widgets.Text
	cards []*widgets.Counter
	quiet []*widgets.Button
	undo  *widgets.Button // undoes the transfer
	past  *pastRuns

	report *reportBar
}

// New makes the page.
func New(k *kit.Env, co Company) *Page {
	e := &env{k, co, &kit.Leaves{Said: widgets.NewBanner()}}
	s := &Page{
		Leaves: e.Leaves, e: e, wrong: widgets.NewBanner(), older: widgets.NewBanner(),
		soFar: widgets.NewMuted(e.T("status.so-far")), state: widgets.NewBody("").Bold(), when: widgets.NewMuted(""),
	}
	s.Uncovered, s.Turned = s.Show, e.Frame.Widen
	s.report = newReportBar(e)
	s.decide = &decider{e: e, done: s.counted}
	cards, quiet := container.New(layout.NewGridLayoutWithColumns(3)), container.NewHBox()
	for _, c := range sectionCounters() {
		if c.color != "" {
			card := widgets.NewCounter(e.T(c.title), c.icon, c.color, func() { s.Open(c) })
			s.cards = append(s.cards, card)
			cards.Add(card)
			continue
		}
		b := widgets.NewIconButton("", c.icon, func() { s.Open(c) })
		b.Importance = widget.LowImportance
		b.Hide()
		s.quiet = append(s.quiet, b)
		quiet.Add(b)
	}
	s.undo = widgets.NewIconButton(e.T("undo.open"), theme.ContentUndoIcon(), func() { s.Push(newUndoScreen(e, s.run, s.undone)) })
	s.past = newPastRuns(e, s.pick)
	s.some = container.NewVBox(s.soFar, cards, widgets.Gap(2), quiet,
		widgets.Tight(s.state, s.when, widgets.NewMuted(e.T("counters.hint"))),
		s.report.with(s.undo), s.report.said)
	start := widgets.NewButton(e.T("counters.to-transfer"), func() { e.Frame.Open(kit.PlaceTransfer) }).Primary()
	s.never = widgets.NewMuted(e.T("counters.none"))
	s.none = container.NewVBox(s.never, container.NewHBox(start, layout.NewSpacer()))
	s.some.Hide()
	s.none.Hide()
	s.Sheet = container.NewVScroll(container.NewVBox(s.wrong, s.Said, s.older, s.none, s.some, s.past.object))
	s.Root = container.NewStack(s.Sheet)
	return s
}

// Content is always the same object.
func (s *Page) Content() fyne.CanvasObject { return s.Root }

// Wide tells whether a list, a decision or an undo is open: it takes the whole width.
func (s *Page) Wide() bool { return s.Top() != nil }

// Undo is Ctrl+Z: it takes the last decision back.
func (s *Page) Undo() { s.decide.undo() }

// Show fetches the newest transfer.
func (s *Page) Show() {
	kit.Newest(s.e.Env, &s.asked, func(ctx context.Context) (found, error) { return findRuns(ctx, s.e.co) }, func(f found, err error) {
		if err != nil {
			s.wrong.Say(widgets.BannerError, s.e.Error(err))
			return
		}
		s.set(f)
	})
}

func (s *Page) set(f found) {
	s.wrong.Hide()
	s.past.set(f.runs, f.total)
	run, ok := f.run, f.ok
	if s.picked {
		run, ok = s.run, true
		for _, r := range f.runs {
			if r.ID == run.ID {
				run = r
			}
		}
	}
	widgets.ShowIf(s.none, !ok)
	s.never.SetText(s.e.T("counters.none"))
	if f.total > 0 {
		s.never.SetText(s.e.T("runs.none.standing"))
	}
	widgets.ShowIf(s.some, ok)
	if s.list() != nil && (!ok || run.ID != s.run.ID) {
		s.Close() // of a transfer that is no longer the newest
	}
	s.run = run
	s.draw(ok)
}

// draw shows the run's numbers.
func (s *Page) draw(ok bool) {
	// What was hidden since the beginning has never been painted, and showing it alone does not paint it.
	defer s.Sheet.Refresh()
	if !ok {
		return
	}
	e, r := s.e, s.run
	for i, c := range sectionCounters() {
		n := c.of(r.Counters)
		if i < len(s.cards) {
			s.cards[i].SetNumber(e.Count(n))
			continue
		}
		quiet := s.quiet[i-len(s.cards)]
		quiet.SetText(e.T("counters.quiet", e.T(c.title), n))
		widgets.ShowIf(quiet, n > 0)
	}
	widgets.ShowIf(s.soFar, !r.State.Finished() && r.Counters.Transferred > 0)
	state := e.RunEnd(r)
	s.undo.SetText(e.T("undo.open"))
	switch {
	case !r.UndoneAt.IsZero():
		state = e.T("runs.undone.at", e.Moment(r.UndoneAt))
	case r.Undoing():
		state = e.T("runs.undoing")
		s.undo.SetText(e.T("undo.go-on"))
	}
	s.state.SetText(state)
	s.when.SetText(e.RunFigures(r))
	s.report.set(r)
	widgets.ShowIf(s.undo, r.UndoneAt.IsZero() && !r.State.Active() && r.Counters.Transferred > 0)
	if s.picked {
		newest := widgets.NewButton(e.T("runs.newest"), func() { s.picked = false; s.Show() })
		s.older.Say(widgets.BannerInfo, e.T("runs.older", e.Moment(r.CreatedAt)), newest)
	} else {
		s.older.Hide()
	}
}

// counted takes a run's new counters.
func (s *Page) counted(r transfer.Run) {
	s.past.counted(r)
	if r.ID == s.run.ID {
		s.run = r
		s.draw(true)
	}
	s.e.Frame.Refresh()
}

// pick shows a transfer that the person chose among the last ones.
func (s *Page) pick(r transfer.Run) {
	s.Close()
	s.run, s.picked = r, true
	s.Show()
}

// undone goes back to the sheet, which shows the transfer before, and says what was undone.
func (s *Page) undone(kind widgets.BannerKind, words string) {
	s.picked = false
	s.Close()
	s.Said.Say(kind, words)
	s.Show()
}

// Open brings the list of a counter into view.
func (s *Page) Open(c counter) { s.Push(newRowList(s.e, s.decide, s.run, c)) }

// list is the list of a counter that is open, nil while none is: what else is open stands in front of it.
func (s *Page) list() *rowList {
	if s.Bottom() == nil {
		return nil
	}
	l, _ := s.Bottom().(*rowList)
	return l
}
