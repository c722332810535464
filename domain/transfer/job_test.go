package transfer

import (
	"context"
	"errors"
	"reflect"
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/matching"
)

func checkInvariants(t *testing.T, c Counters) {
	t.Helper()
	if c.Read != c.Transferred+c.Skipped+c.Failed+c.Pending {
		t.Errorf("read ≠ transferred + skipped + failed + pending: %+v", c)
	}
	if c.Transferred != c.Matched+c.Unmatched {
		t.Errorf("transferred ≠ matched + unmatched: %+v", c)
	}
}

func TestJob_readsMatchesAndApplies(t *testing.T) {
	books := &fakeBooks{products: remotes(250)}
	store := newFakeStore(domain.Product{Code: "C-7", Name: "yedi"}, domain.Product{Code: "X"})
	j := NewJob(deps(books, store), Run{Options: DefaultOptions(domain.TRY)})
	if err := j.Run(t.Context()); err != nil {
		t.Fatal(err)
	}
	got := j.Snapshot()
	want := Counters{Read: 250, Transferred: 250, Matched: 1, Unmatched: 249}
	if got.State != StateDone || got.Counters != want {
		t.Errorf("state %s, counters %+v, want done %+v", got.State, got.Counters, want)
	}
	if got.APIReads != 3 {
		t.Errorf("250 products cost %d reads, want 3", got.APIReads)
	}
	if p := store.products[1]; !p.Price.Decimal.Equal(money("10").Decimal) || p.Name != "yedi" {
		t.Errorf("matched product: %+v; want the price taken and the name kept", p)
	}
	if !reflect.DeepEqual(store.runs[1], got.Run) {
		t.Errorf("stored run differs from the job's:\n%+v\n%+v", store.runs[1], got.Run)
	}
}

func TestJob_measureReadsOnePageThatIsNotReadTwice(t *testing.T) {
	books := &fakeBooks{products: remotes(1000)}
	store := newFakeStore()
	j := NewJob(deps(books, store), Run{Options: DefaultOptions(domain.TRY)})
	cost, err := j.Measure(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if want := (Cost{Products: 1000, Reads: 10}); cost != want || books.reads != 1 {
		t.Errorf("cost %+v after %d reads, want %+v after 1", cost, books.reads, want)
	}
	if err := j.Prepare(t.Context()); err != nil {
		t.Fatal(err)
	}
	if s := j.Snapshot(); s.State != StatePlanned || s.Counters.Pending != 1000 || books.reads != 10 {
		t.Errorf("after Prepare: %s, pending %d, reads %d", s.State, s.Counters.Pending, books.reads)
	}
	if !j.Snapshot().ConfirmedAt.IsZero() {
		t.Error("a preview counts as confirmed")
	}
	if err := j.Run(t.Context()); err != nil {
		t.Fatal(err)
	}
	if s := j.Snapshot(); s.State != StateDone || books.reads != 10 {
		t.Errorf("after Run: %s, reads %d", s.State, books.reads)
	}
}

func TestJob_resumesAfterCancelAtEveryPage(t *testing.T) {
	for page := 1; page <= 4; page++ {
		store := newFakeStore(domain.Product{Code: "C-7"})
		ctx, cancel := context.WithCancel(t.Context())
		books := &fakeBooks{products: remotes(350), before: func(n int) error {
			if n == page {
				cancel()
				return ctx.Err()
			}
			return nil
		}}
		j := NewJob(deps(books, store), Run{Options: DefaultOptions(domain.TRY)})
		if err := j.Run(ctx); domain.KindOf(err) != domain.KindCancelled {
			t.Fatalf("page %d: %v, want cancelled", page, err)
		}
		if s := store.runs[1]; !s.State.Active() {
			t.Errorf("page %d: an interrupted run is stored as %s", page, s.State)
		}
		books.before = nil
		again := NewJob(deps(books, store), store.runs[1])
		if err := again.Run(t.Context()); err != nil {
			t.Fatal(err)
		}
		got := again.Snapshot()
		if want := (Counters{Read: 350, Transferred: 350, Matched: 1, Unmatched: 349}); got.Counters != want {
			t.Errorf("page %d: %+v, want %+v", page, got.Counters, want)
		}
		if books.reads != 5 {
			t.Errorf("page %d: %d reads, want 4 and the one that was cut off", page, books.reads)
		}
		if j.Snapshot().Options != got.Options {
			t.Error("options changed on the way")
		}
	}
}

func TestJob_stopKeepsWhatIsWrittenAndGoesOn(t *testing.T) {
	books := &fakeBooks{products: remotes(3 * BatchSize)}
	store := newFakeStore()
	j := NewJob(deps(books, store), Run{Options: DefaultOptions(domain.TRY)})
	batches := 0
	store.onApply = func() {
		if batches++; batches == 2 {
			j.Stop()
			if s := j.Snapshot().State; s != StateStopping {
				t.Errorf("state while stopping: %s", s)
			}
		}
	}
	if err := j.Run(t.Context()); err != nil {
		t.Fatalf("stopping is no error: %v", err)
	}
	s := j.Snapshot()
	checkInvariants(t, s.Counters)
	if s.State != StateStopped || s.Counters.Transferred != BatchSize || s.Counters.Pending != 2*BatchSize {
		t.Errorf("%s %+v", s.State, s.Counters)
	}
	store.onApply = nil
	if err := j.Run(t.Context()); err != nil || j.Snapshot().State != StateDone || books.reads != 15 {
		t.Errorf("going on: %v, %s, %d reads", err, j.Snapshot().State, books.reads)
	}
}

func TestJob_limitAppliesTheFirstTwentyAndGoesOn(t *testing.T) {
	store := newFakeStore()
	o := DefaultOptions(domain.TRY)
	o.Limit = 20
	j := NewJob(deps(&fakeBooks{products: remotes(130)}, store), Run{Options: o})
	if err := j.Run(t.Context()); err != nil {
		t.Fatal(err)
	}
	if s := j.Snapshot(); s.State != StateStopped || s.Counters.Transferred != 20 || s.Counters.Pending != 110 {
		t.Fatalf("%s %+v", s.State, s.Counters)
	}
	again := NewJob(deps(&fakeBooks{}, store), store.runs[1])
	if err := again.Run(t.Context()); err != nil {
		t.Fatal(err)
	}
	if s := again.Snapshot(); s.State != StateDone || s.Counters.Transferred != 130 {
		t.Errorf("after going on: %s %+v", s.State, s.Counters)
	}
}

func TestJob_pausesOrFailsByKind(t *testing.T) {
	for kind, want := range map[domain.Kind]State{
		domain.KindQuota: StatePaused, domain.KindNetwork: StatePaused, domain.KindUnavailable: StatePaused,
		domain.KindNeedsSignIn: StatePaused, domain.KindBadAnswer: StatePaused, domain.KindDisk: StatePaused,
		domain.KindForbidden: StateFailed, domain.KindHost: StateFailed,
	} {
		books := &fakeBooks{products: remotes(300), before: func(n int) error {
			if n == 2 {
				return &domain.Error{Kind: kind, Detail: "sebep"}
			}
			return nil
		}}
		store := newFakeStore()
		j := NewJob(deps(books, store), Run{Options: DefaultOptions(domain.TRY)})
		err := j.Run(t.Context())
		s := store.runs[1]
		if domain.KindOf(err) != kind || s.State != want || s.Cause != kind || s.Detail != "sebep" || s.NextPage != 2 {
			t.Errorf("%s: error %v, stored %s %s %q next page %d", kind, err, s.State, s.Cause, s.Detail, s.NextPage)
		}
		if s.State.Finished() == s.FinishedAt.IsZero() {
			t.Errorf("%s: %s finished at %v", kind, s.State, s.FinishedAt)
		}
	}
}

func TestJob_aFailedRunSaysItsCauseAgain(t *testing.T) {
	books := &fakeBooks{products: remotes(5), before: func(int) error { return &domain.Error{Kind: domain.KindForbidden, Detail: "sebep"} }}
	j := NewJob(deps(books, newFakeStore()), Run{Options: DefaultOptions(domain.TRY)})
	for range 2 {
		if _, err := j.Measure(t.Context()); domain.KindOf(err) != domain.KindForbidden {
			t.Fatalf("%v, want forbidden", err)
		}
	}
	if books.reads != 1 {
		t.Errorf("%d reads; a failed run asks nothing more", books.reads)
	}
}

func TestJob_readsThePageBeforeAgainWhenTheCountChanges(t *testing.T) {
	// A product of page 1 is removed while page 2 is read: one of page 2 slips to page 1.
	list := remotes(299)
	books := &fakeBooks{products: list}
	store := newFakeStore()
	books.before = func(n int) error {
		if n == 3 && len(books.products) == 299 {
			// Before page 3 arrives a new product appears in front: everything moves one down.
			books.products = append([]domain.RemoteProduct{{ID: "1", Code: "new", Active: true}}, list...)
		}
		return nil
	}
	j := NewJob(deps(books, store), Run{Options: DefaultOptions(domain.TRY)})
	err := j.Run(t.Context())
	// The new product stands on page 1, which is not read again: the numbers cannot agree, and that is said.
	if domain.KindOf(err) != domain.KindCount || j.Snapshot().State != StatePaused {
		t.Fatalf("%v, %s; want paused for the count", err, j.Snapshot().State)
	}
	if want := []int{1, 2, 3, 2}; !reflect.DeepEqual(books.asked, want) {
		t.Errorf("pages asked for: %v, want %v", books.asked, want)
	}
	if err := j.Run(t.Context()); err != nil {
		t.Fatal(err)
	}
	if s := j.Snapshot(); s.State != StateDone || s.Counters.Read != 300 {
		t.Errorf("going on reads anew: %s %+v", s.State, s.Counters)
	}
}

func TestJob_endsWhenTheCountNeverRests(t *testing.T) {
	count := 5000
	books := &fakeBooks{products: remotes(4000), total: func(int) int { count++; return count }}
	j := NewJob(deps(books, newFakeStore()), Run{Options: DefaultOptions(domain.TRY)})
	if err := j.Run(t.Context()); domain.KindOf(err) != domain.KindCount {
		t.Fatalf("%v, want the count's kind", err)
	}
	if books.reads > 60 {
		t.Errorf("%d reads before giving up", books.reads)
	}
}

func TestJob_wrongCountPausesAndSaysBothNumbers(t *testing.T) {
	books := &fakeBooks{products: remotes(150), total: func(int) int { return 900 }}
	j := NewJob(deps(books, newFakeStore()), Run{Options: DefaultOptions(domain.TRY)})
	for range 2 {
		err := j.Run(t.Context())
		if s := j.Snapshot(); domain.KindOf(err) != domain.KindCount || s.State != StatePaused || s.Detail != "150 / 900" {
			t.Fatalf("%v, %s %q", err, s.State, s.Detail)
		}
	}
}

func TestJob_asksAboutAPlanOlderThanADay(t *testing.T) {
	store := newFakeStore()
	books := &fakeBooks{products: remotes(120)}
	d := deps(books, store)
	j := NewJob(d, Run{Options: DefaultOptions(domain.TRY)})
	if err := j.Prepare(t.Context()); err != nil {
		t.Fatal(err)
	}
	now := d.Now
	d.Now = func() time.Time { return now().Add(PlanLifetime + time.Hour) }
	old := NewJob(d, store.runs[1])
	if err := old.Run(t.Context()); domain.KindOf(err) != domain.KindStalePlan || old.Snapshot().State != StatePaused {
		t.Fatalf("%v, %s; want paused and asked", err, old.Snapshot().State)
	}
	anew := NewJob(d, store.runs[1])
	anew.ReadAnew()
	if err := anew.Run(t.Context()); err != nil || books.reads != 4 {
		t.Errorf("reading anew: %v, %d reads, want 2 + 2", err, books.reads)
	}
}

func TestJob_acceptsAnOldPlanWhenTold(t *testing.T) {
	store := newFakeStore()
	d := deps(&fakeBooks{products: remotes(120)}, store)
	if err := NewJob(d, Run{Options: DefaultOptions(domain.TRY)}).Prepare(t.Context()); err != nil {
		t.Fatal(err)
	}
	now := d.Now
	d.Now = func() time.Time { return now().Add(48 * time.Hour) }
	j := NewJob(d, store.runs[1])
	j.AcceptOldPlan()
	if err := j.Run(t.Context()); err != nil || j.Snapshot().State != StateDone {
		t.Errorf("%v, %s", err, j.Snapshot().State)
	}
}

func TestJob_aRowChangedSinceThePlanFailsAlone(t *testing.T) {
	store := newFakeStore(domain.Product{Code: "C-1"}, domain.Product{Code: "C-2"}, domain.Product{Code: "C-3"})
	j := NewJob(deps(&fakeBooks{products: remotes(10)}, store), Run{Options: DefaultOptions(domain.TRY)})
	if err := j.Prepare(t.Context()); err != nil {
		t.Fatal(err)
	}
	p := store.products[1]
	p.Revision++
	store.products[1] = p
	store.bound["999"] = 2
	if err := j.Run(t.Context()); err != nil {
		t.Fatal(err)
	}
	s := j.Snapshot()
	checkInvariants(t, s.Counters)
	if s.State != StatePartlyDone || s.Counters.Failed != 2 || s.Counters.Matched != 1 {
		t.Errorf("%s %+v", s.State, s.Counters)
	}
}

func TestJob_secondRunChangesNothing(t *testing.T) {
	store := newFakeStore(domain.Product{Code: "C-1"}, domain.Product{Code: "c-2 "})
	books := &fakeBooks{products: remotes(30)}
	if err := NewJob(deps(books, store), Run{Options: DefaultOptions(domain.TRY)}).Run(t.Context()); err != nil {
		t.Fatal(err)
	}
	before := map[domain.ProductID]int64{1: store.products[1].Revision, 2: store.products[2].Revision}
	j := NewJob(deps(books, store), Run{Options: DefaultOptions(domain.TRY)})
	if err := j.Run(t.Context()); err != nil {
		t.Fatal(err)
	}
	if s := j.Snapshot(); s.Counters.Matched != 2 {
		t.Errorf("second run: %+v", s.Counters)
	}
	for id, rev := range before {
		if store.products[id].Revision != rev {
			t.Errorf("product %d was written again", id)
		}
	}
	for _, row := range store.rows {
		if row.RunID == 2 && row.ProductID != 0 && row.Tier != matching.TierKnown {
			t.Errorf("row %s matched by %q, want known", row.Remote.ID, row.Tier)
		}
	}
}

func TestJob_emptyBooksAreDone(t *testing.T) {
	j := NewJob(deps(&fakeBooks{}, newFakeStore()), Run{Options: DefaultOptions(domain.TRY)})
	if err := j.Run(t.Context()); err != nil || j.Snapshot().State != StateDone || j.Snapshot().Counters != (Counters{}) {
		t.Errorf("%v, %+v", err, j.Snapshot())
	}
}

func TestJob_saysWhenItsEndCannotBeStored(t *testing.T) {
	store := newFakeStore()
	store.failSave = domain.E(domain.KindDisk, "write", errors.New("full"))
	j := NewJob(deps(&fakeBooks{products: remotes(5)}, store), Run{Options: DefaultOptions(domain.TRY)})
	if err := j.Run(t.Context()); domain.KindOf(err) != domain.KindDisk {
		t.Errorf("%v, want the disk's kind", err)
	}
}

func TestJob_stopsAndGoesOnAtEveryPageAndBatch(t *testing.T) {
	store := newFakeStore(domain.Product{Code: "C-7"})
	books := &fakeBooks{products: remotes(3*BatchSize + 20)}
	var j *Job
	stop := func() { j.Stop() }
	books.before = func(int) error { stop(); return nil } // the page in flight is stored, or dropped whole
	store.onApply = func() { stop() }
	run, stops := Run{Options: DefaultOptions(domain.TRY)}, 0
	for ; !run.State.Finished(); run = store.runs[1] {
		before := run.Counters
		first := true
		stop = func() { // let one through, so that there is something to go on with
			if !first {
				j.Stop()
			}
			first = false
		}
		j = NewJob(deps(books, store), run)
		if err := j.Run(t.Context()); err != nil {
			t.Fatal(err)
		}
		s := j.Snapshot()
		checkInvariants(t, s.Counters)
		if s.State == StateStopped {
			stops++
			if s.Counters == before && s.Phase != PhaseMatch {
				t.Fatalf("nothing came of this sitting: %s %+v", s.Phase, s.Counters)
			}
		}
	}
	if want := (Counters{Read: 1520, Transferred: 1520, Matched: 1, Unmatched: 1519}); run.Counters != want || run.State != StateDone {
		t.Errorf("%s %+v, want %+v", run.State, run.Counters, want)
	}
	if stops < 15 {
		t.Errorf("%d stops for 16 pages and 4 batches", stops)
	}
}
