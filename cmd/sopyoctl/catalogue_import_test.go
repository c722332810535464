package main

import (
	"reflect"
	"strings"
	"testing"

	"github.com/sopyo/sopyo-desktop/cmd/sopyoctl/internal/console"
	"github.com/sopyo/sopyo-desktop/domain"
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

func TestCatalogueImport_isTakenBack(t *testing.T) {
	b := newBench(t, sandbox.Options{})
	b.json(0, "catalogue", "import", b.write("ilk.csv", "Stok Kodu;Ürün Adı;Fiyat\nA1;Kupa;45\nA2;Kazan;90\n"))
	before := mustJSON(t, b.json(0, "catalogue", "list")["products"])
	b.json(0, "catalogue", "import", b.write("yanlış.csv", "Stok Kodu;Ürün Adı;Fiyat\nA1;Kupa;4,5\nA3;Kova;9\n"))
	spoilt := mustJSON(t, b.json(0, "catalogue", "list")["products"])

	b.wantError(console.ExitUsage, "usage", "catalogue", "import", "--undo") // nobody is there to say yes
	m := b.json(0, "catalogue", "import", "--undo", "--dry-run")
	if m["undone"] != false || m["file"] != "yanlış.csv" || number0(m, "restored") != 1 || number0(m, "removed") != 1 || number0(m, "left") != 0 {
		t.Errorf("planned %v", m)
	}
	if code, out, errs := b.answered("h\n", "catalogue", "import", "--undo"); code == 0 || !strings.Contains(errs, "1 ürün dosyadan önceki değerlerine döner.") {
		t.Errorf("exit %d\n%s%s", code, out, errs)
	}
	if now := mustJSON(t, b.json(0, "catalogue", "list")["products"]); now != spoilt {
		t.Errorf("without a yes it is %s", now)
	}
	code, out, errs := b.do("catalogue", "import", "--undo", "--yes")
	if code != 0 || !strings.Contains(out, "yanlış.csv geri alındı. 1 ürün önceki değerlerine döndü. 1 ürün kaldırıldı.") {
		t.Errorf("exit %d\n%s%s", code, out, errs)
	}
	after := b.json(0, "catalogue", "list")
	if now := mustJSON(t, after["products"]); now != before {
		t.Errorf("it is %s\nwas %s", now, before)
	}
	if _, out, _ := b.do("history"); !strings.Contains(out, "Dosyadan alınan geri alındı: dosya yanlış.csv, 1 ürün eski değerine döndü, 1 ürün kaldırıldı") {
		t.Errorf("history: %s", out)
	}
	b.wantError(1, domain.KindNotFound, "catalogue", "import", "--undo", "yanlış.csv", "--yes") // given twice
	b.json(0, "catalogue", "import", "--undo", "/başka/bir/yer/ilk.csv", "--yes")
	if m := b.json(0, "catalogue", "list"); number0(m, "total") != 0 {
		t.Errorf("%v", m)
	}
	if said := b.wantError(1, domain.KindNotFound, "catalogue", "import", "--undo", "--yes"); !strings.Contains(said, "Geri alınacak bir dosya yok") {
		t.Error(said)
	}
}

func TestCatalogueImport_warnsOfPricesThatMoveFar(t *testing.T) {
	b := newBench(t, sandbox.Options{})
	b.json(0, "catalogue", "import", b.write("ilk.csv", "Stok Kodu;Ürün Adı;Fiyat\nA1;Kupa;221,29\nA2;Kazan;90\n"))
	file := b.write("aralık.csv", "Stok Kodu;Ürün Adı;Fiyat\nA1;Kupa;22,13\nA2;Kazan;95\n")
	for _, args := range [][]string{{"--dry-run"}, nil} {
		m := b.json(0, append([]string{"catalogue", "import", file}, args...)...)
		const want = `[{"code":"A1","currency":"TRY","is":"22.13","line":2,"name":"Kupa","was":"221.29"}]`
		if number0(m, "price_jump_count") != 1 || mustJSON(t, m["price_jumps"]) != want || number0(m, "problem_count") != 0 {
			t.Errorf("%v: %s", args, mustJSON(t, m["price_jumps"]))
		}
		b.json(0, "catalogue", "import", "--undo", "--yes", "--dry-run")
	}
	b.json(0, "catalogue", "import", "--undo", "--yes")
	if _, _, errs := b.do("catalogue", "import", file, "--dry-run"); !strings.Contains(errs, "1 ürünün fiyatı yarıdan çok değişiyor.") || !strings.Contains(errs, "A1 · Kupa: 221,29 ₺ yerine 22,13 ₺") {
		t.Error(errs)
	}
}
