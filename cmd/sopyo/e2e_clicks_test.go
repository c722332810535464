//go:build e2e && linux

package main_test

import (
	"testing"
	"time"
)

// The bars of the interface: presses of the mouse, the browser's and drops among them.
const (
	mostFirst  = 9 // from an empty folder to the numbers, beside typing the key
	mostAgain  = 2 // the same on the next day
	mostOrders = 4 // three orders of a file as drafts at İşbaşı
)

// counted does something and checks how many clicks it took. Nothing is to be scrolled for.
func (w *window) counted(what string, most int, do func()) {
	w.t.Helper()
	before := w.hand
	do()
	took := w.hand.since(before)
	w.t.Logf("%s: %s (most: %d clicks)", what, took, most)
	if took.clicks > most || took.turns > 0 {
		w.t.Errorf("%s took %s; at most %d clicks are allowed", what, took, most)
	}
}

// TestHand_countsWhatIsPressed reads command lines of xdotool.
func TestHand_countsWhatIsPressed(t *testing.T) {
	var h hand
	h.see([]string{"mousemove", "--window", "7", "1", "2"})
	h.see([]string{"click", "1"})
	h.see([]string{"click", "--repeat", "30", "--delay", "10", "5"})
	h.see([]string{"click", "1", "key", "space", "Down", "ctrl+a"})
	h.see([]string{"keydown", "Shift_L", "key", "Down", "keyup", "Shift_L"})
	h.see([]string{"key", "--clearmodifiers", "Return"})
	if want := (hand{clicks: 2, keys: 6, turns: 30}); h != want {
		t.Errorf("counted %s, want %s", h, want)
	}
}

// TestEndToEnd_clicks goes the shortest ways that the window shows, as a person who follows its blue buttons does, and
// counts.
func TestEndToEnd_clicks(t *testing.T) {
	emptyAlbum(t, "e2e/clicks")
	world := newWorld(newDesktop(t), demoSupply(t), "-n", "1200", "-seed", "1")

	w := world.window("e2e/clicks", "tr")
	w.waitFor(w.say("today.welcome"))
	w.counted("from an empty folder to the numbers, by the blue buttons", mostFirst, func() {
		w.typeText(world.key)
		w.tap(w.say("today.authorise"))
		w.consentAndConfirm()
		w.setUp()
		w.tap(w.say("transfer.start"))
		w.tap(w.say("wizard.approve"))
		w.waitLong(longEnough, w.say("transfer.done"))
	})
	w.shot("first")
	if n := w.counter(w.say("counters.transferred")); n == "0" {
		t.Error("nothing was transferred")
	}
	w.close()

	w = world.window("e2e/clicks", "tr")
	w.waitFor(w.say("transfer.done"))
	before := world.ctl(world.data, "transfer", "list")
	w.counted("the same again on the next day", mostAgain, func() {
		w.tap(w.say("transfer.start"))
		w.tap(w.say("wizard.approve"))
		w.until("a second transfer is done", func() bool {
			now := world.ctl(world.data, "transfer", "list")
			return len(objects(now, "transfers")) > len(objects(before, "transfers"))
		})
		w.waitLong(longEnough, w.say("transfer.done"))
	})
	w.shot("again")
	w.close()
}

// TestEndToEnd_clicksWithFile is the first evening of a shop that has its products in a file: the numbers are green then.
func TestEndToEnd_clicksWithFile(t *testing.T) {
	emptyAlbum(t, "e2e/clicks-file")
	world := newWorld(newDesktop(t), demoSupply(t), "-n", "1200", "-seed", "1")
	w := world.window("e2e/clicks-file", "tr")
	w.waitFor(w.say("today.welcome"))
	w.counted("from an empty folder and a file to green numbers", mostFirst, func() {
		w.drop(world.catalogue)
		w.tap(w.say("import.take"))
		w.waitFor(w.say("import.to-products"))
		w.shot("taken")
		w.tap(w.say("section.next", w.say("menu.today")))
		w.waitFor(w.say("today.authorise"))
		w.typeText(world.key)
		w.tap(w.say("today.authorise"))
		w.consentAndConfirm()
		w.section(5)
		w.tap(w.say("transfer.start"))
		w.tap(w.say("wizard.approve"))
		w.waitLong(longEnough, w.say("transfer.done"))
	})
	if n := w.counter(w.say("counters.matched")); n == "0" {
		t.Error("nothing is green")
	}
	w.shot("green")
	w.close()
}

// TestEndToEnd_clicksForOrders makes drafts of the orders of a file.
func TestEndToEnd_clicksForOrders(t *testing.T) {
	emptyAlbum(t, "e2e/clicks-orders")
	d := newDesktop(t)
	shop := &syncShop{t: t, dir: d.home, n: 30}
	shop.write("books.csv", nil)
	world := newWorld(d, supply{flags: []string{"-products", shop.path("books.csv")}})
	world.signIn(world.data)
	world.ctl(world.data, "settings", "set", "integration=on", "currency=TRY")
	world.ctl(world.data, "import", "--unmatched", "created")
	orders := sales(false)
	for i := range orders {
		orders[i].district = "Kadıköy"
	}
	w := world.window("e2e/clicks-orders", "tr")
	w.waitFor(w.say("menu.orders"))
	w.counted("three orders of a file as drafts", mostOrders, func() {
		w.drop(world.trendyolFile("Siparişler.xlsx", orders...))
		w.tap(w.say("orders.take.go", 3))
		w.tap(w.say("orders.page.prepare.of", w.say("orders.page.prepare"), 3))
		w.tap(w.say("orders.plan.drafts", 3))
		w.waitLong(time.Minute, w.say("issued.drafted", 3))
	})
	w.shot("drafted")
	w.close()
}

// consentAndConfirm gives the consent in the browser and says yes to the firm: two clicks.
func (w *window) consentAndConfirm() {
	w.t.Helper()
	w.waitFor(w.say("wizard.browser.text"))
	w.consent("İzin ver")
	w.waitFor(w.say("wizard.this"))
	w.shot("firm")
	w.tap(w.say("wizard.yes"))
}

// setUp saves what sections 3 and 4 propose, and goes on to 5: four clicks.
func (w *window) setUp() {
	w.t.Helper()
	for n := 3; n <= 4; n++ {
		w.waitFor(w.title(n))
		w.tap(w.say("save"))
		w.tap(w.say("section.next", w.say("section."+string(rune('1'+n)))))
	}
	w.waitFor(w.title(5))
}

// title is how a section in view is headed.
func (w *window) title(n int) string {
	w.t.Helper()
	number := string(rune('0' + n))
	return number + "  " + w.say("section."+number)
}
