package sync

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/sopyo/sopyo-desktop/domain/sync"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// pastPanel lists the newest syncs.
type pastPanel struct {
	e      *env
	object fyne.CanvasObject
	lines  *fyne.Container
	all    *widgets.Button
	pick   func(sync.Run)
}

func newPastPanel(e *env, pick func(sync.Run)) *pastPanel {
	p := &pastPanel{e: e, lines: container.NewVBox(), pick: pick}
	p.all = widgets.NewIconButton("", theme.ListIcon(), func() { e.Push(newRunList(e, pick)) })
	p.all.Importance = widget.LowImportance
	p.object = container.NewVBox(
		container.NewHBox(widgets.NewBody(e.T("sync.runs.last")).Bold().OneLine(), layout.NewSpacer(), p.all),
		widgets.NewPanel(p.lines))
	return p
}

func (p *pastPanel) set(runs []sync.Run, total int) {
	p.lines.RemoveAll()
	for _, r := range runs {
		i := widgets.NewItem("", p.e.Moment(r.CreatedAt)+" · "+p.e.SyncEnd(r), theme.HistoryIcon(), func() { p.pick(r) })
		i.SetSub(p.e.SyncBegun(r.Request))
		i.SetMark(theme.NavigateNextIcon(), p.e.T("sync.run.open"))
		p.lines.Add(i)
	}
	p.all.SetText(p.e.T("sync.all", total))
	widgets.ShowIf(p.object, total > 0)
}
