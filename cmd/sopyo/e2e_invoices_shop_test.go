//go:build e2e && linux

package main_test

import (
	"fmt"
	"html"
	"io"
	"net/http"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/xuri/excelize/v2"
)

// trendyolColumns are those of Trendyol's list of orders.
const trendyolColumns = "Barkod;Paket No;Kargo Firması;Sipariş Tarihi;Termin Süresinin Bittiği Tarih;Kargoya Teslim Tarihi;Kargo Kodu;" +
	"Sipariş Numarası;Alıcı;Teslimat Adresi;İl;İlçe;Ürün Adı;Fatura Adresi;Alıcı - Fatura Adresi;Sipariş Statüsü;E-Posta;Komisyon Oranı;Marka;" +
	"Stok Kodu;Adet;Birim Fiyatı;Satış Tutarı;İndirim Tutarı;Trendyol İndirim Tutarı;Faturalanacak Tutar;Butik Numarası;Teslim Tarihi;" +
	"Kargodan alınan desi;Hesapladığım desi;Faturalanan Kargo Tutarı;Alternatif Teslimat Statüsü;Kurumsal Faturalı Sipariş;" +
	"Vergi Kimlik Numarası;Vergi Dairesi;Şirket İsmi;Fatura;Müşteri Sipariş Adedi;Mikro İhracat;ETGB No;ETGB Tarihi;Yaş;Cinsiyet;" +
	"Kargo Partner İsmi;2.Teslimat Paketi Statüsü;2.Teslimat Takip Numarası;Teslimat Numarası;Fatura No;Fatura Tarihi;Ülke;" +
	"Müşteri Telefon No;ETGB Statüsü"

// sold is one line of a package that was sold at Trendyol.
type sold struct {
	pack, buyer, district, status string
	company                       [3]string // tax number, tax office, name; none: a person
	code, name                    string
	pieces                        int
	unit, amount                  string // as Trendyol writes them
}

// trendyolFile writes a list of orders, every cell a text, as Trendyol does.
func (w *world) trendyolFile(name string, lines ...sold) string {
	w.t.Helper()
	f := excelize.NewFile()
	columns := strings.Split(trendyolColumns, ";")
	day := today().AddDate(0, 0, -1).Format("02.01.2006") + " 10:15"
	rows := [][]string{columns}
	for _, l := range lines {
		address := "Moda Cad. No: 5 D: 3 " + l.district + " İstanbul"
		said := map[string]string{
			"Paket No": l.pack, "Sipariş Numarası": "109" + l.pack, "Kargo Firması": "Trendyol Express", "Sipariş Tarihi": day, "Kargoya Teslim Tarihi": day,
			"Alıcı": l.buyer, "Alıcı - Fatura Adresi": l.buyer, "Teslimat Adresi": address, "Fatura Adresi": address, "İl": "İstanbul", "İlçe": l.district,
			"Ürün Adı": l.name, "Sipariş Statüsü": l.status, "Stok Kodu": l.code, "Adet": fmt.Sprint(l.pieces), "Birim Fiyatı": l.unit, "Satış Tutarı": l.amount,
			"İndirim Tutarı": "0", "Trendyol İndirim Tutarı": "0", "Faturalanacak Tutar": l.amount, "Kurumsal Faturalı Sipariş": "Hayır",
			"Vergi Kimlik Numarası": l.company[0], "Vergi Dairesi": l.company[1], "Şirket İsmi": l.company[2], "Mikro İhracat": "Hayır", "Ülke": "Türkiye",
		}
		if l.company != [3]string{} {
			said["Kurumsal Faturalı Sipariş"] = "Evet"
		}
		row := make([]string, len(columns))
		for i, c := range columns {
			row[i] = said[c]
		}
		rows = append(rows, row)
	}
	for i, row := range rows {
		if err := f.SetSheetRow("Sheet1", fmt.Sprint("A", i+1), &row); err != nil {
			w.t.Fatal(err)
		}
	}
	path := w.write(name, "")
	if err := f.SaveAs(path); err != nil {
		w.t.Fatal(err)
	}
	return filepath.Clean(path)
}

// booked is an invoice as the stand-in's own page shows it.
type booked struct{ number, kind, state, buyer, total string }

var (
	bookedRow  = regexp.MustCompile(`(?s)<tr[^>]*>\s*<td>(.*?)</td><td>(.*?)</td><td>(.*?)</td><td>.*?</td><td>(.*?)</td><td class="n">(.*?)</td>`)
	bookedPart = regexp.MustCompile(`(?s)<h2>Invoices</h2>(.*?)</table>`)
)

// booked gives the invoices that İşbaşı has, the newest first.
func (w *world) booked() (all []booked) {
	w.t.Helper()
	for _, m := range bookedRow.FindAllStringSubmatch(bookedPart.FindString(w.page()), -1) {
		for i := range m {
			m[i] = html.UnescapeString(m[i])
		}
		all = append(all, booked{m[1], m[2], m[3], m[4], m[5]})
	}
	return all
}

// page is the stand-in's own, with all that it has.
func (w *world) page() string {
	w.t.Helper()
	r, err := http.NewRequestWithContext(w.t.Context(), http.MethodGet, w.url+"/?all=1", nil)
	if err != nil {
		w.t.Fatal(err)
	}
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		w.t.Fatal(err)
	}
	defer res.Body.Close()
	raw, err := io.ReadAll(res.Body)
	if err != nil || res.StatusCode != http.StatusOK {
		w.t.Fatalf("the stand-in's page: HTTP %d, %v", res.StatusCode, err)
	}
	return string(raw)
}
