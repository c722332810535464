package transport

import (
	"errors"
	"net/http"
	"net/url"
	"sync"
	"testing"
	"time"
)

func request(t *testing.T, address string) *http.Request {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	return req
}

// noVariables is an environment in which nobody names a proxy.
func noVariables(t *testing.T) {
	t.Helper()
	for _, name := range []string{"HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "http_proxy", "https_proxy", "no_proxy", "REQUEST_METHOD"} {
		t.Setenv(name, "")
	}
}

func TestProxies_asksTheSystemOnceAWhile(t *testing.T) {
	noVariables(t)
	now, asked := time.Date(2026, 3, 4, 0, 0, 0, 0, time.UTC), 0
	company := &url.URL{Scheme: "http", Host: "vekil.sirket.example:3128"}
	p := newProxies(func(req *http.Request) (*url.URL, error) {
		asked++
		if req.URL.Host == "kapali.example" {
			return nil, errors.New("refused")
		}
		return company, nil
	}, func() time.Time { return now })
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			if got, err := p.of(request(t, "https://api.isbasi.com/v1/x")); err != nil || got != company {
				t.Errorf("%v, %v", got, err)
			}
		})
	}
	all.Wait()
	if asked != 1 {
		t.Errorf("asked %d times", asked)
	}
	for _, c := range []struct {
		after time.Duration
		asked int
	}{{proxyLifetime - time.Second, 1}, {time.Second, 2}} {
		now = now.Add(c.after)
		if _, err := p.of(request(t, "https://api.isbasi.com/v1/y")); err != nil || asked != c.asked {
			t.Errorf("%v: asked %d times, %v", c.after, asked, err)
		}
	}
	if _, err := p.of(request(t, "https://kapali.example/")); err == nil || asked != 3 {
		t.Errorf("another host: asked %d times, %v", asked, err)
	}
	for _, local := range []string{"http://127.0.0.1:8790/x", "http://localhost/", "http://[::1]:1/"} {
		if got, err := p.of(request(t, local)); got != nil || err != nil || asked != 3 {
			t.Errorf("%s: %v, %v", local, got, err)
		}
	}
}

func TestProxies_variablesComeFirst(t *testing.T) {
	noVariables(t)
	p := newProxies(func(*http.Request) (*url.URL, error) { t.Error("the system is asked"); return nil, nil }, time.Now)
	t.Setenv("HTTPS_PROXY", "http://degisken.example:1")
	t.Setenv("NO_PROXY", "dogrudan.example")
	if got, err := p.of(request(t, "https://api.isbasi.com/")); err != nil || got == nil || got.Host != "degisken.example:1" {
		t.Errorf("%v, %v", got, err)
	}
	if got, err := p.of(request(t, "https://dogrudan.example/")); err != nil || got != nil {
		t.Errorf("%v, %v", got, err)
	}
}

const saidByScutil = `<dictionary> {
  ExceptionsList : <array> {
    0 : *.local
    1 : 169.254/16
    2 : muhasebe.example
  }
  FTPPassive : 1
  HTTPEnable : 0
  HTTPSEnable : 1
  HTTPSPort : 3128
  HTTPSProxy : vekil.example
  ProxyAutoConfigEnable : 0
}
`

func TestFromScutil_readsWhatMacOSSays(t *testing.T) {
	find := fromScutil(saidByScutil).ProxyFunc()
	for address, want := range map[string]string{
		"https://api.isbasi.com/":     "http://vekil.example:3128",
		"http://api.isbasi.com/":      "",
		"https://yazici.local/":       "",
		"https://169.254.7.7/":        "",
		"https://muhasebe.example/":   "",
		"https://baska.example:8443/": "http://vekil.example:3128",
	} {
		got, err := find(request(t, address).URL)
		if err != nil || (got == nil) != (want == "") || got != nil && got.String() != want {
			t.Errorf("%s: %v, %v", address, got, err)
		}
	}
	for _, none := range []string{"", "<dictionary> {\n}\n", "<dictionary> {\n  HTTPSEnable : 1\n}\n"} {
		if got, err := fromScutil(none).ProxyFunc()(request(t, "https://api.isbasi.com/").URL); got != nil || err != nil {
			t.Errorf("%q: %v, %v", none, got, err)
		}
	}
}
