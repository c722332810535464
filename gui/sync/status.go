package sync

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"

	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// statusPanel is how a working sync stands.
type statusPanel struct {
	e       *env
	object  fyne.CanvasObject
	line    *widgets.Text
	figure  *widgets.Text
	says    *widgets.Text
	bar     *widgets.Progress
	last    *widgets.Text
	stop    *widgets.Button
	preview bool
}

func newStatusPanel(e *env, stop func()) *statusPanel {
	p := &statusPanel{
		e: e, line: widgets.NewBody("").Bold(), figure: widgets.NewBody("").OneLine(), says: widgets.NewMuted(""),
		bar: kit.NewProgress(e.Env), last: widgets.NewMuted("").OneLine(),
	}
	p.last.Truncation = fyne.TextTruncateEllipsis // a long name must not make the page jump
	p.stop = widgets.NewIconButton(e.T("sync.stop"), theme.MediaStopIcon(), func() {
		p.stop.Disable()
		p.line.SetText(e.T("sync.state.stopping"))
		stop()
	})
	p.object = widgets.NewPanel(container.NewVBox(
		widgets.NewBorder(nil, nil, nil, p.figure, p.line), p.bar, p.last,
		widgets.NewBorder(nil, nil, nil, container.NewHBox(layout.NewSpacer(), p.stop), p.says)))
	p.object.Hide()
	return p
}

// begin shows what was begun, preview or the whole.
func (p *statusPanel) begin(now transfer.Snapshot, preview bool) {
	p.preview = preview
	p.stop.Enable()
	p.says.SetText(p.e.T("sync.working.text"))
	if preview {
		p.says.SetText(p.e.T("sync.working.preview"))
	}
	p.object.Show()
	p.set(now, false)
}

// set draws how the job stands; stopping: a person has pressed Durdur.
func (p *statusPanel) set(now transfer.Snapshot, stopping bool) {
	stopping = stopping || now.State == transfer.StateStopping
	p.line.SetText(p.e.T(lineOf(now)))
	if stopping {
		p.line.SetText(p.e.T("sync.state.stopping"))
		p.stop.Disable()
	}
	p.figure.SetText("")
	p.bar.Set(0, 0)
	if now.Of > 0 && now.Phase != transfer.PhaseMatch {
		p.bar.Set(now.Done, now.Of)
		p.figure.SetText(p.e.T("status.of", now.Done, now.Of))
	}
	var parts []string
	if now.Left > 0 {
		parts = append(parts, p.e.T("status.left", p.e.Duration(now.Left)))
	}
	if now.LastName != "" {
		parts = append(parts, p.e.T("status.last", now.LastName))
	}
	p.last.SetText(strings.Join(parts, " · "))
}

// rest takes the panel away and stops whatever moves.
func (p *statusPanel) rest() {
	p.bar.Rest()
	p.object.Hide()
}

func lineOf(now transfer.Snapshot) string {
	switch {
	case now.Phase == transfer.PhaseApply || now.Phase == transfer.PhaseEnd:
		return "sync.working.applying"
	case now.Phase == transfer.PhaseMatch:
		return "sync.working.comparing"
	case now.Done == 0:
		return "sync.working.starting"
	default:
		return "sync.working.reading"
	}
}
