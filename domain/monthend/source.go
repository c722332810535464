package monthend

import (
	"context"
	"time"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/invoicing"
)

// Source is everything that a package says of one company's month (orders-invoices.md §9). Amounts are in
// TRY; marketplaces stand with their titles. The order of a slice says nothing.
type Source struct {
	Company   string
	Month     Month
	Invoices  []Invoice // those dated in another month are left out
	Documents Documents // of Invoices
	Tasks     []Task
	Platform  []PlatformInvoice
	Missing   []Missing // orders shipped after the month are left out
	Listing   Listing
	Changes   []Change // since earlier months were closed
}

// Documents gives the files of invoices, one at a time: a month has hundreds.
type Documents interface {
	// PDF gives the invoice as its buyer sees it, UBL the zip that İşbaşı packs its XML in. Both are asked
	// for only where an Invoice says that they are here.
	PDF(ctx context.Context, id domain.RemoteID) ([]byte, error)
	UBL(ctx context.Context, id domain.RemoteID) ([]byte, error)
}

// Invoice is one that was issued.
type Invoice struct {
	RemoteID    domain.RemoteID
	Date        time.Time // the invoice's own; Istanbul tells its day
	Number      string
	Kind        domain.InvoiceKind
	ETTN        string
	Buyer       string
	TaxNumber   string // VKN or TCKN
	Marketplace string
	Order       string
	Package     string
	State       State
	// Sums of an invoice that was made elsewhere may lack rates: its Total stands alone then.
	invoicing.Sums
	Lines          []Line
	HasPDF, HasUBL bool // see Documents
}

// State is what became of an invoice.
type State string

// The states. A returned invoice stands: the return is a document of its own.
const (
	StateValid     State = "valid"
	StateCancelled State = "cancelled"
	StateReturned  State = "returned"
)

// Line is one line of an invoice.
type Line struct {
	Name     string
	Quantity decimal.Decimal
	Unit     decimal.NullDecimal // price of one as it was sent, VAT included
	Net      decimal.Decimal     // less every discount, VAT included
	VATRate  decimal.NullDecimal // percent
	VAT      decimal.NullDecimal
}

// Task is an order that was cancelled or came back after its invoice, in whole or in part (§6).
type Task struct {
	What        What
	At          time.Time // when it happened at its source; zero: unknown
	InvoiceID   domain.RemoteID
	Number      string // of the invoice
	InvoiceDate time.Time
	Kind        domain.InvoiceKind
	Buyer       string
	Marketplace string
	Order       string
	Package     string
	invoicing.Sums
	// Document is the number of what closed it; "" = it is open.
	Document     string
	DocumentDate time.Time
}

// Open tells whether somebody has to act.
func (t Task) Open() bool { return t.Document == "" }

// What happened to an order behind its invoice.
type What string

// The two of them.
const (
	WhatCancelled What = "cancelled"
	WhatReturned  What = "returned"
)

// PlatformInvoice is what a marketplace pays of an order's price: the seller's invoice to the marketplace,
// which is made elsewhere (§2 A12).
type PlatformInvoice struct {
	Marketplace string
	Date        time.Time // of the order
	Order       string
	Package     string
	Number      string // of the customer's invoice; "" = there is none
	invoicing.Sums
}

// Missing is an order that was shipped or delivered and has no invoice.
type Missing struct {
	Marketplace string
	Order       string
	Package     string
	Buyer       string
	ShippedOn   time.Time // or delivered, where only that is known; zero: neither is
	Total       decimal.Decimal
	Hits        []invoicing.Hit
}

// Listing is what İşbaşı's list has of the month.
type Listing struct {
	Asked    bool // else nobody has, and nothing can be said
	Reads    int  // what it cost
	Invoices []Listed
}

// Listed is an invoice as that list has it; one dated in another month is left out.
type Listed struct {
	ID        domain.RemoteID
	Number    string
	Date      time.Time
	Total     decimal.Decimal
	Cancelled bool
}
