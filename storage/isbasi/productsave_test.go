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
			c, d := scripted(t, map[string][]reaction{
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
	c, d := scripted(t, map[string][]reaction{
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
			c, d := scripted(t, map[string][]reaction{"GET products/101/1": {says(fixture(t, "product_detail"))}})
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
		"price of the unit's code in other letters": {
			main + `"prices":[{"type":1,"price":5,"vatIncluded":true,"unit":"koli"},{"type":1,"price":5,"vatIncluded":true,"unit":"c62"}]`, "",
			`[{"price":5,"type":1,"unit":"koli","vatIncluded":true},{"price":120,"priceTaxExcluded":100,"priceTaxIncluded":120,"type":1,"unit":"c62","vatIncluded":true}]`, "", "",
		},
		"price of any unit where none is main": {
			`"vatRate":20,"prices":[{"type":2,"price":5},{"type":1,"price":5,"vatIncluded":true,"unit":"koli"}]`, "",
			`[{"price":5,"type":2},{"price":120,"priceTaxExcluded":100,"priceTaxIncluded":120,"type":1,"unit":"koli","vatIncluded":true}]`, "", "",
		},
		"no price yet, unit by its name": {
			`"vatRate":20,"mainUnit":{"name":"Adet"}`, "",
			`[{"currency":"TL","price":120,"priceTaxExcluded":100,"priceTaxIncluded":120,"priceid":0,"type":1,"unit":"Adet","vatIncluded":true}]`, "", "",
		},
		"another currency counts only for the main unit": {
			main + `"prices":[{"type":1,"price":5,"unit":"Koli","currency":"USD"}]`, "",
			`[{"currency":"USD","price":5,"type":1,"unit":"Koli"},{"currency":"TL","price":120,"priceTaxExcluded":100,"priceTaxIncluded":120,"priceid":0,"type":1,"unit":"C62","vatIncluded":true}]`, "", "",
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
			c, d := scripted(t, map[string][]reaction{
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

// A price that somebody has changed since it was seen is left alone. İşbaşı's own is compared to the kuruş, VAT included.
func TestSaveProduct_leavesAPriceThatIsNotTheOneExpected(t *testing.T) {
	const main = `"mainUnit":{"code":"C62","name":"Adet"},"vatRate":20,"prices":`
	for name, tc := range map[string]struct {
		prices, was string
		writes      bool
	}{
		"it is":                       {`[{"type":1,"price":100,"vatIncluded":true}]`, "100", true},
		"to the kuruş":                {`[{"type":1,"price":294.89000004,"vatIncluded":true}]`, "294.89", true},
		"half a kuruş":                {`[{"type":1,"price":294.885,"vatIncluded":true}]`, "294.89", true},
		"a kuruş more":                {`[{"type":1,"price":100.01,"vatIncluded":true}]`, "100", false},
		"told with VAT":               {`[{"type":1,"price":5,"priceTaxIncluded":100,"vatIncluded":true}]`, "100", true},
		"told with VAT, another":      {`[{"type":1,"price":100,"priceTaxIncluded":99,"vatIncluded":true}]`, "100", false},
		"without VAT":                 {`[{"type":1,"price":100,"vatIncluded":false}]`, "120", true},
		"without VAT, another":        {`[{"type":1,"price":100,"vatIncluded":false}]`, "100", false},
		"it does not say which":       {`[{"type":1,"price":100}]`, "100", true},
		"any":                         {`[{"type":1,"price":7,"vatIncluded":true}]`, "", true},
		"there is none yet":           {`[]`, "100", true},
		"it is what it is to be":      {`[{"type":1,"price":150,"priceTaxIncluded":150,"priceTaxExcluded":125,"vatIncluded":true}]`, "100", false},
		"only purchase prices, so no": {`[{"type":2,"price":7}]`, "100", true},
	} {
		t.Run(name, func(t *testing.T) {
			c, d := scripted(t, map[string][]reaction{"GET products/101/1": {says(good(`{"id":101,` + main + tc.prices + `}`))}, "PUT products": {says(good(`101`))}})
			change := domain.ProductChange{Price: price("150")}
			if tc.was != "" {
				change.PriceWas = price(tc.was)
			}
			before, err := c.SaveProduct(t.Context(), matara, change)
			kind := domain.KindState
			if tc.writes || name == "it is what it is to be" {
				kind = ""
			}
			wantKind(t, err, kind)
			if before.ID != "101" {
				t.Errorf("%+v", before)
			}
			if tc.writes {
				d.was("GET products/101/1", "PUT products")
			} else {
				d.was("GET products/101/1")
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
			c, d := scripted(t, map[string][]reaction{"GET products/101/1": {says(answer)}})
			_, err := c.SaveProduct(t.Context(), matara, domain.ProductChange{Price: price("5")})
			wantKind(t, err, domain.KindBadAnswer)
			d.was("GET products/101/1")
		})
	}
	for _, p := range []string{"0", "-1"} {
		c, d := scripted(t, nil)
		_, err := c.SaveProduct(t.Context(), matara, domain.ProductChange{Price: price(p)})
		wantKind(t, err, domain.KindInvalid)
		d.was()
	}
}

func TestSaveProduct_barcodeWithoutMainUnit(t *testing.T) {
	c, _ := scripted(t, map[string][]reaction{"GET products/101/1": {says(good(`{"id":101,"units":[{"code":"KG"}]}`))}})
	_, err := c.SaveProduct(t.Context(), matara, domain.ProductChange{Barcode: "1"})
	wantKind(t, err, domain.KindInvalid)
}

func TestRemoteID_isNoWayToAnotherPath(t *testing.T) {
	for _, id := range []domain.RemoteID{"", " ", "..", "."} {
		c, d := scripted(t, nil)
		_, err := c.Product(t.Context(), domain.ProductRef{ID: id, Type: 1})
		wantKind(t, err, domain.KindInvalid)
		_, err = c.Invoice(t.Context(), id)
		wantKind(t, err, domain.KindInvalid)
		d.was()
	}
	c, d := scripted(t, map[string][]reaction{"GET invoices/..%2Fuser%3Fx": {saysStatus(404, "")}})
	_, err := c.Invoice(t.Context(), "../user?x")
	wantKind(t, err, domain.KindNotFound)
	d.was("GET invoices/..%2Fuser%3Fx")
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

func TestProduct_unitsHaveAtMostOneMain(t *testing.T) {
	for name, tc := range map[string]struct{ data, units, main string }{
		"marked":                        {`"units":[{"code":"A"},{"code":"B","isMain":true}],"mainUnit":{"code":"A"}`, "A B", "B"},
		"named by its code":             {`"units":[{"code":"a ","name":"x"},{"code":"b","name":"y"}],"mainUnit":{"code":"B","name":"x"}`, "a b", "b"},
		"named by its name":             {`"units":[{"name":"Koli"},{"code":"b","name":"ADET"}],"mainUnit":{"name":"Adet"}`, " b", "b"},
		"named, codes on one side":      {`"units":[{"code":"a","name":"Adet"},{"code":"b"}],"mainUnit":{"name":"adet"}`, "a b", "a"},
		"another code of the same name": {`"units":[{"code":"a","name":"Adet"}],"mainUnit":{"code":"c","name":"Adet"}`, "a c", "c"},
		"another name":                  {`"units":[{"code":"a","name":"Koli"}],"mainUnit":{"name":"Adet","code":""}`, "a ", ""},
		"nothing in common":             {`"units":[{"barcode":"1"}],"mainUnit":{"code":"c"}`, " c", "c"},
		"only there":                    {`"units":null,"mainUnit":{"code":"c"}`, "c", "c"},
		"named nowhere":                 {`"units":[{"code":"a"}],"mainUnit":{"barcode":"1"}`, "a", "-"},
		"no unit":                       {`"units":[]`, "", "-"},
	} {
		p, err := answering(t, `{"id":101,`+tc.data+`}`).Product(t.Context(), matara)
		if err != nil {
			t.Fatal(err)
		}
		var codes, mains []string
		for _, u := range p.Units {
			codes = append(codes, u.Code)
			if u.Main {
				mains = append(mains, u.Code)
			}
		}
		main := strings.Join(mains, "|")
		if len(mains) == 0 {
			main = "-"
		}
		if strings.Join(codes, " ") != tc.units || main != tc.main {
			t.Errorf("%s: %q, main %q", name, codes, mains)
		}
	}
}

func TestProduct_isOfTheTypeAskedForUnlessItSaysItsOwn(t *testing.T) {
	for raw, want := range map[string]int{`1`: 1, `"2"`: 2, `0`: 2, `-1`: 2, `"x"`: 2, `null`: 2, `1.5`: 2} {
		p, err := answering(t, `{"id":101,"type":`+raw+`}`).Product(t.Context(), domain.ProductRef{ID: " 101 ", Type: 2})
		if err != nil || p.Type != want {
			t.Errorf("%s: %d, %v", raw, p.Type, err)
		}
	}
}

func TestSaveProduct_whatCannotBeUnderstoodIsNotWritten(t *testing.T) {
	const main = `"mainUnit":{"code":"C62","name":"Adet"},"vatRate":20`
	for name, tc := range map[string]struct {
		fields string
		change domain.ProductChange
		want   domain.Kind
		field  string
	}{
		"units are no list":     {main + `,"units":{"a":1}`, domain.ProductChange{Barcode: "1"}, domain.KindBadAnswer, ""},
		"main unit is a text":   {`"mainUnit":"Adet","units":[{"code":"C62","isMain":true}]`, domain.ProductChange{Barcode: "1"}, domain.KindBadAnswer, ""},
		"prices are a text":     {main + `,"prices":"x"`, domain.ProductChange{Price: price("5")}, domain.KindBadAnswer, ""},
		"VAT below nought":      {`"mainUnit":{"code":"C62"},"vatRate":-1`, domain.ProductChange{Price: price("5")}, domain.KindInvalid, "vat_rate"},
		"no VAT":                {`"mainUnit":{"code":"C62"}`, domain.ProductChange{Price: price("5")}, domain.KindInvalid, "vat_rate"},
		"no unit":               {`"vatRate":20`, domain.ProductChange{Barcode: "5"}, domain.KindInvalid, "unit"},
		"price in another coin": {main + `,"prices":[{"type":1,"price":5}]`, domain.ProductChange{Price: price("5"), PriceIn: domain.EUR}, domain.KindInvalid, "currency"},
		"nothing at nought":     {main, domain.ProductChange{Price: price("0")}, domain.KindInvalid, "price"},
	} {
		c, n := over(t, Options{Hosts: []string{"http://127.0.0.1:9"}, AllowLoopback: true}, answerAll(good(`{"id":101,`+tc.fields+`}`)))
		tc.change.Name = "Yeni"
		_, err := c.SaveProduct(t.Context(), matara, tc.change)
		if domain.KindOf(err) != tc.want || fieldOf(err) != tc.field || len(n.sent) > 1 {
			t.Errorf("%s: %v after %d calls", name, err, len(n.sent))
		}
	}
}

func TestSaveProduct_barcodeStandsWhereTheRecordHasIt(t *testing.T) {
	for name, tc := range map[string]struct{ fields, want string }{
		"in the marked unit":                   {`"units":[{"code":"A"},{"code":"B","isMain":true,"barcode":"1"}]`, `"units":[{"code":"A"},{"code":"B","isMain":true,"barcode":"9"}]`},
		"in the unit that the main unit names": {`"units":[{"code":"a"},null,"x",{"code":"b"}],"mainUnit":{"code":"B"}`, `"units":[{"code":"a"},null,"x",{"code":"b","barcode":"9"}],"mainUnit":{"code":"B","barcode":"9"}`},
		"in the one by name":                   {`"units":[{"name":"Adet"},{"name":"Koli"}],"mainUnit":{"name":"ADET"}`, `"units":[{"name":"Adet","barcode":"9"},{"name":"Koli"}],"mainUnit":{"name":"ADET","barcode":"9"}`},
		"in the main unit alone":               {`"mainUnit":{"code":"B"}`, `"mainUnit":{"code":"B","barcode":"9"}`},
		"in the record too":                    {`"barcode":"1","mainUnit":{"code":"B"},"units":null`, `"barcode":"9","mainUnit":{"code":"B","barcode":"9"},"units":null`},
		"not in a record without":              {`"barcode":null,"mainUnit":{"code":"B"}`, `"barcode":null,"mainUnit":{"code":"B","barcode":"9"}`},
		"where the main unit is none":          {`"mainUnit":null,"units":[{"code":"B","isMain":true}]`, `"mainUnit":null,"units":[{"code":"B","isMain":true,"barcode":"9"}]`},
	} {
		c, d := scripted(t, map[string][]reaction{"GET products/101/1": {says(good(`{"id":101,` + tc.fields + `}`))}, "PUT products": {says(good(`101`))}})
		if _, err := c.SaveProduct(t.Context(), matara, domain.ProductChange{Barcode: "9"}); err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if got, want := normal(t, json.RawMessage(d.body(1))), normal(t, json.RawMessage(`{"id":101,`+tc.want+`}`)); got != want {
			t.Errorf("%s:\n got %s\nwant %s", name, got, want)
		}
	}
}

func TestSaveProduct_amountsAreExactToEightDigits(t *testing.T) {
	for _, tc := range []struct{ price, vat, with, without string }{
		{"100", "20", "100", "83.33333333"},
		{"349.90", "18", "349.9", "296.52542373"},
		{"0.123456785", "0", "0.12345679", "0.12345679"},
		{"0.123456784", "1", "0.12345678", "0.12223444"},
		{"1", "8.5", "1", "0.92165899"},
		{"0.00000001", "20", "0.00000001", "0.00000001"},
	} {
		c, d := scripted(t, map[string][]reaction{"GET products/101/1": {says(good(`{"id":101,"vatRate":` + tc.vat + `,"mainUnit":{"name":"Adet"}}`))}, "PUT products": {says(good(`101`))}})
		if _, err := c.SaveProduct(t.Context(), matara, domain.ProductChange{Price: price(tc.price)}); err != nil {
			t.Fatal(err)
		}
		want := `[{"currency":"TL","price":` + tc.with + `,"priceTaxExcluded":` + tc.without + `,"priceTaxIncluded":` + tc.with + `,"priceid":0,"type":1,"unit":"Adet","vatIncluded":true}]`
		if got := compact(t, dataOf(t, `{"data":`+d.body(1)+`}`)["prices"]); got != want {
			t.Errorf("%+v:\n got %s\nwant %s", tc, got, want)
		}
	}
}
