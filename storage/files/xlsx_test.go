package files

import (
	"archive/zip"
	"bytes"
	"fmt"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/exports"
	"github.com/sopyo/sopyo-desktop/domain/listing"
)

// workbookOf makes the bytes of a workbook from raw XML, as other programs write it.
func workbookOf(t *testing.T, shared string, sheets ...string) string {
	t.Helper()
	var out bytes.Buffer
	archive := zip.NewWriter(&out)
	put := func(name, content string) {
		w, err := archive.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(content)); err != nil {
			t.Fatal(err)
		}
	}
	const office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	put("_rels/.rels", `<Relationships><Relationship Id="r" Type="`+office+`/officeDocument" Target="/xl/workbook.xml"/></Relationships>`)
	names, rels := "", ""
	for i, s := range sheets {
		state, data, found := strings.Cut(s, "!")
		if !found {
			state, data = "visible", s
		}
		names += fmt.Sprintf(`<sheet name="S%d" sheetId="%d" state="%s" r:id="r%d"/>`, i+1, 9-i, state, i+1)
		rels += fmt.Sprintf(`<Relationship Id="r%d" Type="%s/worksheet" Target="worksheets/sheet%d.xml"/>`, i+1, office, i+1)
		put(fmt.Sprintf("xl/worksheets/sheet%d.xml", i+1), data)
	}
	if shared != "" {
		rels += `<Relationship Id="s" Type="` + office + `/sharedStrings" Target="sharedStrings.xml"/>`
		put("xl/SharedStrings.xml", shared)
	}
	put("xl/workbook.xml", `<workbook xmlns:r="`+office+`"><sheets>`+names+`</sheets></workbook>`)
	put("xl/_rels/workbook.xml.rels", `<Relationships>`+rels+`</Relationships>`)
	if err := archive.Close(); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func inline(texts ...string) string {
	var row strings.Builder
	row.WriteString("<row>")
	for _, s := range texts {
		row.WriteString(`<c t="inlineStr"><is><t>` + s + `</t></is></c>`)
	}
	return row.String() + "</row>"
}

func sheetOf(rows ...string) string {
	return `<worksheet><dimension ref="A1"/><sheetData>` + strings.Join(rows, "") + `</sheetData></worksheet>`
}

func TestRows_ofXLSX(t *testing.T) {
	header := inline("Barkod", "Ad")
	shared := `<sst><si><t>bir</t></si><si><r><t>i</t></r><r><t xml:space="preserve">ki </t></r><rPh><t>oku</t></rPh></si><si/></sst>`
	for _, c := range []struct {
		name, rows string
		want       [][]string
	}{
		{"text keeps its zeros", inline("0012", "a"), [][]string{{"0012", "a"}}},
		{"numbers without noise", `<row><c><v>8.69063205915E12</v></c><c t="n"><v>159.11999999999998</v></c></row>`, [][]string{{"8690632059150", "159.12"}}},
		{"text that looks like a number", `<row><c t="str"><v>8.69E+12</v></c><c t="inlineStr"><is><t>159.11999999999998</t></is></c></row>`, [][]string{{"8.69E+12", "159.11999999999998"}}},
		{"shared texts", `<row><c t="s"><v>1</v></c><c t="s"><v>0</v></c></row><row><c t="s"><v>2</v></c><c t="s"><v>0</v></c></row>`, [][]string{{"iki ", "bir"}, {"", "bir"}}},
		{"gaps", `<row r="5"><c r="B5" t="s"><v>0</v></c><c r="D5"><v>1</v></c></row>`, [][]string{{"", "bir", "", "1"}}},
		{"formatted but empty", `<row><c s="1"/><c s="2"></c></row>` + inline("1", ""), [][]string{{"1", ""}}},
		{"formula", `<row><c><f>1+1</f><v>2</v></c><c t="str"><f>A1</f><v>x</v></c></row>`, [][]string{{"2", "x"}}},
		{"error and truth", `<row><c t="e"><v>#N/A</v></c><c t="b"><v>1</v></c></row>`, [][]string{{"#N/A", "TRUE"}}},
		{"escapes", inline("a_x000D__x000A_b", "_x005F_x0041_ &amp; &#304;"), [][]string{{"a\r\nb", "_x0041_ & İ"}}},
		{"white space between elements", "<row>\n <c>\n  <v>1</v>\n </c>\n</row>", [][]string{{"1", ""}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := opened(t, written(t, "a.xlsx", workbookOf(t, shared, sheetOf(header, c.rows))))
			for range 2 {
				if got := cells(t, f); !reflect.DeepEqual(got, c.want) {
					t.Errorf("got %q, want %q", got, c.want)
				}
			}
		})
	}
}

func TestRows_numericCellsAreKnown(t *testing.T) {
	f := opened(t, written(t, "a.xlsx", workbookOf(t, "", sheetOf(inline("Barkod", "Ad"), `<row><c><v>1</v></c><c t="str"><v>1</v></c></row>`))))
	for row, err := range f.Rows() {
		if err != nil {
			t.Fatal(err)
		}
		if !row.Numeric(0) || row.Numeric(1) || row.Numeric(2) || row.Numeric(-1) {
			t.Errorf("numeric: %v", row.numeric)
		}
	}
}

func TestOpen_choosesSheet(t *testing.T) {
	help, data, blank := sheetOf(inline("Nasıl doldurulur?"), inline("Böyle")), sheetOf(inline("Barkod", "Ad"), inline("1", "a")), sheetOf()
	for _, c := range []struct {
		name   string
		sheets []string
		want   string
	}{
		{"first", []string{data, data}, "S1"},
		{"with a known column", []string{help, data}, "S2"},
		{"not empty", []string{blank, help}, "S2"},
		{"not hidden", []string{"hidden!" + data, "veryHidden!" + data, data}, "S3"},
		{"hidden when there is no other", []string{"hidden!" + data}, "S1"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := opened(t, written(t, "a", workbookOf(t, "", c.sheets...))).Info(); got.Sheet != c.want || got.Format != FormatXLSX {
				t.Errorf("%+v, want sheet %s", got, c.want)
			}
		})
	}
}

func TestOpen_refusesXLSX(t *testing.T) {
	header := inline("Barkod", "Ad")
	whole := workbookOf(t, "", sheetOf(header, inline("1", "a")))
	for _, c := range []struct {
		name, content string
		kind          domain.Kind
		detail        string
	}{
		{"empty sheet", workbookOf(t, "", sheetOf()), domain.KindEmptyFile, "file.empty"},
		{"only a header", workbookOf(t, "", sheetOf(header, `<row/>`)), domain.KindEmptyFile, "file.empty"},
		{"no sheet", workbookOf(t, ""), domain.KindEmptyFile, "file.empty"},
		{"cut zip", whole[:len(whole)/2], domain.KindFile, "file.broken"},
		{"cut sheet", workbookOf(t, "", `<worksheet><sheetData>`+header+`<row><c><v>1`), domain.KindFile, "file.broken"},
		{"an end without a beginning", workbookOf(t, "", sheetOf(header, `<row><v>0</c></row>`)), domain.KindFile, "file.broken 2"},
		{"no XML", workbookOf(t, "", "<<<"), domain.KindFile, "file.broken"},
		{"shared text that is not there", workbookOf(t, "<sst/>", sheetOf(header, `<row><c t="s"><v>7</v></c></row>`)), domain.KindFile, "file.broken 2"},
		{"row beyond Excel's last", workbookOf(t, "", sheetOf(header, `<row r="1048577"><c><v>1</v></c></row>`)), domain.KindFile, "file.too-large"},
		{"column beyond Excel's last", workbookOf(t, "", sheetOf(header, `<row><c r="XFE2"><v>1</v></c></row>`)), domain.KindFile, "file.too-many-cells 2"},
		{"bomb in a cell", workbookOf(t, "", sheetOf(header, inline(strings.Repeat("a", maxField+100<<10)))), domain.KindFile, "file.cell-too-long 2"},
		{"bomb of pieces in a cell", workbookOf(t, "", sheetOf(header, `<row><c t="inlineStr"><is>`+strings.Repeat("<t>"+strings.Repeat("a", 1000)+"</t>", 1100)+`</is></c></row>`)), domain.KindFile, "file.cell-too-long 2"},
		{"bomb of pieces in a shared text", workbookOf(t, "<sst><si>"+strings.Repeat("<t>"+strings.Repeat("a", 1000)+"</t>", 1100)+"</si></sst>", sheetOf(header)), domain.KindFile, "file.cell-too-long"},
		{"bomb of cells that are one shared text", workbookOf(t, "<sst><si><t>"+strings.Repeat("a", 1<<19)+"</t></si></sst>", sheetOf(header, "<row>"+strings.Repeat(`<c t="s"><v>0</v></c>`, 17)+"</row>")), domain.KindFile, "file.row-too-long 2"},
		{"bomb of a sheet", workbookOf(t, "", sheetOf(header, strings.Repeat(" ", alwaysTaken))), domain.KindFile, "file.too-large"},
		{"bomb of rows", workbookOf(t, "", sheetOf(header, strings.Repeat("<row/>", exports.SheetRows+1))), domain.KindFile, "file.too-large"},
		{"bomb of relations", bombAt(t, "_rels/.rels"), domain.KindFile, "file.too-large"},
		{"a zip of something else", bombAt(t, "word/document.xml"), domain.KindFile, "file.document"},
	} {
		t.Run(c.name, func(t *testing.T) {
			f, err := Open(t.Context(), written(t, "a.xlsx", c.content), listing.Reading{})
			if err == nil {
				for _, e := range f.Rows() {
					err = e
				}
				_ = f.Close()
			}
			if domain.KindOf(err) != c.kind || detail(err) != c.detail {
				t.Errorf("%v, want %s %s", err, c.kind, c.detail)
			}
		})
	}
}

// bombAt makes a small zip with one part that unpacks to more than any of the small parts may.
func bombAt(t *testing.T, name string) string {
	t.Helper()
	var out bytes.Buffer
	archive := zip.NewWriter(&out)
	w, err := archive.Create(name)
	if err == nil {
		_, err = w.Write([]byte("<a>" + strings.Repeat(" ", maxPart)))
	}
	if err == nil {
		err = archive.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestOpen_ofExcelizesFiles(t *testing.T) {
	book := excelize.NewFile()
	for at, value := range map[string]any{"A1": "Barkod", "B1": "Fiyat", "C1": "Stok Kodu", "A2": "0086", "B2": 12.1, "C2": 7, "A4": 8690632059150, "B4": "1.234,50"} {
		if err := book.SetCellValue("Sheet1", at, value); err != nil {
			t.Fatal(err)
		}
	}
	plain, locked := filepath.Join(t.TempDir(), "a.xlsx"), filepath.Join(t.TempDir(), "b.xlsx")
	if err := book.SaveAs(plain); err != nil {
		t.Fatal(err)
	}
	if err := book.SaveAs(locked, excelize.Options{Password: "gizli"}); err != nil {
		t.Fatal(err)
	}
	want := [][]string{{"0086", "12.1", "7"}, {"8690632059150", "1.234,50", ""}}
	if got := cells(t, opened(t, plain)); !reflect.DeepEqual(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	if _, err := Open(t.Context(), locked, listing.Reading{}); detail(err) != "file.password" {
		t.Errorf("%v, want file.password", err)
	}
}

func FuzzReadSheet(f *testing.F) {
	for _, s := range []string{
		sheetOf(inline("a", "b")), `<sheetData><row r="2"><c r="B2" t="s"><v>0</v></c></row>`, `<row><c><v>1E400</v></c></row></sheetData>`,
		`<sheetData><c r="ZZZZ1"/></c></row></sheetData>`, `<row><v>0</c>`, `<row><c><v>1</c></row></row><sheetData>`,
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, content string) {
		line := 0
		shared := &tables{texts: &texts{all: "abc", ends: []uint32{1, 3}}}
		err := readSheet(newXMLReader(&budget{in: strings.NewReader(content), left: maxSheet}), shared, func(r Row) bool {
			if r.Line <= line || len(r.Cells) != len(r.numeric) {
				t.Fatalf("row %d after %d, %d cells, %d kinds", r.Line, line, len(r.Cells), len(r.numeric))
			}
			line = r.Line
			return true
		})
		if err == nil && !strings.Contains(content, "sheetData") {
			t.Fatal("a sheet without an end was taken as whole")
		}
	})
}
