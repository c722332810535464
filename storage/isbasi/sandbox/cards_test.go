package sandbox_test

import (
	"reflect"
	"slices"
	"testing"

	"github.com/sopyo/sopyo-desktop/storage/isbasi/sandbox"
)

func TestDraft_findsOrMakesTheCustomer(t *testing.T) {
	for _, tt := range []struct {
		name   string
		change func(object)
		want   int64 // 0 = a new card
	}{
		{"by code", func(o object) { o["code"] = "C-3" }, 3},
		{"by name and number", func(o object) { o["isPerson"], o["name"], o["tcknVkn"] = false, "DENEME LTD", "4540536920" }, 1},
		{"by both names and number", func(o object) { o["firstName"], o["lastName"], o["tcknVkn"] = "IŞIL", "örnek", "10000000146" }, 2},
		{"other number", func(o object) { o["isPerson"], o["name"], o["tcknVkn"] = false, "Deneme Ltd", "1234567890" }, 0},
		{"other last name", func(o object) { o["firstName"], o["lastName"], o["tcknVkn"] = "Işıl", "Başka", "10000000146" }, 0},
		{"unknown code", func(o object) { o["code"] = "YENİ-1" }, 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c := signed(t, sales())
			body := draftBody()
			tt.change(customerOf(body))
			c.draft(body)
			v, firms := lastInvoice(c), c.s.Firms()
			if tt.want != 0 {
				if v.FirmID != tt.want || len(firms) != 3 {
					t.Errorf("firm %d of %d", v.FirmID, len(firms))
				}
				return
			}
			f := firms[len(firms)-1]
			if len(firms) != 4 || v.FirmID != f.ID || f.Code == "" || f.PostalCode != "06000" || f.TaxNumber != customerOf(body)["tcknVkn"] {
				t.Errorf("card %+v", f)
			}
			if code := customerOf(body)["code"]; code != "" && f.Code != code {
				t.Errorf("code %q", f.Code)
			}
		})
	}
}

func TestDraft_findsOrMakesTheProduct(t *testing.T) {
	c := signed(t, sales())
	c.draft(draftBody())
	if n := len(c.s.Products()); n != 2 {
		t.Fatalf("%d products after a known code", n)
	}
	body := draftBody()
	lineOf(body)["productDetail"] = object{"itemCode": "TRM-500", "itemType": 2, "name": "Termos Kiralama", "unit": "Gün"}
	c.draft(body)
	products := c.s.Products()
	p := products[len(products)-1]
	if len(products) != 3 || p.Type != sandbox.TypeService || p.Name != "Termos Kiralama" || p.Unit != "Gün" || p.VATRate.Decimal.String() != "20" {
		t.Errorf("card %+v", p)
	}
	if v := lastInvoice(c); v.Lines[0].ProductID != p.ID {
		t.Errorf("line %+v", v.Lines[0])
	}
}

func TestInvoices_generated(t *testing.T) {
	products, firms := sandbox.DemoProducts(), sandbox.DemoFirms()
	one, two := sandbox.Invoices(30, 7, products, firms), sandbox.Invoices(30, 7, products, firms)
	if !reflect.DeepEqual(one, two) {
		t.Error("the seed does not decide")
	}
	if !slices.IsSortedFunc(one, func(a, b sandbox.Invoice) int { return a.Date.Compare(b.Date) }) {
		t.Error("not in the order of dates")
	}
	for _, v := range one {
		if len(v.Lines) == 0 || !v.Total.IsPositive() || v.FirmID == 0 || v.PostalCode == "" {
			t.Errorf("invoice %+v", v)
		}
	}
	if sandbox.Invoices(5, 1, nil, firms) != nil || sandbox.Orders(5, 1, products, nil) != nil {
		t.Error("sales of nothing")
	}
}
