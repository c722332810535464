package sandbox

import (
	"time"

	"github.com/shopspring/decimal"
)

// Order is a sales order as the stand-in keeps it (isbasi-api.md §5).
type Order struct {
	ID         int64
	Number     string // İşbaşı's
	FirmNumber string // the customer's own: a marketplace's order number
	Date       time.Time
	FirmID     int64
	FirmCode   string
	FirmName   string
	TaxNumber  string
	Address    string
	City       string
	District   string
	PostalCode string
	Phone      string
	Status     int // OrderOpen …; 0 counts as OrderOpen
	Cancelled  bool
	Currency   string // "TL" …
	Rate       decimal.Decimal
	Lines      []InvoiceLine // prices include VAT
	Total      decimal.Decimal
	VAT        decimal.Decimal
	Category   string
	ModifiedAt time.Time
}

// The states of an order. Their codes are not known; these are the stand-in's own.
const (
	OrderOpen     = 1
	OrderPart     = 2
	OrderInvoiced = 3
)

func (o *Order) status() int {
	if o.Status == 0 {
		return OrderOpen
	}
	return o.Status
}

func (o *Order) statusName() string {
	return map[int]string{OrderOpen: "Açık", OrderPart: "Kısmi Teslim", OrderInvoiced: "Faturalandı"}[o.status()]
}

// orderColumns are the columns that a list may be filtered and sorted by.
func orderColumns() map[string]func(*Order) any {
	return map[string]func(*Order) any{
		"id":              func(o *Order) any { return o.ID },
		"date":            func(o *Order) any { return o.Date },
		"orderNumber":     func(o *Order) any { return o.Number },
		"firmOrderNumber": func(o *Order) any { return o.FirmNumber },
		"firmName":        func(o *Order) any { return o.FirmName },
		"orderStatus":     func(o *Order) any { return int64(o.status()) },
		"isCancelled":     func(o *Order) any { return o.Cancelled },
		"total":           func(o *Order) any { return o.Total },
	}
}
