package isbasi

import (
	"net/http"
	"net/url"
	"testing"

	"github.com/sopyo/sopyo-desktop/domain"
)

func TestHostList_check(t *testing.T) {
	live, test := domain.EnvironmentLive, domain.EnvironmentTest
	for _, tc := range []struct {
		address  string
		env      domain.Environment
		loopback bool
		ok       bool
	}{
		{"https://isbasimw.isbasi.com", live, false, true},
		{"https://LITE-MW.isbasi.com/x", live, false, true},
		{"https://isbasimw.isbasi.com:443", live, false, true},
		{"https://isbasimw.isbasi.com:8443", live, false, false},
		{"http://isbasimw.isbasi.com", live, false, false},
		{"https://isbasi.com.evil.example", live, false, false},
		{"https://evilisbasi.com", live, false, false},
		{"https://user@isbasimw.isbasi.com", live, false, false},
		{"https://soho-isbasi-mwv2-test.logo-paas.com", live, false, false},
		{"https://soho-isbasi-mwv2-test.logo-paas.com", test, false, true},
		{"https://isbasimw.isbasi.com", test, false, true},
		{"http://127.0.0.1:8790", live, false, false},
		{"http://127.0.0.1:8790", live, true, true},
		{"http://[::1]:8790", live, true, true},
		{"http://localhost:8790", live, true, true},
		{"http://127.0.0.1.evil.example", live, true, false},
		{"ftp://127.0.0.1", live, true, false},
		{"javascript:alert(1)", live, true, false},
		{"file:///etc/passwd", live, true, false},
	} {
		u, err := url.Parse(tc.address)
		if err != nil {
			t.Fatal(err)
		}
		err = hostList{loopback: tc.loopback}.check(tc.env, u)
		if (err == nil) != tc.ok {
			t.Errorf("%s in %s, loopback %v: %v", tc.address, tc.env, tc.loopback, err)
		}
		if err != nil {
			wantKind(t, err, domain.KindHost)
		}
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
