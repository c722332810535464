package isbasi

import (
	"context"
	"errors"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
)

// round is a browser sign-in under way, with İşbaşı and the person played by the test.
type round struct {
	t      *testing.T
	client *Client
	addr   string // of the callback
	books  func(w http.ResponseWriter, r *http.Request) bool

	opened chan string // the address that the browser was given

	mu    sync.Mutex
	notes []error
}

const consentPage = "/izin?key=abc"

// newRound prepares one. books may answer a call to İşbaşı in place of the good answers.
func newRound(t *testing.T, books func(w http.ResponseWriter, r *http.Request) bool) *round {
	t.Helper()
	r := &round{t: t, addr: freeAddr(t), books: books, opened: make(chan string, 1)}
	var base string
	c, server := against(t, Options{CallbackAddr: r.addr}, func(w http.ResponseWriter, req *http.Request) {
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
	c.pageGrace = 10 * time.Second // it ends with the page; a busy machine fetches it late
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

func (r *round) note(err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.notes = append(r.notes, err)
}

// noted lists the kinds and details of what was noted.
func (r *round) noted() (notes []string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, err := range r.notes {
		notes = append(notes, string(domain.KindOf(err))+" "+detailOf(err))
	}
	return notes
}

type result struct {
	in  domain.SignIn
	err error
}

// start signs in; change may alter what the person's surroundings are.
func (r *round) start(ctx context.Context, change func(*domain.Browser)) <-chan result {
	b := domain.Browser{
		Open: func(address string) error { r.opened <- address; return nil },
		Note: r.note, Lang: "tr",
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

// visit asks the callback server as a browser does, and gives the page it ends on.
func (r *round) visit(path string, change func(*http.Request)) (status int, page, landed string) {
	r.t.Helper()
	req, err := http.NewRequestWithContext(r.t.Context(), http.MethodGet, "http://"+r.addr+path, http.NoBody)
	if err != nil {
		r.t.Fatal(err)
	}
	req.Header.Set("Sec-Fetch-Mode", "navigate")
	if change != nil {
		change(req)
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
	if resp.Header.Get("Cache-Control") != "no-store" || resp.Header.Get("Referrer-Policy") != "no-referrer" {
		r.t.Errorf("%s: headers %v", req.URL.Path, resp.Header)
	}
	if csp := resp.Header.Get("Content-Security-Policy"); !strings.Contains(csp, "default-src 'none'") {
		r.t.Errorf("%s: policy %q", req.URL.Path, csp)
	}
	return resp.StatusCode, string(body), resp.Request.URL.RequestURI()
}

func (r *round) allow(state string) {
	r.t.Helper()
	if status, _, landed := r.visit(callbackPath+"?appUserKey=first-key-1&state="+state, nil); status != 200 || landed != donePath {
		r.t.Errorf("the good callback ends with %d at %s", status, landed)
	}
}

func TestSignInBrowser_wholeRound(t *testing.T) {
	for lang, want := range map[string]string{"tr": "İşbaşı izni alındı", "en": "İşbaşı has given its permission", "de": "İşbaşı izni alındı"} {
		t.Run(lang, func(t *testing.T) {
			r := newRound(t, nil)
			var told string
			done := r.start(t.Context(), func(b *domain.Browser) {
				b.Lang, b.Address = lang, func(a string) { told = a }
			})
			state := r.state()
			status, page, landed := r.visit(callbackPath+"?APPUSERKEY=first-key-1&state="+state, nil)
			if status != 200 || landed != donePath || !strings.Contains(page, want) || strings.Contains(page, "first-key-1") {
				t.Errorf("%d at %s: %s", status, landed, page)
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
			if !strings.Contains(told, "state="+state) || len(r.noted()) != 0 {
				t.Errorf("address %q, notes %v", told, r.noted())
			}
			if _, err := net.DialTimeout("tcp4", r.addr, time.Second); err == nil {
				t.Error("the listener is still open")
			}
		})
	}
}

func TestSignInBrowser_straysDoNotEndTheWaiting(t *testing.T) {
	for name, tc := range map[string]struct {
		path   string
		change func(*http.Request)
		status int
		note   string
	}{
		"wrong state":           {callbackPath + "?appUserKey=first-key-1&state=guess", nil, 400, "invalid state"},
		"no key":                {callbackPath + "?state=STATE", nil, 400, "invalid no-key"},
		"blank key":             {callbackPath + "?appUserKey=%20&state=STATE", nil, 400, "invalid no-key"},
		"refused key":           {callbackPath + "?appUserKey=made-up&state=STATE", nil, 400, `rejected Anahtar bulunamadı: {"key":"•••"}`},
		"another path":          {"/", nil, 404, "invalid path"},
		"path below":            {callbackPath + "/x?appUserKey=first-key-1", nil, 404, "invalid path"},
		"success page too soon": {donePath, nil, 404, ""},
		"another method":        {callbackPath + "?appUserKey=first-key-1&state=STATE", func(r *http.Request) { r.Method = http.MethodPost }, 405, "invalid method"},
		"another host":          {callbackPath + "?appUserKey=first-key-1&state=STATE", func(r *http.Request) { r.Host = "evil.example" }, 421, "invalid host"},
		"name for the host":     {callbackPath + "?appUserKey=first-key-1&state=STATE", func(r *http.Request) { r.Host = "localhost:47813" }, 421, "invalid host"},
		"a script's request":    {callbackPath + "?appUserKey=first-key-1&state=STATE", func(r *http.Request) { r.Header.Set("Sec-Fetch-Mode", "no-cors") }, 403, "invalid fetch"},
		"refusal without state": {callbackPath + "?error=access_denied", nil, 400, "invalid refusal-without-state"},
		"refusal, wrong state":  {callbackPath + "?error=access_denied&state=guess", nil, 400, "invalid state"},
	} {
		t.Run(name, func(t *testing.T) {
			r := newRound(t, nil)
			done := r.start(t.Context(), nil)
			state := r.state()
			status, _, _ := r.visit(strings.ReplaceAll(tc.path, "STATE", state), tc.change)
			if status != tc.status {
				t.Errorf("status %d, want %d", status, tc.status)
			}
			want := []string{tc.note}
			if tc.note == "" {
				want = nil
			}
			if got := r.noted(); !slices.Equal(got, want) {
				t.Errorf("noted %q, want %q", got, want)
			}
			select {
			case got := <-done:
				t.Fatalf("the waiting ended: %v", got.err)
			default:
			}
			r.allow(state)
			if got := <-done; got.err != nil {
				t.Error(got.err)
			}
		})
	}
}

func TestSignInBrowser_acceptsWhatIsbasiMayDo(t *testing.T) {
	for name, path := range map[string]string{
		"no state":       callbackPath + "?appuserkey=first-key-1",
		"other name":     callbackPath + "?Key=first-key-1&company=7&state=STATE",
		"pasted spaces":  callbackPath + "?appUserKey=+first-key-1+&state=STATE",
		"no Sec-Fetch":   callbackPath + "?appUserKey=first-key-1&state=STATE",
		"an empty error": callbackPath + "?error=&appUserKey=first-key-1&state=STATE",
	} {
		t.Run(name, func(t *testing.T) {
			r := newRound(t, nil)
			done := r.start(t.Context(), nil)
			status, _, _ := r.visit(strings.ReplaceAll(path, "STATE", r.state()), func(req *http.Request) {
				if name == "no Sec-Fetch" {
					req.Header.Del("Sec-Fetch-Mode")
				}
			})
			if got := <-done; status != 200 || got.err != nil {
				t.Errorf("%d, %v", status, got.err)
			}
		})
	}
}

func TestSignInBrowser_refusedConsentEnds(t *testing.T) {
	for refusal, detail := range map[string]string{"access_denied": "", "server_error": "server_error"} {
		t.Run(refusal, func(t *testing.T) {
			r := newRound(t, nil)
			done := r.start(t.Context(), nil)
			status, page, _ := r.visit(callbackPath+"?error="+refusal+"&state="+r.state(), nil)
			if status != 200 || !strings.Contains(page, "İzin verilmedi") {
				t.Errorf("%d: %s", status, page)
			}
			got := <-done
			wantKind(t, got.err, domain.KindConsentRefused)
			if detailOf(got.err) != detail || !got.in.Session.UserKey.Empty() {
				t.Errorf("%+v", got)
			}
		})
	}
}

func TestSignInBrowser_answersAfterTheEndAreIgnored(t *testing.T) {
	exchanged := make(chan struct{})
	release := make(chan struct{})
	var calls atomic.Int32
	r := newRound(t, func(_ http.ResponseWriter, req *http.Request) bool {
		switch strings.TrimPrefix(req.URL.Path, apiPath) {
		case "user/getuserappkey":
			calls.Add(1)
		case "user/integrationLogin":
			close(exchanged)
			<-release // the round is still on while the second answer comes
		}
		return false
	})
	done := r.start(t.Context(), nil)
	state := r.state()
	r.allow(state)
	<-exchanged
	if status, _, landed := r.visit(callbackPath+"?appUserKey=other&state="+state, nil); status != 200 || landed != donePath {
		t.Errorf("%d at %s", status, landed)
	}
	close(release)
	if got := <-done; got.err != nil || calls.Load() != 1 || len(r.noted()) != 0 {
		t.Errorf("%v, %d exchanges, notes %v", got.err, calls.Load(), r.noted())
	}
}

func TestSignInBrowser_exchangeOutOfReachCanBeReloaded(t *testing.T) {
	var up atomic.Bool
	r := newRound(t, func(w http.ResponseWriter, req *http.Request) bool {
		if !up.Load() && strings.HasSuffix(req.URL.Path, "getuserappkey") {
			w.WriteHeader(http.StatusBadGateway)
			return true
		}
		return false
	})
	done := r.start(t.Context(), nil)
	state := r.state()
	if status, page, _ := r.visit(callbackPath+"?appUserKey=first-key-1&state="+state, nil); status != 502 || !strings.Contains(page, "yenileyin") {
		t.Errorf("%d: %s", status, page)
	}
	if got := r.noted(); !slices.Equal(got, []string{"unavailable "}) {
		t.Errorf("noted %q", got)
	}
	up.Store(true)
	r.allow(state)
	if got := <-done; got.err != nil {
		t.Error(got.err)
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
	r.allow(r.state())
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
	for name, status := range map[string]int{"401": 401, "403": 403, "599": 200} {
		t.Run(name, func(t *testing.T) {
			r := newRound(t, func(w http.ResponseWriter, req *http.Request) bool {
				w.WriteHeader(status)
				_, _ = w.Write([]byte(refusal(599, "Bilinmeyen anahtar "+req.Header.Get("apiKey"))))
				return true
			})
			got := <-r.start(t.Context(), nil)
			wantKind(t, got.err, domain.KindWrongKey)
			if detailOf(got.err) != "Bilinmeyen anahtar •••" || len(r.opened) != 0 {
				t.Errorf("%v, opened %d", got.err, len(r.opened))
			}
		})
	}
}

func TestSignInBrowser_wrongKeyAtTheExchangeEnds(t *testing.T) {
	r := newRound(t, func(w http.ResponseWriter, req *http.Request) bool {
		if !strings.HasSuffix(req.URL.Path, "getuserappkey") {
			return false
		}
		w.WriteHeader(http.StatusUnauthorized)
		_, _ = w.Write([]byte(refusal(401, "API anahtarı geçersiz.")))
		return true
	})
	done := r.start(t.Context(), nil)
	if _, page, _ := r.visit(callbackPath+"?appUserKey=first-key-1&state="+r.state(), nil); !strings.Contains(page, "API anahtarını") {
		t.Errorf("%s", page)
	}
	wantKind(t, (<-done).err, domain.KindWrongKey)
}

func TestSignInBrowser_opensOnlyAllowedAddresses(t *testing.T) {
	for _, address := range []string{
		"http://app.isbasi.com/x", "https://evil.example/x", "file:///etc/passwd", "javascript:alert(1)", "", "%zz",
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

func TestSignInBrowser_usesTheStateIsbasiSets(t *testing.T) {
	r := newRound(t, func(w http.ResponseWriter, req *http.Request) bool {
		if !strings.HasSuffix(req.URL.Path, "ssorequesturl") {
			return false
		}
		_, _ = w.Write([]byte(good(`"https://app.isbasi.com/izin?key=abc&state=theirs-0123456789"`)))
		return true
	})
	done := r.start(t.Context(), nil)
	if got := r.state(); got != "theirs-0123456789" {
		t.Errorf("state %q", got)
	}
	r.allow("theirs-0123456789")
	if got := <-done; got.err != nil {
		t.Error(got.err)
	}
}

func TestSignInBrowser_endsWithTimeAndCancel(t *testing.T) {
	r := newRound(t, nil)
	r.client.consentLimit = time.Millisecond
	wantKind(t, (<-r.start(t.Context(), nil)).err, domain.KindTimeout)

	r = newRound(t, nil)
	ctx, cancel := context.WithCancel(t.Context())
	done := r.start(ctx, nil)
	r.state()
	cancel()
	got := <-done
	wantKind(t, got.err, domain.KindCancelled)
	if !errors.Is(got.err, context.Canceled) {
		t.Error(got.err)
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
	r.visit(callbackPath+"?appUserKey=first-key-1&state="+state, nil)
	wantKind(t, (<-done).err, domain.KindCancelled)
}

func TestSignInBrowser_browserThatDoesNotOpenIsNotTheEnd(t *testing.T) {
	r := newRound(t, nil)
	done := r.start(t.Context(), func(b *domain.Browser) {
		b.Open = func(string) error { return errors.New("no browser") }
		b.Address = func(a string) { r.opened <- a }
	})
	r.allow(r.state())
	if got := <-done; got.err != nil {
		t.Error(got.err)
	}
}

func TestSignInBrowser_portTaken(t *testing.T) {
	r := newRound(t, nil)
	l, err := net.Listen("tcp4", r.addr)
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	wantKind(t, (<-r.start(t.Context(), nil)).err, domain.KindPortTaken)
	if len(r.opened) != 0 {
		t.Error("the browser was opened for nothing")
	}

	pasted := make(chan domain.Secret, 3)
	done := r.start(t.Context(), func(b *domain.Browser) { b.Pasted = pasted })
	state := r.state()
	pasted <- domain.NewSecret("made-up")
	pasted <- domain.NewSecret("http://127.0.0.1:47813/isbasi/callback?appUserKey=first-key-1&state=wrong")
	pasted <- domain.NewSecret(" http://127.0.0.1:47813/isbasi/callback?appUserKey=first-key-1&state=" + state + "\n")
	if got := <-done; got.err != nil || got.in.Session.UserKey.Reveal() != testUserKey {
		t.Errorf("%v", got.err)
	}
	want := []string{"port-taken ", `rejected Anahtar bulunamadı: {"key":"•••"}`, "invalid state"}
	if got := r.noted(); !slices.Equal(got, want) {
		t.Errorf("noted %q, want %q", got, want)
	}
}

func TestSignInBrowser_keyPastedByHand(t *testing.T) {
	r := newRound(t, nil)
	r.client.pageGrace = 0 // no browser comes for the page
	pasted := make(chan domain.Secret, 1)
	done := r.start(t.Context(), func(b *domain.Browser) { b.Pasted, b.Note = pasted, nil })
	r.state()
	pasted <- domain.NewSecret("first-key-1\r\n")
	close(pasted)
	if got := <-done; got.err != nil {
		t.Error(got.err)
	}
}
