package main

import (
	"testing"

	"github.com/sopyo/sopyo-desktop/cmd/sopyoctl/internal/console"
	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/storage/isbasi/sandbox"
)

// Whose key a browser brings nobody can tell: without a person only a firm that is known is confirmed.
func TestAuthorize_yesConfirmsOnlyAFirmThatIsKnown(t *testing.T) {
	b := newBench(t, sandbox.Options{})
	account := []string{"--username", sandbox.DemoUser, "--password-file", b.path("password")}
	authorize := func(args ...string) []string {
		return append([]string{"authorize", "--yes", "--api-key-file", b.path("key")}, args...)
	}
	b.wantError(console.ExitUsage, "usage", authorize("--no-browser")...)
	b.wantError(console.ExitUsage, "usage", authorize(append(account, "--browser", "--no-browser")...)...)
	if n := b.server.Count(sandbox.RouteRequest); n != 0 {
		t.Errorf("%d consents were asked for", n)
	}
	b.wantError(console.ExitAuthorise, domain.KindOtherFirm, authorize(append(account, "--expect-firm", "Başka")...)...)
	if m := b.json(0, "status"); m["authorised"] != false {
		t.Errorf("%v", m)
	}
	b.json(0, authorize(append(account, "--expect-firm", sandbox.DemoTenant)...)...)
	if m := b.json(0, "status"); m["authorised"] != true {
		t.Errorf("%v", m)
	}
}
