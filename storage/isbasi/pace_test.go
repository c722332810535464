package isbasi

import (
	"net/http"
	"testing"
	"testing/synctest"
	"time"
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
