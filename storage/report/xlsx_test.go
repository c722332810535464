package report

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"iter"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/xuri/excelize/v2"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/domaintest"
	"github.com/sopyo/sopyo-desktop/domain/exports"
	"github.com/sopyo/sopyo-desktop/domain/report"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/domain/words"
)

// echo words a key by itself and its arguments, shortened as far as a sheet's name must be.
type echo map[string]string

func worded(own echo) words.Words {
	return words.New("tr", func(key string, args ...any) string {
		if word, ok := own[key]; ok {
			return word
		}
		if len(args) == 0 {
			return key
		}
		return key + fmt.Sprint(args...)
	})
}

func listed(rows []transfer.Listed, last error) iter.Seq2[transfer.Listed, error] {
	return func(yield func(transfer.Listed, error) bool) {
		for _, r := range rows {
			if !yield(r, nil) {
				return
			}
		}
		if last != nil {
			yield(transfer.Listed{}, last)
		}
	}
}

// filledReport is a report in which every number is another one, with rows of every sort.
func filledReport() (report.Report, []transfer.Listed) {
	outcomes := domaintest.OneOf(transfer.OutcomeMatched, transfer.OutcomeUnmatched, transfer.OutcomeSkipped, transfer.OutcomeFailed)
	var rows []transfer.Listed
	for seed := range 4 {
		rows = append(rows, domaintest.Fill[transfer.Listed](seed, outcomes))
	}
	rows[1].Remote.Price = decimal.NullDecimal{}
	rows[2].Remote.Stock = decimal.NewNullDecimal(decimal.RequireFromString("123456789012345"))
	rows[2].Remote.Price = decimal.NewNullDecimal(decimal.RequireFromString("0.1234567890123456"))
	rows[3].Remote.Stock = decimal.NewNullDecimal(decimal.RequireFromString("-1234567890123456"))
	rows[3].Remote.Barcode = "=1+1"
	rows[3].Remote.Code = "007"
	r := domaintest.Fill[report.Report](0, outcomes, domaintest.OneOf(transfer.StateDone))
	r.Plan, r.Deviations = nil, nil
	return r, rows
}

// The workbook says what the report says: every cell of every row, and every fact, where a person looks.
func TestWriteXLSX_holdsRowsAndFacts(t *testing.T) {
	l := worded(echo{"report.sheet.rows": "Satırlar", "report.sheet.facts": "Bilgiler"})
	r, rows := filledReport()
	var out bytes.Buffer
	if err := WriteXLSX(&out, r, l, listed(rows, nil)); err != nil {
		t.Fatal(err)
	}
	book, err := excelize.OpenReader(&out)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = book.Close() })
	if got := fmt.Sprint(book.GetSheetList()); got != "[Satırlar Bilgiler]" {
		t.Errorf("sheets %s", got)
	}
	style := func(sheet, at string) *excelize.Style {
		id, err := book.GetCellStyle(sheet, at)
		if err != nil {
			t.Fatal(err)
		}
		s, err := book.GetStyle(id)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	mendable := exports.Mendable(l, listed(rows, nil))
	table := [][]exports.Cell{nil}
	for _, h := range mendable.Header(l) {
		table[0] = append(table[0], exports.Text(h))
	}
	for cells, err := range mendable.Rows {
		if err != nil {
			t.Fatal(err)
		}
		table = append(table, cells)
	}
	numbers := 0
	for y, row := range table {
		for x, cell := range row {
			at, err := excelize.CoordinatesToCellName(x+1, y+1)
			if err != nil {
				t.Fatal(err)
			}
			got, err := book.GetCellValue("Satırlar", at, excelize.Options{RawCellValue: true})
			if err != nil {
				t.Fatal(err)
			}
			kind, err := book.GetCellType("Satırlar", at)
			if err != nil {
				t.Fatal(err)
			}
			want := cell.Text
			isNumber := cell.Number.Valid && cell.Number.Decimal.NumDigits() <= 15
			if cell.Number.Valid {
				want = cell.Number.Decimal.String()
			}
			if got != want || want != "" && (kind == excelize.CellTypeUnset) != isNumber {
				t.Errorf("%s: %q of type %v, want %q", at, got, kind, want)
			}
			if isNumber {
				numbers++
			}
			if formula, err := book.GetCellFormula("Satırlar", at); err != nil || formula != "" {
				t.Errorf("%s: formula %q, %v", at, formula, err)
			}
			s := style("Satırlar", at)
			switch bold, red := s.Font != nil && s.Font.Bold, s.Font != nil && s.Font.Color == "9C2B17"; {
			case y == 0 && (!bold || s.Fill.Pattern != 1 || len(s.Fill.Color) != 1 || s.Fill.Color[0] != "E4E7EB"):
				t.Errorf("%s is no heading: %+v", at, s)
			case y > 0 && !cell.Number.Valid && want != "" && (bold || s.NumFmt != textFormat || red != (table[0][x].Text == "report.mend.error")):
				t.Errorf("%s: bold %v, red %v, format %d", at, bold, red, s.NumFmt)
			}
		}
	}
	if numbers < 5 {
		t.Errorf("only %d numbers", numbers)
	}
	if len(widths) != len(table[0]) {
		t.Errorf("%d widths for %d columns", len(widths), len(table[0]))
	}
	for i := range table[0] {
		name, err := excelize.ColumnNumberToName(i + 1)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := book.GetColWidth("Satırlar", name); err != nil || got != widths[i] {
			t.Errorf("column %s is %v wide, %v", name, got, err)
		}
	}
	beyond, err := excelize.ColumnNumberToName(len(widths) + 1)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := book.GetColWidth("Satırlar", beyond); err != nil || got >= 10 {
		t.Errorf("column %s beyond the table is %v wide, %v", beyond, got, err)
	}
	panes, err := book.GetPanes("Satırlar")
	if err != nil || !panes.Freeze || panes.YSplit != 1 || panes.XSplit != 0 || panes.TopLeftCell != "A2" || panes.ActivePane != "bottomLeft" {
		t.Errorf("panes %+v, %v", panes, err)
	}
	facts := r.Facts(l)
	headings := 0
	for i, f := range facts {
		for x, want := range f {
			at, err := excelize.CoordinatesToCellName(x+1, i+1)
			if err != nil {
				t.Fatal(err)
			}
			if got, err := book.GetCellValue("Bilgiler", at); err != nil || got != want {
				t.Errorf("fact %s: %q, %v, want %q", at, got, err, want)
			}
			s := style("Bilgiler", at)
			heading := x == 0 && f[0] != "" && f[1] == ""
			if bold := s.Font != nil && s.Font.Bold; bold != heading {
				t.Errorf("fact %s %q: bold %v", at, want, bold)
			}
			if heading {
				headings++
			}
		}
	}
	if len(facts) < 10 || headings < 2 {
		t.Errorf("%d facts, %d headings", len(facts), headings)
	}
	if rest, err := book.GetRows("Bilgiler"); err != nil || len(rest) != len(facts) {
		t.Errorf("%d rows of facts, %v, want %d", len(rest), err, len(facts))
	}
	if rest, err := book.GetRows("Satırlar"); err != nil || len(rest) != len(table) {
		t.Errorf("%d rows, %v, want %d", len(rest), err, len(table))
	}
}

// brokenPipe fails at its first write.
type brokenPipe struct{}

func (brokenPipe) Write([]byte) (int, error) { return 0, io.ErrClosedPipe }

func TestWriteXLSX_passesErrorsOn(t *testing.T) {
	r, rows := filledReport()
	good := echo{"report.sheet.rows": "a", "report.sheet.facts": "b"}
	cause := errors.New("the store is closed")
	for name, c := range map[string]struct {
		out   io.Writer
		words echo
		last  error
		kind  domain.Kind
		cause error
	}{
		"the disk":                   {brokenPipe{}, good, nil, domain.KindDisk, io.ErrClosedPipe},
		"the rows":                   {io.Discard, good, cause, domain.KindInternal, cause},
		"the rows, with a kind":      {io.Discard, good, domain.E(domain.KindDisk, "read", cause), domain.KindDisk, cause},
		"a sheet that no book takes": {io.Discard, echo{"report.sheet.rows": "a/b", "report.sheet.facts": "b"}, nil, domain.KindInternal, nil},
		"facts that no book takes":   {io.Discard, echo{"report.sheet.rows": "a", "report.sheet.facts": strings.Repeat("b", 40)}, nil, domain.KindInternal, nil},
	} {
		err := WriteXLSX(c.out, r, worded(c.words), listed(rows, c.last))
		if domain.KindOf(err) != c.kind || c.cause != nil && !errors.Is(err, c.cause) {
			t.Errorf("%s: %v, want %s", name, err, c.kind)
		}
	}
}

// What a cell cannot hold is left out, not the letter before it.
func TestFitting(t *testing.T) {
	x := func(n int) string { return strings.Repeat("x", n) }
	for name, c := range map[string][2]string{
		"all":                        {x(exports.SheetText), x(exports.SheetText)},
		"a letter more":              {x(exports.SheetText + 1), x(exports.SheetText)},
		"NUL":                        {"a\x00b\x00", "ab"},
		"NULs that make it too long": {x(exports.SheetText) + "\x00", x(exports.SheetText)},
		"letters of two bytes":       {strings.Repeat("ş", exports.SheetText), strings.Repeat("ş", exports.SheetText)},
		"a letter more of two bytes": {strings.Repeat("ş", exports.SheetText+1), strings.Repeat("ş", exports.SheetText)},
		"letters that count twice":   {strings.Repeat("😀", exports.SheetText/2), strings.Repeat("😀", exports.SheetText/2)},
		"half of one is none":        {strings.Repeat("😀", exports.SheetText), strings.Repeat("😀", exports.SheetText/2)},
		"one that just fits":         {"x" + strings.Repeat("😀", exports.SheetText), "x" + strings.Repeat("😀", exports.SheetText/2)},
		"nothing":                    {"", ""},
	} {
		if got := fitting(c[0]); got != c[1] {
			t.Errorf("%s: %d bytes, want %d", name, len(got), len(c[1]))
		}
	}
}
