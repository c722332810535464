package monthend_test

import (
	"strings"
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/domaintest"
	"github.com/sopyo/sopyo-desktop/domain/invoicing"
	"github.com/sopyo/sopyo-desktop/domain/monthend"
	"github.com/sopyo/sopyo-desktop/domain/monthend/monthendtest"
)

// makers let every value be such as a source has it.
var makers = []domaintest.Maker{
	domaintest.As(func(n int) time.Time { return monthendtest.On(1 + n%31) }),
	domaintest.OneOf(domain.InvoiceEInvoice, domain.InvoiceEArchive, domain.InvoiceEArchiveForInternet),
	domaintest.OneOf(monthend.StateValid, monthend.StateCancelled, monthend.StateReturned),
	domaintest.OneOf(monthend.WhatCancelled, monthend.WhatReturned),
	domaintest.OneOf(invoicing.HitAddress, invoicing.HitMasked, invoicing.HitVATMissing),
}

func only(s monthend.Source) monthend.Source {
	s.Company, s.Month, s.Documents = "Firma", monthendtest.May, monthendtest.Documents{}
	return s
}

func wantRow(t *testing.T, name string, got []map[string]string, want map[string]string) {
	t.Helper()
	if len(got) != 1 {
		t.Fatalf("%s: %d rows", name, len(got))
	}
	for column, value := range want {
		if got[0][column] != value {
			t.Errorf("%s: %s is %q, want %q", name, column, got[0][column], value)
		}
	}
	for column, value := range got[0] {
		if _, known := want[column]; !known {
			t.Errorf("%s: column %s with %q", name, column, value)
		}
	}
}

// withRates adds base and VAT of two rates to what a row has, as its columns are called.
func withRates(want map[string]string, s invoicing.Sums) map[string]string {
	for _, r := range s.Rates {
		percent := domain.FormatPercent(r.Rate, "tr")
		want["Matrah "+percent], want["KDV "+percent] = r.Base.String(), r.VAT.String()
	}
	want["Toplam"] = s.Total.String()
	return want
}

func isoDate(at time.Time) string { return at.In(domain.Istanbul).Format(time.DateOnly) }

// Every field that a row carries stands in its column.
func TestSheets_carryEveryField(t *testing.T) {
	w := wordsOf(t, "tr")
	i := domaintest.Fill[monthend.Invoice](3, makers...)
	i.State, i.Kind, i.HasPDF, i.HasUBL = monthend.StateReturned, domain.InvoiceEArchiveForInternet, false, false
	p := monthend.Make(w, only(monthend.Source{Invoices: []monthend.Invoice{i}}))
	wantRow(t, "satislar", rowsOf(t, w, p, "satislar.xlsx"), withRates(map[string]string{
		"Fatura tarihi": isoDate(i.Date), "Fatura no": i.Number, "Tür": "e-Arşiv (internet satışı)", "ETTN": i.ETTN, "Alıcı": i.Buyer,
		"VKN/TCKN": i.TaxNumber, "Pazaryeri": i.Marketplace, "Sipariş no": i.Order, "Paket no": i.Package, "Durum": "İade",
	}, i.Sums))
	lines := rowsOf(t, w, p, "satirlar.xlsx")
	for n, l := range i.Lines {
		wantRow(t, "satirlar", lines[n:n+1], map[string]string{
			"Fatura tarihi": isoDate(i.Date), "Fatura no": i.Number, "Satır": []string{"1", "2"}[n], "Ürün ya da hizmet": l.Name,
			"Miktar": l.Quantity.String(), "Birim fiyat (KDV dahil)": l.Unit.Decimal.String(), "KDV oranı (%)": l.VATRate.Decimal.String(),
			"Matrah": l.Net.Sub(l.VAT.Decimal).String(), "KDV": l.VAT.Decimal.String(), "Toplam": l.Net.String(), "Sipariş no": i.Order, "Durum": "İade",
		})
	}
	if len(lines) != 2 {
		t.Errorf("%d lines", len(lines))
	}

	task := domaintest.Fill[monthend.Task](5, makers...)
	task.What, task.Kind = monthend.WhatReturned, domain.InvoiceEInvoice
	p = monthend.Make(w, only(monthend.Source{Tasks: []monthend.Task{task}}))
	wantRow(t, "iptal-iade", rowsOf(t, w, p, "iptal-iade.xlsx"), withRates(map[string]string{
		"İşlem": "İade", "İş": "Kapandı", "İptal/iade tarihi": isoDate(task.At), "Fatura no": task.Number, "Fatura tarihi": isoDate(task.InvoiceDate),
		"Tür": "e-Fatura", "Alıcı": task.Buyer, "Kapatan belge no": task.Document, "Belge tarihi": isoDate(task.DocumentDate),
		"Pazaryeri": task.Marketplace, "Sipariş no": task.Order, "Paket no": task.Package,
	}, task.Sums))

	pays := domaintest.Fill[monthend.PlatformInvoice](7, makers...)
	p = monthend.Make(w, only(monthend.Source{Platform: []monthend.PlatformInvoice{pays}}))
	rows := rowsOf(t, w, p, "platforma-kesilecek.xlsx")
	wantRow(t, "platforma-kesilecek", rows[:1], withRates(map[string]string{
		"Satır türü": "Sipariş", "Pazaryeri": pays.Marketplace, "Sipariş tarihi": isoDate(pays.Date), "Sipariş no": pays.Order,
		"Paket no": pays.Package, "Müşteri fatura no": pays.Number,
	}, pays.Sums))
	wantRow(t, "platforma-kesilecek", rows[1:], withRates(map[string]string{
		"Satır türü": "Pazaryeri toplamı", "Pazaryeri": pays.Marketplace, "Sipariş tarihi": "", "Sipariş no": "", "Paket no": "", "Müşteri fatura no": "",
	}, pays.Sums))

	m := domaintest.Fill[monthend.Missing](9, makers...)
	m.ShippedOn, m.Hits = monthendtest.On(20), []invoicing.Hit{invoicing.HitAddress, invoicing.HitVATMissing}
	p = monthend.Make(w, only(monthend.Source{Missing: []monthend.Missing{m}}))
	wantRow(t, "eksikler", rowsOf(t, w, p, "eksikler.xlsx"), map[string]string{
		"Pazaryeri": m.Marketplace, "Sipariş no": m.Order, "Paket no": m.Package, "Alıcı": m.Buyer, "Gönderim tarihi": "2026-05-20",
		"Gönderimden ay sonuna gün": "11", "Toplam": m.Total.String(), "Nedenler": "Alıcının adresi eksik · KDV oranı bilinmiyor",
	})
}

// What a marketplace pays of an order is invoiced to the marketplace (§2 A12).
func TestPlatform_addsUpEachMarketplace(t *testing.T) {
	w := wordsOf(t, "tr")
	p := monthend.Make(w, monthendtest.Demo())
	var got []string
	for _, row := range rowsOf(t, w, p, "platforma-kesilecek.xlsx") {
		got = append(got, row["Satır türü"]+" "+row["Pazaryeri"]+" "+row["Toplam"]+" = "+row["Matrah %20"]+" + "+row["KDV %20"])
	}
	want := []string{
		"Sipariş Hepsiburada 1400.63 = 1167.19 + 233.44", "Sipariş Hepsiburada 120.5 = 100.42 + 20.08",
		"Pazaryeri toplamı Hepsiburada 1521.13 = 1267.61 + 253.52",
		"Sipariş Trendyol 45 = 37.5 + 7.5", "Pazaryeri toplamı Trendyol 45 = 37.5 + 7.5",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("%s", strings.Join(got, "\n"))
	}
	if s := p.Summary.Platform; len(s) != 2 || s[0].Count != 2 || !s[0].Total.Equal(dec("1521.13")) || s[1].Count != 1 || !s[1].Total.Equal(dec("45")) {
		t.Errorf("%+v", s)
	}
}

// Seven days after shipping an invoice is in time (VUK 231/5); they are counted to the month's last day.
func TestMissing_countsDaysToTheMonthsEnd(t *testing.T) {
	w := wordsOf(t, "tr")
	for shipped, want := range map[time.Time]struct {
		rows, late int
		days       string
	}{
		time.Date(2026, 5, 31, 23, 59, 0, 0, domain.Istanbul): {1, 0, "0"},
		time.Date(2026, 5, 24, 0, 0, 0, 0, domain.Istanbul):   {1, 0, "7"},
		time.Date(2026, 5, 23, 23, 59, 0, 0, domain.Istanbul): {1, 1, "8"},
		time.Date(2026, 3, 31, 12, 0, 0, 0, domain.Istanbul):  {1, 1, "61"},
		{}: {1, 0, ""},
		time.Date(2026, 6, 1, 0, 0, 0, 0, domain.Istanbul): {0, 0, ""}, // June's
	} {
		p := monthend.Make(w, only(monthend.Source{Missing: []monthend.Missing{{Order: "1", ShippedOn: shipped}}}))
		rows := rowsOf(t, w, p, "eksikler.xlsx")
		if len(rows) != want.rows || p.Summary.Missing != want.rows || p.Summary.Late != want.late {
			t.Errorf("%s: %v, %+v", shipped, rows, p.Summary)
		}
		for _, row := range rows {
			if row["Gönderimden ay sonuna gün"] != want.days {
				t.Errorf("%s: %v", shipped, row)
			}
		}
	}
}

// The invoice's date says of which month it is: an order of 31 May 23:59 that was invoiced on 1 June is June's.
func TestMake_takesTheMonthsInvoicesOnly(t *testing.T) {
	w := wordsOf(t, "tr")
	invoice := func(id domain.RemoteID, at time.Time) monthend.Invoice {
		return monthend.Invoice{RemoteID: id, Number: "N" + string(id), Date: at, State: monthend.StateValid, Sums: invoicing.Sums{Total: dec("10")}}
	}
	first, last := monthendtest.May.Begin(), monthendtest.May.End()
	s := only(monthend.Source{Invoices: []monthend.Invoice{
		invoice("4", last.Add(time.Second)), invoice("3", last), invoice("2", first), invoice("1", first.Add(-time.Second)),
	}})
	s.Listing.Asked = true
	for _, i := range s.Invoices {
		s.Listing.Invoices = append(s.Listing.Invoices, monthend.Listed{ID: i.RemoteID, Number: i.Number, Date: i.Date, Total: i.Total})
	}
	p := monthend.Make(w, s)
	rows := rowsOf(t, w, p, "satislar.xlsx")
	if len(rows) != 2 || rows[0]["Fatura no"] != "N2" || rows[1]["Fatura no"] != "N3" || !p.Summary.Sales.Total.Equal(dec("20")) || !p.Control.Agrees() || p.Control.There.Invoices != 2 {
		t.Errorf("%v, %+v, %+v", rows, p.Summary, p.Control)
	}
}

// An invoice that somebody cancelled at İşbaşı is no order's task, and is listed all the same.
func TestTasks_nameEachCancelledInvoiceOnce(t *testing.T) {
	w := wordsOf(t, "tr")
	s := monthendtest.Demo()
	s.Tasks = s.Tasks[1:]
	p := monthend.Make(w, s)
	of := s.Invoices[4]
	wantRow(t, "iptal-iade", rowsOf(t, w, p, "iptal-iade.xlsx")[:1], withRates(map[string]string{
		"İşlem": "İptal", "İş": "Kapandı", "İptal/iade tarihi": "", "Fatura no": of.Number, "Fatura tarihi": isoDate(of.Date), "Tür": "e-Arşiv",
		"Alıcı": of.Buyer, "Kapatan belge no": of.Number, "Belge tarihi": "", "Pazaryeri": of.Marketplace, "Sipariş no": of.Order, "Paket no": of.Package,
	}, of.Sums))
	if p.Summary.Open != 1 || len(p.Summary.Tasks) != 2 || p.Summary.Tasks[0].Count != 1 {
		t.Errorf("%+v", p.Summary)
	}
}

// An invoice whose rates nobody knows is in the totals, and is said to be there.
func TestPage_namesAmountsWithoutARate(t *testing.T) {
	w := wordsOf(t, "tr")
	p := monthend.Make(w, only(monthend.Source{Invoices: []monthend.Invoice{
		{RemoteID: "1", Number: "A1", Date: monthendtest.On(2), Kind: domain.InvoiceEArchive, Sums: invoicing.Sums{Total: dec("1234.50")}},
	}}))
	page, ok := contentOf(t, p, "ozet.pdf").(monthend.Page)
	if !ok {
		t.Fatal("no page")
	}
	found := false
	for _, b := range page.Blocks {
		for _, r := range b.Rows {
			found = found || strings.Join(r.Cells, "|") == "e-Arşiv||belli değil|||1.234,50 ₺"
		}
	}
	if !found {
		t.Errorf("%+v", page.Blocks)
	}
}
