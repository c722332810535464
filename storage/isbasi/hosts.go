package isbasi

import (
	"net/url"
	"strings"
	"unicode"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/storage/transport"
)

// hostList says which addresses are İşbaşı's (isbasi-api.md §1).
type hostList struct {
	env      domain.Environment // used when a call names none
	override []string
	loopback bool
}

func newHostList(env domain.Environment, override []string, loopback bool) (hostList, error) {
	l := hostList{env: env, loopback: loopback}
	for _, text := range override {
		base, err := l.trusted(env).Base(text)
		if err != nil {
			return hostList{}, err
		}
		l.override = append(l.override, base)
	}
	return l, nil
}

// APIAddress gives the API's address for one of the panel, which people paste in its place (isbasi-api.md
// §12); "" for the live panel, behind which any of the live hosts may be. Other addresses stay as they are.
func APIAddress(address string) string {
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil {
		return address
	}
	switch host := strings.ToLower(u.Hostname()); { //nolint:forbidigo // a host name is ASCII
	case host == "app.isbasi.com":
		return ""
	case strings.HasSuffix(host, ".logo-paas.com") && strings.Contains(host, "-uiv2-"):
		return "https://" + strings.Replace(host, "-uiv2-", "-mwv2-", 1)
	default:
		return address
	}
}

// bases are the addresses a sign-in starts at, in the order they are tried (isbasi-api.md §1, §12).
func (l hostList) bases(env domain.Environment) []string {
	switch {
	case len(l.override) > 0:
		return l.override
	case l.named(env) == domain.EnvironmentTest:
		return []string{"https://soho-isbasi-mwv2-test.logo-paas.com"}
	default:
		return []string{
			"https://isbasimw.isbasi.com", "https://mw-jplatform.isbasi.com", "https://lite-mw.isbasi.com",
			"https://integration.isbasi.com", // the courier product's, it seems
		}
	}
}

// trusted are the hosts that a call of env may go to.
func (l hostList) trusted(env domain.Environment) transport.Hosts {
	h := transport.Hosts{Zones: []string{"isbasi.com"}, Loopback: l.loopback}
	if l.named(env) == domain.EnvironmentTest {
		h.Zones = append(h.Zones, "logo-paas.com")
	}
	return h
}

// page judges where the consent page lies, which may be any of Logo's hosts: its address came from the API
// over TLS, and nobody documents the host (isbasi-api.md §12). Another host is KindConsentHost, unless it is
// the one that the person has agreed to; what no browser should be sent to is KindHost.
func (l hostList) page(u *url.URL, agreed string) error {
	logo := []string{"isbasi.com", "logo.com.tr", "logo-paas.com", "logo.cloud"}
	err := transport.Hosts{Zones: logo, Names: logo, Loopback: l.loopback}.Check(u)
	if err == nil {
		return nil
	}
	host := strings.ToLower(u.Hostname()) //nolint:forbidigo // a host name is ASCII
	if (transport.Hosts{Names: []string{host}}).Check(u) != nil || !isPublicName(host) {
		return err
	}
	if strings.EqualFold(host, agreed) { //nolint:forbidigo // host names are ASCII
		return nil
	}
	return &domain.Error{Kind: domain.KindConsentHost, Op: "check the consent page", Detail: host}
}

// isPublicName tells a name that a person can judge from a number, and from this machine's own names.
func isPublicName(host string) bool {
	last := host[strings.LastIndex(host, ".")+1:]
	return last != "" && last != host && last != "localhost" && unicode.IsLetter(rune(last[0]))
}

func (l hostList) named(env domain.Environment) domain.Environment {
	if env == "" {
		return l.env
	}
	return env
}
