package sandbox_test

import (
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/storage/isbasi/sandbox"
)

// draftBody is the sample of isbasi-api.md §6.1.
func draftBody() object {
	return object{
		"invoiceId": 0, "invoiceDate": "2026-05-04 14:30:00", "currency": "TL", "exchangeRate": 1, "vatIncluded": true,
		"description": "Sipariş 90012",
		"customer": object{
			"code": "", "name": "", "isPerson": true, "firstName": "Örnek", "lastName": "Alıcı", "tcknVkn": "11111111111",
			"country": "Türkiye", "city": "Ankara", "district": "Çankaya", "address": "Deneme Sk. 1", "postalCode": "06000",
		},
		"salesInvoiceDetails": []object{{
			"quantity": 2, "price": 349.9, "taxRate": 20, "name": "Termos 500 ml",
			"productDetail": object{"itemCode": "TRM-500", "itemType": 1, "name": "Termos 500 ml", "vat": 20, "unit": "Adet"},
		}},
	}
}

func customerOf(body object) object { return body["customer"].(object) }
func lineOf(body object) object     { return body["salesInvoiceDetails"].([]object)[0] }

// sales is a firm with a product, some firms and no invoices.
func sales() sandbox.Options {
	return sandbox.Options{Products: priced(), Firms: someFirms(), Invoices: []sandbox.Invoice{}}
}

// made is what a new draft answers.
type made struct {
	InvoiceID int64  `json:"invoiceId"` // always a number
	UUID, No  string // by their names in other case
}

func (c *caller) draft(body object) made {
	c.t.Helper()
	var m made
	c.call(http.MethodPost, base+"invoices/integrationInvoices", body).ok(c.t, &m)
	return m
}

func lastInvoice(c *caller) sandbox.Invoice {
	invoices := c.s.Invoices()
	return invoices[len(invoices)-1]
}

func TestDraft_isMade(t *testing.T) {
	c := signed(t, sales())
	m := c.draft(draftBody())
	v := lastInvoice(c)
	if v.ID != m.InvoiceID || v.UUID != m.UUID || v.Number != m.No || v.Status != sandbox.StatusDraft || v.Kind != sandbox.KindEArchive {
		t.Errorf("answers %+v, holds %+v", m, v)
	}
	if !regexp.MustCompile(`^[0-9A-F]{8}-[0-9A-F]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`).MatchString(m.UUID) ||
		!regexp.MustCompile(`^[A-Z]{3}2026[0-9]{9}$`).MatchString(m.No) {
		t.Errorf("numbers %+v", m)
	}
	if v.Total.String() != "699.8" || v.Net.String() != "583.17" || v.VAT.String() != "116.63" || v.Description != "Sipariş 90012" {
		t.Errorf("totals of %+v", v)
	}
	if !v.Date.Equal(time.Date(2026, 5, 4, 11, 30, 0, 0, time.UTC)) {
		t.Errorf("date %v is not Türkiye's", v.Date)
	}
	if held(t, c, "TRM-500").Stock.Decimal.String() != "14" {
		t.Error("a draft moved the stock")
	}
}

func TestDraft_totals(t *testing.T) {
	line := func(quantity, price, rate any, more object) object {
		l := object{
			"quantity": quantity, "price": price, "taxRate": rate, "name": "X",
			"productDetail": object{"itemCode": "TRM-500", "itemType": 1},
		}
		for k, v := range more {
			l[k] = v
		}
		return l
	}
	withheld := object{"productDetail": object{"itemCode": "TRM-500", "itemType": 1, "withholding": object{"code": "601", "rateText": "2/10"}}}
	for name, tt := range map[string]struct {
		included                     bool
		lines                        []object
		net, vat, withholding, total string
	}{
		"three of 59,90":           {true, []object{line(3, 59.90, 20, nil)}, "149.75", "29.95", "0", "179.7"},
		"349 at 20":                {true, []object{line(1, 349, 20, nil)}, "290.83", "58.17", "0", "349"},
		"200 at 1":                 {true, []object{line(1, 200, 1, nil)}, "198.02", "1.98", "0", "200"},
		"net prices of two places": {false, []object{line(3, 49.92, 20, nil)}, "149.76", "29.95", "0", "179.71"},
		"two rates":                {true, []object{line(1, 120, 20, nil), line(1, 110, 10, nil)}, "200", "30", "0", "230"},
		"discounts":                {true, []object{line(1, 120, 20, object{"discountRate": 10}), line(1, 12, 20, object{"discountValue": 6})}, "95", "19", "0", "114"},
		"withholding":              {false, []object{line(1, 100, 20, withheld)}, "100", "16", "4", "116"},
		"a tie":                    {true, []object{line(1, 99.99, 20, nil)}, "83.32", "16.67", "0", "99.99"},
		"three of one rate":        {true, []object{line(1, 33.33, 20, nil), line(1, 33.33, 20, nil), line(1, 33.33, 20, nil)}, "83.32", "16.67", "0", "99.99"},
		"eight decimals":           {true, []object{line(3, "59.89666667", 20, nil)}, "149.74", "29.95", "0", "179.69"},
		"each line is rounded":     {true, []object{line(1, 0.125, 20, nil), line(1, 0.125, 20, nil)}, "0.22", "0.04", "0", "0.26"},
		"coupon shared":            {true, []object{line(1, 86.67, 20, nil), line(1, 43.33, 10, nil)}, "111.61", "18.39", "0", "130"},
		"quoted numbers":           {true, []object{line("1", "120", "20", nil)}, "100", "20", "0", "120"},
	} {
		t.Run(name, func(t *testing.T) {
			c := signed(t, sales())
			body := draftBody()
			body["vatIncluded"], body["salesInvoiceDetails"] = tt.included, tt.lines
			c.draft(body)
			v := lastInvoice(c)
			got := [4]string{v.Net.String(), v.VAT.String(), v.Withholding.String(), v.Total.String()}
			if got != [4]string{tt.net, tt.vat, tt.withholding, tt.total} {
				t.Errorf("totals %v", got)
			}
		})
	}
}

// orders-invoices.md §2: İşbaşı's own base and VAT may differ by 0,01 for a rate, its total must be equal; the
// other option is for the total that is not.
func TestDraft_totalsMayDiffer(t *testing.T) {
	for name, tt := range map[string]struct {
		netFirst        bool
		off             string
		net, vat, total string
		rates           []string // rate, net, VAT of each
	}{
		"VAT first":    {false, "0", "103.5", "18.69", "122.19", []string{"10", "20.18", "2.02", "20", "83.32", "16.67"}},
		"net first":    {true, "0", "103.51", "18.68", "122.19", []string{"10", "20.18", "2.02", "20", "83.33", "16.66"}},
		"a kuruş more": {false, "0.01", "103.51", "18.69", "122.2", []string{"10", "20.19", "2.02", "20", "83.32", "16.67"}},
		"a kuruş less": {false, "-0.01", "103.49", "18.69", "122.18", []string{"10", "20.17", "2.02", "20", "83.32", "16.67"}},
		"both differ":  {true, "0.01", "103.52", "18.68", "122.2", []string{"10", "20.19", "2.02", "20", "83.33", "16.66"}},
	} {
		t.Run(name, func(t *testing.T) {
			o := sales()
			o.NetFirst, o.TotalOff = tt.netFirst, decimal.RequireFromString(tt.off)
			c := signed(t, o)
			body := draftBody()
			second := maps.Clone(lineOf(body))
			second["price"], second["taxRate"], second["quantity"] = 22.20, 10, 1
			lineOf(body)["price"], lineOf(body)["quantity"] = 99.99, 1
			body["salesInvoiceDetails"] = append(body["salesInvoiceDetails"].([]object), second)
			c.draft(body)
			v := lastInvoice(c)
			var rates []string
			for _, r := range v.Rates {
				rates = append(rates, r.Rate.String(), r.Net.String(), r.VAT.String())
			}
			if v.Net.String() != tt.net || v.VAT.String() != tt.vat || v.Total.String() != tt.total || !slices.Equal(rates, tt.rates) {
				t.Errorf("%s + %s = %s, by rate %v", v.Net, v.VAT, v.Total, rates)
			}
			if got := c.get("invoices/" + lastID(c)); exactly(got["total"]) != tt.total || exactly(got["totalwotax"]) != tt.net || exactly(got["vatAmount"]) != tt.vat {
				t.Errorf("reads %v + %v = %v", got["totalwotax"], got["vatAmount"], got["total"])
			}
		})
	}
}

// exactly writes a number of an answer as short as it is.
func exactly(number any) string { return strconv.FormatFloat(number.(float64), 'f', -1, 64) }

func TestDraft_refuses(t *testing.T) {
	const incomplete = "Firma tanımında adres, posta kodu, şehir ve ilçe alanları dolu olmalıdır"
	without := func(names ...string) func(object) {
		return func(o object) {
			for _, name := range names {
				delete(customerOf(o), name)
			}
		}
	}
	for _, tt := range []struct {
		name         string
		change       func(object)
		status, code int
		message      string
	}{
		// The words of §12, to §3.1.
		{"no customer", func(o object) { delete(o, "customer") }, 500, 500, "IntegrationCustomerModelIsRequired"},
		{"no product of a line", func(o object) { delete(lineOf(o), "productDetail") }, 400, 400, "Fatura satırında ürün girilmesi zorunludur."},
		{"no postal code", without("postalCode"), 400, 400, incomplete},
		{"no city", without("city"), 400, 400, incomplete},
		{"no district", without("district"), 400, 400, incomplete},
		{"no country", without("country"), 400, 400, "customer.country alanı boş gönderilemez"},
		{"empty fields", func(o object) { customerOf(o)["address"], customerOf(o)["tcknVkn"] = " ", "" }, 400, 400, "customer.address alanı boş gönderilemez\ncustomer.tcknvkn alanı boş gönderilemez"},
		{"no address", without("city", "district", "address", "postalCode"), 400, 400, "customer.address alanı boş gönderilemez\n" + incomplete},
		{"no surname of a person", without("lastName"), 400, 400, "Bireysel firma için Ad ve Soyad gereklidir"},
		{"no first name of a person", without("firstName"), 400, 400, "Bireysel firma için Ad ve Soyad gereklidir"},
		{"no name of a company", func(o object) { customerOf(o)["isPerson"] = false }, 400, 400, "customer.name"},
		{"no date", func(o object) { o["invoiceDate"] = "" }, 400, 400, "Fatura tarihi zorunludur"},
		{"date of no kind", func(o object) { o["invoiceDate"] = "04.05.2026" }, 400, 400, "Fatura tarihi geçersiz."},
		{"no currency", func(o object) { delete(o, "currency") }, 400, 400, "Döviz"},
		{"foreign currency without a rate", func(o object) { o["currency"], o["exchangeRate"] = "USD", 0 }, 400, 400, "Döviz kuru zorunludur."},
		{"no lines", func(o object) { o["salesInvoiceDetails"] = []object{} }, 400, 400, "salesinvoicedetails alanı boş gönderilemez"},
		{"no name of a line", func(o object) { delete(lineOf(o), "name") }, 400, 400, "Satır adı"},
		{"no code of a line", func(o object) { lineOf(o)["productDetail"] = object{} }, 400, 400, "Fatura satırında ürün girilmesi zorunludur."},
		{"no quantity", func(o object) { lineOf(o)["quantity"] = 0 }, 400, 400, "Miktar"},
		{"no rate of a line", func(o object) { lineOf(o)["taxRate"] = nil }, 400, 400, "KDV"},
		{"price is no number", func(o object) { lineOf(o)["price"] = "x" }, 400, 400, "okunamadı"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c := signed(t, sales())
			body := draftBody()
			tt.change(body)
			r := c.call(http.MethodPost, base+"invoices/integrationInvoices", body)
			if r.refused(t, tt.code, tt.message); r.Status != tt.status {
				t.Errorf("HTTP %d", r.Status)
			}
			if len(c.s.Invoices()) != 0 || len(c.s.Firms()) != 3 || len(c.s.Products()) != 2 {
				t.Error("something was made")
			}
		})
	}
	o := sales()
	o.PostalCodeOptional = true
	body := draftBody()
	delete(customerOf(body), "postalCode")
	signed(t, o).draft(body)
}

func TestDraft_kindOfDocument(t *testing.T) {
	for name, tt := range map[string]struct {
		number string
		kind   any
		want   int
	}{
		"final consumer":              {"11111111111", nil, sandbox.KindEArchive},
		"e-Fatura user":               {"4540536920", nil, sandbox.KindEInvoice},
		"e-Fatura user, e-Arşiv said": {"4540536920", 2, sandbox.KindEInvoice},
		"not one, e-Fatura said":      {"7740606115", 1, sandbox.KindEArchive},
		"sold on the internet":        {"11111111111", 3, sandbox.KindInternet},
	} {
		c := signed(t, sales())
		body := draftBody()
		customerOf(body)["tcknVkn"] = tt.number
		body["eGovernmentInvoice"] = object{"invoiceTypeForEinvoice": tt.kind, "eInvoiceProfile": 2}
		c.draft(body)
		if v := lastInvoice(c); v.Kind != tt.want || v.Profile != 2 {
			t.Errorf("%s: kind %d, profile %d", name, v.Kind, v.Profile)
		}
	}
}

// §12, to §6.1: the profile comes back as Ticari where none was sent; to §6.2: a series of numbers each;
// to §6.1: every invoice takes the place of the dispatch note; what is no sale becomes one.
func TestDraft_hasWhatNobodySent(t *testing.T) {
	for number, tt := range map[string]struct {
		profile int
		series  string
	}{"4540536920": {2, "ISF2026"}, "11111111111": {0, "ISB2026"}} {
		c := signed(t, sales())
		body := draftBody()
		customerOf(body)["tcknVkn"], body["type"] = number, "PURCHASE_INVOICE"
		body["sourceOrderIds"], customerOf(body)["emailAddress"], customerOf(body)["phone"] = []int{1}, "a@example.com", "0532"
		m := c.draft(body)
		v := lastInvoice(c)
		if v.Profile != tt.profile || !strings.HasPrefix(m.No, tt.series) || v.Type != sandbox.InvoiceSale {
			t.Errorf("%s: %+v", number, v)
		}
		detail := c.get("invoices/" + lastID(c))
		government := detail["eGovernmentInvoice"].(object)
		if government["dispatchIncluded"] != true || v.Dispatch == "" || detail["dispatchNumber"] != v.Dispatch || detail["type"] != "SALES_INVOICE" {
			t.Errorf("%s: detail %v", number, detail)
		}
	}
}

// The mark on the card that the first draft made does not make e-Fatura of the second.
func TestDraft_kindOfDocumentInTheTestFirm(t *testing.T) {
	o := sales()
	o.EveryVKN = true
	c := signed(t, o)
	for range 2 {
		c.draft(draftBody())
		if v := lastInvoice(c); v.Kind != sandbox.KindEArchive {
			t.Errorf("kind %d of a final consumer", v.Kind)
		}
	}
	if f := c.s.Firms()[3]; !f.Registered || f.TaxNumber != "11111111111" {
		t.Errorf("the new card is %+v", f)
	}
}

// The order of dates is kept per kind of document; the refusal names the last date in Türkiye's time.
func TestDraft_orderOfDates(t *testing.T) {
	o := sales()
	o.Invoices = []sandbox.Invoice{
		{ID: 1, Kind: sandbox.KindEArchive, Status: sandbox.StatusDone, Date: time.Date(2026, 5, 10, 20, 59, 30, 0, time.UTC)},
		{ID: 2, Kind: sandbox.KindEArchive, Cancelled: true, Status: sandbox.StatusDone, Date: time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC)},
		{ID: 3, Kind: sandbox.KindEInvoice, Date: time.Date(2027, 2, 1, 0, 0, 0, 0, time.UTC)},
		{ID: 4, Type: sandbox.InvoicePurchase, Date: time.Date(2028, 2, 1, 0, 0, 0, 0, time.UTC)},
	}
	const named = "Girilen tarihten sonra aynı tipte fatura kesilmiş. En son fatura Tarihi :"
	for _, tt := range []struct{ name, number, date, last string }{
		{"before", "11111111111", "2026-05-10 23:58:59", "10-05-2026 23:59"},
		{"the minute that is named", "11111111111", "2026-05-10 23:59:00", ""},
		{"after", "11111111111", "2026-05-11 00:00:00", ""},
		{"day only", "11111111111", "2026-05-10", "10-05-2026 23:59"},
		{"other kind", "4540536920", "2026-06-01T10:00:00", "01-02-2027 03:00"},
		{"with an offset", "11111111111", "2026-05-10T21:00:00Z", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c := signed(t, o)
			body := draftBody()
			body["invoiceDate"], customerOf(body)["tcknVkn"] = tt.date, tt.number
			r := c.call(http.MethodPost, base+"invoices/integrationInvoices", body)
			if tt.last == "" {
				r.ok(t, &made{})
				return
			}
			r.refused(t, 400, named+tt.last)
		})
	}
}

func TestDraft_isWrittenAnew(t *testing.T) {
	c := signed(t, sales())
	first := c.draft(draftBody())
	body := draftBody()
	body["invoiceId"], lineOf(body)["quantity"], body["invoiceDate"] = first.InvoiceID, 1, "2026-05-03 10:00:00"
	if again := c.draft(body); again != first {
		t.Errorf("was %+v, is %+v", first, again)
	}
	if v := lastInvoice(c); len(c.s.Invoices()) != 1 || v.Total.String() != "349.9" || len(v.Lines) != 1 {
		t.Errorf("holds %+v", c.s.Invoices())
	}
	body["invoiceId"] = 9999
	c.call(http.MethodPost, base+"invoices/integrationInvoices", body).refused(t, 599, "Bulunamadı")
	c.s.EditInvoices(func(v []sandbox.Invoice) []sandbox.Invoice {
		v[0].Status = sandbox.StatusDone
		return v
	})
	body["invoiceId"] = first.InvoiceID
	if r := c.call(http.MethodPost, base+"invoices/integrationInvoices", body); r.Status != http.StatusConflict {
		t.Errorf("HTTP %d", r.Status)
	}
}

func TestDraft_currency(t *testing.T) {
	c := signed(t, sales())
	body := draftBody()
	body["currency"], body["exchangeRate"] = "TRY", nil
	c.draft(body)
	if v := lastInvoice(c); v.Currency != "TL" || !v.Rate.Equal(decimal.NewFromInt(1)) {
		t.Errorf("%s at %s", v.Currency, v.Rate)
	}
	body["currency"], body["exchangeRate"] = "USD", 41.2537
	c.draft(body)
	if got := c.get("invoices/" + lastID(c)); got["totalTL"] != 28869.34 || got["currency"] != "USD" {
		t.Errorf("totals %v %v", got["totalTL"], got["currency"])
	}
}
