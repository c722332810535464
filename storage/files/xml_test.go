package files

import (
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"golang.org/x/text/encoding/charmap"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/listing"
	"github.com/sopyo/sopyo-desktop/storage/files/document"
	"github.com/sopyo/sopyo-desktop/storage/files/filestest"
	"github.com/sopyo/sopyo-desktop/storage/files/mapping"
	"github.com/sopyo/sopyo-desktop/storage/files/table"
)

const declaration = `<?xml version="1.0" encoding="UTF-8"?>`

// feedProducts reads every row of an XML file as "code|barcode|name|brand|price|currency|stock|vat".
func feedProducts(t *testing.T, f *File) (rows []string) {
	t.Helper()
	for r, err := range Products(f, mapping.Of(f.Header())) {
		if err != nil {
			t.Fatal(err)
		}
		p := r.Product
		text := fmt.Sprintf("%s|%s|%s|%s|%s|%s|%s|%s", p.Code, p.Barcode, p.Name, p.Brand, plain(p.Price), p.Currency, plain(p.Stock), plain(p.VATRate))
		for _, problem := range r.Problems {
			text += " !" + string(problem.Reason)
		}
		rows = append(rows, text)
	}
	return rows
}

func plain(d decimal.NullDecimal) string {
	if !d.Valid {
		return ""
	}
	return d.Decimal.String()
}

func TestOpen_findsTheProductsOfAFeed(t *testing.T) {
	for _, c := range []struct {
		name, feed       string
		element, variant string
		want             []string
	}{
		{
			"flat, decimal commas, escaped HTML",
			`<products><product><Barcode>8690632059150</Barcode><stockCode>007</stockCode><label>Kutu 6&apos;lı &amp;amp; Kapak</label>` +
				`<details>&lt;p&gt;A&amp;ccedil;ık&lt;/p&gt;</details><Fiyat>14,44</Fiyat><currencyAbbr>TL</currencyAbbr><tax>20</tax><stockAmount>297</stockAmount></product>` +
				`<product><Barcode/><stockCode>X</stockCode><label><![CDATA[ <b>iki</b> ]]></label><Fiyat>273,0072</Fiyat></product></products>`,
			"products/product", "",
			[]string{"007|8690632059150|Kutu 6'lı & Kapak||14.44|TRY|297|20", "X||<b>iki</b>||273.0072|||"},
		},
		{
			"one product only",
			`<Products><Product><Barcode>1</Barcode><Title>bir</Title><SalePrice>1.50</SalePrice><ListPrice>9.50</ListPrice><Quantity>3</Quantity></Product></Products>`,
			"Products/Product", "",
			[]string{"|1|bir||1.5||3|"},
		},
		{
			"attributes",
			`<list><p sku="A-1" name="bir" price="1.25"/><p sku="A-2" name="iki" price="2.25"/></list>`,
			"list/p", "",
			[]string{"A-1||bir||1.25|||", "A-2||iki||2.25|||"},
		},
		{
			"currency beside the price, images and brand below it",
			`<x><item><code>1</code><name>bir</name><brand><id>7</id><name>Marka</name></brand><price currency="USD">1,50</price>` +
				`<images><image>a.jpg</image><image>b.jpg</image></images></item><item><code>2</code><name>iki</name><images><image>c.jpg</image></images></item></x>`,
			"x/item", "",
			[]string{"1||bir|Marka|1.5|USD||", "2||iki|||||"},
		},
		{
			"prefixes, in a channel with a name of its own",
			`<rss xmlns:g="http://base.google.com/ns/1.0"><channel><title>Dükkân</title><description>d</description><item><g:gtin>4006381333931</g:gtin><g:title>Kalem</g:title>` +
				`<g:price>1.299,90 TRY</g:price></item></channel></rss>`,
			"rss/channel/item", "",
			[]string{"|4006381333931|Kalem||1299.9|TRY||"},
		},
		{
			"variants with stock and code of their own",
			`<Root><Urunler>` +
				`<Urun><UrunAdi>Tişört</UrunAdi><Marka>M</Marka><Aciklama>a</Aciklama><UrunSecenek>` +
				`<Secenek><VaryasyonID>1</VaryasyonID><StokKodu>T-S</StokKodu><Barkod>11</Barkod><StokAdedi>1</StokAdedi><SatisFiyati>100</SatisFiyati><KDVDahil>false</KDVDahil><KdvOrani>20</KdvOrani><ParaBirimiKodu>TRY</ParaBirimiKodu><EkSecenekOzellik><Ozellik Tanim="Beden" Deger="S"/></EkSecenekOzellik></Secenek>` +
				`<Secenek><VaryasyonID>2</VaryasyonID><StokKodu>T-M</StokKodu><Barkod>12</Barkod><StokAdedi>2</StokAdedi><SatisFiyati>100,50</SatisFiyati><KDVDahil>true</KDVDahil><KdvOrani>20</KdvOrani><ParaBirimiKodu>TRY</ParaBirimiKodu></Secenek>` +
				`</UrunSecenek></Urun>` +
				`<Urun><UrunAdi>Şapka</UrunAdi><Marka>N</Marka><UrunSecenek><Secenek><StokKodu>Ş</StokKodu><StokAdedi>3</StokAdedi><SatisFiyati>10</SatisFiyati><KDVDahil>false</KDVDahil></Secenek></UrunSecenek></Urun>` +
				`</Urunler></Root>`,
			"Root/Urunler/Urun", "Root/Urunler/Urun/UrunSecenek/Secenek",
			[]string{"T-S|11|Tişört|M|120|TRY|1|20", "T-M|12|Tişört|M|100.5|TRY|2|20", "Ş||Şapka|N|||3| !price-without-vat"},
		},
		{
			"variants of some products, in whose place the product's own values stand",
			`<root><item><stockCode>A</stockCode><label>Kutu</label><brand>B</brand><barcode>1</barcode><price>10,00</price><tax>20</tax><currencyAbbr>TL</currencyAbbr><stockAmount>5</stockAmount>` +
				`<variants><variant><stockCode>A-1</stockCode><barcode>21</barcode><stockAmount>2</stockAmount><price/></variant>` +
				`<variant><stockCode>A-2</stockCode><stockAmount>3</stockAmount><price>12,00</price></variant></variants></item>` +
				`<item><stockCode>B</stockCode><label>Kapak</label><price>1,00</price><stockAmount>9</stockAmount></item></root>`,
			"root/item", "root/item/variants/variant",
			[]string{"A-1|21|Kutu|B|10|TRY|2|20", "A-2|1|Kutu|B|12|TRY|3|20", "B||Kapak||1||9|"},
		},
		{
			"products by category",
			`<k><kategori><ad>Bir</ad><kod>K1</kod><urun><kod>1</kod><ad>a</ad><fiyat>1</fiyat><stok>1</stok></urun></kategori><kategori><ad>İki</ad><kod>K2</kod><urun><kod>2</kod><ad>b</ad></urun></kategori></k>`,
			"k/kategori/urun", "",
			[]string{"1||a||1||1|", "2||b|||||"},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := opened(t, filestest.Written(t, "besleme.xml", declaration+c.feed))
			if info := f.Info(); info.Format != table.XML || info.Element != c.element || info.Variant != c.variant {
				t.Errorf("info %+v", info)
			}
			for range 2 {
				if got := feedProducts(t, f); !reflect.DeepEqual(got, c.want) {
					t.Errorf("header %q\n got %q\nwant %q", f.Header(), got, c.want)
				}
			}
		})
	}
}

func TestOpen_feedThatNobodyKnows(t *testing.T) {
	f := opened(t, filestest.Written(t, "a.xml", `<r><meta><v>1</v></meta><z><a>1</a><b>x</b></z><z><a>2</a></z></r>`))
	if got := f.Header(); !reflect.DeepEqual(got, []string{"a", "b"}) || f.Info().Element != "r/z" {
		t.Errorf("header %q of %+v", got, f.Info())
	}
	if got := cells(t, f); !reflect.DeepEqual(got, [][]string{{"1", "x"}, {"2", ""}}) {
		t.Errorf("cells %q", got)
	}
	cols, err := mapping.Chosen(f.Header(), map[listing.Field]string{listing.Code: "a", listing.Name: "b"})
	if err != nil || !slices.Equal(cols[listing.Code], []int{0}) || !slices.Equal(cols[listing.Name], []int{1}) {
		t.Errorf("cols %v, %v", cols, err)
	}
}

func TestRows_ofAFeedKeepRepeatsAndLines(t *testing.T) {
	f := opened(t, filestest.Written(t, "a.xml", "<r>\n<p><code>1</code><img>a</img><img>b</img></p>\n\n<p><code>2</code><img/><img>d</img><img>e</img></p>\n</r>"))
	if got := f.Header(); !reflect.DeepEqual(got, []string{"code", "img", "img[2]", "img[3]"}) {
		t.Errorf("header %q", got)
	}
	if got := cells(t, f); !reflect.DeepEqual(got, [][]string{{"1", "a", "b", ""}, {"2", "", "d", "e"}}) {
		t.Errorf("cells %q", got)
	}
	var lines []int
	for row, err := range f.Rows() {
		if err != nil {
			t.Fatal(err)
		}
		lines = append(lines, row.Line)
	}
	if !reflect.DeepEqual(lines, []int{2, 4}) {
		t.Errorf("lines %v", lines)
	}
}

func TestOpen_encodingsOfFeeds(t *testing.T) {
	const body = `<r><p><kod>Ş1</kod><ad>ÇİĞDEM ışık</ad></p><p><kod>2</kod><ad>x</ad></p></r>`
	for _, c := range []struct{ name, content, encoding string }{
		{"UTF-8", declaration + body, "utf-8"},
		{"mark before the declaration", "\ufeff" + declaration + body, "utf-8"},
		{"blank lines before the first element", "\ufeff\r\n\r\n" + body, "utf-8"},
		{"no declaration", body, "utf-8"},
		{"windows-1254", filestest.In8(t, charmap.Windows1254, `<?xml version="1.0" encoding="windows-1254"?>`+body), "windows-1254"},
		{"ISO-8859-9", filestest.In8(t, charmap.ISO8859_9, `<?xml version='1.0' encoding='ISO-8859-9'?>`+body), "iso-8859-9"},
		{"Windows-1254 that says UTF-8", filestest.In8(t, charmap.Windows1254, declaration+body), "windows-1254"},
		{"Windows-1254 that says nothing", filestest.In8(t, charmap.Windows1254, body), "windows-1254"},
		{"UTF-16", "\xff\xfe" + filestest.In16(`<?xml version="1.0" encoding="UTF-16"?>`+body, true), "utf-16le"},
		{"UTF-16, big", "\xfe\xff" + filestest.In16(body, false), "utf-16be"},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := opened(t, filestest.Written(t, "a.xml", c.content))
			if f.Info().Encoding != c.encoding {
				t.Errorf("encoding %q, want %q", f.Info().Encoding, c.encoding)
			}
			if got := cells(t, f); !reflect.DeepEqual(got, [][]string{{"Ş1", "ÇİĞDEM ışık"}, {"2", "x"}}) {
				t.Errorf("cells %q", got)
			}
		})
	}
}

func TestOpen_forgivesWhatShopsWrite(t *testing.T) {
	f := opened(t, filestest.Written(t, "a.xml", "<r><p><kod>1</kod><ad>A & B&nbsp;&copy; &foo; \x0b<br/>c</ad><link>x?a=1&b=2</link></p></r>"))
	if got := cells(t, f); !reflect.DeepEqual(got, [][]string{{"1", "A & B\u00a0© &foo;  c", "", "x?a=1&b=2"}}) {
		t.Errorf("cells %q of %q", got, f.Header())
	}
}

func TestOpen_refusesFeeds(t *testing.T) {
	laughs := `<!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;">]>`
	secret := filestest.Written(t, "secret.txt", "gizli")
	deep := strings.Repeat("<a>", 5000)
	var wide strings.Builder
	for i := range 5_000 + 2 {
		fmt.Fprintf(&wide, "<k%d>1</k%d>", i, i)
	}
	for _, c := range []struct{ name, content, detail string }{
		{"billion laughs", declaration + laughs + `<p><kod>&lol2;</kod><ad>x</ad></p>`, "file.doctype 1"},
		{"external entity", declaration + "\n" + `<!DOCTYPE p [<!ENTITY x SYSTEM "file://` + filepath.ToSlash(secret) + `">]><p><kod>&x;</kod></p>`, "file.doctype 2"},
		{"external document type", `<!DOCTYPE p SYSTEM "http://127.0.0.1:1/p.dtd"><p><kod>1</kod></p>`, "file.doctype 1"},
		{"document type inside", `<p><!DOCTYPE x><kod>1</kod></p>`, "file.doctype 1"},
		{"cut off", "<r>\n<p><kod>1</kod></p>\n<p><kod>2</k", "file.broken 3"},
		{"cut off between elements", "<r><p><kod>1</kod></p>\n", "file.broken 2"},
		{"cut off in CDATA", "<r><p><kod><![CDATA[1", "file.broken 1"},
		{"crossed ends", "<r><p><kod>1</p></kod></r>", "file.broken 1"},
		{"an end too many", "<r><p><kod>1</kod></p></r></r>", "file.broken 1"},
		{"two roots", "<r><kod>1</kod></r><r><kod>1</kod></r>", "file.broken 1"},
		{"text behind the end", "<r><p><kod>1</kod></p></r>son", "file.broken 1"},
		{"no end of a tag", "<r><p kod=\"1\"", "file.broken 1"},
		{"NUL", "<r>\n<p><kod>1\x00</kod></p></r>", "file.nul 2"},
		{"unknown encoding", `<?xml version="1.0" encoding="EBCDIC-CP-TR"?>` + "<r>\xc5</r>", "file.unknown-encoding 1"},
		{"too deep", deep, "file.too-deep 1"},
		{"too many kinds of elements", "<r>" + wide.String() + "</r>", "file.too-many-cells 1"},
		{"a name without end", "<r><p><" + strings.Repeat("x", 100_000) + ">", "file.too-many-cells 1"},
		{"a value without end", "<r><p><kod>1</kod><ad>" + strings.Repeat("x", table.MaxField+1) + "</ad></p></r>", ""},
		{"a comment without end", "<r><!-- " + strings.Repeat("x", document.MaxToken+100_000) + "--></r>", "file.cell-too-long 1"},
		{"web page", "<html><body><table><tr><td>Barkod</td></tr></table></body></html>", "file.markup"},
		{"web page behind a comment", "<!-- a --><html><body><p>1</p></body></html>", "file.markup 1"},
		{"Excel 2003", `<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>`, "file.old-excel 1"},
	} {
		t.Run(c.name, func(t *testing.T) {
			path := filestest.Written(t, "a.xml", c.content)
			f, err := Open(t.Context(), path, listing.Reading{})
			if c.detail == "" { // Open only counts; the value is met when it is read
				if err != nil {
					t.Fatal(err)
				}
				defer f.Close()
				for _, rowErr := range f.Rows() {
					err = rowErr
				}
				c.detail = "file.cell-too-long 1"
			} else if err == nil {
				t.Cleanup(func() { _ = f.Close() })
				t.Fatalf("opened: %q", f.Header())
			}
			if domain.KindOf(err) != domain.KindFile || filestest.Detail(err) != c.detail {
				t.Errorf("error %v, want %s", err, c.detail)
			}
			if strings.Contains(err.Error(), "gizli") {
				t.Errorf("the other file was read: %v", err)
			}
		})
	}
}

func TestOpen_feedsWithoutProducts(t *testing.T) {
	for _, content := range []string{"<products/>", declaration + "<products>\n</products>", declaration, "<a><b/></a>"} {
		if _, err := Open(t.Context(), filestest.Written(t, "a.xml", content), listing.Reading{}); domain.KindOf(err) != domain.KindEmptyFile {
			t.Errorf("%s: %v", content, err)
		}
	}
}

func TestRows_ofAFeedCanStopAndBeginAgain(t *testing.T) {
	f := opened(t, filestest.Written(t, "a.xml", "<r>"+strings.Repeat("<p><kod>1</kod><ad>x</ad></p>", 100)+"</r>"))
	outer := 0
	for _, err := range f.Rows() {
		if err != nil {
			t.Fatal(err)
		}
		inner := 0
		for row, err := range f.Rows() {
			if err != nil || row.Cells[0] != "1" || row.Cells[1] != "x" {
				t.Fatalf("%q, %v", row.Cells, err)
			}
			if inner++; inner == 3 {
				break
			}
		}
		outer++
	}
	if outer != 100 {
		t.Errorf("%d rows, want 100", outer)
	}
}

func TestProducts_ofRealFeeds(t *testing.T) {
	for _, c := range []struct {
		file                string
		rows                int
		price, vat, barcode string // of the first row
		code                string
	}{
		{"evinekat-xml/HBurunler1-2.xml", 402, "126.14", "20", "6760000000489", "80714"},
		{"evinekat-xml/TYurunler1-1.xml", 155, "14.44", "20", "6760000001265", "82009"},
		{"evinekat-xml/urunler.xml", 399, "14.44", "20", "6760000001265", "82009"},
	} {
		t.Run(c.file, func(t *testing.T) {
			f := opened(t, realFile(t, c.file))
			cols := mapping.Of(f.Header())
			for _, field := range []listing.Field{listing.Code, listing.Barcode, listing.Name, listing.Brand, listing.Description, listing.Price, listing.Currency, listing.Stock, listing.VAT} {
				if len(cols[field]) == 0 {
					t.Errorf("no %s among the columns %v of %q", field, cols, f.Header())
				}
			}
			if f.Info().Element != "products/product" || f.Info().Variant != "" {
				t.Errorf("info %+v", f.Info())
			}
			rows, refused, problems := 0, 0, map[listing.Reason]int{}
			for r, err := range Products(f, cols) {
				if err != nil {
					t.Fatal(err)
				}
				rows++
				for _, p := range r.Problems {
					problems[p.Reason]++
				}
				p := r.Product
				if r.Refused {
					refused++
				}
				if !p.Price.Valid || p.Currency != domain.TRY || !p.Stock.Valid || p.Name == "" || p.Code == "" || strings.Contains(p.Name, "&amp;") {
					t.Errorf("line %d: %+v", r.Line, p)
				}
				if rows == 1 && (p.Price.Decimal.String() != c.price || p.VATRate.Decimal.String() != c.vat ||
					string(p.Barcode) != c.barcode || string(p.Code) != c.code || !strings.HasPrefix(p.Description, "<p><strong>")) {
					t.Errorf("first row %+v", p)
				}
			}
			if rows != c.rows || refused != 0 || len(problems) > 0 {
				t.Errorf("%d rows, %d refused, problems %v; want %d rows", rows, refused, problems, c.rows)
			}
		})
	}
}

func FuzzFeed(f *testing.F) {
	f.Add([]byte(declaration + "<r><p><kod>1</kod><ad>&amp;</ad></p></r>"))
	f.Add([]byte("<r><p><ad>x</ad><v><kod>1</kod><stok>2</stok></v><v><kod>3</kod></v></p></r>"))
	f.Add([]byte(`<?xml version="1.0" encoding="windows-1254"?><r><p kod="1"/></r>`))
	f.Add([]byte("<!DOCTYPE a [<!ENTITY b 'c'>]><r/>"))
	f.Add([]byte("<a><a><a/></a></a>"))
	f.Fuzz(func(t *testing.T, content []byte) {
		path := filepath.Join(t.TempDir(), "a.xml")
		if err := os.WriteFile(path, append([]byte("<!-- -->"), content...), 0o600); err != nil {
			t.Fatal(err)
		}
		file, err := Open(t.Context(), path, listing.Reading{})
		if err != nil {
			if k := domain.KindOf(err); k != domain.KindFile && k != domain.KindEmptyFile {
				t.Fatalf("kind %q: %v", k, err)
			}
			return
		}
		defer file.Close()
		for r, err := range Products(file, mapping.Of(file.Header())) {
			if err != nil {
				if domain.KindOf(err) != domain.KindFile {
					t.Fatal(err)
				}
				return
			}
			if r.Line < 1 {
				t.Fatalf("line %d", r.Line)
			}
		}
	})
}
