package sandbox

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
)

// The routes of invoices (isbasi-api.md §6).
const (
	RouteDraft          = "invoices/integrationInvoices"
	RouteInvoice        = "invoices/{id}"
	RouteExpense        = "invoices/{id}/purchase"
	RouteInvoices       = "invoices/invoices"
	RouteDeleteInvoices = "DELETE:invoices"
	RouteFormalise      = "einvoices/eInvoiceWithJson"
	RouteOutgoing       = "einvoices/GetOutgoingInvoiceDataList"
	RouteIncoming       = "einvoices/myInvoicesList"
	RouteReport         = "einvoices/IntegrationInvoiceReport"
)

func (s *Server) invoice(id int64) *Invoice {
	return s.invoices.find(func(v *Invoice) bool { return v.ID == id })
}

// listInvoices answers a page. By the address of expenses (type=2) and of the returns of purchases (type=3)
// it gives purchases only, else all; then the filter type chooses kinds of e-documents, and without it not
// all are listed (isbasi-api.md §6.5; §12, to §6.5): here only the e-Fatura are.
func (s *Server) listInvoices(c *call) answer {
	form := c.query("type")
	person := []string{"UserEmail", "UserName"}
	if form == "3" {
		person = []string{"UserId", "UserEmail", "UserName"}
	}
	if a, refused := s.demand(c, person...); refused {
		return a
	}
	var meant func(*Invoice) bool
	switch form {
	case "":
		kinds, ok := kindsAsked(c.list.Filters)
		if !ok {
			return s.invalid(c, []string{"type filtresi geçersiz."})
		}
		meant = func(v *Invoice) bool { return slices.Contains(kinds, v.kind()) && s.stands(v) }
	case "1":
		meant = func(v *Invoice) bool { return (v.form() == InvoiceSale || v.form() == InvoiceReturn) && s.stands(v) }
	case "2":
		meant = func(v *Invoice) bool { return v.form() == InvoicePurchase }
	case "3":
		meant = func(v *Invoice) bool { return v.form() == InvoicePurchase || v.form() == InvoicePurchaseReturn }
	default:
		return s.invalid(c, []string{"type geçersiz."})
	}
	c.list.Filters = without(c.list.Filters, "type")
	return s.chosen(c, invoiceColumns(), meant, s.invoiceRow)
}

// stands tells whether the list shows an invoice: whether drafts are in it is not known (isbasi-api.md §6.5).
func (s *Server) stands(v *Invoice) bool { return v.Status != StatusDraft || !s.o.DraftsUnlisted }

// kindsAsked reads the filters of type: of 1, 2 and 3, one or an array, or the word for all in an array.
// Anything else is refused.
func kindsAsked(filters []filter) (kinds []int, ok bool) {
	kinds = []int{KindEInvoice}
	for _, f := range filters {
		if _, known := f.operator(); !known || upper(f.ColumnName) != "TYPE" {
			continue
		}
		values, many := f.Value.([]any)
		if !many {
			values = []any{f.Value}
		}
		kinds = nil
		for _, v := range values {
			switch text := fmt.Sprint(v); {
			case upper(text) == upper("Tümü"):
				kinds = append(kinds, KindEInvoice, KindEArchive, KindInternet)
			case slices.Contains([]string{"1", "2", "3"}, text):
				kinds = append(kinds, int(text[0]-'0'))
			default:
				return nil, false
			}
		}
	}
	return kinds, len(kinds) > 0
}

// chosen answers a page of the invoices that are meant.
func (s *Server) chosen(c *call, columns map[string]func(*Invoice) any, meant func(*Invoice) bool, row func(*call, *Invoice) map[string]any) answer {
	chosen := table[Invoice]{columns: columns}
	for i := range s.invoices.rows {
		if meant(&s.invoices.rows[i]) {
			chosen.rows = append(chosen.rows, s.invoices.rows[i])
		}
	}
	return paged(s, c, &chosen, row)
}

// invoiceRow is a row of the list (isbasi-api.md §6.5; §12, to §6.5).
func (s *Server) invoiceRow(c *call, v *Invoice) map[string]any {
	card := s.firms.find(func(f *Firm) bool { return f.ID == v.FirmID })
	if card == nil {
		card = &Firm{}
	}
	v.seen()
	row := map[string]any{
		"id": s.id(c, v.ID), "type": v.typeName(), "date": s.date(v.ID, v.Date), "invoiceNumber": v.Number,
		"documentNumber": nil, "dispatchNumber": s.text(v.ID, v.Dispatch),
		"total": exact(v.Total), "totalTL": exact(v.totalTL()), "taxableAmount": exact(v.Net), "remainingTotal": exact(v.Total),
		"totalVatAmount": exact(v.VAT), "totalWitholdingAmount": exact(v.Withholding), "currency": v.Currency,
		"firm": map[string]any{
			"firmId": s.id(c, v.FirmID), "firmCode": v.FirmCode, "name": v.FirmName, "displayName": v.FirmName,
			"listName": v.FirmName, "emailAddress": s.text(v.ID, card.Email), "isActive": !card.Passive,
		},
		"firmName": v.FirmName, "firmCode": v.FirmCode, "firmVknNo": v.TaxNumber,
		"eType":   map[string]any{"typeId": v.kind(), "typeName": v.KindName()},
		"eStatus": v.Status, "eStatusDescription": v.statusName(), "eInvoiceStatus": nil, "eArchiveStatus": nil, "eReplayText": v.reply(),
		"gibCode": v.gibCode(), "invoiceTypeName": v.KindName(),
		"invoiceType":   map[string]any{"id": v.form(), "name": v.typeName(), "code": strconv.Itoa(v.form()), "group": nil},
		"paymentStatus": false, "paymentDate": nil, "paymentDateStatus": 0, "paymentDateStatusDescription": nil, "safeOrBankName": nil,
		"accountingStatus":      map[string]any{"uuidList": nil, "idList": nil, "status": "NotSaved", "statusText": "Muhasebeleşmedi"},
		"eArchivePortalInvoice": map[string]any{"isEArchive": v.kind() != KindEInvoice, "status": v.Status, "statusDescription": v.statusName()},
		"isCancelled":           v.Cancelled, "modificationDate": s.date(v.ID, v.ModifiedAt), "tags": nil, "category": s.text(v.ID, v.Category),
	}
	if v.kind() == KindEInvoice {
		row["eInvoiceStatus"] = v.statusName()
	} else {
		row["eArchiveStatus"] = v.statusName()
	}
	return row
}

// oneInvoice answers a sale; any segment counts as an id, so a wrong one is a business error (§6.4).
func (s *Server) oneInvoice(c *call) answer {
	v := s.asked(c)
	if v == nil || v.received() {
		return s.gone(c)
	}
	if v.sending == nil && v.underWay() { // it came so with the options
		v.sending = &sending{path: []int{v.Status}, limit: 1}
	}
	v.seen()
	return s.ok(c, s.invoiceDetail(c, v))
}

func (s *Server) oneExpense(c *call) answer {
	v := s.asked(c)
	if v == nil || !v.received() {
		return s.gone(c)
	}
	return s.ok(c, s.invoiceDetail(c, v))
}

// asked is the invoice that the path names, or nil.
func (s *Server) asked(c *call) *Invoice {
	id, err := strconv.ParseInt(c.path["id"], 10, 64)
	if err != nil {
		return nil
	}
	return s.invoice(id)
}

// deleteInvoices deletes drafts: all that are named, or none (isbasi-api.md §6.7).
func (s *Server) deleteInvoices(c *call) answer {
	ids, ok := c.ids("Ids")
	if !ok {
		return s.invalid(c, []string{"Ids zorunludur."})
	}
	for _, id := range ids {
		v := s.invoice(id)
		switch {
		case v == nil: // HTTP 400 here, and no 599 (isbasi-api.md §12, to §3.1)
			return s.invalid(c, []string{goneMessage})
		case v.Status != StatusDraft || v.Cancelled:
			return s.refuse(c, http.StatusConflict, http.StatusConflict, "Yalnızca taslak faturalar silinebilir.")
		}
	}
	s.forget(func(v *Invoice) bool { return slices.Contains(ids, v.ID) })
	return s.ok(c, len(ids))
}
