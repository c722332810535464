package isbasi

import (
	"context"
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
)

func pings(t *testing.T, o Options, n int) time.Duration {
	t.Helper()
	c, _ := over(t, o, func(req *http.Request) (*http.Response, error) {
		return reply(req, http.StatusOK, good(`{"count":0,"data":null}`)), nil
	})
	began := time.Now()
	for range n {
		if err := c.Ping(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	return time.Since(began)
}

func TestPace_threeCallsASecond(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		// The first call leaves at once; the limiter's float arithmetic may be off by nanoseconds.
		if took := pings(t, Options{}, 31); took.Round(time.Millisecond) != 10*time.Second {
			t.Errorf("31 calls took %s, want 10s", took)
		}
	})
}

func TestPace_noneOnLoopback(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := Options{Hosts: []string{"http://127.0.0.1:9"}, AllowLoopback: true}
		if took := pings(t, o, 50); took != 0 {
			t.Errorf("50 calls took %s of waiting", took)
		}
	})
}

func TestPace_cancelEndsTheWaiting(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, n := over(t, Options{}, func(req *http.Request) (*http.Response, error) {
			return reply(req, http.StatusOK, good(`{"count":0,"data":null}`)), nil
		})
		ctx, cancel := context.WithCancel(t.Context())
		if err := c.Ping(ctx); err != nil {
			t.Fatal(err)
		}
		time.AfterFunc(time.Millisecond, cancel)
		wantKind(t, c.Ping(ctx), domain.KindCancelled)
		if len(n.sent) != 1 {
			t.Errorf("%d calls left", len(n.sent))
		}
	})
}
