//go:build e2e && linux

package main_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
	"unicode"

	"github.com/sopyo/sopyo-desktop/gui"
)

// TestTour goes to every screen and dialog and leaves a picture of each in build/tour/LOOK. A new screen
// adds its stop here.
func TestTour(t *testing.T) {
	eachLook(t, "", "tr-light tr-dark en-light en-dark tr-light-960x540 tr-light-1920x1080 tr-light@1.25 tr-light@2", func(t *testing.T, l look, album string) {
		world := newWorld(l.desktop(t), demoSupply(t))
		world.ctl(world.data, "catalogue", "import", world.catalogue)
		tour := l.tour(world, album)
		tour.beforeSignIn()
		tour.signIn()
		tour.forms()
		tour.transfer()
		tour.counters()
		tour.mail()
		tour.prices()
		tour.decisions()
		tour.products()
		tour.files()
		tour.frame()
		tour.close()
	})
}

type tour struct {
	*window
	world *world
	in    look
	stops int
}

// stop takes the next picture, of a page that is in order and whose lists have come.
func (v *tour) stop(name string) {
	v.t.Helper()
	v.stops++
	v.gone(v.say("rows.loading"))
	file := v.shot(fmt.Sprintf("%02d-%s", v.stops, name))
	v.expect("look at "+name, patience, func(s gui.Screen) bool {
		for _, fault := range s.Faults {
			v.t.Errorf("%s: %s", file, fault)
		}
		v.note(fmt.Sprintf("%s\t%d\n", filepath.Base(file), wordsOnPage(s)))
		return true
	})
}

// note adds a line to words.txt of the album: how many words each of its pages has.
func (v *tour) note(line string) {
	v.t.Helper()
	f, err := os.OpenFile(filepath.Join(v.album, "words.txt"), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err == nil {
		_, err = f.WriteString(line)
		err = errors.Join(err, f.Close())
	}
	if err != nil {
		v.t.Fatal(err)
	}
}

// wordsOnPage counts the words right of the menu and below the header, scrolled out of view or not; of a dialog all of them.
func wordsOnPage(s gui.Screen) (n int) {
	for _, p := range s.Places {
		if p.Type == "Text" && p.Area.X >= menuWidth && p.Area.Y >= headerEnd-menuBar {
			for _, word := range strings.Fields(p.Text) {
				if strings.ContainsFunc(word, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) {
					n++
				}
			}
		}
	}
	return n
}

// passing takes the next picture of something that moves.
func (v *tour) passing(name string) {
	v.t.Helper()
	v.stops++
	v.snap(fmt.Sprintf("%02d-%s", v.stops, name))
}

func (v *tour) beforeSignIn() {
	v.t.Helper()
	v.waitFor(v.say("today.welcome"))
	v.stop("today-first-run")
	for n := 1; n <= 6; n++ {
		v.section(n)
		v.waitFor(strconv.Itoa(n) + "  " + v.say("section."+strconv.Itoa(n)))
		if key := map[int]string{1: "guide.video", 3: "process.push.unset", 5: "counters.none", 6: "counters.none"}[n]; key != "" {
			v.waitFor(v.say(key))
		}
		v.stop("first-section-" + strconv.Itoa(n))
	}
}

func (v *tour) signIn() {
	v.t.Helper()
	v.section(2)
	v.tap(v.say("api.authorise"))
	v.tap(v.say("wizard.way.account"))
	v.waitFor(v.say("wizard.password"))
	v.stop("sign-in-account")
	v.tap(v.say("wizard.way.browser"))
	v.tap(v.say("wizard.next"))
	v.waitFor(v.say("invalid.required"))
	v.stop("sign-in-empty")
	v.typeIn(v.say("api.key"), v.world.key)
	v.tap(v.say("wizard.next"))
	v.tap(v.say("wizard.byhand"))
	v.waitFor(v.say("wizard.pasted"))
	v.stop("sign-in-browser")
	page := v.consent("İzin ver")
	v.waitFor(v.say("wizard.this"))
	v.stops++
	page.shot(fmt.Sprintf("%s/%02d-sign-in-page.png", v.album, v.stops))
	v.stop("sign-in-firm")
	v.tap(v.say("wizard.yes"))
	v.waitFor(v.say("light.open") + " · ")
	v.section(2) // what comes next is in view
	v.waitFor(v.say("api.again"))
	v.stop("authorised")
	v.tap(v.say("api.test"))
	v.waitFor(v.say("api.works"))
	v.stop("connection-tested")
	v.tap(v.say("api.forget"))
	v.waitFor(v.say("forget.title"))
	v.stop("forget")
	v.tap(v.say("forget.no"))
	v.gone(v.say("forget.title"))
}

func (v *tour) forms() {
	v.t.Helper()
	v.section(3)
	v.waitFor(v.say("process.push.unset")) // what is kept has come, and nothing moves any more
	v.tap(v.say("push.both"))
	v.key("F1")
	v.waitFor(v.say("process.push.help"))
	v.stop("process-help")
	v.hoverHelp(v.say("process.currency"))
	v.waitFor(v.say("process.currency.help"))
	v.stop("process-hover")
	v.section(4)
	v.waitFor(v.say("leave.title"))
	v.stop("leave")
	v.tap(v.say("leave.stay"))
	v.pick(v.say("process.formal"), v.say("yes"))
	v.waitFor(v.say("formal.title"))
	v.tap(v.say("formal.yes"))
	v.stop("formalise")
	v.tap(v.say("formal.no"))
	v.pick(v.say("process.pull"), v.say("yes"))
	v.hover(v.say("flow.unset"))
	v.stop("process-directions")
	v.tap(v.say("save"))
	v.waitFor(v.lead("saved", "0"))
	v.stop("process-saved")

	v.section(4)
	v.tap(v.say("rule.percent"))
	v.typeIn(v.say("rule.value"), "12,5")
	v.typeIn(v.say("rule.extra"), "20")
	v.choose(v.say("rule.ending"), v.say("rule.ending.90"))
	v.hoverHelp(v.say("rule.extra"))
	v.waitFor(v.say("rule.extra.help"))
	v.stop("price-rule")
	v.typeIn(v.say("rule.value"), "on iki")
	v.stop("price-wrong")
	v.typeIn(v.say("rule.value"), "12,5")
	v.pick(v.say("price.per"), v.say("yes"))
	v.waitFor(v.say("price.search"))
	v.stop("price-each")
	v.pick(v.say("price.per"), v.say("no"))
	v.tap(v.say("save"))
	v.waitFor(v.say("price.sharp.title"))
	v.stop("price-sharp")
	v.tap(v.say("price.sharp.save"))
	v.waitFor(v.lead("saved", "0"))
	v.stop("price-saved")
	v.tap(v.say("price.earlier"))
	v.waitFor(v.say("price.earlier.first"))
	v.stop("price-earlier")
	v.section(5)
	v.tap(v.say("leave.discard"))
}

// secondPageWaits is a stand-in that leaves a transfer half read until it is restarted.
const secondPageWaits = "delay route=products/products page=2 delay=10m"

func (v *tour) transfer() {
	v.t.Helper()
	v.section(5)
	v.waitFor(v.say("transfer.start"))
	v.stop("transfer-ready")
	v.tap(v.say("transfer.start"))
	v.waitFor(v.say("wizard.title"))
	v.stop("transfer-wizard")
	v.tap(v.say("wizard.change"))
	v.waitFor(v.say("wizard.match"))
	v.stop("transfer-options")
	v.tap(v.say("ok"))
	v.tap(v.say("wizard.rules.open"))
	v.waitFor(v.say("rules.title"))
	v.stop("transfer-rules")
	v.tap(v.say("wizard.back"))
	v.tap(v.say("wizard.preview.start"))
	v.waitFor(v.say("wizard.preview.offer"))
	v.stop("transfer-cost")
	v.world.restartBooks(secondPageWaits)
	v.tap(v.say("wizard.approve"))

	v.waitFor(v.say("status.reading"))
	v.passing("transfer-reading")
	v.askClose(v.say("close.title"))
	v.passing("close")
	v.tap(v.say("close.stay"))
	v.tap(v.say("status.stop"))
	v.waitFor(v.say("transfer.go-on"))
	v.stop("transfer-stopped")
	v.world.stopBooks()
	v.tap(v.say("transfer.go-on"))
	v.waitLong(time.Minute, v.say("error.network.what")) // it tries for a while by itself
	v.stop("transfer-paused")
	v.world.restartBooks()
	v.tap(v.say("transfer.go-on"))
	if v.reach(v.say("transfer.done"), v.say("transfer.reauthorise")) == 1 {
		v.stop("transfer-signed-out")
		v.tap(v.say("transfer.reauthorise"))
		v.beginSignIn("")
		v.consent("İzin ver")
		v.confirmFirm()
		v.section(5)
		v.tap(v.say("transfer.go-on"))
	}
	v.waitLong(time.Minute, v.say("transfer.done"))
	v.stop("transfer-done")

	v.tap(v.say("transfer.start"))
	v.tap(v.say("wizard.preview.start"))
	v.waitFor(v.say("wizard.preview.offer"))
	v.tap(v.say("wizard.preview.start"))
	v.reach(v.say("status.stop"), v.say("plan.save"))
	v.passing("preview-reading")
	v.waitLong(time.Minute, v.say("plan.save"))
	v.stop("preview")
	v.tap(v.say("plan.save"))
	v.waitFor(v.say("rows.show-folder"))
	v.stop("preview-saved")
	v.tap(v.say("wizard.cancel"))
	v.waitFor(v.say("plan.ready"))
	v.stop("preview-ready")
}

func (v *tour) counters() {
	v.t.Helper()
	v.section(6)
	all := strings.Replace(v.say("rows.count", 0), "0", v.counter(v.say("counters.unmatched")), 1)
	v.stop("counters")
	for _, list := range []string{"transferred", "matched", "unmatched", "skipped"} {
		if list == "skipped" {
			v.tapLead(v.say("counters.skipped") + ":") // a quiet line under the cards
		} else {
			v.tap(v.say("counters." + list))
		}
		v.waitFor(v.say("rows.back"))
		v.stop("rows-" + list)
		if list == "unmatched" {
			v.clickRow(1, "1")
			v.gone(v.say("rows.pick"))
			v.stop("rows-picked")
			v.typeIn(v.say("rows.search"), "şeker")
			v.gone(all)
			v.stop("rows-found")
			v.tap(v.say("rows.export"))
			v.waitFor(v.say("rows.show-folder"))
			v.stop("rows-exported")
			v.typeIn(v.say("rows.search"), "böyle bir ürün yok")
			v.waitFor(v.say("rows.none.search", "böyle bir ürün yok"))
			v.stop("rows-not-found")
		}
		v.tap(v.say("rows.back"))
	}
}

func (v *tour) products() {
	v.t.Helper()
	v.tap(v.say("menu.products"))
	v.waitFor(v.say("products.add"), v.say("products.columns"))
	v.stop("products")
	v.tap(v.say("products.add"))
	v.waitFor(v.say("products.save"))
	v.stop("product-new")
	v.key("Escape")
	v.waitFor(v.say("products.columns"))
	v.key("ctrl+b")
	v.waitFor(v.say("doctor.again"))
	v.gone(v.say("doctor.looking"))
	v.stop("doctor")
	v.tap(v.say("doctor.pad"))
	v.waitFor(v.say("doctor.pad.title"))
	v.gone(v.say("doctor.pad.counting"))
	v.stop("doctor-zeros")
	v.key("Escape")
	v.gone(v.say("doctor.pad.title"))
	v.key("Escape")
	v.waitFor(v.say("products.columns"))
}

func (v *tour) files() {
	v.t.Helper()
	v.key("ctrl+o")
	v.waitFor(v.say("import.open"))
	v.stop("import-choose")
	v.typeIn(v.say("import.path.hint"), v.world.catalogue)
	v.tap(v.say("import.open"))
	v.waitFor(v.say("import.columns"), v.say("import.plan.promise"))
	v.stop("import-mapping")
	v.tap(v.say("import.take"))
	v.waitFor(v.say("import.to-products"))
	v.stop("import-done")
	v.tap(v.say("import.to-products"))
	v.waitFor(v.say("products.columns"))
	v.tap(v.say("menu.history"))
	v.waitFor(v.say("history.text"))
	v.stop("history")
	v.tap(v.say("menu.erp"))
	v.tap(v.say("isbasi.settings"))
}

func (v *tour) frame() {
	v.t.Helper()
	v.tap(v.say("menu.today"))
	v.waitFor(v.say("today.undecided.verb"))
	v.stop("today")
	v.tap(v.say("menu.markets"))
	v.waitFor(v.say("markets.text"))
	v.stop("markets")
	v.section(1)
	v.waitFor(v.say("guide.imported.done"))
	v.stop("guide-done")
	v.tap(v.say("guide.read"))
	v.waitFor(v.say("guide.back"))
	v.stop("guide")
	v.tap(v.say("guide.back"))
	v.tap(v.say("menu.erp"))
	v.waitFor(v.say("erp.text"))
	v.stop("erp")
	v.tap(v.say("menu.help"))
	v.tap(v.say("menu.about"))
	v.waitFor(v.say("about.licence"))
	v.stop("about")
	bar := map[string][]float32{"tr": {35, 100, 170}, "en": {22, 60, 105}}
	for i, x := range bar[v.in.lang] { // the menu bar is no part of the window's content
		v.moveTo(x, 14)
		if i == 0 {
			v.run("xdotool", "click", "1")
		}
		v.stop("menu-" + strconv.Itoa(i+1))
	}
	v.moveTo(700, 500)
	v.run("xdotool", "click", "1")
	v.tap(v.say("menu.erp"))
	v.tap(v.say("isbasi.settings"))

	v.resize(960, 540+menuBar)
	for n := 1; n <= 6; n++ {
		v.section(n)
		v.waitFor(strconv.Itoa(n) + "  " + v.say("section."+strconv.Itoa(n)))
		v.stop("small-section-" + strconv.Itoa(n))
	}
	v.second()
}

// second starts the program once more while the first one hangs: it says so.
func (v *tour) second() {
	v.t.Helper()
	v.signal(syscall.SIGSTOP)
	cmd := v.command(program(v.t, "sopyo"), "--data", v.world.data, "--lang", v.in.lang, "--theme", v.in.theme)
	ended := v.spawn(cmd)
	v.until("second window", func() bool {
		out, err := v.command("xdotool", "search", "--onlyvisible", "--pid", strconv.Itoa(cmd.Process.Pid)).Output()
		return err == nil && len(out) > 0
	})
	v.passing("window-hung")
	if err := cmd.Process.Kill(); err != nil {
		v.t.Fatal(err)
	}
	<-ended
	v.signal(syscall.SIGCONT)
}
