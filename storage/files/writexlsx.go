package files

import (
	"errors"
	"io"
	"strings"

	"github.com/shopspring/decimal"
	"github.com/xuri/excelize/v2"

	"github.com/sopyo/sopyo-desktop/domain/exports"
)

// xlsxWriter is a table as an Excel sheet.
type xlsxWriter struct {
	out    io.Writer
	book   *excelize.File
	stream *excelize.StreamWriter
	bold   int
	text   int // style of cells that stay text when a person edits them
	row    int
}

func newXLSXWriter(out io.Writer, header []string) (*xlsxWriter, error) {
	w := &xlsxWriter{out: out, book: excelize.NewFile()}
	if err := w.begin(header); err != nil {
		return nil, errors.Join(err, w.book.Close())
	}
	return w, nil
}

func (w *xlsxWriter) begin(header []string) error {
	const sheet = "Sheet1"
	var err error
	if w.bold, err = w.book.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}}); err != nil {
		return err
	}
	const textFormat = 49 // "@"
	if w.text, err = w.book.NewStyle(&excelize.Style{NumFmt: textFormat}); err != nil {
		return err
	}
	if w.stream, err = w.book.NewStreamWriter(sheet); err != nil {
		return err
	}
	for i, h := range header {
		width := float64(min(max(len([]rune(h))+4, 16), 40))
		if err := w.stream.SetColWidth(i+1, i+1, width); err != nil {
			return err
		}
	}
	return w.stream.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"})
}

func (w *xlsxWriter) write(cells []exports.Cell) error {
	w.row++
	if w.row > maxSheetRows {
		return refuse("file.too-many-rows", 0, nil)
	}
	style := w.text
	if w.row == 1 {
		style = w.bold
	}
	values := make([]any, len(cells))
	for i, c := range cells {
		switch {
		case cellTooLong(c.Text):
			return refuse("file.cell-too-long", w.row, nil)
		case strings.IndexByte(c.Text, 0) >= 0:
			return refuse("file.nul", w.row, nil)
		case c.Number.Valid:
			values[i] = spreadsheetNumber(c.Number.Decimal)
		case c.Text != "":
			values[i] = excelize.Cell{StyleID: style, Value: c.Text}
		}
	}
	at, err := excelize.CoordinatesToCellName(1, w.row)
	if err != nil {
		return err
	}
	return w.stream.SetRow(at, values)
}

// spreadsheetNumber gives d as a number if a spreadsheet holds it to the last digit, else as text.
func spreadsheetNumber(d decimal.Decimal) any {
	if d.NumDigits() > significant {
		return d.String()
	}
	return d.InexactFloat64() // 15 digits go there and back unchanged
}

func (w *xlsxWriter) finish() error {
	if err := w.stream.Flush(); err != nil {
		return err
	}
	return w.book.Write(w.out)
}

func (w *xlsxWriter) close() error { return w.book.Close() }
