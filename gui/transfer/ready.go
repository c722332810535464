package transfer

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/quota"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// readyPanel offers a preview that was made and neither confirmed nor discarded: it cost reads, and the
// wizard it was made in is closed.
type readyPanel struct {
	e      *env
	object fyne.CanvasObject
	when   *widgets.Text
}

func newReadyPanel(e *env, openIt func()) *readyPanel {
	p := &readyPanel{e: e, when: widgets.NewBody("")}
	open := widgets.NewIconButton(e.T("plan.ready.open"), theme.VisibilityIcon(), openIt)
	p.object = widgets.NewPanel(container.NewVBox(
		widgets.NewBorder(nil, nil, widget.NewIcon(theme.DocumentIcon()), nil, widgets.NewBody(e.T("plan.ready")).Bold()),
		p.when, container.NewHBox(open, layout.NewSpacer())))
	p.object.Hide()
	return p
}

func (p *readyPanel) set(f transferFound) {
	if f.ready() && f.planned != nil {
		plan, e := f.planned.plan, p.e
		p.when.SetText(e.T("plan.ready.when", domain.FormatTime(plan.ReadAt, e.Lang), plan.Read, plan.Matched, plan.Unmatched))
	}
	widgets.ShowIf(p.object, f.ready() && f.planned != nil)
}

// readyPlan is the wizard's plan for a preview that was made before; its counts are fetched by the step.
func readyPlan(job *transfer.Job, plan transfer.Plan, usage quota.Usage) *wizardPlan {
	return &wizardPlan{job: job, options: plan.Options, measured: true, cost: plan.Cost, usage: usage, preview: &preview{plan: plan}}
}
