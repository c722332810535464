package main

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/sopyo/sopyo-desktop/cmd/sopyoctl/internal/console"
	"github.com/sopyo/sopyo-desktop/storage/isbasi/sandbox"
)

func TestDoctor_findsAndMends(t *testing.T) {
	b := newBench(t, sandbox.Options{})
	b.catalogue("Stok Kodu;Barkod;Ürün Adı", "1;36000291452;sıfırı kayıp", "2;8,69E+12;bozuk", "3;96385070;hanesi yanlış", "4;18690632059157;koli", "5;4006381333931;sağlam")
	m := b.json(0, "catalogue", "doctor")
	if fmt.Sprint(m["counts"]) != "map[box:1 check-digit:1 exponent:1 lost-zero:1]" || number0(m, "examined") != 5 {
		t.Errorf("%v", m)
	}
	findings, _ := m["findings"].([]any)
	first, _ := findings[0].(map[string]any)
	if first["kind"] != "lost-zero" || first["proposed"] != "036000291452" || first["message"] == "doctor.reason.lost-zero" {
		t.Errorf("%v", first)
	}
	for kind, want := range map[string]string{"lost-zero": "1 0", "exponent": "0 1", "doubled": "0 0"} {
		m := b.json(0, "catalogue", "doctor", "--fix", kind, "--yes")
		if got := fmt.Sprint(m["fixed"], " ", m["left"]); got != want {
			t.Errorf("%s: fixed and left %s, want %s", kind, got, want)
		}
	}
	m = b.json(0, "catalogue", "list", "--search", "sıfırı")
	products, _ := m["products"].([]any)
	if p, _ := products[0].(map[string]any); p["barcode"] != "036000291452" || number0(p, "revision") != 2 {
		t.Errorf("%v", p)
	}
	code, out, _ := b.do("catalogue", "doctor")
	if code != 0 || !strings.Contains(out, "koli barkodu") || !strings.Contains(out, "8690632059150") {
		t.Errorf("exit %d\n%s", code, out)
	}
	for _, args := range [][]string{
		{"--fix", "lost-zero"},
		{"--pad", "8"},
		{"--fix", "all", "--yes"},
		{"--pad", "0", "--yes"},
		{"--pad", "8", "--column", "name", "--yes"},
		{"--fix", "box", "--pad", "8", "--yes"},
	} {
		b.json(console.ExitUsage, append([]string{"catalogue", "doctor"}, args...)...)
	}
}

func TestDoctor_asksBeforeItPads(t *testing.T) {
	b := newBench(t, sandbox.Options{})
	lines := []string{"Stok Kodu;Ürün Adı"}
	for i := range 20 {
		lines = append(lines, fmt.Sprintf("%d;Ürün %d", 20_000_000+i, i))
	}
	b.catalogue(append(lines, "7000001;kısa", "7000002;kısa")...)
	m := b.json(0, "catalogue", "doctor")
	if got := fmt.Sprint(m["paddings"]); got != "[map[clashes:0 column:code examples:[map[from:7000001 to:07000001] map[from:7000002 to:07000002]] short:2 values:22 width:8]]" {
		t.Errorf("%s", got)
	}
	_, out, _ := b.do("catalogue", "doctor")
	if !strings.Contains(out, "sopyoctl catalogue doctor --pad 8 --column code") {
		t.Errorf("%s", out)
	}
	for _, tt := range []struct {
		answer string
		want   int
	}{{"h\n", console.ExitPartly}, {"", console.ExitPartly}, {"e\n", console.ExitOK}} {
		var said strings.Builder
		code := run(context.Background(), []string{"--data", b.data, "--lang", "tr", "catalogue", "doctor", "--pad", "8"},
			console.Streams{In: strings.NewReader(tt.answer), Out: &said, Err: &said})
		if code != tt.want || !strings.Contains(said.String(), "2 değer değişecek") {
			t.Errorf("%q: exit %d, %s", tt.answer, code, said.String())
		}
	}
	if m := b.json(0, "catalogue", "list", "--search", "07000001"); number0(m, "total") != 1 {
		t.Errorf("%v", m)
	}
}

func TestCatalogueImport_ofAFeed(t *testing.T) {
	b := newBench(t, sandbox.Options{})
	const feed = `<?xml version="1.0"?><r><p><StokKodu>007</StokKodu><UrunAdi>Çay &amp; Kahve</UrunAdi><Fiyat>14,44</Fiyat></p><p><StokKodu>008</StokKodu><Fiyat>x</Fiyat></p></r>`
	path := b.write("besleme.xml", feed)
	m := b.json(0, "catalogue", "import", path)
	if number0(m, "rows") != 2 || number0(m, "added") != 2 || number0(m, "problem_count") != 1 {
		t.Errorf("%v", m)
	}
	if m = b.json(0, "catalogue", "import", path); number0(m, "unchanged") != 2 {
		t.Errorf("a second time: %v", m)
	}
	bomb := b.write("bomba.xml", `<!DOCTYPE r [<!ENTITY a "b">]><r><p><kod>&a;</kod></p></r>`)
	if m = b.json(console.ExitError, "catalogue", "import", bomb); !strings.Contains(fmt.Sprint(m["error"]), "DOCTYPE") {
		t.Errorf("%v", m)
	}
}

func TestDoctor_takesTheLastMendingBack(t *testing.T) {
	b := newBench(t, sandbox.Options{})
	b.catalogue("Stok Kodu;Barkod;Ürün Adı", "1;36000291452;a", "2;8690632059157;b")
	b.json(console.ExitError, "catalogue", "doctor", "--undo")
	b.json(0, "catalogue", "doctor", "--fix", "lost-zero", "--yes")
	_, out, _ := b.do("catalogue", "doctor", "--fix", "check-digit", "--yes")
	if !strings.Contains(out, "sopyoctl catalogue doctor --undo") {
		t.Errorf("it does not say how to take it back: %s", out)
	}
	for _, want := range []string{"check-digit 1 0", "lost-zero 1 0"} { // the newest first
		m := b.json(0, "catalogue", "doctor", "--undo")
		if got := fmt.Sprint(m["repair"], " ", m["undone"], " ", m["left"]); got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
	if m := b.json(0, "catalogue", "doctor"); fmt.Sprint(m["counts"]) != "map[check-digit:1 lost-zero:1]" {
		t.Errorf("%v", m["counts"])
	}
	_, out, _ = b.do("history")
	if !strings.Contains(out, "Barkod Doktoru düzeltti: baştaki sıfırı kayıp, 1 ürün, 1: “36000291452” yerine “036000291452”") ||
		!strings.Contains(out, "Barkod Doktorunun düzeltmesi geri alındı: yanlış kontrol hanesi, 1 ürün") {
		t.Errorf("%s", out)
	}
	b.json(console.ExitUsage, "catalogue", "doctor", "--undo", "--fix", "box")
}

func TestDoctor_namesClashesBeforeItPads(t *testing.T) {
	b := newBench(t, sandbox.Options{})
	b.catalogue("Stok Kodu;Ürün Adı", "0123;a", "123;b", "7;c")
	_, out, _ := b.do("catalogue", "doctor", "--pad", "4", "--yes")
	_, _, said := b.do("catalogue", "doctor", "--pad", "4", "--yes")
	if !strings.Contains(out, "1 değer düzeltildi, 1 tanesi olduğu gibi kaldı.") || !strings.Contains(said, "123: 0123 olurdu, ama başka bir üründe 0123 var.") {
		t.Errorf("%s\n%s", out, said)
	}
}
