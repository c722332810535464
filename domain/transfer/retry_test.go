package transfer

import (
	"errors"
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/domaintest"
)

func TestJob_retryMatchesTheFailedRowsAnew(t *testing.T) {
	books := &fakeBooks{products: remotes(3)}
	store := newFakeStore(domain.Product{Code: "C-0"}, domain.Product{Code: "C-1"}, domain.Product{Code: "C-2"})
	j := NewJob(deps(books, store), Run{Options: DefaultOptions(domain.TRY)})
	if err := j.Prepare(t.Context()); err != nil {
		t.Fatal(err)
	}
	touched := store.products[2]
	touched.Revision, touched.Price = 5, money("7")
	store.products[2] = touched
	if err := j.Run(t.Context()); err != nil {
		t.Fatal(err)
	}
	if s := j.Snapshot(); s.State != StatePartlyDone || s.Counters.Failed != 1 || s.Counters.Matched != 2 {
		t.Fatalf("%s %+v", s.State, s.Counters)
	}
	if err := j.Retry(t.Context()); err != nil {
		t.Fatal(err)
	}
	checkInvariants(t, j.Snapshot().Counters)
	reads := books.reads
	if err := j.Run(t.Context()); err != nil {
		t.Fatal(err)
	}
	s := j.Snapshot()
	if want := (Counters{Read: 3, Transferred: 3, Matched: 3}); s.State != StateDone || s.Counters != want || books.reads != reads {
		t.Errorf("%s %+v, %d reads", s.State, s.Counters, books.reads-reads)
	}
	if p := store.products[2]; !equal(p.Price, money("10")) {
		t.Errorf("price %v", p.Price)
	}
	if p := store.rows[1].Planned; p.Before.Price.Valid {
		t.Errorf("the plan was made anew: %+v", p)
	}
	if domain.KindOf(j.Retry(t.Context())) != domain.KindState {
		t.Error("nothing failed, and it was tried again")
	}
}

func TestJob_asksBeforeMatchingWhatWasReadLongAgo(t *testing.T) {
	books := &fakeBooks{products: remotes(3)}
	store := newFakeStore()
	d := deps(books, store)
	r := Run{ID: 1, State: StatePreparing, Phase: PhaseMatch, Options: DefaultOptions(domain.TRY), ReadAt: d.Now().Add(-25 * time.Hour)}
	store.runs[1] = r
	j := NewJob(d, r)
	if err := j.Run(t.Context()); domain.KindOf(err) != domain.KindStalePlan {
		t.Errorf("%v", err)
	}
	j.AcceptOldPlan()
	if err := j.Run(t.Context()); err != nil || j.Snapshot().State != StateDone {
		t.Errorf("%v, %s", err, j.Snapshot().State)
	}
}

// Only what has failed in a run that rests can be tried again; everything else of the run stays as it is.
func TestJob_retryKeepsTheRun(t *testing.T) {
	for _, state := range states {
		for _, failed := range []int{0, 1} {
			w := newWorld(5)
			r := domaintest.Fill[Run](0)
			r.ID, r.State, r.Counters = 1, state, Counters{Read: 1, Failed: failed}
			w.store.rows = []Row{{RunID: 1, Outcome: OutcomeFailed}}
			j := w.job(r)
			err := j.Retry(t.Context())
			allowed := failed > 0 && !state.Active() && state != StateFailed
			if allowed != (err == nil) || !allowed && (domain.KindOf(err) != domain.KindState || len(w.calls) != 0) {
				t.Errorf("%s, %d failed: %v, %q", state, failed, err, w.calls)
			}
			want := r
			if allowed {
				want.State, want.Phase, want.FinishedAt, want.Options.Limit = StateStopped, PhaseMatch, time.Time{}, 0
				want.Counters = Counters{Read: 1, Pending: 1}
			}
			if d := domaintest.Differences(j.Snapshot().Run, want); len(d) != 0 {
				t.Errorf("%s, %d failed: %q", state, failed, d)
			}
		}
	}
}

func TestJob_retrySaysWhenItCannotBeStored(t *testing.T) {
	w := newWorld(5)
	w.visit = func(string) error { return errPort }
	r := Run{ID: 1, State: StatePartlyDone, Counters: Counters{Read: 1, Failed: 1}}
	j := w.job(r)
	if err := j.Retry(t.Context()); !errors.Is(err, errPort) || j.Snapshot().Run != r {
		t.Errorf("%v, %+v", err, j.Snapshot().Run)
	}
}

// A day is the limit for what was read and for what was planned; until then nobody is asked.
func TestJob_asksAboutWhatIsOlderThanADay(t *testing.T) {
	for _, phase := range []Phase{PhaseRead, PhaseMatch, PhaseApply} {
		for _, late := range []time.Duration{0, time.Nanosecond} {
			for _, accepted := range []bool{false, true} {
				w := newWorld(5)
				r := Run{ID: 1, State: StatePlanned, Phase: phase, NextPage: 1, Options: creating()}
				j := w.job(r)
				if accepted {
					j.AcceptOldPlan()
				}
				asked := late > 0 && !accepted && phase != PhaseRead
				w.visit = func(call string) error { // its age is looked at after the place in the queue
					if call == "enter" {
						j.set(func(r *Run) { r.ReadAt = w.time.Add(-PlanLifetime - late) })
					}
					return nil
				}
				err := j.Run(t.Context())
				if (domain.KindOf(err) == domain.KindStalePlan) != asked || !asked && err != nil {
					t.Errorf("%s, %v late, accepted %v: %v", phase, late, accepted, err)
				}
			}
		}
	}
}
