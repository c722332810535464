package main

import (
	"context"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/zalando/go-keyring"

	"github.com/sopyo/sopyo-desktop/storage/isbasi/isbasitest"
)

// childArgs marks a process of this test binary as a sopyoctl of its own: its command lines, one a
// line, words separated by tabs.
const childArgs = "SOPYOCTL_TEST_CHILD"

func TestMain(m *testing.M) {
	lines := os.Getenv(childArgs)
	if lines == "" {
		os.Exit(m.Run())
	}
	keyring.MockInit()
	code := 0
	for line := range strings.SplitSeq(lines, "\n") {
		code = run(context.Background(), strings.Split(line, "\t"), streams{in: strings.NewReader(""), out: os.Stdout, err: os.Stderr})
	}
	os.Exit(code)
}

// killed starts an import in a process of its own, authorised there, and kills it as soon as when says
// so. It tells whether the kill came before the end.
func (b *bench) killed(when func() bool, command ...string) bool {
	b.t.Helper()
	global := []string{"--data", b.data, "--isbasi-url", b.server.URL(), "--json"}
	line := func(args []string) string {
		return strings.Join(append(append([]string{}, global...), args...), "\t")
	}
	child := exec.Command(os.Args[0]) //nolint:gosec // this very test binary
	child.Env = append(os.Environ(), childArgs+"="+line(signIn(b.path("key"), b.path("password")))+"\n"+line(command))
	if err := child.Start(); err != nil {
		b.t.Fatal(err)
	}
	ended := make(chan struct{})
	var waited error
	go func() { waited = child.Wait(); close(ended) }()
	poll := time.NewTicker(200 * time.Microsecond)
	defer poll.Stop()
	for {
		select {
		case <-ended:
			if waited != nil {
				b.t.Fatalf("the child ended by itself: %v", waited)
			}
			return false
		case <-poll.C:
			if when() {
				_ = child.Process.Kill()
				<-ended
				return true
			}
		}
	}
}

func TestImport_survivesKillsAndEndsAsIfUndisturbed(t *testing.T) {
	const n = 3000
	catalogue := func(b *bench) {
		lines := []string{"Stok Kodu;Barkod;Ürün Adı"}
		for i, p := range isbasitest.Products(n, 5) {
			if i%3 == 0 {
				lines = append(lines, p.Code+";"+p.Barcode+";"+strings.ReplaceAll(p.Name, ";", " "))
			}
		}
		b.catalogue(lines...)
	}
	calm := newBench(t, isbasitest.Options{Products: isbasitest.Products(n, 5), Plain: true})
	catalogue(calm)
	calm.authorize()
	want := calm.json(0, "import")
	wantRows := calm.json(0, "import", "rows")
	wantList := calm.json(0, "catalogue", "list", "--limit", "0")

	b := newBench(t, isbasitest.Options{Products: isbasitest.Products(n, 5), Plain: true})
	catalogue(b)
	b.authorize() // so that the last, undisturbed round below finds its session
	kills := 0
	for i := range 9 {
		reads := b.server.Count(isbasitest.RouteProducts)
		began := time.Now()
		// The first six fall into the read, after some more pages each; the rest at a moment of
		// matching and applying, which ask İşbaşı nothing.
		when := func() bool { return b.server.Count(isbasitest.RouteProducts) >= reads+1+i%4 }
		if i >= 6 {
			when = func() bool {
				return b.server.Count(isbasitest.RouteProducts) >= 30 && time.Since(began) > time.Duration(20+60*(i-6))*time.Millisecond
			}
		}
		if b.killed(when, "import", "--resume") {
			kills++
		}
	}
	if kills < 6 {
		t.Errorf("only %d of 9 kills struck", kills)
	}
	got := b.json(0, "import", "--resume")
	for _, k := range []string{"state", "read", "transferred", "matched", "unmatched", "skipped", "failed", "pending"} {
		if got[k] != want[k] {
			t.Errorf("%s = %v, undisturbed %v", k, got[k], want[k])
		}
	}
	checkRun(t, got, nil)
	if x, y := mustJSON(t, b.json(0, "import", "rows")), mustJSON(t, wantRows); x != y {
		t.Error("the rows differ from those of an undisturbed run")
	}
	if x, y := mustJSON(t, b.json(0, "catalogue", "list", "--limit", "0")), mustJSON(t, wantList); x != y {
		t.Error("the catalogue differs from that of an undisturbed run")
	}
	if booked, sent := number0(b.json(0, "status"), "reads"), b.server.Count(isbasitest.RouteProducts); booked < sent || booked > sent+20*kills {
		t.Errorf("ledger %d, sent %d, %d kills: never too low, and at most a block a kill too high", booked, sent, kills)
	}
}
