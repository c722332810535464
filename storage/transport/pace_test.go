package transport

import (
	"context"
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
