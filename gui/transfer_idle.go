package gui

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// transferIdle is section 5 while nothing works: start, go on with what is left, see what came of the
// last one.
type transferIdle struct {
	s      *transferSection
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

func newTransferIdle(s *transferSection) *transferIdle {
	e := s.e
	v := &transferIdle{s: s, why: widgets.NewBanner(), waking: widgets.NewMuted(e.t("transfer.loading"))}
	v.start = widgets.NewIconButton(e.t("transfer.start"), theme.DownloadIcon(), s.openWizard)
	v.start.Importance = widget.HighImportance
	v.start.Disable()
	v.jump = widgets.NewButton(e.t("transfer.to-api"), func() { s.page.open(sectionAPI) })
	v.again = widgets.NewButton(e.t("transfer.retry"), s.load)
	v.left, v.ready = newPendingPanel(s), newReadyPanel(s)
	v.lines, v.count = widgets.NewBody(""), widgets.NewMuted("")
	details := widgets.NewButton(e.t("transfer.last.details"), func() { s.page.open(sectionCounters) })
	v.retry = widgets.NewIconButton(e.t("transfer.retry-failed"), theme.ViewRefreshIcon(), s.retryFailed)
	v.last = widgets.NewPanel(container.NewVBox(
		widgets.NewBody(e.t("transfer.last")).Bold(), v.lines, v.count,
		container.NewHBox(details, v.retry, layout.NewSpacer())))
	v.last.Hide()
	v.object = container.NewVScroll(container.NewVBox(
		widgets.NewMuted(e.t("transfer.intro")), v.why,
		container.NewHBox(v.start, layout.NewSpacer()),
		v.waking, widgets.Gap(4), v.left.object, v.ready.object, v.last))
	return v
}

// fail says that the stores did not answer.
func (v *transferIdle) fail(err error) {
	v.waking.Hide()
	v.start.Disable()
	v.why.Say(widgets.BannerError, errorText(v.s.e.text, err), v.again)
	v.object.Refresh()
}

func (v *transferIdle) set(f transferFound) {
	e := v.s.e
	switch {
	case !f.connection.Authorised:
		v.why.Say(widgets.BannerWarning, e.t("transfer.needs-sign-in"), v.jump)
	case !f.settings.IntegrationOn:
		v.why.Say(widgets.BannerWarning, e.t("transfer.needs-integration"), v.jump)
	default:
		v.why.Hide()
	}
	v.left.set(f)
	v.ready.set(f)
	v.start.Importance = widget.HighImportance
	if f.job != nil { // one primary button: going on comes first
		v.start.Importance = widget.MediumImportance
	}
	if f.ready() {
		v.start.Enable()
	} else {
		v.start.Disable()
	}
	v.start.Refresh()
	v.waking.SetText(e.t("transfer.never"))
	if f.hasLast {
		v.waking.Hide()
	} else {
		v.waking.Show()
	}
	v.setLast(f)
	v.object.Refresh()
}

func (v *transferIdle) setLast(f transferFound) {
	e := v.s.e
	if !f.hasLast || f.job != nil && f.job.Snapshot().ID == f.last.ID {
		v.last.Hide()
		return
	}
	v.lines.SetText(lastLine(e, f.last))
	c := f.last.Counters
	parts := []string{e.t("transfer.last.counts", c.Transferred, c.Matched, c.Unmatched)}
	if c.Skipped > 0 {
		parts = append(parts, e.t("transfer.last.skipped", c.Skipped))
	}
	if c.Failed > 0 {
		parts = append(parts, e.t("transfer.last.failed", c.Failed))
	}
	v.count.SetText(strings.Join(parts, ", "))
	showIf(v.retry, c.Failed > 0 && f.job == nil && f.ready())
	v.last.Show()
}

// lastLine says how the run ended, when, and how long it worked.
func lastLine(e *env, r transfer.Run) string { return endedLine(e, r) + "\n" + whenLine(e, r) }

// endedLine says how the run ended.
func endedLine(e *env, r transfer.Run) string {
	switch r.State {
	case transfer.StateDone:
		return e.t("transfer.done")
	case transfer.StatePartlyDone:
		return e.t("transfer.partly-done")
	case transfer.StateFailed:
		return e.t("transfer.failed") + " " + errorText(e.text, causeOf(r))
	default:
		return e.t("state." + string(r.State))
	}
}
