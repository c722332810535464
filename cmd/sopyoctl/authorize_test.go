package main

import (
	"testing"

	"github.com/sopyo/sopyo-desktop/cmd/sopyoctl/internal/console"
	"github.com/sopyo/sopyo-desktop/storage/isbasi/sandbox"
)

func TestAuthorize_opensTheFirmByItsNumber(t *testing.T) {
	b := newMachine(t, sandbox.Options{})
	sign := signIn(b.path("key"), b.path("password"))
	m := b.json(console.ExitAuthorise, append(sign, "--firm-no", "00000000-0000-4000-8000-000000000002")...)
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
	if m := b.json(console.ExitAuthorise, "authorize", "--email", "ayse@firma.example"); m["error"] == nil {
		t.Errorf("before there is anything to name: %v", m)
	}
	b.json(0, signIn(b.path("key"), b.path("password"))...)
	b.server.ForgetLog()
	m := b.json(console.ExitUsage, "authorize", "--email", "ayse")
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
