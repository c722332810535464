package transport

import (
	"context"
	"net/http"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/quota"
)

// While the remote has asked for rest no further read leaves, neither one that waited for the pace when it did nor one
// that comes then; afterwards they leave by the pace. A write goes by itself.
func TestRetry_aRestIsEverybodys(t *testing.T) {
	for _, told := range []int{http.StatusTooManyRequests, http.StatusServiceUnavailable} {
		synctest.Test(t, func(t *testing.T) {
			began := time.Now()
			var mu sync.Mutex
			var left, wrote []time.Duration
			c, _ := over(func(req *http.Request) (*http.Response, error) {
				mu.Lock()
				at := time.Since(began).Round(time.Millisecond)
				if sendingOf(req.Context()).Kind == quota.Write {
					wrote = append(wrote, at)
				} else {
					left = append(left, at)
				}
				first := len(left) == 1
				mu.Unlock()
				if first {
					time.Sleep(100 * time.Millisecond) //nolint:forbidigo // of the bubble's clock
					return reply(req, told, "", "Retry-After", "10"), nil
				}
				return reply(req, http.StatusOK, "ok"), nil
			})
			var calls sync.WaitGroup
			for n := range 5 {
				calls.Go(func() {
					time.Sleep(time.Duration(n/3) * 2 * time.Second) //nolint:forbidigo // of the bubble's clock
					if err := read(t.Context(), c); err != nil {
						t.Error(err)
					}
				})
			}
			calls.Go(func() {
				time.Sleep(5 * time.Second) //nolint:forbidigo // of the bubble's clock
				if err := write(t.Context(), c); err != nil {
					t.Error(err)
				}
			})
			calls.Wait()
			slices.Sort(left)
			if len(left) != 6 || left[0] != 0 || left[1] < 10100*time.Millisecond || left[5] < left[1]+4*333*time.Millisecond || left[5] > 14*time.Second {
				t.Errorf("reads left at %v", left)
			}
			if !slices.Equal(wrote, []time.Duration{5 * time.Second}) {
				t.Errorf("writes left at %v", wrote)
			}
		})
	}
}

// Cancelled, nobody waits for the end of a rest.
func TestRetry_cancelEndsTheRest(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, n := over(func(req *http.Request) (*http.Response, error) {
			return reply(req, http.StatusTooManyRequests, "", "Retry-After", "50"), nil
		})
		ctx, cancel := context.WithTimeout(t.Context(), 3*time.Second)
		defer cancel()
		time.AfterFunc(time.Second, cancel)
		began := time.Now()
		var calls sync.WaitGroup
		for range 4 {
			calls.Go(func() { _ = read(ctx, c) })
		}
		calls.Wait()
		if took := time.Since(began); took != time.Second || len(n.sent) != 1 {
			t.Errorf("ended after %s, %d left", took, len(n.sent))
		}
	})
}

// Out of reach, the remote is asked by one of the calls for all: the others have failed once, and wait for what it finds.
func TestRetry_oneAsksForAll(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, n := over(func(*http.Request) (*http.Response, error) {
			time.Sleep(2 * time.Second) //nolint:forbidigo // of the bubble's clock
			return nil, errCut
		})
		var calls sync.WaitGroup
		for range 4 {
			calls.Go(func() { wantKind(t, read(t.Context(), c), domain.KindNetwork) })
		}
		calls.Wait()
		if len(n.sent) != 4+maxAttempts-1 {
			t.Errorf("%d calls left", len(n.sent))
		}
		began := time.Now()
		if err := read(t.Context(), c); domain.KindOf(err) != domain.KindNetwork || len(n.sent) != 3+2*maxAttempts || time.Since(began) < 10*time.Second {
			t.Errorf("the next one: %d calls left after %s, %v", len(n.sent), time.Since(began), err)
		}
	})
}

// One that is cancelled while it asks leaves its turn to the next, and that one comes through.
func TestRetry_cancelledItLeavesItsTurn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		began := time.Now()
		c, _ := over(func(req *http.Request) (*http.Response, error) {
			if time.Since(began) < 4*time.Second {
				return reply(req, http.StatusServiceUnavailable, "", "Retry-After", "10"), nil
			}
			return reply(req, http.StatusOK, "ok"), nil
		}, func(o *Options) { o.PerSecond = 1000 })
		ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
		defer cancel()
		var calls sync.WaitGroup
		calls.Go(func() { wantKind(t, read(ctx, c), domain.KindNetwork) })
		synctest.Wait()
		calls.Go(func() {
			if err := read(t.Context(), c); err != nil || time.Since(began) != 5*time.Second {
				t.Errorf("after %s: %v", time.Since(began), err)
			}
		})
		calls.Wait()
	})
}
