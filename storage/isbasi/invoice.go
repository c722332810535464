package isbasi

import (
	"context"
	"iter"
	"net/http"
	"strconv"
	"strings"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/quota"
)

// Invoices yields the pages of the sales invoices that q asks for. İşbaşı wants a filter on the column
// type; without one in q all sales invoices are asked for (isbasi-api.md §6.5). A page costs one read.
// It yields an error at most once, last.
func (c *Client) Invoices(ctx context.Context, q domain.ListQuery) iter.Seq2[domain.Page[domain.Invoice], error] {
	return listing[invoiceWire, domain.Invoice]{
		name: "invoices", path: "invoices/invoices",
		must: []domain.Filter{{Column: "type", Operator: domain.In, Value: []int{1, 2, 3}}},
		from: invoiceWire.invoice, id: func(i domain.Invoice) domain.RemoteID { return i.ID },
	}.pages(ctx, c, q)
}

// Invoice reads one sales invoice with its lines. It costs one read.
func (c *Client) Invoice(ctx context.Context, id domain.RemoteID) (domain.Invoice, error) {
	const op = "read an invoice"
	ctx = quota.WithPurpose(ctx, quota.Invoicing)
	segment, err := remoteID("invoice", id)
	if err != nil {
		return domain.Invoice{}, domain.Wrap(err, op)
	}
	var w invoiceWire
	if err := c.read(ctx, request{op: op, method: http.MethodGet, path: "invoices/" + segment}, &w); err != nil {
		return domain.Invoice{}, err
	}
	return w.invoice(), sameID(op, id, w.ID, w.InvoiceID)
}

// invoiceWire is a row of invoices/invoices and the data of an invoice's detail.
type invoiceWire struct {
	ID                 text     `json:"id"`
	InvoiceID          text     `json:"invoiceId"`
	UUID               text     `json:"uuid"`
	GUID               text     `json:"guid"`
	InvoiceNumber      text     `json:"invoiceNumber"`
	No                 text     `json:"no"`
	Type               text     `json:"type"`
	Date               moment   `json:"date"`
	InvoiceDate        moment   `json:"invoiceDate"`
	Firm               firmPart `json:"firm"`
	FirmName           text     `json:"firmName"`
	FirmCode           text     `json:"firmCode"`
	FirmVKNNo          text     `json:"firmVknNo"`
	Currency           named    `json:"currency"`
	ExchangeRate       number   `json:"exchangeRate"`
	TotalWOTax         number   `json:"totalwotax"`
	TaxableAmount      number   `json:"taxableAmount"`
	VATAmount          number   `json:"vatAmount"`
	WithholdingAmount  number   `json:"withholdingAmount"`
	Total              number   `json:"total"`
	TotalTL            number   `json:"totalTL"`
	RemainingTotal     number   `json:"remainingTotal"`
	IsCancelled        flag     `json:"isCancelled"`
	IsCancellable      flag     `json:"isCancellable"`
	CancelText         text     `json:"cancelText"`
	Description        text     `json:"description"`
	ModificationDate   moment   `json:"modificationDate"`
	EStatus            text     `json:"eStatus"`
	EStatusDescription text     `json:"eStatusDescription"`
	EType              object[struct {
		TypeID   text `json:"typeId"`
		TypeName text `json:"typeName"`
	}] `json:"eType"`
	EGovernment  eGovernmentPart   `json:"eGovernmentInvoice"`
	EGoverment   eGovernmentPart   `json:"eGovermentInvoice"`  // sic
	EGovTypeDesc text              `json:"eGovermentTypeDesc"` // also capitalised
	Lines        many[invoiceLine] `json:"invoiceLines"`
	DetailLines  many[invoiceLine] `json:"salesInvoiceDetails"`
}

type firmPart = object[firmWire]

type eGovernmentPart = object[struct {
	EStatus           text `json:"eStatus"`
	Description       text `json:"description"`
	StatusDescription text `json:"eStatusDescription"`
	GIBCode           text `json:"gibCode"`
	RejectNote        text `json:"rejectNote"`
	InvoiceType       text `json:"invoiceTypeForEinvoice"`
}]

// invoiceLine is a line of an invoice or an order. The reference names no fields of it; these are those
// that drafts are made of, and what other records call the same things.
type invoiceLine struct {
	Name        text                `json:"name"`
	ProductName text                `json:"productName"`
	ItemCode    text                `json:"itemCode"`
	ProductCode text                `json:"productCode"`
	Quantity    number              `json:"quantity"`
	Amount      number              `json:"amount"`
	Price       number              `json:"price"`
	TaxRate     number              `json:"taxRate"`
	VATRate     number              `json:"vatRate"`
	Total       number              `json:"total"`
	Unit        named               `json:"unit"`
	UnitName    named               `json:"unitName"`
	Detail      object[productPart] `json:"productDetail"`
	Product     object[productPart] `json:"product"`
}

type productPart struct {
	ItemCode text   `json:"itemCode"`
	Code     text   `json:"code"`
	Name     text   `json:"name"`
	Unit     named  `json:"unit"`
	VAT      number `json:"vat"`
}

func invoiceLines(wires many[invoiceLine]) []domain.InvoiceLine {
	var lines []domain.InvoiceLine
	for _, w := range wires {
		detail, product := w.Detail.value, w.Product.value
		lines = append(lines, domain.InvoiceLine{
			ItemCode: domain.Code(firstOf(w.ItemCode, detail.ItemCode, w.ProductCode, product.Code)),
			Name:     firstOf(w.Name, w.ProductName, detail.Name, product.Name),
			Unit:     firstOf(text(w.Unit), text(w.UnitName), text(detail.Unit), text(product.Unit)),
			Quantity: given(w.Quantity, w.Amount).NullDecimal, Price: w.Price.NullDecimal,
			VATRate: given(w.TaxRate, w.VATRate, detail.VAT).NullDecimal, Total: w.Total.NullDecimal,
		})
	}
	return lines
}

// given is the first number that is there.
func given(numbers ...number) number {
	for _, n := range numbers {
		if n.Valid {
			return n
		}
	}
	return number{}
}

func (w invoiceWire) invoice() domain.Invoice {
	gov := w.EGovernment.value
	if w.EGovernment == (eGovernmentPart{}) {
		gov = w.EGoverment.value
	}
	kind, _ := strconv.Atoi(w.Type.trim()) // 0: not told
	i := domain.Invoice{
		ID: idOf(w.ID, w.InvoiceID), UUID: firstOf(w.UUID, w.GUID), Number: firstOf(w.InvoiceNumber, w.No),
		Type: kind, Date: w.Date.Time, Firm: w.Firm.value.ref(),
		Kind:       invoiceKind(firstOf(w.EType.value.TypeID, gov.InvoiceType), firstOf(w.EType.value.TypeName, w.EGovTypeDesc)),
		Status:     eStatus(firstOf(gov.EStatus, w.EStatus)),
		StatusText: firstOf(gov.StatusDescription, gov.Description, w.EStatusDescription),
		GIBCode:    gov.GIBCode.trim(), RejectNote: gov.RejectNote.trim(),
		Cancelled: w.IsCancelled.on, Cancellable: w.IsCancellable.on, CancelText: w.CancelText.trim(),
		Description: w.Description.trim(), Currency: currency(string(w.Currency)), Rate: w.ExchangeRate.NullDecimal,
		Net: given(w.TotalWOTax, w.TaxableAmount).NullDecimal, VAT: w.VATAmount.NullDecimal,
		Withholding: w.WithholdingAmount.NullDecimal, Total: w.Total.NullDecimal, TotalTRY: w.TotalTL.NullDecimal,
		Remaining: w.RemainingTotal.NullDecimal, ModifiedAt: w.ModificationDate.Time,
		Lines: append(invoiceLines(w.Lines), invoiceLines(w.DetailLines)...),
	}
	if i.Date.IsZero() {
		i.Date = w.InvoiceDate.Time
	}
	i.Firm.Name = firstOf(text(i.Firm.Name), w.FirmName)
	i.Firm.Code = firstOf(text(i.Firm.Code), w.FirmCode)
	i.Firm.TaxNumber = firstOf(text(i.Firm.TaxNumber), w.FirmVKNNo)
	return i
}

// eStatus gives İşbaşı's number a name (isbasi-api.md §6.2).
func eStatus(code string) domain.EStatus {
	switch code {
	case "0":
		return domain.EStatusDraft
	case "1", "4", "8":
		return domain.EStatusInProgress
	case "10":
		return domain.EStatusDone
	default:
		return domain.EStatusUnknown
	}
}

// invoiceKind gives the sort of e-document by İşbaşı's number, or by its name.
func invoiceKind(code, name string) domain.InvoiceKind {
	switch code {
	case "1":
		return domain.InvoiceEInvoice
	case "2":
		return domain.InvoiceEArchive
	case "3":
		return domain.InvoiceEArchiveForInternet
	}
	switch name = domain.Fold(name); {
	case strings.Contains(name, "arsiv") && strings.Contains(name, "internet"):
		return domain.InvoiceEArchiveForInternet
	case strings.Contains(name, "arsiv"):
		return domain.InvoiceEArchive
	case strings.Contains(name, "fatura"):
		return domain.InvoiceEInvoice
	default:
		return domain.InvoiceKindNone
	}
}
