package isbasi

import (
	"context"
	"fmt"
	"iter"
	"reflect"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
)

// everything reads a list to its end.
func everything[T any](pages iter.Seq2[domain.Page[T], error]) (all []T, err error) {
	for page, err := range pages {
		if err != nil {
			return all, err
		}
		all = append(all, page.Rows...)
	}
	return all, nil
}

// first gives the first page of a list as one value, for a table.
func first[T any](pages iter.Seq2[domain.Page[T], error]) (any, error) {
	for page, err := range pages {
		return page, err
	}
	return nil, nil
}

// spelled writes decimals as their text, so that two values can be compared and read.
func spelled(v any) string { return fmt.Sprintf("%+v", flatten(reflect.ValueOf(v))) }

func flatten(v reflect.Value) any {
	switch x := v.Interface().(type) {
	case decimal.NullDecimal:
		if !x.Valid {
			return "-"
		}
		return x.Decimal.String()
	case time.Time:
		return x.Format(time.RFC3339Nano)
	case []byte:
		return string(x)
	}
	switch v.Kind() { // others are printed as they are
	case reflect.Struct:
		fields := []any{}
		for i := range v.NumField() {
			fields = append(fields, v.Type().Field(i).Name, flatten(v.Field(i)))
		}
		return fields
	case reflect.Slice:
		elements := []any{}
		for i := range v.Len() {
			elements = append(elements, flatten(v.Index(i)))
		}
		return elements
	default:
		return v.Interface()
	}
}

func utc(text string) time.Time {
	at, err := time.Parse(time.RFC3339Nano, text)
	if err != nil {
		panic(err)
	}
	return at
}

func TestFixtures_becomeTheDomains(t *testing.T) {
	product := domain.ProductRef{ID: "101", Type: 1}
	for name, tc := range map[string]struct {
		route string
		ask   func(context.Context, *Client) (any, error)
		want  any
	}{
		"product_list": {
			"POST products/products", func(ctx context.Context, c *Client) (any, error) {
				return first(c.ProductList(ctx, domain.ListQuery{}))
			},
			domain.Page[domain.RemoteProduct]{Number: 1, Total: 2, Last: true, Rows: []domain.RemoteProduct{
				{
					ID: "101", Type: 1, Code: "MTR-750", Barcode: "8690000000012", Name: "Çelik Matara 750 ml", Unit: "Adet", Active: true,
					Price: price("349.9"), Stock: price("14"), VATRate: price("20"), ModifiedAt: utc("2026-05-02T06:12:44Z"),
				},
				{
					ID: "102", Type: 1, Code: "OCAK-1", Name: "Kamp Ocağı", Brand: "Ateşböceği", Unit: "Adet", Active: true, Currency: domain.USD,
					Price: price("19.99"), Stock: price("-2.5"), VATRate: price("20"), ModifiedAt: utc("2026-05-03T08:00:00.25Z"),
				},
			}},
		},
		"product_detail": {
			"GET products/101/1", func(ctx context.Context, c *Client) (any, error) { return c.Product(ctx, product) },
			domain.ProductDetail{
				ProductRef: product, Code: "MTR-750", Name: "Çelik Matara 750 ml", Active: true, Brand: "Dağcı", Model: "Zirve", Category: "Outdoor",
				VATRate: price("20"), SalesVATRate: price("20"), PurchaseVATRate: price("20"),
				Units: []domain.RemoteUnit{
					{Name: "Adet", Code: "C62", Barcode: "8690000000012", Main: true, Factor1: price("1"), Factor2: price("1")},
					{Name: "Koli", Code: "BX", Barcode: "18690000000019", Factor1: price("1"), Factor2: price("12")},
				},
				Prices: []domain.RemotePrice{
					{ID: "71", Kind: domain.PricePurchase, Unit: "Adet", Currency: domain.TRY, Price: price("200"), WithVAT: price("240"), WithoutVAT: price("200")},
					{
						ID: "70", Kind: domain.PriceSales, Unit: "Adet", Currency: domain.TRY, VATIncluded: true,
						Price: price("349.9"), WithVAT: price("349.9"), WithoutVAT: price("291.58333333"),
					},
				},
			},
		},
		"gib_user": {
			"GET user/gibUser?tcknVkn=4540536920", func(ctx context.Context, c *Client) (any, error) { return c.Taxpayer(ctx, "4540536920") },
			domain.Taxpayer{
				Number: "4540536920", Registered: true, Title: "YILDIZ KIRTASİYE LTD. ŞTİ.",
				Inboxes:  []domain.Alias{{Name: "urn:mail:defaultpk@yildiz.example", Title: "YILDIZ KIRTASİYE LTD. ŞTİ.", Type: "Özel", RegisteredAt: utc("2019-02-28T21:00:00Z")}},
				Outboxes: []domain.Alias{{Name: "urn:mail:defaultgb@yildiz.example", Title: "YILDIZ KIRTASİYE LTD. ŞTİ.", Type: "Özel", RegisteredAt: utc("2019-02-28T21:00:00Z")}},
			},
		},
		"draft_stored": {
			"POST invoices/integrationInvoices", func(ctx context.Context, c *Client) (any, error) { return c.CreateDraft(ctx, aDraft()) },
			domain.StoredDraft{ID: "90210", UUID: "3F2504E0-4f89-41d3-9A0C-0305e82c3301", Number: "TST2026000000042"},
		},
		"invoice_detail": {
			"GET invoices/90210", func(ctx context.Context, c *Client) (any, error) { return c.Invoice(ctx, "90210") },
			domain.Invoice{
				ID: "90210", UUID: "3F2504E0-4f89-41d3-9A0C-0305e82c3301", Number: "TST2026000000042", Type: domain.InvoiceSale, Date: utc("2026-05-04T11:30:00Z"),
				Firm: domain.FirmRef{ID: "402", Code: "C-0002", Name: "Işıl Güneş", TaxNumber: "10000000146"},
				Kind: domain.InvoiceEArchive, Scenario: domain.ScenarioCommercial, Status: domain.EStatusDraft, StatusText: "Taslak", Cancellable: true, Description: "Sipariş [90012]",
				Erasable: true, OrderNumber: "90012", DispatchNumber: "IRS-7", DispatchIncluded: true,
				Currency: domain.TRY, Rate: price("1"), Net: price("583.17"), VAT: price("116.63"), Withholding: price("0"),
				Total: price("699.8"), TotalTRY: price("699.8"), Remaining: price("699.8"),
				Lines: []domain.InvoiceLine{{
					ProductID: "101", ItemCode: "MTR-750", Name: "Çelik Matara 750 ml", Description: "2 adet", Unit: "Adet", Quantity: price("2"),
					Price: price("349.9"), PriceWithVAT: price("349.9"), PriceWithoutVAT: price("291.58333333"), VATIncluded: true, VATRate: price("20"), VAT: price("116.63"),
					DiscountRate: price("0"), Discount: price("0"), Withholding: price("0"),
					Total: price("699.8"), Net: price("583.17"), TotalWithVAT: price("699.8"), TotalWithoutVAT: price("583.17"),
				}},
			},
		},
		"invoice_list": {
			"POST invoices/invoices", func(ctx context.Context, c *Client) (any, error) { return first(c.Invoices(ctx, domain.ListQuery{})) },
			domain.Page[domain.Invoice]{Number: 1, Total: 3, Last: true, Rows: []domain.Invoice{
				{
					ID: "90210", Number: "TST2026000000042", Type: domain.InvoiceSale, Date: utc("2026-05-04T11:30:00Z"), Paid: true,
					Firm: domain.FirmRef{ID: "402", Code: "C-0002", Name: "Işıl Güneş", TaxNumber: "10000000146"},
					Kind: domain.InvoiceEArchive, Status: domain.EStatusDone, StatusText: "Gönderildi", Currency: domain.TRY,
					Net: price("583.17"), Total: price("699.8"), TotalTRY: price("699.8"), Remaining: price("0"), ModifiedAt: utc("2026-05-04T12:00:00Z"),
				},
				{
					ID: "90211", Number: "TST2026000000043", Type: domain.InvoiceSaleReturn, Date: utc("2027-12-30T21:00:00Z"), Firm: domain.FirmRef{Name: "Başkası A.Ş."},
					Kind: domain.InvoiceEInvoice, Status: domain.EStatusInProgress, Currency: domain.TRY, Total: price("120"), TotalTRY: price("120"),
				},
			}},
		},
		"outgoing_list": {
			"POST einvoices/GetOutgoingInvoiceDataList", func(ctx context.Context, c *Client) (any, error) {
				return first(c.OutgoingDocuments(ctx, domain.ListQuery{}))
			},
			domain.Page[domain.EDocument]{Number: 1, Total: 2, Last: true, Rows: []domain.EDocument{
				{
					UUID: "3F2504E0-4f89-41d3-9A0C-0305e82c3301", Number: "TST2026000000042", InvoiceID: "90210", IssuedAt: utc("2026-05-04T11:30:00Z"),
					Amount: price("699.8"), Currency: domain.TRY, Party: "Işıl Güneş", PartyNumber: "10000000146", Person: true, Scenario: domain.ScenarioBasic, TypeText: "Satış",
					Status: domain.EStatusDone, StatusText: "BASARIYLA TAMAMLANDI", StatusCode: "1300",
				},
				{
					UUID: "b", Number: "TST2026000000043", InvoiceID: "90211", IssuedAt: utc("2026-05-04T21:00:00Z"), Amount: price("120"), Currency: domain.TRY,
					Party: "Başkası A.Ş.", PartyNumber: "4540536920", Scenario: domain.ScenarioCommercial, Status: domain.EStatusInProgress, StatusText: "HENÜZ İŞLENMEDİ",
					RejectNote: "Fiyat yanlış", Label: "etiket", Message: "ileti",
				},
			}},
		},
		"document_pdf": {
			"GET einvoices/DocumentDatawithuuid?uuid=aB-1&fileFormat=PDF", func(ctx context.Context, c *Client) (any, error) { return c.InvoicePDF(ctx, "aB-1") },
			domain.Document{Name: "20260921101032.pdf", Type: "application/pdf", Content: []byte("%PDF-1.4\n% boş belge")},
		},
		"login": {
			"POST user/integrationLogin", func(ctx context.Context, c *Client) (any, error) {
				in, err := c.SignIn(ctx, testSession().Credentials)
				return in.Connection.Licence, err
			},
			domain.Licence{Code: "STD", Name: "Standart", EndsAt: utc("2026-12-31T21:00:00Z")},
		},
	} {
		t.Run(name, func(t *testing.T) {
			c, d := scripted(t, map[string][]reaction{tc.route: {says(fixture(t, name))}})
			got, err := tc.ask(t.Context(), c)
			if err != nil {
				t.Fatal(err)
			}
			if spelled(got) != spelled(tc.want) {
				t.Errorf("\n got %s\nwant %s", spelled(got), spelled(tc.want))
			}
			d.was(tc.route)
		})
	}
}

func TestFixtures_refusals(t *testing.T) {
	for name, tc := range map[string]struct {
		status int
		want   domain.Kind
		detail string
	}{
		"refused_400":    {400, domain.KindRejected, "Adres zorunludur.\nPosta kodu zorunludur."},
		"refused_date":   {400, domain.KindRejected, "Girilen tarihten sonra aynı tipte fatura kesilmiş. En son fatura Tarihi :04-05-2026 14:30"},
		"business_599":   {200, domain.KindRejected, "e-Arşiv ödeme tarihi zorunludur."},
		"not_found":      {400, domain.KindNotFound, "Kayıt Numarası Bulunamadı!"},
		"forbidden_403":  {403, domain.KindForbidden, "API yetkilendirilmedi"},
		"formalised_400": {400, domain.KindRejected, "Fatura İşlendi"}, // of a draft it is a refusal; of a sending it is none
	} {
		t.Run(name, func(t *testing.T) {
			const route = "POST invoices/integrationInvoices"
			c, d := scripted(t, map[string][]reaction{route: {saysStatus(tc.status, fixture(t, name))}})
			_, err := c.CreateDraft(t.Context(), aDraft())
			wantKind(t, err, tc.want)
			if got := detailOf(err); got != tc.detail {
				t.Errorf("detail %q", got)
			}
			d.was(route)
		})
	}
}

// aDraft is an invoice that İşbaşı would take.
func aDraft() domain.InvoiceDraft {
	return domain.InvoiceDraft{
		Customer: domain.Firm{
			Person: true, FirstName: "Işıl", LastName: "Güneş", TaxNumber: "11111111111",
			Country: "Türkiye", City: "İzmir", District: "Konak", Address: "Güneş Sk. 2", PostalCode: "35000",
		},
		Date: utc("2026-05-04T11:30:00Z"), Currency: domain.TRY, VATIncluded: true, Description: "Sipariş [90012]",
		Lines: []domain.DraftLine{{
			ItemCode: "MTR-750", Name: "Çelik Matara 750 ml", Quantity: decimal.NewFromInt(2),
			Price: decimal.RequireFromString("349.90"), VATRate: decimal.NewFromInt(20),
		}},
	}
}
