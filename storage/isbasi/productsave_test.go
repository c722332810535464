package isbasi

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/sopyo/sopyo-desktop/domain"
)

var matara = domain.ProductRef{ID: "101", Type: 1}

// dataOf is the data of an answer as a record.
func dataOf(t *testing.T, body string) record {
	t.Helper()
	var e struct {
		Data record `json:"data"`
	}
	if err := json.Unmarshal([]byte(body), &e); err != nil {
		t.Fatal(err)
	}
	return e.Data
}

// compact writes JSON in one way, numbers as they were.
func compact(t *testing.T, raw json.RawMessage) string {
	t.Helper()
	if raw == nil {
		return "absent"
	}
	text, err := json.Marshal(raw)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// differing lists the fields in which two records differ.
func differing(t *testing.T, a, b record) []string {
	t.Helper()
	names := map[string]bool{}
	for _, r := range []record{a, b} {
		for name := range r {
			if compact(t, a[name]) != compact(t, b[name]) {
				names[name] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(names))
}

func TestSaveProduct_changesOnlyWhatIsMeant(t *testing.T) {
	for name, tc := range map[string]struct {
		change domain.ProductChange
		fields []string
		want   string // part of the body
	}{
		"price": {
			domain.ProductChange{Price: price("360")},
			[]string{"prices"},
			`"price":360,"priceTaxExcluded":300,"priceTaxIncluded":360,"priceid":70,"type":1,"unit":"Adet","vatIncluded":true`,
		},
		"name":    {domain.ProductChange{Name: " Çelik <Matara> & Kupa "}, []string{"name"}, `"name":"Çelik \u003cMatara\u003e \u0026 Kupa"`},
		"barcode": {domain.ProductChange{Barcode: "8690000000029"}, []string{"mainUnit", "units"}, `"barcode":"8690000000029","code":"C62"`},
		"all": {
			domain.ProductChange{Price: price("1.005"), PriceIn: domain.TRY, Name: "Kupa", Barcode: "8690000000029"},
			[]string{"mainUnit", "name", "prices", "units"},
			`"priceTaxExcluded":0.8375,"priceTaxIncluded":1.005`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			detail := fixture(t, "product_detail")
			c, d := atDesk(t, map[string][]reaction{
				"GET products/101/1": {says(detail)}, "PUT products": {says(fixture(t, "saved_number"))},
			})
			before, err := c.SaveProduct(t.Context(), matara, tc.change)
			if err != nil {
				t.Fatal(err)
			}
			if before.Name != "Çelik Matara 750 ml" {
				t.Errorf("before: %+v", before)
			}
			d.was("GET products/101/1", "PUT products")
			var sent record
			if err := json.Unmarshal([]byte(d.body(1)), &sent); err != nil {
				t.Fatal(err)
			}
			if got := differing(t, dataOf(t, detail), sent); !slices.Equal(got, tc.fields) {
				t.Errorf("changed %v, want %v", got, tc.fields)
			}
			if !strings.Contains(d.body(1), tc.want) {
				t.Errorf("%s is not in %s", tc.want, d.body(1))
			}
			if reads, writes := c.Calls(); reads != 1 || writes != 1 {
				t.Errorf("%d reads, %d writes", reads, writes)
			}
		})
	}
}

func TestSaveProduct_otherUnitsAndPricesStay(t *testing.T) {
	detail := fixture(t, "product_detail")
	c, d := atDesk(t, map[string][]reaction{
		"GET products/101/1": {says(detail)}, "PUT products": {says(fixture(t, "saved_text"))},
	})
	if _, err := c.SaveProduct(t.Context(), matara, domain.ProductChange{Price: price("10"), Barcode: "1"}); err != nil {
		t.Fatal(err)
	}
	for _, kept := range []string{
		`{"code":"A-1","currency":"TL","exchangeRate":1,"price":200,"priceTaxExcluded":200,"priceTaxIncluded":240,"priceid":71,"type":2,"unit":"Adet","vatIncluded":false}`,
		`"barcode":"18690000000019"`, `"minLevel":3.50`, `"yeniAlan":{"derin":[1,null,{"a":1.10}]}`, `"image":"aGVsbG8="`,
	} {
		if !strings.Contains(d.body(1), kept) {
			t.Errorf("%s is not in %s", kept, d.body(1))
		}
	}
}

func TestSaveProduct_writesNothingWhenNothingDiffers(t *testing.T) {
	for name, change := range map[string]domain.ProductChange{
		"nothing":    {},
		"same price": {Price: price("349.900")},
		"same text":  {Name: "Çelik Matara 750 ml ", Barcode: "8690000000012"},
	} {
		t.Run(name, func(t *testing.T) {
			c, d := atDesk(t, map[string][]reaction{"GET products/101/1": {says(fixture(t, "product_detail"))}})
			if _, err := c.SaveProduct(t.Context(), matara, change); err != nil {
				t.Fatal(err)
			}
			d.was("GET products/101/1")
		})
	}
}

func TestSaveProduct_prices(t *testing.T) {
	const main = `"mainUnit":{"code":"C62","name":"Adet"},"vatRate":20,`
	for name, tc := range map[string]struct {
		fields string
		in     domain.Currency
		want   string // the prices as they are sent; "" = refused
		kind   domain.Kind
		field  string
	}{
		"price without VAT": {
			main + `"prices":[{"type":1,"price":10,"vatIncluded":false,"currency":"TRY","unit":"C62"}]`, "",
			`[{"currency":"TRY","price":100,"priceTaxExcluded":100,"priceTaxIncluded":120,"type":1,"unit":"C62","vatIncluded":false}]`, "", "",
		},
		"price that does not say": {
			main + `"prices":[{"type":"1","price":10}]`, domain.TRY,
			`[{"price":120,"priceTaxExcluded":100,"priceTaxIncluded":120,"type":"1","vatIncluded":true}]`, "", "",
		},
		"other spelling of a field": {
			main + `"prices":[{"type":1,"price":1,"vatIncluded":true,"PriceTaxIncluded":1}]`, "",
			`[{"PriceTaxIncluded":120,"price":120,"priceTaxExcluded":100,"type":1,"vatIncluded":true}]`, "", "",
		},
		"no price yet": {
			main + `"prices":null`, "",
			`[{"currency":"TL","price":120,"priceTaxExcluded":100,"priceTaxIncluded":120,"priceid":0,"type":1,"unit":"C62","vatIncluded":true}]`, "", "",
		},
		"no price of the main unit yet": {
			main + `"prices":[{"type":1,"price":5,"unit":"Koli"},null,{"type":2,"price":3}]`, domain.EUR,
			`[{"type":1,"price":5,"unit":"Koli"},null,{"price":3,"type":2},` +
				`{"currency":"EUR","price":120,"priceTaxExcluded":100,"priceTaxIncluded":120,"priceid":0,"type":1,"unit":"C62","vatIncluded":true}]`, "", "",
		},
		"sales VAT counts": {
			`"salesVatRate":0,` + main + `"prices":[{"type":1,"price":5,"vatIncluded":true,"unit":{"code":"C62"}}]`, "",
			`[{"price":120,"priceTaxExcluded":120,"priceTaxIncluded":120,"type":1,"unit":{"code":"C62"},"vatIncluded":true}]`, "", "",
		},
		"second currency": {
			main + `"prices":[{"type":1,"price":5,"vatIncluded":true,"currency":"USD"},{"type":1,"price":9,"vatIncluded":true,"currency":"TL"}]`, "",
			`[{"currency":"USD","price":5,"type":1,"vatIncluded":true},{"currency":"TL","price":120,"priceTaxExcluded":100,"priceTaxIncluded":120,"type":1,"vatIncluded":true}]`, "", "",
		},
		"only another currency": {main + `"prices":[{"type":1,"price":5,"currency":"USD"}]`, domain.TRY, "", domain.KindInvalid, "currency"},
		"no VAT rate":           {`"prices":[]`, "", "", domain.KindInvalid, "vat_rate"},
		"prices are no list":    {main + `"prices":{"a":1}`, "", "", domain.KindBadAnswer, ""},
	} {
		t.Run(name, func(t *testing.T) {
			c, d := atDesk(t, map[string][]reaction{
				"GET products/101/1": {says(good(`{"id":101,` + tc.fields + `}`))}, "PUT products": {says(good(`101`))},
			})
			_, err := c.SaveProduct(t.Context(), matara, domain.ProductChange{Price: price("120"), PriceIn: tc.in})
			wantKind(t, err, tc.kind)
			if fieldOf(err) != tc.field {
				t.Errorf("field %q", fieldOf(err))
			}
			if tc.want == "" {
				d.was("GET products/101/1")
				return
			}
			var sent record
			if err := json.Unmarshal([]byte(d.body(1)), &sent); err != nil {
				t.Fatal(err)
			}
			if got, want := normal(t, sent["prices"]), normal(t, json.RawMessage(tc.want)); got != want {
				t.Errorf("\n got %s\nwant %s", got, want)
			}
		})
	}
}

// normal writes JSON with its fields in order.
func normal(t *testing.T, raw json.RawMessage) string {
	t.Helper()
	var v any
	if err := json.Unmarshal(raw, &v); err != nil {
		t.Fatalf("%s: %v", raw, err)
	}
	text, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestSaveProduct_neverBlanks(t *testing.T) {
	for name, answer := range map[string]string{
		"an empty record":    good(`{}`),
		"another record":     good(`{"id":102,"code":"X","vatRate":20}`),
		"no record":          good(`[]`),
		"a text":             good(`"101"`),
		"nothing":            good(`null`),
		"letters that broke": good(`{"id":101,"vatRate":20,"name":"` + "\xff" + `"}`),
	} {
		t.Run(name, func(t *testing.T) {
			c, d := atDesk(t, map[string][]reaction{"GET products/101/1": {says(answer)}})
			_, err := c.SaveProduct(t.Context(), matara, domain.ProductChange{Price: price("5")})
			wantKind(t, err, domain.KindBadAnswer)
			d.was("GET products/101/1")
		})
	}
	for _, p := range []string{"0", "-1"} {
		c, d := atDesk(t, nil)
		_, err := c.SaveProduct(t.Context(), matara, domain.ProductChange{Price: price(p)})
		wantKind(t, err, domain.KindInvalid)
		d.was()
	}
}

func TestSaveProduct_barcodeWithoutMainUnit(t *testing.T) {
	c, _ := atDesk(t, map[string][]reaction{"GET products/101/1": {says(good(`{"id":101,"units":[{"code":"KG"}]}`))}})
	_, err := c.SaveProduct(t.Context(), matara, domain.ProductChange{Barcode: "1"})
	wantKind(t, err, domain.KindInvalid)
}

func TestProductRef_isNoWayToAnotherPath(t *testing.T) {
	for _, id := range []domain.RemoteID{"", " ", "..", "."} {
		c, d := atDesk(t, nil)
		_, err := c.Product(t.Context(), domain.ProductRef{ID: id, Type: 1})
		wantKind(t, err, domain.KindInvalid)
		_, err = c.Firm(t.Context(), id)
		wantKind(t, err, domain.KindInvalid)
		_, err = c.Order(t.Context(), id)
		wantKind(t, err, domain.KindInvalid)
		_, err = c.Invoice(t.Context(), id)
		wantKind(t, err, domain.KindInvalid)
		d.was()
	}
	c, d := atDesk(t, map[string][]reaction{"GET orders/..%2Fuser%3Fx": {saysStatus(404, "")}})
	_, err := c.Order(t.Context(), "../user?x")
	wantKind(t, err, domain.KindNotFound)
	d.was("GET orders/..%2Fuser%3Fx")
}

func TestSwitchProducts_byTheHundred(t *testing.T) {
	refs := make([]domain.ProductRef, 101)
	for i := range refs {
		refs[i] = domain.ProductRef{ID: domain.RemoteID(string(rune('a' + i%26))), Type: 1 + i%2}
	}
	c, n := over(t, Options{Hosts: []string{"http://127.0.0.1:9"}, AllowLoopback: true}, answerAll(good(`1`)))
	if err := c.DeactivateProducts(t.Context(), refs...); err != nil {
		t.Fatal(err)
	}
	if err := c.ActivateProducts(t.Context(), domain.ProductRef{ID: "101", Type: 1}, domain.ProductRef{ID: "205", Type: 2}); err != nil {
		t.Fatal(err)
	}
	if err := c.ActivateProducts(t.Context()); err != nil {
		t.Fatal(err)
	}
	if len(n.sent) != 3 {
		t.Fatalf("%d calls", len(n.sent))
	}
	last := n.sent[2]
	if last.Method != "POST" || last.URL.RequestURI() != "/api/v1.0/products/activate?ids=101-1,205-2" || last.Header.Get("Content-Type") == "" {
		t.Errorf("%s %s", last.Method, last.URL)
	}
	if ids := strings.Split(n.sent[0].URL.Query().Get("ids"), ","); len(ids) != 100 || ids[1] != "b-2" {
		t.Errorf("%d ids: %v", len(ids), ids)
	}
	wantKind(t, c.ActivateProducts(t.Context(), domain.ProductRef{}), domain.KindInvalid)
}
