package sandbox

// invoiceDetail is one invoice, as far as the fields are known to be of use (isbasi-api.md §6.4). The
// ETTN stands in uuid or in guid: both names are seen.
func (s *Server) invoiceDetail(c *call, v *Invoice) map[string]any {
	firm := map[string]any{"id": s.id(c, v.FirmID), "code": v.FirmCode, "name": v.FirmName, "taxOrPersonalId": v.TaxNumber}
	lines := make([]map[string]any, len(v.Lines))
	for i, l := range v.Lines {
		lines[i] = s.invoiceLine(c, v.ID, i, l)
	}
	data := map[string]any{
		"id": s.id(c, v.ID), "type": v.form(), "invoiceNumber": v.Number, "guid": nil, "uuid": v.UUID,
		"date": s.date(v.ID, v.Date), "invoiceDate": s.date(v.ID, v.Date), "description": s.text(v.ID, v.Description),
		"isCancelled": v.Cancelled, "isCancellable": v.Status == StatusDone && !v.Cancelled, "cancelText": nil,
		"firm": firm, "address": map[string]any{"address": v.Address, "city": v.City, "district": v.District, "postalCode": v.PostalCode},
		"invoiceLines": lines, "vatIncluded": v.VATIncluded, "currency": v.Currency, "exchangeRate": exact(v.Rate),
		"totalwotax": exact(v.Net), "vatAmount": exact(v.VAT), "withholdingAmount": exact(v.Withholding),
		"total": exact(v.Total), "totalTL": exact(v.totalTL()), "eGovernmentInvoice": s.governmentPart(v),
		"paymentStatus": 0, "tags": nil, "vatInfo": nil, "safeOrBank": nil,
	}
	if v.Cancelled {
		data["cancelText"] = "İptal edildi"
	}
	if !s.o.Plain && c.serial%2 == 0 {
		data["guid"] = v.UUID
		delete(data, "uuid")
	}
	return data
}

// governmentPart is the state at GİB, with the spellings of §8.5.
func (s *Server) governmentPart(v *Invoice) map[string]any {
	part := map[string]any{
		"eStatus": v.Status, "description": v.statusName(), "isSended": v.Status != StatusDraft, "gibCode": nil,
		"rejectNote": nil, "invoiceTypeForEinvoice": v.kind(), "eInvoiceProfile": v.Profile,
		"eGovermentType": 0, "EGovermentTypeDesc": "Satış",
	}
	if v.Status == StatusDone {
		part["gibCode"] = 1300
	}
	if v.RejectNote != "" {
		part["rejectNote"] = v.RejectNote
	}
	return part
}

func (s *Server) invoiceLine(c *call, record int64, i int, l InvoiceLine) map[string]any {
	return map[string]any{
		"id": s.id(c, record*100+int64(i)), "lineNumber": i + 1, "name": l.Name, "description": s.text(record, l.Description),
		"product": named{ID: s.id(c, l.ProductID), Code: l.Code, Name: l.Name}, "productType": l.ProductType,
		"amount": exact(l.Quantity), "unit": unitCode(l.Unit), "unitName": l.Unit, "price": exact(l.Price), "vatRate": exact(l.VATRate),
		"discountRate": exact(l.DiscountRate), "discountValue": exact(l.DiscountValue), "total": exact(l.amount().Round(2)),
	}
}
