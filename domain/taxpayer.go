package domain

import "time"

// Taxpayer is what the revenue administration (GİB) knows of a tax number (isbasi-api.md §6.8).
type Taxpayer struct {
	Number     string
	Registered bool   // takes part in e-Fatura; else invoices to it are e-Arşiv
	Title      string // "" when not registered
	Inboxes    []Alias
	Outboxes   []Alias
	// DispatchInboxes and DispatchOutboxes are those of e-İrsaliye.
	DispatchInboxes  []Alias
	DispatchOutboxes []Alias
}

// Alias is an e-document address of a registered taxpayer.
type Alias struct {
	Name         string // urn:mail:…
	Title        string
	Type         string
	RegisteredAt time.Time // zero: unknown
}
