package sandbox_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/sopyo/sopyo-desktop/storage/isbasi/sandbox"
)

// signed is a signed-in caller.
func signed(t *testing.T, o sandbox.Options) *caller {
	t.Helper()
	c := start(t, o)
	c.signIn()
	return c
}

// get reads one record.
func (c *caller) get(path string) object {
	c.t.Helper()
	var data object
	c.call(http.MethodGet, base+path, nil).ok(c.t, &data)
	return data
}

// number reads an id that is text or a number.
func idOf(t *testing.T, data json.RawMessage) int64 {
	t.Helper()
	var id int64
	if _, err := fmt.Sscan(strings.Trim(string(data), `"`), &id); err != nil {
		t.Fatalf("id %s", data)
	}
	return id
}

// put changes a record and gives the answer's id.
func (c *caller) put(path string, body object) int64 {
	c.t.Helper()
	r := c.call(http.MethodPut, base+path, body)
	var data json.RawMessage
	r.ok(c.t, &data)
	return idOf(c.t, data)
}

// held gives a product as the server holds it.
func held(t *testing.T, c *caller, code string) sandbox.Product {
	t.Helper()
	products := c.s.Products()
	i := slices.IndexFunc(products, func(p sandbox.Product) bool { return p.Code == code })
	if i < 0 {
		t.Fatalf("no product %s", code)
	}
	return products[i]
}

// priced are products whose details have much in them: boxes, a purchase price, unknown fields.
func priced() []sandbox.Product {
	return []sandbox.Product{{
		ID: 11, Code: "TRM-500", Name: "Termos 500 ml", Barcode: "8690000000012", Price: number("349.9"), Currency: "TL",
		Stock: number("14"), VATRate: number("20"), Brand: "Tencerem", Category: "Mutfak",
		Boxes: []sandbox.Box{{Name: "Koli", Barcode: "8690000000029", Pieces: 12}},
	}, {ID: 12, Code: "HZM-1", Name: "Montaj", Type: sandbox.TypeService}}
}

func TestSaveProduct_whatIsReadCanBeWrittenBack(t *testing.T) {
	c := signed(t, sandbox.Options{Products: priced()})
	c.s.Change(func(o *sandbox.Options) { o.Plain = true }) // ids of one kind, to compare
	for range 2 {                                           // the second time from what was saved
		before := c.get("products/11/1")
		if id := c.put("products", before); id != 11 {
			t.Errorf("answers id %d", id)
		}
		if after := c.get("products/11/1"); !reflect.DeepEqual(before, after) {
			t.Errorf("was  %v\nis   %v", before, after)
		}
	}
	if p := held(t, c, "TRM-500"); p.Stock.Decimal.String() != "14" || p.Barcode != "8690000000012" || len(p.Boxes) != 1 || p.Price.Decimal.String() != "349.9" {
		t.Errorf("holds %+v", p)
	}
}

func TestSaveProduct_blanksWhatIsMissing(t *testing.T) {
	c := signed(t, sandbox.Options{Products: priced()})
	before := c.get("products/11/1")
	if before["shelfNote"] == nil || before["tags"] == nil || len(before["prices"].([]any)) != 2 || len(before["units"].([]any)) != 2 {
		t.Fatalf("there is nothing to lose in %v", before)
	}
	c.put("products", object{"id": 11, "isActive": true, "name": "Termos", "code": "TRM-500", "type": 1})
	after := c.get("products/11/1")
	for _, lost := range []string{"shelfNote", "tags", "prices", "vatRate", "brandName", "category", "purchasable"} {
		if after[lost] != nil {
			t.Errorf("%s is still %v", lost, after[lost])
		}
	}
	if p := held(t, c, "TRM-500"); p.Barcode != "" || len(p.Boxes) != 0 || p.Price.Valid || p.Stock.Decimal.String() != "14" || p.Name != "Termos" {
		t.Errorf("holds %+v", p)
	}
	row := c.mustList(productsBody(1, 1)).Data[0]
	if row["barcode"] != nil || row["salesPriceTaxIncluded"] != nil || row["stock"] != 14.0 {
		t.Errorf("lists %v", row)
	}
}

func TestSaveProduct_keepsUnknownFieldsOfUnitsAndPrices(t *testing.T) {
	c := signed(t, sandbox.Options{Products: priced()})
	whole := c.get("products/11/1")
	whole["units"].([]any)[1].(object)["logicalRef"] = 7
	whole["prices"].([]any)[0].(object)["campaign"] = "yaz"
	c.put("products", whole)
	after := c.get("products/11/1")
	if got := after["units"].([]any)[1].(object)["logicalRef"]; got != 7.0 {
		t.Errorf("logicalRef %v", got)
	}
	if got := after["prices"].([]any)[0].(object)["campaign"]; got != "yaz" {
		t.Errorf("campaign %v", got)
	}
}

func TestSaveProduct_creates(t *testing.T) {
	for name, id := range map[string]any{"number": 0, "text": "0", "empty": "", "null": nil} {
		t.Run(name, func(t *testing.T) {
			c := signed(t, sandbox.Options{Products: priced()})
			got := c.put("products", object{
				"id": id, "isActive": true, "name": "Bardak", "code": "BRD-1", "type": 1, "vatRate": 20,
				"units":  []object{{"code": "C62", "name": "Adet", "isMain": true, "barcode": "8690000000036"}},
				"prices": []object{{"priceid": 0, "type": 1, "price": 100, "vatIncluded": false, "currency": "TRY", "unit": "C62"}},
			})
			p := held(t, c, "BRD-1")
			if p.ID != got || got == 11 || p.Barcode != "8690000000036" || p.Price.Decimal.String() != "120" || p.Currency != "TL" || p.Passive || p.Stock.Valid {
				t.Errorf("id %d, holds %+v", got, p)
			}
			price := c.get(fmt.Sprintf("products/%d/1", got))["prices"].([]any)[0].(object)
			if price["price"] != 100.0 || price["priceTaxIncluded"] != 120.0 || price["priceTaxExcluded"] != 100.0 {
				t.Errorf("price %v", price)
			}
		})
	}
}

// isbasi-api.md §3.4, §4.1: the row follows the price that was saved, at eight decimals.
func TestSaveProduct_rowFollowsThePrice(t *testing.T) {
	for name, tt := range map[string]struct {
		price object
		vat   any
		want  string
	}{
		"with VAT":                {object{"price": 349.9, "vatIncluded": true}, 20, "349.9"},
		"eight decimals":          {object{"price": 12.34567891, "vatIncluded": true}, 20, "12.34567891"},
		"the ninth rounded":       {object{"price": 12.345678915, "vatIncluded": true}, 20, "12.34567892"},
		"without VAT":             {object{"price": 291.58333333, "vatIncluded": false}, 20, "349.9"},
		"without VAT, ten places": {object{"price": 0.12345679, "vatIncluded": false}, 1, "0.12469136"},
		"in words of all three":   {object{"price": 120, "vatIncluded": true, "priceTaxIncluded": 120, "priceTaxExcluded": 100}, 20, "120"},
		"zero":                    {object{"price": 0, "vatIncluded": true}, 20, "0"},
	} {
		t.Run(name, func(t *testing.T) {
			c := signed(t, sandbox.Options{Products: priced()})
			tt.price["type"], tt.price["currency"] = 1, "TL"
			c.put("products", object{
				"id": 11, "isActive": true, "name": "Termos", "code": "TRM-500", "type": 1, "vatRate": tt.vat, "prices": []object{tt.price},
			})
			r := c.list(productsBody(1, 1))
			if !strings.Contains(r.Raw, `"salesPriceTaxIncluded":`+tt.want+`,`) && !strings.Contains(r.Raw, `"salesPriceTaxIncluded":`+tt.want+`}`) {
				t.Errorf("lists %s", r.Raw)
			}
			if got := held(t, c, "TRM-500").Price; !got.Valid || got.Decimal.String() != tt.want {
				t.Errorf("holds %s", got.Decimal)
			}
		})
	}
}

// What a save does not say is not so: the Go client that leaves isActive out makes passive products.
func TestSaveProduct_isPassiveUnlessSaid(t *testing.T) {
	c := signed(t, sandbox.Options{Products: priced()})
	r := c.call(http.MethodPost, base+"products", object{"name": "Bardak", "code": "BRD-1", "type": 1, "mainUnit": object{"name": "Kutu", "barcode": "1"}})
	var id json.RawMessage
	r.ok(t, &id)
	if p := held(t, c, "BRD-1"); !p.Passive || p.Unit != "Kutu" || p.Barcode != "1" {
		t.Errorf("holds %+v", p)
	}
}

func TestSaveProduct_refuses(t *testing.T) {
	prices := func(price object) func(object) { return func(o object) { o["prices"] = []object{price} } }
	for _, tt := range []struct {
		name    string
		change  func(object)
		code    int
		message string
	}{
		{"no name", func(o object) { delete(o, "name") }, 400, "Ürün adı zorunludur."},
		{"no code, no name", func(o object) { o["code"], o["name"] = "", "" }, 400, "Ürün adı zorunludur.\nÜrün kodu zorunludur."},
		{"no type", func(o object) { delete(o, "type") }, 400, "tipi"},
		{"type of no kind", func(o object) { o["type"] = 3 }, 400, "tipi"},
		{"unit without code", func(o object) { o["units"] = []object{{"name": "Adet"}} }, 400, "Birim kodu"},
		{"unit's code too long", func(o object) { o["units"] = []object{{"code": "ABCDEFGHIJKL"}} }, 400, "en fazla 11"},
		{"barcode too long", func(o object) { o["units"] = []object{{"code": "A", "barcode": strings.Repeat("1", 102)}} }, 400, "en fazla 101"},
		{"one of three prices left behind", prices(object{"type": 1, "price": 120, "vatIncluded": true, "priceTaxIncluded": 100}), 400, "tutmuyor"},
		{"net price left behind", prices(object{"type": 1, "price": 120, "vatIncluded": true, "priceTaxExcluded": 120}), 400, "tutmuyor"},
		{"unknown id", func(o object) { o["id"] = 99 }, 599, "Kayıt Numarası Bulunamadı!"},
		{"id of a service", func(o object) { o["id"], o["code"] = 12, "X" }, 599, "Kayıt Numarası Bulunamadı!"},
		{"code of another", func(o object) { delete(o, "id") }, 599, "Bu kodla"},
		{"id of no kind", func(o object) { o["id"] = "x" }, 400, "okunamadı"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c := signed(t, sandbox.Options{Products: priced()})
			body := object{"id": 11, "isActive": true, "name": "Termos", "code": "TRM-500", "type": 1, "vatRate": 20}
			tt.change(body)
			before := c.s.Products()
			c.call(http.MethodPut, base+"products", body).refused(t, tt.code, tt.message)
			if !reflect.DeepEqual(before, c.s.Products()) {
				t.Error("something was saved")
			}
		})
	}
	c := signed(t, sandbox.Options{Products: priced()})
	for _, body := range []any{[]int{1}, "x", json.RawMessage("null")} {
		c.call(http.MethodPut, base+"products", body).refused(t, 400, "okunamadı")
	}
}

func TestSaveProduct_isSeenByFilters(t *testing.T) {
	c := signed(t, sandbox.Options{Products: priced()})
	byCode := productsBody(1, 10, object{"columnName": "code", "operator": 3, "value": "YENİ"})
	if l := c.mustList(byCode); len(l.Data) != 0 {
		t.Fatal("there already")
	}
	c.put("products", object{"id": "11", "isActive": true, "name": "Termos", "code": "YENİ", "type": 1})
	if l := c.mustList(byCode); !slices.Equal(l.ids(), []int64{11}) {
		t.Errorf("finds %v", l.ids())
	}
}

func TestProductStatus(t *testing.T) {
	three := []sandbox.Product{{ID: 1, Code: "A", Passive: true}, {ID: 2, Code: "B"}, {ID: 3, Code: "C", Type: sandbox.TypeService}}
	for _, tt := range []struct {
		name, method, path string
		code               int // 0: carried out
		count              float64
		left               string // active codes
	}{
		{"activate", http.MethodPost, "products/activate?ids=1-1", 0, 1, "ABC"},
		{"deactivate two", http.MethodPost, "products/deactivate?ids=2-1,3-2", 0, 2, ""},
		{"delete two", http.MethodDelete, "products?ids=2-1,3-2", 0, 2, ""},
		{"names without case", http.MethodDelete, "products?Ids=2-1", 0, 1, "C"},
		{"delete an unknown one", http.MethodDelete, "products?ids=2-1,9-1", 599, 0, "BC"},
		{"other type", http.MethodPost, "products/deactivate?ids=3-1", 599, 0, "BC"},
		{"no type", http.MethodDelete, "products?ids=2", 400, 0, "BC"},
		{"no number", http.MethodPost, "products/activate?ids=x-1", 400, 0, "BC"},
		{"no ids", http.MethodDelete, "products", 400, 0, "BC"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c := signed(t, sandbox.Options{Products: three})
			r := c.call(tt.method, base+tt.path, nil)
			if tt.code != 0 {
				r.refused(t, tt.code, "")
			} else {
				var count float64
				if r.ok(t, &count); count != tt.count {
					t.Errorf("answers %v", count)
				}
			}
			left := ""
			for _, p := range c.s.Products() {
				if !p.Passive {
					left += p.Code
				}
			}
			if left != tt.left {
				t.Errorf("active are %q", left)
			}
		})
	}
}
