//go:build e2e && linux

package main_test

import (
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"

	"github.com/gofrs/flock"

	"github.com/sopyo/sopyo-desktop/gui"
)

// TestEndToEnd_run carries the transfers of two companies: they go on whichever is shown, wait for each
// other, in the background, and after a kill.
func TestEndToEnd_run(t *testing.T) {
	emptyAlbum(t, "e2e/run")
	world := newWorld(newDesktop(t), supply{catalogue: demoSupply(t).catalogue, flags: []string{"-n", "3000"}},
		"-faults", "delay route=products/products delay=150ms")
	for name, key := range map[string]string{"Alfa Kırtasiye": world.key, "Beta Gıda": world.secondKey()} {
		world.ctl(world.data, "company", "add", name)
		world.ctl(world.data, "--company", name, "catalogue", "import", world.catalogue)
		world.ctl(world.data, "--company", name, "authorize", "--yes", "--username", user,
			"--api-key-file", world.write("key.txt", key), "--password-file", world.write("password.txt", "demo-parola"))
	}
	pen := flock.New(filepath.Join(world.data, "apply.lock")) // another program writes
	if ok, err := pen.TryLock(); !ok || err != nil {
		t.Fatal("the pen is taken", err)
	}
	defer func() { _ = pen.Unlock() }()

	w := world.window("e2e/run", "tr", "--company", "Alfa Kırtasiye")
	w.startTransfer()
	w.waitFor(w.say("status.reading"), w.say("work.one"))
	w.snap("alfa-reads")
	w.goTo("Alfa Kırtasiye", "Beta Gıda")
	w.waitFor(w.say("section.2")) // Beta's sections are all there
	w.waitFor(w.say("transfer.start"))
	w.shot("beta-idle")
	w.startTransfer()
	w.waitFor(w.say("status.queued.number", 2), w.say("work.several", 2))
	w.shot("beta-queued")

	w.goTo("Beta Gıda", "Alfa Kırtasiye")
	w.waitFor(w.say("status.queued.number", 1))
	w.shot("alfa-queued")
	w.tap(w.say("status.stop"))
	w.waitFor(w.say("transfer.stopped"), w.say("work.one"))
	w.shot("alfa-stopped")
	w.tap(w.say("transfer.go-on"))
	w.waitFor(w.say("status.queued.number", 2)) // it has given its place away

	w.askClose(w.say("close.background"))
	w.shot("close")
	w.tap(w.say("close.background"))
	w.until("the window is hidden", func() bool { return !w.visible() })
	w.snap("hidden")
	again := []string{"--data", world.data, "--company", "Beta Gıda"}
	w.run(program(t, "sopyo"), again...) // exit code 0
	w.until("the window is back", w.visible)
	w.waitFor(w.say("status.queued.number", 1))
	w.shot("back-at-beta")

	w.signal(syscall.SIGSTOP)
	second := w.command(program(t, "sopyo"), append(again, "--lang", "tr")...)
	ended := w.spawn(second)
	hung := &window{desktop: w.desktop, cmd: second, ended: ended, album: w.album}
	w.until("the second start says why", hung.visible)
	w.shot("hung")
	hung.kill()
	w.signal(syscall.SIGCONT)

	w.kill()
	w = world.window("e2e/run", "en")
	w.waitFor(w.say("work.several", 2)) // both go on
	w.section(5)
	w.waitFor(w.say("status.queued.number", 1))
	w.shot("after-kill")
	w.askClose(w.say("close.background"))
	w.shot("close-en")
	w.tap(w.say("close.background"))
	w.until("the window is hidden", func() bool { return !w.visible() })
	if err := pen.Unlock(); err != nil {
		t.Fatal(err)
	}
	w.until("the program ends by itself", w.hasEnded)
	if code := w.cmd.ProcessState.ExitCode(); code != 0 {
		t.Errorf("exit code %d", code)
	}
	for _, name := range []string{"Alfa Kırtasiye", "Beta Gıda"} {
		run, _ := world.ctl(world.data, "--company", name, "status")["transfer"].(map[string]any)
		if run["state"] != "done" || run["read"] != 3000.0 {
			t.Errorf("%s: %v", name, run)
		}
	}
}

// goTo takes another company in the switcher, whose lines may say that they are at work.
func (w *window) goTo(from, to string) {
	w.t.Helper()
	for _, name := range []string{from, to} {
		w.click("the switcher's "+name, func(s gui.Screen) (gui.Place, bool) {
			i := slices.IndexFunc(s.Places, func(p gui.Place) bool { return strings.HasPrefix(p.Text, name) && takesClicks(s, p) })
			if i < 0 {
				return gui.Place{}, false
			}
			return s.Places[i], true
		})
	}
}
