package isbasi

import (
	"context"
	"errors"
	"io"
	"math"
	"math/rand/v2"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/quota"
	"github.com/sopyo/sopyo-desktop/storage/transport/transporttest"
)

// round is a browser sign-in under way, with İşbaşı and the person played by the test.
type round struct {
	t      *testing.T
	client *Client
	addr   string // of the callback
	books  func(w http.ResponseWriter, r *http.Request) bool

	opened chan string // the address that the browser was given
}

const (
	consentPage  = "/izin?key=abc"
	callbackPath = "/isbasi/callback"
)

// newRound prepares one. books may answer a call to İşbaşı in place of the good answers.
func newRound(t *testing.T, books func(w http.ResponseWriter, r *http.Request) bool) *round {
	t.Helper()
	r := &round{t: t, addr: freeAddr(t), books: books, opened: make(chan string, 1)}
	var base string
	c, server := against(t, Options{}, func(w http.ResponseWriter, req *http.Request) {
		if r.books != nil && r.books(w, req) {
			return
		}
		switch strings.TrimPrefix(req.URL.Path, apiPath) {
		case "user/ssorequesturl":
			_, _ = w.Write([]byte(good(`{"redirectUrl":"` + base + consentPage + `","key":"abc"}`)))
		case "user/getuserappkey":
			body, _ := io.ReadAll(req.Body)
			if string(body) != `{"key":"first-key-1"}` {
				_, _ = w.Write([]byte(refusal(599, "Anahtar bulunamadı: "+string(body))))
				return
			}
			_, _ = w.Write([]byte(good(`"` + testUserKey + `"`)))
		case "user/integrationLogin":
			_, _ = w.Write([]byte(loginAnswer("tok")))
		}
	})
	base = server.URL
	c.callback.Addr = r.addr
	c.callback.Grace = 10 * time.Second // it ends with the page; a busy machine fetches it late
	r.client = c
	return r
}

// freeAddr is an address for the callback to listen on. Its port is below those that the system gives away
// by itself: another program could be given one of them in between.
func freeAddr(t *testing.T) string {
	t.Helper()
	for range 100 {
		l, err := net.Listen("tcp4", "127.0.0.1:"+strconv.Itoa(20_000+rand.N(10_000)))
		if err == nil {
			defer l.Close()
			return l.Addr().String()
		}
	}
	t.Fatal("no port is free")
	return ""
}

type result struct {
	in  domain.SignIn
	err error
}

// start signs in; change may alter what the person's surroundings are.
func (r *round) start(ctx context.Context, change func(*domain.Browser)) <-chan result {
	b := domain.Browser{
		Open: func(address string) error { r.opened <- address; return nil },
		Lang: "tr",
	}
	if change != nil {
		change(&b)
	}
	done := make(chan result, 1)
	go func() {
		in, err := r.client.SignInBrowser(ctx, domain.Credentials{APIKey: domain.NewSecret(testKey)}, b)
		done <- result{in, err}
	}()
	return done
}

// state reads the state from the address that was opened.
func (r *round) state() string {
	r.t.Helper()
	u, err := url.Parse(<-r.opened)
	if err != nil {
		r.t.Fatal(err)
	}
	if u.Path != "/izin" || u.Query().Get("key") != "abc" || len(u.Query().Get("state")) < 16 {
		r.t.Fatalf("opened %s", u.Path)
	}
	return u.Query().Get("state")
}

// visit asks the callback server as a browser does, and gives the page that the program opens then: the answer itself has
// none, so that the address with the key stays in no history.
func (r *round) visit(query string) (page string) {
	r.t.Helper()
	if status, body := r.fetch("http://" + r.addr + callbackPath + query); status != http.StatusNoContent || body != "" {
		r.t.Errorf("the callback is answered by %d, %q", status, body)
	}
	_, page = r.fetch(<-r.opened)
	return page
}

func (r *round) fetch(address string) (status int, page string) {
	r.t.Helper()
	req, err := http.NewRequestWithContext(r.t.Context(), http.MethodGet, address, http.NoBody)
	if err != nil {
		r.t.Fatal(err)
	}
	resp, err := (&http.Client{Transport: &http.Transport{DisableKeepAlives: true}}).Do(req)
	if err != nil {
		r.t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		r.t.Fatal(err)
	}
	return resp.StatusCode, string(body)
}

func TestSignInBrowser_wholeRound(t *testing.T) {
	for lang, want := range map[string]string{"tr": "İşbaşı izni alındı", "en": "İşbaşı has given its permission", "de": "İşbaşı izni alındı"} {
		t.Run(lang, func(t *testing.T) {
			r := newRound(t, nil)
			var told string
			done := r.start(t.Context(), func(b *domain.Browser) {
				b.Lang, b.Address = lang, func(a string) { told = a }
				b.Note = func(err error) { t.Errorf("noted %v", err) }
			})
			state := r.state()
			page := r.visit("?APPUSERKEY=first-key-1&state=" + state)
			if !strings.Contains(page, want) || strings.Contains(page, "first-key-1") {
				t.Error(page)
			}
			if strings.Contains(strings.ReplaceAll(page, `href="data:,"`, ""), "http") {
				t.Error("the page names outside resources")
			}
			got := <-done
			if got.err != nil {
				t.Fatal(got.err)
			}
			s := got.in.Session
			if s.Token.Reveal() != "tok" || s.UserKey.Reveal() != testUserKey || s.APIKey.Reveal() != testKey || !got.in.Connection.Authorised {
				t.Errorf("%+v", got.in)
			}
			if !strings.Contains(told, "state="+state) {
				t.Errorf("address %q", told)
			}
			if _, err := net.DialTimeout("tcp4", r.addr, time.Second); err == nil {
				t.Error("the listener is still open")
			}
		})
	}
}

func TestSignInBrowser_goesOnWithoutTheBrowser(t *testing.T) {
	r := newRound(t, func(w http.ResponseWriter, req *http.Request) bool {
		if !strings.HasSuffix(req.URL.Path, "integrationLogin") {
			return false
		}
		body, _ := io.ReadAll(req.Body)
		if !strings.Contains(string(body), testPassword) {
			_, _ = w.Write([]byte(refusal(400, "Kullanıcı adı zorunludur.\nŞifre zorunludur.")))
			return true
		}
		if !strings.Contains(string(body), testUserKey) {
			t.Error("the second key was lost")
		}
		return false
	})
	done := r.start(t.Context(), nil)
	r.visit("?appUserKey=first-key-1&state=" + r.state())
	got := <-done
	wantKind(t, got.err, domain.KindCredentials)
	cr := got.in.Session.Credentials
	if cr.UserKey.Reveal() != testUserKey || cr.APIKey.Reveal() != testKey || got.in.Connection.Authorised {
		t.Fatalf("%+v", got.in)
	}
	cr.UserName, cr.Password = "owner@example.com", domain.NewSecret(testPassword)
	in, err := r.client.SignIn(t.Context(), cr)
	if err != nil || in.Session.UserKey.Reveal() != testUserKey || in.Connection.UserName != "owner@example.com" {
		t.Errorf("%+v, %v", in, err)
	}
}

func TestSignInBrowser_wrongKeyIsSaidBeforeTheBrowserOpens(t *testing.T) {
	for name, tc := range map[string]struct {
		status int
		words  string
		want   domain.Kind
	}{
		"401":                 {401, "Bilinmeyen anahtar", domain.KindWrongKey},
		"403, in words":       {403, "Bilinmeyen anahtar", domain.KindWrongKey},
		"599":                 {200, "Bilinmeyen anahtar", domain.KindWrongKey},
		"in English":          {400, "Invalid key", domain.KindWrongKey},
		"401 without words":   {401, "", domain.KindWrongKey},
		"403 without words":   {403, "", domain.KindNoBrowser},
		"403 as İşbaşı words": {403, "API yetkilendirilmedi", domain.KindNoBrowser},
		"403, of the key":     {403, "Anahtarın yetkisi yok", domain.KindNoBrowser},
		"401, of the key":     {401, "API key is not authorised", domain.KindWrongKey},
		"other words":         {400, "Şu an olmaz", domain.KindRejected},
	} {
		t.Run(name, func(t *testing.T) {
			r := newRound(t, func(w http.ResponseWriter, req *http.Request) bool {
				w.WriteHeader(tc.status)
				_, _ = w.Write([]byte(refusal(599, strings.TrimSpace(tc.words+" "+req.Header.Get("apiKey")))))
				return true
			})
			got := <-r.start(t.Context(), nil)
			wantKind(t, got.err, tc.want)
			if detailOf(got.err) != strings.TrimSpace(tc.words+" •••") || len(r.opened) != 0 {
				t.Errorf("%v, opened %d", got.err, len(r.opened))
			}
		})
	}
}

func TestSignInBrowser_anotherHostIsThePersonsToSay(t *testing.T) {
	page := "https://giris.example.com/izin?key=abc"
	r := newRound(t, func(w http.ResponseWriter, req *http.Request) bool {
		if !strings.HasSuffix(req.URL.Path, "ssorequesturl") {
			return false
		}
		_, _ = w.Write([]byte(good(`{"redirectUrl":"` + page + `"}`)))
		return true
	})
	agreed := func(host string) func(*domain.Browser) { return func(b *domain.Browser) { b.ConsentHost = host } }
	for _, host := range []string{"", "example.com", "baska.example.com"} {
		got := <-r.start(t.Context(), agreed(host))
		wantKind(t, got.err, domain.KindConsentHost)
		if detailOf(got.err) != "giris.example.com" || len(r.opened) != 0 {
			t.Errorf("agreed to %q: %v, opened %d", host, got.err, len(r.opened))
		}
	}
	done := r.start(t.Context(), agreed("giris.example.com"))
	r.visit("?appUserKey=first-key-1&state=" + r.state())
	if got := <-done; got.err != nil {
		t.Error(got.err)
	}
}

func TestSignInBrowser_opensOnlyAllowedAddresses(t *testing.T) {
	for _, address := range []string{
		"http://app.isbasi.com/x", "http://evil.example/x", "file:///etc/passwd", "javascript:alert(1)", "", "%zz",
		"https://127.0.0.1@evil.example/", "//evil.example/x",
	} {
		r := newRound(t, func(w http.ResponseWriter, _ *http.Request) bool {
			_, _ = w.Write([]byte(good(`{"redirectUrl":"` + address + `"}`)))
			return true
		})
		got := <-r.start(t.Context(), func(b *domain.Browser) {
			b.Address = func(a string) { t.Errorf("told %q", a) }
		})
		wantKind(t, got.err, domain.KindHost)
		if len(r.opened) != 0 {
			t.Errorf("%q was opened", address)
		}
	}
}

func TestSignInBrowser_cancelEndsAnExchange(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	r := newRound(t, func(_ http.ResponseWriter, req *http.Request) bool {
		if !strings.HasSuffix(req.URL.Path, "getuserappkey") {
			return false
		}
		_, _ = io.ReadAll(req.Body) // only then does the server see the client go
		cancel()
		<-req.Context().Done()
		return true
	})
	done := r.start(ctx, nil)
	state := r.state()
	r.fetch("http://" + r.addr + callbackPath + "?appUserKey=first-key-1&state=" + state)
	wantKind(t, (<-done).err, domain.KindCancelled)
}

func TestSignInBrowser_browserThatDoesNotOpenIsNotTheEnd(t *testing.T) {
	r := newRound(t, nil)
	done := r.start(t.Context(), func(b *domain.Browser) {
		b.Open = func(string) error { return errors.New("no browser") }
		b.Address = func(a string) { r.opened <- a }
	})
	r.fetch("http://" + r.addr + callbackPath + "?appUserKey=first-key-1&state=" + r.state()) // and follows, as nobody opens a page
	if got := <-done; got.err != nil {
		t.Error(got.err)
	}
}

func TestSignInBrowser_portTaken(t *testing.T) {
	r := newRound(t, func(_ http.ResponseWriter, req *http.Request) bool {
		t.Errorf("%s was asked for nothing", req.URL.Path)
		return false
	})
	l, err := net.Listen("tcp4", r.addr)
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	wantKind(t, (<-r.start(t.Context(), nil)).err, domain.KindPortTaken)
	if len(r.opened) != 0 {
		t.Error("the browser was opened for nothing")
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
		"forbidden":              {saysStatus(403, ""), domain.KindNoBrowser, ""},
		"forbidden, in words":    {saysStatus(403, refusal(403, "API yetkilendirilmedi")), domain.KindNoBrowser, "API yetkilendirilmedi"},
		"forbidden by API key":   {saysStatus(403, refusal(403, "ApiKey yetkisiz")), domain.KindNoBrowser, "ApiKey yetkisiz"},
		"wrong API key":          {saysStatus(401, refusal(401, "ApiKey?")), domain.KindWrongKey, "ApiKey?"},
		"API key in other words": {saysStatus(409, refusal(409, "ApiKey?")), domain.KindState, "ApiKey?"},
		"not there, it says":     {saysStatus(404, refusal(404, "yok")), domain.KindRejected, "yok"},
		"no such route":          {saysStatus(404, gatewayPage), domain.KindNotFound, ""},
		"used up":                {saysStatus(429, refusal(429, "kota")), domain.KindSlowDown, "kota"},
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
	const right = "mw-jplatform.isbasi.com" // the second of the list
	for page, open := range map[string]string{
		"https://app.isbasi.com/izin": "https://app.isbasi.com/izin?state=", "https://app.isbasi.com/izin?key=a": "https://app.isbasi.com/izin?key=a&state=",
		"https://app.isbasi.com/izin?state=theirs-0123456789": "https://app.isbasi.com/izin?state=theirs-0123456789",
	} {
		l := &transporttest.Ledger{}
		c, n := over(t, Options{Ledger: l, perSecond: math.MaxInt}, func(req *http.Request) (*http.Response, error) {
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
		c.callback.Grace = 0
		c.Use(domain.Session{})
		pasted := make(chan domain.Secret, 1)
		pasted <- domain.NewSecret("first-key-1")
		told := ""
		in, err := c.SignInBrowser(t.Context(), account(), domain.Browser{Pasted: pasted, Address: func(a string) { told = a }})
		if err != nil || in.Session.BaseURL != "https://"+right || in.Session.UserKey.Reveal() != testUserKey {
			t.Errorf("%s: %v", page, err)
		}
		if !slices.Equal(l.Taken, []quota.Kind{quota.SignIn, quota.SignIn, quota.SignIn, quota.SignIn}) {
			t.Errorf("%s: booked as %v", page, l.Taken)
		}
		if n.count("ssorequesturl") != 2 || len(n.sent) != 4 || !strings.HasPrefix(told, open) || strings.Count(told, "state=") != 1 {
			t.Errorf("%s: %d of %d calls, told %s", page, n.count("ssorequesturl"), len(n.sent), told)
		}
	}
}

func TestSignInBrowser_inTheTestEnvironment(t *testing.T) {
	const host = "soho-isbasi-mwv2-test.logo-paas.com"
	c, n := over(t, Options{perSecond: math.MaxInt}, func(req *http.Request) (*http.Response, error) {
		switch {
		case strings.HasSuffix(req.URL.Path, "ssorequesturl"):
			return reply(req, 200, good(`"https://soho-isbasi-uiv2-test.logo-paas.com/izin"`)), nil
		case strings.HasSuffix(req.URL.Path, "getuserappkey"):
			return reply(req, 200, good(`"`+testUserKey+`"`)), nil
		default:
			return reply(req, 200, loginAnswer("tok")), nil
		}
	})
	c.callback.Grace = 0
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
		c, n := over(t, Options{Hosts: []string{"http://127.0.0.1:9"}, AllowLoopback: true}, answerAll(good(`"http://127.0.0.1:9/izin"`)))
		in, err := c.SignInBrowser(ctx, domain.Credentials{APIKey: domain.NewSecret(tc.key)}, domain.Browser{})
		cancel()
		if domain.KindOf(err) != tc.want || !in.Session.APIKey.Empty() || (len(n.sent) != 0) != (tc.want == domain.KindTimeout) {
			t.Errorf("%s: %v after %d calls", name, err, len(n.sent))
		}
	}
}
