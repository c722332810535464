package isbasi

import (
	"context"
	"errors"
	"math"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/quota"
)

func TestConsent_judgesEveryAnswer(t *testing.T) {
	const ours = "state-0123456789"
	exchanged := ""
	fails := errors.New("x")
	for name, tc := range map[string]struct {
		state  string // of the round
		query  string
		err    error // of the exchange
		want   domain.Kind
		detail string
		key    string // that is exchanged
		ends   bool
	}{
		"good":                     {ours, "state=" + ours + "&appUserKey=k", nil, "", "", "k", true},
		"without a state":          {ours, "appUserKey=k", nil, "", "", "k", true},
		"with a blank state":       {ours, "state=+&appUserKey=k", nil, "", "", "k", true},
		"by the other name":        {ours, "STATE=" + ours + "&Key=+k+", nil, "", "", "k", true},
		"by both names":            {ours, "key=other&APPUSERKEY=k", nil, "", "", "k", true},
		"blank by one name":        {ours, "appUserKey=&key=k", nil, "", "", "k", true},
		"another state":            {ours, "state=x&appUserKey=k", nil, domain.KindInvalid, strayState, "", false},
		"part of the state":        {ours, "state=" + ours[:5] + "&appUserKey=k", nil, domain.KindInvalid, strayState, "", false},
		"before the page is known": {"", "appUserKey=k", nil, domain.KindInvalid, strayState, "", false},
		"before, with a state":     {"", "state=x&appUserKey=k", nil, domain.KindInvalid, strayState, "", false},
		"no key":                   {ours, "state=" + ours, nil, domain.KindInvalid, strayKey, "", false},
		"a blank key":              {ours, "state=" + ours + "&appUserKey=%20%0a", nil, domain.KindInvalid, strayKey, "", false},
		"refused":                  {ours, "state=" + ours + "&error=access_DENIED&appUserKey=k", nil, domain.KindConsentRefused, "", "", true},
		"refused for a reason":     {ours, "state=" + ours + "&error=server_error", nil, domain.KindConsentRefused, "server_error", "", true},
		"refused by anybody":       {ours, "error=access_denied", nil, domain.KindInvalid, strayRefusal, "", false},
		"a blank refusal":          {ours, "error=+&appUserKey=k", nil, "", "", "k", true},
		"the key is not known":     {ours, "appUserKey=k", domain.E(domain.KindRejected, "x", fails), domain.KindRejected, "", "k", false},
		"nobody answers":           {ours, "appUserKey=k", domain.E(domain.KindNetwork, "x", fails), domain.KindNetwork, "", "k", false},
		"the API key is not known": {ours, "appUserKey=k", domain.E(domain.KindWrongKey, "x", fails), domain.KindWrongKey, "", "k", true},
	} {
		var noted []error
		w := newConsent(func(err error) { noted = append(noted, err) })
		exchanged = ""
		w.exchange = func(first domain.Secret) (domain.Secret, error) {
			exchanged = first.Reveal()
			if tc.err != nil {
				return domain.Secret{}, tc.err
			}
			return domain.NewSecret("second"), nil
		}
		w.ready("https://a.isbasi.com", tc.state)
		q, err := url.ParseQuery(tc.query)
		if err != nil {
			t.Fatal(err)
		}
		err = w.take(q)
		if domain.KindOf(err) != tc.want || detailOf(err) != tc.detail || exchanged != tc.key || (tc.want == domain.KindInvalid) != (fieldOf(err) == callbackField) {
			t.Errorf("%s: %v, exchanged %q", name, err, exchanged)
		}
		ended := false
		select {
		case <-w.ended:
			ended = true
		default:
		}
		key, result := w.result()
		if ended != tc.ends || (key.Reveal() == "second") != (tc.want == "") || (ended && !errors.Is(result, err)) || (!ended && result != nil) {
			t.Errorf("%s: ended %v with %v", name, ended, result)
		}
		if (len(noted) == 1) == ended || (len(noted) == 1 && !errors.Is(noted[0], err)) {
			t.Errorf("%s: noted %v", name, noted)
		}
		if !ended {
			continue
		}
		exchanged = ""
		if again := w.take(url.Values{"appUserKey": {"late"}}); !errors.Is(again, err) || exchanged != "" || len(noted) != 0 {
			t.Errorf("%s: an answer after the end: %v, exchanged %q", name, again, exchanged)
		}
	}
}

func TestQueryOf_keyOrWholeAddress(t *testing.T) {
	for pasted, want := range map[string]string{
		" abc\n": "appUserKey=abc", "http://127.0.0.1:1/isbasi/callback?key=a&state=b": "key=a&state=b", "http://127.0.0.1:1/x": "appUserKey=http%3A%2F%2F127.0.0.1%3A1%2Fx",
		"?key=a": "appUserKey=%3Fkey%3Da", "%zz?key=a": "appUserKey=%25zz%3Fkey%3Da", "": "appUserKey=", "a=b&c": "appUserKey=a%3Db%26c",
	} {
		if got := queryOf(domain.NewSecret(pasted)).Encode(); got != want {
			t.Errorf("%q: %s, want %s", pasted, got, want)
		}
	}
}

func TestParam_findsWhatIsThere(t *testing.T) {
	for name, tc := range map[string]struct {
		q    url.Values
		want string
	}{
		"none": {nil, ""}, "without a value": {url.Values{"key": {}}, ""}, "the first value": {url.Values{"KEY": {"a", "b"}}, "a"}, "another": {url.Values{"keys": {"a"}}, ""},
	} {
		if got := param(tc.q, "key"); got != tc.want {
			t.Errorf("%s: %q", name, got)
		}
	}
}

func TestUserKey_answers(t *testing.T) {
	for name, tc := range map[string]struct {
		answer reaction
		want   domain.Kind
		detail string
	}{
		"busy at first":          {saysStatus(503, ""), "", ""},
		"a key":                  {says(good(`" abc "`)), "", ""},
		"a blank key":            {says(good(`" "`)), domain.KindRejected, ""},
		"no key":                 {says(good(`{}`)), domain.KindRejected, ""},
		"nothing":                {says(good(`null`)), domain.KindBadAnswer, ""},
		"refused":                {says(refusal(599, "Anahtar yok")), domain.KindRejected, "Anahtar yok"},
		"unauthorised":           {saysStatus(401, refusal(401, "hayır")), domain.KindRejected, "hayır"},
		"forbidden":              {saysStatus(403, ""), domain.KindRejected, ""},
		"wrong API key":          {saysStatus(401, refusal(401, "ApiKey?")), domain.KindWrongKey, "ApiKey?"},
		"API key in other words": {saysStatus(409, refusal(409, "ApiKey?")), domain.KindState, "ApiKey?"},
		"not there, it says":     {saysStatus(404, refusal(404, "yok")), domain.KindRejected, "yok"},
		"no such route":          {saysStatus(404, gatewayPage), domain.KindNotFound, ""},
		"used up":                {saysStatus(429, refusal(429, "kota")), domain.KindQuota, "kota"},
		"out of order":           {saysStatus(502, gatewayPage), domain.KindUnavailable, ""},
	} {
		answers := []reaction{tc.answer}
		if name == "busy at first" { // the first key is still good: nothing was carried out
			answers = append(answers, says(good(`"abc"`)))
		}
		c, d := scripted(t, map[string][]reaction{"POST user/getuserappkey": answers})
		key, err := c.userKey(t.Context(), "http://127.0.0.1:9", account(), domain.NewSecret("first"))
		if domain.KindOf(err) != tc.want || detailOf(err) != tc.detail || (key.Reveal() == "abc") != (tc.want == "") || key.Empty() != (tc.want != "") {
			t.Errorf("%s: %v", name, err)
		}
		if d.body(0) != `{"key":"first"}` {
			t.Errorf("%s: sent %s", name, d.body(0))
		}
	}
}

// TestSignInBrowser_asksEachHostOnce signs in at the live hosts by a pasted key: the answer by which the host
// was found is the one that names the page.
func TestSignInBrowser_asksEachHostOnce(t *testing.T) {
	const right = "integration.isbasi.com"
	for page, open := range map[string]string{
		"https://app.isbasi.com/izin": "https://app.isbasi.com/izin?state=", "https://app.isbasi.com/izin?key=a": "https://app.isbasi.com/izin?key=a&state=",
		"https://app.isbasi.com/izin?state=theirs-0123456789": "https://app.isbasi.com/izin?state=theirs-0123456789",
	} {
		l := &refusingLedger{}
		c, n := over(t, Options{CallbackAddr: freeAddr(t), Ledger: l, perSecond: math.MaxInt}, func(req *http.Request) (*http.Response, error) {
			switch {
			case req.URL.Host != right:
				return reply(req, 502, gatewayPage), nil
			case strings.HasSuffix(req.URL.Path, "ssorequesturl"):
				return reply(req, 200, good(`{"redirectUrl":"`+page+`"}`)), nil
			case strings.HasSuffix(req.URL.Path, "getuserappkey"):
				return reply(req, 200, good(`"`+testUserKey+`"`)), nil
			default:
				return reply(req, 200, loginAnswer("tok")), nil
			}
		})
		c.pageGrace = 0
		c.Use(domain.Session{})
		pasted := make(chan domain.Secret, 1)
		pasted <- domain.NewSecret("first-key-1")
		told := ""
		in, err := c.SignInBrowser(t.Context(), account(), domain.Browser{Pasted: pasted, Address: func(a string) { told = a }})
		if err != nil || in.Session.BaseURL != "https://"+right || in.Session.UserKey.Reveal() != testUserKey {
			t.Errorf("%s: %v", page, err)
		}
		if !slices.Equal(l.taken, []quota.Kind{quota.SignIn, quota.SignIn, quota.SignIn, quota.SignIn}) {
			t.Errorf("%s: booked as %v", page, l.taken)
		}
		if n.count("ssorequesturl") != 2 || len(n.sent) != 4 || !strings.HasPrefix(told, open) || strings.Count(told, "state=") != 1 {
			t.Errorf("%s: %d of %d calls, told %s", page, n.count("ssorequesturl"), len(n.sent), told)
		}
	}
}

func TestSignInBrowser_inTheTestEnvironment(t *testing.T) {
	const host = "soho-isbasi-mwv2-test.logo-paas.com"
	c, n := over(t, Options{CallbackAddr: freeAddr(t), perSecond: math.MaxInt}, func(req *http.Request) (*http.Response, error) {
		switch {
		case strings.HasSuffix(req.URL.Path, "ssorequesturl"):
			return reply(req, 200, good(`"https://soho-isbasi-uiv2-test.logo-paas.com/izin"`)), nil
		case strings.HasSuffix(req.URL.Path, "getuserappkey"):
			return reply(req, 200, good(`"`+testUserKey+`"`)), nil
		default:
			return reply(req, 200, loginAnswer("tok")), nil
		}
	})
	c.pageGrace = 0
	cr, pasted := account(), make(chan domain.Secret, 1)
	cr.Environment = domain.EnvironmentTest
	pasted <- domain.NewSecret("first-key-1")
	in, err := c.SignInBrowser(t.Context(), cr, domain.Browser{Pasted: pasted})
	if err != nil || in.Session.BaseURL != "https://"+host || in.Session.Environment != domain.EnvironmentTest || in.Connection.Environment != domain.EnvironmentTest {
		t.Fatalf("%+v, %v", in.Connection, err)
	}
	for _, req := range n.sent {
		if req.URL.Host != host {
			t.Errorf("%s was sent to %s", req.URL.Path, req.URL.Host)
		}
	}
	c.Use(in.Session)
	if err := c.Ping(t.Context()); err != nil || n.sent[len(n.sent)-1].URL.Host != host {
		t.Errorf("%v", err)
	}
}

func TestSignInBrowser_endsBeforeItBegins(t *testing.T) {
	for name, tc := range map[string]struct {
		key  string
		ctx  func(context.Context) (context.Context, context.CancelFunc)
		want domain.Kind
	}{
		"without a key":  {" ", context.WithCancel, domain.KindInvalid},
		"with a bad key": {"a b", context.WithCancel, domain.KindWrongKey},
		"past its moment": {testKey, func(ctx context.Context) (context.Context, context.CancelFunc) {
			return context.WithDeadline(ctx, time.Now().Add(30*time.Millisecond))
		}, domain.KindTimeout},
	} {
		ctx, cancel := tc.ctx(t.Context())
		c, n := over(t, Options{CallbackAddr: freeAddr(t), Hosts: []string{"http://127.0.0.1:9"}, AllowLoopback: true}, answerAll(good(`"http://127.0.0.1:9/izin"`)))
		in, err := c.SignInBrowser(ctx, domain.Credentials{APIKey: domain.NewSecret(tc.key)}, domain.Browser{})
		cancel()
		if domain.KindOf(err) != tc.want || !in.Session.APIKey.Empty() || (len(n.sent) != 0) != (tc.want == domain.KindTimeout) {
			t.Errorf("%s: %v after %d calls", name, err, len(n.sent))
		}
	}
}

func TestCallback_answersOnlyWhatABrowserAsks(t *testing.T) {
	w := newConsent(nil)
	w.exchange = func(first domain.Secret) (domain.Secret, error) {
		switch first.Reveal() {
		case "bad":
			return domain.Secret{}, domain.E(domain.KindRejected, "x", nil)
		case "late":
			return domain.Secret{}, domain.E(domain.KindUnavailable, "x", nil)
		case "wrong":
			return domain.Secret{}, domain.E(domain.KindWrongKey, "x", nil)
		}
		return domain.NewSecret("second"), nil
	}
	s := &callback{consent: w, lang: "tr", host: "127.0.0.1:1", shown: make(chan struct{})}
	w.ready("https://a.isbasi.com", "state-0123456789")
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
	for lang, want := range map[string]outcome{"wrong": pageWrongKey, "refused": pageRefused} {
		w := newConsent(nil)
		w.exchange = func(domain.Secret) (domain.Secret, error) {
			return domain.Secret{}, domain.E(domain.KindWrongKey, "x", nil)
		}
		w.ready("https://a.isbasi.com", "state-0123456789")
		target, status := callbackPath+"?key=k", 400
		if want == pageRefused {
			target, status = callbackPath+"?state=state-0123456789&error=denied", 200
		}
		s := &callback{consent: w, lang: lang, host: "127.0.0.1:1", shown: make(chan struct{})}
		rec, req := httptest.NewRecorder(), httptest.NewRequestWithContext(t.Context(), http.MethodGet, target, nil)
		req.Host = s.host
		s.ServeHTTP(rec, req)
		if rec.Code != status || !strings.Contains(rec.Body.String(), want.words("tr").Title) {
			t.Errorf("%s: %d %s", target, rec.Code, rec.Body)
		}
	}
}
