package export

import (
	"errors"
	"io"
	"strconv"
	"strings"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/exports"
	"github.com/sopyo/sopyo-desktop/storage/files/refusal"
)

// xlsxWriter is a table as an Excel sheet.
type xlsxWriter struct {
	out    io.Writer
	book   *excelize.File
	stream *excelize.StreamWriter
	bold   int
	text   int // style of cells that stay text when a person edits them
	day    int // of dates, and of dates with a time: each reader's own way
	moment int
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
	const textFormat, dayFormat, momentFormat = 49, 14, 22 // "@", and the two that spreadsheets show in the reader's way
	var bold, text, stream, day, moment error
	w.bold, bold = w.book.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}})
	w.text, text = w.book.NewStyle(&excelize.Style{NumFmt: textFormat})
	w.stream, stream = w.book.NewStreamWriter("Sheet1")
	w.day, day = w.book.NewStyle(&excelize.Style{NumFmt: dayFormat})
	w.moment, moment = w.book.NewStyle(&excelize.Style{NumFmt: momentFormat})
	if err := errors.Join(bold, text, stream, day, moment); err != nil {
		return err
	}
	err := w.stream.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"})
	for i, h := range header {
		width := float64(min(max(len([]rune(h))+4, 16), 40))
		err = errors.Join(err, w.stream.SetColWidth(i+1, i+1, width))
	}
	return err
}

func (w *xlsxWriter) write(cells []exports.Cell) error {
	w.row++
	if w.row > exports.SheetRows {
		return refusal.New("file.too-many-rows", 0, nil)
	}
	style := w.text
	if w.row == 1 {
		style = w.bold
	}
	values := make([]any, len(cells))
	for i, c := range cells {
		switch {
		case cellTooLong(c.Text):
			return refusal.New("file.cell-too-long", w.row, nil)
		case strings.IndexByte(c.Text, 0) >= 0:
			return refusal.New("file.nul", w.row, nil)
		case c.Number.Valid:
			values[i] = exports.SheetNumber(c.Number.Decimal)
		case !c.At.IsZero():
			cell := excelize.Cell{StyleID: w.moment, Value: exports.SheetTime(c.At)}
			if c.At.Equal(domain.Day(c.At)) {
				cell.StyleID = w.day
			}
			values[i] = cell
		case c.Text != "":
			values[i] = excelize.Cell{StyleID: style, Value: c.Text}
		}
	}
	return w.stream.SetRow("A"+strconv.Itoa(w.row), values)
}

// cellTooLong counts in UTF-16, as Excel does.
func cellTooLong(s string) bool {
	units := 0
	for _, r := range s {
		units += utf16.RuneLen(r)
	}
	return units > exports.SheetText
}

func (w *xlsxWriter) finish() error {
	if err := w.stream.Flush(); err != nil {
		return err
	}
	return w.book.Write(w.out)
}

func (w *xlsxWriter) close() error { return w.book.Close() }
