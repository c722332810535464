//go:build e2e && linux

package main_test

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// TestTourOrders goes through Siparişler, from an empty page to invoices as drafts, and leaves pictures in
// build/tour/orders-LOOK.
func TestTourOrders(t *testing.T) {
	eachLook(t, "orders-", "tr-light en-dark tr-dark@1.25 tr-light@2", func(t *testing.T, l look, album string) {
		world := newWorld(l.desktop(t), demoSupply(t), "-faults", "delay route=invoices delay=400ms")
		world.prepare(world.data)
		world.ctl(world.data, "settings", "set", "integration=on", "currency=TRY")
		v := &ordersTour{l.tour(world, album)}
		v.empty()
		v.file()
		v.mend()
		v.issue()
		v.byTelephone()
		v.small()
		v.close()
	})
}

type ordersTour struct{ *tour }

// orderFile is a marketplace's list of n orders: every fourth one is held for a reason of its own, and one has a state that
// nobody has explained.
func orderFile(n int) string {
	lines := []string{"Paket No;Sipariş Numarası;Sipariş Tarihi;Kargoya Teslim Tarihi;Sipariş Statüsü;Alıcı;Fatura Adresi;İl;İlçe;Ülke;" +
		"Kurumsal Faturalı Sipariş;Vergi Kimlik Numarası;Vergi Dairesi;Şirket İsmi;Stok Kodu;Barkod;Ürün Adı;Adet;Birim Fiyatı;Satış Tutarı;" +
		"İndirim Tutarı;Trendyol İndirim Tutarı;Faturalanacak Tutar;Notum"}
	names := []string{"Deniz Örnekoğlu", "ÇİĞDEM IŞIKLAR", "Mehmet Ali Yılmaz", "Şükriye Öztürk"}
	day := time.Now().AddDate(0, 0, -3).Format("02.01.2006") + " 10:15"
	for i := range n {
		status, buyer, province, district, firm := "Teslim Edildi", names[i%len(names)], "İstanbul", "Kadıköy", "Hayır;;;"
		amount := "2212,90"
		switch i {
		case 1:
			district = "Merkez"
		case 5:
			firm = "Evet;1234567891;Kadıköy;Örnek Gıda Sanayi ve Ticaret Limited Şirketi"
		case 9:
			buyer = "D*** Ö***"
		case 13:
			status = "İptal Edildi"
		case 17:
			status = "Depoda Bekliyor"
		case 21:
			amount = "yüz"
		case 25:
			province, district = "", "Ereğli"
		case 29:
			firm = "Evet;4540536920;Kadıköy;Deneme Yazılım A.Ş."
		}
		lines = append(lines, fmt.Sprintf("30000%05d;10900%06d;%s;%s;%s;%s;Deneme Mah. Örnek Sk. No:%d;%s;%s;Türkiye;%s;ELK/00567;8683926570455;"+
			"Işıkhan Manyetik Ekran Koruyucu 2 m;1;2212,90;2212,90;0;0;%s;hediye", i+1, i+1, day, day, status, buyer, i+1, province, district, firm, amount))
	}
	return "\ufeff" + strings.Join(lines, "\r\n") + "\r\n"
}

func (v *ordersTour) empty() {
	v.t.Helper()
	v.tap(v.say("menu.orders"))
	v.waitFor(v.say("orders.page.empty"))
	v.stop("empty")
}

func (v *ordersTour) file() {
	v.t.Helper()
	v.tap(v.say("orders.page.take"))
	v.waitFor(v.say("orders.take.choose"))
	v.stop("choose")
	v.typeIn(v.say("import.path.hint"), v.world.write("liste.csv", "Fiş;Mal;Miktar;Bedel;Kim\n77;Termos;3;179,70;Deniz Örnekoğlu\n"))
	v.tap(v.say("import.open"))
	v.waitFor(v.say("orders.map.text"))
	v.stop("map")
	v.tap(v.say("import.another"))
	v.typeIn(v.say("import.path.hint"), v.world.write("siparisler.csv", orderFile(40)))
	v.tap(v.say("import.open"))
	v.waitFor(v.say("orders.take.words"))
	v.stop("found")
	v.tap(v.say("orders.take.word.open"))
	v.tapLead(strings.Fields(v.say("orders.take.go", 39))[0])
	v.waitFor(v.say("orders.page.chip.held"), v.say("orders.page.more"))
	v.stop("list")
	v.tapLead(v.say("orders.page.chip.held"))
	v.stop("held")
}

// mend opens the first held order and completes its address.
func (v *ordersTour) mend() {
	v.t.Helper()
	v.run("xdotool", "key", "Tab", "Tab", "Tab")
	v.tap("3000000026")
	v.run("xdotool", "key", "Return")
	v.waitFor(v.say("orders.view.title"))
	v.stop("order")
	v.tap(v.say("orders.cure.address"))
	v.tap("Ereğli / Konya")
	v.stop("order-edited")
	v.tap(v.say("orders.sheet.save"))
	v.waitFor(v.say("orders.sheet.ready"))
	v.stop("order-mended")
	v.key("Escape")
	v.tap("3000000010")
	v.run("xdotool", "key", "Return")
	v.waitFor(v.say("hit.masked"))
	v.tap(v.say("orders.cure.who"))
	v.stop("order-masked")
	v.down()
	v.stop("order-lines")
	v.key("Escape")
}

// down scrolls a form to its end: over its labels, as entries keep the wheel to themselves.
func (v *ordersTour) down() {
	v.t.Helper()
	v.moveTo(222, 480)
	v.run("xdotool", "click", "--repeat", "30", "--delay", "10", "5")
}

func (v *ordersTour) issue() {
	v.t.Helper()
	v.tapLead(v.say("orders.page.prepare"))
	v.waitFor(v.say("orders.plan.pick"))
	v.stop("plan")
	v.key("Return")
	v.waitFor(v.say("orders.run.stop"))
	v.passing("working")
	v.waitLong(2*time.Minute, v.say("orders.run.show"))
	v.stop("done")
}

func (v *ordersTour) byTelephone() {
	v.t.Helper()
	v.tap(v.say("orders.page.type"))
	v.waitFor(v.say("orders.type.title"))
	v.typeIn(v.say("orders.type.known"), "deniz")
	v.waitFor("Deniz Örnekoğlu")
	v.stop("typed-buyers")
	v.tapOne(v.say("orders.pick.take"))
	v.down()
	v.tap(v.say("orders.type.line"))
	v.waitFor(v.say("orders.pick.title"))
	v.stop("typed-product")
	v.tapOne(v.say("orders.pick.take"))
	v.waitFor(v.say("orders.view.title"))
	v.stop("typed")
	v.tap(v.say("orders.type.save"))
	v.waitFor(v.say("orders.sheet.lines"), v.say("orders.hold"))
	v.stop("typed-saved")
	v.key("Escape")
}

func (v *ordersTour) small() {
	v.t.Helper()
	v.resize(960, 540+menuBar)
	v.waitFor(v.say("orders.page.more"))
	v.stop("small-list")
	v.tap("3000000006")
	v.run("xdotool", "key", "Return")
	v.waitFor(v.say("orders.view.title"))
	v.stop("small-order")
	v.key("Escape")
	v.tapLead(v.say("orders.page.prepare"))
	v.waitFor(v.say("orders.plan.pick"))
	v.stop("small-plan")
	v.key("Escape")
}
