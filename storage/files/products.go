package files

import (
	"fmt"
	"iter"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/listing"
	"github.com/sopyo/sopyo-desktop/storage/files/charset"
	"github.com/sopyo/sopyo-desktop/storage/files/refusal"
	"github.com/sopyo/sopyo-desktop/storage/files/table"
)

// Products streams the rows of f as products. Numbers are read by the decimal mark of their column,
// found in its first 1,000 cells. An error is the last thing it gives.
func Products(f *File, cols listing.Columns) iter.Seq2[listing.ProductRow, error] {
	return func(yield func(listing.ProductRow, error) bool) {
		as, err := f.layout(cols)
		if err == nil {
			_, err = f.survey() // before the account begins: a reading for it is none of all rows
		}
		if err != nil {
			yield(listing.ProductRow{}, err)
			return
		}
		f.account.begin(f, as.cols, as.used())
		for _, q := range f.asks {
			as.account.ask(q)
		}
		if f.sheets != nil {
			f.sheets.begin()
		}
		if err := f.askUnused(as); err != nil {
			yield(listing.ProductRow{}, err)
			return
		}
		if q := f.info.Unsure; q != nil {
			as.account.ask(*q)
		}
		if n := f.info.Misread; n != nil {
			as.account.note(n.Kind, n.Column, n.Cell)
		}
		var variants group
		for row, err := range f.Rows() {
			if err != nil {
				yield(listing.ProductRow{}, err)
				return
			}
			row, sound := as.looked.mended(row, as.account)
			as.account.row(row.Cells)
			variants.enter(as.export, row)
			r := rowReader{row: row, as: as, group: variants}
			product := r.product
			if !sound {
				product = r.tooWide
			}
			read := product()
			if f.sheets != nil {
				read.Sheet = f.sheets.count(row.Part)
			}
			read.Place = as.lies.of(read)
			if !yield(read, nil) {
				return
			}
		}
		if f.sheets != nil {
			if f.sheets.countOthers(); f.doc.Failed() != nil {
				yield(listing.ProductRow{}, refusal.Located(f.name, f.doc.Failed()))
			}
		}
	}
}

// rowReader turns one row into a product.
type rowReader struct {
	row      table.Row
	as       *layout
	group    group
	problems []listing.Problem
}

func (r *rowReader) product() listing.ProductRow {
	if text, why := r.noProduct(); why != "" {
		r.problem(listing.Name, text, why)
		return listing.ProductRow{Line: r.row.Line, Cells: r.row.Cells, Problems: r.problems, NoProduct: true}
	}
	r.compare()
	p := domain.Product{
		Code:        domain.Code(r.code()),
		Barcode:     domain.Barcode(r.barcode()),
		Name:        r.named(r.plain(listing.Name)),
		Brand:       r.plain(listing.Brand),
		Description: r.letters(listing.Description),
		State:       r.state(),
	}
	p.Price, p.Currency = r.money()
	p.Stock, p.VATRate = r.stock(), r.rate()
	refused := p.Code == "" && p.Barcode == "" && p.Name == ""
	if refused {
		r.problem(listing.Name, "", listing.NothingToKnowBy)
	}
	return listing.ProductRow{Line: r.row.Line, Cells: r.row.Cells, Product: p, Options: r.options(), Problems: r.problems, Refused: refused}
}

// note notes what was made of a field's cell.
func (r *rowReader) note(kind listing.NoteKind, f listing.Field) {
	r.as.account.note(kind, r.at(f), r.cell(f))
}

func (r *rowReader) problem(f listing.Field, value string, why listing.Reason) {
	r.problems = append(r.problems, listing.Problem{Field: f, Value: value, Reason: why})
}

// cell gives the trimmed text of a field's cell, "" also when no column holds it.
func (r *rowReader) cell(f listing.Field) string { return r.cellAt(r.at(f)) }

// text gives a cell as it is, but for ="007": the trick by which programs keep Excel from eating
// leading zeros of a CSV.
func (r *rowReader) text(f listing.Field) string {
	s := r.cell(f)
	if beside := r.row.Beside(r.at(f)); beside.As != table.AsText {
		return r.shown(f, s, beside)
	}
	if inner, ok := strings.CutPrefix(s, `="`); ok && strings.HasSuffix(inner, `"`) && strings.Count(inner, `"`) == 1 {
		return strings.TrimSuffix(inner, `"`)
	}
	switch s {
	case "#N/A", "#YOK", "#REF!", "#BAŞV!", "#VALUE!", "#DEĞER!", "#NAME?", "#AD?", "#DIV/0!", "#SAYI/0!", "#NUM!", "#SAYI!", "#NULL!", "#BOŞ!":
		r.problem(f, s, listing.CellError)
		return ""
	}
	return s
}

// tooWide refuses a row of which nobody can tell which cell stands below which header.
func (r *rowReader) tooWide() listing.ProductRow {
	r.problem(listing.Name, fmt.Sprintf("%d / %d", len(r.row.Cells), len(r.as.header)), listing.ShiftedCells)
	return listing.ProductRow{Line: r.row.Line, Cells: r.row.Cells, Problems: r.problems, Refused: true}
}

// plain gives a text that is no HTML; shops' feeds escape names as HTML before they escape them as XML.
func (r *rowReader) plain(f listing.Field) string {
	s := r.letters(f)
	if i := r.at(f); s != "" && r.group.more && strings.TrimSpace(r.row.Cells[i]) == "" {
		r.note(listing.NoteFilled, f)
	}
	if !r.as.looked.escaped[f] || strings.IndexByte(s, '&') < 0 {
		return s
	}
	out := charset.Unescaped(s)
	if out == s {
		return s
	}
	r.note(listing.NoteEntity, f)
	return strings.TrimSpace(r.read(f, out))
}

// letters gives a text without what a wrong encoding has made of it.
func (r *rowReader) letters(f listing.Field) string { return r.read(f, r.text(f)) }

func (r *rowReader) read(f listing.Field, s string) string {
	out := charset.Legible(s)
	if out != s {
		r.note(listing.NoteEncoding, f)
	}
	return out
}

// gtinLength is that of the longest GTIN.
const gtinLength = 14

// dressed says what a barcode is that is more than digits.
func (r *rowReader) dressed(b domain.Barcode) {
	if _, class := b.Key(); class == domain.BarcodeSeveral {
		r.problem(listing.Barcode, string(b), listing.BarcodeSeveral)
	} else if _, decorated := b.Printed(); decorated {
		r.note(listing.NoteDecorated, listing.Barcode)
	}
}

func isRate(d decimal.Decimal) bool {
	return !d.IsNegative() && d.LessThanOrEqual(decimal.NewFromInt(100))
}

func (r *rowReader) rate() decimal.NullDecimal {
	d := r.number(listing.VAT)
	if !isRate(d.Decimal) {
		r.problem(listing.VAT, r.cell(listing.VAT), listing.BadRate)
		return decimal.NullDecimal{}
	}
	return d
}
