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
