package main

import (
	"reflect"
	"strings"
	"testing"

	"github.com/sopyo/sopyo-desktop/cmd/sopyoctl/internal/console"
	"github.com/sopyo/sopyo-desktop/storage/isbasi/sandbox"
)

func TestCatalogueImport_accountsForTheFile(t *testing.T) {
	b := newBench(t, sandbox.Options{})
	file := b.write("k.csv", "Stok Kodu;Ürün Adı;Fiyat;Raf;Boş\nA1;Kupa;12,50;R1;\nA2;Kazan;abc;;\n;;5;R9;\nA1;Kupa;12,50;;\n")
	want := map[string]any{
		"written": false, "rows": 4.0, "taken": 2.0, "repeated": 1.0, "refused": 1.0, "no_product": 0.0, "added": 2.0, "updated": 0.0, "unchanged": 0.0,
		"columns": map[string]any{"code": "Stok Kodu", "name": "Ürün Adı", "price": "Fiyat"}, "fallbacks": map[string]any{},
		"sheets": []any{}, "notes": []any{}, "questions": []any{}, "choices": []any{},
	}
	m := b.json(0, "catalogue", "import", file, "--dry-run")
	for k, v := range want {
		if !reflect.DeepEqual(m[k], v) {
			t.Errorf("%s: %v, want %v", k, m[k], v)
		}
	}
	if ignored := mustJSON(t, m["ignored"]); !strings.Contains(ignored, `"filled":2,"header":"Raf"`) || !strings.Contains(ignored, `"sample":"R1"`) || strings.Contains(ignored, "Boş") {
		t.Errorf("ignored: %s", ignored)
	}
	if m := b.json(0, "catalogue", "list"); number0(m, "total") != 0 {
		t.Error("a dry run has written something")
	}
	if m := b.json(0, "catalogue", "import", file); m["written"] != true || number0(m, "added") != 2 || number0(m, "taken") != 2 {
		t.Errorf("%v", m)
	}
	for lang, says := range map[string][]string{
		"tr": {
			"4 satır = 2 ürün + 1 yineleyen + 1 alınmayan + 0 ürün olmayan.", "Stok kodu = Stok Kodu", "Fiyat = Fiyat",
			"Kullanılmayan sütun: Raf (2 dolu hücre, örneğin R1)", "Henüz hiçbir şey yazılmadı.",
		},
		"en": {"4 rows = 2 products + 1 repeated + 1 refused + 0 that are no product.", "Column not used: Raf (2 filled cells, for example R1)"},
	} {
		code, out, errs := b.do("--lang", lang, "catalogue", "import", file, "--dry-run")
		for _, s := range says {
			if code != 0 || !strings.Contains(out, s) {
				t.Errorf("exit %d: %q is not said in\n%s", code, s, out)
			}
		}
		if !strings.Contains(errs, "abc") {
			t.Errorf("the problem is not named: %s", errs)
		}
	}
}

func TestCatalogueImport_saysWhatItCannotMean(t *testing.T) {
	b := newBench(t, sandbox.Options{})
	file := b.write("k.csv", "Stok Kodu;Ürün Adı\nA1;Kupa\n")
	for want, args := range map[string][]string{
		"ALAN=SÜTUN":                 {"--map", "Stok Kodu"},
		"KİMLİK=SEÇENEK":             {"--accept", "repeated"},
		"satırlar 1’den sayılır":     {"--header", "0"},
		"Böyle bir alan yok":         {"--map", "renk=A"},
		"Dosyada böyle bir sütun":    {"--map", "name=Mal"},
		"böyle bir şey sormuyor":     {"--accept", "decimals:Fiyat=thousands"},
		"dosya böyle bir şey sormuy": {"--dry-run", "--accept", "sheet:Fiyat=all"},
	} {
		m := b.json(console.ExitUsage, append([]string{"catalogue", "import", file}, args...)...)
		if said := mustJSON(t, m["error"]); !strings.Contains(strings.ToUpper(said), strings.ToUpper(want)) {
			t.Errorf("%v: %s, want %q", args, said, want)
		}
	}
	if m := b.json(0, "catalogue", "list"); number0(m, "total") != 0 {
		t.Error("something was written")
	}
}

func TestCatalogueImport_writesNothingBeforeAllIsAnswered(t *testing.T) {
	b := newBench(t, sandbox.Options{})
	file := b.write("k.csv", "Stok Kodu;Ürün Adı;Fiyat\nA1;Kupa;129.900\nA2;Kazan;212.500\n;;5\nA1;Kupa;129.900\n")
	open := func(args ...string) map[string]any {
		t.Helper()
		m := b.json(console.ExitPartly, append([]string{"catalogue", "import", file}, args...)...)
		if asked := mustJSON(t, m["questions"]); m["written"] != false || !strings.Contains(asked, `"id":"decimals:Fiyat"`) || !strings.Contains(asked, `"choices":["thousands","decimals"]`) {
			t.Errorf("%v: %v", args, m)
		}
		return m
	}
	stopped, planned := open(), open("--dry-run")
	checkRun(t, stopped, map[string]int{"rows": 4, "taken": 2, "repeated": 1, "refused": 1, "no_product": 0})
	if x, y := mustJSON(t, stopped), mustJSON(t, planned); x != y {
		t.Errorf("stopped and planned tell different things:\n%s\n%s", x, y)
	}
	if said := b.json(console.ExitUsage, "catalogue", "import", file, "--accept", "decimals:Fiyat=virgül"); !strings.Contains(mustJSON(t, said), "thousands, decimals") {
		t.Errorf("the choices are not named: %v", said)
	}
	if said := b.json(console.ExitUsage, "catalogue", "import", file, "--accept", "decimals:Stok=thousands"); !strings.Contains(mustJSON(t, said), "decimals:Fiyat") {
		t.Errorf("the questions are not named: %v", said)
	}
	if m := b.json(0, "catalogue", "list"); number0(m, "total") != 0 {
		t.Fatal("something was written")
	}
	m := b.json(0, "catalogue", "import", file, "--accept", "decimals:Fiyat=thousands")
	if m["written"] != true || number0(m, "added") != 2 || mustJSON(t, m["questions"]) != "[]" || !strings.Contains(mustJSON(t, m["choices"]), `"chosen":"thousands"`) {
		t.Errorf("%v", m)
	}
	if list := mustJSON(t, b.json(0, "catalogue", "list")); !strings.Contains(list, `"price":"129900"`) {
		t.Errorf("the answer is not followed: %s", list)
	}
}
