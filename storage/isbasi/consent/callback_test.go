package consent

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

func TestCallback_answersOnlyWhatABrowserAsks(t *testing.T) {
	const state = "state-0123456789"
	g := newGrant(nil)
	g.ready(state, exchange)
	s := &callback{grant: g, lang: "tr", host: "127.0.0.1:1", shown: make(chan struct{})}
	for _, tc := range []struct {
		method, target, host, mode string
		status                     int
		page                       outcome // -1 = none
	}{
		{"GET", "/favicon.ico", "127.0.0.1:1", "no-cors", 204, -1},
		{"GET", "/favicon.ico", "evil.example", "no-cors", 421, pageStray},
		{"GET", donePath, "127.0.0.1:1", "navigate", 404, pageStray},
		{"GET", "/isbasi", "127.0.0.1:1", "navigate", 404, pageStray},
		{"POST", callbackPath + "?key=k", "127.0.0.1:1", "navigate", 405, pageStray},
		{"HEAD", callbackPath + "?key=k", "127.0.0.1:1", "navigate", 405, pageStray},
		{"GET", callbackPath + "?key=k", "127.0.0.1:1", "cors", 403, pageStray},
		{"GET", callbackPath + "?key=k", "localhost:1", "navigate", 421, pageStray},
		{"GET", callbackPath + "?key=k&state=x", "127.0.0.1:1", "navigate", 400, pageStray},
		{"GET", callbackPath + "?error=denied", "127.0.0.1:1", "", 400, pageStray},
		{"GET", callbackPath + "?key=bad", "127.0.0.1:1", "", 400, pageBadKey},
		{"GET", callbackPath + "?key=late", "127.0.0.1:1", "", 502, pageNoAnswer},
		{"GET", callbackPath + "?key=k", "127.0.0.1:1", "navigate", 303, -1},
		{"GET", callbackPath + "?key=bad", "127.0.0.1:1", "", 303, -1}, // it has ended well
		{"GET", donePath, "127.0.0.1:1", "navigate", 200, pageDone},
		{"GET", donePath, "127.0.0.1:1", "navigate", 200, pageDone},
	} {
		req := httptest.NewRequestWithContext(t.Context(), tc.method, tc.target, nil)
		req.Host = tc.host
		if tc.mode != "" {
			req.Header.Set("Sec-Fetch-Mode", tc.mode)
		}
		rec := httptest.NewRecorder()
		s.ServeHTTP(rec, req)
		body := rec.Body.String()
		if rec.Code != tc.status || (tc.page >= 0) != strings.Contains(body, "<html") || (tc.page >= 0 && !strings.Contains(body, tc.page.words("tr").Title)) {
			t.Errorf("%s %s at %s: %d %s", tc.method, tc.target, tc.host, rec.Code, body)
		}
		if tc.status == 303 && (rec.Header().Get("Location") != donePath || rec.Header().Get("Cache-Control") != "no-store" || rec.Header().Get("Referrer-Policy") != "no-referrer") {
			t.Errorf("%s: %v", tc.target, rec.Header())
		}
	}
	select {
	case <-s.shown:
	default:
		t.Error("the last page was not noticed")
	}
	for query, want := range map[string]struct {
		status int
		page   outcome
	}{"key=wrong": {400, pageWrongKey}, "state=" + state + "&error=denied": {200, pageRefused}} {
		g := newGrant(nil)
		g.ready(state, exchange)
		s := &callback{grant: g, host: "127.0.0.1:1", shown: make(chan struct{})}
		rec, req := httptest.NewRecorder(), httptest.NewRequestWithContext(t.Context(), http.MethodGet, callbackPath+"?"+query, nil)
		req.Host = s.host
		s.ServeHTTP(rec, req)
		if rec.Code != want.status || !strings.Contains(rec.Body.String(), want.page.words("tr").Title) {
			t.Errorf("%s: %d %s", query, rec.Code, rec.Body)
		}
	}
}

func TestCallback_staysOpenForItsPage(t *testing.T) {
	const grace = time.Minute
	for name, tc := range map[string]struct {
		key   string
		shown bool
		after time.Duration
	}{
		"shown": {firstKey, true, 0}, "not fetched": {firstKey, false, grace}, "no success": {"wrong", false, 0}, "not ended": {"bad", false, 0},
	} {
		synctest.Test(t, func(t *testing.T) {
			g, begun := newGrant(nil), time.Now()
			g.ready("x", exchange)
			_ = g.take(url.Values{"key": {tc.key}})
			s := &callback{grant: g, http: &http.Server{ReadHeaderTimeout: 1}, shown: make(chan struct{})}
			if tc.shown {
				s.done(httptest.NewRecorder())
			}
			s.close(t.Context(), grace)
			if time.Since(begun) != tc.after {
				t.Errorf("%s: closed after %v", name, time.Since(begun))
			}
		})
	}
}
