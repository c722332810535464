package report

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/exports"
	"github.com/sopyo/sopyo-desktop/domain/listing"
	"github.com/sopyo/sopyo-desktop/domain/monthend"
	"github.com/sopyo/sopyo-desktop/domain/monthend/monthendtest"
	"github.com/sopyo/sopyo-desktop/storage/files"
)

// Every cell comes back: codes as texts, amounts as numbers, dates as they are seen. The heads are numbers here, because
// files that look like lists of orders are refused as such.
func TestSheets_areReadBackCellByCell(t *testing.T) {
	w := spoken(t, "tr")
	sheets := 0
	for _, f := range monthend.Make(w, monthendtest.Demo()).Files {
		s, ok := f.Content.(monthend.Sheet)
		if !ok {
			continue
		}
		sheets++
		for i := range s.Columns {
			s.Columns[i] = fmt.Sprint("Sütun ", i+1)
		}
		raw, err := sheet(s, w, monthendtest.May.End())
		if err != nil {
			t.Fatal(err)
		}
		path := filepath.Join(t.TempDir(), f.Stem+f.Ending)
		if err := os.WriteFile(path, raw, 0o600); err != nil {
			t.Fatal(err)
		}
		got, err := files.Open(t.Context(), path, listing.Reading{})
		if err != nil {
			t.Fatalf("%s: %v", f.Stem, err)
		}
		if fmt.Sprint(got.Header()) != fmt.Sprint(s.Columns) || got.Info().Sheet != s.Name {
			t.Errorf("%s: %v on sheet %s", f.Stem, got.Header(), got.Info().Sheet)
		}
		n := 0
		var want [][]exports.Cell
		for cells, err := range s.Rows {
			if err != nil {
				t.Fatal(err)
			}
			want = append(want, cells)
		}
		for row, err := range got.Rows() {
			if err != nil || n >= len(want) {
				t.Fatalf("%s: row %d: %v", f.Stem, n, err)
			}
			for i, c := range want[n] {
				text, numeric := c.Text, c.Number.Valid
				if numeric {
					text = c.Number.Decimal.String()
				}
				if s.Formats[i] == monthend.FormatDate && text != "" {
					text, numeric = asSeen(t, text), false // the reader gives what a person sees
				}
				if row.Cells[i] != text || row.Numeric(i) != numeric {
					t.Errorf("%s, row %d, %d: %q (number: %v), want %q (%v)", f.Stem, n, i, row.Cells[i], row.Numeric(i), text, numeric)
				}
			}
			n++
		}
		if n != len(want) || n == 0 {
			t.Errorf("%s: %d rows, want %d", f.Stem, n, len(want))
		}
		if err := got.Close(); err != nil {
			t.Error(err)
		}
	}
	if sheets != 5 {
		t.Errorf("%d sheets", sheets)
	}
}

// asSeen is a day as a Turkish sheet shows it.
func asSeen(t *testing.T, date string) string {
	t.Helper()
	day, err := time.Parse(time.DateOnly, date)
	if err != nil {
		t.Fatal(err)
	}
	return day.Format("02.01.2006")
}

// A person sees dates, and amounts with two decimals; the head stays, filters, and is on every printed page.
func TestSheets_showAmountsAndDates(t *testing.T) {
	for lang, day := range map[string]string{"tr": "01.05.2026", "en": "1 May 2026"} {
		w := spoken(t, lang)
		p := monthend.Make(w, monthendtest.Demo())
		_, held := unzipped(t, zipped(t, w, p))
		book, err := excelize.OpenReader(bytes.NewReader(held[may+"/satislar.xlsx"]))
		if err != nil {
			t.Fatal(err)
		}
		rows, err := book.GetRows(book.GetSheetName(0))
		if err != nil {
			t.Fatal(err)
		}
		s, ok := p.Files[1].Content.(monthend.Sheet)
		if !ok || fmt.Sprint(rows[0]) != fmt.Sprint(s.Header(w)) || len(rows) != 46 {
			t.Errorf("%d rows under %v", len(rows), rows[0])
		}
		row := rows[1]
		if row[0] != day || row[1] != "ARS2026000000002" && row[1] != "ARS2026000000032" {
			t.Errorf("%v", row)
		}
		if total := row[slices.Index(rows[0], w.T("monthend.total"))]; !regexp.MustCompile(`^\d+\.\d\d$`).MatchString(total) {
			t.Errorf("total %q", total)
		}
		panes, err := book.GetPanes(book.GetSheetName(0))
		if err != nil || !panes.Freeze || panes.YSplit != 1 {
			t.Errorf("%+v, %v", panes, err)
		}
		// a date, a number to its last digit, a buyer as far as is sensible, an amount
		for column, want := range map[string]float64{"A": 14, "B": 18, "E": 44, "G": 13} {
			if got, err := book.GetColWidth(book.GetSheetName(0), column); err != nil || got != want {
				t.Errorf("%s: column %s is %v wide, %v", lang, column, got, err)
			}
		}
		names := map[string]string{}
		for _, n := range book.GetDefinedName() {
			names[n.Name] = n.RefersTo
		}
		sheet := "'" + book.GetSheetName(0) + "'!"
		if names["_xlnm.Print_Titles"] != sheet+"$1:$1" || !strings.HasPrefix(names["_xlnm._FilterDatabase"], sheet+"$A$1:$") {
			t.Errorf("%v", names)
		}
		if err := book.Close(); err != nil {
			t.Error(err)
		}
	}
}

// A sheet without rows is one; of one whose rows fail the error is that of who gives them.
func TestSheets_withoutRowsAndWithAnError(t *testing.T) {
	w := spoken(t, "tr")
	p := monthend.Make(w, monthend.Source{Company: "Firma", Month: monthendtest.May, Documents: monthendtest.Documents{}})
	_, held := unzipped(t, zipped(t, w, p))
	for _, name := range []string{"satislar", "satirlar", "iptal-iade", "platforma-kesilecek", "eksikler"} {
		book, err := excelize.OpenReader(bytes.NewReader(held["2026-05 Firma/"+name+".xlsx"]))
		if err != nil {
			t.Fatal(err)
		}
		if rows, err := book.GetRows(book.GetSheetName(0)); err != nil || len(rows) != 1 {
			t.Errorf("%s: %v, %v", name, rows, err)
		}
		if err := book.Close(); err != nil {
			t.Error(err)
		}
	}
	cause := errors.New("the rows ended early")
	s, ok := p.Files[1].Content.(monthend.Sheet)
	if !ok {
		t.Fatalf("%T", p.Files[1].Content)
	}
	s.Rows = func(yield func([]exports.Cell, error) bool) { yield(nil, cause) }
	if raw, err := sheet(s, w, p.At); !errors.Is(err, cause) || raw != nil {
		t.Errorf("%d bytes, %v", len(raw), err)
	}
	s.Name = "a/b" // no sheet may be called so
	s.Rows = func(func([]exports.Cell, error) bool) {}
	if raw, err := sheet(s, w, p.At); domain.KindOf(err) != domain.KindInternal || raw != nil {
		t.Errorf("%d bytes, %v", len(raw), err)
	}
	if raw, err := (Packages{}).page(monthend.Page{Footer: func(int, int) string { return "" }}, p.At); domain.KindOf(err) != domain.KindInternal || raw != nil {
		t.Errorf("without fonts: %d bytes, %v", len(raw), err)
	}
}
