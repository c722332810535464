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
func newTransferWizard(e *env, r *kit.Working, o transfer.Options, start func(*transfer.Job), leave func()) *transferWizard {
	w := &transferWizard{
		e: e, running: r, start: start, leave: leave, options: o,
		where: widgets.NewCaption(""), name: widgets.NewBody("").Bold(), middle: container.NewStack(),
	}
	w.plan = &wizardPlan{}
	w.cancel = widgets.NewButton(e.T("wizard.cancel"), leave)
	w.back = widgets.NewIconButton(e.T("wizard.back"), theme.NavigateBackIcon(), w.goBack)
	w.next = widgets.NewButton(e.T("transfer.wizard.next"), w.goNext).Primary()
	for _, b := range []*widgets.Button{w.cancel, w.back, w.next} {
		b.SetEscape(w.goBack)
	}
	w.steps = map[int]wizardStep{
		stepWhat: newWizardWhat(w), stepHow: newWizardHow(w),
		stepPreview: newWizardPreview(w), stepConfirm: newWizardConfirm(w),
	}
	head := container.NewVBox(widgets.NewTitle(e.T("wizard.title")),
		container.NewHBox(w.where.OneLine(), w.name.OneLine()), widget.NewSeparator())
	foot := container.NewVBox(widget.NewSeparator(),
		container.NewHBox(w.cancel, layout.NewSpacer(), w.back, w.next))
	w.object = widgets.NewBorder(head, foot, nil, nil, w.middle)
	return w
}
