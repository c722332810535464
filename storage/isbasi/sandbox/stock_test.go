package sandbox_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"

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
		"words":    {func(o object) { o["description"] = strings.Repeat("ş", 301) }, 400},
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
	var l listing
	c.call(http.MethodPost, path, body).ok(t, &l)
	if *l.Count != 2 || l.Data[0]["processType"] != "StockEntry" || l.Data[0]["amount"] != 14.0 ||
		l.Data[1]["processType"] != "StockOut" || l.Data[1]["amount"] != 4.0 || l.Data[1]["receiptType"] != "Receipt" {
		t.Errorf("lists %v", l.Data)
	}
	c.call(http.MethodPost, base+"stock/stocktransactionlist/11?type=2", body).refused(t, 400, "type")
	c.call(http.MethodPost, base+"stock/stocktransactionlist/99?type=1", body).refused(t, 599, "Bulunamadı")
	body["sorting"] = object{"colour": "Asc"}
	c.call(http.MethodPost, path, body).refused(t, 400, "colour")
}

// The sender's number finds a receipt again whose answer was lost.
func TestStock_receiptKeepsItsDocumentNumber(t *testing.T) {
	c := signed(t, sandbox.Options{Products: priced(), AllowStock: true})
	body := receiptBody(sandbox.StockOut, 4)
	body["docNumber"], body["description"] = "SPY-0007", "Sopyo eşitleme"
	body["stockTransactionLines"] = append(body["stockTransactionLines"].([]object), object{"amount": 1, "stockRef": "11"})
	c.s.Fault(sandbox.Fault{Kind: sandbox.FaultLost, Route: sandbox.RouteStockReceipt})
	if r, err := c.try(http.MethodPut, base+"stock", body); err == nil {
		t.Fatalf("HTTP %d", r.Status)
	}
	var l listing
	c.call(http.MethodPost, base+"stock/stocktransactionlist/11?type=1", productsBody(1, 10,
		object{"columnName": "docNumber", "operator": "IsEqualTo", "value": "SPY-0007"})).ok(t, &l)
	if len(l.Data) != 2 || l.Data[0]["docNumber"] != "SPY-0007" || l.Data[0]["amount"] != 4.0 || l.Data[1]["amount"] != 1.0 ||
		l.Data[0]["number"] != l.Data[1]["number"] {
		t.Errorf("lists %v", l.Data)
	}
	if ids := l.ids(); len(ids) != 2 || ids[0] == ids[1] {
		t.Errorf("ids %v", ids)
	}
	date := time.Date(2026, 5, 4, 7, 0, 0, 0, time.UTC)
	want := []sandbox.Receipt{
		{ID: 7001, Kind: sandbox.StockOut, ProductID: 11, Amount: decimal.NewFromInt(-4), Date: date, DocNumber: "SPY-0007", Description: "Sopyo eşitleme"},
		{ID: 7001, Kind: sandbox.StockOut, ProductID: 11, Amount: decimal.NewFromInt(-1), Date: date, DocNumber: "SPY-0007", Description: "Sopyo eşitleme"},
	}
	got := c.s.Receipts()
	for i := range got {
		if !got[i].Date.Equal(date) {
			t.Errorf("date %v", got[i].Date)
		}
		got[i].Date = date
	}
	if fmt.Sprintf("%+v", got) != fmt.Sprintf("%+v", want) {
		t.Errorf("holds %+v", got)
	}
	c.s.Mend()
	if id := c.put("stock", receiptBody(sandbox.StockEntry, 1)); id != 7002 {
		t.Errorf("the next receipt is %d", id)
	}
}

// What an invoice moved is found by the invoice's number; its lines are one receipt.
func TestStock_movementOfAnInvoice(t *testing.T) {
	o := sales()
	o.Plain, o.AllowStock = true, true
	c := signed(t, o)
	m := c.draft(draftBody())
	formalise(c, lastID(c))
	c.put("stock", receiptBody(sandbox.StockEntry, 1))
	var l listing
	c.call(http.MethodPost, base+"stock/stocktransactionlist/11?type=1", productsBody(1, 10, object{"columnName": "docNumber", "operator": 3, "value": m.No})).ok(t, &l)
	if len(l.Data) != 1 {
		t.Fatalf("lists %v", l.Data)
	}
	same(t, l.Data[0], object{
		"id": "1", "number": "7001", "serialNumber": nil, "docNumber": m.No, "date": "2026-05-04T14:30:00", "type": "StockOut", "processType": "StockOut",
		"transactionTypeId": "Sale", "receiptType": "Invoice", "amount": 2.0, "unitName": "Adet", "price": 349.9, "currency": "TL", "exchangeRate": 1.0,
		"vatIncluded": true, "firmName": "Örnek Alıcı", "isCancelled": false, "isEditable": false,
	})
}

// The question whether the key may: refused either way, and nothing moves.
func TestStock_emptyReceiptMovesNothing(t *testing.T) {
	for name, tt := range map[string]struct {
		allow  bool
		status int
	}{"not allowed": {false, http.StatusForbidden}, "allowed": {true, http.StatusBadRequest}} {
		for _, lines := range []any{[]object{}, nil} {
			c := signed(t, sandbox.Options{Products: priced(), AllowStock: tt.allow})
			body := receiptBody(sandbox.StockEntry, 1)
			body["id"], body["stockTransactionLines"] = 0, lines
			r := c.call(http.MethodPut, base+"stock", body)
			if r.refused(t, tt.status, ""); r.Status != tt.status || len(c.s.Receipts()) != 0 || held(t, c, "TRM-500").Stock.Decimal.String() != "14" {
				t.Errorf("%s: HTTP %d, %v", name, r.Status, c.s.Receipts())
			}
		}
	}
}
