package isbasi

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/quota"
)

// CreateDraft stores a sales invoice as a draft, or replaces the draft of d.ID (isbasi-api.md §6.1).
// İşbaşı knows no idempotency: on KindUnknown the draft may be there and is to be looked up, never to
// be sent again. A date before the latest of its type is KindRejected around a domain.DateOrderError.
// A refusal has the field that its words name first. An invoice for internet sales is KindForbidden unless AbilityInternetArchive is allowed. It costs one
// write.
func (c *Client) CreateDraft(ctx context.Context, d domain.InvoiceDraft) (domain.StoredDraft, error) {
	const op = "store a draft invoice"
	ctx = quota.WithPurpose(ctx, quota.Invoicing)
	if d.Kind == domain.InvoiceEArchiveForInternet {
		if err := c.allowed(ctx, domain.AbilityInternetArchive, op); err != nil {
			return domain.StoredDraft{}, err
		}
	}
	body, err := draftOf(d)
	if err != nil {
		return domain.StoredDraft{}, domain.Wrap(err, op)
	}
	var stored storedWire
	r := request{op: op, method: http.MethodPost, path: "invoices/integrationInvoices", body: body}
	if err := c.write(ctx, r, &stored); err != nil {
		return domain.StoredDraft{}, refusedDraft(dateOrder(err))
	}
	s := domain.StoredDraft{
		ID: idOf(stored.InvoiceID, stored.ID), UUID: firstOf(stored.UUID, stored.GUID), Number: firstOf(stored.No, stored.InvoiceNumber),
	}
	if s.ID == "" {
		return s, domain.E(domain.KindUnknown, op, errors.New("the answer names no invoice"))
	}
	return s, nil
}

// DeleteDrafts deletes drafts. KindState says that one of them is none any more; then none is deleted. KindNotFound
// says that one is not there. It costs one write.
func (c *Client) DeleteDrafts(ctx context.Context, ids ...domain.RemoteID) error {
	const op = "delete draft invoices"
	ctx = quota.WithPurpose(ctx, quota.Invoicing)
	texts := make([]string, len(ids))
	for i, id := range ids {
		text, err := invoiceQuery(id)
		if err != nil {
			return domain.Wrap(err, op)
		}
		texts[i] = text
	}
	if len(ids) == 0 {
		return nil
	}
	return c.write(ctx, request{op: op, method: http.MethodDelete, path: "invoices?Ids=" + strings.Join(texts, ",")}, nil)
}

// invoiceQuery gives an invoice's id as it stands behind a question mark.
func invoiceQuery(id domain.RemoteID) (string, error) {
	s := strings.TrimSpace(string(id))
	if s == "" {
		return "", domain.Invalid("invoice", "required")
	}
	return url.QueryEscape(s), nil
}

// draftWire is SimpleInv (isbasi-api.md §6.1).
type draftWire struct {
	InvoiceID          int64            `json:"invoiceId"`
	Customer           customerWire     `json:"customer"`
	InvoiceDate        string           `json:"invoiceDate"`
	Currency           string           `json:"currency"`
	ExchangeRate       amount           `json:"exchangeRate"`
	VATIncluded        bool             `json:"vatIncluded"`
	Description        string           `json:"description"`
	CategoryName       string           `json:"categoryName,omitempty"`
	DeliveryDifferent  bool             `json:"deliveryAddressDifferent"`
	EGovernmentInvoice *eGovernmentWire `json:"eGovernmentInvoice,omitempty"`
	SendingDate        string           `json:"sendingDate,omitempty"`
	ShipmentAgent      *carrierWire     `json:"shipmentAgentItem,omitempty"`
	Lines              []draftLineWire  `json:"salesInvoiceDetails"`
}

type customerWire struct {
	Code       string `json:"code"`
	Name       string `json:"name"`
	FirstName  string `json:"firstName"`
	LastName   string `json:"lastName"`
	IsPerson   bool   `json:"isPerson"`
	TCKNVKN    string `json:"tcknVkn"`
	TaxOffice  string `json:"taxOffice"`
	Country    string `json:"country"`
	City       string `json:"city"`
	District   string `json:"district"`
	Address    string `json:"address"`
	PostalCode string `json:"postalCode"`
	Email      string `json:"email"`
}

type eGovernmentWire struct {
	EGovernmentType        int    `json:"eGovernmentType"`
	InvoiceTypeForEInvoice int    `json:"invoiceTypeForEinvoice"`
	EInvoiceProfile        int    `json:"eInvoiceProfile,omitempty"`
	PaymentType            *int   `json:"eArchivePaymentType,omitempty"`
	PaymentDate            string `json:"eArchivePaymentDate,omitempty"`
	PaymentAgent           string `json:"eArchivePaymentAgent,omitempty"`
	Website                string `json:"website,omitempty"`
}

type carrierWire struct {
	Name       string `json:"name"`
	Surname    string `json:"surName"`
	Identifier string `json:"identifier"`
	FirmType   int    `json:"firmType"` // 0 person, 1 company
}

type draftLineWire struct {
	Quantity         amount          `json:"quantity"`
	Price            amount          `json:"price"`
	TaxRate          amount          `json:"taxRate"`
	Name             string          `json:"name"`
	Description      string          `json:"description,omitempty"`
	DiscountRate     *amount         `json:"discountRate,omitempty"`
	DiscountValue    *amount         `json:"discountValue,omitempty"`
	VATExemptionCode string          `json:"vatExemptionCode,omitempty"`
	ProductDetail    productLineWire `json:"productDetail"`
}

type productLineWire struct {
	ItemCode string `json:"itemCode"`
	ItemType int    `json:"itemType"`
	Name     string `json:"name"`
	VAT      amount `json:"vat"`
	Unit     string `json:"unit"`
}

type storedWire struct {
	InvoiceID     text `json:"invoiceId"`
	ID            text `json:"id"`
	UUID          text `json:"uuid"`
	GUID          text `json:"guid"`
	No            text `json:"no"`
	InvoiceNumber text `json:"invoiceNumber"`
}

// draftOf writes d as İşbaşı wants it.
func draftOf(d domain.InvoiceDraft) (draftWire, error) {
	f := d.Customer
	w := draftWire{
		Customer: customerWire{
			Code: f.Code, IsPerson: f.Person, TCKNVKN: f.TaxNumber, TaxOffice: f.TaxOffice,
			Country: f.Country, City: f.City, District: f.District, Address: f.Address, PostalCode: f.PostalCode, Email: f.Email,
		},
		InvoiceDate: plainTime(d.Date), Currency: localCurrency(d.Currency), ExchangeRate: amount{d.Rate},
		VATIncluded: d.VATIncluded, Description: d.Description, CategoryName: d.Category,
	}
	if f.Person {
		w.Customer.FirstName, w.Customer.LastName = f.FirstName, f.LastName
	} else {
		w.Customer.Name = f.Name
	}
	if d.Rate.IsZero() {
		w.ExchangeRate = amount{decimal.NewFromInt(1)}
	}
	switch {
	case d.Date.IsZero():
		return w, domain.Invalid("date", "required")
	case len(d.Lines) == 0:
		return w, domain.Invalid("lines", "required")
	}
	if d.ID != "" {
		id, err := strconv.ParseInt(strings.TrimSpace(string(d.ID)), 10, 64)
		if err != nil || id <= 0 {
			return w, domain.Invalid("invoice", "number-only")
		}
		w.InvoiceID = id
	}
	w.setKind(d)
	for _, l := range d.Lines {
		w.Lines = append(w.Lines, lineOf(l))
	}
	return w, nil
}

func (w *draftWire) setKind(d domain.InvoiceDraft) {
	kind := slices.Index(numberedKinds(), d.Kind) + 1
	if kind == 0 {
		return // İşbaşı decides by the customer
	}
	w.EGovernmentInvoice = &eGovernmentWire{InvoiceTypeForEInvoice: kind}
	if d.Kind == domain.InvoiceEInvoice {
		w.EGovernmentInvoice.EInvoiceProfile = 1
		if d.Scenario == domain.ScenarioCommercial {
			w.EGovernmentInvoice.EInvoiceProfile = 2
		}
	}
	if d.Kind != domain.InvoiceEArchiveForInternet || d.Internet == nil {
		return
	}
	payment, carrier := int(d.Internet.Payment), d.Internet.Carrier
	w.EGovernmentInvoice.PaymentType = &payment
	w.EGovernmentInvoice.PaymentDate = plainTime(d.Internet.PaidAt)
	w.EGovernmentInvoice.PaymentAgent, w.EGovernmentInvoice.Website = d.Internet.PaymentAgent, d.Internet.Website
	w.SendingDate = plainTime(d.Internet.SentAt)
	w.ShipmentAgent = &carrierWire{Name: carrier.Name, Surname: carrier.Surname, Identifier: carrier.TaxNumber}
	if carrier.Company {
		w.ShipmentAgent.FirmType = 1
	}
}

func lineOf(l domain.DraftLine) draftLineWire {
	w := draftLineWire{
		Quantity: amount{l.Quantity}, Price: amount{l.Price}, TaxRate: amount{l.VATRate},
		Name: l.Name, Description: l.Description, VATExemptionCode: l.ExemptionCode,
		ProductDetail: productLineWire{ItemCode: string(l.ItemCode), ItemType: domain.TypeProduct, Name: l.Name, VAT: amount{l.VATRate}, Unit: l.Unit},
	}
	if l.Service {
		w.ProductDetail.ItemType = domain.TypeService
	}
	if l.Unit == "" {
		w.ProductDetail.Unit = "Adet"
	}
	if l.DiscountRate.Valid {
		w.DiscountRate = &amount{l.DiscountRate.Decimal}
	}
	if l.DiscountValue.Valid {
		w.DiscountValue = &amount{l.DiscountValue.Decimal}
	}
	return w
}
