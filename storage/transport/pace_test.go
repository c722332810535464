package transport

import (
	"context"
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/quota"
)

// took tells how long n calls to the address take.
func took(t *testing.T, address string, perSecond float64, n int) time.Duration {
	t.Helper()
	c, _ := over(answerAll("ok"), func(o *Options) { o.PerSecond = perSecond })
	began := time.Now()
	for range n {
		if _, err := to(t.Context(), c, address, quota.Read); err != nil {
			t.Fatal(err)
		}
	}
	return time.Since(began)
}

func TestPace_asManyCallsASecondAsTold(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		// The first call leaves at once; the limiter's float arithmetic may be off by nanoseconds.
		for perSecond, want := range map[float64]time.Duration{3: 10 * time.Second, 5: 6 * time.Second, 0.5: time.Minute} {
			if took := took(t, remote, perSecond, 31); took.Round(time.Millisecond) != want {
				t.Errorf("31 calls took %s, want %s", took, want)
			}
		}
	})
}

func TestPace_noneOnLoopback(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		if took := took(t, "http://127.0.0.1:9/x", 3, 50); took != 0 {
			t.Errorf("50 calls took %s of waiting", took)
		}
	})
}

func TestPace_cancelEndsTheWaiting(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, n := over(answerAll("ok"))
		ctx, cancel := context.WithCancel(t.Context())
		if err := read(ctx, c); err != nil {
			t.Fatal(err)
		}
		time.AfterFunc(time.Millisecond, cancel)
		wantKind(t, read(ctx, c), domain.KindCancelled)
		if len(n.sent) != 1 {
			t.Errorf("%d calls left", len(n.sent))
		}
	})
}

// slow answers each call with a status after a time.
func slow(d time.Duration, status int) func(*http.Request) (*http.Response, error) {
	return func(req *http.Request) (*http.Response, error) {
		select {
		case <-time.After(d):
			return reply(req, status, "ok"), nil
		case <-req.Context().Done():
			return nil, req.Context().Err()
		}
	}
}

// So many calls may be on their way as leave by the pace while one is answered.
func TestAbreast_isThePaceTimesTheAnswer(t *testing.T) {
	for _, c := range []struct {
		address    string
		perSecond  float64
		everywhere bool
		answer     time.Duration
		status     int
		want       int
	}{
		{remote, 3, false, 0, 200, 1},
		{remote, 3, false, 150 * time.Millisecond, 200, 1},
		{remote, 3, false, 333 * time.Millisecond, 200, 1},
		{remote, 3, false, 334 * time.Millisecond, 200, 2},
		{remote, 3, false, 999 * time.Millisecond, 200, 3},
		{remote, 3, false, 1001 * time.Millisecond, 200, 4},
		{remote, 5, false, 999 * time.Millisecond, 200, 5},
		{remote, 0.5, false, 3 * time.Second, 200, 2},
		{remote, 3, false, 30 * time.Second, 200, mostAbreast},
		{remote, 3, false, time.Second, 400, 1}, // a refusal comes faster than a page
		{"http://127.0.0.1:9/x", 3, false, 150 * time.Millisecond, 200, freelyAbreast},
		{"http://127.0.0.1:9/x", 3, false, 30 * time.Second, 200, freelyAbreast},
		{"http://127.0.0.1:9/x", 3, true, 999 * time.Millisecond, 200, 3},
	} {
		synctest.Test(t, func(t *testing.T) {
			client, _ := over(slow(c.answer, c.status), func(o *Options) { o.PerSecond, o.PaceEverywhere = c.perSecond, c.everywhere })
			if n := client.Abreast(); n != 1 {
				t.Errorf("%d abreast before the first answer", n)
			}
			for range 3 { // the waiting for the pace is none of it
				if _, err := to(t.Context(), client, c.address, quota.Read); err != nil {
					t.Fatal(err)
				}
			}
			if n := client.Abreast(); n != c.want {
				t.Errorf("%+v: %d abreast", c, n)
			}
		})
	}
}

// A remote that becomes slower or faster is noticed within a few answers.
func TestAbreast_goesByTheLastAnswers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		takes := 100 * time.Millisecond
		c, _ := over(func(req *http.Request) (*http.Response, error) { return slow(takes, 200)(req) })
		for _, want := range []struct {
			takes time.Duration
			least int
			most  int
		}{{100 * time.Millisecond, 1, 1}, {1900 * time.Millisecond, 5, 6}, {100 * time.Millisecond, 1, 1}} {
			takes = want.takes
			for range 6 {
				if err := read(t.Context(), c); err != nil {
					t.Fatal(err)
				}
			}
			if n := c.Abreast(); n < want.least || n > want.most {
				t.Errorf("%s an answer: %d abreast", takes, n)
			}
		}
	})
}
