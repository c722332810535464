//go:build e2e && linux

package main_test

import (
	"fmt"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// TestFrame_opensWithinTheScreen opens the window on screens that are smaller than its first size, and works it there.
func TestFrame_opensWithinTheScreen(t *testing.T) {
	for _, c := range []struct{ screen, scale string }{{"1024x600", "1"}, {"1366x768", "1.25"}} {
		t.Run(c.screen+" at "+c.scale, func(t *testing.T) {
			album := "e2e/frame-" + c.screen
			emptyAlbum(t, album)
			d := newScreenDesktop(t, c.scale, c.screen+"x24")
			w := d.open(albumDir(t, album), "tr", "--demo", "--data", filepath.Join(d.home, "data"))
			w.waitFor(w.say("today.welcome"))
			before := w.size()
			var width, height, most, high int
			if _, err := fmt.Sscanf(before+" "+strings.ReplaceAll(c.screen, "x", " "), "%d %d %d %d", &width, &height, &most, &high); err != nil {
				t.Fatal(err)
			}
			if width > most || height > high {
				t.Errorf("the window is %s on a screen of %s", before, c.screen)
			}
			w.shot("today")
			for n := 1; n <= 6; n++ {
				w.section(n)
				w.waitFor(strconv.Itoa(n) + "  " + w.say("section."+strconv.Itoa(n)))
				w.shot("section-" + strconv.Itoa(n))
				if after := w.size(); after != before {
					t.Errorf("section %d: the window went from %s to %s", n, before, after)
				}
			}
			w.close()
		})
	}
}

// TestFrame_looks leaves pictures of what stands around the pages, light and dark.
func TestFrame_looks(t *testing.T) {
	for _, theme := range []string{"light", "dark"} {
		t.Run(theme, func(t *testing.T) {
			album := "e2e/frame-" + theme
			emptyAlbum(t, album)
			world := newWorld(newDesktop(t), demoSupply(t))
			world.ctl(world.data, "catalogue", "import", world.catalogue)
			for _, name := range []string{"Alfa A.Ş.", "Ilgaz Gıda", "İnci Tekstil", "Öteki Ticaret"} {
				world.ctl(world.data, "company", "add", name)
			}
			w := world.window(album, "tr", "--theme", theme)
			w.waitFor(w.say("today.welcome"))
			w.shot("1-first-run")
			w.tap(w.say("today.authorise"))
			w.waitFor(w.say("invalid.required"))
			w.typeIn(w.say("api.key"), world.key)
			w.key("Return") // Enter in the key's field goes on as the blue button does
			w.waitFor(w.say("wizard.browser.text"))
			w.consent("İzin ver")
			w.confirmFirm()
			w.startTransfer()
			w.finishTransfer(longEnough)
			w.tap(w.say("menu.today"))
			w.waitFor(w.say("today.undecided.verb"))
			w.shot("2-today")
			w.tap(w.say("companies.title"))
			w.waitFor(w.say("companies.count", 5))
			w.gone(w.say("light.unknown"))
			w.shot("3-companies")
			w.key("ctrl+k")
			w.waitFor(w.say("jump.title"))
			w.typeText("öte")
			w.shot("3-jump")
			w.key("Return")
			w.waitFor(w.say("today.welcome")) // of a company that knows no İşbaşı yet
			w.choose(w.say("company.pick"), "Firmam")
			w.waitFor(w.say("today.undecided.verb"))
			for _, page := range []string{"menu.erp", "menu.markets", "menu.products", "menu.help"} {
				w.tap(w.say(page))
				w.shot("3-" + page)
			}
			w.key("Tab", "Tab", "Tab", "4") // from a button far from the page
			w.waitFor("4  " + w.say("section.4"))
			w.shot("4-section")
			w.resize(960, 540+28)
			w.tap(w.say("menu.today"))
			w.shot("5-small-today")
			w.close()
		})
	}
}

// size is that of the X window in pixels: "1180 760".
func (w *window) size() string {
	w.t.Helper()
	var width, height string
	for line := range strings.Lines(w.run("xdotool", "getwindowgeometry", "--shell", w.id)) {
		name, value, _ := strings.Cut(strings.TrimSpace(line), "=")
		switch name {
		case "WIDTH":
			width = value
		case "HEIGHT":
			height = value
		}
	}
	return width + " " + height
}
