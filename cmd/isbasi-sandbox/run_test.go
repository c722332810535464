package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"flag"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/storage/isbasi/sandbox"
)

func TestRun_servesUntilItIsEnded(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	out, in := io.Pipe()
	ended := make(chan error, 1)
	go func() {
		ended <- errors.Join(run(ctx, []string{"-addr", "127.0.0.1:0", "-n", "30", "-key", "k-1"}, in, io.Discard), in.Close())
	}()
	told := map[string]string{}
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		name, value, _ := strings.Cut(lines.Text(), ":")
		told[name] = strings.TrimSpace(value)
		if name == "products" {
			break
		}
	}
	if told["key"] != "k-1" || told["user"] != sandbox.DemoUser || told["password"] != sandbox.DemoPassword ||
		told["callback"] != sandbox.DemoCallback || told["products"] != "30 and 0 services" {
		t.Errorf("tells %v", told)
	}
	if res, err := http.Get(told["page"]); err != nil || res.StatusCode != http.StatusOK || res.Body.Close() != nil {
		t.Errorf("page %v, %v", res, err)
	}
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, told["url"]+"/api/v1.0/user/ssorequesturl", nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("apiKey", "k-1")
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	if err := res.Body.Close(); err != nil || res.StatusCode != http.StatusOK {
		t.Errorf("HTTP %d, %v", res.StatusCode, err)
	}
	cancel()
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

func TestRun_takesItsSignInFlags(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	out, in := io.Pipe()
	ended := make(chan error, 1)
	go func() {
		args := []string{"-addr", "127.0.0.1:0", "-n", "3", "-key", "k-1,k-2", "-account-only", "-tenants", "t-2=İkinci Ltd, t-3,"}
		ended <- errors.Join(run(ctx, args, in, io.Discard), in.Close())
	}()
	lines := bufio.NewScanner(out)
	if !lines.Scan() {
		t.Fatal("says nothing")
	}
	_, url, _ := strings.Cut(lines.Text(), ":")
	url = strings.TrimSpace(url) + "/api/v1.0/user/"
	go func() { _, _ = io.Copy(io.Discard, out) }()
	ask := func(method, path, body string) (int, string) {
		r, err := http.NewRequestWithContext(t.Context(), method, url+path, strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("apiKey", "k-2")
		r.Header.Set("Content-Type", "application/json")
		res, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(res.Body)
		if err := errors.Join(err, res.Body.Close()); err != nil {
			t.Fatal(err)
		}
		return res.StatusCode, string(text)
	}
	if status, text := ask(http.MethodGet, "ssorequesturl", ""); status != http.StatusForbidden {
		t.Errorf("ssorequesturl: HTTP %d %s", status, text)
	}
	for tenant, part := range map[string]string{
		"t-2": `"tenantId":"t-2","tenantName":"İkinci Ltd"`, "t-3": `"tenantId":"t-3","tokenType"`, "t-4": "Firma bulunamadı.",
	} {
		_, text := ask(http.MethodPost, "integrationLogin",
			`{"username":"`+sandbox.DemoUser+`","password":"`+sandbox.DemoPassword+`","tenantId":"`+tenant+`"}`)
		if !strings.Contains(text, part) {
			t.Errorf("%s: %s", tenant, text)
		}
	}
	cancel()
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

// What invoices may meet reaches the server: a draft of a number that was named becomes an e-Fatura, and so on.
func TestRun_takesItsInvoiceFlags(t *testing.T) {
	s, err := parse([]string{
		"-registered", "4540536920, 7740606115", "-unanswered", "10000000146", "-gib-reads", "3", "-gib-delay", "10s",
		"-drafts-unlisted", "-refused-is-draft", "-net-first", "-total-off", "0.01", "-reads", "5", "-allow-stock",
	}, io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	o := s.options()
	if !slices.Equal(o.Registered, []string{"4540536920", "7740606115"}) || !slices.Equal(o.Unanswered, []string{"10000000146"}) || o.GIBReads != 3 ||
		o.GIBDelay != 10*time.Second || !o.DraftsUnlisted || !o.RefusedIsDraft || !o.NetFirst || o.TotalOff.String() != "0.01" || o.ReadLimit != 5 || !o.AllowStock {
		t.Errorf("%+v", o)
	}
	if s, err = parse(nil, io.Discard); err != nil {
		t.Fatal(err)
	}
	if o := s.options(); o.Registered != nil || o.Unanswered != nil || !o.TotalOff.IsZero() || o.DraftsUnlisted || o.RefusedIsDraft || o.NetFirst || o.GIBReads != 0 || o.GIBDelay != 0 {
		t.Errorf("without flags %+v", o)
	}
}

func TestRun_refuses(t *testing.T) {
	for name, args := range map[string][]string{
		"a flag":     {"-colour", "red"},
		"a word":     {"serve"},
		"a number":   {"-n", "-1"},
		"a limit":    {"-reads", "-1"},
		"a time":     {"-gib-delay", "-1s"},
		"an amount":  {"-total-off", "x"},
		"a fault":    {"-faults", "explode"},
		"a file":     {"-products", filepath.Join(t.TempDir(), "absent.csv")},
		"an address": {"-addr", "127.0.0.1:70000"},
	} {
		var said bytes.Buffer
		err := run(t.Context(), args, io.Discard, &said)
		if err == nil {
			t.Errorf("%s: taken", name)
		}
		if errors.Is(err, errUsage) && said.Len() == 0 {
			t.Errorf("%s: refused without a word", name)
		}
	}
	var help bytes.Buffer
	if err := run(t.Context(), []string{"-h"}, io.Discard, &help); !errors.Is(err, flag.ErrHelp) {
		t.Errorf("-h: %v", err)
	}
	if text := help.String(); !strings.Contains(text, "-stock-dates") || !strings.HasSuffix(text, sandbox.FaultHelp) {
		t.Errorf("-h says %s", text)
	}
}

func write(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "ürünler.csv")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestReadProducts_absentStaysAbsent(t *testing.T) {
	products, err := readProducts(t.Context(), write(t, "BarcodeId;ProductName\n8690000000012;Termos 500 ml\n;Kalem\n"))
	if err != nil {
		t.Fatal(err)
	}
	if len(products) != 2 {
		t.Fatalf("%d products", len(products))
	}
	first, second := products[0], products[1]
	if first.Code != "P000001" || first.Barcode != "8690000000012" || first.Name != "Termos 500 ml" || second.Code != "P000002" || second.Barcode != "" {
		t.Errorf("%+v, %+v", first, second)
	}
	if first.Price.Valid || first.Stock.Valid || first.VATRate.Valid || first.Currency != "" || first.ID == second.ID {
		t.Errorf("%+v", first)
	}
}

func TestReadProducts_takesWhatIsThere(t *testing.T) {
	products, err := readProducts(t.Context(), write(t, "Stok Kodu;Ürün Adı;Satış Fiyatı;Stok;Para Birimi\nA-1;Çay;249,90;12;TRY\nA-2;Kahve;19,99;0;USD\n"))
	if err != nil {
		t.Fatal(err)
	}
	if len(products) != 2 {
		t.Fatalf("%d products", len(products))
	}
	if p := products[0]; p.Code != "A-1" || p.Price.Decimal.String() != "249.9" || p.Stock.Decimal.String() != "12" || p.Currency != "TL" {
		t.Errorf("%+v", p)
	}
	if p := products[1]; p.Currency != "USD" || !p.Stock.Valid || !p.Stock.Decimal.IsZero() {
		t.Errorf("%+v", p)
	}
}

func TestReadProducts_realList(t *testing.T) {
	dir := os.Getenv("SOPYO_TESTDATA")
	if dir == "" {
		dir = filepath.Join("..", "..", "..", "shared", "data")
	}
	path := filepath.Join(dir, "netdata-barkod", "urunler.xlsx")
	if _, err := os.Stat(path); err != nil {
		t.Skipf("the real product lists are not here: %v", err)
	}
	products, err := readProducts(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	if len(products) != 38_760 {
		t.Errorf("%d products", len(products))
	}
	for _, p := range products {
		if p.Price.Valid || p.Stock.Valid || !strings.HasPrefix(p.Code, "P") {
			t.Fatalf("%+v", p)
		}
	}
}
