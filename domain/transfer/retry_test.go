package transfer

import (
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
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
