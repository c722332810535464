// Package outline tells the rows of a table that are no products: headings between the goods, totals, the header once more. What a name is that
// stands alone it learns from the first rows.
package outline

import (
	"iter"
	"slices"
	"strings"
	"unicode"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/listing"
	"github.com/sopyo/sopyo-desktop/storage/files/figure"
	"github.com/sopyo/sopyo-desktop/storage/files/mapping"
	"github.com/sopyo/sopyo-desktop/storage/files/table"
)

// Outline tells the rows of a table that are no products: headings between the goods, totals, the header once more. In a
// feed every element is a product.
type Outline struct {
	header  []string
	cols    listing.Columns
	mapped  []bool // by column
	numbers bool   // goods have a price or a stock
	coded   bool   // goods have a code or a barcode
	alone   namesAlone
}

// Of learns from the first rows of a table, as many as most; an error is one of reading them.
func Of(header []string, cols listing.Columns, rows iter.Seq2[table.Row, error], most int) (*Outline, error) {
	o := &Outline{header: header, cols: cols, mapped: make([]bool, len(header))}
	for field, all := range cols {
		for _, i := range all {
			o.mapped[i] = true
		}
		switch field {
		case listing.Price, listing.Stock:
			o.numbers = true
		case listing.Code, listing.Barcode:
			o.coded = true
		}
	}
	if !o.numbers || len(cols[listing.Name]) == 0 {
		return o, nil
	}
	return o, o.learnNames(rows, most)
}

// NoProduct says what a row is where it is no product, and the text that tells it; "" for a product.
func (o *Outline) NoProduct(row table.Row) (text string, why listing.Reason) {
	if text, is := drawn(row.Cells); is {
		return text, listing.Heading
	}
	if text, is := o.heading(row.Cells); is {
		return text, listing.Heading
	}
	if text, is := o.total(row); is {
		return text, listing.Total
	}
	if text, is := o.headerAgain(row); is {
		return text, listing.HeaderAgain
	}
	return "", ""
}

// drawn tells whether the row is a line made of signs: -----, * * *.
func drawn(cells []string) (text string, is bool) {
	for _, c := range cells {
		if c = strings.TrimSpace(c); len(c) > maxHeading || strings.Trim(c, "-=_*.~—– ") != "" {
			return "", false
		}
		if len(text) < len(c) {
			text = c
		}
	}
	return text, len(text) > 2
}

// heading tells whether a single text stands in the row where goods have more: TEMİZLİK ÜRÜNLERİ. What could be the code or
// the barcode of a product is one.
func (o *Outline) heading(cells []string) (text string, is bool) {
	if !o.numbers {
		return "", false
	}
	at, text := o.single(cells)
	switch {
	case at < 0 || !strings.ContainsFunc(text, unicode.IsLetter) || strings.HasPrefix(text, "#"): // a number, or an error of Excel
		return "", false
	case o.is(at, listing.Code), o.is(at, listing.Barcode):
		return text, strings.ContainsFunc(text, unicode.IsSpace) || !strings.ContainsFunc(text, unicode.IsDigit)
	case o.is(at, listing.Name):
		return text, o.alone.heads(text, o.coded)
	}
	return text, true
}

// single gives the one text that stands in a row, and its column; -1: there are several, or none.
func (o *Outline) single(cells []string) (at int, text string) {
	at = -1
	for i, c := range cells {
		if c = strings.TrimSpace(c); c == "" || figure.OnlyDigits(c) && i < len(o.mapped) && !o.mapped[i] { // a row's number
			continue
		}
		if at >= 0 {
			return -1, ""
		}
		at, text = i, c
	}
	return at, text
}

func (o *Outline) is(column int, f listing.Field) bool {
	return slices.Contains(o.cols[f], column)
}

func (o *Outline) cell(row table.Row, f listing.Field) string {
	for _, i := range o.cols[f] {
		if text := strings.TrimSpace(row.Cells[i]); text != "" {
			return text
		}
	}
	return ""
}

// total tells whether the row sums others up. A product has a code or a barcode, and may be called as it likes.
func (o *Outline) total(row table.Row) (text string, is bool) {
	name := o.cell(row, listing.Name)
	for _, f := range []listing.Field{listing.Code, listing.Barcode} {
		if c := o.cell(row, f); c != "" {
			return c, sumsUp(c, false) && ofSums(name)
		}
	}
	if name != "" {
		return name, sumsUp(name, o.coded)
	}
	for _, c := range row.Cells {
		if sumsUp(c, false) {
			return strings.TrimSpace(c), true
		}
	}
	return "", false
}

// sumsUp knows what totals are called: GENEL TOPLAM, Ara Toplam:, Toplam 2 ürün, Subtotal; where it may be named after
// what it sums up, also Bardaklar Toplamı.
func sumsUp(text string, named bool) bool {
	if len(text) > 200 || !strings.Contains(text, "oplam") && !strings.Contains(text, "OPLAM") && !strings.Contains(text, "ota") && !strings.Contains(text, "OTA") &&
		!strings.Contains(text, "ek") && !strings.Contains(text, "EK") && !strings.Contains(text, "evreden") && !strings.Contains(text, "EVREDEN") {
		return false
	}
	sum, rest, last := sumWords(text)
	return sum && (rest == 0 || named && (last == "toplam" || last == "toplami"))
}

// ofSums tells whether a text says no more than what is summed up: "2 ürün".
func ofSums(text string) bool {
	_, rest, _ := sumWords(text)
	return rest == 0
}

// sumWords looks for the word of a total, and counts those that are not of totals.
func sumWords(text string) (sum bool, rest int, last string) {
	for word := range strings.FieldsFuncSeq(domain.Fold(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		last = word
		switch word {
		case "toplam", "toplami", "total", "subtotal", "yekun", "devreden":
			sum = true
		case "genel", "ara", "alt", "sayfa", "nakli", "grand", "sub", "kdv", "dahil", "haric", "tutar", "tutari", "adet", "adedi", "stok", "miktar", "urun", "cesit",
			"sayisi", "kalem", "kayit", "satir", "fiyat", "tl", "items", "price", "amount", "quantity", "stock":
		default:
			if strings.Trim(word, "0123456789") != "" {
				rest++
			}
		}
	}
	return sum, rest, last
}

// headerAgain tells whether the row is the header once more, as on the pages of a print: two cells or more, each of them
// what its column is called, or a known name of what the column is taken for. Where three fields are called so, as in the
// second header of a marketplace's form, the others need not be.
func (o *Outline) headerAgain(row table.Row) (text string, is bool) {
	for i, c := range row.Cells { // goods have numbers
		if strings.ContainsAny(c, "0123456789") && (i >= len(o.header) || strings.TrimSpace(c) != o.header[i]) {
			return "", false
		}
	}
	same, fields, other, first := 0, 0, false, ""
	for i, c := range row.Cells {
		if c = strings.TrimSpace(c); c == "" {
			continue
		}
		if i >= len(o.header) || !o.called(i, c) {
			other = true
			continue
		}
		if same++; same == 1 {
			first = c
		}
		if o.mapped[i] {
			fields++
		}
	}
	return first, !other && same > 1 || fields > 2
}

// maxHeading is the length of the longest text that is compared with a header.
const maxHeading = 100

func (o *Outline) called(column int, text string) bool {
	h := o.header[column]
	switch {
	case text == h:
		return true
	case len(text) > maxHeading || !o.mapped[column] && len([]rune(text)) != len([]rune(h)):
		return false
	}
	key := domain.NameKey(text)
	if key == domain.NameKey(h) {
		return key != ""
	}
	for f := range mapping.Of([]string{text}) {
		if o.is(column, f) {
			return true
		}
	}
	return false
}
