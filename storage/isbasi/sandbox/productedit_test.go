package sandbox_test

import (
	"net/http"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/storage/isbasi/sandbox"
)

func TestProductEdits_areSeenAtOnce(t *testing.T) {
	now := time.Date(2026, 11, 25, 9, 0, 0, 0, time.UTC)
	c := signed(t, sandbox.Options{Products: priced(), Plain: true, Now: func() time.Time { return now }})
	c.mustList(productsBody(1, 10)) // the view of this list is kept, and must not outlive a change
	if !c.s.ChangeProduct("TRM-500", func(p *sandbox.Product) {
		p.Price, p.Stock, p.Currency, p.Passive = number("19.99"), number("7"), "USD", true
	}) {
		t.Fatal("no such product")
	}
	row := c.mustList(productsBody(1, 10)).Data[0]
	if row["salesPriceTaxIncluded"] != 19.99 || row["stock"] != 7.0 || row["currency"] != "USD" || row["isActive"] != false ||
		row["modificationDate"] != "2026-11-25T12:00:00" {
		t.Errorf("lists %v", row)
	}
	then := now.Add(-48 * time.Hour)
	c.s.ChangeProduct("TRM-500", func(p *sandbox.Product) { p.ModifiedAt = then })
	p, ok := c.s.Product("TRM-500")
	if !ok || !p.ModifiedAt.Equal(then) || p.Price.Decimal.String() != "19.99" || p.Currency != "USD" || !p.Passive {
		t.Errorf("holds %+v", p)
	}

	added := c.s.AddProduct(sandbox.Product{Code: "YENİ-1", Name: "Bardak", Price: number("5")})
	if added.ID <= 12 || !added.ModifiedAt.Equal(now) {
		t.Errorf("added %+v", added)
	}
	whole := sandbox.Product{ID: 5, Code: "YENİ-2", ModifiedAt: then}
	if got := c.s.AddProduct(whole); !reflect.DeepEqual(got, whole) {
		t.Errorf("added %+v", got)
	}
	if got := c.mustList(productsBody(1, 10)).ids(); !slices.Equal(got, []int64{5, 11, 12, added.ID}) {
		t.Errorf("lists %v", got)
	}
	if !c.s.DeleteProduct("TRM-500") || c.s.DeleteProduct("TRM-500") {
		t.Error("deleted twice, or never")
	}
	if got := c.mustList(productsBody(1, 10)).ids(); !slices.Equal(got, []int64{5, 12, added.ID}) {
		t.Errorf("after the deletion %v", got)
	}
	if _, ok := c.s.Product("TRM-500"); ok || c.s.ChangeProduct("TRM-500", func(*sandbox.Product) { t.Error("changed a product that is gone") }) {
		t.Error("the deleted product is there")
	}
}

func TestLog_sinceAMark(t *testing.T) {
	c := signed(t, sandbox.Options{Products: priced()})
	write := object{"id": 11, "isActive": true, "name": "Termos", "code": "TRM-500", "type": 1}
	c.mustList(productsBody(1, 1))
	mark := c.s.Mark()
	if calls := c.s.Since(mark); len(calls) != 0 {
		t.Errorf("already %v", calls)
	}
	c.put("products", write)
	c.mustList(productsBody(1, 1))
	c.put("products", write)
	check := func() {
		t.Helper()
		calls := c.s.Since(mark)
		if len(calls) != 3 || calls.Spent(sandbox.CostWrite) != 2 || calls.Spent(sandbox.CostRead) != 1 || calls.Spent(sandbox.CostNone) != 0 ||
			calls.Count(sandbox.RouteSaveProduct) != 2 || calls.Count(sandbox.RouteProducts) != 1 || calls[0].Method != http.MethodPut {
			t.Errorf("since the mark %+v", calls)
		}
	}
	check()
	if all := c.s.Log(); len(all) != 5 || all.Spent(sandbox.CostRead) != 2 {
		t.Errorf("in all %+v", all)
	}
	c.s.ForgetLog()
	if len(c.s.Since(mark)) != 0 {
		t.Error("forgotten calls are remembered")
	}
	mark = c.s.Mark()
	c.put("products", write)
	c.mustList(productsBody(1, 1))
	c.put("products", write)
	check()
}
