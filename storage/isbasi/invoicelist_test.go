package isbasi

import (
	"bytes"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/storage/isbasi/sandbox"
)

// invoiceDay is the day of the first invoice of a year's invoices.
var invoiceDay = time.Date(2026, 1, 1, 9, 0, 0, 0, domain.Istanbul)

// yearsInvoices are 300 invoices, one a day, the first of them entered last.
func yearsInvoices() []sandbox.Invoice {
	all := make([]sandbox.Invoice, 300)
	for i := range all {
		all[i] = sandbox.Invoice{
			ID: int64(1000 - i), Number: "TST" + invoiceDay.AddDate(0, 0, i).Format("20060102"), Kind: sandbox.KindEInvoice, Status: sandbox.StatusDone,
			Date: invoiceDay.AddDate(0, 0, i), ModifiedAt: invoiceDay.AddDate(0, 0, i+1), FirmName: "Yıldız A.Ş.", FirmCode: "C-1", TaxNumber: "0012345672",
			Currency: "TL", Rate: decimal.NewFromInt(1), Total: decimal.RequireFromString("179.70"), Net: decimal.RequireFromString("149.75"),
		}
	}
	return all
}

// between asks for the invoices of whole days of Türkiye, newest first.
func between(first, last time.Time) domain.ListQuery {
	return domain.ListQuery{Sort: "date", Desc: true, Filters: []domain.Filter{
		{Column: "date", Operator: domain.IsGreaterThanOrEqualTo, Value: first},
		{Column: "date", Operator: domain.IsLessThan, Value: last.AddDate(0, 0, 1)},
	}}
}

func istanbulDay(text string) time.Time {
	day, err := time.ParseInLocation(time.DateOnly, text, domain.Istanbul)
	if err != nil {
		panic(err)
	}
	return day
}

func numbers(invoices []domain.Invoice) (all []string) {
	for _, i := range invoices {
		all = append(all, strings.TrimPrefix(i.Number, "TST"))
	}
	return all
}

func TestInvoices_newestFirst(t *testing.T) {
	c, _ := signedIn(t, sandbox.Options{Invoices: yearsInvoices()}, Options{})
	for name, tc := range map[string]struct {
		query domain.ListQuery
		want  []string
	}{
		"by date": {domain.ListQuery{Sort: "date", Desc: true}, []string{"20261027", "20261026"}},
		"by id":   {domain.ListQuery{Sort: "id", Desc: true}, []string{"20260101", "20260102"}},
		"by none": {domain.ListQuery{Desc: true}, []string{"20260101", "20260102"}},
	} {
		reads, _ := c.Calls()
		for page, err := range c.Invoices(t.Context(), tc.query) {
			if err != nil || page.Total != 300 || page.LeftOut != 0 || page.Last || !slices.Equal(numbers(page.Rows)[:2], tc.want) {
				t.Fatalf("%s: %v, page of %d: %v", name, numbers(page.Rows), page.Total, err)
			}
			break
		}
		if r, _ := c.Calls(); r-reads != 1 {
			t.Errorf("%s: %d reads for one page", name, r-reads)
		}
	}
}

func TestInvoices_ofTheDaysBetweenTwo(t *testing.T) {
	c, _ := signedIn(t, sandbox.Options{Invoices: yearsInvoices()}, Options{})
	for page, err := range c.Invoices(t.Context(), between(istanbulDay("2026-05-03"), istanbulDay("2026-05-05"))) {
		if err != nil || page.Total != 3 || page.LeftOut != 0 || !page.Last {
			t.Fatalf("page of %d, %d left out: %v", page.Total, page.LeftOut, err)
		}
		if got := numbers(page.Rows); !slices.Equal(got, []string{"20260505", "20260504", "20260503"}) {
			t.Errorf("%v", got)
		}
		at := invoiceDay.AddDate(0, 0, 124).UTC()
		want := domain.Invoice{
			ID: "876", Number: "TST20260505", Type: domain.InvoiceSale, Date: at, Kind: domain.InvoiceEInvoice, Status: domain.EStatusDone, StatusText: page.Rows[0].StatusText,
			Firm: domain.FirmRef{Code: "C-1", Name: "Yıldız A.Ş.", TaxNumber: "0012345672"}, GIBCode: page.Rows[0].GIBCode, Currency: domain.TRY,
			Net: price("149.75"), Total: price("179.7"), TotalTRY: price("179.7"), Remaining: price("179.7"), ModifiedAt: at.AddDate(0, 0, 1),
		}
		if got := page.Rows[0]; spelled(got) != spelled(want) || got.StatusText == "" {
			t.Errorf("\n got %s\nwant %s", spelled(got), spelled(want))
		}
	}
}

// misread hands on what is asked with conditions by a name that İşbaşı does not know: it ignores them, as it does
// for a client of the live host (isbasi-api.md §12 "To §3.2").
type misread struct{}

func (misread) RoundTrip(req *http.Request) (*http.Response, error) {
	if req.Body != nil {
		body, err := io.ReadAll(req.Body)
		if err != nil {
			return nil, err
		}
		body = bytes.ReplaceAll(body, []byte(`"columnName":"date"`), []byte(`"field":"date"`))
		req.Body, req.ContentLength = io.NopCloser(bytes.NewReader(body)), int64(len(body))
	}
	return http.DefaultTransport.RoundTrip(req)
}

func TestInvoices_conditionsThatAreIgnoredAreSeenInTheRows(t *testing.T) {
	c, _ := signedIn(t, sandbox.Options{Invoices: yearsInvoices()}, Options{Transport: misread{}})
	query := between(istanbulDay("2026-07-10"), istanbulDay("2026-07-12")) // 107 invoices are younger
	var got []string
	var leftOut []int
	for page, err := range c.Invoices(t.Context(), query) {
		if err != nil || page.Total != 300 {
			t.Fatal(page, err)
		}
		got, leftOut = append(got, numbers(page.Rows)...), append(leftOut, page.LeftOut)
	}
	if !slices.Equal(got, []string{"20260712", "20260711", "20260710"}) || !slices.Equal(leftOut, []int{100, 97, 100}) {
		t.Errorf("%v, left out %v", got, leftOut)
	}
	reads, _ := c.Calls()
	pages := 0
	for _, err := range c.Invoices(t.Context(), query) {
		if pages++; pages == 2 || err != nil {
			break // as many as may be spent
		}
	}
	if r, _ := c.Calls(); r-reads != 2 {
		t.Errorf("%d reads for two pages", r-reads)
	}
}

// A purchase that contradicts the query shows as well that its conditions were ignored.
func TestInvoices_countWhatIsLeftOutAmongPurchasesToo(t *testing.T) {
	const rows = `{"id":1,"date":"2026-05-04"},{"id":2,"date":"2026-01-01","type":"PURCHASE_INVOICE"},{"id":3,"date":"2026-05-04","type":"PURCHASE_INVOICE"},{"id":4,"date":"2026-01-01"}`
	c, _ := scripted(t, map[string][]reaction{"POST invoices/invoices": {says(good(`{"count":4,"data":[` + rows + `]}`))}})
	page := must[any](t)(first(c.Invoices(t.Context(), between(istanbulDay("2026-05-04"), istanbulDay("2026-05-04"))))).(domain.Page[domain.Invoice])
	if len(page.Rows) != 1 || page.Rows[0].ID != "1" || page.LeftOut != 2 {
		t.Errorf("%+v", page)
	}
}

// İşbaşı sets the profile by itself, or the customer's card does: it is read back.
func TestInvoice_hasTheScenarioThatIsbasiGaveIt(t *testing.T) {
	for part, want := range map[string]domain.Scenario{
		`"eGovernmentInvoice":{"eInvoiceProfile":1}`: domain.ScenarioBasic, `"eGovernmentInvoice":{"eInvoiceProfile":"2"}`: domain.ScenarioCommercial,
		`"eGovernmentInvoice":{"eInvoiceProfile":"TİCARİ"}`: domain.ScenarioCommercial, `"eInvoiceProfile":"Temel Fatura"`: domain.ScenarioBasic,
		`"eGovernmentInvoice":{"eInvoiceProfile":1},"eInvoiceProfile":2`: domain.ScenarioBasic, `"firm":{"eInvoiceProfile":2}`: "",
		`"eGovernmentInvoice":{"eInvoiceProfile":5}`: "", `"eGovernmentInvoice":{"eInvoiceProfile":0}`: "", `"eInvoiceProfile":null`: "",
	} {
		c, _ := scripted(t, map[string][]reaction{readInvoice: {says(good(`{"id":90210,` + part + `}`))}})
		if i, err := c.Invoice(t.Context(), "90210"); err != nil || i.Scenario != want {
			t.Errorf("%s: %q, %v", part, i.Scenario, err)
		}
	}
}

func TestInvoice_readsBackScenarioAndDescriptionOfItsDraft(t *testing.T) {
	c, _ := signedIn(t, sandbox.Options{Registered: []string{"4540536920"}}, Options{})
	for _, scenario := range []domain.Scenario{domain.ScenarioBasic, domain.ScenarioCommercial} {
		draft := aDraft()
		draft.Date = time.Now().AddDate(1, 0, 0).UTC()
		draft.Customer = domain.Firm{
			Name: "Yıldız A.Ş.", TaxNumber: "4540536920", TaxOffice: "Çankaya", Country: "Türkiye", City: "Ankara", District: "Çankaya", Address: "Sk. 1", PostalCode: "06000",
		}
		draft.Kind, draft.Scenario, draft.Description = domain.InvoiceEInvoice, scenario, "Trendyol 3000000002 [SM:abcd2345]"
		stored := must[domain.StoredDraft](t)(c.CreateDraft(t.Context(), draft))
		got := must[domain.Invoice](t)(c.Invoice(t.Context(), stored.ID))
		if got.Scenario != scenario || got.Kind != domain.InvoiceEInvoice || got.Description != draft.Description {
			t.Errorf("%s: %+v", scenario, got)
		}
	}
}
