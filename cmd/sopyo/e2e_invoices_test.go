//go:build e2e && linux

package main_test

import (
	"fmt"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
)

// TestEndToEnd_invoices makes invoices of the orders of a file that is dropped on the window: one that waits is mended,
// drafts are stored, one is formalised, one whose answer was lost is found, one is taken back, and one whose order was
// cancelled leaves a task. What İşbaşı has of it is asked of the stand-in's own page.
func TestEndToEnd_invoices(t *testing.T) {
	for _, lang := range []string{"tr", "en"} {
		t.Run(lang, func(t *testing.T) {
			album := "e2e/invoices-" + lang
			emptyAlbum(t, album)
			d := newDesktop(t)
			shop := &syncShop{t: t, dir: d.home, n: 30}
			shop.write("books.csv", nil)
			// The answer of the fourth draft is lost, and İşbaşı shows it only after the run has looked for it.
			world := newWorld(d, supply{flags: []string{"-products", shop.path("books.csv")}},
				"-faults", "late route=invoices/integrationInvoices nth=4 delay=15s")
			world.signIn(world.data)
			world.ctl(world.data, "settings", "set", "integration=on", "currency=TRY")
			world.ctl(world.data, "import", "--unmatched", "created")

			v := &invoiceTest{window: world.window(album, lang), world: world, before: len(world.booked())}
			v.takeFile()
			v.mend()
			v.draft()
			v.formalise()
			v.takeLaterFile()
			v.loseAnswer()
			v.takeBack()
			v.closeTask()
			v.close()
			v.kept()
			world.searchFor(world.secrets())
		})
	}
}

type invoiceTest struct {
	*window
	world  *world
	before int // invoices that İşbaşı had
	shots  int
}

// The buyers, by what becomes of their invoices.
const (
	formalised = "Ayşegül Çağlayan"
	deleted    = "Örnek Gıda Sanayi ve Ticaret Ltd. Şti."
	mended     = "Zeynep Büyükkılıç"
	lost       = "Işıl Şahin"
)

// sales are what was sold, later with the first order cancelled and one more.
func sales(later bool) []sold {
	all := []sold{
		{pack: "3000000001", buyer: formalised, district: "Kadıköy", code: "URN-0001", name: "Filtre Kahve 250 g", pieces: 2, unit: "49,9", amount: "99,8"},
		{pack: "3000000001", buyer: formalised, district: "Kadıköy", code: "URN-0003", name: "Çay Bardağı Seti 6’lı", pieces: 1, unit: "1.069,9", amount: "1.069,9"},
		{
			pack: "3000000002", buyer: "Deniz Yıldız", district: "Beşiktaş", company: [3]string{"7382916456", "Beşiktaş", deleted},
			code: "URN-0002", name: "Türk Kahvesi 100 g", pieces: 3, unit: "59,9", amount: "179,7",
		},
		{pack: "3000000003", buyer: mended, district: "", code: "URN-0004", name: "Zeytinyağlı Sabun 4 × 150 g", pieces: 1, unit: "79,9", amount: "79,9"},
	}
	for i := range all {
		all[i].status = "Teslim Edildi"
	}
	if later {
		all[0].status, all[1].status = "İptal Edildi", "İptal Edildi"
		all = append(all, sold{
			pack: "3000000004", buyer: lost, district: "Üsküdar", status: "Teslim Edildi", code: "URN-0005", name: "Bambu Kesme Tahtası", pieces: 1, unit: "89,9", amount: "89,9",
		})
	}
	return all
}

// step takes the next picture.
func (v *invoiceTest) step(name string) {
	v.t.Helper()
	v.shots++
	v.shot(fmt.Sprintf("%02d-%s", v.shots, name))
}

// chip is what stands over the list of orders for those of a stage.
func (v *invoiceTest) chip(stage, n string) string {
	v.t.Helper()
	return v.say("orders.page.chip", v.say("orders.page.chip."+stage), n)
}

// ours are the invoices that İşbaşı has got since the test began, by their buyers.
func (v *invoiceTest) ours() map[string]booked {
	v.t.Helper()
	all := v.world.booked()
	since := map[string]booked{}
	for _, b := range all[:len(all)-v.before] {
		if _, twice := since[b.buyer]; twice {
			v.t.Errorf("İşbaşı has two invoices for %s", b.buyer)
		}
		since[b.buyer] = b
	}
	return since
}

// has checks what İşbaşı has got: kind, state and total by buyers.
func (v *invoiceTest) has(when string, want map[string]string) {
	v.t.Helper()
	got := map[string]string{}
	for buyer, b := range v.ours() {
		got[buyer] = strings.Join([]string{b.kind, b.state, b.total}, ", ")
	}
	if !reflect.DeepEqual(got, want) {
		v.t.Errorf("%s İşbaşı has %q, want %q", when, got, want)
	}
}

// openRow opens the row of a list that says text.
func (v *invoiceTest) openRow(text string) {
	v.t.Helper()
	v.tap(text)
	v.key("Return")
}

// takeFile drops the file on the window and takes its orders.
func (v *invoiceTest) takeFile() {
	v.t.Helper()
	v.waitFor(v.say("menu.orders"))
	v.drop(v.world.trendyolFile("Tedarikçi Siparişleri #1.xlsx", sales(false)...))
	v.waitFor(v.say("orders.take.found", "Trendyol", 3), v.say("orders.take.go", 3))
	v.step("dropped")
	v.tap(v.say("orders.take.go", 3))
	v.waitFor(v.chip("all", "3"), v.chip("ready", "2"), v.chip("held", "1"), mended, v.say("hit.address"))
	v.step("taken")
}

// mend gives the order that waits its district.
func (v *invoiceTest) mend() {
	v.t.Helper()
	v.openRow(mended)
	v.waitFor(v.say("orders.sheet.save"), v.say("hit.address.do"))
	v.step("held")
	v.choose(v.say("orders.buyer.district"), "Kadıköy")
	v.waitFor(v.say("orders.sheet.stale"))
	v.tap(v.say("orders.sheet.save"))
	v.waitFor(v.say("orders.sheet.ready"))
	v.gone(v.say("hit.address.do"))
	v.step("mended")
	v.key("Escape")
	v.waitFor(v.chip("ready", "3"), v.chip("held", "0"))
}

// prepare looks at what would be made of n orders, and has it made.
func (v *invoiceTest) prepare(n int) {
	v.t.Helper()
	v.tap(v.say("orders.page.prepare.of", v.say("orders.page.prepare"), n))
	v.waitFor(v.say("orders.plan.drafts", n))
	v.step("plan")
	v.tap(v.say("orders.plan.drafts", n))
	v.waitLong(time.Minute, v.say("orders.run.show"))
}

// draft has the drafts made, and looks at İşbaşı whether they are there.
func (v *invoiceTest) draft() {
	v.t.Helper()
	v.prepare(3)
	v.waitFor(v.say("issued.drafted", 3), v.chip("invoiced", "3"))
	v.step("drafted")
	v.has("after the first run", map[string]string{
		formalised: "e-Arşiv, draft, 1169.70 TL", deleted: "e-Arşiv, draft, 179.70 TL", mended: "e-Arşiv, draft, 79.90 TL",
	})
	v.tap(v.say("orders.run.show"))
	v.waitFor(v.say("invoices.title"), v.say("attempt.checked"), formalised)
	v.step("drafts")
}

// formalise sends one draft, with the word typed, and reads its PDF.
func (v *invoiceTest) formalise() {
	v.t.Helper()
	v.tap(formalised)
	v.key("space")
	v.tap(v.say("invoices.formalise", 1))
	v.waitFor(v.say("invoices.formalise.title"), formalised)
	v.gone(deleted)
	v.typeText(v.say("formal.word"))
	v.step("formalise")
	v.key("Return")
	v.waitLong(time.Minute, v.say("issued.issued", 1), v.say("attempt.issued"))
	v.gone(v.say("status.stop"))
	v.step("issued")
	v.has("after one was formalised", map[string]string{
		formalised: "e-Arşiv, done, 1169.70 TL", deleted: "e-Arşiv, draft, 179.70 TL", mended: "e-Arşiv, draft, 79.90 TL",
	})
	v.openRow(formalised)
	v.waitFor(v.say("invoices.pdf"))
	v.tapLead(v.say("invoices.pdf"))
	v.readPDF(v.opened())
	v.step("invoice")
	v.key("Escape")
	v.waitFor(v.say("invoices.search"))
}

// readPDF checks what stands in the document whose plain path was given to the system.
func (v *invoiceTest) readPDF(path string) {
	v.t.Helper()
	if !filepath.IsAbs(path) || filepath.Ext(path) != ".pdf" {
		v.t.Fatalf("opened %s", path)
	}
	number := v.ours()[formalised].number
	text := v.run("pdftotext", "-layout", path, "-")
	for _, said := range []string{formalised, number, "1169.70 TL", "Çay Bardağı Seti 6’lı"} {
		if said == "" || !strings.Contains(text, said) {
			v.t.Errorf("the PDF does not say %q:\n%s", said, text)
		}
	}
}

// takeLaterFile drops the list of the next day.
func (v *invoiceTest) takeLaterFile() {
	v.t.Helper()
	v.drop(v.world.trendyolFile("Tedarikçi Siparişleri #2.xlsx", sales(true)...))
	v.waitFor(v.say("orders.take.found", "Trendyol", 4), v.say("orders.take.new", 1), v.say("orders.take.changed", 1), v.say("orders.take.same", 2))
	v.step("later-file")
	v.tap(v.say("orders.take.go", 4))
	v.waitFor(v.say("orders.take.changed", 1)+", "+v.say("orders.take.same", 2), v.chip("all", "4"), v.chip("ready", "1"), v.chip("invoiced", "2"), v.chip("task", "1"))
	v.step("later-taken")
}

// loseAnswer has a draft made whose answer is lost, and finds it.
func (v *invoiceTest) loseAnswer() {
	v.t.Helper()
	v.prepare(1)
	v.waitFor(v.say("issued.unknown", 1), v.chip("ready", "0"), v.chip("held", "1"), v.say("hit.unknown_attempt"))
	v.step("lost")
	v.tap(v.say("orders.run.show"))
	v.waitFor(v.say("invoices.unknown", 1), v.say("attempt.unknown"))
	v.step("unknown")
	v.until("İşbaşı has the draft", func() bool { return v.ours()[lost].state == "draft" })
	before, _, _ := strings.Cut(v.say("invoices.look-up", "\x00"), "\x00")
	v.tapLead(before)
	v.gone(v.say("invoices.unknown", 1))
	v.gone(v.say("attempt.unknown"))
	v.step("found")
	v.has("after the look-up", map[string]string{
		formalised: "e-Arşiv, done, 1169.70 TL", deleted: "e-Arşiv, draft, 179.70 TL", mended: "e-Arşiv, draft, 79.90 TL", lost: "e-Arşiv, draft, 89.90 TL",
	})
}

// takeBack deletes a draft.
func (v *invoiceTest) takeBack() {
	v.t.Helper()
	v.openRow(deleted)
	v.tap(v.say("invoices.delete.one"))
	v.waitFor(v.say("invoices.delete.title", 1))
	v.step("take-back")
	v.tap(v.say("invoices.delete", 1))
	v.waitFor(v.say("invoices.deleted", 1), v.say("attempt.deleted"))
	v.step("taken-back")
	v.has("after one was taken back", map[string]string{
		formalised: "e-Arşiv, done, 1169.70 TL", deleted: "e-Arşiv, deleted, 179.70 TL", mended: "e-Arşiv, draft, 79.90 TL", lost: "e-Arşiv, draft, 89.90 TL",
	})
}

// closeTask closes what is to be done about the cancelled order.
func (v *invoiceTest) closeTask() {
	v.t.Helper()
	total := map[string]string{"tr": "1.169,70 ₺", "en": "₺1,169.70"}[v.lang]
	v.waitFor(v.say("invoices.tasks.open", 1))
	v.tap(v.say("invoices.tasks.show"))
	v.waitFor(v.say("invoices.tasks.pick"), v.say("task.cancelled"), v.say("cure.cancel-on-screen"), total)
	v.step("tasks")
	v.tap(formalised)
	v.tap(v.say("invoices.open"))
	v.waitFor(v.say("invoices.task.close"), v.say("cure.cancel-on-screen.do"), v.say("invoices.task", v.say("task.cancelled"), total))
	v.step("task")
	v.typeIn(v.say("invoices.task.document"), "IPTAL-2026/17")
	v.typeIn(v.say("invoices.task.date"), today().Format("02.01.2006"))
	v.step("task-typed")
	v.tap(v.say("invoices.task.close"))
	v.waitFor(v.say("invoices.task.done", "IPTAL-2026/17"))
	v.gone(v.say("invoices.task.close"))
	v.step("task-closed")
	v.key("Escape", "Escape")
	v.waitFor(v.say("invoices.search"))
	v.gone(v.say("invoices.tasks.open", 1))
	v.step("end")
}

// kept checks what the program itself keeps, while its window is closed.
func (v *invoiceTest) kept() {
	v.t.Helper()
	got := map[string]string{}
	for _, r := range objects(v.world.ctl(v.world.data, "invoices", "list"), "invoices") {
		got[fmt.Sprint(r["buyer"])] = fmt.Sprint(r["key"], " ", r["state"], " ", r["total"], " ", r["cancelled"])
	}
	want := map[string]string{
		formalised: "trendyol/3000000001 documented 1169.70 false", deleted: "trendyol/3000000002 deleted 179.70 false",
		mended: "trendyol/3000000003 checked 79.90 false", lost: "trendyol/3000000004 checked 89.90 false",
	}
	if !reflect.DeepEqual(got, want) {
		v.t.Errorf("kept: %q, want %q", got, want)
	}
	tasks := objects(v.world.ctl(v.world.data, "invoices", "tasks", "list", "--all"), "tasks")
	if len(tasks) != 1 || tasks[0]["document"] != "IPTAL-2026/17" || tasks[0]["document_on"] != today().Format(time.DateOnly) {
		v.t.Errorf("tasks: %v", tasks)
	}
}

// today is the day on the wall.
func today() time.Time { return time.Now().In(domain.Istanbul) }
