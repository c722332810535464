package main

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/storage/isbasi/sandbox"
)

func TestAuthorize_anotherHostOfThePageIsThePersonsToSay(t *testing.T) {
	page := func(host string) error { return &domain.Error{Kind: domain.KindConsentHost, Detail: host} }
	for name, tc := range map[string]struct {
		flags   authorizeFlags
		answers string
		agreed  []string // in each round
		want    domain.Kind
		rest    string // of the answers, for the question behind
	}{
		"no answer":           {authorizeFlags{}, "", []string{""}, domain.KindConsentHost, ""},
		"no":                  {authorizeFlags{}, "h\nE\n", []string{""}, domain.KindConsentHost, "E\n"},
		"yes":                 {authorizeFlags{}, "E\nevet\n", []string{"", "a.example"}, "", "evet\n"},
		"--yes is another":    {authorizeFlags{yes: true}, "E\n", []string{""}, domain.KindConsentHost, "E\n"},
		"beforehand":          {authorizeFlags{yes: true, consentHost: "a.example"}, "", []string{"a.example"}, "", ""},
		"beforehand, another": {authorizeFlags{consentHost: "b.example"}, "y\n", []string{"b.example", "a.example"}, "", ""},
	} {
		var errs bytes.Buffer
		in := strings.NewReader(tc.answers)
		c := &ctl{streams: streams{in: in, out: &errs, err: &errs}, lang: "tr"}
		if err := c.speak(); err != nil {
			t.Fatal(err)
		}
		var agreed []string
		got, err := c.signIn(tc.flags, func(b domain.Browser) (domain.SignIn, error) {
			agreed = append(agreed, b.ConsentHost)
			if b.ConsentHost != "a.example" {
				return domain.SignIn{}, page("a.example")
			}
			return domain.SignIn{Connection: domain.Connection{FirmName: "Örnek"}}, nil
		})
		rest := tc.answers[len(tc.answers)-in.Len():]
		if domain.KindOf(err) != tc.want || !slices.Equal(agreed, tc.agreed) || rest != tc.rest || (got.Connection.FirmName == "Örnek") != (tc.want == "") {
			t.Errorf("%s: %v, agreed to %q, left %q", name, err, agreed, rest)
		}
		if asks := strings.Contains(errs.String(), "a.example"); asks == tc.flags.yes {
			t.Errorf("%s: said %q", name, errs.String())
		}
	}
}

func TestAuthorize_opensTheFirmByItsNumber(t *testing.T) {
	b := newMachine(t, sandbox.Options{})
	sign := signIn(b.path("key"), b.path("password"))
	m := b.json(exitAuthorise, append(sign, "--firm-no", "00000000-0000-4000-8000-000000000002")...)
	if e, _ := m["error"].(map[string]any); e["kind"] != "other-firm" {
		t.Errorf("%v", m)
	}
	if m := b.json(0, "status"); m["authorised"] != false {
		t.Errorf("%v", m)
	}
	b.json(0, append(sign, "--firm-no", " "+sandbox.DemoTenant)...)
	if m := b.json(0, "status"); m["authorised"] != true || m["tenant"] != sandbox.DemoTenant {
		t.Errorf("%v", m)
	}
}

// The browser need not tell whose account it is; a person can, and nothing is asked of İşbaşı for it.
func TestAuthorize_namesTheUser(t *testing.T) {
	b := newMachine(t, sandbox.Options{})
	if m := b.json(exitAuthorise, "authorize", "--email", "ayse@firma.example"); m["error"] == nil {
		t.Errorf("before there is anything to name: %v", m)
	}
	b.json(0, signIn(b.path("key"), b.path("password"))...)
	b.server.ForgetLog()
	m := b.json(exitUsage, "authorize", "--email", "ayse")
	if e, _ := m["error"].(map[string]any); e["kind"] != "invalid" {
		t.Errorf("%v", m)
	}
	if m := b.json(0, "authorize", "--email", " ayse@firma.example"); m["user"] != "ayse@firma.example" || m["authorised"] != true {
		t.Errorf("%v", m)
	}
	if m := b.json(0, "status"); m["user"] != "ayse@firma.example" || len(b.server.Log()) > 0 {
		t.Errorf("%v", m)
	}
}
