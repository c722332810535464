package files

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"

	"github.com/sopyo/sopyo-desktop/domain/exports"
	"github.com/sopyo/sopyo-desktop/domain/listing"
	"github.com/sopyo/sopyo-desktop/storage/files/export"
	"github.com/sopyo/sopyo-desktop/storage/files/filestest"
)

// Turkish letters as MS-DOS and the old Mac OS wrote them, by the tables of IBM and Apple.
var (
	inDOS = strings.NewReplacer("ç", "\x87", "Ç", "\x80", "ğ", "\xa7", "Ğ", "\xa6", "ı", "\x8d", "İ", "\x98",
		"ö", "\x94", "Ö", "\x99", "ş", "\x9f", "Ş", "\x9e", "ü", "\x81", "Ü", "\x9a", "â", "\x83", "é", "\x82")
	inMac = strings.NewReplacer("ç", "\x8d", "Ç", "\x82", "ğ", "\xdb", "Ğ", "\xda", "ı", "\xdd", "İ", "\xdc",
		"ö", "\x9a", "Ö", "\x85", "ş", "\xdf", "Ş", "\xde", "ü", "\x9f", "Ü", "\x86", "â", "\x89", "é", "\x8e")
)

// twice writes a text in UTF-8, takes it for an 8-bit one, and writes that in UTF-8 again. What the table does not have
// stays the control character that it is in ISO 8859.
func twice(table *charmap.Charmap, s string) string {
	var b strings.Builder
	for _, c := range []byte(s) {
		if r := table.DecodeByte(c); r != '\ufffd' {
			b.WriteRune(r)
		} else {
			b.WriteRune(rune(c))
		}
	}
	return b.String()
}

func TestKinds_01_quotesThatAreText(t *testing.T) {
	const head = "sku\tname\tprice\tquantity\n"
	const kept = "Kod;Ad;Fiyat;Stok\n"
	proveKinds(t, []kindCase{
		{
			kind: 1, says: "a word in quotes begins a name, an inch ends another", file: "a.txt",
			content: head + "H-1\t\"Otomatik\" şemsiye\t199.90\t5\nH-2\tŞemsiye\t99.90\t4\nH-3\tTepsi 15\"\t89.90\t3\nH-4\tSon\t79.90\t2\n",
			want:    []string{"H-1|-|\"Otomatik\" şemsiye|-|199.9|-|5", "H-2|-|Şemsiye|-|99.9|-|4", "H-3|-|Tepsi 15\"|-|89.9|-|3", "H-4|-|Son|-|79.9|-|2"},
			notes:   []string{"quote name 1"},
		},
		{
			kind: 1, says: "one that is never closed", file: "a.csv",
			content: kept + "A1;\"24 inç monitör;10,00;1\nA2;Kablo;11,00;2\nA3;Fare;12,00;3\n",
			want:    []string{"A1|-|\"24 inç monitör|-|10|-|1", "A2|-|Kablo|-|11|-|2", "A3|-|Fare|-|12|-|3"},
			notes:   []string{"quote Ad 1"},
		},
		{
			kind: 1, says: "the rows between two of them fit the header, and so would what they enclose", file: "a.csv",
			content: kept + "A0;Klavye;9,00;1\nA1;\"24 inç monitör;10,00;1\nA2;Kablo;11,00;2\nA3;Stand 32\";12,00;3\nA4;Fare;13,00;4\n",
			want:    []string{"A0|-|Klavye|-|9|-|1", "A1|-|\"24 inç monitör|-|10|-|1", "A2|-|Kablo|-|11|-|2", "A3|-|Stand 32\"|-|12|-|3", "A4|-|Fare|-|13|-|4"},
			notes:   []string{"quote Ad 1"},
		},
		{
			kind: 1, says: "beside a cell that is quoted in order", file: "a.csv",
			content: kept + "A1;\"19 inç\" ekran;\"1.010,00\";1\nA2;\"Kablo; 2 m\";11,00;2\n",
			want:    []string{"A1|-|\"19 inç\" ekran|-|1010|-|1", "A2|-|Kablo; 2 m|-|11|-|2"}, notes: []string{"quote Ad 1"},
		},
		{
			kind: 1, says: "in the last column, one in every row, with bars", file: "a.txt",
			content: "kod|fiyat|stok|ad\nA1|10,00|1|\"A\" tipi fiş\nA2|11,00|2|\"B\" tipi fiş\nA3|12,00|3|\"C\" tipi fiş\n",
			want:    []string{"A1|-|\"A\" tipi fiş|-|10|-|1", "A2|-|\"B\" tipi fiş|-|11|-|2", "A3|-|\"C\" tipi fiş|-|12|-|3"}, notes: []string{"quote ad 3"},
		},
		{
			kind: 1, says: "a name that is a quote alone, before and behind a row with an entity", file: "a.csv",
			content: kept + "A0;Klavye;9,00;1\nA1;\";10,00;1\nA2;Fare &amp; Ped;11,00;2\nA3;\";12,00;3\n",
			want:    []string{"A0|-|Klavye|-|9|-|1", "A1|-|\"|-|10|-|1", "A2|-|Fare & Ped|-|11|-|2", "A3|-|\"|-|12|-|3"},
			notes:   []string{"entity Ad 1", "quote Ad 2", "shifted 1"},
		},
		{
			kind: 1, says: "one that is never closed, behind an entity in the last row", file: "a.csv",
			content: kept + "A1;Kablo;11,00;2\nA2;Boru &amp;\" dirsek;12,00;3\n",
			want:    []string{"A1|-|Kablo|-|11|-|2", "A2|-|Boru &\" dirsek|-|12|-|3"}, notes: []string{"entity Ad 1", "quote Fiyat 1", "shifted 1"},
		},
		{
			kind: 1, says: "sound quotes stay quotes, over lines too", file: "a.csv",
			content: "Kod;Ad;Açıklama;Fiyat\nA1;\"Kupa\nmavi\";\"a; \"\"b\"\"\n\nc\";10,00\nA2;\"5\" boru\";d;11,00\n",
			want:    []string{"A1|-|Kupa\nmavi|-|10", "A2|-|5\" boru|-|11"},
		},
		{
			kind: 1, says: "a cell over lines where rows end with a separator more", file: "a.csv",
			content: kept + "A1;\"Kupa\nmavi\";10,00;1;\nA2;Tabak;11,00;2;\nA3;\"a;b\";12,00;3;\n",
			want:    []string{"A1|-|Kupa\nmavi|-|10|-|1", "A2|-|Tabak|-|11|-|2", "A3|-|a;b|-|12|-|3"},
		},
		{
			kind: 1, says: "words in quotes at both ends of a cell", file: "a.txt",
			content: head + "H-1\t\"A\" ya da \"B\"\t1.90\t1\nH-2\t\"Kupa \"mavi\" renk\"\t2.90\t2\n",
			want:    []string{"H-1|-|\"A\" ya da \"B\"|-|1.9|-|1", "H-2|-|Kupa \"mavi\" renk|-|2.9|-|2"}, notes: []string{"quote name 1"},
		},
		{
			kind: 1, says: "hostile: thousands of them, none closed, and a partner at the very end", file: "a.csv",
			content: kept + strings.Repeat("A;\"Raf;10,00;1\n", 5000) + "Z;Son 5\";11,00;2\n",
			want:    append(strings.Split(strings.Repeat("A|-|\"Raf|-|10|-|1\n", 5000), "\n")[:5000], "Z|-|Son 5\"|-|11|-|2"),
			notes:   []string{"quote Ad 5000"},
		},
	})
}

func TestKinds_02_shiftedCells(t *testing.T) {
	proveKinds(t, []kindCase{
		{
			kind: 2, says: "prices with a decimal comma in a file cut by commas", file: "a.csv",
			content: "stok kodu,ürün adı,fiyat,stok\nB1,Çaydanlık,349,90,7\nB2,Süzgeç,59,50,12\n",
			want:    []string{"B1|-|Çaydanlık|-|349.9|-|7", "B2|-|Süzgeç|-|59.5|-|12"}, notes: []string{"shifted 2"},
		},
		{
			kind: 2, says: "what some rows prove, others may take", file: "a.csv",
			content: "barkod,ürün adı,stok,fiyat,kdv\n8690632059150,Kupa,10,129,90,20\n8690632059167,Tas,4,29,50,1\n",
			want:    []string{"-|8690632059150|Kupa|-|129.9|-|10|20", "-|8690632059167|Tas|-|29.5|-|4|1"}, notes: []string{"shifted 2"},
		},
		{
			kind: 2, says: "a name with a comma", file: "a.csv",
			content: "sku,name,price,stock\nB1,Tencere,129.90,7\nB2,Tava, kapaklı, 24 cm,249.50,4\n",
			want:    []string{"B1|-|Tencere|-|129.9|-|7", "B2|-|Tava, kapaklı, 24 cm|-|249.5|-|4"}, notes: []string{"shifted 1"},
		},
		{
			kind: 2, says: "an entity cut by the semicolon of its own", file: "a.csv",
			content: "kod;ad;fiyat;stok\nB1;Tabak;9,90;3\nB2;Bardak &amp; Tabak;10,90;5\n",
			want:    []string{"B1|-|Tabak|-|9.9|-|3", "B2|-|Bardak & Tabak|-|10.9|-|5"}, notes: []string{"entity ad 1", "shifted 1"},
		},
		{
			kind: 2, says: "such an entity in a row that lacks its last cell", file: "a.csv",
			content: "kod;ad;fiyat;stok\nB1;Tabak;9,90;3\nB2;Bardak &amp; &#199;atal;10,90\nB3;Kupa;11,90;1\n",
			want:    []string{"B1|-|Tabak|-|9.9|-|3", "B2|-|Bardak & Çatal|-|10.9", "B3|-|Kupa|-|11.9|-|1"}, notes: []string{"entity ad 1", "shifted 1"},
		},
		{
			kind: 2, says: "a text that ends like such an entity in a row that fits", file: "a.csv",
			content: "kod;ad;fiyat;stok\nB1;Tabak;9,90;3\nB2;Bardak &amp;10,90;5\n",
			want:    []string{"B1|-|Tabak|-|9.9|-|3", "B2|-|Bardak &amp|-|10.9|-|5"},
		},
		{
			kind: 2, says: "two readings that fit", file: "a.csv",
			content:  "sku,name,price,stock\nB1,Vida,\"4,50\",3\nB2,Matkap ucu 3,5,90,10\n",
			want:     []string{"B1|-|Vida|-|4.5|-|3"},
			problems: []string{"3 name shifted-cells"},
		},
		{
			kind: 2, says: "none that fits", file: "a.csv",
			content:  "sku;name;price;stock\nB1;Vida;4,50;3\nB2;Civata;12;5,50;3\n",
			want:     []string{"B1|-|Vida|-|4.5|-|3"},
			problems: []string{"3 name shifted-cells"},
		},
		{
			kind: 2, says: "empty cells at the end are harmless", file: "a.csv",
			content: "sku;name;price;stock\nB1;Vida;4,50;3;;\nB2;Civata;5,50;3; ;\n",
			want:    []string{"B1|-|Vida|-|4.5|-|3", "B2|-|Civata|-|5.5|-|3"},
		},
		{
			kind: 2, says: "hostile: thousands and decimals in one row, two prices, a row of a hundred cells", file: "a.csv",
			content: "sku,name,list price,price,stock\nB1,Koltuk,1,249,90,999,50,3\nB2,Puf,499,90,399,90,8\nB3" + strings.Repeat(",1", 99) + "\nB4,Sehpa,\"299,90\",\"249,90\",2\n",
			chosen:  map[listing.Field]string{listing.Price: "price"},
			want:    []string{"B2|-|Puf|-|399.9|-|8", "B4|-|Sehpa|-|249.9|-|2"}, notes: []string{"shifted 1"}, ignored: []string{"list price"},
			problems: []string{"2 name shifted-cells", "4 name shifted-cells"},
		},
	})
}

func TestKinds_09_legacyEncodings(t *testing.T) {
	const text = "Stok Kodu;Ürün Adı;Marka;Fiyat\nA1;Çay Kaşığı İĞNE;Şölen;10,00\nA2;ÖLÇÜ KABI gümüş;;11,00\n"
	want := []string{"A1|-|Çay Kaşığı İĞNE|Şölen|10", "A2|-|ÖLÇÜ KABI gümüş|-|11"}
	once := []string{"A1|-|Çay Kaşığı İĞNE|Şölen|10"}
	proveKinds(t, []kindCase{
		{kind: 9, says: "code page 857", file: "a.csv", content: inDOS.Replace(text), want: want},
		{kind: 9, says: "Mac Turkish", file: "a.csv", content: inMac.Replace(text), want: want},
		{kind: 9, says: "code page 857, a letter alone", file: "a.csv", content: inDOS.Replace("Kod;Ad\nA1;Süt\nA2;Tava\n"), want: []string{"A1|-|Süt", "A2|-|Tava"}},
		{kind: 9, says: "Windows-1254 stays what it is", file: "a.csv", content: filestest.In8(t, charmap.Windows1254, text+"A3;“Özel” 5’li – 3 €;;1,00\n"), want: append(want[:2:2], "A3|-|“Özel” 5’li – 3 €|-|1")},
		{kind: 9, says: "marks of Windows are no letters of MS-DOS", file: "a.csv", content: filestest.In8(t, charmap.Windows1254, "Kod;Ad;Fiyat\nA1;“mavi” kupa – 2’li LEGO™;1,00\nA2;“ak”;5 €\n"), want: []string{"A1|-|“mavi” kupa – 2’li LEGO™|-|1", "A2|-|“ak”|-|5|EUR"}, notes: []string{"currency Fiyat 1"}},
		{kind: 9, says: "by MS-DOS, the Mac, and of emoji by Windows", file: "a.csv", content: "Kod;Ad\nA1;" + twice(charmap.CodePage850, "Çay kaşığı ’") + "\nA2;" + twice(charmap.Macintosh, "Kaşık İĞÜ") + "\nA3;" + twice(charmap.Windows1254, "Kupa 😀") + "\n", want: []string{"A1|-|Çay kaşığı ’", "A2|-|Kaşık İĞÜ", "A3|-|Kupa 😀"}, notes: []string{"encoding Ad 3"}},
		{kind: 9, says: "UTF-8 taken for Windows-1252 and written once more", file: "a.csv", content: twice(charmap.Windows1252, text), want: want, notes: []string{"encoding Marka 1", "encoding Ürün Adı 2"}},
		{kind: 9, says: "UTF-8 taken for Windows-1254 and written once more", file: "a.csv", content: twice(charmap.Windows1254, text), want: want, notes: []string{"encoding Marka 1", "encoding Ürün Adı 2"}},
		{kind: 9, says: "UTF-8 taken for ISO 8859-9 and written once more", file: "a.csv", content: twice(charmap.ISO8859_9, text), want: want, notes: []string{"encoding Marka 1", "encoding Ürün Adı 2"}},
		{kind: 9, says: "three times", file: "a.csv", content: twice(charmap.Windows1252, twice(charmap.Windows1252, "Kod;Ad;Marka;Fiyat\nA1;Çay Kaşığı İĞNE;Şölen;10,00\n")), want: once, notes: []string{"encoding Ad 1", "encoding Marka 1"}},
		{kind: 9, says: "one row of it in a sound file", file: "a.csv", content: text + twice(charmap.Windows1252, "A3;Küçük “şey” 5’li;;1,00\n"), want: append(want[:2:2], "A3|-|Küçük “şey” 5’li|-|1"), notes: []string{"encoding Ürün Adı 1"}},
		{kind: 9, says: "rows in UTF-8 and rows in Windows-1254", file: "a.csv", content: "Kod;Ad;Marka;Fiyat\nA1;Çay Kaşığı İĞNE;Şölen;10,00\n" + filestest.In8(t, charmap.Windows1254, "A2;Gümüş ığdır;Ölçü;11,00\n"), want: append(once[:1:1], "A2|-|Gümüş ığdır|Ölçü|11"), notes: []string{"encoding 1"}},
		{kind: 9, says: "UTF-16 without a mark", file: "a.csv", content: filestest.In16(text, true), want: want},
		{kind: 9, says: "letters of others are none of it", file: "a.csv", content: "Kod;Ad;Fiyat\nA1;Château Ångström ÄÖ São Â;1,00\n", want: []string{"A1|-|Château Ångström ÄÖ São Â|-|1"}},
		{
			kind: 9, says: "hostile: one byte, which both know", file: "a.csv", content: "Kod;Ad;Fiyat\nA1;Ka\x8d;1,00\n",
			want: []string{"A1|-|Kaı|-|1"}, questions: []string{"encoding"},
		},
		{
			kind: 9, says: "the same, answered", file: "a.csv", content: "Kod;Ad;Fiyat\nA1;Ka\x8d;1,00\n", reading: listing.Reading{Answers: listing.Answers{"encoding": "x-mac-turkish"}},
			want: []string{"A1|-|Kaç|-|1"},
		},
		{
			kind: 9, says: "the same, chosen", file: "a.csv", content: "Kod;Ad;Fiyat\nA1;Ka\x8d;1,00\n", reading: listing.Reading{Encoding: "cp857"},
			want: []string{"A1|-|Kaı|-|1"},
		},
		{
			kind: 9, says: "encoded twice in a workbook", file: "a.xlsx", content: filestest.WorkbookOf(t, "", filestest.SheetOf(filestest.Inline("Kod", twice(charmap.Windows1252, "Ürün Adı")), filestest.Inline("A1", twice(charmap.Windows1252, "Çay Kaşığı")))),
			want: []string{"A1|-|Çay Kaşığı"}, notes: []string{"encoding Ürün Adı 1"},
		},
		{
			kind: 9, says: "hostile: control characters never come into a name", file: "a.csv",
			content: "Kod;Ad;Marka\nA1;Ka\u0081pı\x01 ko\x1blu;\u0085Ac\u009cme\x7f\n", want: []string{"A1|-|Kapı kolu|Acme"}, notes: []string{"encoding Ad 1", "encoding Marka 1"},
		},
	})
}

func TestKinds_17_guardsOfFormulas(t *testing.T) {
	proveKinds(t, []kindCase{
		{
			kind: 17, says: "taken off", file: "a.csv",
			content: "Kod;Ad;Fiyat;Stok\n'=1+1;'@SUM(1);10,00;-1\n'+90555;'-dash;-5,00;2\n",
			want:    []string{"=1+1|-|@SUM(1)|-|10|-|-1", "+90555|-|-dash|-|-|-|2"}, notes: []string{"guard Ad 2", "guard Kod 2"},
			problems: []string{"3 price negative-price"},
		},
		{
			kind: 17, says: "a quote that guards nothing stays", file: "a.csv",
			content: "Kod;Ad\nA1;'80ler' plak\nA2;'n Roll\n", want: []string{"A1|-|'80ler' plak", "A2|-|'n Roll"},
		},
		{
			kind: 17, says: "quotes before one belong to the text, all but the first", file: "a.csv",
			content: "Kod;Ad\nA1;''=x\n", want: []string{"A1|-|'=x"}, notes: []string{"guard Ad 1"},
		},
		{
			kind: 17, says: "hostile: behind quotes, tabs and line ends", file: "a.csv",
			content: "Kod;Ad\nA1;\"'\t=cmd|'/c calc'!A0\"\nA2;\"'\r\n@x\"\n'-A3;'\n", want: []string{"A1|-|=cmd|'/c calc'!A0", "A2|-|@x", "-A3|-|'"}, notes: []string{"guard Ad 2", "guard Kod 1"},
		},
	})
}

// Whatever begins a formula somewhere is written as a text, in every column and in the header; numbers stay numbers, and
// what is read again is what was written.
func TestWriteTable_guardsAgainstFormulas(t *testing.T) {
	for text, want := range map[string]string{
		"=1+1": "'=1+1", "+905": "'+905", "-A1": "'-A1", "@SUM(1)": "'@SUM(1)", "\t=x": "'\t=x", "\r=x": "\"'\r=x\"", "\n=x": "\"'\n=x\"", "＝1": "'＝1",
		"'=x": "''=x", "'x": "'x", "a=b": "a=b", "": "", "'": "'", "5-3": "5-3",
	} {
		var out strings.Builder
		rows := [][]exports.Cell{{exports.Text(text), exports.Number(number("-5.5"))}}
		if err := export.Write(&out, ".csv", []string{"=Ad", "Fiyat"}, filestest.Each(rows, nil)); err != nil {
			t.Fatal(err)
		}
		if got, whole := out.String(), "\ufeff'=Ad;Fiyat\n"+want+";-5,5\n"; got != whole {
			t.Errorf("%q is written as %q, want %q", text, got, whole)
		}
		f := opened(t, filestest.Written(t, "a.csv", out.String()))
		if got := cells(t, f); got[0][0] != text || got[0][1] != "-5,5" || f.Header()[0] != "=Ad" {
			t.Errorf("%q comes back as %q below %q", text, got, f.Header())
		}
	}
}

func TestKinds_18_entities(t *testing.T) {
	sheet := func(names ...string) string {
		rows := []string{filestest.Inline("Kod", "Ürün Adı", "Fiyat")}
		for i, n := range names {
			rows = append(rows, filestest.Inline(fmt.Sprintf("A%d", i+1), strings.ReplaceAll(n, "&", "&amp;"), "10,00"))
		}
		return filestest.WorkbookOf(t, "", filestest.SheetOf(rows...))
	}
	proveKinds(t, []kindCase{
		{
			kind: 18, says: "in CSV", file: "a.csv",
			content: "sku,name,brand,price\nA1,\"&Ouml;l&ccedil;&uuml; Kab&#305; 3&#39;l&uuml;\",Tom &amp; Co,10.00\nA2,Kupa,,11.00\n",
			want:    []string{"A1|-|Ölçü Kabı 3'lü|Tom & Co|10", "A2|-|Kupa|-|11"}, notes: []string{"entity brand 1", "entity name 1"},
		},
		{
			kind: 18, says: "in XLSX", file: "a.xlsx",
			content: sheet("&Ccedil;ay &amp; Kahve", "&quot;Özel&quot; Kupa", "Tabak"),
			want:    []string{"A1|-|Çay & Kahve|-|10", "A2|-|\"Özel\" Kupa|-|10", "A3|-|Tabak|-|10"}, notes: []string{"entity Ürün Adı 2"},
		},
		{
			kind: 18, says: "escaped twice", file: "a.csv",
			content: "kod;ad\nA1;\"Kap &amp;amp; Kacak &amp;#39;lı\"\n", want: []string{"A1|-|Kap & Kacak 'lı"}, notes: []string{"entity ad 1"},
		},
		{
			kind: 18, says: "a column that is not escaped", file: "a.csv",
			content: "kod;ad\nA1;\"Ders: &amp; nedir\"\nA2;R&B & Soul\n", want: []string{"A1|-|Ders: &amp; nedir", "A2|-|R&B & Soul"},
		},
		{
			kind: 18, says: "what only looks like one", file: "a.csv",
			content: "kod;ad\nA1;\"AT&T; kablo\"\nA2;M&S;\nA3;\"a&yok; b\"\n", want: []string{"A1|-|AT&T; kablo", "A2|-|M&S", "A3|-|a&yok; b"},
		},
		{
			kind: 18, says: "hostile: control characters and numbers that are no letters", file: "a.csv",
			content: "kod;ad\nA1;\"Kupa&#1; &#x1F;&#133;mavi&nbsp;\"\nA2;\"B&#x110000;&#55296;&#0;C\"\n",
			want:    []string{"A1|-|Kupa …mavi", "A2|-|B\ufffd\ufffd\ufffdC"}, notes: []string{"encoding ad 1", "entity ad 2"},
		},
	})
}

func TestKinds_20_27_declaredEncodings(t *testing.T) {
	const body = "<urunler><urun><stokkodu>A1</stokkodu><urunadi>Kepçe şık İĞNE ğüö</urunadi><fiyat>10,50</fiyat></urun></urunler>"
	const other = "<urunler><urun><stokkodu>A1</stokkodu><urunadi>Kupa</urunadi><fiyat>10,50</fiyat></urun></urunler>"
	declare := func(encoding string) string { return `<?xml version="1.0" encoding="` + encoding + `"?>` + "\n" }
	want, plain := []string{"A1|-|Kepçe şık İĞNE ğüö|-|10.5"}, []string{"A1|-|Kupa|-|10.5"}
	proveKinds(t, []kindCase{
		{kind: 20, says: "utf-16 over ASCII", file: "a.xml", content: declare("utf-16") + other, want: plain, notes: []string{"encoding 1"}},
		{kind: 20, says: "UTF-16 over UTF-8", file: "a.xml", content: declare("UTF-16") + body, want: want, notes: []string{"encoding 1"}},
		{kind: 20, says: "utf-16le over Windows-1254", file: "a.xml", content: declare("utf-16le") + filestest.In8(t, charmap.Windows1254, body), want: want, notes: []string{"encoding 1"}},
		{kind: 20, says: "UTF-16 without a mark", file: "a.xml", content: filestest.In16(declare("utf-16")+body, true), want: want},
		{kind: 20, says: "UTF-16, big, without a mark", file: "a.xml", content: filestest.In16(declare("utf-16")+body, false), want: want},
		{kind: 27, says: "ISO-8859-9 over UTF-8", file: "a.xml", content: declare("ISO-8859-9") + body, want: want, notes: []string{"encoding 1"}},
		{kind: 27, says: "windows-1254 over UTF-8", file: "a.xml", content: declare("windows-1254") + body, want: want, notes: []string{"encoding 1"}},
		{kind: 27, says: "iso-8859-1 over UTF-8 with a mark", file: "a.xml", content: "\ufeff" + declare("iso-8859-1") + body, want: want, notes: []string{"encoding 1"}},
		{kind: 27, says: "UTF-8 over code page 857", file: "a.xml", content: declare("UTF-8") + inDOS.Replace(body), want: want, notes: []string{"encoding 1"}},
		{kind: 27, says: "UTF-8 over Windows-1254", file: "a.xml", content: declare("UTF-8") + filestest.In8(t, charmap.Windows1254, body), want: want, notes: []string{"encoding 1"}},
		{kind: 27, says: "ISO-8859-9 that is true", file: "a.xml", content: declare("ISO-8859-9") + filestest.In8(t, charmap.ISO8859_9, body), want: want},
		{kind: 27, says: "iso-8859-1 over Windows-1254", file: "a.xml", content: declare("iso-8859-1") + filestest.In8(t, charmap.Windows1254, body), want: want, notes: []string{"encoding 1"}},
		{kind: 27, says: "a name nobody knows over UTF-8", file: "a.xml", content: declare("x-yok") + body, want: want, notes: []string{"encoding 1"}},
		{kind: 27, says: "a name nobody knows over bytes that could be anything", file: "a.xml", content: declare("koi8-u") + "<r><p><kod>1</kod><ad>\xcb\xd5\xd0</ad></p></r>", detail: "file.unknown-encoding"},
		{kind: 27, says: "text encoded twice", file: "a.xml", content: declare("UTF-8") + twice(charmap.Windows1252, body), want: want, notes: []string{"encoding urunadi 1"}},
		{
			kind: 20, says: "hostile: two declarations, none true, and a byte that is none of UTF-8", file: "a.xml",
			content: "\ufeff" + declare("utf-16") + declare("windows-1252") + strings.Replace(body, "ğüö", "ğüö\xff", 1),
			want:    []string{"A1|-|Kepçe şık İĞNE ğüöÿ|-|10.5"}, notes: []string{"encoding 1"},
		},
	})
}

// What is no table is named as what it is; its name says nothing.
func TestKinds_filesThatAreNoTables(t *testing.T) {
	zipped := func(name, content string) string {
		var out bytes.Buffer
		archive := zip.NewWriter(&out)
		part, err := archive.Create(name)
		if _, wrong := io.WriteString(part, content); err != nil || wrong != nil || archive.Close() != nil {
			t.Fatal(err, wrong)
		}
		return out.String()
	}
	for says, c := range map[string]struct{ content, detail string }{
		"JSON, an object":          {"{\n  \"urunler\": []}", "file.json"},
		"JSON, a list":             {"\ufeff [ {\"sku\":\"A1\",\"price\":1}, {\"sku\":\"A2\"}]\n", "file.json"},
		"JSON in lines":            {"{\"sku\":\"A1\"}\n{\"sku\":\"A2\"}\n", "file.json"},
		"JSON in UTF-16":           {"\xff\xfe" + filestest.In16("[{\"a\":1}]", true), "file.json"},
		"old Excel, Excel 97":      {"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + strings.Repeat("\x00", 600), "file.old-excel"},
		"old Excel, Excel 4":       {"\x09\x04\x06\x00\x00\x00\x10\x00" + strings.Repeat("\x00", 60), "file.old-excel"},
		"OpenDocument":             {zipped("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), "file.ods"},
		"OpenDocument text":        {zipped("mimetype", "application/vnd.oasis.opendocument.text"), "file.document"},
		"Excel's binary workbook":  {zipped("xl/workbook.bin", "x"), "file.old-excel"},
		"Word":                     {zipped("word/document.xml", "<x/>"), "file.document"},
		"Numbers of Apple":         {zipped("Index/Document.iwa", "x"), "file.numbers"},
		"ZIP":                      {zipped("urunler.csv", "Kod;Ad\n1;a\n"), "file.archive"},
		"an empty ZIP":             {"PK\x05\x06" + strings.Repeat("\x00", 18), "file.archive"},
		"gzip":                     {"\x1f\x8b\x08\x00abc", "file.archive"},
		"RAR":                      {"Rar!\x1a\x07\x01\x00", "file.archive"},
		"7z":                       {"7z\xbc\xaf\x27\x1c", "file.archive"},
		"PDF":                      {"%PDF-1.7\nabc", "file.pdf"},
		"PDF behind blank lines":   {"\r\n%PDF-1.4", "file.pdf"},
		"PNG":                      {"\x89PNG\r\n\x1a\n", "file.image"},
		"JPEG":                     {"\xff\xd8\xff\xe0", "file.image"},
		"GIF":                      {"GIF89a\x01", "file.image"},
		"WebP":                     {"RIFF\x10\x00\x00\x00WEBPVP8 ", "file.image"},
		"TIFF":                     {"II*\x00\x08\x00", "file.image"},
		"HEIC":                     {"\x00\x00\x00\x18ftypheic\x00\x00", "file.image"},
		"RTF":                      {"{\\rtf1\\ansi x", "file.document"},
		"a page saved as .xls":     {"<html xmlns:x=\"urn:schemas-microsoft-com:office:excel\"><table>", "file.markup"},
		"a page saved with a mark": {"\ufeff\r\n<!DOCTYPE HTML><table>", "file.markup"},
		"a page in MIME":           {"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=\"x\"\r\n", "file.markup"},
		"a database":               {"SQLite format 3\x00abc", "file.not-a-table"},
		"SQL":                      {"-- phpMyAdmin SQL Dump\nINSERT INTO urunler VALUES (1);\n", "file.not-a-table"},
	} {
		for _, name := range []string{"urunler.xls", "urunler.csv"} {
			f, err := Open(t.Context(), filestest.Written(t, name, c.content), listing.Reading{})
			if err == nil {
				_ = f.Close()
			}
			if filestest.Detail(err) != c.detail {
				t.Errorf("%s in %s: %v, want %s", says, filepath.Base(name), err, c.detail)
			}
		}
	}
	for _, content := range []string{"[Kod];[Ad]\n1;a\n", "{Kod};Ad\n1;a\n", "--;Kod;Ad\n1;1;a\n", "GIF kodu;Ad\n1;a\n", "BM;Kod\n1;a\n"} {
		opened(t, filestest.Written(t, "a.csv", content))
	}
}

// Rows of a file that does not quote are as many as its lines, whatever quotes its texts have, in every separator; and what
// a file that quotes has between quotes is one cell.
func TestCSVScanner_countsRowsWhateverQuotesThereAre(t *testing.T) {
	r := rand.New(rand.NewPCG(13, 1))
	pieces := []string{"\"", "\"", "\"\"", "a", "19", " ", "ş", "inç"}
	for range 500 {
		sep := ";,\t|"[r.IntN(4)]
		text := strings.Join([]string{"Kod", "Ad", "Fiyat", "Stok"}, string(sep)) + "\n"
		rows := 1 + r.IntN(8)
		quotes := r.IntN(2) == 0
		var names []string
		for i := range rows {
			name := ""
			for range r.IntN(6) {
				name += pieces[r.IntN(len(pieces))]
			}
			names = append(names, name)
			if quotes {
				name += []string{"", "\n", string(sep)}[r.IntN(3)] + "y"
				names[i], name = name, "\""+strings.ReplaceAll(name, "\"", "\"\"")+"\""
			}
			text += fmt.Sprintf("A%d%c%s%c%d%c%d\n", i, sep, name, sep, 10+i, sep, i)
		}
		f := opened(t, filestest.Written(t, "a.csv", text))
		got := cells(t, f)
		if len(got) != rows {
			t.Fatalf("%q: %d rows, want %d", text, len(got), rows)
		}
		for i, row := range got {
			if len(row) != 4 || row[0] != fmt.Sprint("A", i) || row[2] != fmt.Sprint(10+i) || row[3] != fmt.Sprint(i) || quotes && row[1] != names[i] {
				t.Fatalf("%q: row %d is %q", text, i, row)
			}
		}
	}
}
