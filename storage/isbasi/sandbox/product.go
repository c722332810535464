package sandbox

import (
	"encoding/json"
	"time"

	"github.com/shopspring/decimal"
)

// The types of a product record (isbasi-api.md §4.1).
const (
	TypeProduct = 1
	TypeService = 2
)

// Product is a product or service as the stand-in keeps it. What is not valid, or empty, is absent
// from the answers: missing or null, never zero.
type Product struct {
	ID         int64
	Code       string
	Name       string
	Type       int // TypeProduct or TypeService; 0 counts as TypeProduct
	Passive    bool
	Barcode    string // of the main unit
	Unit       string // main unit's name; "Adet" when empty
	Boxes      []Box
	VATRate    decimal.NullDecimal
	Stock      decimal.NullDecimal
	Reserved   decimal.Decimal     // what actualStock is above stock
	Price      decimal.NullDecimal // sales, main unit, VAT included
	Currency   string              // as İşbaşı writes it: "TL", "USD"; empty = the row names none
	Brand      string
	Category   string
	ModifiedAt time.Time
	// Rest is what else the detail says of it, by name, as it was saved last: the list does not have it,
	// and a save that leaves it out blanks it. nil = what such a record has by itself.
	Rest map[string]json.RawMessage
}

// Box is a further unit of a product, with a barcode of its own (rules.md §2).
type Box struct {
	Name    string // "Koli", "Paket"
	Barcode string
	Pieces  int
}

func (p *Product) kind() int {
	if p.Type == 0 {
		return TypeProduct
	}
	return p.Type
}

func (p *Product) unit() string {
	if p.Unit == "" {
		return "Adet"
	}
	return p.Unit
}

// productColumns are the columns that a list may be filtered and sorted by.
func productColumns() map[string]func(*Product) any {
	return map[string]func(*Product) any{
		"id":       func(p *Product) any { return p.ID },
		"type":     func(p *Product) any { return int64(p.kind()) },
		"code":     func(p *Product) any { return p.Code },
		"name":     func(p *Product) any { return p.Name },
		"barcode":  func(p *Product) any { return p.Barcode },
		"isActive": func(p *Product) any { return !p.Passive },

		"modificationDate": func(p *Product) any { return p.ModifiedAt },
	}
}
