// Package sync is Eşitleme: how the sync of stock and prices stands, what waits for a person, and what became of
// the syncs before.
package sync

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/sync"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/domain/unattended"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// Page is Eşitleme: a sheet that tells how things stand, and lists in front of it.
type Page struct {
	*kit.Leaves
	e       *env
	working *kit.Working
	decide  *decider

	found    found
	known    bool // found has come
	asked    int  // which question to the stores is the newest
	starting bool
	preview  *sync.Job // that is ready to be applied, in the leaf in front; nil for none

	why      *widgets.Banner // what could not be fetched
	lacks    *lackPanel
	standing *widgets.Text
	edited   *fyne.Container
	edits    *widgets.Text
	send     *widgets.Button
	begins   fyne.CanvasObject // what begins a sync
	start    *widgets.Button
	look     *widgets.Button
	cost     *widgets.Text
	status   *statusPanel
	pending  *pendingPanel
	brakes   *brakePanel
	waiting  *waitingPanel
	past     *pastPanel
}

// New makes the page. It shows what is at work in runner, whoever has begun it; scheduler is the system's.
func New(k *kit.Env, co Company, scheduler unattended.Scheduler, runner *transfer.Runner) *Page {
	e := &env{k, co, scheduler, runner, &kit.Leaves{Said: widgets.NewBanner()}}
	p := &Page{Leaves: e.Leaves, e: e, why: widgets.NewBanner(), standing: widgets.NewBody(e.T("sync.loading"))}
	p.working = &kit.Working{E: k, Runner: runner, Busy: func(bool) { p.enable() }}
	p.decide = &decider{e: e, done: p.changed, send: p.sendEdits}
	p.Uncovered = p.uncovered
	p.lacks = newLackPanel(e)
	p.status = newStatusPanel(e, p.working.Stop)
	p.pending = newPendingPanel(e, p.resume)
	p.brakes = newBrakePanel(e, p.accept, p.drop)
	p.waiting = newWaitingPanel(e, p.decide)
	p.past = newPastPanel(e, p.open)
	p.arrange()
	p.working.Watch(func(w *transfer.Work) { p.follow(w, w.Preview) })
	return p
}

// sheetMargin keeps what stands on the sheet clear of its scroll bar.
const sheetMargin = 6

func (p *Page) arrange() {
	e := p.e
	settings := widgets.NewIconButton(e.T("sync.settings"), theme.SettingsIcon(), func() { e.Push(newSettingsSheet(e)) })
	settings.Importance = widget.LowImportance
	p.start = widgets.NewIconButton(e.T("sync.start"), theme.ViewRefreshIcon(), func() { p.now(false) }).Primary()
	p.look = widgets.NewIconButton(e.T("sync.preview"), theme.VisibilityIcon(), func() { p.now(true) })
	p.cost = widgets.NewMuted("")
	p.begins = widgets.NewBorder(nil, nil, container.NewHBox(p.start, p.look), nil, p.cost)
	p.edits = widgets.NewBody("")
	p.send = widgets.NewIconButton(e.T("sync.send"), theme.MailSendIcon(), p.sendEdits)
	p.edited = widgets.NewBorder(nil, nil, nil, widgets.Centred(p.send), p.edits)
	for _, o := range []fyne.CanvasObject{p.edited, p.begins, p.waiting.object, p.past.object} {
		o.Hide()
	}
	p.Sheet = container.NewVScroll(widgets.Inset(sheetMargin, 0, container.NewVBox(
		widgets.NewBorder(nil, nil, nil, settings, widgets.NewTitle(e.T("sync.title")).OneLine()),
		p.why, p.Said, p.lacks.object, p.standing, p.begins, p.status.object, p.brakes.object, p.pending.object, p.edited, widgets.Gap(4),
		p.waiting.object, widgets.Gap(4), p.past.object)))
	p.Root = container.NewStack(p.Sheet)
}

// Content is always the same object.
func (p *Page) Content() fyne.CanvasObject { return widgets.Inset(10, 6, p.Root) }

// Show fetches anew.
func (p *Page) Show() {
	if l := p.Top(); l != nil {
		l.Show()
		return
	}
	p.load()
}

func (p *Page) load() {
	kit.Newest(p.e.Env, &p.asked, p.e.find, func(f found, err error) {
		if w := p.e.runner.Work(); w != nil && !p.working.IsBusy() {
			p.follow(w, w.Preview)
		}
		if err != nil {
			p.why.Say(widgets.BannerError, p.e.Error(err), widgets.NewButton(p.e.T("sync.retry"), p.load))
			p.Sheet.Refresh()
			return
		}
		p.loaded(f)
	})
}

func (p *Page) loaded(f found) {
	e := p.e
	p.found, p.known = f, true
	p.why.Hide()
	p.lacks.set(f)
	p.standing.SetText(standingLines(e, f))
	widgets.ShowIf(p.standing, f.ready() || f.standing.HasLast)
	p.cost.SetText(costLine(e, f.standing))
	n := f.standing.Edited
	p.edits.SetText(e.T("sync.edited", n, e.Calls(pushCost(0, n))))
	widgets.ShowIf(p.edited, n > 0 && f.standing.HasLast && f.ready()) // before, nobody knows what differs
	widgets.ShowIf(p.begins, f.ready())
	p.brakes.set(f)
	blue := p.pending.set(f)
	p.start.Importance = widget.HighImportance
	if blue || f.braked() { // the blue button is the one that mends; at the brakes nobody is hurried
		p.start.Importance = widget.MediumImportance
	}
	p.start.Refresh()
	p.waiting.set(f.groups)
	widgets.ShowIf(p.waiting.object, f.ready() || len(f.groups) > 0)
	p.past.set(f.runs, f.total)
	p.enable()
	p.Sheet.Refresh()
}

// enable turns off what cannot be begun while something works.
func (p *Page) enable() {
	busy := p.starting || p.working.IsBusy()
	for _, b := range []*widgets.Button{p.start, p.look, p.send} {
		widgets.EnableIf(b, p.known && !busy)
	}
	p.waiting.setBusy(busy)
	p.brakes.setBusy(busy)
	widgets.ShowIf(p.pending.object, !busy && p.known && pending(p.found))
	widgets.ShowIf(p.brakes.object, !busy && p.found.braked())
}

// tell says on the sheet what was done, or why not.
func (p *Page) tell(kind widgets.BannerKind, text string, actions ...fyne.CanvasObject) {
	p.e.Said.Say(kind, text, actions...)
	p.Sheet.Refresh()
}

// changed fetches anew what a decision has changed, and what stands around the page.
func (p *Page) changed() {
	p.load()
	p.e.Frame.Refresh()
}

// now begins a sync, or a look at what it would do.
func (p *Page) now(preview bool) {
	p.begin(func(ctx context.Context) (*sync.Job, error) {
		return p.e.co.NewSync(ctx, sync.Request{Occasion: sync.OccasionPerson})
	}, preview)
}

func (p *Page) sendEdits() {
	p.Close()
	p.begin(func(ctx context.Context) (*sync.Job, error) { return p.e.co.SendEdits(ctx, sync.OccasionPerson) }, false)
}

// resume goes on with the sync that rests.
func (p *Page) resume() { p.begin(p.e.co.ResumeSync, false) }

// accept lets the brakes go that the person has seen, and goes on.
func (p *Page) accept(ids []string) {
	p.begin(func(ctx context.Context) (*sync.Job, error) { return p.e.co.AcceptBrakes(ctx, ids...) }, false)
}

// drop gives the sync up that waits at its brakes.
func (p *Page) drop() {
	p.begin(func(ctx context.Context) (*sync.Job, error) {
		j, err := p.e.co.ResumeSync(ctx)
		if j != nil {
			j.Stop()
		}
		return j, err
	}, false)
}

// begin makes a job and works on it, or (preview) only reads and plans.
func (p *Page) begin(job func(ctx context.Context) (*sync.Job, error), preview bool) {
	if p.starting || p.working.IsBusy() || p.e.Modal != nil {
		return
	}
	p.starting = true
	p.e.runner.Forget()
	p.enable()
	kit.Background(p.e.Env, job, func(j *sync.Job, err error) {
		p.starting = false
		p.enable()
		switch {
		case err != nil:
			p.refused(err)
		case j == nil:
			p.load()
		case preview:
			p.preview = j
			p.follow(p.e.runner.Preview(j.Job), true)
		default:
			p.follow(p.e.runner.Run(j.Job), false)
		}
	})
}

// refused says why nothing was begun.
func (p *Page) refused(err error) {
	e := p.e
	switch kind := domain.KindOf(err); {
	case kind == domain.KindBusy:
		p.tell(widgets.BannerWarning, e.T("sync.busy"))
	case kind.AtSignIn():
		p.tell(widgets.BannerWarning, e.Error(err), widgets.NewButton(e.T("sync.to-api"), func() { e.Frame.Open(kit.PlaceAPI) }))
	default:
		p.tell(widgets.BannerError, e.Error(err))
	}
	p.load()
}

// follow shows how what is at work stands until it ends.
func (p *Page) follow(w *transfer.Work, preview bool) {
	if w == nil { // the program ends
		return
	}
	if p.preview != nil && p.preview.Job != w.Job {
		p.preview = nil
	}
	if _, ok := p.Top().(*planSheet); ok { // its plan is applied now, or holds no more
		p.Close()
	}
	p.Said.Hide()
	p.status.begin(w.Job.Snapshot(), preview)
	p.working.Follow(w, p.status.set, func(err error) {
		p.status.rest()
		p.ended(w, err)
	})
	p.enable()
	p.Sheet.Refresh()
}

// ended says what came of it.
func (p *Page) ended(w *transfer.Work, err error) {
	now := w.Job.Snapshot()
	p.load()
	p.e.Frame.Refresh()
	switch {
	case w.Preview && err == nil && now.State == transfer.StatePlanned:
		p.showPlan()
	case w.Preview && err != nil:
		p.tell(widgets.BannerError, p.e.Error(err))
	case err != nil && now.State == transfer.StateFailed:
		p.tell(widgets.BannerError, p.e.T("sync.ended-badly")+" "+p.e.Error(err))
	case err == nil && !w.Preview:
		p.tellEnd(now)
	}
}

// tellEnd says what a sync that has ended well has moved.
func (p *Page) tellEnd(now transfer.Snapshot) {
	kit.Background(p.e.Env, func(ctx context.Context) (sync.Run, error) { return p.e.co.Sync(ctx, now.ID) }, func(r sync.Run, err error) {
		e := p.e
		moved := e.Moved(r.Moved)
		edits := r.Request.Scope == sync.ScopeEdits
		switch {
		case err != nil:
			p.tell(widgets.BannerError, e.Error(err))
		case r.State == transfer.StateStopped && len(r.Brakes) > 0 && !r.Moved.Any():
			p.tell(widgets.BannerInfo, e.T("sync.brake.dropped"))
		case r.State == transfer.StateStopped: // the panel says so
		case r.Counters.Failed > 0:
			p.tell(widgets.BannerWarning, e.T("sync.done", e.SyncEnd(r)), widgets.NewButton(e.T("sync.details"), func() { p.open(r) }))
		case moved == "" && edits:
			p.tell(widgets.BannerInfo, e.T("sync.sent.none"))
		case moved == "":
			p.tell(widgets.BannerGood, e.T("sync.done.same"))
		case edits:
			p.tell(widgets.BannerGood, e.T("sync.sent", moved))
		default:
			p.tell(widgets.BannerGood, e.T("sync.done", moved))
		}
	})
}

// showPlan puts what the previewed sync would do in front.
func (p *Page) showPlan() {
	j := p.preview
	if j == nil {
		return
	}
	p.Push(newPlanSheet(p.e, j.Sync(), func() { p.follow(p.e.runner.Run(j.Job), false) }))
}

// open shows one sync.
func (p *Page) open(r sync.Run) { p.Push(newRunSheet(p.e, r, p.undo)) }

// uncovered is called when the sheet has come into view again.
func (p *Page) uncovered() {
	p.preview = nil
	p.load()
}

// Undo takes the last decision back; it is Ctrl+Z where no field has a use for it.
func (p *Page) Undo() {
	if p.e.Modal == nil && !p.working.IsBusy() {
		p.decide.takeBack(p.e.Said.Say)
	}
}

// TypedKey takes Enter that nothing has the focus for: it presses the blue button.
func (p *Page) TypedKey(k *fyne.KeyEvent) bool {
	if p.Leaves.TypedKey(k) || p.Top() != nil {
		return true
	}
	if k.Name != fyne.KeyReturn && k.Name != fyne.KeyEnter || !p.begins.Visible() || p.start.Disabled() || p.start.Importance != widget.HighImportance {
		return false
	}
	p.now(false)
	return true
}
