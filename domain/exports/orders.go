package exports

import (
	"iter"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/invoicing"
	"github.com/sopyo/sopyo-desktop/domain/orders"
	"github.com/sopyo/sopyo-desktop/domain/words"
)

// Orders lists orders as people have corrected them, with what holds each and what to do about it.
func Orders(w words.Words, list iter.Seq2[orders.Kept, error]) Table {
	return Table{
		Name: w.T("export.orders.name"),
		Columns: append(keys("export.order.", "marketplace", "package", "number", "ordered", "shipped", "status", "buyer", "tax-number", "city", "district"),
			keys("export.order.", "total", "currency", "stage", "why", "do", "warnings", "invoice")...),
		Rows: mapped(list, func(k orders.Kept) []Cell {
			o, v := k.Standing(), k.Verdict
			var why, do, warnings []string
			for _, reason := range k.Holding() {
				what, cure := w.OrderHit(reason, k.Status)
				why, do = append(why, what), append(do, cure)
			}
			for _, warning := range v.Warnings {
				what, _ := w.Warning(warning)
				warnings = append(warnings, what)
			}
			return []Cell{
				Text(orders.TitleOf(o.Marketplace)), Text(o.Package), Text(o.Number), Moment(w, o.OrderedAt), Moment(w, o.ShippedAt), Text(w.OrderStatus(o.Status)),
				Text(o.Buyer.FullName()), Text(o.Buyer.TaxNumber), Text(o.Buyer.City), Text(o.Buyer.District),
				Number(decimal.NewNullDecimal(v.Total)), Text(o.Currency), Text(w.Stage(v)),
				Text(strings.Join(why, " · ")), Text(strings.Join(do, " · ")), Text(strings.Join(warnings, " · ")), Text(v.Invoice),
			}
		}),
	}
}

// Invoices lists invoices with their amounts.
func Invoices(w words.Words, list iter.Seq2[invoicing.Record, error]) Table {
	return Table{
		Name: w.T("export.invoices.name"),
		Columns: append(keys("export.invoice.", "number", "date", "state", "kind", "uuid", "buyer", "tax-number", "base", "vat", "total"),
			keys("export.invoice.", "currency", "marketplace", "package", "why")...),
		Rows: mapped(list, func(r invoicing.Record) []Cell {
			amount := func(d decimal.Decimal) Cell { return Number(decimal.NewNullDecimal(d)) }
			currency := r.Draft.Currency
			if currency == "" {
				currency = domain.TRY
			}
			return []Cell{
				Text(r.Number), Date(w, r.Day()), Text(w.Attempt(r)), Text(w.InvoiceKind(r.Kind, r.Scenario)), Text(r.UUID),
				Text(r.Buyer), Text(r.TaxNumber), amount(r.Amounts.Base), amount(r.Amounts.VAT), amount(r.Amounts.Total),
				Text(currency), Text(orders.TitleOf(r.Key.Marketplace)), Text(r.Key.Package), Text(w.AttemptCause(r)),
			}
		}),
	}
}
