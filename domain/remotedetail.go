package domain

import (
	"slices"
	"time"

	"github.com/shopspring/decimal"
)

// ProductRef names a product or service at İşbaşı: ids of the two are apart.
type ProductRef struct {
	ID   RemoteID
	Type int // 1 product, 2 service
}

// ProductDetail is one product at İşbaşı, whole (isbasi-api.md §4.2). It has no stock: only list rows
// have.
type ProductDetail struct {
	ProductRef
	Code            Code
	Name            string
	Name2           string
	Active          bool
	Brand           string
	Model           string
	Category        string
	VATRate         decimal.NullDecimal // percent
	SalesVATRate    decimal.NullDecimal
	PurchaseVATRate decimal.NullDecimal
	Units           []RemoteUnit
	Prices          []RemotePrice
}

// RemoteUnit is a unit of a product. One main unit is Factor2/Factor1 of it.
type RemoteUnit struct {
	Name    string
	Code    string
	Barcode Barcode
	Main    bool
	Factor1 decimal.NullDecimal
	Factor2 decimal.NullDecimal
}

// RemotePrice is a price of a product.
type RemotePrice struct {
	ID          RemoteID
	Kind        PriceKind
	Unit        string   // name or code
	Currency    Currency // "" = none named, which counts as TRY
	Price       decimal.NullDecimal
	VATIncluded bool                // what Price is
	WithVAT     decimal.NullDecimal // as İşbaşı gives it
	WithoutVAT  decimal.NullDecimal
}

// PriceKind says what a price is for.
type PriceKind string

// The kinds (isbasi-api.md §4.2: type 1 and 2).
const (
	PriceOther    PriceKind = ""
	PriceSales    PriceKind = "sales"
	PricePurchase PriceKind = "purchase"
)

// MainUnit gives the unit that stock and list price are counted in.
func (p ProductDetail) MainUnit() (u RemoteUnit, ok bool) {
	i := slices.IndexFunc(p.Units, func(u RemoteUnit) bool { return u.Main })
	if i < 0 {
		return RemoteUnit{}, false
	}
	return p.Units[i], true
}

// SalesVAT gives the VAT percent of a sale.
func (p ProductDetail) SalesVAT() decimal.NullDecimal {
	if p.SalesVATRate.Valid {
		return p.SalesVATRate
	}
	return p.VATRate
}

// ProductChange is what is to be changed of a product at İşbaşı. What is absent is left as it stands.
type ProductChange struct {
	Price   decimal.NullDecimal // sales, main unit, VAT included; above zero
	PriceIn Currency            // of Price; "" = TRY. A price in another currency is left alone
	// PriceWas is the price that is expected there: with another one, to the kuruş, nothing is changed. Absent: any.
	PriceWas decimal.NullDecimal
	Name     string
	Barcode  Barcode // of the main unit
}

// StockMovement is a stock receipt for İşbaşı (isbasi-api.md §4.6).
type StockMovement struct {
	Type        int // İşbaşı's receipt type: no code is published
	Date        time.Time
	Number      string // the receipt's, by which it can be found
	Description string // 300 characters at most
	Lines       []StockLine
}

// StockLine is what a receipt moves of one product.
type StockLine struct {
	Product RemoteID
	Unit    string
	Amount  decimal.Decimal
}
