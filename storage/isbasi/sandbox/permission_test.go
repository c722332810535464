package sandbox_test

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/storage/isbasi/sandbox"
)

func rawNull() json.RawMessage { return json.RawMessage("null") }

// asJSON reads the envelope whatever the header says.
func (r reply) asJSON(t *testing.T) reply {
	t.Helper()
	if !r.isJSON {
		if err := json.Unmarshal([]byte(r.Raw), &r); err != nil {
			t.Fatalf("%v: %s", err, r.Raw)
		}
		r.isJSON = true
	}
	return r
}

func TestForbidden(t *testing.T) {
	c := signed(t, sandbox.Options{})
	for path, method := range map[string]string{
		"user/getplatform": http.MethodPost, "stock": http.MethodDelete, "stock/5": http.MethodGet, "products/withcode/A/1": http.MethodGet,
		"stock/stocktransactionheaderlist": http.MethodPost, "invoices": http.MethodPut, "firms/activate": http.MethodPost,
	} {
		r := c.call(method, base+path, nil)
		if r.refused(t, 403, "API yetkilendirilmedi"); r.Status != http.StatusForbidden {
			t.Errorf("%s %s: HTTP %d", method, path, r.Status)
		}
	}
}

func TestMaster(t *testing.T) {
	c := signed(t, sandbox.Options{})
	for path, rows := range map[string]int{"units": 12, "cities": 81, "taxoffices": 0} {
		var l listing
		if c.call(http.MethodPost, base+"master/"+path, object{"filters": []object{}}).ok(t, &l); len(l.Data) != rows {
			t.Errorf("%s has %d rows", path, len(l.Data))
		}
		if r := c.call(http.MethodGet, base+"master/"+path, nil); r.Status != http.StatusNotFound || r.isJSON {
			t.Errorf("%s by GET: HTTP %d", path, r.Status)
		}
	}
	if r := c.call(http.MethodPost, base+"master/colours", object{}); r.Status != http.StatusNotFound {
		t.Errorf("an unknown list: HTTP %d", r.Status)
	}
	var l listing
	if c.call(http.MethodPost, base+"dispatch/mydispatchlist", object{}).ok(t, &l); len(l.Data) != 0 {
		t.Error("dispatches of nowhere")
	}
}

// Reads used up, writes go on; the next month of Türkiye begins anew, three hours before that of UTC.
func TestQuota(t *testing.T) {
	now := time.Date(2026, 11, 30, 20, 59, 0, 0, time.UTC)
	c := signed(t, sandbox.Options{
		Products: priced(), ReadLimit: 2, WriteLimit: 1, TokenLifetime: 48 * time.Hour, Now: func() time.Time { return now },
	})
	write := object{"id": 11, "isActive": true, "name": "Termos", "code": "TRM-500", "type": 1}
	c.mustList(productsBody(1, 1))
	c.get("products/11/1")
	for range 2 {
		r := c.list(productsBody(1, 1))
		if r.refused(t, 429, "limit"); r.Status != http.StatusTooManyRequests || r.Header.Get("Retry-After") != "" {
			t.Errorf("HTTP %d, Retry-After %q", r.Status, r.Header.Get("Retry-After"))
		}
	}
	c.put("products", write)
	c.call(http.MethodPut, base+"products", write).refused(t, 429, "limit")
	if reads, writes := c.s.Spent(sandbox.CostRead), c.s.Spent(sandbox.CostWrite); reads != 4 || writes != 2 {
		t.Errorf("%d reads and %d writes in the log", reads, writes)
	}
	if signIns := c.s.Spent(sandbox.CostNone); signIns != 1 {
		t.Errorf("%d calls without a cost", signIns)
	}
	c.s.Change(func(o *sandbox.Options) { o.Now = func() time.Time { return now.Add(time.Minute) } })
	c.mustList(productsBody(1, 1))
	c.put("products", write)
}

// §12, to §3.3: with the reads used up, GETs answer 429 before anybody asks whether they exist or are
// allowed. Signing in goes on.
func TestQuota_isAskedBeforeTheRoute(t *testing.T) {
	c := signed(t, sandbox.Options{Products: priced(), ReadLimit: 1})
	gets := map[string]int{
		"user/permissions": 404, "stock/5": 403, "products/products": 404, "invoices/InvoiceTypeForEInvoice": 200, "products/withcode/A/1": 403,
	}
	for path, status := range gets {
		if path == "invoices/InvoiceTypeForEInvoice" { // a read, kept for later
			continue
		}
		if r := c.call(http.MethodGet, base+path, nil); r.Status != status {
			t.Errorf("%s before: HTTP %d", path, r.Status)
		}
	}
	c.mustList(productsBody(1, 1))
	for path := range gets {
		if r := c.call(http.MethodGet, base+path, nil); r.Status != http.StatusTooManyRequests {
			t.Errorf("%s after: HTTP %d", path, r.Status)
		}
	}
	c.put("products", object{"id": 11, "isActive": true, "name": "Termos", "code": "TRM-500", "type": 1})
	c.call(http.MethodPut, base+"orders", object{}).refused(t, 403, "API yetkilendirilmedi")
	if r := c.call(http.MethodGet, "/", nil); r.Status != http.StatusNotFound {
		t.Errorf("the root: HTTP %d", r.Status)
	}
	c.address()
	c.signIn()
	c.token = "x"
	for _, path := range []string{"user/permissions", "products/11/1"} {
		if r := c.call(http.MethodGet, base+path, nil); r.Status == http.StatusTooManyRequests {
			t.Errorf("%s without a session: HTTP %d", path, r.Status)
		}
	}
}

// §2.4 and §12, to §2.4: which calls mark which headers of the person as required.
func TestHeadersOfThePerson(t *testing.T) {
	two, three := []string{"UserEmail", "UserName"}, []string{"UserId", "UserEmail", "UserName"}
	for path, want := range map[string][]string{
		"invoices/invoices":                      two,
		"invoices/invoices?type=2":               two,
		"invoices/invoices?type=3":               three,
		"einvoices/myInvoicesList":               three,
		"einvoices/IntegrationInvoiceReport":     three,
		"stock/stocktransactionlist/11?type=1":   three,
		"einvoices/GetOutgoingInvoiceDataList":   nil,
		"products/products":                      nil,
		"firms/firms":                            nil,
		"einvoices/eInvoiceWithJson?invoiceId=2": nil,
	} {
		t.Run(path, func(t *testing.T) {
			c := signed(t, kept())
			c.person = ""
			r := c.call(http.MethodPost, base+path, productsBody(1, 1)).asJSON(t)
			for _, name := range three {
				demanded := r.Message != nil && strings.Contains(*r.Message, name+" zorunludur.")
				if demanded != slices.Contains(want, name) {
					t.Errorf("%s: HTTP %d %s", name, r.Status, r.Raw)
				}
			}
			c.person = "1234"
			if r := c.call(http.MethodPost, base+path, productsBody(1, 1)).asJSON(t); r.Message != nil && strings.Contains(*r.Message, "User") {
				t.Errorf("with them: HTTP %d %s", r.Status, r.Raw)
			}
		})
	}
}

// §12, to §2.4: optional, and sent by every client that works; the log tells whether they came.
func TestLog_namesTheDevice(t *testing.T) {
	c := signed(t, sandbox.Options{Products: priced()})
	c.device = "WEB"
	mark := c.s.Mark()
	c.mustList(productsBody(1, 1))
	c.device, c.person = "", ""
	c.mustList(productsBody(1, 1))
	calls := c.s.Since(mark)
	for _, name := range []string{"UserId", "UserEmail", "UserName"} {
		c.person, c.lacks = sandbox.DemoUser, name
		mark := c.s.Mark()
		if c.mustList(productsBody(1, 1)); c.s.Since(mark)[0].HasUser {
			t.Errorf("logged as complete without %s", name)
		}
	}
	if calls[0].Device != "WEB" || !calls[0].HasUser || calls[1].Device != "" || calls[1].HasUser {
		t.Errorf("logged %+v", calls)
	}
}

// §12, to §3.2: ignored until the server is one that honours it.
func TestProducts_filterByChangeIsOff(t *testing.T) {
	since := productsBody(1, 10, object{"columnName": "modificationDate", "operator": 5, "value": "2026-01-01T00:00:00"})
	c := signed(t, sandbox.Options{Products: priced()})
	if l := c.mustList(since); len(l.Data) != 2 {
		t.Errorf("%d rows, want all", len(l.Data))
	}
	c.s.Change(func(o *sandbox.Options) { o.ChangeFilter = true })
	if l := c.mustList(since); len(l.Data) != 0 {
		t.Errorf("%d changed of those that never were", len(l.Data))
	}
	c.put("products", c.get("products/11/1"))
	if l := c.mustList(since); len(l.Data) != 1 {
		t.Errorf("%d changed after a save", len(l.Data))
	}
}
