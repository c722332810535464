package sync

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"github.com/sopyo/sopyo-desktop/domain/sync"
	"github.com/sopyo/sopyo-desktop/domain/words"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// planSheet is what a sync would do: counts, what it costs, and every change with its old and new value.
type planSheet struct {
	*kit.List[kit.Asked]
	e      *env
	run    sync.Run
	object fyne.CanvasObject
	sums   *widgets.Text
	cost   *widgets.Text
	apply  *widgets.Button // nil: it is only looked at
	act    func()
}

// newPlanSheet makes it; apply carries the plan out, nil for one that is only looked at.
func newPlanSheet(e *env, run sync.Run, apply func()) *planSheet {
	s := &planSheet{List: newChanges(e, run, false), e: e, run: run, sums: widgets.NewBody(""), cost: widgets.NewMuted(""), act: apply}
	back := widgets.NewIconButton(e.T("rows.back"), theme.NavigateBackIcon(), e.Pop)
	acts := container.NewHBox(s.Export)
	if apply != nil {
		drop := widgets.NewButton(e.T("sync.plan.drop"), e.Pop)
		s.apply = widgets.NewIconButton(e.T("sync.plan.apply"), theme.ConfirmIcon(), s.carryOut).Primary()
		widgets.EnableIf(s.apply, run.Counters.Matched > 0)
		acts = container.NewHBox(s.Export, drop, s.apply)
		drop.SetEscape(e.Pop)
		s.apply.SetEscape(e.Pop)
	}
	back.SetEscape(e.Pop)
	s.cost.Hide()
	brakes := widgets.NewBanner()
	if len(run.Brakes) > 0 && apply != nil {
		var said []string
		for _, b := range run.Brakes {
			said = append(said, brakeWords(e, b))
		}
		brakes.Say(widgets.BannerWarning, strings.Join(append(said, e.T("sync.plan.brakes")), " "))
	}
	s.object = s.Layout(
		widgets.NewBorder(nil, nil, back, acts, widgets.NewBody(e.T("sync.plan.title")).Bold().OneLine()),
		widgets.Tight(s.sums, s.cost), brakes, s.Search, s.Said)
	return s
}

func (s *planSheet) carryOut() {
	if !s.apply.Disabled() {
		s.apply.Disable()
		s.act()
	}
}

// Content is always the same object.
func (s *planSheet) Content() fyne.CanvasObject { return s.object }

// Show fetches the changes and counts them.
func (s *planSheet) Show() {
	s.Reload()
	e, run := s.e, s.run
	kit.Background(e.Env, func(ctx context.Context) (sync.Moved, error) {
		items, _, err := e.co.SyncItems(ctx, run.ID, 0, 0)
		return movedBy(items), err
	}, func(m sync.Moved, err error) {
		if err != nil {
			s.Said.Say(widgets.BannerError, e.Error(err))
			return
		}
		s.sums.SetText(planWords(e, run, m))
		if n := m.PushedStock + m.PushedPrice; n > 0 {
			widgets.SetOrHide(s.cost, e.T("sync.plan.cost", e.Calls(pushCost(m.PushedStock, m.PushedPrice))))
		}
		s.object.Refresh()
	})
	if s.apply != nil && !s.apply.Disabled() {
		e.Win.Canvas().Focus(s.apply)
		return
	}
	e.Win.Canvas().Focus(s.Table.Focusable())
}

// planWords says what a run would write, and what it leaves.
func planWords(e *env, run sync.Run, m sync.Moved) string {
	writes := e.Planned(m)
	if !m.Any() {
		writes = e.T("sync.plan.none")
	}
	return words.Listed(" · ", writes, left(e, run))
}

// left counts the fields of which a run says no more: a zero is left out.
func left(e *env, run sync.Run) string {
	return words.Listed(" · ", e.Counted("sync.plan.conflicts", run.Conflicts), e.Counted("sync.plan.held", run.Held), e.Counted("sync.plan.unchanged", run.Unchanged))
}

// TypedKey takes Enter that nothing has the focus for.
func (s *planSheet) TypedKey(k *fyne.KeyEvent) bool {
	if s.apply == nil || k.Name != fyne.KeyReturn && k.Name != fyne.KeyEnter {
		return false
	}
	s.carryOut()
	return true
}
