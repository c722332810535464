package transfer

import (
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
)

// pendingPanel tells of a run that is not finished: why it rests, when it goes on by itself, how much
// is left, and the button that mends it.
type pendingPanel struct {
	e       *env
	running *kit.Working
	start   func(*transfer.Job)
	job     *transfer.Job // nil: none waits
	object  fyne.CanvasObject

	icon    *widget.Icon
	title   *widgets.Text
	why     *widgets.Text
	when    *widgets.Text
	left    *widgets.Text
	bar     *widgets.Progress
	signIn  *widgets.Button
	goOn    *widgets.Button
	anew    *widgets.Button
	anewFor *widgets.Text
	take    *widgets.Button
	taken   *widgets.Text
}

func newPendingPanel(e *env, r *kit.Working, start func(*transfer.Job)) *pendingPanel {
	p := &pendingPanel{
		e: e, running: r, start: start, icon: widget.NewIcon(theme.MediaPauseIcon()), title: widgets.NewBody("").Bold(),
		why: widgets.NewBody(""), when: widgets.NewMuted(""), left: widgets.NewBody(""), bar: kit.NewProgress(e.Env),
		anewFor: widgets.NewMuted(""),
	}
	p.signIn = widgets.NewIconButton(e.T("transfer.reauthorise"), theme.LoginIcon(), func() { e.Frame.Open(kit.PlaceAPI) }).Primary()
	p.goOn = widgets.NewIconButton(e.T("transfer.go-on"), theme.MediaPlayIcon(), p.resume)
	p.anew = widgets.NewIconButton(e.T("transfer.read-anew"), theme.ViewRefreshIcon(), p.readAnew)
	p.take = widgets.NewIconButton(e.T("transfer.take-read"), theme.MediaPlayIcon(), p.takeRead)
	p.taken = widgets.NewMuted(e.T("transfer.take-read.note"))
	p.object = widgets.NewPanel(container.NewVBox(
		widgets.NewBorder(nil, nil, p.icon, nil, p.title),
		p.why, p.when, p.left, p.bar, p.anewFor, p.taken,
		container.NewHBox(p.signIn, p.goOn, p.anew, p.take, layout.NewSpacer())))
	p.object.Hide()
	return p
}

func (p *pendingPanel) set(f transferFound) {
	p.job = f.job
	if f.job == nil {
		p.object.Hide()
		return
	}
	e, now := p.e, f.job.Snapshot()
	p.title.SetText(e.RunEnd(now.Run))
	p.icon.SetResource(pendingIcon(now.State))
	widgets.SetOrHide(p.why, pendingCause(e, now))
	widgets.SetOrHide(p.when, pendingWhen(e, now, e.runner.GoesOnAt()))
	widgets.SetOrHide(p.left, leftLine(e, now))
	widgets.ShowIf(p.bar, now.Of > 0)
	if now.Of > 0 {
		p.bar.Set(now.Done, now.Of)
	}

	stale := now.State == transfer.StatePaused && now.Cause == domain.KindStalePlan
	miscounted := now.State == transfer.StatePaused && now.Cause == domain.KindCount
	untouched := now.Counters.Read == now.Counters.Pending
	widgets.ShowIf(p.signIn, now.State == transfer.StatePaused && now.Cause.AtSignIn())
	widgets.ShowIf(p.anew, (stale || miscounted) && untouched)
	widgets.ShowIf(p.goOn, !miscounted)
	widgets.ShowIf(p.take, now.MayTakeRead())
	widgets.ShowIf(p.taken, now.MayTakeRead())
	p.anewFor.Hide()
	if p.anew.Visible() {
		widgets.SetOrHide(p.anewFor, e.T("transfer.read-anew.cost", listReads(now.Total)))
	}
	p.goOn.SetText(e.T("transfer.go-on"))
	if stale {
		p.goOn.SetText(e.T("transfer.with-old-plan"))
	}
	for _, b := range []*widgets.Button{p.goOn, p.anew, p.take} {
		widgets.EnableIf(b, f.ready())
	}
	p.object.Show()
	p.object.Refresh()
}

// stress lets the button that mends stand out, or none.
func (p *pendingPanel) stress(on bool) {
	setPrimary(p.signIn, on)
	setPrimary(p.goOn, on && !p.signIn.Visible())
	setPrimary(p.anew, on && !p.goOn.Visible())
}

// resume goes on with the run; a plan that is too old has then been accepted.
func (p *pendingPanel) resume() {
	if j := p.job; j != nil && !p.running.IsBusy() {
		if j.Snapshot().Cause == domain.KindStalePlan {
			j.AcceptOldPlan()
		}
		p.start(j)
	}
}

// takeRead goes on with what was read, where the count never agrees.
func (p *pendingPanel) takeRead() {
	if j := p.job; j != nil && !p.running.IsBusy() {
		j.TakeRead()
		p.start(j)
	}
}

// readAnew goes on with the run from its first page.
func (p *pendingPanel) readAnew() {
	if j := p.job; j != nil && !p.running.IsBusy() {
		j.ReadAnew()
		p.start(j)
	}
}

func pendingIcon(s transfer.State) fyne.Resource {
	switch s {
	case transfer.StatePaused:
		return theme.NewWarningThemedResource(theme.MediaPauseIcon())
	case transfer.StateStopped:
		return theme.NewColoredResource(theme.MediaStopIcon(), widgets.ColorMuted)
	default:
		return theme.NewWarningThemedResource(theme.WarningIcon())
	}
}

func pendingCause(e *env, now transfer.Snapshot) string {
	if now.State != transfer.StatePaused {
		return ""
	}
	return e.Error(words.Cause(now.Run))
}

// pendingWhen says when a paused run goes on by itself; at is zero when it does not.
func pendingWhen(e *env, now transfer.Snapshot, at time.Time) string {
	switch {
	case now.State != transfer.StatePaused:
		return ""
	case now.Cause.AtSignIn():
		return e.T("transfer.after-sign-in")
	case at.IsZero():
		return ""
	case words.SameDay(at, e.Now()):
		return e.T("transfer.retry-at", e.Clock(at))
	default:
		return e.T("transfer.retry-on", e.Moment(at))
	}
}

// leftLine says how much of the run is done and what is left.
func leftLine(e *env, now transfer.Snapshot) string {
	switch {
	case now.Phase == transfer.PhaseRead && now.Done == 0:
		return e.T("transfer.left.start")
	case now.Phase == transfer.PhaseRead && now.Cause == domain.KindCount: // it begins anew
		return e.T("transfer.left.count", now.Of, now.Done)
	case now.Phase == transfer.PhaseRead:
		return e.T("transfer.left.read", now.Done, max(now.Of, now.Done))
	default:
		return e.T("transfer.left", now.Done, now.Of, now.Of-now.Done)
	}
}
