//go:build e2e && linux

package main_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/gui"
)

// TestEndToEnd_sync switches the sync of stock and prices on in the window, changes both sides, decides what waits, and
// answers a brake. What arrived where is asked of sopyoctl, while the window is closed, and of the stand-in's own
// interface.
func TestEndToEnd_sync(t *testing.T) {
	for _, lang := range []string{"tr", "en"} {
		t.Run(lang, func(t *testing.T) {
			album := "e2e/sync-" + lang
			emptyAlbum(t, album)
			d := newDesktop(t)
			shop := &syncShop{t: t, dir: d.home, n: 60}
			shop.write("books.csv", nil)
			world := newWorld(d, supply{flags: []string{"-products", shop.path("books.csv"), "-allow-stock"}})
			world.signIn(world.data)
			world.ctl(world.data, "settings", "set", "integration=on", "currency=TRY")
			world.ctl(world.data, "import", "--unmatched", "created")

			s := &syncTest{window: world.window(album, lang), world: world, clerk: world.clerk(), lang: lang, album: album}
			s.switchOn()
			s.ownByTheLater()
			s.changeBothSides()
			s.decideTheJump()
			s.brake()
			s.close()
			world.searchFor(world.secrets())
		})
	}
}

type syncTest struct {
	*window
	world       *world
	clerk       *clerk
	lang, album string
	shots       int
}

// closed closes the window, has check ask sopyoctl, and opens the window at Eşitleme again.
func (s *syncTest) closed(check func()) {
	s.t.Helper()
	s.close()
	check()
	s.window = s.world.window(s.album, s.lang)
	s.tap(s.say("menu.sync"))
	s.waitFor(s.say("sync.runs.last"))
}

// step takes the next picture.
func (s *syncTest) step(name string) {
	s.t.Helper()
	s.shots++
	s.shot(fmt.Sprintf("%02d-%s", s.shots, name))
}

// switchOn chooses both ways, asks whether stock may be written, and waits for the first sync, which begins by itself
// and finds both sides equal.
func (s *syncTest) switchOn() {
	s.t.Helper()
	s.tap(s.say("menu.sync"))
	s.waitFor(s.say("sync.none.ways"))
	s.step("both-ways-closed")
	s.tap(s.say("sync.to-process"))
	s.waitFor(s.say("process.pull"))
	s.pick(s.say("process.pull"), s.say("yes"))
	s.tap(s.say("push.both"))
	s.waitFor(s.say("flow.stock.unasked"))
	s.hover(s.say("flow.stock.ask")) // brings it into view
	s.step("stock-unasked")
	s.tap(s.say("flow.stock.ask"))
	s.gone(s.say("flow.stock.unasked"))
	s.tap(s.say("save"))
	s.waitFor(s.lead("saved", "0"))
	s.step("switched-on")
	s.tap(s.say("menu.sync"))
	s.waitLong(time.Minute, s.say("sync.runs.last"))
	s.ended()
	s.step("first-sync")
	s.closed(func() {
		first := s.ctl("sync", "show")
		if first["state"] != "done" || first["compared"] != 120.0 || first["unchanged"] != 120.0 || first["api_writes"] != 0.0 {
			s.t.Errorf("the first sync: %v", first)
		}
		s.same("after the first sync")
	})
}

// ended waits until no sync works, and the frame knows.
func (s *syncTest) ended() {
	s.t.Helper()
	s.gone(s.say("sync.stop"))
	s.gone(s.say("work.one"))
	s.waitFor(s.say("sync.start"))
}

// ownByTheLater gives a price that both sides have changed to the one that changed it last.
func (s *syncTest) ownByTheLater() {
	s.t.Helper()
	s.tap(s.say("sync.settings"))
	s.waitFor(s.say("sync.settings.title"))
	s.choose(s.say("sync.owner.price"), s.say("sync.owner.later"))
	s.step("settings")
	s.tap(s.say("save"))
	s.waitFor(s.lead("saved", "0"))
	s.key("Escape")
	s.waitFor(s.say("sync.start"))
}

// changeBothSides changes prices and stocks here and there, one price on both sides, and one tenfold.
func (s *syncTest) changeBothSides() {
	s.t.Helper()
	s.clerk.price("URN-0003", "75")
	s.clerk.enter("URN-0004", 6)
	s.clerk.price("URN-0005", "95")
	s.clerk.price("URN-0006", "999")
	s.tap(s.say("menu.products"))
	s.edit("URN-0001", "products.price", "54.5")
	s.edit("URN-0002", "products.stock", "11")
	s.edit("URN-0005", "products.price", "97.25")
	s.tap(s.say("menu.sync"))
	s.waitFor(s.say("sync.send"))
	s.step("edits-wait")
	s.tap(s.say("sync.start"))
	s.waitLong(time.Minute, s.say("sync.group", s.say("sync.why.jump"), 1))
	s.ended()
	s.step("synced")

	s.closed(s.changed)
	s.tap(s.say("sync.occasion.person"))
	s.waitFor(s.say("sync.undo"))
	s.step("run")
	s.tap("URN-0005")
	s.waitFor(s.lead("sync.loser", "0"))
	s.step("run-loser")
	s.key("Escape")
	s.waitFor(s.say("sync.start"))
}

// edit types a number of a product of the catalogue and saves it by Enter.
func (s *syncTest) edit(code, field, number string) {
	s.t.Helper()
	s.waitFor(s.say("products.columns"))
	s.typeIn(s.say("rows.search"), code)
	s.expect("the row of "+code, patience, func(now gui.Screen) bool {
		first := slices.IndexFunc(now.Places, func(p gui.Place) bool { return p.Type == "activeLine" })
		return first >= 0 && within(now, now.Places[first], code)
	})
	s.clickRow(1, "1")
	s.key("Return")
	s.waitFor(s.say("products.save"))
	if s.lang == "tr" {
		number = strings.Replace(number, ".", ",", 1)
	}
	s.typeIn(s.say(field), number)
	s.key("Return")
	s.waitFor(s.lead("saved", "0"))
	s.step("edit-" + code)
	s.key("Escape")
}

// decideTheJump takes the price that was held, in the list of what waits.
func (s *syncTest) decideTheJump() {
	s.t.Helper()
	s.tap(s.say("sync.list"))
	s.waitFor(s.say("sync.remember"))
	s.tap("URN-0006")
	s.step("waiting")
	s.tap(s.say("sync.verdict.isbasi"))
	s.waitFor(s.say("sync.decided", 1), s.say("sync.waiting.none"))
	s.step("decided")
	s.key("Escape")
	s.waitFor(s.say("sync.waiting.fine"))
	s.closed(func() {
		s.holds("the catalogue", s.catalogue(), map[string]value{"URN-0006": {"999", "10"}})
		s.same("after the decision")
		if open := s.ctl("sync", "open"); open["total"] != 0.0 {
			s.t.Errorf("there waits %v", open)
		}
	})
}

// brake has İşbaşı change a third of the prices: nothing is written until a person says so.
func (s *syncTest) brake() {
	s.t.Helper()
	before := s.clerk.products() // as the catalogue's
	want := maps.Clone(before)
	for i := 21; i <= 40; i++ {
		code := fmt.Sprintf("URN-%04d", i)
		dearer := decimal.RequireFromString(before[code].price).Mul(decimal.RequireFromString("1.1")).Round(2).String()
		s.clerk.price(code, dearer)
		want[code] = value{dearer, before[code].stock}
	}
	s.tap(s.say("sync.start"))
	s.waitLong(time.Minute, s.say("sync.brake.title"), s.say("sync.brake.prices", 60, 20, 12))
	s.gone(s.say("sync.stop"))
	s.step("brake")
	s.closed(func() {
		s.holds("the catalogue at the brake", s.catalogue(), before)
		if run := s.ctl("sync", "show"); run["state"] != "braked" || run["api_writes"] != 0.0 {
			s.t.Errorf("at the brake: %v", run)
		}
	})
	s.waitFor(s.say("sync.brake.title"))
	s.tap(s.say("sync.brake.accept"))
	s.gone(s.say("sync.brake.title"))
	s.waitLong(time.Minute, s.say("sync.done", s.say("sync.pulled.price", 20)))
	s.ended()
	s.step("brake-applied")
	s.closed(func() {
		s.holds("the catalogue", s.catalogue(), want)
		s.same("after the brake")
	})
}
