package files

import (
	"errors"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/sopyo/sopyo-desktop/domain"
)

func each[T any](list []T, last error) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		for _, v := range list {
			if !yield(v, nil) {
				return
			}
		}
		if last != nil {
			var zero T
			yield(zero, last)
		}
	}
}

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

func TestWriteProducts_readsBack(t *testing.T) {
	for _, name := range []string{"ürünler.csv", "ürünler.XLSX"} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), name)
			want := awkwardProducts()
			if err := WriteProducts(path, each(want, nil)); err != nil {
				t.Fatal(err)
			}
			f := opened(t, path)
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
	if err := WriteProducts(path, each(awkwardProducts(), nil)); err != nil {
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
	rows := [][]Cell{{Text("=2+3"), Number(number("1234.50"))}, {Text("a;b"), Number(number(""))}}
	if err := WriteTable(path, []string{"Ad", "Fiyat"}, each(rows, nil)); err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(path)
	if want := "\xef\xbb\xbfAd;Fiyat\n=2+3;1234,5\n\"a;b\";\n"; err != nil || string(got) != want {
		t.Errorf("%q %v, want %q", got, err, want)
	}
}

func TestWriteTable_leavesWhatWasThereWhenItFails(t *testing.T) {
	broken := errors.New("the rows ended early")
	long := [][]Cell{{Text(strings.Repeat("ş", maxCellText+1))}}
	for _, c := range []struct {
		name, file string
		rows       iter.Seq2[[]Cell, error]
		kind       domain.Kind
		detail     string
		cause      error
	}{
		{"error of the rows, CSV", "a.csv", each([][]Cell{{Text("x")}}, broken), domain.KindInternal, "", broken},
		{"error of the rows, XLSX", "a.xlsx", each([][]Cell{{Text("x")}}, broken), domain.KindInternal, "", broken},
		{"error with a kind of its own", "a.csv", each[[]Cell](nil, domain.E(domain.KindDisk, "read", broken)), domain.KindDisk, "", broken},
		{"text too long for Excel", "a.xlsx", each(long, nil), domain.KindFile, "file.cell-too-long", nil},
		{"NUL", "a.csv", each([][]Cell{{Text("a\x00")}}, nil), domain.KindFile, "file.nul", nil},
		{"unknown ending", "a.ods", each(long, nil), domain.KindFile, "file.unknown-ending", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			path := written(t, c.file, "was here")
			err := WriteTable(path, []string{"Ad"}, c.rows)
			if domain.KindOf(err) != c.kind || detail(err) != c.detail || c.cause != nil && !errors.Is(err, c.cause) {
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
	err := WriteTable(filepath.Join(t.TempDir(), "yok", "a.csv"), []string{"Ad"}, each[[]Cell](nil, nil))
	if domain.KindOf(err) != domain.KindDisk || !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("%v", err)
	}
}

func TestWriteTable_replaces(t *testing.T) {
	path := written(t, "a.csv", "was here")
	if err := WriteTable(path, []string{"Ad"}, each([][]Cell{{Text("yeni")}}, nil)); err != nil {
		t.Fatal(err)
	}
	if got := cells(t, opened(t, path)); !reflect.DeepEqual(got, [][]string{{"yeni"}}) {
		t.Errorf("%q", got)
	}
}
