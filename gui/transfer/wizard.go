package transfer

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/gui/kit"
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
	e       *env
	running *kit.Working
	start   func(*transfer.Job) // carries it out
	leave   func()              // closes the wizard
	over    bool                // it was closed
	object  fyne.CanvasObject

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

// show brings a step into view.
func (w *transferWizard) show(step int) {
	e := w.e
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
	w.e.Win.Canvas().Focus(f)
}

// goNext leaves the step in view for the next one; the last one starts the transfer.
func (w *transferWizard) goNext() {
	if w.over || w.rules != nil || w.next.Disabled() || !w.steps[w.at].Leave() {
		return
	}
	if w.at < stepConfirm {
		w.show(w.at + 1)
		return
	}
	if job := w.plan.job; job != nil {
		w.next.Disable()
		w.start(job)
	}
}

// goBack closes what is open: the rules, the step, the wizard.
func (w *transferWizard) goBack() {
	switch {
	case w.over || w.running.IsBusy():
	case w.rules != nil:
		w.show(w.at)
	case w.at > stepWhat:
		w.show(w.at - 1)
	default:
		w.leave()
	}
}

// openRules shows the rules in place of the step.
func (w *transferWizard) openRules() {
	e := w.e
	w.rules = newRulesViewer(e)
	w.name.SetText(e.T("rules.title"))
	w.where.Hide()
	w.back.Show()
	w.next.Hide()
	w.fill(w.rules.object)
	w.focus(w.back)
}

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

// measure asks İşbaşı how much there is (one read), unless that is known for the options chosen.
func (w *transferWizard) measure(done func(error)) {
	e, o, p := w.e, w.options, w.plan
	if p.job != nil && p.options == o && p.measured {
		done(nil)
		return
	}
	job := p.job
	if p.options != o || job != nil && job.Snapshot().State.Finished() {
		job = nil // one that failed for good answers no more
	}
	e.Keep(func(ctx context.Context) {
		next, err := measured(ctx, e.co, o, job)
		e.Do(func() {
			if e.Ctx.Err() != nil || w.over {
				return
			}
			*p = next
			e.Frame.Refresh() // it has cost a read
			done(err)
		})
	})
}
