package files

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/listing"
	"github.com/sopyo/sopyo-desktop/storage/files/filestest"
	"github.com/sopyo/sopyo-desktop/storage/files/mapping"
)

func products(t *testing.T, f *File) []listing.ProductRow {
	t.Helper()
	var all []listing.ProductRow
	for row, err := range Products(f, mapping.Of(f.Header())) {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, row)
	}
	return all
}

func number(s string) decimal.NullDecimal {
	if s == "" {
		return decimal.NullDecimal{}
	}
	return decimal.NewNullDecimal(decimal.RequireFromString(s))
}

func same(a, b decimal.NullDecimal) bool {
	return a.Valid == b.Valid && a.Decimal.Equal(b.Decimal)
}

func TestProducts_everyField(t *testing.T) {
	f := opened(t, filestest.Written(t, "a.csv", "Stok Kodu;Barkod;Ürün Adı;Marka;Açıklama;Satış Fiyatı;Para Birimi;Stok;KDV;Durum\n"+
		" 007 ; 8690632059150 ; Çay ;Doğuş;\"iki\nsatır\";1.234,50;TL;-3,5;20; Pasif \n"))
	got := products(t, f)[0]
	p := got.Product
	if p.Code != "007" || p.Barcode != "8690632059150" || p.Name != "Çay" || p.Brand != "Doğuş" || p.Description != "iki\nsatır" ||
		p.Currency != domain.TRY || p.State != domain.ProductPassive || got.Line != 2 || got.Refused || got.Problems != nil {
		t.Errorf("%+v", got)
	}
	if !same(p.Price, number("1234.5")) || !same(p.Stock, number("-3.5")) || !same(p.VATRate, number("20")) {
		t.Errorf("price %v stock %v vat %v", p.Price, p.Stock, p.VATRate)
	}
}

func TestProducts_saysWhatIsWrong(t *testing.T) {
	for _, c := range []struct {
		name, header, row string
		want              []listing.Problem
		refused           bool
	}{
		{"barcode that Excel destroyed", "Barkod;Ad", "8,69E+12;a", []listing.Problem{{Field: listing.Barcode, Value: "8,69E+12", Reason: listing.BarcodeExponent}}, false},
		{"the same the English way", "Barkod;Ad", "8.69e12;a", []listing.Problem{{Field: listing.Barcode, Value: "8.69e12", Reason: listing.BarcodeExponent}}, false},
		{"a code that only looks like it", "Barkod;Ad", "12E5;a", nil, false},
		{"price of letters", "Ad;Fiyat", "a;sorunuz", []listing.Problem{{Field: listing.Price, Value: "sorunuz", Reason: listing.BadNumber}}, false},
		{"negative price", "Ad;Fiyat", "a;-5", []listing.Problem{{Field: listing.Price, Value: "-5", Reason: listing.NegativePrice}}, false},
		{"negative stock", "Ad;Stok", "a;-5", nil, false},
		{"VAT over 100", "Ad;KDV", "a;118", []listing.Problem{{Field: listing.VAT, Value: "118", Reason: listing.BadRate}}, false},
		{"unknown currency", "Ad;Para Birimi", "a;JPY", []listing.Problem{{Field: listing.Currency, Value: "JPY", Reason: listing.UnknownCurrency}}, false},
		{"nothing to know it by", "Ad;Stok Kodu;Barkod;Fiyat", ";;;5", []listing.Problem{{Field: listing.Name, Value: "", Reason: listing.NothingToKnowBy}}, true},
		{"Excel's error", "Ad;Stok Kodu;Fiyat", "a;#YOK;#DEĞER!", []listing.Problem{{Field: listing.Code, Value: "#YOK", Reason: listing.CellError}, {Field: listing.Price, Value: "#DEĞER!", Reason: listing.CellError}}, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := products(t, opened(t, filestest.Written(t, "a.csv", c.header+"\n"+c.row+"\n")))[0]
			if !reflect.DeepEqual(got.Problems, c.want) || got.Refused != c.refused {
				t.Errorf("problems %v refused %t, want %v %t", got.Problems, got.Refused, c.want, c.refused)
			}
			if p := got.Product; p.Price.Valid && c.want != nil && c.want[0].Field == listing.Price || p.VATRate.Valid && c.want != nil {
				t.Errorf("the refused value was taken: %+v", p)
			}
		})
	}
}

func TestProducts_keepsDestroyedBarcodeAsText(t *testing.T) {
	got := products(t, opened(t, filestest.Written(t, "a.csv", "Barkod;Ad\n8,69E+12;a\n")))[0].Product
	if got.Barcode != "8,69E+12" {
		t.Errorf("barcode %q", got.Barcode)
	}
}

func TestProducts_unwrapsTextMarks(t *testing.T) {
	got := products(t, opened(t, filestest.Written(t, "a.csv", "Barkod;Stok Kodu\n'0869;=\"007\"\n")))[0].Product
	if got.Barcode != "0869" || got.Code != "007" {
		t.Errorf("barcode %q code %q", got.Barcode, got.Code)
	}
}

func TestProducts_flagsRoundedBarcode(t *testing.T) {
	sheet := filestest.SheetOf(filestest.Inline("Barkod", "Ad"), `<row><c><v>1234567890123456</v></c></row>`, `<row><c><v>8690632059150</v></c></row>`)
	rows := products(t, opened(t, filestest.Written(t, "a.xlsx", filestest.WorkbookOf(t, "", sheet))))
	if len(rows[0].Problems) != 1 || rows[0].Problems[0].Reason != listing.BarcodeRounded || rows[1].Problems != nil {
		t.Errorf("%+v", rows)
	}
}

func TestProducts_readsNumbersByTheirColumn(t *testing.T) {
	for _, c := range []struct {
		name, content string
		prices        []string
	}{
		{"comma shown by another cell", "Ad;Fiyat\na;1.234\nb;5,50\n", []string{"1234", "5.5"}},
		{"point shown by another cell", "Ad;Fiyat\na;1.234\nb;5.50\n", []string{"1.234", "5.5"}},
		{"comma shown by another column", "Ad;Fiyat;Stok\na;1.234;1,5\n", []string{"1234"}},
		{"nothing shown, semicolons", "Ad;Fiyat\na;1.234\n", []string{"?"}},
		{"nothing shown, commas", "Ad,Fiyat\na,1.234\n", []string{"?"}},
		{"nothing shown, tabs", "Ad\tFiyat\na\t1.234\n", []string{"?"}},
		{"both in one column", "Ad;Fiyat\na;1.234\nb;5,50\nc;5.50\n", []string{"", "5.5", "5.5"}},
		{"the text's own digits", "Ad;Fiyat\na;159.11999999999998\nb;273,0072\n", []string{"159.11999999999998", "273.0072"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			for i, row := range products(t, opened(t, filestest.Written(t, "a.csv", c.content))) {
				if c.prices[i] == "?" { // it is asked
					if row.Product.Price.Valid || row.Problems != nil {
						t.Errorf("row %d: %v, problems %v", i, row.Product.Price, row.Problems)
					}
					continue
				}
				if !same(row.Product.Price, number(c.prices[i])) {
					t.Errorf("row %d: %v, want %q", i, row.Product.Price, c.prices[i])
				}
				if c.prices[i] == "" && (len(row.Problems) != 1 || row.Problems[0].Reason != listing.AmbiguousNumber) {
					t.Errorf("row %d: problems %v", i, row.Problems)
				}
			}
		})
	}
}

func TestProducts_numbersOfCellsAreNotGuessed(t *testing.T) {
	sheet := filestest.SheetOf(filestest.Inline("Ad", "Fiyat"), `<row><c t="str"><v>a</v></c><c><v>1.234</v></c></row>`, filestest.Inline("b", "5,50"), filestest.Inline("c", "1.234"))
	rows := products(t, opened(t, filestest.Written(t, "a.xlsx", filestest.WorkbookOf(t, "", sheet))))
	for i, want := range []string{"1.234", "5.5", "1234"} {
		if !same(rows[i].Product.Price, number(want)) {
			t.Errorf("row %d: %v, want %s", i, rows[i].Product.Price, want)
		}
	}
}

func TestProducts_currency(t *testing.T) {
	rows := products(t, opened(t, filestest.Written(t, "a.csv", "Ad;Fiyat;Döviz\na;5;TL\nb;5 €;\nc;5;Dolar\nd;5;\ne;5 $;USD\nf;12 TL;\n")))
	for i, want := range []domain.Currency{"TRY", "EUR", "USD", "", "USD", "TRY"} {
		if rows[i].Product.Currency != want || rows[i].Problems != nil {
			t.Errorf("row %d: %q, want %q (%v)", i, rows[i].Product.Currency, want, rows[i].Problems)
		}
	}
}

// one reads the first product of a file of one row, given as header and cells.
func one(t *testing.T, header, row string) listing.ProductRow {
	t.Helper()
	return products(t, opened(t, filestest.Written(t, "a.csv", header+"\n"+row+"\n")))[0]
}

// said is what a row became where it is not text: price, currency, rate, stock, and what is wrong.
func said(r listing.ProductRow) string {
	text := fmt.Sprintf("%s %s %s %s", plain(r.Product.Price), r.Product.Currency, plain(r.Product.VATRate), plain(r.Product.Stock))
	for _, p := range r.Problems {
		text += fmt.Sprintf(" !%s=%s:%s", p.Field, p.Value, p.Reason)
	}
	return text
}

// What a cell of money becomes, on each side of each bound.
func TestProducts_moneyFromEverySide(t *testing.T) {
	for _, c := range []struct{ header, row, want string }{
		{"Ad;Fiyat", "a;0", "    !price=0:price-zero"},
		{"Ad;Fiyat", "a;-0,00", "    !price=-0,00:price-zero"},
		{"Ad;Fiyat", "a;-0,01", "    !price=-0,01:negative-price"},
		{"Ad;Fiyat", "a;-5 ₺", "    !price=-5 ₺:negative-price"},
		{"Ad;Fiyat;KDV", "a;5;0", "5  0 "},
		{"Ad;Fiyat;KDV", "a;5;100", "5  100 "},
		{"Ad;Fiyat;KDV", "a;5;100,01", "5    !vat=100,01:bad-rate"},
		{"Ad;Fiyat;KDV", "a;5;-0,01", "5    !vat=-0,01:bad-rate"},
		{"Ad;Fiyat;KDV", "a;5;%20", "5  20 "},
		{"Ad;Fiyat;KDV", "a;5;x", "5    !vat=x:bad-number"},
		{"Ad;Stok", "a;-3", "   -3"},
		{"Ad;Stok", `a;="3"`, "   3"},
		{"Ad;Stok", "a;yok", "    !stock=yok:bad-number"},
		{"Ad;Fiyat;KDV Dahil;KDV", "a;100;hayır;20", "120  20 "},
		{"Ad;Fiyat;KDV Dahil;KDV", "a;99,99;Hayır;1", "100.9899  1 "},
		{"Ad;Fiyat;KDV Dahil;KDV", "a;100;evet;20", "100  20 "},
		{"Ad;Fiyat;KDV Dahil;KDV", "a;100;;20", "100  20 "},
		{"Ad;Fiyat;KDV Dahil;KDV", "a;100;hayır;0", "100  0 "},
		{"Ad;Fiyat;KDV Dahil;KDV", "a;100;hayır;100", "200  100 "},
		{"Ad;Fiyat;KDV Dahil;KDV", "a;100;hayır;101", "    !price=100:price-without-vat !vat=101:bad-rate"},
		{"Ad;Fiyat;KDV Dahil;KDV", "a;100;hayır;-1", "    !price=100:price-without-vat !vat=-1:bad-rate"},
		{"Ad;Fiyat;KDV Dahil;KDV", "a;100;hayır;", "    !price=100:price-without-vat"},
		{"Ad;Fiyat;KDV Dahil;KDV", "a;100;hayır;x", "    !price=100:price-without-vat !vat=x:bad-number"},
		{"Ad;Fiyat;KDV Dahil", "a;100;hayır", "    !price=100:price-without-vat"},
		{"Ad;Fiyat;KDV Dahil", "a;100", "100   "},
		{"Ad;Fiyat;KDV Dahil;KDV", "a;;hayır;20", "  20 "},
		{"Ad;Fiyat;KDV Dahil;KDV", "a;;hayır;", "   "},
		{"Ad;Fiyat;KDV Dahil;KDV", "a;-100;hayır;20", "  20  !price=-100:negative-price"},
		{"KDV Dahil;Ad;Fiyat;KDV", "hayır;a;100;20", "120  20 "},
		{"Ad;Fiyat;Para Birimi", "a;5 $;€", "    !price=5 $:currencies-differ"},
		{"Ad;Fiyat;Para Birimi", "a;5 $;yen", "    !currency=yen:unknown-currency"},
		{"Ad;Fiyat;Para Birimi", "a;5 $;", "5 USD  "},
		{"Ad;Fiyat;Para Birimi", "a;;TL", " TRY  "},
		{"Ad;Fiyat", "a;₺ 1.234,50", "1234.5 TRY  "},
		{"Ad;Fiyat", "a;+5,00\u00a0EUR", "5 EUR  "},
		{"Ad;Fiyat", "a;5 CHF", "    !price=5 CHF:unknown-currency"},
		{"Ad;Fiyat", "a;", "   "},
		{"Ad;Para Birimi", "a;#YOK", "    !currency=#YOK:cell-error"},
	} {
		if got := said(one(t, c.header, c.row)); got != c.want {
			t.Errorf("%s | %s: %q, want %q", c.header, c.row, got, c.want)
		}
	}
	for _, no := range []string{"0", "false", "FALSE", "Hayır", "HAYIR", "no", "n", "H", "hariç", "KDV Hariç", " hayır "} {
		for _, title := range []string{"KDV Dahil", "KDV dahil mi?", "VAT included", "tax-included", "isVatIncluded", "KDV Durumu"} {
			if got := said(one(t, "Ad;Fiyat;"+title+";KDV", "a;100;"+no+";20")); got != "120  20 " {
				t.Errorf("%s %q: %s", title, no, got)
			}
		}
	}
	for _, other := range []string{"1", "true", "evet", "dahil", "yes", "?", "00", "hay"} {
		if got := said(one(t, "Ad;Fiyat;KDV Dahil;KDV", "a;100;"+other+";20")); got != "100  20 " {
			t.Errorf("%q: %s", other, got)
		}
	}
	// A rate that is stored as a number has its point, whatever the column's other cells show.
	sheet := filestest.SheetOf(filestest.Inline("Ad", "Fiyat", "KDV Dahil", "KDV"), `<row><c t="str"><v>a</v></c><c><v>1000</v></c><c t="str"><v>0</v></c><c><v>1.125</v></c></row>`, filestest.Inline("b", "1", "1", "1,5"))
	if got := said(products(t, opened(t, filestest.Written(t, "a.xlsx", filestest.WorkbookOf(t, "", sheet))))[0]); got != "1011.25  1.125 " {
		t.Errorf("a rate stored as a number: %s", got)
	}
}

// Codes and barcodes as programs leave them: what can be told is, and nothing is lost.
func TestProducts_codesFromEverySide(t *testing.T) {
	for _, c := range []struct{ cell, code, barcode, problem string }{
		{`="007"`, "007", "007", ""},
		{`=""`, "", "", ""},
		{`="007`, `="007`, `="007`, ""},
		{`=007"`, `=007"`, `=007"`, ""},
		{`="0"07"`, `="0"07"`, `="0"07"`, ""},
		{`="0"07`, `="0"07`, `="0"07`, ""},
		{`'0869`, "'0869", "0869", ""},
		{`'`, "'", "'", ""},
		{`'08a`, "'08a", "'08a", ""},
		{`08'69`, "08'69", "08'69", ""},
		{"8,69E+12", "8,69E+12", "8,69E+12", "code-exponent barcode-exponent"},
		{"8.69E+12", "8.69E+12", "8.69E+12", "code-exponent barcode-exponent"},
		{"8,69e12", "8,69e12", "8,69e12", "code-exponent barcode-exponent"},
		{"8E+12", "8E+12", "8E+12", "code-exponent barcode-exponent"},
		{"8e1", "8e1", "8e1", "barcode-exponent"},
		{"8,E5", "8,E5", "8,E5", "code-exponent barcode-exponent"},
		{"12E5", "12E5", "12E5", ""},
		{"8E123", "8E123", "8E123", ""},
		{"8E", "8E", "8E", ""},
		{"8E+", "8E+", "8E+", ""},
		{"8E-5", "8E-5", "8E-5", ""},
		{"E12", "E12", "E12", ""},
		{",E12", ",E12", ",E12", ""},
		{"8,6,9E12", "8,6,9E12", "8,6,9E12", ""},
		{"8.6,9E12", "8.6,9E12", "8.6,9E12", ""},
		{"8a,9E12", "8a,9E12", "8a,9E12", ""},
		{"8,69E1a", "8,69E1a", "8,69E1a", ""},
		{"8,69E12E1", "8,69E12E1", "8,69E12E1", ""},
		{"1234567890123456", "1234567890123456", "1234567890123456", ""},
	} {
		got := one(t, "Stok Kodu;Barkod;Ad", c.cell+";"+c.cell+";a")
		problem := ""
		for _, p := range got.Problems {
			problem = strings.TrimSpace(problem + " " + string(p.Reason))
			if !strings.HasPrefix(string(p.Reason), string(p.Field)) || p.Value != c.barcode {
				t.Errorf("%s: %+v", c.cell, p)
			}
		}
		if string(got.Product.Code) != c.code || string(got.Product.Barcode) != c.barcode || problem != c.problem {
			t.Errorf("%s: code %q, barcode %q, %q, want %q %q %q", c.cell, got.Product.Code, got.Product.Barcode, problem, c.code, c.barcode, c.problem)
		}
	}
	// A number of a spreadsheet is whole up to fifteen digits.
	sheet := filestest.SheetOf(filestest.Inline("Barkod", "Ad"), `<row><c><v>123456789012345</v></c></row>`, `<row><c><v>1234567890123456</v></c></row>`, filestest.Inline("1234567890123456", "a"))
	rows := products(t, opened(t, filestest.Written(t, "a.xlsx", filestest.WorkbookOf(t, "", sheet))))
	for i, want := range []listing.Reason{"", listing.BarcodeRounded, ""} {
		if got := rows[i].Problems; (len(got) > 0) != (want != "") || want != "" && (got[0] != listing.Problem{Field: listing.Barcode, Value: "1234567890123456", Reason: want}) {
			t.Errorf("row %d: %v, want %q", i, got, want)
		}
	}
}

func TestProducts_errorsOfCellsAreNoTexts(t *testing.T) {
	for _, cell := range []string{
		"#N/A", "#YOK", "#REF!", "#BAŞV!", "#VALUE!", "#DEĞER!", "#NAME?", "#AD?", "#DIV/0!", "#SAYI/0!", "#NUM!", "#SAYI!", "#NULL!", "#BOŞ!",
	} {
		got := one(t, "Kod;Barkod;Ad;Marka;Açıklama;Fiyat;Para Birimi;Stok;KDV", strings.Repeat(cell+";", 9))
		if len(got.Problems) != 10 || got.Product != (domain.Product{}) || !got.Refused {
			t.Errorf("%s: %+v", cell, got)
			continue
		}
		for i, f := range []listing.Field{listing.Code, listing.Barcode, listing.Name, listing.Brand, listing.Description, listing.Price, listing.Currency, listing.Stock, listing.VAT} {
			if got.Problems[i] != (listing.Problem{Field: f, Value: cell, Reason: listing.CellError}) {
				t.Errorf("%s: %+v", cell, got.Problems[i])
			}
		}
	}
	for _, cell := range []string{"#", "#1", "#N/A!", "N/A"} {
		if got := one(t, "Kod;Ad", "1;"+cell); got.Problems != nil || got.Product.Name != cell {
			t.Errorf("%s: %+v", cell, got)
		}
	}
}

// One of the three is enough to know a product by; blank ones are none.
func TestProducts_areRefusedOnlyWithoutAnyName(t *testing.T) {
	for row, refused := range map[string]bool{"1;;": false, ";1;": false, ";;a": false, "1;1;a": false, " ; ;\u00a0": true, "#YOK;;": true} {
		got := one(t, "Kod;Barkod;Ad;Marka", row+";M")
		if got.Refused != refused || got.Line != 2 || len(got.Cells) != 4 || got.Product.Brand != "M" {
			t.Errorf("%q: %+v", row, got)
		}
		if last := len(got.Problems) - 1; refused && (last < 0 || got.Problems[last] != listing.Problem{Field: listing.Name, Reason: listing.NothingToKnowBy}) {
			t.Errorf("%q: %v", row, got.Problems)
		}
	}
}

// Names of feeds are escaped once more than XML asks, and many of tables; descriptions are HTML, and codes are what they are.
func TestProducts_unescapeNamesOnly(t *testing.T) {
	const cell = " A &amp; B &lt;c&gt; "
	for name, content := range map[string]string{
		"a.csv": "Kod;Barkod;Ad;Marka;Açıklama\n" + strings.Repeat("\""+cell+"\";", 5) + "\n",
		"a.xml": "<r><p>" + strings.NewReplacer("&", "&amp;").Replace("<kod>"+cell+"</kod><barkod>"+cell+"</barkod><ad>"+cell+"</ad><marka>"+cell+"</marka><aciklama>"+cell+"</aciklama>") + "</p></r>",
	} {
		raw, plain := strings.TrimSpace(cell), "A & B <c>"
		p := products(t, opened(t, filestest.Written(t, name, content)))[0].Product
		if string(p.Code) != raw || string(p.Barcode) != raw || p.Description != raw || p.Name != plain || p.Brand != plain {
			t.Errorf("%s: %+v", name, p)
		}
	}
}

// Columns that a caller names are looked up as they are: one that there is not is an empty one.
func TestProducts_columnsThatAreNotThere(t *testing.T) {
	f := opened(t, filestest.Written(t, "a.csv", "Kod;Ad\n1;a\n"))
	for row, err := range Products(f, listing.Columns{listing.Code: {0}, listing.Name: {-1}, listing.Brand: {2}, listing.Stock: {2}, listing.Price: {7}, listing.Barcode: {1}}) {
		if err != nil || row.Product != (domain.Product{Code: "1", Barcode: "a"}) || row.Problems != nil {
			t.Errorf("%+v, %v", row, err)
		}
	}
	for _, err := range Products(f, mapping.Of(f.Header())) { // a caller may stop
		if err != nil {
			t.Error(err)
		}
		break
	}
}
