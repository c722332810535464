// Package review is section 6, Aktarım Detayları: what became of a transfer, decisions about its rows, and its undo.
package review

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// Page is section 6, Aktarım Detayları: three numbers of the newest transfer that stands, each of which opens its list,
// what became of those that did not match, and the transfers before it. Section 5 shows it over what can be begun.
type Page struct {
	*kit.Leaves
	e      *env
	object fyne.CanvasObject

	run    transfer.Run
	newest []transfer.Run // of all transfers
	picked bool           // it is not the newest one: the person chose it
	asked  int
	decide *decider
	shown  []func(waiting int)

	wrong  *widgets.Banner
	older  *widgets.Banner // that an older transfer is shown
	never  *widgets.Text   // why there is nothing
	some   fyne.CanvasObject
	soFar  *widgets.Text
	when   *widgets.Text // how and when it ended
	cards  []*widgets.Counter
	quiet  []*widgets.Button
	became *became
	undo   *widgets.Button // undoes the transfer
	past   *widgets.Button

	report *reportBar
}

// New makes the page.
func New(k *kit.Env, co Company) *Page {
	e := &env{k, co, newWide(k)}
	s := &Page{
		Leaves: e.Leaves, e: e, wrong: widgets.NewBanner(), older: widgets.NewBanner(),
		soFar: widgets.NewMuted(e.T("status.so-far")), when: widgets.NewMuted(""), never: widgets.NewMuted(""),
	}
	e.touched = s.fetch
	s.report = newReportBar(e)
	s.decide = &decider{e: e, done: s.counted}
	e.undo = s.decide.undo
	s.became = newBecame(e, s.Decide)
	cards, quiet := container.New(layout.NewGridLayoutWithColumns(3)), container.New(layout.NewRowWrapLayout())
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
	s.undo = widgets.NewIconButton(e.T("undo.open"), theme.ContentUndoIcon(), func() { e.Push(newUndoScreen(e, s.run, s.undone)) })
	s.undo.Importance = widget.LowImportance
	s.past = widgets.NewIconButton(e.T("runs.all"), theme.NavigateNextIcon(), func() { e.Push(newRunList(e, s.newest, s.pick)) })
	s.past.Importance, s.past.IconPlacement = widget.LowImportance, widget.ButtonIconTrailingText
	s.some = container.NewVBox(s.soFar, cards, widgets.Gap(2), s.became.object, quiet, s.when)
	s.some.Hide()
	s.never.Hide()
	s.past.Hide()
	s.object = container.NewVBox(s.wrong, s.Said, s.older, s.never, s.some,
		widgets.NewBorder(nil, nil, nil, container.NewVBox(s.past), s.report.with(s.undo)), s.report.said)
	s.report.object.Hide()
	return s
}

// Content is always the same object.
func (s *Page) Content() fyne.CanvasObject { return s.object }

// Watch has f told how many rows wait for a decision, whenever the numbers are shown.
func (s *Page) Watch(f func(waiting int)) { s.shown = append(s.shown, f) }

// Decide opens what waits for a decision, whatever is in view.
func (s *Page) Decide() {
	kit.Newest(s.e.Env, &s.asked, func(ctx context.Context) (found, error) { return findRuns(ctx, s.e.co, s.wanted()) }, func(f found, err error) {
		if err != nil || !f.ok {
			s.e.Frame.Open(kit.PlaceReview) // which says why
			return
		}
		s.set(f)
		if !s.e.covers {
			s.e.Leaves.Close() // what was left open would stand behind it
		}
		s.e.Push(newGroupList(s.e, s.decide, s.run))
	})
}

// Undo is Ctrl+Z: it takes the last decision back.
func (s *Page) Undo() { s.decide.undo() }

// Show fetches the newest transfer. What was opened over the section comes back.
func (s *Page) Show() {
	if s.Top() != nil {
		s.e.cover()
	}
	s.report.said.Hide() // what was said of the report was said when it was opened or sent
	s.fetch()
}

func (s *Page) fetch() {
	kit.Newest(s.e.Env, &s.asked, func(ctx context.Context) (found, error) { return findRuns(ctx, s.e.co, s.wanted()) }, func(f found, err error) {
		if err != nil {
			s.wrong.Say(widgets.BannerError, s.e.Error(err))
			return
		}
		s.set(f)
	})
}

// wanted is the transfer that the person chose, 0: none.
func (s *Page) wanted() int64 {
	if s.picked {
		return s.run.ID
	}
	return 0
}

func (s *Page) set(f found) {
	s.wrong.Hide()
	s.newest = f.runs
	widgets.ShowIf(s.past, f.total > 0)
	widgets.ShowIf(s.never, !f.ok)
	s.never.SetText(s.e.T("counters.none"))
	if f.total > 0 {
		s.never.SetText(s.e.T("runs.none.standing"))
	}
	begun := f.ok && !f.run.State.Finished() && f.run.Counters.Transferred == 0 // three zeros tell nothing
	widgets.ShowIf(s.some, f.ok && !begun)
	widgets.ShowIf(s.report.object, f.ok && !begun)
	if s.list() != nil && (!f.ok || f.run.ID != s.run.ID) {
		s.e.Close() // of a transfer that is no longer the newest
	}
	s.run = f.run
	s.became.set(f.run, f.standing)
	s.cards[unmatchedCard].SetIcon(theme.QuestionIcon())
	if f.standing.Waiting() == 0 { // the number alone would look as if something were wrong
		s.cards[unmatchedCard].SetIcon(theme.ConfirmIcon())
	}
	s.draw(f.ok)
	for _, tell := range s.shown {
		tell(f.standing.Waiting())
	}
}

// draw shows the run's numbers.
func (s *Page) draw(ok bool) {
	// What was hidden since the beginning has never been painted, and showing it alone does not paint it.
	defer s.object.Refresh()
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
	state := ""
	if r.State.Finished() { // of the others what can be gone on with tells
		state = e.RunEnd(r)
	}
	s.undo.SetText(e.T("undo.open"))
	switch {
	case !r.UndoneAt.IsZero():
		state = e.T("runs.undone.at", e.Moment(r.UndoneAt))
	case r.Undoing():
		state = e.T("runs.undoing")
		s.undo.SetText(e.T("undo.go-on"))
	}
	s.when.SetText(strings.TrimSpace(state + " " + e.RunFigures(r)))
	s.report.set(r)
	widgets.ShowIf(s.undo, r.UndoneAt.IsZero() && !r.State.Active() && r.Counters.Transferred > 0)
	if s.picked {
		newest := widgets.NewButton(e.T("runs.newest"), func() { s.picked = false; s.fetch() })
		s.older.Say(widgets.BannerInfo, e.T("runs.older", e.Moment(r.CreatedAt)), newest)
	} else {
		s.older.Hide()
	}
}

// counted takes a run's new counters.
func (s *Page) counted(r transfer.Run) {
	if r.ID == s.run.ID {
		s.run = r
		s.draw(true)
	}
	s.fetch()
	s.e.Frame.Refresh()
}

// pick shows a transfer that the person chose among the last ones.
func (s *Page) pick(r transfer.Run) {
	s.run, s.picked = r, true
	s.e.Close()
	s.fetch()
}

// undone goes back to the sheet, which shows the transfer before, and says what was undone.
func (s *Page) undone(kind widgets.BannerKind, words string) {
	s.picked = false
	s.e.Close()
	s.Said.Say(kind, words)
	s.fetch()
}

// Open brings the list of a counter into view.
func (s *Page) Open(c counter) { s.e.Push(newRowList(s.e, s.decide, s.run, c)) }

// list is the list of a counter that is open, nil while none is: what else is open stands in front of it.
func (s *Page) list() *rowList {
	if s.Bottom() == nil {
		return nil
	}
	l, _ := s.Bottom().(*rowList)
	return l
}
