package main

import (
	"fmt"
	"strings"
	"testing"

	"github.com/sopyo/sopyo-desktop/cmd/sopyoctl/internal/console"
	"github.com/sopyo/sopyo-desktop/storage/isbasi/sandbox"
)

func TestMarketplaces_ownOnesAreWhereMarketplacesAre(t *testing.T) {
	b := newBench(t, sandbox.Options{})
	b.catalogue("Stok Kodu;Ürün Adı;Fiyat", "1;Bir;100,00")
	if m := b.json(0, "marketplaces", "add", "Bizim Dükkân"); m["id"] != "own-bizim-dukkan" || m["own"] != true {
		t.Errorf("%v", m)
	}
	b.json(console.ExitUsage, "marketplaces", "add", "TRENDYOL")
	b.json(console.ExitUsage, "marketplaces", "add", " ")
	b.json(console.ExitUsage, "marketplaces", "add")
	b.json(0, "rules", "set", "--marketplace", "bizim dukkan", "--direction", "increase", "--kind", "percent", "--amount", "10", "--per-marketplace", "on")
	m := b.json(0, "marketplaces", "rename", "own-bizim-dukkan", "Merkez Mağaza")
	list, _ := m["marketplaces"].([]any)
	if len(list) != 27 || fmt.Sprint(list[26]) != "map[id:own-bizim-dukkan name:Merkez Mağaza own:true]" {
		t.Errorf("%v", m)
	}
	_, out, _ := b.do("rules", "show")
	if !strings.Contains(out, "Merkez Mağaza: %10 artış") {
		t.Errorf("%s", out)
	}
	_, out, _ = b.do("prices", "explain", "1", "--marketplace", "merkez magaza")
	if !strings.Contains(out, "110,00 ₺") {
		t.Errorf("%s", out)
	}
	b.json(console.ExitUsage, "marketplaces", "remove", "own-bizim-dukkan") // it has a rule
	b.json(console.ExitError, "marketplaces", "remove", "trendyol")
	b.json(console.ExitUsage, "marketplaces", "rename", "yok", "Var")
	b.json(0, "rules", "set", "--marketplace", "own-bizim-dukkan", "--remove")
	if list, _ := b.json(0, "marketplaces", "remove", "Merkez Mağaza")["marketplaces"].([]any); len(list) != 26 {
		t.Errorf("%d are left", len(list))
	}
	b.json(console.ExitUsage, "prices", "explain", "1", "--marketplace", "Merkez Mağaza")
	_, out, _ = b.do("marketplaces", "list")
	if strings.Contains(out, "Merkez") || !strings.Contains(out, "Trendyol") {
		t.Errorf("%s", out)
	}
}

func TestPricesCommission(t *testing.T) {
	b := newBench(t, sandbox.Options{})
	m := b.json(0, "prices", "commission", "--net", "1.000,00", "--rate", "%21")
	if m["price"] != "1265.83" || m["commission"] != "265.82" || m["remains"] != "1000.01" || m["increase"] != "26.5823" {
		t.Errorf("%v", m)
	}
	_, out, _ := b.do("prices", "commission", "--net", "100", "--rate", "15")
	if !strings.Contains(out, "117,65 ₺") || !strings.Contains(out, "%17,6471") {
		t.Errorf("%s", out)
	}
	for _, args := range [][]string{{}, {"--net", "100"}, {"--net", "0", "--rate", "5"}, {"--net", "1", "--rate", "100"}, {"--net", "x", "--rate", "5"}} {
		b.json(console.ExitUsage, append([]string{"prices", "commission"}, args...)...)
	}
}

func TestRates_areMissedAndRemoved(t *testing.T) {
	b := newBench(t, sandbox.Options{})
	b.catalogue("Stok Kodu;Ürün Adı;Fiyat;Para Birimi", "1;Bir;10,00;USD", "2;İki;10,00;TRY")
	if m := b.json(0, "rates", "show"); fmt.Sprint(m["missing"]) != "[map[currency:USD products:1]]" {
		t.Errorf("%v", m)
	}
	if _, _, errs := b.do("rates", "show"); !strings.Contains(errs, "1 ürün USD ile fiyatlı") {
		t.Errorf("%s", errs)
	}
	if m := b.json(0, "rates", "set", "USD=42", "--date", "23.11.2020"); fmt.Sprint(m["missing"]) != "[]" {
		t.Errorf("%v", m)
	}
	b.json(console.ExitError, "rates", "remove", "USD") // there is none of today
	if m := b.json(0, "rates", "remove", "USD", "--date", "23.11.2020"); fmt.Sprint(m["rates"]) != "[]" {
		t.Errorf("%v", m)
	}
}

func TestPricesApprove_canBeUndone(t *testing.T) {
	b := newBench(t, sandbox.Options{})
	b.catalogue("Stok Kodu;Ürün Adı;Fiyat", "1;Bir;100,00")
	b.json(0, "prices", "approve", "--all")
	b.json(0, "rules", "set", "--direction", "increase", "--kind", "percent", "--amount", "50", "--max-change", "10")
	waiting := func(want int) {
		t.Helper()
		if m := b.json(0, "prices", "compute"); number0(m, "approval") != want {
			t.Errorf("%d wait, want %d", number0(m, "approval"), want)
		}
	}
	waiting(26)
	b.json(0, "prices", "approve", "1", "--marketplace", "n11")
	waiting(25)
	b.json(console.ExitUsage, "prices", "approve", "--undo", "--all")
	if m := b.json(0, "prices", "approve", "--undo"); number0(m, "undone") != 1 {
		t.Errorf("%v", m)
	}
	waiting(26)
	if m := b.json(0, "prices", "approve", "--undo"); number0(m, "undone") != 0 {
		t.Errorf("%v", m)
	}
}
