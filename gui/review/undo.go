package review

import (
	"context"
	"errors"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/domain/words"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
	"github.com/sopyo/sopyo-desktop/gui/widgets/table"
)

// undoScreen undoes a whole transfer: first what cannot be undone, then what will be, then a button that
// says how much, and while it works how far it is.
type undoScreen struct {
	e      *env
	run    transfer.Run
	undone func(kind widgets.BannerKind, words string)
	object *fyne.Container
	head   fyne.CanvasObject
	foot   fyne.CanvasObject

	plan  transfer.UndoPlan
	known bool // the plan has come
	asked int  // which question about it is the newest
	task  kit.Task

	stays   *widgets.Text // what cannot be undone, in numbers
	blocked *kit.List[blockedQuery]
	list    fyne.CanvasObject // blocked, as it is laid out
	does    *widgets.Text
	confirm *widgets.Button
	leave   *widgets.Button
	bar     *widgets.Progress
	left    *widgets.Text
	stop    *widgets.Button
	started time.Time
}

// newUndoScreen makes it; undone is told what to say of an undo that has ended.
func newUndoScreen(e *env, run transfer.Run, undone func(kind widgets.BannerKind, words string)) *undoScreen {
	u := &undoScreen{
		e: e, run: run, undone: undone, task: kit.Task{E: e.Env}, stays: widgets.NewBody("").Bold(),
		does: widgets.NewBody(e.T("undo.loading")), bar: kit.NewProgress(e.Env), left: widgets.NewMuted(""),
	}
	u.leave = widgets.NewIconButton(e.T("rows.back"), theme.NavigateBackIcon(), e.Pop)
	u.confirm = widgets.NewIconButton("", theme.ContentUndoIcon(), u.start).Primary()
	u.stop = widgets.NewIconButton(e.T("undo.stop"), theme.MediaStopIcon(), u.halt)
	u.blocked = kit.NewList(e.Env, kit.Listing[blockedQuery]{
		Columns: []table.Column{
			{ID: "code", Title: e.T("rows.code"), Width: 90, Grow: 1},
			{ID: "name", Title: e.T("rows.name"), Width: 150, Grow: 3},
			{Title: e.T("rows.product"), Width: 130, Grow: 2},
			{ID: "why", Title: e.T("undo.why"), Width: 160, Grow: 3},
		},
		Query: func(a kit.Asked) blockedQuery { return blockedQuery{a, u.plan.Blocked} }, Fetch: u.fetch,
		Export: func(ctx context.Context, q blockedQuery) (string, error) {
			return e.co.ExportBlocked(ctx, e.Lang, q.all)
		},
		None:   func(q blockedQuery) string { return e.T("rows.none.search", q.Search) },
		Search: e.T("rows.search"), Count: "rows.count", Back: e.Pop,
	})
	u.blocked.State.SetText("")
	for _, k := range []interface{ SetEscape(func()) }{u.leave, u.confirm, u.blocked.Search} {
		k.SetEscape(e.Pop)
	}
	u.stop.SetEscape(u.halt)
	u.list = widgets.NewBorder(widgets.NewBorder(nil, nil, nil, u.blocked.Export, u.blocked.Search), u.blocked.State, nil, nil, u.blocked.Body)
	u.head = container.NewVBox(
		widgets.NewBorder(nil, nil, u.leave, nil, widgets.NewBody(e.T("undo.title")).Bold()),
		widgets.NewMuted(e.Run(run)), u.blocked.Said, u.stays)
	u.foot = container.NewVBox(widget.NewSeparator(), u.does, u.bar, u.left,
		widgets.MaxWidth(widgets.MaxRowWidth, container.NewHBox(layout.NewSpacer(), u.stop, u.confirm))) // near what it says
	u.object = container.NewStack()
	u.arrange()
	for _, o := range []fyne.CanvasObject{u.stays, u.confirm, u.bar, u.left, u.stop} {
		o.Hide()
	}
	return u
}

// arrange puts what cannot be undone between the head and what will be, if there is something.
func (u *undoScreen) arrange() {
	if u.plan.BlockedCount > 0 {
		u.object.Objects = []fyne.CanvasObject{widgets.NewBorder(u.head, u.foot, nil, nil, u.list)}
		return
	}
	u.object.Objects = []fyne.CanvasObject{container.NewVBox(u.head, u.foot)}
}

func (u *undoScreen) Content() fyne.CanvasObject { return u.object }

// Show asks what the undo would do now.
func (u *undoScreen) Show() {
	if u.task.Busy() {
		return
	}
	co, run := u.e.co, u.run.ID
	kit.Newest(u.e.Env, &u.asked, func(ctx context.Context) (transfer.UndoPlan, error) {
		return co.PlanUndo(ctx, run)
	}, func(plan transfer.UndoPlan, err error) {
		switch {
		case u.task.Busy():
		case err != nil:
			u.does.SetText("")
			u.blocked.Said.Say(widgets.BannerError, u.e.Error(err))
		default:
			u.set(plan)
		}
	})
	u.e.Win.Canvas().Focus(u.leave)
}

// products is how many products an undo is about.
func products(p transfer.UndoPlan) int { return max(p.Restored+p.Removed, p.Unbound) }

// set shows what can and what cannot be undone.
func (u *undoScreen) set(plan transfer.UndoPlan) {
	e := u.e
	u.plan, u.known = plan, true
	defer u.object.Refresh()
	n := products(plan)
	widgets.ShowIf(u.stays, plan.BlockedCount > 0)
	u.arrange()
	widgets.ShowIf(u.blocked.Search, len(plan.Blocked) > searchFrom)
	if plan.BlockedCount > 0 {
		u.stays.SetText(e.T("undo.blocked", plan.BlockedCount))
		if plan.BlockedCount > len(plan.Blocked) {
			u.stays.SetText(e.T("undo.blocked", plan.BlockedCount) + " " + e.T("undo.blocked.first", len(plan.Blocked)))
		}
		u.blocked.Reload()
	}
	u.does.SetText(undoWords(e, plan, false))
	widgets.ShowIf(u.confirm, n > 0)
	u.confirm.SetText(e.T("undo.confirm", n))
	if n > 0 {
		u.e.Win.Canvas().Focus(u.confirm)
	}
}

// searchFrom is the length of a list that can be searched.
const searchFrom = 20

// undoWords says what an undo does, or what it did, in numbers.
func undoWords(e *env, p transfer.UndoPlan, did bool) string {
	lead, ending := "undo.will", ""
	if did {
		lead, ending = "undo.done", ".did"
	}
	does := words.Listed(", ", e.Counted("undo.restored"+ending, p.Restored), e.Counted("undo.removed"+ending, p.Removed),
		e.Counted("undo.unbound"+ending, p.Unbound))
	switch {
	case does != "":
		return e.T(lead, does)
	case p.BlockedCount > 0:
		return e.T("undo.none.blocked")
	default:
		return e.T("undo.none")
	}
}

// blockedQuery asks for those of the rows that cannot be undone.
type blockedQuery struct {
	kit.Asked
	all []transfer.Blocked
}

// fetch gives one page of the rows that cannot be undone; they are at hand.
func (u *undoScreen) fetch(_ context.Context, q blockedQuery, limit, offset int) ([]table.Row, int, error) {
	var rows []table.Row
	for _, b := range q.all {
		why := refusedWords(u.e, b.Why)
		cells := []string{string(b.Remote.Code), b.Remote.Name, words.Partner(b.Listed), why}
		if kit.HasWords(strings.Join(cells, " "), q.Search) {
			rows = append(rows, table.Row{Cells: cells, Detail: b.Remote.Name + ": " + why})
		}
	}
	kit.SortCells(rows, map[string]int{"code": 0, "name": 1, "why": 3}, q.Asked)
	return kit.PageOf(rows, limit, offset), len(rows), nil
}

// start undoes the transfer, batch by batch.
func (u *undoScreen) start() {
	if u.task.Busy() || !u.known || u.e.Modal != nil {
		return
	}
	u.started = u.e.Now()
	u.blocked.Said.Hide()
	u.confirm.Hide()
	u.leave.Disable()
	u.bar.Show()
	u.bar.Set(0, 0)
	u.left.SetText(u.e.T("undo.working"))
	u.left.Show()
	u.stop.Enable()
	u.stop.Show()
	u.e.Win.Canvas().Focus(u.stop)
	u.object.Refresh()
	run, co := u.run.ID, u.e.co
	kit.StartTask(&u.task, "undo", func(ctx context.Context, s *kit.Steps) (transfer.UndoPlan, error) {
		return co.Undo(ctx, run, s.Set)
	}, u.progress, u.ended)
}

// progress draws how far it is, and how long it still takes.
func (u *undoScreen) progress(s *kit.Steps) {
	n, of := s.Snapshot()
	if of == 0 {
		return
	}
	u.bar.Set(n, of)
	words := u.e.T("status.of", n, of)
	if spent := u.e.Now().Sub(u.started); n > 0 && n < of && spent > 0 {
		words += " · " + u.e.T("status.left", u.e.Duration(time.Duration(float64(spent)*float64(of-n)/float64(n))))
	}
	u.left.SetText(words)
}

// halt stops after the batch in flight.
func (u *undoScreen) halt() {
	if u.task.Busy() {
		u.task.Quit()
		u.stop.Disable()
		u.left.SetText(u.e.T("undo.stopping"))
	}
}

// ended says what came of it: the sheet does when it is done.
func (u *undoScreen) ended(plan transfer.UndoPlan, err error) {
	u.bar.Rest()
	for _, o := range []fyne.CanvasObject{u.bar, u.left, u.stop} {
		o.Hide()
	}
	u.leave.Enable()
	u.e.Frame.Refresh()
	kind, words := widgets.BannerGood, undoWords(u.e, plan, true)
	switch {
	case errors.Is(err, context.Canceled) || domain.KindOf(err) == domain.KindCancelled:
		kind, words = widgets.BannerWarning, u.e.T("undo.stopped")
	case err != nil:
		kind, words = widgets.BannerError, u.e.Error(err)
	case plan.BlockedCount > 0:
		kind, words = widgets.BannerWarning, words+" "+u.e.T("undo.done.blocked", plan.BlockedCount)
	}
	if err == nil {
		u.undone(kind, words)
		return
	}
	u.blocked.Said.Say(kind, words)
	u.Show()
}

// TypedKey takes the keys that nothing has the focus for: while it works, Esc stops it and nothing else.
func (u *undoScreen) TypedKey(k *fyne.KeyEvent) bool {
	switch k.Name {
	case fyne.KeyEscape:
		if !u.task.Busy() {
			return false
		}
		u.halt()
	case fyne.KeyReturn, fyne.KeyEnter:
		if u.confirm.Visible() {
			u.start()
		}
	default:
		return false
	}
	return true
}
