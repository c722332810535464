package doctor

import (
	"iter"
	"strings"

	"github.com/sopyo/sopyo-desktop/domain"
)

// item is what of a product is kept while the catalogue is looked at.
type item struct {
	id      domain.ProductID
	code    domain.Code
	barcode domain.Barcode
	name    string
}

func itemsOf(products iter.Seq[domain.Product]) (items []item) {
	for p := range products {
		if p.State != domain.ProductArchived {
			items = append(items, item{p.ID, p.Code, p.Barcode, p.Name})
		}
	}
	return items
}

func (it item) finding(k Kind, why Reason, proposed string) Finding {
	return Finding{Kind: k, Reason: why, Column: Barcode, Product: it.id, Code: it.code, Name: it.name, Value: string(it.barcode), Proposed: proposed}
}

// sound tells whether text is a GTIN with a right check digit.
func sound(text string) bool {
	_, class := domain.Barcode(text).Key()
	return class == domain.BarcodeGTIN
}

func digits(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }

func (it item) value(column Column) string {
	if column == Code {
		return string(it.code)
	}
	return string(it.barcode)
}
