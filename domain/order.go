package domain

import (
	"time"

	"github.com/shopspring/decimal"
)

// Order is an order at İşbaşı (isbasi-api.md §5). A list row has no lines.
type Order struct {
	ID             RemoteID
	Number         string
	CustomerNumber string // the number the customer gave it
	SupplierNumber string
	Date           time.Time
	Process        string // İşbaşı's name of the kind of order
	Firm           FirmRef
	Address        string
	Description    string
	Currency       Currency
	Rate           decimal.NullDecimal
	Total          decimal.NullDecimal // VAT included, in Currency
	TotalTRY       decimal.NullDecimal
	VAT            decimal.NullDecimal
	Status         string // İşbaşı's code
	StatusName     string
	PaymentStatus  string
	Cancelled      bool
	Lines          []InvoiceLine
}
