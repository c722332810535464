package files

import (
	"archive/zip"
	"bytes"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/exports"
	"github.com/sopyo/sopyo-desktop/domain/listing"
	"github.com/sopyo/sopyo-desktop/storage/files/filestest"
	"github.com/sopyo/sopyo-desktop/storage/files/table"
)

func TestRows_ofXLSX(t *testing.T) {
	header := filestest.Inline("Barkod", "Ad")
	shared := `<sst><si><t>bir</t></si><si><r><t>i</t></r><r><t xml:space="preserve">ki </t></r><rPh><t>oku</t></rPh></si><si/></sst>`
	for _, c := range []struct {
		name, rows string
		want       [][]string
	}{
		{"text keeps its zeros", filestest.Inline("0012", "a"), [][]string{{"0012", "a"}}},
		{"numbers without noise", `<row><c><v>8.69063205915E12</v></c><c t="n"><v>159.11999999999998</v></c></row>`, [][]string{{"8690632059150", "159.12"}}},
		{"text that looks like a number", `<row><c t="str"><v>8.69E+12</v></c><c t="inlineStr"><is><t>159.11999999999998</t></is></c></row>`, [][]string{{"8.69E+12", "159.11999999999998"}}},
		{"shared texts", `<row><c t="s"><v>1</v></c><c t="s"><v>0</v></c></row><row><c t="s"><v>2</v></c><c t="s"><v>0</v></c></row>`, [][]string{{"iki ", "bir"}, {"", "bir"}}},
		{"gaps", `<row r="5"><c r="B5" t="s"><v>0</v></c><c r="D5"><v>1</v></c></row>`, [][]string{{"", "bir", "", "1"}}},
		{"formatted but empty", `<row><c s="1"/><c s="2"></c></row>` + filestest.Inline("1", ""), [][]string{{"1", ""}}},
		{"formula", `<row><c><f>1+1</f><v>2</v></c><c t="str"><f>A1</f><v>x</v></c></row>`, [][]string{{"2", "x"}}},
		{"error and truth", `<row><c t="e"><v>#N/A</v></c><c t="b"><v>1</v></c></row>`, [][]string{{"#N/A", "TRUE"}}},
		{"escapes", filestest.Inline("a_x000D__x000A_b", "_x005F_x0041_ &amp; &#304;"), [][]string{{"a\r\nb", "_x0041_ & İ"}}},
		{"white space between elements", "<row>\n <c>\n  <v>1</v>\n </c>\n</row>", [][]string{{"1", ""}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := opened(t, filestest.Written(t, "a.xlsx", filestest.WorkbookOf(t, shared, filestest.SheetOf(header, c.rows))))
			for range 2 {
				if got := cells(t, f); !reflect.DeepEqual(got, c.want) {
					t.Errorf("got %q, want %q", got, c.want)
				}
			}
		})
	}
}

func TestRows_numericCellsAreKnown(t *testing.T) {
	f := opened(t, filestest.Written(t, "a.xlsx", filestest.WorkbookOf(t, "", filestest.SheetOf(filestest.Inline("Barkod", "Ad"), `<row><c><v>1</v></c><c t="str"><v>1</v></c></row>`))))
	for row, err := range f.Rows() {
		if err != nil {
			t.Fatal(err)
		}
		if !row.Numeric(0) || row.Numeric(1) || row.Numeric(2) || row.Numeric(-1) {
			t.Errorf("numeric: %v", row.Numbers)
		}
	}
}

func TestOpen_choosesSheet(t *testing.T) {
	help, data, blank := filestest.SheetOf(filestest.Inline("Nasıl doldurulur?"), filestest.Inline("Böyle")), filestest.SheetOf(filestest.Inline("Barkod", "Ad"), filestest.Inline("1", "a")), filestest.SheetOf()
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
			if got := opened(t, filestest.Written(t, "a", filestest.WorkbookOf(t, "", c.sheets...))).Info(); got.Sheet != c.want || got.Format != table.XLSX {
				t.Errorf("%+v, want sheet %s", got, c.want)
			}
		})
	}
}

func TestOpen_refusesXLSX(t *testing.T) {
	header := filestest.Inline("Barkod", "Ad")
	whole := filestest.WorkbookOf(t, "", filestest.SheetOf(header, filestest.Inline("1", "a")))
	for _, c := range []struct {
		name, content string
		kind          domain.Kind
		detail        string
	}{
		{"empty sheet", filestest.WorkbookOf(t, "", filestest.SheetOf()), domain.KindEmptyFile, "file.empty"},
		{"only a header", filestest.WorkbookOf(t, "", filestest.SheetOf(header, `<row/>`)), domain.KindEmptyFile, "file.empty"},
		{"no sheet", filestest.WorkbookOf(t, ""), domain.KindEmptyFile, "file.empty"},
		{"cut zip", whole[:len(whole)/2], domain.KindFile, "file.broken"},
		{"cut sheet", filestest.WorkbookOf(t, "", `<worksheet><sheetData>`+header+`<row><c><v>1`), domain.KindFile, "file.broken"},
		{"an end without a beginning", filestest.WorkbookOf(t, "", filestest.SheetOf(header, `<row><v>0</c></row>`)), domain.KindFile, "file.broken 2"},
		{"no XML", filestest.WorkbookOf(t, "", "<<<"), domain.KindFile, "file.broken"},
		{"shared text that is not there", filestest.WorkbookOf(t, "<sst/>", filestest.SheetOf(header, `<row><c t="s"><v>7</v></c></row>`)), domain.KindFile, "file.broken 2"},
		{"row beyond Excel's last", filestest.WorkbookOf(t, "", filestest.SheetOf(header, `<row r="1048577"><c><v>1</v></c></row>`)), domain.KindFile, "file.too-large"},
		{"column beyond Excel's last", filestest.WorkbookOf(t, "", filestest.SheetOf(header, `<row><c r="XFE2"><v>1</v></c></row>`)), domain.KindFile, "file.too-many-cells 2"},
		{"bomb in a cell", filestest.WorkbookOf(t, "", filestest.SheetOf(header, filestest.Inline(strings.Repeat("a", table.MaxField+100<<10)))), domain.KindFile, "file.cell-too-long 2"},
		{"bomb of pieces in a cell", filestest.WorkbookOf(t, "", filestest.SheetOf(header, `<row><c t="inlineStr"><is>`+strings.Repeat("<t>"+strings.Repeat("a", 1000)+"</t>", 1100)+`</is></c></row>`)), domain.KindFile, "file.cell-too-long 2"},
		{"bomb of pieces in a shared text", filestest.WorkbookOf(t, "<sst><si>"+strings.Repeat("<t>"+strings.Repeat("a", 1000)+"</t>", 1100)+"</si></sst>", filestest.SheetOf(header)), domain.KindFile, "file.cell-too-long"},
		{"bomb of cells that are one shared text", filestest.WorkbookOf(t, "<sst><si><t>"+strings.Repeat("a", 1<<19)+"</t></si></sst>", filestest.SheetOf(header, "<row>"+strings.Repeat(`<c t="s"><v>0</v></c>`, 17)+"</row>")), domain.KindFile, "file.row-too-long 2"},
		{"bomb of a sheet", filestest.WorkbookOf(t, "", filestest.SheetOf(header, strings.Repeat(" ", 64<<20))), domain.KindFile, "file.too-large"},
		{"bomb of rows", filestest.WorkbookOf(t, "", filestest.SheetOf(header, strings.Repeat("<row/>", exports.SheetRows+1))), domain.KindFile, "file.too-large"},
		{"bomb of relations", bombAt(t, "_rels/.rels"), domain.KindFile, "file.too-large"},
		{"a zip of something else", bombAt(t, "word/document.xml"), domain.KindFile, "file.document"},
	} {
		t.Run(c.name, func(t *testing.T) {
			f, err := Open(t.Context(), filestest.Written(t, "a.xlsx", c.content), listing.Reading{})
			if err == nil {
				for _, e := range f.Rows() {
					err = e
				}
				_ = f.Close()
			}
			if domain.KindOf(err) != c.kind || filestest.Detail(err) != c.detail {
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
		_, err = w.Write([]byte("<a>" + strings.Repeat(" ", 16<<20)))
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
	if _, err := Open(t.Context(), locked, listing.Reading{}); filestest.Detail(err) != "file.password" {
		t.Errorf("%v, want file.password", err)
	}
}
