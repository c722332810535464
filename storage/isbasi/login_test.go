package isbasi

import (
	"encoding/json"
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
	both := func(c *domain.Credentials) { c.UserKey = domain.NewSecret(testUserKey) }
	for name, tc := range map[string]struct {
		change func(*domain.Credentials)
		login  sent
		sso    sent // the answer to ssorequesturl, by which the key is tried
		want   domain.Kind
		detail string
	}{
		"wrong password, said":        {password, sent{200, refusal(599, "Kullanıcı adı veya ŞİFRE hatalı.")}, sent{401, ""}, domain.KindWrongPassword, "Kullanıcı adı veya ŞİFRE hatalı."},
		"wrong key, said":             {password, sent{401, refusal(401, "API anahtarı geçersiz.")}, sent{200, sso}, domain.KindWrongKey, "API anahtarı geçersiz."},
		"wrong key, said otherwise":   {password, sent{400, refusal(400, "ApiKey not found")}, sent{200, sso}, domain.KindWrongKey, "ApiKey not found"},
		"401 without words, key good": {password, sent{401, ""}, sent{200, sso}, domain.KindWrongPassword, ""},
		"401 without words, key bad":  {password, sent{401, ""}, sent{401, ""}, domain.KindWrongKey, ""},
		"403 without words, key bad":  {password, sent{403, ""}, sent{403, refusal(403, "API yetkilendirilmedi")}, domain.KindWrongKey, ""},
		"401, then out of reach":      {password, sent{401, ""}, sent{502, gatewayPage}, domain.KindWrongPassword, ""},
		"second key alone":            {secondKey, sent{400, refusal(400, "Şifre zorunludur.")}, sent{200, sso}, domain.KindCredentials, "Şifre zorunludur."},
		"second key has ended":        {both, sent{200, refusal(599, "Uygulama kullanıcı anahtarı geçersiz.")}, sent{200, sso}, domain.KindNeedsSignIn, "Uygulama kullanıcı anahtarı geçersiz."},
		"quota":                       {password, sent{429, ""}, sent{200, sso}, domain.KindQuota, ""},
		"out of order":                {password, sent{502, gatewayPage}, sent{200, sso}, domain.KindUnavailable, ""},
		"page":                        {password, sent{200, gatewayPage}, sent{200, sso}, domain.KindBadAnswer, ""},
		"no such route":               {password, sent{404, gatewayPage}, sent{200, sso}, domain.KindNotFound, ""},
		"no token":                    {password, sent{200, good(`{"tenantId":"x"}`)}, sent{200, sso}, domain.KindBadAnswer, ""},
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
		"the last":             {"lite-mw.isbasi.com", "", "https://lite-mw.isbasi.com", 5},
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
	synctest.Test(t, func(t *testing.T) {
		c, n := over(t, Options{}, live("lite-mw.isbasi.com", "")) // the session's host
		if _, err := c.SignIn(t.Context(), account()); err != nil || len(n.sent) != 2 {
			t.Errorf("%d calls, %v", len(n.sent), err)
		}
	})
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
	})
}
