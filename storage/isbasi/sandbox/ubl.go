package sandbox

import (
	"encoding/xml"

	"github.com/shopspring/decimal"
)

// ublDocument is a UBL-TR invoice, as far as a reader of its number, parties and totals needs it.
type ublDocument struct {
	XMLName  xml.Name `xml:"urn:oasis:names:specification:ubl:schema:xsd:Invoice-2 Invoice"`
	CAC      string   `xml:"xmlns:cac,attr"`
	CBC      string   `xml:"xmlns:cbc,attr"`
	Version  string   `xml:"cbc:UBLVersionID"`
	Turkey   string   `xml:"cbc:CustomizationID"`
	Profile  string   `xml:"cbc:ProfileID"`
	ID       string   `xml:"cbc:ID"`
	UUID     string   `xml:"cbc:UUID"`
	Date     string   `xml:"cbc:IssueDate"`
	Time     string   `xml:"cbc:IssueTime"`
	Type     string   `xml:"cbc:InvoiceTypeCode"`
	Note     string   `xml:"cbc:Note,omitempty"`
	Currency string   `xml:"cbc:DocumentCurrencyCode"`
	Count    int      `xml:"cbc:LineCountNumeric"`
	Supplier ublParty `xml:"cac:AccountingSupplierParty>cac:Party"`
	Customer ublParty `xml:"cac:AccountingCustomerParty>cac:Party"`
	Tax      struct {
		Amount ublAmount `xml:"cbc:TaxAmount"`
		Rates  []ublRate `xml:"cac:TaxSubtotal"`
	} `xml:"cac:TaxTotal"`
	Totals struct {
		Lines     ublAmount `xml:"cbc:LineExtensionAmount"`
		Exclusive ublAmount `xml:"cbc:TaxExclusiveAmount"`
		Inclusive ublAmount `xml:"cbc:TaxInclusiveAmount"`
		Payable   ublAmount `xml:"cbc:PayableAmount"`
	} `xml:"cac:LegalMonetaryTotal"`
	Items []ublLine `xml:"cac:InvoiceLine"`
}

type ublAmount struct {
	Currency string `xml:"currencyID,attr"`
	Value    string `xml:",chardata"`
}

type ublParty struct {
	Number struct {
		Scheme string `xml:"schemeID,attr"`
		Value  string `xml:",chardata"`
	} `xml:"cac:PartyIdentification>cbc:ID"`
	Name     string `xml:"cac:PartyName>cbc:Name"`
	Street   string `xml:"cac:PostalAddress>cbc:StreetName"`
	District string `xml:"cac:PostalAddress>cbc:CitySubdivisionName"`
	City     string `xml:"cac:PostalAddress>cbc:CityName"`
	Postal   string `xml:"cac:PostalAddress>cbc:PostalZone"`
	Office   string `xml:"cac:PartyTaxScheme>cac:TaxScheme>cbc:Name"`
}

type ublRate struct {
	Base    ublAmount `xml:"cbc:TaxableAmount"`
	Amount  ublAmount `xml:"cbc:TaxAmount"`
	Percent string    `xml:"cbc:Percent"`
	Name    string    `xml:"cac:TaxCategory>cac:TaxScheme>cbc:Name"`
	Code    string    `xml:"cac:TaxCategory>cac:TaxScheme>cbc:TaxTypeCode"`
}

type ublLine struct {
	ID       int `xml:"cbc:ID"`
	Quantity struct {
		Unit  string `xml:"unitCode,attr"`
		Value string `xml:",chardata"`
	} `xml:"cbc:InvoicedQuantity"`
	Net   ublAmount `xml:"cbc:LineExtensionAmount"`
	Name  string    `xml:"cac:Item>cbc:Name"`
	Code  string    `xml:"cac:Item>cac:SellersItemIdentification>cbc:ID"`
	Price ublAmount `xml:"cac:Price>cbc:PriceAmount"`
}

// ublInvoice writes an invoice so; our own firm has the name of the options.
func (s *Server) ublInvoice(v *Invoice) ublDocument {
	currency := v.Currency
	if currency == "TL" {
		currency = "TRY" // the one name that the standard has
	}
	amount := func(d decimal.Decimal) ublAmount { return ublAmount{currency, d.StringFixed(2)} }
	u := ublDocument{
		CAC: "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2",
		CBC: "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2", Version: "2.1", Turkey: "TR1.2",
		Profile: v.ublProfile(), ID: v.Number, UUID: v.UUID, Date: v.Date.In(turkey()).Format("2006-01-02"),
		Time: v.Date.In(turkey()).Format("15:04:05"), Type: "SATIS", Note: v.Description, Currency: currency, Count: len(v.Lines),
	}
	u.Supplier.Name = s.o.TenantName
	other := &u.Customer
	if v.received() {
		u.Supplier, u.Customer, other = u.Customer, u.Supplier, &u.Supplier
	}
	other.Number.Scheme, other.Number.Value = "VKN", v.TaxNumber
	if len(v.TaxNumber) == 11 {
		other.Number.Scheme = "TCKN"
	}
	other.Name, other.Street, other.District, other.City = v.FirmName, v.Address, v.District, v.City
	other.Postal, other.Office = v.PostalCode, v.TaxOffice
	tax := decimal.Zero
	for _, r := range v.rates() {
		tax = tax.Add(r.VAT)
		u.Tax.Rates = append(u.Tax.Rates, ublRate{amount(r.Net), amount(r.VAT), r.Rate.String(), "KDV", "0015"})
	}
	u.Tax.Amount = amount(tax)
	u.Totals.Lines, u.Totals.Exclusive, u.Totals.Inclusive, u.Totals.Payable = amount(v.Net), amount(v.Net), amount(v.Net.Add(tax)), amount(v.Total)
	for i, l := range v.Lines {
		factor := decimal.NewFromInt(1)
		if v.VATIncluded {
			factor = vatFactor(valid(l.VATRate))
		}
		line := ublLine{ID: i + 1, Net: amount(l.amount().Div(factor)), Name: l.Name, Code: l.Code}
		line.Quantity.Unit, line.Quantity.Value = unitCode(l.Unit), l.Quantity.String()
		line.Price = ublAmount{currency, l.Price.DivRound(factor, 8).String()}
		u.Items = append(u.Items, line)
	}
	return u
}

// ublProfile is the standard's name of an e-Fatura's profile, or of e-Arşiv.
func (v *Invoice) ublProfile() string {
	switch {
	case v.kind() != KindEInvoice:
		return "EARSIVFATURA"
	case v.Profile == 2:
		return "TICARIFATURA"
	default:
		return "TEMELFATURA"
	}
}
