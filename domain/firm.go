package domain

import (
	"time"

	"github.com/shopspring/decimal"
)

// Firm is a customer or supplier at İşbaşı (isbasi-api.md §7). A list row lacks what only the detail
// has; what İşbaşı does not say is empty.
type Firm struct {
	ID          RemoteID // "" = not at İşbaşı yet
	Code        string
	Name        string // company title; of a person first and last name
	FirstName   string
	LastName    string
	Person      bool // a private person: TaxNumber is a TCKN of 11 digits, else a VKN of 10
	Foreign     bool
	Active      bool
	Kind        FirmKind
	TaxNumber   string // text: leading zeros count
	TaxOffice   string
	Country     string
	City        string
	District    string
	Address     string
	PostalCode  string
	Email       string
	Phone       string
	EInvoice    bool // İşbaşı's own note that the firm is a registered taxpayer; ask Taxpayer to be sure
	Description string
	Balance     decimal.NullDecimal
	ModifiedAt  time.Time // zero: unknown, as in every detail
}

// FirmKind says on which side of the trade a firm stands.
type FirmKind string

// The kinds of firms (isbasi-api.md §7: firmType 1, 2, 3).
const (
	FirmUnknown  FirmKind = ""
	FirmCustomer FirmKind = "customer"
	FirmSupplier FirmKind = "supplier"
	FirmBoth     FirmKind = "both"
)

// FirmRef names a firm inside another record.
type FirmRef struct {
	ID        RemoteID
	Code      string
	Name      string
	TaxNumber string
}
