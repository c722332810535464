//go:build live

package isbasi

import (
	"os"
	"strings"
	"testing"

	"github.com/sopyo/sopyo-desktop/domain"
)

// counterparts is Logo's test host, or the one of ISBASI_TEST_URL, with the credentials of the
// environment: ISBASI_TEST_KEY, ISBASI_TEST_USER, ISBASI_TEST_PASSWORD. Formalising is left out unless
// ISBASI_TEST_FORMALISE is "yes". Run it alone:
//
//	go test -tags live -run '^TestContract$' ./storage/isbasi
func counterparts() map[string]func(*testing.T) counterpart {
	return map[string]func(*testing.T) counterpart{"test host": func(t *testing.T) counterpart {
		o := Options{Environment: domain.EnvironmentTest, Probes: &memory{}}
		if address := os.Getenv("ISBASI_TEST_URL"); address != "" {
			o.Hosts, o.AllowLoopback = []string{address}, strings.HasPrefix(address, "http://127.0.0.1:")
		}
		c := open(t, o)
		in, err := c.SignIn(t.Context(), domain.Credentials{
			Environment: domain.EnvironmentTest, APIKey: domain.NewSecret(os.Getenv("ISBASI_TEST_KEY")),
			UserName: os.Getenv("ISBASI_TEST_USER"), Password: domain.NewSecret(os.Getenv("ISBASI_TEST_PASSWORD")),
		})
		if err != nil {
			t.Fatal(err)
		}
		c.Use(in.Session)
		return counterpart{client: c, send: os.Getenv("ISBASI_TEST_FORMALISE") == "yes"}
	}}
}
