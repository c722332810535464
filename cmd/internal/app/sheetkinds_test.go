package app

import (
	"archive/zip"
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/sopyo/sopyo-desktop/domain/listing"
)

// aBook is a workbook of sheets, each of a name and rows of texts: "Fiyatlar:kod;ad\nA;Kupa". A cell that begins with "=" is a number.
func aBook(t *testing.T, sheets ...string) string {
	t.Helper()
	const office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	names, rels, parts := "", "", map[string]string{}
	for i, sheet := range sheets {
		name, rows, _ := strings.Cut(sheet, ":")
		names += fmt.Sprintf(`<sheet name="%s" sheetId="%d" r:id="r%d"/>`, name, i+1, i+1)
		rels += fmt.Sprintf(`<Relationship Id="r%d" Type="%s/worksheet" Target="worksheets/sheet%d.xml"/>`, i+1, office, i+1)
		var b strings.Builder
		for row := range strings.SplitSeq(rows, "\n") {
			b.WriteString("<row>")
			for cell := range strings.SplitSeq(row, ";") {
				if number, ok := strings.CutPrefix(cell, "="); ok {
					b.WriteString("<c><v>" + number + "</v></c>")
				} else {
					b.WriteString(`<c t="inlineStr"><is><t>` + cell + `</t></is></c>`)
				}
			}
			b.WriteString("</row>")
		}
		parts[fmt.Sprintf("xl/worksheets/sheet%d.xml", i+1)] = `<worksheet><sheetData>` + b.String() + `</sheetData></worksheet>`
	}
	parts["_rels/.rels"] = `<Relationships><Relationship Id="r" Type="` + office + `/officeDocument" Target="xl/workbook.xml"/></Relationships>`
	parts["xl/workbook.xml"] = `<workbook xmlns:r="` + office + `"><sheets>` + names + `</sheets></workbook>`
	parts["xl/_rels/workbook.xml.rels"] = `<Relationships>` + rels + `</Relationships>`
	var out bytes.Buffer
	archive := zip.NewWriter(&out)
	for name, content := range parts {
		w, err := archive.Create(name)
		if err == nil {
			_, err = w.Write([]byte(content))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := archive.Close(); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// A row of another sheet with the same code is the same product, unless its barcode or name says otherwise.
func TestKinds_ofSheetsThatSayMoreOfAProduct(t *testing.T) {
	const prices = "Fiyatlar:Stok Kodu;Ürün Adı;Fiyat\nA;Kupa;=10.5\nB;Tabak;=20.5"
	all := listing.Answers{"sheet": "all"}
	with := func(choice string) listing.Answers { return listing.Answers{"sheet": "all", "repeated": choice} }
	joined := []string{"A||Kupa|10.5|TRY|5", "B||Tabak|20.5|TRY|7"}
	repeated := []string{"2 A repeated repeated", "3 B repeated repeated"}
	proveIntakes(t, []intakeCase{
		{
			kind: 26, says: "prices and stocks, the names in one of them", name: "a.xlsx", answers: all,
			file: aBook(t, prices, "Stoklar:Stok Kodu;Stok\nB;=7\nA;=5"),
			want: joined, listed: []string{"3 A repeated repeated", "2 B repeated repeated"}, tally: listing.Tally{Added: 2, Repeated: 2},
		},
		{
			kind: 26, says: "the sheet without names is the first", name: "a.xlsx", answers: all,
			file: aBook(t, "Stoklar:Stok Kodu;Stok\nA;=5\nB;=7", prices),
			want: joined, listed: repeated, tally: listing.Tally{Added: 2, Repeated: 2},
		},
		{
			kind: 26, says: "the same names in both", name: "a.xlsx", answers: all,
			file: aBook(t, prices, "Stoklar:Stok Kodu;Ürün Adı;Stok\nA;KUPA;=5\nB;Tabak;=7"),
			want: []string{"A||KUPA|10.5|TRY|5", "B||Tabak|20.5|TRY|7"}, listed: repeated, tally: listing.Tally{Added: 2, Repeated: 2},
		},
		{
			kind: 26, says: "the barcodes in one of them", name: "a.xlsx", answers: all,
			file: aBook(t, prices, "Stoklar:Stok Kodu;Barkod;Stok\nA;8690632059150;=5\nB;8690504016052;=7"),
			want: []string{"A|8690632059150|Kupa|10.5|TRY|5", "B|8690504016052|Tabak|20.5|TRY|7"}, listed: repeated, tally: listing.Tally{Added: 2, Repeated: 2},
		},
		{
			kind: 26, says: "barcodes alone in one of them", name: "a.xlsx", answers: all,
			file: aBook(t, "Fiyatlar:Stok Kodu;Barkod;Ürün Adı;Fiyat\nA;8690632059150;Kupa;=10.5\nB;8690504016052;Tabak;=20.5", "Stoklar:Barkod;Stok\n8690632059150;=5\n8690504016052;=7"),
			want: []string{"A|8690632059150|Kupa|10.5|TRY|5", "B|8690504016052|Tabak|20.5|TRY|7"}, listed: []string{"2 8690632059150 repeated repeated", "3 8690504016052 repeated repeated"},
			tally: listing.Tally{Added: 2, Repeated: 2},
		},
		{
			kind: 26, says: "three sheets, each with something", name: "a.xlsx", answers: all,
			file: aBook(t, "Liste:Stok Kodu;Ürün Adı;Barkod\nA;Kupa;8690632059150\nB;Tabak;", "Fiyatlar:Stok Kodu;Fiyat\nA;=10.5\nB;=20.5", "Stoklar:Stok Kodu;Stok\nB;=7\nA;=5\nC;=1"),
			want: []string{"A|8690632059150|Kupa|10.5|TRY|5", "B||Tabak|20.5|TRY|7", "C||||TRY|1"}, listed: []string{"2 A repeated repeated", "3 A repeated repeated", "3 B repeated repeated", "2 B repeated repeated"},
			tally: listing.Tally{Added: 3, Repeated: 4},
		},
		{
			kind: 26, says: "other names: a person is asked", name: "a.xlsx", answers: all,
			file:   aBook(t, prices, "Stoklar:Stok Kodu;Ürün Adı;Stok\nA;Kupa 330 ml;=5\nB;Tabak;=7"),
			listed: []string{"2 name Kupa 330 ml repeated-differing repeated", "3 B repeated repeated"}, open: []string{"repeated"},
		},
		{
			kind: 26, says: "other names that are the same product", name: "a.xlsx", answers: with("last"),
			file:   aBook(t, prices, "Stoklar:Stok Kodu;Ürün Adı;Stok\nA;Kupa 330 ml;=5\nB;Tabak;=7"),
			want:   []string{"A||Kupa 330 ml|10.5|TRY|5", "B||Tabak|20.5|TRY|7"},
			listed: []string{"2 name Kupa 330 ml repeated-differing repeated", "3 B repeated repeated"}, tally: listing.Tally{Added: 2, Repeated: 2},
		},
		{
			kind: 26, says: "other names that are other products", name: "a.xlsx", answers: with("separate"),
			file: aBook(t, prices, "Yaz:Stok Kodu;Ürün Adı;Fiyat;Stok\nA;Sürahi;=30.5;=5\nC;Kase;=5.5;=7"),
			want: []string{"A||Kupa|10.5|TRY|", "B||Tabak|20.5|TRY|", "A||Sürahi|30.5|TRY|5", "C||Kase|5.5|TRY|7"}, tally: listing.Tally{Added: 4},
		},
		{
			kind: 26, says: "other prices: a person is asked", name: "a.xlsx", answers: all,
			file:   aBook(t, prices, "Yeni:Stok Kodu;Fiyat;Stok\nA;=11.5;=5\nB;=20.5;=7"),
			listed: []string{"2 price 11.5 repeated-differing repeated", "3 B repeated repeated"}, open: []string{"repeated"},
		},
		{
			kind: 26, says: "stocks of several sheets are added up, equal ones too", name: "a.xlsx", answers: with("sum"),
			file:   aBook(t, prices, "Merkez:Stok Kodu;Stok\nA;=5\nB;=7", "İkinci:Stok Kodu;Stok\nA;=5\nB;=1"),
			want:   []string{"A||Kupa|10.5|TRY|10", "B||Tabak|20.5|TRY|8"},
			listed: []string{"2 A repeated repeated", "2 A repeated repeated", "3 B repeated repeated", "3 stock 1 repeated-differing repeated"},
			notes:  []string{"summed 2 5 + 5"}, tally: listing.Tally{Added: 2, Repeated: 4},
		},
		{
			kind: 26, says: "another barcode is another product", name: "a.xlsx", answers: all,
			file: aBook(t, "Fiyatlar:Stok Kodu;Barkod;Ürün Adı;Fiyat\nA;8690632059150;Kupa;=10.5", "Stoklar:Stok Kodu;Barkod;Stok\nA;8690504016052;=5"),
			want: []string{"A|8690632059150|Kupa|10.5|TRY|", "A|8690504016052|||TRY|5"}, tally: listing.Tally{Added: 2},
		},
		{
			kind: 26, says: "over products that are in the catalogue", name: "a.xlsx", answers: all,
			before: []string{aBook(t, prices, "Stoklar:Stok Kodu;Stok\nB;=7\nA;=5")},
			file:   aBook(t, "Fiyatlar:Stok Kodu;Ürün Adı;Fiyat\nA;Kupa;=11.5\nB;Tabak;=20.5", "Stoklar:Stok Kodu;Stok\nA;=6\nB;=7"),
			want:   []string{"A||Kupa|11.5|TRY|6", "B||Tabak|20.5|TRY|7"}, listed: repeated, tally: listing.Tally{Updated: 1, Unchanged: 1, Repeated: 2},
		},
		{
			kind: 26, says: "names alone in one of them", name: "a.xlsx", answers: all,
			file: aBook(t, prices, "Stoklar:Ürün Adı;Stok\nTABAK;=7\nKupa;=5\nSürahi;=1"),
			want: []string{"A||Kupa|10.5|TRY|5", "B||Tabak|20.5|TRY|7", "||Sürahi||TRY|1"}, listed: []string{"3 Kupa repeated repeated", "2 TABAK repeated repeated"},
			tally: listing.Tally{Added: 3, Repeated: 2},
		},
		{
			kind: 26, says: "hostile: names alone, which two products have", name: "a.xlsx", answers: all,
			file: aBook(t, "Fiyatlar:Stok Kodu;Ürün Adı;Fiyat\nA;Kupa;=10.5\nB;Kupa;=20.5", "Stoklar:Ürün Adı;Stok\nKupa;=7"),
			want: []string{"A||Kupa|10.5|TRY|", "B||Kupa|20.5|TRY|", "||Kupa||TRY|7"}, tally: listing.Tally{Added: 3},
		},
		{
			kind: 26, says: "sizes in one of them", name: "a.xlsx", answers: all,
			file: aBook(t, prices, "Stoklar:Stok Kodu;Beden;Stok\nA;S;=5\nA;M;=6\nB;STD;=7"),
			want: []string{"B||Tabak|20.5|TRY|7", "A||Kupa - S|10.5|TRY|5", "A||Kupa - M|10.5|TRY|6"}, listed: []string{"4 B repeated repeated", "2 A repeated repeated"},
			notes: []string{"option 2 Kupa - S"}, tally: listing.Tally{Added: 3, Repeated: 2},
		},
		{
			kind: 26, says: "sizes in the first one, with names", name: "a.xlsx", answers: all,
			file: aBook(t, "Stoklar:Stok Kodu;Ürün Adı;Beden;Stok\nA;Kupa;S;=5\nA;Kupa;M;=6", "Fiyatlar:Stok Kodu;Fiyat;KDV\nA;=10.5;=20"),
			want: []string{"A||Kupa - S|10.5|TRY|5", "A||Kupa - M|10.5|TRY|6"}, listed: []string{"2 A repeated repeated"},
			notes: []string{"option 2 Kupa - S"}, tally: listing.Tally{Added: 2, Repeated: 1},
		},
		{
			kind: 26, says: "hostile: a code that two products of one sheet have", name: "a.xlsx", answers: all,
			file: aBook(t, "Fiyatlar:Stok Kodu;Ürün Adı;Fiyat\nA;Kupa;=10.5\nA;Tabak;=20.5", "Stoklar:Stok Kodu;Stok\nA;=5"),
			want: []string{"A||Kupa|10.5|TRY|", "A||Tabak|20.5|TRY|", "A||||TRY|5"}, tally: listing.Tally{Added: 3},
		},
	})
}

// Stocks of several places are those of one product, added up and said; also where they are equal.
func TestKinds_ofStocksByPlace(t *testing.T) {
	const shopify = "Handle,Title,Option1 Name,Option1 Value,SKU,Location,Incoming (not editable),Available (not editable),On hand (current)\n"
	proveIntakes(t, []intakeCase{
		{
			kind: 6, says: "Shopify's, equal ones", name: "inventory.csv",
			file: shopify + "kupa,Kupa,Title,Default Title,K-1,Depo,0,5,5\nkupa,Kupa,Title,Default Title,K-1,Şube,0,5,5\n",
			want: []string{"K-1||Kupa||TRY|10"}, listed: []string{"3 K-1 repeated repeated"}, notes: []string{"summed 1 5 + 5"}, tally: listing.Tally{Added: 1, Repeated: 1},
		},
		{
			kind: 6, says: "Shopify's, different ones, and one that is not there", name: "inventory.csv",
			file: shopify + "kupa,Kupa,Renk,Mavi,K-M,Depo,0,3,3\nkupa,Kupa,Renk,Mavi,K-M,Şube,0,2,2\nkupa,Kupa,Renk,Sarı,K-S,Depo,0,4,4\nkupa,Kupa,Renk,Sarı,K-S,Şube,0,not stocked,not stocked\n",
			want: []string{"K-M||Kupa Mavi||TRY|5", "K-S||Kupa Sarı||TRY|4"}, listed: []string{"3 K-M repeated repeated", "5 K-S repeated repeated"},
			notes: []string{"option 4 Mavi", "summed 1 3 + 2"}, tally: listing.Tally{Added: 2, Repeated: 2},
		},
		{
			kind: 11, says: "a list with a column of warehouses", name: "a.csv",
			file: "Stok Kodu;Ürün Adı;Depo Adı;Stok\nA;Kupa;Merkez;5\nA;Kupa;Şube;5\nB;Tabak;Merkez;1\nA;Kupa;Fabrika;2\n",
			want: []string{"A||Kupa||TRY|12", "B||Tabak||TRY|1"}, listed: []string{"3 A repeated repeated", "5 A repeated repeated"},
			notes: []string{"summed 1 5 + 5 + 2"}, tally: listing.Tally{Added: 2, Repeated: 2},
		},
		{
			kind: 11, says: "of one place twice: a person is asked", name: "a.csv",
			file:   "Stok Kodu;Ürün Adı;Depo;Stok\nA;Kupa;Merkez;5\nA;Kupa;MERKEZ;6\nA;Kupa;Şube;1\n",
			listed: []string{"3 stock 6 repeated-differing repeated", "4 A repeated repeated"}, notes: []string{"summed 1 6 + 1"}, open: []string{"repeated"},
		},
		{
			kind: 11, says: "of one place twice: the last of it counts", name: "a.csv", answers: listing.Answers{"repeated": "last"},
			file: "Stok Kodu;Ürün Adı;Depo;Stok\nA;Kupa;Merkez;5\nA;Kupa;MERKEZ;6\nA;Kupa;Şube;1\n",
			want: []string{"A||Kupa||TRY|7"}, listed: []string{"3 stock 6 repeated-differing repeated", "4 A repeated repeated"},
			notes: []string{"summed 1 6 + 1"}, tally: listing.Tally{Added: 1, Repeated: 2},
		},
		{
			kind: 11, says: "the same row twice counts once", name: "a.csv",
			file: "Stok Kodu;Ürün Adı;Depo;Stok\nA;Kupa;Merkez;5\nA;Kupa;Merkez;5\n",
			want: []string{"A||Kupa||TRY|5"}, listed: []string{"3 A repeated repeated"}, tally: listing.Tally{Added: 1, Repeated: 1},
		},
		{
			kind: 11, says: "sheets that are warehouses", name: "a.xlsx", answers: listing.Answers{"sheet": "all"},
			file: aBook(t, "Ürünler:Stok Kodu;Ürün Adı;Fiyat\nA;Kupa;=10.5", "Depo 1:Stok Kodu;Stok\nA;=5", "Depo 2:Stok Kodu;Stok\nA;=5"),
			want: []string{"A||Kupa|10.5|TRY|10"}, listed: []string{"2 A repeated repeated", "2 A repeated repeated"}, notes: []string{"summed 1 5 + 5"}, tally: listing.Tally{Added: 1, Repeated: 2},
		},
		{
			kind: 11, says: "hostile: a column of counts that is called a warehouse, and a place that is left out", name: "a.csv",
			file:   "Stok Kodu;Ürün Adı;Depo Adı;Stok\nA;Kupa;;12\nA;Kupa;Merkez;5\nA;Kupa;Şube;7\n",
			listed: []string{"3 stock 5 repeated-differing repeated", "4 stock 7 repeated-differing repeated"}, open: []string{"repeated"},
		},
	})
}
