//go:build e2e && linux

package main_test

import (
	"slices"
	"strconv"
	"strings"

	"github.com/sopyo/sopyo-desktop/gui"
)

// decisions goes through what a person decides after a transfer; it undoes nothing.
func (v *tour) decisions() {
	v.t.Helper()
	v.section(6)
	v.tap(v.say("runs.all"))
	v.waitFor(v.say("runs.when"))
	v.overBars()
	v.stop("transfers-list")
	v.key("Escape")
	v.tapDecide()
	v.stop("decide-groups")
	v.tapNumbered("group.create")
	v.waitFor(v.say("group.taken"))
	v.stop("decide-create-group")
	v.tap(v.say("cancel"))
	v.gone(v.say("group.taken"))
	v.tap(v.say("group.each"))
	v.waitFor(v.say("decide.head.code"))
	v.stop("decide-group-each")
	v.key("Escape")
	v.waitFor(v.say("group.new"))
	v.key("Escape")
	v.tap(v.say("counters.unmatched"))
	v.waitFor(v.say("decide.start"))
	v.tapLead(v.say("rows.part.all"))
	v.stop("rows-parts")
	v.key("Escape")
	v.clickRow(1, "1")
	v.run("xdotool", "key", "space", "Down", "space", "Shift_L+Down", "Shift_L+Down")
	v.tapLead(v.say("rows.commands"))
	v.stop("rows-marked")
	v.key("Escape", "Escape")

	v.tap(v.say("decide.start"))
	v.waitFor(v.say("decide.head.code"))
	v.stop("decide")
	v.tap(v.say("rows.command.ignore"))
	v.waitFor(v.say("decide.take-back"))
	v.stop("decide-next")
	v.typeIn(v.say("decide.search"), "çay")
	v.gone(v.say("decide.suggestions"))
	v.stop("decide-search")
	v.key("Escape", "Escape")
	v.part("ambiguous")
	v.part("conflict")
	v.back()

	v.tap(v.say("counters.matched"))
	v.waitFor(v.say("rows.back"))
	v.clickRow(1, "3")
	v.waitFor(v.say("rows.command.separate"))
	v.stop("rows-menu")
	v.tapWords(v.say("rows.command.separate"))
	v.waitFor(v.say("cancel"))
	v.stop("separate")
	v.tap(v.say("cancel"))
	v.back()
	v.tap(v.say("undo.open"))
	v.waitFor(v.lead("undo.confirm", 0))
	v.stop("undo")
	v.tap(v.say("rows.back"))
}

// part opens the first decision of a part of the unmatched rows, if it has one.
func (v *tour) part(name string) {
	v.t.Helper()
	v.click("the choice of parts", func(s gui.Screen) (gui.Place, bool) { return field(s, v.say("rows.search"), "Select") })
	v.tapWords(v.say("rows.part." + name))
	v.stop("rows-" + name)
	if v.sees(v.say("rows.none.part." + name)) {
		return
	}
	v.tap(v.say("decide.start"))
	v.waitFor(v.say("decide.head.code"))
	v.stop("decide-" + name)
	v.key("Escape")
	v.waitFor(v.say("decide.start"))
}

// tapDecide opens what waits for a decision, from under the cards.
func (v *window) tapDecide() {
	v.t.Helper()
	v.tapNumbered("became.decide")
	v.waitFor(v.say("group.list"))
}

// tapNumbered clicks on the button of a key, whatever number stands in it.
func (v *window) tapNumbered(key string) {
	v.t.Helper()
	before, behind, _ := strings.Cut(v.say(key, 0), "0")
	v.click("tap "+key, func(s gui.Screen) (gui.Place, bool) {
		i := slices.IndexFunc(s.Places, func(p gui.Place) bool {
			return p.Taps && strings.HasPrefix(p.Text, before) && strings.HasSuffix(p.Text, behind)
		})
		if i < 0 {
			return gui.Place{}, false
		}
		return s.Places[i], true
	})
}

// tapWords clicks on the words that begin with text: the options of a drop-down take no clicks themselves.
func (v *window) tapWords(text string) {
	v.t.Helper()
	v.click("tap the words "+strconv.Quote(text), func(s gui.Screen) (gui.Place, bool) {
		i := slices.IndexFunc(s.Places, func(p gui.Place) bool { return strings.HasPrefix(p.Text, text) })
		if i < 0 {
			return gui.Place{}, false
		}
		return s.Places[i], true
	})
}

func (v *tour) back() {
	v.t.Helper()
	v.tap(v.say("rows.back"))
	v.waitFor(v.say("report.open"))
}

// overBars leaves the mouse on the last bar of the chart.
func (v *tour) overBars() {
	v.t.Helper()
	v.point("the chart", func(s gui.Screen) (gui.Place, bool) {
		for _, p := range s.Places {
			if p.Type == "Bars" {
				p.Area.W = 60
				return p, true
			}
		}
		return gui.Place{}, false
	})
}
