package main

import (
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/cmd/sopyoctl/internal/console"
	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/quota"
	"github.com/sopyo/sopyo-desktop/storage/isbasi/sandbox"
)

// of gives a part of the object of `quota`.
func of(t *testing.T, m map[string]any, kind string) map[string]any {
	t.Helper()
	part, ok := m[kind].(map[string]any)
	if !ok {
		t.Fatalf("no %s in %v", kind, m)
	}
	return part
}

func TestQuota_showsWhatTheMonthCost(t *testing.T) {
	b := newMachine(t, sandbox.Options{Products: sandbox.Products(250, 4)})
	b.wantError(console.ExitError, domain.KindNotFound, "quota")
	b.authorize()
	b.json(0, "import")
	m := b.json(0, "quota")
	read, write := of(t, m, "read"), of(t, m, "write")
	for key, want := range map[string]int{"used": 3, "spent": 3, "limit": 3000, "reserve": 200, "left": 2797, "left_for_invoices": 2997} {
		if number0(read, key) != want {
			t.Errorf("read %s = %v, want %d", key, read[key], want)
		}
	}
	if number0(write, "left") != 6500 || read["exhausted"] != false || number0(m, "sign_ins") < 1 || number0(m, "saved_reads") != 0 {
		t.Errorf("%v", m)
	}
	code, out, _ := b.do("quota")
	if code != 0 || !strings.Contains(out, "3 / 3.000") || !strings.Contains(out, "2.797") || strings.Contains(out, "kazanıldı") {
		t.Errorf("exit %d: %s", code, out)
	}
}

func TestQuota_limitsAreSettings(t *testing.T) {
	b := newBench(t, sandbox.Options{Products: sandbox.Products(450, 4)})
	b.authorize()
	m := b.json(0, "quota", "set", "reads=6000")
	if number0(of(t, m, "read"), "limit") != 6000 || number0(of(t, m, "write"), "limit") != 7000 {
		t.Errorf("%v", m)
	}
	for _, bad := range []string{"reads=0", "writes=-1", "reads=99999999"} {
		b.wantError(console.ExitUsage, domain.KindInvalid, "quota", "set", bad)
	}
	for _, bad := range [][]string{{"reads"}, {"reads=x"}, {"calls=5"}, {}} {
		if code, _, _ := b.do(append([]string{"quota", "set"}, bad...)...); code != console.ExitUsage {
			t.Errorf("%v: exit %d", bad, code)
		}
	}
	if code, _, _ := b.do("quota", "show"); code != console.ExitUsage {
		t.Errorf("quota show: exit %d", code)
	}
	// A transfer stops before the reserve, paused, and goes on where it was when there is more.
	b.json(0, "quota", "set", "reads=203")
	paused := b.json(console.ExitLater, "import")
	if paused["state"] != "paused" || paused["cause"] != "quota" || number0(paused, "api_reads") != 3 {
		t.Errorf("%v", paused)
	}
	if _, _, errs := b.do("import", "--resume"); !strings.Contains(errs, "faturalar için") {
		t.Errorf("the reserve is not named: %q", errs)
	}
	b.json(0, "quota", "set", "reads=3000")
	checkRun(t, b.json(0, "import", "--resume"), map[string]int{"read": 450, "api_reads": 5})
	if sent := b.server.Count(sandbox.RouteProducts); sent != 5 {
		t.Errorf("%d reads sent", sent)
	}
}

// spend books reads as if they had been made.
func (b *bench) spend(n int) {
	b.t.Helper()
	c := &console.Console{Streams: console.Streams{In: strings.NewReader(""), Out: io.Discard, Err: io.Discard}, DataDir: b.data}
	company, err := c.Open(b.t.Context(), false)
	if err == nil {
		err = company.Store.Book(b.t.Context(), quota.Month(time.Now()), quota.Read, n)
	}
	if err := errors.Join(err, c.Close()); err != nil {
		b.t.Fatal(err)
	}
}

func TestQuota_aRefusalFarFromTheLimitAsksToSlowDown(t *testing.T) {
	b := newBench(t, sandbox.Options{Products: sandbox.Products(250, 4)})
	b.authorize()
	b.spend(2300) // 76 %
	b.server.Fault(sandbox.Fault{Kind: sandbox.FaultRate, Route: sandbox.RouteProducts, Times: 1})
	checkRun(t, b.json(0, "import"), map[string]int{"api_reads": 4})
	if read := of(t, b.json(0, "quota"), "read"); number0(read, "used") != 2304 || read["exhausted"] != false {
		t.Errorf("%v", read)
	}
}

func TestQuota_aRefusalIsToldAsWhatItIs(t *testing.T) {
	for name, c := range map[string]struct {
		after     time.Duration
		cause     string
		says, not string
		exhausted bool
	}{
		"told nothing": {0, "slow-down", "aylık kota dolmadı", "Ay başında", false},
		"an hour":      {time.Hour, "slow-down", "Devam edilebilecek zaman", "Ay başında", false},
		"three days":   {72 * time.Hour, "quota", "kotası doldu", "aylık kota dolmadı", true},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t, sandbox.Options{Products: sandbox.Products(250, 4)})
			b.authorize()
			b.server.Fault(sandbox.Fault{Kind: sandbox.FaultRate, Route: sandbox.RouteProducts, Page: 2, RetryAfter: c.after})
			paused := b.json(console.ExitLater, "import")
			if paused["state"] != "paused" || paused["cause"] != c.cause {
				t.Errorf("%v", paused)
			}
			if read := of(t, b.json(0, "quota"), "read"); read["exhausted"] != c.exhausted {
				t.Errorf("%v", read)
			}
			sent := b.server.Count(sandbox.RouteProducts)
			_, _, errs := b.do("import", "--resume")
			if !strings.Contains(errs, c.says) || strings.Contains(errs, c.not) || c.exhausted && b.server.Count(sandbox.RouteProducts) != sent {
				t.Errorf("%s", errs)
			}
		})
	}
}

func TestQuota_exhaustedTillAPersonReopens(t *testing.T) {
	b := newBench(t, sandbox.Options{Products: sandbox.Products(250, 4)})
	b.authorize()
	b.spend(2400)
	b.server.Fault(sandbox.Fault{Kind: sandbox.FaultRate, Route: sandbox.RouteProducts})
	paused := b.json(console.ExitLater, "import")
	if detail, _ := paused["detail"].(string); paused["state"] != "paused" || paused["cause"] != "quota" || len(detail) != len("2026-12-01 00:00") {
		t.Errorf("%v", paused)
	}
	read := of(t, b.json(0, "quota"), "read")
	if read["exhausted"] != true || read["since"] == nil || read["next_probe"] == nil {
		t.Errorf("%v", read)
	}
	if _, out, _ := b.do("quota"); !strings.Contains(out, "quota reopen read") {
		t.Errorf("what to do is not said: %s", out)
	}
	b.json(console.ExitLater, "import", "--resume")
	if sent := b.server.Count(sandbox.RouteProducts); sent != 1 {
		t.Errorf("%d reads sent: an exhausted kind was asked again on the same day", sent)
	}
	if code, _, _ := b.do("quota", "reopen", "coffee"); code != console.ExitUsage {
		t.Errorf("exit %d", code)
	}
	b.server.Mend()
	if read := of(t, b.json(0, "quota", "reopen", "read"), "read"); read["exhausted"] != false {
		t.Errorf("%v", read)
	}
	checkRun(t, b.json(0, "import", "--resume"), map[string]int{"read": 250})
	b.json(0, "quota", "reopen", "write") // nothing to reopen is no error
}

func TestQuota_companiesWithOneKeyShareItsLimit(t *testing.T) {
	b := newMachine(t, sandbox.Options{Products: sandbox.Products(450, 4)})
	b.json(0, "company", "add", "Alfa")
	b.authorize()
	b.json(0, "import")
	b.json(0, "company", "add", "Beta")
	b.server.Change(func(o *sandbox.Options) { o.TenantID = "00000000-0000-4000-8000-000000000002" })
	b.json(0, append([]string{"--company", "Beta"}, signIn(b.path("key"), b.path("password"))...)...)
	read := of(t, b.json(0, "--company", "Beta", "quota", "set", "reads=207"), "read")
	if number0(read, "used") != 0 || number0(read, "spent") != 5 || number0(read, "left") != 2 {
		t.Errorf("%v", read)
	}
	if m := b.json(console.ExitLater, "--company", "Beta", "import"); m["cause"] != "quota" || number0(m, "api_reads") != 2 {
		t.Errorf("%v", m)
	}
	if read := of(t, b.json(0, "--company", "Alfa", "quota"), "read"); number0(read, "used") != 5 || number0(read, "spent") != 7 {
		t.Errorf("%v", read)
	}
	b.json(0, "company", "remove", "Beta", "--yes") // its calls were made
	if read := of(t, b.json(0, "quota"), "read"); number0(read, "spent") != 7 {
		t.Errorf("%v", read)
	}
}
