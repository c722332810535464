package transfer

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// The steps of the wizard.
const (
	stepWhat = iota + 1
	stepHow
	stepPreview
	stepConfirm
)

// wizardStep is one screen of the wizard.
type wizardStep interface {
	Content() fyne.CanvasObject
	// Show is called when the step comes into view.
	Show()
	// Leave is called before the next step comes; false keeps this one, which has said why.
	Leave() bool
	// first is where the keyboard begins; nil: at the primary button.
	first() fyne.Focusable
}

// transferWizard is Logo İşbaşı Aktarım Sihirbazı: four steps in the page. Nothing is written to the
// catalogue before the last one.
type transferWizard struct {
	s      *Page
	object fyne.CanvasObject

	options transfer.Options
	plan    *wizardPlan

	at     int
	steps  map[int]wizardStep
	where  *widgets.Text
	name   *widgets.Text
	middle *fyne.Container
	cancel *widgets.Button
	back   *widgets.Button
	next   *widgets.Button
	rules  *rulesViewer // nil while it is closed
}

func newTransferWizard(s *Page, o transfer.Options) *transferWizard {
	e := s.e
	w := &transferWizard{
		s: s, options: o,
		where: widgets.NewCaption(""), name: widgets.NewBody("").Bold(), middle: container.NewStack(),
	}
	w.plan = &wizardPlan{w: w}
	w.cancel = widgets.NewButton(e.T("wizard.cancel"), s.leaveWizard)
	w.back = widgets.NewIconButton(e.T("wizard.back"), theme.NavigateBackIcon(), w.goBack)
	w.next = widgets.NewButton(e.T("transfer.wizard.next"), w.goNext)
	w.next.Importance = widget.HighImportance
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

// show brings a step into view.
func (w *transferWizard) show(step int) {
	e := w.s.e
	w.at, w.rules = step, nil
	names := map[int]string{
		stepWhat: "wizard.what", stepHow: "wizard.how", stepPreview: "wizard.preview", stepConfirm: "wizard.confirm",
	}
	w.where.SetText(e.T("transfer.wizard.step", step, len(w.steps)))
	w.where.Show()
	w.name.SetText(e.T(names[step]))
	w.next.SetText(e.T("transfer.wizard.next"))
	w.next.SetIcon(nil)
	if step == stepConfirm {
		w.next.SetText(e.T("wizard.approve"))
		w.next.SetIcon(theme.ConfirmIcon())
	}
	widgets.ShowIf(w.back, step > stepWhat)
	w.next.Show()
	w.next.Enable()
	w.fill(w.steps[step].Content())
	w.steps[step].Show()
	w.focus(w.steps[step].first())
}

// fill puts content between head and foot; what is too tall scrolls there.
func (w *transferWizard) fill(content fyne.CanvasObject) {
	w.middle.Objects = []fyne.CanvasObject{content}
	w.middle.Refresh()
}

func (w *transferWizard) focus(f fyne.Focusable) {
	if f == nil {
		f = w.next
	}
	w.s.e.Win.Canvas().Focus(f)
}

// goNext leaves the step in view for the next one; the last one starts the transfer.
func (w *transferWizard) goNext() {
	if w.closed() || w.rules != nil || w.next.Disabled() || !w.steps[w.at].Leave() {
		return
	}
	if w.at < stepConfirm {
		w.show(w.at + 1)
		return
	}
	if job := w.plan.job; job != nil {
		w.next.Disable()
		w.s.run(job)
	}
}

// goBack closes what is open: the rules, the step, the wizard.
func (w *transferWizard) goBack() {
	switch {
	case w.closed() || w.s.work.busy():
	case w.rules != nil:
		w.show(w.at)
	case w.at > stepWhat:
		w.show(w.at - 1)
	default:
		w.s.leaveWizard()
	}
}

// openRules shows the rules in place of the step.
func (w *transferWizard) openRules() {
	e := w.s.e
	w.rules = newRulesViewer(e)
	w.name.SetText(e.T("rules.title"))
	w.where.Hide()
	w.back.Show()
	w.next.Hide()
	w.fill(w.rules.object)
	w.focus(w.back)
}

func (w *transferWizard) closed() bool { return w.s.wizard != w }

// typedKey takes Enter and Esc when nothing has the focus.
func (w *transferWizard) typedKey(k *fyne.KeyEvent) bool {
	switch k.Name {
	case fyne.KeyReturn, fyne.KeyEnter:
		w.goNext()
	case fyne.KeyEscape:
		w.goBack()
	default:
		return false
	}
	return true
}

// wizardField is a widget that can be told what Enter and Esc do.
type wizardField interface {
	SetEnter(f func())
	SetEscape(f func())
}

// bind gives the fields of a step the keys of the wizard.
func (w *transferWizard) bind(fields ...wizardField) {
	for _, f := range fields {
		f.SetEnter(w.goNext)
		f.SetEscape(w.goBack)
	}
}
