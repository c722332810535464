package isbasi

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/quota"
)

// attempts sends one call through the retry layer alone and gives when each attempt left.
func attempts(t *testing.T, k call, answer func(n int, req *http.Request) (*http.Response, error)) (at []time.Duration, resp *http.Response, err error) {
	t.Helper()
	began := time.Now()
	n := &network{}
	n.answer = func(req *http.Request) (*http.Response, error) {
		at = append(at, time.Since(began))
		return answer(len(at), req)
	}
	l := &retryLayer{next: n, pause: firstPause}
	req, err := http.NewRequestWithContext(withCall(t.Context(), k), http.MethodPost, "https://isbasimw.isbasi.com/x", strings.NewReader("body"))
	if err != nil {
		t.Fatal(err)
	}
	resp, err = l.RoundTrip(req)
	for i, sent := range n.sent {
		if k.repeat && sent.Body == req.Body {
			t.Errorf("attempt %d shares its body", i+1)
		}
	}
	return at, resp, err
}

func TestRetry_pausesGrow(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		at, resp, err := attempts(t, call{repeat: true}, func(_ int, req *http.Request) (*http.Response, error) {
			return reply(req, http.StatusBadGateway, "<html>"), nil
		})
		if err != nil || resp.StatusCode != http.StatusBadGateway {
			t.Fatalf("%v, %v", resp, err)
		}
		if len(at) != maxAttempts {
			t.Fatalf("%d attempts, want %d", len(at), maxAttempts)
		}
		last := time.Duration(0)
		for i := 1; i < len(at); i++ {
			pause := at[i] - at[i-1]
			if pause <= last {
				t.Errorf("pause %d is %s after one of %s", i, pause, last)
			}
			last = pause
		}
	})
}

func TestRetry_waitsAsTold(t *testing.T) {
	for name, tc := range map[string]struct {
		header string
		want   time.Duration
	}{
		"seconds": {"7", 7 * time.Second},
		"date":    {time.Date(2000, 1, 1, 0, 0, 12, 0, time.UTC).Format(http.TimeFormat), 12 * time.Second}, // synctest begins at midnight
		"past":    {time.Date(1999, 1, 1, 0, 0, 0, 0, time.UTC).Format(http.TimeFormat), 0},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				at, resp, err := attempts(t, call{repeat: true}, func(n int, req *http.Request) (*http.Response, error) {
					if n == 1 {
						return reply(req, http.StatusTooManyRequests, "", "Retry-After", tc.header), nil
					}
					return reply(req, http.StatusOK, good(`{}`)), nil
				})
				if err != nil || resp.StatusCode != http.StatusOK {
					t.Fatalf("%v, %v", resp, err)
				}
				if len(at) != 2 || at[1] != tc.want {
					t.Errorf("attempts at %v, want the second at %s", at, tc.want)
				}
			})
		})
	}
}

func TestRetry_givesUpWhenToldToWaitLong(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		at, resp, err := attempts(t, call{repeat: true}, func(_ int, req *http.Request) (*http.Response, error) {
			return reply(req, http.StatusTooManyRequests, "", "Retry-After", "3600"), nil
		})
		if err != nil || resp.StatusCode != http.StatusTooManyRequests || len(at) != 1 {
			t.Fatalf("%d attempts, %v, %v", len(at), resp, err)
		}
	})
}

func TestRetry_endsWithinItsTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		began := time.Now()
		at, _, err := attempts(t, call{repeat: true}, func(_ int, req *http.Request) (*http.Response, error) {
			return reply(req, http.StatusServiceUnavailable, "", "Retry-After", "59"), nil
		})
		if took := time.Since(began); err != nil || took > retryLimit || len(at) < 3 {
			t.Errorf("%d attempts in %s, %v", len(at), took, err)
		}
	})
}

func TestRetry_repeatsOnlyWhatHelps(t *testing.T) {
	for name, tc := range map[string]struct {
		status int
		err    error
		call   call
		want   int
	}{
		"write, 503":       {http.StatusServiceUnavailable, nil, call{kind: quota.Write}, 1},
		"write, no answer": {0, domain.E(domain.KindNetwork, "", nil), call{kind: quota.Write}, 1},
		"read, no answer":  {0, domain.E(domain.KindNetwork, "", nil), call{repeat: true}, maxAttempts},
		"read, ledger":     {0, domain.E(domain.KindQuota, "", nil), call{repeat: true}, 1},
		"read, host":       {0, domain.E(domain.KindHost, "", nil), call{repeat: true}, 1},
		"read, defect":     {0, errors.New("boom"), call{repeat: true}, 1},
		"read, 500":        {http.StatusInternalServerError, nil, call{repeat: true}, maxAttempts},
		"read, 400":        {http.StatusBadRequest, nil, call{repeat: true}, 1},
		"read, 401":        {http.StatusUnauthorized, nil, call{repeat: true}, 1},
		"read, 403":        {http.StatusForbidden, nil, call{repeat: true}, 1},
		"read, 404":        {http.StatusNotFound, nil, call{repeat: true}, 1},
		"read, 599":        {599, nil, call{repeat: true}, 1},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				at, _, _ := attempts(t, tc.call, func(_ int, req *http.Request) (*http.Response, error) {
					if tc.err != nil {
						return nil, tc.err
					}
					return reply(req, tc.status, ""), nil
				})
				if len(at) != tc.want {
					t.Errorf("%d attempts, want %d", len(at), tc.want)
				}
			})
		})
	}
}

func TestRetry_cancelEndsTheWaiting(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, n := over(t, Options{}, func(req *http.Request) (*http.Response, error) {
			return reply(req, http.StatusServiceUnavailable, "", "Retry-After", "50"), nil
		})
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(time.Second, cancel)
		began := time.Now()
		err := c.Ping(ctx)
		wantKind(t, err, domain.KindCancelled)
		if !errors.Is(err, context.Canceled) || time.Since(began) != time.Second || len(n.sent) != 1 {
			t.Errorf("%v after %s and %d calls", err, time.Since(began), len(n.sent))
		}
	})
}

// cutBody is a body that ends in the middle.
type cutBody struct{ io.Reader }

func (cutBody) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }
func (cutBody) Close() error             { return nil }

func TestRetry_cutBodyIsRepeated(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		cuts := 2
		c, n := over(t, Options{}, func(req *http.Request) (*http.Response, error) {
			resp := reply(req, http.StatusOK, good(`{"count":1,"data":[{"id":7}]}`))
			if cuts--; cuts >= 0 {
				resp.Body = cutBody{}
			}
			return resp, nil
		})
		if err := c.Ping(t.Context()); err != nil {
			t.Fatal(err)
		}
		if len(n.sent) != 3 {
			t.Errorf("%d calls, want 3", len(n.sent))
		}
		cuts = 100
		wantKind(t, c.Ping(t.Context()), domain.KindNetwork)
	})
}

func TestRetryAfter(t *testing.T) {
	now := time.Date(2026, 11, 1, 12, 0, 0, 0, time.UTC)
	for header, want := range map[string]time.Duration{
		"0": 0, " 30 ": 30 * time.Second, "Sun, 01 Nov 2026 12:00:05 GMT": 5 * time.Second,
		"Sun, 01 Nov 2026 11:00:00 GMT": 0, "": -1, "-5": -1, "soon": -1, "1.5": -1, "99999999999999999999": -1,
	} {
		got, ok := retryAfter(header, now)
		if !ok {
			got = -1
		}
		if got != want {
			t.Errorf("%q: %s, want %s", header, got, want)
		}
	}
}
