//go:build e2e && linux

package main_test

import (
	"fmt"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/sopyo/sopyo-desktop/assets"
	"github.com/sopyo/sopyo-desktop/gui"
)

// The main job in the words of the screen. say words a translation key in the window's language, so
// that the same steps work in both.

func (w *window) say(key string, args ...any) string {
	w.t.Helper()
	text, err := assets.NewText(w.lang)
	if err != nil {
		w.t.Fatal(err)
	}
	if !text.Has(key) {
		w.t.Fatalf("no words for %q", key)
	}
	return text.T(key, args...)
}

// lead words a key up to its first number, which is given as 0.
func (w *window) lead(key string, zeros ...any) string {
	w.t.Helper()
	lead, _, _ := strings.Cut(w.say(key, zeros...), "0")
	return lead
}

// section brings one of the six sections into view by its line in the section list, which stands behind the card of ERP Muhasebe.
func (w *window) section(n int) {
	w.t.Helper()
	name := w.say(fmt.Sprintf("section.%d", n))
	line := func(s gui.Screen) (gui.Place, bool) {
		for _, item := range s.Places {
			if item.Type == "Item" && within(s, item, name) && within(s, item, strconv.Itoa(n)) {
				return item, true
			}
		}
		return gui.Place{}, false
	}
	w.expect("a screen", patience, func(s gui.Screen) bool { return len(s.Places) > 0 })
	s, err := w.look()
	if _, there := line(s); err == nil && !there {
		w.tap(w.say("menu.erp"))
		w.tap(w.say("isbasi.settings"))
	}
	w.click("section "+name, line)
}

// beginSignIn opens the authorisation wizard and leaves its first step with the key typed; an empty one
// is the demo company's.
func (w *window) beginSignIn(key string) {
	w.t.Helper()
	w.section(2)
	w.tapOne(w.say("api.again"), w.say("api.authorise"))
	w.waitFor(w.say("wizard.account"))
	if key != "" {
		w.typeIn(w.say("api.key"), key)
	}
	w.shot("wizard-1-account")
	w.tap(w.say("wizard.next"))
}

// consent opens the page that the program asked for in a real browser and presses a button on it.
func (w *window) consent(button string) *chromium {
	w.t.Helper()
	page := w.openChromium()
	address := w.opened()
	if strings.HasSuffix(address, "/isbasi/done") { // that of a consent before
		address = w.opened()
	}
	page.visit(address)
	page.waitFor(button)
	page.shot(filepath.Join(w.album, "consent-1-asked.png"))
	page.tap(button)
	return page
}

// confirmFirm answers "is it this firm?" with yes, once its products are seen.
func (w *window) confirmFirm() {
	w.t.Helper()
	w.waitFor(w.say("wizard.this"))
	w.gone(w.say("firm.products.asking"))
	w.shot("wizard-3-firm")
	w.tap(w.say("wizard.yes"))
	w.gone(w.say("wizard.this"))
	w.waitFor(w.say("light.open") + " · ") // not "Bağlı değil"
	w.shot("authorised")
}

// authorise goes through the whole of the authorisation.
func (w *window) authorise(key string) {
	w.t.Helper()
	w.beginSignIn(key)
	w.waitFor(w.say("wizard.browser.text"))
	w.shot("wizard-2-browser")
	page := w.consent("İzin ver")
	w.waitFor(w.say("wizard.this"))
	page.shot(filepath.Join(w.album, "consent-2-given.png"))
	w.confirmFirm()
}

// startTransfer opens the transfer wizard and approves what it says: two clicks.
func (w *window) startTransfer() {
	w.t.Helper()
	w.section(5)
	w.waitFor(w.say("transfer.start"))
	w.shot("transfer-1-ready")
	w.tap(w.say("transfer.start"))
	w.waitFor(w.say("wizard.title"))
	w.shot("transfer-2-wizard")
	w.tap(w.say("wizard.approve"))
}

// finishTransfer waits for the end of a transfer and gives the three counters.
func (w *window) finishTransfer(limit time.Duration) (transferred, matched, unmatched string) {
	w.t.Helper()
	w.section(5) // one that was over before the window looked is not brought into view
	w.waitLong(limit, w.say("transfer.done"))
	w.shot("transfer-done")
	w.section(6)
	transferred = w.counter(w.say("counters.transferred"))
	matched = w.counter(w.say("counters.matched"))
	unmatched = w.counter(w.say("counters.unmatched"))
	w.shot("counters")
	return transferred, matched, unmatched
}
