package files

import (
	"errors"
	"io"
	"io/fs"
	"iter"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/xuri/excelize/v2"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/domaintest"
	"github.com/sopyo/sopyo-desktop/domain/exports"
	"github.com/sopyo/sopyo-desktop/domain/listing"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/domain/words"
	"github.com/sopyo/sopyo-desktop/storage/disk"
	"github.com/sopyo/sopyo-desktop/storage/files/export"
	"github.com/sopyo/sopyo-desktop/storage/files/filestest"
	"github.com/sopyo/sopyo-desktop/storage/files/mapping"
	"github.com/sopyo/sopyo-desktop/storage/files/plan"
)

// tableFile writes a table into a file, by its ending.
func tableFile(path string, header []string, rows iter.Seq2[[]exports.Cell, error]) error {
	return disk.Write(path, func(out io.Writer) error { return export.Write(out, filepath.Ext(path), header, rows) })
}

func writeProducts(path string, products iter.Seq2[domain.Product, error]) error {
	table := exports.Products(asKeys, products)
	return tableFile(path, table.Header(asKeys), table.Rows)
}

func planAt(path string, d transfer.Document, rows iter.Seq2[transfer.PlanRow, error]) error {
	return disk.Write(path, func(out io.Writer) error { return plan.Write(out, d, rows) })
}

// asKeys words a key by itself.
var asKeys = words.New("tr", func(key string, _ ...any) string { return key })

func awkwardProducts() []domain.Product {
	return []domain.Product{
		{
			Code: "007", Barcode: "8690632059150", Name: "Çay; \"demlik\"\r\n500 g", Brand: "Doğuş", Description: "<p>a\nb</p>",
			Price: number("1234.5"), Currency: domain.TRY, Stock: number("-3"), VATRate: number("20"),
		},
		{Code: "=1+1", Barcode: "00000000000000012345", Name: "_x0041_", Price: number("0"), Stock: number("0.125")},
		{Code: "+905", Name: "@a", Price: number("123456789.12345678"), Currency: domain.USD},
		{Code: "-5", Name: "1.234", Price: number("29.1667")},
		{Name: "Yalnız ad", Price: number("1.234")},
		{Barcode: "8,69E+12"},
	}
}

// takesZero takes the prices of 0 of a file of ours.
var takesZero = listing.Answers{"zero:Satış Fiyatı (KDV Dahil)": "take"}

func TestWriteProducts_readsBack(t *testing.T) {
	for _, name := range []string{"ürünler.csv", "ürünler.XLSX"} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), name)
			want := awkwardProducts()
			if err := writeProducts(path, filestest.Each(want, nil)); err != nil {
				t.Fatal(err)
			}
			f := opened(t, path)
			f.reading.Answers = takesZero
			rows := products(t, f)
			if len(rows) != len(want) {
				t.Fatalf("%d rows, want %d", len(rows), len(want))
			}
			for i, row := range rows {
				got, w := row.Product, want[i]
				if !same(got.Price, w.Price) || !same(got.Stock, w.Stock) || !same(got.VATRate, w.VATRate) {
					t.Errorf("row %d: %v %v %v, want %v %v %v", i, got.Price, got.Stock, got.VATRate, w.Price, w.Stock, w.VATRate)
				}
				got.Price, got.Stock, got.VATRate, got.State = w.Price, w.Stock, w.VATRate, w.State
				if !reflect.DeepEqual(got, w) {
					t.Errorf("row %d: %+v, want %+v", i, got, w)
				}
			}
		})
	}
}

func TestWriteProducts_codesAreTextForExcel(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.xlsx")
	if err := writeProducts(path, filestest.Each(awkwardProducts(), nil)); err != nil {
		t.Fatal(err)
	}
	book, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = book.Close() })
	for at, want := range map[string]string{"A2": "007", "A3": "=1+1", "A4": "+905", "A5": "-5", "B3": "00000000000000012345"} {
		kind, err := book.GetCellType("Sheet1", at)
		if err != nil || kind != excelize.CellTypeInlineString {
			t.Errorf("%s: type %v %v", at, kind, err)
		}
		if formula, err := book.GetCellFormula("Sheet1", at); err != nil || formula != "" {
			t.Errorf("%s: formula %q %v", at, formula, err)
		}
		if got, err := book.GetCellValue("Sheet1", at); err != nil || got != want {
			t.Errorf("%s: %q %v, want %q", at, got, err, want)
		}
	}
}

func TestWriteTable_CSVIsWhatATurkishExcelExpects(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.csv")
	rows := [][]exports.Cell{
		{exports.Text("=2+3"), exports.Number(number("1234.50"))},
		{exports.Text("a;b"), exports.Number(number(""))},
		{exports.Text("c"), exports.Number(number("-1.234"))},
		{exports.Text("d"), exports.Number(number("0.125"))},
	}
	if err := tableFile(path, []string{"Ad", "Fiyat"}, filestest.Each(rows, nil)); err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(path)
	if want := "\xef\xbb\xbfAd;Fiyat\n'=2+3;1234,5\n\"a;b\";\nc;-1,2340\nd;0,125\n"; err != nil || string(got) != want {
		t.Errorf("%q %v, want %q", got, err, want)
	}
}

func TestWriteTable_leavesWhatWasThereWhenItFails(t *testing.T) {
	broken := errors.New("the rows ended early")
	long := [][]exports.Cell{{exports.Text(strings.Repeat("ş", exports.SheetText+1))}}
	for _, c := range []struct {
		name, file string
		rows       iter.Seq2[[]exports.Cell, error]
		kind       domain.Kind
		detail     string
		cause      error
	}{
		{"error of the rows, CSV", "a.csv", filestest.Each([][]exports.Cell{{exports.Text("x")}}, broken), domain.KindInternal, "", broken},
		{"error of the rows, XLSX", "a.xlsx", filestest.Each([][]exports.Cell{{exports.Text("x")}}, broken), domain.KindInternal, "", broken},
		{"error with a kind of its own", "a.csv", filestest.Each[[]exports.Cell](nil, domain.E(domain.KindDisk, "read", broken)), domain.KindDisk, "", broken},
		{"text too long for Excel", "a.xlsx", filestest.Each(long, nil), domain.KindFile, "file.cell-too-long 2", nil},
		{"NUL", "a.csv", filestest.Each([][]exports.Cell{{exports.Text("a\x00")}}, nil), domain.KindFile, "file.nul", nil},
		{"NUL first", "a.csv", filestest.Each([][]exports.Cell{{exports.Text("\x00a")}}, nil), domain.KindFile, "file.nul", nil},
		{"unknown ending", "a.ods", filestest.Each(long, nil), domain.KindFile, "file.unknown-ending", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			path := filestest.Written(t, c.file, "was here")
			err := tableFile(path, []string{"Ad"}, c.rows)
			if domain.KindOf(err) != c.kind || filestest.Detail(err) != c.detail || c.cause != nil && !errors.Is(err, c.cause) || !strings.Contains(err.Error(), "write a.") {
				t.Errorf("%v, want %s %s", err, c.kind, c.detail)
			}
			if got, err := os.ReadFile(path); err != nil || string(got) != "was here" {
				t.Errorf("the file is now %q, %v", got, err)
			}
			left, err := os.ReadDir(filepath.Dir(path))
			if err != nil || len(left) != 1 {
				t.Errorf("left behind: %v %v", left, err)
			}
		})
	}
}

func TestWriteTable_whereThereIsNoFolder(t *testing.T) {
	err := tableFile(filepath.Join(t.TempDir(), "yok", "a.csv"), []string{"Ad"}, filestest.Each[[]exports.Cell](nil, nil))
	if domain.KindOf(err) != domain.KindDisk || !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("%v", err)
	}
}

func TestWriteTable_replaces(t *testing.T) {
	path := filestest.Written(t, "a.csv", "was here")
	if err := tableFile(path, []string{"Ad"}, filestest.Each([][]exports.Cell{{exports.Text("yeni")}}, nil)); err != nil {
		t.Fatal(err)
	}
	if got := cells(t, opened(t, path)); !reflect.DeepEqual(got, [][]string{{"yeni"}}) {
		t.Errorf("%q", got)
	}
}

// What a person edits elsewhere comes back as it left: every field, in every kind of file, whatever it is
// made of.
func TestWriteProducts_carriesEveryFieldThereAndBack(t *testing.T) {
	besides := []string{"ID", "Revision", "UpdatedAt"} // the catalogue's own: a file has none of them
	pieces := []string{
		"Ğüş", "iIıİ", "a", "0", "00", ";", ",", "\t", "|", "\"", "\"\"", "\n", "\r\n", "\r", " ", "  ", "'", "=1+1", "=\"", "+90", "-5", "@",
		"sep=;", "_x0041_", "_x000D_", "&amp;", "<b>", "1.234", "1,5", "8,69E+12", "\u00a0", "\ufeff", "ş\u0327", "😀", "%", "₺", "#YOK",
	}
	r := rand.New(rand.NewPCG(11, 26))
	random := func() string {
		var b strings.Builder
		b.WriteByte('x') // a text that is blank, an error of Excel, or a trick of it stands in other tests
		for range r.IntN(8) {
			b.WriteString(pieces[r.IntN(len(pieces))])
		}
		b.WriteByte('y')
		return b.String()
	}
	amount := func() decimal.NullDecimal {
		if r.IntN(6) == 0 {
			return decimal.NullDecimal{}
		}
		return decimal.NewNullDecimal(decimal.New(r.Int64N(int64(math.Pow10(1+r.IntN(18)))), -int32(r.IntN(9))))
	}
	want := []domain.Product{domaintest.Fill[domain.Product](0)}
	for range 300 {
		p := domaintest.Fill[domain.Product](0)
		p.Code, p.Barcode, p.Name, p.Brand, p.Description = domain.Code(random()), domain.Barcode(random()), random(), random(), random()
		p.Price, p.Stock = amount(), amount()
		p.Currency = append(domain.Currencies(), "")[r.IntN(5)]
		if r.IntN(2) == 0 {
			p.Stock.Decimal = p.Stock.Decimal.Neg()
		}
		p.VATRate = decimal.NullDecimal{Decimal: decimal.New(r.Int64N(10001), -2), Valid: r.IntN(5) > 0}
		p.State = []domain.ProductState{domain.ProductActive, domain.ProductPassive, domain.ProductDraft, domain.ProductArchived, ""}[r.IntN(5)]
		want = append(want, p)
	}
	for _, name := range []string{"ürünler.csv", "ürünler.CSV", "ürünler.xlsx", "ürünler.XlSX"} {
		path := filepath.Join(t.TempDir(), name)
		if err := writeProducts(path, filestest.Each(want, nil)); err != nil {
			t.Fatal(err)
		}
		f := opened(t, path)
		f.reading.Answers = takesZero
		if got := mapping.Of(f.Header()); len(got) != len(listing.Fields()) {
			t.Errorf("%s: columns %v", name, got)
		}
		line := f.Info().HeaderRow
		for i, row := range products(t, f) {
			if got := domaintest.Differences(row.Product, want[i], besides...); len(got) > 0 || row.Refused || len(row.Problems) > 0 || row.Line <= line {
				t.Fatalf("%s, row %d at line %d after %d: %q, problems %v", name, i, row.Line, line, got, row.Problems)
			}
			line = row.Line
		}
	}
}

// A long sheet is kept in a file until it is whole; nothing of it stays behind, whether it becomes whole or not.
func TestWriteTable_leavesNothingInTheTemporaryFolder(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"TMPDIR", "TMP", "TEMP"} {
		t.Setenv(name, dir)
	}
	rows := make([][]exports.Cell, 600)
	for i := range rows {
		rows[i] = []exports.Cell{exports.Text(strings.Repeat("a", exports.SheetText))}
	}
	spilled := false
	for _, last := range []error{nil, filestest.ErrDisk} {
		watched := func(yield func([]exports.Cell, error) bool) {
			for row, err := range filestest.Each(rows, last) {
				left, _ := os.ReadDir(dir)
				spilled = spilled || len(left) > 0
				if !yield(row, err) {
					return
				}
			}
		}
		if err := export.Write(io.Discard, ".xlsx", []string{"Ad"}, watched); !errors.Is(err, last) {
			t.Errorf("%v, want %v", err, last)
		}
		if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
			t.Errorf("left behind: %v, %v", left, err)
		}
	}
	if !spilled {
		t.Error("the sheet was not long enough to be kept in a file")
	}
}

// What the sheet looks like: a person reads a heading that stays, in columns that are wide enough.
func TestWriteTable_laysTheSheetOut(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.xlsx")
	header := []string{"", "On iki harfş", "On üç harfli!", strings.Repeat("ı", 35), strings.Repeat("ı", 36), strings.Repeat("ı", 37)}
	rows := [][]exports.Cell{{exports.Text("007"), exports.Number(number("12.5")), exports.Number(number("123456789012345")), exports.Number(number("1234567890123456")), exports.Number(number(""))}}
	if err := tableFile(path, header, filestest.Each(rows, nil)); err != nil {
		t.Fatal(err)
	}
	book, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = book.Close() })
	if got, err := book.GetColWidth("Sheet1", "G"); err != nil || got >= 10 {
		t.Errorf("column G beyond the table is %v wide, %v", got, err)
	}
	for i, want := range []float64{16, 16, 17, 39, 40, 40} {
		name, err := excelize.ColumnNumberToName(i + 1)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := book.GetColWidth("Sheet1", name); err != nil || got != want {
			t.Errorf("column %s is %v wide, %v, want %v", name, got, err, want)
		}
	}
	panes, err := book.GetPanes("Sheet1")
	if err != nil || !panes.Freeze || panes.YSplit != 1 || panes.XSplit != 0 || panes.TopLeftCell != "A2" || panes.ActivePane != "bottomLeft" {
		t.Errorf("panes %+v, %v", panes, err)
	}
	for at, want := range map[string]struct {
		bold   bool
		format int
		kind   excelize.CellType
		value  string
	}{
		"B1": {bold: true, kind: excelize.CellTypeInlineString, value: header[1]},
		"A2": {format: 49, kind: excelize.CellTypeInlineString, value: "007"},
		"B2": {kind: excelize.CellTypeUnset, value: "12.5"},
		"C2": {kind: excelize.CellTypeUnset, value: "123456789012345"},
		"D2": {kind: excelize.CellTypeInlineString, value: "1234567890123456"},
	} {
		id, err := book.GetCellStyle("Sheet1", at)
		if err != nil {
			t.Fatal(err)
		}
		style, err := book.GetStyle(id)
		if err != nil {
			t.Fatal(err)
		}
		if bold := style.Font != nil && style.Font.Bold; bold != want.bold || style.NumFmt != want.format {
			t.Errorf("%s: bold %v, format %d, want %+v", at, bold, style.NumFmt, want)
		}
		kind, err := book.GetCellType("Sheet1", at)
		if err != nil || kind != want.kind {
			t.Errorf("%s: type %v, %v, want %v", at, kind, err, want.kind)
		}
		if got, err := book.GetCellValue("Sheet1", at, excelize.Options{RawCellValue: true}); err != nil || got != want.value {
			t.Errorf("%s: %q, %v, want %q", at, got, err, want.value)
		}
	}
}

// The name is taken by something that no file can stand in place of.
func TestReplaceFile_ofAFolderLeavesNothingBehind(t *testing.T) {
	dir := t.TempDir()
	if err := os.MkdirAll(filepath.Join(dir, "a.csv", "full"), 0o700); err != nil {
		t.Fatal(err)
	}
	d, rows := filestest.PlanOf()
	for _, write := range []func(path string) error{
		func(path string) error {
			return tableFile(path, []string{"Ad"}, filestest.Each[[]exports.Cell](nil, nil))
		},
		func(path string) error { return planAt(path, d, filestest.EachRow(rows)) },
		func(path string) error { return disk.Write(path, func(io.Writer) error { return nil }) },
	} {
		if err := write(filepath.Join(dir, "a.csv")); domain.KindOf(err) != domain.KindDisk {
			t.Errorf("%v", err)
		}
		if left, err := os.ReadDir(dir); err != nil || len(left) != 1 {
			t.Errorf("left behind: %v, %v", left, err)
		}
	}
}

// Whose error it is decides its kind: the caller's own stays what it is, others are the disk's.
func TestWriteFile_errorsOfWhoeverWrites(t *testing.T) {
	cause := errors.New("the rows ended early")
	d, rows := filestest.PlanOf()
	for name, c := range map[string]struct {
		err  error
		kind domain.Kind
	}{
		"file, without a kind": {disk.Write(filestest.Written(t, "a", "was here"), func(io.Writer) error { return cause }), domain.KindDisk},
		"file, with one":       {disk.Write(filestest.Written(t, "a", "was here"), func(io.Writer) error { return domain.E(domain.KindRejected, "x", cause) }), domain.KindRejected},
		"plan, without a kind": {planAt(filestest.Written(t, "a", "was here"), d, filestest.Each(rows, cause)), domain.KindInternal},
		"plan, with one":       {planAt(filestest.Written(t, "a", "was here"), d, filestest.Each(rows, domain.E(domain.KindRejected, "x", cause))), domain.KindRejected},
		"products, with one":   {writeProducts(filestest.Written(t, "a.csv", "was here"), filestest.Each(awkwardProducts(), domain.E(domain.KindRejected, "x", cause))), domain.KindRejected},
	} {
		if domain.KindOf(c.err) != c.kind || !errors.Is(c.err, cause) || c.kind != domain.KindRejected && !strings.Contains(c.err.Error(), "write a") {
			t.Errorf("%s: %v, want %s", name, c.err, c.kind)
		}
	}
}

// What Excel cannot hold is refused before anything stands under the name; what it just holds is kept whole.
func TestWriteTable_holdWhatASheetHolds(t *testing.T) {
	for _, c := range []struct {
		name, text, detail string
	}{
		{"all of a cell", strings.Repeat("a", exports.SheetText), ""},
		{"a letter more", strings.Repeat("a", exports.SheetText+1), "file.cell-too-long 3"},
		{"all of a cell in letters of two bytes", strings.Repeat("ş", exports.SheetText), ""},
		{"a letter more of two bytes", strings.Repeat("ş", exports.SheetText+1), "file.cell-too-long 3"},
		{"letters that count twice", strings.Repeat("😀", exports.SheetText/2), ""},
		{"a letter more that counts twice", strings.Repeat("😀", exports.SheetText/2+1), "file.cell-too-long 3"},
		{"NUL", "a\x00b", "file.nul 3"},
		{"NUL first", "\x00b", "file.nul 3"},
	} {
		path := filepath.Join(t.TempDir(), "a.xlsx")
		err := tableFile(path, []string{"Ad"}, filestest.Each([][]exports.Cell{{exports.Text("x")}, {exports.Text(c.text)}}, nil))
		if filestest.Detail(err) != c.detail {
			t.Errorf("%s: %v, want %q", c.name, err, c.detail)
		}
		if c.detail == "" {
			if got := cells(t, opened(t, path)); len(got) != 2 || got[1][0] != c.text {
				t.Errorf("%s: %d rows", c.name, len(got))
			}
		}
	}
}
