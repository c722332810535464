package transfer

import (
	"context"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
)

// onDesk runs f with a desk over a store, in a bubble whose time passes at once.
func onDesk(t *testing.T, books *fakeBooks, f func(t *testing.T, d *Desk, newJob func() *Job, store *fakeStore)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		store := newFakeStore()
		newJob := func(r Run) *Job {
			return NewJob(Deps{Books: books, Runs: store, Catalogue: store, Now: time.Now}, r)
		}
		d := NewDesk(func(context.Context) (*Job, error) {
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

func TestDesk_worksOnOneJobWhoeverLooks(t *testing.T) {
	var gate chan struct{} // made in the bubble
	books := &fakeBooks{products: remotes(250), before: func(int) error { <-gate; return nil }}
	onDesk(t, books, func(t *testing.T, d *Desk, newJob func() *Job, _ *fakeStore) {
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

func TestDesk_stopIsHeardAtOnce(t *testing.T) {
	books := &fakeBooks{products: remotes(250)}
	onDesk(t, books, func(t *testing.T, d *Desk, newJob func() *Job, _ *fakeStore) {
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

func TestDesk_goesOnByItselfAfterGrowingPauses(t *testing.T) {
	var mended atomic.Bool
	books := &fakeBooks{products: remotes(250), before: func(n int) error {
		if n == 2 && !mended.Load() {
			return domain.E(domain.KindNetwork, "read", nil)
		}
		return nil
	}}
	onDesk(t, books, func(t *testing.T, d *Desk, newJob func() *Job, store *fakeStore) {
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

func TestDesk_forgetsATryWhenSomethingElseBegins(t *testing.T) {
	books := &fakeBooks{products: remotes(250), before: func(int) error { return domain.E(domain.KindNetwork, "read", nil) }}
	onDesk(t, books, func(t *testing.T, d *Desk, newJob func() *Job, _ *fakeStore) {
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

func TestDesk_goesOnAtStartWithWhatWasInterrupted(t *testing.T) {
	for _, c := range []struct {
		state State
		cause domain.Kind
		want  bool
	}{
		{StateApplying, "", true},
		{StateQueued, "", true},
		{StateStopping, "", true},
		{StatePaused, domain.KindNetwork, true},
		{StatePaused, domain.KindQuota, true},
		{StatePaused, domain.KindNeedsSignIn, false},
		{StatePaused, domain.KindStalePlan, false},
		{StateStopped, "", false},
	} {
		onDesk(t, &fakeBooks{products: remotes(5)}, func(t *testing.T, d *Desk, _ func() *Job, store *fakeStore) {
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

func TestDesk_closingInterrupts(t *testing.T) {
	books := &fakeBooks{products: remotes(250)}
	onDesk(t, books, func(t *testing.T, d *Desk, newJob func() *Job, store *fakeStore) {
		books.before = func(n int) error {
			if n == 2 {
				<-d.ctx.Done()
			}
			return d.ctx.Err()
		}
		w := d.Run(newJob())
		synctest.Wait()
		d.Close()
		<-w.Done()
		if s := store.runs[1].State; !s.Active() {
			t.Errorf("an interrupted run is stored as %s", s)
		}
		if d.Run(newJob()) != nil {
			t.Error("a closed desk takes work")
		}
	})
}
