package consent

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
)

const firstKey = "first-key-1"

// exchange plays İşbaşı: it knows every first key but some.
func exchange(first domain.Secret) (domain.Secret, error) {
	switch first.Reveal() {
	case "bad":
		return domain.Secret{}, domain.E(domain.KindRejected, "x", nil)
	case "late":
		return domain.Secret{}, domain.E(domain.KindUnavailable, "x", nil)
	case "wrong":
		return domain.Secret{}, domain.E(domain.KindWrongKey, "x", nil)
	default:
		return domain.NewSecret("second"), nil
	}
}

// round is a flow under way, with the person and the browser played by the test.
type round struct {
	t     *testing.T
	flow  *Flow
	state string
	notes chan error
}

// begin starts a round on any free port, and has it expect the callback.
func begin(t *testing.T, b domain.Browser) *round {
	t.Helper()
	r := &round{t: t, notes: make(chan error, 9)}
	b.Note = func(err error) { r.notes <- err }
	flow, err := Start(t.Context(), Options{Addr: "127.0.0.1:0", Limit: time.Minute, Grace: time.Minute}, b)
	if err != nil {
		t.Fatal(err)
	}
	r.flow, r.state = flow, stateOf(t, flow.Expect(url.URL{Scheme: "https", Host: "app.isbasi.com"}, exchange))
	return r
}

func stateOf(t *testing.T, address string) string {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil || len(u.Query().Get("state")) < 16 {
		t.Fatalf("%s: %v", address, err)
	}
	return u.Query().Get("state")
}

// noted lists the kinds and details of what was noted so far.
func (r *round) noted() (notes []string) {
	for len(r.notes) > 0 {
		err := <-r.notes
		notes = append(notes, strings.TrimSpace(string(domain.KindOf(err))+" "+detailOf(err)))
	}
	return notes
}

// visit asks the callback server as a browser does, and gives the page it ends on.
func (r *round) visit(path string, change func(*http.Request)) (status int, page, landed string) {
	r.t.Helper()
	path = strings.ReplaceAll(path, "STATE", r.state)
	req, err := http.NewRequestWithContext(r.t.Context(), http.MethodGet, "http://"+r.flow.callback.host+path, http.NoBody)
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

// ends tells how the round ends, and closes it.
func (r *round) ends(ctx context.Context) (domain.Secret, error) {
	defer r.flow.Close(ctx)
	return r.flow.Wait(ctx)
}

// allowed visits the good callback, and has the round end well.
func (r *round) allowed() {
	r.t.Helper()
	if status, _, landed := r.visit(callbackPath+"?appUserKey="+firstKey+"&state=STATE", nil); status != 200 || landed != donePath {
		r.t.Errorf("the good callback ends with %d at %s", status, landed)
	}
	if key, err := r.ends(r.t.Context()); key.Reveal() != "second" || err != nil {
		r.t.Errorf("it ends with %v", err)
	}
}

func TestFlow_straysDoNotEndTheWaiting(t *testing.T) {
	for name, tc := range map[string]struct {
		path   string
		change func(*http.Request)
		status int
		note   string
	}{
		"wrong state":           {callbackPath + "?appUserKey=first-key-1&state=guess", nil, 400, "invalid state"},
		"no key":                {callbackPath + "?state=STATE", nil, 400, "invalid no-key"},
		"blank key":             {callbackPath + "?appUserKey=%20&state=STATE", nil, 400, "invalid no-key"},
		"refused key":           {callbackPath + "?appUserKey=bad&state=STATE", nil, 400, "rejected"},
		"nobody answers":        {callbackPath + "?appUserKey=late&state=STATE", nil, 502, "unavailable"},
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
			r := begin(t, domain.Browser{})
			if status, _, _ := r.visit(tc.path, tc.change); status != tc.status {
				t.Errorf("status %d, want %d", status, tc.status)
			}
			want := []string{tc.note}
			if tc.note == "" {
				want = nil
			}
			if got := r.noted(); !slices.Equal(got, want) {
				t.Errorf("noted %q, want %q", got, want)
			}
			r.allowed()
		})
	}
}

func TestFlow_acceptsWhatIsbasiMayDo(t *testing.T) {
	for name, path := range map[string]string{
		"no state":       callbackPath + "?appuserkey=first-key-1",
		"other name":     callbackPath + "?Key=first-key-1&company=7&state=STATE",
		"pasted spaces":  callbackPath + "?appUserKey=+first-key-1+&state=STATE",
		"no Sec-Fetch":   callbackPath + "?appUserKey=first-key-1&state=STATE",
		"an empty error": callbackPath + "?error=&appUserKey=first-key-1&state=STATE",
	} {
		t.Run(name, func(t *testing.T) {
			r := begin(t, domain.Browser{})
			status, _, _ := r.visit(path, func(req *http.Request) {
				if name == "no Sec-Fetch" {
					req.Header.Del("Sec-Fetch-Mode")
				}
			})
			if key, err := r.ends(t.Context()); status != 200 || err != nil || key.Empty() || len(r.noted()) != 0 {
				t.Errorf("%d, %v", status, err)
			}
		})
	}
}

func TestFlow_endsWithARefusal(t *testing.T) {
	for query, tc := range map[string]struct {
		kind   domain.Kind
		detail string
		status int
		page   string
	}{
		"error=access_denied": {domain.KindConsentRefused, "", 200, "İzin verilmedi"},
		"error=server_error":  {domain.KindConsentRefused, "server_error", 200, "İzin verilmedi"},
		"key=wrong":           {domain.KindWrongKey, "", 400, "API anahtarını"},
	} {
		r := begin(t, domain.Browser{})
		if status, page, _ := r.visit(callbackPath+"?state=STATE&"+query, nil); status != tc.status || !strings.Contains(page, tc.page) {
			t.Errorf("%s: %d: %s", query, status, page)
		}
		key, err := r.ends(t.Context()) // without a success nobody waits for its page
		if domain.KindOf(err) != tc.kind || detailOf(err) != tc.detail || !key.Empty() {
			t.Errorf("%s: %v", query, err)
		}
	}
}

func TestFlow_ignoresAnswersAfterTheEnd(t *testing.T) {
	r := begin(t, domain.Browser{Lang: "en"})
	for _, key := range []string{firstKey, "bad"} {
		if status, page, landed := r.visit(callbackPath+"?state=STATE&appUserKey="+key, nil); status != 200 || landed != donePath || !strings.Contains(page, "permission") {
			t.Errorf("%s: %d at %s: %s", key, status, landed, page)
		}
	}
	if _, err := r.ends(t.Context()); err != nil || len(r.noted()) != 0 {
		t.Error(err)
	}
	if _, err := net.DialTimeout("tcp4", r.flow.callback.host, time.Second); err == nil {
		t.Error("the listener is still open")
	}
}

func TestFlow_usesTheStateIsbasiSets(t *testing.T) {
	for page, want := range map[string]string{
		"https://app.isbasi.com/izin":                                     "https://app.isbasi.com/izin?state=STATE",
		"https://app.isbasi.com/izin?key=a":                               "https://app.isbasi.com/izin?key=a&state=STATE",
		"https://app.isbasi.com/izin?key=abc&state=theirs-0123456789&b=c": "https://app.isbasi.com/izin?key=abc&state=theirs-0123456789&b=c",
	} {
		r := begin(t, domain.Browser{})
		u, err := url.Parse(page)
		if err != nil {
			t.Fatal(err)
		}
		address := r.flow.Expect(*u, exchange)
		first := r.state
		if r.state = stateOf(t, address); address != strings.ReplaceAll(want, "STATE", r.state) || r.state == first {
			t.Errorf("%s became %s", page, address)
		}
		r.allowed()
	}
}

func TestFlow_endsWithTimeAndCancel(t *testing.T) {
	const limit = 5 * time.Minute
	box := make(chan domain.Secret)
	close(box) // the person has put it away
	for name, tc := range map[string]struct {
		ctx   func(context.Context) (context.Context, context.CancelFunc)
		kind  domain.Kind
		err   error
		after time.Duration
	}{
		"the limit": {context.WithCancel, domain.KindTimeout, nil, limit},
		"a deadline": {func(ctx context.Context) (context.Context, context.CancelFunc) {
			return context.WithTimeout(ctx, time.Second)
		}, domain.KindTimeout, context.DeadlineExceeded, time.Second},
		"cancelled": {func(ctx context.Context) (context.Context, context.CancelFunc) {
			ctx, cancel := context.WithCancel(ctx)
			time.AfterFunc(time.Second, cancel)
			return ctx, cancel
		}, domain.KindCancelled, context.Canceled, time.Second},
	} {
		synctest.Test(t, func(t *testing.T) {
			ctx, cancel := tc.ctx(t.Context())
			defer cancel()
			f, begun := &Flow{options: Options{Limit: limit}, pasted: box, grant: newGrant(func(err error) { t.Error(err) })}, time.Now()
			key, err := f.Wait(ctx)
			f.Close(ctx)
			if domain.KindOf(err) != tc.kind || (tc.err != nil && !errors.Is(err, tc.err)) || !key.Empty() || time.Since(begun) != tc.after {
				t.Errorf("%s: %v after %v", name, err, time.Since(begun))
			}
		})
	}
}

func TestFlow_takesPastedKeys(t *testing.T) {
	l, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	o := Options{Addr: l.Addr().String(), Limit: time.Minute, Grace: time.Minute}
	if _, err := Start(t.Context(), o, domain.Browser{}); domain.KindOf(err) != domain.KindPortTaken {
		t.Errorf("%v", err)
	}

	pasted, r := make(chan domain.Secret, 3), &round{t: t, notes: make(chan error, 9)}
	r.flow, err = Start(t.Context(), o, domain.Browser{Pasted: pasted, Note: func(err error) { r.notes <- err }})
	if err != nil {
		t.Fatal(err)
	}
	state := stateOf(t, r.flow.Expect(url.URL{}, exchange))
	pasted <- domain.NewSecret("bad")
	pasted <- domain.NewSecret("http://127.0.0.1:47813/isbasi/callback?appUserKey=first-key-1&state=wrong")
	pasted <- domain.NewSecret(" http://127.0.0.1:47813/isbasi/callback?appUserKey=first-key-1&state=" + state + "\n")
	close(pasted)
	if key, err := r.ends(t.Context()); err != nil || key.Reveal() != "second" {
		t.Errorf("%v", err)
	}
	if got := r.noted(); !slices.Equal(got, []string{"port-taken", "rejected", "invalid state"}) {
		t.Errorf("noted %q", got)
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
