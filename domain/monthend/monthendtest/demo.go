// Package monthendtest has the month of a shop for tests: 54 orders, of which 45 were invoiced, one of these
// cancelled, and 9 are held. It is as the specification's example (orders-invoices.md §9).
package monthendtest

import (
	"context"
	"fmt"
	"time"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/invoicing"
	"github.com/sopyo/sopyo-desktop/domain/monthend"
	"github.com/sopyo/sopyo-desktop/domain/orders"
)

// May is the month of Demo.
var May = monthend.Month{Year: 2026, Month: time.May}

// Demo gives the month. İşbaşı's list agrees with it, a part of one invoice has come back and waits for a
// document, and two marketplaces pay of the price of some orders.
func Demo() monthend.Source {
	s := monthend.Source{Company: "Çığır Işık Ticaret Ltd. Şti.", Month: May, Documents: Documents{}}
	for n := range 54 {
		if n%6 == n/6%6 { // nine of them
			s.Missing = append(s.Missing, missing(n))
			continue
		}
		s.Invoices = append(s.Invoices, invoice(n))
	}
	s.Invoices[4].State, s.Invoices[17].State = monthend.StateCancelled, monthend.StateReturned // of e-Arşiv and e-Fatura, each of three lines
	returned, err := invoicing.Return([]invoicing.ReturnLine{{Sold: dec("3"), Net: dec("179.70"), VAT: rate(20), Now: dec("1")}})
	if err != nil {
		panic(err) // it is the specification's own
	}
	cancelled, part := task(s.Invoices[4], monthend.WhatCancelled, 12), task(s.Invoices[17], monthend.WhatReturned, 26)
	cancelled.Document, cancelled.DocumentDate = "IPT2026000000003", On(13)
	part.Sums = returned.Sums
	s.Tasks = []monthend.Task{cancelled, part}
	for n, amount := range []string{"1400.63", "45.00", "120.50"} {
		of := s.Invoices[10*n]
		s.Platform = append(s.Platform, monthend.PlatformInvoice{
			Marketplace: []string{"Hepsiburada", "Trendyol", "Hepsiburada"}[n], Date: of.Date, Order: of.Order, Package: of.Package, Number: of.Number,
			Sums: invoicing.Compute([]invoicing.Line{{Line: orders.Line{Quantity: dec("1"), Unit: dec(amount), VAT: rate(20)}}}, decimal.Zero).Sums,
		})
	}
	s.Listing = monthend.Listing{Asked: true, Reads: 2}
	for _, i := range s.Invoices {
		s.Listing.Invoices = append(s.Listing.Invoices, monthend.Listed{
			ID: i.RemoteID, Number: i.Number, Date: i.Date, Total: i.Total, Cancelled: i.State == monthend.StateCancelled,
		})
	}
	return s
}

// On is a moment of a day of May, late enough to be of another day in UTC's eyes.
func On(day int) time.Time { return time.Date(2026, time.May, day, 1, 30, 0, 0, domain.Istanbul).UTC() }

func invoice(n int) monthend.Invoice {
	lines := []invoicing.Line{
		{Line: orders.Line{Name: fmt.Sprintf("Porselen kupa, desen %d", n), Quantity: dec(fmt.Sprint(1 + n%3)), Unit: dec("59.90"), VAT: rate(20)}},
		{Line: orders.Line{Name: "Sıvı sabun 400 ml", Quantity: dec("2"), Unit: dec(fmt.Sprintf("%d.95", 20+n)), VAT: rate(10)}},
		{Line: orders.Line{Name: "Kitap “Iğdır’ın Gülü”", Quantity: dec("1"), Unit: dec("200"), VAT: rate(1)}},
	}[:1+n%3]
	a := invoicing.Compute(lines, decimal.Zero)
	kind, number := domain.InvoiceEArchive, fmt.Sprintf("ARS2026%09d", n+1)
	taxNumber := fmt.Sprintf("1000000%04d", n)
	if n%4 == 0 {
		kind, number, taxNumber = domain.InvoiceEInvoice, fmt.Sprintf("FAT2026%09d", n+1), fmt.Sprintf("012345%04d", n)
	}
	i := monthend.Invoice{
		RemoteID: domain.RemoteID(fmt.Sprint(9000 + n)), Date: On(1 + n%31), Number: number, Kind: kind,
		ETTN: fmt.Sprintf("5f2b0c1e-0000-4000-8000-%012d", n), Buyer: buyer(n), TaxNumber: taxNumber,
		Marketplace: market(n), Order: fmt.Sprintf("00%d", 70000+n), Package: fmt.Sprintf("0%d", 880000+n),
		State: monthend.StateValid, Sums: a.Sums, HasPDF: true, HasUBL: n%5 != 0,
	}
	for k, l := range lines {
		of := a.Lines[k]
		i.Lines = append(i.Lines, monthend.Line{Name: l.Name, Quantity: l.Quantity, Unit: of.SendUnit, Net: of.Net, VATRate: l.VAT, VAT: of.VAT})
	}
	return i
}

func missing(n int) monthend.Missing {
	m := monthend.Missing{
		Marketplace: market(n), Order: fmt.Sprintf("00%d", 70000+n), Package: fmt.Sprintf("0%d", 880000+n), Buyer: buyer(n),
		ShippedOn: On(31 - n/3), Total: dec(fmt.Sprintf("%d.50", 100+n)),
	}
	switch n % 5 {
	case 1:
		m.Hits = []invoicing.Hit{invoicing.HitAddress, invoicing.HitMasked}
	case 3:
		m.Hits = []invoicing.Hit{invoicing.HitVATMissing}
	}
	return m
}

func task(i monthend.Invoice, what monthend.What, day int) monthend.Task {
	return monthend.Task{
		What: what, At: On(day), InvoiceID: i.RemoteID, Number: i.Number, InvoiceDate: i.Date, Kind: i.Kind, Buyer: i.Buyer,
		Marketplace: i.Marketplace, Order: i.Order, Package: i.Package, Sums: i.Sums,
	}
}

func buyer(n int) string {
	return []string{"Ayşe Gül İnci", "Iğdır Kırtasiye ve Büro Malzemeleri Sanayi Ticaret Anonim Şirketi", "Ömer Şahin"}[n%3]
}

func market(n int) string { return []string{"Trendyol", "Hepsiburada"}[n%2] }

// Documents are made of the id that is asked for.
type Documents struct{}

// PDF begins as one does.
func (Documents) PDF(_ context.Context, id domain.RemoteID) ([]byte, error) {
	return []byte("%PDF-1.7 " + id), nil
}

// UBL begins as a zip does.
func (Documents) UBL(_ context.Context, id domain.RemoteID) ([]byte, error) {
	return []byte("PK\x03\x04 " + id), nil
}

func dec(s string) decimal.Decimal { return decimal.RequireFromString(s) }

func rate(percent int64) decimal.NullDecimal {
	return decimal.NewNullDecimal(decimal.NewFromInt(percent))
}
