package sandbox_test

import (
	"net/http"
	"testing"

	"github.com/sopyo/sopyo-desktop/storage/isbasi/sandbox"
)

func receiptBody(kind int, amount any) object {
	return object{
		"type": kind, "date": "2026-05-04T10:00:00", "currency": "TL", "exchangeRate": 1,
		"stockTransactionLines": []object{{"amount": amount, "stockRef": "11", "price": 10}},
	}
}

func TestStock_isForbiddenUnlessAllowed(t *testing.T) {
	c := signed(t, sandbox.Options{Products: priced()})
	r := c.call(http.MethodPut, base+"stock", receiptBody(1, 5))
	r.refused(t, http.StatusForbidden, "API yetkilendirilmedi")
	if r.Status != http.StatusForbidden || held(t, c, "TRM-500").Stock.Decimal.String() != "14" {
		t.Errorf("HTTP %d", r.Status)
	}
}

func TestStock_receiptsMoveIt(t *testing.T) {
	for name, tt := range map[string]struct {
		kind   int
		amount any
		want   string
	}{
		"entry":      {sandbox.StockEntry, 5, "19"},
		"out":        {sandbox.StockOut, 5.5, "8.5"},
		"adjustment": {sandbox.StockAdjustment, "-14", "0"},
	} {
		t.Run(name, func(t *testing.T) {
			c := signed(t, sandbox.Options{Products: priced(), AllowStock: true})
			c.put("stock", receiptBody(tt.kind, tt.amount))
			if got := held(t, c, "TRM-500").Stock.Decimal.String(); got != tt.want {
				t.Errorf("stock %s, want %s", got, tt.want)
			}
		})
	}
}

func TestStock_refuses(t *testing.T) {
	for name, tt := range map[string]struct {
		change func(object)
		code   int
	}{
		"kind":     {func(o object) { o["type"] = 9 }, 400},
		"date":     {func(o object) { o["date"] = "dün" }, 400},
		"currency": {func(o object) { delete(o, "currency") }, 400},
		"rate":     {func(o object) { delete(o, "exchangeRate") }, 400},
		"no lines": {func(o object) { delete(o, "stockTransactionLines") }, 400},
		"amount":   {func(o object) { o["stockTransactionLines"].([]object)[0]["amount"] = nil }, 400},
		"product":  {func(o object) { o["stockTransactionLines"].([]object)[0]["stockRef"] = 99 }, 599},
		"body":     {func(o object) { o["type"] = "x" }, 400},
	} {
		t.Run(name, func(t *testing.T) {
			c := signed(t, sandbox.Options{Products: priced(), AllowStock: true})
			body := receiptBody(1, 5)
			tt.change(body)
			c.call(http.MethodPut, base+"stock", body).refused(t, tt.code, "")
			if got := held(t, c, "TRM-500").Stock.Decimal.String(); got != "14" {
				t.Errorf("stock %s", got)
			}
		})
	}
}

func TestStock_movementsAreListed(t *testing.T) {
	c := signed(t, sandbox.Options{Products: priced(), AllowStock: true})
	c.put("stock", receiptBody(sandbox.StockOut, 4))
	path := base + "stock/stocktransactionlist/11?type=1"
	body := object{"filters": []object{{"columnName": "isCancelled", "operator": "IsEqualTo", "value": "false"}}, "count": true}
	c.call(http.MethodPost, path, body).refused(t, 400, "UserId zorunludur.")
	c.person = "owner@example.com"
	var l listing
	c.call(http.MethodPost, path, body).ok(t, &l)
	if *l.Count != 2 || l.Data[0]["processType"] != "StockEntry" || l.Data[0]["amount"] != 14.0 ||
		l.Data[1]["processType"] != "StockOut" || l.Data[1]["amount"] != 4.0 || l.Data[1]["receiptType"] != "Receipt" {
		t.Errorf("lists %v", l.Data)
	}
	c.call(http.MethodPost, base+"stock/stocktransactionlist/11?type=2", body).refused(t, 400, "type")
	c.call(http.MethodPost, base+"stock/stocktransactionlist/99?type=1", body).refused(t, 599, "Bulunamadı")
	body["filters"] = []object{{"columnName": "colour", "operator": 3, "value": "x"}}
	c.call(http.MethodPost, path, body).refused(t, 400, "colour")
}
