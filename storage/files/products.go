package files

import (
	"fmt"
	"iter"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/exports"
	"github.com/sopyo/sopyo-desktop/domain/listing"
)

// Products streams the rows of f as products. Numbers are read by the decimal mark of their column,
// found in its first 1,000 cells. An error is the last thing it gives.
func Products(f *File, cols map[listing.Field]int) iter.Seq2[listing.ProductRow, error] {
	return func(yield func(listing.ProductRow, error) bool) {
		marks, err := findMarks(f, cols)
		if err == nil {
			cols, err = withoutIdleState(f, cols)
		}
		if err != nil {
			yield(listing.ProductRow{}, err)
			return
		}
		known, err := look(f, cols)
		if err != nil {
			yield(listing.ProductRow{}, err)
			return
		}
		f.doc.account.begin(f, cols)
		vat, states := vatIncludedColumn(f.Header()), statesOf(f, cols)
		for row, err := range f.Rows() {
			if err != nil {
				yield(listing.ProductRow{}, err)
				return
			}
			row, sound := known.mended(row, &f.doc.account)
			f.doc.account.row(row.Cells)
			r := rowReader{row: row, cols: cols, marks: marks, account: &f.doc.account, vatIncluded: vat, states: states, escaped: known.escaped}
			product := r.product
			if !sound {
				product = func() listing.ProductRow { return r.tooWide(len(f.header)) }
			}
			if !yield(product(), nil) {
				return
			}
		}
	}
}

// rowReader turns one row into a product.
type rowReader struct {
	row      Row
	cols     map[listing.Field]int
	marks    map[listing.Field]mark
	account  *account
	problems []listing.Problem

	vatIncluded int                    // column that says whether the price is with VAT, or -1
	escaped     map[listing.Field]bool // texts that may be escaped as HTML, in XML once more
	states      map[string]domain.ProductState
}

func (r *rowReader) product() listing.ProductRow {
	p := domain.Product{
		Code:        domain.Code(r.letters(listing.Code)),
		Barcode:     domain.Barcode(r.barcode()),
		Name:        r.plain(listing.Name),
		Brand:       r.plain(listing.Brand),
		Description: r.letters(listing.Description),
		State:       r.state(),
	}
	p.Price, p.Currency = r.money()
	p.Stock, p.VATRate = r.number(listing.Stock), r.rate()
	refused := p.Code == "" && p.Barcode == "" && p.Name == ""
	if refused {
		r.problem(listing.Name, "", listing.NothingToKnowBy)
	}
	return listing.ProductRow{Line: r.row.Line, Cells: r.row.Cells, Product: p, Problems: r.problems, Refused: refused}
}

func (r *rowReader) problem(f listing.Field, value string, why listing.Reason) {
	r.problems = append(r.problems, listing.Problem{Field: f, Value: value, Reason: why})
}

// note notes what was made of a field's cell.
func (r *rowReader) note(kind listing.NoteKind, f listing.Field) {
	r.account.note(kind, r.cols[f], r.cell(f))
}

// cell gives the trimmed text of a field's cell, "" also when no column holds it.
func (r *rowReader) cell(f listing.Field) string {
	i, ok := r.cols[f]
	if !ok || i < 0 || i >= len(r.row.Cells) {
		return ""
	}
	return strings.TrimSpace(r.row.Cells[i])
}

// text gives a cell as it is, but for ="007": the trick by which programs keep Excel from eating
// leading zeros of a CSV.
func (r *rowReader) text(f listing.Field) string {
	s := r.cell(f)
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
func (r *rowReader) tooWide(columns int) listing.ProductRow {
	r.problem(listing.Name, fmt.Sprintf("%d / %d", len(r.row.Cells), columns), listing.ShiftedCells)
	return listing.ProductRow{Line: r.row.Line, Cells: r.row.Cells, Problems: r.problems, Refused: true}
}

// plain gives a text that is no HTML; shops' feeds escape names as HTML before they escape them as XML.
func (r *rowReader) plain(f listing.Field) string {
	s := r.letters(f)
	if !r.escaped[f] || strings.IndexByte(s, '&') < 0 {
		return s
	}
	out := unescaped(s)
	if out == s {
		return s
	}
	r.account.note(listing.NoteEntity, r.cols[f], s)
	return strings.TrimSpace(r.read(f, out))
}

// letters gives a text without what a wrong encoding has made of it.
func (r *rowReader) letters(f listing.Field) string { return r.read(f, r.text(f)) }

func (r *rowReader) read(f listing.Field, s string) string {
	out := legible(s)
	if out != s {
		r.account.note(listing.NoteEncoding, r.cols[f], s)
	}
	return out
}

// barcode keeps a destroyed barcode as text, so that nothing is lost and nothing pairs by it, and a decorated one as it is
// printed; it is compared without its decoration.
func (r *rowReader) barcode() string {
	s := r.text(listing.Barcode)
	if digits := strings.TrimPrefix(s, "'"); onlyDigits(digits) { // Excel's mark of a text
		s = digits
	}
	switch {
	case r.row.Numeric(r.cols[listing.Barcode]) && len(s) > exports.SheetDigits:
		r.problem(listing.Barcode, s, listing.BarcodeRounded)
	case isExponent(s):
		r.problem(listing.Barcode, s, listing.BarcodeExponent)
	case !onlyDigits(s) || len(s) > gtinLength:
		r.dressed(domain.Barcode(s))
	}
	return s
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

func onlyDigits(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }

// isExponent knows 8,69E+12, 8.69E12 and 8E+12.
func isExponent(s string) bool {
	mantissa, exponent, _ := strings.Cut(strings.Replace(s, "e", "E", 1), "E")
	exponent = strings.TrimPrefix(exponent, "+")
	return onlyDigits(exponent) && len(exponent) <= 2 && strings.Count(mantissa, ".")+strings.Count(mantissa, ",") <= 1 &&
		onlyDigits(strings.NewReplacer(".", "", ",", "").Replace(mantissa)) && (len(mantissa) == 1 || strings.ContainsAny(mantissa, ".,"))
}

func (r *rowReader) rate() decimal.NullDecimal {
	d := r.number(listing.VAT)
	if !isRate(d.Decimal) {
		r.problem(listing.VAT, r.cell(listing.VAT), listing.BadRate)
		return decimal.NullDecimal{}
	}
	return d
}
