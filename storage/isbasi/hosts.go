package isbasi

import (
	"net"
	"net/http"
	"net/url"
	"strings"
	"unicode"

	"github.com/sopyo/sopyo-desktop/domain"
)

// hostList says which addresses may be spoken to: key, password and token go there
// (isbasi-api.md §1, architecture.md "HTTP").
type hostList struct {
	env      domain.Environment // used when a call names none
	override []string
	loopback bool
}

func newHostList(env domain.Environment, override []string, loopback bool) (hostList, error) {
	l := hostList{env: env, loopback: loopback}
	for _, text := range override {
		base, err := l.baseOf(env, text)
		if err != nil {
			return hostList{}, err
		}
		l.override = append(l.override, base)
	}
	return l, nil
}

// bases are the addresses a sign-in starts at, in the order they are tried.
func (l hostList) bases(env domain.Environment) []string {
	switch {
	case len(l.override) > 0:
		return l.override
	case l.named(env) == domain.EnvironmentTest:
		return []string{"https://soho-isbasi-mwv2-test.logo-paas.com"}
	default:
		return []string{
			"https://isbasimw.isbasi.com", "https://integration.isbasi.com",
			"https://mw-jplatform.isbasi.com", "https://lite-mw.isbasi.com",
		}
	}
}

func (l hostList) named(env domain.Environment) domain.Environment {
	if env == "" {
		return l.env
	}
	return env
}

// baseOf is scheme and host of text, when they are on the list.
func (l hostList) baseOf(env domain.Environment, text string) (string, error) {
	u, err := url.Parse(strings.TrimSpace(text))
	if err != nil {
		return "", domain.E(domain.KindHost, "check the address", nil)
	}
	if err := l.check(env, u); err != nil {
		return "", err
	}
	return u.Scheme + "://" + u.Host, nil
}

// check refuses an address that is not on the list with KindHost; Detail is the host.
func (l hostList) check(env domain.Environment, u *url.URL) error {
	host := strings.ToLower(u.Hostname()) //nolint:forbidigo // a host name is ASCII
	secure := u.Scheme == "https"
	switch {
	case u.User != nil || u.Opaque != "" || !isASCII(u.Hostname()): // isbasİ.com is another host than isbasi.com
	case l.loopback && (secure || u.Scheme == "http") && isLoopback(host):
		return nil
	case secure && (u.Port() == "" || u.Port() == "443") && within(host, "isbasi.com"):
		return nil
	case secure && (u.Port() == "" || u.Port() == "443") && l.named(env) == domain.EnvironmentTest && within(host, "logo-paas.com"):
		return nil
	}
	return &domain.Error{Kind: domain.KindHost, Op: "check the address", Detail: host}
}

func within(host, zone string) bool { return strings.HasSuffix(host, "."+zone) }

func isASCII(host string) bool {
	return !strings.ContainsFunc(host, func(r rune) bool { return r > unicode.MaxASCII })
}

func isLoopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || (ip != nil && ip.IsLoopback())
}

// hostLayer checks every request against the list, and takes a redirect for an error: followed, it
// would hand the headers to another host.
type hostLayer struct {
	next http.RoundTripper
	list hostList
}

func (l *hostLayer) RoundTrip(req *http.Request) (*http.Response, error) {
	if err := l.list.check(callOf(req.Context()).env, req.URL); err != nil {
		return nil, err
	}
	resp, err := l.next.RoundTrip(req)
	if err != nil {
		return nil, err
	}
	if resp.StatusCode >= 300 && resp.StatusCode < 400 {
		discard(resp)
		e := domain.E(domain.KindHost, "refuse a redirect", nil)
		if to, err := resp.Location(); err == nil {
			e.Detail = to.Hostname()
		}
		return nil, e
	}
	return resp, nil
}
