package transport

import (
	"net"
	"net/url"
	"slices"
	"strings"
	"unicode"

	"github.com/sopyo/sopyo-desktop/domain"
)

// Hosts are the addresses that may be spoken to: key, password and token go there (architecture.md
// "HTTP"). The zero value trusts none.
type Hosts struct {
	// Zones are the domains whose hosts are trusted, over TLS and on its usual port: "isbasi.com".
	Zones []string
	// Names are hosts that are trusted themselves, in the same way: "isbasi.com".
	Names []string
	// Loopback trusts this machine, also without TLS.
	Loopback bool
}

// Base is scheme and host of text, when they are on the list.
func (h Hosts) Base(text string) (string, error) {
	u, err := url.Parse(strings.TrimSpace(text))
	if err != nil {
		return "", domain.E(domain.KindHost, "check the address", nil)
	}
	if err := h.Check(u); err != nil {
		return "", err
	}
	return u.Scheme + "://" + u.Host, nil
}

// Check refuses an address that is not on the list with KindHost; Detail is the host.
func (h Hosts) Check(u *url.URL) error {
	host := strings.ToLower(u.Hostname()) //nolint:forbidigo // a host name is ASCII
	secure := u.Scheme == "https"
	switch {
	case u.User != nil || u.Opaque != "" || !isASCII(u.Hostname()): // isbasİ.com is another host than isbasi.com
	case h.Loopback && (secure || u.Scheme == "http") && isLoopback(host):
		return nil
	case secure && (u.Port() == "" || u.Port() == "443") && h.within(host):
		return nil
	}
	return &domain.Error{Kind: domain.KindHost, Op: "check the address", Detail: host}
}

func (h Hosts) within(host string) bool {
	return slices.Contains(h.Names, host) || slices.ContainsFunc(h.Zones, func(zone string) bool { return strings.HasSuffix(host, "."+zone) })
}

func isASCII(host string) bool {
	return !strings.ContainsFunc(host, func(r rune) bool { return r > unicode.MaxASCII })
}

func isLoopback(host string) bool {
	return host == "localhost" || net.ParseIP(host).IsLoopback()
}
