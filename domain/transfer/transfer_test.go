package transfer

import (
	"encoding/json"
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/domaintest"
)

var states = []State{
	StateDraft, StatePreparing, StatePlanned, StateQueued, StateApplying, StatePaused, StateStopping, StateStopped,
	StateDone, StatePartlyDone, StateFailed,
}

func TestState_isAtWorkOrAtItsEnd(t *testing.T) {
	active := []State{StatePreparing, StateQueued, StateApplying, StateStopping}
	finished := []State{StateDone, StatePartlyDone, StateFailed}
	kinds := []domain.Kind{"", domain.KindNetwork, domain.KindUnavailable, domain.KindQuota, domain.KindNeedsSignIn, domain.KindCount, domain.KindStalePlan}
	for _, s := range states {
		if s.Active() != slices.Contains(active, s) || s.Finished() != slices.Contains(finished, s) {
			t.Errorf("%s: active %v, finished %v", s, s.Active(), s.Finished())
		}
		for i, k := range kinds {
			want := s.Active() && s != StateStopping || s == StatePaused && i >= 1 && i <= 3
			if got := GoesOnAtStart(Run{State: s, Cause: k}); got != want {
				t.Errorf("%s for %q goes on at the start: %v", s, k, got)
			}
		}
	}
}

func TestOptions_validate(t *testing.T) {
	for name, c := range map[string]struct {
		o    Options
		want *domain.Error
	}{
		"by both":           {Options{ByBarcode: true, ByCode: true}, nil},
		"by barcode":        {Options{ByBarcode: true}, nil},
		"by code":           {Options{ByCode: true}, nil},
		"by nothing":        {Options{TakeName: true, Limit: -1}, domain.Invalid("match", "choose")},
		"a limit of one":    {Options{ByCode: true, Limit: 1}, nil},
		"a limit below all": {Options{ByCode: true, Limit: -1}, domain.Invalid("limit", "negative")},
	} {
		err := c.o.Validate()
		var e *domain.Error
		if errors.As(err, &e); (err == nil) != (c.want == nil) || err != nil && *e != *c.want {
			t.Errorf("%s: %v", name, err)
		}
	}
	want := Options{ByBarcode: true, ByCode: true, Unmatched: UnmatchedListed, Currency: domain.EUR}
	if got := DefaultOptions(domain.EUR); got != want || got.Validate() != nil {
		t.Errorf("%+v", got)
	}
}

// Options and the sums of a plan are kept as JSON: nothing of them is lost on the way.
func TestOptions_goThroughJSON(t *testing.T) {
	for seed := range 2 {
		o, f := domaintest.Fill[Options](seed), domaintest.Fill[Forecast](seed)
		var backO Options
		var backF Forecast
		text, err := json.Marshal(o)
		if err := errors.Join(err, json.Unmarshal(text, &backO)); err != nil {
			t.Fatal(err)
		}
		text, err = json.Marshal(f)
		if err := errors.Join(err, json.Unmarshal(text, &backF)); err != nil {
			t.Fatal(err)
		}
		if d := append(domaintest.Differences(backO, o), domaintest.Differences(backF, f)...); len(d) != 0 {
			t.Errorf("%q", d)
		}
	}
}

// Wherever a row goes, the counters add up, and going back gives the counters of before.
func TestCounters_moveARowFromOneOutcomeToAnother(t *testing.T) {
	outcomes := []Outcome{OutcomePending, OutcomeMatched, OutcomeUnmatched, OutcomeSkipped, OutcomeFailed}
	of := func(c Counters) map[Outcome]int {
		return map[Outcome]int{
			OutcomePending: c.Pending, OutcomeMatched: c.Matched, OutcomeUnmatched: c.Unmatched, OutcomeSkipped: c.Skipped, OutcomeFailed: c.Failed,
		}
	}
	before := Counters{Read: 25, Transferred: 7, Matched: 3, Unmatched: 4, Skipped: 5, Failed: 6, Pending: 7}
	for _, from := range outcomes {
		for _, to := range outcomes {
			c := before
			c.Move(from, to)
			checkInvariants(t, c)
			for _, o := range outcomes {
				want := of(before)[o]
				if from != to && o == from {
					want--
				} else if from != to && o == to {
					want++
				}
				if of(c)[o] != want {
					t.Errorf("%s to %s: %s is %d, want %d", from, to, o, of(c)[o], want)
				}
			}
			c.Move(to, from)
			if c != before {
				t.Errorf("%s to %s and back: %+v", from, to, c)
			}
			if c.Count(to); from == OutcomePending {
				moved := before
				moved.Move(from, to)
				if c != moved {
					t.Errorf("counted as %s: %+v", to, c)
				}
			}
		}
	}
}

func TestRun_isBeingUndoneSinceItsUndoBegan(t *testing.T) {
	if (Run{UndoneAt: domaintest.Moment}).Undoing() || !(Run{UndoBegunAt: domaintest.Moment}).Undoing() {
		t.Error("the undo is not known by its beginning")
	}
}

func TestCostOf_isAPageForEveryHundred(t *testing.T) {
	for products, reads := range map[int]int{0: 1, 1: 1, 99: 1, 100: 1, 101: 2, 200: 2, 201: 3, 38_760: 388} {
		if got, want := CostOf(products), (Cost{Products: products, Reads: reads}); got != want {
			t.Errorf("%+v, want %+v", got, want)
		}
	}
}

func TestOutdated_alsoWhatIsFromATimeToCome(t *testing.T) {
	now := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	for age, want := range map[time.Duration]bool{
		0: false, PlanLifetime: false, PlanLifetime + 1: true, -time.Hour: false, -time.Hour - 1: true, -100 * PlanLifetime: true,
	} {
		if got := Outdated(now.Add(-age), now, PlanLifetime); got != want {
			t.Errorf("%s old: %v", age, got)
		}
		if got := (Plan{ReadAt: now.Add(-age)}).OldAt(now); got != want {
			t.Errorf("a plan %s old: %v", age, got)
		}
	}
}
