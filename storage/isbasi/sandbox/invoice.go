package sandbox

import (
	"time"

	"github.com/shopspring/decimal"
)

// The types of an invoice record, and the kinds of its document (isbasi-api.md §6.2, §6.5).
const (
	InvoiceSale           = 1
	InvoicePurchase       = 2
	InvoiceReturn         = 3 // of a sale
	InvoicePurchaseReturn = 4

	KindEInvoice = 1
	KindEArchive = 2
	KindInternet = 3
)

// The states of a document at GİB: eStatus (isbasi-api.md §6.2).
const (
	StatusDraft  = 0
	StatusQueued = 1 // this and the next two are in progress
	StatusSigned = 4
	StatusSent   = 8
	StatusDone   = 10

	StatusRefused = 9 // by GİB: İşbaşı's number of it is not known, this is the stand-in's own
)

// Invoice is an invoice as the stand-in keeps it.
type Invoice struct {
	ID          int64
	UUID        string // ETTN; letters of both cases, which count
	Number      string
	Dispatch    string // number of the dispatch note that it takes the place of; empty = of none
	Type        int    // InvoiceSale …; 0 counts as InvoiceSale
	Kind        int    // KindEInvoice …; 0 counts as KindEArchive
	Profile     int    // 1 Temel, 2 Ticari; of an e-Arşiv as it was sent
	Status      int
	GIBCode     int // of the document; 0 = 1300 once it is done
	RejectNote  string
	Cancelled   bool
	Date        time.Time
	FirmID      int64
	FirmCode    string
	FirmName    string
	TaxNumber   string
	TaxOffice   string
	Address     string
	City        string
	District    string
	PostalCode  string
	Currency    string // "TL" …
	Rate        decimal.Decimal
	VATIncluded bool
	Description string
	Category    string
	Lines       []InvoiceLine
	Net         decimal.Decimal // totals in Currency
	VAT         decimal.Decimal // less withholding
	Withholding decimal.Decimal
	Total       decimal.Decimal
	Rates       []RateSum // of Net and VAT, by rising rate; nil = as the lines are
	ModifiedAt  time.Time

	ByHand       bool // made at İşbaşı's own screen
	Formalised   int  // how many calls to send it have reached it, the refused ones too
	Sent         int  // how many of them have sent it
	CreatedAt    time.Time
	FormalisedAt time.Time // when it was sent; zero = never
	DeniedAt     time.Time // when its buyer rejected it; zero = never
	DeletedAt    time.Time // zero = it is there

	sending *sending // while GİB is at work on it
}

// InvoiceLine is a line of an invoice or an order.
type InvoiceLine struct {
	ProductID     int64
	ProductType   int
	Code          string
	Name          string
	Description   string
	Unit          string
	Quantity      decimal.Decimal
	Price         decimal.Decimal // a unit's, with or without VAT as the invoice says
	VATRate       decimal.Decimal
	DiscountRate  decimal.Decimal
	DiscountValue decimal.Decimal
	Withholding   string // "2/10"
}

func (v *Invoice) kind() int {
	if v.Kind == 0 {
		return KindEArchive
	}
	return v.Kind
}

func (v *Invoice) form() int {
	if v.Type == 0 {
		return InvoiceSale
	}
	return v.Type
}

// KindName is the name of the document's kind: e-Fatura, e-Arşiv or e-Arşiv İnternet.
func (v *Invoice) KindName() string {
	return map[int]string{KindEInvoice: "e-Fatura", KindEArchive: "e-Arşiv", KindInternet: "e-Arşiv İnternet"}[v.kind()]
}

// typeName is the word of the record's type; that of a purchase's return is a guess by the others
// (isbasi-api.md §12, to §6.4).
func (v *Invoice) typeName() string {
	return map[int]string{
		InvoiceSale: "SALES_INVOICE", InvoicePurchase: "PURCHASE_INVOICE", InvoiceReturn: "RETURN_SALES_INVOICE",
		InvoicePurchaseReturn: "RETURN_PURCHASE_INVOICE",
	}[v.form()]
}

// received tells whether the document came from a supplier.
func (v *Invoice) received() bool { return v.form() == InvoicePurchase }

// statusName is how İşbaşı calls the state, and the misspelling is its own (isbasi-api.md §12, to §6.2).
func (v *Invoice) statusName() string {
	if v.Status == StatusDraft && v.kind() == KindEInvoice {
		return "GİB'E GÖNDERİLECEK"
	}
	return map[int]string{
		StatusDraft: "İMZAYA GÖNDERİLMEDİ", StatusQueued: "HENÜZ İŞLENMEDİ", StatusSigned: "İşlem Bekliyor.",
		StatusSent: "HENÜZ İŞLENMEDİ", StatusDone: "BASARIYLA TAMAMLANDI", StatusRefused: "GİB HATASI", // the last is a guess
	}[v.Status]
}

// cancellable tells whether the panel offers to cancel: a sent e-Arşiv, never an e-Fatura (§12, to §6.4).
func (v *Invoice) cancellable() bool {
	return v.Status != StatusDraft && v.Status != StatusRefused && !v.Cancelled && v.kind() != KindEInvoice
}

// gibCode is GİB's code of a document that is done or refused.
func (v *Invoice) gibCode() any {
	switch {
	case v.GIBCode != 0:
		return v.GIBCode
	case v.Status == StatusDone:
		return 1300
	default:
		return nil
	}
}

// reply is the buyer's answer to a Ticari e-Fatura; its word is a guess.
func (v *Invoice) reply() any {
	if v.DeniedAt.IsZero() {
		return nil
	}
	return "REDDEDİLDİ"
}

// totalTL is the total in Turkish lira.
func (v *Invoice) totalTL() decimal.Decimal { return v.Total.Mul(v.Rate).Round(2) }

// invoiceColumns are the columns that a list may be filtered and sorted by. A filter of type is one of the
// document's kind (isbasi-api.md §12, to §6.5).
func invoiceColumns() map[string]func(*Invoice) any {
	return map[string]func(*Invoice) any{
		"id":            func(v *Invoice) any { return v.ID },
		"type":          func(v *Invoice) any { return int64(v.kind()) },
		"date":          func(v *Invoice) any { return v.Date },
		"invoiceNumber": func(v *Invoice) any { return v.Number },
		"total":         func(v *Invoice) any { return v.Total },
		"totalTL":       func(v *Invoice) any { return v.totalTL() },
		"firmName":      func(v *Invoice) any { return v.FirmName },
		"firmCode":      func(v *Invoice) any { return v.FirmCode },
		"firmVknNo":     func(v *Invoice) any { return v.TaxNumber },
		"eStatus":       func(v *Invoice) any { return int64(v.Status) },
		"isCancelled":   func(v *Invoice) any { return v.Cancelled },

		"invoiceProcessType": func(v *Invoice) any { return v.process() },

		"modificationDate": func(v *Invoice) any { return v.ModifiedAt },
	}
}

// process is the record's invoiceProcessType: 6 is a purchase's return (isbasi-api.md §12, to §6.5); the
// others are not known, and here as the types are.
func (v *Invoice) process() int64 {
	if v.form() == InvoicePurchaseReturn {
		return 6
	}
	return int64(v.form())
}
