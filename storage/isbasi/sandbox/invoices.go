package sandbox

import (
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

// listInvoices answers a page. A filter of the type is demanded, unless the address asks for expenses
// (isbasi-api.md §6.5).
func (s *Server) listInvoices(c *call) answer {
	person := []string{"UserEmail", "UserName"}
	if c.query("type") == "3" {
		person = []string{"UserId", "UserEmail", "UserName"}
	}
	if a, refused := s.demand(c, person...); refused {
		return a
	}
	q := &c.list
	switch form := c.query("type"); {
	case form != "":
		q.Filters = append(slices.Clone(q.Filters), filter{ColumnName: "type", Operator: "IsEqualTo", Value: form})
	case len(without(q.Filters, "type")) == len(q.Filters):
		return s.invalid(c, []string{"type filtresi zorunludur."})
	default:
		q.Filters = slices.DeleteFunc(slices.Clone(q.Filters), func(f filter) bool {
			text, isText := f.Value.(string)
			return f.ColumnName == "type" && isText && slices.Contains([]string{"ALL", "TÜMÜ"}, upper(text))
		})
	}
	return paged(s, c, &s.invoices, s.invoiceRow)
}

func (s *Server) invoiceRow(c *call, v *Invoice) map[string]any {
	return map[string]any{
		"id": s.id(c, v.ID), "type": v.form(), "date": s.date(v.ID, v.Date), "invoiceNumber": v.Number,
		"total": exact(v.Total), "totalTL": exact(v.totalTL()), "taxableAmount": exact(v.Net), "remainingTotal": exact(v.Total),
		"currency": v.Currency, "firm": named{ID: s.id(c, v.FirmID), Code: v.FirmCode, Name: v.FirmName},
		"firmName": v.FirmName, "firmCode": v.FirmCode, "firmVknNo": v.TaxNumber,
		"eType":   map[string]any{"typeId": v.kind(), "typeName": v.kindName()},
		"eStatus": v.Status, "eStatusDescription": v.statusName(), "paymentStatus": 0, "isCancelled": v.Cancelled,
		"modificationDate": s.date(v.ID, v.ModifiedAt), "tags": nil, "category": s.text(v.ID, v.Category),
	}
}

// oneInvoice answers a sale; any segment counts as an id, so a wrong one is a business error (§6.4).
// What GİB is at work on is done at the next question.
func (s *Server) oneInvoice(c *call) answer {
	v := s.asked(c)
	if v == nil || v.form() == InvoicePurchase {
		return s.gone(c)
	}
	a := s.ok(c, s.invoiceDetail(c, v))
	if v.Status != StatusDraft && v.Status != StatusDone && !s.o.SlowGIB {
		v.Status = StatusDone
		s.invoices.changed()
	}
	return a
}

func (s *Server) oneExpense(c *call) answer {
	v := s.asked(c)
	if v == nil || v.form() != InvoicePurchase {
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
		case v == nil:
			return s.gone(c)
		case v.Status != StatusDraft || v.Cancelled:
			return s.refuse(c, http.StatusConflict, http.StatusConflict, "Yalnızca taslak faturalar silinebilir.")
		}
	}
	s.invoices.remove(func(v *Invoice) bool { return slices.Contains(ids, v.ID) })
	return s.ok(c, len(ids))
}
