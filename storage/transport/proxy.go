package transport

import (
	"net/http"
	"net/url"
	"sync"
	"time"

	"golang.org/x/net/http/httpproxy"
)

// proxyLifetime is how long the way out to a host is remembered: the system may take seconds to find it, and a notebook changes networks.
const proxyLifetime = 5 * time.Minute

// proxies knows the way out: by the variables HTTPS_PROXY, HTTP_PROXY and NO_PROXY, if a person has set one of the first two, else as the
// system has it. It is safe for concurrent use.
type proxies struct {
	system func(*http.Request) (*url.URL, error)
	now    func() time.Time

	mu    sync.Mutex
	known map[string]way // by scheme and host
}

// way is what was found.
type way struct {
	proxy *url.URL // nil: none
	err   error
	until time.Time
}

func newProxies(system func(*http.Request) (*url.URL, error), now func() time.Time) *proxies {
	return &proxies{system: system, now: now, known: map[string]way{}}
}

// of gives the proxy for a request, nil for none: never one on the way to this machine.
func (p *proxies) of(req *http.Request) (*url.URL, error) {
	if isLoopback(req.URL.Hostname()) {
		return nil, nil
	}
	if set := httpproxy.FromEnvironment(); set.HTTPProxy != "" || set.HTTPSProxy != "" {
		return set.ProxyFunc()(req.URL)
	}
	key := req.URL.Scheme + "://" + req.URL.Host
	p.mu.Lock()
	defer p.mu.Unlock() // one asks the system, the others wait for its answer
	w, ok := p.known[key]
	if !ok || !p.now().Before(w.until) {
		w.proxy, w.err = p.system(req)
		w.until = p.now().Add(proxyLifetime)
		p.known[key] = w
	}
	return w.proxy, w.err
}
