//go:build e2e && linux

package main_test

import (
	"strings"
	"testing"
)

// TestEndToEnd_keyboard does the main job without a mouse: the key, the consent in the browser, what is proposed in the set-up,
// the transfer, and the list of what did not match.
func TestEndToEnd_keyboard(t *testing.T) {
	emptyAlbum(t, "e2e/keyboard")
	world := newWorld(newDesktop(t), demoSupply(t), "-n", "1200", "-seed", "1")
	world.ctl(world.data, "catalogue", "import", world.catalogue)
	w := world.window("e2e/keyboard", "tr")
	w.waitFor(w.say("today.welcome"))
	before := w.hand
	w.typeText(world.key)
	w.key("Return")
	w.waitFor(w.say("wizard.browser.text"))
	w.consentByKeys()
	w.waitFor(w.say("wizard.this"))
	w.gone(w.say("firm.products.asking"))
	w.shot("firm")
	w.key("Return")
	for n := 3; n <= 4; n++ {
		w.waitFor(w.title(n))
		w.waitUsable(w.say("save"))
		w.shot("section-" + w.title(n)[:1])
		w.key("ctrl+s")
		said, _, _ := strings.Cut(w.say("saved", "\x00"), "\x00")
		w.waitFor(said)
		w.key(w.title(n + 1)[:1]) // the number of the next section
	}
	w.waitFor(w.title(5))
	w.waitFocus(w.say("transfer.start"))
	w.key("Return")
	w.waitFocus(w.say("wizard.approve"))
	w.key("Return")
	w.waitLong(longEnough, w.say("transfer.done"))
	w.shot("done")
	if n := w.counter(w.say("counters.matched")); n == "0" {
		t.Error("nothing is green")
	}
	w.key("Return") // the blue button: what waits for a decision
	w.waitFor(w.say("group.new"))
	w.shot("groups")
	w.key("Escape")
	w.gone(w.say("group.new"))
	took := w.hand.since(before)
	t.Logf("without a mouse: %s, %d of them the API key's letters", took, len(world.key))
	if took.clicks > 0 || took.turns > 0 {
		t.Errorf("a mouse was used: %s", took)
	}
	w.close()
}

// consentByKeys gives the consent in the browser: Tab to the button, Enter.
func (w *window) consentByKeys() {
	w.t.Helper()
	page := w.openChromium()
	page.visit(w.opened())
	page.waitFor("İzin ver")
	focused := `(document.activeElement.innerText || document.activeElement.value || "").trim().startsWith("İzin ver")`
	for range 10 {
		if page.evaluate(focused) == true {
			break
		}
		page.press("Tab")
	}
	page.press("Enter")
}

// waitUsable waits until a button can be pressed.
func (w *window) waitUsable(label string) {
	w.t.Helper()
	w.until("button "+label, func() bool { return w.offers(label) })
}

// waitFocus waits until a button has the focus.
func (w *window) waitFocus(label string) {
	w.t.Helper()
	w.until("the focus on "+label, func() bool {
		s, err := w.look()
		if err != nil {
			return false
		}
		for _, p := range s.Places {
			if p.Text == label && p.Focused {
				return true
			}
		}
		return false
	})
}

// TestEndToEnd_darkDesktop opens the window on a desktop that is dark, and does the main job there.
func TestEndToEnd_darkDesktop(t *testing.T) {
	emptyAlbum(t, "e2e/dark")
	d := newDesktop(t)
	d.env = append(d.env, "FYNE_THEME=dark")
	world := newWorld(d, demoSupply(t), "-n", "1200", "-seed", "1")
	world.ctl(world.data, "catalogue", "import", world.catalogue)
	w := world.window("e2e/dark", "tr")
	w.waitFor(w.say("today.welcome"))
	if b := w.brightness(w.shot("1-today")); b > 90 {
		t.Errorf("the window is %d of 255 bright on a dark desktop", b)
	}
	w.typeText(world.key)
	w.tap(w.say("today.authorise"))
	w.consentAndConfirm()
	w.waitFor(w.title(3))
	w.shot("2-process")
	w.section(4)
	w.waitFor(w.title(4))
	w.shot("3-prices")
	w.startTransfer()
	w.waitLong(longEnough, w.say("transfer.done"))
	if b := w.brightness(w.shot("4-done")); b > 90 {
		t.Errorf("the counters are %d of 255 bright", b)
	}
	w.tap(w.say("menu.today"))
	w.tap(w.say("today.undecided.verb"))
	w.waitFor(w.say("group.new"))
	w.gone(w.say("section.6")) // the decisions stand alone
	w.shot("5-groups")
	w.key("Escape")
	w.waitFor(w.say("today.undecided.verb")) // and lead back to where they were asked for
	w.close()
}
