package domain

import (
	"strconv"
	"time"

	"github.com/shopspring/decimal"
)

// ProductID is a catalogue product's number in its company's file.
type ProductID int64

// Product is one product of the catalogue.
type Product struct {
	ID          ProductID
	Code        Code
	Barcode     Barcode
	Name        string
	Brand       string
	Description string
	Price       decimal.NullDecimal // sales price, VAT included, in Currency; absent ≠ 0
	Currency    Currency
	Stock       decimal.NullDecimal // as read: may be negative
	VATRate     decimal.NullDecimal // percent
	State       ProductState
	// Revision tells the states of a product apart: every change makes a new one, never given before; an undo
	// brings the state of before with its revision. Plans, edits and undo compare it.
	Revision  int64
	UpdatedAt time.Time
}

// ProductState is where a product stands in its life.
type ProductState string

// The states of a product.
const (
	ProductActive   ProductState = "active"
	ProductPassive  ProductState = "passive"  // out of sale: kept up to date and shown, but no marketplace gets a price of it
	ProductDraft    ProductState = "draft"    // created by a transfer, waits for a person
	ProductArchived ProductState = "archived" // put away by a person: neither shown, matched nor kept up to date
)

// RemoteID is an İşbaşı record's id: text, whether it arrives as text or as a number.
type RemoteID string

// Number is the id as a number, 0 for one that is none.
func (id RemoteID) Number() int64 {
	n, err := strconv.ParseInt(string(id), 10, 64)
	if err != nil || n < 0 {
		return 0
	}
	return n
}

// The types of İşbaşı's products (isbasi-api.md §4.1).
const (
	TypeProduct = 1
	TypeService = 2
)

// RemoteProduct is one row of İşbaşı's product list. Absent values are not valid, never zero.
type RemoteProduct struct {
	ID         RemoteID
	Type       int // TypeProduct or TypeService
	Code       Code
	Barcode    Barcode // of the main unit
	Name       string
	Brand      string
	Unit       string
	Active     bool
	Currency   Currency            // "" = the row names none, which counts as TRY
	Price      decimal.NullDecimal // sales, main unit, VAT included
	Stock      decimal.NullDecimal
	VATRate    decimal.NullDecimal
	ModifiedAt time.Time // zero: unknown
}

// Binding says that an İşbaşı product and a catalogue product are the same thing.
type Binding struct {
	RemoteID  RemoteID
	Type      int
	ProductID ProductID
}

// Currency is an ISO 4217 code. İşbaşı's "TL" is TRY here.
type Currency string

// The currencies a company can keep its catalogue in.
const (
	TRY Currency = "TRY"
	USD Currency = "USD"
	EUR Currency = "EUR"
	GBP Currency = "GBP"
)

// Currencies lists them in the order they are offered.
func Currencies() []Currency { return []Currency{TRY, USD, EUR, GBP} }

// Symbol is how the currency is written with an amount; one we have no sign for, by its code.
func (c Currency) Symbol() string {
	switch c {
	case USD:
		return "$"
	case EUR:
		return "€"
	case GBP:
		return "£"
	case TRY, "":
		return "₺"
	default:
		return string(c)
	}
}
