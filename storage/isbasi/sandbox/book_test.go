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

// standing are the invoices that are not deleted.
func standing(c *caller) []sandbox.Invoice {
	return slices.DeleteFunc(c.s.Invoices(), func(v sandbox.Invoice) bool { return !v.DeletedAt.IsZero() })
}

// clock is a time that a test sets.
type clock struct{ now time.Time }

func (k *clock) options() sandbox.Options {
	o := sales()
	o.Now = func() time.Time { return k.now }
	return o
}

func newClock() *clock { return &clock{time.Date(2026, 5, 4, 11, 30, 0, 0, time.UTC)} }

func TestInvoices_keepsWhatWasEverStored(t *testing.T) {
	k := newClock()
	c := signed(t, k.options())
	made := k.now
	first := c.draft(draftBody())
	k.now = made.Add(time.Minute)
	c.call(http.MethodDelete, base+"invoices?Ids="+lastID(c), nil)
	gone := lastInvoice(c)
	if gone.ID != first.InvoiceID || !gone.DeletedAt.Equal(k.now) || !gone.CreatedAt.Equal(made) || gone.Number != first.No {
		t.Errorf("deleted: %+v", gone)
	}
	c.call(http.MethodGet, base+"invoices/"+lastID(c), nil).refused(t, 599, "Bulunamadı")
	second := c.draft(draftBody())
	if second.InvoiceID <= first.InvoiceID || second.No == first.No || second.UUID == first.UUID {
		t.Errorf("the second has the first's numbers: %+v, %+v", second, first)
	}
	k.now = k.now.Add(time.Minute)
	formalise(c, lastID(c))
	formalise(c, lastID(c)).refused(t, 599, "daha önce gönderilmiş")
	v := lastInvoice(c)
	if v.ID != second.InvoiceID || v.Formalised != 2 || v.Sent != 1 || !v.FormalisedAt.Equal(k.now) || !v.DeletedAt.IsZero() || v.ByHand {
		t.Errorf("sent: %+v", v)
	}
	if v.Description != "Sipariş 90012" || v.FirmName != "Örnek Alıcı" || v.TaxNumber != "11111111111" || v.Address != "Deneme Sk. 1" ||
		v.City != "Ankara" || v.District != "Çankaya" || v.PostalCode != "06000" {
		t.Errorf("buyer: %+v", v)
	}
	if l := v.Lines; len(l) != 1 || l[0].Code != "TRM-500" || l[0].Name != "Termos 500 ml" || l[0].Quantity.String() != "2" ||
		l[0].Price.String() != "349.9" || l[0].VATRate.String() != "20" {
		t.Errorf("lines: %+v", l)
	}
	c.s.EditInvoices(func([]sandbox.Invoice) []sandbox.Invoice { return nil })
	if all := c.s.Invoices(); len(all) != 2 || len(standing(c)) != 0 {
		t.Errorf("after an edit that leaves all out: %+v", all)
	}
}

// A series counts by itself, and a draft that changes its kind changes its series (§12, to §6.2).
func TestDraft_numbersAreARunningSeries(t *testing.T) {
	o := sales()
	o.Invoices = []sandbox.Invoice{{ID: 7, Number: "ISB2026000000041", Status: sandbox.StatusDone}, {ID: 8, Number: "ISB2025000000099", Status: sandbox.StatusDone}}
	c := signed(t, o)
	registered := draftBody()
	customerOf(registered)["tcknVkn"] = "4540536920"
	first, other, second := c.draft(draftBody()), c.draft(registered), c.draft(draftBody())
	if first.No != "ISB2026000000042" || other.No != "ISF2026000000001" || second.No != "ISB2026000000043" {
		t.Errorf("numbers %s, %s, %s", first.No, other.No, second.No)
	}
	registered["invoiceId"] = second.InvoiceID
	if again := c.draft(registered); again.No != "ISF2026000000002" || again.UUID != second.UUID {
		t.Errorf("as an e-Fatura it is %+v", again)
	}
}

func TestInvoices_draftsMayStandOutsideTheList(t *testing.T) {
	for unlisted, want := range map[bool][]int64{false: {1, 2, 4, 5}, true: {1, 4}} {
		o := kept()
		o.DraftsUnlisted = unlisted
		c := signed(t, o)
		for _, path := range []string{"invoices/invoices", "invoices/invoices?type=1"} {
			var l listing
			c.call(http.MethodPost, base+path, productsBody(1, 100, object{"columnName": "type", "operator": 17, "value": []int{2, 3}})).ok(t, &l)
			ids := slices.DeleteFunc(l.ids(), func(id int64) bool { return id == 3 })
			if !slices.Equal(ids, want) {
				t.Errorf("drafts unlisted %v: %s gives %v", unlisted, path, ids)
			}
		}
		if got := c.get("invoices/2"); got["invoiceNumber"] != "ISB2026000000002" {
			t.Errorf("the draft itself is %v", got)
		}
	}
}

// states are what the answers to a question show, one after the other.
func states(c *caller, ask func() any, times int) (got []any) {
	c.t.Helper()
	for range times {
		got = append(got, ask())
	}
	return got
}

func statusOf(c *caller, id string) any {
	c.t.Helper()
	return c.get("invoices/" + id)["eGovernmentInvoice"].(object)["eStatus"]
}

func TestGIB_takesSoManyReads(t *testing.T) {
	for reads, want := range map[int][]any{
		1: {1.0, 10.0, 10.0}, 2: {1.0, 4.0, 10.0}, 3: {1.0, 4.0, 8.0, 10.0}, 6: {1.0, 1.0, 4.0, 4.0, 8.0, 8.0, 10.0},
	} {
		o := sales()
		o.GIBReads = reads
		c := signed(t, o)
		c.draft(draftBody())
		id := lastID(c)
		formalise(c, id)
		if got := states(c, func() any { return statusOf(c, id) }, len(want)); !slices.Equal(got, want) {
			t.Errorf("%d reads: %v", reads, got)
		}
	}
}

func TestGIB_countsListsAsReads(t *testing.T) {
	for path, list := range map[string]func(*caller, string) any{
		"invoices/invoices": func(c *caller, path string) any {
			var l listing
			c.call(http.MethodPost, base+path, productsBody(1, 100, object{"columnName": "type", "operator": 3, "value": 2})).ok(c.t, &l)
			return l.Data[0]["eStatus"]
		},
		"einvoices/GetOutgoingInvoiceDataList": func(c *caller, path string) any {
			var l listing
			c.call(http.MethodPost, base+path, productsBody(1, 100)).asJSON(c.t).ok(c.t, &l)
			return l.Data[0]["statusCode"]
		},
		"einvoices/IntegrationInvoiceReport": func(c *caller, path string) any {
			var rows []object
			c.call(http.MethodPost, base+path, productsBody(1, 100)).asJSON(c.t).ok(c.t, &rows)
			return rows[0]["eStatus"]
		},
	} {
		o := sales()
		o.GIBReads = 3
		c := signed(t, o)
		c.draft(draftBody())
		formalise(c, lastID(c))
		if got := states(c, func() any { return list(c, path) }, 4); !slices.Equal(got, []any{1.0, 4.0, 8.0, 10.0}) {
			t.Errorf("%s: %v", path, got)
		}
	}
}

func TestGIB_takesSoLong(t *testing.T) {
	k := newClock()
	o := k.options()
	o.GIBDelay = time.Minute
	c := signed(t, o)
	c.draft(draftBody())
	id := lastID(c)
	formalise(c, id)
	sent := k.now
	for _, tt := range []struct {
		after time.Duration
		want  int
	}{{0, 1}, {19 * time.Second, 1}, {20 * time.Second, 4}, {40 * time.Second, 8}, {59 * time.Second, 8}, {time.Minute, 10}} {
		k.now = sent.Add(tt.after)
		if held, said := lastInvoice(c), statusOf(c, id); said != float64(tt.want) || held.Status != tt.want {
			t.Errorf("after %s: says %v, holds %+v", tt.after, said, held)
		}
	}
	if v := lastInvoice(c); !v.ModifiedAt.Equal(sent.Add(time.Minute)) || !v.FormalisedAt.Equal(sent) {
		t.Errorf("%+v", v)
	}
	c.s.Change(func(o *sandbox.Options) { o.GIBReads = 2 }) // then both have to pass
	c.draft(draftBody())
	id = lastID(c)
	formalise(c, id)
	k.now = k.now.Add(time.Hour)
	if got := states(c, func() any { return statusOf(c, id) }, 3); !slices.Equal(got, []any{1.0, 4.0, 10.0}) {
		t.Errorf("with reads too: %v", got)
	}
}

func TestGIB_refuses(t *testing.T) {
	for script, want := range map[string]struct {
		code float64
		note string
	}{
		"refuse route=einvoices/eInvoiceWithJson nth=2":                                      {1150, "SCHEMATRON KONTROL SONUCU HATALI"},
		"refuse route=einvoices/eInvoiceWithJson nth=2 status=1181 message=ADRES_BULUNAMADI": {1181, "ADRES BULUNAMADI"},
	} {
		faults, err := sandbox.ParseFaults(script)
		if err != nil {
			t.Fatal(err)
		}
		o := sales()
		o.Faults, o.GIBReads = faults, 1
		c := signed(t, o)
		body := draftBody()
		customerOf(body)["tcknVkn"] = "4540536920"
		var ids []string
		for range 2 {
			c.draft(body)
			ids = append(ids, lastID(c))
			if r := formalise(c, lastID(c)); r.Status != http.StatusBadRequest || *r.Message != "İşlendi" && *r.Message != "İmzalandı" {
				t.Fatalf("the call itself: %s", r.Raw) // GİB says it later
			}
			statusOf(c, lastID(c))
		}
		good := c.get("invoices/" + ids[0])["eGovernmentInvoice"].(object)
		bad := c.get("invoices/" + ids[1])
		part := bad["eGovernmentInvoice"].(object)
		if good["eStatus"] != 10.0 || good["gibCode"] != 1300.0 || good["rejectNote"] != nil {
			t.Errorf("the first: %v", good)
		}
		if part["eStatus"] != float64(sandbox.StatusRefused) || part["gibCode"] != want.code || part["rejectNote"] != want.note ||
			part["isSended"] != true || bad["isCancelled"] != false || bad["isCancellable"] != false {
			t.Errorf("the second: %v", bad)
		}
		formalise(c, ids[1]).refused(t, 599, "daha önce gönderilmiş")
		if r := c.call(http.MethodDelete, base+"invoices?Ids="+ids[1], nil); r.Status != http.StatusConflict {
			t.Errorf("deleted: HTTP %d", r.Status)
		}
	}
}

// Whether a refused document is a draft again is not known: then it can be sent once more, or deleted.
func TestGIB_refusesIntoADraft(t *testing.T) {
	o := sales()
	o.Faults, o.RefusedIsDraft = []sandbox.Fault{{Kind: sandbox.FaultRefuse, Route: sandbox.RouteFormalise, Times: 1}}, true
	c := signed(t, o)
	c.draft(draftBody())
	id := lastID(c)
	formalise(c, id)
	statusOf(c, id)
	part := c.get("invoices/" + id)["eGovernmentInvoice"].(object)
	if part["eStatus"] != 0.0 || part["isSended"] != false || part["gibCode"] != 1150.0 || part["rejectNote"] == nil {
		t.Errorf("refused: %v", part)
	}
	formalise(c, id)
	statusOf(c, id)
	if part := c.get("invoices/" + id)["eGovernmentInvoice"].(object); part["eStatus"] != 10.0 || part["gibCode"] != 1300.0 || part["rejectNote"] != nil {
		t.Errorf("sent again: %v", part)
	}
	if v := lastInvoice(c); v.Formalised != 2 {
		t.Errorf("%d calls", v.Formalised)
	}
}

func TestPanel_cancels(t *testing.T) {
	k := newClock()
	o := k.options()
	o.GIBReads = 1
	c := signed(t, o)
	c.draft(draftBody())
	v := lastInvoice(c)
	for _, state := range []string{"a draft", "one in progress"} {
		if err := c.s.CancelInvoice(v.ID); err == nil {
			t.Errorf("%s was cancelled", state)
		}
		if state == "a draft" {
			formalise(c, lastID(c))
		}
	}
	if got := c.get("invoices/" + lastID(c)); got["isCancellable"] != true { // §12, to §6.4: also while the panel refuses
		t.Errorf("in progress: %v", got)
	}
	k.now = k.now.Add(time.Minute)
	if err := c.s.CancelInvoice(v.ID); err != nil {
		t.Fatal(err)
	}
	if v := lastInvoice(c); !v.Cancelled || !v.ModifiedAt.Equal(k.now) || v.Status != sandbox.StatusDone {
		t.Errorf("%+v", v)
	}
	if got := c.get("invoices/" + lastID(c)); got["isCancelled"] != true || got["isCancellable"] != false {
		t.Errorf("cancelled: %v", got)
	}
	for name, id := range map[string]int64{"twice": v.ID, "of nothing": 9999} {
		if c.s.CancelInvoice(id) == nil {
			t.Errorf("cancelled %s", name)
		}
	}
	body := draftBody()
	customerOf(body)["tcknVkn"] = "4540536920"
	c.draft(body)
	formalise(c, lastID(c))
	statusOf(c, lastID(c))
	if c.s.CancelInvoice(lastInvoice(c).ID) == nil {
		t.Error("an e-Fatura was cancelled")
	}
}

func TestPanel_buyerRejects(t *testing.T) {
	k := newClock()
	o := k.options()
	o.Invoices = []sandbox.Invoice{
		{ID: 1, Kind: sandbox.KindEInvoice, Profile: 1, Status: sandbox.StatusDone},
		{ID: 2, Kind: sandbox.KindEArchive, Profile: 2, Status: sandbox.StatusDone},
		{ID: 3, Kind: sandbox.KindEInvoice, Profile: 2, Status: sandbox.StatusSent},
		{ID: 4, Kind: sandbox.KindEInvoice, Profile: 2, Status: sandbox.StatusDone, Type: sandbox.InvoicePurchase},
		{ID: 5, Kind: sandbox.KindEInvoice, Profile: 2, Status: sandbox.StatusDone},
	}
	c := signed(t, o)
	for id := range int64(5) {
		if c.s.RejectInvoice(id, "x") == nil {
			t.Errorf("%d was rejected", id)
		}
	}
	if err := c.s.RejectInvoice(5, "Sipariş edilmedi"); err != nil {
		t.Fatal(err)
	}
	if v := lastInvoice(c); !v.DeniedAt.Equal(k.now) || v.RejectNote != "Sipariş edilmedi" || v.Status != sandbox.StatusDone || !v.ModifiedAt.Equal(k.now) {
		t.Errorf("%+v", v)
	}
	if got := c.get("invoices/5")["eGovernmentInvoice"].(object); got["rejectNote"] != "Sipariş edilmedi" || got["eStatus"] != 10.0 || got["gibCode"] != 1300.0 {
		t.Errorf("detail %v", got)
	}
	var l listing
	c.call(http.MethodPost, base+"invoices/invoices", productsBody(1, 100, object{"columnName": "id", "operator": 3, "value": 5})).ok(t, &l)
	var report []object
	c.call(http.MethodPost, base+"einvoices/IntegrationInvoiceReport", productsBody(1, 100, object{"columnName": "id", "operator": 3, "value": 5})).asJSON(t).ok(t, &report)
	if l.Data[0]["eReplayText"] == nil || report[0]["denyDate"] == nil {
		t.Errorf("row %v, report %v", l.Data[0], report[0])
	}
	if c.s.RejectInvoice(5, "again") == nil {
		t.Error("rejected twice")
	}
}

func TestPanel_issuesByHand(t *testing.T) {
	k := newClock()
	c := signed(t, k.options())
	day := func(d int) time.Time { return time.Date(2026, 5, d, 9, 0, 0, 0, time.UTC) }
	v, err := c.s.IssueByHand(sandbox.ByHand{Date: day(6), Description: "Sipariş 90012", Total: decimal.RequireFromString("699.80")})
	if err != nil {
		t.Fatal(err)
	}
	if v.Kind != sandbox.KindEArchive || v.Status != sandbox.StatusDone || !v.ByHand || v.Number != "ISB2026000000001" || v.Total.String() != "699.8" ||
		v.VAT.String() != "116.63" || v.FirmName != "Nihai Tüketici" || v.TaxNumber != "11111111111" || !v.Date.Equal(day(6)) || v.Formalised != 0 {
		t.Errorf("%+v", v)
	}
	got := c.get("invoices/" + lastID(c))
	if got["description"] != "Sipariş 90012" || got["total"] != 699.8 || len(got["invoiceLines"].([]any)) != 1 {
		t.Errorf("reads %v", got)
	}
	// It counts in the order of dates, as any other (§6.1).
	c.call(http.MethodPost, base+"invoices/integrationInvoices", draftBody()).refused(t, 400, "En son fatura Tarihi :06-05-2026 12:00")
	for name, h := range map[string]sandbox.ByHand{
		"an earlier date": {Date: day(5), Total: decimal.NewFromInt(1)},
		"no total":        {Date: day(7)},
		"no date":         {Total: decimal.NewFromInt(1), Kind: sandbox.KindInternet},
	} {
		if _, err := c.s.IssueByHand(h); err == nil {
			t.Errorf("%s: taken", name)
		}
	}
	other, err := c.s.IssueByHand(sandbox.ByHand{
		Kind: sandbox.KindEInvoice, Profile: 1, Date: day(5), Buyer: "Deneme Ltd", TaxNumber: "4540536920", Total: decimal.NewFromInt(110),
		VATRate: decimal.NewNullDecimal(decimal.NewFromInt(10)), Draft: true,
	})
	if err != nil || other.Kind != sandbox.KindEInvoice || other.Profile != 1 || other.Status != sandbox.StatusDraft || other.Number != "ISF2026000000001" ||
		other.FirmName != "Deneme Ltd" || other.VAT.String() != "10" {
		t.Errorf("%+v, %v", other, err)
	}
	if formalise(c, strconv.FormatInt(other.ID, 10)); lastInvoice(c).FormalisedAt.IsZero() {
		t.Error("a draft made by hand cannot be sent")
	}
}
