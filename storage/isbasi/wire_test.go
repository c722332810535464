package isbasi

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
)

func price(s string) decimal.NullDecimal {
	return decimal.NewNullDecimal(decimal.RequireFromString(s))
}

func TestProductRow_becomesTheDomains(t *testing.T) {
	for name, tc := range map[string]struct {
		row  string
		want domain.RemoteProduct
	}{
		"as documented": {
			`{"id":"101","isActive":true,"modificationDate":"2026-05-02T09:12:44","name":" Termos 500 ml ","code":"TRM-500",
			"type":1,"vatRate":20,"barcode":"8690000000012","stock":14,"actualStock":16,"mainUnitName":"Adet",
			"mainUnit":{"id":"5","code":"C62","name":"Adet","isMain":true},"category":{"id":"3"},"salesPriceTaxIncluded":349.9}`,
			domain.RemoteProduct{
				ID: "101", Type: 1, Code: "TRM-500", Barcode: "8690000000012", Name: "Termos 500 ml", Unit: "Adet", Active: true,
				Price: price("349.9"), Stock: price("14"), VATRate: price("20"),
				ModifiedAt: time.Date(2026, 5, 2, 6, 12, 44, 0, time.UTC),
			},
		},
		"other shapes": {
			`{"id":9007199254740993,"isActive":0,"code":7,"type":"1","barcode":8690000000012,"stock":"-3.5","currency":"TL",
			"salesPriceTaxIncluded":"0.12345678","vatRate":null,"brand":{"name":"Örnek"},"modificationDate":"2026-05-02T09:12:44.5+01:00"}`,
			domain.RemoteProduct{
				ID: "9007199254740993", Type: 1, Code: "7", Barcode: "8690000000012", Brand: "Örnek", Currency: domain.TRY,
				Price: price("0.12345678"), Stock: price("-3.5"),
				ModifiedAt: time.Date(2026, 5, 2, 8, 12, 44, 500_000_000, time.UTC),
			},
		},
		"main unit's barcode, brand's name, weak price": {
			`{"id":1,"barcode":" ","mainUnit":{"barcode":"123","code":"C62"},"brand":null,"brandName":"Deneme","price":5,"currency":"usd","salesPriceTaxIncluded":null}`,
			domain.RemoteProduct{ID: "1", Type: 1, Barcode: "123", Unit: "C62", Brand: "Deneme", Active: true, Currency: domain.USD, Price: price("5")},
		},
		"zero is not absent": {
			`{"id":1,"salesPriceTaxIncluded":0,"stock":0,"price":5}`,
			domain.RemoteProduct{ID: "1", Type: 1, Active: true, Price: price("0"), Stock: price("0")},
		},
		"service, and what is none": {
			`{"id":2,"type":2,"mainUnit":"Adet","modificationDate":"0001-01-01T00:00:00","stock":{"n":1},"vatRate":"yirmi","barcode":[],"currency":{"code":"EUR"}}`,
			domain.RemoteProduct{ID: "2", Type: 2, Active: true, Currency: domain.EUR},
		},
		"barcode spoilt by a spreadsheet stays spoilt": {
			`{"id":3,"barcode":8.69E+12,"currency":"Türk Lirası","salesPriceTaxIncluded":1e2}`,
			domain.RemoteProduct{ID: "3", Type: 1, Active: true, Barcode: "8.69E+12", Currency: "XXX", Price: price("100")},
		},
	} {
		t.Run(name, func(t *testing.T) {
			var row productRow
			if err := json.Unmarshal([]byte(tc.row), &row); err != nil {
				t.Fatal(err)
			}
			got := row.product()
			for field, pair := range map[string][2]decimal.NullDecimal{
				"price": {got.Price, tc.want.Price}, "stock": {got.Stock, tc.want.Stock}, "VAT": {got.VATRate, tc.want.VATRate},
			} {
				if pair[0].Valid != pair[1].Valid || !pair[0].Decimal.Equal(pair[1].Decimal) {
					t.Errorf("%s %v, want %v", field, pair[0], pair[1])
				}
			}
			got.Price, got.Stock, got.VATRate = tc.want.Price, tc.want.Stock, tc.want.VATRate
			if got != tc.want {
				t.Errorf("\n got %+v\nwant %+v", got, tc.want)
			}
		})
	}
}

func TestNumber_refusesWhatWouldFillTheMemory(t *testing.T) {
	for _, raw := range []string{`1e999999999`, `1e-999999999`, `"1e31"`, `"1,5"`, `"NaN"`, `""`, `"` + longDigits(50) + `"`} {
		var n number
		if err := json.Unmarshal([]byte(raw), &n); err != nil || n.Valid {
			t.Errorf("%s: %v, %v", raw, n.Decimal, err)
		}
	}
}

func longDigits(n int) string {
	b := make([]byte, n)
	for i := range b {
		b[i] = '9'
	}
	return string(b)
}

func TestLicence_theOneThatHoldsLongest(t *testing.T) {
	var d loginData
	text := `{"licenses":[{"code":"OLD","expireDate":"2030-01-01","isExpired":true},
		{"code":"STD","name":"Standart","expireDate":"2027-01-01T00:00:00","isExpired":false},
		{"code":"ADD","expireDate":"2026-12-01T00:00:00"}]}`
	if err := json.Unmarshal([]byte(text), &d); err != nil {
		t.Fatal(err)
	}
	want := domain.Licence{Code: "STD", Name: "Standart", EndsAt: time.Date(2026, 12, 31, 21, 0, 0, 0, time.UTC)}
	if got := d.licence(); got != want {
		t.Errorf("%+v", got)
	}
	if got := (loginData{}).licence(); got != (domain.Licence{}) {
		t.Errorf("none is %+v", got)
	}
}

func TestUserKeyData_inEveryShape(t *testing.T) {
	for raw, want := range map[string]string{
		`"abc"`: "abc", `{"appUserKey":"abc"}`: "abc", `{"key":"abc"}`: "abc", `{"userKey":"abc"}`: "abc",
		`{"KEY":"abc"}`: "abc", `{}`: "", `[]`: "", `true`: "", `12`: "12",
	} {
		var d userKeyData
		if err := json.Unmarshal([]byte(raw), &d); err != nil || string(d.Key) != want {
			t.Errorf("%s: %q, %v", raw, d.Key, err)
		}
	}
}

func FuzzProductPage(f *testing.F) {
	f.Add(`{"count":2,"data":[{"id":"101","salesPriceTaxIncluded":349.9,"mainUnit":{"barcode":"x"}},{"id":7}]}`)
	f.Add(`{"count":"1","data":null}`)
	f.Add(`{"count":-1,"data":[{}]}`)
	f.Fuzz(func(t *testing.T, text string) {
		var list listAnswer[productRow]
		if json.Unmarshal([]byte(text), &list) != nil {
			return
		}
		page, err := products().pageOf(list, 1, 100)
		if err != nil {
			wantKind(t, err, domain.KindBadAnswer)
			return
		}
		if page.Total < 0 || (len(page.Rows) < 100 && !page.Last) {
			t.Errorf("total %d, last %v with %d rows", page.Total, page.Last, len(page.Rows))
		}
		for _, p := range page.Rows {
			if p.ID == "" || (p.Price.Valid && len(p.Price.Decimal.String()) > 100) {
				t.Errorf("%+v", p)
			}
		}
	})
}

func FuzzLogin(f *testing.F) {
	f.Add(`{"accessToken":"eyJ","tenantId":"7b","userId":1234,"licenses":[{"expireDate":"2027-01-01T00:00:00"}]}`)
	f.Add(`{"AccessToken":1,"licenses":null,"baseUrl":{}}`)
	f.Fuzz(func(t *testing.T, text string) {
		var d loginData
		if json.Unmarshal([]byte(text), &d) != nil {
			return
		}
		if l := d.licence(); len(d.Licences) == 0 && l != (domain.Licence{}) {
			t.Errorf("%+v", l)
		}
	})
}
