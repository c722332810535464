package main

import (
	"archive/zip"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/domain/monthend"
	"github.com/sopyo/sopyo-desktop/storage/isbasi/sandbox"
)

func zipped(t *testing.T, path string) (names []string) {
	t.Helper()
	r, err := zip.OpenReader(path)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	for _, f := range r.File {
		_, name, _ := strings.Cut(f.Name, "/")
		names = append(names, name)
	}
	return names
}

func TestInvoicesMonth_writesThePackage(t *testing.T) {
	b := newShop(t, 3, sandbox.Options{})
	b.json(0, "invoices", "issue", "trendyol/1", "trendyol/2", "--formalise", "--yes")
	month := monthend.MonthOf(time.Now()).String()
	out := filepath.Join(t.TempDir(), "ay.zip")
	m := b.json(0, "invoices", "month", month, "--out", out, "--sent")
	if m["month"] != month || m["paths"].([]any)[0] != out {
		t.Errorf("%v", m)
	}
	wantNumbers(t, m, map[string]int{"api_reads": 5}) // two PDFs, two UBLs, one page of the list
	wantNumbers(t, list(t, m, "companies")[0], map[string]int{"invoices": 2, "missing": 1, "open_tasks": 0, "no_pdf": 0, "no_ubl": 0})
	names := zipped(t, out)
	for _, want := range []string{"ozet.pdf", "satislar.xlsx", "satirlar.xlsx", "iptal-iade.xlsx", "platforma-kesilecek.xlsx", "eksikler.xlsx", "kontrol.txt", "SHA256SUMS"} {
		if !slices.Contains(names, want) {
			t.Errorf("%s is not in %v", want, names)
		}
	}
	// All companies, asking nothing: of those that are here.
	m = b.json(0, "invoices", "month", month, "--out", filepath.Join(t.TempDir(), "hepsi"), "--all-companies", "--offline")
	wantNumbers(t, m, map[string]int{"api_reads": 0})
	if len(m["paths"].([]any)) != 1 || len(list(t, m, "companies")) != 1 {
		t.Errorf("%v", m)
	}
	b.json(2, "invoices", "month", month)
	b.json(2, "invoices", "month", "2026-13", "--out", out)
}
