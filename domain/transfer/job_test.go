package transfer

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"
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
	if err := j.Run(t.Context()); err != nil || j.Snapshot().State != StateDone || books.reads != 3*BatchSize/PageSize {
		t.Errorf("going on: %v, %s, %d reads", err, j.Snapshot().State, books.reads)
	}
}

func TestJob_storesTheWishToStopBeforeItsWorkHasEnded(t *testing.T) {
	books, store := &fakeBooks{products: remotes(300)}, newFakeStore()
	j := NewJob(deps(books, store), Run{Options: DefaultOptions(domain.TRY)})
	books.before = func(page int) error {
		if page == 2 {
			j.Stop()
			if id := <-store.stopping; id != j.Snapshot().ID {
				t.Errorf("run %d was to stop", id)
			}
		}
		return nil
	}
	if err := j.Run(t.Context()); err != nil || j.Snapshot().State != StateStopped {
		t.Errorf("%v, %s", err, j.Snapshot().State)
	}
	books.before = nil
	if err := j.Run(t.Context()); err != nil || j.Snapshot().State != StateDone || len(store.stopping) != 0 {
		t.Errorf("going on: %v, %s", err, j.Snapshot().State)
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
	if err := j.Run(t.Context()); err != nil {
		t.Fatal(err)
	}
	// The new product stands on page 1: the borders of the pages tell that it is missing there.
	if want := []int{1, 2, 3, 2, 2, 1}; !reflect.DeepEqual(books.asked, want) {
		t.Errorf("pages asked for: %v, want %v", books.asked, want)
	}
	if s := j.Snapshot(); s.State != StateDone || s.Counters.Read != 300 {
		t.Errorf("%s %+v", s.State, s.Counters)
	}
}

// A count that moves sends the read back, page by page while it goes on moving; ten pages read again are
// borne, the eleventh ends the read.
func TestJob_readsBackOnlySoFarWhileTheCountMoves(t *testing.T) {
	up := func(from, to int) (pages []int) {
		for p := from; p <= to; p++ {
			pages = append(pages, p)
		}
		return pages
	}
	down := func(from, to int) []int {
		pages := up(to, from)
		slices.Reverse(pages)
		return pages
	}
	pairs := func(to int) (pages []int) { // each page, and the one before it again
		for p := 2; p <= to; p++ {
			pages = append(pages, p, p-1)
		}
		return append([]int{1}, pages...)
	}
	for name, c := range map[string]struct {
		moves func(call int) bool
		asked []int
		whole bool
	}{
		"never":               {func(int) bool { return false }, up(1, 20), true},
		"at the first page":   {func(call int) bool { return call == 1 }, up(1, 20), true},
		"at the second page":  {func(call int) bool { return call == 2 }, slices.Concat([]int{1, 2, 1}, up(3, 20)), true},
		"at the last page":    {func(call int) bool { return call == 20 }, append(up(1, 20), 19), true},
		"always":              {func(int) bool { return true }, slices.Concat(down(1, 1), down(2, 1), down(3, 1), down(4, 1), down(5, 1), down(6, 1)), false},
		"at ten pages":        {func(call int) bool { return call%2 == 0 && call <= 20 }, slices.Concat(pairs(11), up(12, 20)), true},
		"at eleven pages":     {func(call int) bool { return call%2 == 0 && call <= 22 }, pairs(12), false},
		"for ten pages":       {func(call int) bool { return call >= 16 && call <= 25 }, slices.Concat(up(1, 16), down(15, 6), up(17, 20)), true},
		"for eleven pages":    {func(call int) bool { return call >= 16 && call <= 26 }, slices.Concat(up(1, 16), down(15, 5)), false},
		"always from page 16": {func(call int) bool { return call >= 16 }, slices.Concat(up(1, 16), down(15, 5)), false},
	} {
		books, store := &fakeBooks{products: remotes(1990), keyed: domain.AbilityDenied}, newFakeStore()
		calls, total := 0, 1950 // never as many as there are, and always as many pages
		books.total = func(int) int {
			if calls++; c.moves(calls) {
				total++
			}
			return total
		}
		j := NewJob(deps(books, store), Run{Options: DefaultOptions(domain.TRY)})
		err := j.Prepare(t.Context())
		s := store.runs[1]
		if c.whole { // behind it the borders are looked at, and all but the count is right
			c.asked = append(slices.Clone(c.asked), 11, 16, 18, 19, 20)
		}
		if !slices.Equal(books.asked, c.asked) || (s.NextPage == 0) != c.whole {
			t.Errorf("%s: next page %d after %v, want %v", name, s.NextPage, books.asked, c.asked)
		}
		if want := fmt.Sprintf("%d / %d", s.Counters.Read, total); domain.KindOf(err) != domain.KindCount || s.State != StatePaused || s.Detail != want || s.Total != total {
			t.Errorf("%s: %v, %s %q, want %q", name, err, s.State, s.Detail, want)
		}
		// Going on, once the list has come to rest, ends well from wherever it was given up.
		books.total = nil
		if err := j.Prepare(t.Context()); err != nil || store.runs[1].Counters != (Counters{Read: 1990, Pending: 1990}) {
			t.Errorf("%s: going on: %v, %+v", name, err, store.runs[1])
		}
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
	books.before = func(int) error { stop(); return nil } // the page in flight is stored, with the one that it let through
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
	if want := (Counters{Read: 3*BatchSize + 20, Transferred: 3*BatchSize + 20, Matched: 1, Unmatched: 3*BatchSize + 19}); run.Counters != want || run.State != StateDone {
		t.Errorf("%s %+v, want %+v", run.State, run.Counters, want)
	}
	if pages := 3*BatchSize/PageSize + 1; stops < pages/2+4 {
		t.Errorf("%d stops for %d pages and 4 batches", stops, pages)
	}
}
