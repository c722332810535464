package main

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"github.com/sopyo/sopyo-desktop/cmd/sopyoctl/internal/console"
	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/storage/isbasi/sandbox"
)

// without takes keys out of objects whose values differ each time, after making sure that they are there.
func without(t *testing.T, m map[string]any, keys ...string) map[string]any {
	t.Helper()
	for _, k := range keys {
		if _, ok := m[k]; !ok {
			t.Errorf("no %s in %v", k, m)
		}
		delete(m, k)
	}
	return m
}

func TestSyncShow_tellsEveryChange(t *testing.T) {
	b := newSynced(t, 20, sandbox.Options{})
	b.theirs(1, 1, "120", "")
	b.ours(2, 2, "90.5", "")
	b.ours(3, 3, "", "8")
	b.theirs(3, 3, "", "6") // İşbaşı's holds
	b.json(0, "sync")
	shown := without(t, b.json(0, "sync", "show"), "id", "confirmed_at", "finished_at")
	common := `"base":"100","state":"applied","undone":false`
	wantSame(t, shown, `{"state":"done","scope":"full","occasion":"person","compared":40,"read":20,"pulled":{"stock":1,"price":1},"pushed":{"stock":0,"price":1},
		"conflicts":1,"held":0,"unchanged":37,"failed":0,"brakes":[],"api_reads":2,"api_writes":1,"total":3,"changes":[
		{"product_id":1,"remote_id":"1","code":"K-001","name":"Ürün 1","field":"price","way":"pull","why":"theirs_changed","conflict":false,
			"ours":"100","theirs":"120","value":"120","loser":null,`+common+`},
		{"product_id":3,"remote_id":"3","code":"K-003","name":"Ürün 3","field":"stock","way":"pull","why":"both_changed","conflict":true,
			"base":"10","ours":"8","theirs":"6","value":"6","loser":"8","state":"applied","undone":false},
		{"product_id":2,"remote_id":"2","code":"K-002","name":"Ürün 2","field":"price","way":"push","why":"ours_changed","conflict":false,
			"base":"100","ours":"90.5","theirs":"100","value":"90.5","loser":null,"state":"answered","undone":false}]}`)
	b.json(0, "sync")
	listed := b.json(0, "sync", "list", "--limit", "2")
	if runs := list(t, listed, "syncs"); number0(listed, "total") != 3 || len(runs) != 2 || number0(runs[1], "compared") != 40 || mustJSON(t, runs[1]["pulled"]) != `{"price":1,"stock":1}` {
		t.Errorf("%v", listed)
	}
	second := number0(list(t, listed, "syncs")[1], "id")
	code, out, errs := b.do("sync", "show", "--limit", "1", "--offset", "2", strconv.Itoa(second))
	if code != 0 || !strings.Contains(out, "K-002  Ürün 2  Fiyat  Gönderilen  100  90,5  TRY  İşbaşı’nda görüldü  Katalogda değişti") || !strings.Contains(errs, "1 / 3") {
		t.Errorf("exit %d\n%s%s", code, out, errs)
	}
	if _, out, _ := b.do("sync", "list"); !strings.Contains(out, "siz başlattınız  tamamlandı  20 okundu; alınan: stok 1, fiyat 1; gönderilen: stok 0, fiyat 1; çakışma 1") {
		t.Error(out)
	}
	for _, args := range [][]string{{"sync", "show", "x"}, {"sync", "show", "0"}, {"sync", "list", "1"}} {
		if code, _, _ := b.do(args...); code != console.ExitUsage {
			t.Errorf("%v: exit %d", args, code)
		}
	}
	b.json(0, "sync", "--plan")
	for _, args := range [][]string{{"sync", "show", "99"}, {"sync", "show", strconv.Itoa(second + 2)}, {"sync", "undo", strconv.Itoa(second + 2), "--yes"}} { // the last is of a plan
		if s := b.wantError(console.ExitError, domain.KindNotFound, args...); !strings.Contains(s, "Bu numarada bir eşitleme yok") {
			t.Errorf("%v: %s", args, s)
		}
	}
}

func TestSyncShow_ofAPlan(t *testing.T) {
	b := newSynced(t, 20, sandbox.Options{})
	if s := b.wantError(console.ExitError, domain.KindNotFound, "sync", "show", "--plan"); !strings.Contains(s, "sopyoctl sync --plan") {
		t.Error(s)
	}
	b.theirs(1, 1, "120", "")
	b.json(0, "sync", "--plan")
	m := b.json(0, "sync", "show", "--plan")
	if changes := list(t, m, "changes"); m["state"] != "planned" || len(changes) != 1 || changes[0]["state"] != "planned" || changes[0]["value"] != "120" {
		t.Errorf("%v", m)
	}
	if m["confirmed_at"] != nil || number0(m, "total") != 1 {
		t.Errorf("%v", m)
	}
	if code, _, _ := b.do("sync", "show", "--plan", "1"); code != console.ExitUsage {
		t.Errorf("exit %d", code)
	}
}

// waiting is a company in which three fields wait: two that both sides changed, and a stock below zero.
func waiting(t *testing.T) *bench {
	t.Helper()
	b := newSynced(t, 20, sandbox.Options{})
	b.json(0, "sync", "settings", "set", "owner_price=later")
	b.theirs(1, 2, "120", "")
	b.ours(1, 2, "130.50", "")
	b.ours(3, 3, "", "-4")
	m := b.json(0, "sync")
	if number0(m, "conflicts") != 2 || number0(m, "held") != 1 {
		t.Fatalf("%v", m)
	}
	return b
}

func TestSyncOpen_listsWhatWaitsAndWhy(t *testing.T) {
	b := waiting(t)
	m := b.json(0, "sync", "open")
	for _, o := range list(t, m, "fields") {
		without(t, o, "since", "ours_at", "ours_by")
	}
	conflict := `"name":"Ürün 1","field":"price","action":"conflict","why":"no_winner","base":"100","ours":"130.5","theirs":"120","currency":"TRY"`
	held := `{"product_id":3,"remote_id":"3","code":"K-003","name":"Ürün 3","field":"stock","action":"held","why":"ours_negative","way":"push","base":"10","ours":"-4","theirs":"10","currency":"TRY"}`
	first := `{"product_id":1,"remote_id":"1","code":"K-001",` + conflict + `}`
	second := strings.NewReplacer(`:1,`, `:2,`, `"1"`, `"2"`, "K-001", "K-002", "Ürün 1", "Ürün 2").Replace(first)
	groups := `"groups":[{"why":"no_winner","action":"conflict","fields":2},{"why":"ours_negative","action":"held","fields":1}]`
	wantSame(t, m, `{"total":3,`+groups+`,"fields":[`+first+`,`+second+`,`+held+`]}`)

	path := b.path("bekleyen.xlsx")
	m = b.json(0, "sync", "open", "--why", "ours_negative", "--xlsx", path)
	if len(list(t, m, "fields")) != 1 || number0(m, "total") != 1 || m["file"] != path {
		t.Errorf("%v", m)
	}
	book, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = book.Close() }()
	rows, err := book.GetRows(book.GetSheetName(0))
	if err != nil || len(rows) != 2 || strings.Join(rows[0][:9], "|") != "Stok kodu|Ürün adı|Alan|Katalogda|Katalogda değişti|Katalogda değiştiren|İşbaşı’nda|İşbaşı’nda değişti|Son anlaşılan" ||
		strings.Join(rows[1][:4], "|") != "K-003|Ürün 3|Stok|-4" || rows[1][6] != "10" || rows[1][8] != "10" || rows[1][10] != "Katalogdaki stok eksi" {
		t.Errorf("%q, %v", rows, err)
	}
	code, out, errs := b.do("sync", "open", "--search", "ürün", "--limit", "1", "--xlsx", b.path("hepsi.csv"))
	if code != 0 || !strings.Contains(out, "(no_winner): 2") || !strings.Contains(out, "K-001  Ürün 1  Fiyat") || !strings.Contains(errs, "1 / 3") {
		t.Errorf("exit %d\n%s%s", code, out, errs)
	}
	if all := read(t, b.path("hepsi.csv")); strings.Count(all, "Ürün ") != 4 { // a head, and not only the page that is shown
		t.Error(all)
	}
	if code, _, errs := b.do("sync", "open", "--xlsx", filepath.Join(b.dir, "yok", "x.xlsx")); code != console.ExitError || errs == "" {
		t.Errorf("exit %d, %s", code, errs)
	}
	if code, _, errs := b.do("sync", "open", "--why", "mood"); code != console.ExitUsage || !strings.Contains(errs, "--why") {
		t.Errorf("exit %d, %s", code, errs)
	}
	if m := b.json(0, "status"); number0(of(t, m, "sync"), "waiting") != 3 {
		t.Errorf("%v", m)
	}
}

func TestSyncDecide_takesOneSideOrTheOther(t *testing.T) {
	b := waiting(t)
	taken := without(t, b.json(0, "sync", "decide", "--verdict", "isbasi", "--product", "K-001", "--field", "price"), "sync")
	wantSame(t, taken, `{"done":1,"left":{}}`)
	b.wantValues(map[int]string{1: "120 10, 120 10"})
	kept := without(t, b.json(0, "sync", "decide", "--verdict", "catalogue", "--why", "no_winner", "--remember"), "sync")
	wantSame(t, kept, `{"done":1,"left":{}}`)
	sent := b.json(0, "sync", "--edits")
	if number0(of(t, sent, "pushed"), "price") != 1 {
		t.Errorf("%v", sent)
	}
	b.wantValues(map[int]string{2: "130.5 10, 130.5 10"})
	b.theirs(2, 2, "140", "")
	b.ours(2, 2, "135", "")
	b.json(0, "sync") // remembered: the catalogue's holds
	b.wantValues(map[int]string{2: "135 10, 135 10"})

	// What cannot go out is left, and says why.
	wantSame(t, b.json(console.ExitError, "sync", "decide", "--verdict", "catalogue", "--product", "K-003"), `{"done":0,"left":{"impossible":1}}`)
	code, _, errs := b.do("sync", "decide", "--verdict", "later", "--product", "K-003", "--field", "stock")
	if code != console.ExitError || !strings.Contains(errs, "1: hangisinin son değiştiği bilinmiyor") {
		t.Errorf("exit %d: %s", code, errs)
	}
	if code, out, errs := b.do("sync", "decide", "--verdict", "noted", "--product", "K-003"); code != 0 || !strings.Contains(out, "1 alan için karar verildi") {
		t.Errorf("exit %d: %s%s", code, out, errs)
	}
	if m := b.json(0, "sync", "open"); number0(m, "total") != 0 {
		t.Errorf("%v", m)
	}
	if s := b.wantError(console.ExitError, domain.KindNotFound, "sync", "decide", "--verdict", "isbasi", "--why", "jump"); !strings.Contains(s, "sopyoctl sync open") {
		t.Error(s)
	}
	b.wantError(console.ExitError, domain.KindNotFound, "sync", "decide", "--verdict", "isbasi", "--product", "YOK")
	wantSame(t, b.json(console.ExitError, "sync", "decide", "--verdict", "isbasi", "--product", "K-009,K-010"), `{"done":0,"left":{"changed":2}}`)
	for _, args := range [][]string{
		{},
		{"--verdict", "isbasi"},
		{"--why", "jump"},
		{"--verdict", "mine", "--why", "jump"},
		{"--verdict", "isbasi", "--why", "jump", "--product", "K-001"},
		{"--verdict", "isbasi", "--product", "K-001", "--field", "name"},
		{"--verdict", "noted", "--why", "jump", "--remember"},
		{"--verdict", "isbasi", "--why", "jump", "x"},
		{"--verdict", "isbasi", "--why", "mood"},
		{"--verdict", "isbasi", "--why", ""},
	} {
		if code, _, errs := b.do(append([]string{"sync", "decide"}, args...)...); code != console.ExitUsage {
			t.Errorf("%v: exit %d, %s", args, code, errs)
		}
	}
}

func TestSyncUndo_givesBothSidesTheirValuesBack(t *testing.T) {
	b := newSynced(t, 20, sandbox.Options{})
	b.theirs(1, 2, "120", "")
	b.ours(3, 3, "90", "")
	b.ours(4, 4, "", "8")
	b.json(0, "sync")
	b.ours(2, 2, "125", "") // since then: it stays
	id := strconv.Itoa(number0(b.json(0, "sync", "show"), "id"))
	before := b.exported()
	b.server.ForgetLog()
	undo := func(want int, args ...string) map[string]any {
		m := b.json(want, append([]string{"sync", "undo", id}, args...)...)
		without(t, of(t, m, "sync"), "id", "confirmed_at", "finished_at", "unchanged")
		return m
	}
	run := `"sync":{"state":"done","scope":"full","occasion":"person","compared":40,"read":20,"pulled":{"stock":0,"price":2},"pushed":{"stock":1,"price":1},
		"conflicts":0,"held":0,"failed":0,"brakes":[],"api_reads":2,"api_writes":2}`
	figures := `"restored":1,"returned":2,"kept":1,"cost":{"reads":1,"writes":2}`
	wantSame(t, undo(0, "--plan"), `{"done":false,`+figures+`,`+run+`}`)
	if code, out, errs := b.do("sync", "undo", id); code != console.ExitUsage || out != "" || !strings.Contains(errs, "--yes") {
		t.Errorf("exit %d: %s%s", code, out, errs)
	}
	if _, out, _ := b.do("sync", "undo", id, "--plan"); !strings.Contains(out, "1 değer katalogda eskisine döner, 2 değer İşbaşı’na geri gönderilir (en çok 1 okuma, 2 yazma), 1 değer olduğu gibi kalır") {
		t.Error(out)
	}
	if b.exported() != before || len(b.calls()) != 0 {
		t.Errorf("looking at an undo changed something, or cost %v", b.calls())
	}
	done := undo(console.ExitPartly, "--yes")
	without(t, of(t, done, "sync"), "undone_at")
	push := of(t, done, "push")
	delete(done, "push")
	wantSame(t, done, `{"done":true,`+figures+`,`+run+`}`)
	wantSame(t, push, `{"state":"done","read":0,"pulled":{"stock":0,"price":0},"pushed":{"stock":1,"price":2},"conflicts":0,"held":1,"unchanged":36,"failed":0,"brakes":[],"api_reads":2,"api_writes":3}`)
	b.wantValues(map[int]string{1: "100 10, 120 10", 3: "100 10, 100 10", 4: "100 10, 100 10"})
	if m := b.json(0, "sync"); mustJSON(t, m["pulled"]) != `{"price":0,"stock":0}` { // what was taken back is not taken again
		t.Errorf("%v", m)
	}
	if _, out, _ := b.do("sync", "list"); !strings.Contains(out, "geri alındı") {
		t.Error(out)
	}
	for _, args := range [][]string{{"sync", "undo"}, {"sync", "undo", "x"}, {"sync", "undo", id, "--plan", "--yes"}} {
		if code, _, _ := b.do(args...); code != console.ExitUsage {
			t.Errorf("%v: exit %d", args, code)
		}
	}
	b.wantError(console.ExitError, domain.KindNotFound, "sync", "undo", "99", "--yes")
}

// An undo whose push cannot begin has changed the catalogue, and says what became of the rest.
func TestSyncUndo_withoutIsbasiSaysWhatIsLeft(t *testing.T) {
	b := newSynced(t, 20, sandbox.Options{})
	b.ours(3, 3, "90", "")
	b.json(0, "sync")
	id := strconv.Itoa(number0(b.json(0, "sync", "show"), "id"))
	b.json(0, "settings", "set", "integration=off")
	m := b.json(console.ExitUsage, "sync", "undo", id, "--yes")
	if e := of(t, m, "error"); m["done"] != true || number0(m, "returned") != 1 || e["kind"] != "invalid" {
		t.Errorf("%v", m)
	}
	b.wantValues(map[int]string{3: "100 10, 90 10"})
	b.json(0, "settings", "set", "integration=on")
	b.json(0, "sync", "undo", id, "--yes") // the same call goes on
	b.wantValues(map[int]string{3: "100 10, 100 10"})
}

// What an undo sends back may be more than a sync may change unasked: then it waits, as any other.
func TestSyncUndo_stopsAtABrake(t *testing.T) {
	b := newSynced(t, 20, sandbox.Options{})
	b.ours(1, 8, "90", "")
	id := brakeID(t, b.json(console.ExitLater, "sync"))
	b.json(0, "sync", "--accept-brakes", id)
	m := b.json(console.ExitLater, "sync", "undo", strconv.Itoa(number0(b.json(0, "sync", "show"), "id")), "--yes")
	push := of(t, m, "push")
	if m["done"] != true || number0(m, "returned") != 8 || push["state"] != "braked" {
		t.Errorf("%v", m)
	}
	b.wantValues(map[int]string{1: "100 10, 90 10"})
	b.json(0, "sync", "--accept-brakes", brakeID(t, push))
	b.wantValues(map[int]string{1: "100 10, 100 10", 8: "100 10, 100 10"})
}

func TestSyncSettings_areShownAndSet(t *testing.T) {
	b := newBench(t, sandbox.Options{})
	defaults := `{"schedule":"daily","owner_stock":"default","owner_price":"default","jump":"50","price_share":"20","price_least":"5","zeroed":"10"}`
	wantSame(t, b.json(0, "sync", "settings"), defaults)
	set := []string{"sync", "settings", "set", "schedule=nightly", "owner_stock=catalogue", "owner_price=later", "jump=12,5", "price_share=7.5", "price_least=0", "zeroed=3"}
	changed := `{"schedule":"nightly","owner_stock":"catalogue","owner_price":"later","jump":"12.5","price_share":"7.5","price_least":"0","zeroed":"3"}`
	wantSame(t, b.json(0, set...), changed)
	for _, bad := range []string{
		"schedule=weekly", "schedule=", "owner_stock=me", "owner_price=", "jump=0", "jump=x", "jump=1e999999999", "price_share=101", "price_share=-1", "price_share=none",
		"price_share=x", "price_least=-1", "price_least=1.5", "zeroed=-1", "zeroed=",
	} {
		if s := b.wantError(console.ExitUsage, domain.KindInvalid, "sync", "settings", "set", "jump=40", bad); !strings.Contains(s, ": ") || strings.Contains(s, "invalid.") {
			t.Errorf("%s: %q", bad, s)
		}
	}
	for _, bad := range [][]string{{}, {"jump"}, {"speed=5"}} {
		if code, _, _ := b.do(append([]string{"sync", "settings", "set"}, bad...)...); code != console.ExitUsage {
			t.Errorf("%v: exit %d", bad, code)
		}
	}
	wantSame(t, b.json(0, "sync", "settings"), changed)
	m := b.json(0, "sync", "settings", "set", "jump=none", "owner_stock=default", "schedule=off")
	if m["jump"] != "none" || m["owner_stock"] != "default" || m["schedule"] != "off" {
		t.Errorf("%v", m)
	}
	if _, out, _ := b.do("sync", "settings"); !strings.Contains(out, "schedule=off\nowner_stock=default\nowner_price=later\njump=none\n") {
		t.Error(out)
	}
}

func TestSyncProbe_asksOnceAndRemembers(t *testing.T) {
	for name, c := range map[string]struct {
		allow    bool
		answer   string
		sentence string
	}{"allowed": {true, "allowed", "stok yazdırıyor"}, "denied": {false, "denied", "--why stock_not_writable --xlsx"}} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t, sandbox.Options{AllowStock: c.allow, Products: sandbox.Products(5, 2)})
			b.authorize()
			if code, _, errs := b.do("sync", "probe-stock"); code != console.ExitUsage || !strings.Contains(errs, "--yes") || b.server.Spent(sandbox.CostWrite) != 0 {
				t.Errorf("exit %d, %s", code, errs)
			}
			wantSame(t, b.json(0, "sync", "probe-stock", "--yes"), `{"stock_write":"`+c.answer+`"}`)
			if n := b.server.Spent(sandbox.CostWrite); n != 1 {
				t.Errorf("%d writes", n)
			}
			if _, out, _ := b.do("sync", "probe-stock", "--yes"); !strings.Contains(out, c.sentence) {
				t.Error(out)
			}
		})
	}
}

func TestSync_endsWithTheCodeOfWhatHinders(t *testing.T) {
	for name, c := range map[string]struct {
		code  int
		state string // "": nothing was begun
		kind  domain.Kind
		do    func(b *bench) []string
	}{
		"closed": {console.ExitUsage, "", domain.KindInvalid, func(b *bench) []string { b.json(0, "settings", "set", "integration=off"); return nil }},
		"gone": {console.ExitLater, "paused", domain.KindNetwork, func(b *bench) []string {
			b.server.Fault(sandbox.Fault{Kind: sandbox.FaultDrop, Route: sandbox.RouteProducts})
			return nil
		}},
		"page": {console.ExitLater, "paused", domain.KindBadAnswer, func(b *bench) []string {
			b.server.Fault(sandbox.Fault{Kind: sandbox.FaultBody, Route: sandbox.RouteProducts, Message: "<html>"})
			return nil
		}},
		"count": {console.ExitLater, "paused", domain.KindCount, func(b *bench) []string {
			b.server.Fault(sandbox.Fault{Kind: sandbox.FaultCount, Route: sandbox.RouteProducts, By: 3})
			return nil
		}},
		"no right": {console.ExitError, "failed", domain.KindForbidden, func(b *bench) []string {
			b.server.Fault(sandbox.Fault{Kind: sandbox.FaultStatus, Route: sandbox.RouteProducts, Status: 403, Message: "API yetkilendirilmedi"})
			return nil
		}},
		"refused": {console.ExitPartly, "done", "", func(b *bench) []string {
			b.ours(1, 1, "90", "")
			b.server.Fault(sandbox.Fault{Kind: sandbox.FaultStatus, Route: sandbox.RouteSaveProduct, Status: 599, Message: "Kart kilitli"})
			return nil
		}},
		"a key that is known no more": {console.ExitLater, "paused", domain.KindNeedsSignIn, func(b *bench) []string {
			b.server.EndTokens()
			b.server.Change(func(o *sandbox.Options) { o.APIKeys = []string{"another"} })
			return nil
		}},
		"an argument": {console.ExitUsage, "", "usage", func(*bench) []string { return []string{"now"} }},
		"two ways":    {console.ExitUsage, "", "usage", func(*bench) []string { return []string{"--pull-only", "--push-only"} }},
		"no brake":    {console.ExitUsage, "", "usage", func(*bench) []string { return []string{"--accept-brakes="} }},
	} {
		t.Run(name, func(t *testing.T) {
			b := newSynced(t, 10, sandbox.Options{})
			m := b.json(c.code, append([]string{"sync"}, c.do(b)...)...)
			if e, ok := m["error"].(map[string]any); ok {
				if s, _ := e["message"].(string); c.state != "" || e["kind"] != string(c.kind) || s == "" || strings.Contains(s, "invalid.") {
					t.Errorf("%v", m)
				}
				return
			}
			if cause, _ := m["cause"].(string); m["state"] != c.state || cause != string(c.kind) {
				t.Errorf("%v, want %s, %s", m, c.state, c.kind)
			}
			if name == "refused" {
				if number0(m, "failed") != 1 {
					t.Errorf("%v", m)
				}
				if _, out, _ := b.do("sync", "show"); !strings.Contains(out, "yapılamadı (Kart kilitli)") {
					t.Error(out)
				}
			}
		})
	}
	b := newMachine(t, sandbox.Options{})
	b.wantError(console.ExitAuthorise, domain.KindNeedsSignIn, "sync")
	b.wantError(console.ExitAuthorise, domain.KindNeedsSignIn, "sync", "probe-stock", "--yes")
	b.json(0, "company", "add", "Firmam")
	b.json(0, "settings", "set", "integration=on")
	b.wantError(console.ExitAuthorise, domain.KindNeedsSignIn, "sync")
	if s := b.wantError(console.ExitError, domain.KindNotFound, "sync", "show"); !strings.Contains(s, "Henüz hiç eşitlenmedi") {
		t.Error(s)
	}
}

// A brake that was let go while the integration is closed writes nothing.
func TestSync_goesOnWithNothingWhileClosed(t *testing.T) {
	b := newSynced(t, 10, sandbox.Options{})
	b.theirs(1, 7, "120", "")
	id := brakeID(t, b.json(console.ExitLater, "sync"))
	b.json(0, "settings", "set", "integration=off")
	b.wantError(console.ExitUsage, domain.KindInvalid, "sync", "--accept-brakes", id)
	b.wantError(console.ExitUsage, domain.KindInvalid, "sync", "--resume")
	b.wantValues(map[int]string{1: "100 10, 120 10"})
}

func TestStatus_saysHowTheSyncStands(t *testing.T) {
	b := newBench(t, sandbox.Options{Products: sandbox.Products(20, 4)})
	b.authorize()
	none := `{"last":null,"next":null,"saving":false,"scope":"full","cost":{"reads":1},"edited":0,"waiting":0}`
	wantSame(t, b.json(0, "status")["sync"], none)
	b = newSynced(t, 20, sandbox.Options{})
	b.theirs(1, 1, "120", "")
	b.json(0, "sync")
	m := of(t, b.json(0, "status"), "sync")
	next, _ := m["next"].(string)
	if at, err := time.Parse(time.RFC3339, next); err != nil || time.Until(at) < 23*time.Hour {
		t.Errorf("next: %v", m)
	}
	last := of(t, m, "last")
	if last["state"] != "done" || mustJSON(t, last["pulled"]) != `{"price":1,"stock":0}` {
		t.Errorf("%v", last)
	}
	if _, out, _ := b.do("status"); !strings.Contains(out, "Son eşitleme ") || !strings.Contains(out, "tamamlandı: 20 okundu; alınan: stok 0, fiyat 1") || !strings.Contains(out, "Sıradaki eşitleme (pencere açıksa): ") {
		t.Error(out)
	}
}

// Whatever a sync says, in whatever language and with its log: no key, no secret, no word without a sentence.
func TestSync_saysNoSecret(t *testing.T) {
	b := newSynced(t, 20, sandbox.Options{})
	b.theirs(1, 8, "120", "")
	b.ours(9, 9, "90", "-1")
	said := ""
	for _, lang := range []string{"tr", "en"} {
		for _, args := range [][]string{
			{"sync", "--plan"},
			{"sync"},
			{"sync", "--resume"},
			{"sync", "--accept-brakes", "x"},
			{"sync", "--accept-brakes", "all"},
			{"sync", "--edits"},
			{"sync", "list"},
			{"sync", "show"},
			{"sync", "open"},
			{"sync", "undo", "1", "--plan"},
			{"sync", "settings"},
			{"sync", "probe-stock", "--yes"},
			{"status"},
		} {
			for _, form := range [][]string{{"-v"}, {"-v", "--json"}} {
				_, out, errs := b.do(append(append([]string{"--lang", lang}, form...), args...)...)
				said += out + errs
				if strings.Contains(out, "ctl.") || strings.Contains(out, "%!") {
					t.Errorf("%v: %s", args, out)
				}
			}
		}
		b.theirs(1, 8, "130", "")
	}
	for _, secret := range []string{sandbox.DemoKey, sandbox.DemoPassword} {
		if strings.Contains(said, secret) {
			t.Error("a secret is shown")
		}
		err := filepath.WalkDir(b.data, func(path string, d os.DirEntry, err error) error {
			if err == nil && !d.IsDir() && strings.Contains(read(t, path), secret) {
				t.Errorf("%s holds a secret", path)
			}
			return err
		})
		if err != nil {
			t.Error(err)
		}
	}
}

// A count that never agrees does not keep a sync from working: the second time it goes on with what it has read, and what
// it has not read is neither changed nor taken as gone.
func TestSync_goesOnWithWhatWasReadWhereTheCountNeverAgrees(t *testing.T) {
	b := newSynced(t, 10, sandbox.Options{})
	b.server.Fault(sandbox.Fault{Kind: sandbox.FaultCount, Route: sandbox.RouteProducts, By: 3})
	if first := b.json(console.ExitLater, "sync"); first["state"] != "paused" || first["cause"] != "count" {
		t.Fatalf("%v", first)
	}
	details := b.server.Count(sandbox.RouteProduct)
	if second := b.json(0, "sync"); second["state"] != "done" || number0(second, "read") == 0 {
		t.Errorf("%v", second)
	}
	if n := b.server.Count(sandbox.RouteProduct); n != details {
		t.Errorf("%d were asked for one by one", n-details)
	}
}
