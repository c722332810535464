package export

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"github.com/xuri/excelize/v2"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/exports"
	"github.com/sopyo/sopyo-desktop/storage/files/filestest"
	"github.com/sopyo/sopyo-desktop/storage/files/table"
)

func TestTableWriters_ofADiskThatFailsAtItsNthWrite(t *testing.T) {
	rows := make([][]exports.Cell, 3000)
	for i := range rows {
		rows[i] = []exports.Cell{exports.Text(fmt.Sprintf("K%d", i*i*7919%10007)), exports.Number(decimal.NewNullDecimal(decimal.NewFromInt(int64(i * i))))}
	}
	header := []string{"Kod", "Fiyat"}
	for name, open := range map[string]func(io.Writer) (tableWriter, error){
		"CSV":  func(w io.Writer) (tableWriter, error) { return newCSVWriter(w), nil },
		"XLSX": func(w io.Writer) (tableWriter, error) { return newXLSXWriter(w, header) },
	} {
		for n := 1; ; n++ {
			disk := &filestest.FailingWriter{At: n}
			w, err := open(disk)
			if err == nil {
				err = errors.Join(fill(w, header, filestest.Each(rows, nil)), w.close())
			}
			if disk.Calls < n {
				if err != nil || disk.Out.Len() == 0 || name == "CSV" && strings.Count(disk.Out.String(), "\n") != 1+len(rows) {
					t.Errorf("%s: none of %d writes failed: %v", name, disk.Calls, err)
				}
				break
			}
			if !errors.Is(err, filestest.ErrDisk) {
				t.Errorf("%s, write %d failed: %v", name, n, err)
			}
		}
	}
}

// A sheet has as many columns and rows as Excel has.
func TestXLSXWriter_holdsWhatASheetHolds(t *testing.T) {
	w, err := newXLSXWriter(&filestest.FailingWriter{}, []string{"Ad"})
	if err != nil {
		t.Fatal(err)
	}
	row := append(make([]exports.Cell, table.MaxCells-1), exports.Text("the last column"))
	if err := w.write(row); err != nil {
		t.Error(err)
	}
	if err := w.write(append(row, exports.Text("one more"))); err == nil {
		t.Error("more columns than a sheet has were taken")
	}
	w.row = exports.SheetRows - 1
	if err := w.write([]exports.Cell{exports.Text("the last row")}); err != nil {
		t.Error(err)
	}
	if err := w.write([]exports.Cell{exports.Text("one more")}); filestest.Refusal(err) != "!file.too-many-rows ()" {
		t.Errorf("%v, want file.too-many-rows", err)
	}
	if err := w.close(); err != nil {
		t.Error(err)
	}
}

// A date is one in a sheet, on Istanbul's clock, so that it sorts and filters; a file of text has its words.
func TestXLSXWriter_holdsDatesAsDates(t *testing.T) {
	at := time.Date(2026, time.May, 6, 21, 30, 0, 0, time.UTC) // 0:30 of the seventh in Istanbul
	row := []exports.Cell{{Text: "07.05.2026 00:30", At: at}, {Text: "07.05.2026", At: domain.Day(at)}, exports.Text("–")}
	rows := func(yield func([]exports.Cell, error) bool) { yield(row, nil) }
	var sheet, text bytes.Buffer
	if err := errors.Join(Write(&sheet, ".xlsx", []string{"a", "b", "c"}, rows), Write(&text, ".csv", []string{"a", "b", "c"}, rows)); err != nil {
		t.Fatal(err)
	}
	book, err := excelize.OpenReader(&sheet)
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	for cell, want := range map[string]string{"A2": "46149.0208", "B2": "46149", "C2": "–"} {
		got, err := book.GetCellValue("Sheet1", cell, excelize.Options{RawCellValue: true})
		if err != nil || !strings.HasPrefix(got, want) {
			t.Errorf("%s holds %q, want %s (%v)", cell, got, want, err)
		}
		shown, err := book.GetCellValue("Sheet1", cell)
		if err != nil || cell != "C2" && !strings.Contains(shown, "7") {
			t.Errorf("%s shows %q (%v)", cell, shown, err)
		}
	}
	if !strings.Contains(text.String(), "07.05.2026 00:30") {
		t.Errorf("the text has %q", text.String())
	}
}
