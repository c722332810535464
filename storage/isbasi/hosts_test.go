package isbasi

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/sopyo/sopyo-desktop/domain"
)

// addresses says of addresses where they are trusted: live, test, live with the loopback, test with it.
var addresses = map[string]string{
	"https://isbasimw.isbasi.com": "++++", "https://LITE-MW.isbasi.com/x": "++++", "HTTPS://A.B.ISBASI.COM:443/x?y=z": "++++", "https://x-1.isbasi.com:": "++++",
	"https://isbasi.com": "----", "http://isbasimw.isbasi.com": "----", "http://isbasimw.isbasi.com:443": "----", "ftp://isbasimw.isbasi.com": "----",
	"https://isbasimw.isbasi.com:80": "----", "https://isbasimw.isbasi.com:8443": "----", "https://isbasimw.isbasi.com:0": "----", "https://isbasimw.isbasi.com:4430": "----",
	"https://isbasimw.isbasi.com.": "----", "https://isbasi.com.evil.example": "----", "https://isbasimw.isbasi.com.evil.example": "----",
	"https://evilisbasi.com": "----", "https://isbasi.company": "----", "https://isbasi.com.tr": "----", "https://isbasimw.ısbasi.com": "----", "https://isbasimw.isbasİ.com": "----", "https://x.logo-paaſ.com": "----", "https://isbasimw.isbasi。com": "----", "https://x\u0080.isbasi.com": "----", "https://x_~.isbasi.com": "++++",
	"https://isbasimw.isbasi.com@evil.example": "----", "https://user@isbasimw.isbasi.com": "----", "https://user:gizli@isbasimw.isbasi.com": "----", "https://@isbasimw.isbasi.com": "----",
	"https://evil.example/.isbasi.com": "----", "https://evil.example?.isbasi.com": "----", "https://evil.example#.isbasi.com": "----", "https://evil.example": "----",
	"https://soho-isbasi-mwv2-test.logo-paas.com": "-+-+", "https://X.Logo-PAAS.com:443/": "-+-+", "https://logo-paas.com": "----", "http://x.logo-paas.com": "----",
	"https://x.logo-paas.com:8443": "----", "https://evillogo-paas.com": "----", "https://x.logo-paas.com.evil.example": "----", "https://x.logo-paas.com.": "----",
	"https://user@x.logo-paas.com": "----",
	"http://127.0.0.1:8790":        "--++", "https://127.0.0.1:8790": "--++", "http://127.9.8.7": "--++", "http://[::1]:8790": "--++", "http://localhost:8790": "--++", "https://LOCALHOST": "--++",
	"http://127.0.0.1.evil.example": "----", "http://localhost.evil.example": "----", "http://localhost.": "----", "http://10.0.0.1": "----", "http://0.0.0.0:1": "----", "http://[fe80::1]": "----",
	"http://2130706433": "----", "http://user@127.0.0.1": "----", "ftp://127.0.0.1": "----", "ws://localhost": "----",
	"javascript:alert(1)": "----", "file:///etc/passwd": "----", "https:isbasimw.isbasi.com": "----", "//isbasimw.isbasi.com": "----", "isbasimw.isbasi.com": "----", "https://": "----", "": "----",
	"http:127.0.0.1": "----",
}

func TestHostList_trustsOnlyItsHosts(t *testing.T) {
	live, test := domain.EnvironmentLive, domain.EnvironmentTest
	for address, trusted := range addresses {
		for i, in := range []struct {
			env      domain.Environment
			loopback bool
		}{{live, false}, {test, false}, {live, true}, {test, true}} {
			ok := trusted[i] == '+'
			for _, l := range []struct {
				own, asked domain.Environment
			}{{test, in.env}, {live, in.env}, {"", in.env}, {in.env, ""}} { // the call's own environment counts before the client's
				_, err := hostList{env: l.own, loopback: in.loopback}.trusted(l.asked).Base(" " + address + "\n")
				if (err == nil) != ok {
					t.Errorf("%s in %+v: %v", address, in, err)
				}
				if err != nil && (domain.KindOf(err) != domain.KindHost || strings.Contains(err.Error(), "gizli") || detailOf(err) != strings.ToLower(mustParse(t, address).Hostname())) {
					t.Errorf("%s in %+v: %v", address, in, err)
				}
			}
			// What is refused is sent nothing, whoever has named it.
			s := testSession()
			s.Environment, s.BaseURL = in.env, address
			c, n := over(t, Options{AllowLoopback: in.loopback}, answerAll(good(`{"count":0,"data":null}`)))
			if c.Use(s); address != "" {
				if err := c.Ping(t.Context()); (err == nil) != ok || (len(n.sent) == 1) != ok || (!ok && domain.KindOf(err) != domain.KindHost) {
					t.Errorf("%s in a session, %+v: %v after %d calls", address, in, err, len(n.sent))
				}
			}
			_, err := New(Options{Environment: in.env, AllowLoopback: in.loopback, Hosts: []string{address}})
			if (err == nil) != ok || (!ok && domain.KindOf(err) != domain.KindHost) {
				t.Errorf("%s in the options, %+v: %v", address, in, err)
			}
			if in.loopback {
				continue
			}
			c, n = over(t, Options{Environment: in.env}, nil)
			n.answer = func(req *http.Request) (*http.Response, error) {
				if req.Method == http.MethodGet { // ssorequesturl
					return reply(req, 200, good(`{}`)), nil
				}
				return reply(req, 200, good(`{"accessToken":"tok","baseUrl":"`+address+`"}`)), nil
			}
			cr := account()
			cr.Environment = in.env
			synctest.Test(t, func(t *testing.T) { // the pace
				si, err := c.SignIn(t.Context(), cr)
				host := mustParse(t, si.Session.BaseURL).Host
				if err != nil || (host == mustParse(t, address).Host) != ok || (!ok && host != n.sent[0].URL.Host) {
					t.Errorf("%s in a login, %+v: %s, %v", address, in, si.Session.BaseURL, err)
				}
			})
		}
	}
}

// pages says of addresses what becomes of a consent page there: opened +, asked about ?, refused -; without
// the loopback, with it, and when the person has agreed to giris.example.com.
var pages = map[string]string{
	"https://app.isbasi.com/izin?a=b": "+++", "https://isbasi.com": "+++", "https://ISBASI.com:443/x": "+++", "https://id.logo.com.tr/connect/authorize": "+++",
	"https://logo.com.tr": "+++", "https://a.b.logo-paas.com/x": "+++", "https://logo-paas.com": "+++", "https://idp.logo.cloud": "+++", "https://logo.cloud": "+++",
	"https://giris.example.com/izin": "??+", "https://GIRIS.example.com:443": "??+", "https://example.com": "???", "https://x.giris.example.com": "???",
	"https://evilisbasi.com": "???", "https://isbasi.com.tr": "???", "https://isbasi.com.evil.example": "???", "https://xn--isbas-q4a.com": "???",
	"http://app.isbasi.com": "---", "http://giris.example.com": "---", "https://giris.example.com:8443": "---", "https://app.isbasi.com:8443": "---",
	"https://user@giris.example.com": "---", "https://app.isbasi.com@evil.example": "---", "https://isbasİ.com": "---", "https://giris.example.com.": "---",
	"https://10.0.0.1/x": "---", "https://2130706433": "---", "https://127.1": "---", "https://127.0.0.0x1": "---", "https://intranet": "---", "https://[fe80::1]": "---",
	"https://x.localhost": "---", "https://localhost": "-+-", "http://127.0.0.1:8790/izin": "-+-", "https://[::1]:9": "-+-",
	"ftp://app.isbasi.com": "---", "file:///etc/passwd": "---", "javascript:alert(1)": "---", "//app.isbasi.com": "---", "https:///x": "---", "": "---",
}

func TestHostList_judgesTheConsentPage(t *testing.T) {
	for address, want := range pages {
		for i, in := range []struct {
			loopback bool
			agreed   string
		}{{false, ""}, {true, ""}, {false, "Giris.Example.com"}} {
			u := mustParse(t, address)
			for _, env := range []domain.Environment{domain.EnvironmentLive, domain.EnvironmentTest} {
				err := hostList{env: env, loopback: in.loopback}.page(u, in.agreed)
				kind := map[byte]domain.Kind{'+': "", '?': domain.KindConsentHost, '-': domain.KindHost}[want[i]]
				if domain.KindOf(err) != kind || (err != nil && detailOf(err) != strings.ToLower(u.Hostname())) {
					t.Errorf("%s, %+v: %v", address, in, err)
				}
			}
		}
	}
}

func TestHostList_triesTheCouriersHostLast(t *testing.T) {
	live := hostList{}.bases(domain.EnvironmentLive)
	if want := []string{"https://isbasimw.isbasi.com", "https://mw-jplatform.isbasi.com", "https://lite-mw.isbasi.com", "https://integration.isbasi.com"}; !slices.Equal(live, want) {
		t.Errorf("%v", live)
	}
	if test := (hostList{}).bases(domain.EnvironmentTest); !slices.Equal(test, []string{"https://soho-isbasi-mwv2-test.logo-paas.com"}) {
		t.Errorf("%v", test)
	}
}

func TestAPIAddress_understandsThePanels(t *testing.T) {
	for typed, want := range map[string]string{
		"https://soho-isbasi-uiv2-test.logo-paas.com/": "https://soho-isbasi-mwv2-test.logo-paas.com", " https://SOHO-isbasi-UIV2-test.logo-paas.com/Invoice?id=1\n": "https://soho-isbasi-mwv2-test.logo-paas.com",
		"https://app.isbasi.com": "", "https://App.isbasi.com/Invoice/Sales/Edit?id=1&type=1": "",
		"https://isbasimw.isbasi.com": "https://isbasimw.isbasi.com", "https://soho-isbasi-mwv2-test.logo-paas.com": "https://soho-isbasi-mwv2-test.logo-paas.com",
		"https://x-uiv2-y.example.com": "https://x-uiv2-y.example.com", "https://app.isbasi.com.evil.example": "https://app.isbasi.com.evil.example",
		"http://127.0.0.1:8790": "http://127.0.0.1:8790", "::": "::", "": "",
	} {
		if got := APIAddress(typed); got != want {
			t.Errorf("%q: %q, want %q", typed, got, want)
		}
	}
}

func TestHostList_spellsAnAddressByHostAlone(t *testing.T) {
	for address, want := range map[string]string{
		" https://a.isbasi.com/api/?x=1#y\n": "https://a.isbasi.com", "https://a.isbasi.com:443/": "https://a.isbasi.com:443", "http://127.0.0.1:8790/": "http://127.0.0.1:8790",
	} {
		if got, err := (hostList{loopback: true}).trusted(domain.EnvironmentLive).Base(address); got != want || err != nil {
			t.Errorf("%q: %q, %v", address, got, err)
		}
	}
	l, err := newHostList(domain.EnvironmentTest, []string{"https://a.isbasi.com/x", "https://b.logo-paas.com"}, false)
	if err != nil || !slices.Equal(l.bases(domain.EnvironmentLive), []string{"https://a.isbasi.com", "https://b.logo-paas.com"}) {
		t.Errorf("%v, %v", l.override, err)
	}
}

func TestNew_refusesHostOffTheList(t *testing.T) {
	for _, host := range []string{"https://example.com", "http://127.0.0.1:1", "::", ""} {
		_, err := New(Options{Hosts: []string{host}})
		wantKind(t, err, domain.KindHost)
	}
}

func TestClient_followsNoRedirect(t *testing.T) {
	c, n := over(t, Options{}, func(req *http.Request) (*http.Response, error) {
		return reply(req, http.StatusTemporaryRedirect, "", "Location", "https://evil.example/steal?x="+testToken), nil
	})
	err := c.Ping(t.Context())
	wantKind(t, err, domain.KindHost)
	if got := detailOf(err); got != "evil.example" {
		t.Errorf("detail %q", got)
	}
	if len(n.sent) != 1 {
		t.Errorf("%d calls were sent, want 1", len(n.sent))
	}
}

func TestClient_refusesSessionOfForeignHost(t *testing.T) {
	c, n := over(t, Options{}, func(req *http.Request) (*http.Response, error) {
		return reply(req, http.StatusOK, good(`{}`)), nil
	})
	s := testSession()
	s.BaseURL = "https://evil.example"
	c.Use(s)
	wantKind(t, c.Ping(t.Context()), domain.KindHost)
	if len(n.sent) != 0 {
		t.Errorf("%d calls left", len(n.sent))
	}
}

func TestClient_overrideWinsOverTheSession(t *testing.T) {
	c, n := over(t, Options{Hosts: []string{"http://127.0.0.1:8790/"}, AllowLoopback: true}, func(req *http.Request) (*http.Response, error) {
		return reply(req, http.StatusOK, good(`{"count":0,"data":null}`)), nil
	})
	if err := c.Ping(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := n.sent[0].URL.String(); got != "http://127.0.0.1:8790/api/v1.0/products/products" {
		t.Errorf("sent to %s", got)
	}
}

func mustParse(t *testing.T, address string) *url.URL {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	return u
}
