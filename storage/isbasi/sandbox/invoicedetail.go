package sandbox

// invoiceDetail is one invoice, as far as the fields are known to be of use (isbasi-api.md §6.4; §12, to
// §6.4). The ETTN stands in uuid or in guid: both names are seen.
func (s *Server) invoiceDetail(c *call, v *Invoice) map[string]any {
	firm := map[string]any{"id": s.id(c, v.FirmID), "code": v.FirmCode, "name": v.FirmName, "taxOrPersonalId": v.TaxNumber}
	lines := make([]map[string]any, len(v.Lines))
	for i, l := range v.Lines {
		lines[i] = s.invoiceLine(c, v.ID, i, l, money{v.Currency, v.Rate, v.VATIncluded})
	}
	draft := v.Status == StatusDraft
	data := map[string]any{
		"id": s.id(c, v.ID), "type": v.typeName(), "invoiceNumber": v.Number, "guid": nil, "uuid": v.UUID,
		"date": s.date(v.ID, v.Date), "invoiceDate": s.date(v.ID, v.Date), "description": s.text(v.ID, v.Description),
		"isCancelled": v.Cancelled, "isCancellable": v.cancellable(), "isUndoCancellable": false, "isEditable": draft, "cancelText": nil,
		"firm": firm, "address": map[string]any{"address": v.Address, "city": v.City, "district": v.District, "postalCode": v.PostalCode},
		"invoiceLines": lines, "vatIncluded": v.VATIncluded, "currency": v.Currency, "exchangeRate": exact(v.Rate),
		"totalwotax": exact(v.Net), "vatAmount": exact(v.VAT), "withholdingAmount": exact(v.Withholding),
		"total": exact(v.Total), "totalTL": exact(v.totalTL()), "openAmount": exact(v.Total), "eGovernmentInvoice": s.governmentPart(v),
		"discountPer": 0, "discountType": 0, "discountValue": 0, "generalDiscountAmount": 0, "stoppageInfo": nil,
		"orderNumber": nil, "dispatchNumber": s.text(v.ID, v.Dispatch), "dispatchId": nil,
		"accountingStatus": map[string]any{"status": "NotSaved", "statusText": "Muhasebeleşmedi", "description": nil},
		"paymentStatus":    false, "tags": nil, "vatInfo": nil, "safeOrBank": nil,
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

// governmentPart is the state at GİB, with the spellings of §8.5. An invoice that was made by
// integrationInvoices takes the place of the dispatch note, unasked (§12, to §6.1).
func (s *Server) governmentPart(v *Invoice) map[string]any {
	part := map[string]any{
		"eStatus": v.Status, "description": v.statusName(), "isSended": v.Status != StatusDraft, "gibCode": v.gibCode(),
		"rejectNote": nil, "invoiceTypeForEinvoice": v.kind(), "eInvoiceProfile": v.Profile,
		"eGovermentType": 0, "EGovermentTypeDesc": "Satış", "eGovernmentBeforeReturnType": nil,
		"dispatchIncluded": v.Dispatch != "", "sendMode": 0, "email": nil, "fileNumber": nil, "isEresable": v.Status == StatusDraft, "website": nil,
	}
	if v.RejectNote != "" {
		part["rejectNote"] = v.RejectNote
	}
	return part
}
