//go:build e2e && linux

package main_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/sopyo/sopyo-desktop/gui"
)

// TestTourFiles takes product files in, each with something to say of it, and leaves pictures of what the window says in
// build/tour/files-LOOK.
func TestTourFiles(t *testing.T) {
	eachLook(t, "files-", "tr-light en-dark tr-dark@1.25 tr-light@2", func(t *testing.T, l look, album string) {
		world := newWorld(l.desktop(t), demoSupply(t))
		world.ctl(world.data, "catalogue", "import", world.catalogue)
		v := &filesTour{l.tour(world, album)}
		v.account()
		v.questions()
		v.notes()
		v.refused()
		v.damaged()
		v.sheets()
		v.byHand()
		v.passive()
		v.close()
	})
}

type filesTour struct{ *tour }

// look opens a file, and waits until it is accounted for.
func (v *filesTour) look(name, content string, says ...string) {
	v.t.Helper()
	v.key("ctrl+o")
	v.waitFor(v.say("import.open"))
	v.typeIn(v.say("import.path.hint"), v.world.write(name, content))
	v.tap(v.say("import.open"))
	v.waitFor(append(says, v.say("import.columns"))...)
}

// another goes back to the choice of a file.
func (v *filesTour) another() {
	v.t.Helper()
	v.tap(v.say("import.another"))
	v.waitFor(v.say("import.open"))
}

func (v *filesTour) account() {
	v.t.Helper()
	lines := []string{"Stok Kodu;Barkod;Ürün Adı;Marka;Satış Fiyatı (TL);Stok;KDV;Raf;Tedarikçi;Sezon"}
	for i := range 40 {
		lines = append(lines, fmt.Sprintf("SPY-%04d;;Isıya Dayanıklı Cam Çaydanlık %d ml;Ilgınsu;%d,90;%d;20;R%d-3;Üçtepe Toptan Gıda ve İhtiyaç Maddeleri Ltd. Şti.;", i, 500+i, 120+i, i, i))
	}
	lines = append(lines, ";;;;12,50;1;;;;", "SPY-0003;;Isıya Dayanıklı Cam Çaydanlık 503 ml;Ilgınsu;123,90;9;20;;;", "SPY-0100;;Kulplu Bardak;Ilgınsu;on iki;4;20;;;")
	v.look("urunler.csv", strings.Join(lines, "\n")+"\n", v.say("import.account.columns"))
	v.stop("account")
	v.tap(v.say("file.question.repeated.sum"))
	v.waitFor(v.say("import.account.choices"))
	v.stop("account-answered")
	v.tap(v.say("import.first", 20))
	v.stop("first-rows")
	v.tapLead(strings.SplitN(v.say("import.problems", 0), "(", 2)[0])
	v.stop("problems")
	v.another()
}

func (v *filesTour) questions() {
	v.t.Helper()
	v.look("fiyatlar.csv", "Stok Kodu;Ürün Adı;Fiyat;Stok\nA1;Kamp Sandalyesi;129.900;10.000\nA2;Kamp Masası;212.500;5.000\nA3;Fener;0;1.000\n",
		v.say("import.account.questions"))
	v.stop("questions")
	v.tap(v.say("file.question.decimals.thousands.sample", "129.900", "129900"))
	v.stop("answered-one")
	v.another()
}

func (v *filesTour) notes() {
	v.t.Helper()
	v.look("doviz.csv", "Stok Kodu;Barkod;Ürün Adı;Fiyat;Stok\nB1;869-0632-05915-0;Kupa;12,50 USD;3\nB2;EAN: 8690632059150;Kazan;15,00 USD;4\nB3;;Tencere;9,90 CHF;2\n",
		v.say("import.account.columns"))
	v.stop("notes")
	v.another()
}

func (v *filesTour) refused() {
	v.t.Helper()
	v.look("liste.csv", "Stok Kodu;Ürün Adı;Fiyat;Stok\nMUTFAK;;;\nC1;Kupa;10,50;3\nC2;Kazan;20,50;4\n;TOPLAM;31,00;7\n;;5,00;\n", v.say("import.account.columns"))
	v.stop("no-products")
	v.another()
}

// damaged shows codes that a spreadsheet has damaged, with what they most probably were.
func (v *filesTour) damaged() {
	v.t.Helper()
	v.look("kodlar.csv", "Stok Kodu;Ürün Adı;Fiyat\n1234.0;Kupa;10,50\n1,23456E+05;Tabak;11,00\n1,23E+09;Kazan;12,00\nOca.24;Kase;12,00\n", v.say("import.account.columns"))
	v.tapLead(strings.SplitN(v.say("import.problems", 0), "(", 2)[0])
	v.tapWords("1,23456E+05")
	v.stop("damaged")
	v.another()
}

// sheets reads a workbook of two sheets, which share a product.
func (v *filesTour) sheets() {
	v.t.Helper()
	f := excelize.NewFile()
	for name, rows := range map[string][][]any{
		"Sheet1": {{"Stok Kodu", "Ürün Adı", "Fiyat", "Stok"}, {"E1", "Kupa", 10.5, 3}, {"E2", "Kazan", 20.5, 4}},
		"Kış":    {{"Stok Kodu", "Ürün Adı", "Fiyat", "Stok"}, {"E2", "Kazan", 22.5, 4}, {"E3", "Soba", "on", 1}},
	} {
		if name != "Sheet1" {
			if _, err := f.NewSheet(name); err != nil {
				v.t.Fatal(err)
			}
		}
		for i, row := range rows {
			if err := f.SetSheetRow(name, fmt.Sprintf("A%d", i+1), &row); err != nil {
				v.t.Fatal(err)
			}
		}
	}
	if err := f.SetSheetName("Sheet1", "Yaz"); err != nil {
		v.t.Fatal(err)
	}
	book, err := f.WriteToBuffer()
	if err != nil {
		v.t.Fatal(err)
	}
	v.look("sezonlar.xlsx", book.String(), v.say("import.account.questions"))
	v.stop("sheets")
	v.tap(v.say("file.question.sheet.all"))
	v.waitFor(v.say("file.question.repeated"))
	v.stop("sheets-all")
	v.tap(v.say("file.question.repeated.last"))
	v.waitFor(v.say("import.account.choices"))
	v.tap(v.say("import.account.list"))
	v.waitFor(v.say("import.problem.what"))
	v.stop("sheets-repeated")
	v.another()
}

// passive takes products in that are out of sale, and shows them in the catalogue.
func (v *filesTour) passive() {
	v.t.Helper()
	v.another()
	v.look("aktif.csv", "Stok Kodu;Ürün Adı;Fiyat;Stok;Aktif\nF1;Emaye Kupa;129,90;10;Pasif\nF2;Emaye Tabak;9,90;1;Aktif\n", v.say("import.account.columns"))
	v.waitFor(v.say("import.plan.promise"))
	v.stop("passive")
	v.tap(v.say("import.take"))
	v.waitFor(v.say("import.to-products"))
	v.stop("taken")
	v.tap(v.say("import.to-products"))
	v.waitFor(v.say("products.columns"))
	v.typeIn(v.say("rows.search"), "Emaye")
	v.waitFor("F1")
	v.stop("products")
	v.point("the menu of F1", func(s gui.Screen) (gui.Place, bool) { return says(s, "F1") })
	v.run("xdotool", "click", "3")
	v.waitFor(v.say("products.sell"))
	v.stop("product-menu")
	v.tapWords(v.say("products.edit"))
	v.waitFor(v.say("products.save"), v.say("products.sell"))
	v.stop("product-passive")
	v.tap(v.say("products.sell"))
	v.waitFor(v.say("products.unsell"))
	v.stop("product-on-sale")
	v.key("Escape")
	v.waitFor(v.say("products.columns"))
}

// byHand maps a file whose first row is a title, and whose headers nobody knows.
func (v *filesTour) byHand() {
	v.t.Helper()
	v.look("mal.csv", "2026 BAHAR LİSTESİ;;\nKalem;Tanım;Bedel\nD1;Kupa;10,50\nD2;Kazan;20,50\n", v.say("import.need-key"))
	v.stop("by-hand")
	v.choose(v.say("import.header"), v.say("import.header.row", 2, "Kalem · Tanım · Bedel"))
	v.waitFor(v.say("import.first", 2), v.say("import.account.questions"))
	v.stop("by-hand-header")
}
