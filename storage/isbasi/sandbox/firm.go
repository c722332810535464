package sandbox

import (
	"encoding/json"
	"strings"
	"time"

	"github.com/shopspring/decimal"
)

// What a firm is to the company (isbasi-api.md §7).
const (
	FirmCustomer = 1
	FirmSupplier = 2
	FirmBoth     = 3
)

// Firm is a customer or supplier as the stand-in keeps it.
type Firm struct {
	ID         int64
	Code       string
	Passive    bool
	Person     bool
	Foreign    bool
	Name       string // of a company
	FirstName  string // of a person
	LastName   string
	FirmType   int // 0 counts as FirmCustomer
	TaxNumber  string
	TaxOffice  string
	Country    string
	City       string
	District   string
	PostalCode string
	Address    string
	Phone      string
	Phone2     string // the second of the detail's phoneNumbers
	Email      string
	Registered bool // an e-Fatura user
	Balance    decimal.Decimal
	ModifiedAt time.Time
	// Rest is what else the detail says, by name, as it was saved last; nil = what such a record has by
	// itself. See Product.Rest.
	Rest map[string]json.RawMessage
}

func (f *Firm) kind() int {
	if f.FirmType == 0 {
		return FirmCustomer
	}
	return f.FirmType
}

// title is the name that documents show.
func (f *Firm) title() string {
	if f.Name == "" {
		return strings.TrimSpace(f.FirstName + " " + f.LastName)
	}
	return f.Name
}

// firmColumns are the columns that a list may be filtered and sorted by.
func firmColumns() map[string]func(*Firm) any {
	return map[string]func(*Firm) any{
		"id":           func(f *Firm) any { return f.ID },
		"code":         func(f *Firm) any { return f.Code },
		"name":         func(f *Firm) any { return f.title() },
		"firmType":     func(f *Firm) any { return int64(f.kind()) },
		"type":         func(f *Firm) any { return int64(f.form()) },
		"isActive":     func(f *Firm) any { return !f.Passive },
		"vknTckn":      func(f *Firm) any { return f.TaxNumber },
		"city":         func(f *Firm) any { return f.City },
		"emailAddress": func(f *Firm) any { return f.Email },
		"phone":        func(f *Firm) any { return f.Phone },

		"modificationDate": func(f *Firm) any { return f.ModifiedAt },
	}
}

// form is the list's type: 1 person, 2 company.
func (f *Firm) form() int {
	if f.Person {
		return 1
	}
	return 2
}
