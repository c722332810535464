package isbasi

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/domaintest"
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
			if err := unmarshal([]byte(tc.row), &row); err != nil {
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

// reads decodes raw into T and says what came of it.
func reads[T any](t *testing.T, raw string) T {
	t.Helper()
	v := struct{ V, Before T }{}
	if err := unmarshal([]byte(`{"V":`+raw+`}`), &v); err != nil {
		t.Errorf("%s: %v", raw, err)
	}
	return v.V
}

func TestWire_takesEveryShape(t *testing.T) {
	for raw, want := range map[string]text{`"a"`: "a", `" a "`: " a ", `7`: "7", `-7`: "-7", `0`: "0", `9.50`: "9.50", `8.69E+12`: "8.69E+12", `null`: "", `true`: "", `{}`: "", `[1]`: "", `""`: ""} {
		if got := reads[text](t, raw); got != want {
			t.Errorf("text %s: %q", raw, got)
		}
	}
	for raw, want := range map[string]flag{
		`true`: {true, true}, `"TRUE"`: {true, true}, `1`: {true, true}, `"1"`: {true, true}, `false`: {true, false}, `"False"`: {true, false}, `0`: {true, false}, `"0"`: {true, false},
		`null`: {}, `2`: {}, `""`: {}, `"evet"`: {}, `{}`: {}, `[]`: {},
	} {
		if got := reads[flag](t, raw); got != want {
			t.Errorf("flag %s: %+v", raw, got)
		}
	}
	for raw, want := range map[string]named{
		`"a"`: "a", `" a "`: "a", `7`: "7", `{"name":" a ","code":"b"}`: "a", `{"name":" ","code":"b"}`: "b", `{"Code":5}`: "5", `{}`: "", `null`: "", `[]`: "", `{"name":{}}`: "",
	} {
		if got := reads[named](t, raw); got != want {
			t.Errorf("name %s: %q", raw, got)
		}
	}
	for raw, want := range map[string]string{
		`12`: "12", `"12.50"`: "12.5", `" 3 "`: "3", `-0.5`: "-0.5", `1e30`: "1" + strings.Repeat("0", 30), `1e-30`: "0." + strings.Repeat("0", 29) + "1", `"` + longDigits(40) + `"`: longDigits(40),
		// what would fill the memory, and what is no number
		`1e31`: "", `1e-31`: "", `1e999999999`: "", `1e-999999999`: "", `"1e31"`: "", `"` + longDigits(41) + `"`: "", `"1,5"`: "", `"NaN"`: "", `""`: "", `null`: "", `{}`: "", `true`: "",
	} {
		if got := reads[number](t, raw); got.Valid != (want != "") || (got.Valid && got.Decimal.String() != want) {
			t.Errorf("number %s: %v", raw, got)
		}
	}
	for raw, want := range map[string]string{
		`"2026-05-02T09:12:44"`: "2026-05-02T06:12:44Z", `"2026-05-02T09:12:44.123456789"`: "2026-05-02T06:12:44.123456789Z", `"2026-05-02 09:12:44"`: "2026-05-02T06:12:44Z",
		`"2026-05-02"`: "2026-05-01T21:00:00Z", `"2026-05-02T09:12:44Z"`: "2026-05-02T09:12:44Z", `" 2026-05-02T09:12:44.5+01:00 "`: "2026-05-02T08:12:44.5Z",
		`"0002-01-01T00:00:00Z"`: "0002-01-01T00:00:00Z", `"0001-12-31T00:00:00"`: "", `"0001-01-01T00:00:00"`: "", `"0000-05-05"`: "", `"02.05.2026"`: "", `""`: "", `null`: "", `20260502`: "", `{}`: "",
	} {
		at := reads[moment](t, raw)
		if want == "" && !at.IsZero() || want != "" && (!at.Equal(utc(want)) || at.Location() != time.UTC) {
			t.Errorf("time %s: %v", raw, at)
		}
	}
	for raw, want := range map[string]string{`{"redirectUrl":"https://a"}`: "https://a", `{"RedirectURL":"https://a"}`: "https://a", `"https://b"`: "https://b", `{}`: "", `null`: "", `[]`: "", `5`: ""} {
		if got := reads[consentData](t, raw); string(got.RedirectURL) != want {
			t.Errorf("consent %s: %q", raw, got.RedirectURL)
		}
	}
	for raw, want := range map[string]documentWire{`{"name":"a","type":"b","content":"c"}`: {Name: "a", Type: "b", Content: "c"}, `"c"`: {Content: "c"}, `null`: {}, `[]`: {}, `5`: {}} {
		if got := reads[documentWire](t, raw); got != want {
			t.Errorf("document %s: %+v", raw, got)
		}
	}
	for raw, want := range map[string]int{`[{"code":"a"},null,"x",[1],{"code":"b"}]`: 2, `[]`: 0, `null`: 0, `{"code":"a"}`: 0, `"x"`: 0} {
		if got := reads[many[unitWire]](t, raw); len(got) != want || (want == 2 && (got[0].Code != "a" || got[1].Code != "b")) {
			t.Errorf("list %s: %+v", raw, got)
		}
	}
	for raw, want := range map[string]text{`{"code":"a"}`: "a", `null`: "", `"a"`: "", `["a"]`: ""} {
		if got := reads[object[unitWire]](t, raw); got.value.Code != want {
			t.Errorf("object %s: %+v", raw, got)
		}
	}
}

func TestWire_aLaterValueLeavesNothingOfTheOneBefore(t *testing.T) {
	for _, raw := range []string{`null`, `"?"`, `{}`} {
		var v struct {
			F flag
			N number
			M moment
			L many[unitWire]
		}
		full := `{"F":true,"N":5,"M":"2026-05-02","L":[{"code":"a"}]`
		if err := unmarshal([]byte(full+`,"F":`+raw+`,"N":`+raw+`,"M":`+raw+`,"L":`+raw+`}`), &v); err != nil {
			t.Fatal(err)
		}
		if v.F.set || v.N.Valid || !v.M.IsZero() || len(v.L) != 0 {
			t.Errorf("%s: %+v", raw, v)
		}
	}
}

func TestWire_brokenJSONIsSaid(t *testing.T) {
	for name, v := range map[string]json.Unmarshaler{
		"text": new(text), "named": new(named), "number": new(number), "moment": new(moment), "consent": new(consentData), "document": new(documentWire),
		"user key": new(userKeyData), "many": new(many[unitWire]), "whole": new(whole[unitWire]),
	} {
		for _, raw := range []string{`"\x"`, `{"name":"\x"}`, `[{"name":"\x"}]`} {
			takes := map[byte]string{'"': "text named number moment consent document user key whole", '{': "named consent document user key whole", '[': "consent document many whole"}
			if err := v.UnmarshalJSON([]byte(raw)); (err != nil) != strings.Contains(takes[raw[0]], name) {
				t.Errorf("%s: %s: %v", name, raw, err)
			}
		}
	}
	if err := unmarshal([]byte(`{"name":"\x"}`), new(object[unitWire])); err == nil {
		t.Error("an object is read that is none")
	}
	if err := new(whole[unitWire]).UnmarshalJSON([]byte("{\"name\":\"\xff\"}")); err == nil {
		t.Error("a record that is not UTF-8 would be written back without letters")
	}
	for _, raw := range []string{`[{"a":"\x"}]`, `[`, `{}`, `5`} {
		if raws, records, err := (record{"list": json.RawMessage(raw)}).objects("List"); err == nil || raws != nil || records != nil {
			t.Errorf("%s: %v", raw, records)
		}
	}
}

func TestAnswers_thatSayOnlyTheirID(t *testing.T) {
	unit, err := answering(t, `{"id":101}`).Product(t.Context(), matara)
	if d := domaintest.Differences(unit, domain.ProductDetail{ProductRef: matara, Active: true}); err != nil || len(d) != 0 {
		t.Errorf("product: %v, %v", d, err)
	}
	invoice, err := answering(t, `{"id":7,"firm":{"id":0},"eGovernmentInvoice":null}`).Invoice(t.Context(), "7")
	if d := domaintest.Differences(invoice, domain.Invoice{ID: "7"}); err != nil || len(d) != 0 {
		t.Errorf("invoice: %v, %v", d, err)
	}
	for in, want := range map[string]domain.PriceKind{`1`: domain.PriceSales, `"2"`: domain.PricePurchase, `3`: domain.PriceOther, `null`: domain.PriceOther} {
		p, err := answering(t, `{"id":101,"prices":[{"priceid":0,"type":`+in+`}]}`).Product(t.Context(), matara)
		if err != nil || len(p.Prices) != 1 || p.Prices[0].Kind != want || p.Prices[0].ID != "" {
			t.Errorf("price of type %s: %+v, %v", in, p.Prices, err)
		}
	}
}

func TestCurrency_byItsCode(t *testing.T) {
	for in, want := range map[string]domain.Currency{
		"": "", "TL": domain.TRY, "tl": domain.TRY, "TRY": domain.TRY, "trl": domain.TRY, "₺": domain.TRY, "YTL": domain.TRY, "usd": domain.USD, "EUR": domain.EUR, "CHF": "CHF",
		"US": "XXX", "USDT": "XXX", "U1D": "XXX", "Lira": "XXX", "ŞEK": "XXX", "€": "XXX", "A B": "XXX",
	} {
		if got := currency(in); got != want {
			t.Errorf("%q: %q", in, got)
		}
	}
	for in, want := range map[domain.Currency]string{"": "TL", domain.TRY: "TL", domain.USD: "USD"} {
		if got := localCurrency(in); got != want {
			t.Errorf("%q is sent as %q", in, got)
		}
	}
}

func TestInvoiceKind_byNumberOrName(t *testing.T) {
	for in, want := range map[[2]string]domain.InvoiceKind{
		{"1", "e-Arşiv"}: domain.InvoiceEInvoice, {"2", "e-Fatura"}: domain.InvoiceEArchive, {"3", "e-Fatura"}: domain.InvoiceEArchiveForInternet,
		{"", "E-ARŞİV İNTERNET"}: domain.InvoiceEArchiveForInternet, {"0", "İnternet e-arşiv faturası"}: domain.InvoiceEArchiveForInternet, {"4", "e-Arşiv Fatura"}: domain.InvoiceEArchive,
		{"", "E-FATURA"}: domain.InvoiceEInvoice, {"", "İnternet faturası"}: domain.InvoiceEInvoice, {"", "Kağıt"}: domain.InvoiceKindNone, {"", ""}: domain.InvoiceKindNone,
	} {
		if got := invoiceKind(in[0], in[1]); got != want {
			t.Errorf("%q: %q", in, got)
		}
	}
	for in, want := range map[string]domain.EStatus{
		"0": domain.EStatusDraft, "1": domain.EStatusInProgress, "4": domain.EStatusInProgress, "8": domain.EStatusInProgress, "10": domain.EStatusDone,
		"": domain.EStatusUnknown, "2": domain.EStatusUnknown, "5": domain.EStatusUnknown, "9": domain.EStatusUnknown, "11": domain.EStatusUnknown, "00": domain.EStatusUnknown, "-1": domain.EStatusUnknown,
	} {
		if got := eStatus(in, ""); got != want {
			t.Errorf("%q: %q", in, got)
		}
		if got := eStatus(in, "BASARIYLA TAMAMLANDI"); in != "" && got != want { // the number counts
			t.Errorf("%q in words: %q", in, got)
		}
	}
}

// The words are those that İşbaşı has been seen to say (isbasi-api.md §12 "To §6.2").
func TestEStatus_byWordsWhereThereIsNoNumber(t *testing.T) {
	for words, want := range map[string]domain.EStatus{
		"GİB'E GÖNDERİLECEK": domain.EStatusDraft, "GİB’e gönderilecek": domain.EStatusDraft, "İMZAYA GÖNDERİLMEDİ": domain.EStatusDraft,
		"HENÜZ İŞLENMEDİ": domain.EStatusInProgress, "İşlem Bekliyor.": domain.EStatusInProgress,
		"BASARIYLA TAMAMLANDI": domain.EStatusDone, "Başarıyla tamamlandı": domain.EStatusDone,
		"Gönderildi": domain.EStatusUnknown, "Hata": domain.EStatusUnknown, "": domain.EStatusUnknown,
	} {
		if got := eStatus("", words); got != want {
			t.Errorf("%q: %q, want %q", words, got, want)
		}
	}
}

func TestInvoice_draftThatWasSentIsNone(t *testing.T) {
	for part, want := range map[string]domain.EStatus{
		`{"eStatus":0,"isSended":false}`: domain.EStatusDraft, `{"eStatus":0}`: domain.EStatusDraft, `{"eStatus":0,"isSended":true}`: domain.EStatusUnknown,
		`{"eStatus":4,"isSended":true}`: domain.EStatusInProgress, `{"eStatus":10,"isSended":true}`: domain.EStatusDone,
		`{"eStatusDescription":"İMZAYA GÖNDERİLMEDİ","isSended":true}`: domain.EStatusUnknown, `{"description":"HENÜZ İŞLENMEDİ"}`: domain.EStatusInProgress,
	} {
		c, _ := scripted(t, map[string][]reaction{readInvoice: {says(good(`{"id":90210,"eGovernmentInvoice":` + part + `}`))}})
		i, err := c.Invoice(t.Context(), "90210")
		if err != nil || i.Status != want {
			t.Errorf("%s: %q, %v", part, i.Status, err)
		}
	}
}

func TestInvoiceType_isSaidInWords(t *testing.T) {
	for word, want := range map[string]domain.InvoiceType{
		"SALES_INVOICE": domain.InvoiceSale, "RETURN_SALES_INVOICE": domain.InvoiceSaleReturn, "PURCHASE_INVOICE": domain.InvoicePurchase,
		"RETURN_PURCHASE_INVOICE": domain.InvoicePurchase, "1": domain.InvoiceTypeUnknown, "2": domain.InvoiceTypeUnknown, "": domain.InvoiceTypeUnknown,
		"SALES_ORDER": domain.InvoiceTypeUnknown,
	} {
		if got := invoiceType(word); got != want {
			t.Errorf("%q: %q, want %q", word, got, want)
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
	const running, later, ended = `{"code":"STD","name":"Standart","expireDate":"2027-01-01T00:00:00","isExpired":false}`,
		`{"code":"PRO","name":"Pro","expireDate":"2028-01-01T00:00:00"}`, `{"code":"OLD","name":"Eski","expireDate":"2030-01-01","isExpired":true}`
	std := domain.Licence{Code: "STD", Name: "Standart", EndsAt: time.Date(2026, 12, 31, 21, 0, 0, 0, time.UTC)}
	pro := domain.Licence{Code: "PRO", Name: "Pro", EndsAt: time.Date(2027, 12, 31, 21, 0, 0, 0, time.UTC)}
	old := domain.Licence{Code: "OLD", Name: "Eski", EndsAt: time.Date(2029, 12, 31, 21, 0, 0, 0, time.UTC), Expired: true}
	for licences, want := range map[string]domain.Licence{
		"": {}, ended: old, running: std, ended + "," + running: std, running + "," + ended: std, running + "," + later: pro, later + "," + running: pro,
		ended + "," + later + "," + running: pro, later + "," + ended: pro, strings.Replace(ended, "2030", "2020", 1) + "," + ended: old, ended + "," + strings.Replace(ended, "2030", "2020", 1): old,
		running + "," + strings.Replace(running, "STD", "STD2", 1): std, // the first of two alike
	} {
		var d loginData
		if err := unmarshal([]byte(`{"licenses":[`+licences+`]}`), &d); err != nil {
			t.Fatal(err)
		}
		if got := d.licence(); got != want {
			t.Errorf("%s: %+v", licences, got)
		}
	}
}

func TestUserKeyData_inEveryShape(t *testing.T) {
	for raw, want := range map[string]string{
		`"abc"`: "abc", ` {"appUserKey":" ","userKey":"b","key":"c"} `: "b", `{"appUserKey":"a","userKey":"b","key":"c"}`: "a", `{"appUserKey":"abc"}`: "abc", `{"key":"abc"}`: "abc", `{"userKey":"abc"}`: "abc",
		`{"KEY":"abc"}`: "abc", `{}`: "", `[]`: "", `true`: "", `12`: "12",
	} {
		var d userKeyData
		if err := unmarshal([]byte(raw), &d); err != nil || string(d.Key) != want {
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
		if unmarshal([]byte(text), &list) != nil {
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
		if unmarshal([]byte(text), &d) != nil {
			return
		}
		if l := d.licence(); len(d.Licences) == 0 && l != (domain.Licence{}) {
			t.Errorf("%+v", l)
		}
	})
}
