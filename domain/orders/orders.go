// Package orders reads what marketplaces and shops write of their orders: profiles say what each kind of
// file means, and rows become orders with keys and fingerprints. It knows how an order is kept and corrected,
// and decides nothing about invoices; that is domain/invoicing.
package orders

import (
	"cmp"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
)

// Order is one package of an order as its source says it (orders-invoices.md §1). Amounts are VAT included
// and in Currency.
type Order struct {
	Marketplace string
	Number      string
	Package     string // what is invoiced once; the number where the source has no packages
	Status      Status
	Word        string    // the source's own for the status; "" where several rows say different things
	OrderedAt   time.Time // UTC; domain.Istanbul tells the day. Zero: unknown
	ShippedAt   time.Time
	DeliveredAt time.Time
	Currency    domain.Currency
	Buyer       Buyer
	Lines       []Line
	// Discount is the order's own, beside those of its lines. StatedTotal is what the file says the order costs;
	// absent: it says nothing. Refunded is what the buyer has been paid back of an order that still stands.
	Discount    decimal.Decimal
	StatedTotal decimal.NullDecimal
	Refunded    decimal.Decimal
	Micro       bool // micro-export
}

// Key is what an order is known again by within a company: two marketplaces may use one number.
type Key struct{ Marketplace, Package string }

// Key gives the order's.
func (o *Order) Key() Key { return Key{o.Marketplace, o.Package} }

// Total is what the buyer pays: the lines less the order's own discount.
func (o *Order) Total() decimal.Decimal {
	sum := o.Discount.Neg()
	for _, l := range o.Lines {
		sum = sum.Add(l.Net())
	}
	return sum
}

// Status is where an order stands at its source.
type Status string

// The states of an order.
const (
	StatusOK          Status = "ok" // to be invoiced
	StatusOpen        Status = "open"
	StatusCancelled   Status = "cancelled"
	StatusReturned    Status = "returned"
	StatusUndelivered Status = "undelivered"
	StatusSplitParent Status = "split_parent" // its parts are invoiced
	StatusUnpaid      Status = "unpaid"
	StatusTest        Status = "test"
	StatusUnknown     Status = "unknown" // a word that nobody has explained yet
)

// Statuses are all states, from the one that keeps an order from being invoiced most surely to the one that does not.
func Statuses() []Status {
	return []Status{
		StatusCancelled, StatusReturned, StatusUndelivered, StatusSplitParent, StatusTest, StatusUnknown, StatusUnpaid, StatusOpen, StatusOK,
	}
}

// Over tells whether an order will not be invoiced as it stands at its source, and a person has nothing to do about it.
func (s Status) Over() bool {
	switch s {
	case StatusCancelled, StatusReturned, StatusUndelivered, StatusSplitParent, StatusTest:
		return true
	default:
		return false
	}
}

// Line is one line of an order.
type Line struct {
	ID       string // the source's, by which a line is known again in another package; "" = none
	Code     string
	Barcode  string // "" too where a table program has destroyed it
	Name     string
	Quantity decimal.Decimal
	Unit     decimal.Decimal     // price of one, before discounts
	Amount   decimal.NullDecimal // what the file says the line costs before its discount; absent: Quantity × Unit
	Discount decimal.Decimal     // of the line, or of one unit
	PerUnit  bool                // Discount is of one unit
	VAT      decimal.NullDecimal // percent; absent: the file does not say
	Tax      decimal.NullDecimal // the VAT the file states for the line, to be held against the rate; absent: none
	Kind     LineKind
	// Platform is what the marketplace pays of the line's price: it is invoiced to the marketplace, not here.
	Platform decimal.Decimal
	// TwoAmounts: the source says both that Platform lowers the invoice and that it does not. Discount is without it.
	TwoAmounts bool
}

// Stated is what the line costs before discounts, not rounded.
func (l *Line) Stated() decimal.Decimal {
	if l.Amount.Valid {
		return l.Amount.Decimal
	}
	return l.Quantity.Mul(l.Unit)
}

// Gross is Stated in kuruş, half up.
func (l *Line) Gross() decimal.Decimal { return l.Stated().Round(kurus) }

// OwnDiscount is that of the line, in kuruş.
func (l *Line) OwnDiscount() decimal.Decimal {
	if l.PerUnit {
		return l.Discount.Mul(l.Quantity).Round(kurus)
	}
	return l.Discount.Round(kurus)
}

// Net is what the line costs less its own discount, in kuruş (orders-invoices.md §2).
func (l *Line) Net() decimal.Decimal { return l.Gross().Sub(l.OwnDiscount()) }

// kurus are the decimals of money.
const kurus = 2

// LineKind says what is charged for.
type LineKind string

// The kinds of lines.
const (
	LineGoods    LineKind = "goods"
	LineShipping LineKind = "shipping"
	LineWrap     LineKind = "wrap" // gift wrap
	LineFee      LineKind = "fee"  // of payment by instalments and the like
)

// Buyer is to whom an invoice is made out, as the order says it.
type Buyer struct {
	Type        BuyerType
	First, Last string // of a person, and of a company with a person's number (a sole trader)
	Name        string // of a company
	TaxNumber   string // "" = none; may be masked or invented
	TaxOffice   string
	Address     string // street and number
	// City (province) and District are spelled officially where they are known for sure, see domain.Districts, and
	// else as the source says them.
	City       string
	District   string
	PostalCode string
	Plate      string // of the province, 01 to 81; "" = the province is not known
	Country    string // ISO 3166, two letters; what is no country stays as it stands in the file
	// SourceCity and SourceDistrict are as the source says them, but for a province's code, which is its name here.
	SourceCity     string
	SourceDistrict string
}

// FullName is a company's title, a person's first and last name, and whatever there is where that is missing.
func (b Buyer) FullName() string {
	person := strings.TrimSpace(b.First + " " + b.Last)
	if b.Type == BuyerCompany {
		return cmp.Or(b.Name, person)
	}
	return cmp.Or(person, b.Name)
}

// BuyerType says what sort of buyer the order names.
type BuyerType string

// The types of buyers.
const (
	BuyerPerson  BuyerType = "person"
	BuyerCompany BuyerType = "company"
)
