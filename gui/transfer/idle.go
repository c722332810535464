package transfer

import (
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

// idle is section 5 while nothing works: start, go on with what is left, see what came of the
// last one.
type idle struct {
	e      *env
	object fyne.CanvasObject

	start  *widgets.Button
	why    *widgets.Banner // why start is off, or what could not be fetched
	jump   *widgets.Button
	again  *widgets.Button
	waking *widgets.Text

	left  *pendingPanel
	ready *readyPanel
	last  fyne.CanvasObject
	lines *widgets.Text
	count *widgets.Text
	retry *widgets.Button // what failed in the last one
}

// idleActs is what can be begun from here.
type idleActs struct {
	open      func() // the wizard
	openReady func() // the wizard, at the preview that is ready
	load      func()
	retry     func()
	start     func(*transfer.Job)
}

func newTransferIdle(e *env, r *kit.Working, acts idleActs) *idle {
	v := &idle{e: e, why: widgets.NewBanner(), waking: widgets.NewMuted(e.T("transfer.loading"))}
	v.start = widgets.NewIconButton(e.T("transfer.start"), theme.DownloadIcon(), acts.open).Primary()
	v.start.Disable()
	v.jump = widgets.NewButton(e.T("transfer.to-api"), func() { e.Frame.Open(kit.PlaceAPI) })
	v.again = widgets.NewButton(e.T("transfer.retry"), acts.load)
	v.left, v.ready = newPendingPanel(e, r, acts.start), newReadyPanel(e, acts.openReady)
	v.lines, v.count = widgets.NewBody(""), widgets.NewMuted("")
	details := widgets.NewButton(e.T("transfer.last.details"), func() { e.Frame.Open(kit.PlaceReview) })
	v.retry = widgets.NewIconButton(e.T("transfer.retry-failed"), theme.ViewRefreshIcon(), acts.retry)
	v.last = widgets.NewPanel(container.NewVBox(
		widgets.NewBody(e.T("transfer.last")).Bold(), v.lines, v.count,
		container.NewHBox(details, v.retry, layout.NewSpacer())))
	v.last.Hide()
	v.object = container.NewVScroll(container.NewVBox(
		widgets.NewMuted(e.T("transfer.intro")), v.why,
		container.NewHBox(v.start, layout.NewSpacer()),
		v.waking, widgets.Gap(4), v.left.object, v.ready.object, v.last))
	return v
}

// fail says that the stores did not answer.
func (v *idle) fail(err error) {
	v.waking.Hide()
	v.start.Disable()
	v.why.Say(widgets.BannerError, v.e.Error(err), v.again)
	v.object.Refresh()
}

func (v *idle) set(f transferFound) {
	e := v.e
	switch {
	case !f.connection.Authorised:
		v.why.Say(widgets.BannerWarning, e.T("transfer.needs-sign-in"), v.jump)
	case !f.settings.IntegrationOn:
		v.why.Say(widgets.BannerWarning, e.T("transfer.needs-integration"), v.jump)
	default:
		v.why.Hide()
	}
	v.left.set(f)
	v.ready.set(f)
	v.start.Importance = widget.HighImportance
	if f.job != nil { // one primary button: going on comes first
		v.start.Importance = widget.MediumImportance
	}
	widgets.EnableIf(v.start, f.ready())
	v.start.Refresh()
	v.waking.SetText(e.T("transfer.never"))
	widgets.ShowIf(v.waking, !f.hasLast)
	v.setLast(f)
	v.object.Refresh()
}

func (v *idle) setLast(f transferFound) {
	e := v.e
	if !f.hasLast || f.job != nil && f.job.Snapshot().ID == f.last.ID {
		v.last.Hide()
		return
	}
	v.lines.SetText(e.RunEnd(f.last) + "\n" + e.RunFigures(f.last))
	c := f.last.Counters
	parts := []string{e.T("transfer.last.counts", c.Transferred, c.Matched, c.Unmatched)}
	if c.Skipped > 0 {
		parts = append(parts, e.T("transfer.last.skipped", c.Skipped))
	}
	if c.Failed > 0 {
		parts = append(parts, e.T("transfer.last.failed", c.Failed))
	}
	v.count.SetText(strings.Join(parts, ", "))
	widgets.ShowIf(v.retry, c.Failed > 0 && f.job == nil && f.ready())
	v.last.Show()
}
