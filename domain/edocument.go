package domain

import (
	"time"

	"github.com/shopspring/decimal"
)

// EDocument is an e-document that was sent to the revenue administration (GİB), as İşbaşı lists it (isbasi-api.md
// §6.5, §12). What İşbaşı does not say is empty or not valid.
type EDocument struct {
	UUID        string   // ETTN: case-sensitive, kept as it was received
	Number      string   // of the document; İşbaşı calls it invoiceId
	InvoiceID   RemoteID // of the sales invoice
	IssuedAt    time.Time
	Amount      decimal.NullDecimal // in Currency
	Currency    Currency
	Party       string // who it went to
	PartyNumber string // VKN or TCKN: text, leading zeros count
	Person      bool   // the party is a private person
	Scenario    Scenario
	TypeText    string // İşbaşı's own: "Satış", "İade" …
	Status      EStatus
	StatusText  string // İşbaşı's own words
	StatusCode  string
	RejectNote  string
	Label       string
	Message     string
}
