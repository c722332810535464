package sync

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"github.com/sopyo/sopyo-desktop/domain/sync"
	"github.com/sopyo/sopyo-desktop/domain/words"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// runSheet is one sync: what it found, what it changed, and the way back.
type runSheet struct {
	*kit.List[kit.Asked]
	e      *env
	object fyne.CanvasObject
}

// newRunSheet makes it; undo is told that a person wants the run taken back, and where to say why not.
func newRunSheet(e *env, run sync.Run, undo func(sync.Run, teller)) *runSheet {
	s := &runSheet{List: newChanges(e, run, true), e: e}
	back := widgets.NewIconButton(e.T("rows.back"), theme.NavigateBackIcon(), e.Pop)
	back.SetEscape(e.Pop)
	take := widgets.NewIconButton(e.T("sync.undo"), theme.ContentUndoIcon(), func() { undo(run, s.Said.Say) })
	take.SetEscape(e.Pop)
	widgets.EnableIf(take, run.UndoneAt.IsZero() && !run.State.Active())
	figures := widgets.NewMuted(words.Listed(" · ", e.T("sync.run.compared", run.Compared), left(e, run)))
	widgets.ShowIf(figures, run.Compared > 0)
	s.object = s.Layout(
		widgets.NewBorder(nil, nil, back, container.NewHBox(take, s.Export), widgets.NewBody(e.T("sync.run.title", e.Moment(run.CreatedAt))).Bold()),
		widgets.Tight(widgets.NewBody(runLine(e, run)), figures), s.Search, s.Said)
	return s
}

// runLine says what a run was begun by, what became of it, how long it worked and what it cost.
func runLine(e *env, run sync.Run) string {
	said := e.SyncBegun(run.Request) + " · " + e.SyncEnd(run)
	if run.Worked > 0 {
		said += " · " + e.Duration(run.Worked)
	}
	if cost := e.Calls(spent(run)); cost != "" {
		said += " · " + cost
	}
	return said
}

// Content is always the same object.
func (s *runSheet) Content() fyne.CanvasObject { return s.object }

// Show fetches the changes; the keyboard stands in them.
func (s *runSheet) Show() {
	s.Reload()
	s.e.Win.Canvas().Focus(s.Table.Focusable())
}
