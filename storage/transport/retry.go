package transport

import (
	"context"
	"math/rand/v2"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/quota"
)

const (
	firstPause   = time.Second
	longestPause = time.Minute
	maxAttempts  = 5
	// retryLimit is how long all attempts of a call may take before the call is given up.
	retryLimit = 3 * time.Minute
)

// retryLayer repeats calls that are marked as safe to repeat, when the remote is busy, out of order
// or out of reach, or when something else has answered in its place. Writes never are: their outcome is unknown.
// While a read is repeated no other one leaves: the remote wants rest, not other calls.
type retryLayer struct {
	next  http.RoundTripper
	pause time.Duration
	rest  *rest
}

func (l *retryLayer) RoundTrip(req *http.Request) (*http.Response, error) {
	s := sendingOf(req.Context())
	if !writesRepeated && (!s.Repeat || s.Kind == quota.Write) {
		return l.next.RoundTrip(req)
	}
	shared := s.Kind == quota.Read // a sign-in is made for the sake of a call that has failed
	if shared {
		if err := l.rest.wait(req.Context()); err != nil {
			return nil, err
		}
	}
	began, vain := time.Now(), false
	for attempt := 1; ; attempt++ {
		try, err := Copy(req)
		if err != nil {
			return nil, err
		}
		resp, err := l.next.RoundTrip(try)
		wait, again := l.wait(attempt, resp, err, s.garbled(resp))
		if !again || attempt == maxAttempts || time.Since(began)+wait > retryLimit {
			vain = again
			return resp, err
		}
		until := time.Now().Add(wait)
		if shared && attempt == 1 {
			sense, end, cut := l.rest.begin(req.Context())
			defer func() { end(vain) }()
			if cut != nil {
				return nil, cut
			}
			if !sense {
				return resp, err
			}
			s.again = true
			req = req.WithContext(withSending(req.Context(), s))
		}
		if resp != nil {
			Discard(resp)
		}
		if err := sleep(req.Context(), time.Until(until)); err != nil {
			return nil, err
		}
	}
}

// wait says whether the attempt may be repeated, and after how long.
func (l *retryLayer) wait(attempt int, resp *http.Response, err error, garbled bool) (time.Duration, bool) {
	pause := min(l.pause<<(attempt-1), longestPause)
	pause += rand.N(pause/2 + 1) // #nosec G404 -- spreads the load, keeps no secret
	if err != nil {
		kind := domain.KindOf(err)
		return pause, kind == domain.KindNetwork || kind == domain.KindUnavailable
	}
	if !temporary(resp.StatusCode) {
		return pause, garbled
	}
	if told, ok := retryAfter(resp.Header.Get("Retry-After"), time.Now()); ok {
		return told, told <= longestPause
	}
	return pause, true
}

// garbled tells whether an answer is none of the remote's.
func (s sending) garbled(resp *http.Response) bool {
	if resp == nil || s.Garbled == nil {
		return false
	}
	text, ok := Text(resp)
	return ok && s.Garbled(Answer{Status: resp.StatusCode, Body: text})
}

func temporary(status int) bool {
	switch status {
	case http.StatusRequestTimeout, http.StatusTooManyRequests, http.StatusInternalServerError,
		http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout:
		return true
	default:
		return false
	}
}

// retryAfter reads the header in either form, seconds or a date; ok = false when it says nothing.
func retryAfter(header string, now time.Time) (wait time.Duration, ok bool) {
	header = strings.TrimSpace(header)
	if seconds, err := strconv.ParseUint(header, 10, 31); err == nil {
		return time.Duration(seconds) * time.Second, true
	}
	if at, err := http.ParseTime(header); err == nil {
		return max(at.Sub(now), 0), true
	}
	return 0, false
}

// sleep ends early, with an error, when ctx does.
func sleep(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return Failure(ctx, ctx.Err())
	case <-t.C:
		return nil
	}
}
