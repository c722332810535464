package transfer

import (
	"context"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
)

// withRunners runs f with the runners of the companies "b" (Alfa), "a" (Beta) and "c" (Beta); begin begins
// a transfer of one, whose pages go through before.
func withRunners(t *testing.T, before func(int) error, f func(t *testing.T, s *Runners, begin func(id domain.CompanyID, preview bool) *Work)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		s, of := NewRunners(), map[domain.CompanyID]*Runner{}
		for _, c := range []domain.Company{{ID: "c", Name: "Beta"}, {ID: "b", Name: "Alfa"}, {ID: "a", Name: "Beta"}} {
			of[c.ID] = NewRunner(func(context.Context) (*Job, error) { return nil, nil }, time.Now)
			s.Add(c, of[c.ID])
		}
		defer s.Interrupt()
		f(t, s, func(id domain.CompanyID, preview bool) *Work {
			store := newFakeStore()
			j := NewJob(Deps{Books: &fakeBooks{products: remotes(250), before: before}, Abilities: &fakeBooks{}, Runs: store, Steps: Import{store}, Reporter: alone{}, Queue: alone{}, Now: time.Now}, Run{Options: DefaultOptions(domain.TRY)})
			if preview {
				return of[id].Preview(j)
			}
			return of[id].Run(j)
		})
	})
}

func TestRunners_tellWhoIsAtWorkByName(t *testing.T) {
	var gate chan struct{} // made in the bubble
	withRunners(t, func(int) error { <-gate; return nil }, func(t *testing.T, s *Runners, begin func(domain.CompanyID, bool) *Work) {
		gate = make(chan struct{})
		if !s.Rested() || len(s.Working()) != 0 {
			t.Error("at work before anything began")
		}
		begin("a", true)
		if s.Rested() || len(s.Working()) != 0 {
			t.Error("a look at what would happen is no rest, and no transfer")
		}
		begin("c", false)
		begin("b", false)
		if got := s.Working(); s.Rested() || !slices.Equal(got, []domain.CompanyID{"b", "c"}) {
			t.Errorf("at work: %v", got)
		}
		close(gate)
		synctest.Wait()
		if !s.Rested() || len(s.Working()) != 0 {
			t.Errorf("at work: %v", s.Working())
		}
		gate = make(chan struct{})
		defer close(gate)
		begin("c", false)
		begin("a", false)
		if got := s.Working(); !slices.Equal(got, []domain.CompanyID{"a", "c"}) { // of one name: by id
			t.Errorf("at work: %v", got)
		}
	})
}

func TestRunners_stopAllAndWait(t *testing.T) {
	withRunners(t, func(int) error { <-time.After(time.Second); return nil }, func(t *testing.T, s *Runners, begin func(domain.CompanyID, bool) *Work) {
		all := []*Work{begin("a", false), begin("b", false)}
		s.Stop()
		for _, w := range all {
			select {
			case <-w.Done():
			default:
				t.Error("it is still at work")
			}
			if got := w.Job.Snapshot().State; got != StateStopped {
				t.Errorf("%s", got)
			}
		}
		if begin("a", false) == nil || s.Rested() {
			t.Error("nothing can begin after a stop")
		}
	})
}

func TestRunners_interruptAllWhereTheyAre(t *testing.T) {
	withRunners(t, func(int) error { <-time.After(time.Second); return nil }, func(t *testing.T, s *Runners, begin func(domain.CompanyID, bool) *Work) {
		all := []*Work{begin("a", false), begin("b", false)}
		synctest.Wait()
		s.Interrupt()
		for _, w := range all {
			<-w.Done()
			if got := w.Job.Snapshot().State; got == StateStopped || got.Finished() {
				t.Errorf("%s", got)
			}
		}
		if begin("a", false) != nil || !s.Rested() {
			t.Error("something begins after the end")
		}
	})
}

// What goes on by itself within the hour is no rest; what does so later is left to the next start, and what a
// person stopped does not go on at all.
func TestRunners_restUnlessSomethingGoesOnSoon(t *testing.T) {
	withRunners(t, func(int) error { return domain.E(domain.KindNetwork, "read", nil) }, func(t *testing.T, s *Runners, begin func(domain.CompanyID, bool) *Work) {
		w := begin("a", false)
		<-w.Done()
		synctest.Wait()
		if s.Rested() || len(s.Working()) != 0 {
			t.Errorf("it goes on soon; at work: %v", s.Working())
		}
		r := s.all[slices.IndexFunc(s.all, func(r companyRunner) bool { return r.company.ID == "a" })].Runner
		for after, want := range map[time.Duration]bool{soon: true, soon - time.Nanosecond: false} {
			r.mu.Lock()
			r.again = time.Now().Add(after)
			r.mu.Unlock()
			if s.Rested() != want {
				t.Errorf("goes on in %v: rested is %v", after, !want)
			}
		}
		s.Stop()
		if !s.Rested() || !r.GoesOnAt().IsZero() {
			t.Error("it goes on although a person has stopped it")
		}
	})
}
