package transfer

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/domaintest"
)

// world is everything that a job works with. Each call of a port takes a second of its clock and comes by
// at visit first.
type world struct {
	mu    sync.Mutex // a page may come while those before are stored
	clock sync.Mutex // of time
	books *fakeBooks
	store *fakeStore
	queue *fakeQueue
	ended []Run // as the reporter was told
	time  time.Time
	calls []string
	visit func(call string) error
	given func(call string, r Run) // the run that a port was handed, nil: nobody looks
}

// newWorld has n products at İşbaşı, of which the catalogue has the first three: by binding, code and barcode.
func newWorld(n int) *world {
	list := remotes(n)
	for i := range list {
		list[i].Barcode = domain.Barcode(domaintest.GTIN13(i))
	}
	w := &world{
		books: &fakeBooks{products: list, reads: 70, writes: 7}, // of the program's, before this job
		store: newFakeStore(domain.Product{Code: "bound"}, domain.Product{Code: "C-1"}, domain.Product{Barcode: list[2].Barcode}),
		queue: &fakeQueue{}, time: domaintest.Moment,
	}
	w.store.bound["1000"] = 1
	w.books.before = func(page int) error { return w.come(fmt.Sprint("page ", page)) }
	w.queue.before = w.come
	w.store.before = func(call string, r Run) error {
		if err := w.come(call); err != nil {
			return err
		}
		if w.given != nil {
			w.given(call, r)
		}
		return nil
	}
	return w
}

func (w *world) now() time.Time {
	w.clock.Lock()
	defer w.clock.Unlock()
	return w.time
}

func (w *world) come(call string) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.clock.Lock()
	w.time = w.time.Add(time.Second)
	w.clock.Unlock()
	w.calls = append(w.calls, call)
	if w.visit == nil {
		return nil
	}
	return w.visit(call)
}

func (w *world) Ended(r Run) { w.ended = append(w.ended, r) }

func (w *world) job(r Run) *Job {
	j := NewJob(Deps{Books: w.books, Abilities: w.books, Runs: w.store, Steps: Import{w.store}, Queue: w.queue, Reporter: w, Now: w.now}, r)
	j.soon = func(time.Duration) <-chan time.Time { return make(chan time.Time) } // the calls come in the same order every time
	return j
}

func creating() Options {
	o := DefaultOptions(domain.TRY)
	o.Unmatched = UnmatchedCreated
	return o
}

// life is a run as a person leads it.
type life struct {
	lead func(ctx context.Context, w *world, j *Job) error
	// edited: a product is changed by hand between plan and run, so that its row fails once.
	edited bool
}

func lives() map[string]life {
	return map[string]life{
		"at once": {func(ctx context.Context, _ *world, j *Job) error { return j.Run(ctx) }, false},
		"looked at first, a row tried again": {func(ctx context.Context, w *world, j *Job) error {
			if _, err := j.Measure(ctx); err != nil {
				return err
			}
			if err := j.Prepare(ctx); err != nil {
				return err
			}
			w.edit()
			if err := j.Run(ctx); err != nil || j.Snapshot().State != StatePartlyDone {
				return err
			}
			if err := j.Retry(ctx); err != nil {
				return err
			}
			return j.Run(ctx)
		}, true},
		"read anew": {func(ctx context.Context, _ *world, j *Job) error {
			if err := j.Prepare(ctx); err != nil {
				return err
			}
			j.ReadAnew()
			return j.Run(ctx)
		}, false},
		"the count moves once": {func(ctx context.Context, w *world, j *Job) error {
			w.books.total = func(int) int { return 102 + min(len(w.books.asked)-1, 1) }
			return j.Run(ctx)
		}, false},
		"the pages do not add up at first": {func(ctx context.Context, w *world, j *Job) error {
			w.books.total = func(int) int { return 108 }
			err := j.Run(ctx)
			w.books.total = nil
			if domain.KindOf(err) != domain.KindCount || errors.Is(err, errPort) {
				return err
			}
			return j.Run(ctx)
		}, false},
	}
}

// edit changes the second product by hand, once.
func (w *world) edit() {
	if p := w.store.products[2]; p.Name == "" {
		p.Revision, p.Name = p.Revision+100, "by hand"
		w.store.products[2] = p
	}
}

// counted counts the stored rows anew.
func (w *world) counted() Counters {
	var c Counters
	for _, row := range w.store.rows {
		c.Read++
		c.Pending++
		c.Count(row.Outcome)
	}
	return c
}

var errPort = errors.New("the port")

// Whatever port fails, is cancelled or hears a stop at whichever of its calls: the error arrives, what is
// stored is whole, and going on, in another program, comes to the same end as if nothing had happened.
func TestJob_comesToTheSameEndWhereverItIsDisturbed(t *testing.T) {
	disturbances := map[string]func(j *Job, cancel func()) error{
		"fails": func(*Job, func()) error {
			return &domain.Error{Kind: domain.KindNetwork, Detail: "why", Err: errPort}
		},
		"is cancelled":       func(_ *Job, cancel func()) error { cancel(); return context.Canceled },
		"is cancelled after": func(_ *Job, cancel func()) error { cancel(); return nil },
		"hears a stop":       func(j *Job, _ func()) error { j.Stop(); return nil },
	}
	for name, l := range lives() {
		quiet := newWorld(103)
		if err := l.lead(t.Context(), quiet, quiet.job(Run{Options: creating()})); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if r := quiet.store.runs[1]; r.State != StateDone || r.Counters != quiet.counted() || quiet.ended[len(quiet.ended)-1] != r {
			t.Fatalf("%s: %s, %+v, told %+v", name, r.State, r.Counters, quiet.ended)
		}
		for how, do := range disturbances {
			for n := 1; n <= len(quiet.calls); n++ {
				t.Run(fmt.Sprintf("%s, %s %s", name, quiet.calls[n-1], how), func(t *testing.T) {
					w := newWorld(103)
					j := w.job(Run{Options: creating()})
					ctx, cancel := context.WithCancel(t.Context())
					defer cancel()
					w.visit = func(string) error {
						if len(w.calls) == n {
							return do(j, cancel)
						}
						return nil
					}
					err := l.lead(ctx, w, j)
					w.visit = nil
					r, stored := w.store.runs[1]
					saved := stored && r == j.Snapshot().Run
					switch {
					case how == "fails" && !errors.Is(err, errPort):
						t.Errorf("the error is lost: %v", err)
					case how == "fails" && saved && r.State != StateDraft && !r.State.Finished() && (r.State != StatePaused || r.Cause != domain.KindNetwork || r.Detail != "why"):
						t.Errorf("stored %s %s %q", r.State, r.Cause, r.Detail)
					case how == "hears a stop" && (err != nil || !saved):
						t.Errorf("a stop: %v, stored as it is %v", err, saved)
					case err == nil && r.State != StateStopped && !r.State.Finished():
						t.Errorf("no error, and %s", r.State)
					case ctx.Err() != nil && err != nil && (!errors.Is(err, context.Canceled) || r.State == StateStopped && !l.edited):
						t.Errorf("cancelled: %v, %s", err, r.State)
					}
					if r.Counters != w.counted() {
						t.Errorf("stored %+v, the rows are %+v", r.Counters, w.counted())
					}
					w.goOn(t, l, quiet)
				})
			}
		}
	}
}

// goOn carries what is stored to its end and compares it with what came of an undisturbed run.
func (w *world) goOn(t *testing.T, l life, quiet *world) {
	t.Helper()
	if l.edited {
		w.edit()
	}
	w.books.total = nil
	r, stored := w.store.runs[1]
	if !stored {
		r = Run{Options: creating()}
	}
	j := w.job(r)
	for range 2 {
		err := j.Run(t.Context())
		if domain.KindOf(err) == domain.KindCount { // it was known, but could not be stored: said once more
			err = j.Run(t.Context())
		}
		if err != nil {
			t.Fatal(err)
		}
		if j.Snapshot().State == StatePartlyDone {
			if err := j.Retry(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
	}
	got, want := w.store.runs[1], quiet.store.runs[1]
	costs := []string{"APIReads", "CreatedAt", "ReadAt", "ConfirmedAt", "FinishedAt", "Worked"}
	costs = append(costs, "Options.Disagreed") // what was disturbed may be read when the list has come to rest
	if d := domaintest.Differences(got, want, costs...); len(d) != 0 {
		t.Errorf("the run: %q", d)
	}
	if !reflect.DeepEqual(w.store.rows, quiet.store.rows) {
		t.Errorf("the rows: %q", domaintest.Differences(w.store.rows, quiet.store.rows))
	}
	if !reflect.DeepEqual(w.store.bound, quiet.store.bound) || !reflect.DeepEqual(w.store.products, quiet.store.products) {
		t.Errorf("the catalogue: %v", w.store.products)
	}
	if last := w.ended[len(w.ended)-1]; last != got {
		t.Errorf("told %+v, stored %+v", last, got)
	}
	for _, told := range w.ended {
		if told.ConfirmedAt.IsZero() || !told.State.Finished() && told.State != StateStopped {
			t.Errorf("told of %s", told.State)
		}
	}
	for _, run := range w.queue.runs {
		if run != 1 {
			t.Errorf("the queue was asked about run %d", run)
		}
	}
}

// What a run has cost goes on over its sittings, wherever it is stored: the calls of others and the time
// between the sittings are none of it.
func TestJob_costAndTimeGoOnOverItsSittings(t *testing.T) {
	w := newWorld(350)
	var sat time.Time
	var worked time.Duration
	reads, writes, looked := 0, 0, 0
	w.given = func(call string, r Run) {
		looked++
		spent := worked + w.time.Add(-time.Second).Sub(sat) // the call itself has taken one
		if call == "SavePlan" {
			spent -= time.Second // it stores what the look at both sides found
		}
		if r.Worked != spent || r.APIReads != reads || r.APIWrites != writes {
			t.Errorf("%s %s: worked %v, %d + %d calls; want %v, %d + %d", call, r.State, r.Worked, r.APIReads, r.APIWrites, spent, reads, writes)
		}
	}
	o := creating()
	o.Limit = 20
	run := Run{Options: o}
	for sitting, end := range []struct {
		state   State
		applied int
	}{{StatePaused, 0}, {StateStopped, 20}, {StateDone, 350}} {
		w.visit = func(call string) error {
			switch {
			case call == "page 3" && sitting == 0:
				reads++
				return &domain.Error{Kind: domain.KindQuota, Detail: "why"}
			case call == "turn": // a write that counts, of whatever kind
				w.books.writes++
				writes++
			case call == "page 1" || call == "page 2" || call == "page 3" || call == "page 4":
				reads++
			}
			return nil
		}
		j := w.job(run)
		if d := domaintest.Differences(j.Snapshot().Run, run, "State", "Phase", "NextPage"); len(d) != 0 {
			t.Errorf("taken up: %q", d)
		}
		sat = w.time
		if err := j.Run(t.Context()); (err != nil) != (end.state == StatePaused) {
			t.Fatal(err)
		}
		s := j.Snapshot()
		if s.State != end.state || s.Counters.Read-s.Counters.Pending != end.applied {
			t.Errorf("sitting %d: %s %+v", sitting, s.State, s.Counters)
		}
		if paused := end.state == StatePaused; paused != (s.Cause == domain.KindQuota) || paused != (s.Detail == "why") {
			t.Errorf("sitting %d: cause %s %q", sitting, s.Cause, s.Detail)
		}
		if !s.CreatedAt.Equal(domaintest.Moment) || !s.ConfirmedAt.Equal(domaintest.Moment) {
			t.Errorf("sitting %d: made %v, confirmed %v", sitting, s.CreatedAt, s.ConfirmedAt)
		}
		last := w.time.Add(-time.Second) // when the last save began, and before it left the queue
		if s.State != StatePaused {
			last = last.Add(-time.Second)
		}
		if s.State.Finished() != s.FinishedAt.Equal(last) || s.Worked != worked+last.Sub(sat) {
			t.Errorf("sitting %d: ended %v, worked %v", sitting, s.FinishedAt, s.Worked)
		}
		if sitting > 0 && s.ReadAt != w.store.runs[1].ReadAt || sitting == 0 && !s.ReadAt.IsZero() {
			t.Errorf("sitting %d: read %v", sitting, s.ReadAt)
		}
		run, worked = w.store.runs[1], s.Worked
		w.time = w.time.Add(3 * time.Hour)
		w.books.reads += 500
		w.books.writes += 50
	}
	if reads != 5 || writes != 2 || looked < 15 {
		t.Errorf("%d reads, %d writes, looked %d times", reads, writes, looked)
	}
}

// Whatever a run carries is carried on by a job, and is what it shows.
func TestNewJob_showsTheRunAsItIs(t *testing.T) {
	for _, state := range []State{StatePaused, StateStopped, StatePlanned, StateDone} {
		r := domaintest.Fill[Run](0)
		r.State = state
		if d := domaintest.Differences(newWorld(5).job(r).Snapshot().Run, r); len(d) != 0 {
			t.Errorf("%s: %q", state, d)
		}
	}
	fresh := newWorld(5).job(Run{Options: creating()}).Snapshot().Run
	if want := (Run{State: StateDraft, Phase: PhaseRead, NextPage: 1, Options: creating()}); fresh != want {
		t.Errorf("%+v", fresh)
	}
}

// The first so many, over stops and goings on: whatever was applied before counts.
func TestJob_limitHoldsOverSittings(t *testing.T) {
	for _, c := range []struct{ products, first, limit, applied, batches int }{
		{130, 0, 20, 20, 1},
		{130, 10, 20, 20, 1},
		{130, 19, 20, 20, 1},
		{130, 20, 20, 130, 2}, // what was asked for is there: going on means the rest
		{130, 21, 20, 130, 2},
		{130, 0, 1, 1, 1},
		{130, 0, 129, 129, 1},
		{130, 0, 130, 130, 2},
		{130, 0, 131, 130, 2},
		{2*BatchSize + 100, 0, BatchSize, BatchSize, 1},
		{2*BatchSize + 100, 0, BatchSize + 100, BatchSize + 100, 2},
		{2*BatchSize + 100, 0, BatchSize - 1, BatchSize - 1, 1},
		{2*BatchSize + 100, 0, 0, 2*BatchSize + 100, 4},
	} {
		w := newWorld(c.products)
		o := creating()
		run := Run{Options: o}
		if c.first > 0 {
			run.Options.Limit = c.first
			if err := w.job(run).Run(t.Context()); err != nil {
				t.Fatal(err)
			}
			run = w.store.runs[1]
		}
		run.Options.Limit = c.limit
		before := len(w.calls)
		j := w.job(run)
		if err := j.Run(t.Context()); err != nil {
			t.Fatal(err)
		}
		s := j.Snapshot()
		batches := 0
		for _, call := range w.calls[before:] {
			if call == "Apply" {
				batches++
			}
		}
		state := StateStopped
		if c.applied == c.products {
			state = StateDone
		}
		if s.Counters != w.counted() || s.Counters.Read-s.Counters.Pending != c.applied || s.State != state || batches != c.batches {
			t.Errorf("%+v: %s %+v in %d batches", c, s.State, s.Counters, batches)
		}
		if err := j.Run(t.Context()); err != nil || j.Snapshot().State != StateDone || j.Snapshot().Counters.Pending != 0 {
			t.Errorf("%+v: going on: %v, %+v", c, err, j.Snapshot().Run)
		}
	}
}

// At every call the snapshot says how far the run is, how fast, how long yet and with what.
func TestJob_snapshotSaysHowFarAndHowFast(t *testing.T) { synctest.Test(t, saysHowFar) }

func saysHowFar(t *testing.T) {
	const all = 1201 // so that the last page has one product
	w := newWorld(all)
	arrives := w.books.before
	w.books.before = func(page int) error { // so late that the one before is stored meanwhile
		time.Sleep(2 * storedWithin) //nolint:forbidigo // of the bubble's clock
		return arrives(page)
	}
	var j *Job
	var began time.Time
	applied := 0
	looks := map[State]int{}
	w.visit = func(call string) error {
		s := j.Snapshot()
		looks[s.State]++
		if call == "SaveRun" || call == "CreateRun" {
			return nil
		}
		switch call {
		case "page 1":
			began = w.time.Add(-time.Second)
		case "turn":
			began = w.time // applying is measured from where its turn begins
		}
		var done, of int
		last := ""
		switch s.Phase {
		case PhaseRead:
			done, of = s.Counters.Read, s.Total
		default:
			done, of = applied, all
		}
		if s.Counters.Read > 0 {
			last = fmt.Sprintf("Ürün %d", s.Counters.Read-1)
		}
		if applied > 0 {
			last = fmt.Sprintf("Ürün %d", applied-1)
		}
		if s.Done != done || s.Of != of || s.LastName != last {
			t.Errorf("%s: %d of %d, %q; want %d of %d, %q", call, s.Done, s.Of, s.LastName, done, of, last)
		}
		rate, left := 0.0, time.Duration(0)
		if seconds := w.time.Sub(began).Seconds(); (s.State == StatePreparing && s.Phase == PhaseRead || s.State == StateApplying) && done > 0 {
			rate = float64(done) / seconds
			if s.Phase == PhaseRead && done >= 3*PageSize && of > done { // three pages are enough to foretell the rest
				left = time.Duration(float64(of-done) / rate * float64(time.Second))
			}
		}
		if s.Phase != PhaseMatch && (diff(s.Rate, rate) > 0.01 || diff(s.Left.Seconds(), left.Seconds()) > 0.01) {
			t.Errorf("%s at %d: %v a second, %v left; want %v, %v", call, done, s.Rate, s.Left, rate, left)
		}
		if s.State == StateQueued && (s.Rate != 0 || s.Left != 0) {
			t.Errorf("%s while queued: %v, %v", call, s.Rate, s.Left)
		}
		if call == "Apply" {
			if s.State != StateApplying || (s.Rate > 0) != (applied > 0) {
				t.Errorf("after %d rows: %s, %v a second", applied, s.State, s.Rate)
			}
			applied = min(applied+BatchSize, all)
		}
		return nil
	}
	w.queue.turn = func(_ context.Context, tell func(Standing)) error {
		tell(Standing{Number: 3, Writing: "Öteki"})
		if s := j.Snapshot(); s.State != StateQueued || s.Queue != (Standing{Number: 3, Writing: "Öteki"}) {
			t.Errorf("waiting: %s %+v", s.State, s.Queue)
		}
		return nil
	}
	j = w.job(Run{Options: creating()})
	j.soon = time.After
	if err := j.Run(t.Context()); err != nil {
		t.Fatal(err)
	}
	s := j.Snapshot()
	if s.Done != all || s.Of != all || s.Queue != (Standing{}) || s.Rate != 0 || s.LastName != fmt.Sprint("Ürün ", all-1) {
		t.Errorf("at the end: %+v", s)
	}
	if looks[StatePreparing] < 2*(all/PageSize+1) || looks[StateQueued] < 2 || looks[StateApplying] < 3 {
		t.Errorf("looked %v", looks)
	}
}

func diff(a, b float64) float64 { return max(a-b, b-a) }

// What was measured or read is not read again; once something was applied not even if a person wants it.
func TestJob_readsNothingTwice(t *testing.T) {
	w := newWorld(350)
	o := creating()
	o.Limit = 20
	j := w.job(Run{Options: o})
	asked := func(step string, want ...int) {
		t.Helper()
		if !slices.Equal(w.books.asked, want) {
			t.Errorf("%s: asked for %v, want %v", step, w.books.asked, want)
		}
		w.books.asked = nil
	}
	measure := func() {
		t.Helper()
		if cost, err := j.Measure(t.Context()); err != nil || cost != (Cost{Products: 350, Reads: 4}) {
			t.Errorf("%+v, %v", cost, err)
		}
	}
	measure()
	asked("measured", 1)
	measure()
	asked("measured again")
	for _, step := range []struct {
		name string
		anew bool
		want []int
	}{{"looked at", false, []int{2, 3, 4}}, {"looked at again", false, nil}, {"anew", true, []int{1, 2, 3, 4}}, {"once only", false, nil}} {
		if step.anew {
			j.ReadAnew()
		}
		if err := j.Prepare(t.Context()); err != nil || j.Snapshot().State != StatePlanned {
			t.Fatal(err)
		}
		asked(step.name, step.want...)
	}
	measure()
	asked("measured when it was planned")
	if err := j.Run(t.Context()); err != nil || j.Snapshot().State != StateStopped {
		t.Fatal(err)
	}
	j.ReadAnew()
	if err := j.Run(t.Context()); err != nil || j.Snapshot().State != StateDone {
		t.Fatal(err)
	}
	asked("applied in part, then anew")
	if c := w.store.runs[1].Counters; c != w.counted() || c.Read != 350 {
		t.Errorf("%+v", c)
	}
}

// A list of one page is read whole by being measured.
func TestJob_measuringReadsAListOfOnePageWhole(t *testing.T) {
	for products, reads := range map[int]int{5: 1, PageSize: 1, PageSize + 1: 2} {
		w := newWorld(products)
		j := w.job(Run{Options: creating()})
		if _, err := j.Measure(t.Context()); err != nil {
			t.Fatal(err)
		}
		if err := j.Prepare(t.Context()); err != nil || len(w.books.asked) != reads || w.counted().Read != products {
			t.Errorf("%d products: %v, asked for %v", products, err, w.books.asked)
		}
	}
}

// A stop that comes while something is being stored, and is stored all the same, stays asked for.
func TestJob_aStopWhileThePlanIsStoredStaysAsked(t *testing.T) {
	w := newWorld(5)
	j := w.job(Run{Options: creating()})
	stopped := false
	w.visit = func(call string) error {
		if stopped && j.Snapshot().State != StateStopping && call != "leave" && j.Snapshot().State != StateStopped {
			t.Errorf("%s after Durdur at %s", j.Snapshot().State, call)
		}
		if call == "SavePlan" {
			stopped = true
			j.Stop()
		}
		return nil
	}
	if err := j.Run(t.Context()); err != nil || j.Snapshot().State != StateStopped || w.store.runs[1].Phase != PhaseApply {
		t.Errorf("%v, %+v", err, j.Snapshot().Run)
	}
}

// A read that starts anew is as if nothing had been read; what was asked for and what it cost stay.
func TestJob_readingAnewKeepsWhatWasAskedFor(t *testing.T) {
	w := newWorld(130)
	r := domaintest.Fill[Run](0)
	r.ID, r.State, r.Phase, r.Options = 1, StatePaused, PhaseApply, creating()
	r.Counters = Counters{Read: 3, Pending: 3}
	begun := r
	begun.State, begun.Cause, begun.Detail = StatePreparing, "", ""
	begun.Phase, begun.NextPage, begun.Total, begun.Counters = PhaseRead, 1, 0, Counters{}
	dropped := 0
	w.given = func(call string, r Run) {
		if call == "DropRows" {
			dropped++
			if d := domaintest.Differences(r, begun, "Worked"); len(d) != 0 {
				t.Errorf("%q", d)
			}
		}
	}
	j := w.job(r)
	j.ReadAnew()
	if err := j.Prepare(t.Context()); err != nil || dropped != 1 {
		t.Errorf("%v, dropped %d times", err, dropped)
	}
}

// A list that ends without a word because the job was stopped is not taken for a short one.
func TestJob_aListCutShortByAStopGoesOnWhereItWas(t *testing.T) {
	w := newWorld(350)
	j := w.job(Run{Options: creating()})
	w.visit = func(call string) error {
		if call == "page 3" {
			j.Stop()
			return errCutShort
		}
		return nil
	}
	if err := j.Run(t.Context()); err != nil {
		t.Fatal(err)
	}
	if r := w.store.runs[1]; r.State != StateStopped || r.NextPage != 3 || r.Phase != PhaseRead || r.Cause != "" {
		t.Errorf("%+v", r)
	}
	w.visit = nil
	if err := j.Run(t.Context()); err != nil || !slices.Equal(w.books.asked, []int{1, 2, 3, 3, 4}) {
		t.Errorf("%v, asked for %v", err, w.books.asked)
	}
}

// Who is told of an end, and who leaves the queue: a confirmed run that has ended or was stopped.
func TestJob_tellsOfItsEndAndLeavesTheQueue(t *testing.T) {
	failing := func(kind domain.Kind) func(*Job, string) error {
		return func(_ *Job, call string) error {
			if call == "page 2" {
				return domain.E(kind, "read", nil)
			}
			return nil
		}
	}
	stoppingAt := func(at string) func(*Job, string) error {
		return func(j *Job, call string) error {
			if call == at {
				j.Stop()
			}
			return nil
		}
	}
	stopping := stoppingAt("page 2")
	for name, c := range map[string]struct {
		lead  func(j *Job) error
		visit func(j *Job, call string) error
		state State
		told  bool
	}{
		"done":              {func(j *Job) error { return j.Run(t.Context()) }, nil, StateDone, true},
		"stopped":           {func(j *Job) error { return j.Run(t.Context()) }, stopping, StateStopped, true},
		"failed":            {func(j *Job) error { return j.Run(t.Context()) }, failing(domain.KindInternal), StateFailed, true},
		"paused":            {func(j *Job) error { return j.Run(t.Context()) }, failing(domain.KindNetwork), StatePaused, false},
		"a preview":         {func(j *Job) error { return j.Prepare(t.Context()) }, nil, StatePlanned, false},
		"a stopped preview": {func(j *Job) error { return j.Prepare(t.Context()) }, stopping, StateStopped, false},
		"stopped matching":  {func(j *Job) error { return j.Prepare(t.Context()) }, stoppingAt("Sides"), StateStopped, false},
		"a failed preview":  {func(j *Job) error { return j.Prepare(t.Context()) }, failing(domain.KindInternal), StateFailed, false},
		"a measured one":    {func(j *Job) error { _, err := j.Measure(t.Context()); return err }, nil, StateDraft, false},
	} {
		w := newWorld(130)
		j := w.job(Run{Options: creating()})
		if c.visit != nil {
			w.visit = func(call string) error { return c.visit(j, call) }
		}
		err := c.lead(j)
		r := w.store.runs[1]
		if r.State != c.state || (err != nil) != (c.state == StateFailed || c.state == StatePaused) {
			t.Errorf("%s: %s, %v", name, r.State, err)
		}
		if r.State.Finished() == r.FinishedAt.IsZero() {
			t.Errorf("%s: finished at %v", name, r.FinishedAt)
		}
		if told := len(w.ended) == 1 && w.ended[0] == r; told != c.told || len(w.ended) > 1 {
			t.Errorf("%s: told %+v", name, w.ended)
		}
		if left := slices.Contains(w.queue.calls, "leave"); left != c.told {
			t.Errorf("%s: left the queue %v", name, left)
		}
	}
	// What could not be stored is told to nobody.
	w := newWorld(5)
	w.visit = func(call string) error {
		if call == "SaveRun" && slices.Contains(w.calls, "Apply") {
			return errPort
		}
		return nil
	}
	j := w.job(Run{Options: creating()})
	if err := j.Run(t.Context()); !errors.Is(err, errPort) || j.Snapshot().State != StateDone || len(w.ended) != 0 {
		t.Errorf("%v, %s, told %v, calls %q", err, j.Snapshot().State, w.ended, w.calls)
	}
}

// A run that has come to an end does nothing more, and one that failed says again why.
func TestJob_doesNothingAfterItsEnd(t *testing.T) {
	for _, state := range []State{StateDone, StatePartlyDone, StateFailed} {
		w := newWorld(130)
		r := domaintest.Fill[Run](0)
		r.State = state
		for name, lead := range map[string]func(j *Job) error{
			"run": func(j *Job) error { return j.Run(t.Context()) }, "prepare": func(j *Job) error { return j.Prepare(t.Context()) },
			"measure": func(j *Job) error {
				cost, err := j.Measure(t.Context())
				if cost != CostOf(r.Total) {
					t.Errorf("cost %+v of %d", cost, r.Total)
				}
				return err
			},
		} {
			err := lead(w.job(r))
			var e *domain.Error
			if state != StateFailed {
				if err != nil {
					t.Errorf("%s, %s: %v", state, name, err)
				}
			} else if !errors.As(err, &e) || e.Kind != r.Cause || e.Detail != r.Detail {
				t.Errorf("%s, %s: %v", state, name, err)
			}
		}
		if len(w.calls) != 0 || len(w.ended) != 0 {
			t.Errorf("%s: %q", state, w.calls)
		}
	}
}

func TestJob_pausesUnlessGoingOnCannotHelp(t *testing.T) {
	for _, k := range []domain.Kind{
		domain.KindInternal, domain.KindInvalid, domain.KindForbidden, domain.KindHost, domain.KindNotFound,
		domain.KindNeedsSignIn, domain.KindQuota, domain.KindUnavailable, domain.KindNetwork, domain.KindBadAnswer, domain.KindRejected,
		domain.KindCount, domain.KindStalePlan, domain.KindKeyring, domain.KindDisk, domain.KindBusy, domain.KindWrongKey, domain.KindWrongPassword,
	} {
		for page, call := range map[int]string{1: "page 1", 2: "page 2"} {
			want := StatePaused
			switch k {
			case domain.KindInternal, domain.KindInvalid:
				want = StateFailed
			case domain.KindForbidden, domain.KindHost, domain.KindNotFound:
				if page == 1 { // nothing says that it has ever worked
					want = StateFailed
				}
			default:
			}
			w := newWorld(130)
			failing, detail := error(&domain.Error{Kind: k, Detail: "why"}), "why"
			if k == domain.KindInternal {
				failing, detail = errPort, "" // without a kind of its own
			}
			w.visit = func(c string) error {
				if c == call {
					return failing
				}
				return nil
			}
			err := w.job(Run{Options: creating()}).Run(t.Context())
			if r := w.store.runs[1]; r.State != want || r.Cause != k || !errors.Is(err, failing) || r.Detail != detail || r.NextPage != page {
				t.Errorf("%s at %s: %s %s %q, page %d, %v", k, call, r.State, r.Cause, r.Detail, r.NextPage, err)
			}
			if want == StateFailed {
				continue
			}
			// Once it is over, the run goes on where it was and ends well.
			w.visit = func(string) error { return nil }
			if err := w.job(w.store.runs[1]).Run(t.Context()); k != domain.KindStalePlan && (err != nil || w.store.runs[1].State != StateDone) {
				t.Errorf("%s at %s, going on: %v, %s", k, call, err, w.store.runs[1].State)
			}
		}
	}
}
