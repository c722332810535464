package report

import (
	"github.com/sopyo/sopyo-desktop/domain/monthend"
)

// rowHeight is that of one line of a table's text, in millimetres.
const rowHeight = 3.9

// cell is one cell of a table, broken into lines.
type cell struct {
	lines []string
	size  float64 // of its letters
}

// table draws a table; its head stands again on each page that it goes on to.
func (d *drawing) table(columns []monthend.Column, rows []monthend.Row) {
	head := monthend.Row{Cells: make([]string, len(columns)), Strong: true}
	shares := 0
	for i, c := range columns {
		head.Cells[i] = c.Title
		shares += c.Share
	}
	widths := make([]float64, len(columns))
	for i, c := range columns {
		widths[i] = inner * float64(c.Share) / float64(shares)
	}
	d.row(columns, widths, head, true)
	for _, r := range rows {
		if d.room(d.height(d.cells(columns, widths, r))) {
			d.row(columns, widths, head, true)
		}
		d.row(columns, widths, r, false)
	}
}

// row draws one row.
func (d *drawing) row(columns []monthend.Column, widths []float64, r monthend.Row, head bool) {
	cells := d.cells(columns, widths, r)
	height := d.height(cells)
	x, y := margin, d.pdf.GetY()
	if head {
		d.pdf.SetFillColor(shade.r, shade.g, shade.b)
		d.pdf.Rect(margin, y, inner, height, "F")
	}
	for i, c := range cells {
		align := "L"
		if columns[i].Amount {
			align = "R"
		}
		d.letters(style(r), c.size, ink)
		for n, l := range c.lines {
			d.textIn(x+padding, y+padding/2+float64(n)*rowHeight, widths[i]-2*padding, rowHeight, align, l)
		}
		x += widths[i]
	}
	d.rule(y + height)
	d.pdf.SetXY(margin, y+height)
}

func style(r monthend.Row) string {
	if r.Strong {
		return strong
	}
	return plain
}

// cells breaks the texts of a row. An amount is not broken: it shrinks.
func (d *drawing) cells(columns []monthend.Column, widths []float64, r monthend.Row) []cell {
	cells := make([]cell, len(columns))
	for i, s := range r.Cells {
		width, size := widths[i]-2*padding, tableSize
		d.letters(style(r), size, ink)
		if !columns[i].Amount {
			cells[i] = cell{d.broken(s, width), size}
			continue
		}
		for d.pdf.GetStringWidth(printable(s)) > width && size > leastSize {
			size -= 0.25
			d.letters(style(r), size, ink)
		}
		cells[i] = cell{[]string{s}, size}
	}
	return cells
}

func (d *drawing) height(cells []cell) float64 {
	most := 1
	for _, c := range cells {
		most = max(most, len(c.lines))
	}
	return float64(most)*rowHeight + padding
}
