package gui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/sopyo/sopyo-desktop/domain/quota"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// footer is the bottom of the frame: what the month has cost at İşbaşı, and the last transfer.
type footer struct {
	e             *kit.Env
	object        fyne.CanvasObject
	reads, writes *widgets.Meter
	working       *widgets.Text // how many transfers are at work, of all companies
	last          *widgets.Text
	sign          *widget.Icon
}

func newFooter(e *kit.Env) *footer {
	f := &footer{
		e: e, reads: widgets.NewMeter(e.T("quota.reads.help")), writes: widgets.NewMeter(e.T("quota.writes.help")),
		working: widgets.NewCaption("").OneLine(), last: widgets.NewCaption("").OneLine(), sign: widget.NewIcon(nil),
	}
	f.sign.Hide()
	f.reads.Set(e.T("quota.reads", 0, quota.ReadLimit), 0)
	f.writes.Set(e.T("quota.writes", 0, quota.WriteLimit), 0)
	f.object = container.NewStack(widgets.NewSurface(widgets.ColorSide, "", 0), container.NewHBox(
		widgets.NewCaption(e.T("quota.title")).OneLine(), widgets.Centred(f.reads), widgets.Gap(8), widgets.Centred(f.writes),
		layout.NewSpacer(), f.working, widgets.Gap(8), f.last, widgets.Centred(f.sign), widgets.Gap(8)))
	return f
}

// showWork says how many transfers are at work.
func (f *footer) showWork(n int) {
	switch n {
	case 0:
		f.working.SetText("")
	case 1:
		f.working.SetText(f.e.T("work.one"))
	default:
		f.working.SetText(f.e.T("work.several", n))
	}
}

func (f *footer) show(x kit.Facts) {
	f.meter(f.reads, x.Usage, quota.Read, "quota.reads")
	f.meter(f.writes, x.Usage, quota.Write, "quota.writes")
	if x.Saved > 0 {
		f.reads.SetToolTip(f.reads.ToolTip() + " " + f.e.T("quota.saved", x.Saved))
	}
	if !x.HasRun {
		f.last.SetText(f.e.T("last.none"))
		f.sign.Hide()
		return
	}
	at := x.Run.FinishedAt
	if at.IsZero() {
		at = x.Run.CreatedAt
	}
	f.last.SetText(f.e.T("last.at", f.e.Clock(at), f.e.T("last."+lastWord(x.Run.State))))
	f.sign.SetResource(lastSign(x.Run.State))
	f.sign.Show()
}

// meter shows what was spent of k; its help says what the figure cannot: the reserve, whose calls they
// are, and since when İşbaşı gives no more.
func (f *footer) meter(m *widgets.Meter, u quota.Usage, k quota.Kind, key string) {
	limit, spent := u.Limit(k), u.Spent(k)
	if limit <= 0 {
		return
	}
	words, ratio, help := f.e.T(key, spent, limit), float32(spent)/float32(limit), f.e.T(key+".help")
	if n := u.Reserve(k); n > 0 {
		help += " " + f.e.T("quota.reserve.help", n)
	}
	if own := (map[quota.Kind]int{quota.Read: u.Reads, quota.Write: u.Writes}[k]); spent > own {
		help += " " + f.e.T("quota.shared.help", own)
	}
	if x := u.Exhausted(k); x.Is() {
		words, ratio = words+" · "+f.e.T("quota.exhausted"), 1
		help += " " + f.e.T("quota.exhausted.help", f.e.Moment(x.Since), f.e.Moment(x.NextProbe()))
	}
	m.Set(words, ratio)
	m.SetToolTip(help)
}

// lastWord is the end of the key that says how the last transfer stands.
func lastWord(s transfer.State) string {
	switch s {
	case transfer.StateDone:
		return "done"
	case transfer.StatePartlyDone:
		return "partly"
	case transfer.StateFailed:
		return "failed"
	case transfer.StateStopped:
		return "stopped"
	case transfer.StatePaused:
		return "paused"
	default:
		return "going"
	}
}

func lastSign(s transfer.State) fyne.Resource {
	switch lastWord(s) {
	case "done":
		return theme.NewColoredResource(theme.ConfirmIcon(), theme.ColorNameSuccess)
	case "failed":
		return theme.NewColoredResource(theme.ErrorIcon(), theme.ColorNameError)
	case "going":
		return theme.NewColoredResource(theme.MediaPlayIcon(), theme.ColorNamePrimary)
	default:
		return theme.NewColoredResource(theme.MediaPauseIcon(), theme.ColorNameWarning)
	}
}
