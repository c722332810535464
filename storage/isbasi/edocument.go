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
	return listing[eDocumentWire, domain.EDocument]{
		name: "outgoing documents", path: "einvoices/GetOutgoingInvoiceDataList", sort: "issueDate",
		from: eDocumentWire.document, id: func(d domain.EDocument) domain.RemoteID {
			return domain.RemoteID(firstOf(text(d.UUID), text(d.Number)))
		},
		says: columns[domain.EDocument]{
			"uuid": func(d domain.EDocument) any { return d.UUID }, "invoiceid": func(d domain.EDocument) any { return d.Number },
			"suppliertcknvkn": func(d domain.EDocument) any { return taxNumber(d.PartyNumber) }, "issuedate": func(d domain.EDocument) any { return d.IssuedAt },
		},
	}.pages(ctx, c, q)
}

// eDocumentWire is a row of the list of sent documents.
type eDocumentWire struct {
	UUID            text   `json:"uuId"`
	InvoiceID       text   `json:"invoiceId"`
	SalesInvoiceID  text   `json:"salesInvoiceId"`
	IssueDate       moment `json:"issueDate"`
	Amount          number `json:"amount"`
	Currency        named  `json:"currency"`
	Supplier        text   `json:"supplier"`
	SupplierTCKNVKN text   `json:"supplierTcknVkn"`
	IsPersonal      flag   `json:"isPersonal"`
	InvoiceType     text   `json:"invoiceType"`
	TypeDesc        text   `json:"eGovermentTypeDesc"` // sic; also capitalised
	Status          text   `json:"status"`
	StatusCode      text   `json:"statusCode"`
	RejectNote      text   `json:"rejectNot"` // sic
	Label           text   `json:"label"`
	Message         text   `json:"message"`
}

func (w eDocumentWire) document() domain.EDocument {
	return domain.EDocument{
		UUID: w.UUID.trim(), Number: w.InvoiceID.trim(), InvoiceID: idOf(w.SalesInvoiceID),
		IssuedAt: w.IssueDate.Time, Amount: w.Amount.NullDecimal, Currency: currency(string(w.Currency)),
		Party: w.Supplier.trim(), PartyNumber: w.SupplierTCKNVKN.trim(), Person: w.IsPersonal.on,
		Scenario: scenarioSaid(w.InvoiceType.trim()), TypeText: w.TypeDesc.trim(),
		Status: statusSaid(w.Status.trim()), StatusText: w.Status.trim(), StatusCode: w.StatusCode.trim(),
		RejectNote: w.RejectNote.trim(), Label: w.Label.trim(), Message: w.Message.trim(),
	}
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
