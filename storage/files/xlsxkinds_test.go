package files

import (
	"archive/zip"
	"bytes"
	"fmt"
	"strconv"
	"strings"
	"testing"

	"github.com/sopyo/sopyo-desktop/domain/listing"
	"github.com/sopyo/sopyo-desktop/storage/files/filestest"
	"github.com/sopyo/sopyo-desktop/storage/files/mapping"
)

// aBook is a workbook as raw XML, so that its cells, formats and sheets are what no library would write.
type aBook struct {
	formats []string // of the styles 1, 2, …: a format code, or "built-in 14"
	styles  string   // in the place of formats: what stands inside <styleSheet>
	extra   string   // before and behind <sheets>, cut by "|"
	sheets  []aSheet
}

type aSheet struct{ name, content string }

// bytes gives the workbook as a file.
func (b aBook) bytes(t *testing.T) string {
	t.Helper()
	styles := b.styles
	if styles == "" {
		var codes, uses strings.Builder
		for i, f := range b.formats {
			id, builtIn := strings.CutPrefix(f, "built-in ")
			if !builtIn {
				id = strconv.Itoa(164 + i)
				codes.WriteString(`<numFmt numFmtId="` + id + `" formatCode="` + inXML(f) + `"/>`)
			}
			uses.WriteString(`<xf numFmtId="` + id + `" applyNumberFormat="1"/>`)
		}
		styles = `<numFmts>` + codes.String() + `</numFmts><cellStyleXfs><xf numFmtId="0"/></cellStyleXfs><cellXfs><xf numFmtId="0"/>` + uses.String() + `</cellXfs>`
	}
	const office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	names, rels := "", `<Relationship Id="st" Type="`+office+`/styles" Target="styles.xml"/>`
	parts := map[string]string{"xl/styles.xml": `<styleSheet>` + styles + `</styleSheet>`}
	for i, s := range b.sheets {
		name, state, _ := strings.Cut(s.name, "!")
		names += fmt.Sprintf(`<sheet name="%s" sheetId="%d" state="%s" r:id="r%d"/>`, inXML(name), i+1, state, i+1)
		rels += fmt.Sprintf(`<Relationship Id="r%d" Type="%s/worksheet" Target="worksheets/sheet%d.xml"/>`, i+1, office, i+1)
		parts[fmt.Sprintf("xl/worksheets/sheet%d.xml", i+1)] = s.content
	}
	before, behind, _ := strings.Cut(b.extra, "|")
	parts["_rels/.rels"] = `<Relationships><Relationship Id="r" Type="` + office + `/officeDocument" Target="xl/workbook.xml"/></Relationships>`
	parts["xl/workbook.xml"] = `<workbook xmlns:r="` + office + `">` + before + `<sheets>` + names + `</sheets>` + behind + `</workbook>`
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

// booked is a workbook of one sheet with those formats.
func booked(t *testing.T, formats []string, rows ...string) string {
	t.Helper()
	return aBook{formats: formats, sheets: []aSheet{{"Sayfa1", filestest.SheetOf(rows...)}}}.bytes(t)
}

func inXML(s string) string {
	return strings.NewReplacer("&", "&amp;", `"`, "&quot;", "<", "&lt;", ">", "&gt;").Replace(s)
}

// rowOf makes a row: "=0.2 1" is the number 0.2 in style 1, "=0.2" one without a style, anything else a text. What begins
// with "<" stands there as it is.
func rowOf(cells ...string) string {
	var out strings.Builder
	out.WriteString("<row>")
	for _, c := range cells {
		switch number, ok := strings.CutPrefix(c, "="); {
		case ok:
			value, style, styled := strings.Cut(number, " ")
			if styled {
				style = ` s="` + style + `"`
			}
			out.WriteString(`<c` + style + `><v>` + value + `</v></c>`)
		case strings.HasPrefix(c, "<"):
			out.WriteString(c)
		default:
			out.WriteString(`<c t="inlineStr"><is><t>` + inXML(c) + `</t></is></c>`)
		}
	}
	return out.String() + "</row>"
}

func TestKinds_ofNumberFormats(t *testing.T) {
	header := rowOf("Stok Kodu", "Barkod", "Ürün Adı", "Satış Fiyatı", "Stok", "KDV Oranı")
	proveKinds(t, []kindCase{
		{
			kind: 4, says: "percent, built in and custom, beside a plain number", file: "a.xlsx",
			content: booked(t, []string{"built-in 9", "built-in 10", "0.0%", "0 %", "%0", "[Red]0%;[Blue]-0%"}, header,
				rowOf("A1", "", "Kupa", "=10", "=1", "=0.2 1"), rowOf("A2", "", "Tabak", "=10", "=1", "=0.1 2"),
				rowOf("A3", "", "Kase", "=10", "=1", "=0.085 3"), rowOf("A4", "", "Tas", "=10", "=1", "=0.01 4"),
				rowOf("A5", "", "Sürahi", "=10", "=1", "=0.2 5"), rowOf("A6", "", "Çatal", "=10", "=1", "=0.20000000000000001 6"),
				rowOf("A7", "", "Kaşık", "=10", "=1", "=20"), rowOf("A8", "", "Bıçak", "=10", "=1", "20%"), rowOf("A9", "", "Fincan", "=10", "=1", "=0 1")),
			want: []string{
				"A1|-|Kupa|-|10|-|1|20", "A2|-|Tabak|-|10|-|1|10", "A3|-|Kase|-|10|-|1|8.5", "A4|-|Tas|-|10|-|1|1",
				"A5|-|Sürahi|-|10|-|1|20", "A6|-|Çatal|-|10|-|1|20", "A7|-|Kaşık|-|10|-|1|20", "A8|-|Bıçak|-|10|-|1|20", "A9|-|Fincan|-|10|-|1|0",
			},
			notes: []string{"format KDV Oranı 7", "unit KDV Oranı 1"},
		},
		{
			kind: 4, says: "zeros, signs and words that are shown in codes and barcodes", file: "a.xlsx",
			content: booked(t, []string{"00000", "0000000000000", "000000000000", "000-000", `"SKU-"0000`, "0000 0000", `00\.00\.000`, "#00000", `"A"000"B"`, "#,##0", `(000) 000`}, header,
				rowOf("=7 1", "=8690632059150", "Kupa"), rowOf("=12 1", "=12345678905 3", "Tabak"), rowOf("=123456 1", "=86000000009 2", "Kase"),
				rowOf("=12345 4", "", "Tas"), rowOf("=7 5", "", "Sürahi"), rowOf("=1234567 6", "", "Çatal"), rowOf("=1203004 7", "", "Kaşık"),
				rowOf("=42 8", "", "Bıçak"), rowOf("=42 9", "", "Fincan"), rowOf("=1234567 10", "=8690632059150 10", "Tepsi"), rowOf("=12345 11", "", "Leğen"), rowOf("007", "", "Kova")),
			want: []string{
				"00007|8690632059150|Kupa", "00012|012345678905|Tabak", "123456|0086000000009|Kase", "012-345|-|Tas", "SKU-0007|-|Sürahi",
				"0123 4567|-|Çatal", "12.03.004|-|Kaşık", "00042|-|Bıçak", "A042B|-|Fincan", "1234567|8690632059150|Tepsi", "(012) 345|-|Leğen", "007|-|Kova",
			},
			notes: []string{"format Barkod 2", "format Stok Kodu 9"},
		},
		{
			kind: 4, says: "currencies by format", file: "a.xlsx",
			content: booked(t, []string{
				"[$₺-41F]#,##0.00", `#,##0.00\ "TL"`, `_-* #,##0.00\ [$€-1]_-;\-* #,##0.00\ [$€-1]_-;_-* "-"??\ [$€-1]_-;_-@_-`, "[$USD] #,##0.00",
				"#,##0.00 ₺", `$#,##0.00_);[Red]\($#,##0.00\)`, "[$$-409]#,##0.00", "[$€-2] #,##0.00", `"US$" 0.00`, `[$£-809]#,##0.00`, `0.00 "TL/adet"`, "0.00 EUR", "#,##0.00_-",
			}, header,
				rowOf("A1", "", "Kupa", "=249.9 1"), rowOf("A2", "", "Tabak", "=249.9 2"), rowOf("A3", "", "Kase", "=249.9 3"), rowOf("A4", "", "Tas", "=1249.9 4"),
				rowOf("A5", "", "Sürahi", "=249.9 5"), rowOf("A6", "", "Çatal", "=249.9 6"), rowOf("A7", "", "Kaşık", "=249.9 7"), rowOf("A8", "", "Bıçak", "=249.9 8"),
				rowOf("A9", "", "Fincan", "=249.9 9"), rowOf("B1", "", "Tepsi", "=249.9 10"), rowOf("B2", "", "Leğen", "=249.9 11"), rowOf("B3", "", "Kova", "=249.9 12"),
				rowOf("B4", "", "Ibrik", "=249.9 13"), rowOf("B5", "", "Demlik", "=249.9")),
			want: []string{
				"A1|-|Kupa|-|249.9|TRY", "A2|-|Tabak|-|249.9|TRY", "A3|-|Kase|-|249.9|EUR", "A4|-|Tas|-|1249.9|USD", "A5|-|Sürahi|-|249.9|TRY",
				"A6|-|Çatal|-|249.9|USD", "A7|-|Kaşık|-|249.9|USD", "A8|-|Bıçak|-|249.9|EUR", "A9|-|Fincan|-|249.9|USD", "B1|-|Tepsi|-|249.9|GBP",
				"B2|-|Leğen|-|249.9|TRY", "B3|-|Kova|-|249.9|EUR", "B4|-|Ibrik|-|249.9", "B5|-|Demlik|-|249.9",
			},
			notes: []string{"currency Satış Fiyatı 12"},
		},
		{
			kind: 4, says: "a currency and a unit where they say nothing: stock, VAT, code", file: "a.xlsx",
			content: booked(t, []string{"[$₺-41F]#,##0.00", `0 "adet"`, `0 "m2"`, `#,##0.00\ "TL"`}, header,
				rowOf("=1234 4", "=8690632059150 1", "Kupa", "=10", "=12 1", "=20 4"), rowOf("A2", "", "Tabak", "=10", "=12 2", "=10"), rowOf("A3", "", "Halı", "=10", "=3 3", "=10")),
			want:  []string{"1234|8690632059150|Kupa|-|10|-|12|20", "A2|-|Tabak|-|10|-|12|10", "A3|-|Halı|-|10|-|3|10"},
			notes: []string{"format Stok 2"},
		},
		{
			kind: 4, says: "dates in the place of values", file: "a.xlsx",
			content: booked(t, []string{"built-in 14", "built-in 16", "built-in 17", "dd/mm/yyyy;@", "[$-41F]d mmmm yyyy;@", "h:mm", "[$-409]mmm-yy", "yyyy-mm-dd hh:mm:ss", "mm:ss.0"}, header,
				rowOf("A1", "", "Kupa", "=45294 1", "=1", "=20"), rowOf("A2", "", "Tabak", "=10", "=45294 2", "=20"), rowOf("=45292 3", "", "Kase", "=10", "=1", "=20"),
				rowOf("=45294 2", "", "Tas", "=10", "=1", "=20"), rowOf("A5", "=45294 4", "Sürahi", "=10", "=1", "=20"), rowOf("A6", "", "=45294 5", "=10", "=1", "=0.5 6"),
				rowOf("=45292 7", "", "Kaşık", "=45294.5 8", "=1", "=20"), rowOf("A8", "", "Bıçak", "=10", "=0.5 9", "=20"),
				rowOf("A9", "", "Fincan", `<c t="d"><v>2024-01-03T00:00:00</v></c>`, "=1", "=20")),
			want: []string{
				"A1|-|Kupa|-|-|-|1|20", "A2|-|Tabak|-|10|-|-|20", "Oca.24|-|Kase|-|10|-|1|20", "03.Oca|-|Tas|-|10|-|1|20", "A5|03/01/2024|Sürahi|-|10|-|1|20",
				"A6|-|3 Ocak 2024|-|10|-|1", "Jan-24|-|Kaşık|-|-|-|1|20", "A8|-|Bıçak|-|10|-|-|20", "A9|-|Fincan|-|-|-|1|20",
			},
			problems: []string{
				"2 price spoilt-date", "3 stock spoilt-date", "4 code code-date", "5 code code-date", "6 barcode code-date", "7 vat spoilt-date",
				"8 code code-date", "8 price spoilt-date", "9 stock spoilt-date", "10 price spoilt-date",
			},
			notes: []string{"format Ürün Adı 1"},
		},
		{
			kind: 4, says: "formats of columns, rows and named styles", file: "a.xlsx",
			content: aBook{
				styles: `<numFmts><numFmt numFmtId="170" formatCode="00000"/><numFmt numFmtId="44" formatCode="#,##0.00\ &quot;€&quot;"/></numFmts>` +
					`<cellStyleXfs><xf numFmtId="0"/><xf numFmtId="9"/><xf numFmtId="170"/></cellStyleXfs>` +
					`<cellXfs><xf numFmtId="0"/><xf numFmtId="170"/><xf xfId="1"/><xf numFmtId="0" xfId="1"/><xf numFmtId="44" applyNumberFormat="0"/><xf numFmtId="0" xfId="1" applyNumberFormat="1"/></cellXfs>`,
				sheets: []aSheet{{"Sayfa1", `<worksheet><cols><col min="1" max="2" style="1"/><col min="6" max="16384" style="2"/></cols><sheetData>` + header +
					rowOf("=7", "=8", "Kupa", "=10 4", "=1", "=0.2") + rowOf("=7 0", "", "Tabak", "=10", "=1", "=0.1 3") +
					strings.Replace(rowOf("=9", "", "Kase", "=10", "=1", "=0.01"), "<row>", `<row s="4" customFormat="1">`, 1) +
					strings.Replace(rowOf("=11", "", "Tas", "=10", "=1", "=20 5"), "<row>", `<row s="4">`, 1) + `</sheetData></worksheet>`}},
			}.bytes(t),
			want: []string{"00007|00008|Kupa|-|10|EUR|1|20", "7|-|Tabak|-|10|-|1|10", "9|-|Kase|-|10|EUR|1|0.01", "00011|-|Tas|-|10|-|1|20"},
			notes: []string{
				"currency Satış Fiyatı 2", "format Barkod 1", "format KDV Oranı 2", "format Stok Kodu 2",
			},
		},
		{
			kind: 4, says: "hostile: formats that say nothing, hide or contradict", file: "a.xlsx",
			content: booked(t, []string{
				"built-in 14", ";;;", "0.00E+00", "[$", `"`, "\\", strings.Repeat("0", 5000), "General", "GENEL", "built-in 9999", `0;-0;"-"`, `0.0,"K"`, "# ?/?", "[h]:mm", "", "@", "built-in 44",
			}, header,
				rowOf("A1", "=8690632059150 1", "Kupa", "=10 2", "=-5 14", "=20"), rowOf("A2", "=8690632059150 3", "Tabak", "=10 4", "=1 5", "=20 6"),
				rowOf("=5 8", "", "Kase", "=10 9", "=1 10", "=20 77"), rowOf("A4", "", "Tas", "=12500 12", "=0 11", "=20 13"), rowOf("A5", "", "Sürahi", "=1.5 15", "=1 16", "=20 -1"),
				rowOf("A6", "", "Çatal", "=10 17", "<c s=\"1\"><v>x</v></c>", "=20 99999999999999999999"), rowOf("A7", "", "Kaşık", "=-10 11", "=1E300 1", "=20")),
			want: []string{
				"A1|8690632059150|Kupa|-|10|-|-5|20", "A2|8690632059150|Tabak|-|10|-|1|20", "5|-|Kase|-|10|-|1|20", "A4|-|Tas|-|-|-|0|20",
				"A5|-|Sürahi|-|1.5|-|1|20", "A6|-|Çatal|-|10|-|-|20", "A7|-|Kaşık|-|-|-|-|20",
			},
			problems: []string{"5 price scaled-number", "7 stock bad-number", "8 price negative-price", "8 stock bad-number"},
		},
		{
			kind: 4, says: "hostile: formats by condition, with the zero of a padding far beyond a code", file: "a.xlsx",
			content: booked(t, []string{`[<100]"K-"000;[>=100000]0;"B-"00000`, `[=0]"yok";0 "ad."`, strings.Repeat("0", 300), `0%;"-";0%`}, header,
				rowOf("=7 1", "", "Kupa", "=10", "=0 2", "=0.2 4"), rowOf("=700 1", "", "Tabak", "=10", "=5 2", "=0.1 4"), rowOf("=700000 1", "", "Kase", "=10", "=5", "=20"),
				rowOf("=7 3", "", "Tas", "=10", "=5", "=20")),
			want:  []string{"K-007|-|Kupa|-|10|-|0|20", "B-00700|-|Tabak|-|10|-|5|10", "700000|-|Kase|-|10|-|5|20", "7|-|Tas|-|10|-|5|20"},
			notes: []string{"format KDV Oranı 2", "format Stok 1", "format Stok Kodu 2"},
		},
	})
}

func TestKinds_ofFormulasWithoutAResult(t *testing.T) {
	header := rowOf("Stok Kodu", "Barkod", "Ürün Adı", "Satış Fiyatı", "Stok")
	const bare = `<c><f>100*1.2</f></c>`
	proveKinds(t, []kindCase{
		{
			kind: 15, says: "in a price, with and without an empty value", file: "a.xlsx",
			content: booked(t, nil, header, rowOf("A1", "", "Kupa", bare, "=1"), rowOf("A2", "", "Tabak", `<c><f>100*1.2</f><v></v></c>`, "=1"),
				rowOf("A3", "", "Kase", `<c><f>100*1.2</f><v/></c>`, "=1"), rowOf("A4", "", "Tas", `<c><f>100*1.2</f><v>120</v></c>`, "=1"), rowOf("A5", "", "Sürahi", "", "=1")),
			want:     []string{"A1|-|Kupa|-|-|-|1", "A2|-|Tabak|-|-|-|1", "A3|-|Kase|-|-|-|1", "A4|-|Tas|-|120|-|1", "A5|-|Sürahi|-|-|-|1"},
			problems: []string{"2 price formula-without-result", "3 price formula-without-result", "4 price formula-without-result"},
		},
		{
			kind: 15, says: "shared and of arrays, in codes, names and stock; an empty text is a result", file: "a.xlsx",
			content: booked(t, nil, header,
				rowOf("A1", `<c t="str"><f>IF(1,"","x")</f><v></v></c>`, "Kupa", `<c><f t="shared" ref="D2:D9" si="0">E2*2</f></c>`, "=1"),
				rowOf(`<c t="str"><f>"A"&amp;2</f></c>`, "", "Tabak", `<c><f t="shared" si="0"/></c>`, `<c><f t="array" ref="E3">SUM(1)</f></c>`),
				rowOf("A3", "", `<c t="str"><f>A3</f></c>`, "=10", "=1")),
			want: []string{"A1|-|Kupa|-|-|-|1", "-|-|Tabak", "A3|-|-|-|10|-|1"},
			problems: []string{
				"2 price formula-without-result", "3 code formula-without-result", "3 price formula-without-result", "3 stock formula-without-result",
				"4 name formula-without-result",
			},
		},
		{
			kind: 15, says: "zeros of a workbook that has never been calculated", file: "a.xlsx",
			content: aBook{
				extra: `|<calcPr calcId="124519" fullCalcOnLoad="1"/>`,
				sheets: []aSheet{{"Sayfa1", filestest.SheetOf(header, rowOf("A1", "", "Kupa", `<c><f>100*1.2</f><v>0</v></c>`, "=1"), rowOf("A2", "", "Tabak", `<c><f>100*1.2</f><v>120</v></c>`, "=0"),
					rowOf("A3", "", "Kase", "=10", `<c><f>E2</f><v>0</v></c>`))}},
			}.bytes(t),
			want:     []string{"A1|-|Kupa|-|-|-|1", "A2|-|Tabak|-|120|-|0", "A3|-|Kase|-|10"},
			problems: []string{"2 price formula-without-result", "4 stock formula-without-result"},
		},
		{
			kind: 15, says: "hostile: rows of nothing else, and formulas that are not closed or stand in texts", file: "a.xlsx",
			content: booked(t, []string{"0%", "built-in 14"}, header, rowOf(bare, bare, bare, bare, bare), rowOf("A2", "", `<c t="inlineStr"><is><t>=A1</t></is></c>`, "=1", "=2"),
				rowOf("A3", "", "Kase", `<c s="2"><f>TODAY()</f></c>`, `<c t="n"><f>1</f><f>2</f></c>`), rowOf("A4", "", "Tas", `<c t="e"><f>1/0</f><v>#DIV/0!</v></c>`, `<c t="b"><f>1=1</f></c>`),
				rowOf("A5", `<c t="s"><f>A1</f></c>`, "Sürahi", "=1", `<c><f>`+strings.Repeat("1+", 5000)+`1</f></c>`)),
			want: []string{"A2|-|=A1|-|1|-|2", "A3|-|Kase", "A4|-|Tas", "A5|-|Sürahi|-|1"},
			problems: []string{
				"2 code formula-without-result", "2 barcode formula-without-result", "2 name formula-without-result", "2 price formula-without-result",
				"2 stock formula-without-result", "2 name no-name-no-code-no-barcode", "4 price formula-without-result", "4 stock formula-without-result",
				"5 price cell-error", "5 stock formula-without-result", "6 barcode formula-without-result", "6 stock formula-without-result",
			},
		},
	})
}

func TestKinds_ofCodesThatExcelHasDamaged(t *testing.T) {
	header := rowOf("Stok Kodu", "Barkod", "Ürün Adı", "Fiyat")
	proveKinds(t, []kindCase{
		{
			kind: 16, says: "in a CSV", file: "a.csv",
			content: "Stok Kodu;Barkod;Ürün Adı;Fiyat\n1234.0;8690632059150.0;Kupa;1,5\n1,23E+05;;Tabak;2,5\n03.Oca;;Bardak;3,5\nOca.24;;Kase;4,5\n5678,00;;Tas;5,5\n" +
				"12.03.2024;;Sürahi;6,5\n2024-03-12 00:00:00;;Çatal;7,5\nJan-24;;Kaşık;8,5\n3-May;;Bıçak;9,5\n",
			want: []string{
				"1234.0|8690632059150.0|Kupa|-|1.5", "1,23E+05|-|Tabak|-|2.5", "03.Oca|-|Bardak|-|3.5", "Oca.24|-|Kase|-|4.5", "5678,00|-|Tas|-|5.5",
				"12.03.2024|-|Sürahi|-|6.5", "2024-03-12 00:00:00|-|Çatal|-|7.5", "Jan-24|-|Kaşık|-|8.5", "3-May|-|Bıçak|-|9.5",
			},
			problems: []string{
				"2 code code-decimals", "2 barcode barcode-decimals", "3 code code-exponent", "4 code code-date", "5 code code-date", "6 code code-decimals",
				"7 code code-date", "8 code code-date", "9 code code-date", "10 code code-date",
			},
		},
		{
			kind: 16, says: "in texts and numbers of a workbook", file: "a.xlsx",
			content: booked(t, nil, header, rowOf("1234.0", "8,69063E+12", "Kupa"), rowOf("=1234.0", "=8690632059150.0", "Tabak"), rowOf("=1.23E5", "=8.69063205915E12", "Kase"),
				rowOf("1.23E+05", "24.Ağu", "Tas"), rowOf("=1234567890123456", "=8690632059150123", "Sürahi"), rowOf("Şub.23", "Tem-05", "Çatal")),
			want: []string{
				"1234.0|8,69063E+12|Kupa", "1234|8690632059150|Tabak", "123000|8690632059150|Kase", "1.23E+05|24.Ağu|Tas",
				"1234567890123456|8690632059150123|Sürahi", "Şub.23|Tem-05|Çatal",
			},
			problems: []string{
				"2 code code-decimals", "2 barcode barcode-exponent", "5 code code-exponent", "5 barcode code-date", "6 code code-rounded", "6 barcode barcode-rounded",
				"7 code code-date", "7 barcode code-date",
			},
		},
		{
			kind: 16, says: "dates in the place of a price and a stock in a CSV", file: "a.csv",
			content: "Stok Kodu;Ürün Adı;Fiyat;Stok\nA1;Kupa;12.May;5\nA2;Tabak;10,50;03.Oca\nA3;Kase;12.05.2024;1\nA4;Tas;yok;1\n",
			want:    []string{"A1|-|Kupa|-|-|-|5", "A2|-|Tabak|-|10.5", "A3|-|Kase|-|-|-|1", "A4|-|Tas|-|-|-|1"},
			problems: []string{
				"2 price spoilt-date", "3 stock spoilt-date", "4 price spoilt-date", "5 price bad-number",
			},
		},
		{
			kind: 16, says: "hostile: codes that only look like it are left alone", file: "a.csv",
			content: "Stok Kodu;Ürün Adı;Fiyat\n1E5;Kupa;1,5\n12E34;Tabak;1,5\nMAY-10;Kase;1,5\nMart.24;Tas;1,5\n1234.5;Sürahi;1,5\n.0;Çatal;1,5\n45.13.2024;Kaşık;1,5\n" +
				"32.Oca;Bıçak;1,5\nE+05;Fincan;1,5\n10.10;Kova;1,5\nOca.1234;Tepsi;1,5\n1.234.0;Leğen;1,5\n2024-13-01;Ibrik;1,5\n1234.000;Demlik;1,5\n",
			want: []string{
				"1E5|-|Kupa|-|1.5", "12E34|-|Tabak|-|1.5", "MAY-10|-|Kase|-|1.5", "Mart.24|-|Tas|-|1.5", "1234.5|-|Sürahi|-|1.5", ".0|-|Çatal|-|1.5",
				"45.13.2024|-|Kaşık|-|1.5", "32.Oca|-|Bıçak|-|1.5", "E+05|-|Fincan|-|1.5", "10.10|-|Kova|-|1.5", "Oca.1234|-|Tepsi|-|1.5", "1.234.0|-|Leğen|-|1.5",
				"2024-13-01|-|Ibrik|-|1.5", "1234.000|-|Demlik|-|1.5",
			},
		},
	})
}

func TestKinds_ofSeveralSheets(t *testing.T) {
	header := rowOf("Ürün Kodu", "Ürün Adı", "Fiyat")
	first := aSheet{"Sayfa1", filestest.SheetOf(header, rowOf("A1", "Kupa", "=10"), rowOf("A2", "Tabak", "=12"))}
	second := aSheet{"MİKSER", filestest.SheetOf(header, rowOf("B1", "Mikser", "=100"))}
	help := aSheet{"Yardım", filestest.SheetOf(rowOf("Nasıl doldurulur?"), rowOf("Ürün kodu zorunludur"))}
	all := []string{"A1|-|Kupa|-|10", "A2|-|Tabak|-|12", "B1|-|Mikser|-|100"}
	two := aBook{sheets: []aSheet{first, second, help}}.bytes(t)
	proveKinds(t, []kindCase{
		{kind: 26, says: "none named", file: "a.xlsx", content: two, want: all[:2], questions: []string{"sheet"}},
		{kind: 26, says: "one named", file: "a.xlsx", content: two, reading: listing.Reading{Sheet: "MİKSER"}, want: all[2:]},
		{kind: 26, says: "all", file: "a.xlsx", content: two, reading: listing.Reading{Sheet: listing.AllSheets}, want: all},
		{kind: 26, says: "all answered", file: "a.xlsx", content: two, reading: listing.Reading{Answers: listing.Answers{"sheet": "all"}}, want: all},
		{kind: 26, says: "one answered", file: "a.xlsx", content: two, reading: listing.Reading{Answers: listing.Answers{"sheet": "MİKSER"}}, want: all[2:]},
		{kind: 26, says: "an answer that is none", file: "a.xlsx", content: two, reading: listing.Reading{Answers: listing.Answers{"sheet": "Yardım"}}, want: all[:2], questions: []string{"sheet"}},
		{
			kind: 26, says: "a single one with products, beside help and lists", file: "a.xlsx",
			content: aBook{sheets: []aSheet{help, first, {"Markalar", filestest.SheetOf(rowOf("Marka", "Marka No"), rowOf("Acme", "=1"))}, {"KDV", filestest.SheetOf(rowOf("KDV"), rowOf("=20"))}, {"Boş", filestest.SheetOf(header)}}}.bytes(t),
			want:    all[:2],
		},
		{
			kind: 26, says: "all, with columns in another order, other names and a title above", file: "a.xlsx",
			content: aBook{sheets: []aSheet{first, {"Mikser", filestest.SheetOf(rowOf("MİKSERLER"), rowOf(""), rowOf("Raf", "Satış Fiyatı", "Ürün Adı", "Ürün Kodu"), rowOf("R1", "=100", "Mikser", "B1"), rowOf("", "=-1", "Blender", "B2"))}, help}}.bytes(t),
			reading: listing.Reading{Sheet: listing.AllSheets}, want: append(all[:3:3], "B2|-|Blender"), problems: []string{"5 price negative-price"}, ignored: []string{"Raf"},
		},
		{
			kind: 26, says: "hostile: sheets called all and *, hidden ones, and columns that are there twice", file: "a.xlsx",
			content: aBook{sheets: []aSheet{
				{"all", filestest.SheetOf(rowOf("Ürün Kodu", "Ürün Adı", "Fiyat", "", "Fiyat"), rowOf("A1", "Kupa", "=10", "x", "=11"), rowOf("A2", "Tabak", "=12", "", "=13", "zu viel"))},
				{"*", filestest.SheetOf(rowOf("Fiyat", "Fiyat", "", "Ürün Kodu", "Ürün Adı"), rowOf("=100", "=101", "y", "B1", "Mikser"))},
				{"gizli!hidden", first.content},
				{"çok gizli!veryHidden", second.content},
			}}.bytes(t),
			reading: listing.Reading{Sheet: listing.AllSheets}, want: all, ignored: []string{"D"},
		},
		{kind: 26, says: "none of that name", file: "a.xlsx", content: two, reading: listing.Reading{Sheet: "mikser"}, detail: "file.unknown-sheet"},
	})
}

func TestKinds_ofAHeaderRowThatIsGiven(t *testing.T) {
	mapped := map[listing.Field]string{listing.Code: "No", listing.Name: "Mal", listing.Price: "C"}
	rows := []string{rowOf("Stok Kodu", "Fiyat", "Liste"), rowOf("2024"), rowOf("No", "Mal", "Peşin"), rowOf("A1", "Kupa", "=10")}
	proveKinds(t, []kindCase{
		{
			says: "header row in a CSV, below a title that looks like one", file: "a.csv", content: "Stok Kodu;Fiyat;Liste\n2024;;\nNo;Mal;Peşin\nA1;Kupa;10,50\n",
			reading: listing.Reading{HeaderRow: 3}, chosen: mapped, want: []string{"A1|-|Kupa|-|10.5"},
		},
		{
			says: "header row in a CSV behind a cell of several lines, far below the first rows", file: "a.csv",
			content: "\"a\nb\";1\n" + strings.Repeat("başlık;x\n", 40) + "Kod;Ad\nA1;Kupa\n", reading: listing.Reading{HeaderRow: 43}, want: []string{"A1|-|Kupa"},
		},
		{says: "header row in a workbook", file: "a.xlsx", content: booked(t, nil, rows...), reading: listing.Reading{HeaderRow: 3}, chosen: mapped, want: []string{"A1|-|Kupa|-|10"}},
		{says: "header row without a row below it", file: "a.xlsx", content: booked(t, nil, rows...), reading: listing.Reading{HeaderRow: 4}, detail: "file.empty"},
		{says: "header row that is not there", file: "a.csv", content: "Kod;Ad\nA1;Kupa\n", reading: listing.Reading{HeaderRow: 9}, detail: "file.unknown-header-row"},
		{says: "header row that is blank", file: "a.csv", content: "Kod;Ad\n;\nA1;Kupa\n", reading: listing.Reading{HeaderRow: 2}, detail: "file.unknown-header-row"},
		{says: "header row below zero", file: "a.csv", content: "Kod;Ad\nA1;Kupa\n", reading: listing.Reading{HeaderRow: -1}, detail: "file.unknown-header-row"},
		{says: "header row in XML, which has none", file: "a.xml", content: `<u><p><kod>A1</kod><ad>Kupa</ad></p><p><kod>A2</kod><ad>Tas</ad></p></u>`, reading: listing.Reading{HeaderRow: 1}, detail: "file.unknown-header-row"},
		{
			says: "header row of all sheets", file: "a.xlsx",
			content: aBook{sheets: []aSheet{{"A", filestest.SheetOf(rows...)}, {"B", filestest.SheetOf(append(rows[:3:3], rowOf("B1", "Mikser", "=100"))...)}, {"C", filestest.SheetOf(rows[0])}}}.bytes(t),
			reading: listing.Reading{HeaderRow: 3, Sheet: listing.AllSheets}, chosen: mapped, want: []string{"A1|-|Kupa|-|10", "B1|-|Mikser|-|100"},
		},
	})
}

// Every sheet is accounted for, hidden ones too; each row says of which it is, where there are several.
func TestAccount_ofSheets(t *testing.T) {
	header := rowOf("Ürün Kodu", "Ürün Adı", "Fiyat")
	path := filestest.Written(t, "a.xlsx", aBook{sheets: []aSheet{
		{"Yardım", filestest.SheetOf(rowOf("Nasıl doldurulur?"), rowOf("Böyle"), rowOf(""), rowOf("Şöyle"))},
		{"Kupa", filestest.SheetOf(rowOf("LİSTE"), header, rowOf("A1", "Kupa", "=10"), rowOf("A2", "Tabak", "=-12"))},
		{"Mikser", filestest.SheetOf(header, rowOf("B1", "Mikser", "=-1"))},
		{"Boş", filestest.SheetOf()},
		{"Bozuk", "<worksheet><sheetData><row>"},
		{"Eski!hidden", filestest.SheetOf(header, rowOf("C1", "Eski", "=1"), rowOf("C2", "Eski", "=1"))},
	}}.bytes(t))
	for _, c := range []struct{ sheet, sheets, rows string }{
		{"", "Yardım 2 false, Kupa 2 true, Mikser 1 false, Boş 0 false, Bozuk 0 false, Eski 2 false", "A1 3, A2 4"},
		{"Mikser", "Yardım 2 false, Kupa 2 false, Mikser 1 true, Boş 0 false, Bozuk 0 false, Eski 2 false", "B1 2"},
		{listing.AllSheets, "Yardım 2 false, Kupa 2 true, Mikser 1 true, Boş 0 false, Bozuk 0 false, Eski 2 false", "A1 Kupa3, A2 Kupa4, B1 Mikser2"},
	} {
		source, err := Folders{}.OpenChosen(t.Context(), path, listing.Reading{Sheet: c.sheet}, nil)
		if err != nil {
			t.Fatal(err)
		}
		for range 2 { // the second reading counts anew
			var rows, sheets []string
			for row, err := range source.Rows {
				if err != nil {
					t.Fatal(err)
				}
				rows = append(rows, fmt.Sprintf("%s %s%d", row.Product.Code, row.Sheet, row.Line))
			}
			for _, s := range source.Account().Sheets {
				sheets = append(sheets, fmt.Sprintf("%s %d %t", s.Name, s.Rows, s.Read))
			}
			if got := strings.Join(rows, ", "); got != c.rows {
				t.Errorf("%q: rows %s, want %s", c.sheet, got, c.rows)
			}
			if got := strings.Join(sheets, ", "); got != c.sheets {
				t.Errorf("%q: sheets %s, want %s", c.sheet, got, c.sheets)
			}
		}
		if err := source.Close(); err != nil {
			t.Error(err)
		}
	}
}

// A look at a file leaves open what it asks, and what was said stays said.
func TestInspect_leavesTheSheetOpenThatIsAskedFor(t *testing.T) {
	header := rowOf("Ürün Kodu", "Ürün Adı", "Fiyat")
	path := filestest.Written(t, "a.xlsx", aBook{sheets: []aSheet{{"A", filestest.SheetOf(header, rowOf("A1", "Kupa", "=10"))}, {"B", filestest.SheetOf(header, rowOf("B1", "Tas", "=10"))}}}.bytes(t))
	for _, c := range []struct {
		reading listing.Reading
		want    string // sheet of the reading, and the first code
	}{
		{listing.Reading{}, " A1"},
		{listing.Reading{Sheet: "B"}, "B B1"},
		{listing.Reading{Answers: listing.Answers{"sheet": "B"}}, " B1"},
		{listing.Reading{Sheet: listing.AllSheets}, "* A1"},
		{listing.Reading{HeaderRow: 1, Sheet: "A"}, "A A1"},
	} {
		found, err := Folders{}.Inspect(t.Context(), path, c.reading)
		if err != nil {
			t.Fatal(err)
		}
		if got := found.Reading.Sheet + " " + found.Rows[0].Cells[0]; got != c.want || found.Reading.HeaderRow != c.reading.HeaderRow ||
			found.Reading.Answers["sheet"] != c.reading.Answers["sheet"] {
			t.Errorf("%+v: %q of %+v, want %q", c.reading, got, found.Reading, c.want)
		}
	}
}

// What a damaged code was is proposed where the text tells it.
func TestProblems_proposeWhatADamagedCodeWas(t *testing.T) {
	for cell, want := range map[string]string{
		"1234.0": "1234", "5678,00": "5678", "1,23456E+05": "123456", "1,23E+05": "", "1,2E+01": "12", "03.Oca": "", "Oca.24": "", "1,23E-05": "",
	} {
		row := one(t, "Stok Kodu;Ad", cell+";a")
		got := ""
		for _, p := range row.Problems {
			got += p.Proposed
		}
		if got != want || string(row.Product.Code) != cell {
			t.Errorf("%s: code %q, proposed %q, want %q", cell, row.Product.Code, got, want)
		}
	}
	row := one(t, "Barkod;Ad", "8690632059150,0;a")
	if len(row.Problems) != 1 || row.Problems[0].Proposed != "8690632059150" || row.Problems[0].Reason != listing.BarcodeDecimals {
		t.Errorf("%+v", row.Problems)
	}
}

// The points of a date prove no decimal mark.
func TestDecimalMark_ofDates(t *testing.T) {
	f := opened(t, filestest.Written(t, "a.xlsx", booked(t, []string{"dd.mm.yyyy"}, rowOf("Ad", "Fiyat"), rowOf("Kupa", "=45294 1"), rowOf("Tas", "<c><f>1.5.2</f></c>"))))
	if mark, err := DecimalMark(f, mapping.Of(f.Header())); mark != "" || err != nil {
		t.Errorf("%q, %v", mark, err)
	}
}
