package main

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/storage/isbasi/sandbox"
)

// rows is how many of each the page shows unless all are asked for.
const rows = 100

// view is what the page shows: ready texts, and a problem instead of all else.
type view struct {
	Problem string

	Address  string
	Counts   string
	Now      string // in Türkiye, as a form writes it
	Invoices []invoiceRow
	Faults   []sandbox.FaultState
	Calls    []callRow
	Firms    []firmRow
	Products []productRow

	Reads, Writes                         int
	MoreInvoices, MoreFirms, MoreProducts int
}

type invoiceRow struct {
	ID                                                   int64
	Number, Kind, State, Date, Buyer, Total, Description string
	MayCancel, MayReject, Off                            bool
}

type callRow struct {
	Route         string
	Count, Failed int
}

type firmRow struct {
	Code, Name, TaxNumber, City string
	Registered                  bool
}

type productRow struct{ Code, Name, Stock, Price, VAT string }

func (p *page) view(all bool) view {
	invoices, firms, products, calls := p.server.Invoices(), p.server.Firms(), p.server.Products(), p.server.Log()
	v := view{
		Address: p.server.URL(), Now: time.Now().In(domain.Istanbul).Format("2006-01-02T15:04"), Faults: p.server.Faults(),
		Calls: callRows(calls), Reads: calls.Spent(sandbox.CostRead), Writes: calls.Spent(sandbox.CostWrite),
	}
	drafts := 0
	slices.Reverse(invoices) // the newest first
	for i := range invoices {
		if invoices[i].Status == sandbox.StatusDraft && invoices[i].DeletedAt.IsZero() {
			drafts++
		}
		v.Invoices = append(v.Invoices, newInvoiceRow(&invoices[i]))
	}
	for _, f := range firms {
		name := f.Name
		if name == "" {
			name = f.FirstName + " " + f.LastName
		}
		v.Firms = append(v.Firms, firmRow{f.Code, name, f.TaxNumber, f.City, f.Registered})
	}
	for _, product := range products {
		v.Products = append(v.Products, productRow{product.Code, product.Name, number(product.Stock), number(product.Price), number(product.VATRate)})
	}
	v.Counts = fmt.Sprintf("%d invoices (%d drafts), %d firms, %d products and services, %d orders",
		len(invoices), drafts, len(firms), len(products), len(p.server.Orders()))
	if !all {
		v.Invoices, v.MoreInvoices = first(v.Invoices)
		v.Firms, v.MoreFirms = first(v.Firms)
		v.Products, v.MoreProducts = first(v.Products)
	}
	return v
}

// first cuts a list and tells how many are left out.
func first[T any](list []T) (shown []T, more int) {
	n := min(len(list), rows)
	return list[:n], len(list) - n
}

func number(d decimal.NullDecimal) string {
	if !d.Valid {
		return ""
	}
	return d.Decimal.String()
}

func newInvoiceRow(v *sandbox.Invoice) invoiceRow {
	kind := v.KindName()
	if v.Kind == sandbox.KindEInvoice && v.Profile == 2 {
		kind += " Ticari"
	}
	return invoiceRow{
		ID: v.ID, Number: v.Number, Kind: kind, State: state(v), Date: v.Date.In(domain.Istanbul).Format("02.01.2006 15:04"), Buyer: v.FirmName,
		Total: v.Total.StringFixed(2) + " " + v.Currency, Description: v.Description, MayCancel: v.MayCancel(), MayReject: v.MayReject(),
		Off: !v.DeletedAt.IsZero() || v.Cancelled,
	}
}

// state says in words where an invoice stands.
func state(v *sandbox.Invoice) string {
	var said string
	switch {
	case !v.DeletedAt.IsZero():
		return "deleted"
	case v.Cancelled:
		return "cancelled"
	case v.Status == sandbox.StatusDraft:
		said = "draft"
	case !v.DeniedAt.IsZero():
		said = "rejected by its buyer: " + v.RejectNote
	case v.Status == sandbox.StatusDone:
		said = "done"
	case v.Status == sandbox.StatusRefused:
		said = fmt.Sprintf("refused by GİB: %d %s", v.GIBCode, v.RejectNote)
	default:
		said = fmt.Sprintf("in progress (%d)", v.Status)
	}
	switch {
	case v.Type == sandbox.InvoicePurchase:
		return said + ", a purchase"
	case v.ByHand:
		return said + ", by hand"
	default:
		return said
	}
}

// callRows counts the calls by route, the most used first.
func callRows(calls sandbox.Calls) []callRow {
	routes := map[string]callRow{}
	for _, c := range calls {
		row := routes[c.Route]
		row.Route = c.Route
		if c.Route == "" {
			row.Route = "no route"
		}
		row.Count++
		if c.Status != 200 {
			row.Failed++
		}
		routes[c.Route] = row
	}
	return slices.SortedFunc(maps.Values(routes), func(a, b callRow) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Route, b.Route))
	})
}
