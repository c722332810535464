package isbasi

import (
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

// trusted are the hosts that a call of env may go to.
func (l hostList) trusted(env domain.Environment) transport.Hosts {
	h := transport.Hosts{Zones: []string{"isbasi.com"}, Loopback: l.loopback}
	if l.named(env) == domain.EnvironmentTest {
		h.Zones = append(h.Zones, "logo-paas.com")
	}
	return h
}

func (l hostList) named(env domain.Environment) domain.Environment {
	if env == "" {
		return l.env
	}
	return env
}
