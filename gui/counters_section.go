package gui

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// countersSection is section 6, Aktarım Detayları: three numbers of the newest transfer, each of which
// opens its list.
type countersSection struct {
	e    *env
	page pageControl

	root  *fyne.Container
	sheet fyne.CanvasObject
	list  *rowList // nil while none is open

	run   transfer.Run
	asked int

	wrong *widgets.Banner
	none  fyne.CanvasObject
	some  fyne.CanvasObject
	state *widgets.Text
	when  *widgets.Text
	cards [3]*widgets.Counter
	quiet []*quietCounter
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

func newCountersSection(e *env, p pageControl) section {
	s := &countersSection{e: e, page: p, wrong: widgets.NewBanner(), state: widgets.NewBody("").Bold(), when: widgets.NewMuted("")}
	card := func(i int, icon fyne.Resource, color fyne.ThemeColorName, c counted) *widgets.Counter {
		s.cards[i] = widgets.NewCounter(e.t(c.title), icon, color, func() { s.open(c) })
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
	s.some = container.NewVBox(cards, widgets.Gap(2), quiet, s.state, s.when, widgets.NewMuted(e.t("counters.hint")))
	start := widgets.NewButton(e.t("counters.to-transfer"), func() { p.open(sectionTransfer) })
	start.Importance = widget.HighImportance
	s.none = container.NewVBox(widgets.NewMuted(e.t("counters.none")), container.NewHBox(start, layout.NewSpacer()))
	s.some.Hide()
	s.none.Hide()
	s.sheet = container.NewVScroll(container.NewVBox(s.wrong, s.none, s.some))
	s.root = container.NewStack(s.sheet)
	return s
}

func (s *countersSection) quietLine(word string, icon fyne.Resource, o transfer.Outcome, none string, of func(transfer.Counters) int) fyne.CanvasObject {
	b := widgets.NewIconButton("", icon, func() { s.open(counted{title: word, outcome: o, none: none}) })
	b.Importance = widget.LowImportance
	b.Hide()
	s.quiet = append(s.quiet, &quietCounter{button: b, of: of, word: s.e.t(word)})
	return b
}

func (s *countersSection) content() fyne.CanvasObject { return s.root }
func (s *countersSection) dirty() bool                { return false }
func (s *countersSection) save()                      {}

// focusSearch puts the cursor into the search of the open list, and tells whether there is one.
func (s *countersSection) focusSearch() bool {
	if s.list == nil {
		return false
	}
	s.e.win.Canvas().Focus(s.list.search)
	return true
}

// typedKey takes Esc that no focused widget took: it closes the list.
func (s *countersSection) typedKey(k *fyne.KeyEvent) bool {
	if s.list == nil || k.Name != fyne.KeyEscape {
		return false
	}
	s.closeList()
	return true
}

// show fetches the newest transfer.
func (s *countersSection) show() {
	s.asked++
	asked := s.asked
	type latest struct {
		run transfer.Run
		ok  bool
	}
	background(s.e, func(ctx context.Context) (latest, error) {
		run, ok, err := s.e.co.Transfers.Latest(ctx)
		return latest{run, ok}, err
	}, func(l latest, err error) {
		switch {
		case asked != s.asked:
		case err != nil:
			s.wrong.Say(widgets.BannerError, errorText(s.e.text, err))
		default:
			s.set(l.run, l.ok)
		}
	})
}

func (s *countersSection) set(r transfer.Run, ok bool) {
	s.wrong.Hide()
	showIf(s.none, !ok)
	showIf(s.some, ok)
	if s.list != nil && (!ok || r.ID != s.run.ID) {
		s.closeList() // of a transfer that is no longer the newest
	}
	s.run = r
	// What was hidden since the beginning has never been painted, and showing it alone does not paint it.
	defer s.sheet.Refresh()
	if !ok {
		return
	}
	for i, n := range []int{r.Counters.Transferred, r.Counters.Matched, r.Counters.Unmatched} {
		s.cards[i].SetNumber(s.e.count(n))
	}
	for _, q := range s.quiet {
		n := q.of(r.Counters)
		q.button.SetText(s.e.t("counters.quiet", q.word, n))
		showIf(q.button, n > 0)
	}
	s.state.SetText(stateLine(s.e, r))
	s.when.SetText(whenLine(s.e, r))
}

// stateLine says how the transfer ended, or how it rests.
func stateLine(e *env, r transfer.Run) string {
	if r.State.Finished() {
		return endedLine(e, r)
	}
	return pendingTitle(e, r.State)
}

// open brings the list of a counter into view.
func (s *countersSection) open(c counted) {
	q := transfer.Query{RunID: s.run.ID, Transferred: c.transferred, Outcome: c.outcome}
	s.list = newRowList(s.e, s.e.t(c.title), q, c.none, s.paired(c), s.closeList)
	s.root.Objects = []fyne.CanvasObject{s.list.object}
	s.root.Refresh()
	s.list.show()
}

// paired tells whether the rows of a list have catalogue products: what matched, and what was created.
func (s *countersSection) paired(c counted) bool {
	switch c.outcome {
	case transfer.OutcomeSkipped:
		return false
	case transfer.OutcomeUnmatched:
		return s.run.Options.Unmatched != transfer.UnmatchedListed
	default:
		return true
	}
}

func (s *countersSection) closeList() {
	s.list = nil
	s.root.Objects = []fyne.CanvasObject{s.sheet}
	s.root.Refresh()
}
