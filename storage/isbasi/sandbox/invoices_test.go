package sandbox_test

import (
	"maps"
	"net/http"
	"reflect"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/storage/isbasi/sandbox"
)

func lastID(c *caller) string { return strconv.FormatInt(lastInvoice(c).ID, 10) }

// books are invoices of each state and type.
func books() []sandbox.Invoice {
	day := func(d int) time.Time { return time.Date(2026, 3, d, 9, 0, 0, 0, time.UTC) }
	tl := func(n int64) decimal.Decimal { return decimal.NewFromInt(n) }
	return []sandbox.Invoice{
		{ID: 1, UUID: "AAAA-bbbb", Number: "ISB2026000000001", Status: sandbox.StatusDone, Date: day(1), Total: tl(120), Rate: tl(1), FirmID: 1, FirmName: "Deneme Ltd"},
		{ID: 2, UUID: "CCCC-dddd", Number: "ISB2026000000002", Date: day(2), Total: tl(240), Rate: tl(1)},
		{ID: 3, UUID: "EEEE-ffff", Number: "GID2026000000003", Type: sandbox.InvoicePurchase, Status: sandbox.StatusDone, Date: day(3), Rate: tl(1)},
		{ID: 4, UUID: "1111-aaaa", Number: "ISB2026000000004", Type: sandbox.InvoiceReturn, Status: sandbox.StatusDone, Cancelled: true, Date: day(4), Rate: tl(1)},
		{ID: 5, UUID: "2222-aaaa", Number: "ISB2026000000005", Kind: sandbox.KindInternet, Date: day(5), Rate: tl(1)},
	}
}

func kept() sandbox.Options {
	return sandbox.Options{Products: priced(), Firms: someFirms(), Invoices: books()}
}

func TestInvoices_list(t *testing.T) {
	typed := object{"columnName": "type", "operator": 17, "value": []int{1, 2, 3}}
	f := func(column string, operator, value any) object {
		return object{"columnName": column, "operator": operator, "value": value}
	}
	for _, tt := range []struct {
		name, query string
		filters     []object
		want        []int64
	}{
		// §12, to §6.5: type is the kind of e-document.
		{"all kinds", "", []object{typed}, []int64{1, 2, 3, 4, 5}},
		{"the word for all, in an array", "", []object{f("type", 17, []string{"Tümü"})}, []int64{1, 2, 3, 4, 5}},
		{"the word alone", "", []object{f("type", "IsEqualTo", "Tümü")}, []int64{1, 2, 3, 4, 5}},
		{"e-Fatura", "", []object{f("type", "IsEqualTo", 1)}, []int64{3}},
		{"e-Arşiv", "", []object{f("type", "In", []string{"2"})}, []int64{1, 2, 4}},
		{"e-Arşiv of both sorts", "", []object{f("type", 17, []any{"2", 3})}, []int64{1, 2, 4, 5}},
		{"no kind: not all", "", nil, []int64{3}},
		{"not understood: as none", "", []object{f("type", "gte", 2)}, []int64{3}},
		{"sales by the address", "?type=1", nil, []int64{1, 2, 4, 5}},
		{"expenses by the address", "?type=2", nil, []int64{3}},
		{"all purchases by the address", "?type=3", nil, []int64{3, 6}},
		{"their returns", "?type=3", []object{f("invoiceProcessType", 3, "6")}, []int64{6}},
		{"returns of a time", "?type=3", []object{f("invoiceProcessType", 3, "6"), f("date", 2, "2026-03-05")}, nil},
		{"from a day", "", []object{typed, f("date", 5, "2026-03-04T00:00:00")}, []int64{4, 5}},
		{"between days", "", []object{typed, f("date", "IsBetween", []string{"2026-03-02", "2026-03-03"})}, []int64{2}},
		{"by total", "", []object{typed, f("total", 3, "240.00")}, []int64{2}},
		{"total among", "", []object{typed, f("total", 17, []any{120, "240.0"})}, []int64{1, 2}},
		{"drafts", "", []object{typed, f("eStatus", 3, 0)}, []int64{2, 5}},
		{"not cancelled", "", []object{typed, f("isCancelled", 3, "false")}, []int64{1, 2, 3, 5}},
		{"changed at some time", "", []object{typed, f("modificationDate", "IsNotNull", nil)}, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			o := kept()
			o.Invoices[2].Kind = sandbox.KindEInvoice
			if tt.query != "" {
				o.Invoices = append(o.Invoices, sandbox.Invoice{ID: 6, Type: sandbox.InvoicePurchaseReturn, Date: time.Date(2026, 3, 6, 9, 0, 0, 0, time.UTC)})
			}
			c := signed(t, o)
			var l listing
			c.call(http.MethodPost, base+"invoices/invoices"+tt.query, productsBody(1, 100, tt.filters...)).ok(t, &l)
			if !slices.Equal(l.ids(), tt.want) {
				t.Errorf("gives %v, want %v", l.ids(), tt.want)
			}
		})
	}
	c := signed(t, kept())
	for _, bad := range []object{
		f("date", 3, "dün"), f("total", 3, "çok"), f("type", 3, 4), f("type", 17, []int{1, 4}), f("type", 17, []string{"Hepsi"}), f("type", 17, []int{}), f("type", 3, nil),
	} {
		r := c.call(http.MethodPost, base+"invoices/invoices", productsBody(1, 100, bad))
		if r.refused(t, 400, ""); r.Status != http.StatusBadRequest {
			t.Errorf("%v: HTTP %d", bad, r.Status)
		}
	}
	c.call(http.MethodPost, base+"invoices/invoices?type=4", productsBody(1, 100)).refused(t, 400, "type")
}

// §12, to §6.5: outgoing and incoming stand in one list, told apart by the text type.
func TestInvoices_rows(t *testing.T) {
	o := exchanged()
	o.Firms = someFirms()
	o.Invoices[0].FirmCode, o.Invoices[0].Dispatch, o.Invoices[0].Category = "C-1", "IRS-1", "Trendyol"
	o.Invoices[0].Net, o.Invoices[0].VAT, o.Invoices[0].Withholding, o.Invoices[0].Rate = decimal.NewFromInt(100), decimal.NewFromInt(16), decimal.NewFromInt(4), decimal.NewFromInt(2)
	o.Invoices = append(o.Invoices, sandbox.Invoice{ID: 6, Type: sandbox.InvoicePurchaseReturn})
	c := signed(t, o)
	var l listing
	c.call(http.MethodPost, base+"invoices/invoices", productsBody(1, 10, object{"columnName": "type", "operator": 17, "value": []string{"Tümü"}})).ok(t, &l)
	var types []any
	for _, row := range l.Data {
		types = append(types, row["type"])
	}
	want := []any{"SALES_INVOICE", "SALES_INVOICE", "PURCHASE_INVOICE", "RETURN_SALES_INVOICE", "SALES_INVOICE", "RETURN_PURCHASE_INVOICE"}
	if !reflect.DeepEqual(types, want) {
		t.Errorf("types %v", types)
	}
	same(t, l.Data[0], object{
		"id": "1", "type": "SALES_INVOICE", "date": "2026-03-09T12:00:00", "invoiceNumber": "ISB2026000000001", "documentNumber": nil, "dispatchNumber": "IRS-1",
		"total": 120.0, "totalTL": 240.0, "taxableAmount": 100.0, "remainingTotal": 120.0, "totalVatAmount": 16.0, "totalWitholdingAmount": 4.0, "currency": "TL",
		"firm": object{
			"firmId": "1", "firmCode": "C-1", "name": "Deneme Ltd", "displayName": "Deneme Ltd", "listName": "Deneme Ltd",
			"emailAddress": "info@example.com", "isActive": true,
		},
		"firmName": "Deneme Ltd", "firmCode": "C-1", "firmVknNo": "11111111111", "eType": object{"typeId": 2.0, "typeName": "e-Arşiv"},
		"eStatus": 10.0, "eStatusDescription": "BASARIYLA TAMAMLANDI", "eInvoiceStatus": nil, "eArchiveStatus": "BASARIYLA TAMAMLANDI", "eReplayText": nil,
		"gibCode": 1300.0, "invoiceTypeName": "e-Arşiv", "invoiceType": object{"id": 1.0, "name": "SALES_INVOICE", "code": "1", "group": nil},
		"paymentStatus": false, "paymentDate": nil, "paymentDateStatus": 0.0, "paymentDateStatusDescription": nil, "safeOrBankName": nil,
		"accountingStatus":      object{"uuidList": nil, "idList": nil, "status": "NotSaved", "statusText": "Muhasebeleşmedi"},
		"eArchivePortalInvoice": object{"isEArchive": true, "status": 10.0, "statusDescription": "BASARIYLA TAMAMLANDI"},
		"isCancelled":           false, "modificationDate": "2026-03-10T12:00:00", "tags": nil, "category": "Trendyol",
	})
	if row := l.Data[2]; row["eInvoiceStatus"] != "HENÜZ İŞLENMEDİ" || row["eArchiveStatus"] != nil || row["gibCode"] != nil {
		t.Errorf("the e-Fatura's row %v", row)
	}
}

// Every field of the detail, of a sent invoice that was refused (§6.4; §12, to §6.4).
func TestInvoice_wholeDetail(t *testing.T) {
	o := exchanged()
	v := &o.Invoices[0]
	v.FirmCode, v.Dispatch, v.Description, v.RejectNote, v.Profile = "C-1", "IRS-1", "Sipariş 1", "alıcı reddetti", 1
	v.Address, v.City, v.District, v.PostalCode = "Deneme Sk. 1", "Ankara", "Çankaya", "06000"
	v.Net, v.VAT, v.Withholding, v.Rate = decimal.NewFromInt(100), decimal.NewFromInt(16), decimal.NewFromInt(4), decimal.NewFromInt(2)
	same(t, signed(t, o).get("invoices/1"), object{
		"id": "1", "type": "SALES_INVOICE", "invoiceNumber": "ISB2026000000001", "guid": nil, "uuid": "AAAA-bbbb",
		"date": "2026-03-09T12:00:00", "invoiceDate": "2026-03-09T12:00:00", "description": "Sipariş 1",
		"isCancelled": false, "isCancellable": true, "isUndoCancellable": false, "isEditable": false, "cancelText": nil,
		"firm":         object{"id": "1", "code": "C-1", "name": "Deneme Ltd", "taxOrPersonalId": "11111111111"},
		"address":      object{"address": "Deneme Sk. 1", "city": "Ankara", "district": "Çankaya", "postalCode": "06000"},
		"invoiceLines": []any{}, "vatIncluded": false, "currency": "TL", "exchangeRate": 2.0, "totalwotax": 100.0, "vatAmount": 16.0,
		"withholdingAmount": 4.0, "total": 120.0, "totalTL": 240.0, "openAmount": 120.0,
		"eGovernmentInvoice": object{
			"eStatus": 10.0, "description": "BASARIYLA TAMAMLANDI", "isSended": true, "gibCode": 1300.0, "rejectNote": "alıcı reddetti",
			"invoiceTypeForEinvoice": 2.0, "eInvoiceProfile": 1.0, "eGovermentType": 0.0, "EGovermentTypeDesc": "Satış", "eGovernmentBeforeReturnType": nil,
			"dispatchIncluded": true, "sendMode": 0.0, "email": nil, "fileNumber": nil, "isEresable": false, "website": nil,
		},
		"discountPer": 0.0, "discountType": 0.0, "discountValue": 0.0, "generalDiscountAmount": 0.0, "stoppageInfo": nil,
		"orderNumber": nil, "dispatchNumber": "IRS-1", "dispatchId": nil,
		"accountingStatus": object{"status": "NotSaved", "statusText": "Muhasebeleşmedi", "description": nil},
		"paymentStatus":    false, "tags": nil, "vatInfo": nil, "safeOrBank": nil,
	})
}

// §12, to §6.2: the words of each state.
func TestInvoice_words(t *testing.T) {
	for _, tt := range []struct {
		kind, status int
		want         string
	}{
		{sandbox.KindEInvoice, sandbox.StatusDraft, "GİB'E GÖNDERİLECEK"},
		{sandbox.KindEArchive, sandbox.StatusDraft, "İMZAYA GÖNDERİLMEDİ"},
		{sandbox.KindInternet, sandbox.StatusDraft, "İMZAYA GÖNDERİLMEDİ"},
		{sandbox.KindEInvoice, sandbox.StatusQueued, "HENÜZ İŞLENMEDİ"},
		{sandbox.KindEArchive, sandbox.StatusSigned, "İşlem Bekliyor."},
		{sandbox.KindEArchive, sandbox.StatusSent, "HENÜZ İŞLENMEDİ"},
		{sandbox.KindEInvoice, sandbox.StatusDone, "BASARIYLA TAMAMLANDI"},
	} {
		c := signed(t, sandbox.Options{Invoices: []sandbox.Invoice{{ID: 1, Kind: tt.kind, Status: tt.status}}})
		government := c.get("invoices/1")["eGovernmentInvoice"].(object)
		if government["description"] != tt.want || government["isSended"] != (tt.status != sandbox.StatusDraft) || government["isEresable"] != (tt.status == sandbox.StatusDraft) {
			t.Errorf("kind %d, status %d: %v", tt.kind, tt.status, government)
		}
	}
}

// §12, to §6.4: a sent e-Arşiv can be cancelled, a sent e-Fatura cannot; at the panel, both.
func TestInvoice_cancellable(t *testing.T) {
	for _, tt := range []struct {
		invoice sandbox.Invoice
		want    bool
	}{
		{sandbox.Invoice{Kind: sandbox.KindEArchive, Status: sandbox.StatusDone}, true},
		{sandbox.Invoice{Kind: sandbox.KindInternet, Status: sandbox.StatusDone}, true},
		{sandbox.Invoice{Kind: sandbox.KindEArchive, Status: sandbox.StatusQueued}, true},
		{sandbox.Invoice{Kind: sandbox.KindEInvoice, Status: sandbox.StatusDone}, false},
		{sandbox.Invoice{Kind: sandbox.KindEInvoice, Status: sandbox.StatusQueued}, false},
		{sandbox.Invoice{Kind: sandbox.KindEArchive}, false},
		{sandbox.Invoice{Kind: sandbox.KindEArchive, Status: sandbox.StatusDone, Cancelled: true}, false},
	} {
		tt.invoice.ID = 1
		c := signed(t, sandbox.Options{Invoices: []sandbox.Invoice{tt.invoice}})
		if got := c.get("invoices/1")["isCancellable"]; got != tt.want {
			t.Errorf("%+v: %v", tt.invoice, got)
		}
	}
}

// §12, to §6.4: amount is the quantity, stockRef the product; name, quantity, taxRate, discountRate are not there.
func TestInvoice_lines(t *testing.T) {
	line := sandbox.InvoiceLine{
		ProductID: 11, ProductType: 1, Code: "TRM-500", Name: "Termos", Description: "kırmızı", Unit: "Adet", Quantity: decimal.NewFromInt(2),
		Price: decimal.NewFromInt(120), VATRate: decimal.NewFromInt(20), DiscountRate: decimal.NewFromInt(10), Withholding: "2/10",
	}
	want := object{
		"id": "100", "lineNumber": 1.0, "description": "kırmızı", "amount": 2.0, "unit": object{"code": "C62", "name": "Adet"}, "stockRef": "11",
		"product":  object{"id": "11", "code": "TRM-500", "name": "Termos", "type": 1.0},
		"currency": "USD", "exchangeRate": 40.0, "price": 120.0, "priceFromTotal": false, "total": 240.0,
		"discountPer": 10.0, "discountType": 0.0, "discountAmount": 24.0, "generalDiscountAmount": 0.0,
		"vatRate": 20.0, "vatExemption": nil, "stoppageAmount": 0.0, "stoppageRate": 0.0,
	}
	for included, more := range map[bool]object{
		true:  {"vatIncluded": true, "priceTaxIncluded": 120.0, "priceTaxExcluded": 100.0, "netTotal": 180.0, "totalTaxIncluded": 216.0, "totalTaxExcluded": 180.0, "vatAmount": 36.0, "withholdingAmount": 7.2},
		false: {"vatIncluded": false, "priceTaxIncluded": 144.0, "priceTaxExcluded": 120.0, "netTotal": 216.0, "totalTaxIncluded": 259.2, "totalTaxExcluded": 216.0, "vatAmount": 43.2, "withholdingAmount": 8.64},
	} {
		c := signed(t, sandbox.Options{Plain: true, Invoices: []sandbox.Invoice{{
			ID: 1, VATIncluded: included, Currency: "USD", Rate: decimal.NewFromInt(40), Lines: []sandbox.InvoiceLine{line, line},
		}}})
		maps.Copy(more, want)
		lines := c.get("invoices/1")["invoiceLines"].([]any)
		same(t, lines[0].(object), more)
		if second := lines[1].(object); second["id"] != "101" || second["lineNumber"] != 2.0 {
			t.Errorf("the second line is %v", second)
		}
	}
}

func TestInvoice_detail(t *testing.T) {
	c := signed(t, sales())
	m := c.draft(draftBody())
	names := map[string]bool{}
	for range 2 {
		got := c.get("invoices/" + lastID(c))
		for _, name := range []string{"uuid", "guid"} {
			if got[name] == m.UUID {
				names[name] = true
			}
		}
		government := got["eGovernmentInvoice"].(object)
		if got["invoiceNumber"] != m.No || got["total"] != 699.8 || got["totalwotax"] != 583.17 || got["vatAmount"] != 116.63 ||
			got["description"] != "Sipariş 90012" || got["currency"] != "TL" || got["isCancelled"] != false ||
			government["eStatus"] != 0.0 || government["isSended"] != false || government["description"] != "İMZAYA GÖNDERİLMEDİ" ||
			got["type"] != "SALES_INVOICE" || got["paymentStatus"] != false || got["isEditable"] != true || got["openAmount"] != 699.8 ||
			got["accountingStatus"].(object)["status"] != "NotSaved" {
			t.Errorf("detail %v", got)
		}
		if _, misspelled := government["eGovermentType"]; !misspelled {
			t.Error("the misspelled name is missing")
		}
		if lines := got["invoiceLines"].([]any); len(lines) != 1 || lines[0].(object)["amount"] != 2.0 {
			t.Errorf("lines %v", lines)
		}
	}
	if len(names) != 2 {
		t.Errorf("the ETTN stood in %v only", names)
	}
}

func TestInvoice_detailRefusals(t *testing.T) {
	c := signed(t, kept())
	for _, path := range []string{"invoices/99", "invoices/draft", "invoices/invoices", "invoices/3", "invoices/1/purchase", "invoices/x/purchase"} {
		c.call(http.MethodGet, base+path, nil).refused(t, 599, "Kayıt Numarası Bulunamadı!")
	}
	if got := c.get("invoices/3/purchase"); got["invoiceNumber"] != "GID2026000000003" {
		t.Errorf("expense %v", got)
	}
	if got := c.get("invoices/4"); got["isCancelled"] != true || got["cancelText"] == nil {
		t.Errorf("cancelled one %v", got)
	}
}

func TestInvoices_deletesDrafts(t *testing.T) {
	for _, tt := range []struct {
		name, method, path string
		status             int
		left               int
	}{
		{"two drafts", http.MethodDelete, "invoices?Ids=2,5", 200, 3},
		{"a sent one", http.MethodDelete, "invoices?Ids=1", 409, 5},
		{"a draft and a sent one", http.MethodDelete, "invoices?Ids=2,1", 409, 5},
		{"no number", http.MethodDelete, "invoices?Ids=x", 400, 5},
		{"the published path", http.MethodDelete, "invoices/deleteInvoice?Ids=2", 404, 5},
		{"the published path by POST", http.MethodPost, "invoices/deleteInvoice", 404, 5},
		{"one by its path", http.MethodDelete, "invoices/2", 405, 5},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c := signed(t, kept())
			r := c.call(tt.method, base+tt.path, nil)
			if n := len(standing(c)); r.Status != tt.status || n != tt.left {
				t.Errorf("HTTP %d %s, %d left", r.Status, r.Raw, n)
			}
		})
	}
	c := signed(t, kept())
	// §12, to §3.1: 400, where reading it answers 599.
	if r := c.call(http.MethodDelete, base+"invoices?Ids=2,99", nil); r.Status != http.StatusBadRequest {
		t.Errorf("HTTP %d", r.Status)
	} else {
		r.refused(t, 400, "Kayıt Numarası Bulunamadı!")
	}
	if len(standing(c)) != 5 {
		t.Error("a refused deletion deleted")
	}
}

func formalise(c *caller, id string) reply {
	c.t.Helper()
	return c.call(http.MethodPost, base+"einvoices/eInvoiceWithJson?invoiceId="+id, nil)
}

// The success that looks like an error: HTTP 400, isError, and one of two words.
func TestFormalise_succeedsAsAnError(t *testing.T) {
	c := signed(t, sales())
	words := map[string]bool{}
	for range 4 {
		c.draft(draftBody())
		r := formalise(c, lastID(c))
		if r.Status != http.StatusBadRequest || !r.IsError || r.Message == nil {
			t.Fatalf("HTTP %d %s", r.Status, r.Raw)
		}
		words[*r.Message] = true
		if v := lastInvoice(c); v.Status == sandbox.StatusDraft {
			t.Error("still a draft")
		}
		var government object
		for range 2 {
			government = c.get("invoices/" + lastID(c))["eGovernmentInvoice"].(object)
		}
		if government["eStatus"] != 10.0 || government["isSended"] != true {
			t.Errorf("asked twice, is %v", government)
		}
	}
	if !words["İşlendi"] || !words["İmzalandı"] {
		t.Errorf("words %v", words)
	}
	if got := held(t, c, "TRM-500").Stock.Decimal.String(); got != "6" {
		t.Errorf("stock %s after 4 × 2 left", got)
	}
}

func TestFormalise_options(t *testing.T) {
	o := kept()
	o.FormaliseOK, o.SlowGIB, o.AllowInternet = true, true, true
	c := signed(t, o)
	var word string
	if formalise(c, "2").ok(t, &word); word != "İmzalandı" {
		t.Errorf("says %q", word)
	}
	for range 3 {
		if got := c.get("invoices/2")["eGovernmentInvoice"].(object)["eStatus"]; got != 4.0 {
			t.Errorf("eStatus %v", got)
		}
	}
	formalise(c, "5").ok(t, &word)
}

func TestFormalise_refuses(t *testing.T) {
	c := signed(t, kept())
	for id, message := range map[string]string{
		"99": "Bulunamadı", "x": "Bulunamadı", "3": "Bulunamadı", "1": "daha önce gönderilmiş", "5": "Ödeme tarihi e-Arşiv (Online Satış) seçili olan faturalar için zorunludur.",
	} {
		formalise(c, id).refused(t, 599, message)
	}
	formalise(c, "2")
	formalise(c, "2").refused(t, 599, "daha önce gönderilmiş")
	c.s.EditInvoices(func(v []sandbox.Invoice) []sandbox.Invoice {
		v[4].Kind, v[4].Cancelled = sandbox.KindEArchive, true
		return v
	})
	formalise(c, "5").refused(t, 599, "iptal")
}
