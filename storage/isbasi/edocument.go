package isbasi

import (
	"context"
	"iter"
	"strings"

	"github.com/sopyo/sopyo-desktop/domain"
)

// OutgoingDocuments yields the pages of the sent e-documents that q asks for, by their day (isbasi-api.md
// §6.5, §12). A page costs one read. It yields an error at most once, last.
func (c *Client) OutgoingDocuments(ctx context.Context, q domain.ListQuery) iter.Seq2[domain.Page[domain.EDocument], error] {
	return documents("outgoing documents", "einvoices/GetOutgoingInvoiceDataList").pages(ctx, c, q)
}

// IncomingDocuments yields the pages of the received e-documents that q asks for, as OutgoingDocuments does.
func (c *Client) IncomingDocuments(ctx context.Context, q domain.ListQuery) iter.Seq2[domain.Page[domain.EDocument], error] {
	return documents("incoming documents", "einvoices/myInvoicesList").pages(ctx, c, q)
}

// ReportedInvoices yields the pages of what İşbaşı reports of the invoices that integrations have stored
// (isbasi-api.md §6.5, §12), by their day. İşbaşı counts none of them. A page costs one read. It yields an
// error at most once, last.
func (c *Client) ReportedInvoices(ctx context.Context, q domain.ListQuery) iter.Seq2[domain.Page[domain.ReportedInvoice], error] {
	return listing[reportWire, domain.ReportedInvoice]{
		name: "reported invoices", path: "einvoices/IntegrationInvoiceReport", sort: "invoiceDate", bare: true,
		from: reportWire.invoice, id: func(r domain.ReportedInvoice) domain.RemoteID { return r.ID },
		says: columns[domain.ReportedInvoice]{
			"id": func(r domain.ReportedInvoice) any { return string(r.ID) }, "ettn": func(r domain.ReportedInvoice) any { return r.UUID },
			"invoicenumber": func(r domain.ReportedInvoice) any { return r.Number }, "taxnumber": func(r domain.ReportedInvoice) any { return taxNumber(r.TaxNumber) },
			"invoicedate": func(r domain.ReportedInvoice) any { return r.Date },
		},
	}.pages(ctx, c, q)
}

func documents(name, path string) listing[eDocumentWire, domain.EDocument] {
	return listing[eDocumentWire, domain.EDocument]{
		name: name, path: path, sort: "issueDate", from: eDocumentWire.document,
		id: func(d domain.EDocument) domain.RemoteID {
			return domain.RemoteID(firstOf(text(d.UUID), text(d.Number)))
		},
		says: columns[domain.EDocument]{
			"uuid": func(d domain.EDocument) any { return d.UUID }, "invoiceid": func(d domain.EDocument) any { return d.Number },
			"suppliertcknvkn": func(d domain.EDocument) any { return taxNumber(d.PartyNumber) }, "issuedate": func(d domain.EDocument) any { return d.IssuedAt },
		},
	}
}

// eDocumentWire is a row of the lists of sent and received documents.
type eDocumentWire struct {
	UUID              text   `json:"uuId"`
	InvoiceID         text   `json:"invoiceId"`
	SalesInvoiceID    text   `json:"salesInvoiceId"`
	PurchaseInvoiceID text   `json:"purchaseInvoiceId"`
	IssueDate         moment `json:"issueDate"`
	Amount            number `json:"amount"`
	Currency          named  `json:"currency"`
	Supplier          text   `json:"supplier"`
	SupplierTCKNVKN   text   `json:"supplierTcknVkn"`
	IsPersonal        flag   `json:"isPersonal"`
	InvoiceType       text   `json:"invoiceType"`
	TypeDesc          text   `json:"eGovermentTypeDesc"` // sic; also capitalised
	IsProcessable     flag   `json:"isProcessable"`
	Status            text   `json:"status"`
	StatusCode        text   `json:"statusCode"`
	RejectNote        text   `json:"rejectNot"` // sic
	Label             text   `json:"label"`
	Message           text   `json:"message"`
}

func (w eDocumentWire) document() domain.EDocument {
	return domain.EDocument{
		UUID: w.UUID.trim(), Number: w.InvoiceID.trim(), InvoiceID: documentInvoice(w.SalesInvoiceID, w.PurchaseInvoiceID),
		IssuedAt: w.IssueDate.Time, Amount: w.Amount.NullDecimal, Currency: currency(string(w.Currency)),
		Party: w.Supplier.trim(), PartyNumber: w.SupplierTCKNVKN.trim(), Person: w.IsPersonal.on,
		Scenario: scenarioSaid(w.InvoiceType.trim()), TypeText: w.TypeDesc.trim(), Processable: w.IsProcessable.on,
		Status: statusSaid(w.Status.trim()), StatusText: w.Status.trim(), StatusCode: w.StatusCode.trim(),
		RejectNote: w.RejectNote.trim(), Label: w.Label.trim(), Message: w.Message.trim(),
	}
}

// documentInvoice is the invoice of a document: the first of its ids that is one.
func documentInvoice(ids ...text) domain.RemoteID {
	for _, id := range ids {
		if id := idOf(id); id != "" {
			return id
		}
	}
	return ""
}

// scenario gives İşbaşı's number for a profile its name (isbasi-api.md §6.2), or its word.
func scenario(profile string) domain.Scenario {
	switch profile {
	case "1":
		return domain.ScenarioBasic
	case "2":
		return domain.ScenarioCommercial
	default:
		return scenarioSaid(profile)
	}
}

// scenarioSaid gives İşbaşı's word for a profile its name, "" for one that we do not issue.
func scenarioSaid(word string) domain.Scenario {
	switch word = domain.Fold(word); {
	case strings.HasPrefix(word, "temel"):
		return domain.ScenarioBasic
	case strings.HasPrefix(word, "ticari"):
		return domain.ScenarioCommercial
	default:
		return ""
	}
}

// reportWire is a row of IntegrationInvoiceReport.
type reportWire struct {
	ID                text   `json:"Id"`
	ETTN              text   `json:"ettn"`
	InvoiceNumber     text   `json:"invoiceNumber"`
	IntegrationNumber text   `json:"integrationInvoiceNumber"`
	TaxNumber         text   `json:"taxNumber"`
	Name              text   `json:"name"`
	Email             text   `json:"email"`
	Customer          text   `json:"customerDefinition"`
	Status            text   `json:"status"`
	EStatus           text   `json:"eStatus"`
	InvoiceDate       moment `json:"invoiceDate"`
	CreatedDate       moment `json:"createdDate"`
	ConfirmDate       moment `json:"confirmDate"`
	DenyDate          moment `json:"denyDate"`
	DoneDate          moment `json:"status10ChangeDate"`
	Amount            number `json:"amount"`
	UnitPrice         number `json:"unitPrice"`
}

func (w reportWire) invoice() domain.ReportedInvoice {
	return domain.ReportedInvoice{
		ID: idOf(w.ID), UUID: w.ETTN.trim(), Number: w.InvoiceNumber.trim(), IntegrationNumber: w.IntegrationNumber.trim(),
		TaxNumber: w.TaxNumber.trim(), Name: w.Name.trim(), Email: w.Email.trim(), Customer: w.Customer.trim(),
		Status: eStatus(w.EStatus.trim(), w.Status.trim()), StatusText: w.Status.trim(),
		Date: w.InvoiceDate.Time, CreatedAt: w.CreatedDate.Time, ConfirmedAt: w.ConfirmDate.Time, DeniedAt: w.DenyDate.Time,
		DoneAt: w.DoneDate.Time, Amount: w.Amount.NullDecimal, UnitPrice: w.UnitPrice.NullDecimal,
	}
}
