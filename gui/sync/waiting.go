package sync

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/sopyo/sopyo-desktop/domain/sync"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// waitingPanel shows what waits for a person, by reason: one press decides a group.
type waitingPanel struct {
	e       *env
	decide  *decider
	object  fyne.CanvasObject
	fine    *widgets.Text
	panel   fyne.CanvasObject
	box     *fyne.Container
	groups  map[sync.Why]fyne.CanvasObject
	buttons []*widgets.Button
	busy    bool
}

func newWaitingPanel(e *env, d *decider) *waitingPanel {
	p := &waitingPanel{e: e, decide: d, fine: widgets.NewMuted(e.T("sync.waiting.fine")), box: container.NewVBox()}
	p.panel = widgets.NewPanel(p.box)
	p.object = container.NewVBox(widgets.NewBody(e.T("sync.waiting")).Bold(), p.fine, p.panel)
	p.set(nil)
	return p
}

// set shows the groups.
func (p *waitingPanel) set(groups []group) {
	p.buttons, p.groups = nil, map[sync.Why]fyne.CanvasObject{}
	p.box.RemoveAll()
	for i, g := range groups {
		if i > 0 {
			p.box.Add(widget.NewSeparator())
		}
		p.groups[g.why] = p.group(g)
		p.box.Add(p.groups[g.why])
	}
	widgets.ShowIf(p.fine, len(groups) == 0)
	widgets.ShowIf(p.panel, len(groups) > 0)
	p.enable()
	p.object.Refresh()
}

// setBusy turns the actions off while a sync works.
func (p *waitingPanel) setBusy(busy bool) {
	p.busy = busy
	p.enable()
}

func (p *waitingPanel) enable() {
	for _, b := range p.buttons {
		widgets.EnableIf(b, !p.busy)
	}
}

// group is one reason with what can be said of its fields.
func (p *waitingPanel) group(g group) fyne.CanvasObject {
	e := p.e
	acts := container.NewHBox()
	for _, v := range verdicts(g.why) {
		b := widgets.NewButton(verdictLabel(e, v), func() { p.decide.group(v, g.why, e.Said.Say) })
		p.buttons = append(p.buttons, b)
		acts.Add(b)
	}
	if switchedOff(g.why) {
		jump := widgets.NewButton(e.T("sync.to-process"), func() { e.Frame.Open(kit.PlaceProcess) })
		jump.Importance = widget.LowImportance
		acts.Add(jump)
	}
	acts.Add(layout.NewSpacer())
	if slices.Contains(verdicts(g.why), sync.VerdictNoted) { // it is entered at İşbaşı from the list
		export := widgets.NewIconButton(e.T("rows.export"), theme.DocumentSaveIcon(), func() { p.export(g.why) })
		p.buttons = append(p.buttons, export)
		acts.Add(export)
	}
	acts.Add(widgets.NewIconButton(e.T("sync.list"), theme.ListIcon(), func() { e.Push(newOpenList(e, p.decide, g.why)) }))
	return container.NewVBox(
		widgets.Tight(widgets.NewBody(e.T("sync.group", e.T("sync.why."+string(g.why)), g.fields)).Bold(), widgets.NewMuted(e.T("sync.about."+string(g.why)))),
		acts)
}

// export writes the fields that wait for a reason as an Excel file, and says where it is.
func (p *waitingPanel) export(why sync.Why) {
	e := p.e
	kit.Act(e.Env, "export", func(ctx context.Context) (string, error) {
		return e.co.ExportWaiting(ctx, e.Lang, sync.OpenQuery{Why: why})
	}, func(path string, err error) {
		if err != nil {
			e.Said.Say(widgets.BannerError, e.Error(err))
			return
		}
		e.Said.Say(widgets.BannerGood, e.T("rows.exported", path),
			widgets.NewIconButton(e.T("rows.show-folder"), theme.FolderOpenIcon(), func() { e.ShowFolder(path) }))
	})
}
