package main

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/sopyo/sopyo-desktop/storage/isbasi/sandbox"
)

// Whatever a company holds, and whatever got into its log, what is sent has none of it: neither the secrets in any disguise, nor
// names of buyers, products, firms and people, nor prices, numbers of taxes and orders, nor the folders of the person.
func TestSupport_holdsNothingOfAnybody(t *testing.T) {
	b := shop(t)
	b.json(0, "company", "add", "Gizli Firma")
	b.json(0, "--company", "Gizli Firma", "orders", "import", b.write("o.csv", "Sipariş Kodu;Durum;Ürün Adı;Adet;Sipariş Tutarı;Alıcı;Adres\n"+
		"7654321;Teslim Edildi;Çok Özel Termos;1;1.807,89;Hatice Kübra Özdemiroğlu;Kartanesi Sk.\n"), "--profile", "n11", "--map", "name=Alıcı", "--map", "address=Adres")
	home, err := os.UserHomeDir()
	if err != nil {
		t.Fatal(err)
	}
	planted := []string{
		"Hatice Kübra Özdemiroğlu", "Özdemiroğlu", "Çok Özel Termos", "Kartanesi", "1.807,89", "1807.89", "7654321", "Gizli Firma", "K-1;bir", home, b.data, "10000000146",
		sandbox.DemoUser,
	}
	// What a defect might write, in each way in which a line is written.
	log := filepath.Join(b.data, "logs", "sopyo.log")
	for _, name := range []string{"sopyo.log", "crash.txt", "crash-20261126-200000.txt"} {
		f, err := os.OpenFile(filepath.Join(b.data, "logs", name), os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
		if err != nil {
			t.Fatal(err)
		}
		all := strings.Join(append(planted, sandbox.DemoKey, sandbox.DemoPassword), " ")
		for _, line := range []string{
			all, `time=2026-11-26T20:00:00Z level=WARN msg=x error=` + strconv.Quote(all+" disk") + ` buyer=` + strconv.Quote(all) + ` path=/home/` + sandbox.DemoKey,
			"panic: " + all, "goroutine 1 [running]:", "main.run(0x1, 0x2)", "\t/home/ali/" + sandbox.DemoKey + "/sopyoctl/root.go:12 +0x1f",
		} {
			if _, err := f.WriteString(line + "\n"); err != nil {
				t.Fatal(err)
			}
		}
		if err := f.Close(); err != nil {
			t.Fatal(err)
		}
	}
	out := b.path("destek.txt")
	if code, said, errs := b.do("support", "--out", out); code != 0 || !strings.Contains(said, out) {
		t.Fatalf("%d %s %s", code, said, errs)
	}
	text := read(t, out)
	for _, of := range planted {
		if strings.Contains(text, of) {
			t.Errorf("%q is sent", of)
		}
		if !strings.Contains(read(t, log), of) {
			t.Errorf("%q was not planted", of)
		}
	}
	for _, secret := range []string{sandbox.DemoKey, sandbox.DemoPassword} {
		for name, disguise := range disguises(secret) {
			if strings.Contains(text, string(disguise)) {
				t.Errorf("a secret is sent as %s", name)
			}
		}
	}
	for _, want := range []string{
		"version: ", "go: go1.", "modernc.org/sqlite: v", "== sopyo.db: ", "\ncompany 2\n", "\nsales_order 1\n", "\nproduct ", "\ntransfer done 1\n",
		"== sopyo.log: ", `msg="remote call" remote=isbasi method=POST path=`, "status=200", "error=disk buyer=•••", "panic: •••", "\tsopyoctl/root.go:12 +0x1f",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("without %q:\n%.4000s", want, text)
		}
	}
	// Also where nothing else works.
	if err := os.WriteFile(filepath.Join(b.data, "sopyo.db"), []byte(strings.Repeat("x", 9000)), 0o600); err != nil {
		t.Fatal(err)
	}
	file, _ := b.json(0, "support")["file"].(string)
	if text := read(t, file); filepath.Dir(file) != filepath.Join(b.data, "support") || !strings.Contains(text, "it cannot be looked into: data") || !strings.Contains(text, "sales_order 1") {
		t.Errorf("%s: %.1500s", file, text)
	}
}
