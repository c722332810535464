package sync

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/sync"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/domain/words"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// pendingPanel tells of a sync that is not finished and does not wait at its brakes: why it rests, how far it is,
// and the button that mends it.
type pendingPanel struct {
	e      *env
	object fyne.CanvasObject
	icon   *widget.Icon
	title  *widgets.Text
	why    *widgets.Text
	left   *widgets.Text
	signIn *widgets.Button
	goOn   *widgets.Button
}

func newPendingPanel(e *env, resume func()) *pendingPanel {
	p := &pendingPanel{e: e, icon: widget.NewIcon(nil), title: widgets.NewBody("").Bold(), why: widgets.NewBody(""), left: widgets.NewMuted("")}
	p.signIn = widgets.NewIconButton(e.T("transfer.reauthorise"), theme.LoginIcon(), func() { e.Frame.Open(kit.PlaceAPI) }).Primary()
	p.goOn = widgets.NewIconButton(e.T("sync.go-on"), theme.MediaPlayIcon(), resume)
	p.object = widgets.NewPanel(container.NewVBox(
		widgets.NewBorder(nil, nil, p.icon, nil, p.title), p.why, p.left,
		container.NewHBox(p.signIn, p.goOn, layout.NewSpacer())))
	p.object.Hide()
	return p
}

// pending tells whether there is something to go on with. A run that was given up at its brakes is none: going on
// would stop there again.
func pending(f found) bool {
	if f.left == nil || f.braked() {
		return false
	}
	r := f.left.Sync()
	untouched := r.Counters.Matched > 0 && r.Counters.Pending == r.Counters.Matched
	return r.State != transfer.StateStopped || len(r.Brakes) == 0 || !untouched
}

// stale tells whether what was read is too old to go on with.
func stale(r sync.Run) bool {
	return r.Cause == domain.KindStalePlan || r.Cause == domain.KindCount
}

// set shows what there is, and tells whether the blue button is here.
func (p *pendingPanel) set(f found) (blue bool) {
	if !pending(f) {
		p.object.Hide()
		return false
	}
	e, now := p.e, f.left.Snapshot()
	r := f.left.Sync()
	icon, title := theme.NewWarningThemedResource(theme.MediaPauseIcon()), "sync.interrupted"
	var why string
	switch r.State {
	case transfer.StatePaused:
		title, why = "sync.paused", e.Error(words.Cause(r.Run))
		if stale(r) {
			why = e.T("sync.stale")
		}
		if on := e.GoesOn(e.runner.GoesOnAt(), e.Now()); on != "" {
			why += " " + on
		}
	case transfer.StateStopped:
		icon, title = theme.NewColoredResource(theme.MediaStopIcon(), widgets.ColorMuted), "sync.stopped"
	default:
	}
	p.icon.SetResource(icon)
	p.title.SetText(e.T(title))
	widgets.SetOrHide(p.why, why)
	widgets.SetOrHide(p.left, leftLine(e, now))
	wants := r.State == transfer.StatePaused && r.Cause.AtSignIn()
	widgets.ShowIf(p.signIn, wants)
	widgets.ShowIf(p.goOn, !stale(r))
	p.goOn.Importance = widget.HighImportance
	if wants {
		p.goOn.Importance = widget.MediumImportance
	}
	widgets.EnableIf(p.goOn, f.ready())
	p.goOn.Refresh()
	p.object.Show()
	p.object.Refresh()
	return !stale(r)
}

func leftLine(e *env, now transfer.Snapshot) string {
	switch {
	case now.Of == 0:
		return ""
	case now.Phase == transfer.PhaseRead:
		return e.T("sync.left.read", now.Done, max(now.Of, now.Done))
	default:
		return e.T("sync.left", now.Done, now.Of)
	}
}
