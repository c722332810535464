package sandbox_test

import (
	"net/http"
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
		{"all types", "", []object{typed}, []int64{1, 2, 3, 4, 5}},
		{"the text for all", "", []object{f("type", "IsEqualTo", "Tümü")}, []int64{1, 2, 3, 4, 5}},
		{"sales", "", []object{f("type", "In", []string{"1"})}, []int64{1, 2, 5}},
		{"expenses by the address", "?type=2", nil, []int64{3}},
		{"from a day", "", []object{typed, f("date", 5, "2026-03-04T00:00:00")}, []int64{4, 5}},
		{"between days", "", []object{typed, f("date", "IsBetween", []string{"2026-03-02", "2026-03-03"})}, []int64{2}},
		{"by total", "", []object{typed, f("total", 3, "240.00")}, []int64{2}},
		{"total among", "", []object{typed, f("total", 17, []any{120, "240.0"})}, []int64{1, 2}},
		{"drafts", "", []object{typed, f("eStatus", 3, 0)}, []int64{2, 5}},
		{"not cancelled", "", []object{typed, f("isCancelled", 3, "false")}, []int64{1, 2, 3, 5}},
		{"changed at some time", "", []object{typed, f("modificationDate", "IsNotNull", nil)}, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c := signed(t, kept())
			var l listing
			c.call(http.MethodPost, base+"invoices/invoices"+tt.query, productsBody(1, 100, tt.filters...)).ok(t, &l)
			if !slices.Equal(l.ids(), tt.want) {
				t.Errorf("gives %v, want %v", l.ids(), tt.want)
			}
		})
	}
	c := signed(t, kept())
	c.call(http.MethodPost, base+"invoices/invoices", productsBody(1, 100)).refused(t, 400, "type filtresi zorunludur.")
	for _, bad := range []object{f("date", 3, "dün"), f("total", 3, "çok")} {
		c.call(http.MethodPost, base+"invoices/invoices", productsBody(1, 100, typed, bad)).refused(t, 400, "")
	}
}

func TestInvoices_row(t *testing.T) {
	c := signed(t, kept())
	var l listing
	c.call(http.MethodPost, base+"invoices/invoices", productsBody(1, 1, object{"columnName": "type", "operator": 3, "value": "1"})).ok(t, &l)
	row := l.Data[0]
	if row["invoiceNumber"] != "ISB2026000000001" || row["total"] != 120.0 || row["eStatus"] != 10.0 || row["firmName"] != "Deneme Ltd" ||
		row["eType"].(object)["typeId"] != 2.0 || row["uuid"] != nil || row["description"] != nil {
		t.Errorf("row %v", row)
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
			government["eStatus"] != 0.0 || government["isSended"] != false || government["description"] != "Taslak" {
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
			if n := len(c.s.Invoices()); r.Status != tt.status || n != tt.left {
				t.Errorf("HTTP %d %s, %d left", r.Status, r.Raw, n)
			}
		})
	}
	c := signed(t, kept())
	c.call(http.MethodDelete, base+"invoices?Ids=2,99", nil).refused(t, 599, "Bulunamadı")
	if len(c.s.Invoices()) != 5 {
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
		"99": "Bulunamadı", "x": "Bulunamadı", "3": "Bulunamadı", "1": "daha önce gönderilmiş", "5": "Ödeme tarihi zorunludur.",
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
