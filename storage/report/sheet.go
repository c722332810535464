package report

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/exports"
	"github.com/sopyo/sopyo-desktop/domain/monthend"
	"github.com/sopyo/sopyo-desktop/domain/words"
)

// sheet makes a workbook of one sheet: its head stays in sight and filters, amounts have two decimals, and it
// prints across the page. Errors: those of the rows, domain.KindInternal.
func sheet(s monthend.Sheet, w words.Words, at time.Time) ([]byte, error) {
	var rows [][]exports.Cell
	for cells, err := range s.Rows {
		if err != nil {
			return nil, err
		}
		rows = append(rows, cells)
	}
	raw, err := workbook(s, w, rows, at)
	if err == nil {
		raw, err = stamped(raw, at) // excelize gives its parts no time, and some of them no order
	}
	if err != nil {
		return nil, domain.E(domain.KindInternal, "write the sheet "+s.Name, err)
	}
	return raw, nil
}

func workbook(s monthend.Sheet, w words.Words, rows [][]exports.Cell, at time.Time) (_ []byte, err error) {
	book := excelize.NewFile()
	defer func() { err = errors.Join(err, book.Close()) }()
	moment := at.UTC().Format(time.RFC3339)
	if err := errors.Join(
		book.SetSheetName("Sheet1", s.Name),
		book.SetDocProps(&excelize.DocProperties{Creator: "Sopyo", Created: moment, Modified: moment, Language: w.Lang}),
		book.SetAppProps(&excelize.AppProperties{Application: "Sopyo"}),
	); err != nil {
		return nil, err
	}
	g := grid{book: book, name: s.Name, formats: s.Formats}
	if err := g.prepare(w.Lang); err != nil {
		return nil, err
	}
	if err := g.write(s.Header(w), rows); err != nil {
		return nil, err
	}
	var out bytes.Buffer
	if err := book.Write(&out); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// grid is a sheet on its way.
type grid struct {
	book    *excelize.File
	name    string
	formats []monthend.Format
	heads   map[monthend.Format]int // styles
	cells   map[monthend.Format]int
}

// prepare makes the styles: text begins a little behind the amounts before it.
func (g *grid) prepare(lang string) (err error) {
	day := "dd.mm.yyyy"
	if lang == "en" {
		day = "d mmm yyyy"
	}
	left, right := excelize.Alignment{Horizontal: "left", Indent: 1}, excelize.Alignment{Horizontal: "right"}
	g.heads, g.cells = map[monthend.Format]int{}, map[monthend.Format]int{}
	for _, f := range []struct {
		format monthend.Format
		code   string
		align  excelize.Alignment
	}{
		{monthend.FormatText, "@", left},
		{monthend.FormatDate, day, left},
		{monthend.FormatMoney, "#,##0.00", right},
		{monthend.FormatPrice, "#,##0.00######", right},
		{monthend.FormatNumber, "General", right},
	} {
		cells := excelize.Style{CustomNumFmt: &f.code, Alignment: &f.align}
		if g.cells[f.format], err = g.book.NewStyle(&cells); err != nil {
			return err
		}
		head := f.align
		head.Vertical, head.WrapText = "center", true
		if g.heads[f.format], err = g.book.NewStyle(&excelize.Style{
			Font: &excelize.Font{Bold: true, Family: "Calibri", Size: 11}, Alignment: &head,
			Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"E4E7EB"}},
		}); err != nil {
			return err
		}
	}
	return nil
}

func (g *grid) write(header []string, rows [][]exports.Cell) error {
	corner, err := excelize.CoordinatesToCellName(len(header), len(rows)+1)
	if err != nil {
		return err
	}
	if err := errors.Join(g.book.AutoFilter(g.name, "A1:"+corner, nil), g.paper()); err != nil {
		return err
	}
	out, err := g.book.NewStreamWriter(g.name)
	if err != nil {
		return err
	}
	if err := out.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	head := make([]any, len(header))
	for i, h := range slices.Backward(header) { // widths are written the last one first
		head[i] = excelize.Cell{StyleID: g.heads[g.formats[i]], Value: h}
		if err := out.SetColWidth(i+1, i+1, g.width(i, h, rows)); err != nil {
			return err
		}
	}
	if err := out.SetRow("A1", head, excelize.RowOpts{Height: 30}); err != nil { // two lines
		return err
	}
	for n, cells := range rows {
		values := make([]any, len(cells))
		for i, c := range cells {
			values[i] = g.value(i, c)
		}
		if err := out.SetRow("A"+strconv.Itoa(n+2), values); err != nil {
			return err
		}
	}
	return out.Flush()
}

// paper says how the sheet is printed: across A4, as wide as it is, the head on each page.
func (g *grid) paper() error {
	landscape, a4, one, many, yes, narrow := "landscape", 9, 1, 0, true, 0.4
	return errors.Join(
		g.book.SetSheetProps(g.name, &excelize.SheetPropsOptions{FitToPage: &yes}),
		g.book.SetPageLayout(g.name, &excelize.PageLayoutOptions{Orientation: &landscape, Size: &a4, FitToWidth: &one, FitToHeight: &many}),
		g.book.SetPageMargins(g.name, &excelize.PageLayoutMarginsOptions{Left: &narrow, Right: &narrow, Top: &narrow, Bottom: &narrow}),
		g.book.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", RefersTo: "'" + g.name + "'!$1:$1", Scope: g.name}),
	)
}

// value is what stands in the cell of a column, nil when nothing does.
func (g *grid) value(column int, c exports.Cell) any {
	format := g.formats[column]
	day, err := time.Parse(time.DateOnly, c.Text)
	switch {
	case c.Number.Valid:
		return excelize.Cell{StyleID: g.cells[format], Value: exports.SheetNumber(c.Number.Decimal)}
	case format == monthend.FormatDate && err == nil:
		return excelize.Cell{StyleID: g.cells[format], Value: int(day.Sub(dayZero) / (24 * time.Hour))}
	case c.Text != "":
		return excelize.Cell{StyleID: g.cells[monthend.FormatText], Value: fitting(c.Text)}
	default:
		return nil
	}
}

// dayZero is the day from which spreadsheets count.
var dayZero = time.Date(1899, time.December, 30, 0, 0, 0, 0, time.UTC)

// width gives a column the room that its longest cell needs, within reason; its head takes two lines.
func (g *grid) width(column int, head string, rows [][]exports.Cell) float64 {
	const most, filterArrow = 44, 3 // in letters
	width := map[monthend.Format]int{
		monthend.FormatText: 8, monthend.FormatDate: 14, monthend.FormatMoney: 13, monthend.FormatPrice: 13, monthend.FormatNumber: 8,
	}[g.formats[column]]
	for _, word := range strings.Fields(head) {
		width = max(width, utf8.RuneCountInString(word)+filterArrow)
	}
	width = max(width, utf8.RuneCountInString(head)/2+2*filterArrow)
	for _, cells := range rows {
		c := cells[column]
		text := c.Text
		if c.Number.Valid {
			text = c.Number.Decimal.String()
		}
		width = max(width, utf8.RuneCountInString(text)+2)
	}
	return float64(min(width, most))
}

// stamped gives a zip with its entries in the order of their names and all of one time.
func stamped(raw []byte, at time.Time) ([]byte, error) {
	in, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		return nil, err
	}
	parts := map[string][]byte{}
	for _, f := range in.File {
		part, err := f.Open()
		if err != nil {
			return nil, err
		}
		if parts[f.Name], err = io.ReadAll(part); err != nil {
			return nil, err
		}
		if err := part.Close(); err != nil {
			return nil, err
		}
	}
	var out bytes.Buffer
	archive := zip.NewWriter(&out)
	for _, name := range slices.Sorted(maps.Keys(parts)) {
		if err := put(archive, name, at, parts[name]); err != nil {
			return nil, err
		}
	}
	if err := archive.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}
