package invoicing_test

import (
	"testing"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/domaintest"
	"github.com/sopyo/sopyo-desktop/domain/invoicing"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/sqlitetest"
)

func TestSaveTask_carriesEachField(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	r := begun(t, c, filled(0))
	base := domaintest.Fill[invoicing.Task](0, makers...)
	base.ID, base.Record = 0, r
	want := base
	want.ID = 1
	sqlitetest.WantSame(t, "stored", sqlitetest.Ok1[invoicing.Task](t)(c.SaveTask(t.Context(), base)), want)
	other := domaintest.Fill[invoicing.Task](1, domaintest.OneOf(invoicing.TaskCancelled))
	other.Record = filled(2) // the invoice is none of the task's to change
	other.Record.ID = r.ID
	for path, task := range domaintest.Changed(want, other) {
		if path == "ID" {
			_, err := c.SaveTask(t.Context(), task)
			sqlitetest.WantKind(t, err, domain.KindNotFound)
			continue
		}
		expected := task
		expected.Record, expected.Return = r, want.Return // what it is known by
		got, err := c.SaveTask(t.Context(), task)
		sqlitetest.Must(t, err)
		sqlitetest.WantSame(t, path, got, expected)
		sqlitetest.WantSame(t, path, sqlitetest.Ok1[invoicing.Task](t)(c.Task(t.Context(), 1)), expected)
		sqlitetest.WantSame(t, path, sqlitetest.Ok1[[]invoicing.Task](t)(c.Tasks(t.Context(), true)), []invoicing.Task{expected})
	}
	sqlitetest.WantSame(t, "the invoice", sqlitetest.Ok1[invoicing.Record](t)(c.Record(t.Context(), r.ID)), r)
	_, err := c.Task(t.Context(), 2)
	sqlitetest.WantKind(t, err, domain.KindNotFound)
}

func TestSaveTask_isOneForAReturnOfAnInvoiceAndTold(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	now := sqlitetest.Clocked(c, 1)
	first, second := begun(t, c, filled(0)), begun(t, c, filled(1))
	detail := map[string]any{
		"marketplace": first.Key.Marketplace, "package": first.Key.Package, "number": first.Number, "buyer": first.Buyer,
		"total": first.Amounts.Total.StringFixed(2) + " " + string(first.Draft.Currency), "why": "returned", "document": "",
	}
	open := func(r invoicing.Record, number string) (invoicing.Task, error) {
		return c.SaveTask(t.Context(), invoicing.Task{Record: invoicing.Record{ID: r.ID}, Return: number, What: invoicing.TaskReturned, Lines: []decimal.Decimal{decimal.NewFromInt(1)}})
	}
	task := sqlitetest.Ok1[invoicing.Task](t)(open(first, "R-1"))
	if !task.OpenedAt.Equal(now) || task.Record.Buyer != first.Buyer {
		t.Errorf("%+v", task)
	}
	sqlitetest.WantNoted(t, c, "task-opened", detail)
	for _, tt := range []struct {
		r      invoicing.Record
		number string
		kind   domain.Kind
	}{
		{first, "R-1", domain.KindState}, {first, "", ""}, {first, "", domain.KindState}, {first, "R-2", ""}, {second, "R-1", ""}, {invoicing.Record{ID: 77}, "", domain.KindNotFound},
	} {
		if _, err := open(tt.r, tt.number); tt.kind != "" {
			sqlitetest.WantKind(t, err, tt.kind)
		} else {
			sqlitetest.Must(t, err)
		}
	}
	noted := sqlitetest.Entries(t, c)
	task.Note = "sorulacak"
	task = sqlitetest.Ok1[invoicing.Task](t)(c.SaveTask(t.Context(), task))
	if sqlitetest.Entries(t, c) != noted {
		t.Error("a note is noted")
	}
	task.Document, task.DocumentOn, task.ClosedAt = "GP-7", domain.Day(now), now
	for range 2 {
		task = sqlitetest.Ok1[invoicing.Task](t)(c.SaveTask(t.Context(), task))
	}
	if sqlitetest.Entries(t, c) != noted+1 {
		t.Error("closed twice")
	}
	detail["document"] = "GP-7"
	sqlitetest.WantNoted(t, c, "task-closed", detail)
	ids := func(closed bool) (all []int64) {
		for _, task := range sqlitetest.Ok1[[]invoicing.Task](t)(c.Tasks(t.Context(), closed)) {
			all = append(all, task.ID)
		}
		return all
	}
	if open, all := ids(false), ids(true); len(open) != 3 || len(all) != 4 || open[0] != 2 || all[0] != task.ID {
		t.Errorf("%v of %v", open, all)
	}
}

func TestInvoiceSettings_carryEachField(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	sqlitetest.Clocked(c, 1)
	read := func() invoicing.Settings {
		return sqlitetest.Ok1[invoicing.Settings](t)(c.InvoiceSettings(t.Context()))
	}
	sqlitetest.WantSame(t, "default", read(), invoicing.DefaultSettings())
	base, other := invoicing.DefaultSettings(), domaintest.Fill[invoicing.Settings](0,
		domaintest.OneOf(invoicing.GiftCardDiscount), domaintest.OneOf(invoicing.TrendyolDeducted), domaintest.OneOf(invoicing.ReturnSlip))
	base.Carrier = invoicing.Carrier{Name: "Kargo", TaxNumber: domain.CompleteVKN("987654321")}
	other.Carrier.TaxNumber, other.Exemption, other.ServiceVAT = domain.CompleteVKN("123456789"), "351", sqlitetest.Dec("10").Decimal
	for path, s := range domaintest.Changed(base, other) {
		sqlitetest.Must(t, c.SaveInvoiceSettings(t.Context(), base))
		noted := sqlitetest.Entries(t, c)
		for range 2 {
			sqlitetest.Must(t, c.SaveInvoiceSettings(t.Context(), s))
			sqlitetest.WantSame(t, path, read(), s)
		}
		if sqlitetest.Entries(t, c) != noted+1 {
			t.Errorf("%s: noted %d times", path, sqlitetest.Entries(t, c)-noted)
		}
		told := func(s invoicing.Settings) map[string]any {
			return map[string]any{
				"website": s.Website, "carrier": s.Carrier.Name, "carrier_tax_number": s.Carrier.TaxNumber, "service_vat": s.ServiceVAT.String(), "gift_card": string(s.GiftCard),
				"keep_postal_code": s.KeepPostalCode, "exemption": s.Exemption, "shipping_net": s.ShippingNet, "trendyol": string(s.Trendyol), "returns": string(s.Returns),
			}
		}
		sqlitetest.WantNoted(t, c, "invoice-settings", sqlitetest.Changes(told(base), told(s)))
	}
	before := read()
	bad := base
	bad.GiftCard = "gold"
	sqlitetest.WantKind(t, c.SaveInvoiceSettings(t.Context(), bad), domain.KindInvalid)
	sqlitetest.WantSame(t, "left", read(), before)
}
