package isbasi

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
)

func account() domain.Credentials {
	return domain.Credentials{
		Environment: domain.EnvironmentLive, APIKey: domain.NewSecret(" " + testKey + "\n"),
		UserName: " owner@example.com ", Password: domain.NewSecret(testPassword),
	}
}

func TestSignIn_givesSessionAndConnection(t *testing.T) {
	now := time.Date(2026, 11, 1, 12, 0, 0, 0, time.UTC)
	var body, key string
	c, server := against(t, Options{Now: func() time.Time { return now }}, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/api/v1.0/user/integrationLogin" || r.Header.Get("Authorization") != "" {
			t.Errorf("%s, authorised %v", r.URL.Path, r.Header.Get("Authorization") != "")
		}
		var in map[string]string
		if err := json.NewDecoder(r.Body).Decode(&in); err != nil {
			t.Error(err)
		}
		body, key = in["username"]+"|"+in["password"], r.Header.Get("apiKey")
		_, _ = w.Write([]byte(good(`{"accessToken":"tok","TenantId":"` + testTenant + `","userId":1234,"firmName":"Örnek Ltd",
			"licenses":[{"code":"STD","name":"Standart","expireDate":"2027-01-01T00:00:00","isExpired":false}]}`)))
	})
	in, err := c.SignIn(t.Context(), account())
	if err != nil {
		t.Fatal(err)
	}
	if body != "owner@example.com|"+testPassword || key != testKey {
		t.Error("what was sent is not what was given, trimmed")
	}
	want := domain.Connection{
		Authorised: true, Environment: domain.EnvironmentLive, UserName: "owner@example.com", TenantID: testTenant, FirmName: "Örnek Ltd",
		Licence: domain.Licence{Code: "STD", Name: "Standart", EndsAt: time.Date(2026, 12, 31, 21, 0, 0, 0, time.UTC)},
		BaseURL: server.URL, TokenEndsAt: now.Add(24 * time.Hour), SignedInAt: now,
	}
	if in.Connection != want {
		t.Errorf("\n got %+v\nwant %+v", in.Connection, want)
	}
	s := in.Session
	if s.Token.Reveal() != "tok" || s.APIKey.Reveal() != testKey || s.UserID != "1234" || s.TenantID != testTenant || s.BaseURL != server.URL {
		t.Errorf("session %+v", s)
	}
	if current, _ := c.Session(); current.Token.Reveal() != testToken {
		t.Error("the sign-in replaced the session in use")
	}
}

func TestSignIn_refusals(t *testing.T) {
	type sent struct {
		status int
		body   string
	}
	sso := good(`{"redirectUrl":"https://app.isbasi.com/x","key":"k"}`)
	password := func(*domain.Credentials) {}
	secondKey := func(c *domain.Credentials) {
		c.UserName, c.Password, c.UserKey = "", domain.Secret{}, domain.NewSecret(testUserKey)
	}
	firm := func(c *domain.Credentials) { c.TenantID = testTenant }
	firmByKey := func(c *domain.Credentials) { secondKey(c); firm(c) }
	both := func(c *domain.Credentials) { c.UserKey = domain.NewSecret(testUserKey) }
	for name, tc := range map[string]struct {
		change func(*domain.Credentials)
		login  sent
		sso    sent // the answer to ssorequesturl, by which the key is tried
		want   domain.Kind
		detail string
	}{
		"wrong password, said":                {password, sent{200, refusal(599, "Kullanıcı adı veya ŞİFRE hatalı.")}, sent{401, ""}, domain.KindWrongPassword, "Kullanıcı adı veya ŞİFRE hatalı."},
		"wrong key, said":                     {password, sent{401, refusal(401, "API anahtarı geçersiz.")}, sent{200, sso}, domain.KindWrongKey, "API anahtarı geçersiz."},
		"wrong key, said otherwise":           {password, sent{400, refusal(400, "ApiKey not found")}, sent{200, sso}, domain.KindWrongKey, "ApiKey not found"},
		"401 without words, key good":         {password, sent{401, ""}, sent{200, sso}, domain.KindWrongPassword, ""},
		"401 without words, key bad":          {password, sent{401, ""}, sent{401, ""}, domain.KindWrongKey, ""},
		"403: no right to sign in":            {password, sent{403, ""}, sent{401, ""}, domain.KindForbidden, ""},
		"403: no right, in words":             {password, sent{403, refusal(403, "API yetkilendirilmedi")}, sent{403, ""}, domain.KindForbidden, "API yetkilendirilmedi"},
		"403: no right, of the key":           {password, sent{403, refusal(403, "API anahtarı yetkisiz")}, sent{200, sso}, domain.KindForbidden, "API anahtarı yetkisiz"},
		"403: wrong key, said":                {password, sent{403, refusal(403, "Geçersiz API anahtarı")}, sent{200, sso}, domain.KindWrongKey, "Geçersiz API anahtarı"},
		"403: wrong password, said":           {password, sent{403, refusal(403, "Şifre hatalı")}, sent{403, ""}, domain.KindWrongPassword, "Şifre hatalı"},
		"403, with a second key alone":        {secondKey, sent{403, ""}, sent{403, ""}, domain.KindCredentials, ""},
		"401, key without right to the page":  {password, sent{401, ""}, sent{403, refusal(403, "API yetkilendirilmedi")}, domain.KindWrongPassword, ""},
		"401, key named at the page":          {password, sent{401, ""}, sent{400, refusal(400, "Anahtar bulunamadı")}, domain.KindWrongKey, ""},
		"no such firm":                        {firm, sent{200, refusal(599, "Firma bulunamadı.")}, sent{200, sso}, domain.KindOtherFirm, "no-such-firm"},
		"no such firm, in English":            {firm, sent{400, refusal(400, "Unknown TENANT")}, sent{200, sso}, domain.KindOtherFirm, "no-such-firm"},
		"no right to the firm":                {firm, sent{403, refusal(403, "Kullanıcının bu firmaya yetkisi yok")}, sent{200, sso}, domain.KindOtherFirm, "no-such-firm"},
		"no such firm, by key":                {firmByKey, sent{200, refusal(599, "Firma bulunamadı.")}, sent{200, sso}, domain.KindOtherFirm, "no-such-firm"},
		"in a firm, by key":                   {firmByKey, sent{400, refusal(400, "Firma için şifre zorunludur.")}, sent{200, sso}, domain.KindCredentials, "Firma için şifre zorunludur."},
		"no such company":                     {firm, sent{400, refusal(400, "Company not found")}, sent{200, sso}, domain.KindOtherFirm, "no-such-firm"},
		"no such firm, though none was asked": {password, sent{200, refusal(599, "Şirket bulunamadı.")}, sent{200, sso}, domain.KindWrongPassword, "Şirket bulunamadı."},
		"in a firm, wrong password":           {firm, sent{400, refusal(400, "Firma ya da şifre hatalı")}, sent{200, sso}, domain.KindWrongPassword, "Firma ya da şifre hatalı"},
		"401, then out of reach":              {password, sent{401, ""}, sent{502, gatewayPage}, domain.KindWrongPassword, ""},
		"second key alone":                    {secondKey, sent{400, refusal(400, "Şifre zorunludur.")}, sent{200, sso}, domain.KindCredentials, "Şifre zorunludur."},
		"second key has ended":                {both, sent{200, refusal(599, "Uygulama kullanıcı anahtarı geçersiz.")}, sent{200, sso}, domain.KindNeedsSignIn, "Uygulama kullanıcı anahtarı geçersiz."},
		"second key with a password":          {both, sent{401, ""}, sent{200, sso}, domain.KindWrongPassword, ""},
		"second key, e-mail alone":            {func(c *domain.Credentials) { c.Password, c.UserKey = domain.Secret{}, domain.NewSecret(testUserKey) }, sent{401, "x"}, sent{401, ""}, domain.KindCredentials, ""},
		"second key, password alone":          {func(c *domain.Credentials) { c.UserName, c.UserKey = "", domain.NewSecret(testUserKey) }, sent{401, "x"}, sent{401, ""}, domain.KindCredentials, ""},
		"second key has ended, AppUserKey":    {both, sent{400, refusal(400, "Invalid AppUserKey")}, sent{200, sso}, domain.KindNeedsSignIn, "Invalid AppUserKey"},
		"second key has ended, in English":    {both, sent{400, refusal(400, "The USER KEY is unknown")}, sent{200, sso}, domain.KindNeedsSignIn, "The USER KEY is unknown"},
		"the user's key, where there is none": {password, sent{400, refusal(400, "Kullanıcı anahtarı?")}, sent{401, ""}, domain.KindWrongPassword, "Kullanıcı anahtarı?"},
		"wrong word":                          {password, sent{400, refusal(400, "PAROLA yanlış")}, sent{401, ""}, domain.KindWrongPassword, "PAROLA yanlış"},
		"wrong e-mail":                        {password, sent{400, refusal(400, "E-Posta yok")}, sent{401, ""}, domain.KindWrongPassword, "E-Posta yok"},
		"wrong user":                          {password, sent{400, refusal(400, "Unknown username")}, sent{401, ""}, domain.KindWrongPassword, "Unknown username"},
		"wrong user, in two words":            {password, sent{400, refusal(400, "User name?")}, sent{401, ""}, domain.KindWrongPassword, "User name?"},
		"wrong password, in English":          {password, sent{400, refusal(400, "Bad PASSWORD")}, sent{401, ""}, domain.KindWrongPassword, "Bad PASSWORD"},
		"wrong key in two words":              {password, sent{400, refusal(400, "API KEY?")}, sent{200, sso}, domain.KindWrongKey, "API KEY?"},
		"words that say nothing, key good":    {password, sent{400, refusal(400, "olmaz")}, sent{200, sso}, domain.KindWrongPassword, "olmaz"},
		"words that say nothing, key bad":     {password, sent{400, refusal(400, "olmaz")}, sent{401, refusal(401, "x")}, domain.KindWrongKey, "olmaz"},
		"words that say nothing, nor there":   {password, sent{400, refusal(400, "olmaz")}, sent{400, refusal(599, "x")}, domain.KindWrongPassword, "olmaz"},
		"no right":                            {password, sent{409, refusal(409, "olmaz")}, sent{401, ""}, domain.KindState, "olmaz"},
		"quota":                               {password, sent{429, ""}, sent{200, sso}, domain.KindSlowDown, ""},
		"out of order":                        {password, sent{502, gatewayPage}, sent{200, sso}, domain.KindUnavailable, ""},
		"page":                                {password, sent{200, gatewayPage}, sent{200, sso}, domain.KindBadAnswer, ""},
		"no such route":                       {password, sent{404, gatewayPage}, sent{200, sso}, domain.KindNotFound, ""},
		"no token":                            {password, sent{200, good(`{"tenantId":"x"}`)}, sent{200, sso}, domain.KindBadAnswer, ""},
	} {
		t.Run(name, func(t *testing.T) {
			c, _ := against(t, Options{}, func(w http.ResponseWriter, r *http.Request) {
				a := tc.login
				if strings.HasSuffix(r.URL.Path, "ssorequesturl") {
					a = tc.sso
				}
				w.WriteHeader(a.status)
				_, _ = w.Write([]byte(a.body))
			})
			cr := account()
			tc.change(&cr)
			in, err := c.SignIn(t.Context(), cr)
			wantKind(t, err, tc.want)
			if got := detailOf(err); got != tc.detail {
				t.Errorf("detail %q, want %q", got, tc.detail)
			}
			if said := detailOf(errors.Unwrap(err)); tc.want == domain.KindOtherFirm && (said == "" || !strings.Contains(tc.login.body, said)) {
				t.Errorf("İşbaşı's words became %q", said)
			}
			if !in.Session.Token.Empty() || in.Connection.Authorised {
				t.Error("a refused sign-in gives a session")
			}
		})
	}
}

func TestSignIn_asksNothingWithoutWhatItNeeds(t *testing.T) {
	for name, tc := range map[string]struct {
		change func(*domain.Credentials)
		want   domain.Kind
		field  string
	}{
		"no key":      {func(c *domain.Credentials) { c.APIKey = domain.NewSecret(" \n") }, domain.KindInvalid, "api_key"},
		"no e-mail":   {func(c *domain.Credentials) { c.UserName = " " }, domain.KindInvalid, "username"},
		"no password": {func(c *domain.Credentials) { c.Password = domain.Secret{} }, domain.KindInvalid, "password"},
		"broken key":  {func(c *domain.Credentials) { c.APIKey = domain.NewSecret("abc\r\nX-Evil: 1") }, domain.KindWrongKey, ""},
		"broken firm": {func(c *domain.Credentials) { c.TenantID = "firma 1" }, domain.KindInvalid, "tenant_id"},
		"letters":     {func(c *domain.Credentials) { c.APIKey = domain.NewSecret("anahtarım") }, domain.KindWrongKey, ""},
	} {
		t.Run(name, func(t *testing.T) {
			c, n := over(t, Options{}, func(req *http.Request) (*http.Response, error) { return reply(req, 200, good(`{}`)), nil })
			cr := account()
			tc.change(&cr)
			_, err := c.SignIn(t.Context(), cr)
			wantKind(t, err, tc.want)
			if e, ok := err.(*domain.Error); !ok || e.Field != tc.field { //nolint:errorlint // the outermost is what is tested
				t.Errorf("%v", err)
			}
			if len(n.sent) != 0 {
				t.Errorf("%d calls", len(n.sent))
			}
		})
	}
}

func TestSignIn_opensTheFirmThatIsAskedFor(t *testing.T) {
	const upper = "7B0E0C0E-0000-4000-8000-000000000009"
	for name, tc := range map[string]struct {
		asked, answered, want string
		kind                  domain.Kind
	}{
		"none":               {"", testTenant, testTenant, ""},
		"the same":           {" " + testTenant + "\n", testTenant, testTenant, ""},
		"in capitals":        {testTenant, upper, upper, ""},
		"not said":           {testTenant, " ", testTenant, ""},
		"another":            {testTenant, "7b0e0c0e-0000-4000-8000-000000000001", "", domain.KindOtherFirm},
		"none, none is said": {"", "", "", ""},
	} {
		for way, change := range map[string]func(*domain.Credentials){
			"by account": func(*domain.Credentials) {},
			"by key": func(c *domain.Credentials) {
				c.UserName, c.Password, c.UserKey = "", domain.Secret{}, domain.NewSecret(testUserKey)
			},
		} {
			c, d := scripted(t, map[string][]reaction{"POST user/integrationLogin": {says(good(`{"accessToken":"t","tenantId":"` + tc.answered + `"}`))}})
			cr := account()
			cr.TenantID = tc.asked
			change(&cr)
			in, err := c.SignIn(t.Context(), cr)
			wantKind(t, err, tc.kind)
			if tc.kind != "" && detailOf(err) != "not-the-asked" {
				t.Errorf("%s: %v", name, err)
			}
			if in.Session.TenantID != tc.want || in.Connection.TenantID != tc.want || in.Session.Token.Empty() != (tc.kind != "") {
				t.Errorf("%s %s: in %q", name, way, in.Session.TenantID)
			}
			var body map[string]any
			if err := json.Unmarshal([]byte(d.body(0)), &body); err != nil {
				t.Fatal(err)
			}
			asked, sent := body["tenantId"]
			if want := strings.TrimSpace(tc.asked); sent != (want != "") || (sent && asked != want) {
				t.Errorf("%s %s: sent %s", name, way, asked)
			}
		}
	}
}

// live answers like the live hosts of which only one is İşbaşı's.
func live(right, baseURL string) func(*http.Request) (*http.Response, error) {
	return func(req *http.Request) (*http.Response, error) {
		switch {
		case req.URL.Host != right:
			return reply(req, http.StatusBadGateway, gatewayPage), nil
		case strings.HasSuffix(req.URL.Path, "ssorequesturl"):
			return reply(req, http.StatusForbidden, refusal(403, "API yetkilendirilmedi")), nil
		default:
			return reply(req, http.StatusOK, good(`{"accessToken":"tok","tenantId":"x","baseUrl":"`+baseURL+`"}`)), nil
		}
	}
}

func TestSignIn_findsTheLiveHost(t *testing.T) {
	for name, tc := range map[string]struct {
		right, baseURL, want string
		calls                int
	}{
		"the first":            {"isbasimw.isbasi.com", "", "https://isbasimw.isbasi.com", 2},
		"the last but one":     {"lite-mw.isbasi.com", "", "https://lite-mw.isbasi.com", 4},
		"the last":             {"integration.isbasi.com", "", "https://integration.isbasi.com", 5},
		"named by the login":   {"isbasimw.isbasi.com", "https://mw-jplatform.isbasi.com/", "https://mw-jplatform.isbasi.com", 2},
		"named, off the list":  {"isbasimw.isbasi.com", "https://evil.example", "https://isbasimw.isbasi.com", 2},
		"named, without TLS":   {"isbasimw.isbasi.com", "http://mw-jplatform.isbasi.com", "https://isbasimw.isbasi.com", 2},
		"named, test for live": {"isbasimw.isbasi.com", "https://x.logo-paas.com", "https://isbasimw.isbasi.com", 2},
		"named, no address":    {"isbasimw.isbasi.com", "%zz", "https://isbasimw.isbasi.com", 2},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				c, n := over(t, Options{}, live(tc.right, tc.baseURL))
				c.Use(domain.Session{})
				in, err := c.SignIn(t.Context(), account())
				if err != nil {
					t.Fatal(err)
				}
				if in.Session.BaseURL != tc.want || in.Connection.BaseURL != tc.want || len(n.sent) != tc.calls {
					t.Errorf("%s after %d calls", in.Session.BaseURL, len(n.sent))
				}
			})
		})
	}
}

func TestSignIn_startsAtTheRememberedHost(t *testing.T) {
	const right = "lite-mw.isbasi.com" // the third of the list
	for name, tc := range map[string]struct {
		change func(*domain.Session)
		first  string
		asked  int
	}{
		"of the session":         {func(*domain.Session) {}, right, 1},
		"of another environment": {func(s *domain.Session) { s.Environment = domain.EnvironmentTest }, "isbasimw.isbasi.com", 3},
		"without an address":     {func(s *domain.Session) { s.BaseURL = "" }, "isbasimw.isbasi.com", 3},
		"of no session": {func(s *domain.Session) {
			*s = domain.Session{BaseURL: s.BaseURL, Credentials: domain.Credentials{Environment: s.Environment}}
		}, "isbasimw.isbasi.com", 3},
		"that has moved": {func(s *domain.Session) { s.BaseURL = "https://old.isbasi.com" }, "old.isbasi.com", 4},
	} {
		synctest.Test(t, func(t *testing.T) {
			c, n := over(t, Options{}, live(right, ""))
			s := testSession()
			s.BaseURL = "https://" + right
			tc.change(&s)
			c.Use(s)
			in, err := c.SignIn(t.Context(), account())
			if err != nil || n.sent[0].URL.Host != tc.first || len(n.sent) != tc.asked+1 || in.Session.BaseURL != "https://"+right {
				t.Errorf("%s: %s first, %d calls, %v", name, n.sent[0].URL.Host, len(n.sent), err)
			}
		})
	}
}

func TestSignIn_searchForTheHostEnds(t *testing.T) {
	for name, tc := range map[string]struct {
		answers []reaction // of the hosts in turn
		calls   int
		want    domain.Kind
	}{
		"the first word counts": {[]reaction{saysStatus(404, gatewayPage), breaks(errCut), saysStatus(502, ""), says(gatewayPage)}, 4, domain.KindNotFound},
		"out of reach":          {[]reaction{breaks(errCut), saysStatus(404, "")}, 4, domain.KindNetwork},
		"used up":               {[]reaction{saysStatus(429, gatewayPage)}, 1, domain.KindSlowDown},
		"used up later":         {[]reaction{breaks(errCut), saysStatus(429, gatewayPage)}, 2, domain.KindSlowDown},
		"cancelled":             {[]reaction{breaks(context.Canceled)}, 1, domain.KindCancelled},
	} {
		synctest.Test(t, func(t *testing.T) {
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			c, n := over(t, Options{}, nil)
			n.answer = func(req *http.Request) (*http.Response, error) {
				a := tc.answers[min(len(n.sent), len(tc.answers))-1]
				if errors.Is(a.err, context.Canceled) {
					cancel()
				}
				if a.err != nil {
					return nil, a.err
				}
				return reply(req, a.status, a.body), nil
			}
			c.Use(domain.Session{})
			_, err := c.SignIn(ctx, account())
			if domain.KindOf(err) != tc.want || len(n.sent) != tc.calls {
				t.Errorf("%s: %v after %d calls", name, err, len(n.sent))
			}
		})
	}
}

func TestSignIn_cancelledWhileTheKeyIsTriedIsNoWrongPassword(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	c, _ := over(t, Options{Hosts: []string{"http://127.0.0.1:9"}, AllowLoopback: true}, func(req *http.Request) (*http.Response, error) {
		if req.Method == http.MethodGet {
			cancel()
			return nil, ctx.Err()
		}
		return reply(req, 401, ""), nil
	})
	_, err := c.SignIn(ctx, account())
	wantKind(t, err, domain.KindCancelled)
}

func TestSignIn_theGivenAddressStands(t *testing.T) {
	c, _ := over(t, Options{Hosts: []string{"https://integration.isbasi.com/x"}}, func(req *http.Request) (*http.Response, error) {
		return reply(req, 200, good(`{"accessToken":"tok","baseUrl":"https://lite-mw.isbasi.com"}`)), nil
	})
	in, err := c.SignIn(t.Context(), account())
	if err != nil || in.Session.BaseURL != "https://integration.isbasi.com" {
		t.Errorf("%s, %v", in.Session.BaseURL, err)
	}
}

func TestSignIn_keysThatCanStandInAHeader(t *testing.T) {
	for key, ok := range map[string]bool{"!": true, "~": true, "a b": false, "a\x1fb": false, "a\x7fb": false, "aéb": false, "a\u00a0b": false, "\u00a0a": true, "A-z_0.9/+=": true} {
		cr := account()
		cr.APIKey = domain.NewSecret(key)
		got, err := checked(cr)
		if (err == nil) != ok || (ok && got.APIKey.Reveal() != strings.TrimSpace(key)) || (!ok && domain.KindOf(err) != domain.KindWrongKey) {
			t.Errorf("%q: %v", key, err)
		}
	}
}

func TestSignIn_noHostAnswers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, n := over(t, Options{}, live("nowhere", ""))
		c.Use(domain.Session{})
		_, err := c.SignIn(t.Context(), account())
		wantKind(t, err, domain.KindUnavailable)
		for _, r := range n.sent {
			if r.Method != http.MethodGet {
				t.Errorf("%s %s was sent to a host that is no İşbaşı", r.Method, r.URL)
			}
		}
	})
}

func TestSignIn_testEnvironmentHasItsOwnHost(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, n := over(t, Options{}, func(req *http.Request) (*http.Response, error) {
			return reply(req, http.StatusOK, loginAnswer("tok")), nil
		})
		cr := account()
		cr.Environment = domain.EnvironmentTest
		if _, err := c.SignIn(t.Context(), cr); err != nil {
			t.Fatal(err)
		}
		if got := n.sent[0].URL.Host; len(n.sent) != 1 || got != "soho-isbasi-mwv2-test.logo-paas.com" {
			t.Errorf("%d calls, the first to %s", len(n.sent), got)
		}
		c, n = over(t, Options{Environment: domain.EnvironmentTest}, n.answer)
		cr.Environment = "" // the client's
		if _, err := c.SignIn(t.Context(), cr); err != nil || n.sent[0].URL.Host != "soho-isbasi-mwv2-test.logo-paas.com" {
			t.Errorf("%s, %v", n.sent[0].URL.Host, err)
		}
	})
}

func TestSignIn_triesTheKeyOnce(t *testing.T) {
	for _, status := range []int{200, 401, 502} {
		c, n := over(t, Options{Pause: 1, Hosts: []string{"http://127.0.0.1:9"}, AllowLoopback: true}, func(req *http.Request) (*http.Response, error) {
			if req.Method == http.MethodGet {
				return reply(req, status, good(`{}`)), nil
			}
			return reply(req, 401, ""), nil
		})
		_, err := c.SignIn(t.Context(), account())
		if err == nil || n.count("ssorequesturl") != 1 || n.count(loginPath) != 1 {
			t.Errorf("%d: %v after %d calls", status, err, len(n.sent))
		}
	}
}

func TestSignInBrowser_asksForThePageAgain(t *testing.T) {
	for times, want := range map[int]domain.Kind{0: domain.KindCancelled, 1: domain.KindCancelled, maxAttempts - 1: domain.KindCancelled, maxAttempts: domain.KindUnavailable} {
		ctx, cancel := context.WithCancel(t.Context())
		c, n := over(t, Options{Pause: 1, Hosts: []string{"http://127.0.0.1:9"}, AllowLoopback: true}, nil)
		n.answer = func(req *http.Request) (*http.Response, error) {
			if len(n.sent) <= times {
				return reply(req, 502, gatewayPage), nil
			}
			return reply(req, 200, good(`"http://127.0.0.1:9/izin"`)), nil
		}
		_, err := c.SignInBrowser(ctx, account(), domain.Browser{Address: func(string) { cancel() }})
		cancel()
		if domain.KindOf(err) != want || len(n.sent) != min(times+1, maxAttempts) {
			t.Errorf("busy %d times: %v after %d calls", times, err, len(n.sent))
		}
	}
}
