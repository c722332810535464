package files

import (
	"reflect"
	"testing"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/listing"
)

func products(t *testing.T, f *File) []ProductRow {
	t.Helper()
	var all []ProductRow
	for row, err := range Products(f, Columns(f.Header())) {
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
	f := opened(t, written(t, "a.csv", "Stok Kodu;Barkod;Ürün Adı;Marka;Açıklama;Satış Fiyatı;Para Birimi;Stok;KDV\n"+
		" 007 ; 8690632059150 ; Çay ;Doğuş;\"iki\nsatır\";1.234,50;TL;-3,5;20\n"))
	got := products(t, f)[0]
	p := got.Product
	if p.Code != "007" || p.Barcode != "8690632059150" || p.Name != "Çay" || p.Brand != "Doğuş" || p.Description != "iki\nsatır" ||
		p.Currency != domain.TRY || p.State != domain.ProductActive || got.Line != 2 || got.Refused || got.Problems != nil {
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
			got := products(t, opened(t, written(t, "a.csv", c.header+"\n"+c.row+"\n")))[0]
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
	got := products(t, opened(t, written(t, "a.csv", "Barkod;Ad\n8,69E+12;a\n")))[0].Product
	if got.Barcode != "8,69E+12" {
		t.Errorf("barcode %q", got.Barcode)
	}
}

func TestProducts_unwrapsTextMarks(t *testing.T) {
	got := products(t, opened(t, written(t, "a.csv", "Barkod;Stok Kodu\n'0869;=\"007\"\n")))[0].Product
	if got.Barcode != "0869" || got.Code != "007" {
		t.Errorf("barcode %q code %q", got.Barcode, got.Code)
	}
}

func TestProducts_flagsRoundedBarcode(t *testing.T) {
	sheet := sheetOf(inline("Barkod", "Ad"), `<row><c><v>1234567890123456</v></c></row>`, `<row><c><v>8690632059150</v></c></row>`)
	rows := products(t, opened(t, written(t, "a.xlsx", workbookOf(t, "", sheet))))
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
		{"nothing shown, semicolons", "Ad;Fiyat\na;1.234\n", []string{"1234"}},
		{"nothing shown, commas", "Ad,Fiyat\na,1.234\n", []string{"1.234"}},
		{"nothing shown, tabs", "Ad\tFiyat\na\t1.234\n", []string{""}},
		{"both in one column", "Ad;Fiyat\na;1.234\nb;5,50\nc;5.50\n", []string{"", "5.5", "5.5"}},
		{"the text's own digits", "Ad;Fiyat\na;159.11999999999998\nb;273,0072\n", []string{"159.11999999999998", "273.0072"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			for i, row := range products(t, opened(t, written(t, "a.csv", c.content))) {
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
	sheet := sheetOf(inline("Ad", "Fiyat"), `<row><c t="str"><v>a</v></c><c><v>1.234</v></c></row>`, inline("b", "5,50"), inline("c", "1.234"))
	rows := products(t, opened(t, written(t, "a.xlsx", workbookOf(t, "", sheet))))
	for i, want := range []string{"1.234", "5.5", "1234"} {
		if !same(rows[i].Product.Price, number(want)) {
			t.Errorf("row %d: %v, want %s", i, rows[i].Product.Price, want)
		}
	}
}

func TestProducts_currency(t *testing.T) {
	rows := products(t, opened(t, written(t, "a.csv", "Ad;Fiyat;Döviz\na;5;TL\nb;5 €;\nc;5;Dolar\nd;5;\ne;5 ₺;USD\nf;12 TL;\n")))
	for i, want := range []domain.Currency{"TRY", "EUR", "USD", "", "USD", "TRY"} {
		if rows[i].Product.Currency != want || rows[i].Problems != nil {
			t.Errorf("row %d: %q, want %q (%v)", i, rows[i].Product.Currency, want, rows[i].Problems)
		}
	}
}
