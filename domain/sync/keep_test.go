package sync

import (
	"context"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
)

// keep lets a firm's syncs begin by themselves for as long as during tells, on the clock of the bubble.
func keep(t *testing.T, f *firm, during func(pass func(time.Duration))) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		ctx, end := context.WithCancel(t.Context())
		f.live = true
		s := f.syncs()
		f.log.Reset()
		done := make(chan struct{})
		go func() {
			defer close(done)
			s.KeepSyncing(ctx, slog.New(slog.NewTextHandler(&f.log, nil)))
		}()
		synctest.Wait()
		during(func(d time.Duration) {
			f.mu.Lock()
			f.mu.Unlock() //nolint:staticcheck // orders what the test has done before what follows
			<-time.After(d)
			synctest.Wait()
		})
		end()
		<-done
		s.Syncing.Close()
	})
}

// begun are the occasions of the runs there were.
func (f *firm) begun() (all []Occasion) {
	for _, r := range f.runs {
		all = append(all, r.Request.Occasion)
	}
	return all
}

func TestKeepSyncing_beginsAtOpeningAndThenDaily(t *testing.T) {
	f := newFirm()
	f.list = remotes(1)
	keep(t, f, func(pass func(time.Duration)) {
		if got := f.begun(); !slices.Equal(got, []Occasion{OccasionOpening}) {
			t.Fatalf("at opening: %v", got)
		}
		pass(24*time.Hour - time.Minute)
		if got := f.begun(); len(got) != 1 {
			t.Errorf("before a day: %v", got)
		}
		pass(2 * time.Minute)
		if got := f.begun(); !slices.Equal(got, []Occasion{OccasionOpening, OccasionSchedule}) {
			t.Errorf("after a day: %v", got)
		}
	})
}

func TestKeepSyncing_leavesAYoungSyncAlone(t *testing.T) {
	for ago, want := range map[time.Duration]int{oldAtOpening: 0, oldAtOpening + time.Second: 1} {
		f := newFirm()
		f.list = remotes(1)
		synctest.Test(t, func(*testing.T) { f.runs = []Run{confirmed(ScopeFull, time.Now().Add(-ago), 0, 0)} })
		keep(t, f, func(func(time.Duration)) {
			if n := len(f.runs) - 1; n != want {
				t.Errorf("%v ago: %d begun", ago, n)
			}
		})
	}
}

// An import has read what a sync would read: the schedule counts from it, unless something of it was not carried out.
func TestKeepSyncing_countsFromAnImport(t *testing.T) {
	const ago = time.Hour
	for name, tt := range map[string]struct {
		change func(*transfer.Run)
		at     time.Duration // of the first sync, from now; 0: at once
	}{
		"carried out":      {func(*transfer.Run) {}, 24*time.Hour - ago},
		"read long before": {func(r *transfer.Run) { r.ReadAt = r.ReadAt.Add(-2 * time.Hour) }, 24*time.Hour - 3*time.Hour},
		"older than a day": {func(r *transfer.Run) {
			r.CreatedAt, r.ReadAt = r.CreatedAt.AddDate(0, 0, -1), r.ReadAt.AddDate(0, 0, -1)
		}, 0},
		"there is none":           {func(r *transfer.Run) { r.ID = 0 }, 0},
		"partly":                  {func(r *transfer.Run) { r.State = transfer.StatePartlyDone }, 0},
		"stopped":                 {func(r *transfer.Run) { r.State = transfer.StateStopped }, 0},
		"with less than there is": {func(r *transfer.Run) { r.Counters.Read-- }, 0},
		"partly taken back":       {func(r *transfer.Run) { r.UndoBegunAt = r.ReadAt }, 0},
		"by a clock that went too fast": {func(r *transfer.Run) {
			r.CreatedAt, r.ReadAt = r.CreatedAt.AddDate(1, 0, 0), r.ReadAt.AddDate(1, 0, 0)
		}, 0},
	} {
		f := newFirm()
		f.list = remotes(1)
		synctest.Test(t, func(*testing.T) {
			f.imported = transfer.Run{
				ID: 1, State: transfer.StateDone, Phase: transfer.PhaseEnd, Total: 1, Counters: transfer.Counters{Read: 1},
				CreatedAt: time.Now().Add(-ago), ReadAt: time.Now().Add(time.Minute - ago),
			}
			tt.change(&f.imported)
		})
		keep(t, f, func(pass func(time.Duration)) {
			if n := len(f.runs); n != 0 && tt.at != 0 || n != 1 && tt.at == 0 {
				t.Fatalf("%s: %d begun at once", name, n)
			}
			if tt.at == 0 {
				return
			}
			pass(tt.at - time.Minute)
			if n := len(f.runs); n != 0 {
				t.Errorf("%s: %d begun before %v", name, n, tt.at)
			}
			pass(2 * time.Minute)
			if got := f.begun(); len(got) != 1 {
				t.Errorf("%s: %v begun after %v", name, got, tt.at)
			}
		})
	}
}

func TestKeepSyncing_sendsEditsWhenTheCatalogueRests(t *testing.T) {
	f := newFirm()
	f.settings.Schedule = ScheduleOff
	keep(t, f, func(pass func(time.Duration)) {
		f.edited, f.editAt = 1, time.Now()
		pass(40 * time.Second)
		f.editAt = time.Now() // and again
		pass(50 * time.Second)
		if len(f.runs) != 0 {
			t.Fatalf("the catalogue does not rest yet: %+v", f.runs)
		}
		pass(25 * time.Second)
		if got := f.begun(); !slices.Equal(got, []Occasion{OccasionEdits}) || f.runs[0].Request.Scope != ScopeEdits {
			t.Fatalf("it rests: %+v", f.runs)
		}
		if f.log.Len() > 0 {
			t.Errorf("the log says %s", f.log.String())
		}
		pass(10 * time.Minute)
		if len(f.runs) != 1 {
			t.Errorf("the same edits again: %v", f.begun())
		}
		f.editAt = time.Now()
		pass(2 * time.Minute)
		if len(f.runs) != 2 {
			t.Errorf("new edits: %v", f.begun())
		}
	})
}

func TestKeepSyncing_beginsNothing(t *testing.T) {
	for name, spoil := range map[string]func(*firm){
		"where nothing flows":             func(f *firm) { f.choices.Pull, f.choices.Push = false, domain.PushUnset },
		"while the integration is closed": func(f *firm) { f.choices.IntegrationOn = false },
		"while a transfer is at work":     func(f *firm) { f.busy = true },
		"off, and nothing was edited":     func(f *firm) { f.settings.Schedule = ScheduleOff },
		"before the share of reads is there": func(f *firm) {
			f.seen, f.runs = 38_760, []Run{confirmed(ScopeFull, time.Now().Add(-25*time.Hour), 0, 0)}
		},
		"while a person is waited for": func(f *firm) {
			f.runs = []Run{{Run: transfer.Run{ID: 1, State: transfer.StatePaused, Cause: domain.KindBrake, ReadAt: time.Now()}}}
		},
		"without a session":                  func(f *firm) { f.broken["session"] = errBroken },
		"when the runs cannot be read":       func(f *firm) { f.broken["unfinished"] = errBroken },
		"when it is not known how it stands": func(f *firm) { f.broken["settings"] = errBroken },
		"when edits cannot be read": func(f *firm) {
			f.settings.Schedule, f.edited, f.editAt, f.broken["edited"] = ScheduleOff, 1, time.Now().Add(-time.Hour), errBroken
		},
	} {
		f := newFirm()
		f.list = remotes(1)
		if name != "where nothing flows" && name != "while the integration is closed" {
			f.edited = 0
		} else {
			f.edited = 1
		}
		before := 0
		synctest.Test(t, func(*testing.T) {
			spoil(f)
			before = len(f.runs)
		})
		keep(t, f, func(pass func(time.Duration)) {
			pass(time.Hour)
			if len(f.runs) != before || len(f.calls) != 0 {
				t.Errorf("%s: %v, %v", name, f.begun(), f.calls)
			}
			if warned := strings.Contains(f.log.String(), "no sync was begun"); warned != (len(f.broken) > 0) || strings.Contains(f.log.String(), "kind=\"\"") {
				t.Errorf("%s: the log says %s", name, f.log.String())
			}
		})
	}
}

// A brake of the day before yesterday is not waited for: the plan is too old to be let go.
func TestKeepSyncing_judgesAnewWhatHasWaitedForADay(t *testing.T) {
	f := newFirm()
	f.list = remotes(1)
	synctest.Test(t, func(*testing.T) {
		f.runs = []Run{{Run: transfer.Run{ID: 1, State: transfer.StatePaused, Cause: domain.KindBrake, ReadAt: time.Now()}}}
	})
	keep(t, f, func(pass func(time.Duration)) {
		pass(transfer.PlanLifetime - time.Minute)
		if len(f.runs) != 1 {
			t.Fatalf("%v", f.begun())
		}
		pass(2 * time.Minute)
		if got := f.begun(); !slices.Equal(got, []Occasion{"", OccasionSchedule}) {
			t.Errorf("%v", got)
		}
	})
}

func TestKeepSyncing_goesOnWithWhatWasInterrupted(t *testing.T) {
	f := newFirm()
	f.list = remotes(1)
	synctest.Test(t, func(*testing.T) {
		f.runs = []Run{{Run: transfer.Run{ID: 1, State: transfer.StatePreparing, Phase: transfer.PhaseRead, NextPage: 1, ConfirmedAt: time.Now()}, Request: Request{Scope: ScopeFull}}}
	})
	keep(t, f, func(func(time.Duration)) {
		if len(f.runs) != 1 || f.runs[0].State != transfer.StateDone {
			t.Errorf("%+v", f.runs)
		}
	})
}

// What fails is not tried again every few seconds.
func TestKeepSyncing_isPatientWithWhatFails(t *testing.T) {
	f := newFirm()
	f.broken["list"] = domain.E(domain.KindNeedsSignIn, "list", nil)
	keep(t, f, func(pass func(time.Duration)) {
		pass(patience - time.Minute)
		if len(f.runs) != 1 {
			t.Errorf("%d tries", len(f.runs))
		}
		pass(2 * time.Minute)
		if len(f.runs) != 2 {
			t.Errorf("%d tries after a while", len(f.runs))
		}
	})
}

// A minute of rest is enough, to the second.
func TestKeepSyncing_waitsForAMinute(t *testing.T) {
	f := newFirm()
	f.settings.Schedule = ScheduleOff
	keep(t, f, func(pass func(time.Duration)) {
		f.edited, f.editAt = 1, time.Now() // when it has just looked
		pass(quiet - time.Second)
		if len(f.runs) != 0 {
			t.Error("too early")
		}
		pass(time.Second)
		if len(f.runs) != 1 {
			t.Error("not after a minute")
		}
	})
}

// A lost connection is tried again by the runner; nothing else is begun meanwhile.
func TestKeepSyncing_leavesAPausedRunToItsRunner(t *testing.T) {
	f := newFirm()
	f.broken["list"] = domain.E(domain.KindNetwork, "list", nil)
	keep(t, f, func(pass func(time.Duration)) {
		f.edited, f.editAt = 1, time.Now().Add(-time.Hour)
		pass(50 * time.Second)
		if len(f.runs) != 1 || len(f.calls) != 1 {
			t.Fatalf("%v, %v", f.begun(), f.calls)
		}
		delete(f.broken, "list")
		f.list, f.edited = remotes(1), 0
		pass(20 * time.Second)
		if len(f.runs) != 1 || f.runs[0].State != transfer.StateDone || len(f.calls) != 2 {
			t.Errorf("%+v, %v", f.runs, f.calls)
		}
	})
}

// What the month cut off is planned anew when the next one begins, also where nothing else would begin a sync.
func TestKeepSyncing_plansAnewWhatWaitedForTheMonth(t *testing.T) {
	f := newFirm()
	f.settings.Schedule = ScheduleOff
	f.pairs = []Pair{priced("100/120/100")}
	f.pairs[0].Seen = false
	f.broken["save"] = &domain.Error{Kind: domain.KindQuota, Detail: "2000-02-01 00:00"}
	keep(t, f, func(pass func(time.Duration)) {
		f.edited, f.editAt = 1, time.Now()
		pass(2 * time.Minute)
		if len(f.runs) != 1 || f.runs[0].State != transfer.StatePaused || f.runs[0].Cause != domain.KindQuota {
			t.Fatalf("%+v", f.runs)
		}
		pass(time.Until(time.Date(2000, 1, 31, 23, 59, 0, 0, domain.Istanbul)))
		if len(f.runs) != 1 {
			t.Errorf("before the next month: %v", f.begun())
		}
		delete(f.broken, "save")
		pass(2 * time.Minute)
		pass(time.Hour)
		if got := f.begun(); !slices.Equal(got, []Occasion{OccasionEdits, OccasionEdits}) {
			t.Fatalf("in the next month: %v", got)
		}
		if r := f.runs[1]; r.Request.Scope != ScopeEdits || r.Request.Only != WayPush || r.State != transfer.StateDone || len(f.saved) != 2 {
			t.Errorf("%+v, saved %v", r, f.saved)
		}
	})
}

func TestSyncDue_doesWhatIsDueAndEnds(t *testing.T) {
	for name, c := range map[string]struct {
		spoil func(f *firm)
		begun []Occasion
	}{
		"the first":             {func(*firm) {}, []Occasion{OccasionSchedule}},
		"a young one":           {func(f *firm) { f.runs = []Run{confirmed(ScopeFull, time.Now().Add(-time.Hour), 0, 0)} }, nil},
		"edits behind a sweep":  {func(f *firm) { f.edited, f.editAt = 1, time.Now().Add(-time.Hour) }, []Occasion{OccasionSchedule, OccasionEdits}},
		"a closed integration":  {func(f *firm) { f.choices.IntegrationOn = false }, nil},
		"no time that is named": {func(f *firm) { f.settings.Schedule = ScheduleOff }, nil},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				f := newFirm()
				f.live, f.list = true, remotes(1)
				c.spoil(f)
				s, before := f.syncs(), len(f.runs)
				automatic, err := s.Automatic(t.Context())
				if err != nil || automatic == (strings.HasPrefix(name, "a closed") || strings.HasPrefix(name, "no time")) {
					t.Errorf("automatic: %v, %v", automatic, err)
				}
				n, err := s.SyncDue(t.Context())
				if err != nil || n != len(c.begun) || !slices.Equal(f.begun()[before:], c.begun) {
					t.Errorf("%d, %v: %v", n, err, f.begun())
				}
				s.Syncing.Close()
			})
		})
	}
}

func TestSyncDue_saysWhatHindersAndLeavesTheRestToTheNextRun(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFirm()
		f.live, f.broken["session"] = true, domain.E(domain.KindNeedsSignIn, "sign in", nil)
		s := f.syncs()
		if n, err := s.SyncDue(t.Context()); n != 0 || domain.KindOf(err) != domain.KindNeedsSignIn {
			t.Errorf("%d, %v", n, err)
		}
		s.Syncing.Close()
	})
}

// What was edited, and what was synced, by a clock that was three years ahead goes on once the clock is right.
func TestKeepSyncing_waitsForNoTimeToCome(t *testing.T) {
	f := newFirm()
	f.settings.Schedule = ScheduleOff
	keep(t, f, func(pass func(time.Duration)) {
		f.edited, f.editAt = 1, time.Now().AddDate(3, 0, 0)
		pass(time.Minute)
		if len(f.runs) != 1 {
			t.Errorf("%v", f.begun())
		}
		pass(time.Hour) // what does not go is not tried for ever
		if len(f.runs) != 1 {
			t.Errorf("again: %v", f.begun())
		}
		f.editAt = time.Now()
		pass(2 * time.Minute)
		if got := f.begun(); !slices.Equal(got, []Occasion{OccasionEdits, OccasionEdits}) {
			t.Errorf("%v", got)
		}
	})
	f = newFirm()
	f.list = remotes(1)
	f.settings.Schedule = ScheduleDaily
	synctest.Test(t, func(*testing.T) {
		at := time.Now().AddDate(3, 0, 0)
		f.runs = []Run{{Run: transfer.Run{ID: 1, State: transfer.StateDone, CreatedAt: at, FinishedAt: at, ReadAt: at}, Request: Request{Scope: ScopeFull}}}
	})
	keep(t, f, func(func(time.Duration)) {
		if got := f.begun(); !slices.Equal(got, []Occasion{"", OccasionOpening}) {
			t.Errorf("%v", got)
		}
	})
}
