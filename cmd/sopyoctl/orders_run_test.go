package main

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/sopyo/sopyo-desktop/cmd/sopyoctl/internal/console"
	"github.com/sopyo/sopyo-desktop/storage/isbasi/sandbox"
)

// importOrders imports a file and gives the numbers of its object that are counts of orders and rows.
func (b *bench) importOrders(args ...string) string {
	b.t.Helper()
	m := b.json(0, append([]string{"orders", "import"}, args...)...)
	var said []string
	for _, key := range []string{"orders", "new", "same", "changed", "ready", "held", "refused"} {
		said = append(said, fmt.Sprint(key, " ", number0(m, key)))
	}
	return strings.Join(said, ", ")
}

// The samples in every format, each twice: nothing is doubled, and the second format changes nothing.
func TestOrdersImport_theSamples(t *testing.T) {
	for _, files := range [][]string{
		{"trendyol/siparisler-header-row1.xlsx", "trendyol/siparisler-header-row2.xlsx", "trendyol/Tedarikci_Siparisleri-cp1254-semicolon.csv"},
		{"hepsiburada/siparisler.csv", "hepsiburada/siparisler.xlsx"},
		{"n11/order_item_shipments.xlsx"},
		{"pazarama/Siparişleriniz_ornek.xlsx"},
		{"amazon-tr/all-orders.txt"},
		{"shopify/orders_export_1.csv"},
		{"woocommerce/orders-advanced-export.csv"},
		{"ikas/ikas-siparisler.csv"},
	} {
		b := newBench(t, sandbox.Options{})
		first := b.json(0, "orders", "import", sample(t, "orders/"+files[0]))
		n := number0(first, "orders")
		if n == 0 || number0(first, "new") != n || number0(first, "ready")+number0(first, "held")+number0(first, "never") != n {
			t.Errorf("%s: %v", files[0], first)
		}
		before := b.json(0, "orders", "list", "--limit", "0")
		for _, again := range slices.Concat(files, files) {
			m := b.json(0, "orders", "import", sample(t, "orders/"+again))
			if number0(m, "orders") != n || number0(m, "new")+number0(m, "changed") > 0 || number0(m, "same") != n {
				t.Errorf("%s again: %v", again, m)
			}
		}
		if after := b.json(0, "orders", "list", "--limit", "0"); mustJSON(t, before) != mustJSON(t, after) {
			t.Errorf("%s: a second import changed something:\n%s\n%s", files[0], mustJSON(t, before), mustJSON(t, after))
		}
	}
}

// The file of one company, taken into another: it is told, and taken all the same.
func TestOrdersImport_tellsOfOrdersThatAnotherCompanyHas(t *testing.T) {
	b := newBench(t, sandbox.Options{})
	file := sample(t, "orders/hepsiburada/siparisler.csv")
	if m := b.json(0, "orders", "import", file); mustJSON(t, m["elsewhere"]) != "[]" {
		t.Errorf("%v", m["elsewhere"])
	}
	b.json(0, "company", "add", "Öteki")
	if m := b.json(0, "--company", "Öteki", "orders", "import", file); mustJSON(t, m["elsewhere"]) == "[]" || number0(m, "new") == 0 {
		t.Errorf("%v", m)
	}
	if code, _, told := b.do("--company", "Öteki", "orders", "import", file); code != 0 || !strings.Contains(told, "başka bir şirketinizde de var") {
		t.Errorf("%d, told %q", code, told)
	}
}

func TestOrdersImport_refusesOtherFilesByTheirName(t *testing.T) {
	b := newBench(t, sandbox.Options{})
	for file, want := range map[string]string{
		"trendyol/REFUSE-finance-file.xlsx": "ödeme (hakediş) raporu", "amazon-tr/REFUSE-transaction-report.csv": "ödeme (hakediş) raporu",
		"amazon-tr/unshipped-NO-PRICES.txt": "gönderilmemiş siparişler raporu", "trendyol/Tedarikci_Siparisleri-broken-letters.csv": "Türkçe harfler",
	} {
		if said := b.wantError(console.ExitError, "file", "orders", "import", sample(t, "orders/"+file)); !strings.Contains(said, want) {
			t.Errorf("%s: %s", file, said)
		}
		if want == "ödeme (hakediş) raporu" { // neither is it one of products
			if said := b.wantError(console.ExitError, "file", "catalogue", "import", sample(t, "orders/"+file)); !strings.Contains(said, want) {
				t.Errorf("%s, as products: %s", file, said)
			}
		}
	}
	code, _, errs := b.do("orders", "import", sample(t, "orders/ciceksepeti/positions-only.xlsx"))
	if code != console.ExitError || !strings.Contains(errs, "kolon 23 (başlık bilinmiyor)") || !strings.Contains(errs, "Alanlar: ") {
		t.Errorf("%d, %s", code, errs)
	}
	if m := b.json(0, "orders", "list"); number0(m, "total") != 0 {
		t.Errorf("%v", m)
	}
}

func TestOrdersImport_tellsWhatItReadsAndWhatNot(t *testing.T) {
	b := newBench(t, sandbox.Options{})
	file := b.write("n11.csv", "Sipariş Kodu;Durum;Ürün Adı;Adet;Sipariş Tutarı;Kargo Firması\n1;Kargoda;Termos;2;59,90;Hızlı\n2;Kargoda;Kupa;x;5;\n")
	m := b.json(0, "orders", "import", file)
	wantNumbers(t, m, map[string]int{"orders": 1, "new": 1, "held": 1, "refused": 1})
	wantSame(t, m["columns"], `{"order":["Sipariş Kodu"],"status":["Durum"],"product":["Ürün Adı"],"qty":["Adet"],"amount":["Sipariş Tutarı"]}`)
	wantSame(t, m["ignored"], `[{"name":"Kargo Firması","filled":1,"sample":"Hızlı"}]`)
	code, out, errs := b.do("orders", "import", file)
	if code != 0 || !strings.Contains(out, "N11: 1 sipariş; 0 yeni, 1 aynı, 0 değişmiş.") || !strings.Contains(errs, "3. satır, qty “x”: Sayı okunamadı") {
		t.Errorf("%d, %s, %s", code, out, errs)
	}
}

func TestOrdersImport_asksOnceWhatAWordMeans(t *testing.T) {
	b := newBench(t, sandbox.Options{})
	b.catalogue("Stok Kodu;Ürün Adı;KDV Oranı", "K-001;Termos;20")
	file := b.shopOrders(4, map[int]string{1: "Tedarikte", 2: "Değişim", 3: "Ay=sonu"})
	if got := b.importOrders(file); got != "orders 4, new 4, same 0, changed 0, ready 1, held 3, refused 0" {
		t.Error(got)
	}
	show := b.json(0, "orders", "show", "trendyol/1")
	if reasons := list(t, show, "reasons"); len(reasons) != 1 || reasons[0]["code"] != "status" || reasons[0]["message"] != "Siparişin durumunun ne demek olduğu bilinmiyor" {
		t.Errorf("%v", reasons)
	}
	if got := b.importOrders(file, "--accept", "tedarikte=invoice", "--accept", "Değişim=never", "--accept", "Ay=sonu=wait"); got != "orders 4, new 0, same 1, changed 3, ready 2, held 1, refused 0" {
		t.Error(got)
	}
	if got := b.importOrders(file); got != "orders 4, new 0, same 4, changed 0, ready 2, held 1, refused 0" {
		t.Errorf("the words are forgotten: %s", got)
	}
	wantSame(t, b.json(0, "orders", "mappings", "list"), `{"mappings":[{"name":"trendyol","base":"trendyol","marketplace":"","language":"","columns":{},
		"words":{"tedarikte":"ok","Değişim":"split_parent","Ay=sonu":"open"}}]}`)
	b.json(0, "orders", "mappings", "remove", "TRENDYOL")
	b.wantError(console.ExitError, "not-found", "orders", "mappings", "remove", "trendyol")
	for _, accept := range []string{"x", "x=", "x=unknown", "x=yes"} {
		b.wantError(console.ExitUsage, "usage", "orders", "import", file, "--accept", accept)
	}
}

func TestOrdersImport_byColumnsThatAPersonNames(t *testing.T) {
	b := newBench(t, sandbox.Options{})
	n11 := b.write("n11.csv", "Sipariş Kodu;Durum;Ürün Adı;Adet;Sipariş Tutarı;Alıcının Adı\n1;Kargoda;Termos;2;59,90;Ayşe Yılmaz\n")
	for _, args := range [][]string{{n11, "--profile", "n11", "--map", "name=Alıcının Adı"}, {n11}} {
		b.importOrders(args...)
		if buyer := b.json(0, "orders", "show", "n11/1")["buyer"].(map[string]any); buyer["first"] != "Ayşe" || buyer["last"] != "Yılmaz" {
			t.Errorf("%v: %v", args, buyer)
		}
	}
	other := b.write("pazar.csv", "No;Ne;Kaç;Tutar\n7;Termos;2;59,90\n")
	columns := []string{"--map", "order=No", "--map", "product=Ne", "--map", "qty=Kaç", "--map", "amount=Tutar"}
	b.importOrders(append([]string{other, "--marketplace", "Yerel Pazar", "--accept", "=invoice"}, columns...)...)
	if m := b.json(0, "orders", "show", "Yerel Pazar/7"); m["status"] != "ok" || m["total"] != "59.90" {
		t.Errorf("%v", m)
	}
	if got := b.importOrders(other); got != "orders 1, new 0, same 1, changed 0, ready 0, held 1, refused 0" {
		t.Errorf("the columns are forgotten: %s", got)
	}
	b.wantError(console.ExitUsage, "usage", "orders", "import", other, "--map", "x")
	if said := b.wantError(console.ExitUsage, "invalid", "orders", "import", other, "--profile", "yok"); !strings.Contains(said, "Yerel Pazar, n11, trendyol") && !strings.Contains(said, "n11, Yerel Pazar, trendyol") {
		t.Errorf("%s", said)
	}
	if said := b.wantError(console.ExitUsage, "invalid", "orders", "import", other, "--marketplace", "m", "--map", "nope=No"); !strings.Contains(said, "stated_total") {
		t.Errorf("%s", said)
	}
	if said := b.wantError(console.ExitUsage, "invalid", "orders", "import", n11, "--profile", "n11", "--map", "city=Şehir"); !strings.Contains(said, "Şehir") {
		t.Errorf("%s", said)
	}
}

func TestOrders_areHeldReleasedAndCorrected(t *testing.T) {
	b := newBench(t, sandbox.Options{})
	b.catalogue("Stok Kodu;Ürün Adı;KDV Oranı", "K-001;Termos;20", "K-002;Kupa;10")
	b.json(0, "orders", "import", b.shopOrders(2, nil))
	state := func(key string) string {
		m := b.json(0, "orders", "show", key)
		var why []string
		for _, r := range list(t, m, "reasons") {
			why = append(why, fmt.Sprint(r["code"]))
		}
		return strings.TrimSpace(fmt.Sprint(m["state"], " ", strings.Join(why, " ")))
	}
	for _, c := range []struct{ args, want string }{
		{"hold trendyol/1", "held held"},
		{"release trendyol/1", "ready"},
		{"never trendyol/1", "never"},
		{"release trendyol/1", "ready"},
		{"bind trendyol/1 1 K-002", "ready"},
		{"bind trendyol/1 1 none", "held vat_missing"},
		{"correct trendyol/1 --set line.1.vat=20", "ready"},
		{"correct trendyol/1 --set buyer.tax_no=123", "held number_bad registry_unknown"},
		{"correct trendyol/1 --set buyer.tax_no=", "ready"},
		{"correct trendyol/1 --set total=90", "held total_mismatch"},
		{"correct trendyol/1 --set total= --set discount=200", "held discount_over"},
		{"correct trendyol/1 --set discount= --set line.1.vat=7", "held vat_not_in_force"},
		{"correct trendyol/1 --set line.1.vat=0", "held vat_zero_code"},
		{"correct trendyol/1 --set line.1.exemption=351", "ready"},
		{"correct trendyol/1 --set line.1.qty=0", "held line total_mismatch"},
		{"correct trendyol/1 --set line.1.qty= --set line.1.unit=1", "held total_mismatch"},
		{"correct trendyol/1 --set line.1.unit= --set line.1.discount=1", "held total_mismatch"},
		{"correct trendyol/1 --set line.1.discount= --set line.1.name=Mug --set rate=41,25 --set date=2020-01-01", "ready"},
		{"correct trendyol/1 --set date=2999-01-01", "held future"},
		{"correct trendyol/1 --set date=", "ready"},
		{"correct trendyol/1 --set buyer.type=company", "held company_no_number name"},
		{"correct trendyol/1 --set buyer.type= --set buyer.district=* --set buyer.country=DE", "held masked foreign"},
	} {
		b.json(0, append([]string{"orders"}, strings.Fields(c.args)...)...)
		if got := state("trendyol/1"); got != c.want {
			t.Errorf("%s: %s, want %s", c.args, got, c.want)
		}
	}
	m := b.json(0, "orders", "show", "trendyol/1")
	if lines := list(t, m, "lines"); lines[0]["name"] != "Mug" || lines[0]["without_product"] != true || lines[0]["vat"] != "0" {
		t.Errorf("%v", lines)
	}
	// What was said of a line's product is remembered, unless it is said of this order alone.
	if lines := list(t, b.json(0, "orders", "show", "trendyol/2"), "lines"); lines[0]["product_code"] != "K-002" || lines[0]["product_by"] != "pair" || lines[0]["vat"] != "10" {
		t.Errorf("%v", lines)
	}
	b.json(0, "orders", "bind", "trendyol/2", "1", "K-001", "--once")
	if m := b.json(0, "orders", "list", "--state", "ready", "--search", "ayse 9002"); number0(m, "total") != 1 || fmt.Sprint(m["stages"]) != "map[held:1 invoiced:0 never:0 ready:1 task:0]" {
		t.Errorf("%v", m)
	}
	xlsx := b.path("o.xlsx")
	b.json(0, "orders", "list", "--xlsx", xlsx, "--limit", "1")
	if info, err := os.Stat(xlsx); err != nil || info.Size() == 0 {
		t.Error(err)
	}
	code, out, _ := b.do("orders", "show", "trendyol/1")
	for _, want := range []string{"trendyol/1 · 9001 · Bekliyor", "Alıcı: Ayşe Yılmaz", "%0", "ürünsüz faturalanır", "! Alıcı yurt dışında ya da sipariş mikro ihracat. Faturayı İşbaşı’nın kendi ekranında kesin"} {
		if code != 0 || !strings.Contains(out, want) {
			t.Errorf("%q is not in %s", want, out)
		}
	}
}

func TestOrders_refuseWhatCannotBeMeant(t *testing.T) {
	b := newBench(t, sandbox.Options{})
	b.catalogue("Stok Kodu;Ürün Adı;KDV Oranı", "K-001;Termos;20")
	b.json(0, "orders", "import", b.shopOrders(1, nil))
	for _, args := range []string{
		"show trendyol", "list --state x", "list --sort x", "bind trendyol/1 2 K-001", "bind trendyol/1 x K-001", "correct trendyol/1", "hold",
		"correct trendyol/1 --set x", "correct trendyol/1 --set x=1", "correct trendyol/1 --set buyer.x=1", "correct trendyol/1 --set buyer.type=x",
		"correct trendyol/1 --set line.2.qty=1", "correct trendyol/1 --set line.1.x=1",
	} {
		b.wantError(console.ExitUsage, "usage", append([]string{"orders"}, strings.Fields(args)...)...)
	}
	for _, args := range []string{"correct trendyol/1 --set total=x", "correct trendyol/1 --set date=x", "correct trendyol/1 --set line.1.qty=x"} {
		b.wantError(console.ExitUsage, "invalid", append([]string{"orders"}, strings.Fields(args)...)...)
	}
	for _, args := range []string{"show trendyol/2", "hold trendyol/2", "bind trendyol/2 1 K-001", "bind trendyol/1 1 K-009", "correct n11/1 --set total=1"} {
		b.wantError(console.ExitError, "not-found", append([]string{"orders"}, strings.Fields(args)...)...)
	}
	if m := b.json(0, "orders", "list"); fmt.Sprint(m["stages"]) != "map[held:0 invoiced:0 never:0 ready:1 task:0]" {
		t.Errorf("%v", m)
	}
}

// A package with two amounts waits until the company has chosen, once.
func TestOrders_withTwoAmounts(t *testing.T) {
	b := newBench(t, sandbox.Options{})
	b.catalogue("Stok Kodu;Ürün Adı;KDV Oranı", "K-001;Termos;20")
	file := func(amount string) string {
		return b.write("t.csv", "Paket No;Sipariş Numarası;Sipariş Statüsü;Alıcı;Fatura Adresi;İl;İlçe;Stok Kodu;Ürün Adı;Adet;Birim Fiyatı;Satış Tutarı;İndirim Tutarı;Trendyol İndirim Tutarı;Faturalanacak Tutar\n"+
			"1;9;Teslim Edildi;Ayşe Yılmaz;Sk. 1;İstanbul;Kadıköy;K-001;Termos;1;1154;1154;54;100;"+amount+"\n")
	}
	total := func() string {
		m := b.json(0, "orders", "show", "trendyol/1")
		return fmt.Sprint(m["state"], " ", m["total"], " ", m["two_amounts"])
	}
	for _, c := range []struct{ amount, choice, want string }{
		{"1000", "", "ready 1000.00 <nil>"},
		{"1000", "reimbursed", "ready 1000.00 <nil>"},
		{"1100", "", "held 1100.00 [1100.00 1000.00]"},
		{"1000", "", "held 1100.00 [1100.00 1000.00]"},
		{"1000", "deducted", "ready 1000.00 [1100.00 1000.00]"},
		{"1100", "reimbursed", "ready 1100.00 [1100.00 1000.00]"},
	} {
		b.json(0, "invoices", "settings", "--set", "trendyol="+c.choice)
		b.json(0, "orders", "import", file(c.amount))
		if got := total(); got != c.want {
			t.Errorf("%+v: %s", c, got)
		}
	}
}

// The orders of another company have come in by mistake.
func TestOrdersImport_isTakenBack(t *testing.T) {
	b := newBench(t, sandbox.Options{})
	b.json(0, "orders", "import", sample(t, "orders/hepsiburada/siparisler.csv"))
	before := mustJSON(t, b.json(0, "orders", "list", "--limit", "0"))
	added := number0(b.json(0, "orders", "import", sample(t, "orders/shopify/orders_export_1.csv")), "new")

	b.wantError(console.ExitUsage, "usage", "orders", "import", "--undo") // nobody is there to say yes
	for _, args := range [][]string{{"--dry-run"}, {"--yes"}} {
		m := b.json(0, append([]string{"orders", "import", "--undo"}, args...)...)
		if m["file"] != "orders_export_1.csv" || m["undone"] != (args[0] == "--yes") || number0(m, "removed") != added || number0(m, "left") != 0 {
			t.Errorf("%v: %v", args, m)
		}
	}
	if now := mustJSON(t, b.json(0, "orders", "list", "--limit", "0")); now != before {
		t.Errorf("it is %s\nwas %s", now, before)
	}
	b.wantError(1, "not-found", "orders", "import", "--undo", "orders_export_1.csv", "--yes") // given twice
	if code, out, errs := b.answered("h\n", "orders", "import", "--undo", "siparisler.csv"); code == 0 || !strings.Contains(errs, "Son alınan dosya: siparisler.csv · ") {
		t.Errorf("exit %d\n%s%s", code, out, errs)
	}
	if code, out, errs := b.answered("e\n", "orders", "import", "--undo"); code != 0 || !strings.Contains(out, "siparisler.csv geri alındı. ") {
		t.Errorf("exit %d\n%s%s", code, out, errs)
	}
	if _, out, _ := b.do("history"); !strings.Contains(out, "Alınan siparişler geri alındı: dosya siparisler.csv, ") {
		t.Errorf("history: %s", out)
	}
	if said := b.wantError(1, "not-found", "orders", "import", "--undo", "--yes"); !strings.Contains(said, "Geri alınacak bir dosya yok") {
		t.Error(said)
	}
}
