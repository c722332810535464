package sandbox

// outgoing lists the documents that are at GİB; invoiceId is GİB's number here (isbasi-api.md §6.5).
func (s *Server) outgoing(c *call) answer {
	return s.asText(s.atGIB(c, func(v *Invoice) bool { return v.form() != InvoicePurchase && v.Status != StatusDraft }))
}

// incoming lists the documents of suppliers.
func (s *Server) incoming(c *call) answer {
	return s.asText(s.atGIB(c, func(v *Invoice) bool { return v.form() == InvoicePurchase }))
}

func (s *Server) atGIB(c *call, meant func(*Invoice) bool) answer {
	documents := table[Invoice]{columns: invoiceColumns()}
	for _, v := range s.invoices.rows {
		if meant(&v) {
			documents.rows = append(documents.rows, v)
		}
	}
	c.page = max(c.page, 1) // none is asked for by GET
	return paged(s, c, &documents, s.documentRow)
}

func (s *Server) documentRow(c *call, v *Invoice) map[string]any {
	return map[string]any{
		"id": s.id(c, v.ID), "invoiceId": v.Number, "uuid": v.UUID, "issueDate": s.date(v.ID, v.Date),
		"customerName": v.FirmName, "tcknVkn": v.TaxNumber, "payableAmount": exact(v.Total), "currency": v.Currency,
		"eStatus": v.Status, "eStatusDescription": v.statusName(), "isCancelled": v.Cancelled, "EGovermentTypeDesc": "Satış",
	}
}

// asText marks the answer as text/plain, as the document describes these calls, though it is JSON
// (isbasi-api.md §2.4).
func (s *Server) asText(a answer) answer {
	if !s.o.Plain {
		a.kind = "text/plain; charset=utf-8"
	}
	return a
}
