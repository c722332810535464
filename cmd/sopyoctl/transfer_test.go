package main

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/cmd/sopyoctl/internal/console"
	"github.com/sopyo/sopyo-desktop/storage/isbasi/sandbox"
)

// decisions is a company after one transfer: 1 is paired by its code, 2 and 3 look like catalogue products,
// 4 like nothing.
func decisions(t *testing.T) *bench {
	t.Helper()
	amount := func(s string) decimal.NullDecimal { return decimal.NewNullDecimal(decimal.RequireFromString(s)) }
	product := func(id int64, code, name string, boxes ...sandbox.Box) sandbox.Product {
		return sandbox.Product{ID: id, Code: code, Name: name, Boxes: boxes, Price: amount("12.50"), Stock: amount("4")}
	}
	b := newBench(t, sandbox.Options{Products: []sandbox.Product{
		product(1, "KOD-1", "Çay 500 g"), product(2, "", "Eti Sütlü Çikolata 80 gr"), product(3, "CEVİZ.1", "Ceviz"),
		product(4, "YOK", "Bambaşka", sandbox.Box{Name: "Koli", Barcode: "8690526095257", Pieces: 12}),
	}})
	b.catalogue("Stok Kodu;Barkod;Ürün Adı;Satış Fiyatı", "KOD-1;;Çay;10,00", "CKL-1;;ETİ SÜTLÜ ÇİKOLATA 80 GR;20,00",
		"CEVİZ 1;8690526095257;İçi dolu;30,00")
	b.authorize()
	checkRun(t, b.json(0, "import"), map[string]int{"matched": 1, "unmatched": 3})
	return b
}

// with runs a command line that reads in.
func (b *bench) with(in string, args ...string) (code int, out, errs string) {
	b.t.Helper()
	var o, e bytes.Buffer
	all := append([]string{"--data", b.data, "--isbasi-url", b.server.URL(), "--lang", "tr"}, args...)
	code = run(context.Background(), all, console.Streams{In: strings.NewReader(in), Out: &o, Err: &e})
	return code, o.String(), e.String()
}

func list(t *testing.T, m map[string]any, key string) []map[string]any {
	t.Helper()
	var all []map[string]any
	items, ok := m[key].([]any)
	if !ok {
		t.Fatalf("%s is no list: %v", key, m)
	}
	for _, item := range items {
		one, _ := item.(map[string]any)
		all = append(all, one)
	}
	return all
}

func TestTransferDecide_pairsWhatIsSuggestedAndTakesItBack(t *testing.T) {
	b := decisions(t)
	before := mustJSON(t, b.json(0, "catalogue", "list", "--limit", "0"))
	choices := b.json(0, "transfer", "decide", "--suggest", "2")
	best := list(t, choices, "suggestions")
	if len(best) != 1 || best[0]["code"] != "CKL-1" || fmt.Sprint(best[0]["why"]) != "[name]" || number0(best[0], "score") != 60 {
		t.Fatalf("%v", choices)
	}
	for id, why := range map[string]string{"3": "[loose-code]", "4": ""} {
		got := list(t, b.json(0, "transfer", "decide", "--suggest", id), "suggestions")
		if why == "" && len(got) > 0 || why != "" && (len(got) != 1 || fmt.Sprint(got[0]["why"]) != why) {
			t.Errorf("%s: %v", id, got)
		}
	}
	if got := list(t, b.json(0, "transfer", "decide", "--suggest", "4", "--other-units"), "suggestions"); len(got) != 1 || fmt.Sprint(got[0]["why"]) != "[other-unit]" {
		t.Errorf("%v", got)
	}
	if n := b.server.Count(sandbox.RouteProduct); n != 1 {
		t.Errorf("other units cost %d detail reads", n)
	}
	done := b.json(0, "transfer", "decide", "--remote", "2", "--pair", "CKL-1")
	run, _ := done["transfer"].(map[string]any)
	checkRun(t, run, map[string]int{"matched": 2, "unmatched": 2})
	if rows := list(t, b.json(0, "import", "rows", "--outcome", "matched"), "rows"); len(rows) != 2 || rows[1]["decided"] != "pair" {
		t.Errorf("%v", rows)
	}
	back := b.json(0, "transfer", "decide", "--take-back", fmt.Sprint(done["decision"]))
	run, _ = back["transfer"].(map[string]any)
	checkRun(t, run, map[string]int{"matched": 1, "unmatched": 3})
	if after := mustJSON(t, b.json(0, "catalogue", "list", "--limit", "0")); after != before {
		t.Errorf("\n%s\n%s", before, after)
	}
	_, out, _ := b.do("history")
	if !strings.Contains(out, "Elle eşleştirme geri alındı: İşbaşı’nda “Eti Sütlü Çikolata 80 gr”") || !strings.Contains(out, "Elle eşleştirildi: ") {
		t.Errorf("history:\n%s", out)
	}
}

func TestTransferDecide_manyFromStandardInput(t *testing.T) {
	b := decisions(t)
	code, out, errs := b.with(`{"remote":"2","kind":"pair","code":"CKL-1"}
		{"remote":"3","kind":"pair","product":3}
		{"remote":"4","kind":"create"}
		{"remote":"1","kind":"separate"}
		{"remote":"4","kind":"ignore"}`, "transfer", "decide", "--stdin")
	if code != console.ExitPartly || !strings.Contains(out, "4 karar uygulandı") || !strings.Contains(errs, "4: ") {
		t.Errorf("exit %d\n%s%s", code, out, errs)
	}
	shown := b.json(0, "transfer", "show")
	checkRun(t, shown, map[string]int{"read": 4, "matched": 2, "unmatched": 2, "pending": 0})
	if shares := list(t, shown, "reasons"); len(shares) != 4 || shares[0]["decided"] != "pair" || shares[0]["reason"] != "no-candidate" || number0(shares[0], "rows") != 1 {
		t.Errorf("%v", shares)
	}
	for in, why := range map[string]string{
		``:                                     "Standart girdide karar yok",
		`{"remote":"2"}`:                       "kind",
		`{"remote":"2","kind":"pair"}`:         "1. karar şöyle değil",
		`{"kind":"ignore"}`:                    "1. karar şöyle değil",
		`{"remote":"2","kind":"ignore","x":1}`: "1. karar şöyle değil",
		`nonsense`:                             "1. karar şöyle değil",
	} {
		if code, _, errs := b.with(in, "transfer", "decide", "--stdin"); code != console.ExitUsage || !strings.Contains(errs, why) {
			t.Errorf("%q: exit %d, %s", in, code, errs)
		}
	}
}

func TestTransferDecide_refusesWithAReason(t *testing.T) {
	b := decisions(t)
	refused := b.json(console.ExitError, "transfer", "decide", "--remote", "2", "--pair", "KOD-1")
	if got := list(t, refused, "refused"); number0(refused, "done") != 0 || len(got) != 1 || got[0]["why"] != "bound-product" {
		t.Errorf("%v", refused)
	}
	for _, args := range [][]string{
		{"--remote", "2"}, {"--ignore"}, {"--remote", "2", "--ignore", "--create"}, {"--suggest", "2", "--remote", "2"}, {},
	} {
		if code, _, errs := b.do(append([]string{"transfer", "decide"}, args...)...); code != console.ExitUsage {
			t.Errorf("%v: exit %d, %s", args, code, errs)
		}
	}
	for _, args := range [][]string{{"--remote", "2", "--pair", "HİÇ"}, {"--suggest", "99"}, {"--take-back", "9"}, {"--run", "9", "--remote", "2", "--ignore"}} {
		if code, _, errs := b.do(append([]string{"transfer", "decide"}, args...)...); code != console.ExitError {
			t.Errorf("%v: exit %d, %s", args, code, errs)
		}
	}
}

func TestTransferUndo_plansAsksAndBringsBack(t *testing.T) {
	b := decisions(t)
	b.json(0, "transfer", "decide", "--remote", "4", "--create")
	code, out, errs := b.do("transfer", "undo", "1")
	if code != console.ExitUsage || !strings.Contains(out, "1. aktarım geri alınırsa: 1 ürün eski değerine döner, 1 ürün kaldırılır, 2 eşleşme çözülür, 0 satır olduğu gibi kalır.") || !strings.Contains(errs, "--yes") {
		t.Errorf("exit %d\n%s%s", code, out, errs)
	}
	plan := b.json(0, "transfer", "undo", "1", "--plan")
	if plan["done"] != false || number0(plan, "restored") != 1 || number0(plan, "removed") != 1 {
		t.Errorf("%v", plan)
	}
	done := b.json(0, "transfer", "undo", "1", "--yes")
	if done["done"] != true || number0(done, "restored") != 1 || number0(done, "unbound") != 2 || number0(done, "blocked_count") != 0 {
		t.Errorf("%v", done)
	}
	products := list(t, b.json(0, "catalogue", "list", "--limit", "0"), "products")
	if len(products) != 3 || products[0]["price"] != "10" {
		t.Errorf("%v", products)
	}
	transfers := list(t, b.json(0, "transfer", "list"), "transfers")
	if len(transfers) != 1 || transfers[0]["undone_at"] == nil || number0(transfers[0], "matched") != 1 {
		t.Errorf("%v", transfers)
	}
	if code, out, _ := b.do("transfer", "list"); code != 0 || !strings.Contains(out, "geri alındı") {
		t.Errorf("exit %d, %s", code, out)
	}
	if code, _, _ := b.do("transfer", "show"); code != console.ExitError {
		t.Errorf("an undone transfer is shown as the newest: exit %d", code)
	}
	if code, _, _ := b.do("transfer", "undo", "x"); code != console.ExitUsage {
		t.Errorf("exit %d", code)
	}
}

func TestTransferUndo_listsWhatHasChangedSince(t *testing.T) {
	b := decisions(t)
	b.catalogue("Stok Kodu;Ürün Adı", "KOD-1;Çay (yeni)")
	code, out, _ := b.do("transfer", "undo", "1", "--yes")
	if code != console.ExitPartly || !strings.Contains(out, "1\tKOD-1\tÇay 500 g: ") {
		t.Errorf("exit %d, %s", code, out)
	}
}
