package transfer

import (
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// openWizard begins a new transfer.
func (s *Page) openWizard() {
	if s.running.busy() || !s.found.ready() {
		return
	}
	s.openWizardWith(transfer.DefaultOptions(s.found.settings.Currency), func(w *transferWizard) { w.show(stepWhat) })
}

// openWizardWith opens the wizard with those choices, and show brings its first step into view.
func (s *Page) openWizardWith(o transfer.Options, show func(*transferWizard)) {
	s.e.runner.Forget() // the new transfer overtakes one that waits
	s.wizard = newTransferWizard(s, o)
	s.view(s.wizard.object)
	show(s.wizard)
}

// newTransferWizard makes the wizard with its steps.
func newTransferWizard(s *Page, o transfer.Options) *transferWizard {
	e := s.e
	w := &transferWizard{
		s: s, options: o,
		where: widgets.NewCaption(""), name: widgets.NewBody("").Bold(), middle: container.NewStack(),
	}
	w.plan = &wizardPlan{}
	w.cancel = widgets.NewButton(e.T("wizard.cancel"), s.leaveWizard)
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
