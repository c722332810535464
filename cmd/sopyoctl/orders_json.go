package main

import (
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/orders"
)

// orderFileJSON is a file as it was read, for programs.
func (c *ctl) orderFileJSON(path string, f orders.File) map[string]any {
	list := []any{}
	for i := range f.Orders {
		list = append(list, orderJSON(&f.Orders[i]))
	}
	problems, unknown, ignored := c.problemsJSON(f.Result)
	return map[string]any{
		"file": path, "profile": f.Profile.Name, "format": f.Format, "sheet": f.Sheet, "sheets": f.Sheets, "header_row": f.FirstRow,
		"rows": f.Rows, "taken": f.Taken, "repeated": f.Repeated, "no_line": f.NoLine, "refused": f.Refused,
		"columns": f.Columns, "ignored": ignored, "orders": list, "problems": problems, "unknown_words": unknown,
	}
}

// problemsJSON is what was not taken of a file, the words that nobody has explained, and the columns that are not read.
func (c *ctl) problemsJSON(f orders.Result) (problems, unknown, ignored []map[string]any) {
	problems, unknown, ignored = []map[string]any{}, []map[string]any{}, []map[string]any{}
	for _, p := range f.Problems {
		problems = append(problems, map[string]any{
			"line": p.Line, "field": p.Field, "value": p.Value, "reason": p.Reason, "refused": p.Refused,
			"message": c.t("orders.reason." + string(p.Reason)),
		})
	}
	for _, w := range f.Unknown {
		unknown = append(unknown, map[string]any{"field": w.Field, "word": w.Text, "rows": w.Rows})
	}
	for _, column := range f.Ignored {
		ignored = append(ignored, map[string]any{"header": column.Name, "filled": column.Filled, "sample": column.Sample})
	}
	return problems, unknown, ignored
}

// orderJSON is an order with the names that a case of "invoices try" has.
func orderJSON(o *orders.Order) map[string]any {
	lines := []any{}
	for i := range o.Lines {
		lines = append(lines, orderLineJSON(&o.Lines[i]))
	}
	b := &o.Buyer
	out := map[string]any{
		"marketplace": o.Marketplace, "package": o.Package, "order": o.Number, "status": o.Status, "status_word": o.Word,
		"currency": currencyJSON(o.Currency), "lines": lines, "order_discount": o.Discount.String(), "stated_total": number(o.StatedTotal),
		"refunded": o.Refunded.String(), "micro": o.Micro, "total": o.Total().StringFixed(2), "fingerprint": o.Fingerprint(),
		"buyer": map[string]any{
			"type": b.Type, "first": b.First, "last": b.Last, "name": b.Name, "tax_no": b.TaxNumber, "tax_office": b.TaxOffice,
			"address": b.Address, "city": b.City, "district": b.District, "postal": b.PostalCode, "plate": b.Plate, "country": b.Country,
		},
	}
	for name, at := range map[string]time.Time{"ordered_at": o.OrderedAt, "shipped_at": o.ShippedAt, "delivered_at": o.DeliveredAt} {
		if !at.IsZero() {
			out[name] = stamp(at)
		}
	}
	if !o.ShippedAt.IsZero() {
		out["shipped_on"] = o.ShippedAt.In(domain.Istanbul).Format(time.DateOnly)
	}
	return out
}

func orderLineJSON(l *orders.Line) map[string]any {
	return map[string]any{
		"id": l.ID, "code": l.Code, "barcode": l.Barcode, "name": l.Name, "qty": l.Quantity.String(), "unit": l.Unit.String(),
		"amount": number(l.Amount), "discount": l.Discount.String(), "discount_per_unit": l.PerUnit, "vat": number(l.VAT), "tax": number(l.Tax),
		"kind": l.Kind, "platform": l.Platform.String(), "net": l.Net().StringFixed(2),
	}
}

// currencyJSON writes the lira as İşbaşı and the contract of "invoices try" do.
func currencyJSON(c domain.Currency) string {
	if c == domain.TRY {
		return "TL"
	}
	return string(c)
}
