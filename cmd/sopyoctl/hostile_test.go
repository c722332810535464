package main

import (
	"os"
	"strings"
	"testing"

	"github.com/sopyo/sopyo-desktop/cmd/sopyoctl/internal/console"
	"github.com/sopyo/sopyo-desktop/storage/isbasi/sandbox"
)

// Whatever is given as a product file: one sentence in the person's language that says what to do, and a
// catalogue that is as it was.
func TestCatalogueImport_ofHostileFiles(t *testing.T) {
	b := newBench(t, sandbox.Options{})
	b.catalogue("Stok Kodu;Ürün Adı", "K-1;Kalem")
	before := b.exported()
	fine := "Stok Kodu;Ürün Adı\n"
	for _, c := range []struct{ name, content, tr, en string }{
		{"yok.csv", "", "Dosya bulunamadı. Yolu denetleyin", "The file was not found. Check the path"},
		{"bos.csv", " \n", "Başlık satırının altında hiç satır yok.", "There is no row below the header."},
		{"bayt.csv", fine + "K-2;a\x00b\n", "Dosyada metin olmayan baytlar var.", "The file holds bytes that are no text."},
		{"hucre.csv", fine + "K-2;" + strings.Repeat("x", 2<<20), "Bir hücre çok uzun", "A cell is too long"},
		{"tirnak.csv", fine + "K-2;\"a\nb\n", "Bir hücrenin tırnağı kapanmamış.", "The quote of a cell is not closed."},
		{"varlik.xml", `<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><r><p><kod>K-2</kod><ad>&x;</ad></p></r>`, "(DOCTYPE)", "(DOCTYPE)"},
		{"kesik.xml", "<r><p><kod>K-2</kod></p>", "Dosya bozuk ya da yarım kalmış. Yeniden indirin", "The file is broken or incomplete. Download"},
		{"sayfa.xls", "<html><table>", "bir web sayfası", "a web page"},
		{"kirik.xlsx", "PK\x03\x04", "Dosya bozuk ya da yarım kalmış.", "The file is broken or incomplete."},
	} {
		path := b.path(c.name)
		if c.content != "" {
			path = b.write(c.name, c.content)
		}
		for lang, want := range map[string]string{"tr": c.tr, "en": c.en} {
			code, out, errs := b.do("--lang", lang, "catalogue", "import", path)
			if code != console.ExitError || out != "" || !strings.Contains(errs, want) || strings.Count(strings.TrimSpace(errs), "\n") > 0 {
				t.Errorf("%s, %s: exit %d, %q, %q", c.name, lang, code, out, errs)
			}
		}
	}
	if after := b.exported(); after != before {
		t.Errorf("the catalogue was\n%s\nand is\n%s", before, after)
	}
	b.catalogue("Stok Kodu;Ürün Adı", "K-2;Defter") // and goes on working
	if after := b.exported(); !strings.Contains(after, "Defter") {
		t.Error(after)
	}
}

// exported is the whole catalogue as a file.
func (b *bench) exported() string {
	b.t.Helper()
	path := b.path("katalog.csv")
	if code, _, errs := b.do("catalogue", "export", path); code != 0 {
		b.t.Fatalf("exit %d: %s", code, errs)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		b.t.Fatal(err)
	}
	return string(data)
}
