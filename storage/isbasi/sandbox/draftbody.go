package sandbox

import "github.com/shopspring/decimal"

// simpleInvoice is the body of integrationInvoices, as far as the stand-in understands it
// (isbasi-api.md §6.1).
type simpleInvoice struct {
	InvoiceID    recordID            `json:"invoiceId"`
	Customer     *simpleCustomer     `json:"customer"`
	Date         string              `json:"invoiceDate"`
	Currency     string              `json:"currency"`
	ExchangeRate decimal.NullDecimal `json:"exchangeRate"`
	VATIncluded  bool                `json:"vatIncluded"`
	Description  string              `json:"description"`
	CategoryName string              `json:"categoryName"`
	Government   struct {
		Kind    int `json:"invoiceTypeForEinvoice"`
		Profile int `json:"eInvoiceProfile"`
	} `json:"eGovernmentInvoice"`
	Lines []simpleLine `json:"salesInvoiceDetails"`
}

type simpleCustomer struct {
	Code       string `json:"code"`
	Name       string `json:"name"`
	FirstName  string `json:"firstName"`
	LastName   string `json:"lastName"`
	Person     bool   `json:"isPerson"`
	TaxNumber  string `json:"tcknVkn"`
	TaxOffice  string `json:"taxOffice"`
	Country    string `json:"country"`
	City       string `json:"city"`
	District   string `json:"district"`
	Address    string `json:"address"`
	PostalCode string `json:"postalCode"`
	Email      string `json:"email"`
}

type simpleLine struct {
	Quantity      decimal.NullDecimal `json:"quantity"`
	Price         decimal.NullDecimal `json:"price"`
	TaxRate       decimal.NullDecimal `json:"taxRate"`
	Name          string              `json:"name"`
	Description   string              `json:"description"`
	DiscountRate  decimal.NullDecimal `json:"discountRate"`
	DiscountValue decimal.NullDecimal `json:"discountValue"`
	Product       *simpleProduct      `json:"productDetail"`
}

type simpleProduct struct {
	Code        string              `json:"itemCode"`
	Type        int                 `json:"itemType"`
	Name        string              `json:"name"`
	VAT         decimal.NullDecimal `json:"vat"`
	Unit        string              `json:"unit"`
	Withholding struct {
		RateText string `json:"rateText"`
	} `json:"withholding"`
}
