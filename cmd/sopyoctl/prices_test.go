package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"testing"

	"github.com/sopyo/sopyo-desktop/cmd/sopyoctl/internal/console"
	"github.com/sopyo/sopyo-desktop/cmd/sopyoctl/internal/lines"
	"github.com/sopyo/sopyo-desktop/storage/isbasi/sandbox"
)

// try answers lines as the prices try command does, without a company or a data folder.
func try(t *testing.T, input string) []map[string]any {
	t.Helper()
	var out, errs bytes.Buffer
	code := run(context.Background(), []string{"prices", "try", "--stdin", "--lang", "tr", "--data", "/nowhere/at/all"},
		console.Streams{In: strings.NewReader(input), Out: &out, Err: &errs})
	if code != 0 || errs.Len() > 0 {
		t.Fatalf("exit %d: %s", code, errs.String())
	}
	var answers []map[string]any
	for line := range strings.Lines(out.String()) {
		var m map[string]any
		if err := json.Unmarshal([]byte(line), &m); err != nil {
			t.Fatalf("%q: %v", line, err)
		}
		answers = append(answers, m)
	}
	return answers
}

// example is a row of rules.md §3's table.
type example struct {
	number   string
	line     string // as the prices try command takes it
	set      string // flags of "rules set"
	product  string // price;currency of the product that is explained; "" = not to be had in a catalogue
	price    string // "" = blocked
	approval bool
}

func examples() []example {
	const increase, discount = `"direction":"increase",`, `"direction":"discount",`
	return []example{
		{"1", increase + `"base":"249.90","kind":"percent","amount":"10","extra":"20"`, "--direction increase --kind percent --amount 10 --extra 20", "249,90;TRY", "294.89", false},
		{"1, ending ,90", increase + `"base":"249.90","kind":"percent","amount":"10","extra":"20","ending":".90","ending_mode":"up"`, "--direction increase --kind percent --amount 10 --extra 20 --ending .90 --ending-mode up", "249,90;TRY", "294.90", false},
		{"1, ending ,99", increase + `"base":"249.90","kind":"percent","amount":"10","extra":"20","ending":".99","ending_mode":"up"`, "--direction increase --kind percent --amount 10 --extra 20 --ending ,99", "249,90;TRY", "294.99", false},
		{"2", increase + `"base":"249.90","kind":"amount","amount":"100","extra":"20"`, "--direction increase --kind amount --amount 100 --extra 20", "249,90;TRY", "369.90", false},
		{"3", discount + `"base":"1000.00","kind":"percent","amount":"10","extra":"20"`, "--direction discount --kind percent --amount %10 --extra 20", "1.000,00;TRY", "920.00", false},
		{"4", increase + `"base":"12.50","kind":"percent","amount":"5"`, "--direction increase --kind percent --amount 5", "12,50;TRY", "13.13", false},
		{"5", discount + `"base":"80.00","kind":"amount","amount":"100","extra":"20"`, "--direction discount --kind amount --amount 100 --extra 20", "80,00;TRY", "20.00", true},
		{"6", discount + `"base":"80.00","kind":"percent","amount":"100"`, "--direction discount --kind percent --amount 100", "80,00;TRY", "", false},
		{"6, with an ending", discount + `"base":"80.00","kind":"percent","amount":"100","ending":".90","ending_mode":"up"`, "--direction discount --kind percent --amount 100 --ending .90", "80,00;TRY", "", false},
		{"6, with extra", discount + `"base":"80.00","kind":"percent","amount":"100","extra":"20"`, "--direction discount --kind percent --amount 100 --extra 20", "80,00;TRY", "20.00", true},
		{"7", `"base":"294.91","ending":".90","ending_mode":"up"`, "--ending .90 --ending-mode up", "294,91;TRY", "295.90", false},
		{"8", `"base":"20.00","ending":".99","ending_mode":"up"`, "--ending .99 --ending-mode up", "20,00;TRY", "20.99", false},
		{"9", increase + `"base":"19.99","rate":"41.2537","kind":"percent","amount":"10","extra":"20"`, "--direction increase --kind percent --amount 10 --extra 20", "19,99;USD", "927.13", false},
		{"10", increase + `"base":"1.03","rate":"41.2537","kind":"percent","amount":"15","extra":"20"`, "--direction increase --kind percent --amount 15 --extra 20", "1,03;USD", "68.87", false},
		{"11", `"base":"100.00","vat":"20","extra":"20"`, "--extra 20", "", "140.00", false},
		{"12", `"base":"0.40","ending":".00","ending_mode":"nearest"`, "--ending .00 --ending-mode nearest", "0,40;TRY", "1.00", false},
	}
}

func checkPrice(t *testing.T, name string, m map[string]any, want example) {
	t.Helper()
	var price any
	if want.price != "" {
		price = want.price
	}
	if got, ok := m["price"]; !ok || got != price || m["blocked"] != (want.price == "") || m["approval"] != want.approval {
		t.Errorf("%s, example %s: %v, want %q, approval %v", name, want.number, m, want.price, want.approval)
	}
	warnings, _ := m["warnings"].([]any)
	if warned := len(warnings) > 0; warned != (want.approval || want.price == "") {
		t.Errorf("%s, example %s: warnings %v", name, want.number, m["warnings"])
	}
}

func TestPricesTry_theTableOfTheRules(t *testing.T) {
	var input strings.Builder
	all := examples()
	for _, e := range all {
		fmt.Fprintf(&input, "{%s}\n", e.line)
	}
	answers := try(t, input.String())
	if len(answers) != len(all) {
		t.Fatalf("%d answers to %d lines", len(answers), len(all))
	}
	for i, e := range all {
		checkPrice(t, "try", answers[i], e)
		steps, _ := answers[i]["steps"].([]any)
		if len(steps) < 2 {
			t.Errorf("example %s: steps %v", e.number, steps)
		}
	}
}

func TestPricesExplain_theTableOfTheRules(t *testing.T) {
	b := newBench(t, sandbox.Options{})
	lines := []string{"Stok Kodu;Ürün Adı;Satış Fiyatı;Para Birimi"}
	for i, e := range examples() {
		if e.product != "" {
			lines = append(lines, fmt.Sprintf("ÖRNEK-%d;Örnek %s;%s", i, e.number, e.product))
		}
	}
	b.catalogue(lines...)
	b.json(0, "rates", "set", "USD=41.2537", "--date", "2026-01-01")
	b.json(0, "rules", "set", "--per-marketplace", "on")
	marketplaces := list(t, b.json(0, "marketplaces", "list"), "marketplaces")
	for i, e := range examples() { // each at a marketplace of its own, whose rule it is
		if e.product == "" {
			continue
		}
		at := fmt.Sprint(marketplaces[i]["name"])
		b.json(0, append([]string{"rules", "set", "--marketplace", at}, strings.Fields(e.set)...)...)
		m := b.json(0, "prices", "explain", fmt.Sprintf("örnek-%d", i), "--marketplace", at)
		products, _ := m["products"].([]any)
		if len(products) != 1 {
			t.Fatalf("example %s: %v", e.number, m)
		}
		product, _ := products[0].(map[string]any)
		prices, _ := product["prices"].([]any)
		price, _ := prices[0].(map[string]any)
		checkPrice(t, "explain", price, e)
	}
}

func TestPricesExplain_inSentences(t *testing.T) {
	b := newBench(t, sandbox.Options{})
	b.catalogue("Stok Kodu;Ürün Adı;Satış Fiyatı;Para Birimi", "K-1;Kalem;19,99;USD")
	b.json(0, "rules", "set", "--direction", "increase", "--kind", "percent", "--amount", "10", "--extra", "20", "--ending", ".90")
	b.json(0, "rates", "set", "USD=41,2537", "--date", "01.02.2026")
	_, out, _ := b.do("prices", "explain", "k-1")
	const want = `K-1 · Kalem
bütün pazaryerleri (26): %10 artış, ek fiyat 20,00 ₺, ,90 bitişine yukarı
  1. Temel fiyat: 19,99 $
  2. 01.02.2026 günlü 41,2537 kuruyla çevrildi: 824,6615 ₺
  3. %10 artış: 907,1276 ₺
  4. 20,00 ₺ ek fiyat eklendi: 927,1276 ₺
  5. Kuruşa yuvarlandı (yarım kuruş yukarı): 927,13 ₺
  6. ,90 bitişine yukarı çıkarıldı: 927,90 ₺
  7. Sonuç: 927,90 ₺
`
	if out != want {
		t.Errorf("got\n%s\nwant\n%s", out, want)
	}
	if m := b.json(console.ExitError, "prices", "explain", "yok"); fmt.Sprint(m["error"]) == "<nil>" {
		t.Errorf("%v", m)
	}
}

func TestPricesTry_everyLineHasAnAnswer(t *testing.T) {
	const good = `{"base":"10","direction":"increase","kind":"percent","amount":"10"}`
	for _, tt := range []struct {
		line, field string // "" = accepted
	}{
		{good, ""},
		{`{"base":"10"}`, ""},
		{`{"base":10.50,"extra":1}`, ""},
		{`{"base":"10","minimum":"12","cost":null}`, ""},
		{`{"base":"10","ending":",90"}`, ""},
		{`{"base":"-5","extra":"20"}`, ""},
		{``, "line"},
		{`null`, "line"},
		{`[]`, "line"},
		{`{"base":"10"`, "line"},
		{`{"base":"10"} {"base":"11"}`, "line"},
		{`{"base":"10","minimun":"12"}`, "line"},
		{`{"base":["10"]}`, "base"},
		{`{"base":"10","direction":7}`, "line"},
		{strings.Repeat(" ", lines.Longest+10) + good, "line"},
		{`{}`, "base"},
		{`{"base":""}`, "base"},
		{`{"base":"249,90"}`, "base"},
		{`{"base":"1e9"}`, "base"},
		{`{"base":1e9}`, "base"},
		{`{"base":"1234567890123456789012345"}`, "base"},
		{`{"base":"10","vat":"-1"}`, "vat"},
		{`{"base":"10","rate":"0"}`, "rate"},
		{`{"base":"10","direction":"up","kind":"percent","amount":"1"}`, "direction"},
		{`{"base":"10","direction":"increase","kind":"share","amount":"1"}`, "kind"},
		{`{"base":"10","direction":"increase","kind":"percent"}`, "amount"},
		{`{"base":"10","amount":"1"}`, "direction"},
		{`{"base":"10","direction":"discount","kind":"percent","amount":"100.0001"}`, "amount"},
		{`{"base":"10","direction":"increase","kind":"amount","amount":"-1"}`, "amount"},
		{`{"base":"10","direction":"increase","kind":"amount","amount":"1.001"}`, "amount"},
		{`{"base":"10","direction":"increase","kind":"percent","amount":"1.00001"}`, "amount"},
		{`{"base":"10","extra":"1.001"}`, "extra"},
		{`{"base":"10","ending":".42"}`, "ending"},
		{`{"base":"10","ending":".90","ending_mode":"down"}`, "ending"},
		{`{"base":"10","previous":"-1"}`, "previous"},
		{`{"base":"10","max_change":"x"}`, "max_change"},
	} {
		answers := try(t, tt.line+"\n"+good+"\n")
		if len(answers) != 2 || answers[1]["price"] != "11.00" {
			t.Errorf("%.80s: the line behind it has %v", tt.line, answers)
			continue
		}
		e, refused := answers[0]["error"].(map[string]any)
		if refused != (tt.field != "") || refused && (e["field"] != tt.field || e["message"] == "") {
			t.Errorf("%.80s: %v, want field %q", tt.line, answers[0], tt.field)
		}
	}
	if answers := try(t, "\ufeff"+good+"\r\n"+good); len(answers) != 2 || answers[0]["price"] != "11.00" || answers[1]["price"] != "11.00" {
		t.Errorf("mark, CR and a missing last line end: %v", answers)
	}
	if answers := try(t, ""); len(answers) != 0 {
		t.Errorf("nothing is answered with %v", answers)
	}
}

func TestPricesTry_guards(t *testing.T) {
	answers := try(t, `{"base":"10","cost":"10.01"}
{"base":"10","minimum":"10"}
{"base":"10","previous":"8","max_change":"20"}
{"base":"1.03","rate":"41.2537","minimum":"1.03"}
`)
	if a := answers[0]; a["blocked"] != true || a["price"] != nil || fmt.Sprint(a["warnings"]) != "[below-cost]" {
		t.Errorf("%v", a)
	}
	if a := answers[1]; a["blocked"] != false || a["price"] != "10.00" {
		t.Errorf("%v", a)
	}
	if a := answers[2]; a["approval"] != true || fmt.Sprint(a["warnings"]) != "[change]" {
		t.Errorf("%v", a)
	}
	if a := answers[3]; a["blocked"] != false {
		t.Errorf("%v", a)
	}
}

// broken fails to be read after its first line.
type broken struct{ line io.Reader }

func (b broken) Read(p []byte) (int, error) {
	n, err := b.line.Read(p)
	if errors.Is(err, io.EOF) {
		err = os.ErrClosed
	}
	return n, err
}

func TestPricesTry_unreadableInputFails(t *testing.T) {
	var out, errs bytes.Buffer
	code := run(context.Background(), []string{"prices", "try", "--stdin"}, console.Streams{In: broken{strings.NewReader("{\"base\":\"1\"}\n")}, Out: &out, Err: &errs})
	if code != console.ExitError || !strings.Contains(out.String(), `"price":"1.00"`) || errs.Len() == 0 {
		t.Errorf("exit %d, %q, %q", code, out.String(), errs.String())
	}
	if code := run(context.Background(), []string{"prices", "try"}, console.Streams{In: strings.NewReader(""), Out: &out, Err: &errs}); code != console.ExitUsage {
		t.Errorf("without --stdin: exit %d", code)
	}
}

func TestPricesCompute_countsWhatItComputes(t *testing.T) {
	b := newBench(t, sandbox.Options{})
	b.catalogue("Stok Kodu;Ürün Adı;Satış Fiyatı;Para Birimi",
		"1;Bir;100,00;TRY", "2;İki;40,00;TRY", "3;Üç;10,00;EUR", "4;Dört;;TRY", "5;Beş;0,004;TRY")
	b.json(0, "rules", "set", "--marketplace", "n11", "--direction", "discount", "--kind", "amount", "--amount", "50", "--extra", "5", "--per-marketplace", "on")
	m := b.json(0, "prices", "compute", "--marketplace", "N11")
	for k, want := range map[string]int{"count": 5, "priced": 3, "blocked": 2, "approval": 2, "version": 1} {
		if number0(m, k) != want {
			t.Errorf("%s = %v, want %d in %v", k, m[k], want, m)
		}
	}
	if w := fmt.Sprint(m["warnings"]); w != "map[discount-exceeds-price:2 no-price:1 no-rate:1]" {
		t.Errorf("warnings %s", w)
	}
	m = b.json(0, "prices", "compute")
	if number0(m, "priced") != 26*2+1 || number0(m, "blocked") != 26*2+25 {
		t.Errorf("everywhere: %v priced, %v blocked", m["priced"], m["blocked"])
	}
	code, out, errs := b.do("prices", "compute")
	if code != 0 || !strings.Contains(out, "55,00 ₺") || !strings.Contains(out, "Trendyol, Hepsiburada, Amazon Türkiye ve 22 pazaryeri daha") || !strings.Contains(errs, "5 ürün: 53 fiyat") {
		t.Errorf("exit %d\n%s%s", code, out, errs)
	}
	if m := b.json(console.ExitUsage, "prices", "compute", "--marketplace", "ebay"); !strings.Contains(fmt.Sprint(m["error"]), "trendyol") {
		t.Errorf("%v", m)
	}
}

func TestPrices_guardsAndApproval(t *testing.T) {
	b := newBench(t, sandbox.Options{})
	b.catalogue("Stok Kodu;Ürün Adı;Satış Fiyatı", "1;Bir;100,00", "2;İki;40,00")
	b.json(0, "prices", "guard", "2", "--minimum", "40,01", "--cost", "1")
	b.json(0, "prices", "guard", "2", "--cost", "none")
	if m := b.json(0, "prices", "guard", "2"); fmt.Sprint(m["products"]) != "[map[code:2 cost:<nil> id:2 minimum:40.01]]" {
		t.Errorf("%v", m)
	}
	if m := b.json(0, "prices", "approve", "--all", "--marketplace", "n11"); number0(m, "approved") != 1 {
		t.Errorf("%v", m) // a blocked price cannot be approved
	}
	b.json(0, "rules", "set", "--max-change", "10", "--direction", "increase", "--kind", "percent", "--amount", "11")
	m := b.json(0, "prices", "compute")
	if number0(m, "approval") != 1 || number0(m, "blocked") != 0 || fmt.Sprint(m["warnings"]) != "map[change:1]" {
		t.Errorf("%v", m)
	}
	if m := b.json(0, "prices", "approve", "1"); number0(m, "approved") != 26 {
		t.Errorf("%v", m)
	}
	if m = b.json(0, "prices", "compute"); number0(m, "approval") != 0 {
		t.Errorf("%v", m)
	}
	b.json(console.ExitUsage, "prices", "approve")
	b.json(console.ExitUsage, "prices", "approve", "1", "--all")
	b.json(console.ExitUsage, "prices", "guard", "1", "--cost", "-5")
	b.json(console.ExitError, "prices", "approve", "yok")
}

func TestRules_setAndShow(t *testing.T) {
	b := newBench(t, sandbox.Options{})
	b.json(console.ExitUsage, "rules", "set")
	b.json(console.ExitUsage, "rules", "set", "--direction", "increase")
	b.json(console.ExitUsage, "rules", "set", "--direction", "discount", "--kind", "percent", "--amount", "101")
	b.json(console.ExitUsage, "rules", "set", "--extra", "1,001")
	b.json(console.ExitUsage, "rules", "set", "--ending", ".42")
	b.json(console.ExitUsage, "rules", "set", "--per-marketplace", "belki")
	b.json(console.ExitUsage, "rules", "set", "--remove", "--extra", "1")
	b.json(console.ExitUsage, "rules", "set", "--marketplace", "ebay", "--extra", "1")
	if m := b.json(0, "rules", "show"); number0(m, "version") != 0 || m["global"] != nil {
		t.Errorf("refused rules were kept: %v", m)
	}
	b.json(0, "rules", "set", "--direction", "increase", "--kind", "amount", "--amount", "1.000,50", "--ending", ".90")
	b.json(0, "rules", "set", "--extra", "20")
	m := b.json(0, "rules", "set", "--marketplace", "Turkcell Pasaj", "--extra", "5", "--max-change", "%15")
	const want = "map[amount:1000.5 direction:increase ending:.90 ending_mode:up extra:20 kind:amount]"
	if fmt.Sprint(m["global"]) != want || m["per_marketplace"] != false || m["max_change"] != "15" || number0(m, "version") != 3 ||
		fmt.Sprint(m["each"]) != "map[pasaj:map[amount:0 direction:increase extra:5 kind:amount]]" {
		t.Errorf("%v", m)
	}
	m = b.json(0, "rules", "set", "--per-marketplace", "on", "--ending", "none", "--max-change", "none")
	if fmt.Sprint(m["global"]) != "map[amount:1000.5 direction:increase extra:20 kind:amount]" || m["per_marketplace"] != true || m["max_change"] != nil {
		t.Errorf("%v", m)
	}
	m = b.json(0, "rules", "set", "--marketplace", "pasaj", "--remove")
	if fmt.Sprint(m["each"]) != "map[]" || m["global"] == nil {
		t.Errorf("%v", m)
	}
	_, out, _ := b.do("rules", "show")
	if !strings.Contains(out, "1.000,50 ₺ artış, ek fiyat 20,00 ₺") {
		t.Errorf("%s", out)
	}
}

func TestRates_setAndShow(t *testing.T) {
	b := newBench(t, sandbox.Options{})
	for _, args := range [][]string{
		{"set"},
		{"set", "USD"},
		{"set", "USD=x"},
		{"set", "USD=0"},
		{"set", "TRY=1"},
		{"set", "JPY=1"},
		{"set", "USD=1", "--date", "31.02.2026"},
		{"set", "USD=1.234,50"},
	} {
		b.json(console.ExitUsage, append([]string{"rates"}, args...)...)
	}
	b.json(0, "rates", "set", "USD=41.253", "--date", "2026-01-02")
	m := b.json(0, "rates", "set", "USD=99", "EUR=48,5", "--date", "1.2.2999")
	const want = "[map[currency:EUR day:2999-02-01 holds:false rate:48.5] map[currency:USD day:2999-02-01 holds:false rate:99] map[currency:USD day:2026-01-02 holds:true rate:41.253]]"
	if got := fmt.Sprint(m["rates"]); got != want {
		t.Errorf("%s", got)
	}
	_, out, _ := b.do("rates", "show")
	if !strings.Contains(out, "02.01.2026") || !strings.Contains(out, "41,253 ₺") || !strings.Contains(out, "bugün geçerli") {
		t.Errorf("%s", out)
	}
}

func TestHistory_saysWhoDidWhat(t *testing.T) {
	b := newBench(t, sandbox.Options{})
	b.catalogue("Stok Kodu;Ürün Adı", "1;Bir")
	b.json(0, "settings", "set", "currency=EUR")
	b.json(0, "rates", "set", "USD=41")
	m := b.json(0, "history", "--limit", "2")
	list, _ := m["history"].([]any)
	if number0(m, "total") != 3 || len(list) != 2 {
		t.Fatalf("%v", m)
	}
	newest, _ := list[0].(map[string]any)
	detail, _ := newest["detail"].(map[string]any)
	if newest["what"] != "exchange-rate" || detail["rate"] != "41" || newest["who"] == "" || !strings.Contains(fmt.Sprint(newest["text"]), "Kur girildi") {
		t.Errorf("%v", newest)
	}
	_, out, _ := b.do("history")
	if !strings.Contains(out, "Süreç seçimleri kaydedildi:") || !strings.Contains(out, "Para birimi: “Türk Lirası” yerine “Euro”") {
		t.Errorf("%s", out)
	}
}
