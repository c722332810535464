package gui

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/quota"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
)

// transferSection is section 5, Ürün Aktarımları: what can be started or gone on with, the wizard, and
// Aktarım Durumu while a transfer works. One of the three is in view.
type transferSection struct {
	e    *env
	page pageControl
	work *transferWork

	root   *fyne.Container
	idle   *transferIdle
	status *transferStatus
	wizard *transferWizard // nil while it is closed

	found  transferFound
	asked  int  // which question to the stores is the newest
	opened bool // the first answer has come: what was interrupted has been gone on with
	retry  retry
}

// transferFound is what section 5 needs to know before it can offer anything.
type transferFound struct {
	connection domain.Connection
	settings   domain.Settings
	usage      quota.Usage
	last       transfer.Run
	hasLast    bool
	job        *transfer.Job // of a run that is not finished
	planned    *foundPlan    // a preview that is ready; nil: none
}

// ready tells whether a transfer may start.
func (f transferFound) ready() bool { return f.connection.Authorised && f.settings.IntegrationOn }

// newTransferSection makes the section and looks at once for a transfer that was interrupted: it goes
// on by itself when the window opens.
func newTransferSection(e *env, p pageControl) section {
	s := &transferSection{e: e, page: p, work: newTransferWork(e, p)}
	s.idle = newTransferIdle(s)
	s.status = newTransferStatus(e, s.work.stop)
	s.root = container.NewStack(s.idle.object)
	s.load()
	return s
}

func (s *transferSection) content() fyne.CanvasObject { return s.root }
func (s *transferSection) dirty() bool                { return false }
func (s *transferSection) save()                      {}

// show fetches anew, unless the section is in the middle of something.
func (s *transferSection) show() {
	if !s.work.busy() && s.wizard == nil {
		s.load()
	}
}

// stop asks a working transfer to stop.
func (s *transferSection) stop() { s.work.stop() }

// typedKey takes Enter and Esc that no focused widget took.
func (s *transferSection) typedKey(k *fyne.KeyEvent) bool {
	return s.wizard != nil && s.wizard.typedKey(k)
}

func (s *transferSection) load() {
	s.asked++
	asked := s.asked
	background(s.e, s.fetch, func(f transferFound, err error) {
		if asked == s.asked && !s.work.busy() && s.wizard == nil {
			s.loaded(f, err)
		}
	})
}

func (s *transferSection) fetch(ctx context.Context) (f transferFound, err error) {
	if f.connection, err = s.e.co.Connection.Connection(ctx); err != nil {
		return f, err
	}
	if f.settings, err = s.e.co.Settings.Settings(ctx); err != nil {
		return f, err
	}
	if f.usage, err = s.e.co.Quota.Usage(ctx); err != nil {
		return f, err
	}
	if f.last, f.hasLast, err = s.e.co.Transfers.Latest(ctx); err != nil {
		return f, err
	}
	if f.job, err = s.e.co.Transfers.Resume(ctx); err != nil {
		return f, err
	}
	job, err := s.e.co.Transfers.Planned(ctx)
	if err != nil || job == nil {
		return f, err
	}
	plan, err := s.e.co.Transfers.TransferPlan(ctx, job.Snapshot().ID)
	f.planned = &foundPlan{job: job, plan: plan}
	return f, err
}

func (s *transferSection) loaded(f transferFound, err error) {
	first := !s.opened
	s.opened = s.opened || err == nil
	if err != nil {
		s.idle.fail(err)
		return
	}
	s.found = f
	if first && f.job != nil && f.ready() && goesOnAtStart(f.job.Snapshot()) {
		s.run(f.job)
		return
	}
	s.idle.set(f, s.retry)
	s.view(s.idle.object)
}

// goesOnAtStart tells whether a run found when the window opens is gone on with unasked: one that was
// interrupted, or that waited for nothing but a connection.
func goesOnAtStart(r transfer.Snapshot) bool {
	return r.State.Active() || r.State == transfer.StatePaused && passing(r.Cause)
}

// run carries a job to its end and shows Aktarım Durumu meanwhile.
func (s *transferSection) run(j *transfer.Job) {
	s.retry.cancel()
	s.closeWizard()
	s.status.begin(j.Snapshot())
	s.view(s.status.object)
	done := j.Snapshot().Done
	s.work.start(j, j.Run, s.status.set, func(err error) {
		s.status.rest()
		if j.Snapshot().Done > done {
			s.retry.attempt = 0
		}
		s.retry.arm(s.e, err, s.goOn)
		s.load()
	})
}

// goOn goes on with the newest run that is not finished.
func (s *transferSection) goOn() {
	if s.work.busy() || s.wizard != nil {
		return
	}
	background(s.e, s.fetch, func(f transferFound, err error) {
		switch {
		case s.work.busy() || s.wizard != nil:
		case err != nil:
			s.idle.fail(err)
		case f.job != nil && f.ready():
			s.run(f.job)
		default:
			s.loaded(f, nil)
		}
	})
}

// openWizard begins a new transfer.
func (s *transferSection) openWizard() {
	if s.work.busy() || !s.found.ready() {
		return
	}
	s.retry.cancel()
	s.openWizardWith(transfer.DefaultOptions(s.found.settings.Currency), func(w *transferWizard) { w.show(stepWhat) })
}

// openWizardWith opens the wizard with those choices, and show brings its first step into view.
func (s *transferSection) openWizardWith(o transfer.Options, show func(*transferWizard)) {
	s.wizard = newTransferWizard(s, o)
	s.view(s.wizard.object)
	show(s.wizard)
}

// leaveWizard closes the wizard without starting anything.
func (s *transferSection) leaveWizard() {
	s.closeWizard()
	s.view(s.idle.object)
	s.load()
}

func (s *transferSection) closeWizard() {
	if s.wizard != nil {
		s.wizard = nil
	}
}

func (s *transferSection) view(o fyne.CanvasObject) {
	if len(s.root.Objects) == 1 && s.root.Objects[0] == o {
		return
	}
	s.root.Objects = []fyne.CanvasObject{o}
	s.root.Refresh()
}
