package orders

import (
	"testing"

	"fyne.io/fyne/v2"

	"github.com/sopyo/sopyo-desktop/domain/orders"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/kit/kittest"
)

const trendyolHead = "Paket No;Sipariş Numarası;Sipariş Tarihi;Kargoya Teslim Tarihi;Sipariş Statüsü;Alıcı;Fatura Adresi;İl;İlçe;Ülke;Stok Kodu;Ürün Adı;Adet;Birim Fiyatı;Satış Tutarı;İndirim Tutarı;Trendyol İndirim Tutarı;Faturalanacak Tutar;Notum"

func trendyolRow(number, status, amount string) string {
	return number + ";109" + number + ";02.05.2026 09:15;04.05.2026 14:10;" + status + ";Deniz Örnekoğlu;Deneme Mah. No:1;İstanbul;Kadıköy;Türkiye;TRM-500;Termos;3;59,9;179,7;0;0;" + amount + ";özel"
}

func TestTake_showsWhatIsInAFileBeforeAnythingIsKept(t *testing.T) {
	onPage(t, func(s *shop) { s.keep(t, sold("1")) }, func(s *kittest.Screen, p *Page, shop *shop) {
		path := shop.write(t, "siparisler.csv", trendyolHead, trendyolRow("1", "Teslim Edildi", "179,7"), trendyolRow("5", "Teslim Edildi", "179,7"),
			trendyolRow("6", "Depoda Bekliyor", "179,7"), trendyolRow("7", "Teslim Edildi", "yüz"))
		s.Tap("Sipariş Dosyası Al…")
		s.Reads("Onaylamadan hiçbir şey alınmaz.")
		p.Open(path)
		s.Settle()
		s.Reads("siparisler.csv", "Trendyol: 3 sipariş", "2 yeni · 1 değişmiş", "4 satır", "1 satır alınamadı", "“Depoda Bekliyor” (1 satır)", "1 sorun", "yüz",
			"Sayı okunamadı; satır alınmadı.", "Faturalanacak tutar", "Notum", "3 Siparişi Al")
		if n := shop.count(t); n != 1 {
			t.Errorf("%d orders are kept", n)
		}
	})
}

func TestTake_keepsTheOrdersAndTheAnswers(t *testing.T) {
	onPage(t, nothing, func(s *kittest.Screen, p *Page, shop *shop) {
		path := shop.write(t, "siparisler.csv", trendyolHead, trendyolRow("5", "Teslim Edildi", "179,7"), trendyolRow("6", "Depoda Bekliyor", "179,7"))
		p.Open(path)
		s.Settle()
		p.Top().(*takeSheet).found.words[0].Choose(0)
		s.Settle()
		s.Key(fyne.KeyReturn)
		s.Reads("siparisler.csv alındı: 2 yeni.", "2 sipariş hazır", "Hazır 2", "Faturaları Hazırla (2)")
		again := shop.write(t, "yine.csv", trendyolHead, trendyolRow("5", "Teslim Edildi", "179,7"), trendyolRow("8", "Depoda Bekliyor", "179,7"))
		p.Open(again)
		s.Settle()
		s.Reads("1 yeni · 1 aynı")
		s.ReadsNot("Bu durumlar ne demek?") // it was answered once
		s.Tap("2 Siparişi Al")
		s.Reads("yine.csv alındı: 1 yeni, 1 aynı.", "Hazır 3")
	})
}

func TestTake_columnsOfAnUnknownFileAreMapped(t *testing.T) {
	onPage(t, nothing, func(s *kittest.Screen, p *Page, shop *shop) {
		path := shop.write(t, "liste.csv", "Fiş;Mal;Miktar;Bedel;Kim", "77;Termos 500 ml;3;179,70;Deniz Örnekoğlu")
		p.Open(path)
		s.Settle()
		s.Reads("Dosya tanınan bir sipariş listesi değil", "Sipariş no", "Ürün adı", "Fiş", "Miktar")
		if !s.Button("Devam").Disabled() {
			t.Error("a file of nobody can be read")
		}
		view := p.Top().(*takeSheet).cols
		view.market.SetSelectedIndex(len(orders.Profiles()))
		s.Write("Pazaryerinin adı", "Yerel Pazar")
		pick := func(f orders.Field, column string) { view.fields[f].pick.SetSelected(column) }
		pick(orders.FieldProduct, "Mal")
		pick(orders.FieldQuantity, "Miktar")
		pick(orders.FieldAmount, "Bedel")
		pick(orders.FieldBuyer, "Kim")
		s.Settle()
		s.Reads("Termos 500 ml", "179,70")
		s.Tap("Devam")
		s.Reads("Sipariş no: Bu alanı doldurun.")
		pick(orders.FieldNumber, "Fiş")
		s.Tap("Devam")
		s.Reads("Yerel Pazar: 1 sipariş", "1 yeni")
		s.Tap("1 Siparişi Al")
		s.Reads("liste.csv alındı: 1 yeni.", "Yerel Pazar", "Deniz Örnekoğlu")
		p.Open(path)
		s.Settle()
		s.Reads("Yerel Pazar: 1 sipariş", "1 aynı") // the mapping was remembered
	})
}

func TestTake_missingColumnsAreNamed(t *testing.T) {
	onPage(t, nothing, func(s *kittest.Screen, p *Page, shop *shop) {
		path := shop.write(t, "eksik.csv", "Paket No;Sipariş Numarası;Sipariş Statüsü;Ürün Adı;Adet", "1;2;Teslim Edildi;Termos;3")
		p.Open(path)
		s.Settle()
		s.Reads("Dosyada zorunlu sütunlar yok", "Faturalanacak Tutar")
	})
}

func TestTake_aFileOfProductsLeadsToProducts(t *testing.T) {
	onPage(t, nothing, func(s *kittest.Screen, p *Page, shop *shop) {
		p.Open(shop.write(t, "odeme.csv", "Tarih/Saat;Net Tutar;Komisyon", "1;2;3"))
		s.Settle()
		s.Reads("odeme.csv: Bu bir ödeme (hakediş) raporu")
		s.Tap("Ürün Dosyası Olarak Aç")
		s.Asked(kit.PlaceFiles)
	})
}

func TestTake_aFileWithoutBuyersSaysSo(t *testing.T) {
	onPage(t, nothing, func(s *kittest.Screen, p *Page, shop *shop) {
		path := shop.write(t, "pazarama.csv", "Sipariş Numarası;Sipariş Ürün Durumu;Ürün Adı;Ürün Miktarı;Ürün Tutarı;Satıcının Karşıladığı Kampanya Tutarı;Kime", "1;1 adet Teslim Edildi;Termos;1;59,90;0;Deniz Örnekoğlu")
		p.Open(path)
		s.Settle()
		s.Reads("alıcının adı yok")
		s.Tap("Sütunları Eşle")
		view := p.Top().(*takeSheet).cols
		if view.builtIn() != "pazarama" || view.fields[orders.FieldQuantity].pick.Selected != "Ürün Miktarı" {
			t.Errorf("profile %q, quantity in %q", view.builtIn(), view.fields[orders.FieldQuantity].pick.Selected)
		}
		view.fields[orders.FieldBuyer].pick.SetSelected("Kime")
		s.Tap("Devam")
		s.Reads("Pazarama: 1 sipariş")
		s.ReadsNot("alıcının adı yok")
	})
}

// count is how many orders are kept.
func (s *shop) count(t *testing.T) int {
	t.Helper()
	_, n, err := s.ListOrders(t.Context(), orders.Query{})
	if err != nil {
		t.Fatal(err)
	}
	return n
}
