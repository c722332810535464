package files

import (
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"

	"github.com/sopyo/sopyo-desktop/domain/listing"
	"github.com/sopyo/sopyo-desktop/storage/files/filestest"
)

// What stands around a printed number is no part of it, whoever has put it there.
func TestKinds_ofBarcodesInFurtherDresses(t *testing.T) {
	const columns = "Stok Kodu;Barkod;Ürün Adı\n"
	proveKinds(t, []kindCase{
		{
			kind: 8, says: "what the number is called, in Turkish", file: "a.csv",
			content: columns + "K1;Barkod No: 8690632059150;a\nK2;Barkodu: 8690632059150;a\nK3;BARKOD 8690632059150;a\nK4;Barkod No. 8690632059150;a\nK5;Barkod Numarası : 8690632059150;a\n",
			want: []string{
				"K1|Barkod No: 8690632059150|a", "K2|Barkodu: 8690632059150|a", "K3|BARKOD 8690632059150|a", "K4|Barkod No. 8690632059150|a", "K5|Barkod Numarası : 8690632059150|a",
			},
			notes: []string{"decorated Barkod 5"},
		},
		{
			kind: 8, says: "behind the number, and around it", file: "a.csv",
			content: columns + "K1;8690632059150 (EAN);a\nK2;8690632059150 EAN-13;a\nK3;#8690632059150;a\nK4;[8690632059150];a\nK5;8690632059150/;a\nK6;“8690632059150”;a\nK7;(8690632059150);a\n",
			want: []string{
				"K1|8690632059150 (EAN)|a", "K2|8690632059150 EAN-13|a", "K3|#8690632059150|a", "K4|[8690632059150]|a", "K5|8690632059150/|a", "K6|“8690632059150”|a", "K7|(8690632059150)|a",
			},
			notes: []string{"decorated Barkod 7"},
		},
		{
			kind: 8, says: "quotes and Excel's apostrophe", file: "a.csv",
			content: columns + "K1;'8690632059150;a\nK2;\"\"\"8690632059150\"\"\";a\nK3;'869-0632-059150;a\nK4;'8690632059150';a\n",
			want:    []string{"K1|8690632059150|a", "K2|\"8690632059150\"|a", "K3|'869-0632-059150|a", "K4|'8690632059150'|a"},
			notes:   []string{"decorated Barkod 3"},
		},
		{
			kind: 8, says: "GS1's own brackets, with what follows the number", file: "a.csv",
			content: columns + "K1;(01)08690632059150;a\nK2;(01) 08690632059150;a\nK3;(01)08690632059150(17)261231(10)L12345678;a\n",
			want:    []string{"K1|(01)08690632059150|a", "K2|(01) 08690632059150|a", "K3|(01)08690632059150(17)261231(10)L12345678|a"},
			notes:   []string{"decorated Barkod 3"},
		},
		{
			kind: 8, says: "a sheet", file: "a.xlsx",
			content: filestest.WorkbookOf(t, "", filestest.SheetOf(filestest.Inline("Stok Kodu", "Barkod", "Ürün Adı"), filestest.Inline("K1", "Barkod: 8690632059150", "Kupa"), filestest.Inline("K2", "[EAN] 8690632059150", "Tabak"))),
			want:    []string{"K1|Barkod: 8690632059150|Kupa", "K2|[EAN] 8690632059150|Tabak"}, notes: []string{"decorated Barkod 2"},
		},
		{
			kind: 8, says: "hostile: dresses of what is none, and of two", file: "a.csv",
			content: columns + "K1;(01)8690632059150;a\nK2;(02)08690632059150;a\nK3;#8690632059151;a\nK4;[8690632059150;a\nK5;8690632059150 (M);a\nK6;Barkod: Barkod: 8690632059150;a\nK7;[8690632059150][4006381333931];a\n" +
				"K8;(01)08690632059150(01)04006381333931;a\nK9;EAN;a\nL1;8690632059150 (2 adet);a\nL2;975-323-123-X;a\n",
			want: []string{
				"K1|(01)8690632059150|a", "K2|(02)08690632059150|a", "K3|#8690632059151|a", "K4|[8690632059150|a", "K5|8690632059150 (M)|a", "K6|Barkod: Barkod: 8690632059150|a",
				"K7|[8690632059150][4006381333931]|a", "K8|(01)08690632059150(01)04006381333931|a", "K9|EAN|a", "L1|8690632059150 (2 adet)|a", "L2|975-323-123-X|a",
			},
			problems: []string{"8 barcode barcode-several", "9 barcode barcode-several"},
		},
	})
}

// What is called Kur may be a currency, or what one costs.
func TestKinds_ofRatesThatAreNoCurrencies(t *testing.T) {
	const columns = "Stok Kodu;Ürün Adı;Fiyat;Kur\n"
	proveKinds(t, []kindCase{
		{
			kind: 25, says: "rates", file: "a.csv", content: columns + "A1;Kupa;12,50;34,25\nA2;Tabak;13,50;34,25\n",
			want: []string{"A1|-|Kupa|-|12.5", "A2|-|Tabak|-|13.5"}, ignored: []string{"Kur"},
		},
		{
			kind: 25, says: "rates in lira, and some that are missing", file: "a.csv", content: columns + "A1;Kupa;12,50;34,25 TL\nA2;Tabak;13,50;\nA3;Kase;14,50 USD;1\n",
			want: []string{"A1|-|Kupa|-|12.5", "A2|-|Tabak|-|13.5", "A3|-|Kase|-|14.5|USD"}, ignored: []string{"Kur"}, notes: []string{"currency Fiyat 1"},
		},
		{
			kind: 25, says: "rates of a sheet", file: "a.xlsx",
			content: filestest.WorkbookOf(t, "", filestest.SheetOf(filestest.Inline("Stok Kodu", "Fiyat", "KUR"), `<row><c t="str"><v>A1</v></c><c><v>12.5</v></c><c><v>34.25</v></c></row>`)),
			want:    []string{"A1|-|-|-|12.5"}, ignored: []string{"KUR"},
		},
		{
			kind: 25, says: "rates of a feed", file: "a.xml", content: "<r><p><kod>A1</kod><fiyat>12.50</fiyat><kur>34.2500</kur></p><p><kod>A2</kod><fiyat>13.50</fiyat><kur>1</kur></p></r>",
			want: []string{"A1|-|-|-|12.5", "A2|-|-|-|13.5"}, ignored: []string{"kur"},
		},
		{
			kind: 25, says: "currencies", file: "a.csv", content: columns + "A1;Kupa;12,50;USD\nA2;Tabak;13,50;\nA3;Kase;14,50;€\n",
			want: []string{"A1|-|Kupa|-|12.5|USD", "A2|-|Tabak|-|13.5", "A3|-|Kase|-|14.5|EUR"},
		},
		{
			kind: 25, says: "a column that a person has chosen", file: "a.csv", content: columns + "A1;Kupa;12,50;34,25\n", chosen: map[listing.Field]string{listing.Currency: "Kur"},
			want: []string{"A1|-|Kupa"}, problems: []string{"2 currency unknown-currency"},
		},
		{
			kind: 25, says: "hostile: both in one column, and currencies that nobody knows", file: "a.csv", content: columns + "A1;Kupa;12,50;34,25\nA2;Tabak;13,50;USD\nA3;Kase;14,50;CHF\n",
			want: []string{"A1|-|Kupa", "A2|-|Tabak|-|13.5|USD", "A3|-|Kase"}, problems: []string{"2 currency unknown-currency", "4 currency unknown-currency"},
		},
		{
			kind: 25, says: "hostile: rates that say of which currency", file: "a.csv", content: columns + "A1;Kupa;12,50;34,25 TL\nA2;Tabak;13,50;$ 34,25\n",
			want: []string{"A1|-|Kupa", "A2|-|Tabak"}, problems: []string{"2 currency unknown-currency", "3 currency unknown-currency"},
		},
		{
			kind: 25, says: "hostile: numbers that stand for currencies", file: "a.csv", content: "Stok Kodu;Ürün Adı;Fiyat;Döviz Türü\nA1;Kupa;12,50;0\nA2;Tabak;13,50;1\n",
			want: []string{"A1|-|Kupa", "A2|-|Tabak"}, problems: []string{"2 currency unknown-currency", "3 currency unknown-currency"},
		},
	})
}

// A state may be a sign.
func TestKinds_ofStatesInSigns(t *testing.T) {
	proveKinds(t, []kindCase{
		{
			kind: 14, says: "ticks and crosses", file: "a.csv", content: "Kod;Ad;Aktif\nA1;Kupa;✓\nA2;Tabak;✗\nA3;Kase;✔️\nA4;Tas;❌\nA5;Cam;\n",
			want: []string{"A1|-|Kupa", "A2|-|Tabak|-|-|-|-|-|passive", "A3|-|Kase", "A4|-|Tas|-|-|-|-|-|passive", "A5|-|Cam"},
		},
		{
			kind: 14, says: "boxes, ticked and empty", file: "a.csv", content: "Kod;Ad;Satışta\nA1;Kupa;☑\nA2;Tabak;☐\nA3;Kase;✅\n",
			want: []string{"A1|-|Kupa", "A2|-|Tabak|-|-|-|-|-|passive", "A3|-|Kase"},
		},
		{
			kind: 14, says: "a crossed box beside an empty one is a chosen one", file: "a.csv", content: "Kod;Ad;Satışta mı?\nA1;Kupa;☒\nA2;Tabak;☐\n",
			want: []string{"A1|-|Kupa", "A2|-|Tabak|-|-|-|-|-|passive"},
		},
		{
			kind: 14, says: "a crossed box beside a ticked one is none", file: "a.csv", content: "Kod;Ad;Durum\nA1;Kupa;☑\nA2;Tabak;☒\n",
			want: []string{"A1|-|Kupa", "A2|-|Tabak|-|-|-|-|-|passive"},
		},
		{
			kind: 14, says: "ticks at those that are out", file: "a.csv", content: "Kod;Ad;Pasif\nA1;Kupa;✓\nA2;Tabak;✗\nA3;Kase;\n",
			want: []string{"A1|-|Kupa|-|-|-|-|-|passive", "A2|-|Tabak", "A3|-|Kase"},
		},
		{
			kind: 14, says: "a word, and a sign with a word", file: "a.csv",
			content: "Kod;Ad;Durum\nA1;Kupa;Satışta\nA2;Tabak;Satışta değil\nA3;Kase;İptal\nA4;Tas;Durduruldu\nA5;Cam;İptal edildi\nA6;Tava;✓ Aktif\nA7;Tepsi;Satışı durduruldu\nA8;Kova;Geçici Kapalı\n",
			want: []string{
				"A1|-|Kupa", "A2|-|Tabak|-|-|-|-|-|passive", "A3|-|Kase|-|-|-|-|-|passive", "A4|-|Tas|-|-|-|-|-|passive", "A5|-|Cam|-|-|-|-|-|passive", "A6|-|Tava",
				"A7|-|Tepsi|-|-|-|-|-|passive", "A8|-|Kova|-|-|-|-|-|passive",
			},
		},
		{
			kind: 14, says: "Açık and Kapalı, Evet and Hayır", file: "a.csv", content: "Kod;Ad;Satış Durumu;Yayında mı\nA1;Kupa;Açık;Evet\nA2;Tabak;KAPALI;Evet\nA3;Kase;açık;HAYIR\n",
			want: []string{"A1|-|Kupa", "A2|-|Tabak|-|-|-|-|-|passive", "A3|-|Kase|-|-|-|-|-|passive"},
		},
		{
			kind: 14, says: "headers that say only what it is about", file: "a.csv", content: "Kod;Ad;Satış;İptal\nA1;Kupa;Açık;Hayır\nA2;Tabak;Kapalı;Hayır\nA3;Kase;Açık;Evet\n",
			want: []string{"A1|-|Kupa", "A2|-|Tabak|-|-|-|-|-|passive", "A3|-|Kase|-|-|-|-|-|passive"},
		},
		{
			kind: 14, says: "hostile: a word that is not chosen", file: "a.csv", content: "Kod;Ad;Durum\nA1;Kupa;☑ Aktif\nA2;Tabak;☐ Aktif\nA3;Kase;❌ Pasif\n",
			want: []string{"A1|-|Kupa", "A2|-|Tabak", "A3|-|Kase|-|-|-|-|-|passive"}, problems: []string{"3 state unknown-state"},
		},
		{
			kind: 14, says: "hostile: sales that are numbers are no states", file: "a.csv", content: "Kod;Ad;Satış;Yayın\nA1;Kupa;1;2019\nA2;Tabak;0;2020\n",
			want: []string{"A1|-|Kupa", "A2|-|Tabak"}, ignored: []string{"Satış", "Yayın"},
		},
		{
			kind: 14, says: "hostile: crosses alone at those that are out, and a sign that nobody knows", file: "a.csv", content: "Kod;Ad;Pasif;Aktif\nA1;Kupa;✗;✓\nA2;Tabak;;★\n",
			want: []string{"A1|-|Kupa", "A2|-|Tabak"}, problems: []string{"3 state unknown-state"}, ignored: []string{"Pasif"},
		},
	})
}

// The other rows tell which of two readings of a row with too many cells is meant.
func TestKinds_ofShiftedCellsThatOtherRowsDecide(t *testing.T) {
	const columns = "kod,ad,stok,fiyat\n"
	proveKinds(t, []kindCase{
		{
			kind: 2, says: "stocks are never in thousands elsewhere", file: "a.csv", content: columns + "A1,Kupa,10,129,90\nA2,Tabak,5,59\nA3,Kase,3,220\n",
			want: []string{"A1|-|Kupa|-|129.9|-|10", "A2|-|Tabak|-|59|-|5", "A3|-|Kase|-|220|-|3"}, notes: []string{"shifted 1"},
		},
		{
			kind: 2, says: "no price begins with a zero", file: "a.csv", content: columns + "A1,Kupa,10,129,00\nA2,Tabak,5,149,05\n",
			want: []string{"A1|-|Kupa|-|129|-|10", "A2|-|Tabak|-|149.05|-|5"}, notes: []string{"shifted 2"},
		},
		{
			kind: 2, says: "a cell of the column in quotes decides", file: "a.csv", content: columns + "A1,Kupa,10,129,90\nA2,Tabak,5,\"59,90\"\n",
			want: []string{"A1|-|Kupa|-|129.9|-|10", "A2|-|Tabak|-|59.9|-|5"}, notes: []string{"shifted 1"},
		},
		{
			kind: 2, says: "stocks in thousands elsewhere", file: "a.csv", content: columns + "A1,Kupa,10,129,90\nA2,Tabak,\"5,250\",59\nA3,Kase,\"1,250,000\",60\n",
			want: []string{"A1|-|Kupa|-|90|-|10129", "A2|-|Tabak|-|59|-|5250", "A3|-|Kase|-|60|-|1250000"}, notes: []string{"shifted 1"},
		},
		{
			kind: 2, says: "a price in thousands is none of the stock", file: "a.csv", content: "kod,ad,fiyat,stok\nA1,Kupa,129,90,10\nA2,Tabak,59,5\nA3,Koltuk,1299,90,2\n",
			want: []string{"A1|-|Kupa|-|129.9|-|10", "A2|-|Tabak|-|59|-|5", "A3|-|Koltuk|-|1299.9|-|2"}, notes: []string{"shifted 2"},
		},
		{
			kind: 2, says: "two prices, one of which nothing is read from", file: "a.csv", content: "kod,ad,alış fiyatı,satış fiyatı,stok\nA1,Kupa,99,50,129,90,10\nA2,Tabak,49,50,59,90,5\n",
			want: []string{"A1|-|Kupa|-|129.9|-|10", "A2|-|Tabak|-|59.9|-|5"}, notes: []string{"shifted 2"}, ignored: []string{"alış fiyatı"},
		},
		{
			kind: 2, says: "an empty cell behind cells that have to be joined", file: "a.csv",
			content: "kod,ad,fiyat,stok,marka\nA1,Tencere,4259,127,Zeta\nA2,Boya,5,05,4,\nA3,Tava, kapaklı,529,45,\nA4,Kase,12,3,Acme,\nA5,Tas,13,3,,\n",
			want:    []string{"A1|-|Tencere|Zeta|4259|-|127", "A2|-|Boya|-|5.05|-|4", "A3|-|Tava, kapaklı|-|529|-|45", "A4|-|Kase|Acme|12|-|3", "A5|-|Tas|-|13|-|3"}, notes: []string{"shifted 2"},
		},
		{
			kind: 2, says: "every row ends with a separator", file: "a.csv", content: "kod,ad,fiyat,stok,marka\n" + strings.Repeat("A1,Kupa,12,3,,\n", 8) + "A2,Kase,13,3,Acme,\nA3,Tas,13,50,3,,\n",
			want: append(repeatedText("A1|-|Kupa|-|12|-|3", 8), "A2|-|Kase|Acme|13|-|3", "A3|-|Tas|-|13.5|-|3"), notes: []string{"shifted 1"},
		},
		{
			kind: 2, says: "hostile: points elsewhere, and a comma that is of neither column", file: "a.csv", content: columns + "A1,Kupa,10,129,90\nA2,Tabak,5,59.90\n",
			want: []string{"A2|-|Tabak|-|59.9|-|5"}, problems: []string{"2 name shifted-cells"},
		},
		{
			kind: 2, says: "hostile: nothing decides", file: "a.csv", content: columns + "A1,Kupa,10,129,90\nA2,Tabak,5,159,90\n",
			problems: []string{"2 name shifted-cells", "3 name shifted-cells"},
		},
	})
}

// A number that is shown in thousands, or with a mark put into it, is not the one that a person sees.
func TestKinds_ofNumbersThatAreShownInThousands(t *testing.T) {
	header := rowOf("Stok Kodu", "Ürün Adı", "Satış Fiyatı", "Stok")
	proveKinds(t, []kindCase{
		{
			kind: 4, says: "thousands and millions", file: "a.xlsx", content: booked(t, []string{"#,##0,", "0.0,,", `#,##0.00,"K"`}, header,
				rowOf("A1", "Kupa", "=12500 1", "=3"), rowOf("A2", "Tabak", "=12.5", "=25000 1"), rowOf("A3", "Kase", "=1500000 2", "=4"), rowOf("A4", "Tas", "=129.9 3", "=5")),
			want:     []string{"A1|-|Kupa|-|-|-|3", "A2|-|Tabak|-|12.5", "A3|-|Kase|-|-|-|4", "A4|-|Tas|-|-|-|5"},
			problems: []string{"2 price scaled-number", "3 stock scaled-number", "4 price scaled-number", "5 price scaled-number"},
		},
		{
			kind: 4, says: "thousands with a currency", file: "a.xlsx", content: booked(t, []string{`#,##0, "TL"`, "[$$-409]#,##0.0,"}, header,
				rowOf("A1", "Kupa", "=12500 1", "=3"), rowOf("A2", "Tabak", "=12500 2", "=3")),
			want: []string{"A1|-|Kupa|-|-|-|3", "A2|-|Tabak|-|-|-|3"}, problems: []string{"2 price scaled-number", "3 price scaled-number"},
		},
		{
			kind: 4, says: "digits and a mark that the format puts in", file: "a.xlsx", content: booked(t, []string{`0\.00`, `0"000"`, `0","00`, `#\.##0`}, header,
				rowOf("A1", "Kupa", "=12990 1", "=3 2"), rowOf("A2", "Tabak", "=12990 3", "=4"), rowOf("A3", "Kase", "=12500 4", "=5")),
			want:     []string{"A1|-|Kupa", "A2|-|Tabak|-|-|-|4", "A3|-|Kase|-|12500|-|5"},
			problems: []string{"2 price scaled-number", "2 stock scaled-number", "3 price scaled-number"},
		},
		{
			kind: 4, says: "codes keep all that is stored", file: "a.xlsx", content: booked(t, []string{"#,##0,", `0\.00`}, header, rowOf("=12500 1", "Kupa", "=5", "=3"), rowOf("=12500 2", "Tabak", "=5", "=3")),
			want: []string{"12500|-|Kupa|-|5|-|3", "125.00|-|Tabak|-|5|-|3"}, problems: []string{"2 code scaled-number"}, notes: []string{"format Stok Kodu 1"},
		},
		{
			kind: 4, says: "a mark between thousands is no scale", file: "a.xlsx", content: booked(t, []string{"#,##0", "#,##0.00", `#,##0_);(#,##0)`, "# ##0"}, header,
				rowOf("A1", "Kupa", "=12500 1", "=3"), rowOf("A2", "Tabak", "=12500.5 2", "=3"), rowOf("A3", "Kase", "=12500 3", "=3"), rowOf("A4", "Tas", "=12500 4", "=3")),
			want: []string{"A1|-|Kupa|-|12500|-|3", "A2|-|Tabak|-|12500.5|-|3", "A3|-|Kase|-|12500|-|3", "A4|-|Tas|-|12500|-|3"},
		},
		{
			kind: 4, says: "hostile: a scale in one section alone, of a percent, and of nothing", file: "a.xlsx",
			content: booked(t, []string{`[>999]#,##0,"K";0`, "0,%", ",0", "0,;;;"}, header,
				rowOf("A1", "Kupa", "=500 1", "=3"), rowOf("A2", "Tabak", "=1500 1", "=3"), rowOf("A3", "Kase", "=5 2", "=3"), rowOf("A4", "Tas", "=5 3", "=3"), rowOf("A5", "Cam", "=5 4", "=3")),
			want:     []string{"A1|-|Kupa|-|500|-|3", "A2|-|Tabak|-|-|-|3", "A3|-|Kase|-|-|-|3", "A4|-|Tas|-|-|-|3", "A5|-|Cam|-|-|-|3"},
			problems: []string{"3 price scaled-number", "4 price scaled-number", "5 price scaled-number", "6 price scaled-number"},
		},
	})
}

// What is written in other letters than Latin ones is not read as Turkish.
func TestKinds_ofOtherLettersThanLatin(t *testing.T) {
	const head = "Stok Kodu;Urun Adi;Fiyat\n"
	const text = head + "A1;Кружка синяя;12,50\nA2;ТАРЕЛКА Глубокая;13,50\n"
	want := []string{"A1|-|Кружка синяя|-|12.5", "A2|-|ТАРЕЛКА Глубокая|-|13.5"}
	arabic := filestest.In8(t, charmap.Windows1256, head+"A1;كوب أزرق كبير;12,50\n")
	proveKinds(t, []kindCase{
		{kind: 9, says: "Windows-1251", file: "a.csv", content: filestest.In8(t, charmap.Windows1251, text), want: want},
		{kind: 9, says: "KOI8-R", file: "a.csv", content: filestest.In8(t, charmap.KOI8R, text), want: want},
		{kind: 9, says: "the Cyrillic of MS-DOS", file: "a.csv", content: filestest.In8(t, charmap.CodePage866, text), want: want},
		{
			kind: 9, says: "Bulgarian and Ukrainian", file: "a.csv", content: filestest.In8(t, charmap.Windows1251, head+"A1;Чаша за кафе;12,50\nA2;Чашка їдальня синя;13,50\n"),
			want: []string{"A1|-|Чаша за кафе|-|12.5", "A2|-|Чашка їдальня синя|-|13.5"},
		},
		{
			kind: 9, says: "Turkish in capitals stays Turkish", file: "a.csv", content: filestest.In8(t, charmap.Windows1254, "Stok Kodu;Ürün Adı;Fiyat\nA1;ÖĞÜTÜCÜ İŞİ ÇÖP ŞİŞ;12,50\nA2;Söğüş üçü Öğüş;13,50\n"),
			want: []string{"A1|-|ÖĞÜTÜCÜ İŞİ ÇÖP ŞİŞ|-|12.5", "A2|-|Söğüş üçü Öğüş|-|13.5"},
		},
		{kind: 9, says: "chosen", file: "a.csv", content: filestest.In8(t, charmap.KOI8R, text), reading: listing.Reading{Encoding: "koi8-r"}, want: want},
		{
			kind: 9, says: "a feed that says so", file: "a.xml",
			content: filestest.In8(t, charmap.Windows1251, `<?xml version="1.0" encoding="windows-1251"?><r><p><kod>A1</kod><name>Кружка</name></p><p><kod>A2</kod><name>Тарелка</name></p></r>`),
			want:    []string{"A1|-|Кружка", "A2|-|Тарелка"},
		},
		{
			kind: 9, says: "a feed that says so of a short word", file: "a.xml",
			content: filestest.In8(t, charmap.KOI8R, `<?xml version="1.0" encoding="koi8-r"?><r><p><kod>A1</kod><name>чай</name></p><p><kod>A2</kod><name>Tea</name></p></r>`), want: []string{"A1|-|чай", "A2|-|Tea"},
		},
		{
			kind: 9, says: "a feed that does not tell the truth", file: "a.xml", notes: []string{"encoding 1"},
			content: filestest.In8(t, charmap.Windows1251, `<?xml version="1.0" encoding="windows-1254"?><r><p><kod>A1</kod><name>Кружка синяя</name></p><p><kod>A2</kod><name>Тарелка глубокая</name></p></r>`),
			want:    []string{"A1|-|Кружка синяя", "A2|-|Тарелка глубокая"},
		},
		{kind: 9, says: "the Cyrillic of ISO 8859", file: "a.csv", content: filestest.In8(t, charmap.ISO8859_5, text), want: want},
		{
			kind: 9, says: "Greek", file: "a.csv", content: filestest.In8(t, charmap.Windows1253, head+"A1;Κούπα μπλε κεραμική;12,50\nA2;ΠΙΑΤΟ ΛΕΥΚΟ;13,50\n"),
			want: []string{"A1|-|Κούπα μπλε κεραμική|-|12.5", "A2|-|ΠΙΑΤΟ ΛΕΥΚΟ|-|13.5"},
		},
		{
			kind: 9, says: "hostile: neither of them, answered", file: "a.csv", content: arabic, reading: listing.Reading{Answers: listing.Answers{"encoding": "windows-1256"}},
			want: []string{"A1|-|كوب أزرق كبير|-|12.5"},
		},
		{
			kind: 9, says: "hostile: neither of them, open", file: "a.csv", content: arabic, questions: []string{"encoding"}, want: []string{"A1|-|ßæÈ ÃÒÑŞ ßÈíÑ|-|12.5"},
		},
		{
			kind: 9, says: "hostile: a line drawn between Turkish words of MS-DOS", file: "a.csv", content: inDOS.Replace("Kod;Ad\nA1;Çay Kaşığı İĞNE\n") + strings.Repeat("\xc4", 40) + ";\n", want: []string{"A1|-|Çay Kaşığı İĞNE", strings.Repeat("─", 40)},
		},
		{
			kind: 9, says: "hostile: one word of three letters", file: "a.csv", content: filestest.In8(t, charmap.Windows1254, "Kod;Ad\nA1;Üç\n"), want: []string{"A1|-|Üç"},
		},
	})
}

// Blanks around a quoted cell belong to neither the cell nor its neighbours.
func TestKinds_ofBlanksAroundQuotes(t *testing.T) {
	const kept = "Kod;Ad;Fiyat;Stok\n"
	const commas = "Kod, Ad, Fiyat, Stok\n"
	proveKinds(t, []kindCase{
		{
			kind: 1, says: "before the quote", file: "a.csv", content: kept + "A1; \"Kupa, mavi\";12,50;3\nA2;  \"Tabak; ak\";\t\"9,90\";4\n",
			want: []string{"A1|-|Kupa, mavi|-|12.5|-|3", "A2|-|Tabak; ak|-|9.9|-|4"},
		},
		{
			kind: 1, says: "behind every comma", file: "a.csv", content: commas + "A1, \"Kupa, mavi\", \"12,50\", 3\nA2, \"Tabak\", \"9,90\", 4\n",
			want: []string{"A1|-|Kupa, mavi|-|12.5|-|3", "A2|-|Tabak|-|9.9|-|4"},
		},
		{
			kind: 1, says: "on both sides, of the header too", file: "a.csv", content: "\"Kod\" ; \"Ad\" ; \"Fiyat\"\n\"A1\" ; \"Kupa; mavi\" ; \"12,50\"\n\"A2\" ; \"\" ; \"9,90\"\n",
			want: []string{"A1|-|Kupa; mavi|-|12.5", "A2|-|-|-|9.9"},
		},
		{
			kind: 1, says: "doubled quotes, and a line end between them", file: "a.csv", content: commas + "A1, \"Kupa, \"\"mavi\"\"\nbüyük\" , \"12,50\", 3\nA2, \"Tabak\", \"9,90\", 4\n",
			want: []string{"A1|-|Kupa, \"mavi\"\nbüyük|-|12.5|-|3", "A2|-|Tabak|-|9.9|-|4"},
		},
		{
			kind: 1, says: "behind the quote", file: "a.csv", content: kept + "A1;\"Kupa; mavi\" ;12,50;3\nA2;\"Tabak\"" + strings.Repeat(" ", 60) + ";\"9,90\"\t;4\n",
			want: []string{"A1|-|Kupa; mavi|-|12.5|-|3", "A2|-|Tabak|-|9.9|-|4"},
		},
		{
			kind: 1, says: "hostile: a quote behind a blank that is text", file: "a.csv", content: kept + "A1; \"24 inç\" monitör;12,50;3\nA2; \"Raf;9,90;4\nA3; 15\" tepsi;8,90;5\nA4;Kase \"ak\" ;7,90;6\n",
			want: []string{"A1|-|\"24 inç\" monitör|-|12.5|-|3", "A2|-|\"Raf|-|9.9|-|4", "A3|-|15\" tepsi|-|8.9|-|5", "A4|-|Kase \"ak\"|-|7.9|-|6"},
		},
	})
}

// A heading need not be in capitals, and a product need not have a price.
func TestKinds_ofHeadingsInMixedCase(t *testing.T) {
	const columns = "Ürün Adı;Fiyat;Stok\n"
	proveKinds(t, []kindCase{
		{
			kind: 10, says: "between goods that are known by their names", file: "a.csv",
			content: columns + "Mutfak Ürünleri;;\nKupa;12,50;1\nTabak;13,50;2\nBanyo Ürünleri;;\nHavlu;5,50;3\n",
			want:    []string{"-|-|Kupa|-|12.5|-|1", "-|-|Tabak|-|13.5|-|2", "-|-|Havlu|-|5.5|-|3"}, noProduct: []int{2, 5}, problems: []string{"2 name heading", "5 name heading"},
		},
		{
			kind: 10, says: "a word alone, at the head of each part", file: "a.csv",
			content: columns + "Mutfak;;\nKupa;12,50;1\nTabak;13,50;2\nBanyo;;\nHavlu;5,50;3\nSabun;6,50;4\n",
			want:    []string{"-|-|Kupa|-|12.5|-|1", "-|-|Tabak|-|13.5|-|2", "-|-|Havlu|-|5.5|-|3", "-|-|Sabun|-|6.5|-|4"}, noProduct: []int{2, 5}, problems: []string{"2 name heading", "5 name heading"},
		},
		{
			kind: 10, says: "one within another, in a sheet", file: "a.xlsx",
			content: filestest.WorkbookOf(t, "", filestest.SheetOf(filestest.Inline("Ürün Adı", "Fiyat"), filestest.Inline("Ev Gereçleri", ""), filestest.Inline("Bardaklar", ""), filestest.Inline("Kupa", "12,50"), filestest.Inline("Tabaklar", ""), filestest.Inline("Kase", "13,50"), filestest.Inline("Çukur tabak", "14,50"))),
			want:    []string{"-|-|Kupa|-|12.5", "-|-|Kase|-|13.5", "-|-|Çukur tabak|-|14.5"}, noProduct: []int{2, 3, 5}, problems: []string{"2 name heading", "3 name heading", "5 name heading"},
		},
		{
			kind: 10, says: "products without a price among others", file: "a.csv",
			content: columns + "Kupa;12,50;1\nFincan;;\nTabak;13,50;2\nSürahi;;\n", want: []string{"-|-|Kupa|-|12.5|-|1", "-|-|Fincan", "-|-|Tabak|-|13.5|-|2", "-|-|Sürahi"},
		},
		{
			kind: 10, says: "names alone where codes and prices have columns that hardly anybody fills", file: "a.csv",
			content: "Kod;Ürün Adı;Fiyat\n;Kupa;\n;Tabak;\nA3;Kase;12,50\n;Çatal;\n", want: []string{"-|-|Kupa", "-|-|Tabak", "A3|-|Kase|-|12.5", "-|-|Çatal"},
		},
		{
			kind: 10, says: "names alone where nobody fills the price", file: "a.csv",
			content: "Kod;Ürün Adı;Fiyat\n;KUPA;\n;TABAK;\n", want: []string{"-|-|KUPA", "-|-|TABAK"},
		},
		{
			kind: 10, says: "hostile: the first product lacks its price, and so do two in a row", file: "a.csv",
			content: columns + "Kupa;;\nTabak;13,50;2\nKase;;\nFincan;;\nÇatal;1,50;2\nKaşık;1,50;2\n",
			want:    []string{"-|-|Kupa", "-|-|Tabak|-|13.5|-|2", "-|-|Kase", "-|-|Fincan", "-|-|Çatal|-|1.5|-|2", "-|-|Kaşık|-|1.5|-|2"},
		},
	})
}

// The columns that a person names tell where the header is.
func TestKinds_ofHeadersThatAPersonNames(t *testing.T) {
	chosen := map[listing.Field]string{listing.Code: "Artikel", listing.Name: "Bezeichnung", listing.Price: "VK"}
	want := []string{"A1|-|Kupa|-|12.5"}
	proveKinds(t, []kindCase{
		{
			kind: 7, says: "below a title", file: "a.csv", content: "Firma X;Tel;555\nAdres;Y;Z\nArtikel;Bezeichnung;VK\nA1;Kupa;12,50\n", chosen: chosen, want: want,
		},
		{
			kind: 7, says: "below a row that looks more like one", file: "a.csv", content: "Fiyat;Stok Kodu;Ürün Adı\n;;\nARTIKEL;Bezeichnung;vk\nA1;Kupa;12,50\n", chosen: chosen, want: want,
		},
		{
			kind: 7, says: "one of them alone is named", file: "a.csv", content: "Liste;2026;;\nÜrün;Barkod;Ref;X\nKod;Artikel;Ref;Fiyat\nR;A1;9;12,50\n",
			chosen: map[listing.Field]string{listing.Code: "Artikel"}, want: []string{"A1|-|-|-|12.5"}, ignored: []string{"Kod", "Ref"},
		},
		{
			kind: 7, says: "in a sheet, and in another than the first", file: "a.xlsx",
			content: filestest.WorkbookOf(t, "", filestest.SheetOf(filestest.Inline("Firma", "X"), filestest.Inline("1", "2")), filestest.SheetOf(filestest.Inline("Firma X", "Tel", "555"), filestest.Inline("Artikel", "Bezeichnung", "VK"), filestest.Inline("A1", "Kupa", "12,50"))),
			chosen:  chosen, want: want,
		},
		{
			kind: 7, says: "several of a field", file: "a.csv", content: "Firma X;Tel;555;\nArtikel;Bezeichnung;Aktion;VK\nA1;Kupa;;12,50\n",
			chosen: map[listing.Field]string{listing.Code: "Artikel", listing.Name: "Bezeichnung", listing.Price: "Aktion|VK"}, want: want,
		},
		{
			kind: 7, says: "hostile: one name, which is a product's too", file: "a.csv", content: "Liste;2026;;\nÜrün;Artikel;Fiyat\nKupa;A1;12,50\nArtikel;A2;13,50\n",
			chosen: map[listing.Field]string{listing.Code: "Artikel"}, want: []string{"A1|-|Kupa|-|12.5", "A2|-|Artikel|-|13.5"},
		},
		{
			kind: 7, says: "by letters and numbers all is as it was", file: "a.csv", content: "Liste;2026;A\nKod;Ad;Fiyat\nA;Kupa;12,50\n", chosen: map[listing.Field]string{listing.Code: "A", listing.Name: "2"},
			want: []string{"A|-|Kupa|-|12.5"},
		},
		{
			kind: 7, says: "a row that is said to be it goes over the names", file: "a.csv", content: "Artikel;Bezeichnung;VK\nArtikel;Bezeichnung;VK\nA1;Kupa;12,50\n", chosen: chosen, reading: listing.Reading{HeaderRow: 2}, want: want,
		},
		{
			kind: 7, says: "hostile: names that are nowhere, and one that is a product's", file: "a.csv", content: "Kod;Ad;Fiyat\nA1;Artikel;12,50\n", chosen: chosen, detail: "invalid (Artikel): file.unknown-column",
		},
	})
}
