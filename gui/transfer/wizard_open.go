package transfer

import (
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// newTransferWizard makes the wizard with its steps: start is told the job that was confirmed, leave that there is none.
func newTransferWizard(e *env, r *kit.Working, f transferFound, o transfer.Options, start func(*transfer.Job), leave func()) *transferWizard {
	w := &transferWizard{
		e: e, running: r, start: start, leave: leave, found: f, options: o,
		name: widgets.NewMuted(""), middle: container.NewStack(),
	}
	w.plan = &wizardPlan{}
	w.cancel = widgets.NewButton(e.T("wizard.cancel"), leave)
	w.back = widgets.NewIconButton(e.T("wizard.back"), theme.NavigateBackIcon(), w.goBack)
	w.next = widgets.NewIconButton(e.T("wizard.approve"), theme.ConfirmIcon(), w.goNext).Primary()
	for _, b := range []*widgets.Button{w.cancel, w.back, w.next} {
		b.SetEscape(w.goBack)
	}
	w.summary = newWizardSummary(w)
	w.steps = map[int]wizardStep{stepSummary: w.summary, stepOptions: newWizardOptions(w), stepPreview: newWizardPreview(w)}
	head := container.NewVBox(container.NewHBox(widgets.NewTitle(e.T("wizard.title")).OneLine(), widgets.Centred(w.name.OneLine())), widget.NewSeparator())
	foot := container.NewVBox(widget.NewSeparator(),
		container.NewHBox(w.cancel, layout.NewSpacer(), w.back, w.next))
	w.object = widgets.Inset(12, 4, widgets.NewBorder(head, foot, nil, nil, w.middle))
	return w
}
