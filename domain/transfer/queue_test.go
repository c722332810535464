package transfer

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
)

// fakeQueue is a line of one: turn is called when the run waits for its turn.
type fakeQueue struct {
	calls  []string
	runs   []int64 // that the calls were for
	turn   func(ctx context.Context, tell func(Standing)) error
	before func(call string) error // as in fakeStore
}

func (q *fakeQueue) begin(call string, run int64) error {
	q.calls, q.runs = append(q.calls, call), append(q.runs, run)
	if q.before == nil {
		return nil
	}
	return q.before(call)
}

func (q *fakeQueue) Enter(_ context.Context, run int64) error { return q.begin("enter", run) }

func (q *fakeQueue) Turn(ctx context.Context, run int64, tell func(Standing)) (func(), error) {
	if err := q.begin("turn", run); err != nil {
		return nil, err
	}
	if q.turn != nil {
		if err := q.turn(ctx, tell); err != nil {
			return nil, err
		}
	}
	return func() { q.calls = append(q.calls, "release") }, nil
}

func (q *fakeQueue) Leave(_ context.Context, run int64) error { return q.begin("leave", run) }

func TestStand(t *testing.T) {
	alone := []Place{{Company: "a", Here: true}}
	line := []Place{
		{Company: "dead", Name: "Ölü", Writing: true},
		{Company: "one", Name: "Bir", Here: true},
		{Company: "me", Name: "Ben", Here: true},
		{Company: "late", Name: "Geç", Here: true, Writing: true}, // it had something to write first
		{Company: "next", Name: "Sonra", Here: true},
	}
	for _, c := range []struct {
		line []Place
		me   domain.CompanyID
		want Standing
	}{
		{alone, "a", Standing{Number: 1}},
		{nil, "a", Standing{Number: 1}},
		{[]Place{{Company: "a", Name: "A", Here: true, Writing: true}}, "a", Standing{Number: 1}}, // its own writing holds nobody up
		{[]Place{{Company: "b", Name: "B", Here: true, Writing: true}}, "a", Standing{Number: 1, Writing: "B"}},
		{[]Place{{Company: "b", Name: "B", Writing: true}, {Company: "c", Name: "C"}}, "a", Standing{Number: 1}}, // nobody is there
		{[]Place{{Company: "a"}, {Company: "b", Name: "B", Here: true}}, "a", Standing{Number: 1}},
		{[]Place{{Company: "b", Here: true}, {Company: "c", Here: true}, {Company: "a"}}, "a", Standing{Number: 3}},
		{line, "one", Standing{Number: 1, Writing: "Geç"}},
		{line, "me", Standing{Number: 2, Writing: "Geç"}},
		{line, "next", Standing{Number: 3, Writing: "Geç"}},
	} {
		if got := Stand(c.line, c.me); got != c.want {
			t.Errorf("%s stands %+v, want %+v", c.me, got, c.want)
		}
	}
}

func TestJob_entersTheQueueWhenConfirmedAndLeavesItAtItsEnd(t *testing.T) {
	q := &fakeQueue{}
	d := deps(&fakeBooks{products: remotes(5)}, newFakeStore())
	d.Queue = q
	j := NewJob(d, Run{Options: DefaultOptions(domain.TRY)})
	if err := j.Prepare(t.Context()); err != nil || len(q.calls) != 0 {
		t.Fatalf("a preview: %v, %v", err, q.calls)
	}
	if err := j.Run(t.Context()); err != nil {
		t.Fatal(err)
	}
	if want := []string{"enter", "turn", "release", "leave"}; !slices.Equal(q.calls, want) {
		t.Errorf("%v, want %v", q.calls, want)
	}
}

func TestJob_keepsItsPlaceWhileItIsPausedOrInterrupted(t *testing.T) {
	for name, failing := range map[string]error{"paused": domain.E(domain.KindNetwork, "read", nil), "interrupted": context.Canceled} {
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		q := &fakeQueue{}
		d := deps(&fakeBooks{products: remotes(5), before: func(int) error {
			if errors.Is(failing, context.Canceled) {
				cancel()
			}
			return failing
		}}, newFakeStore())
		d.Queue = q
		if err := NewJob(d, Run{Options: DefaultOptions(domain.TRY)}).Run(ctx); err == nil {
			t.Errorf("%s: no error", name)
		}
		if want := []string{"enter"}; !slices.Equal(q.calls, want) {
			t.Errorf("%s: %v, want %v", name, q.calls, want)
		}
	}
}

func TestJob_waitsForItsTurnAndCanBeStoppedThere(t *testing.T) {
	store := newFakeStore()
	d := deps(&fakeBooks{products: remotes(5)}, store)
	var j *Job
	q := &fakeQueue{turn: func(ctx context.Context, tell func(Standing)) error {
		tell(Standing{Number: 2, Writing: "Öteki"})
		if s := j.Snapshot(); s.State != StateQueued || s.Queue != (Standing{Number: 2, Writing: "Öteki"}) || s.Left != 0 {
			t.Errorf("while waiting: %+v", s)
		}
		j.Stop()
		if s := j.Snapshot().State; s != StateStopping {
			t.Errorf("state while stopping: %s", s)
		}
		<-ctx.Done()
		return ctx.Err()
	}}
	d.Queue = q
	j = NewJob(d, Run{Options: DefaultOptions(domain.TRY)})
	if err := j.Run(t.Context()); err != nil || j.Snapshot().State != StateStopped || j.Snapshot().Counters.Pending != 5 {
		t.Errorf("%v, %+v", err, j.Snapshot())
	}
	if want := []string{"enter", "turn", "leave"}; !slices.Equal(q.calls, want) {
		t.Errorf("%v, want %v", q.calls, want)
	}
}

func TestJob_aStopBeforeTheBeginningIsHeard(t *testing.T) {
	store, books := newFakeStore(), &fakeBooks{products: remotes(5)}
	interrupted := Run{ID: 1, State: StatePreparing, Phase: PhaseRead, NextPage: 1, ConfirmedAt: time.Now(), Options: DefaultOptions(domain.TRY)}
	store.runs[1] = interrupted
	for name, r := range map[string]Run{"new": {Options: DefaultOptions(domain.TRY)}, "interrupted": interrupted} {
		j := NewJob(deps(books, store), r)
		j.Stop()
		first := State("")
		store.before = func(_ string, r Run) error {
			if first == "" {
				first = r.State
			}
			return nil
		}
		if err := j.Run(t.Context()); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if first != StateStopping {
			t.Errorf("%s: begins as %s", name, first)
		}
		s := j.Snapshot()
		if s.State != StateStopped || books.reads != 0 || store.runs[s.ID].State != StateStopped {
			t.Errorf("%s: %s after %d reads, stored %s", name, s.State, books.reads, store.runs[s.ID].State)
		}
		// Going on is a wish of its own.
		if err := j.Run(t.Context()); err != nil || j.Snapshot().State != StateDone {
			t.Errorf("%s: going on: %v, %s", name, err, j.Snapshot().State)
		}
		books.reads = 0
	}
}

// A stop that comes between two states must not be overwritten by the second.
func TestJob_aStopBetweenTwoPhasesStaysAsked(t *testing.T) {
	store := newFakeStore()
	d := deps(&fakeBooks{products: remotes(5)}, store)
	var j *Job
	d.Queue = &fakeQueue{turn: func(context.Context, func(Standing)) error {
		j.Stop()
		return nil // the turn came at the same moment
	}}
	store.onApply = func() {
		if s := j.Snapshot().State; s != StateStopping {
			t.Errorf("%s after Durdur", s)
		}
	}
	j = NewJob(d, Run{Options: DefaultOptions(domain.TRY)})
	if err := j.Run(t.Context()); err != nil || j.Snapshot().State != StateStopped {
		t.Errorf("%v, %s", err, j.Snapshot().State)
	}
}
