package transport

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/quota"
)

// attempts sends one call through the retry layer alone and gives when each attempt left.
func attempts(t *testing.T, k Call, answer func(n int, req *http.Request) (*http.Response, error)) (at []time.Duration, resp *http.Response, err error) {
	t.Helper()
	began := time.Now()
	n := &network{}
	n.answer = func(req *http.Request) (*http.Response, error) {
		at = append(at, time.Since(began))
		return answer(len(at), req)
	}
	l := &retryLayer{next: n, pause: firstPause, rest: newRest()}
	req, err := http.NewRequestWithContext(withSending(t.Context(), sending{Call: k}), http.MethodPost, "https://api.remote.example/x", strings.NewReader("body"))
	if err != nil {
		t.Fatal(err)
	}
	resp, err = l.RoundTrip(req)
	for i, sent := range n.sent {
		if k.Repeat && k.Kind != quota.Write && sent.Body == req.Body {
			t.Errorf("attempt %d shares its body", i+1)
		}
	}
	return at, resp, err
}

func TestRetry_pausesGrow(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		at, resp, err := attempts(t, Call{Repeat: true}, func(_ int, req *http.Request) (*http.Response, error) {
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
				at, resp, err := attempts(t, Call{Repeat: true}, func(n int, req *http.Request) (*http.Response, error) {
					if n == 1 {
						return reply(req, http.StatusTooManyRequests, "", "Retry-After", tc.header), nil
					}
					return reply(req, http.StatusOK, "{}"), nil
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

func TestRetry_keepsItsLimits(t *testing.T) {
	for name, tc := range map[string]struct {
		told     string
		attempts int
		took     time.Duration
	}{
		"told to wait as long as it will": {"60", 4, 3 * time.Minute}, // the fourth ends the three minutes
		"told to wait longer":             {"61", 1, 0},
		"told to wait an hour":            {"3600", 1, 0},
		"told not to wait":                {"0", maxAttempts, 0},
		"told to wait a little":           {"10", maxAttempts, 40 * time.Second},
		"the time is up first":            {"59", 4, 177 * time.Second},
		"told nothing that is a time":     {"bald", maxAttempts, -1},
	} {
		for _, status := range []int{http.StatusTooManyRequests, http.StatusServiceUnavailable} {
			synctest.Test(t, func(t *testing.T) {
				began := time.Now()
				at, resp, err := attempts(t, Call{Repeat: true}, func(_ int, req *http.Request) (*http.Response, error) {
					return reply(req, status, "", "Retry-After", tc.told), nil
				})
				if took := time.Since(began); err != nil || resp.StatusCode != status || len(at) != tc.attempts || (took != tc.took && tc.took >= 0) {
					t.Errorf("%s: %d attempts in %s, %v", name, len(at), took, err)
				}
			})
		}
	}
}

func TestRetry_pausesAreOfTheirLength(t *testing.T) {
	for _, first := range []time.Duration{time.Second, 40 * time.Second, time.Nanosecond} {
		for attempt, base := 1, first; attempt < maxAttempts; attempt++ {
			least, most := min(base, time.Minute), min(base, time.Minute)*3/2
			lo, hi := time.Hour, time.Duration(0)
			for range 200 {
				resp := reply(nil, 502, "")
				got, again := (&retryLayer{rest: newRest(), pause: first}).wait(attempt, resp, nil, false)
				Discard(resp)
				failed, too := (&retryLayer{rest: newRest(), pause: first}).wait(attempt, nil, domain.E(domain.KindNetwork, "x", nil), false)
				if !again || !too || got < least || got > most || failed < least || failed > most {
					t.Fatalf("attempt %d of %s: %s and %s", attempt, first, got, failed)
				}
				lo, hi = min(lo, got), max(hi, got)
			}
			if spread := most - least; spread > time.Microsecond && (lo > least+spread/4 || hi < most-spread/4) {
				t.Errorf("attempt %d of %s: between %s and %s only", attempt, first, lo, hi)
			}
			base *= 2
		}
	}
}

func TestRetry_repeatsWhatIsNoAnswerOfTheRemotes(t *testing.T) {
	for name, c := range map[string]struct {
		call     Call
		good     int // the attempt whose answer is the remote's
		attempts int
	}{
		"once":         {Call{Repeat: true, Kind: quota.Read}, 2, 2},
		"to the last":  {Call{Repeat: true, Kind: quota.Read}, maxAttempts, maxAttempts},
		"always":       {Call{Repeat: true, Kind: quota.Read}, 99, maxAttempts},
		"of a write":   {Call{Repeat: true, Kind: quota.Write}, 99, 1},
		"not repeated": {Call{Kind: quota.Read}, 99, 1},
	} {
		synctest.Test(t, func(t *testing.T) {
			var judged []string
			c.call.Garbled = func(a Answer) bool {
				judged = append(judged, string(a.Body))
				return string(a.Body) != "good"
			}
			at, resp, err := attempts(t, c.call, func(n int, req *http.Request) (*http.Response, error) {
				text := "<html>"
				if n == c.good {
					text = "good"
				}
				resp := reply(req, http.StatusOK, "")
				resp.Body = &wholeBody{Reader: bytes.NewReader([]byte(text)), text: []byte(text)}
				return resp, nil
			})
			if err != nil || resp.StatusCode != http.StatusOK || len(at) != c.attempts {
				t.Errorf("%s: %d attempts, %v", name, len(at), err)
			}
			if want := c.attempts; c.call.Repeat && c.call.Kind == quota.Read && len(judged) != want {
				t.Errorf("%s: judged %q", name, judged)
			}
		})
	}
}

func TestRetry_repeatsTheStatusesThatPass(t *testing.T) {
	passing := []int{408, 429, 500, 502, 503, 504}
	for status := 100; status < 700; status++ {
		resp := reply(nil, status, "")
		_, again := (&retryLayer{rest: newRest(), pause: 1}).wait(1, resp, nil, false)
		Discard(resp)
		if again != slices.Contains(passing, status) {
			t.Errorf("%d: %v", status, again)
		}
	}
}

// spent is a request whose body cannot be had again at the n-th time.
func spent(t *testing.T, k Call, n int) *http.Request {
	t.Helper()
	req, err := http.NewRequestWithContext(withSending(t.Context(), sending{Call: k}), http.MethodPost, "https://api.remote.example/x", strings.NewReader("body"))
	if err != nil {
		t.Fatal(err)
	}
	whole, times := req.GetBody, 0
	req.GetBody = func() (io.ReadCloser, error) {
		if times++; times == n {
			return nil, errCut
		}
		return whole()
	}
	return req
}

func TestRetry_bodyThatCannotBeHadAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for n := 1; n <= 3; n++ {
			busy := func(req *http.Request) (*http.Response, error) {
				return reply(req, http.StatusServiceUnavailable, ""), nil
			}
			below := &network{answer: busy}
			resp, err := (&retryLayer{next: below, pause: 1, rest: newRest()}).RoundTrip(spent(t, Call{Repeat: true}, n))
			if resp != nil || domain.KindOf(err) != domain.KindInternal || !errors.Is(err, errCut) || len(below.sent) != n-1 {
				t.Errorf("body %d: %v, %v after %d", n, resp, err, len(below.sent))
			}
		}
	})
}

func TestCopy_ofARequestWithoutABody(t *testing.T) {
	req := &http.Request{Method: http.MethodGet, Header: http.Header{"A": {"b"}}}
	got, err := Copy(req.WithContext(t.Context()))
	if err != nil || got == req || got.Method != http.MethodGet || got.Header.Get("A") != "b" || got.Body != nil {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestRetry_repeatsOnlyWhatHelps(t *testing.T) {
	for name, tc := range map[string]struct {
		status int
		err    error
		call   Call
		want   int
	}{
		"write, 503":                 {http.StatusServiceUnavailable, nil, Call{Kind: quota.Write}, 1},
		"write, marked, 503":         {http.StatusServiceUnavailable, nil, Call{Kind: quota.Write, Repeat: true}, 1},
		"write, no answer":           {0, domain.E(domain.KindNetwork, "", nil), Call{Kind: quota.Write}, 1},
		"read, not marked, 503":      {http.StatusServiceUnavailable, nil, Call{Kind: quota.Read}, 1},
		"read, no answer":            {0, domain.E(domain.KindNetwork, "", nil), Call{Repeat: true}, maxAttempts},
		"read, renewal out of order": {0, domain.E(domain.KindUnavailable, "", nil), Call{Repeat: true}, maxAttempts},
		"read, bad answer":           {0, domain.E(domain.KindBadAnswer, "", nil), Call{Repeat: true}, 1},
		"read, cancelled":            {0, domain.E(domain.KindCancelled, "", nil), Call{Repeat: true}, 1},
		"read, ledger":               {0, domain.E(domain.KindQuota, "", nil), Call{Repeat: true}, 1},
		"read, host":                 {0, domain.E(domain.KindHost, "", nil), Call{Repeat: true}, 1},
		"read, defect":               {0, errors.New("boom"), Call{Repeat: true}, 1},
		"read, 500":                  {http.StatusInternalServerError, nil, Call{Repeat: true}, maxAttempts},
		"read, 400":                  {http.StatusBadRequest, nil, Call{Repeat: true}, 1},
		"read, 401":                  {http.StatusUnauthorized, nil, Call{Repeat: true}, 1},
		"read, 403":                  {http.StatusForbidden, nil, Call{Repeat: true}, 1},
		"read, 404":                  {http.StatusNotFound, nil, Call{Repeat: true}, 1},
		"read, 599":                  {599, nil, Call{Repeat: true}, 1},
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
	for _, address := range []string{remote, "http://127.0.0.1:9/x"} { // with a pace, and without
		synctest.Test(t, func(t *testing.T) {
			c, n := over(func(req *http.Request) (*http.Response, error) {
				return reply(req, http.StatusServiceUnavailable, "", "Retry-After", "50"), nil
			})
			ctx, cancel := context.WithCancel(t.Context())
			time.AfterFunc(time.Second, cancel)
			began := time.Now()
			_, err := to(ctx, c, address, quota.Read)
			wantKind(t, err, domain.KindCancelled)
			if !errors.Is(err, context.Canceled) || time.Since(began) != time.Second || len(n.sent) != 1 {
				t.Errorf("%v after %s and %d calls", err, time.Since(began), len(n.sent))
			}
		})
	}
}

// cutBody is a body that ends in the middle.
type cutBody struct{ io.Reader }

func (cutBody) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }
func (cutBody) Close() error             { return nil }

func TestRetry_cutBodyIsRepeated(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		cuts := 2
		c, n := over(func(req *http.Request) (*http.Response, error) {
			resp := reply(req, http.StatusOK, "whole")
			if cuts--; cuts >= 0 {
				resp.Body = cutBody{}
			}
			return resp, nil
		})
		if err := read(t.Context(), c); err != nil {
			t.Fatal(err)
		}
		if len(n.sent) != 3 {
			t.Errorf("%d calls, want 3", len(n.sent))
		}
		cuts = 100
		wantKind(t, read(t.Context(), c), domain.KindNetwork)
	})
}

func TestRetryAfter(t *testing.T) {
	now := time.Date(2026, 11, 1, 12, 0, 0, 0, time.UTC)
	for header, want := range map[string]time.Duration{
		"0": 0, " 30 ": 30 * time.Second, "Sun, 01 Nov 2026 12:00:05 GMT": 5 * time.Second,
		"Sun, 01 Nov 2026 11:00:00 GMT": 0, "": -1, "-5": -1, "soon": -1, "1.5": -1, "99999999999999999999": -1, "2147483647": 2147483647 * time.Second, "2147483648": -1,
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
