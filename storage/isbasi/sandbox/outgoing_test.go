package sandbox_test

import (
	"net/http"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/storage/isbasi/sandbox"
)

// exchanged are documents of both directions with lines of two rates, in no order of their dates.
func exchanged() sandbox.Options {
	line := func(price, rate int64) sandbox.InvoiceLine {
		return sandbox.InvoiceLine{ProductID: 11, Code: "TRM-500", Name: "Termos", Quantity: decimal.NewFromInt(1), Price: decimal.NewFromInt(price), VATRate: decimal.NewFromInt(rate)}
	}
	o := kept()
	o.Plain = true
	o.Invoices[0].Date, o.Invoices[0].Currency, o.Invoices[0].TaxNumber = time.Date(2026, 3, 9, 9, 0, 0, 0, time.UTC), "TL", "11111111111"
	o.Invoices[0].ModifiedAt = time.Date(2026, 3, 10, 9, 0, 0, 0, time.UTC)
	o.Invoices[2].Lines = []sandbox.InvoiceLine{line(120, 20), line(240, 20), line(110, 10)}
	o.Invoices[2].VATIncluded, o.Invoices[2].Net, o.Invoices[2].Total = true, decimal.NewFromInt(400), decimal.NewFromInt(470)
	o.Invoices[2].Status, o.Invoices[2].Profile, o.Invoices[2].FirmName, o.Invoices[2].TaxNumber = sandbox.StatusQueued, 2, "Toptancı A.Ş.", "7740606115"
	o.Invoices[2].Kind, o.Invoices[2].Currency, o.Invoices[2].RejectNote = sandbox.KindEInvoice, "TL", "yanlış"
	return o
}

// §12, to §6.5: filter and sort column is issueDate, which the text also writes issuedate.
func TestOutgoing_listsWhatIsAtGIB(t *testing.T) {
	numbers := func(l listing) (got []string) {
		for _, row := range l.Data {
			got = append(got, row["invoiceId"].(string))
		}
		return got
	}
	for name, tt := range map[string]struct {
		path string
		body object
		want []string // GİB's numbers, as invoiceId
	}{
		"outgoing":  {"GetOutgoingInvoiceDataList", object{"sorting": object{"issueDate": 1}}, []string{"ISB2026000000004", "ISB2026000000001"}},
		"backwards": {"GetOutgoingInvoiceDataList", object{"sorting": object{"issuedate": -1}}, []string{"ISB2026000000001", "ISB2026000000004"}},
		"from a day": {
			"GetOutgoingInvoiceDataList",
			object{"filters": []object{{"columnName": "issuedate", "operator": 5, "value": "2026-03-05T00:00:00"}}},
			[]string{"ISB2026000000001"},
		},
		"invoices' own name of the date": {
			"GetOutgoingInvoiceDataList",
			object{"filters": []object{{"columnName": "date", "operator": 5, "value": "2026-03-05T00:00:00"}}},
			[]string{"ISB2026000000001", "ISB2026000000004"},
		},
		"by number": {
			"GetOutgoingInvoiceDataList",
			object{"filters": []object{{"columnName": "invoiceId", "operator": 3, "value": "ISB2026000000004"}}},
			[]string{"ISB2026000000004"},
		},
		"incoming": {"myInvoicesList", object{"sorting": object{"issueDate": -1}}, []string{"GID2026000000003"}},
	} {
		t.Run(name, func(t *testing.T) {
			c := signed(t, exchanged())
			var l listing
			c.call(http.MethodPost, base+"einvoices/"+tt.path, tt.body).ok(t, &l)
			if got := numbers(l); !slices.Equal(got, tt.want) {
				t.Errorf("lists %v", got)
			}
		})
	}
	c := signed(t, kept())
	r := c.call(http.MethodPost, base+"einvoices/myInvoicesList", productsBody(1, 10))
	if r.isJSON || !strings.HasPrefix(r.Header.Get("Content-Type"), "text/plain") {
		t.Errorf("under %q", r.Header.Get("Content-Type"))
	}
	for path, method := range map[string]string{"myInvoicesList%27": http.MethodPost, "myInvoicesList": http.MethodGet, "eInvoiceWithJson": http.MethodGet} {
		if r := c.call(method, base+"einvoices/"+path, productsBody(1, 10)); r.Status != http.StatusNotFound {
			t.Errorf("%s %s: HTTP %d", method, path, r.Status)
		}
	}
}

// same compares a row whole: every name, and nothing beside them.
func same(t *testing.T, got, want object) {
	t.Helper()
	for name, value := range want {
		if have, ok := got[name]; !ok || !reflect.DeepEqual(have, value) {
			t.Errorf("%s is %v, want %v", name, have, value)
		}
	}
	for name := range got {
		if _, ok := want[name]; !ok {
			t.Errorf("also has %s", name)
		}
	}
}

func TestOutgoing_rows(t *testing.T) {
	c := signed(t, exchanged())
	var l listing
	c.call(http.MethodPost, base+"einvoices/GetOutgoingInvoiceDataList", object{}).ok(t, &l)
	same(t, l.Data[0], object{
		"invoiceId": "ISB2026000000001", "uuId": "AAAA-bbbb", "issueDate": "2026-03-09T12:00:00", "amount": 120.0, "currency": "TL",
		"supplier": "Deneme Ltd", "supplierTcknVkn": "11111111111", "isPersonal": true, "invoiceType": "Temel", "isProcessable": false,
		"status": "BASARIYLA TAMAMLANDI", "statusCode": 10.0, "rejectNot": nil, "label": nil, "message": nil,
		"purchaseInvoiceId": nil, "salesInvoiceId": "1", "eGovermentType": 0.0, "eGovermentTypeDesc": "Satış",
	})
	l = listing{}
	c.call(http.MethodPost, base+"einvoices/myInvoicesList", object{}).ok(t, &l)
	same(t, l.Data[0], object{
		"invoiceId": "GID2026000000003", "uuId": "EEEE-ffff", "issueDate": "2026-03-03T12:00:00", "amount": 470.0, "currency": "TL",
		"supplier": "Toptancı A.Ş.", "supplierTcknVkn": "7740606115", "isPersonal": false, "invoiceType": "Ticari", "isProcessable": true,
		"status": "HENÜZ İŞLENMEDİ", "statusCode": 1.0, "rejectNot": "yanlış", "label": nil, "message": nil,
		"purchaseInvoiceId": "3", "salesInvoiceId": nil, "eGovermentType": 0.0, "EGovermentTypeDesc": "Satış",
		"type": 1.0, "typeDesc": "e-Fatura", "totalVatBase": 400.0, "accountingStatus": "NotSaved",
		"vat20VatTotal": 60.0, "vat20Matrah": 300.0, "vat10VatTotal": 10.0, "vat10Matrah": 100.0,
	})
}

// What a buyer may still answer: a commercial e-Fatura that came in and is not done.
func TestIncoming_processable(t *testing.T) {
	for name, tt := range map[string]struct {
		profile, status int
		want            bool
	}{
		"commercial, open": {2, sandbox.StatusQueued, true},
		"commercial, done": {2, sandbox.StatusDone, false},
		"basic, open":      {1, sandbox.StatusQueued, false},
	} {
		o := exchanged()
		for i := range o.Invoices {
			o.Invoices[i].Profile, o.Invoices[i].Status = tt.profile, tt.status
		}
		c := signed(t, o)
		for path, want := range map[string]bool{"myInvoicesList": tt.want, "GetOutgoingInvoiceDataList": false} {
			var l listing
			c.call(http.MethodPost, base+"einvoices/"+path, object{}).ok(t, &l)
			if got := l.Data[0]["isProcessable"]; got != want {
				t.Errorf("%s in %s: %v", name, path, got)
			}
		}
	}
}

// The sums by rate of an invoice whose prices are without VAT.
func TestOutgoing_ratesOfNetPrices(t *testing.T) {
	o := exchanged()
	o.Invoices[2].VATIncluded = false
	c := signed(t, o)
	var l listing
	c.call(http.MethodPost, base+"einvoices/myInvoicesList", object{}).ok(t, &l)
	for name, want := range map[string]float64{"vat20VatTotal": 72, "vat20Matrah": 360, "vat10VatTotal": 11, "vat10Matrah": 110} {
		if got := l.Data[0][name]; got != want {
			t.Errorf("%s is %v, want %v", name, got, want)
		}
	}
}

// §12, to §6.5: data is the array itself; described once as GET and once as POST.
func TestReport(t *testing.T) {
	c := signed(t, exchanged())
	for _, method := range []string{http.MethodGet, http.MethodPost} {
		var body any
		if method == http.MethodPost {
			body = object{"sorting": object{"invoiceDate": "Desc"}, "filters": []object{{"columnName": "invoiceDate", "operator": 5, "value": "2026-03-05"}}}
		}
		var rows []object
		c.call(method, base+"einvoices/IntegrationInvoiceReport", body).ok(t, &rows)
		if want := map[string]int{http.MethodGet: 2, http.MethodPost: 1}[method]; len(rows) != want {
			t.Fatalf("%s gives %d rows", method, len(rows))
		}
		same(t, rows[0], object{
			"Id": "1", "ettn": "AAAA-bbbb", "taxNumber": "11111111111", "name": "Deneme Ltd", "email": nil, "integrationInvoiceNumber": nil,
			"invoiceNumber": "ISB2026000000001", "status": "BASARIYLA TAMAMLANDI", "eStatus": 10.0, "createdDate": "2026-03-09T12:00:00",
			"confirmDate": nil, "denyDate": nil, "invoiceDate": "2026-03-09T12:00:00", "status10ChangeDate": "2026-03-10T12:00:00",
			"amount": 120.0, "unitPrice": nil, "customerDefinition": "Deneme Ltd",
		})
	}
	c.call(http.MethodPost, base+"einvoices/IntegrationInvoiceReport", object{"sorting": object{"colour": 1}}).refused(t, 400, "colour")
}
