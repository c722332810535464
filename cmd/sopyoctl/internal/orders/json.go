package orders

import (
	"time"

	"github.com/sopyo/sopyo-desktop/cmd/sopyoctl/internal/console"
	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/invoicing"
	"github.com/sopyo/sopyo-desktop/domain/orders"
)

// orderFileJSON is a file as it was read, for programs.
func (c commands) orderFileJSON(path string, f orders.File) map[string]any {
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
func (c commands) problemsJSON(f orders.Result) (problems, unknown, ignored []map[string]any) {
	problems, unknown, ignored = []map[string]any{}, []map[string]any{}, []map[string]any{}
	for _, p := range f.Problems {
		problems = append(problems, map[string]any{
			"line": p.Line, "field": p.Field, "value": p.Value, "reason": p.Reason, "refused": p.Refused,
			"message": c.T("orders.reason." + string(p.Reason)),
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
		"currency": currencyJSON(o.Currency), "lines": lines, "order_discount": o.Discount.String(), "stated_total": console.Number(o.StatedTotal),
		"refunded": o.Refunded.String(), "micro": o.Micro, "total": o.Total().StringFixed(2), "fingerprint": o.Fingerprint(),
		"buyer": map[string]any{
			"type": b.Type, "first": b.First, "last": b.Last, "name": b.Name, "tax_no": b.TaxNumber, "tax_office": b.TaxOffice,
			"address": b.Address, "city": b.City, "district": b.District, "postal": b.PostalCode, "plate": b.Plate, "country": b.Country,
		},
	}
	for name, at := range map[string]time.Time{"ordered_at": o.OrderedAt, "shipped_at": o.ShippedAt, "delivered_at": o.DeliveredAt} {
		if !at.IsZero() {
			out[name] = console.Stamp(at)
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
		"amount": console.Number(l.Amount), "discount": l.Discount.String(), "discount_per_unit": l.PerUnit, "vat": console.Number(l.VAT), "tax": console.Number(l.Tax),
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

// InvoiceJSON is an attempt with all that is known of its invoice.
func InvoiceJSON(r *invoicing.Record) map[string]any {
	m := map[string]any{
		"id": r.ID, "key": OrderKey(orders.Key{Marketplace: r.Key.Marketplace, Package: r.Key.Package}), "direction": r.Key.Direction, "state": r.State,
		"token": r.Token, "kind": r.Kind, "scenario": r.Scenario, "number": r.Number, "uuid": r.UUID, "remote_id": r.Remote, "date": r.Day().Format(time.DateOnly),
		"buyer": r.Buyer, "tax_no": r.TaxNumber, "base": r.Amounts.Base.StringFixed(2), "vat": r.Amounts.VAT.StringFixed(2),
		"total": r.Amounts.Total.StringFixed(2), "currency": currencyJSON(r.Draft.Currency), "read_total": console.Number(r.Read), "cancelled": r.Cancelled,
		"linked": r.Linked, "status_text": r.StatusText,
	}
	if r.Cause != "" {
		m["cause"], m["detail"] = r.Cause, r.Detail
	}
	if r.Missed > 0 {
		m["missed"] = r.Missed
	}
	for name, at := range map[string]time.Time{"intent_at": r.IntentAt, "sent_at": r.SentAt, "asked_at": r.AskedAt, "issued_at": r.IssuedAt, "missed_at": r.MissedAt} {
		if !at.IsZero() {
			m[name] = console.Stamp(at)
		}
	}
	return m
}
