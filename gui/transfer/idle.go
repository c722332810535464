package transfer

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// idle is the page while nothing works: what came of the last transfer, going on with what is left, starting anew.
type idle struct {
	e      *env
	object fyne.CanvasObject
	body   *fyne.Container // in the scroll

	start   *widgets.Button
	chosen  *widgets.Text // with which options
	change  *widgets.Button
	options fyne.CanvasObject // the line of both
	why     *widgets.Banner   // why start is off, or what could not be fetched
	jump    *widgets.Button
	again   *widgets.Button
	waking  *widgets.Text

	details Details
	left    *pendingPanel
	ready   *readyPanel
	retry   *widgets.Button // what failed in the last one
	found   transferFound
	waiting int // rows that wait for a decision, of the transfer that is shown
}

// idleActs is what can be begun from here.
type idleActs struct {
	open      func() // the wizard
	change    func() // the wizard, at its options
	openReady func() // the wizard, at the preview that is ready
	load      func()
	retry     func()
	start     func(*transfer.Job)
}

func newTransferIdle(e *env, r *kit.Working, details Details, acts idleActs) *idle {
	v := &idle{e: e, details: details, why: widgets.NewBanner(), waking: widgets.NewMuted(e.T("transfer.loading"))}
	v.start = widgets.NewIconButton(e.T("transfer.start"), theme.DownloadIcon(), acts.open).Primary()
	v.start.Disable()
	v.jump = widgets.NewButton(e.T("transfer.to-api"), func() { e.Frame.Open(kit.PlaceAPI) })
	v.again = widgets.NewButton(e.T("transfer.retry"), acts.load)
	v.left, v.ready = newPendingPanel(e, r, acts.start), newReadyPanel(e, acts.openReady)
	v.retry = widgets.NewIconButton(e.T("transfer.retry-failed"), theme.ViewRefreshIcon(), acts.retry)
	v.retry.Hide()
	v.chosen = widgets.NewMuted("")
	v.change = widgets.NewIconButton(e.T("transfer.change"), theme.NavigateNextIcon(), acts.change)
	v.change.Importance, v.change.IconPlacement = widget.LowImportance, widget.ButtonIconTrailingText
	v.options = widgets.NewBorder(nil, nil, nil, widgets.Centred(v.change), v.chosen)
	v.options.Hide()
	details.Watch(func(waiting int) {
		v.waiting = waiting
		v.stress()
		v.body.Refresh() // it is higher or lower than it was
	})
	v.body = container.NewVBox(details.Content(), widget.NewSeparator(), v.why, v.left.object, v.ready.object, v.waking,
		container.NewHBox(v.start, v.retry, layout.NewSpacer()), v.options)
	v.object = container.NewVScroll(widgets.BesideBar(widgets.MaxWidth(bodyWidth, v.body)))
	return v
}

// bodyWidth keeps buttons near what they are about in a wide window.
const bodyWidth = 720

// fail says that the stores did not answer.
func (v *idle) fail(err error) {
	v.waking.Hide()
	v.start.Disable()
	v.why.Say(widgets.BannerError, v.e.Error(err), v.again)
	v.body.Refresh()
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
	v.found = f
	v.left.set(f)
	v.ready.set(f)
	v.waking.Hide()
	widgets.EnableIf(v.start, f.ready())
	widgets.ShowIf(v.options, f.ready())
	if f.ready() {
		v.chosen.SetText(e.T("transfer.options", optionsLine(e, f.options())))
	}
	failed := f.hasLast && f.last.Counters.Failed > 0
	widgets.ShowIf(v.retry, failed && f.job == nil && f.ready())
	v.stress()
	v.body.Refresh()
}

// primary presses the button that stands out.
func (v *idle) primary() {
	if v.waiting > 0 {
		v.details.Decide()
		return
	}
	for _, b := range []*widgets.Button{v.left.signIn, v.left.goOn, v.left.anew, v.start, v.jump} {
		if b.Visible() && b.Importance == widget.HighImportance && !b.Disabled() && (b == v.start || b == v.jump || v.left.object.Visible()) {
			b.OnTapped()
			return
		}
	}
}

// stress leaves one button that stands out, the topmost thing to do: deciding, then going on, then starting.
func (v *idle) stress() {
	first := v.waiting == 0 && v.found.job == nil
	setPrimary(v.start, first && v.found.ready())
	setPrimary(v.jump, first && !v.found.ready())
	v.left.stress(v.waiting == 0)
}
