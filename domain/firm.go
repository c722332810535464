package domain

// Firm is the customer of an invoice that İşbaşı is to store (isbasi-api.md §6.1, §7).
type Firm struct {
	Code       string
	Name       string // company title
	FirstName  string
	LastName   string
	Person     bool   // a private person: TaxNumber is a TCKN of 11 digits, else a VKN of 10
	TaxNumber  string // text: leading zeros count
	TaxOffice  string
	Country    string
	City       string
	District   string
	Address    string
	PostalCode string
	Email      string
}

// FirmRef names a firm inside another record.
type FirmRef struct {
	ID        RemoteID
	Code      string
	Name      string
	TaxNumber string
}
