package xlsx

import (
	"archive/zip"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/exports"
	"github.com/sopyo/sopyo-desktop/storage/files/document"
	"github.com/sopyo/sopyo-desktop/storage/files/filestest"
	"github.com/sopyo/sopyo-desktop/storage/files/table"
)

func FuzzReadSheet(f *testing.F) {
	for _, s := range []string{
		filestest.SheetOf(filestest.Inline("a", "b")), `<sheetData><row r="2"><c r="B2" t="s"><v>0</v></c></row>`, `<row><c><v>1E400</v></c></row></sheetData>`,
		`<sheetData><c r="ZZZZ1"/></c></row></sheetData>`, `<row><v>0</c>`, `<row><c><v>1</c></row></row><sheetData>`,
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, content string) {
		line := 0
		shared := &tables{texts: &texts{all: "abc", ends: []uint32{1, 3}}}
		err := readSheet(document.NewXMLReader(strings.NewReader(content)), shared, func(r table.Row) bool {
			if r.Line <= line || len(r.Cells) != len(r.Numbers) {
				t.Fatalf("row %d after %d, %d cells, %d kinds", r.Line, line, len(r.Cells), len(r.Numbers))
			}
			line = r.Line
			return true
		})
		if err == nil && !strings.Contains(content, "sheetData") {
			t.Fatal("a sheet without an end was taken as whole")
		}
	})
}

// What says that it unpacks to more than may be is not even begun.
func TestXLSX_refusesPartsThatSayTheyAreTooLarge(t *testing.T) {
	part := func(size uint64) *zip.File {
		return &zip.File{FileHeader: zip.FileHeader{CompressedSize64: size, UncompressedSize64: size}}
	}
	if got, err := readTexts(part(maxShared + 1)); filestest.Detail(err) != "file.too-large" || got != nil {
		t.Errorf("texts: %v, %v", got, err)
	}
	for row, err := range (&Sheet{sheet: part(maxSheet + 1)}).Rows() {
		if filestest.Detail(err) != "file.too-large" || row.Line != 0 {
			t.Errorf("a sheet: %v, %v", row, err)
		}
	}
}

// sheetRows gives the rows of a sheet as "2[a b]".
func sheetRows(content string, shared *texts) (rows []string, err error) {
	err = readSheet(document.NewXMLReader(strings.NewReader(content)), &tables{texts: shared}, func(r table.Row) bool {
		rows = append(rows, fmt.Sprintf("%d%q%v", r.Line, r.Cells, r.Numbers))
		return true
	})
	return rows, err
}

func TestReadSheet_placesAndKinds(t *testing.T) {
	shared := &texts{all: "biriki", ends: []uint32{3, 6, 6}}
	for content, want := range map[string]any{
		`<row><c t="s"><v>0</v></c><c t="s"><v>1</v></c><c t="s"><v>2</v></c><c><v>3</v></c></row>`:  `1["bir" "iki" "" "3"][false false false true]`,
		`<row r="3"><c><v>1</v></c></row><row><c><v>2</v></c></row><row r="4"><c><v>3</v></c></row>`: "3[\"1\"][true] 4[\"2\"][true] 5[\"3\"][true]", // never back
		`<row r="x"><c><v>1</v></c></row><row r="0"><c><v>2</v></c></row>`:                           `1["1"][true] 2["2"][true]`,
		`<row/><row></row><row><c/></row><row><c><v>1</v></c></row>`:                                 `4["1"][true]`,
		`<row><c r="C1"><v>1</v></c><c><v>2</v></c><c r="A9"><v>3</v></c></row>`:                     `1["3" "" "1" "2"][true false true true]`,
		`<row><c r="5"><v>1</v></c><c r=""><v>2</v></c></row>`:                                       `1["1" "2"][true true]`,
		`<row><c t="inlineStr"><is><t>a</is></c><c t="str">x<v>b</v>y</c></row>`:                     `1["a" "b"][false false]`, // a text that does not end ends with its cell
		`<row><c x:r="C1" r="B1" xr="D1"><v>1</v></c></row>`:                                         `1["" "1"][false true]`,
		`<row><c r="ab1"><v>1</v></c></row>`:                                                         `1[` + strings.Repeat(`"" `, 27) + `"1"][` + strings.Repeat("false ", 27) + `true]`,
		`<row><c t="b"><v>1</v></c><c t="b"><v>0</v></c><c t="b"><v>2</v></c><c t="e"><v>#N/A</v></c><c t="d"><v>2026-11-24</v></c><c t="n"><v>1.50</v></c><c t="n"><v>x</v></c></row>`: `1["TRUE" "FALSE" "" "#N/A" "2026-11-24" "1.5" "x"][false false false false false true false]`,
		`<row><c t="str"><v>_x0041_</v></c><c t="str"><f>x</f><v>a</v><x>b</x></c><c t="str"><v>a<b/>c</v></c></row>`:                                                                   `1["A" "a" "ac"][false false false]`,
		`<row><c t="inlineStr"><is><t>a</t><r><t>b</t></r><rPh><t>x</t></rPh><t>c</t></is></c></row>`:                                                                                   `1["abc"][false]`,
		`<row><c t="s"><v></v></c><c t="s"/><c><v></v></c><c><v>1</v></c></row>`:                                                                                                        `1["" "" "" "1"][false false false true]`,
		`<row><c><v>1</v></c></row></sheetData><row><c><v>2</v></c></row>`:                                                                                                              `1["1"][true]`,
		`<row><c t="s"><v>3</v></c></row>`: "file.broken (1)", `<row r="7"><c t="s"><v>-1</v></c></row>`: "file.broken (7)", `<row><c t="s"><v>x</v></c></row>`: "file.broken (1)",
		`<row><c t="s"><v> 1</v></c></row>`: "file.broken (1)", `</c>`: "file.broken ()", `<c></c>`: "file.broken ()", `<row></c>`: "file.broken (1)", `<row><c></c></c>`: "file.broken (1)",
		`<row><c><row></c>`:                                                                              "file.broken (2)",
		`<row r="1048576"><c><v>1</v></c></row>`:                                                         `1048576["1"][true]`,
		`<row r="1048577"><c><v>1</v></c></row>`:                                                         "file.too-large ()",
		`<row r="1048576"><c><v>1</v></c></row><row><c><v>1</v></c></row>`:                               "file.too-large ()",
		`<row><c r="XFE1"><v>1</v></c></row>`:                                                            "file.too-many-cells (1)",
		`<row r="5">` + strings.Repeat(`<c r="A1"/>`, table.MaxCells+1) + `</row>`:                       "file.too-many-cells (5)",
		`<row>` + strings.Repeat(`<c/>`, table.MaxCells+1) + `</row>`:                                    "file.too-many-cells (1)",
		`<row>` + strings.Repeat(`<c r="A1"/>`, table.MaxCells) + `<x/></row><row><c><v>1</v></c></row>`: `2["1"][true]`,
		`<row r="3"><c t="str"><v>` + strings.Repeat("a", table.MaxField+1) + `</v></c></row>`:           "file.cell-too-long (3)",
	} {
		rows, err := sheetRows("<sheetData>"+content+"</sheetData>", shared)
		got := strings.Join(rows, " ")
		var e *domain.Error
		if errors.As(err, &e) {
			got = fmt.Sprintf("%s (%s)", e.Detail, e.Field)
		} else if err != nil {
			got = err.Error()
		}
		if got != want {
			t.Errorf("%.200s: %.300s, want %.300s", content, got, want)
		}
	}
	rows, err := sheetRows(`<sheetData><row><c r="XFD1"><v>1</v></c></row></sheetData>`, shared)
	if err != nil || len(rows) != 1 || strings.Count(rows[0], `""`) != table.MaxCells-1 {
		t.Errorf("the last column: %.50q, %v", rows, err)
	}
	if rows, err := sheetRows(`<sheetData><row><c t="str"><v>`+strings.Repeat("a", table.MaxField)+`</v></c></row></sheetData>`, shared); err != nil || len(rows) != 1 || len(rows[0]) < table.MaxField {
		t.Errorf("the longest cell: %d rows, %v", len(rows), err)
	}
	// Rows are counted, empty ones too.
	if _, err := sheetRows("<sheetData>"+strings.Repeat("<row/>", exports.SheetRows)+"</sheetData>", shared); err != nil {
		t.Errorf("as many rows as there may be: %v", err)
	}
	for _, cut := range []string{"", "<sheetData>", "<sheetData><row>", "<sheetData><row><c><v>1</v></c></row>"} {
		if _, err := sheetRows(cut, shared); !errors.Is(err, io.ErrUnexpectedEOF) {
			t.Errorf("%q: %v", cut, err)
		}
	}
}

// A row's texts are bounded together, also where each is one shared text.
func TestReadSheet_boundsARow(t *testing.T) {
	const half = 1 << 19
	shared := &texts{all: strings.Repeat("a", half) + "b", ends: []uint32{half, half + 1}}
	full := strings.Repeat(`<c t="s"><v>0</v></c>`, table.MaxRowBytes/half)
	if rows, err := sheetRows("<sheetData><row>"+full+"</row><row>"+full+"</row></sheetData>", shared); err != nil || len(rows) != 2 {
		t.Errorf("two full rows: %d, %v", len(rows), err)
	}
	_, err := sheetRows("<sheetData><row/><row>"+full+`<c t="s"><v>1</v></c></row></sheetData>`, shared)
	var e *domain.Error
	if !errors.As(err, &e) || e.Detail != "file.row-too-long" || e.Field != "2" {
		t.Errorf("a letter more: %v", err)
	}
}

func TestTexts(t *testing.T) {
	parse := func(content string) (*texts, error) {
		return parseTexts(document.NewXMLReader(strings.NewReader(content)))
	}
	got, err := parse(`<sst> <si><t>bir</t></si><si/><si> <t> i </t>x<r><rPr/><t>ki</t></r><rPh><t>oku</t></rPh><t>!</t><phoneticPr/></si><si><t>_x0041__x00e7_&amp;</t></si></sst>`)
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []string{"bir", "", " i ki!", "Aç&"} {
		if text, ok := got.at(i); !ok || text != want {
			t.Errorf("text %d is %q, %v, want %q", i, text, ok, want)
		}
	}
	for _, i := range []int{-1, 4} {
		if text, ok := got.at(i); ok || text != "" {
			t.Errorf("text %d is %q", i, text)
		}
	}
	if got, err := parse("<sst><si><t>" + strings.Repeat("a", table.MaxField) + "</t></si><si><t>b</t></si></sst>"); err != nil || len(got.ends) != 2 || len(got.all) != table.MaxField+1 {
		t.Errorf("the longest text: %v", err)
	}
	if _, err := parse("<sst><si><t>" + strings.Repeat("a", table.MaxField) + "</t><t>b</t></si></sst>"); filestest.Refusal(err) != "!file.cell-too-long ()" {
		t.Errorf("a letter more: %v", err)
	}
	if _, err := parse("<sst><si"); err == nil || domain.KindOf(err) != domain.KindInternal {
		t.Errorf("cut off: %v", err)
	}
}

func TestUnescape(t *testing.T) {
	for text, want := range map[string]string{
		"": "", "a": "a", "_x": "_x", "_x0041_": "A", "_x0041": "_x0041", "_x004_": "_x004_", "_X0041_": "_X0041_", "_x004g_": "_x004g_", "x0041_": "x0041_",
		"a_x000d__x000A_b": "a\r\nb", "_x005F_x0041_": "_x0041_", "_xD83D__xDE00_": "😀", "_xD83D_": "\ufffd", "_xDE00__xD83D_": "\ufffd\ufffd", "_x0041_x0042_": "Ax0042_",
		"_x00C7_a_x011F_": "Çağ", "__x0041__": "_A_",
	} {
		if got := unescape(text); got != want {
			t.Errorf("%q is %q, want %q", text, got, want)
		}
	}
}

// Writers differ in what they name, and how: each shape of a workbook gives its sheets, in their order.
func TestReadWorkbook_shapes(t *testing.T) {
	rel := func(id, kind, target string) string {
		return `<Relationship Id="` + id + `" Type="http://x/` + kind + `" Target="` + target + `"/>`
	}
	rels := func(all ...string) string { return "<Relationships>" + strings.Join(all, "") + "</Relationships>" }
	book := func(sheets string) string { return `<workbook><sheets>` + sheets + `</sheets></workbook>` }
	sheet := func(name, state, id string) string {
		return `<sheet name="` + name + `" state="` + state + `" r:id="` + id + `" xmlns:r="r"/>`
	}
	data := filestest.SheetOf(filestest.Inline("Kod"), filestest.Inline("1"))
	for name, c := range map[string]struct {
		parts []string
		want  string
	}{
		"with nothing but a workbook":   {[]string{"xl/workbook.xml", book(sheet("A", "", "1")), "xl/_rels/workbook.xml.rels", rels(rel("1", "worksheet", "s.xml")), "xl/s.xml", data}, "A"},
		"elsewhere":                     {[]string{"_rels/.rels", rels(rel("1", "officeDocument", "b/w.xml")), "b/w.xml", book(sheet("A", "visible", "1")), "b/_rels/w.xml.rels", rels(rel("1", "worksheet", "../s.xml")), "s.xml", data}, "A"},
		"from the root":                 {[]string{"_rels/.rels", rels(rel("1", "officeDocument", "/b/w.xml")), "b/w.xml", book(sheet("A", "", "1")), "b/_rels/w.xml.rels", rels(rel("1", "worksheet", "/c/s.xml")), "c/s.xml", data}, "A"},
		"in other capitals and slashes": {[]string{`XL\Workbook.XML`, book(sheet("A", "", "1")), "xl/_RELS/workbook.xml.rels", rels(rel("1", "worksheet", "S.xml")), `\xl\s.xml`, data}, "A"},
		"in its order":                  {[]string{"xl/workbook.xml", book(sheet("B", "", "2") + sheet("C", "hidden", "3") + sheet("A", "", "1")), "xl/_rels/workbook.xml.rels", rels(rel("1", "worksheet", "s.xml"), rel("2", "worksheet", "s.xml"), rel("3", "worksheet", "s.xml")), "xl/s.xml", data}, "B A"},
		"all hidden":                    {[]string{"xl/workbook.xml", book(sheet("B", "hidden", "1") + sheet("A", "veryHidden", "1")), "xl/_rels/workbook.xml.rels", rels(rel("1", "worksheet", "s.xml")), "xl/s.xml", data}, "B A"},
		"a chart between":               {[]string{"xl/workbook.xml", book(sheet("B", "", "2") + sheet("A", "", "1")), "xl/_rels/workbook.xml.rels", rels(rel("2", "chartsheet", "s.xml"), rel("1", "worksheet", "s.xml")), "xl/s.xml", data}, "A"},
		"a sheet that is not there":     {[]string{"xl/workbook.xml", book(sheet("B", "", "2") + sheet("A", "", "1")), "xl/_rels/workbook.xml.rels", rels(rel("2", "worksheet", "t.xml"), rel("1", "worksheet", "s.xml")), "xl/s.xml", data}, "A"},
		"with shared texts":             {[]string{"xl/workbook.xml", book(sheet("A", "", "1")), "xl/_rels/workbook.xml.rels", rels(rel("1", "worksheet", "s.xml"), rel("2", "sharedStrings", "t.xml")), "xl/s.xml", data, "xl/t.xml", "<sst/>"}, "A +"},
		"no workbook":                   {[]string{"a.xml", "<a/>"}, "!file.archive"},
		"a text document":               {[]string{"_rels/.rels", rels(rel("1", "officeDocument", "word/document.bin")), "word/document.bin", "x"}, "!file.document"},
		"a binary workbook":             {[]string{"_rels/.rels", rels(rel("1", "officeDocument", "xl/workbook.bin")), "xl/workbook.bin", "x", "xl/workbook.xml", book("")}, "!file.old-excel"},
		"broken relations":              {[]string{"_rels/.rels", "<a", "xl/workbook.xml", book("")}, "!file.broken"},
		"a broken workbook":             {[]string{"xl/workbook.xml", "<a"}, "!file.broken"},
		"broken relations of it":        {[]string{"xl/workbook.xml", book(""), "xl/_rels/workbook.xml.rels", "<a"}, "!file.broken"},
	} {
		content := filestest.ArchiveOf(t, c.parts...)
		archive, err := zip.NewReader(strings.NewReader(content), int64(len(content)))
		if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
			t.Fatal(err)
		}
		got, err := readWorkbook(archive)
		var names []string
		for _, s := range got.sheets {
			if !s.hidden {
				names = append(names, s.name)
			}
			if s.part == nil {
				t.Errorf("%s: %s has no part", name, s.name)
			}
		}
		if got.shared != nil {
			names = append(names, "+")
		}
		text := strings.Join(names, " ")
		if err != nil {
			text = "!" + filestest.Detail(err)
			if got.sheets != nil || got.shared != nil {
				t.Errorf("%s: %+v beside %v", name, got, err)
			}
		}
		if text != c.want {
			t.Errorf("%s: %q, want %q", name, text, c.want)
		}
	}
}

func TestPlainNumber_ofXLSX(t *testing.T) {
	for _, c := range []struct {
		raw, want string
		numeric   bool
	}{
		{"159.11999999999998", "159.12", true},
		{"56.217599999999997", "56.2176", true},
		{"19.747200000000003", "19.7472", true},
		{"-0.30000000000000004", "-0.3", true},
		{"8690632059150", "8690632059150", true},
		{"8.69063205915E12", "8690632059150", true},
		{"8.6906320591499995E+18", "8690632059149999500", true},
		{"12345678901234567", "12345678901234567", true},
		{"1E-3", "0.001", true},
		{"35.0", "35", true},
		{"0", "0", true},
		{"1E+999999999", "1E+999999999", false},
		{"1E-999999999", "1E-999999999", false},
		{"NaN", "NaN", false},
		{"", "", false},
	} {
		if got, numeric := withoutNoise(c.raw); got != c.want || numeric != c.numeric {
			t.Errorf("%q is %q %t, want %q %t", c.raw, got, numeric, c.want, c.numeric)
		}
	}
}

func TestPlainNumber_limits(t *testing.T) {
	for raw, want := range map[string]string{
		"1E40": "1" + strings.Repeat("0", 40), "1E41": "", "1E-400": "0." + strings.Repeat("0", 399) + "1", "1E-401": "",
		strings.Repeat("1", 64): strings.Repeat("1", 64), strings.Repeat("1", 65): "", " 1.5 ": "1.5", "1.": "1", "a": "", " ": "", "1,5": "",
		"123456789.12345678": "123456789.123457", "123456789.123456": "123456789.123456", "12345678901234.5": "12345678901234.5", "1234567890123.45": "1234567890123.45",
		"123456789012345.6": "123456789012346", "12345678901234567.8": "12345678901234600", "1234567890123456": "1234567890123456", "0.1234567890123456": "0.123456789012346",
		"1234567890123456.0": "1234567890123456", "-0.0": "0", "1e2": "100",
	} {
		got, numeric := withoutNoise(raw)
		if numeric != (want != "") || numeric && got != want || !numeric && got != raw {
			t.Errorf("%q is %q %t, want %q", raw, got, numeric, want)
		}
	}
}
