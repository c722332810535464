// Package review is section 6, Aktarım Detayları: what became of a transfer, decisions about its rows, and its undo.
package review

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// Page is section 6, Aktarım Detayları: three numbers of the newest transfer that stands, each
// of which opens its list, and the transfers before it.
type Page struct {
	e *env

	root   *fyne.Container
	sheet  fyne.CanvasObject
	leaves []leaf   // what was opened in front of the sheet, the uppermost last
	list   *rowList // nil while none is open

	run    transfer.Run
	picked bool // it is not the newest one: the person chose it
	asked  int
	decide *decider

	wrong *widgets.Banner
	said  *widgets.Banner // what has just been done
	older *widgets.Banner // that an older transfer is shown
	none  fyne.CanvasObject
	never *widgets.Text // why there is nothing
	some  fyne.CanvasObject
	soFar *widgets.Text
	state *widgets.Text
	when  *widgets.Text
	cards [3]*widgets.Counter
	quiet []*quietCounter
	back  *widgets.Button // undoes the transfer
	past  *pastRuns

	report *reportBar
}

// leaf is what stands in front of the sheet: a list, a decision, an undo.
type leaf interface {
	Content() fyne.CanvasObject
	// Show is called whenever it comes to the front: it fetches anew and takes the focus.
	Show()
}

// quietCounter is a line for what the three large numbers leave out; hidden at zero.
type quietCounter struct {
	button *widgets.Button
	of     func(transfer.Counters) int
	word   string
}

// counted is one of the lists of section 6.
type counted struct {
	title       string
	transferred bool
	outcome     transfer.Outcome
	none        string
}

// New makes the page.
func New(k *kit.Env, co Company) *Page {
	e := &env{k, co}
	s := &Page{
		e: e, wrong: widgets.NewBanner(), said: widgets.NewBanner(), older: widgets.NewBanner(),
		soFar: widgets.NewMuted(e.T("status.so-far")), state: widgets.NewBody("").Bold(), when: widgets.NewMuted(""),
	}
	s.report = newReportBar(e)
	s.decide = &decider{e: e, done: s.counted}
	card := func(i int, icon fyne.Resource, color fyne.ThemeColorName, c counted) *widgets.Counter {
		s.cards[i] = widgets.NewCounter(e.T(c.title), icon, color, func() { s.Open(c) })
		return s.cards[i]
	}
	cards := container.New(layout.NewGridLayoutWithColumns(3),
		card(0, theme.DownloadIcon(), widgets.ColorBlue, counted{title: "counters.transferred", transferred: true, none: "rows.none"}),
		card(1, theme.ConfirmIcon(), widgets.ColorGreen, counted{title: "counters.matched", outcome: transfer.OutcomeMatched, none: "rows.none.matched"}),
		card(2, theme.QuestionIcon(), widgets.ColorOrange, counted{title: "counters.unmatched", outcome: transfer.OutcomeUnmatched, none: "rows.none.unmatched"}),
	)
	quiet := container.NewHBox(
		s.quietLine("counters.skipped", theme.MediaSkipNextIcon(), transfer.OutcomeSkipped, "rows.none.skipped", func(c transfer.Counters) int { return c.Skipped }),
		s.quietLine("counters.failed", theme.WarningIcon(), transfer.OutcomeFailed, "rows.none.failed", func(c transfer.Counters) int { return c.Failed }),
		s.quietLine("counters.pending", theme.HistoryIcon(), transfer.OutcomePending, "rows.none", func(c transfer.Counters) int { return c.Pending }),
	)
	s.back = widgets.NewIconButton(e.T("undo.open"), theme.ContentUndoIcon(), func() { s.push(newUndoScreen(s, s.run)) })
	s.past = newPastRuns(s)
	s.some = container.NewVBox(s.soFar, cards, widgets.Gap(2), quiet,
		widgets.Tight(s.state, s.when, widgets.NewMuted(e.T("counters.hint"))),
		s.report.with(s.back), s.report.said)
	start := widgets.NewButton(e.T("counters.to-transfer"), func() { e.Frame.Open(kit.PlaceTransfer) })
	start.Importance = widget.HighImportance
	s.never = widgets.NewMuted(e.T("counters.none"))
	s.none = container.NewVBox(s.never, container.NewHBox(start, layout.NewSpacer()))
	s.some.Hide()
	s.none.Hide()
	s.sheet = container.NewVScroll(container.NewVBox(s.wrong, s.said, s.older, s.none, s.some, s.past.object))
	s.root = container.NewStack(s.sheet)
	return s
}

func (s *Page) quietLine(word string, icon fyne.Resource, o transfer.Outcome, none string, of func(transfer.Counters) int) fyne.CanvasObject {
	b := widgets.NewIconButton("", icon, func() { s.Open(counted{title: word, outcome: o, none: none}) })
	b.Importance = widget.LowImportance
	b.Hide()
	s.quiet = append(s.quiet, &quietCounter{button: b, of: of, word: s.e.T(word)})
	return b
}

// Content is always the same object.
func (s *Page) Content() fyne.CanvasObject { return s.root }

// top is the leaf in front, nil while the sheet is in view.
func (s *Page) top() leaf {
	if len(s.leaves) == 0 {
		return nil
	}
	return s.leaves[len(s.leaves)-1]
}

// push puts a leaf in front.
func (s *Page) push(l leaf) {
	s.leaves = append(s.leaves, l)
	s.said.Hide()
	s.front(l.Content())
	l.Show()
}

// pop takes the leaf in front away.
func (s *Page) pop() {
	if len(s.leaves) == 0 {
		return
	}
	s.leaves = s.leaves[:len(s.leaves)-1]
	s.list, _ = s.top().(*rowList)
	if l := s.top(); l != nil {
		s.front(l.Content())
		l.Show()
		return
	}
	s.front(s.sheet)
	s.Show()
}

func (s *Page) front(o fyne.CanvasObject) {
	widgets.Leave(s.root)
	s.root.Objects = []fyne.CanvasObject{o}
	s.root.Refresh()
}

// FocusSearch puts the cursor into the search of what is open, and tells whether there is one.
func (s *Page) FocusSearch() bool {
	l, ok := s.top().(kit.Searcher)
	return ok && l.FocusSearch()
}

// TypedKey takes keys that no focused widget took: Esc closes what is open, the others are its own.
func (s *Page) TypedKey(k *fyne.KeyEvent) bool {
	l := s.top()
	if l == nil {
		return false
	}
	if own, ok := l.(kit.Keyed); ok && own.TypedKey(k) {
		return true
	}
	if k.Name != fyne.KeyEscape {
		return false
	}
	s.pop()
	return true
}

// Undo is Ctrl+Z: it takes the last decision back.
func (s *Page) Undo() {
	if s.e.Modal != nil {
		return
	}
	s.decide.takeBack(func(rows []domain.RemoteID, done transfer.Decided, err error) {
		if l, ok := s.top().(takenBack); ok {
			l.takenBack(rows, done, err)
			return
		}
		if err != nil {
			s.said.Say(widgets.BannerError, s.e.Error(err))
			return
		}
		s.said.Say(widgets.BannerInfo, backWords(s.e, done))
	})
}

// takenBack is what a leaf may also be: it shows what became of taking a decision back.
type takenBack interface {
	takenBack(rows []domain.RemoteID, done transfer.Decided, err error)
}

// found is what the section shows.
type found struct {
	runs  []transfer.Run // the newest ones
	total int
	run   transfer.Run
	ok    bool // there is a run that stands
}

// Show fetches the newest transfer.
func (s *Page) Show() {
	s.asked++
	asked := s.asked
	kit.Background(s.e.Env, func(ctx context.Context) (found, error) { return findRuns(ctx, s.e.co) }, func(f found, err error) {
		switch {
		case asked != s.asked:
		case err != nil:
			s.wrong.Say(widgets.BannerError, s.e.Error(err))
		default:
			s.set(f)
		}
	})
}

// findRuns fetches the last transfers, and of these, or of those before them, the newest that stands.
func findRuns(ctx context.Context, co Runs) (found, error) {
	var f found
	for skip := 0; ; skip += lastRuns {
		runs, total, err := co.Runs(ctx, lastRuns, skip)
		if err != nil {
			return f, err
		}
		if skip == 0 {
			f.runs, f.total = runs, total
		}
		for _, r := range runs {
			if r.UndoneAt.IsZero() {
				f.run, f.ok = r, true
				return f, nil
			}
		}
		if len(runs) == 0 || skip+len(runs) >= total {
			return f, nil
		}
	}
}

func (s *Page) set(f found) {
	s.wrong.Hide()
	s.past.set(f)
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
	if len(s.leaves) > 0 && s.list != nil && (!ok || run.ID != s.run.ID) {
		s.closeLeaves() // of a transfer that is no longer the newest
	}
	s.run = run
	s.draw(ok)
}

// draw shows the run's numbers.
func (s *Page) draw(ok bool) {
	// What was hidden since the beginning has never been painted, and showing it alone does not paint it.
	defer s.sheet.Refresh()
	if !ok {
		return
	}
	e, r := s.e, s.run
	for i, n := range []int{r.Counters.Transferred, r.Counters.Matched, r.Counters.Unmatched} {
		s.cards[i].SetNumber(e.Count(n))
	}
	for _, q := range s.quiet {
		n := q.of(r.Counters)
		q.button.SetText(e.T("counters.quiet", q.word, n))
		widgets.ShowIf(q.button, n > 0)
	}
	widgets.ShowIf(s.soFar, !r.State.Finished() && r.Counters.Transferred > 0)
	state := e.RunEnd(r)
	s.back.SetText(e.T("undo.open"))
	switch {
	case !r.UndoneAt.IsZero():
		state = e.T("runs.undone.at", e.Moment(r.UndoneAt))
	case r.Undoing():
		state = e.T("runs.undoing")
		s.back.SetText(e.T("undo.go-on"))
	}
	s.state.SetText(state)
	s.when.SetText(e.RunFigures(r))
	s.report.set(r)
	widgets.ShowIf(s.back, r.UndoneAt.IsZero() && !r.State.Active() && r.Counters.Transferred > 0)
	if s.picked {
		newest := widgets.NewButton(e.T("runs.newest"), s.toNewest)
		s.older.Say(widgets.BannerInfo, e.T("runs.older", e.Moment(r.CreatedAt)), newest)
	} else {
		s.older.Hide()
	}
}

// decidable tells whether something can be decided about the rows of the run in view.
func (s *Page) decidable() bool {
	return !s.run.Undoing() && s.run.UndoneAt.IsZero() && !s.run.State.Active()
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
	s.closeLeaves()
	s.run, s.picked = r, true
	s.Show()
}

// toNewest goes back to the newest transfer that stands.
func (s *Page) toNewest() {
	s.picked = false
	s.Show()
}

// Open brings the list of a counter into view.
func (s *Page) Open(c counted) {
	l := newRowList(s, c)
	s.push(l)
	s.list = l
}

// closeLeaves brings the sheet into view.
func (s *Page) closeLeaves() {
	s.leaves, s.list = nil, nil
	s.front(s.sheet)
}
