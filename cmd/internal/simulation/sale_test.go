package simulation

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/orders"
)

// sale is a package that was sold, amounts in kuruş.
type sale struct {
	pack, status, buyer, company, tax string
	items                             []item
	held                              bool // its order is to stay here
	asked, sent                       bool // somebody has asked for its invoice, and for that to be sent
}

type item struct{ article, quantity, unit int64 }

func (s *sale) key() orders.Key { return orders.Key{Marketplace: "trendyol", Package: s.pack} }

func (s *sale) total() (sum int64) {
	for _, i := range s.items {
		sum += i.quantity * i.unit
	}
	return sum
}

func money(kurus int64) string { return decimal.New(kurus, -2).StringFixed(2) }

// registered are the tax numbers of e-Fatura users.
var registered = []string{domain.CompleteVKN("450000001"), domain.CompleteVKN("450000002")}

// sells makes the next package.
func (w *world) sells(r *rand.Rand) *sale {
	n := len(w.sales)
	s := &sale{pack: fmt.Sprintf("31%08d", n+1), status: "Teslim Edildi", buyer: fmt.Sprintf("Işıl Çağrı%d", n)}
	for range 1 + r.IntN(2) {
		s.items = append(s.items, item{r.Int64N(articles), 1 + r.Int64N(3), 1000 + r.Int64N(50_000)})
	}
	if len(s.items) == 2 && s.items[0].article == s.items[1].article {
		s.items = s.items[:1]
	}
	switch r.IntN(10) {
	case 0:
		s.buyer, s.held = "I***", true
	case 1:
		s.status, s.held = "İptal Edildi", true
	case 2, 3:
		s.company, s.tax = fmt.Sprintf("ÖRNEK %d A.Ş.", n), registered[r.IntN(len(registered))]
	case 4, 5: // the sums of people's orders repeat
		s.items = []item{{0, 3, 5990}}
	default:
	}
	w.sales = append(w.sales, s)
	return s
}

// orderFile is a file of a marketplace's orders.
type orderFile struct {
	path  string
	sales []*sale
}

// exports writes a file of the last n sales as Trendyol does.
func (w *world) exports(n int) (orderFile, error) {
	f := orderFile{filepath.Join(w.dir, fmt.Sprintf("siparisler-%d.csv", len(w.sales))), w.sales[max(0, len(w.sales)-n):]}
	var text bytes.Buffer
	out := csv.NewWriter(&text)
	out.Comma = ';'
	comma := func(kurus int64) string { return strings.ReplaceAll(money(kurus), ".", ",") }
	rows := [][]string{{
		"Barkod", "Paket No", "Sipariş Tarihi", "Kargoya Teslim Tarihi", "Sipariş Numarası", "İl", "İlçe", "Ürün Adı", "Fatura Adresi",
		"Alıcı - Fatura Adresi", "Sipariş Statüsü", "Stok Kodu", "Adet", "Birim Fiyatı", "Satış Tutarı", "İndirim Tutarı", "Trendyol İndirim Tutarı",
		"Faturalanacak Tutar", "Kurumsal Faturalı Sipariş", "Vergi Kimlik Numarası", "Vergi Dairesi", "Şirket İsmi", "Ülke",
	}}
	// A package is written the same way in every file.
	day := w.life.begins().In(domain.Istanbul).AddDate(0, 0, -1).Format("02.01.2006 15:04")
	for _, s := range f.sales {
		buyer, corporate, office := s.buyer, "Hayır", ""
		if s.company != "" {
			buyer, corporate, office = s.company, "Evet", "Çankaya"
		}
		for _, i := range s.items {
			sum := comma(i.quantity * i.unit)
			rows = append(rows, []string{
				barcode(i.article), s.pack, day, day, "9" + s.pack, "İstanbul", "Kadıköy", fmt.Sprintf("Şık Kupa No:%d", i.article), "Örnek Mah. İnce Sk. No:1",
				buyer, s.status, fmt.Sprintf("STK-%03d", i.article), fmt.Sprint(i.quantity), comma(i.unit), sum, "0", "0", sum, corporate, s.tax, office, s.company, "Türkiye",
			})
		}
	}
	if err := out.WriteAll(rows); err != nil {
		return f, err
	}
	return f, os.WriteFile(f.path, text.Bytes(), 0o600)
}
