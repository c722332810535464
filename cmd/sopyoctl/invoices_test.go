package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/sopyo/sopyo-desktop/cmd/sopyoctl/internal/console"
	"github.com/sopyo/sopyo-desktop/cmd/sopyoctl/internal/invoices"
	"github.com/sopyo/sopyo-desktop/cmd/sopyoctl/internal/lines"
)

func TestInvoicesTry_theSamples(t *testing.T) {
	checkSamples(t, "invoices", 117)
}

// An order that nothing is wrong with, as keys that a test may replace or add to.
const (
	tryBuyer = `"first":"Deniz","last":"Örnek","name":"Örnek Ltd","address":"Sk. 1","city":"Ankara","district":"Çankaya","postal":"06420","plate":"06","registered":false`
	tryItem  = `"id":"L1","name":"Kitap","qty":"3","unit":"59.90","vat":"20"`
	tryKey   = `"company":"C1","marketplace":"trendyol","package":"7001"`
)

// tryOrder makes a line: more are further keys of the order, of its one line and of its buyer. The last of
// equal keys counts.
func tryOrder(order, item, buyer string) string {
	more := func(s string) string {
		if s == "" {
			return ""
		}
		return "," + s
	}
	return "{" + tryKey + `,"today":"2026-05-04","lines":[{` + tryItem + more(item) + `}],"buyer":{` + tryBuyer + more(buyer) + "}" + more(order) + "}"
}

// A whole answer, letter for letter.
func TestInvoicesTry_linesInAndOut(t *testing.T) {
	for _, tt := range []struct{ in, out string }{
		{
			tryOrder("", "", ""),
			`{"gate":[],"warn":[],"kind":"e-Arşiv","number":"11111111111","lines":[{"net":"179.70","discount":"0.00","vat":"29.95","send_unit":"59.9"}],` +
				`"rates":[{"rate":"20","gross":"179.70","base":"149.75","vat":"29.95"}],"total":"179.70","base":"149.75","vat":"29.95"}`,
		},
		{
			tryOrder(`"order_discount":"0.01","stated_total":"1"`, `"vat":""`, ""),
			`{"gate":["total_mismatch","vat_missing"],"warn":[],"kind":null,"number":null,"lines":[{"net":"179.69","discount":"0.01","vat":null,"send_unit":"59.89666667"}],` +
				`"rates":[],"total":"179.69","base":"0.00","vat":"0.00"}`,
		},
		{
			`{"today":"2026-05-04"}`,
			`{"gate":["line","name","address"],"warn":[],"kind":null,"number":null,"lines":[],"rates":[],"total":"0.00","base":"0.00","vat":"0.00"}`,
		},
		{
			tryOrder("", `"qty":"0","vat":"8.50"`, ""),
			`{"gate":["line","vat_not_in_force"],"warn":[],"kind":null,"number":null,"lines":[{"net":"0.00","discount":"0.00","vat":"0.00","send_unit":null}],` +
				`"rates":[{"rate":"8.5","gross":"0.00","base":"0.00","vat":"0.00"}],"total":"0.00","base":"0.00","vat":"0.00"}`,
		},
	} {
		var out, errs bytes.Buffer
		code := run(context.Background(), []string{"invoices", "try", "--stdin"}, console.Streams{In: strings.NewReader(tt.in), Out: &out, Err: &errs})
		if want := tt.out + "\n"; code != 0 || out.String() != want {
			t.Errorf("%s\ngives %swant  %sexit %d: %s", tt.in, out.String(), want, code, errs.String())
		}
	}
}

// outcome writes hits, warnings, kind and number of an answer.
func outcome(m map[string]any) string {
	if m["kind"] == nil {
		return fmt.Sprint(m["gate"], m["warn"])
	}
	return fmt.Sprint(m["gate"], m["warn"], m["kind"], m["number"])
}

// Each key is understood: alone it changes the answer.
func TestInvoicesTry_everyKey(t *testing.T) {
	const passes = "[] []e-Arşiv11111111111"
	const attempt = `{"key":["C1","trendyol","7001","sale"],"state":"issued","fingerprint":"f1","lines":["L7"]}`
	journal := func(change ...string) string {
		return `"fingerprint":"f1","journal":[` + strings.NewReplacer(change...).Replace(attempt) + "]"
	}
	for _, tt := range []struct{ order, item, buyer, want string }{
		{want: passes},
		{order: `"status":"open"`, want: "[status] []"},
		{order: `"status":"cancelled"`, want: "[status] []"},
		{order: `"status":"returned"`, want: "[status] []"},
		{order: `"status":"undelivered"`, want: "[status] []"},
		{order: `"status":"split_parent"`, want: "[status] []"},
		{order: `"status":"test"`, want: "[status] []"},
		{order: `"status":"unknown"`, want: "[status] []"},
		{order: `"status":"unpaid"`, want: "[unpaid] []"},
		{order: `"status":null`, want: passes},
		{order: `"direction":"return"`, want: "[special] []"},
		{order: `"direction":null`, want: passes},
		{order: `"invoice_date":"2026-05-05"`, want: "[future] []"},
		{order: `"shipped_on":"2026-04-26"`, want: "[] [late_7]e-Arşiv11111111111"},
		{order: `"today":"2023-07-09"`, want: "[vat_not_in_force] []"},
		{order: `"currency":"USD"`, want: "[currency] []"},
		{order: `"currency":"tl"`, want: passes},
		{order: `"currency":" Try "`, want: passes},
		{order: `"currency":"usd","rate":"41.2537"`, want: passes},
		{order: `"currency":"usd","rate":" "`, want: "[currency] []"},
		{order: `"order_discount":"200"`, want: "[discount_over] []"},
		{order: `"stated_total":"179.71"`, want: "[total_mismatch] []"},
		{order: `"refunded":"10.00"`, want: "[] [refunded_part]e-Arşiv11111111111"},
		{order: `"micro":true`, want: "[foreign] []"},
		{order: `"platform_buyer":true`, want: "[platform_buyer] []"},
		{order: `"derive_postal":false`, buyer: `"postal":""`, want: "[address] []"},
		{order: `"derive_postal":null`, buyer: `"postal":""`, want: "[] [postal_derived]e-Arşiv11111111111"},
		{order: `"latest":{"e-Arşiv":"2026-05-05"}`, want: "[date_order] []"},
		{order: `"latest":{"e-Arşiv":null,"e-Fatura":"2026-05-05"}`, want: passes},
		{order: `"latest":{"e-Fatura":"2026-05-05"}`, buyer: `"tax_no":"4540536920","registered":true`, want: "[date_order] []"},
		{order: journal(), want: "[already] []"},
		{order: journal("f1", "f2"), want: "[changed_since] []"},
		{order: journal("issued", "intent"), want: "[unknown_attempt] []"},
		{order: journal("issued", "unknown"), want: "[unknown_attempt] []"},
		{order: journal("issued", "drafted"), want: "[already] []"},
		{order: journal("issued", "checked"), want: "[already] []"},
		{order: journal("issued", "mismatch"), want: "[already] []"},
		{order: journal("issued", "formalising"), want: "[already] []"},
		{order: journal("issued", "documented"), want: "[already] []"},
		{order: journal("issued", "deleting"), want: "[already] []"},
		{order: journal("issued", "rejected"), want: passes},
		{order: journal("issued", "lost"), want: passes},
		{order: journal("issued", "deleted"), want: passes},
		{order: journal("C1", "C2"), want: passes},
		{order: journal("trendyol", "n11"), want: passes},
		{order: journal("7001", "7002"), want: passes},
		{order: journal("sale", "return"), want: passes},
		{order: journal("7001", "7002", "L7", "L1"), want: "[already] []"},
		{order: `"journal":[{"key":["C1","trendyol","7001","sale"],"state":"issued"}]`, want: "[already] []"},

		{item: `"name":" "`, want: "[line] []"},
		{item: `"qty":null`, want: "[line] []"},
		{item: `"unit":null`, want: "[total_zero] []"},
		{item: `"vat":null`, want: "[vat_missing] []"},
		{item: `"vat":" "`, want: "[vat_missing] []"},
		{item: `"vat":"0"`, want: "[vat_zero_code] []"},
		{item: `"vat":"0","exemption":"351"`, want: passes},
		{item: `"discount":"59.91"`, want: passes},
		{item: `"discount":"59.91","discount_per_unit":true`, want: "[line] []"},
		{item: `"amount":"180"`, want: "[line] []"},
		{item: `"kind":"goods"`, want: passes},
		{item: `"kind":"shipping"`, want: "[line] []"},
		{item: `"kind":"wrap"`, want: "[line] []"},
		{item: `"kind":"fee"`, want: "[line] []"},
		{item: `"special":true`, want: "[special] []"},

		{buyer: `"type":"person"`, want: passes},
		{buyer: `"type":"company"`, want: "[company_no_number] []"},
		{buyer: `"first":""`, want: "[name] []"},
		{buyer: `"last":""`, want: "[name] []"},
		{buyer: `"tax_no":"4540536920"`, want: "[] []e-Arşiv4540536920"},
		{buyer: `"tax_no":"4540536920","name":""`, want: "[name] []"},
		{buyer: `"tax_no":"4540536920","registered":true`, want: "[] []e-Fatura4540536920"},
		{buyer: `"tax_no":"4540536920","registered":null`, want: "[registry_unknown] []"},
		{buyer: `"tax_no":"1234567890"`, want: "[number_placeholder] []"},
		{buyer: `"tax_no":"12"`, want: "[number_bad] []"},
		{buyer: `"tax_no":"1*"`, want: "[masked] []"},
		{buyer: `"tax_office":"Çankaya"`, want: passes},
		{buyer: `"address":""`, want: "[address] []"},
		{buyer: `"city":""`, want: "[address] []"},
		{buyer: `"district":""`, want: "[address] []"},
		{buyer: `"postal":"","plate":""`, want: "[address] []"},
		{buyer: `"country":"tr"`, want: passes},
		{buyer: `"country":"DE"`, want: "[foreign] []"},
		{buyer: `"public":true`, want: "[public_body] []"},
	} {
		line := tryOrder(tt.order, tt.item, tt.buyer)
		if got := outcome(tryLines(t, "invoices", line)[0]); got != tt.want {
			t.Errorf("%s\n got %s, want %s", line, got, tt.want)
		}
	}
}

// A line that is not understood is answered with a sentence that begins with what is wrong, and the line
// behind it as always.
func TestInvoicesTry_everyLineHasAnAnswer(t *testing.T) {
	good := tryOrder("", "", "")
	deep := strings.Repeat("[", 30_000) + strings.Repeat("]", 30_000)
	for _, tt := range []struct{ line, says string }{
		{``, "line: "},
		{"  \t", "line: "},
		{`null`, "line: "},
		{`[]`, "line: "},
		{`7`, "line: "},
		{good[:100], "line: "},
		{good + good, "line: "},
		{"{\"today\":\"2026-05-04\",\"note\":\"\xff\xfe\"}", "line: "},
		{strings.Repeat(" ", lines.Longest+10) + good, "line: "},
		{`{"today":"2026-05-04","journal":` + deep + "}", "line: "},
		{`{"today":"2026-05-04","note":` + deep + "}", "line: "},
		{`{}`, "today: Fill in"},
		{`{"today":null}`, "today: Fill in"},
		{`{"Today":"2026-05-04"}`, "today: Fill in"},
		{`{"today":""}`, "today: Write the day"},
		{`{"today":20260504}`, "today: Write the day"},
		{`{"today":"2026-5-4"}`, "today: "},
		{`{"today":"2026-02-30"}`, "today: "},
		{`{"today":"2026-05-04T09:00"}`, "today: "},
		{`{"today":"04.05.2026"}`, "today: "},
		{tryOrder(`"invoice_date":""`, "", ""), "invoice_date: "},
		{tryOrder(`"shipped_on":true`, "", ""), "shipped_on: "},
		{tryOrder(`"company":1`, "", ""), "company: Write a text"},
		{tryOrder(`"marketplace":[]`, "", ""), "marketplace: "},
		{tryOrder(`"package":7001`, "", ""), "package: "},
		{tryOrder(`"direction":"buy"`, "", ""), "direction: "},
		{tryOrder(`"direction":""`, "", ""), "direction: "},
		{tryOrder(`"status":"OK"`, "", ""), "status: "},
		{tryOrder(`"status":1`, "", ""), "status: "},
		{tryOrder(`"currency":949`, "", ""), "currency: "},
		{tryOrder(`"rate":41.25`, "", ""), "rate: Write the number in quotes"},
		{tryOrder(`"rate":"41,25"`, "", ""), "rate: "},
		{tryOrder(`"order_discount":10`, "", ""), "order_discount: Write the number in quotes"},
		{tryOrder(`"order_discount":""`, "", ""), "order_discount: "},
		{tryOrder(`"stated_total":"1e3"`, "", ""), "stated_total: "},
		{tryOrder(`"refunded":"1234567890123456789012345"`, "", ""), "refunded: "},
		{tryOrder(`"micro":"yes"`, "", ""), "micro: Write true"},
		{tryOrder(`"platform_buyer":1`, "", ""), "platform_buyer: "},
		{tryOrder(`"derive_postal":[]`, "", ""), "derive_postal: "},
		{tryOrder(`"fingerprint":1`, "", ""), "fingerprint: "},
		{tryOrder(`"lines":{}`, "", ""), "lines: Write a JSON list of objects"},
		{tryOrder(`"lines":"x"`, "", ""), "lines: "},
		{tryOrder(`"lines":[null]`, "", ""), "lines: Write a JSON object"},
		{tryOrder(`"lines":[{},7]`, "", ""), "lines: "},
		{tryOrder("", `"id":7`, ""), "id: "},
		{tryOrder("", `"name":7`, ""), "name: "},
		{tryOrder("", `"qty":3`, ""), "qty: Write the number in quotes"},
		{tryOrder("", `"unit":"NaN"`, ""), "unit: "},
		{tryOrder("", `"amount":""`, ""), "amount: "},
		{tryOrder("", `"discount":1e999999999`, ""), "discount: "},
		{tryOrder("", `"discount_per_unit":"true"`, ""), "discount_per_unit: "},
		{tryOrder("", `"vat":20`, ""), "vat: Write the number in quotes"},
		{tryOrder("", `"vat":"%20"`, ""), "vat: "},
		{tryOrder("", `"kind":"gift"`, ""), "kind: "},
		{tryOrder("", `"exemption":351`, ""), "exemption: "},
		{tryOrder("", `"special":"x"`, ""), "special: "},
		{tryOrder(`"buyer":"Deniz"`, "", ""), "buyer: Write a JSON object"},
		{tryOrder("", "", `"type":"firm"`), "type: "},
		{tryOrder("", "", `"tax_no":4540536920`), "tax_no: "},
		{tryOrder("", "", `"tax_office":1`), "tax_office: "},
		{tryOrder("", "", `"plate":6`), "plate: "},
		{tryOrder("", "", `"registered":"no"`), "registered: "},
		{tryOrder("", "", `"public":0`), "public: "},
		{tryOrder(`"journal":{}`, "", ""), "journal: "},
		{tryOrder(`"journal":[[]]`, "", ""), "journal: "},
		{tryOrder(`"journal":[{}]`, "", ""), "key: Fill in"},
		{tryOrder(`"journal":[{"key":["C1","trendyol","7001"],"state":"issued"}]`, "", ""), "key: "},
		{tryOrder(`"journal":[{"key":["C1","trendyol",7001,"sale"],"state":"issued"}]`, "", ""), "key: Write a JSON list of texts"},
		{tryOrder(`"journal":[{"key":["C1",null,"7001","sale"],"state":"issued"}]`, "", ""), "key: Write a JSON list of texts"},
		{tryOrder(`"journal":[{"key":["C1","trendyol","7001","sale"]}]`, "", ""), "state: Fill in"},
		{tryOrder(`"journal":[{"key":["C1","trendyol","7001","sale"],"state":"done"}]`, "", ""), "state: "},
		{tryOrder(`"journal":[{"key":["C1","trendyol","7001","sale"],"state":"issued","lines":["L1",2]}]`, "", ""), "lines: "},
		{tryOrder(`"latest":[]`, "", ""), "latest: "},
		{tryOrder(`"latest":{"e-Fatura":"yesterday"}`, "", ""), "e-Fatura: "},
		{tryOrder(`"rate":"x"`, `"qty":"x"`, ""), "rate: "}, // the first in the order of the contract
	} {
		answers := tryLines(t, "invoices", tt.line+"\n"+good+"\r\n")
		if len(answers) != 2 || answers[1]["total"] != "179.70" {
			t.Errorf("%.80s: the line behind it has %v", tt.line, answers)
			continue
		}
		said, _ := answers[0]["error"].(string)
		if len(answers[0]) != 1 || !strings.HasPrefix(said, tt.says) || len(said) < 15 {
			t.Errorf("%.300s: %v, want %q", tt.line, answers[0], tt.says)
		}
	}
	var out, errs bytes.Buffer
	if code := run(context.Background(), []string{"invoices", "try"}, console.Streams{In: strings.NewReader(""), Out: &out, Err: &errs}); code != console.ExitUsage {
		t.Errorf("without --stdin: exit %d", code)
	}
}

// randomOrderLine makes a line of anything that the keys may, or now and then may not, hold.
func randomOrderLine(r *rand.Rand) string {
	object := func(keys [][3]string) string {
		var parts []string
		for _, k := range keys {
			values := strings.Split(k[1], "|")
			if r.IntN(200) == 0 {
				values = strings.Split(k[2], "|")
			}
			value := values[0] // mostly, or hardly an order would pass
			if r.IntN(6) == 0 {
				value = values[r.IntN(len(values))]
			}
			if r.IntN(100) > 0 {
				parts = append(parts, fmt.Sprintf("%q:%s", k[0], value))
			}
		}
		return "{" + strings.Join(parts, ",") + "}"
	}
	const noNumber, noText, noTruth = `7|"1e9"|""|"1,5"|[]|"99999999999999999999999999"`, `7|{}|true`, `"true"|0`
	item := [][3]string{
		{"id", `"L1"|"L2"|""`, noText},
		{"name", `"Kitap"|"Defter"|" "`, noText},
		{"qty", `"1"|"2"|"3"|"0.5"|"1000"`, noNumber},
		{"unit", `"59.90"|"10"|"33.33"|"0.005"`, noNumber},
		{"vat", `"20"|"10"|"1"|"0"|"18"|""`, `20|"x"|"-100"`},
		{"discount", `"0"|"5.00"`, noNumber},
		{"discount_per_unit", `false|true|null`, noTruth},
		{"kind", `"goods"|"shipping"`, noText},
	}
	buyer := [][3]string{
		{"type", `"person"|"company"`, `"x"|1`},
		{"first", `"Deniz"|"D***"|"x"`, noText},
		{"last", `"Örnek"`, noText},
		{"name", `"Örnek Ltd"|""`, noText},
		{"tax_no", `""|"4540536920"|"10000000146"|"1234567890"|"12"`, noText},
		{"address", `"Sk. 1"`, noText},
		{"city", `"Ankara"`, noText},
		{"district", `"Çankaya"`, noText},
		{"postal", `"06420"|""`, noText},
		{"plate", `"06"|""`, noText},
		{"registered", `false|true|null`, noTruth},
	}
	var items []string
	for range 1 + r.IntN(4) {
		items = append(items, object(item))
	}
	rest := object([][3]string{
		{"company", `"C1"`, noText},
		{"package", `"7001"`, noText},
		{"today", `"2026-05-04"|"2023-07-09"`, `null|"soon"|5`},
		{"shipped_on", `null|"2026-05-01"|"2026-04-01"`, `"2026-02-30"|""`},
		{"status", `"ok"|"open"|null`, `"OK"|1`},
		{"order_discount", `"0"|"10"|"0.01"|"1000"`, noNumber},
		{"stated_total", `null|"59.90"|"119.80"`, noNumber},
		{"journal", `[]|null|[{"key":["C1","","7001","sale"],"state":"issued","lines":["L1"]}]`, `[{}]|{}`},
		{"latest", `{}|{"e-Arşiv":"2026-05-05"}|null`, `[]|{"e-Arşiv":1}`},
	})
	line := `{"lines":[` + strings.Join(items, ",") + `],"buyer":` + object(buyer) + "," + rest[1:]
	if r.IntN(50) == 0 {
		line = line[:r.IntN(len(line))]
	}
	return line
}

// Whatever comes, each line has one answer, an error or a whole one; and keys that nobody knows change none.
func TestInvoicesTry_manyLines(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 2))
	const count = triedOrderLines
	var plain, adorned strings.Builder
	for range count {
		line := randomOrderLine(r)
		plain.WriteString(line + "\n")
		line = strings.Replace(line, "{", `{"order":[{"a":1}],"note":7,"id_":null,`, 1)
		line = strings.ReplaceAll(line, `{"name"`, `{"Name":7,"colour":{"qty":1},"name"`)
		adorned.WriteString(line + "\n")
	}
	answers, others := tryLines(t, "invoices", plain.String()), tryLines(t, "invoices", adorned.String())
	if len(answers) != count || len(others) != count {
		t.Fatalf("%d and %d answers to %d lines", len(answers), len(others), count)
	}
	refused, free := 0, 0
	for i, m := range answers {
		said, _ := m["error"].(string)
		gate, _ := m["gate"].([]any)
		switch {
		case said != "":
			refused++
		case len(m) != 9 || m["gate"] == nil || (len(gate) == 0) != (m["kind"] != nil) || (m["kind"] != nil) != (m["number"] != nil):
			t.Fatalf("%v", m)
		case len(gate) == 0:
			free++
		}
		if said == "" && fmt.Sprint(m) != fmt.Sprint(others[i]) {
			t.Fatalf("%v\nbecomes %v", m, others[i])
		}
	}
	if refused < count/50 || free < count/20 {
		t.Errorf("%d refused, %d free of %d, the test tells little", refused, free, count)
	}
}

func FuzzInvoiceCase(f *testing.F) {
	r := rand.New(rand.NewPCG(5, 3))
	for range 50 {
		f.Add([]byte(randomOrderLine(r)))
	}
	f.Add([]byte(tryOrder(`"order_discount":"99999999999999999999.999"`, `"qty":"0.0000000000000000000001","vat":"-100"`, `"tax_no":"45405369２０"`)))
	f.Fuzz(func(t *testing.T, line []byte) {
		a, err := invoices.Answer(line)
		if (a == nil) != (err != nil) {
			t.Fatalf("%v and %v", a, err)
		}
		if err != nil {
			return
		}
		if _, err := json.Marshal(a); err != nil {
			t.Fatal(err)
		}
	})
}
