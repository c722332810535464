package files

import (
	"reflect"
	"strings"
	"testing"

	"github.com/sopyo/sopyo-desktop/domain/listing"
	"github.com/sopyo/sopyo-desktop/storage/files/filestest"
	"github.com/sopyo/sopyo-desktop/storage/files/mapping"
)

// A price whose currency is not known is not a price in the company's currency.
func TestKinds_ofCurrencies(t *testing.T) {
	const columns = "Stok Kodu;Ürün Adı;Fiyat;Para Birimi;Stok\n"
	proveKinds(t, []kindCase{
		{
			kind: 3, says: "not known", file: "a.csv",
			content: columns + "A1;Kupa;129,90;CHF;10\nA2;Tabak;9,90;₽;1\nA3;Kase;5,00;TL;1\n",
			want:    []string{"A1|-|Kupa|-|-|-|10", "A2|-|Tabak|-|-|-|1", "A3|-|Kase|-|5|TRY|1"}, problems: []string{"2 currency unknown-currency", "3 currency unknown-currency"},
		},
		{
			kind: 3, says: "every spelling, in a column of its own", file: "a.csv",
			content: columns + "A1;a;1,50;YTL;1\nA2;a;1,50;TRL;1\nA3;a;1,50;Türk Lirası;1\nA4;a;1,50;₺;1\nA5;a;1,50;EURO;1\nA6;a;1,50;US$;1\nA7;a;1,50;usd;1\n" +
				"A8;a;1,50;TL (₺);1\nA9;a;1,50;USD - ABD Doları;1\nB1;a;1,50;TÜRK LİRASI;1\nB2;a;1,50;Euros;1\nB3;a;1,50;T.L.;1\n",
			want: []string{
				"A1|-|a|-|1.5|TRY|1", "A2|-|a|-|1.5|TRY|1", "A3|-|a|-|1.5|TRY|1", "A4|-|a|-|1.5|TRY|1", "A5|-|a|-|1.5|EUR|1", "A6|-|a|-|1.5|USD|1", "A7|-|a|-|1.5|USD|1",
				"A8|-|a|-|1.5|TRY|1", "A9|-|a|-|1.5|USD|1", "B1|-|a|-|1.5|TRY|1", "B2|-|a|-|1.5|EUR|1", "B3|-|a|-|1.5|TRY|1",
			},
		},
		{
			kind: 3, says: "every spelling, at the number", file: "a.csv",
			content: "Stok Kodu;Ürün Adı;Fiyat\nA1;a;12,50 usd\nA2;a;TRY 1.299,00\nA3;a;12,50 Türk Lirası\nA4;a;US$ 12,50\nA5;a;12,50 EURO\nA6;a;ytl 12,50\nA7;a;12,50 TL.\n" +
				"A8;a;₺12,50\nA9;a;12,50€\nB1;a;12,50\nB2;a;TL.12,50\nB3;a;12,-TL\nB4;a;12,50 TL/Adet\n",
			want: []string{
				"A1|-|a|-|12.5|USD", "A2|-|a|-|1299|TRY", "A3|-|a|-|12.5|TRY", "A4|-|a|-|12.5|USD", "A5|-|a|-|12.5|EUR", "A6|-|a|-|12.5|TRY", "A7|-|a|-|12.5|TRY",
				"A8|-|a|-|12.5|TRY", "A9|-|a|-|12.5|EUR", "B1|-|a|-|12.5", "B2|-|a|-|12.5|TRY", "B3|-|a|-|12|TRY", "B4|-|a|-|12.5|TRY",
			},
			notes: []string{"currency Fiyat 12", "unit Fiyat 1"},
		},
		{
			kind: 3, says: "not known at the number", file: "a.csv",
			content: "Stok Kodu;Ürün Adı;Fiyat\nA1;a;12,50 CHF\nA2;a;12,50 ₽\nA3;a;AUD 12,50\nA4;a;R$12,50\nA5;a;12,50 Kanada Doları\nA6;a;12,50 USD/TL\nA7;a;ÜCRETSİZ\n",
			want:    []string{"A1|-|a", "A2|-|a", "A3|-|a", "A4|-|a", "A5|-|a", "A6|-|a", "A7|-|a"},
			problems: []string{
				"2 price unknown-currency", "3 price unknown-currency", "4 price unknown-currency", "5 price unknown-currency", "6 price unknown-currency",
				"7 price unknown-currency", "8 price bad-number",
			},
		},
		{
			kind: 3, says: "two that contradict each other, an error in its cell, and one at no price", file: "a.csv",
			content: columns + "A1;a;₺12,50;USD;1\nA2;a;$12,50 TL;;1\nA3;a;12,50;#YOK;1\nA4;a;yok;USD;1\nA5;a;$12,50;USD;1\nA6;a;;CHF;1\nA7;a;12,50;LÜBNAN LİRASI;1\n",
			want:    []string{"A1|-|a|-|-|-|1", "A2|-|a|-|-|-|1", "A3|-|a|-|-|-|1", "A4|-|a|-|-|-|1", "A5|-|a|-|12.5|USD|1", "A6|-|a|-|-|-|1", "A7|-|a|-|-|-|1"},
			problems: []string{
				"2 price currencies-differ", "3 price unknown-currency", "4 currency cell-error", "5 price bad-number", "7 currency unknown-currency",
				"8 currency unknown-currency",
			},
			notes: []string{"currency Fiyat 1"},
		},
		{
			kind: 3, says: "no stock and no rate is money", file: "a.csv",
			content:  "Stok Kodu;Ürün Adı;Fiyat;Stok;KDV\nA1;a;12,50;10 Adet;%20\nA2;a;12,50;5 TL;20%\nA3;a;%12,50;3 ad.;18 TL\nA4;a;12,50;1 koli;20\n",
			want:     []string{"A1|-|a|-|12.5|-|10|20", "A2|-|a|-|12.5|-|-|20", "A3|-|a|-|-|-|3", "A4|-|a|-|12.5|-|-|20"},
			problems: []string{"3 stock bad-number", "4 price bad-number", "4 vat bad-number", "5 stock bad-number"},
			notes:    []string{"unit KDV 2", "unit Stok 2"},
		},
		{
			kind: 3, says: "a sheet of text", file: "a.xlsx",
			content: filestest.WorkbookOf(t, "", filestest.SheetOf(filestest.Inline("Stok Kodu", "Ürün Adı", "Fiyat", "Döviz"), filestest.Inline("A1", "Kupa", "1.299,90", "JPY"), filestest.Inline("A2", "Tabak", "12,50 euro", ""))),
			want:    []string{"A1|-|Kupa", "A2|-|Tabak|-|12.5|EUR"}, problems: []string{"2 currency unknown-currency"}, notes: []string{"currency Fiyat 1"},
		},
	})
}

// What a printed number wears is noted, and kept.
func TestKinds_ofBarcodesAsTheyArePrinted(t *testing.T) {
	const columns = "Stok Kodu;Barkod;Ürün Adı\n"
	proveKinds(t, []kindCase{
		{
			kind: 8, says: "hyphens", file: "a.csv", content: columns + "K1;978-605-123-456-4;Roman\nK2;9786051234564;Roman\n",
			want: []string{"K1|978-605-123-456-4|Roman", "K2|9786051234564|Roman"}, notes: []string{"decorated Barkod 1"},
		},
		{
			kind: 8, says: "every dress", file: "a.csv",
			content: columns + "K1;8 690632 059150;a\nK2;EAN: 8690632059150;a\nK3;*8690632059150*;a\nK4;８６９０６３２０５９１５０;a\nK5;00008690632059150;a\nK6;ISBN 978–605–123–456–4;a\nK7;RAF-12;a\n",
			want: []string{
				"K1|8 690632 059150|a", "K2|EAN: 8690632059150|a", "K3|*8690632059150*|a", "K4|８６９０６３２０５９１５０|a", "K5|00008690632059150|a", "K6|ISBN 978–605–123–456–4|a",
				"K7|RAF-12|a",
			},
			notes: []string{"decorated Barkod 6"},
		},
		{
			kind: 8, says: "two in one cell", file: "a.csv",
			content: columns + "K1;8690632059150 / 4006381333931;a\nK2;\"8690632059150, 4006381333931\";a\nK3;\"8690632059150\n4006381333931\";a\nK4;8690632059150 4006381333931;a\nK5;\"8690632059150;4006381333931\";a\n",
			want: []string{
				"K1|8690632059150 / 4006381333931|a", "K2|8690632059150, 4006381333931|a", "K3|8690632059150\n4006381333931|a", "K4|8690632059150 4006381333931|a",
				"K5|8690632059150;4006381333931|a",
			},
			problems: []string{"2 barcode barcode-several", "3 barcode barcode-several", "4 barcode barcode-several", "6 barcode barcode-several", "7 barcode barcode-several"},
		},
		{
			kind: 8, says: "looks like one and is none", file: "a.csv",
			content: columns + "K1;978-605-123-456-5;wrong check digit\nK2;12-34;short\nK3;*ABC*;a text\nK4;EAN:;a word\nK5;--------;dashes\nK6;EAN: EAN: 8690632059150;twice\n",
			want: []string{
				"K1|978-605-123-456-5|wrong check digit", "K2|12-34|short", "K3|*ABC*|a text", "K4|EAN:|a word", "K5|--------|dashes", "K6|EAN: EAN: 8690632059150|twice",
			},
		},
		{
			kind: 8, says: "a sheet", file: "a.xlsx",
			content: filestest.WorkbookOf(t, "", filestest.SheetOf(filestest.Inline("Stok Kodu", "Barkod", "Ürün Adı"), filestest.Inline("K1", "869 063 205 915 0", "Kupa"), filestest.Inline("K2", "8690632059150|4006381333931", "Tabak"))),
			want:    []string{"K1|869 063 205 915 0|Kupa", "K2|8690632059150|4006381333931|Tabak"}, problems: []string{"3 barcode barcode-several"}, notes: []string{"decorated Barkod 1"},
		},
	})
}

func TestKinds_ofRowsThatAreNoProducts(t *testing.T) {
	const columns = "Stok Kodu;Ürün Adı;Fiyat;Stok\n"
	proveKinds(t, []kindCase{
		{
			kind: 10, says: "headings and a total", file: "a.csv",
			content: "FİYAT LİSTESİ;;;\n" + columns + "TEMİZLİK ÜRÜNLERİ;;;\nA1;Kupa;129,90;10\n;BARDAKLAR;;\nA2;Tabak;12,50;5\n;TOPLAM;142,40;15\n",
			want:    []string{"A1|-|Kupa|-|129.9|-|10", "A2|-|Tabak|-|12.5|-|5"}, noProduct: []int{3, 5, 7},
			problems: []string{"3 name heading", "5 name heading", "7 name total"},
		},
		{
			kind: 10, says: "subtotals as spreadsheets and programs write them", file: "a.csv",
			content: columns + "A1;Kupa;129,90;10\n;Ara Toplam;129,90;10\nA2;Tabak;12,50;5\nALT TOPLAM;;12,50;5\n;BARDAKLAR Toplamı:;12,50;5\nToplam: 2 ürün;;142,40;15\n;GENEL TOPLAM :;142,40;15\n" +
				";;Toplam;15\nGRAND TOTAL;;142,40;15\nSubtotal;;1,00;2\n;Nakli Yekûn;142,40;15\n",
			want: []string{"A1|-|Kupa|-|129.9|-|10", "A2|-|Tabak|-|12.5|-|5"}, noProduct: []int{3, 5, 6, 7, 8, 9, 10, 11, 12},
			problems: []string{
				"3 name total", "5 name total", "6 name total", "7 name total", "8 name total", "9 name total", "10 name total", "11 name total", "12 name total",
			},
		},
		{
			kind: 10, says: "the header once more, on every page", file: "a.csv",
			content: columns + "A1;Kupa;129,90;10\nSTOK KODU;ÜRÜN ADI;FİYAT;STOK\nA2;Tabak;12,50;5\nStok Kodu;Ürün Adı;Fiyat;\nA3;Kase;1,50;5\nKod;Ürün;Fiyat;Adet\nA4;Bıçak;2,50;5\n",
			want:    []string{"A1|-|Kupa|-|129.9|-|10", "A2|-|Tabak|-|12.5|-|5", "A3|-|Kase|-|1.5|-|5", "A4|-|Bıçak|-|2.5|-|5"}, noProduct: []int{3, 5, 7},
			problems: []string{"3 name header-again", "5 name header-again", "7 name header-again"},
		},
		{
			kind: 10, says: "products that look like it", file: "a.csv",
			content: columns + "A1;Toplam Temizlik Seti;49,90;3\nTOPLAM-1;Kupa;12,50;5\nA2;TOPLAM;12,50;1\n;Total Quartz 5W40;250,00;2\nA3;;;\nA4;BARDAKLAR;;\nSTOK;Stok;1,50;1\n",
			want: []string{
				"A1|-|Toplam Temizlik Seti|-|49.9|-|3", "TOPLAM-1|-|Kupa|-|12.5|-|5", "A2|-|TOPLAM|-|12.5|-|1", "-|-|Total Quartz 5W40|-|250|-|2", "A3", "A4|-|BARDAKLAR", "STOK|-|Stok|-|1.5|-|1",
			},
		},
		{
			kind: 10, says: "names alone are products", file: "a.csv", content: "Ürün Adı\nKUPA\nTabak\nTOPLAM KALİTE\n",
			want: []string{"-|-|KUPA", "-|-|Tabak", "-|-|TOPLAM KALİTE"},
		},
		{
			kind: 10, says: "barcodes alone are products", file: "a.csv", content: "Barkod;Ürün Adı;Fiyat\n8690632059150;;\n869-0632-059150;;\nX12;;\n",
			want: []string{"-|8690632059150", "-|869-0632-059150", "-|X12"}, notes: []string{"decorated Barkod 1"},
		},
		{
			kind: 10, says: "a list that knows products by their names", file: "a.csv",
			content: "Ürün Adı;Fiyat\nBARDAKLAR;\nKupa;129,90\nFincan;\nTOPLAM;129,90\n",
			want:    []string{"-|-|Kupa|-|129.9", "-|-|Fincan"}, noProduct: []int{2, 5}, problems: []string{"2 name heading", "5 name total"},
		},
		{
			kind: 10, says: "headings in columns that nothing is read from, and below the goods", file: "a.csv",
			content: "Sıra;Stok Kodu;Ürün Adı;Fiyat\nMUTFAK;;;\n1;A1;Kupa;129,90\nTOPLAM;;;129,90\n;;;\nFiyatlarımıza KDV dahildir.;;;\n;;Not: fiyatlar 2026 için geçerlidir;\n",
			want:    []string{"A1|-|Kupa|-|129.9"}, noProduct: []int{2, 4, 6, 7}, problems: []string{"2 name heading", "4 name total", "6 name heading", "7 name heading"}, ignored: []string{"Sıra"},
		},
		{
			kind: 10, says: "a sheet", file: "a.xlsx",
			content: filestest.WorkbookOf(t, "", filestest.SheetOf(filestest.Inline("Stok Kodu", "Ürün Adı", "Fiyat"), filestest.Inline("BARDAKLAR", "", ""), filestest.Inline("A1", "Kupa", "12,50"),
				`<row><c t="str"><v></v></c><c t="str"><v>Toplam</v></c><c><v>12.5</v></c></row>`, filestest.Inline("Stok Kodu", "Ürün Adı", "Fiyat"))),
			want: []string{"A1|-|Kupa|-|12.5"}, noProduct: []int{2, 4, 5}, problems: []string{"2 name heading", "4 name total", "5 name header-again"},
		},
		{
			kind: 10, says: "lines drawn with signs, a total in the column of codes, and what was brought over", file: "a.csv",
			content: "Kod;Ad;Fiyat;Stok\nA1;Kupa;10,50;3\n-----;-----;-----;-----\nDevreden;;10,50;3\nA2;Tabak;11,50;3\n====;;;\nTOPLAM;2 ÜRÜN;22,00;6\nTOPLAM;Kalite kitabı;1,50;1\n" +
				"* * *;;;\nToplam Ürün Sayısı;2;;\nA3;***;9,50;2\n",
			want:     []string{"A1|-|Kupa|-|10.5|-|3", "A2|-|Tabak|-|11.5|-|3", "TOPLAM|-|Kalite kitabı|-|1.5|-|1", "A3|-|***|-|9.5|-|2"},
			problems: []string{"3 name heading", "4 name total", "6 name heading", "7 name total", "9 name heading", "10 name total"}, noProduct: []int{3, 4, 6, 7, 9, 10},
		},
		{
			kind: 10, says: "the names of a marketplace's fields below the header", file: "a.txt",
			content: "Satıcı SKU\tÜrün Adı\tÜrün Kimliği\tÜrün Kimliği Türü\tStandart Fiyat\tMiktar\nitem_sku\titem_name\texternal_product_id\texternal_product_id_type\tstandard_price\tquantity\n" +
				"A1\tKupa\t8690632059150\tEAN\t100.50\t5\n",
			want: []string{"A1|8690632059150|Kupa|-|100.5|-|5"}, noProduct: []int{2}, problems: []string{"2 name header-again"}, ignored: []string{"Ürün Kimliği Türü"},
		},
	})
}

func TestKinds_ofNumbersThatProveNothing(t *testing.T) {
	const columns = "Stok Kodu;Ürün Adı;Fiyat;Stok\n"
	const bare = columns + "A1;Kupa;129.900;10.000\nA2;Tabak;12.500;5.000\n"
	both := []string{"decimals:Fiyat", "decimals:Stok"}
	proveKinds(t, []kindCase{
		{
			kind: 12, says: "nothing decides", file: "a.csv", content: bare,
			want: []string{"A1|-|Kupa", "A2|-|Tabak"}, questions: both,
		},
		{
			kind: 12, says: "one is answered", file: "a.csv", content: bare,
			reading: listing.Reading{Answers: listing.Answers{"decimals:Fiyat": "decimals"}},
			want:    []string{"A1|-|Kupa|-|129.9", "A2|-|Tabak|-|12.5"}, questions: both[1:],
		},
		{
			kind: 12, says: "both are answered", file: "a.csv", content: bare,
			reading: listing.Reading{Answers: listing.Answers{"decimals:Fiyat": "decimals", "decimals:Stok": "thousands"}},
			want:    []string{"A1|-|Kupa|-|129.9|-|10000", "A2|-|Tabak|-|12.5|-|5000"},
		},
		{
			kind: 12, says: "a chosen mark decides", file: "a.csv", content: bare, reading: listing.Reading{Decimal: "."},
			want: []string{"A1|-|Kupa|-|129.9|-|10", "A2|-|Tabak|-|12.5|-|5"},
		},
		{
			kind: 12, says: "commas, by tabs", file: "a.txt", content: strings.ReplaceAll(strings.ReplaceAll(bare, ".", ","), ";", "\t"),
			want: []string{"A1|-|Kupa", "A2|-|Tabak"}, questions: both,
		},
		{
			kind: 12, says: "a file cut by commas", file: "a.csv", content: strings.ReplaceAll(bare, ";", ","),
			want: []string{"A1|-|Kupa", "A2|-|Tabak"}, questions: both,
		},
		{
			kind: 12, says: "another cell of the column decides", file: "a.csv", content: bare + "A3;Kase;7,50;3\n",
			want: []string{"A1|-|Kupa|-|129900|-|10000", "A2|-|Tabak|-|12500|-|5000", "A3|-|Kase|-|7.5|-|3"},
		},
		{
			kind: 12, says: "one cell among many", file: "a.csv", content: columns + "A1;Kupa;100;1\nA2;Tabak;1.299;2\nA3;Kase;200;3\n",
			want: []string{"A1|-|Kupa|-|100|-|1", "A2|-|Tabak|-|-|-|2", "A3|-|Kase|-|200|-|3"}, questions: both[:1],
		},
		{
			kind: 12, says: "a rate of VAT decides", file: "a.csv", content: "Stok Kodu;Fiyat;KDV;Stok\nA1;129.900;20.000;10.000\n",
			want: []string{"A1|-|-|-|129.9|-|10|20"},
		},
		{
			kind: 12, says: "behind the rows that are looked at", file: "a.csv", content: columns + strings.Repeat("A0;Su;1;1\n", markSample) + "A1;Kupa;1.299;1\nA2;Tabak;2.500;1\n",
			want: append(repeatedText("A0|-|Su|-|1|-|1", markSample), "A1|-|Kupa|-|-|-|1", "A2|-|Tabak|-|-|-|1"), questions: both[:1],
		},
		{
			kind: 12, says: "both marks in one column contradict each other", file: "a.csv", content: columns + "A1;Kupa;1.299;1\nA2;Tabak;2,500;1\n",
			want: []string{"A1|-|Kupa|-|-|-|1", "A2|-|Tabak|-|-|-|1"}, problems: []string{"2 price ambiguous-number", "3 price ambiguous-number"},
		},
		{
			kind: 12, says: "texts of a sheet", file: "a.xlsx",
			content: filestest.WorkbookOf(t, "", filestest.SheetOf(filestest.Inline("Stok Kodu", "Fiyat"), filestest.Inline("A1", "12.500 TL"), `<row><c t="str"><v>A2</v></c><c><v>7.5</v></c></row>`)),
			want:    []string{"A1", "A2|-|-|-|7.5"}, questions: both[:1],
		},
	})
}

func repeatedText(text string, n int) []string {
	all := make([]string, n)
	for i := range all {
		all[i] = text
	}
	return all
}

// A price of 0 is taken from no file without being asked.
func TestKinds_ofPricesOfZero(t *testing.T) {
	const content = "Stok Kodu;Ürün Adı;Fiyat;Stok\nA1;Kupa;0,00;10\nA2;Tabak;12,50;5\nA3;Kase;0 TL;0\nA4;Bıçak;;1\n"
	left := []string{"A1|-|Kupa|-|-|-|10", "A2|-|Tabak|-|12.5|-|5", "A3|-|Kase|-|-|-|0", "A4|-|Bıçak|-|-|-|1"}
	listed := []string{"2 price price-zero", "4 price price-zero"}
	proveKinds(t, []kindCase{
		{says: "prices of 0", file: "a.csv", content: content, want: left, problems: listed},
		{
			says: "prices of 0 that are left", file: "a.csv", content: content, want: left, problems: listed,
			reading: listing.Reading{Answers: listing.Answers{"zero:Fiyat": "leave"}},
		},
		{
			says: "prices of 0 that are taken", file: "a.csv", content: content, notes: []string{"currency Fiyat 1"},
			want:    []string{"A1|-|Kupa|-|0|-|10", "A2|-|Tabak|-|12.5|-|5", "A3|-|Kase|-|0|TRY|0", "A4|-|Bıçak|-|-|-|1"},
			reading: listing.Reading{Answers: listing.Answers{"zero:Fiyat": "take"}},
		},
		{
			says: "prices of 0 with an answer that is none", file: "a.csv", content: content, want: left, problems: listed,
			reading: listing.Reading{Answers: listing.Answers{"zero:Fiyat": "TAKE", "zero": "take"}},
		},
		{
			says: "a price of 0 in a sheet", file: "a.xlsx",
			content: filestest.WorkbookOf(t, "", filestest.SheetOf(filestest.Inline("Stok Kodu", "Fiyat"), `<row><c t="str"><v>A1</v></c><c><v>0</v></c></row>`, `<row><c t="str"><v>A2</v></c><c><v>1</v></c></row>`)),
			want:    []string{"A1", "A2|-|-|-|1"}, problems: []string{"2 price price-zero"},
		},
		{
			says: "prices of 0 in a feed", file: "a.xml", content: "<r><p><kod>A1</kod><fiyat>0</fiyat></p><p><kod>A2</kod><fiyat>-0.00</fiyat></p></r>",
			want: []string{"A1", "A2"}, problems: []string{"1 price price-zero", "1 price price-zero"},
		},
	})
}

// A price of 0 is not taken unasked, and a file with one in it goes in all the same: the choice is shown.
func TestProducts_showsTheChoiceOfPricesOfZero(t *testing.T) {
	f := opened(t, filestest.Written(t, "a.csv", "Kod;Fiyat\nA1;0,00\nA2;5\nA3;0\n"))
	for _, err := range Products(f, mapping.Of(f.Header())) {
		if err != nil {
			t.Fatal(err)
		}
	}
	want := listing.Question{
		ID: "zero:Fiyat", Kind: listing.AskZero, About: "Fiyat", Choices: []string{"leave", "take"}, Samples: []string{"0,00", "0"}, Chosen: "leave",
	}
	if got := f.Account().Questions; len(got) != 1 || !reflect.DeepEqual(got[0], want) {
		t.Errorf("%+v, want %+v", got, want)
	}
}
