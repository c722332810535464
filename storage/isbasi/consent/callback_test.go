package consent

import (
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"runtime"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
)

func TestCallback_answersOnlyWhatABrowserAsks(t *testing.T) {
	const state = "state-0123456789"
	g := newGrant(nil)
	g.ready(state, exchange)
	s := &callback{grant: g, lang: "tr", host: "127.0.0.1:1", shown: make(chan struct{}), last: pageStray}
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
		s := &callback{grant: g, host: "127.0.0.1:1", shown: make(chan struct{}), last: pageStray}
		rec, req := httptest.NewRecorder(), httptest.NewRequestWithContext(t.Context(), http.MethodGet, callbackPath+"?"+query, nil)
		req.Host = s.host
		s.ServeHTTP(rec, req)
		if rec.Code != want.status || !strings.Contains(rec.Body.String(), want.page.words("tr").Title) {
			t.Errorf("%s: %d %s", query, rec.Code, rec.Body)
		}
	}
}

// Who tries again at once finds the port free, also where the server had hardly begun. Wine lets go of it up to some milliseconds
// after the close, one time in a thousand: nobody is that fast.
func TestCallback_givesItsPortBackWhenItIsClosed(t *testing.T) {
	s, err := listen(t.Context(), "127.0.0.1:0", domain.Browser{}, newGrant(nil))
	for range 1_000 {
		if err != nil {
			t.Fatal(err)
		}
		s.close(t.Context(), 0)
		host := s.host
		s, err = listen(t.Context(), host, domain.Browser{}, newGrant(nil))
		for tries := 0; err != nil && runtime.GOOS == "windows" && tries < 1_000; tries++ {
			runtime.Gosched()
			s, err = listen(t.Context(), host, domain.Browser{}, newGrant(nil))
		}
	}
	s.close(t.Context(), 0)
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
			l, err := net.Listen("tcp4", "127.0.0.1:0")
			if err != nil {
				t.Fatal(err)
			}
			s := &callback{grant: g, http: &http.Server{ReadHeaderTimeout: 1}, listener: l, shown: make(chan struct{}), last: pageStray}
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

// A key never stays in the browser's history where the program opens the clean page itself, whatever became of the key.
func TestCallback_leavesNoKeyBehind(t *testing.T) {
	for query, want := range map[string]outcome{"key=k": pageDone, "key=bad": pageBadKey, "key=late": pageNoAnswer, "key=wrong": pageWrongKey, "state=x&key=k": pageStray} {
		g := newGrant(nil)
		g.ready("state-0123456789", exchange)
		opened := make(chan string, 99)
		s := &callback{grant: g, lang: "tr", host: "127.0.0.1:1", shown: make(chan struct{}), last: pageStray, open: func(address string) error { opened <- address; return nil }}
		get := func(target string) *httptest.ResponseRecorder {
			rec, req := httptest.NewRecorder(), httptest.NewRequestWithContext(t.Context(), http.MethodGet, target, nil)
			req.Host = s.host
			s.ServeHTTP(rec, req)
			return rec
		}
		rec := get(callbackPath + "?" + query)
		if rec.Code != http.StatusNoContent || rec.Body.Len() > 0 || rec.Header().Get("Location") != "" || rec.Header().Get("Cache-Control") != "no-store" {
			t.Errorf("%s: %d %v %s", query, rec.Code, rec.Header(), rec.Body)
		}
		if address := <-opened; address != "http://127.0.0.1:1"+donePath {
			t.Errorf("%s: opened %s", query, address)
		}
		if page := get(donePath); !strings.Contains(page.Body.String(), want.words("tr").Title) {
			t.Errorf("%s: %s", query, page.Body)
		}
		for range 20 { // nobody's screen is filled with pages
			get(callbackPath + "?" + query)
		}
		for n := len(opened); n >= maxOpened; {
			t.Fatalf("%s: opened %d times", query, n+1)
		}
	}
}

// Only a page that is opened counts: no frame, no picture, no script of another site.
func TestCallback_takesNoFrames(t *testing.T) {
	for dest, status := range map[string]int{"iframe": 403, "frame": 403, "image": 403, "embed": 403, "empty": 403, "document": 303, "": 303} {
		exchanged := 0
		g := newGrant(nil)
		g.ready("state-0123456789", func(domain.Secret) (domain.Secret, error) { exchanged++; return domain.NewSecret("second"), nil })
		s := &callback{grant: g, host: "127.0.0.1:1", shown: make(chan struct{}), last: pageStray}
		rec, req := httptest.NewRecorder(), httptest.NewRequestWithContext(t.Context(), http.MethodGet, callbackPath+"?key=k", nil)
		req.Host = s.host
		req.Header.Set("Sec-Fetch-Mode", "navigate")
		if dest != "" {
			req.Header.Set("Sec-Fetch-Dest", dest)
		}
		s.ServeHTTP(rec, req)
		if rec.Code != status || (exchanged == 1) != (status == 303) {
			t.Errorf("%s: %d, exchanged %d times", dest, rec.Code, exchanged)
		}
	}
}
