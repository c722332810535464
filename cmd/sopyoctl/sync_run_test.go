package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"reflect"
	"regexp"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/cmd/sopyoctl/internal/console"
	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/sync"
	"github.com/sopyo/sopyo-desktop/storage/isbasi/sandbox"
)

// newSynced is a company that has synced once: n products K-001…, each 100 and 10 pieces on both sides, both ways on,
// and a key that may write stock.
func newSynced(t *testing.T, n int, o sandbox.Options) *bench {
	t.Helper()
	for i := range n {
		o.Products = append(o.Products, sandbox.Product{
			ID: int64(i + 1), Code: code(i + 1), Name: fmt.Sprintf("Ürün %d", i+1), Price: amount("100"), Stock: amount("10"), VATRate: amount("20"),
		})
	}
	o.AllowStock = true
	b := newBench(t, o)
	b.authorize()
	b.json(0, "import", "--unmatched", "created")
	b.json(0, "settings", "set", "integration=on", "pull=yes", "push=both")
	b.json(0, "sync", "probe-stock", "--yes")
	b.json(0, "sync")
	b.server.ForgetLog()
	return b
}

func code(i int) string { return fmt.Sprintf("K-%03d", i) }

func amount(s string) decimal.NullDecimal {
	return decimal.NewNullDecimal(decimal.RequireFromString(s))
}

// theirs sets prices and stocks at İşbaşı, "" leaves one as it is: from product number from to number to.
func (b *bench) theirs(from, to int, price, stock string) {
	b.server.Edit(func(products []sandbox.Product) []sandbox.Product {
		for i := from - 1; i < to; i++ {
			if price != "" {
				products[i].Price = amount(price)
			}
			if stock != "" {
				products[i].Stock = amount(stock)
			}
		}
		return products
	})
}

// ours does the same in the catalogue.
func (b *bench) ours(from, to int, price, stock string) {
	lines := []string{"Stok Kodu;Satış Fiyatı (KDV Dahil);Stok Adedi"}
	for i := from; i <= to; i++ {
		lines = append(lines, fmt.Sprintf("%s;%s;%s", code(i), strings.Replace(price, ".", ",", 1), stock))
	}
	b.catalogue(lines...)
}

// wantSame compares an object with the one that is written out.
func wantSame(t *testing.T, got any, want string) {
	t.Helper()
	var w any
	if err := json.Unmarshal([]byte(want), &w); err != nil {
		t.Fatalf("%v in %s", err, want)
	}
	var g any
	if err := json.Unmarshal([]byte(mustJSON(t, got)), &g); err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(g, w) {
		t.Errorf("got  %s\nwant %s", mustJSON(t, g), mustJSON(t, w))
	}
}

// values gives what both sides have of a product: price and stock of the catalogue, then İşbaşı's.
func (b *bench) values(i int) string {
	b.t.Helper()
	for _, p := range list(b.t, b.json(0, "catalogue", "list", "--limit", "0"), "products") {
		if p["code"] == code(i) {
			their := b.server.Products()[i-1]
			return fmt.Sprintf("%v %v, %s %s", p["price"], p["stock"], their.Price.Decimal, their.Stock.Decimal)
		}
	}
	b.t.Fatalf("%s is not in the catalogue", code(i))
	return ""
}

func (b *bench) wantValues(want map[int]string) {
	b.t.Helper()
	for i, w := range want {
		if got := b.values(i); got != w {
			b.t.Errorf("%s: %s, want %s", code(i), got, w)
		}
	}
}

// calls are the calls since the log was emptied, but for sign-ins.
func (b *bench) calls() map[string]int {
	calls := map[string]int{}
	for _, c := range b.server.Log() {
		if c.Cost != sandbox.CostNone {
			calls[c.Route]++
		}
	}
	return calls
}

const nothing = `"pulled":{"stock":0,"price":0},"pushed":{"stock":0,"price":0},"conflicts":0,"held":0`

func TestSync_movesWhatChangedOnEitherSide(t *testing.T) {
	b := newSynced(t, 30, sandbox.Options{})
	b.theirs(1, 2, "120", "")
	b.theirs(3, 3, "", "7")
	b.ours(4, 4, "90.50", "")
	b.ours(5, 5, "", "12")
	want := `"read":30,"pulled":{"stock":1,"price":2},"pushed":{"stock":1,"price":1},"conflicts":0,"held":0,"unchanged":55,"failed":0,"brakes":[]`
	wantSame(t, b.json(0, "sync", "--plan"), `{"state":"planned",`+want+`,"api_reads":1,"api_writes":0}`)
	wantSame(t, b.json(0, "sync"), `{"state":"done",`+want+`,"api_reads":2,"api_writes":2}`)
	b.wantValues(map[int]string{1: "120 10, 120 10", 3: "100 7, 100 7", 4: "90.5 10, 90.5 10", 5: "100 12, 100 12", 6: "100 10, 100 10"})
	again := `{"state":"done","read":30,` + nothing + `,"unchanged":60,"failed":0,"brakes":[],"api_reads":1,"api_writes":0}`
	wantSame(t, b.json(0, "sync"), again)
	reads := b.server.Count(sandbox.RouteProducts)
	wantSame(t, b.json(0, "sync", "--resume"), again) // how the last one ended
	if b.server.Count(sandbox.RouteProducts) != reads {
		t.Error("--resume of a finished sync read again")
	}
	code, out, _ := b.do("sync")
	if code != 0 || !strings.Contains(out, "en az 1 okuma") || !strings.Contains(out, "tamamlandı: 30 okundu; alınan: stok 0, fiyat 0; gönderilen: stok 0, fiyat 0") {
		t.Errorf("exit %d: %s", code, out)
	}
}

// pairs gives what was agreed on of every field, and the catalogue's values.
func (b *bench) pairs() string {
	b.t.Helper()
	c := &console.Console{Streams: console.Streams{In: strings.NewReader(""), Out: io.Discard, Err: io.Discard}, DataDir: b.data}
	company, err := c.Open(b.t.Context(), false)
	if err != nil {
		b.t.Fatal(err)
	}
	pairs, err := company.Pairs(b.t.Context(), sync.Run{})
	if err := errors.Join(err, c.Close()); err != nil {
		b.t.Fatal(err)
	}
	for i := range pairs {
		for _, v := range []*sync.Value{&pairs[i].Price, &pairs[i].Stock} {
			v.Theirs = decimal.NullDecimal{}
		}
		pairs[i].Currency, pairs[i].ReadAt, pairs[i].ModifiedAt = "", time.Time{}, time.Time{}
	}
	return mustJSON(b.t, pairs)
}

func TestSyncPlan_writesNothing(t *testing.T) {
	b := newSynced(t, 20, sandbox.Options{})
	b.theirs(1, 3, "120", "")
	b.theirs(4, 4, "250", "") // further than a price may move: it waits
	b.ours(5, 5, "110", "")
	b.ours(6, 6, "105", "") // both changed to the same
	b.theirs(6, 6, "105", "")
	catalogue, pairs, there := b.exported(), b.pairs(), mustJSON(t, b.server.Products())
	open, runs := mustJSON(t, b.json(0, "sync", "open")), mustJSON(t, b.json(0, "sync", "list"))
	if m := b.json(0, "sync", "--plan"); number0(m, "held") != 1 || number0(m, "unchanged") != 35 {
		t.Errorf("%v", m)
	}
	b.json(0, "sync", "--plan", "--push-only")
	if b.exported() != catalogue || b.pairs() != pairs || mustJSON(t, b.server.Products()) != there {
		t.Error("a plan changed a value, or what was agreed on")
	}
	if mustJSON(t, b.json(0, "sync", "open")) != open || mustJSON(t, b.json(0, "sync", "list")) != runs {
		t.Error("a plan is listed, or changed what waits")
	}
	wantSame(t, b.calls(), `{"products/products":2}`)
}

// What is planned before the first sync has agreed on anything is stored when it is confirmed, not before.
func TestSyncPlan_beforeTheFirstAgreesOnNothing(t *testing.T) {
	b := newBench(t, sandbox.Options{Products: sandbox.Products(20, 4)})
	b.authorize()
	b.json(0, "import", "--unmatched", "created")
	b.json(0, "settings", "set", "integration=on", "pull=yes", "push=both")
	before := b.pairs()
	b.json(0, "sync", "--plan")
	if after := b.pairs(); after != before {
		t.Errorf("agreed by a plan:\n%s\n%s", before, after)
	}
	b.json(0, "sync")
	if n := strings.Count(b.pairs(), `"Base":null`); n > strings.Count(before, `"Ours":null`) {
		t.Errorf("%d fields without an agreement after a sync", n)
	}
}

func TestSync_oneWayOnly(t *testing.T) {
	b := newSynced(t, 20, sandbox.Options{})
	b.theirs(1, 1, "120", "")
	b.ours(2, 2, "90", "")
	rest := `"conflicts":0,"held":0,"unchanged":38,"failed":0,"brakes":[]`
	wantSame(t, b.json(0, "sync", "--push-only"), `{"state":"done","read":20,"pulled":{"stock":0,"price":0},"pushed":{"stock":0,"price":1},`+rest+`,"api_reads":2,"api_writes":1}`)
	b.wantValues(map[int]string{1: "100 10, 120 10", 2: "90 10, 90 10"})
	b.ours(3, 3, "80", "")
	wantSame(t, b.json(0, "sync", "--pull-only"), `{"state":"done","read":20,"pulled":{"stock":0,"price":1},"pushed":{"stock":0,"price":0},`+rest+`,"api_reads":1,"api_writes":0}`)
	b.wantValues(map[int]string{1: "120 10, 120 10", 3: "80 10, 100 10"})
}

func TestSync_editsReadNoList(t *testing.T) {
	b := newSynced(t, 20, sandbox.Options{})
	b.theirs(1, 1, "120", "")
	b.ours(2, 2, "90", "")
	b.ours(3, 3, "", "4")
	if _, out, _ := b.do("status"); !strings.Contains(out, "Gönderilmeyi bekleyen: 2 (sopyoctl sync --edits)") {
		t.Error(out)
	}
	wantSame(t, b.json(0, "sync", "--edits"), `{"state":"done","read":0,"pulled":{"stock":0,"price":0},"pushed":{"stock":1,"price":1},
		"conflicts":0,"held":0,"unchanged":38,"failed":0,"brakes":[],"api_reads":1,"api_writes":2}`)
	b.wantValues(map[int]string{1: "100 10, 120 10", 2: "90 10, 90 10", 3: "100 4, 100 4"})
	if n := b.server.Count(sandbox.RouteProducts); n != 0 {
		t.Errorf("%d pages were read", n)
	}
}

// İşbaşı is asked for what has changed only after it has dated every change; where it does not understand that question
// it gives the whole list.
func TestSync_readsWhatChangedWhereIsbasiTells(t *testing.T) {
	for name, c := range map[string]struct {
		filter bool
		reads  int // the changed product alone, or the list
		then   int // and the one that was written
	}{"told": {true, 1, 2}, "not understood": {false, 20, 20}} {
		t.Run(name, func(t *testing.T) {
			b := newSynced(t, 20, sandbox.Options{ChangeFilter: c.filter})
			change := func(price string) {
				b.server.Edit(func(products []sandbox.Product) []sandbox.Product {
					products[4].Price, products[4].ModifiedAt = amount(price), time.Now().Add(time.Minute) // written to the second
					return products
				})
			}
			change("110")
			if m := b.json(0, "sync"); number0(m, "read") != 20 {
				t.Errorf("%v", m)
			}
			change("120")
			b.ours(7, 7, "90", "")
			b.server.ForgetLog()
			wantSame(t, b.json(0, "sync"), fmt.Sprintf(`{"state":"done","read":%d,"pulled":{"stock":0,"price":1},"pushed":{"stock":0,"price":1},
				"conflicts":0,"held":0,"unchanged":38,"failed":0,"brakes":[],"api_reads":2,"api_writes":1}`, c.reads))
			b.wantValues(map[int]string{5: "120 10, 120 10", 7: "90 10, 90 10"})
			read := b.json(0, "sync")
			if n := b.server.Count(sandbox.RouteProducts); n != 2 || number0(read, "read") != c.then {
				t.Errorf("%d pages in two syncs, the second: %v", n, read)
			}
			if saved := b.json(0, "quota")["saved_reads"]; saved != 0.0 {
				t.Errorf("a list of one page costs no more than what has changed, but %v reads were saved", saved)
			}
		})
	}
}

// brakeID is that of the only brake of a sync.
func brakeID(t *testing.T, m map[string]any) string {
	t.Helper()
	brakes := list(t, m, "brakes")
	if len(brakes) != 1 {
		t.Fatalf("brakes: %v", brakes)
	}
	id, _ := brakes[0]["id"].(string)
	return id
}

func TestSync_stopsAtABrakeAndGoesOnWithThatPlan(t *testing.T) {
	b := newSynced(t, 30, sandbox.Options{})
	b.theirs(1, 4, "120", "")
	b.ours(5, 7, "90.50", "") // 7 of 30 prices: 6 may
	braked := b.json(console.ExitLater, "sync")
	id := brakeID(t, braked)
	largest := ""
	for i := 1; i <= 7; i++ {
		ours, theirs := "100", "120"
		if i > 4 {
			ours, theirs = "90.5", "100"
		}
		largest += fmt.Sprintf(`,{"code":%q,"base":"100","ours":%q,"theirs":%q}`, code(i), ours, theirs)
	}
	wantSame(t, braked, `{"state":"braked","read":30,`+nothing+`,"unchanged":53,"failed":0,"api_reads":1,"api_writes":0,
		"brakes":[{"id":"`+id+`","kind":"prices","changed":7,"of":30,"limit":6,"largest":[`+largest[1:]+`]}]}`)
	if !regexp.MustCompile(`^prices-[0-9a-f]{8}$`).MatchString(id) {
		t.Errorf("id %q", id)
	}
	b.wantValues(map[int]string{1: "100 10, 120 10", 5: "90.5 10, 100 10"})

	again := b.json(console.ExitLater, "sync", "--resume") // it still waits, and reads nothing
	wantSame(t, again, mustJSON(t, braked))
	code, out, errs := b.do("sync", "--resume")
	command := "Doğruysa bununla sürdürün: sopyoctl --data \"" + b.data + "\" --isbasi-url \"" + b.server.URL() + "\" sync --accept-brakes " + id
	if code != console.ExitLater || !strings.Contains(out, command) || !strings.Contains(out, "7 tanesi değişecek (toplam 30, sınır 6)") ||
		!strings.Contains(out, "K-001  100 → 120") || !strings.Contains(out, "K-005  100 → 90,5") || !strings.Contains(errs, "Eşitleme durdu") {
		t.Errorf("exit %d\n%s%s", code, out, errs)
	}

	if s := b.wantError(console.ExitUsage, domain.KindInvalid, "sync", "--accept-brakes", "prices-00000000"); !strings.Contains(s, "bekleyen eşitlemenin freni değil") {
		t.Error(s)
	}
	b.wantError(console.ExitUsage, domain.KindInvalid, "sync", "--accept-brakes", id+",zeroed-00000000")
	if s := b.wantError(console.ExitUsage, domain.KindInvalid, "sync", "--pull-only", "--accept-brakes", id); !strings.Contains(s, "başka bir yön") {
		t.Error(s)
	}
	b.wantValues(map[int]string{1: "100 10, 120 10"})

	b.theirs(8, 9, "130", "") // since then: no part of the plan that was looked at
	b.server.ForgetLog()
	done := b.json(0, "sync", "--accept-brakes", id)
	if brakeID(t, done) != id {
		t.Errorf("another plan: %v", done)
	}
	delete(done, "brakes")
	wantSame(t, done, `{"state":"done","read":30,"pulled":{"stock":0,"price":4},"pushed":{"stock":0,"price":3},
		"conflicts":0,"held":0,"unchanged":53,"failed":0,"api_reads":4,"api_writes":3}`)
	b.wantValues(map[int]string{1: "120 10, 120 10", 5: "90.5 10, 90.5 10", 8: "100 10, 130 10"})
	wantSame(t, b.calls(), `{"products/{id}/{type}":3,"PUT:products":3}`)
}

func TestSync_acceptsAllOnlyOfWhatWasShown(t *testing.T) {
	b := newSynced(t, 30, sandbox.Options{})
	if s := b.wantError(console.ExitUsage, domain.KindInvalid, "sync", "--accept-brakes", "all"); !strings.Contains(s, "yalnızca gösterilmiş") {
		t.Error(s)
	}
	b.theirs(1, 7, "120", "")
	b.theirs(10, 20, "", "0")
	braked := b.json(console.ExitLater, "sync")
	if n := len(list(t, braked, "brakes")); n != 2 {
		t.Fatalf("%d brakes: %v", n, braked)
	}
	first, _ := list(t, braked, "brakes")[0]["id"].(string)
	if m := b.json(console.ExitLater, "sync", "--accept-brakes", first); m["state"] != "braked" { // the other one is on
		t.Errorf("%v", m)
	}
	b.wantValues(map[int]string{1: "100 10, 120 10", 10: "100 10, 100 0"})
	if m := b.json(0, "sync", "--accept-brakes", "all"); m["state"] != "done" || mustJSON(t, m["pulled"]) != `{"price":7,"stock":11}` {
		t.Errorf("%v", m)
	}
	b.wantValues(map[int]string{1: "120 10, 120 10", 10: "100 0, 100 0"})
	b.wantError(console.ExitUsage, domain.KindInvalid, "sync", "--accept-brakes", "all")
}

// What was let go stays so when the line breaks before anything was written.
func TestSync_goesOnWithoutAskingAgain(t *testing.T) {
	b := newSynced(t, 30, sandbox.Options{})
	b.ours(1, 7, "90", "")
	id := brakeID(t, b.json(console.ExitLater, "sync"))
	b.server.Fault(sandbox.Fault{Kind: sandbox.FaultDrop, Route: sandbox.RouteProduct})
	broken := b.json(console.ExitLater, "sync", "--accept-brakes", " "+id)
	if broken["state"] != "paused" || broken["cause"] != "network" || number0(broken, "api_writes") != 0 {
		t.Errorf("%v", broken)
	}
	b.server.Mend()
	if m := b.json(0, "sync", "--resume"); m["state"] != "done" || brakeID(t, m) != id || number0(of(t, m, "pushed"), "price") != 7 {
		t.Errorf("%v", m)
	}
}

func TestSync_letsTheBrakeOfASeenPlanGo(t *testing.T) {
	b := newSynced(t, 30, sandbox.Options{})
	b.theirs(1, 7, "120", "")
	plan := b.json(0, "sync", "--plan")
	id := brakeID(t, plan)
	if plan["state"] != "planned" || mustJSON(t, plan["pulled"]) != `{"price":7,"stock":0}` {
		t.Errorf("%v", plan)
	}
	if _, out, _ := b.do("sync", "--plan", "--pull-only"); !strings.Contains(out, "sync --accept-brakes "+id+" --pull-only\n") {
		t.Error(out)
	}
	b.theirs(1, 1, "121", "")
	other := b.json(console.ExitLater, "sync", "--accept-brakes", id) // it reads anew, and finds another plan
	if other["state"] != "braked" || brakeID(t, other) == id {
		t.Errorf("%v", other)
	}
	b.theirs(1, 1, "120", "")
	b.json(0, "sync", "--plan")
	b.json(console.ExitLater, "sync") // takes the place of the one that waited
	b.json(0, "settings", "set", "pull=no")
	b.json(0, "sync") // nothing may be taken: no run waits any more
	b.json(0, "settings", "set", "pull=yes")
	done := b.json(0, "sync", "--accept-brakes", id)
	if done["state"] != "done" || brakeID(t, done) != id || mustJSON(t, done["pulled"]) != `{"price":7,"stock":0}` {
		t.Errorf("%v", done)
	}
}

func TestSync_survivesKills(t *testing.T) {
	const pushed, n = 60, 90
	b := newSynced(t, n, sandbox.Options{})
	b.json(0, "sync", "settings", "set", "price_share=100", "zeroed=1000")
	b.ours(1, pushed, "110", "8")
	b.theirs(pushed+1, n, "120", "15")
	kills, command := 0, []string{"sync"}
	for _, k := range []struct {
		route string
		after int
	}{{sandbox.RouteProducts, 1}, {sandbox.RouteSaveProduct, 5}, {sandbox.RouteStockReceipt, 20}, {sandbox.RouteSaveProduct, 45}} {
		if b.killed(func() bool { return b.server.Count(k.route) >= k.after }, command...) {
			kills++
			command = []string{"sync", "--resume"}
		}
	}
	if kills == 0 {
		t.Fatal("no kill struck")
	}
	if m := b.json(0, "sync", "--resume"); m["state"] != "done" || number0(m, "failed") != 0 || mustJSON(t, m["pulled"]) != `{"price":30,"stock":30}` {
		t.Errorf("%v", m)
	}
	b.json(0, "sync") // judges what was on its way in the moment of a kill
	for _, p := range list(t, b.json(0, "catalogue", "list", "--limit", "0"), "products") {
		i, want := number0(p, "id"), "110 8, 110 8"
		if i > pushed {
			want = "120 15, 120 15"
		}
		their := b.server.Products()[i-1]
		if got := fmt.Sprintf("%v %v, %s %s", p["price"], p["stock"], their.Price.Decimal, their.Stock.Decimal); got != want {
			t.Errorf("%v: %s, want %s", p["code"], got, want)
		}
	}
	saved, receipts := b.server.Count(sandbox.RouteSaveProduct), b.server.Count(sandbox.RouteStockReceipt)
	if saved < pushed || saved > pushed+kills || receipts < pushed || receipts > pushed+kills {
		t.Errorf("%d prices and %d stocks of %d were sent, %d kills", saved, receipts, pushed, kills)
	}
	same := b.json(0, "sync")
	delete(same, "api_reads") // one more where all of the last changes were dated: then it is asked for what changed
	wantSame(t, same, fmt.Sprintf(`{"state":"done","read":%d,%s,"unchanged":%d,"failed":0,"brakes":[],"api_writes":0}`, n, nothing, 2*n))
}

func TestSync_stopsInOrder(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("no interrupt can be sent to a process there")
	}
	const n = 60
	b := newSynced(t, n, sandbox.Options{})
	b.json(0, "sync", "settings", "set", "price_share=100")
	b.ours(1, n, "110", "")
	guard := make(chan os.Signal, 8) // an interrupt that comes too late ends nothing
	signal.Notify(guard, os.Interrupt)
	defer signal.Stop(guard)
	self, err := os.FindProcess(os.Getpid())
	if err != nil {
		t.Fatal(err)
	}
	b.server.Fault(sandbox.Fault{Kind: sandbox.FaultDelay, Route: sandbox.RouteSaveProduct, Delay: 20 * time.Millisecond})
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		for b.server.Count(sandbox.RouteSaveProduct) < 5 {
			runtime.Gosched()
		}
		_ = self.Signal(os.Interrupt)
	}()
	stopped := b.json(console.ExitPartly, "sync")
	<-ended
	b.server.Mend()
	sent := number0(of(t, stopped, "pushed"), "price")
	if stopped["state"] != "stopped" || sent < 4 || sent >= n || number0(stopped, "failed") != 0 {
		t.Errorf("%v", stopped)
	}
	rest := b.json(0, "sync", "--resume")
	if rest["state"] != "done" || number0(of(t, rest, "pushed"), "price") != n || b.server.Count(sandbox.RouteProducts) != 1 {
		t.Errorf("%v", rest)
	}
}

func TestSync_beginsNothingItCannotPayFor(t *testing.T) {
	b := newSynced(t, 30, sandbox.Options{})
	b.theirs(1, 1, "120", "")
	b.json(0, "quota", "set", "reads=202") // two are spent, the rest is kept for invoices
	b.server.ForgetLog()
	for _, args := range [][]string{{"sync"}, {"sync", "--plan"}} {
		if s := b.wantError(console.ExitLater, domain.KindQuota, args...); !strings.Contains(s, "Devam edilebilecek zaman: ") || !strings.Contains(s, "faturalar") {
			t.Errorf("%v: %s", args, s)
		}
	}
	if m := b.json(0, "sync", "list"); number0(m, "total") != 1 || len(b.calls()) != 0 {
		t.Errorf("something was begun: %v, %v", m, b.calls())
	}

	b.json(0, "quota", "set", "reads=204", "writes=7000") // the list, and one product
	b.ours(2, 4, "90", "")
	paused := b.json(console.ExitLater, "sync")
	if detail, _ := paused["detail"].(string); paused["state"] != "paused" || paused["cause"] != "quota" || detail == "" || number0(of(t, paused, "pushed"), "price") != 1 {
		t.Errorf("%v", paused)
	}
	b.json(0, "quota", "set", "reads=3000")
	if m := b.json(0, "sync", "--resume"); m["state"] != "done" || number0(of(t, m, "pushed"), "price") != 3 || number0(of(t, m, "pulled"), "price") != 1 {
		t.Errorf("%v", m)
	}
}
