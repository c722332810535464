//go:build e2e && linux

package main_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/sopyo/sopyo-desktop/gui"
)

// TestEndToEnd_decisions decides about the products of a transfer by mouse and keyboard, one by one and
// several at once, separates a pair, takes decisions back, and undoes the transfer. What sopyoctl says of it
// is what the window says.
func TestEndToEnd_decisions(t *testing.T) {
	emptyAlbum(t, "e2e/decisions")
	world := newWorld(newDesktop(t), realSupply(t))
	world.prepare(world.data)
	before := world.ctl(world.data, "import")
	count := func(name string) int { n, _ := before[name].(float64); return int(n) }

	w := world.window("e2e/decisions", "tr")
	w.section(6)
	w.tapDecide()
	w.shot("groups")
	w.key("Escape")
	w.tap(w.say("counters.unmatched"))
	w.tap(w.say("decide.start"))
	w.waitFor(w.say("decide.head.code"))
	w.shot("first")
	waiting := count("unmatched")
	for i := range 10 { // some of them by Enter, where what is suggested is sure
		if i%2 == 1 && w.offers(w.say("decide.pair")) {
			w.key("Return")
		} else {
			w.tap(w.say("rows.command.ignore"))
		}
		waiting--
		w.waitFor(w.waiting(waiting))
	}
	w.shot("ten")
	w.key("ctrl+z")
	waiting++
	w.waitFor(w.waiting(waiting), w.say("decide.back", 1))
	w.shot("taken-back")
	w.key("Escape")

	w.waitFor(w.say("decide.start"))
	w.clickRow(3, "1")
	w.run("xdotool", "keydown", "Shift_L", "key", "Down", "Down", "Down", "Down", "keyup", "Shift_L")
	w.waitFor(w.say("rows.commands.marked", 5))
	w.tapLead(w.say("rows.commands"))
	w.tapWords(w.say("rows.command.create"))
	w.waitFor(w.say("decide.ask.create.text"))
	w.shot("create-five")
	w.tap(w.say("rows.command.create"))
	w.waitFor(w.say("decide.take-back"))
	w.shot("created")
	w.tap(w.say("rows.back"))

	matched := w.counter(w.say("counters.matched"))
	w.tap(w.say("counters.matched"))
	w.waitFor(w.say("rows.commands"))
	w.clickRow(1, "3")
	w.tapWords(w.say("rows.command.separate"))
	w.waitFor(w.say("decide.ask.separate.text"))
	w.tap(w.say("rows.command.separate"))
	w.waitFor(w.say("decide.done.separate", 1))
	w.shot("separated")
	w.key("ctrl+z")
	w.waitFor(w.say("decide.back", 1))
	w.tap(w.say("rows.back"))
	if now := w.counter(w.say("counters.matched")); now != matched {
		t.Errorf("%s are matched after taking back, before %s", now, matched)
	}

	w.tap(w.say("undo.open"))
	w.waitFor(w.say("undo.title"))
	w.waitFor(w.lead("undo.confirm", 0))
	w.shot("undo")
	w.click("confirm the undo", func(s gui.Screen) (gui.Place, bool) { return ending(s, w.say("undo.confirm", 0)[2:]) })
	w.waitLong(longEnough, w.say("runs.none.standing"))
	w.shot("undone")
	w.tap(w.say("menu.history"))
	w.waitFor(w.say("history.text"))
	w.shot("history")
	w.close()
	t.Logf("before %v", before)
	if after := world.ctl(world.data, "status")["transfer"]; after != nil {
		t.Errorf("the transfer was undone, and still stands: %v", after)
	}
}

// offers tells whether a button can be pressed now.
func (w *window) offers(label string) bool {
	s, err := w.look()
	return err == nil && slices.ContainsFunc(s.Places, func(p gui.Place) bool { return p.Taps && p.Text == label && !p.Disabled })
}

// waiting is how the panel says how many rows wait.
func (w *window) waiting(n int) string {
	return fmt.Sprintf("%s%s", "karar bekleyen ", w.say("rows.count", n)[:len(w.say("rows.count", n))-len(" ürün")])
}

// clickRow clicks on row n, counted from 1, of the list in view.
func (w *window) clickRow(n int, button string) {
	w.t.Helper()
	var top gui.Place
	w.expect("rows", patience, func(s gui.Screen) bool {
		for _, p := range s.Places {
			if p.Type == "activeLine" || p.Type == "listItem" { // rows that take commands, and those that are only chosen
				top = p
				return true
			}
		}
		return false
	})
	w.moveTo(top.Area.X+120, top.Area.Y+(float32(n)-0.5)*(top.Area.H+1))
	w.run("xdotool", "click", button)
}

// ending finds the thing whose words end with text.
func ending(s gui.Screen, text string) (gui.Place, bool) {
	for _, p := range s.Places {
		if p.Taps && len(p.Text) > len(text) && p.Text[len(p.Text)-len(text):] == text {
			return p, true
		}
	}
	return gui.Place{}, false
}
