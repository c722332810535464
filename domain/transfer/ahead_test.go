package transfer

import (
	"context"
	"fmt"
	"math/rand/v2"
	"testing"
	"testing/synctest"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
)

// abreast is an İşbaşı of n products whose pages are asked for four at once and take their time, each another.
func abreast(n int, keyed domain.AbilityAnswer, seed uint64) *fakeBooks {
	rng := rand.New(rand.NewPCG(seed, 14))
	return &fakeBooks{
		products: dated(n), keyed: keyed, abreast: 4,
		takes: func(int) time.Duration { return time.Duration(500+rng.IntN(1000)) * time.Millisecond },
	}
}

// Whatever becomes of whichever answer, by page and by key: what is stored are the products from the first on to the one
// that the cursor says, every call is counted, none is left under way, and going on reads no page that is stored.
func TestJob_readAheadGoesOnWhereItWas(t *testing.T) {
	ends := map[string]func(j *Job, cancel func()) error{
		"fails":        func(*Job, func()) error { return domain.E(domain.KindNetwork, "read", nil) },
		"is cancelled": func(_ *Job, cancel func()) error { cancel(); return nil },
		"is stopped":   func(j *Job, _ func()) error { j.Stop(); return nil },
	}
	for _, keyed := range []domain.AbilityAnswer{domain.AbilityDenied, domain.AbilityUnasked, domain.AbilityAllowed} {
		for name, end := range ends {
			for at := 1; at <= 21; at += thinned {
				synctest.Test(t, func(t *testing.T) {
					b, s := abreast(2050, keyed, uint64(at)), newFakeStore()
					j := NewJob(deps(b, s), Run{Options: DefaultOptions(domain.TRY)})
					ctx, cancel := context.WithCancel(t.Context())
					defer cancel()
					calls := 0
					b.before = func(int) error {
						if calls++; calls == at {
							return end(j, cancel)
						}
						return nil
					}
					err := j.Run(ctx)
					r := j.Snapshot().Run
					if b.underWay != 0 || r.APIReads != b.reads && ctx.Err() == nil {
						t.Errorf("%s at call %d: %d under way, %d calls, %d counted", name, at, b.underWay, b.reads, r.APIReads)
					}
					if (name == "is stopped") != (err == nil && r.State == StateStopped) {
						t.Errorf("%s at call %d: %v, %s", name, at, err, r.State)
					}
					for i, row := range s.rows { // in order, and nothing left out
						if row.Remote.ID != b.products[i].ID {
							t.Fatalf("%s at call %d: row %d is %s", name, at, i, row.Remote.ID)
						}
					}
					if kept := s.runs[1]; len(s.rows) != kept.Counters.Read || kept.NextPage > 1 && len(s.rows) != min((kept.NextPage-1)*PageSize, 2050) {
						t.Errorf("%s at call %d: %d rows, next page %d, %+v", name, at, len(s.rows), kept.NextPage, kept.Counters)
					}
					before, have := b.reads, len(s.rows)
					run := s.runs[1]
					if run.ID == 0 {
						run = Run{Options: DefaultOptions(domain.TRY)}
					}
					if err := NewJob(deps(b, s), run).Run(t.Context()); err != nil {
						t.Fatal(err)
					}
					staged(t, s, b)
					proof := 1 // of the filter by key, or the last page once more
					if r := s.runs[1]; r.State != StateDone || b.reads-before > pages(2050-have)+proof || b.underWay != 0 {
						t.Errorf("%s at call %d: %s, %d reads for %d products", name, at, r.State, b.reads-before, 2050-have)
					}
				})
			}
		}
	}
}

// Undisturbed, a list costs one read a page, by key too, and its pages are waited for four at a time.
func TestJob_readsAheadAtNoFurtherCost(t *testing.T) {
	for _, keyed := range []domain.AbilityAnswer{domain.AbilityDenied, domain.AbilityUnasked, domain.AbilityAllowed} {
		for _, n := range []int{0, 1, 100, 101, 250, 400, 2000, 2001, 4000, 4100} {
			synctest.Test(t, func(t *testing.T) {
				b, s := abreast(n, keyed, 1), newFakeStore()
				b.takes = func(int) time.Duration { return time.Second }
				began := time.Now()
				if err := NewJob(deps(b, s), Run{Options: DefaultOptions(domain.TRY)}).Run(t.Context()); err != nil {
					t.Fatal(err)
				}
				staged(t, s, b)
				took, most := time.Since(began), time.Duration(3+(pages(n)+3)/4)*time.Second
				if r := s.runs[1]; r.State != StateDone || b.reads != pages(n) || r.Total != n || took > most {
					t.Errorf("%d products, %q: %s with %d reads in %s, most %s", n, keyed, r.State, b.reads, took, most)
				}
			})
		}
	}
}

// By key nothing is left out that was there all the time, whatever comes and goes while pages are under way; and where
// İşbaşı keeps one bound or none, the list is read all the same.
func TestJob_readsAheadByKeyWhateverMoves(t *testing.T) {
	for seed := range uint64(10 / thinned) {
		for name, spoil := range map[string]func(*fakeBooks){
			"both bounds": func(*fakeBooks) {}, "the lower one": func(b *fakeBooks) { b.openEnd = true }, "none": func(b *fakeBooks) { b.ignores = true },
			"nothing comes": func(b *fakeBooks) { b.lies = func(p *Page) { *p = Page{Number: p.Number, Last: true} } },
		} {
			synctest.Test(t, func(t *testing.T) {
				b, s := abreast(2450, domain.AbilityAllowed, seed), newFakeStore()
				spoil(b)
				rng := rand.New(rand.NewPCG(seed, 2))
				there := map[domain.RemoteID]bool{} // all the time
				for _, p := range b.products {
					there[p.ID] = true
				}
				calls, added, often := 0, 90_000, int(seed%5)
				b.before = func(int) error {
					if calls++; calls > 2 && calls < 40 && often > 0 && rng.IntN(often*often) == 0 {
						place := rng.IntN(len(b.products))
						delete(there, b.products[place].ID)
						added++
						b.moves(place, false, time.Now())
						if rng.IntN(2) == 0 {
							b.products = append(b.products, domain.RemoteProduct{ID: domain.RemoteID(fmt.Sprint(added)), Active: true, ModifiedAt: time.Now()})
						}
					}
					return nil
				}
				if name != "both bounds" && name != "the lower one" {
					b.before = nil // by page the count tells
				}
				err := NewJob(deps(b, s), Run{Options: DefaultOptions(domain.TRY)}).Run(t.Context())
				if err != nil {
					t.Fatal(name, seed, err)
				}
				at := s.index(s.runs[1])
				for id := range there {
					if _, ok := at[id]; !ok {
						t.Errorf("%s, %d: %s left out", name, seed, id)
					}
				}
				if r := s.runs[1]; r.State != StateDone || r.Counters.Read != r.Total || b.underWay != 0 {
					t.Errorf("%s, %d: %s, %d of %d", name, seed, r.State, r.Counters.Read, r.Total)
				}
			})
		}
	}
}

// What comes or goes while pages are read ahead by their number is mended with a few reads, as it is where they are read
// one after the other.
func TestJob_mendsWhatMovedWhileItReadAhead(t *testing.T) {
	for seed := range uint64(25 / thinned) {
		synctest.Test(t, func(t *testing.T) {
			b, s := abreast(4000, domain.AbilityDenied, seed), newFakeStore()
			rng := rand.New(rand.NewPCG(seed, 3))
			calls, at, place := 0, 2+rng.IntN(38), rng.IntN(4000)
			b.before = func(int) error {
				if calls++; calls == at {
					b.moves(place, false, began)
				}
				return nil
			}
			if err := NewJob(deps(b, s), Run{Options: DefaultOptions(domain.TRY)}).Run(t.Context()); err != nil {
				t.Fatal(seed, err)
			}
			staged(t, s, b)
			if r := s.runs[1]; r.State != StateDone || r.Counters.Read != 3999 || b.reads > 40+4+12 || r.Options.Disagreed != 0 {
				t.Errorf("%d: %s, %d read with %d reads, disagreed %d", seed, r.State, r.Counters.Read, b.reads, r.Options.Disagreed)
			}
		})
	}
}

// As much added as gone leaves the count as it is: what was added stands at the end, and the pages that were under way
// then are looked at.
func TestJob_noticesWhatTheCountDoesNotWhileItReadAhead(t *testing.T) {
	found, tries := 0, 0
	for seed := range uint64(25 / thinned) {
		synctest.Test(t, func(t *testing.T) {
			b, s := abreast(4000, domain.AbilityDenied, seed), newFakeStore()
			d := deps(b, s)
			d.Now = time.Now
			for i := range b.products {
				b.products[i].ModifiedAt = time.Now().AddDate(0, -1, 0)
			}
			rng := rand.New(rand.NewPCG(seed, 4))
			calls, at := 0, 3+rng.IntN(37)
			b.before = func(n int) error {
				if calls++; calls == at {
					b.moves(100*(n-1)-min(100*(n-1), 150+rng.IntN(1000)), true, time.Now().Truncate(time.Millisecond))
				}
				return nil
			}
			if err := NewJob(d, Run{Options: DefaultOptions(domain.TRY)}).Run(t.Context()); err != nil {
				t.Fatal(seed, err)
			}
			tries++
			r := s.runs[1]
			if r.State != StateDone || r.Counters.Read != 4000 || b.reads > 40+7+20 {
				t.Errorf("%d: %s, %d read with %d reads", seed, r.State, r.Counters.Read, b.reads)
			}
			left := false
			have := s.index(r)
			for _, p := range b.products {
				if _, ok := have[p.ID]; !ok {
					left = true
				}
			}
			if !left {
				found++
			}
		})
	}
	if found != tries {
		t.Errorf("%d of %d noticed", found, tries)
	}
}
