package transfer

import (
	"errors"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
)

// storing notes when a store was given rows, and how many.
func storing(s *fakeStore) *[]time.Duration {
	began, at := time.Now(), &[]time.Duration{}
	s.before = func(call string, _ Run) error {
		if call == "StagePage" {
			*at = append(*at, time.Since(began).Round(time.Millisecond))
		}
		return nil
	}
	return at
}

// Pages that come soon after each other are stored together, each within a moment of its arrival, also while the next one
// is waited for; the last ones are stored at the end, and what is much at once at once.
func TestJob_storesPagesTogether(t *testing.T) {
	ms := func(all ...int) (times []time.Duration) {
		for _, n := range all {
			times = append(times, time.Duration(n)*time.Millisecond)
		}
		return times
	}
	for name, c := range map[string]struct {
		products int
		takes    func(page int) time.Duration
		want     []time.Duration
	}{
		"quick": {1000, func(int) time.Duration { return 100 * time.Millisecond }, ms(100, 450, 750, 1000)},
		"slow":  {400, func(int) time.Duration { return time.Second }, ms(1000, 2250, 3250, 4000)},
		"one is late": {500, func(page int) time.Duration {
			return time.Duration(1+9*(page/4%2)) * 100 * time.Millisecond
		}, ms(100, 450, 1550, 2300)},
		"at once": {12_050, func(int) time.Duration { return 0 }, ms(0, 0, 0, 0)},
	} {
		synctest.Test(t, func(t *testing.T) {
			b, s := &fakeBooks{products: remotes(c.products), keyed: domain.AbilityDenied}, newFakeStore()
			b.before = func(page int) error {
				time.Sleep(c.takes(page)) //nolint:forbidigo // of the bubble's clock
				return nil
			}
			at := storing(s)
			if err := NewJob(deps(b, s), Run{Options: DefaultOptions(domain.TRY)}).Run(t.Context()); err != nil {
				t.Fatal(name, err)
			}
			if !slices.Equal(*at, c.want) {
				t.Errorf("%s: stored at %v, want %v", name, *at, c.want)
			}
			staged(t, s, b)
		})
	}
}

// Where pages cannot be stored, the read ends with that, whether the next one is under way or was the last: the cursor
// stays in front of them, nothing is left under way, and going on reads them again.
func TestJob_readsAgainWhatCouldNotBeStored(t *testing.T) {
	full := errors.New("full")
	for _, keyed := range []domain.AbilityAnswer{domain.AbilityDenied, domain.AbilityAllowed} {
		for fails := 1; fails <= 4; fails++ {
			synctest.Test(t, func(t *testing.T) {
				b, s := abreast(2450, keyed, 1), newFakeStore()
				calls := 0
				s.before = func(call string, _ Run) error {
					if call == "StagePage" {
						if calls++; calls == fails {
							return domain.E(domain.KindDisk, "write", full)
						}
					}
					return nil
				}
				j := NewJob(deps(b, s), Run{Options: DefaultOptions(domain.TRY)})
				err := j.Run(t.Context())
				if r := j.Snapshot().Run; !errors.Is(err, full) || r.State != StatePaused || r.Counters.Read != len(s.rows) || b.underWay != 0 {
					t.Errorf("%v, %s, %d read, %d rows, %d under way", err, r.State, r.Counters.Read, len(s.rows), b.underWay)
				}
				before, have := b.reads, len(s.rows)
				if err := j.Run(t.Context()); err != nil {
					t.Fatal(err)
				}
				staged(t, s, b)
				if read := b.reads - before; s.runs[1].State != StateDone || read > pages(2450-have)+1 {
					t.Errorf("%s, %d reads for %d products", s.runs[1].State, read, 2450-have)
				}
			})
		}
	}
}
