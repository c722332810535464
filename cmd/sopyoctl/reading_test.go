package main

import (
	"bytes"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/sopyo/sopyo-desktop/cmd/sopyoctl/internal/console"
	"github.com/sopyo/sopyo-desktop/storage/isbasi/sandbox"
)

// readers are the commands that only read.
func (b *bench) readers() [][]string {
	return [][]string{
		{"status"},
		{"quota"},
		{"queue"},
		{"company", "list"},
		{"catalogue", "list"},
		{"catalogue", "export", b.path("liste.xlsx")},
		{"catalogue", "export", b.path("liste.csv")},
		{"catalogue", "doctor"},
		{"import", "rows"},
		{"transfer", "list"},
		{"transfer", "show"},
		{"transfer", "report"},
		{"transfer", "report", "--html", b.path("r.html"), "--xlsx", b.path("r.xlsx")},
		{"sync", "list"},
		{"sync", "open"},
		{"sync", "settings"},
		{"orders", "list"},
		{"orders", "mappings", "list"},
		{"invoices", "list"},
		{"invoices", "tasks", "list"},
		{"invoices", "settings"},
		{"prices", "compute"},
		{"prices", "explain", "K-1"},
		{"rules", "show"},
		{"rates", "show"},
		{"marketplaces", "list"},
		{"settings", "show"},
		{"history"},
		{"mail", "list"},
		{"mail", "settings", "show"},
		{"backup", "list"},
		{"company", "removed"},
		{"licences"},
		{"support", "--out", b.path("destek.txt")},
		{"invoices", "plan"},
		{"invoices", "look-up"},
		{"invoices", "month", "2026-05", "--offline", "--out", b.path("ay.zip")},
		{"invoices", "month", "2026-05", "--offline", "--all-companies", "--out", b.path("aylar.zip")},
		{"prices", "guard", "K-1"},
		{"orders", "show", "n11/7"},
		{"transfer", "decide", "--suggest", "1042"},
		{"transfer", "undo", "1", "--plan"},
		{"catalogue", "import", b.path("liste0.csv"), "--dry-run"},
		{"sync", "show"},
		{"sync", "undo", "1", "--plan"},
	}
}

// shop is a bench at which something of everything can be read.
func shop(t *testing.T) *bench {
	t.Helper()
	b := newBench(t, sandbox.Options{Products: sandbox.Products(30, 7)})
	b.catalogue("Stok Kodu;Ürün Adı;Satış Fiyatı", "K-1;bir;10,50")
	b.authorize()
	b.json(0, "import")
	b.json(0, "sync")
	b.write("liste0.csv", "Stok Kodu;Ürün Adı;Satış Fiyatı\nK-1;bir;10,50\n")
	b.json(0, "orders", "import", b.write("o.csv", "Sipariş Kodu;Durum;Ürün Adı;Adet;Sipariş Tutarı;Alıcı;Adres\n7;Teslim Edildi;Çay;1;10,00;Ayşe Yılmaz;Gül Sk. 1\n"),
		"--profile", "n11", "--map", "name=Alıcı", "--map", "address=Adres")
	return b
}

// files gives what is in a folder, by its path.
func filesIn(t *testing.T, dir string) map[string]string {
	t.Helper()
	all := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			all[path] = read(t, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// Whoever only looks needs no lock: the window may be open, and at work.
func TestReaders_readWhileTheWindowHasTheCompany(t *testing.T) {
	b := shop(t)
	alone := map[string]string{}
	for _, args := range b.readers() {
		alone[strings.Join(args, " ")] = mustJSON(t, b.json(0, args...))
	}
	defer b.hold("Firmam")()
	for _, args := range b.readers() {
		code, out, errs := b.do(append([]string{"--json"}, args...)...)
		if code != 0 || strings.TrimSpace(out) == "" {
			t.Errorf("%v: exit %d, %s", args, code, errs)
			continue
		}
		if got := mustJSON(t, b.json(0, args...)); got != alone[strings.Join(args, " ")] {
			t.Errorf("%v: %s, alone %s", args, got, alone[strings.Join(args, " ")])
		}
	}
	for _, args := range [][]string{{"settings", "set", "pull=no"}, {"quota", "set", "reads=6000"}, {"catalogue", "doctor", "--undo"}, {"transfer", "undo", "1", "--yes"}, {"prices", "guard", "K-1", "--cost", "5"}} {
		if code, _, errs := b.do(args...); code != console.ExitLater {
			t.Errorf("%v: exit %d, %s", args, code, errs)
		}
	}
}

// Nobody may write into the folder: a copy on a stick, or another person's.
func TestReaders_readAFolderThatCannotBeWritten(t *testing.T) {
	b := shop(t)
	for _, name := range []string{"liste.xlsx", "liste.csv", "r.html", "r.xlsx"} {
		b.write(name, "")
	}
	before := filesIn(t, b.data)
	unwritable(t, b)
	for _, args := range append(b.readers(), []string{"support"}) { // it goes among the documents
		if code, _, errs := b.do(args...); code != 0 {
			t.Errorf("%v: exit %d, %s", args, code, errs)
		}
	}
	for _, args := range [][]string{{"settings", "set", "pull=no"}, {"company", "add", "Yeni"}} {
		if code, _, errs := b.do(args...); code != console.ExitError || !strings.Contains(errs, "yazma izniniz") {
			t.Errorf("%v: exit %d, %s", args, code, errs)
		}
	}
	after := filesIn(t, b.data)
	if !slices.Equal(slices.Sorted(maps.Keys(before)), slices.Sorted(maps.Keys(after))) {
		t.Errorf("files: %v, before %v", slices.Sorted(maps.Keys(after)), slices.Sorted(maps.Keys(before)))
	}
	for path, text := range before {
		if !bytes.Equal([]byte(after[path]), []byte(text)) {
			t.Errorf("%s was written", path)
		}
	}
	_ = os.Remove(b.path("liste.xlsx"))
}
