//go:build e2e && linux

package main_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestTourSync goes through Eşitleme in all its states and leaves pictures in build/tour/sync-LOOK.
func TestTourSync(t *testing.T) {
	eachLook(t, "sync-", "tr-light en-dark tr-dark@1.25", func(t *testing.T, l look, album string) {
		d := l.desktop(t)
		shop := &syncShop{t: t, dir: d.home, n: 60}
		shop.write("books.csv", nil)
		shop.write("catalogue.csv", nil)
		world := newWorld(d, supply{catalogue: shop.path("catalogue.csv"), flags: []string{"-products", shop.path("books.csv")}},
			"-faults", "delay route=products/products delay=700ms")
		s := &syncTour{tour: &tour{world: world, in: l}, shop: shop, album: album}
		s.emptyStates()
		s.firstSync()
		s.changes()
		s.brakes()
		s.frame()
	})
}

// syncShop writes the product lists of both sides.
type syncShop struct {
	t   *testing.T
	dir string
	n   int
}

func (s *syncShop) path(name string) string { return filepath.Join(s.dir, name) }

// product is one line of a list.
type product struct {
	name  string
	price float64
	stock int
	vat   string
	gone  bool
}

// write writes a list after change has had its way.
func (s *syncShop) write(name string, change func(i int, p *product)) {
	s.t.Helper()
	names := []string{"Filtre Kahve 250 g", "Türk Kahvesi 100 g", "Çay Bardağı Seti 6’lı", "Zeytinyağlı Sabun 4 × 150 g", "Bambu Kesme Tahtası Büyük Boy", "Şekerlik Cam Kapaklı"}
	var lines strings.Builder
	lines.WriteString("Stok Kodu;Ürün Adı;Satış Fiyatı (KDV Dahil);Stok Adedi;KDV Oranı\n")
	for i := range s.n {
		p := product{name: fmt.Sprint(names[i%len(names)], " No. ", i+1), price: 49.9 + 10*float64(i), stock: 5 + i%30, vat: "20"}
		if i == 12 {
			p.vat = "" // its price cannot be written
		}
		if change != nil {
			change(i, &p)
		}
		if !p.gone {
			fmt.Fprintf(&lines, "URN-%04d;%s;%s;%d;%s\n", i+1, p.name, strings.Replace(fmt.Sprintf("%.2f", p.price), ".", ",", 1), p.stock, p.vat)
		}
	}
	if err := os.WriteFile(s.path(name), []byte(lines.String()), 0o600); err != nil {
		s.t.Fatal(err)
	}
}

type syncTour struct {
	*tour
	shop  *syncShop
	album string
}

// openWindow opens the program anew.
func (v *syncTour) openWindow() {
	v.tour.window = v.in.open(v.world, v.album)
}

// sync brings Eşitleme into view.
func (v *syncTour) sync() {
	v.t.Helper()
	v.tap(v.say("menu.sync"))
	v.waitFor(v.say("sync.title"))
}

func (v *syncTour) emptyStates() {
	v.world.t.Helper()
	v.openWindow()
	v.sync()
	v.waitFor(v.say("sync.none.sign-in"))
	v.stop("not-authorised")
	v.close()
	v.world.ctl(v.world.data, "catalogue", "import", v.world.catalogue)
	v.world.prepare(v.world.data)
	v.world.ctl(v.world.data, "settings", "set", "integration=on", "currency=TRY")
	v.openWindow()
	v.sync()
	v.waitFor(v.say("sync.none.bound"))
	v.stop("nothing-bound")
	v.close()
	v.world.ctl(v.world.data, "import")
	v.openWindow()
	v.sync()
	v.waitFor(v.say("sync.none.ways"))
	v.stop("both-ways-closed")
	v.tap(v.say("sync.to-process"))
	v.waitFor(v.say("process.pull"))
	v.pick(v.say("process.pull"), v.say("yes"))
	v.tap(v.say("push.both"))
	v.stop("process-push-both")
	v.tap(v.say("push.price"))
	v.stop("process-push-price")
	v.tap(v.say("save"))
	v.waitFor(v.lead("saved", "0"))
}

// firstSync waits for the one that begins by itself.
func (v *syncTour) firstSync() {
	v.t.Helper()
	v.sync()
	v.tap(v.say("sync.start")) // by itself it comes a day after the import
	v.waitLong(time.Minute, v.say("sync.stop"))
	v.passing("syncing")
	v.waitLong(time.Minute, v.say("sync.runs.last"))
	v.stop("first-done")
	v.close()
}

// changes has both sides change, and looks at what comes of it.
func (v *syncTour) changes() {
	v.t.Helper()
	v.world.stopBooks()
	v.shop.write("books.csv", func(i int, p *product) {
		switch {
		case i < 3:
			p.stock += 4
		case i < 6:
			p.price += 5
		case i == 7:
			p.price *= 10
		case i == 8:
			p.price += 3
		case i == v.shop.n-1: // the last, as İşbaşı’s ids are the numbers of the lines
			p.gone = true
		}
	})
	v.world.startBooks(v.world.url[len("http://"):])
	v.shop.write("catalogue2.csv", func(i int, p *product) {
		switch {
		case i == 8, i > 10 && i < 14:
			p.price += 2
		case i > 20 && i < 26:
			p.stock -= 3
		}
	})
	v.world.ctl(v.world.data, "catalogue", "import", v.shop.path("catalogue2.csv"))
	v.openWindow()
	v.sync()
	v.waitFor(v.say("sync.start"))
	v.stop("edits-wait")
	v.tap(v.say("sync.preview"))
	v.waitFor(v.say("sync.stop"))
	v.passing("previewing")
	v.waitFor(v.say("sync.plan.apply"))
	v.stop("preview")
	v.tap(v.say("sync.plan.apply"))
	v.waitFor(v.say("sync.waiting"))
	v.gone(v.say("sync.stop"))
	v.stop("done")
	v.tap(v.say("sync.list"))
	v.waitFor(v.say("sync.remember"))
	v.stop("waiting-list")
	v.clickRow(1, "1")
	v.run("xdotool", "key", "space", "Down", "space")
	v.stop("waiting-marked")
	v.tap(v.say("sync.verdict.noted"))
	v.waitFor(v.say("cancel"))
	v.stop("waiting-ask")
	v.tap(v.say("cancel"))
	v.key("Escape", "Escape")
	v.tap(v.say("sync.verdict.isbasi"))
	v.waitFor(v.say("cancel"))
	v.stop("group-ask")
	v.key("Return")
	v.waitFor(v.say("sync.take-back"))
	v.stop("group-decided")
	v.tap(v.say("sync.take-back"))
	v.waitFor(v.say("sync.decided.undone"))
	v.stop("group-taken-back")
	v.tap(v.say("sync.settings"))
	v.waitFor(v.say("sync.settings.title"))
	v.stop("settings")
	v.typeIn(v.say("sync.jump"), "elli")
	v.tap(v.say("save"))
	v.stop("settings-wrong")
	v.key("Escape")
	v.tap(v.say("leave.discard"))
	v.close()
}

// brakes lets İşbaşı raise every price.
func (v *syncTour) brakes() {
	v.t.Helper()
	v.world.stopBooks()
	v.shop.write("books.csv", func(i int, p *product) {
		if i > 30 {
			p.price *= 1.1
		}
		if i < 12 {
			p.stock = 0
		}
	})
	v.world.startBooks(v.world.url[len("http://"):])
	v.openWindow()
	v.sync()
	v.tap(v.say("sync.start"))
	v.waitLong(time.Minute, v.say("sync.brake.title"))
	v.stop("brakes")
	v.tap(v.say("sync.brake.accept"))
	v.waitLong(time.Minute, v.say("sync.waiting"))
	v.gone(v.say("sync.brake.title"))
	v.stop("brakes-applied")
	v.tapLead(v.say("sync.all", 0)[:6])
	v.waitFor(v.say("sync.runs.search"))
	v.stop("runs")
	v.run("xdotool", "key", "Home")
	v.tap(v.say("sync.run.open"))
	v.waitFor(v.say("sync.undo"))
	v.stop("run")
	v.typeIn(v.say("sync.search"), "URN-0012")
	v.gone("URN-0001")
	v.run("xdotool", "key", "Tab", "Tab", "Tab", "Down")
	v.stop("run-found")
	v.tap(v.say("sync.undo"))
	v.waitFor(v.say("sync.undo.ask"))
	v.stop("undo")
	v.key("Escape", "Escape", "Escape")
	v.world.stopBooks()
	v.tap(v.say("sync.start"))
	v.waitLong(2*time.Minute, v.say("sync.go-on"))
	v.stop("paused")
	v.world.startBooks(v.world.url[len("http://"):])
}

func (v *syncTour) frame() {
	v.t.Helper()
	v.resize(960, 540+menuBar)
	v.stop("small")
	v.tap(v.say("menu.products"))
	v.waitFor(v.say("products.columns"))
	v.clickRow(1, "1")
	v.run("xdotool", "key", "Return")
	v.waitFor(v.say("products.save"))
	v.stop("product")
	v.key("Escape")
	v.waitFor(v.say("products.columns"))
	v.tap(v.say("menu.history"))
	v.waitFor(v.say("history.text"))
	v.stop("history")
	v.tap(v.say("menu.erp"))
	v.tap(v.say("isbasi.settings"))
	v.section(3)
	v.stop("process")
	v.close()
}
