package export

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/shopspring/decimal"

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
