// Package transfer is section 5, Ürün Aktarımları: the wizard, a transfer at work, and what is left of the last one.
package transfer

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/gui/kit"
)

// Page is section 5, Ürün Aktarımları, and section 6, Aktarım Detayları: what came of the last transfer and what can be
// begun or gone on with; the wizard; and Aktarım Durumu while a transfer works. One of the three is in view.
type Page struct {
	e       *env
	details Details
	running *kit.Working

	root   *fyne.Container
	idle   *idle
	status *transferStatus
	wizard *transferWizard // nil while it is closed

	found transferFound
	known bool // found was found
	asked int  // which question to the stores is the newest
}

// New makes the section and looks at once for a transfer at work: it may have begun while
// another company was in view, or before the program was ended the last time.
func New(k *kit.Env, co Company, runner *transfer.Runner, details Details) *Page {
	e := &env{k, co, runner}
	s := &Page{e: e, details: details, running: &kit.Working{E: e.Env, Runner: runner, Busy: e.Frame.SetBusy}}
	s.idle = newTransferIdle(e, s.running, details, idleActs{open: func() { s.openWizard(stepSummary) }, change: func() { s.openWizard(stepOptions) }, openReady: s.openReady, load: s.load, retry: s.retryFailed, start: s.start})
	s.status = newTransferStatus(e, s.running.Stop)
	s.root = container.NewStack(s.idle.object)
	s.load()
	s.running.Watch(func(*transfer.Work) { s.Show() })
	return s
}

// Content is always the same object.
func (s *Page) Content() fyne.CanvasObject { return s.root }

// Show fetches anew, unless the section is in the middle of something; an open wizard comes back.
func (s *Page) Show() {
	switch {
	case s.wizard != nil:
		s.e.Frame.Cover(s.wizard)
	case !s.running.IsBusy():
		s.details.Show()
		s.load()
	}
}

// Decide opens what waits for a decision, without the page around it.
func (s *Page) Decide() { s.details.Decide() }

// Undo is Ctrl+Z: it takes the last decision back.
func (s *Page) Undo() { s.details.Undo() }

// TypedKey takes Enter while nothing has the focus: it is the button that stands out.
func (s *Page) TypedKey(k *fyne.KeyEvent) bool {
	if k.Name != fyne.KeyReturn && k.Name != fyne.KeyEnter || s.running.IsBusy() || s.wizard != nil {
		return false
	}
	s.idle.primary()
	return true
}

// ShowFacts takes what the month has left now: the wizard says the number of the header at every moment.
func (s *Page) ShowFacts(f kit.Facts) {
	s.found.usage = f.Usage
	if f.Open() && s.known && !s.found.ready() && !s.running.IsBusy() {
		s.found.connection, s.found.settings = f.Connection, f.Settings
		s.idle.set(s.found) // an authorisation is known here before the page is opened again
	}
	if s.wizard != nil {
		s.wizard.spend(f.Usage)
	}
}

func (s *Page) load() {
	kit.Newest(s.e.Env, &s.asked, s.e.find, func(f transferFound, err error) {
		if !s.running.IsBusy() && s.wizard == nil {
			s.loaded(f, err)
		}
	})
}

func (s *Page) loaded(f transferFound, err error) {
	if w := s.e.runner.Work(); w != nil {
		s.follow(w)
		return
	}
	if err != nil {
		s.idle.fail(err)
		return
	}
	s.found, s.known = f, true
	s.idle.set(f)
	s.view(s.idle.object)
}

// start carries a job to its end and shows Aktarım Durumu meanwhile.
func (s *Page) start(j *transfer.Job) { s.follow(s.e.runner.Run(j)) }

// follow shows Aktarım Durumu of what is at work.
func (s *Page) follow(w *transfer.Work) {
	if w == nil { // the program ends
		return
	}
	s.closeWizard()
	s.status.begin(w.Job.Snapshot())
	s.view(s.status.object)
	s.running.Follow(w, s.status.set, func(error) {
		s.status.rest()
		s.details.Show()
		s.load()
	})
}

// openWizard begins a new transfer, at a step of the wizard.
func (s *Page) openWizard(step int) {
	if s.running.IsBusy() || !s.found.ready() {
		return
	}
	s.openWizardWith(s.found.options(), func(w *transferWizard) { w.show(step) })
}

// openWizardWith opens the wizard with those choices, and show brings a step into view.
func (s *Page) openWizardWith(o transfer.Options, show func(*transferWizard)) {
	s.e.runner.Forget() // the new transfer overtakes one that waits
	s.closeWizard()
	s.e.Frame.Bring(kit.PlaceTransfer) // of the two names the one that stays in view while a preview works
	s.wizard = newTransferWizard(s.e, s.running, s.found, o, s.start, s.leaveWizard)
	s.e.Frame.Cover(s.wizard)
	show(s.wizard)
}

// openReady opens the wizard where the preview is.
func (s *Page) openReady() {
	found := s.found.planned
	if found == nil || s.running.IsBusy() || !s.found.ready() {
		return
	}
	job, usage := found.job, s.found.usage
	s.openWizardWith(found.plan.Options, func(w *transferWizard) {
		w.plan = readyPlan(job, found.plan, usage)
		w.show(stepPreview)
		if p, ok := w.steps[stepPreview].(*wizardPreview); ok {
			p.count()
		}
	})
}

// leaveWizard closes the wizard without starting anything.
func (s *Page) leaveWizard() {
	s.closeWizard()
	s.view(s.idle.object)
	s.load()
}

func (s *Page) closeWizard() {
	w := s.wizard
	s.wizard = nil
	if w == nil {
		return
	}
	w.over = true
	if w.covers {
		s.e.Frame.Back()
		s.e.Win.Canvas().Unfocus() // or its button, which is gone, would go on taking keys
	}
}

func (s *Page) view(o fyne.CanvasObject) {
	if len(s.root.Objects) == 1 && s.root.Objects[0] == o {
		return
	}
	s.root.Objects = []fyne.CanvasObject{o}
	s.root.Refresh()
}

// retryFailed tries again what failed in the last transfer, because it had changed since its plan.
func (s *Page) retryFailed() {
	if s.running.IsBusy() || !s.found.ready() {
		return
	}
	kit.Background(s.e.Env, s.e.co.Retry, func(j *transfer.Job, err error) {
		switch {
		case s.running.IsBusy() || s.wizard != nil:
		case err != nil:
			s.idle.fail(err)
		case j == nil:
			s.load()
		default:
			s.start(j)
		}
	})
}
