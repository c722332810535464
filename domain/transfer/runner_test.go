package transfer

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
)

// withRunner runs f with a runner over a store, in a bubble whose time passes at once.
func withRunner(t *testing.T, books *fakeBooks, f func(t *testing.T, d *Runner, newJob func() *Job, store *fakeStore)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		store := newFakeStore()
		newJob := func(r Run) *Job {
			return NewJob(Deps{Books: books, Abilities: books, Runs: store, Steps: Import{store}, Reporter: alone{}, Queue: alone{}, Now: time.Now}, r)
		}
		d := NewRunner(func(context.Context) (*Job, error) {
			r, ok := store.runs[int64(len(store.runs))]
			if !ok || r.State.Finished() {
				return nil, nil
			}
			return newJob(r), nil
		}, time.Now)
		defer d.Close()
		f(t, d, func() *Job { return newJob(Run{Options: DefaultOptions(domain.TRY)}) }, store)
	})
}

func TestRunner_worksOnOneJobWhoeverLooks(t *testing.T) {
	var gate chan struct{} // made in the bubble
	books := &fakeBooks{products: remotes(250), before: func(int) error { <-gate; return nil }}
	withRunner(t, books, func(t *testing.T, d *Runner, newJob func() *Job, _ *fakeStore) {
		gate = make(chan struct{})
		w := d.Run(newJob())
		if other := d.Run(newJob()); other != w {
			t.Error("two jobs at once")
		}
		if !d.Running() || d.Work() != w {
			t.Error("the work is not found")
		}
		close(gate)
		<-w.Done()
		if w.Err() != nil || w.Job.Snapshot().State != StateDone || d.Work() != nil || d.Running() {
			t.Errorf("%v, %s", w.Err(), w.Job.Snapshot().State)
		}
	})
}

func TestRunner_stopIsHeardAtOnce(t *testing.T) {
	books := &fakeBooks{products: remotes(250)}
	withRunner(t, books, func(t *testing.T, d *Runner, newJob func() *Job, _ *fakeStore) {
		w := d.Run(newJob())
		d.Stop() // most likely before the job has begun
		<-w.Done()
		if s := w.Job.Snapshot().State; s != StateStopped || w.Err() != nil {
			t.Errorf("%s, %v", s, w.Err())
		}
		if !d.GoesOnAt().IsZero() {
			t.Error("a stopped run goes on by itself")
		}
	})
}

func TestRunner_goesOnByItselfAfterGrowingPauses(t *testing.T) {
	var mended atomic.Bool
	books := &fakeBooks{products: remotes(250), before: func(n int) error {
		if n == 2 && !mended.Load() {
			return domain.E(domain.KindNetwork, "read", nil)
		}
		return nil
	}}
	withRunner(t, books, func(t *testing.T, d *Runner, newJob func() *Job, store *fakeStore) {
		w := d.Run(newJob())
		<-w.Done()
		for i, want := range []time.Duration{time.Minute, 2 * time.Minute, 5 * time.Minute, 15 * time.Minute, 30 * time.Minute, 30 * time.Minute} {
			if got := time.Until(d.GoesOnAt()); got != want {
				t.Fatalf("try %d in %v, want %v", i, got, want)
			}
			mended.Store(i == 5)
			<-time.After(want)
			synctest.Wait()
		}
		if s := store.runs[1].State; s != StateDone || !d.GoesOnAt().IsZero() {
			t.Errorf("%s, next try %v", s, d.GoesOnAt())
		}
	})
}

func TestRunner_forgetsATryWhenSomethingElseBegins(t *testing.T) {
	books := &fakeBooks{products: remotes(250), before: func(int) error { return domain.E(domain.KindNetwork, "read", nil) }}
	withRunner(t, books, func(t *testing.T, d *Runner, newJob func() *Job, _ *fakeStore) {
		w := d.Run(newJob())
		<-w.Done()
		d.Forget()
		reads := books.reads
		<-time.After(time.Hour)
		synctest.Wait()
		if books.reads != reads {
			t.Error("it went on")
		}
		w = d.Preview(newJob())
		<-w.Done()
		if w.Err() == nil || !d.GoesOnAt().IsZero() {
			t.Errorf("a preview: %v, next try %v", w.Err(), d.GoesOnAt())
		}
	})
}

func TestRunner_goesOnAtStartWithWhatWasInterrupted(t *testing.T) {
	for _, c := range []struct {
		state State
		cause domain.Kind
		want  bool
	}{
		{StateApplying, "", true},
		{StateQueued, "", true},
		{StateStopping, "", false}, // the program was killed before the stop had ended
		{StatePaused, domain.KindNetwork, true},
		{StatePaused, domain.KindQuota, true},
		{StatePaused, domain.KindNeedsSignIn, false},
		{StatePaused, domain.KindStalePlan, false},
		{StateStopped, "", false},
	} {
		withRunner(t, &fakeBooks{products: remotes(5)}, func(t *testing.T, d *Runner, _ func() *Job, store *fakeStore) {
			store.runs[1] = Run{ID: 1, State: c.state, Cause: c.cause, Phase: PhaseRead, NextPage: 1, ConfirmedAt: time.Now(), Options: DefaultOptions(domain.TRY)}
			if err := d.GoOn(t.Context()); err != nil {
				t.Fatal(err)
			}
			synctest.Wait()
			if went := store.runs[1].State == StateDone; went != c.want {
				t.Errorf("%s %s: went on %v", c.state, c.cause, went)
			}
		})
	}
}

func TestRunner_closingInterrupts(t *testing.T) {
	books := &fakeBooks{products: remotes(250)}
	withRunner(t, books, func(t *testing.T, d *Runner, newJob func() *Job, store *fakeStore) {
		books.before = func(n int) error {
			if n == 2 {
				<-d.ctx.Done()
				<-time.After(time.Second) // what is in flight ends in its own time
			}
			return d.ctx.Err()
		}
		w := d.Run(newJob())
		synctest.Wait()
		d.Close()
		select {
		case <-w.Done():
		default:
			t.Error("closed, and it is still at work")
		}
		if s := store.runs[1].State; !s.Active() {
			t.Errorf("an interrupted run is stored as %s", s)
		}
		if d.Run(newJob()) != nil {
			t.Error("a closed runner takes work")
		}
	})
}

// What brought something begins the pauses anew; what brought nothing lets them grow.
func TestRunner_beginsThePausesAnewWhenSomethingCame(t *testing.T) {
	var broken atomic.Int32 // the page that does not arrive
	books := &fakeBooks{products: remotes(450), before: func(n int) error {
		if n == int(broken.Load()) {
			return domain.E(domain.KindUnavailable, "read", nil)
		}
		return nil
	}}
	withRunner(t, books, func(t *testing.T, d *Runner, newJob func() *Job, store *fakeStore) {
		broken.Store(2)
		<-d.Run(newJob()).Done()
		for i, step := range []struct {
			broken int
			wait   time.Duration // until the try after this one
		}{{2, 2 * time.Minute}, {2, 5 * time.Minute}, {4, time.Minute}, {4, 2 * time.Minute}, {5, time.Minute}, {0, 0}} {
			broken.Store(int32(step.broken))
			w := d.Latest()
			<-time.After(time.Until(d.GoesOnAt()))
			synctest.Wait()
			if d.Latest() == w || d.Work() != nil {
				t.Fatalf("step %d: nothing was tried", i)
			}
			if step.wait == 0 {
				continue
			}
			if got := time.Until(d.GoesOnAt()); got != step.wait {
				t.Errorf("step %d: tried again in %v, want %v", i, got, step.wait)
			}
		}
		if s := store.runs[1].State; s != StateDone || !d.GoesOnAt().IsZero() {
			t.Errorf("%s, next try %v", s, d.GoesOnAt())
		}
	})
}

// Only a run that paused for what passes is tried again; what a person has to mend waits for the person, and
// afterwards the pauses begin anew.
func TestRunner_waitsForThePersonWhereOneIsNeeded(t *testing.T) {
	var kind atomic.Value
	books := &fakeBooks{products: remotes(450), before: func(int) error { return domain.E(kind.Load().(domain.Kind), "read", nil) }}
	withRunner(t, books, func(t *testing.T, d *Runner, newJob func() *Job, _ *fakeStore) {
		for i, c := range []struct {
			kind domain.Kind
			wait time.Duration
		}{
			{domain.KindNetwork, time.Minute},
			{domain.KindNetwork, 2 * time.Minute},
			{domain.KindNeedsSignIn, 0},
			{domain.KindNetwork, time.Minute},
			{domain.KindForbidden, 0},
			{domain.KindNetwork, time.Minute},
		} {
			kind.Store(c.kind)
			w := d.Run(newJob()) // a person begins; the planned try is forgotten
			<-w.Done()
			want := time.Time{}
			if c.wait > 0 {
				want = time.Now().Add(c.wait)
			}
			if !d.GoesOnAt().Equal(want) || domain.KindOf(w.Err()) != c.kind {
				t.Errorf("%d: %s: next try %v, want %v; %v", i, c.kind, d.GoesOnAt(), want, w.Err())
			}
		}
	})
}

// While something is at work nobody looks for more; the try that was planned is forgotten.
func TestRunner_looksForARunOnlyWhenItIsFree(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		gate := make(chan struct{})
		store, books := newFakeStore(), &fakeBooks{products: remotes(5), before: func(int) error { <-gate; return nil }}
		job := func(r Run) *Job {
			return NewJob(Deps{Books: books, Abilities: books, Runs: store, Steps: Import{store}, Reporter: alone{}, Queue: alone{}, Now: time.Now}, r)
		}
		var found *Job
		var failing error
		looked := 0
		d := NewRunner(func(context.Context) (*Job, error) { looked++; return found, failing }, time.Now)
		defer d.Close()
		d.Stop() // nothing is at work: no harm
		if d.Work() != nil || d.Latest() != nil || d.Running() {
			t.Error("something is at work")
		}
		if failing = errPort; !errors.Is(d.GoOn(t.Context()), errPort) || d.Latest() != nil {
			t.Error("the error is lost")
		}
		if failing = nil; d.GoOn(t.Context()) != nil || d.Latest() != nil {
			t.Error("nothing was found, and something runs")
		}
		w := d.Preview(job(Run{Options: DefaultOptions(domain.TRY)}))
		found = job(Run{ID: 9, State: StateApplying, Phase: PhaseApply})
		if err := d.GoOn(t.Context()); err != nil || looked != 2 || d.Work() != w || !w.Preview || d.Running() {
			t.Errorf("%v after %d looks, running %v", err, looked, d.Running())
		}
		if other := d.Run(found); other != w {
			t.Error("two at once")
		}
		close(gate)
		<-w.Done()
		if w.Err() != nil || d.Latest() != w || d.Work() != nil || w.Job.Snapshot().State != StatePlanned {
			t.Errorf("%v, %s", w.Err(), w.Job.Snapshot().State)
		}
		w = d.Run(w.Job)
		if w.Preview || !d.Running() {
			t.Error("a confirmed run is no preview")
		}
		<-w.Done()
		if d.Running() || w.Job.Snapshot().State != StateDone {
			t.Errorf("%v, %s", w.Err(), w.Job.Snapshot().State)
		}
	})
}

// A planned try is over once somebody has looked, also where nothing was found.
func TestRunner_looksOnceForWhatWasPlanned(t *testing.T) {
	books := &fakeBooks{products: remotes(5), before: func(int) error { return domain.E(domain.KindNetwork, "read", nil) }}
	withRunner(t, books, func(t *testing.T, d *Runner, newJob func() *Job, store *fakeStore) {
		<-d.Run(newJob()).Done()
		clear(store.runs) // undone and gone, meanwhile
		if err := d.GoOn(t.Context()); err != nil || !d.GoesOnAt().IsZero() || d.Work() != nil {
			t.Errorf("%v, next try %v", err, d.GoesOnAt())
		}
	})
}

// A preview that fails is not tried again, and neither is anything that ends as the runner closes.
func TestRunner_plansNoTryForAPreviewOrAtItsClosing(t *testing.T) {
	books := &fakeBooks{products: remotes(5), before: func(int) error { return domain.E(domain.KindNetwork, "read", nil) }}
	withRunner(t, books, func(t *testing.T, d *Runner, newJob func() *Job, _ *fakeStore) {
		<-d.Preview(newJob()).Done()
		if !d.GoesOnAt().IsZero() {
			t.Error("a preview is tried again")
		}
		w := d.Run(newJob())
		<-w.Done()
		reads := books.reads
		if d.GoesOnAt().IsZero() {
			t.Error("nothing is planned")
		}
		d.Close()
		if !d.GoesOnAt().IsZero() {
			t.Error("a closed runner has something planned")
		}
		<-time.After(time.Hour)
		synctest.Wait()
		if !d.GoesOnAt().IsZero() || books.reads != reads || d.Run(newJob()) != nil || d.Preview(newJob()) != nil || d.Latest() != w {
			t.Errorf("a closed runner works: %d reads", books.reads-reads)
		}
	})
}

// Two look for the run to go on with at the same moment, and one of them has carried it to its end before the other has found it.
func TestRunner_goesOnOnceWithWhatTwoHaveFound(t *testing.T) {
	books := &fakeBooks{products: remotes(250)}
	synctest.Test(t, func(t *testing.T) {
		store := newFakeStore()
		newJob := func(r Run) *Job {
			return NewJob(Deps{Books: books, Abilities: books, Runs: store, Steps: Import{store}, Reporter: alone{}, Queue: alone{}, Now: time.Now}, r)
		}
		found, late := make(chan struct{}, 2), make(chan struct{})
		var asked atomic.Int32
		d := NewRunner(func(context.Context) (*Job, error) {
			j := newJob(store.runs[1])
			first := asked.Add(1) == 1
			if found <- struct{}{}; first {
				<-late
			}
			return j, nil
		}, time.Now)
		defer d.Close()
		w := d.Run(newJob(Run{Options: DefaultOptions(domain.TRY)}))
		w.Job.Stop()
		<-w.Done()
		paused := store.runs[1]
		paused.State, paused.Cause, paused.ConfirmedAt = StatePaused, domain.KindNetwork, time.Now()
		store.runs[1] = paused
		reads, _ := books.Calls()

		ended := make(chan error)
		go func() { ended <- d.GoOn(t.Context()) }()
		<-found
		if err := d.GoOn(t.Context()); err != nil {
			t.Fatal(err)
		}
		w = d.Latest()
		<-w.Done()
		if s := w.Job.Snapshot().State; s != StateDone {
			t.Fatalf("%s, %v", s, w.Err())
		}
		want, _ := books.Calls()
		close(late)
		if err := <-ended; err != nil {
			t.Error(err)
		}
		synctest.Wait()
		if now, _ := books.Calls(); d.Latest() != w || now != want || want == reads {
			t.Errorf("it was gone on with again: %d reads, %d when it was done", now, want)
		}
	})
}
