package sandbox_test

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/storage/isbasi/sandbox"
)

// callback is an application that waits to be called back.
type callback struct {
	*httptest.Server
	arrived chan *http.Request
}

func listen(t *testing.T) *callback {
	t.Helper()
	cb := &callback{arrived: make(chan *http.Request, 8)}
	cb.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		cb.arrived <- r
		w.WriteHeader(http.StatusOK)
	}))
	t.Cleanup(cb.Close)
	return cb
}

// address asks where to send the browser.
func (c *caller) address() string {
	c.t.Helper()
	var data struct{ RedirectURL, Key string }
	c.call(http.MethodGet, base+"user/ssorequesturl", nil).ok(c.t, &data)
	if !strings.HasPrefix(data.RedirectURL, c.s.URL()+"/") || data.Key == "" {
		c.t.Fatalf("ssorequesturl answers %+v", data)
	}
	return data.RedirectURL
}

// consent lets the person answer and gives what the callback received.
func consent(t *testing.T, cb *callback, address string, allow bool) url.Values {
	t.Helper()
	if err := sandbox.Consent(t.Context(), address, allow); err != nil {
		t.Fatal(err)
	}
	r := <-cb.arrived
	if r.Method != http.MethodGet || r.URL.Path != "/isbasi/callback" || r.Header.Get("Sec-Fetch-Mode") != "navigate" {
		t.Errorf("the callback is called by %s %s, %q", r.Method, r.URL.Path, r.Header.Get("Sec-Fetch-Mode"))
	}
	return r.URL.Query()
}

// secondKey goes through the browser and the exchange.
func (c *caller) secondKey(cb *callback) string {
	c.t.Helper()
	q := consent(c.t, cb, c.address(), true)
	var key string
	c.call(http.MethodPost, base+"user/getuserappkey", object{"key": q.Get("appUserKey")}).ok(c.t, &key)
	return key
}

func TestBrowserSignIn_goesRound(t *testing.T) {
	cb := listen(t)
	c := start(t, sandbox.Options{Callback: cb.URL + "/isbasi/callback"})
	q := consent(t, cb, c.address()+"&state=s-1", true)
	if q.Get("appUserKey") == "" || q.Get("state") != "s-1" || q.Has("error") {
		t.Fatalf("callback with %v", q)
	}
	body := object{"key": q.Get("appUserKey")}
	var second string
	c.call(http.MethodPost, base+"user/getuserappkey", body).ok(t, &second)
	c.call(http.MethodPost, base+"user/getuserappkey", body).refused(t, 599, "bulunamadı")

	for _, path := range []string{"user/integrationLogin", "user/Login"} { // the second key is good for the daily renewal
		c.take(c.call(http.MethodPost, base+path, object{"appUserKey": second}))
	}
	if l := c.mustList(productsBody(1, 5)); len(l.Data) != 5 {
		t.Errorf("%d rows", len(l.Data))
	}
}

// Where the stand-in is told to, a second key outlives its start, and the login says whose account it is.
func TestLogin_ofAnEarlierStart(t *testing.T) {
	c := start(t, sandbox.Options{})
	c.call(http.MethodPost, base+"user/integrationLogin", object{"appUserKey": "of-yesterday"}).refused(t, 599, "geçersiz")
	c = start(t, sandbox.Options{AnyUserKey: true, UserEmail: sandbox.DemoUser})
	var in struct{ Email string }
	c.call(http.MethodPost, base+"user/integrationLogin", object{"appUserKey": "of-yesterday"}).ok(t, &in)
	if in.Email != sandbox.DemoUser {
		t.Errorf("the account is %q", in.Email)
	}
}

func TestConsent_refused(t *testing.T) {
	cb := listen(t)
	c := start(t, sandbox.Options{Callback: cb.URL + "/isbasi/callback"})
	q := consent(t, cb, c.address()+"&state=s-2", false)
	if q.Get("error") != "access_denied" || q.Get("state") != "s-2" || q.Has("appUserKey") {
		t.Errorf("callback with %v", q)
	}
}

func TestConsent_pageNamesTheApplication(t *testing.T) {
	c := start(t, sandbox.Options{AppName: "Deneme <Ltd>"})
	r := c.call(http.MethodGet, strings.TrimPrefix(c.address(), c.s.URL()), nil)
	for _, part := range []string{`lang="tr"`, `id="allow"`, `>İzin ver<`, `id="deny"`, `>Reddet<`, "Deneme &lt;Ltd&gt;"} {
		if !strings.Contains(r.Raw, part) {
			t.Errorf("the page lacks %s", part)
		}
	}
	if r.Status != http.StatusOK || r.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("HTTP %d, %v", r.Status, r.Header)
	}
}

func TestConsent_unknownRequest(t *testing.T) {
	c := start(t, sandbox.Options{AutoConsent: true})
	r := c.call(http.MethodGet, "/sso/izin?key=no-such", nil)
	if r.Status != http.StatusNotFound || strings.Contains(r.Raw, `id="allow"`) {
		t.Errorf("HTTP %d %s", r.Status, r.Raw)
	}
	if err := sandbox.Consent(t.Context(), c.s.URL()+"/sso/izin?key=no-such", true); err == nil {
		t.Error("consent to an unknown request")
	}
}

func TestConsent_options(t *testing.T) {
	t.Run("by itself", func(t *testing.T) {
		cb := listen(t)
		c := start(t, sandbox.Options{Callback: cb.URL + "/isbasi/callback", AutoConsent: true})
		if q := consent(t, cb, c.address(), false); !q.Has("appUserKey") || q.Has("state") {
			t.Errorf("callback with %v", q)
		}
	})
	t.Run("state dropped", func(t *testing.T) {
		cb := listen(t)
		c := start(t, sandbox.Options{Callback: cb.URL + "/isbasi/callback", DropState: true})
		if q := consent(t, cb, c.address()+"&state=s", true); q.Has("state") {
			t.Errorf("callback with %v", q)
		}
	})
	t.Run("ends with the caller", func(t *testing.T) {
		c := start(t, sandbox.Options{})
		ctx, cancel := context.WithCancel(t.Context())
		address := c.address()
		cancel()
		if err := sandbox.Consent(ctx, address, true); err == nil {
			t.Error("consent after the end")
		}
	})
}

func TestUserKey_belongsToItsAPIKey(t *testing.T) {
	cb := listen(t)
	c := start(t, sandbox.Options{Callback: cb.URL + "/isbasi/callback", APIKeys: []string{sandbox.DemoKey, "another"}})
	second := c.secondKey(cb)
	first := consent(t, cb, c.address(), true).Get("appUserKey")
	c.key = "another"
	c.call(http.MethodPost, base+"user/getuserappkey", object{"key": first}).refused(t, 599, "bulunamadı")
	c.call(http.MethodPost, base+"user/integrationLogin", object{"appUserKey": second}).refused(t, 599, "geçersiz")
}

func TestUserKey_asObject(t *testing.T) {
	cb := listen(t)
	c := start(t, sandbox.Options{Callback: cb.URL + "/isbasi/callback", UserKeyAsObject: true})
	q := consent(t, cb, c.address(), true)
	var data struct{ AppUserKey string }
	c.call(http.MethodPost, base+"user/getuserappkey", object{"key": q.Get("appUserKey")}).ok(t, &data)
	c.take(c.call(http.MethodPost, base+"user/integrationLogin", object{"appUserKey": data.AppUserKey}))
}

func TestUserKey_once(t *testing.T) {
	cb := listen(t)
	c := start(t, sandbox.Options{Callback: cb.URL + "/isbasi/callback", UserKeyOnce: true})
	body := object{"appUserKey": c.secondKey(cb)}
	c.take(c.call(http.MethodPost, base+"user/integrationLogin", body))
	c.call(http.MethodPost, base+"user/integrationLogin", body).refused(t, 599, "geçersiz")
}

func TestLogin_needsPassword(t *testing.T) {
	cb := listen(t)
	c := start(t, sandbox.Options{Callback: cb.URL + "/isbasi/callback", LoginNeedsPassword: true})
	second := c.secondKey(cb)
	r := c.call(http.MethodPost, base+"user/integrationLogin", object{"appUserKey": second})
	r.refused(t, http.StatusBadRequest, "Kullanıcı adı zorunludur.\nŞifre zorunludur.")
	c.take(c.call(http.MethodPost, base+"user/integrationLogin", object{
		"appUserKey": second, "username": sandbox.DemoUser, "password": sandbox.DemoPassword,
	}))
}

// §12, to §2.2: the key is good, but not for this: 403, not 401. Others of the server still may.
func TestBrowserSignIn_notForEveryKey(t *testing.T) {
	c := start(t, sandbox.Options{APIKeys: []string{"account", "browser"}, AccountKeys: []string{"account"}})
	c.key = "account"
	r := c.call(http.MethodGet, base+"user/ssorequesturl", nil)
	if r.refused(t, http.StatusForbidden, "API yetkilendirilmedi"); r.Status != http.StatusForbidden {
		t.Errorf("HTTP %d", r.Status)
	}
	c.signIn() // by e-mail and password
	c.key = "browser"
	c.address()
	c.key = "neither"
	c.call(http.MethodGet, base+"user/ssorequesturl", nil).refused(t, http.StatusUnauthorized, "API anahtarı")
}

// §12, to §1: the page's host is nowhere public; the way through it is the same.
func TestConsent_onAnotherHost(t *testing.T) {
	cb := listen(t)
	c := start(t, sandbox.Options{Callback: cb.URL + "/isbasi/callback", ConsentURL: "https://giris.logo.com.tr/"})
	var data struct{ RedirectURL string }
	c.call(http.MethodGet, base+"user/ssorequesturl", nil).ok(t, &data)
	rest, ok := strings.CutPrefix(data.RedirectURL, "https://giris.logo.com.tr/sso/izin?key=")
	if !ok || rest == "" {
		t.Fatalf("the page is at %s", data.RedirectURL)
	}
	if q := consent(t, cb, c.s.URL()+"/sso/izin?key="+rest, true); q.Get("appUserKey") == "" {
		t.Errorf("callback with %v", q)
	}
}

// §12, to §2.1: a user may have several firms; the login names one, or lands in the one that the panel
// has selected. The answer says which.
func TestLogin_severalFirms(t *testing.T) {
	const second, third = "7b0e0c0e-0000-4000-8000-0000000000a2", "7b0e0c0e-0000-4000-8000-0000000000a3"
	o := sandbox.Options{
		Products: priced(), APIKeys: []string{sandbox.DemoKey, "other"}, Tenants: map[string]string{"other": "t-other"}, TenantName: "Birinci Ltd",
		MoreTenants: []sandbox.Tenant{{ID: second, Name: "İkinci Ltd"}, {ID: third}},
	}
	login := func(c *caller, tenant string) reply {
		body := object{"username": sandbox.DemoUser, "password": sandbox.DemoPassword}
		if tenant != "" {
			body["tenantId"] = tenant
		}
		return c.call(http.MethodPost, base+"user/integrationLogin", body)
	}
	for name, tt := range map[string]struct {
		key, asked string
		ignored    bool
		want       string // empty: refused
		firm       any
	}{
		"none named":            {sandbox.DemoKey, "", false, sandbox.DemoTenant, "Birinci Ltd"},
		"the selected one":      {sandbox.DemoKey, sandbox.DemoTenant, false, sandbox.DemoTenant, "Birinci Ltd"},
		"the second":            {sandbox.DemoKey, second, false, second, "İkinci Ltd"},
		"the third, no name":    {sandbox.DemoKey, third, false, third, nil},
		"unknown":               {sandbox.DemoKey, "7b0e", false, "", nil},
		"another key's":         {sandbox.DemoKey, "t-other", false, "", nil},
		"another key, none":     {"other", "", false, "t-other", "Birinci Ltd"},
		"another key, second":   {"other", second, false, second, "İkinci Ltd"},
		"ignored":               {sandbox.DemoKey, second, true, sandbox.DemoTenant, "Birinci Ltd"},
		"ignored, even unknown": {sandbox.DemoKey, "7b0e", true, sandbox.DemoTenant, "Birinci Ltd"},
	} {
		t.Run(name, func(t *testing.T) {
			o := o
			o.TenantIgnored = tt.ignored
			c := start(t, o)
			c.key = tt.key
			r := login(c, tt.asked)
			if tt.want == "" {
				r.refused(t, 599, "Firma bulunamadı.")
				return
			}
			var data object
			if r.ok(t, &data); data["tenantId"] != tt.want || data["tenantName"] != tt.firm {
				t.Errorf("answers %v", data)
			}
			c.take(r)
			c.mustList(productsBody(1, 1))
			for _, other := range []string{sandbox.DemoTenant, second, third} {
				if c.tenant = other; other != tt.want {
					c.list(productsBody(1, 1)).refused(t, http.StatusBadRequest, "tenantId")
				}
			}
		})
	}
	c := start(t, o)
	c.take(login(c, second))
	c.s.Change(func(o *sandbox.Options) { // another firm is selected at the panel
		o.TenantID, o.MoreTenants = second, []sandbox.Tenant{{ID: sandbox.DemoTenant}}
	})
	c.mustList(productsBody(1, 1))
	var data object
	if login(c, "").ok(t, &data); data["tenantId"] != second {
		t.Errorf("lands in %v", data["tenantId"])
	}
	c.s.Change(func(o *sandbox.Options) { o.TenantID = sandbox.DemoTenant; o.MoreTenants = nil }) // the user leaves the firm
	c.list(productsBody(1, 1)).refused(t, http.StatusBadRequest, "tenantId")
}

func TestLogin_refusals(t *testing.T) {
	good := func() object {
		return object{"username": sandbox.DemoUser, "password": sandbox.DemoPassword}
	}
	with := func(name, value string) object { o := good(); o[name] = value; return o }
	for _, tt := range []struct {
		name, key, message string
		body               any
		code               int
	}{
		{"wrong key", "wrong", "API anahtarı", good(), http.StatusUnauthorized},
		{"no key", "", "API anahtarı", good(), http.StatusUnauthorized},
		{"wrong password", sandbox.DemoKey, "şifre hatalı", with("password", "x"), 599},
		{"unknown user", sandbox.DemoKey, "şifre hatalı", with("username", "x@example.com"), 599},
		{"no password", sandbox.DemoKey, "Şifre zorunludur.", with("password", ""), http.StatusBadRequest},
		{"another firm", sandbox.DemoKey, "Firma", with("tenantId", "x"), 599},
		{"unknown second key", sandbox.DemoKey, "anahtarı geçersiz", with("appUserKey", "x"), 599},
		{"a list for a body", sandbox.DemoKey, "okunamadı", []int{1}, http.StatusBadRequest},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c := start(t, sandbox.Options{})
			c.key = tt.key
			c.call(http.MethodPost, base+"user/integrationLogin", tt.body).refused(t, tt.code, tt.message)
		})
	}
}

func TestLogin_answerIsThatOfTheReference(t *testing.T) {
	now := time.Date(2026, 11, 23, 21, 0, 0, 0, time.UTC)
	o := sandbox.Options{Now: func() time.Time { return now }, TokenLifetime: time.Hour}
	c := start(t, o)
	login := func() map[string]any {
		var data map[string]any
		c.call(http.MethodPost, base+"user/integrationLogin", object{
			"username": sandbox.DemoUser, "password": sandbox.DemoPassword,
		}).ok(t, &data)
		return data
	}
	data := login()
	licences, _ := data["licenses"].([]any)
	if data["tenantId"] != sandbox.DemoTenant || len(licences) != 1 {
		t.Errorf("login answers %v", data)
	}
	for _, absent := range []string{"baseUrl", "tenantName", "email", "userName"} {
		if _, ok := data[absent]; ok {
			t.Errorf("login gives %s", absent)
		}
	}
	c.s.Change(func(o *sandbox.Options) { o.TenantName, o.BaseURL = "Deneme Ltd", "https://lite-mw.isbasi.com" })
	if data := login(); data["tenantName"] != "Deneme Ltd" || data["baseUrl"] != "https://lite-mw.isbasi.com" {
		t.Errorf("login answers %v", data)
	}
}

func TestToken_ends(t *testing.T) {
	now := time.Date(2026, 11, 23, 21, 0, 0, 0, time.UTC)
	c := start(t, sandbox.Options{TokenLifetime: time.Hour, Now: func() time.Time { return now }})
	c.list(productsBody(1, 1)).refused(t, http.StatusUnauthorized, "Oturum")
	c.signIn()
	c.mustList(productsBody(1, 1))

	// The lock of Change orders this write before the reads that follow.
	c.s.Change(func(*sandbox.Options) { now = now.Add(time.Hour) })
	c.list(productsBody(1, 1)).refused(t, http.StatusUnauthorized, "Oturum")

	c.signIn()
	c.s.EndTokens()
	c.list(productsBody(1, 1)).refused(t, http.StatusUnauthorized, "Oturum")
}

func TestToken_belongsToItsAPIKey(t *testing.T) {
	c := start(t, sandbox.Options{APIKeys: []string{sandbox.DemoKey, "another"}})
	c.signIn()
	c.key = "another"
	c.list(productsBody(1, 1)).refused(t, http.StatusUnauthorized, "Oturum")
}

func TestPost_asksForJSON(t *testing.T) {
	c := start(t, sandbox.Options{})
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, c.s.URL()+base+"user/integrationLogin", strings.NewReader("{}"))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("apiKey", sandbox.DemoKey)
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	if err := res.Body.Close(); err != nil || res.StatusCode != http.StatusUnsupportedMediaType {
		t.Errorf("HTTP %d, %v", res.StatusCode, err)
	}
}

func TestLog_holdsNoSecret(t *testing.T) {
	cb := listen(t)
	c := start(t, sandbox.Options{Callback: cb.URL + "/isbasi/callback"})
	address := c.address()
	first := consent(t, cb, address+"&state=the-state", true).Get("appUserKey")
	var second string
	c.call(http.MethodPost, base+"user/getuserappkey", object{"key": first}).ok(t, &second)
	c.take(c.call(http.MethodPost, base+"user/integrationLogin", object{
		"appUserKey": second, "username": sandbox.DemoUser, "password": sandbox.DemoPassword,
	}))
	c.mustList(productsBody(2, 10))
	c.call(http.MethodGet, base+"user/validatetoken/"+c.token, nil)

	raw, err := json.Marshal(c.s.Log())
	if err != nil {
		t.Fatal(err)
	}
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	for _, secret := range []string{sandbox.DemoKey, sandbox.DemoPassword, first, second, c.token, u.Query().Get("key"), "the-state"} {
		if secret == "" || strings.Contains(string(raw), secret) {
			t.Errorf("the log holds %q", secret)
		}
	}
	log := c.s.Log()
	list := log[len(log)-2]
	want := sandbox.Call{
		Route: sandbox.RouteProducts, Method: http.MethodPost, Status: http.StatusOK, Page: 2, Size: 10,
		HasKey: true, HasToken: true, HasTenant: true, Lang: "tr-TR",
	}
	if list.Route != want.Route || list.Status != want.Status || list.Page != want.Page || list.Size != want.Size ||
		!list.HasKey || !list.HasToken || !list.HasTenant || list.Lang != want.Lang {
		t.Errorf("the list is logged as %+v", list)
	}
	if c.s.Count(sandbox.RouteConsent) != 2 || c.s.Count(sandbox.RouteProducts) != 1 {
		t.Errorf("%d consents, %d lists", c.s.Count(sandbox.RouteConsent), c.s.Count(sandbox.RouteProducts))
	}
	c.s.ForgetLog()
	if len(c.s.Log()) != 0 {
		t.Error("the log was not forgotten")
	}
}
