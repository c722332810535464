package sandbox

import (
	"maps"
)

// outgoing lists the documents that are at GİB; invoiceId is GİB's number here (isbasi-api.md §6.5).
func (s *Server) outgoing(c *call) answer {
	return s.asText(s.chosen(c, documentColumns(), atGIB, func(c *call, v *Invoice) map[string]any {
		row := s.documentRow(c, v)
		row["salesInvoiceId"], row["eGovermentTypeDesc"] = s.id(c, v.ID), "Satış"
		return row
	}))
}

// incoming lists the documents of suppliers.
func (s *Server) incoming(c *call) answer {
	return s.asText(s.chosen(c, documentColumns(), (*Invoice).received, func(c *call, v *Invoice) map[string]any {
		row := s.documentRow(c, v)
		maps.Copy(row, map[string]any{
			"purchaseInvoiceId": s.id(c, v.ID), "EGovermentTypeDesc": "Satış", "type": v.kind(), "typeDesc": v.KindName(),
			"totalVatBase": exact(v.Net), "accountingStatus": "NotSaved",
		})
		for _, sum := range v.rates() {
			row["vat"+sum.Rate.String()+"VatTotal"], row["vat"+sum.Rate.String()+"Matrah"] = exact(sum.VAT), exact(sum.Net)
		}
		return row
	}))
}

// atGIB tells whether a document of ours was sent.
func atGIB(v *Invoice) bool { return !v.received() && v.Status != StatusDraft }

// documentColumns are the columns that these lists may be filtered and sorted by: what invoices have, and
// the date by its name here (isbasi-api.md §12, to §6.5).
func documentColumns() map[string]func(*Invoice) any {
	columns := invoiceColumns()
	columns["issueDate"] = columns["date"]
	columns["invoiceId"] = columns["invoiceNumber"]
	delete(columns, "date")
	return columns
}

// documentRow is what outgoing and incoming documents have in common (isbasi-api.md §12, to §6.5).
func (s *Server) documentRow(_ *call, v *Invoice) map[string]any {
	v.seen()
	profile := "Temel"
	if v.Profile == 2 {
		profile = "Ticari"
	}
	return map[string]any{
		"invoiceId": v.Number, "uuId": v.UUID, "issueDate": s.date(v.ID, v.Date), "amount": exact(v.Total), "currency": v.Currency,
		"supplier": v.FirmName, "supplierTcknVkn": v.TaxNumber, "isPersonal": len(v.TaxNumber) == 11, "invoiceType": profile,
		"isProcessable": v.received() && v.Profile == 2 && v.Status != StatusDone, "status": v.statusName(), "statusCode": v.Status,
		"rejectNot": s.text(v.ID, v.RejectNote), "label": nil, "message": nil, "purchaseInvoiceId": nil, "salesInvoiceId": nil,
		"eGovermentType": 0,
	}
}

// report lists the documents that were sent, by its own names; data is the array itself, and one asks by
// GET or POST (isbasi-api.md §6.5; §12, to §6.5).
func (s *Server) report(c *call) answer {
	columns := invoiceColumns()
	columns["invoiceDate"] = columns["date"]
	delete(columns, "date")
	documents := table[Invoice]{columns: columns}
	for i := range s.invoices.rows {
		if atGIB(&s.invoices.rows[i]) {
			documents.rows = append(documents.rows, s.invoices.rows[i])
		}
	}
	found, _, err := documents.page(c.list, max(c.page, 1)) // none is asked for by GET
	if err != nil {
		return s.invalid(c, []string{err.Error()})
	}
	rows := make([]map[string]any, len(found))
	for i, v := range found {
		rows[i] = s.reportRow(c, v)
	}
	return s.asText(s.ok(c, rows))
}

func (s *Server) reportRow(c *call, v *Invoice) map[string]any {
	v.seen()
	row := map[string]any{
		"Id": s.id(c, v.ID), "ettn": v.UUID, "taxNumber": v.TaxNumber, "name": v.FirmName, "email": nil,
		"integrationInvoiceNumber": nil, "invoiceNumber": v.Number, "status": v.statusName(), "eStatus": v.Status,
		"createdDate": s.date(v.ID, v.Date), "confirmDate": nil, "denyDate": nil, "invoiceDate": s.date(v.ID, v.Date),
		"status10ChangeDate": nil, "amount": exact(v.Total), "unitPrice": nil, "customerDefinition": v.FirmName,
	}
	if v.Status == StatusDone {
		row["status10ChangeDate"] = s.date(v.ID, v.ModifiedAt)
	}
	if !v.DeniedAt.IsZero() {
		row["denyDate"] = s.date(v.ID, v.DeniedAt)
	}
	return row
}

// asText marks the answer as text/plain, as the document describes these calls, though it is JSON
// (isbasi-api.md §2.4).
func (s *Server) asText(a answer) answer {
	if !s.o.Plain {
		a.kind = "text/plain; charset=utf-8"
	}
	return a
}
