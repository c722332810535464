package orders

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/orders"
	"github.com/sopyo/sopyo-desktop/gui/kit/kittest"
)

func TestTyped_anOrderByTelephoneBecomesReady(t *testing.T) {
	onPage(t, func(s *shop) { s.keep(t, sold("1")) }, func(s *kittest.Screen, p *Page, shop *shop) {
		s.Tap("Elle Sipariş")
		sheet := p.Top().(*typedSheet)
		if got := sheet.entries["number"].Text; got != "E-2026-0001" {
			t.Errorf("number %q", got)
		}
		sheet.known.search.SetText("örnekoglu")
		s.Pass(time.Second)
		s.Reads("Deniz Örnekoğlu", "Deneme Mah. Örnek Sk. No:1, Kadıköy / İstanbul")
		sheet.known.picks.OnPicked(0)
		s.Settle()
		if b := sheet.Now.buyer; b.first != "Deniz" || b.plate != "34" || b.district != "Kadıköy" {
			t.Errorf("buyer %+v", b)
		}
		s.Tap("Ürün Ekle")
		pick := p.Top().(*productPick)
		pick.picks.OnPicked(1) // by name: Kupa, Termos
		s.Settle()
		s.Reads("Termos 500 ml", "59,90 ₺", "TRM-500 · 8690000000012")
		s.Tap("Ürün Ekle")
		p.Top().(*productPick).picks.OnPicked(0)
		s.Settle()
		s.Write("Kargo bedeli", "39,90")
		s.Write("İndirim", "9,90")
		s.Reads("MÜŞTERİNİN GÖRECEĞİ FATURA", "189,90 ₺")
		s.Tap("Siparişi Kaydet")
		s.Reads("Elle · E-2026-0001", "Hazır · 06.05.2026 12:00", "189,90 ₺", "siz seçtiniz")
		k, err := shop.Order(t.Context(), orders.Key{Marketplace: typed, Package: "E-2026-0001"})
		if err != nil {
			t.Fatal(err)
		}
		if k.Source != orders.SourceTyped || len(k.Lines) != 3 || !k.Discount.Equal(dec("9.90")) || k.Lines[2].Kind != orders.LineShipping ||
			!k.Lines[2].Unit.Equal(dec("39.90")) || k.Verdict.Stage != orders.StageReady || k.OrderedAt.In(domain.Istanbul).Day() != 6 {
			t.Errorf("%+v", k)
		}
		s.Key(fyne.KeyEscape)
		s.Reads("Tümü 2")
		s.Tap("Elle Sipariş")
		if got := p.Top().(*typedSheet).entries["number"].Text; got != "E-2026-0002" {
			t.Errorf("the next number is %q", got)
		}
	})
}

func TestTyped_refusesWhatIsNoNumberAndANumberThatIsThere(t *testing.T) {
	onPage(t, nothing, func(s *kittest.Screen, p *Page, shop *shop) {
		if _, err := shop.AddOrder(t.Context(), orders.Order{Marketplace: typed, Number: "T-1", Status: orders.StatusOK}); err != nil {
			t.Fatal(err)
		}
		p.typeOrder()
		s.Settle()
		s.Write("Kargo bedeli", "çok")
		s.Tap("Siparişi Kaydet")
		s.Reads("Bir sayı yazın")
		s.Write("Kargo bedeli", "")
		s.Write("Sipariş no", "T-1")
		s.Tap("Siparişi Kaydet")
		s.Reads("Bu pazaryerinde aynı paket numaralı bir sipariş zaten var.")
		s.Key(fyne.KeyEscape)
		s.Answer("Kaydetmeden Geç")
		s.Reads("Tümü 1")
	})
}
