package monthend_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/invoicing"
	"github.com/sopyo/sopyo-desktop/domain/monthend"
	"github.com/sopyo/sopyo-desktop/domain/monthend/monthendtest"
	"github.com/sopyo/sopyo-desktop/domain/orders"
)

// written writes a page down: "# heading", "! warning", "- note", "a | b" of a row, "= a | b" of a strong one.
func written(t *testing.T, p monthend.Package) string {
	t.Helper()
	page, ok := contentOf(t, p, "ozet.pdf").(monthend.Page)
	if !ok {
		t.Fatal("no page")
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n%s\n", page.Title, page.Subtitle)
	for _, block := range page.Blocks {
		fmt.Fprintln(&b, "#", block.Heading)
		for _, n := range block.Notes {
			fmt.Fprintln(&b, map[bool]string{true: "!", false: "-"}[n.Warning], n.Text)
		}
		titles := make([]string, len(block.Columns))
		for i, c := range block.Columns {
			if titles[i] = c.Title; c.Amount {
				titles[i] += ">"
			}
			if c.Share <= 0 {
				t.Errorf("%s: %s has no room", block.Heading, c.Title)
			}
		}
		for i, r := range block.Rows {
			if i == 0 {
				fmt.Fprintln(&b, strings.Join(titles, " | "))
			}
			if len(r.Cells) != len(titles) {
				t.Errorf("%s: %v under %v", block.Heading, r.Cells, titles)
			}
			fmt.Fprintln(&b, map[bool]string{true: "=", false: " "}[r.Strong], strings.Join(r.Cells, " | "))
		}
	}
	return strings.TrimSuffix(b.String(), "\n")
}

func percent(rate int64) decimal.NullDecimal { return decimal.NewNullDecimal(decimal.NewFromInt(rate)) }

// sold is an invoice of goods at two rates.
func sold(id domain.RemoteID, kind domain.InvoiceKind) monthend.Invoice {
	a := invoicing.Compute([]invoicing.Line{
		{Line: orders.Line{Quantity: dec("1"), Unit: dec("349.00"), VAT: percent(20)}},
		{Line: orders.Line{Quantity: dec("1"), Unit: dec("1200.00"), VAT: percent(1)}},
	}, decimal.Zero)
	return monthend.Invoice{
		RemoteID: id, Number: "N" + string(id), Date: monthendtest.On(3), Kind: kind, State: monthend.StateValid, Sums: a.Sums, HasPDF: true, HasUBL: true,
	}
}

// A month in which all is well says so, and nothing that is not there.
func TestPage_ofAQuietMonth(t *testing.T) {
	i := sold("1", domain.InvoiceEInvoice)
	s := only(monthend.Source{Invoices: []monthend.Invoice{i}})
	s.Listing = monthend.Listing{Asked: true, Reads: 1, Invoices: []monthend.Listed{{ID: "1", Number: "N1", Date: i.Date, Total: i.Total}}}
	want := `Firma
Ay Sonu Paketi · Mayıs 2026 (01.05.2026 – 31.05.2026)
# Bakılacaklar
- Eksik, açık iş ya da fark yok.
# Özet
 | Adet> | Toplam>
  Kesilen fatura | 1 | 1.549,00 ₺
  İptal edilen fatura | 0 | 0,00 ₺
= Geçerli fatura | 1 | 1.549,00 ₺
  Geçerlilerden iadesi olan | 0 | 
  Faturası kesilmemiş sipariş | 0 | 
  Açık iptal ve iade işi | 0 | 
# Tür ve KDV oranına göre geçerli faturalar
Tür | Adet> | Oran> | Matrah> | KDV> | Toplam>
  e-Fatura |  | %1 | 1.188,12 ₺ | 11,88 ₺ | 1.200,00 ₺
  e-Fatura |  | %20 | 290,83 ₺ | 58,17 ₺ | 349,00 ₺
= e-Fatura toplamı | 1 |  | 1.478,95 ₺ | 70,05 ₺ | 1.549,00 ₺
# İşbaşı ile kontrol
- Uyuşuyor: pakettekiler ile İşbaşı’daki faturalar aynı.
- Pakette: 1 fatura, 0 iptal, geçerlilerin toplamı 1.549,00 ₺
- İşbaşı’da: 1 fatura, 0 iptal, geçerlilerin toplamı 1.549,00 ₺
- Kontrolün maliyeti: 1 okuma`
	if got := written(t, monthend.Make(wordsOf(t, "tr"), s)); got != want {
		t.Errorf("%s", got)
	}
}

// Everything that wants an eye is said first, with its number, and named below.
func TestPage_ofAMonthThatWantsAnEye(t *testing.T) {
	invoices := []monthend.Invoice{
		sold("1", domain.InvoiceEArchive), sold("2", domain.InvoiceEInvoice), sold("3", domain.InvoiceEArchive), sold("4", domain.InvoiceEArchive), sold("5", domain.InvoiceKindNone),
	}
	invoices[2].State, invoices[3].State = monthend.StateCancelled, monthend.StateReturned
	for i := range invoices {
		invoices[i].HasPDF, invoices[i].HasUBL = i > 1, i > 2
	}
	task := func(what monthend.What, i monthend.Invoice, document string) monthend.Task {
		return monthend.Task{What: what, At: monthendtest.On(20), InvoiceID: i.RemoteID, Number: i.Number, Buyer: "Ali", Document: document, Sums: i.Sums}
	}
	kept := func(day int, hits ...invoicing.Hit) monthend.Missing {
		return monthend.Missing{ShippedOn: monthendtest.On(day), Hits: hits}
	}
	s := only(monthend.Source{
		Invoices: invoices,
		Tasks: []monthend.Task{
			task(monthend.WhatCancelled, invoices[2], "I1"), task(monthend.WhatReturned, invoices[3], ""), task(monthend.WhatCancelled, invoices[0], ""),
		},
		Missing: []monthend.Missing{
			kept(30, invoicing.HitMasked), kept(20, invoicing.HitMasked, invoicing.HitAddress), kept(1), kept(2, invoicing.HitAddress), kept(3, invoicing.HitAddress),
		},
		Platform: []monthend.PlatformInvoice{{Marketplace: "Şık", Sums: invoices[0].Sums}, {Marketplace: "Can", Sums: invoices[0].Sums}},
		Listing:  monthend.Listing{Asked: true, Reads: 1200},
		Changes:  monthend.Since(monthendtest.May, monthendtest.On(31), nil, invoices[:1]),
	})
	want := `Firma
Ay Sonu Paketi · Mayıs 2026 (01.05.2026 – 31.05.2026)
# Bakılacaklar
! Faturası kesilmemiş sipariş: 5. Ayrıntısı eksikler.xlsx dosyasında.
! Bunlardan gönderimi üzerinden 7 günden çok geçen: 4 (VUK 231/5).
! Belgesi bekleyen iptal ya da iade: 2.
! İşbaşı ile fark: 5. Ayrıntısı aşağıda ve kontrol.txt dosyasında.
! Kapatılmış aylarda sonradan değişen fatura: 1.
! PDF’i pakette olmayan fatura: 2.
! UBL’i pakette olmayan fatura: 3.
# Özet
 | Adet> | Toplam>
  Kesilen fatura | 5 | 7.745,00 ₺
  İptal edilen fatura | 1 | 1.549,00 ₺
= Geçerli fatura | 4 | 6.196,00 ₺
  Geçerlilerden iadesi olan | 1 | 
  Faturası kesilmemiş sipariş | 5 | 
  Açık iptal ve iade işi | 2 | 
# Tür ve KDV oranına göre geçerli faturalar
Tür | Adet> | Oran> | Matrah> | KDV> | Toplam>
  e-Fatura |  | %1 | 1.188,12 ₺ | 11,88 ₺ | 1.200,00 ₺
  e-Fatura |  | %20 | 290,83 ₺ | 58,17 ₺ | 349,00 ₺
= e-Fatura toplamı | 1 |  | 1.478,95 ₺ | 70,05 ₺ | 1.549,00 ₺
  e-Arşiv |  | %1 | 2.376,24 ₺ | 23,76 ₺ | 2.400,00 ₺
  e-Arşiv |  | %20 | 581,66 ₺ | 116,34 ₺ | 698,00 ₺
= e-Arşiv toplamı | 2 |  | 2.957,90 ₺ | 140,10 ₺ | 3.098,00 ₺
  Türü bilinmiyor |  | %1 | 1.188,12 ₺ | 11,88 ₺ | 1.200,00 ₺
  Türü bilinmiyor |  | %20 | 290,83 ₺ | 58,17 ₺ | 349,00 ₺
= Türü bilinmiyor toplamı | 1 |  | 1.478,95 ₺ | 70,05 ₺ | 1.549,00 ₺
  Tüm türler |  | %1 | 4.752,48 ₺ | 47,52 ₺ | 4.800,00 ₺
  Tüm türler |  | %20 | 1.163,32 ₺ | 232,68 ₺ | 1.396,00 ₺
= Genel toplam | 4 |  | 5.915,80 ₺ | 280,20 ₺ | 6.196,00 ₺
# İptal ve iadeler
İşlem | Adet> | Açık> | Matrah> | KDV> | Toplam>
  İptal | 2 | 1 | 2.957,90 ₺ | 140,10 ₺ | 3.098,00 ₺
  İade | 1 | 1 | 1.478,95 ₺ | 70,05 ₺ | 1.549,00 ₺
# Belgesi bekleyen iptal ve iadeler
İşlem | İptal/iade tarihi | Fatura no | Alıcı | Matrah> | KDV> | Toplam>
  İptal | 20.05.2026 | N1 | Ali | 1.478,95 ₺ | 70,05 ₺ | 1.549,00 ₺
  İade | 20.05.2026 | N4 | Ali | 1.478,95 ₺ | 70,05 ₺ | 1.549,00 ₺
# Pazaryerlerine kesilecek faturalar
- Pazaryerinin karşıladığı tutarlar; bu program kesmez. Siparişleri platforma-kesilecek.xlsx dosyasında.
Pazaryeri | Sipariş> | Matrah> | KDV> | Toplam>
  Can | 1 | 1.478,95 ₺ | 70,05 ₺ | 1.549,00 ₺
  Şık | 1 | 1.478,95 ₺ | 70,05 ₺ | 1.549,00 ₺
# Faturası kesilmemiş siparişler, nedenine göre
Neden | Sipariş>
  Alıcının adresi eksik | 3
  Alıcının bilgileri gizlenmiş (***) | 2
  Faturaya hazır, kesilmemiş | 1
# İşbaşı ile kontrol
! Uyuşmuyor. Fark: 5.
- Pakette: 5 fatura, 1 iptal, geçerlilerin toplamı 6.196,00 ₺
- İşbaşı’da: 0 fatura, 0 iptal, geçerlilerin toplamı 0,00 ₺
- Kontrolün maliyeti: 1.200 okuma
Fatura no | Fark | Pakette> | İşbaşı’da>
  N1 | pakette var, İşbaşı’da yok | 1.549,00 ₺ | –
  N2 | pakette var, İşbaşı’da yok | 1.549,00 ₺ | –
  N3 | pakette var, İşbaşı’da yok | 1.549,00 ₺ | –
  N4 | pakette var, İşbaşı’da yok | 1.549,00 ₺ | –
  N5 | pakette var, İşbaşı’da yok | 1.549,00 ₺ | –
# Kapanıştan sonra değişenler
Ay (kapanış) | Fatura no | Fatura tarihi | Alıcı | Değişiklik | Önce> | Sonra>
  2026-05 (31.05.2026) | N1 | 03.05.2026 |  | sonradan kesildi | – | 1.549,00 ₺`
	if got := written(t, monthend.Make(wordsOf(t, "tr"), s)); got != want {
		t.Errorf("%s", got)
	}
}

// Of one that nobody held against İşbaşı it is said, too.
func TestPage_saysThatNobodyAsked(t *testing.T) {
	got := written(t, monthend.Make(wordsOf(t, "tr"), only(monthend.Source{})))
	want := "# Bakılacaklar\n! İşbaşı’daki faturalarla karşılaştırılmadı.\n# Özet"
	if !strings.Contains(got, want) || !strings.HasSuffix(got, "# İşbaşı ile kontrol\n! Karşılaştırılmadı: İşbaşı’nın fatura listesi bu ay için okunmadı.") {
		t.Errorf("%s", got)
	}
}
