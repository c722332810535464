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
		f.doc.account.begin(f, cols)
		vat, states := vatIncludedColumn(f.Header()), statesOf(f, cols)
		for row, err := range f.Rows() {
			if err != nil {
				yield(listing.ProductRow{}, err)
				return
			}
			f.doc.account.row(row.Cells)
			r := rowReader{row: row, cols: cols, marks: marks, vatIncluded: vat, states: states, escaped: f.info.Format == FormatXML}
			if !yield(r.product(), nil) {
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
	problems []listing.Problem

	vatIncluded int  // column that says whether the price is with VAT, or -1
	escaped     bool // names may be escaped as HTML once more
	states      map[string]domain.ProductState
}

func (r *rowReader) product() listing.ProductRow {
	p := domain.Product{
		Code:        domain.Code(r.text(listing.Code)),
		Barcode:     domain.Barcode(r.barcode()),
		Name:        r.plain(listing.Name),
		Brand:       r.plain(listing.Brand),
		Description: r.text(listing.Description),
		Price:       r.price(),
		Currency:    r.currency(),
		Stock:       r.number(listing.Stock),
		VATRate:     r.rate(),
		State:       r.state(),
	}
	refused := p.Code == "" && p.Barcode == "" && p.Name == ""
	if refused {
		r.problem(listing.Name, "", listing.NothingToKnowBy)
	}
	return listing.ProductRow{Line: r.row.Line, Cells: r.row.Cells, Product: p, Problems: r.problems, Refused: refused}
}

func (r *rowReader) problem(f listing.Field, value string, why listing.Reason) {
	r.problems = append(r.problems, listing.Problem{Field: f, Value: value, Reason: why})
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

// plain gives a text that is no HTML; shops' feeds escape names as HTML before they escape them as XML.
func (r *rowReader) plain(f listing.Field) string {
	s := r.text(f)
	if r.escaped {
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
	case r.row.Numeric(r.cols[listing.Barcode]) && len(s) > exports.SheetDigits:
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
	if r.row.Numeric(r.cols[f]) {
		return parseNumber(s, markPoint)
	}
	return parseNumber(s, r.marks[f])
}

func (r *rowReader) price() decimal.NullDecimal {
	d := r.number(listing.Price)
	if d.Decimal.IsNegative() {
		r.problem(listing.Price, r.cell(listing.Price), listing.NegativePrice)
		return decimal.NullDecimal{}
	}
	if i := r.vatIncluded; d.Valid && i >= 0 && saysNo(r.row.Cells[i]) {
		rate, why := r.parsed(listing.VAT, r.cell(listing.VAT))
		if why != "" || !isRate(rate) {
			r.problem(listing.Price, r.cell(listing.Price), listing.PriceWithoutVAT)
			return decimal.NullDecimal{}
		}
		d.Decimal = withVAT(d.Decimal, rate)
	}
	return d
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
