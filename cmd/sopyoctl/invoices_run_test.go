package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/cmd/sopyoctl/internal/console"
	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/storage/isbasi/sandbox"
	"github.com/sopyo/sopyo-desktop/storage/keyring"
)

// shopOrders writes n orders of Trendyol's as a file, packages 1…: each one line of product K-001, its total 100, 101, …
// but what change says of one.
func (b *bench) shopOrders(n int, change map[int]string) string {
	at := time.Now().In(domain.Istanbul).AddDate(0, 0, -1)
	lines := []string{"Paket No;Sipariş Numarası;Sipariş Statüsü;Sipariş Tarihi;Kargoya Teslim Tarihi;Alıcı;Fatura Adresi;İl;İlçe;Stok Kodu;Ürün Adı;Adet;Birim Fiyatı;Satış Tutarı;İndirim Tutarı;Trendyol İndirim Tutarı;Faturalanacak Tutar"}
	for i := 1; i <= n; i++ {
		status, price := "Teslim Edildi", fmt.Sprint(99+i)
		if s, ok := change[i]; ok {
			status = s
		}
		lines = append(lines, strings.Join([]string{
			fmt.Sprint(i), fmt.Sprint(9000 + i), status, at.Format("02.01.2006 10:00"), at.Format("02.01.2006 15:00"), "Ayşe Yılmaz",
			"Deneme Sk. 1", "İstanbul", "Kadıköy", "K-001", "Termos", "1", price, price, "0", "0", price,
		}, ";"))
	}
	return b.write("siparisler.csv", strings.Join(lines, "\n")+"\n")
}

// newShop is a signed-in company with product K-001 and n orders of it.
func newShop(t *testing.T, n int, o sandbox.Options) *bench {
	t.Helper()
	o.Invoices, o.Orders = []sandbox.Invoice{}, []sandbox.Order{}
	b := newBench(t, o)
	b.authorize()
	b.json(0, "settings", "set", "integration=on")
	b.catalogue("Stok Kodu;Ürün Adı;KDV Oranı", "K-001;Termos;20")
	m := b.json(0, "orders", "import", b.shopOrders(n, nil))
	if number0(m, "ready") != n || number0(m, "new") != n {
		t.Fatalf("%v", m)
	}
	return b
}

// stands gives the states of all invoices by their keys.
func (b *bench) stands() map[string]string {
	b.t.Helper()
	out := map[string]string{}
	for _, r := range list(b.t, b.json(0, "invoices", "list", "--limit", "0"), "invoices") {
		out[fmt.Sprint(r["key"])] = fmt.Sprint(r["state"])
	}
	return out
}

func (b *bench) wantStands(want string) {
	b.t.Helper()
	if got := fmt.Sprint(b.stands()); got != "map["+want+"]" {
		b.t.Errorf("the invoices stand so: %s, want %s", got, want)
	}
}

func wantNumbers(t *testing.T, m map[string]any, want map[string]int) {
	t.Helper()
	for k, n := range want {
		if number0(m, k) != n {
			t.Errorf("%s is %v, want %d in %v", k, m[k], n, m)
		}
	}
}

func TestInvoicesIssue_leavesDrafts(t *testing.T) {
	b := newShop(t, 3, sandbox.Options{})
	b.server.ForgetLog()
	plan := b.json(0, "invoices", "plan")
	wantNumbers(t, plan, map[string]int{"api_writes": 3})
	if len(list(t, plan, "ready")) != 3 || plan["formalise"] != false {
		t.Errorf("%v", plan)
	}
	// Without --yes: the plan, and nothing at İşbaşı.
	code, out, errs := b.do("invoices", "issue", "--all")
	if code != console.ExitUsage || !strings.Contains(out, "3 fatura taslak olur, 0 sipariş bekler") || !strings.Contains(errs, "--yes") {
		t.Errorf("%d, %s, %s", code, out, errs)
	}
	if n := len(b.calls()); n > 0 || number0(b.json(console.ExitUsage, "invoices", "issue", "--all"), "api_writes") != 3 {
		t.Errorf("%v without --yes", b.calls())
	}
	done := b.json(0, "invoices", "issue", "--all", "--draft", "--yes")
	wantNumbers(t, done, map[string]int{"drafted": 3, "issued": 0, "unknown": 0, "rejected": 0, "held": 0, "waiting": 0, "api_writes": 3})
	if number0(done, "api_reads") != b.server.Count(sandbox.RouteInvoices)+b.server.Count(sandbox.RouteInvoice) || b.server.Count(sandbox.RouteDraft) != 3 {
		t.Errorf("%v of %v", done, b.calls())
	}
	b.wantStands("trendyol/1:checked trendyol/2:checked trendyol/3:checked")
	// Again there is nothing to do, and nothing is read.
	b.server.ForgetLog()
	again := b.json(0, "invoices", "issue", "--all", "--yes")
	wantNumbers(t, again, map[string]int{"drafted": 0, "api_reads": 0, "api_writes": 0})
	if m := b.json(0, "orders", "import", b.shopOrders(3, nil)); number0(m, "same") != 3 || number0(m, "ready") != 0 || len(b.calls()) > 0 {
		t.Errorf("%v, %v", m, b.calls())
	}
	if m := b.json(0, "orders", "list", "--state", "invoiced"); number0(m, "total") != 3 {
		t.Errorf("%v", m)
	}
}

func TestInvoicesFormalise_sendsOneAndItsDocumentIsWritten(t *testing.T) {
	b := newShop(t, 3, sandbox.Options{})
	b.json(0, "invoices", "issue", "--all", "--draft", "--yes")
	b.server.ForgetLog()
	if m := b.json(console.ExitUsage, "invoices", "formalise", "trendyol/2"); len(list(t, m, "drafts")) != 1 || number0(m, "api_writes") != 1 || len(b.calls()) > 0 {
		t.Errorf("%v, %v", m, b.calls())
	}
	b.wantError(console.ExitError, "not-found", "invoices", "document", "trendyol/2", "--out", b.path("f.pdf"))
	done := b.json(0, "invoices", "formalise", "trendyol/2", "--yes")
	wantNumbers(t, done, map[string]int{"issued": 1, "unknown": 0, "rejected": 0, "formalising": 0})
	b.wantStands("trendyol/1:checked trendyol/2:issued trendyol/3:checked")
	b.wantError(console.ExitError, "not-found", "invoices", "formalise", "trendyol/2", "--yes")
	b.server.ForgetLog()
	for n, want := range []int{1, 0} { // the second time it is here
		path := filepath.Join(b.dir, fmt.Sprintf("fatura%d.pdf", n))
		b.json(0, "invoices", "document", "trendyol/2", "--out", path)
		content, err := os.ReadFile(path)
		if err != nil || !strings.HasPrefix(string(content), "%PDF-") {
			t.Errorf("%.20q, %v", content, err)
		}
		if reads := b.server.Count(sandbox.RouteDocument) + b.server.Count(sandbox.RouteDocumentByID) + b.server.Count(sandbox.RoutePortalPDF); reads != 1 {
			t.Errorf("%d reads of documents after %d, want %d more", reads, n, want)
		}
	}
	ubl := b.path("fatura.xml")
	b.json(0, "invoices", "document", "trendyol/2", "--ubl", "--out", ubl)
	if !strings.Contains(read(t, ubl), "Invoice") {
		t.Error("the UBL is none")
	}
	// What was issued is not deleted; a draft is, and its order is ready again.
	b.wantError(console.ExitError, "not-found", "invoices", "delete", "trendyol/2", "--yes")
	if m := b.json(console.ExitUsage, "invoices", "delete", "trendyol/1"); number0(m, "api_writes") != 1 || b.server.Count(sandbox.RouteDeleteInvoices) != 0 {
		t.Errorf("%v", m)
	}
	wantNumbers(t, b.json(0, "invoices", "delete", "trendyol/1", "--yes"), map[string]int{"deleted": 1, "left": 0})
	if m := b.json(0, "orders", "list", "--state", "ready"); number0(m, "total") != 1 {
		t.Errorf("%v", m)
	}
	// What the list says otherwise since the invoice stands beside it.
	changed := b.write("sonra.csv", strings.ReplaceAll(read(t, b.shopOrders(3, nil)), ";Ayşe Yılmaz;", ";Ali Veli;"))
	if m := b.json(0, "orders", "import", changed); number0(m, "changed_since_invoice") != 2 || number0(m, "changed") != 1 {
		t.Errorf("%v", m)
	}
	m := b.json(0, "orders", "show", "trendyol/2")
	if later, ok := m["later"].(map[string]any); !ok || m["state"] != "invoiced" || later["buyer"].(map[string]any)["first"] != "Ali" || m["buyer"].(map[string]any)["first"] != "Ayşe" {
		t.Errorf("%v", m)
	}
	if _, out, _ := b.do("orders", "show", "trendyol/2"); !strings.Contains(out, "Sipariş faturadan sonra değişmiş") || !strings.Contains(out, "Listede şimdi: faturalanabilir, Ali Veli, 1 kalem, 101,00 ₺") {
		t.Errorf("%s", out)
	}
	b.json(0, "orders", "import", b.shopOrders(3, nil))
	// An order that is cancelled after its invoice is something to do.
	b.json(0, "orders", "import", b.shopOrders(3, map[int]string{2: "İptal Edildi"}))
	tasks := list(t, b.json(0, "invoices", "tasks", "list"), "tasks")
	if len(tasks) != 1 || tasks[0]["what"] != "cancelled" || tasks[0]["cure"] != "cancel-on-screen" || tasks[0]["open"] != true ||
		tasks[0]["total"] != tasks[0]["invoice"].(map[string]any)["total"] || tasks[0]["total"] == "0.00" {
		t.Fatalf("%v", tasks)
	}
	today := time.Now().In(domain.Istanbul).Format(time.DateOnly)
	id := fmt.Sprint(tasks[0]["id"])
	b.wantError(console.ExitUsage, "invalid", "invoices", "tasks", "close", id, "--date", today)
	b.json(0, "invoices", "tasks", "close", id, "--document", "IPT-1", "--date", today)
	if left, all := list(t, b.json(0, "invoices", "tasks", "list"), "tasks"), list(t, b.json(0, "invoices", "tasks", "list", "--all"), "tasks"); len(left) != 0 || len(all) != 1 || all[0]["document"] != "IPT-1" || all[0]["document_on"] != today {
		t.Errorf("%v, %v", left, all)
	}
}

func TestInvoicesIssue_formalisesAtOnce(t *testing.T) {
	b := newShop(t, 2, sandbox.Options{})
	code, out, _ := b.do("invoices", "issue", "--all", "--formalise")
	if code != console.ExitUsage || !strings.Contains(out, "2 fatura kesilir ve geri alınamaz") {
		t.Errorf("%d, %s", code, out)
	}
	done := b.json(0, "invoices", "issue", "trendyol/1", "--formalise", "--yes")
	wantNumbers(t, done, map[string]int{"issued": 1, "held": 0, "waiting": 0})
	b.wantStands("trendyol/1:issued")
	b.json(0, "invoices", "issue", "--all", "--draft", "--yes")
	wantNumbers(t, b.json(0, "invoices", "formalise", "--yes"), map[string]int{"issued": 1})
	wantNumbers(t, b.json(0, "invoices", "formalise", "--yes"), map[string]int{"issued": 0, "api_reads": 0})
	b.wantStands("trendyol/1:issued trendyol/2:issued")
}

// What was carried out and whose answer is lost is found, and never sent twice.
func TestInvoicesLookUp_findsWhatWasLost(t *testing.T) {
	b := newShop(t, 2, sandbox.Options{})
	b.server.Fault(sandbox.Fault{Kind: sandbox.FaultLost, Route: sandbox.RouteDraft, Times: 1})
	b.server.Fault(sandbox.Fault{Kind: sandbox.FaultStatus, Route: sandbox.RouteInvoices, Page: 1, Times: 0, Status: 503, Message: "bakım"})
	m := b.json(console.ExitLater, "invoices", "issue", "--all", "--draft", "--yes")
	if e, ok := m["error"].(map[string]any); !ok || e["kind"] != "unavailable" {
		t.Fatalf("%v", m)
	}
	if drafts := b.server.Count(sandbox.RouteDraft); drafts > 0 {
		t.Fatalf("%d drafts were sent before the newest invoices were read", drafts)
	}
	b.server.Mend()
	b.server.Fault(sandbox.Fault{Kind: sandbox.FaultLost, Route: sandbox.RouteDraft, Times: 1})
	b.server.Fault(sandbox.Fault{Kind: sandbox.FaultStatus, Route: sandbox.RouteInvoice, Status: 503, Message: "bakım"})
	m = b.json(console.ExitLater, "invoices", "issue", "--all", "--draft", "--yes")
	wantNumbers(t, m, map[string]int{"unknown": 1, "drafted": 1})
	if n := len(b.server.Invoices()); n != 2 {
		t.Fatalf("%d invoices are at İşbaşı", n)
	}
	b.server.Mend()
	b.server.ForgetLog()
	if cost := b.json(console.ExitUsage, "invoices", "look-up"); number0(cost, "unknown") != 1 || number0(cost, "api_reads") < 1 || len(b.calls()) > 0 {
		t.Errorf("%v, %v", cost, b.calls())
	}
	wantNumbers(t, b.json(0, "invoices", "look-up", "--yes"), map[string]int{"found": 1, "absent": 0, "lost": 0, "still_unknown": 0, "api_writes": 0})
	wantNumbers(t, b.json(0, "invoices", "look-up", "--yes"), map[string]int{"found": 0, "api_reads": 0})
	b.json(0, "invoices", "issue", "--all", "--yes") // reads back what the first run has not
	b.wantStands("trendyol/1:checked trendyol/2:checked")
	if b.server.Count(sandbox.RouteDraft) != 0 || len(b.server.Invoices()) != 2 {
		t.Errorf("%d drafts were sent again, %d are there", b.server.Count(sandbox.RouteDraft), len(b.server.Invoices()))
	}
}

// What nobody finds twice may be issued again, by a person's word.
func TestInvoicesLookUp_letsGoOfWhatIsLost(t *testing.T) {
	b := newShop(t, 1, sandbox.Options{})
	b.server.Fault(sandbox.Fault{Kind: sandbox.FaultDrop, Route: sandbox.RouteDraft})
	b.json(console.ExitPartly, "invoices", "issue", "--all", "--draft", "--yes")
	b.server.Mend()
	for n := 0; b.stands()["trendyol/1"] != "lost"; n++ { // two look-ups have to lie the patience apart, here a millisecond
		if n == 10 {
			t.Fatalf("%v", b.stands())
		}
		b.do("invoices", "look-up", "--yes")
	}
	b.json(console.ExitUsage, "invoices", "free", "trendyol/1")
	b.json(0, "invoices", "free", "trendyol/1", "--yes")
	wantNumbers(t, b.json(0, "invoices", "issue", "trendyol/1", "--draft", "--yes"), map[string]int{"drafted": 1})
	if n := len(b.server.Invoices()); n != 1 {
		t.Errorf("%d invoices", n)
	}
}

func TestInvoicesIssue_wantsOrdersNamed(t *testing.T) {
	b := newShop(t, 1, sandbox.Options{})
	for _, args := range [][]string{{"issue", "--yes"}, {"issue", "--all", "trendyol/1", "--yes"}, {"issue", "trendyol", "--yes"}} {
		b.wantError(console.ExitUsage, "usage", append([]string{"invoices"}, args...)...)
	}
	b.wantError(console.ExitError, "not-found", "invoices", "issue", "trendyol/2", "--yes")
	if b.server.Count(sandbox.RouteDraft) > 0 {
		t.Error("a draft was sent")
	}
	// One that is held is named as such.
	b.json(0, "orders", "hold", "trendyol/1")
	wantNumbers(t, b.json(console.ExitPartly, "invoices", "issue", "trendyol/1", "--draft", "--yes"), map[string]int{"held": 1, "drafted": 0, "api_writes": 0})
	b.json(0, "orders", "release", "trendyol/1")
	today := time.Now().In(domain.Istanbul).Format(time.DateOnly)
	b.json(0, "invoices", "link", "trendyol/1", "ABC2026000000001", "--date", today)
	wantNumbers(t, b.json(0, "invoices", "issue", "--all", "--yes"), map[string]int{"drafted": 0})
	if r := list(t, b.json(0, "invoices", "list", "--group", "issued"), "invoices"); len(r) != 1 || r[0]["number"] != "ABC2026000000001" || r[0]["linked"] != true {
		t.Errorf("%v", r)
	}
	b.wantError(console.ExitError, "state", "invoices", "link", "trendyol/1", "ABC2026000000002", "--date", today)
}

// What keeps a run from beginning says so, and nothing waits in the queue for it.
func TestInvoicesIssue_endsLikeOtherCommands(t *testing.T) {
	b := newShop(t, 1, sandbox.Options{})
	b.json(0, "settings", "set", "integration=off")
	if said := b.wantError(console.ExitUsage, "invalid", "invoices", "issue", "--all", "--yes"); !strings.Contains(said, "Entegrasyon kapalı") {
		t.Error(said)
	}
	b.json(0, "settings", "set", "integration=on")
	keyring.InMemory(nil) // the session is gone
	b.wantError(console.ExitAuthorise, "needs-sign-in", "invoices", "issue", "--all", "--yes")
	if m := b.json(0, "orders", "list", "--state", "ready"); number0(m, "total") != 1 || list(t, m, "orders")[0]["queued"] != nil || b.server.Count(sandbox.RouteDraft) > 0 {
		t.Errorf("%v", m)
	}
}

func TestInvoicesSettings(t *testing.T) {
	b := newBench(t, sandbox.Options{})
	wantSame(t, b.json(0, "invoices", "settings"), `{"website":"","carrier":"","carrier_tax_no":"","service_vat":"20","gift_card":"payment","derive_postal":"yes",
		"exemption":"","shipping_net":"no","trendyol":"","returns":"section"}`)
	sets := []string{
		"website=www.ornek.com", "carrier=Kargo AŞ", "carrier_tax_no=0012345672", "service_vat=10", "gift_card=discount", "derive_postal=no", "exemption=351",
		"shipping_net=yes", "trendyol=deducted", "returns=slip",
	}
	args := []string{"invoices", "settings"}
	for _, s := range sets {
		args = append(args, "--set", s)
	}
	b.json(0, args...)
	_, out, _ := b.do("invoices", "settings")
	if got := strings.Fields(strings.ReplaceAll(out, "Kargo AŞ", "Kargo_AŞ")); !slices.Equal(got, strings.Fields(strings.ReplaceAll(strings.Join(sets, " "), "Kargo AŞ", "Kargo_AŞ"))) {
		t.Errorf("%q", got)
	}
	for kind, all := range map[domain.Kind][]string{
		"usage":   {"website", "x=1", "derive_postal=1", "shipping_net=ja"},
		"invalid": {"service_vat=7", "service_vat=x", "gift_card=", "trendyol=x", "returns=x", "exemption=a", "carrier_tax_no=1"},
	} {
		for _, s := range all {
			b.wantError(console.ExitUsage, kind, "invoices", "settings", "--set", s)
		}
	}
}
