package main

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/sopyo/sopyo-desktop/cmd/internal/app"
	"github.com/sopyo/sopyo-desktop/cmd/sopyoctl/internal/console"
	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/storage/isbasi/sandbox"
	"github.com/sopyo/sopyo-desktop/storage/keyring"
)

// worked runs work and gives what it says of the one company.
func (b *bench) worked(code int) map[string]any {
	b.t.Helper()
	companies := list(b.t, b.json(code, "work"), "companies")
	if len(companies) != 1 {
		b.t.Fatalf("%v", companies)
	}
	return companies[0]
}

func TestWork_syncsWhatIsDueAndNothingElse(t *testing.T) {
	b := newSynced(t, 10, sandbox.Options{})
	b.theirs(1, 1, "120", "")
	wantSame(t, b.worked(0), `{"company":"Firmam","syncs":0,"drafted":0,"issued":0,"skipped":false}`)
	if n := len(list(t, b.json(0, "sync", "list"), "syncs")); n != 1 {
		t.Errorf("%d syncs", n)
	}
	b.later = 25
	wantSame(t, b.worked(0), `{"company":"Firmam","syncs":1,"drafted":0,"issued":0,"skipped":false}`)
	b.wantValues(map[int]string{1: "120 10, 120 10"})
	first := list(t, b.json(0, "sync", "list"), "syncs")[0]
	if first["occasion"] != "schedule" {
		t.Errorf("%v", first)
	}
	b.later = 50
	b.json(0, "sync", "settings", "set", "schedule=off")
	if m := b.json(0, "work"); len(list(t, m, "companies")) != 0 {
		t.Errorf("switched off: %v", m)
	}
	code, out, errs := b.do("work")
	if code != 0 || out != "" || errs != "" {
		t.Errorf("exit %d: %s%s", code, out, errs)
	}
}

func TestWork_leavesACompanyToTheWindow(t *testing.T) {
	b := newSynced(t, 5, sandbox.Options{})
	b.later = 25
	a, err := app.Open(t.Context(), app.Options{DataDir: b.data, IsbasiURL: b.server.URL()})
	if err != nil {
		t.Fatal(err)
	}
	info, err := a.FindCompany(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	window, err := a.OpenCompany(t.Context(), info)
	if err != nil {
		t.Fatal(err)
	}
	calls := b.server.Count(sandbox.RouteProducts)
	wantSame(t, b.worked(0), `{"company":"Firmam","syncs":0,"drafted":0,"issued":0,"skipped":true}`)
	if _, out, _ := b.do("work"); !strings.Contains(out, "Firmam: başka bir programda açık") {
		t.Error(out)
	}
	if n := b.server.Count(sandbox.RouteProducts) - calls; n > 0 {
		t.Errorf("%d calls", n)
	}
	if err := window.Close(); err != nil {
		t.Fatal(err)
	}
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	if m := b.worked(0); number0(m, "syncs") != 1 {
		t.Errorf("%v", m)
	}
}

func TestWork_asksNobodyAndEndsWithTheCodeOfWhatHinders(t *testing.T) {
	for name, c := range map[string]struct {
		code int
		kind domain.Kind
		do   func(b *bench)
	}{
		"gone": {console.ExitLater, domain.KindNetwork, func(b *bench) {
			b.server.Fault(sandbox.Fault{Kind: sandbox.FaultDrop, Route: sandbox.RouteProducts})
		}},
		"a key that is known no more": {console.ExitAuthorise, domain.KindWrongKey, func(b *bench) {
			b.server.EndTokens()
			b.server.Change(func(o *sandbox.Options) { o.APIKeys = []string{"another"} })
		}},
		"a brake": {console.ExitLater, domain.KindBrake, func(b *bench) { b.theirs(1, 8, "120", "") }},
		"no right": {console.ExitError, domain.KindForbidden, func(b *bench) {
			b.server.Fault(sandbox.Fault{Kind: sandbox.FaultStatus, Route: sandbox.RouteProducts, Status: 403, Message: "API yetkilendirilmedi"})
		}},
	} {
		t.Run(name, func(t *testing.T) {
			b := newSynced(t, 10, sandbox.Options{})
			b.later = 25
			c.do(b)
			m := b.worked(c.code)
			if e, ok := m["error"].(map[string]any); !ok || e["kind"] != string(c.kind) {
				t.Errorf("%v", m)
			}
		})
	}
}

// A locked keyring ends the run quietly, before İşbaşı is asked anything; the window says it once, at its next start.
func TestWork_leavesALockedKeyringAlone(t *testing.T) {
	b := newSynced(t, 5, sandbox.Options{})
	b.later = 25
	keyring.InMemory(domain.E(domain.KindKeyring, "locked", nil))
	defer keyring.InMemory(nil)
	calls := b.server.Count(sandbox.RouteProducts)
	m := b.json(console.ExitLater, "work")
	if m["locked"] != true || len(list(t, m, "companies")) > 0 || b.server.Count(sandbox.RouteProducts) > calls {
		t.Errorf("%v", m)
	}
	a, err := app.Open(t.Context(), app.Options{DataDir: b.data})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = a.Close() }()
	for i, told := range []bool{true, false} {
		if at, err := a.LockedSince(t.Context()); err != nil || at.IsZero() == told {
			t.Errorf("%d: %v, %v", i, at, err)
		}
	}
}

func TestWork_onAnEmptyFolderDoesNothing(t *testing.T) {
	b := newMachine(t, sandbox.Options{})
	if code, out, errs := b.do("work"); code != 0 || out+errs != "" {
		t.Errorf("exit %d: %s%s", code, out, errs)
	}
}

// The command line switches the system's own timer, here of a systemd that is a script.
func TestSchedule_switchesTheSystemsTimer(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("the timer is systemd's")
	}
	b := newMachine(t, sandbox.Options{})
	config := filepath.Join(b.dir, "config")
	t.Setenv("XDG_CONFIG_HOME", config)
	t.Setenv("PATH", b.dir)
	if code, out, errs := b.do("schedule", "status"); code != 0 || !strings.Contains(out, "zamanlayıcısı yok") || !strings.Contains(out, "sopyoctl work") {
		t.Errorf("without systemd: exit %d: %s%s", code, out, errs)
	}
	if err := os.WriteFile(filepath.Join(b.dir, "systemctl"), []byte("#!/bin/sh\nexit 0\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	wantSame(t, b.json(0, "schedule", "status"), `{"schedule":"off"}`)
	m := b.json(console.ExitError, "schedule", "on") // no sopyoctl lies beside the test's program
	if e, _ := m["error"].(map[string]any); e["kind"] != "not-found" {
		t.Errorf("%v", m)
	}
	if code, out, _ := b.do("schedule", "off"); code != 0 || !strings.Contains(out, "çalışılmıyor") {
		t.Errorf("exit %d: %s", code, out)
	}
	if left, err := filepath.Glob(filepath.Join(config, "systemd", "user", "*")); err != nil || len(left) > 0 {
		t.Errorf("%v, %v", left, err)
	}
	if code, _, _ := b.do("schedule"); code != console.ExitUsage {
		t.Errorf("exit %d", code)
	}
}
