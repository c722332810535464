//go:build e2e && linux

package main_test

import (
	"fmt"
	"testing"
	"time"
)

const longEnough = 10 * time.Minute // for a whole transfer on a slow machine

// TestEndToEnd_mainJob authorises, imports, is killed twice in the middle, goes on, and comes to the same
// counters as the engine without a window. Nothing secret is left anywhere but in the keyring.
func TestEndToEnd_mainJob(t *testing.T) {
	emptyAlbum(t, "e2e/main-job")
	world := newWorld(newDesktop(t), realSupply(t), "-faults", "delay route=products/products delay=20ms") // or reading is over at once
	want := world.control()
	world.ctl(world.data, "catalogue", "import", world.catalogue)

	w := world.window("e2e/main-job", "tr")
	w.waitFor(w.say("light.none"))
	w.authorise(world.key)
	w.startTransfer()

	w.waitLong(longEnough, w.say("status.reading"))
	w.gone(w.say("section.3")) // the other sections are hidden meanwhile
	w.snap("running-reading")
	w.kill()

	w = world.window("e2e/main-job", "tr") // the transfer goes on by itself
	w.section(5)
	w.waitLong(longEnough, w.say("status.applying"))
	w.snap("running-applying")
	w.kill()

	w = world.window("e2e/main-job", "tr")
	w.section(5)
	transferred, matched, unmatched := w.finishTransfer(longEnough)
	got := fmt.Sprintf("%s %s %s", transferred, matched, unmatched)
	if want := w.grouped(want, "transferred", "matched", "unmatched"); got != want {
		t.Errorf("counters %s, without a window %s", got, want)
	}
	for _, outcome := range []string{"matched", "unmatched"} {
		w.tap(w.say("counters." + outcome))
		w.waitFor(w.say("rows.back"))
		w.shot("rows-" + outcome)
		w.tap(w.say("rows.back"))
	}
	w.close()

	status, _ := world.ctl(world.data, "status")["transfer"].(map[string]any)
	for _, k := range []string{"state", "read", "transferred", "matched", "unmatched", "skipped", "failed", "pending"} {
		if status[k] != want[k] {
			t.Errorf("%s: %v in the window, %v without", k, status[k], want[k])
		}
	}
	t.Logf("window: %v", status)
	t.Logf("sopyoctl: %v", want)
	world.searchFor(world.secrets())
}

// control does the same job by sopyoctl in a data folder of its own.
func (w *world) control() map[string]any {
	w.t.Helper()
	data := w.home + "/control"
	w.prepare(data)
	return w.ctl(data, "import")
}

// grouped writes counters as the screen does.
func (w *window) grouped(counters map[string]any, names ...string) string {
	w.t.Helper()
	all := ""
	for _, n := range names {
		v, _ := counters[n].(float64)
		if all != "" {
			all += " "
		}
		all += w.say("counters.quiet", "", int(v))[2:]
	}
	return all
}
