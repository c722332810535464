package domain

import (
	"time"

	"github.com/shopspring/decimal"
)

// EDocument is an e-document at the revenue administration (GİB), sent or received, as İşbaşı lists it
// (isbasi-api.md §6.5, §12). What İşbaşı does not say is empty or not valid.
type EDocument struct {
	UUID        string   // ETTN: case-sensitive, kept as it was received
	Number      string   // of the document; İşbaşı calls it invoiceId
	InvoiceID   RemoteID // of the sales or purchase invoice; "" = none was made of it
	IssuedAt    time.Time
	Amount      decimal.NullDecimal // in Currency
	Currency    Currency
	Party       string // who it came from or went to
	PartyNumber string // VKN or TCKN: text, leading zeros count
	Person      bool   // the party is a private person
	Scenario    Scenario
	TypeText    string // İşbaşı's own: "Satış", "İade" …
	Processable bool   // an invoice can be made of it
	Status      EStatus
	StatusText  string // İşbaşı's own words
	StatusCode  string
	RejectNote  string
	Label       string
	Message     string
}

// ReportedInvoice is an invoice as İşbaşı reports it to the integration that stored it (isbasi-api.md §6.5,
// §12: IntegrationInvoiceReport).
type ReportedInvoice struct {
	ID                RemoteID
	UUID              string // ETTN
	Number            string
	IntegrationNumber string
	TaxNumber         string
	Name              string
	Email             string
	Customer          string
	Status            EStatus
	StatusText        string
	Date              time.Time
	CreatedAt         time.Time
	ConfirmedAt       time.Time
	DeniedAt          time.Time
	DoneAt            time.Time // when its state became 10
	Amount            decimal.NullDecimal
	UnitPrice         decimal.NullDecimal
}
