package invoicing

import (
	"time"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
)

// Task is something a person has to do about an invoice whose order was cancelled or returned (orders-invoices.md §6).
type Task struct {
	ID     int64
	Record Record
	// Return is the source's number of the return, "" of a cancellation: with the package it is what a task is known by.
	Return string
	What   TaskKind
	// Lines are what comes back of the invoice's lines, as many and in their order; empty: all of it.
	Lines   []decimal.Decimal
	Amounts Returned // of the lines; Sums gives those of every task
	// Document, DocumentOn and Note are what a person has entered to close it; ClosedAt zero: it is open.
	Document   string
	DocumentOn time.Time
	Note       string
	OpenedAt   time.Time
	ClosedAt   time.Time
}

// Sums are what the task comes to: what came back, all of the invoice where no lines are told.
func (t *Task) Sums() Sums {
	if len(t.Lines) == 0 {
		return t.Record.Amounts.Sums
	}
	return t.Amounts.Sums
}

// TaskKind is why there is a task.
type TaskKind string

// The kinds.
const (
	TaskCancelled TaskKind = "cancelled"
	TaskReturned  TaskKind = "returned"
)

// Cure is what a person is to do for a task.
type Cure string

// The cures (orders-invoices.md §6).
const (
	CureDelete     Cure = "delete-draft"     // at one press
	CureCancel     Cure = "cancel-on-screen" // an e-Arşiv that İşbaşı still cancels
	CureSlip       Cure = "return-slip"      // a consumer's return section or gider pusulası
	CureBuyer      Cure = "buyers-return"    // an e-Fatura: the buyer's return invoice, or GİB portal, KEP
	CureRejectable Cure = "buyer-may-reject" // an e-Fatura Ticari within eight days (TTK 21/2)
)

// CureOf says what is to be done for a task on a day. cancellable is İşbaşı's word for the invoice; unknown counts as yes
// in the month of an e-Arşiv invoice.
func (t *Task) CureOf(cancellable bool, today time.Time) Cure {
	const rejectable = 8 // days, TTK 21/2
	r := &t.Record
	switch {
	case !r.Issued():
		return CureDelete
	case r.Kind == domain.InvoiceEInvoice && r.Scenario == domain.ScenarioCommercial && !today.After(r.Day().AddDate(0, 0, rejectable)):
		return CureRejectable
	case r.Kind == domain.InvoiceEInvoice:
		return CureBuyer
	case cancellable && t.What == TaskCancelled:
		return CureCancel
	default:
		return CureSlip
	}
}
