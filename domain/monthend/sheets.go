package monthend

import (
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/invoicing"
	"github.com/sopyo/sopyo-desktop/domain/words"
)

// sales lists the invoices.
func sales(w words.Words, s Source) Sheet {
	return sheet(w, "monthend.sheet.sales", s.Invoices,
		[]column[Invoice]{
			date("monthend.date", func(i Invoice) time.Time { return i.Date }),
			text("monthend.number", func(i Invoice) string { return i.Number }),
			text("monthend.kind", func(i Invoice) string { return kind(w, i.Kind) }),
			text("monthend.ettn", func(i Invoice) string { return i.ETTN }),
			text("monthend.buyer", func(i Invoice) string { return i.Buyer }),
			text("monthend.tax-number", func(i Invoice) string { return i.TaxNumber }),
		},
		amounts(w, s.Invoices, func(i Invoice) invoicing.Sums { return i.Sums }),
		[]column[Invoice]{
			text("monthend.marketplace", func(i Invoice) string { return i.Marketplace }),
			text("monthend.order", func(i Invoice) string { return i.Order }),
			text("monthend.package", func(i Invoice) string { return i.Package }),
			text("monthend.state", func(i Invoice) string { return w.T("monthend.state." + string(i.State)) }),
		})
}

// numbered is a line with its invoice and its place in it.
type numbered struct {
	Line
	of Invoice
	n  int64
}

// lines lists the lines of the invoices.
func lines(w words.Words, s Source) Sheet {
	var all []numbered
	for _, i := range s.Invoices {
		for n, l := range i.Lines {
			all = append(all, numbered{l, i, int64(n + 1)})
		}
	}
	return sheet(w, "monthend.sheet.lines", all, []column[numbered]{
		date("monthend.date", func(l numbered) time.Time { return l.of.Date }),
		text("monthend.number", func(l numbered) string { return l.of.Number }),
		number("monthend.line", func(l numbered) decimal.NullDecimal { return valid(decimal.NewFromInt(l.n)) }),
		text("monthend.name", func(l numbered) string { return l.Name }),
		number("monthend.quantity", func(l numbered) decimal.NullDecimal { return valid(l.Quantity) }),
		price("monthend.unit", func(l numbered) decimal.NullDecimal { return l.Unit }),
		number("monthend.rate", func(l numbered) decimal.NullDecimal { return l.VATRate }),
		money("monthend.line-base", func(l numbered) decimal.NullDecimal {
			return decimal.NullDecimal{Decimal: l.Net.Sub(l.VAT.Decimal), Valid: l.VAT.Valid}
		}),
		money("monthend.line-vat", func(l numbered) decimal.NullDecimal { return l.VAT }),
		money("monthend.total", func(l numbered) decimal.NullDecimal { return valid(l.Net) }),
		text("monthend.order", func(l numbered) string { return l.of.Order }),
		text("monthend.state", func(l numbered) string { return w.T("monthend.state." + string(l.of.State)) }),
	})
}

// tasks lists what was cancelled and came back.
func tasks(w words.Words, s Source) Sheet {
	return sheet(w, "monthend.sheet.tasks", s.Tasks,
		[]column[Task]{
			text("monthend.what", func(t Task) string { return w.T("monthend.what." + string(t.What)) }),
			text("monthend.task", func(t Task) string { return w.T(standing(t)) }),
			date("monthend.happened", func(t Task) time.Time { return t.At }),
			text("monthend.number", func(t Task) string { return t.Number }),
			date("monthend.date", func(t Task) time.Time { return t.InvoiceDate }),
			text("monthend.kind", func(t Task) string { return kind(w, t.Kind) }),
			text("monthend.buyer", func(t Task) string { return t.Buyer }),
		},
		amounts(w, s.Tasks, func(t Task) invoicing.Sums { return t.Sums }),
		[]column[Task]{
			text("monthend.document", func(t Task) string { return t.Document }),
			date("monthend.document-date", func(t Task) time.Time { return t.DocumentDate }),
			text("monthend.marketplace", func(t Task) string { return t.Marketplace }),
			text("monthend.order", func(t Task) string { return t.Order }),
			text("monthend.package", func(t Task) string { return t.Package }),
		})
}

func standing(t Task) string {
	if t.Open() {
		return "monthend.task.open"
	}
	return "monthend.task.closed"
}

// platformRow is an order, or behind a marketplace's orders what they come to.
type platformRow struct {
	PlatformInvoice
	total bool
}

// platform lists what marketplaces pay, and what each of them is to be invoiced.
func platform(w words.Words, s Source, sum Summary) Sheet {
	var rows []platformRow
	next := 0
	for _, market := range sum.Platform {
		for _, p := range s.Platform[next : next+market.Count] {
			rows = append(rows, platformRow{p, false})
		}
		next += market.Count
		rows = append(rows, platformRow{PlatformInvoice{Marketplace: market.Marketplace, Sums: market.Sums}, true})
	}
	return sheet(w, "monthend.sheet.platform", rows,
		[]column[platformRow]{
			text("monthend.row", func(r platformRow) string {
				if r.total {
					return w.T("monthend.row.total")
				}
				return w.T("monthend.row.order")
			}),
			text("monthend.marketplace", func(r platformRow) string { return r.Marketplace }),
			date("monthend.order-date", func(r platformRow) time.Time { return r.Date }),
			text("monthend.order", func(r platformRow) string { return r.Order }),
			text("monthend.package", func(r platformRow) string { return r.Package }),
			text("monthend.customer-invoice", func(r platformRow) string { return r.Number }),
		},
		amounts(w, rows, func(r platformRow) invoicing.Sums { return r.Sums }))
}

// missing lists the orders that have no invoice.
func missing(w words.Words, s Source) Sheet {
	return sheet(w, "monthend.sheet.missing", s.Missing, []column[Missing]{
		text("monthend.marketplace", func(m Missing) string { return m.Marketplace }),
		text("monthend.order", func(m Missing) string { return m.Order }),
		text("monthend.package", func(m Missing) string { return m.Package }),
		text("monthend.buyer", func(m Missing) string { return m.Buyer }),
		date("monthend.shipped", func(m Missing) time.Time { return m.ShippedOn }),
		number("monthend.days", func(m Missing) decimal.NullDecimal {
			days, known := m.days(s.Month)
			return decimal.NullDecimal{Decimal: decimal.NewFromInt(int64(days)), Valid: known}
		}),
		money("monthend.total", func(m Missing) decimal.NullDecimal { return valid(m.Total) }),
		text("monthend.reasons", func(m Missing) string {
			var reasons []string
			for _, h := range m.hits() {
				reasons = append(reasons, w.Hit(string(h)))
			}
			return strings.Join(reasons, " · ")
		}),
	})
}

func kind(w words.Words, k domain.InvoiceKind) string {
	if k == domain.InvoiceKindNone {
		return w.T("invoice.kind.none")
	}
	return w.T("invoice.kind." + string(k))
}
