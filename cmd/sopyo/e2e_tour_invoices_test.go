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

// TestTourInvoices goes through Faturalar in all its states and leaves pictures in build/tour/invoices-LOOK.
func TestTourInvoices(t *testing.T) {
	eachLook(t, "invoices-", "tr-light en-dark tr-dark@1.25 tr-light@2", func(t *testing.T, l look, album string) {
		d := l.desktop(t)
		shop := &syncShop{t: t, dir: d.home, n: 30}
		shop.write("books.csv", func(_ int, p *product) { p.vat = "20" })
		// The third draft never arrives; what is sent takes a while.
		world := newWorld(d, supply{catalogue: shop.path("books.csv"), flags: []string{"-products", shop.path("books.csv")}},
			"-faults", "drop route=invoices/integrationInvoices nth=3; delay route=einvoices/eInvoiceWithJson delay=900ms")
		v := &invoiceTour{tour: &tour{world: world, in: l}, shop: shop, album: album}
		v.prepare()
		v.list()
		v.formalise()
		v.sheet()
		v.returns()
		v.tasks()
		v.month()
		v.settings()
		v.small()
		v.close()
	})
}

type invoiceTour struct {
	*tour
	shop  *syncShop
	album string
}

// orders writes a list of n orders, some of which have come back.
func (v *invoiceTour) orders(name string, n int, returned ...int) string {
	v.world.t.Helper()
	people := []string{"Ayşegül Çağlayan", "Ömer İpekçi", "Zeynep Büyükkılıç Öztürk", "Deniz Yıldız", "Işıl Şahin"}
	day := time.Now().Add(-24 * time.Hour).Format("02-01-2006 15:04:05")
	lines := []string{"Sipariş Numarası;Paket Numarası;Kalem Numarası;Sipariş Tarihi;Kargo Kabul Tarihi;Satıcı Stok Kodu;Ürün Adı;Adet;Alıcı;Şehir;Semt;" +
		"Fatura Adresi;Faturalandırılacak Satış Fiyatı;Faturalandırılacak Birim Satış Fiyatı;KDV(%);Para Birimi;Müşteri Tipi;Paket Durumu;İade edildi mi?"}
	for i := range n {
		back := "Hayır"
		for _, r := range returned {
			if r == i {
				back = "Evet"
			}
		}
		for l := range 1 + i%2 {
			price := 49.9 + 10*float64(i+l)
			lines = append(lines, fmt.Sprintf("40000%05d;50000%05d;k%d-%d;%s;%s;URN-%04d;%s;%d;%s;İstanbul;Kadıköy;Moda Cad. No: %d;%s;%s;20;TRY;Bireysel;Teslim edildi;%s",
				i, i, i, l, day, day, i+l+1, "Filtre Kahve 250 g No. "+fmt.Sprint(i+l+1), 2, people[i%len(people)], i+1, comma(2*price), comma(price), back))
		}
	}
	path := filepath.Join(v.world.home, name)
	if err := os.WriteFile(path, []byte(strings.Join(lines, "\n")+"\n"), 0o600); err != nil {
		v.world.t.Fatal(err)
	}
	return path
}

func comma(f float64) string { return strings.Replace(fmt.Sprintf("%.2f", f), ".", ",", 1) }

// prepare brings products and orders in, and stores the drafts of most of them.
func (v *invoiceTour) prepare() {
	w := v.world
	w.t.Helper()
	w.prepare(w.data)
	w.ctl(w.data, "settings", "set", "integration=on", "currency=TRY")
	w.ctl(w.data, "import")
	v.tour.window = v.in.open(w, v.album)
	v.invoices()
	v.waitFor(v.say("invoices.empty.title"))
	v.stop("empty")
	v.close()
	w.ctl(w.data, "orders", "import", v.orders("siparisler.csv", 24), "--profile", "hepsiburada")
	cmd := w.command(program(w.t, "sopyoctl"), "invoices", "issue", "--all", "--yes", "--data", w.data, "--isbasi-url", w.url, "--lang", "tr")
	if out, err := cmd.CombinedOutput(); err != nil && cmd.ProcessState.ExitCode() != 5 { // one of them is lost
		w.t.Fatalf("%v\n%s", err, out)
	}
	w.ctl(w.data, "orders", "import", v.orders("iadeler.csv", 24, 1, 4), "--profile", "hepsiburada")
}

// invoices brings Faturalar into view.
func (v *invoiceTour) invoices() {
	v.t.Helper()
	v.tap(v.say("menu.invoices"))
	v.waitFor(v.say("invoices.title"))
}

func (v *invoiceTour) list() {
	v.world.t.Helper()
	v.tour.window = v.in.open(v.world, v.album)
	v.invoices()
	v.waitFor(v.say("attempt.checked"))
	v.stop("drafts")
	v.typeIn(v.say("invoices.search"), "ayse")
	v.gone("Ömer İpekçi")
	v.stop("found")
	v.key("Escape")
	v.waitFor("Ömer İpekçi")
}

func (v *invoiceTour) formalise() {
	v.t.Helper()
	v.run("xdotool", "key", "Tab")
	v.tapLead(v.say("invoices.formalise", 0)[:6])
	v.waitFor(v.say("invoices.formalise.title"))
	v.stop("formalise")
	v.typeText(v.say("formal.word"))
	v.stop("formalise-typed")
	v.key("Return")
	v.waitFor(v.say("status.stop"))
	v.waitFor(v.say("phase.formalising"))
	v.passing("formalising")
	v.waitLong(2*time.Minute, v.say("invoices.tasks.show")) // it stands there when the run has ended
	v.stop("issued")
}

func (v *invoiceTour) sheet() {
	v.t.Helper()
	v.run("xdotool", "key", "Down", "Return")
	v.waitFor(v.say("invoices.past"))
	v.stop("sheet")
}

func (v *invoiceTour) returns() {
	v.t.Helper()
	v.tap(v.say("invoices.return"))
	v.waitFor(v.say("invoices.return.text"))
	v.stop("return")
	v.tap(v.say("invoices.return.all"))
	v.typeIn(v.say("invoices.return.number"), "R-1")
	v.stop("return-typed")
	v.key("Escape", "Escape")
	v.waitFor(v.say("invoices.search"))
}

func (v *invoiceTour) tasks() {
	v.t.Helper()
	v.tap(v.say("invoices.tasks.show"))
	v.waitFor(v.say("invoices.tasks.pick"))
	v.stop("tasks")
	v.tap(v.say("invoices.open"))
	v.waitFor(v.say("invoices.past"))
	v.stop("task")
	v.key("Escape", "Escape")
	v.waitFor(v.say("invoices.search"))
}

func (v *invoiceTour) month() {
	v.t.Helper()
	v.tap(v.say("invoices.month.title"))
	v.waitFor(v.say("invoices.month.start"))
	v.stop("month")
	v.choose(v.say("invoices.month.month"), v.say("monthend.month", v.say("month."+time.Now().Format("01")), time.Now().Format("2006")))
	v.stop("month-this")
	v.tap(v.say("invoices.month.all"))
	v.tap(v.say("invoices.month.zip"))
	v.stop("month-all")
	v.tap(v.say("invoices.month.start"))
	v.waitFor(v.lead("rows.exported", ""))
	v.stop("month-saved")
	v.key("Escape")
	v.waitFor(v.say("invoices.search"))
}

func (v *invoiceTour) settings() {
	v.t.Helper()
	v.tap(v.say("invoices.settings"))
	v.waitFor(v.say("invoices.settings.title"))
	v.stop("settings")
	v.typeIn(v.say("invoices.set.service_vat"), "18")
	v.tap(v.say("save"))
	v.waitFor(v.say("invalid.not-in-force"))
	v.stop("settings-wrong")
	v.key("Escape")
	v.tap(v.say("leave.discard"))
	v.waitFor(v.say("invoices.search"))
}

func (v *invoiceTour) small() {
	v.t.Helper()
	v.resize(960, 540+menuBar)
	v.stop("small")
	v.run("xdotool", "key", "Down", "Return")
	v.waitFor(v.say("invoices.past"))
	v.stop("small-sheet")
	v.key("Escape")
}
