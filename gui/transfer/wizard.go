package transfer

import (
	"context"

	"fyne.io/fyne/v2"

	"github.com/sopyo/sopyo-desktop/domain/quota"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// The steps of the wizard. It opens at the first; the others are ways to look closer.
const (
	stepSummary = iota
	stepOptions
	stepPreview
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

// transferWizard is Logo İşbaşı Aktarım Sihirbazı: one page that says what will happen, and starts it. It covers the whole
// width right of the menu, and stays open while another page is in view.
type transferWizard struct {
	e       *env
	running *kit.Working
	start   func(*transfer.Job) // carries it out
	leave   func()              // closes the wizard
	over    bool                // it was closed
	covers  bool                // it is in view
	object  fyne.CanvasObject

	found   transferFound
	options transfer.Options
	plan    *wizardPlan

	at      int
	steps   map[int]wizardStep
	summary *wizardSummary
	name    *widgets.Text
	middle  *fyne.Container
	cancel  *widgets.Button
	back    *widgets.Button
	next    *widgets.Button
	rules   *rulesViewer // nil while it is closed
}

// Content is always the same object.
func (w *transferWizard) Content() fyne.CanvasObject { return w.object }

// WizardOpen tells that the Tab key stays inside it.
func (w *transferWizard) WizardOpen() bool { return true }

// Show is called when the wizard comes into view.
func (w *transferWizard) Show() {
	w.covers = true
	w.focus(w.steps[w.at].first())
}

// Left is called when it goes out of view.
func (w *transferWizard) Left() { w.covers = false }

// show brings a step into view.
func (w *transferWizard) show(step int) {
	e := w.e
	w.at, w.rules = step, nil
	names := map[int]string{stepSummary: "", stepOptions: "wizard.options", stepPreview: "wizard.preview"}
	w.name.SetText("")
	if key := names[step]; key != "" {
		w.name.SetText(e.T(key))
	}
	w.next.SetText(e.T("wizard.approve"))
	if step == stepOptions {
		w.next.SetText(e.T("ok"))
	}
	widgets.ShowIf(w.back, step != stepSummary)
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

// goNext is the primary button: it starts the transfer, or goes back to the summary with the options that were chosen.
func (w *transferWizard) goNext() {
	switch {
	case w.over || w.rules != nil || w.next.Disabled() || !w.steps[w.at].Leave():
	case w.at == stepOptions:
		w.show(stepSummary)
	default:
		w.approve()
	}
}

// goBack closes what is open: the rules, the step, the wizard.
func (w *transferWizard) goBack() {
	switch {
	case w.over || w.running.IsBusy():
	case w.rules != nil:
		w.show(w.at)
	case w.at == stepOptions && !w.steps[w.at].Leave():
	case w.at != stepSummary:
		w.show(stepSummary)
	default:
		w.leave()
	}
}

// openRules shows the rules in place of the step.
func (w *transferWizard) openRules() {
	e := w.e
	w.rules = newRulesViewer(e)
	w.name.SetText(e.T("rules.title"))
	w.back.Show()
	w.next.Hide()
	w.fill(w.rules.object)
	w.focus(w.back)
}

// TypedKey takes Enter and Esc when nothing has the focus.
func (w *transferWizard) TypedKey(k *fyne.KeyEvent) bool {
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

// spend says what the month has left now.
func (w *transferWizard) spend(u quota.Usage) {
	w.found.usage, w.plan.usage = u, u
	w.summary.cost.SetText(w.costAhead())
	if p, ok := w.steps[stepPreview].(*wizardPreview); ok && w.prepared() {
		p.cost.SetText(costLine(w.e, w.plan))
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
