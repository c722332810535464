package sandbox_test

import (
	"net/http"
	"reflect"
	"testing"

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
				if last := log[len(log)-1]; last.Route != w.route || last.Cost != sandbox.CostWrite {
					t.Errorf("logged %+v", last)
				}
			})
		}
	}
}

func TestLog_saysWhyACallWasRefused(t *testing.T) {
	c := signed(t, sales())
	body := draftBody()
	delete(customerOf(body), "postalCode")
	c.call(http.MethodPost, base+"invoices/integrationInvoices", body)
	log := c.s.Log()
	if last := log[len(log)-1]; last.Refusal != "Posta kodu zorunludur." || last.Status != 400 {
		t.Errorf("logged %+v", last)
	}
}
