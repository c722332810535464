package readahead_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/sopyo/sopyo-desktop/domain/readahead"
)

var errPage = errors.New("no page")

// list is one of so many pages that answer after a time of their own.
type list struct {
	pages   int
	takes   func(n int) time.Duration
	fails   func(n int) bool
	abreast int
	to      int  // known to be there
	silent  bool // a call does not tell that it has left

	mu          sync.Mutex
	asked       []int
	underWay    int
	most        int // calls that were on their way at once
	interrupted int
}

func newList(pages, abreast int) *list {
	return &list{
		pages: pages, abreast: abreast, takes: func(int) time.Duration { return time.Second }, fails: func(int) bool { return false },
	}
}

func (l *list) fetch(ctx context.Context, n int) (page string, last int, err error) {
	l.mu.Lock()
	l.asked = append(l.asked, n)
	l.underWay++
	l.most = max(l.most, l.underWay)
	l.mu.Unlock()
	if !l.silent {
		readahead.Left(ctx)
	}
	defer func() {
		l.mu.Lock()
		defer l.mu.Unlock()
		l.underWay--
	}()
	select {
	case <-time.After(l.takes(n)):
	case <-ctx.Done():
		l.mu.Lock()
		defer l.mu.Unlock()
		l.interrupted++
		return "", 0, ctx.Err()
	}
	if l.fails(n) {
		return "", 0, errPage
	}
	return fmt.Sprint("page ", n), l.pages, nil
}

// read ranges over the list from a page on, at most so many pages, each of which takes its reader a time.
func (l *list) read(ctx context.Context, from, most int, store time.Duration) (pages []string, err error) {
	for page, err := range readahead.Pages(ctx, from, l.to, func() int { return l.abreast }, l.fetch) {
		if err != nil {
			return pages, err
		}
		time.Sleep(store) //nolint:forbidigo // of the bubble's clock
		if pages = append(pages, page); len(pages) == most {
			break
		}
	}
	return pages, nil
}

func named(from, to int) (pages []string) {
	for n := from; n <= to; n++ {
		pages = append(pages, fmt.Sprint("page ", n))
	}
	return pages
}

// However long each page takes: they come in their order, each is asked for once, none behind the last, and never more
// are under way than may be.
func TestPages_comeInTheirOrder(t *testing.T) {
	rng := rand.New(rand.NewPCG(14, 2))
	for range 300 {
		synctest.Test(t, func(t *testing.T) {
			l := newList(1+rng.IntN(30), rng.IntN(7))
			times := make([]time.Duration, l.pages+1)
			for n := range times {
				times[n] = time.Duration(rng.IntN(2000)) * time.Millisecond
			}
			l.takes = func(n int) time.Duration { return times[n] }
			from := 1 + rng.IntN(l.pages)
			l.to = rng.IntN(l.pages + 1)
			pages, err := l.read(t.Context(), from, 0, time.Duration(rng.IntN(500))*time.Millisecond)
			if err != nil || !slices.Equal(pages, named(from, l.pages)) {
				t.Errorf("from %d of %d: %v, %v", from, l.pages, pages, err)
			}
			if len(l.asked) != l.pages-from+1 || l.asked[0] != from || l.asked[len(l.asked)-1] != l.pages || !slices.IsSorted(l.asked) || l.most > max(l.abreast, 1) {
				t.Errorf("%d abreast: asked for %v, %d at once", l.abreast, l.asked, l.most)
			}
		})
	}
}

// With four abreast a list takes a quarter of the time, and what its reader does with a page no time at all.
func TestPages_waitOnceForSoMany(t *testing.T) {
	for _, c := range []struct {
		pages, abreast int
		store, took    time.Duration
		silent         bool
		to             int
	}{
		{1, 4, 0, time.Second, false, 0},
		{2, 4, 0, 2 * time.Second, false, 0},
		{5, 4, 0, 2 * time.Second, false, 0}, // the first alone, then four at once
		{9, 4, 0, 3 * time.Second, false, 0},
		{9, 1, 0, 9 * time.Second, false, 0},
		{9, 4, 0, 9 * time.Second, true, 0}, // nobody knows of its calls whether they keep their order
		{9, 0, 0, 9 * time.Second, false, 0},
		{101, 4, 0, 26 * time.Second, false, 0},
		{101, 4, 100 * time.Millisecond, 26*time.Second + 500*time.Millisecond, false, 0}, // behind the first and the last it waits
		{101, 1, 100 * time.Millisecond, 101*time.Second + 101*100*time.Millisecond, false, 0},
		{100, 4, 0, 25 * time.Second, false, 100}, // known from the beginning
		{100, 4, 0, 25 * time.Second, false, 4},
		{5, 4, 0, 2 * time.Second, false, 1},
		{4, 4, 0, time.Second, false, 4},
		{5, 4, 0, 2 * time.Second, false, 4},
	} {
		synctest.Test(t, func(t *testing.T) {
			began, l := time.Now(), newList(c.pages, c.abreast)
			l.silent, l.to = c.silent, c.to
			if _, err := l.read(t.Context(), 1, 0, c.store); err != nil {
				t.Fatal(err)
			}
			if took := time.Since(began); took != c.took {
				t.Errorf("%d pages, %d abreast: %s, want %s", c.pages, c.abreast, took, c.took)
			}
		})
	}
}

// Who takes one page has asked for one.
func TestPages_askForTheFirstAlone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newList(30, 4)
		pages, err := l.read(t.Context(), 7, 1, 5*time.Second)
		if err != nil || !slices.Equal(pages, []string{"page 7"}) || !slices.Equal(l.asked, []int{7}) {
			t.Errorf("%v, %v, asked for %v", pages, err, l.asked)
		}
	})
}

// A page that fails ends the list behind those in front of it, whatever was answered behind it; nothing is asked for
// any more, and nothing is left under way.
func TestPages_endWhereOneFails(t *testing.T) {
	for at := 1; at <= 12; at++ {
		for _, slow := range []time.Duration{0, time.Millisecond, 3 * time.Second} { // the failing one beside the others
			synctest.Test(t, func(t *testing.T) {
				l := newList(12, 4)
				l.fails = func(n int) bool { return n == at }
				l.takes = func(n int) time.Duration {
					if n == at {
						return slow
					}
					return time.Second
				}
				pages, err := l.read(t.Context(), 1, 0, 0)
				if !errors.Is(err, errPage) || !slices.Equal(pages, named(1, at-1)) {
					t.Errorf("page %d: %v, %v", at, pages, err)
				}
				beside := 1 + (at+2)/4*4 // the last one asked for with the failing one
				if most := slices.Max(l.asked); most > max(at+3, beside) || slow < time.Second && most > beside || l.underWay != 0 {
					t.Errorf("page %d fails after %s: asked for %v, %d under way", at, slow, l.asked, l.underWay)
				}
			})
		}
	}
}

// Whoever stops ranging, or is cancelled, leaves no call behind.
func TestPages_leaveNothingUnderWay(t *testing.T) {
	for most := 2; most <= 9; most++ {
		synctest.Test(t, func(t *testing.T) {
			l := newList(30, 4)
			pages, err := l.read(t.Context(), 1, most, 0)
			if err != nil || !slices.Equal(pages, named(1, most)) || l.underWay != 0 || len(l.asked) > most+4 {
				t.Errorf("%v, %v, asked for %v, %d under way", pages, err, l.asked, l.underWay)
			}
		})
	}
	for after := 500 * time.Millisecond; after < 9*time.Second; after += 500 * time.Millisecond {
		synctest.Test(t, func(t *testing.T) {
			l := newList(30, 4)
			ctx, cancel := context.WithTimeout(t.Context(), after)
			defer cancel()
			pages, err := l.read(ctx, 1, 0, 300*time.Millisecond)
			if !errors.Is(err, context.DeadlineExceeded) || !slices.Equal(pages, named(1, len(pages))) || l.underWay != 0 || l.interrupted == 0 {
				t.Errorf("after %s: %v, %v, %d interrupted, %d under way", after, pages, err, l.interrupted, l.underWay)
			}
		})
	}
}

// A list that grows or shrinks while it is read ends where its last page says.
func TestPages_goByWhatThePageBeforeSays(t *testing.T) {
	for _, c := range []struct{ first, then, want int }{{6, 9, 9}, {9, 6, 6}, {3, 2, 2}, {1, 5, 1}, {0, 5, 1}} {
		synctest.Test(t, func(t *testing.T) {
			l := newList(c.first, 4)
			fetch := func(ctx context.Context, n int) (string, int, error) {
				page, last, err := l.fetch(ctx, n)
				if n > 1 {
					last = c.then
				}
				return page, last, err
			}
			var pages []string
			for page, err := range readahead.Pages(t.Context(), 1, 0, func() int { return 4 }, fetch) {
				if err != nil {
					t.Fatal(err)
				}
				pages = append(pages, page)
			}
			if !slices.Equal(pages, named(1, c.want)) || slices.Max(l.asked) > max(c.first, c.then, 1) {
				t.Errorf("%d, then %d: %v, asked for %v", c.first, c.then, pages, l.asked)
			}
		})
	}
}
