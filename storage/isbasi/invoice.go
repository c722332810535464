package isbasi

import (
	"context"
	"iter"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/quota"
)

// Invoices yields the pages of the sales invoices that q asks for. The column type of this list is the kind of
// e-document, by which İşbaşı wants to be asked: without it in q all three are. "All" is the value
// []string{"Tümü"} (isbasi-api.md §6.5, §12). Purchases, which may come among them, are left out. A page
// costs one read. It yields an error at most once, last.
//
// Newest first is Desc, by id or with Sort "date". A range of days is two conditions on the column date, with
// moments: nobody says whether İşbaşı means the last day of a range whole. If İşbaşı ignores them, the list goes on
// through every invoice there is, and its pages say so by LeftOut: stop ranging after as many as may be spent.
// A row has no lines, and as a rule neither UUID nor Scenario nor Description.
func (c *Client) Invoices(ctx context.Context, q domain.ListQuery) iter.Seq2[domain.Page[domain.Invoice], error] {
	return listing[invoiceWire, domain.Invoice]{
		name: "invoices", path: "invoices/invoices",
		must: []domain.Filter{{Column: "type", Operator: domain.In, Value: []int{1, 2, 3}}},
		from: invoiceWire.invoice, id: func(i domain.Invoice) domain.RemoteID { return i.ID },
		says: columns[domain.Invoice]{
			"id": func(i domain.Invoice) any { return string(i.ID) }, "invoicenumber": func(i domain.Invoice) any { return i.Number },
			"type":     func(i domain.Invoice) any { return kindCode(i.Kind) },
			"firmcode": func(i domain.Invoice) any { return i.Firm.Code }, "firmvknno": func(i domain.Invoice) any { return taxNumber(i.Firm.TaxNumber) },
			"date": func(i domain.Invoice) any { return i.Date }, "modificationdate": func(i domain.Invoice) any { return i.ModifiedAt },
			"iscancelled": func(i domain.Invoice) any { return i.Cancelled },
		},
		none: func(i domain.Invoice) bool { return i.Type == domain.InvoicePurchase },
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
	ID                 text             `json:"id"`
	InvoiceID          text             `json:"invoiceId"`
	UUID               text             `json:"uuid"`
	GUID               text             `json:"guid"`
	InvoiceNumber      text             `json:"invoiceNumber"`
	No                 text             `json:"no"`
	Type               text             `json:"type"`
	Date               moment           `json:"date"`
	InvoiceDate        moment           `json:"invoiceDate"`
	Firm               object[firmWire] `json:"firm"`
	FirmName           text             `json:"firmName"`
	FirmCode           text             `json:"firmCode"`
	FirmVKNNo          text             `json:"firmVknNo"`
	Currency           named            `json:"currency"`
	ExchangeRate       number           `json:"exchangeRate"`
	TotalWOTax         number           `json:"totalwotax"`
	TaxableAmount      number           `json:"taxableAmount"`
	VATAmount          number           `json:"vatAmount"`
	WithholdingAmount  number           `json:"withholdingAmount"`
	Total              number           `json:"total"`
	TotalTL            number           `json:"totalTL"`
	RemainingTotal     number           `json:"remainingTotal"`
	IsCancelled        flag             `json:"isCancelled"`
	IsCancellable      flag             `json:"isCancellable"`
	CancelText         text             `json:"cancelText"`
	Description        text             `json:"description"`
	PaymentStatus      flag             `json:"paymentStatus"`
	OrderNumber        text             `json:"orderNumber"`
	DispatchNumber     text             `json:"dispatchNumber"`
	ModificationDate   moment           `json:"modificationDate"`
	EStatus            text             `json:"eStatus"`
	EStatusDescription text             `json:"eStatusDescription"`
	EType              object[struct {
		TypeID   text `json:"typeId"`
		TypeName text `json:"typeName"`
	}] `json:"eType"`
	EInvoiceProfile text              `json:"eInvoiceProfile"`
	EGovernment     eGovernmentPart   `json:"eGovernmentInvoice"`
	EGoverment      eGovernmentPart   `json:"eGovermentInvoice"`  // sic
	EGovTypeDesc    text              `json:"eGovermentTypeDesc"` // also capitalised
	Lines           many[invoiceLine] `json:"invoiceLines"`
	DetailLines     many[invoiceLine] `json:"salesInvoiceDetails"`
}

type eGovernmentPart = object[struct {
	EStatus           text `json:"eStatus"`
	Description       text `json:"description"`
	StatusDescription text `json:"eStatusDescription"`
	GIBCode           text `json:"gibCode"`
	RejectNote        text `json:"rejectNote"`
	InvoiceType       text `json:"invoiceTypeForEinvoice"`
	Profile           text `json:"eInvoiceProfile"`
	IsSent            flag `json:"isSended"`   // sic
	IsErasable        flag `json:"isEresable"` // sic
	DispatchIncluded  flag `json:"dispatchIncluded"`
}]

// firmWire is the firm of an invoice: by the names that lists have (isbasi-api.md §12 "To §6.5"), or by those of
// the firm's own.
type firmWire struct {
	FirmID          text `json:"firmId"`
	ID              text `json:"id"`
	FirmCode        text `json:"firmCode"`
	Code            text `json:"code"`
	Name            text `json:"name"`
	FullName        text `json:"fullName"`
	DisplayName     text `json:"displayName"`
	ListName        text `json:"listName"`
	TaxOrPersonalID text `json:"taxOrPersonalId"`
	VKNTCKN         text `json:"vknTckn"`
	TCKNVKN         text `json:"tcknVkn"`
}

// invoiceLine is a line of an invoice: as İşbaşı defines it (isbasi-api.md §12 "To §6.4"), or by the
// names that drafts are made of.
type invoiceLine struct {
	StockRef          text                `json:"stockRef"`
	Name              text                `json:"name"`
	ProductName       text                `json:"productName"`
	Description       text                `json:"description"`
	ItemCode          text                `json:"itemCode"`
	ProductCode       text                `json:"productCode"`
	Quantity          number              `json:"quantity"`
	Amount            number              `json:"amount"`
	Price             number              `json:"price"`
	PriceTaxIncluded  number              `json:"priceTaxIncluded"`
	PriceTaxExcluded  number              `json:"priceTaxExcluded"`
	VATIncluded       flag                `json:"vatIncluded"`
	TaxRate           number              `json:"taxRate"`
	VATRate           number              `json:"vatRate"`
	VATAmount         number              `json:"vatAmount"`
	DiscountPer       number              `json:"discountPer"`
	DiscountRate      number              `json:"discountRate"`
	DiscountAmount    number              `json:"discountAmount"`
	DiscountValue     number              `json:"discountValue"`
	WithholdingAmount number              `json:"withholdingAmount"`
	Total             number              `json:"total"`
	NetTotal          number              `json:"netTotal"`
	TotalTaxIncluded  number              `json:"totalTaxIncluded"`
	TotalTaxExcluded  number              `json:"totalTaxExcluded"`
	Unit              named               `json:"unit"`
	UnitName          named               `json:"unitName"`
	Detail            object[productPart] `json:"productDetail"`
	Product           object[productPart] `json:"product"`
}

type productPart struct {
	ID       text   `json:"id"`
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
			ProductID: idOf(w.StockRef, product.ID),
			ItemCode:  domain.Code(firstOf(w.ItemCode, detail.ItemCode, w.ProductCode, product.Code)),
			Name:      firstOf(w.Name, w.ProductName, detail.Name, product.Name, w.Description), Description: w.Description.trim(),
			Unit:     firstOf(text(w.Unit), text(w.UnitName), text(detail.Unit), text(product.Unit)),
			Quantity: given(w.Quantity, w.Amount).NullDecimal,
			Price:    w.Price.NullDecimal, PriceWithVAT: w.PriceTaxIncluded.NullDecimal, PriceWithoutVAT: w.PriceTaxExcluded.NullDecimal,
			VATIncluded: w.VATIncluded.on, VATRate: given(w.TaxRate, w.VATRate, detail.VAT).NullDecimal, VAT: w.VATAmount.NullDecimal,
			DiscountRate: given(w.DiscountPer, w.DiscountRate).NullDecimal, Discount: given(w.DiscountAmount, w.DiscountValue).NullDecimal,
			Withholding: w.WithholdingAmount.NullDecimal, Total: w.Total.NullDecimal, Net: w.NetTotal.NullDecimal,
			TotalWithVAT: w.TotalTaxIncluded.NullDecimal, TotalWithoutVAT: w.TotalTaxExcluded.NullDecimal,
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
	firm := w.Firm.value
	i := domain.Invoice{
		ID: idOf(w.ID, w.InvoiceID), UUID: firstOf(w.GUID, w.UUID), Number: firstOf(w.InvoiceNumber, w.No),
		Type: invoiceType(w.Type.trim()), Date: w.Date.Time,
		Firm: domain.FirmRef{
			ID: idOf(firm.FirmID, firm.ID), Code: firstOf(firm.FirmCode, firm.Code, w.FirmCode),
			Name:      firstOf(firm.Name, firm.FullName, firm.DisplayName, firm.ListName, w.FirmName),
			TaxNumber: firstOf(firm.TaxOrPersonalID, firm.VKNTCKN, firm.TCKNVKN, w.FirmVKNNo),
		},
		Kind:       invoiceKind(firstOf(w.EType.value.TypeID, gov.InvoiceType), firstOf(w.EType.value.TypeName, w.EGovTypeDesc)),
		Scenario:   scenario(firstOf(gov.Profile, w.EInvoiceProfile)),
		StatusText: firstOf(gov.StatusDescription, gov.Description, w.EStatusDescription),
		GIBCode:    gov.GIBCode.trim(), RejectNote: gov.RejectNote.trim(),
		Cancelled: w.IsCancelled.on, Cancellable: w.IsCancellable.on, CancelText: w.CancelText.trim(),
		Erasable: gov.IsErasable.on, Paid: w.PaymentStatus.on,
		OrderNumber: w.OrderNumber.trim(), DispatchNumber: w.DispatchNumber.trim(), DispatchIncluded: gov.DispatchIncluded.on,
		Description: w.Description.trim(), Currency: currency(string(w.Currency)), Rate: w.ExchangeRate.NullDecimal,
		Net: given(w.TotalWOTax, w.TaxableAmount).NullDecimal, VAT: w.VATAmount.NullDecimal,
		Withholding: w.WithholdingAmount.NullDecimal, Total: w.Total.NullDecimal, TotalTRY: w.TotalTL.NullDecimal,
		Remaining: w.RemainingTotal.NullDecimal, ModifiedAt: w.ModificationDate.Time,
		Lines: append(invoiceLines(w.Lines), invoiceLines(w.DetailLines)...),
	}
	if i.Date.IsZero() {
		i.Date = w.InvoiceDate.Time
	}
	if i.Status = eStatus(firstOf(gov.EStatus, w.EStatus), i.StatusText); i.Status == domain.EStatusDraft && gov.IsSent.on {
		i.Status = domain.EStatusUnknown // a draft that was sent: whichever is right, it must not be sent again
	}
	return i
}

// invoiceType gives İşbaşı's word for the type a name.
func invoiceType(word string) domain.InvoiceType {
	switch {
	case word == "SALES_INVOICE":
		return domain.InvoiceSale
	case word == "RETURN_SALES_INVOICE":
		return domain.InvoiceSaleReturn
	case strings.Contains(word, "PURCHASE"):
		return domain.InvoicePurchase
	default:
		return domain.InvoiceTypeUnknown
	}
}

// eStatus gives İşbaşı's number a name (isbasi-api.md §6.2); where there is none, İşbaşı's words decide.
func eStatus(code, words string) domain.EStatus {
	switch code {
	case "0":
		return domain.EStatusDraft
	case "1", "4", "8":
		return domain.EStatusInProgress
	case "10":
		return domain.EStatusDone
	case "":
		return statusSaid(words)
	default:
		return domain.EStatusUnknown
	}
}

// statusSaid knows the words that İşbaşı has been seen to say of an e-document (isbasi-api.md §12 "To §6.2").
func statusSaid(words string) domain.EStatus {
	switch {
	case mentions(words, "gönderilecek", "imzaya gönderilmedi"):
		return domain.EStatusDraft
	case mentions(words, "henüz işlenmedi", "işlem bekliyor"):
		return domain.EStatusInProgress
	case mentions(words, "başarıyla tamamlandı"):
		return domain.EStatusDone
	default:
		return domain.EStatusUnknown
	}
}

// kindCode is İşbaşı's number of a sort of e-document, "" where there is none.
func kindCode(kind domain.InvoiceKind) string {
	if i := slices.Index(numberedKinds(), kind); i >= 0 {
		return strconv.Itoa(i + 1)
	}
	return ""
}

// numberedKinds are those that İşbaşı numbers, from 1.
func numberedKinds() []domain.InvoiceKind {
	return []domain.InvoiceKind{domain.InvoiceEInvoice, domain.InvoiceEArchive, domain.InvoiceEArchiveForInternet}
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
