package isbasi

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
)

func TestCreateDraft_isWrittenAsDocumented(t *testing.T) {
	for name, tc := range map[string]struct {
		change func(*domain.InvoiceDraft)
		want   string
	}{
		"person": {
			func(*domain.InvoiceDraft) {},
			`{"invoiceId":0,"customer":{"code":"","name":"","firstName":"Işıl","lastName":"Güneş","isPerson":true,"tcknVkn":"11111111111","taxOffice":"",` +
				`"country":"Türkiye","city":"İzmir","district":"Konak","address":"Güneş Sk. 2","postalCode":"35000","email":""},` +
				`"invoiceDate":"2026-05-04 14:30:00","currency":"TL","exchangeRate":1,"vatIncluded":true,"description":"Sipariş [90012]","deliveryAddressDifferent":false,` +
				`"salesInvoiceDetails":[{"quantity":2,"price":349.9,"taxRate":20,"name":"Çelik Matara 750 ml",` +
				`"productDetail":{"itemCode":"MTR-750","itemType":1,"name":"Çelik Matara 750 ml","vat":20,"unit":"Adet"}}]}`,
		},
		"company, scenario, other currency, replaced": {
			func(d *domain.InvoiceDraft) {
				d.ID, d.Kind, d.Scenario = "90210", domain.InvoiceEInvoice, domain.ScenarioCommercial
				d.Currency, d.Rate, d.VATIncluded, d.Category = domain.USD, decimal.RequireFromString("41.2537"), false, "Pazaryeri"
				d.Customer = domain.Firm{
					Code: "C-1", Name: "Yıldız A.Ş.", FirstName: "x", TaxNumber: "0012345672", TaxOffice: "Çankaya",
					Country: "Türkiye", City: "Ankara", District: "Çankaya", Address: "Sk. 1", PostalCode: "06000", Email: "a@yildiz.example",
				}
				d.Lines[0] = domain.DraftLine{
					ItemCode: "NAKLIYE", Service: true, Name: "Nakliye", Description: "Şehir içi", Unit: "Saat", Quantity: decimal.RequireFromString("0.5"),
					Price: decimal.RequireFromString("0.12345678"), VATRate: decimal.Zero, DiscountRate: price("10"), DiscountValue: price("1.50"), ExemptionCode: "351",
				}
			},
			`{"invoiceId":90210,"customer":{"code":"C-1","name":"Yıldız A.Ş.","firstName":"","lastName":"","isPerson":false,"tcknVkn":"0012345672","taxOffice":"Çankaya",` +
				`"country":"Türkiye","city":"Ankara","district":"Çankaya","address":"Sk. 1","postalCode":"06000","email":"a@yildiz.example"},` +
				`"invoiceDate":"2026-05-04 14:30:00","currency":"USD","exchangeRate":41.2537,"vatIncluded":false,"description":"Sipariş [90012]","categoryName":"Pazaryeri","deliveryAddressDifferent":false,` +
				`"eGovernmentInvoice":{"eGovernmentType":0,"invoiceTypeForEinvoice":1,"eInvoiceProfile":2},` +
				`"salesInvoiceDetails":[{"quantity":0.5,"price":0.12345678,"taxRate":0,"name":"Nakliye","description":"Şehir içi","discountRate":10,"discountValue":1.5,"vatExemptionCode":"351",` +
				`"productDetail":{"itemCode":"NAKLIYE","itemType":2,"name":"Nakliye","vat":0,"unit":"Saat"}}]}`,
		},
		"price of eight decimals, shipping without a product": {
			func(d *domain.InvoiceDraft) {
				d.Kind, d.Scenario, d.Description = domain.InvoiceEArchive, domain.ScenarioBasic, "Trendyol 3000000002 [SM:abcd2345]"
				d.Lines = []domain.DraftLine{
					{ItemCode: "007", Name: "Termos", Quantity: decimal.NewFromInt(3), Price: decimal.RequireFromString("59.89666667"), VATRate: decimal.NewFromInt(10)},
					{Service: true, Name: "Kargo", Quantity: decimal.NewFromInt(1), Price: decimal.RequireFromString("39.90"), VATRate: decimal.NewFromInt(20)},
				}
			},
			`{"invoiceId":0,"customer":{"code":"","name":"","firstName":"Işıl","lastName":"Güneş","isPerson":true,"tcknVkn":"11111111111","taxOffice":"",` +
				`"country":"Türkiye","city":"İzmir","district":"Konak","address":"Güneş Sk. 2","postalCode":"35000","email":""},` +
				`"invoiceDate":"2026-05-04 14:30:00","currency":"TL","exchangeRate":1,"vatIncluded":true,"description":"Trendyol 3000000002 [SM:abcd2345]","deliveryAddressDifferent":false,` +
				`"eGovernmentInvoice":{"eGovernmentType":0,"invoiceTypeForEinvoice":2},` +
				`"salesInvoiceDetails":[{"quantity":3,"price":59.89666667,"taxRate":10,"name":"Termos",` +
				`"productDetail":{"itemCode":"007","itemType":1,"name":"Termos","vat":10,"unit":"Adet"}},` +
				`{"quantity":1,"price":39.9,"taxRate":20,"name":"Kargo","productDetail":{"itemCode":"","itemType":2,"name":"Kargo","vat":20,"unit":"Adet"}}]}`,
		},
		"internet": {
			func(d *domain.InvoiceDraft) {
				d.Kind = domain.InvoiceEArchiveForInternet
				d.Internet = &domain.InternetSale{
					Payment: domain.PaidByCard, PaidAt: utc("2026-05-03T21:30:00Z"), PaymentAgent: "Örnek Ödeme", Website: "www.magaza.example",
					SentAt: utc("2026-05-05T07:00:00Z"), Carrier: domain.Carrier{Name: "Hızlı Kargo", TaxNumber: "4540536920", Company: true},
				}
				d.Customer, d.Lines, d.Description = domain.Firm{}, []domain.DraftLine{{}}, ""
			},
			`{"invoiceId":0,"customer":{"code":"","name":"","firstName":"","lastName":"","isPerson":false,"tcknVkn":"","taxOffice":"",` +
				`"country":"","city":"","district":"","address":"","postalCode":"","email":""},` +
				`"invoiceDate":"2026-05-04 14:30:00","currency":"TL","exchangeRate":1,"vatIncluded":true,"description":"","deliveryAddressDifferent":false,` +
				`"eGovernmentInvoice":{"eGovernmentType":0,"invoiceTypeForEinvoice":3,"eArchivePaymentType":0,"eArchivePaymentDate":"2026-05-04 00:30:00","eArchivePaymentAgent":"Örnek Ödeme","website":"www.magaza.example"},` +
				`"sendingDate":"2026-05-05 10:00:00","shipmentAgentItem":{"name":"Hızlı Kargo","surName":"","identifier":"4540536920","firmType":1},` +
				`"salesInvoiceDetails":[{"quantity":0,"price":0,"taxRate":0,"name":"","productDetail":{"itemCode":"","itemType":1,"name":"","vat":0,"unit":"Adet"}}]}`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			c, d := scripted(t, map[string][]reaction{draftRoute: {says(fixture(t, "draft_stored"))}}, remembering(&memory{}))
			if err := c.Remember(t.Context(), domain.AbilityInternetArchive, domain.AbilityAllowed); err != nil {
				t.Fatal(err)
			}
			draft := aDraft()
			tc.change(&draft)
			if _, err := c.CreateDraft(t.Context(), draft); err != nil {
				t.Fatal(err)
			}
			if got := d.body(0); got != tc.want {
				t.Errorf("\n got %s\nwant %s", got, tc.want)
			}
		})
	}
}

func TestCreateDraft_replacesTheDraftOfTheID(t *testing.T) {
	for id, want := range map[domain.RemoteID]string{"": "0", "1": "1", " 90210 ": "90210"} {
		c, d := scripted(t, map[string][]reaction{draftRoute: {says(fixture(t, "draft_stored"))}})
		draft := aDraft()
		draft.ID = id
		_, err := c.CreateDraft(t.Context(), draft)
		var sent record
		if e := json.Unmarshal([]byte(d.body(0)), &sent); err != nil || e != nil || string(sent["invoiceId"]) != want {
			t.Errorf("%q: sent as %s, %v", id, sent["invoiceId"], err)
		}
	}
}

func TestCreateDraft_refusesBeforeItIsSent(t *testing.T) {
	for name, tc := range map[string]struct {
		change func(*domain.InvoiceDraft)
		want   domain.Kind
	}{
		"no date": {func(d *domain.InvoiceDraft) {
			d.Date = d.Date.AddDate(-5000, 0, 0)
			d.Date = utc("0001-01-01T00:00:00Z")
		}, domain.KindInvalid},
		"no lines":        {func(d *domain.InvoiceDraft) { d.Lines = nil }, domain.KindInvalid},
		"id below one":    {func(d *domain.InvoiceDraft) { d.ID = "0" }, domain.KindInvalid},
		"id of less":      {func(d *domain.InvoiceDraft) { d.ID = "-5" }, domain.KindInvalid},
		"id that is long": {func(d *domain.InvoiceDraft) { d.ID = "99999999999999999999" }, domain.KindInvalid},
		"id in letters":   {func(d *domain.InvoiceDraft) { d.ID = "abc" }, domain.KindInvalid},
		"internet is off": {func(d *domain.InvoiceDraft) { d.Kind = domain.InvoiceEArchiveForInternet }, domain.KindForbidden},
	} {
		t.Run(name, func(t *testing.T) {
			c, d := scripted(t, nil, remembering(&memory{}))
			draft := aDraft()
			tc.change(&draft)
			_, err := c.CreateDraft(t.Context(), draft)
			wantKind(t, err, tc.want)
			d.was()
		})
	}
}

func TestCreateDraft_namesTheLatestDate(t *testing.T) {
	for message, want := range map[string]string{
		"Girilen tarihten sonra aynı tipte fatura kesilmiş. En son fatura Tarihi :04-05-2026 14:30":   "2026-05-04T11:30:00Z",
		"Bu tarihten sonra fatura kesilmiş. EN SON FATURA TARİHİ: 04.05.2026":                         "2026-05-03T21:00:00Z",
		"01/02/2026 için: En son fatura tarihi 04/05/2026 14:30:05.":                                  "2026-05-04T11:30:05Z",
		"En son fatura tarihi (04-05-2026) saat 14:30":                                                "2026-05-04T11:30:00Z",
		"En son fatura tarihi 04-05-2026 25:00":                                                       "2026-05-03T21:00:00Z",
		"En son fatura tarihi 31-12-2025 00:00, sıra 9":                                               "2025-12-30T21:00:00Z",
		"En son fatura tarihi 04-05-2026 14:30 (9 adet, 0:9)":                                         "2026-05-04T11:30:00Z",
		"En son fatura tarihi:04-05-2026dır":                                                          "2026-05-03T21:00:00Z",
		"En son fatura tarihi 4-5-2026":                                                               "",
		"En son fatura tarihi 31-02-2026":                                                             "",
		"Girilen tarihten sonra aynı tipte fatura kesilmiş. En son fatura Tarihi: bilinmiyor 99-99-1": "",
		"Tarih 04-05-2026 geçersiz":                                                                   "",
	} {
		for status, kind := range map[int]domain.Kind{400: domain.KindRejected, 409: domain.KindState} {
			c, _ := scripted(t, map[string][]reaction{draftRoute: {saysStatus(status, refusal(status, message))}})
			_, err := c.CreateDraft(t.Context(), aDraft())
			wantKind(t, err, kind)
			named := want != "" && kind == domain.KindRejected // another refusal is about something else
			var late *domain.DateOrderError
			dated := kind == domain.KindRejected && strings.Contains(domain.Fold(message), "fatura tarihi")
			if errors.As(err, &late) != named || (fieldOf(err) == "date") != dated {
				t.Errorf("%s: %v", message, err)
				continue
			}
			if late != nil && !late.Latest.Equal(utc(want)) {
				t.Errorf("%s: %s, want %s", message, late.Latest, want)
			}
			var e *domain.Error
			if !errors.As(err, &e) || e.Op == "" || e.Detail != message {
				t.Errorf("%+v", e)
			}
		}
	}
	if plain := errors.New("x"); !errors.Is(dateOrder(plain), plain) || dateOrder(nil) != nil {
		t.Error("another error was changed")
	}
}

func TestDeleteDrafts_asDocumented(t *testing.T) {
	const route = "DELETE invoices?Ids=1,2"
	for name, tc := range map[string]struct {
		answer reaction
		want   domain.Kind
	}{
		"gone":    {says(good(`2`)), ""},
		"sent":    {saysStatus(409, refusal(409, "Taslak olmayan fatura silinemez.")), domain.KindState},
		"unknown": {saysStatus(502, gatewayPage), domain.KindUnknown},
		"none":    {saysStatus(400, refusal(400, "Kayıt Numarası Bulunamadı!")), domain.KindNotFound},
	} {
		t.Run(name, func(t *testing.T) {
			c, d := scripted(t, map[string][]reaction{route: {tc.answer}})
			wantKind(t, c.DeleteDrafts(t.Context(), "1", "2"), tc.want)
			d.was(route)
		})
	}
	c, d := scripted(t, nil)
	wantKind(t, c.DeleteDrafts(t.Context()), "")
	wantKind(t, c.DeleteDrafts(t.Context(), "1", " "), domain.KindInvalid)
	d.was()
}
