// Package report is how reports leave the program: as a workbook, as a draft for the person's own mail
// program, and by SMTP.
package report

import (
	"errors"
	"io"
	"iter"
	"strings"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/exports"
	"github.com/sopyo/sopyo-desktop/domain/report"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/domain/words"
)

// textFormat is Excel's number format "@": what a person types over in such a cell stays text too.
const textFormat = 49

// WriteXLSX writes the rows that need a person as a workbook whose first sheet can be mended and imported
// again; the second one has the report's numbers. Errors: those of rows, domain.KindDisk when it cannot
// be written.
func WriteXLSX(out io.Writer, r report.Report, w words.Words, rows iter.Seq2[transfer.Listed, error]) (err error) {
	book := excelize.NewFile()
	defer func() { err = errors.Join(err, book.Close()) }()
	s := styles{}
	if err := s.make(book); err != nil {
		return domain.E(domain.KindInternal, "write the report's workbook", err)
	}
	if err := s.rows(book, w, rows); err != nil {
		return err
	}
	if err := s.facts(book, r, w); err != nil {
		return domain.E(domain.KindInternal, "write the report's workbook", err)
	}
	if err := book.Write(out); err != nil {
		return domain.E(domain.KindDisk, "write the report's workbook", err)
	}
	return nil
}

type styles struct{ head, text, wrong, bold int }

func (s *styles) make(book *excelize.File) (err error) {
	for _, x := range []struct {
		id    *int
		style excelize.Style
	}{
		{&s.head, excelize.Style{Font: &excelize.Font{Bold: true}, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"E4E7EB"}}}},
		{&s.text, excelize.Style{NumFmt: textFormat}},
		{&s.wrong, excelize.Style{NumFmt: textFormat, Font: &excelize.Font{Color: "9C2B17"}}},
		{&s.bold, excelize.Style{Font: &excelize.Font{Bold: true}}},
	} {
		if *x.id, err = book.NewStyle(&x.style); err != nil {
			return err
		}
	}
	return nil
}

// widths of the columns of exports.Mendable.
var widths = [...]float64{20, 17, 44, 16, 14, 12, 10, 10, 52, 14, 20, 17, 40, 12}

func (s *styles) rows(book *excelize.File, w words.Words, rows iter.Seq2[transfer.Listed, error]) error {
	table := exports.Mendable(w, rows)
	name := table.Name
	internal := func(err error) error { return domain.E(domain.KindInternal, "write the report's workbook", err) }
	if err := book.SetSheetName("Sheet1", name); err != nil {
		return internal(err)
	}
	out, err := book.NewStreamWriter(name)
	if err != nil {
		return internal(err)
	}
	for i, width := range widths {
		if err := out.SetColWidth(i+1, i+1, width); err != nil {
			return internal(err)
		}
	}
	if err := out.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return internal(err)
	}
	var head []any
	for _, h := range table.Header(w) {
		head = append(head, excelize.Cell{StyleID: s.head, Value: h})
	}
	if err := out.SetRow("A1", head); err != nil {
		return internal(err)
	}
	at := 1
	for cells, err := range table.Rows {
		if err != nil {
			return err
		}
		if at++; at > exports.SheetRows {
			break // a million rows nobody mends by hand
		}
		place, err := excelize.CoordinatesToCellName(1, at)
		if err != nil {
			return internal(err)
		}
		if err := out.SetRow(place, s.cells(cells)); err != nil {
			return internal(err)
		}
	}
	if err := out.Flush(); err != nil {
		return internal(err)
	}
	return nil
}

func (s *styles) cells(row []exports.Cell) []any {
	cells := make([]any, len(row))
	for i, c := range row {
		style := s.text
		if i == exports.ErrorColumn {
			style = s.wrong
		}
		switch {
		case c.Number.Valid:
			cells[i] = exports.SheetNumber(c.Number.Decimal)
		case c.Text != "":
			cells[i] = excelize.Cell{StyleID: style, Value: fitting(c.Text)}
		}
	}
	return cells
}

// fitting leaves out what a cell cannot hold.
func fitting(s string) string {
	s = strings.ReplaceAll(s, "\x00", "")
	if len(s) <= exports.SheetText {
		return s
	}
	units := utf16.Encode([]rune(s))
	if len(units) <= exports.SheetText {
		return s
	}
	units = units[:exports.SheetText]
	if last := units[exports.SheetText-1]; last&0xFC00 == 0xD800 { // the first half of a letter
		units = units[:exports.SheetText-1]
	}
	return string(utf16.Decode(units))
}

func (s *styles) facts(book *excelize.File, r report.Report, w words.Words) error {
	name := w.T("report.sheet.facts")
	if _, err := book.NewSheet(name); err != nil {
		return err
	}
	if err := book.SetColWidth(name, "A", "A", 48); err != nil {
		return err
	}
	if err := book.SetColWidth(name, "B", "B", 60); err != nil {
		return err
	}
	for i, f := range r.Facts(w) {
		place, err := excelize.CoordinatesToCellName(1, i+1)
		if err != nil {
			return err
		}
		if err := book.SetSheetRow(name, place, &[]any{f[0], f[1]}); err != nil {
			return err
		}
		if f[1] == "" && f[0] != "" {
			if err := book.SetCellStyle(name, place, place, s.bold); err != nil {
				return err
			}
		}
	}
	return nil
}
