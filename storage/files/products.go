package files

import (
	"html"
	"iter"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/exports"
	"github.com/sopyo/sopyo-desktop/domain/listing"
)

// Products streams the rows of f as products. Numbers are read by the decimal mark of their column,
// found in its first 1,000 cells. An error is the last thing it gives.
func Products(f *File, cols listing.Columns) iter.Seq2[listing.ProductRow, error] {
	return func(yield func(listing.ProductRow, error) bool) {
		as, err := f.layout(cols)
		if err != nil {
			yield(listing.ProductRow{}, err)
			return
		}
		f.doc.account.begin(f, as.cols, as.used())
		if err := f.askUnused(as); err != nil {
			yield(listing.ProductRow{}, err)
			return
		}
		var variants group
		for row, err := range f.Rows() {
			if err != nil {
				yield(listing.ProductRow{}, err)
				return
			}
			f.doc.account.row(row.Cells)
			variants.enter(as.export, row)
			r := rowReader{row: row, as: as, group: variants}
			if !yield(r.product(), nil) {
				return
			}
		}
	}
}

// rowReader turns one row into a product.
type rowReader struct {
	row      Row
	as       *layout
	group    group
	problems []listing.Problem
}

func (r *rowReader) product() listing.ProductRow {
	if r.picture() {
		r.problem(listing.Name, "", listing.NoVariant)
		return listing.ProductRow{Line: r.row.Line, Cells: r.row.Cells, Problems: r.problems, NoProduct: true}
	}
	r.compare()
	p := domain.Product{
		Code:        domain.Code(r.text(listing.Code)),
		Barcode:     domain.Barcode(r.barcode()),
		Name:        r.named(r.plain(listing.Name)),
		Brand:       r.plain(listing.Brand),
		Description: r.text(listing.Description),
		Price:       r.price(),
		Currency:    r.currency(),
		Stock:       r.stock(),
		VATRate:     r.rate(),
		State:       domain.ProductActive,
	}
	r.settle(&p)
	refused := p.Code == "" && p.Barcode == "" && p.Name == ""
	if refused {
		r.problem(listing.Name, "", listing.NothingToKnowBy)
	}
	return listing.ProductRow{Line: r.row.Line, Cells: r.row.Cells, Product: p, Problems: r.problems, Refused: refused}
}

func (r *rowReader) note(kind listing.NoteKind, column int, cell string) {
	r.as.account.note(kind, column, cell)
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

// plain gives a text that is no HTML; shops' feeds escape names as HTML before they escape them as XML.
func (r *rowReader) plain(f listing.Field) string {
	s := r.text(f)
	if r.group.more && s != "" {
		if i := r.at(f); strings.TrimSpace(r.row.Cells[i]) == "" {
			r.note(listing.NoteFilled, i, s)
		}
	}
	if r.as.escaped {
		return strings.TrimSpace(html.UnescapeString(s))
	}
	return s
}

// barcode keeps a destroyed barcode as text, so that nothing is lost and nothing pairs by it.
func (r *rowReader) barcode() string {
	s := r.text(listing.Barcode)
	if digits := strings.TrimPrefix(s, "'"); onlyDigits(digits) { // Excel's mark of a text
		s = digits
	}
	switch {
	case len(s) > exports.SheetDigits && r.row.Numeric(r.at(listing.Barcode)):
		r.problem(listing.Barcode, s, listing.BarcodeRounded)
	case isExponent(s):
		r.problem(listing.Barcode, s, listing.BarcodeExponent)
	}
	return s
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

func (r *rowReader) number(f listing.Field) decimal.NullDecimal {
	s := r.text(f)
	if s == "" {
		return decimal.NullDecimal{}
	}
	d, why := r.parsed(f, s)
	if why != "" {
		r.problem(f, s, why)
		return decimal.NullDecimal{}
	}
	return decimal.NewNullDecimal(d)
}

// parsed reads the text of a field's cell as a number, by the mark of its column, or by its point if it was
// stored as a number.
func (r *rowReader) parsed(f listing.Field, s string) (decimal.Decimal, listing.Reason) {
	if r.row.numeric == nil { // of no matter which column
		return parseNumber(s, r.as.marks[f])
	}
	return r.parsedAt(r.at(f), f, s)
}

func (r *rowReader) parsedAt(column int, f listing.Field, s string) (decimal.Decimal, listing.Reason) {
	if r.row.Numeric(column) {
		return parseNumber(s, markPoint)
	}
	return parseNumber(s, r.as.marks[f])
}

func (r *rowReader) price() decimal.NullDecimal {
	d := r.number(listing.Price)
	if d.Decimal.IsNegative() {
		r.problem(listing.Price, r.cell(listing.Price), listing.NegativePrice)
		return decimal.NullDecimal{}
	}
	if d.Valid && r.net() {
		rate, why := r.parsed(listing.VAT, r.cell(listing.VAT))
		if why != "" || !isRate(rate) {
			r.problem(listing.Price, r.cell(listing.Price), listing.PriceWithoutVAT)
			return decimal.NullDecimal{}
		}
		d.Decimal = withVAT(d.Decimal, rate)
		r.note(listing.NoteNet, r.at(listing.Price), r.cell(listing.Price))
	}
	return d
}

// net tells whether VAT is still to be added to the price: its header says so, or the row.
func (r *rowReader) net() bool {
	i := r.as.vatIncluded
	return r.as.said && r.as.units[r.at(listing.Price)].net || i >= 0 && saysNo(r.row.Cells[i])
}

func (r *rowReader) rate() decimal.NullDecimal {
	d := r.number(listing.VAT)
	if !isRate(d.Decimal) {
		r.problem(listing.VAT, r.cell(listing.VAT), listing.BadRate)
		return decimal.NullDecimal{}
	}
	return d
}

// currency reads the currency's column, else the sign at the price.
func (r *rowReader) currency() domain.Currency {
	s := r.text(listing.Currency)
	if s == "" {
		s = strings.Trim(r.cell(listing.Price), " \u00a00123456789.,+-")
		c, _ := currencyOf(s)
		return c
	}
	c, ok := currencyOf(s)
	if !ok {
		r.problem(listing.Currency, s, listing.UnknownCurrency)
	}
	return c
}

func currencyOf(s string) (domain.Currency, bool) {
	switch s {
	case "₺":
		return domain.TRY, true
	case "$":
		return domain.USD, true
	case "€":
		return domain.EUR, true
	case "£":
		return domain.GBP, true
	}
	switch headerKey(s) {
	case "tl", "try", "trl", "turklirasi", "turkishlira", "lira":
		return domain.TRY, true
	case "usd", "dolar", "dollar", "amerikandolari", "abddolari", "usdollar":
		return domain.USD, true
	case "eur", "euro", "avro":
		return domain.EUR, true
	case "gbp", "pound", "sterlin", "ingilizsterlini", "poundsterling":
		return domain.GBP, true
	}
	return "", false
}
