package transfer

import (
	"context"
	"errors"
	"iter"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/domaintest"
)

var errBroken = errors.New("broken")

// firm is a company in memory: what its broken map names fails.
type firm struct {
	*fakeStore
	queue    *fakeQueue
	settings domain.Settings
	conn     domain.Connection
	latest   Run // of LatestRun and UnfinishedRun, ID 0: none
	planned  Run // as is this
	asked    time.Time
	plan     *Plan

	file     PlanFile
	path     string
	open     int // files that nobody has closed
	ofPlan   Run
	sought   []any // of RunOfPlan
	staged   Run
	stagedAs []any // what else StagePlan was given

	left   []int // of UndoBatch, the next first
	undone []int64

	rested int
	broken map[string]error
	jobs   *Jobs
}

// newFirm is signed in and set up.
func newFirm(t *testing.T) *firm {
	t.Helper()
	f := &firm{
		fakeStore: newFakeStore(), queue: &fakeQueue{}, broken: map[string]error{},
		settings: domain.Settings{IntegrationOn: true, Currency: domain.EUR},
		conn:     domain.Connection{TenantID: "ab-12", FirmName: "Firma"},
	}
	f.jobs = NewJobs(Company{
		Company: domain.Company{ID: "co", Name: "Şirket"}, Books: &fakeBooks{products: remotes(3)}, Abilities: &fakeBooks{}, Store: f, Reporter: alone{}, Queue: f.queue,
		SignedIn: func(context.Context) error { return f.broken["session"] },
		Rest:     func(context.Context) error { f.rested++; return f.broken["rest"] },
		OpenPlan: func(path string) (PlanFile, error) {
			if f.path = path; f.broken["open"] != nil {
				return PlanFile{}, f.broken["open"]
			}
			f.open++
			f.file.Close = func() error { f.open--; return f.broken["close"] }
			return f.file, nil
		},
		Now: func() time.Time { return domaintest.Moment },
	})
	t.Cleanup(f.jobs.Runner.Close)
	return f
}

func (f *firm) Settings(context.Context) (domain.Settings, error) {
	return f.settings, f.broken["settings"]
}

func (f *firm) Connection(context.Context) (domain.Connection, error) {
	return f.conn, f.broken["connection"]
}

func (f *firm) LatestRun(context.Context) (Run, bool, error) {
	return f.latest, f.latest.ID != 0, f.broken["latest"]
}

func (f *firm) UnfinishedRun(ctx context.Context) (Run, bool, error) { return f.LatestRun(ctx) }

func (f *firm) PlannedRun(_ context.Context, then time.Time) (Run, bool, error) {
	f.asked = then
	return f.planned, f.planned.ID != 0, f.broken["planned"]
}

func (f *firm) RunOfPlan(_ context.Context, checksum string, run int64, madeAt time.Time) (Run, bool, error) {
	f.sought = []any{checksum, run, madeAt}
	return f.ofPlan, f.ofPlan.ID != 0, f.broken["of plan"]
}

func (f *firm) TransferPlan(_ context.Context, run int64) (Plan, error) {
	if f.plan == nil || f.plan.RunID != run {
		return Plan{}, domain.E(domain.KindNotFound, "find the plan", nil)
	}
	return *f.plan, nil
}

func (f *firm) StagePlan(_ context.Context, r Run, d Document, checksum string, rows iter.Seq2[PlanRow, error]) (Run, error) {
	var ids []domain.RemoteID
	for row, err := range rows {
		if err != nil {
			return Run{}, err
		}
		ids = append(ids, row.Remote.ID)
	}
	f.staged, f.stagedAs = r, []any{d.RunID, checksum, ids}
	r.ID = 99
	return r, f.broken["stage"]
}

func (f *firm) UndoBatch(_ context.Context, run int64, n int) (int, error) {
	if n != BatchSize {
		return 0, errors.New("another size")
	}
	f.undone = append(f.undone, run)
	left := f.left[0]
	f.left = f.left[1:]
	return left, f.broken["undo"]
}

func (f *firm) PlanUndo(_ context.Context, run int64) (UndoPlan, error) {
	return UndoPlan{Run: Run{ID: run}, Removed: 5}, f.broken["plan undo"]
}

// refused tells whether err is a KindInvalid of that field and detail.
func refused(err error, field, detail string) bool {
	var e *domain.Error
	return errors.As(err, &e) && e.Kind == domain.KindInvalid && e.Field == field && e.Detail == detail
}

func TestJobs_newIsRefusedUntilEverythingIsSetUp(t *testing.T) {
	f := newFirm(t)
	o := DefaultOptions(domain.TRY)
	o.ReportTo = "Ali <ali@example.com>"
	job, err := f.jobs.New(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	want := o
	want.Currency = domain.EUR // the company's
	if r := job.Snapshot().Run; r.ID != 0 || r.State != StateDraft || r.Options != want || f.rested != 1 {
		t.Errorf("%+v, rested %d times", r, f.rested)
	}
	for what, c := range map[string]struct {
		spoil func(f *firm, o *Options)
		want  func(err error) bool
	}{
		"no settings":              {func(f *firm, _ *Options) { f.broken["settings"] = errBroken }, func(err error) bool { return errors.Is(err, errBroken) }},
		"no session":               {func(f *firm, _ *Options) { f.broken["session"], f.settings.IntegrationOn = errBroken, false }, func(err error) bool { return errors.Is(err, errBroken) }},
		"a closed integration":     {func(f *firm, o *Options) { f.settings.IntegrationOn, o.ByBarcode, o.ByCode = false, false, false }, func(err error) bool { return refused(err, "integration", "integration-closed") }},
		"nothing to match by":      {func(_ *firm, o *Options) { o.ByBarcode, o.ByCode, o.ReportTo = false, false, "ali" }, func(err error) bool { return refused(err, "match", "choose") }},
		"a report to no address":   {func(_ *firm, o *Options) { o.ReportTo = "ali" }, func(err error) bool { return refused(err, "report_to", "mail-address") }},
		"what goes on working":     {func(f *firm, _ *Options) { f.broken["rest"] = errBroken }, func(err error) bool { return errors.Is(err, errBroken) }},
		"a report to nobody is ok": {func(_ *firm, o *Options) { o.ReportTo = "" }, func(err error) bool { return err == nil }},
	} {
		f, o := newFirm(t), o
		c.spoil(f, &o)
		if job, err := f.jobs.New(t.Context(), o); !c.want(err) || (job == nil) != (err != nil) {
			t.Errorf("%s: %v", what, err)
		}
	}
}

func TestJobs_findsTheRunsThatThereAre(t *testing.T) {
	run := Run{ID: 7, State: StateStopped, Phase: PhaseApply, ReadAt: domaintest.Moment, Counters: Counters{Read: 3, Failed: 1}}
	ways := map[string]func(f *firm) (*Job, error){
		"resume":      func(f *firm) (*Job, error) { return f.jobs.Resume(t.Context()) },
		"interrupted": func(f *firm) (*Job, error) { return f.jobs.interrupted(t.Context()) },
		"planned":     func(f *firm) (*Job, error) { return f.jobs.Planned(t.Context()) },
		"retry":       func(f *firm) (*Job, error) { return f.jobs.Retry(t.Context()) },
	}
	for what, find := range ways {
		f := newFirm(t)
		if job, err := find(f); job != nil || err != nil {
			t.Errorf("%s of nothing: %v, %v", what, job, err)
		}
		f.latest, f.planned = run, run
		if job, err := find(f); err != nil || job == nil || job.Snapshot().ID != 7 || job.Snapshot().Phase == PhaseMatch != (what == "retry") {
			t.Errorf("%s: %v", what, err)
		}
		f.broken["latest"], f.broken["planned"] = errBroken, errBroken
		if job, err := find(f); job != nil || !errors.Is(err, errBroken) {
			t.Errorf("%s: %v, %v", what, job, err)
		}
	}
	f := newFirm(t)
	if _, err := f.jobs.Planned(t.Context()); err != nil || !f.asked.Equal(domaintest.Moment.Add(-PlanLifetime)) {
		t.Errorf("asked for previews since %v, %v", f.asked, err)
	}
	f.planned = run
	f.planned.ReadAt = domaintest.Moment.AddDate(3, 0, 0) // the clock was wrong then, or is now
	if job, err := f.jobs.Planned(t.Context()); job != nil || err != nil {
		t.Errorf("a preview of a time to come: %v, %v", job, err)
	}
	f.latest = Run{ID: 7, State: StateDone}
	if job, err := f.jobs.Retry(t.Context()); job != nil || err != nil {
		t.Errorf("tried again where nothing failed: %v, %v", job, err)
	}
	f.latest = run
	f.before = func(string, Run) error { return errBroken }
	if _, err := f.jobs.Retry(t.Context()); !errors.Is(err, errBroken) {
		t.Errorf("%v", err)
	}
	f.settings.IntegrationOn = false
	if job, err := f.jobs.interrupted(t.Context()); job != nil || err != nil {
		t.Errorf("a closed integration is not left alone: %v, %v", job, err)
	}
	f.settings.IntegrationOn, f.broken["settings"] = true, errBroken
	if job, err := f.jobs.interrupted(t.Context()); job != nil || !errors.Is(err, errBroken) {
		t.Errorf("%v, %v", job, err)
	}
}

// The runner goes on with what is found, and with nothing while the integration is closed.
func TestJobs_runnerGoesOnWithWhatWasInterrupted(t *testing.T) {
	f := newFirm(t)
	f.latest = Run{ID: 7, State: StateApplying, Phase: PhaseApply, ReadAt: domaintest.Moment}
	f.settings.IntegrationOn = false
	if err := f.jobs.Runner.GoOn(t.Context()); err != nil || f.jobs.Runner.Latest() != nil {
		t.Errorf("%v, %v", err, f.jobs.Runner.Latest())
	}
	f.settings.IntegrationOn = true
	if err := f.jobs.Runner.GoOn(t.Context()); err != nil {
		t.Fatal(err)
	}
	w := f.jobs.Runner.Latest()
	<-w.Done()
	if w.Err() != nil || w.Job.Snapshot().ID != 7 || w.Job.Snapshot().State != StateDone {
		t.Errorf("%v, %+v", w.Err(), w.Job.Snapshot().Run)
	}
}

func TestJobs_undoGoesOnUntilNothingIsLeft(t *testing.T) {
	f := newFirm(t)
	f.left = []int{BatchSize + 3, 3, 0}
	var steps [][2]int
	plan, err := f.jobs.Undo(t.Context(), 7, func(n, of int) { steps = append(steps, [2]int{n, of}) })
	all := 2*BatchSize + 3
	if want := [][2]int{{BatchSize, all}, {2 * BatchSize, all}, {all, all}}; err != nil || !slices.Equal(steps, want) {
		t.Errorf("%v, want %v, %v", steps, want, err)
	}
	if plan.Run.ID != 7 || plan.Removed != 5 || !slices.Equal(f.undone, []int64{7, 7, 7}) {
		t.Errorf("%+v, %v", plan, f.undone)
	}
	if !slices.Equal(f.queue.calls, []string{"leave"}) || !slices.Equal(f.queue.runs, []int64{7}) { // its place goes first
		t.Errorf("%v of %v", f.queue.calls, f.queue.runs)
	}
	for what, undone := range map[string]int{"undo": 1, "plan undo": 1, "leave": 0} {
		f := newFirm(t)
		f.left, f.broken[what] = []int{0}, errBroken
		f.queue.before = func(call string) error { return f.broken[call] }
		if plan, err := f.jobs.Undo(t.Context(), 7, func(int, int) {}); !errors.Is(err, errBroken) || len(f.undone) != undone || what != "plan undo" && plan.Run.ID != 0 {
			t.Errorf("%s: %+v, %v, %v", what, plan, f.undone, err)
		}
	}
}

func TestJobs_undoIsRefusedWhileTheTransferIsAtWork(t *testing.T) {
	f := newFirm(t)
	waits, goesOn := make(chan struct{}), make(chan struct{})
	f.queue.turn = func(context.Context, func(Standing)) error { close(waits); <-goesOn; return nil }
	job, err := f.jobs.New(t.Context(), DefaultOptions(domain.TRY))
	if err != nil {
		t.Fatal(err)
	}
	w := f.jobs.Runner.Run(job)
	<-waits
	if _, err := f.jobs.Undo(t.Context(), job.Snapshot().ID, func(int, int) {}); domain.KindOf(err) != domain.KindBusy || len(f.undone) != 0 {
		t.Errorf("%v, undone %v", err, f.undone)
	}
	f.left = []int{0}
	if _, err := f.jobs.Undo(t.Context(), job.Snapshot().ID+1, func(int, int) {}); err != nil || len(f.undone) != 1 {
		t.Errorf("another one: %v, undone %v", err, f.undone)
	}
	close(goesOn)
	<-w.Done()
}

// planned is a firm with a plan file of its own: read an hour ago, run 5, one row.
func planned(t *testing.T) *firm {
	t.Helper()
	f := newFirm(t)
	p := domaintest.Fill[Plan](3)
	p.RunID, p.ReadAt, p.MadeAt = 5, domaintest.Moment.Add(-time.Hour), domaintest.Moment.Add(-time.Minute)
	f.plan = &p
	f.file = PlanFile{
		Document: Document{Company: "co", Name: "Şirket", TenantID: "AB-12", Firm: "Firma", Plan: p}, Checksum: "sum",
		Rows: func(yield func(PlanRow, error) bool) {
			yield(PlanRow{Row: Row{Remote: domain.RemoteProduct{ID: "31"}}}, nil)
		},
	}
	return f
}

func TestJobs_documentTellsWhoseThePlanIs(t *testing.T) {
	f := planned(t)
	want := f.file.Document
	want.TenantID = "ab-12"
	if got, err := f.jobs.Document(t.Context(), 5); err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%+v, %v", got, err)
	}
	if _, err := f.jobs.Document(t.Context(), 6); domain.KindOf(err) != domain.KindNotFound {
		t.Errorf("of a run without a plan: %v", err)
	}
	f.broken["connection"] = errBroken
	if got, err := f.jobs.Document(t.Context(), 5); !errors.Is(err, errBroken) || got.RunID != 0 {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestJobs_fromPlanGoesOnWithItsRunElseStagesIt(t *testing.T) {
	f := planned(t)
	d := f.file.Document
	job, err := f.jobs.FromPlan(t.Context(), "plan.json", false)
	if err != nil || job.Snapshot().ID != 99 || f.path != "plan.json" || f.open != 0 {
		t.Fatalf("%v, opened %q, left %d files open", err, f.path, f.open)
	}
	if want := []any{"sum", int64(5), d.MadeAt}; !reflect.DeepEqual(f.sought, want) {
		t.Errorf("looked for %v, want %v", f.sought, want)
	}
	if want := d.RunOf(domaintest.Moment); !reflect.DeepEqual(f.staged, want) || !reflect.DeepEqual(f.stagedAs, []any{int64(5), "sum", []domain.RemoteID{"31"}}) {
		t.Errorf("staged %+v, want %+v, as %v", f.staged, want, f.stagedAs)
	}
	f = planned(t)
	f.ofPlan = Run{ID: 5, State: StatePlanned}
	if job, err := f.jobs.FromPlan(t.Context(), "plan.json", false); err != nil || job.Snapshot().ID != 5 || f.stagedAs != nil || job.acceptOld {
		t.Errorf("%v, staged %v", err, f.stagedAs)
	}
	f = planned(t)
	f.file.Document.Company = "another machine's"
	if _, err := f.jobs.FromPlan(t.Context(), "plan.json", false); err != nil || f.sought[1] != int64(0) {
		t.Errorf("%v, looked for %v", err, f.sought)
	}
}

func TestJobs_fromPlanRefusesAnOldPlanUnlessAPersonTakesIt(t *testing.T) {
	for _, c := range []struct {
		age     time.Duration
		accept  bool
		run     Run
		refused bool
	}{
		{PlanLifetime, false, Run{}, false},
		{PlanLifetime + time.Second, false, Run{}, true},
		{PlanLifetime + time.Second, true, Run{}, false},
		{PlanLifetime + time.Second, false, Run{ID: 5, State: StateStopped}, true},
		{PlanLifetime + time.Second, false, Run{ID: 5, State: StateDone}, false}, // nothing is left to do
	} {
		f := planned(t)
		f.file.Document.ReadAt, f.ofPlan = domaintest.Moment.Add(-c.age), c.run
		job, err := f.jobs.FromPlan(t.Context(), "plan.json", c.accept)
		if (domain.KindOf(err) == domain.KindStalePlan) != c.refused || (job == nil) != c.refused || f.open != 0 {
			t.Errorf("%+v: %v", c, err)
		}
		if job != nil && job.acceptOld != c.accept {
			t.Errorf("%+v: accepted %v", c, job.acceptOld)
		}
	}
}

func TestJobs_fromPlanSaysWhyItCannot(t *testing.T) {
	isBroken := func(err error) bool { return errors.Is(err, errBroken) }
	for what, c := range map[string]struct {
		spoil func(f *firm)
		want  func(err error) bool
	}{
		"no connection":        {func(f *firm) { f.broken["connection"], f.conn = errBroken, domain.Connection{} }, isBroken},
		"never signed in":      {func(f *firm) { f.conn.TenantID = "" }, func(err error) bool { return domain.KindOf(err) == domain.KindNeedsSignIn }},
		"no settings":          {func(f *firm) { f.broken["settings"], f.settings.IntegrationOn = errBroken, false }, isBroken},
		"a closed integration": {func(f *firm) { f.settings.IntegrationOn = false }, func(err error) bool { return refused(err, "integration", "integration-closed") }},
		"no file":              {func(f *firm) { f.broken["open"] = errBroken }, isBroken},
		"another firm's": {func(f *firm) { f.conn.TenantID = "cd-34" }, func(err error) bool {
			var e *domain.Error
			return errors.As(err, &e) && e.Kind == domain.KindFile && e.Detail == "plan.other-company"
		}},
		"no run to be found": {func(f *firm) { f.broken["of plan"] = errBroken }, isBroken},
		"nothing staged":     {func(f *firm) { f.broken["stage"] = errBroken }, isBroken},
		"not closed":         {func(f *firm) { f.broken["close"] = errBroken }, isBroken},
	} {
		f := planned(t)
		c.spoil(f)
		job, err := f.jobs.FromPlan(t.Context(), "plan.json", false)
		if !c.want(err) || f.open != 0 || (job == nil) != (what != "not closed") {
			t.Errorf("%s: %v, left %d files open", what, err, f.open)
		}
	}
}
