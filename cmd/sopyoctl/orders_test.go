package main

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/sopyo/sopyo-desktop/assets"
	"github.com/sopyo/sopyo-desktop/cmd/sopyoctl/internal/console"
	"github.com/sopyo/sopyo-desktop/domain/orders"
)

// ordersRead runs orders read, without a company or a data folder.
func ordersRead(t *testing.T, args ...string) (code int, out, errs string) {
	t.Helper()
	var o, e bytes.Buffer
	code = run(context.Background(), append([]string{"orders", "read", "--lang", "en", "--data", "/nowhere/at/all"}, args...),
		console.Streams{In: strings.NewReader(""), Out: &o, Err: &e})
	return code, o.String(), e.String()
}

// orderFile writes a list of orders of N11's: one to invoice, one with an unknown status, a row without number.
func orderFile(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "siparisler.csv")
	const content = "Sipariş Kodu;Durum;Ürün Adı;Adet;Sipariş Tutarı;Mağaza İndirimi;Kupon;Komisyon\n" +
		"20;Teslim Edildi;Termos;2;1.807,89;107,89;0;250\n21;Yolda;Kupa;1;5;;;\n;Kargoda;Toplam;1;5;;;\n"
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestOrdersRead_forPeople(t *testing.T) {
	code, out, errs := ordersRead(t, orderFile(t))
	wantOut := "20  20    can be invoiced    1  ₺1,700.00\n21  21    unknown status     1  ₺5.00\n" +
		"N11: 2 orders. 3 rows: 2 taken, 0 repeated, 0 no line, 1 not taken.\n"
	wantErrs := "line 4, order: The number of order or package is empty; the row was not taken.\n" +
		"Unknown status: \"Yolda\" (1 row). Its order is held.\n"
	if code != console.ExitOK || out != wantOut || errs != wantErrs {
		t.Errorf("exit %d\n%s\n%s", code, out, errs)
	}
}

func TestOrdersRead_forPrograms(t *testing.T) {
	path := orderFile(t)
	code, out, errs := ordersRead(t, path, "--json", "--profile", "n11")
	var got, want any
	if err := json.Unmarshal([]byte(out), &got); err != nil || code != console.ExitOK || errs != "" {
		t.Fatalf("exit %d, %v: %s %s", code, err, out, errs)
	}
	order := got.(map[string]any)["orders"].([]any)[0].(map[string]any)
	if printed := order["fingerprint"].(string); len(printed) != 64 {
		t.Errorf("fingerprint %q", printed)
	}
	for _, o := range got.(map[string]any)["orders"].([]any) {
		delete(o.(map[string]any), "fingerprint")
	}
	buyer := `{"type":"person","first":"","last":"","name":"","tax_no":"","tax_office":"","address":"","city":"","district":"","postal":"","plate":"","country":"TR"}`
	file, err := json.Marshal(path)
	if err != nil {
		t.Fatal(err)
	}
	wanted := `{"file":` + string(file) + `,"profile":"n11","format":"csv","sheet":"","sheets":null,"header_row":1,"rows":3,"taken":2,"repeated":0,"no_line":0,"refused":1,
"columns":{"order":["Sipariş Kodu"],"status":["Durum"],"product":["Ürün Adı"],"qty":["Adet"],"amount":["Sipariş Tutarı"],"discount":["Mağaza İndirimi"],"coupon":["Kupon"]},
"ignored":[{"header":"Komisyon","filled":1,"sample":"250"}],
"problems":[{"line":4,"field":"order","value":"","reason":"no-key","refused":true,"message":"The number of order or package is empty; the row was not taken."}],
"unknown_words":[{"field":"status","word":"Yolda","rows":1}],
"orders":[
{"marketplace":"n11","package":"20","order":"20","status":"ok","status_word":"Teslim Edildi","currency":"TL","order_discount":"0","stated_total":null,"refunded":"0","micro":false,"total":"1700.00","buyer":` + buyer + `,
"lines":[{"id":"","code":"","barcode":"","name":"Termos","qty":"2","unit":"903.945","amount":"1807.89","discount":"107.89","discount_per_unit":false,"vat":null,"tax":null,"kind":"goods","platform":"0","net":"1700.00"}]},
{"marketplace":"n11","package":"21","order":"21","status":"unknown","status_word":"Yolda","currency":"TL","order_discount":"0","stated_total":null,"refunded":"0","micro":false,"total":"5.00","buyer":` + buyer + `,
"lines":[{"id":"","code":"","barcode":"","name":"Kupa","qty":"1","unit":"5","amount":"5","discount":"0","discount_per_unit":false,"vat":null,"tax":null,"kind":"goods","platform":"0","net":"5.00"}]}]}`
	if err := json.Unmarshal([]byte(wanted), &want); err != nil {
		t.Fatal(err)
	}
	g, _ := json.Marshal(got)
	w, _ := json.Marshal(want)
	if !bytes.Equal(g, w) {
		t.Errorf("got  %s\nwant %s", g, w)
	}
}

func TestOrdersRead_saysWhen(t *testing.T) {
	path := filepath.Join(t.TempDir(), "o.csv")
	const content = "Paket No;Sipariş Numarası;Sipariş Statüsü;Ürün Adı;Adet;Faturalanacak Tutar;Sipariş Tarihi;Kargoya Teslim Tarihi\n" +
		"1;9;Teslim Edildi;a;1;5;01.05.2026 23:59;04.05.2026 00:10\n"
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	_, out, _ := ordersRead(t, path, "--json")
	for _, part := range []string{`"ordered_at":"2026-05-01T20:59:00Z"`, `"shipped_at":"2026-05-03T21:10:00Z"`, `"shipped_on":"2026-05-04"`} {
		if !strings.Contains(out, part) {
			t.Errorf("%s is not in %s", part, out)
		}
	}
	if _, out, _ := ordersRead(t, path); !strings.HasPrefix(out, "1  9  1 May 2026 23:59  can be invoiced") {
		t.Error(out)
	}
}

func TestOrdersRead_findsTheDistrict(t *testing.T) {
	path := filepath.Join(t.TempDir(), "o.csv")
	const content = "Paket No;Sipariş Numarası;Sipariş Statüsü;Ürün Adı;Adet;Faturalanacak Tutar;İl;İlçe\n1;9;Teslim Edildi;a;1;5;KADIKÖY;ISTANBUL\n"
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	_, out, _ := ordersRead(t, path, "--json")
	for _, part := range []string{`"city":"\u0130stanbul"`, `"district":"Kad\u0131k\u00f6y"`, `"plate":"34"`} {
		if !strings.Contains(out, part) {
			t.Errorf("%s is not in %s", part, out)
		}
	}
}

func TestOrdersRead_refuses(t *testing.T) {
	path := orderFile(t)
	for name, c := range map[string]struct {
		args []string
		code int
		says string
	}{
		"another profile's file": {[]string{path, "--profile", "trendyol"}, console.ExitError, "no list of orders that is known"},
		"a profile there is not": {[]string{path, "--profile", "trendyo"}, console.ExitUsage, "base: There is no such profile. Profiles: trendyol, hepsiburada, n11,"},
		"a file there is not":    {[]string{path + "x"}, console.ExitError, "was not found"},
		"no file":                {nil, console.ExitUsage, "another number of values"},
		"a map of nothing":       {[]string{path, "--map", "order"}, console.ExitUsage, "is not like FIELD=COLUMN"},
		"a field there is not":   {[]string{path, "--map", "siparis=A", "--profile", "n11"}, console.ExitUsage, "siparis: There is no such field. Fields: order, currency,"},
		"a column there is not":  {[]string{path, "--map", "city=Şehir", "--profile", "n11"}, console.ExitUsage, "Missing: Şehir"},
	} {
		if code, out, errs := ordersRead(t, c.args...); code != c.code || out != "" || !strings.Contains(errs, c.says) {
			t.Errorf("%s: exit %d, %s%s", name, code, out, errs)
		}
	}
}

func TestOrdersRead_byColumnsThatAPersonNames(t *testing.T) {
	path := filepath.Join(t.TempDir(), "o.csv")
	const content = "No;Ne;Kaç;Tutar\n7;Orkide;1 Adet;349,90\n7;Kart;2 Adet;50,00\n"
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	code, out, errs := ordersRead(t, path, "--marketplace", "Çiçeksepeti", "--map", "order=No", "--map", "product=Ne", "--map", "qty=Kaç", "--map", "amount=Tutar")
	want := "7  7    unknown status    2  ₺399.90\nÇiçeksepeti: 1 order. 2 rows: 2 taken, 0 repeated, 0 no line, 0 not taken.\n"
	if code != console.ExitOK || out != want || errs != "The status of 2 rows is empty. Their orders are held.\n" {
		t.Errorf("exit %d: %s%s", code, out, errs)
	}
}

func TestOrdersRead_hasWordsForWhateverItSays(t *testing.T) {
	for _, lang := range []string{"tr", "en"} {
		text, err := assets.NewText(lang)
		if err != nil {
			t.Fatal(err)
		}
		keys := []string{orders.RefusedPayments, orders.RefusedNoPrices, orders.RefusedLetters, orders.RefusedUnknown, "orders.empty", "orders.too-many-rows"}
		for _, s := range orders.Statuses() {
			keys = append(keys, "orders.status."+string(s))
		}
		for _, r := range []orders.Reason{
			orders.NoKey, orders.SpoiltNumber, orders.BrokenLetters, orders.BadNumber, orders.NoQuantity, orders.NoAmount, orders.Disagrees,
			orders.Incomplete, orders.BadTime, orders.SpoiltBarcode, orders.UnknownRate, orders.UnknownCurrency,
		} {
			keys = append(keys, "orders.reason."+string(r))
		}
		for _, key := range keys {
			if !text.Has(key) {
				t.Errorf("%s: %s has no words", lang, key)
			}
		}
	}
}

func TestCatalogueImport_refusesListsOfOrders(t *testing.T) {
	var out, complaint bytes.Buffer
	code := run(context.Background(), []string{"catalogue", "import", orderFile(t), "--lang", "en", "--data", t.TempDir()},
		console.Streams{In: strings.NewReader(""), Out: &out, Err: &complaint})
	if errs := complaint.String(); code != console.ExitError ||
		!strings.Contains(errs, "This is an order list (N11), not a list of products. Take it in under Orders.") {
		t.Errorf("exit %d: %s", code, errs)
	}
}
