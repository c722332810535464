package isbasi

import (
	"strings"
	"testing"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
)

func TestStockSaved_findsAReceiptByItsNumber(t *testing.T) {
	const rows = `[{"id":1,"docNumber":"S1-39"},{"id":2},{"id":3,"docNumber":null},{"id":4,"docNumber":" S1-40 "}]`
	for number, want := range map[string]bool{"S1-40": true, "S1-39": true, "S1-4": false, "": false, "s1-40": false} {
		c, d := scripted(t, map[string][]reaction{"POST stock/stocktransactionlist/101?type=1": {says(good(`{"count":4,"data":` + rows + `}`))}})
		there, err := c.StockSaved(t.Context(), domain.ProductRef{ID: "101", Type: 1}, number)
		if err != nil || there != want {
			t.Errorf("%q: %v, %v", number, there, err)
		}
		if body := d.body(0); !strings.Contains(body, `"sorting":{"date":"Desc"}`) || !strings.Contains(body, `"pageSize":100`) {
			t.Errorf("asked for %s", body)
		}
	}
	c, _ := scripted(t, map[string][]reaction{"POST stock/stocktransactionlist/101?type=1": {saysStatus(503, "<html>")}})
	if there, err := c.StockSaved(t.Context(), domain.ProductRef{ID: "101", Type: 1}, "S1-40"); there || domain.KindOf(err) != domain.KindUnavailable {
		t.Errorf("%v, %v", there, err)
	}
	if there, err := c.StockSaved(t.Context(), domain.ProductRef{ID: "", Type: 1}, "S1-40"); there || domain.KindOf(err) != domain.KindInvalid {
		t.Errorf("%v, %v", there, err)
	}
}

func TestChanged_asksForWhatIsDatedSince(t *testing.T) {
	c, d := scripted(t, map[string][]reaction{"POST products/products": {says(good(`{"count":1,"data":[{"id":101,"type":1,"modificationDate":"2026-05-04T14:30:00"}]}`))}})
	var ids []domain.RemoteID
	for page, err := range c.Changed(t.Context(), utc("2026-05-04T11:30:00Z"), transfer.Range{From: 1}) {
		if err != nil || !page.Last || page.Total != 1 || page.Number != 1 {
			t.Fatalf("%+v, %v", page, err)
		}
		for _, p := range page.Products {
			ids = append(ids, p.ID)
		}
	}
	if len(ids) != 1 || ids[0] != "101" {
		t.Errorf("%v", ids)
	}
	if body := d.body(0); !strings.Contains(body, `{"columnName":"modificationDate","operator":"IsGreaterThanOrEqualTo","value":"2026-05-04T14:30:00"}`) {
		t.Errorf("asked for %s", body)
	}
}

// An İşbaşı that does not understand the filter gives everything, and counts it: the rows have to tell.
func TestChanged_leavesOutNothingThatContradictsIt(t *testing.T) {
	c, _ := scripted(t, map[string][]reaction{"POST products/products": {says(good(`{"count":2,"data":[
		{"id":101,"type":1,"modificationDate":"2026-05-04T14:30:00"},{"id":102,"type":1,"modificationDate":"2026-05-01T14:30:00"}]}`))}})
	for page, err := range c.Changed(t.Context(), utc("2026-05-04T11:30:00Z"), transfer.Range{From: 1}) {
		if err != nil || page.Total != 2 || len(page.Products) != 2 || page.Products[1].ID != "102" || !page.Products[1].ModifiedAt.Equal(utc("2026-05-01T11:30:00Z")) {
			t.Errorf("%+v, %v", page, err)
		}
	}
}
