package domain

import (
	"time"

	"github.com/shopspring/decimal"
)

// Invoice is a sales invoice as İşbaşı keeps it (isbasi-api.md §6.4, §6.5). A list row lacks lines, Description,
// as a rule UUID and Scenario, and most amounts; what İşbaşı does not say is empty or not valid.
type Invoice struct {
	ID          RemoteID
	UUID        string // ETTN: case-sensitive, kept as it was received
	Number      string
	Type        InvoiceType
	Date        time.Time
	Firm        FirmRef
	Kind        InvoiceKind
	Scenario    Scenario // as İşbaşı has it, which a customer's card may decide; "" = none of ours, or not said
	Status      EStatus
	StatusText  string // İşbaşı's own description
	GIBCode     string
	RejectNote  string
	Cancelled   bool
	Cancellable bool // İşbaşı's own word, see CanBeCancelled
	CancelText  string
	Erasable    bool // İşbaşı's own word: a draft that may be deleted
	Paid        bool
	Description string
	OrderNumber string
	// DispatchNumber and DispatchIncluded: the invoice takes the place of the dispatch note.
	DispatchNumber   string
	DispatchIncluded bool
	Currency         Currency
	Rate             decimal.NullDecimal
	Net              decimal.NullDecimal // without VAT
	VAT              decimal.NullDecimal // VAT less withholding
	Withholding      decimal.NullDecimal
	Total            decimal.NullDecimal // in Currency
	TotalTRY         decimal.NullDecimal
	Remaining        decimal.NullDecimal // not paid yet
	ModifiedAt       time.Time           // zero: unknown
	Lines            []InvoiceLine
}

// CanBeCancelled tells whether the panel would cancel it: an e-Arşiv that is done. İşbaşı's own word is true
// before that too, while the panel still refuses (isbasi-api.md §12 "To §6.4"); a sent e-Fatura never can be,
// its buyer answers with a return.
func (i Invoice) CanBeCancelled() bool {
	return i.Cancellable && !i.Cancelled && i.Status == EStatusDone && i.Kind != InvoiceEInvoice
}

// InvoiceType is which side of the trade an invoice is on.
type InvoiceType string

// The types (isbasi-api.md §12 "To §6.4": İşbaşı says them in words). What it says in others is unknown.
const (
	InvoiceTypeUnknown InvoiceType = ""
	InvoiceSale        InvoiceType = "sale"
	InvoiceSaleReturn  InvoiceType = "sale-return"
	InvoicePurchase    InvoiceType = "purchase" // its returns too
)

// InvoiceLine is a line of an invoice at İşbaşı (isbasi-api.md §12 "To §6.4"). Amounts are in its
// currency.
type InvoiceLine struct {
	ProductID       RemoteID
	ItemCode        Code
	Name            string
	Description     string
	Unit            string
	Quantity        decimal.NullDecimal
	Price           decimal.NullDecimal // of one unit, with VAT if VATIncluded
	PriceWithVAT    decimal.NullDecimal
	PriceWithoutVAT decimal.NullDecimal
	VATIncluded     bool
	VATRate         decimal.NullDecimal // percent
	VAT             decimal.NullDecimal
	DiscountRate    decimal.NullDecimal // percent
	Discount        decimal.NullDecimal
	Withholding     decimal.NullDecimal
	Total           decimal.NullDecimal // gross: before discounts
	Net             decimal.NullDecimal
	TotalWithVAT    decimal.NullDecimal
	TotalWithoutVAT decimal.NullDecimal
}

// InvoiceKind is the sort of e-document.
type InvoiceKind string

// The kinds (isbasi-api.md §6.2: invoiceTypeForEinvoice 1, 2, 3). Without one İşbaşı decides: e-Fatura
// for registered taxpayers, e-Arşiv for others.
const (
	InvoiceKindNone            InvoiceKind = ""
	InvoiceEInvoice            InvoiceKind = "e-invoice"
	InvoiceEArchive            InvoiceKind = "e-archive"
	InvoiceEArchiveForInternet InvoiceKind = "e-archive-internet"
)

// EStatus is where an invoice stands on its way to the revenue administration.
type EStatus string

// The states (isbasi-api.md §6.2: 0; 1, 4, 8; 10). A state İşbaşı does not name, or names by a number
// nobody documents, is unknown and never taken for a draft.
const (
	EStatusUnknown    EStatus = ""
	EStatusDraft      EStatus = "draft"
	EStatusInProgress EStatus = "in-progress"
	EStatusDone       EStatus = "done"
)

// InvoiceDraft is a sales invoice to be stored as a draft (isbasi-api.md §6.1).
type InvoiceDraft struct {
	ID RemoteID // "" = new; else the draft to replace
	// Customer is matched by Code, or by name and TaxNumber; else İşbaşı makes a new card. PostalCode,
	// City, District and Address are mandatory.
	Customer    Firm
	Date        time.Time // refused when an invoice of the same type has a later one
	Currency    Currency
	Rate        decimal.Decimal // 1 for TRY; 0 counts as 1
	VATIncluded bool            // prices include VAT
	Description string
	Category    string
	Kind        InvoiceKind
	Scenario    Scenario      // e-Fatura only
	Internet    *InternetSale // e-Arşiv for internet sales only
	Lines       []DraftLine
}

// DraftLine is a line of a draft.
type DraftLine struct {
	ItemCode      Code
	Service       bool
	Name          string
	Description   string
	Unit          string // "" = Adet
	Quantity      decimal.Decimal
	Price         decimal.Decimal // of one unit, up to 8 decimals
	VATRate       decimal.Decimal // percent
	DiscountRate  decimal.NullDecimal
	DiscountValue decimal.NullDecimal
	ExemptionCode string // of VAT 0
}

// InternetSale is what an e-Arşiv invoice for internet sales says besides.
type InternetSale struct {
	Payment      PaymentMethod
	PaidAt       time.Time
	PaymentAgent string
	Website      string
	SentAt       time.Time
	Carrier      Carrier
}

// PaymentMethod is how an internet sale was paid.
type PaymentMethod int

// The methods (isbasi-api.md §6.2, eArchivePaymentType).
const (
	PaidByCard PaymentMethod = iota
	PaidByTransfer
	PaidOnDelivery
	PaidByIntermediary
	PaidOtherwise
)

// Carrier brings the goods of an internet sale.
type Carrier struct {
	Name      string
	Surname   string // of a person
	TaxNumber string
	Company   bool
}

// StoredDraft is İşbaşı's receipt for a draft.
type StoredDraft struct {
	ID     RemoteID
	UUID   string // ETTN
	Number string
}

// Document is a file of an invoice.
type Document struct {
	Name    string
	Type    string // media type
	Content []byte
}

// DateOrderError says that İşbaşı has a later invoice of the same type: none can be dated before it
// (rules.md §7).
type DateOrderError struct {
	Latest time.Time
}

func (e *DateOrderError) Error() string {
	return "the latest invoice of this type is dated " + e.Latest.Format(time.RFC3339)
}
