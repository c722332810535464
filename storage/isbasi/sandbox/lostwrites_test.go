package sandbox_test

import (
	"fmt"
	"net/http"
	"reflect"
	"runtime"
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/storage/isbasi/sandbox"
)

// state is everything a write can change.
func state(c *caller) any {
	return []any{c.s.Products(), c.s.Firms(), c.s.Invoices()}
}

// writes is one call of every route that writes.
func writes() []struct {
	route, method, path string
	body                any
} {
	type w = struct {
		route, method, path string
		body                any
	}
	return []w{
		{sandbox.RouteSaveProduct, http.MethodPut, "products", object{"id": 11, "isActive": true, "name": "Yeni", "code": "TRM-500", "type": 1}},
		{sandbox.RouteDeleteProducts, http.MethodDelete, "products?ids=11-1", nil},
		{sandbox.RouteActivate, http.MethodPost, "products/activate?ids=11-1", nil},
		{sandbox.RouteDeactivate, http.MethodPost, "products/deactivate?ids=11-1", nil},
		{sandbox.RouteStockReceipt, http.MethodPut, "stock", receiptBody(1, 5)},
		{sandbox.RouteSaveFirm, http.MethodPut, "firms", object{"id": 1, "name": "Yeni"}},
		{sandbox.RouteDeleteFirms, http.MethodDelete, "firms?ids=1", nil},
		{sandbox.RouteDraft, http.MethodPost, "invoices/integrationInvoices", draftBody()},
		{sandbox.RouteDeleteInvoices, http.MethodDelete, "invoices?Ids=2", nil},
		{sandbox.RouteFormalise, http.MethodPost, "einvoices/eInvoiceWithJson?invoiceId=2", nil},
	}
}

// What the caller sees is the same; whether the call was carried out is not.
func TestFaults_ofEveryWrite(t *testing.T) {
	for name, tt := range map[string]struct {
		fault  sandbox.Fault
		done   bool
		status int // 0: no answer
	}{
		"lost":               {sandbox.Fault{Kind: sandbox.FaultLost}, true, 0},
		"cut":                {sandbox.Fault{Kind: sandbox.FaultCut}, true, 0},
		"dropped":            {sandbox.Fault{Kind: sandbox.FaultDrop}, false, 0},
		"gateway, too late":  {sandbox.Fault{Kind: sandbox.FaultHTML, After: true}, true, http.StatusBadGateway},
		"gateway, before":    {sandbox.Fault{Kind: sandbox.FaultHTML}, false, http.StatusBadGateway},
		"error, too late":    {sandbox.Fault{Kind: sandbox.FaultStatus, After: true}, true, http.StatusInternalServerError},
		"too many, unheeded": {sandbox.Fault{Kind: sandbox.FaultRate}, false, http.StatusTooManyRequests},
		"put off":            {sandbox.Fault{Kind: sandbox.FaultLate}, false, 0},
		"put off, gateway":   {sandbox.Fault{Kind: sandbox.FaultLate, Status: http.StatusGatewayTimeout}, false, http.StatusGatewayTimeout},
	} {
		for _, w := range writes() {
			t.Run(name+" "+w.route, func(t *testing.T) {
				o := kept()
				o.AllowStock = true
				c := signed(t, o)
				if w.route == sandbox.RouteActivate {
					c.call(http.MethodPost, base+"products/deactivate?ids=11-1", nil)
				}
				before := state(c)
				tt.fault.Route = w.route
				c.s.Fault(tt.fault)
				r, err := c.try(w.method, base+w.path, w.body)
				if (err != nil) != (tt.status == 0) || r.Status != tt.status {
					t.Errorf("HTTP %d, %v", r.Status, err)
				}
				if done := !reflect.DeepEqual(before, state(c)); done != tt.done {
					t.Errorf("carried out: %v", done)
				}
				log := c.s.Log()
				last := log[len(log)-1]
				if unanswered := tt.status == 0 && tt.fault.Kind != sandbox.FaultCut; unanswered != (last.Status == 0) {
					t.Errorf("logged with HTTP %d", last.Status)
				}
				if last.Route != w.route || last.Cost != sandbox.CostWrite {
					t.Errorf("logged %+v", last)
				}
			})
		}
	}
}

// A write that the caller has given up on is carried out afterwards, once.
func TestFaultLate_isCarriedOutLater(t *testing.T) {
	for _, w := range writes() {
		t.Run(w.route, func(t *testing.T) {
			o := kept()
			o.AllowStock = true
			c := signed(t, o)
			if w.route == sandbox.RouteActivate {
				c.call(http.MethodPost, base+"products/deactivate?ids=11-1", nil)
			}
			before := state(c)
			c.s.Fault(sandbox.Fault{Kind: sandbox.FaultLate, Route: w.route})
			if r, err := c.try(w.method, base+w.path, w.body); err == nil {
				t.Errorf("HTTP %d", r.Status)
			}
			if n := c.s.Settle(); n != 1 || reflect.DeepEqual(before, state(c)) {
				t.Errorf("%d carried out, changed nothing", n)
			}
			after := state(c)
			if n := c.s.Settle(); n != 0 || !reflect.DeepEqual(after, state(c)) {
				t.Errorf("%d carried out again", n)
			}
		})
	}
}

func TestFaultLate_twiceIsCarriedOutOnce(t *testing.T) {
	c := signed(t, kept())
	for range 2 {
		c.s.Fault(sandbox.Fault{Kind: sandbox.FaultLate, Route: sandbox.RouteSaveProduct})
	}
	if r, err := c.try(http.MethodPut, base+"products", writes()[0].body); err == nil {
		t.Errorf("HTTP %d", r.Status)
	}
	if n := c.s.Settle(); n != 1 {
		t.Errorf("carried out %d times", n)
	}
}

// What is answered is true: a call that was refused for its rate is not carried out, and one that is put off is not refused.
func TestFaultLate_besideARefusal(t *testing.T) {
	late, rate := sandbox.Fault{Kind: sandbox.FaultLate, Route: sandbox.RouteSaveProduct}, sandbox.Fault{Kind: sandbox.FaultRate, Route: sandbox.RouteSaveProduct}
	for _, c := range []struct {
		faults []sandbox.Fault
		later  int
	}{{[]sandbox.Fault{late, rate}, 1}, {[]sandbox.Fault{rate, late}, 0}} {
		k := signed(t, kept())
		for _, f := range c.faults {
			k.s.Fault(f)
		}
		r, err := k.try(http.MethodPut, base+"products", writes()[0].body)
		if refused := err == nil && r.Status == http.StatusTooManyRequests; refused != (c.later == 0) {
			t.Errorf("%v: HTTP %d, %v", c.faults, r.Status, err)
		}
		if n := k.s.Settle(); n != c.later {
			t.Errorf("%v: carried out %d times", c.faults, n)
		}
	}
}

func TestFaultLate_byItsDelay(t *testing.T) {
	c := signed(t, kept())
	c.s.Fault(sandbox.Fault{Kind: sandbox.FaultLate, Route: sandbox.RouteSaveProduct, Delay: time.Millisecond})
	if r, err := c.try(http.MethodPut, base+"products", writes()[0].body); err == nil {
		t.Errorf("HTTP %d", r.Status)
	}
	for held(t, c, "TRM-500").Name != "Yeni" {
		runtime.Gosched()
	}
	if n := c.s.Settle(); n != 0 {
		t.Errorf("%d still waiting", n)
	}
}

// Each by its own time, the others in the order in which they came; the last one to be carried out holds.
func TestFaultLate_several(t *testing.T) {
	c := signed(t, kept())
	save := func(name string, delay time.Duration) {
		c.s.Mend()
		c.s.Fault(sandbox.Fault{Kind: sandbox.FaultLate, Route: sandbox.RouteSaveProduct, Delay: delay})
		body := object{"id": 11, "isActive": true, "name": name, "code": "TRM-500", "type": 1}
		if r, err := c.try(http.MethodPut, base+"products", body); err == nil {
			t.Errorf("HTTP %d", r.Status)
		}
	}
	save("birinci", 0)
	save("ikinci", time.Hour)
	save("üçüncü", time.Millisecond)
	for held(t, c, "TRM-500").Name != "üçüncü" {
		runtime.Gosched()
	}
	if n := c.s.Settle(); n != 2 || held(t, c, "TRM-500").Name != "ikinci" {
		t.Errorf("%d carried out, then it is %q", n, held(t, c, "TRM-500").Name)
	}
}

// A delay after the call: it is stored while the caller still waits.
func TestFaultDelay_afterTheCall(t *testing.T) {
	for after, want := range map[bool]string{true: "Yeni", false: "Termos 500 ml"} {
		c := signed(t, kept())
		c.s.Fault(sandbox.Fault{Kind: sandbox.FaultDelay, Route: sandbox.RouteSaveProduct, Delay: time.Hour, After: after})
		answered := make(chan error, 1)
		go func() {
			_, err := c.try(http.MethodPut, base+"products", writes()[0].body)
			answered <- err
		}()
		for after && held(t, c, "TRM-500").Name != want {
			runtime.Gosched()
		}
		if err := c.s.Close(); err != nil {
			t.Error(err)
		}
		if err := <-answered; err == nil {
			t.Error("answered in spite of the delay")
		}
		if got := held(t, c, "TRM-500").Name; got != want {
			t.Errorf("after %v: holds %q", after, got)
		}
	}
}

// A success that is none: the answer says so, the field is as it was.
func TestFaultIgnore_keepsTheFieldFromBeingStored(t *testing.T) {
	body := object{
		"id": 11, "isActive": false, "name": "Yeni", "code": "TRM-501", "type": 1, "vatRate": 10, "tags": []string{"yeni"},
		"units":  []object{{"code": "KGM", "name": "Kg", "isMain": true, "barcode": "1"}},
		"prices": []object{{"type": 1, "price": 99, "vatIncluded": true, "currency": "USD"}},
	}
	told := func(c *caller) object {
		p := c.s.Products()[0]
		d := c.get("products/11/1")
		var included, currency []any
		for _, price := range d["prices"].([]any) {
			included = append(included, price.(object)["priceTaxIncluded"])
			currency = append(currency, price.(object)["currency"])
		}
		return object{
			"isActive": !p.Passive, "name": p.Name, "code": p.Code, "vatRate": p.VATRate.Decimal.String(), "tags": fmt.Sprint(d["tags"]),
			"units":  fmt.Sprint(p.Unit, p.Barcode, len(p.Boxes)),
			"prices": fmt.Sprint(p.Price.Decimal, p.Currency, included, currency),
		}
	}
	c := signed(t, sandbox.Options{Products: priced()})
	old := told(c)
	c.put("products", body)
	all := told(c)
	for field := range old {
		t.Run(field, func(t *testing.T) {
			c := signed(t, sandbox.Options{Products: priced()})
			c.s.Fault(sandbox.Fault{Kind: sandbox.FaultIgnore, Route: sandbox.RouteSaveProduct, Field: field, Times: 1})
			c.put("products", body)
			for name, value := range told(c) {
				want := all[name]
				if name == field {
					want = old[name]
				}
				if value != want || old[name] == all[name] {
					t.Errorf("%s: was %v, sent %v, is %v", name, old[name], all[name], value)
				}
			}
			if c.put("products", body); !reflect.DeepEqual(told(c), all) {
				t.Errorf("the second save leaves %v", told(c))
			}
		})
	}
}

func TestFaultIgnore_ofANewProductAndOfAReceipt(t *testing.T) {
	c := signed(t, sandbox.Options{Products: priced(), AllowStock: true})
	c.s.Fault(sandbox.Fault{Kind: sandbox.FaultIgnore, Route: sandbox.RouteSaveProduct, Field: "prices"})
	c.s.Fault(sandbox.Fault{Kind: sandbox.FaultIgnore, Route: sandbox.RouteStockReceipt, Field: "stockTransactionLines"})
	c.put("products", object{
		"id": 0, "isActive": true, "name": "Bardak", "code": "BRD-1", "type": 1,
		"prices": []object{{"type": 1, "price": 100, "vatIncluded": true, "currency": "TL"}},
	})
	if p := held(t, c, "BRD-1"); p.Price.Valid || p.Name != "Bardak" {
		t.Errorf("holds %+v", p)
	}
	if id := c.put("stock", receiptBody(sandbox.StockEntry, 5)); id == 0 || held(t, c, "TRM-500").Stock.Decimal.String() != "14" || len(c.s.Receipts()) != 0 {
		t.Errorf("receipt %d moved it to %s", id, held(t, c, "TRM-500").Stock.Decimal)
	}
}

func TestLog_saysWhyACallWasRefused(t *testing.T) {
	c := signed(t, sales())
	body := draftBody()
	delete(customerOf(body), "postalCode")
	c.call(http.MethodPost, base+"invoices/integrationInvoices", body)
	log := c.s.Log()
	if last := log[len(log)-1]; last.Refusal != "Firma tanımında adres, posta kodu, şehir ve ilçe alanları dolu olmalıdır" || last.Status != 400 {
		t.Errorf("logged %+v", last)
	}
}
