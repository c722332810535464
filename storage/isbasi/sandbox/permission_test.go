package sandbox_test

import (
	"encoding/json"
	"net/http"
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
