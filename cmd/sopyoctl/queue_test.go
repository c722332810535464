package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/gofrs/flock"

	"github.com/sopyo/sopyo-desktop/storage/isbasi/sandbox"
)

// twoFirms is a bench whose İşbaşı knows two firms, one by each of two keys, and whose machine has a company
// for each.
func twoFirms(t *testing.T, faults ...sandbox.Fault) *bench {
	t.Helper()
	keys := map[string]string{"alfa": "anahtar-1", "beta": "anahtar-2"}
	b := newMachine(t, sandbox.Options{
		Products: sandbox.Products(400, 3), Plain: true, Faults: faults, APIKeys: []string{keys["alfa"], keys["beta"]},
		Tenants: map[string]string{keys["beta"]: "7b0e0c0e-0000-4000-8000-000000000002"},
	})
	for name, key := range keys {
		b.write("key-"+name, key)
	}
	b.json(0, "company", "add", "alfa")
	b.json(0, "company", "add", "beta")
	return b
}

// spawn starts an import of the company in a process of its own, authorised there. How it ended comes over
// the channel.
func (b *bench) spawn(company string, command ...string) (*exec.Cmd, <-chan error) {
	b.t.Helper()
	global := []string{"--data", b.data, "--isbasi-url", b.server.URL(), "--json", "--company", company, "--retry-pause", "1ms"}
	line := func(args []string) string { return strings.Join(append(slices.Clone(global), args...), "\t") }
	child := exec.CommandContext(b.t.Context(), os.Args[0])
	child.Env = append(os.Environ(), childArgs+"="+line(signIn(b.path("key-"+company), b.path("password")))+"\n"+line(command))
	child.Stderr = os.Stderr
	if err := child.Start(); err != nil {
		b.t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- child.Wait() }()
	return child, ended
}

// line gives the queue as "company state".
func (b *bench) line() (all []string) {
	b.t.Helper()
	places, _ := b.json(0, "queue")["queue"].([]any)
	for _, p := range places {
		m, _ := p.(map[string]any)
		all = append(all, fmt.Sprint(m["company"], " ", m["state"]))
	}
	return all
}

func (b *bench) until(what string, ok func() bool) {
	b.t.Helper()
	tick := time.NewTicker(50 * time.Millisecond)
	defer tick.Stop()
	limit := time.After(time.Minute)
	for !ok() {
		select {
		case <-tick.C:
		case <-limit:
			b.t.Fatalf("not within a minute: %s; the line is %v", what, b.line())
		}
	}
}

// lockWriting keeps every transfer from writing, as a transfer of another program does, until it is given back.
func (b *bench) lockWriting() (give func()) {
	b.t.Helper()
	lock := flock.New(filepath.Join(b.data, "apply.lock"))
	if ok, err := lock.TryLock(); !ok || err != nil {
		b.t.Fatal("another one is writing", err)
	}
	return func() { _ = lock.Unlock() }
}

func TestQueue_ofTwoProgramsIsInTheOrderOfConfirmation(t *testing.T) {
	b := twoFirms(t)
	give := b.lockWriting()
	defer give()
	waits := func(line ...string) {
		t.Helper()
		b.until(fmt.Sprint(line), func() bool { return slices.Equal(b.line(), line) })
	}
	_, beta := b.spawn("beta", "import")
	waits("beta waiting")
	_, alfa := b.spawn("alfa", "import")
	waits("beta waiting", "alfa waiting")
	give()
	b.until("alfa is alone", func() bool {
		line := b.line()
		if slices.Contains(line, "alfa writing") && slices.ContainsFunc(line, func(s string) bool { return strings.HasPrefix(s, "beta w") }) {
			t.Fatalf("alfa writes before beta has ended: %v", line)
		}
		return len(line) == 0 || slices.Equal(line, []string{"alfa waiting"}) || slices.Equal(line, []string{"alfa writing"})
	})
	for name, ended := range map[string]<-chan error{"alfa": alfa, "beta": beta} {
		if err := <-ended; err != nil {
			t.Error(name, err)
		}
	}
	if got := b.line(); len(got) != 0 {
		t.Errorf("left in line: %v", got)
	}
	for _, name := range []string{"alfa", "beta"} {
		run, _ := b.json(0, "--company", name, "status")["transfer"].(map[string]any)
		checkRun(t, run, map[string]int{"read": 400, "pending": 0})
		if run["state"] != "done" {
			t.Errorf("%s: %v", name, run)
		}
	}
}

func TestQueue_aKilledProgramHoldsNobodyUpAndKeepsItsPlace(t *testing.T) {
	b := twoFirms(t)
	give := b.lockWriting()
	defer give()
	child, ended := b.spawn("alfa", "import")
	b.until("alfa waits", func() bool { return slices.Equal(b.line(), []string{"alfa waiting"}) })
	if err := child.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	if err := <-ended; err == nil {
		t.Fatal("it ended before it was killed")
	}
	if got := b.line(); !slices.Equal(got, []string{"alfa away"}) {
		t.Fatalf("after the kill: %v", got)
	}
	_, beta := b.spawn("beta", "import")
	b.until("beta waits", func() bool { return slices.Equal(b.line(), []string{"alfa away", "beta waiting"}) })

	// Gone on with, alfa stands where it stood: before beta.
	child, ended = b.spawn("alfa", "import", "--resume")
	b.until("alfa is back", func() bool { return slices.Equal(b.line(), []string{"alfa waiting", "beta waiting"}) })
	if err := child.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	if err := <-ended; err == nil {
		t.Fatal("it ended before it was killed")
	}
	give()
	if err := <-beta; err != nil {
		t.Errorf("beta was held up: %v", err)
	}
	_, back := b.spawn("alfa", "import", "--resume")
	if err := <-back; err != nil {
		t.Error("alfa:", err)
	}
	if got := b.line(); len(got) != 0 {
		t.Errorf("left in line: %v", got)
	}
	if n := b.server.Count(sandbox.RouteProducts); n != 8 {
		t.Errorf("%d reads; what was read is not read again", n)
	}
}
