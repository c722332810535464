package transfer

import (
	"context"
	"iter"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/mail"
)

// Finder finds a company's runs; ok = false: there is none.
type Finder interface {
	// LatestRun gives the newest confirmed run that nobody has undone.
	LatestRun(ctx context.Context) (r Run, ok bool, err error)
	// UnfinishedRun gives the newest confirmed run if there is still something to do for it.
	UnfinishedRun(ctx context.Context) (r Run, ok bool, err error)
	// PlannedRun gives the newest preview that nobody has confirmed, if it was read after then.
	PlannedRun(ctx context.Context, then time.Time) (r Run, ok bool, err error)
	// RunOfPlan gives the run that a document of that checksum was staged as, else the one of that number whose
	// plan was made at that moment.
	RunOfPlan(ctx context.Context, checksum string, run int64, madeAt time.Time) (r Run, ok bool, err error)
}

// Plans keeps what runs would do.
type Plans interface {
	// TransferPlan gives the plan of a run. KindNotFound: it was never planned.
	TransferPlan(ctx context.Context, run int64) (Plan, error)
	// StagePlan stores a new run with the plan and the rows of a document, all of them or nothing.
	StagePlan(ctx context.Context, r Run, d Document, checksum string, rows iter.Seq2[PlanRow, error]) (Run, error)
}

// Undoing takes runs back.
type Undoing interface {
	// UndoBatch undoes the next n images of a run, in one transaction, and gives how many are left.
	UndoBatch(ctx context.Context, run int64, n int) (left int, err error)
	// PlanUndo tells what an undo would do now; of a run that is undone, what was done.
	PlanUndo(ctx context.Context, run int64) (UndoPlan, error)
}

// Setup is what a person has set up of the company.
type Setup interface {
	Settings(ctx context.Context) (domain.Settings, error)
	// Connection tells whose İşbaşı it is, and asks nothing there.
	Connection(ctx context.Context) (domain.Connection, error)
}

// Store is where a company keeps all of that, and its runs and products.
type Store interface {
	Runs
	Catalogue
	Finder
	Plans
	Undoing
	Setup
}

// Company is what the jobs of a company work with.
type Company struct {
	domain.Company
	Books Books
	// Abilities: what İşbaşı's filters have proved.
	Abilities Abilities
	Store     Store
	Reporter  Reporter
	Queue     Queue
	// SignedIn makes sure that there is a session. KindNeedsSignIn: a person has to sign in.
	SignedIn func(ctx context.Context) error
	// Rest brings to rest whatever else changes the company's products.
	Rest func(ctx context.Context) error
	// OpenPlan opens a plan file and checks it from its first to its last line.
	OpenPlan func(path string) (PlanFile, error)
	Now      func() time.Time
}

// Jobs makes the jobs of one company, for new runs and for those it has.
type Jobs struct {
	co Company
	// Runner is where they are worked on that go on by themselves and outlive what is shown.
	Runner *Runner
}

// NewJobs makes those of a company.
func NewJobs(co Company) *Jobs {
	j := &Jobs{co: co}
	j.Runner = NewRunner(j.interrupted, co.Now)
	return j
}

func (j *Jobs) job(r Run) *Job {
	return NewJob(Deps{Books: j.co.Books, Abilities: j.co.Abilities, Runs: j.co.Store, Steps: Import{j.co.Store}, Reporter: j.co.Reporter, Queue: j.co.Queue, Now: j.co.Now}, r)
}

// found makes the job of a run that was looked for, nil when there is none.
func (j *Jobs) found(r Run, ok bool, err error) (*Job, error) {
	if err != nil || !ok {
		return nil, err
	}
	return j.job(r), nil
}

// New makes a job that has not started. KindNeedsSignIn: the company is not authorised;
// KindInvalid (field "integration"): the integration is closed.
func (j *Jobs) New(ctx context.Context, o Options) (*Job, error) {
	settings, err := j.co.Store.Settings(ctx)
	if err != nil {
		return nil, err
	}
	if err := j.co.SignedIn(ctx); err != nil {
		return nil, err
	}
	if err := integrated(settings); err != nil {
		return nil, err
	}
	if err := o.Validate(); err != nil {
		return nil, err
	}
	if o.ReportTo != "" {
		if _, err := mail.ParseAddress(o.ReportTo); err != nil {
			return nil, mail.Named(err, "report_to")
		}
	}
	if err := j.co.Rest(ctx); err != nil {
		return nil, err
	}
	o.Currency = settings.Currency
	return j.job(Run{Options: o}), nil
}

// integrated refuses to work while the integration is closed.
func integrated(s domain.Settings) error {
	if !s.IntegrationOn {
		return domain.Invalid("integration", "integration-closed")
	}
	return nil
}

// Resume gives a job for the newest run that is confirmed and not finished, nil when there is none.
func (j *Jobs) Resume(ctx context.Context) (*Job, error) {
	return j.found(j.co.Store.UnfinishedRun(ctx))
}

// interrupted gives the job that may go on by itself, nil when there is none: a closed integration is left
// alone.
func (j *Jobs) interrupted(ctx context.Context) (*Job, error) {
	settings, err := j.co.Store.Settings(ctx)
	if err != nil || integrated(settings) != nil {
		return nil, err
	}
	return j.Resume(ctx)
}

// Planned gives a job for a preview that nobody has confirmed and that need not be asked about, nil when
// there is none.
func (j *Jobs) Planned(ctx context.Context) (*Job, error) {
	r, ok, err := j.co.Store.PlannedRun(ctx, j.co.Now().Add(-PlanLifetime))
	return j.found(r, ok && !Outdated(r.ReadAt, j.co.Now(), PlanLifetime), err)
}

// Retry gives a job that tries the failed rows of the newest transfer again when it runs: they are pending
// now, and are matched anew from what was read then. nil: nothing failed.
func (j *Jobs) Retry(ctx context.Context) (*Job, error) {
	run, ok, err := j.co.Store.LatestRun(ctx)
	job, err := j.found(run, ok && run.Counters.Failed > 0, err)
	if job == nil {
		return nil, err
	}
	return job, job.Retry(ctx)
}

// Undo takes a whole transfer back, batch by batch; done tells how many of how many images. Cancelled, or
// killed, it goes on at the next call. KindBusy: this program is carrying the transfer out; it has to be stopped
// first.
func (j *Jobs) Undo(ctx context.Context, run int64, done func(n, of int)) (UndoPlan, error) {
	if w := j.Runner.Work(); w != nil && w.Job.Snapshot().ID == run {
		return UndoPlan{}, domain.E(domain.KindBusy, "undo a transfer", nil)
	}
	// A paused run has a place in the machine's queue that it will not come back to.
	if err := j.co.Queue.Leave(ctx, run); err != nil {
		return UndoPlan{}, err
	}
	of := 0
	for {
		left, err := j.co.Store.UndoBatch(ctx, run, BatchSize)
		if err != nil {
			return UndoPlan{}, err
		}
		of = max(of, left+BatchSize)
		if left == 0 {
			break
		}
		done(of-left, of)
	}
	done(of, of)
	return j.co.Store.PlanUndo(ctx, run)
}
