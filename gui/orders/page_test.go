package orders

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain/orders"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/kit/kittest"
)

// mixed keeps two orders that are ready and one without a district.
func mixed(t *testing.T) func(s *shop) {
	return func(s *shop) {
		lost := sold("3")
		lost.Buyer.District, lost.Buyer.SourceDistrict, lost.Buyer.First, lost.Buyer.Last = "", "", "ÇİĞDEM", "IŞIK"
		s.keep(t, sold("1"), sold("2"), lost)
	}
}

func nothing(*shop) {}

func TestPage_anEmptyOneTeachesHowOrdersCome(t *testing.T) {
	onPage(t, nothing, func(s *kittest.Screen, _ *Page, _ *shop) {
		s.Reads("Henüz sipariş yok.", "Trendyol, Hepsiburada", "Elle Sipariş")
		s.ReadsNot("Faturaları Hazırla", "Tümü 0")
		s.Key(fyne.KeyReturn)
		s.Reads("Sipariş Dosyası Al", "Onaylamadan hiçbir şey alınmaz.")
	})
}

func TestPage_listsOrdersWithWhatHoldsThem(t *testing.T) {
	onPage(t, mixed(t), func(s *kittest.Screen, p *Page, _ *shop) {
		s.Reads("Tümü 3", "Hazır 2", "Bekleyen 1", "Faturaları Hazırla (2)", "3 sipariş", "Trendyol", "02.05.2026", "Deniz Örnekoğlu", "179,70 ₺",
			"Hazır", "Alıcının adresi eksik")
		s.ReadsNot("İşbaşı’nda 0", "Görev 0")
		s.Reads("Fatura no")
		s.Tap("Bekleyen 1")
		s.Reads("ÇİĞDEM IŞIK", "1 sipariş")
		s.ReadsNot("Deniz Örnekoğlu", "Fatura no")
		r, ok := p.list.Table.Current()
		if want := "Trendyol · 3 · 1093: Bekliyor. Alıcının adresi eksik: Adresi, ili ve ilçeyi tamamlayın; posta kodu boşsa ili seçin, kod plakadan türetilir. Posta kodu ilin plakasından türetildi."; !ok || r.Detail != want {
			t.Errorf("detail %q,\nwant   %q", r.Detail, want)
		}
	})
}

func TestPage_escapeInAnOrderLeadsBackToTheListThatOpenedIt(t *testing.T) {
	onPage(t, mixed(t), func(s *kittest.Screen, p *Page, _ *shop) {
		s.Win.Canvas().Focus(p.list.Table.Focusable())
		press := func(name fyne.KeyName) {
			if f := s.Win.Canvas().Focused(); f != nil {
				kittest.Type(f, name)
			} else {
				p.TypedKey(&fyne.KeyEvent{Name: name})
			}
			s.Settle()
		}
		press(fyne.KeyReturn)
		s.Reads("MÜŞTERİNİN GÖRECEĞİ FATURA")
		press(fyne.KeyEscape)
		s.Reads("Tümü 3")
		if s.Frame.Backs() != 0 {
			t.Error("Esc left the page")
		}
	})
}

func TestPage_searchForgivesTurkishLetters(t *testing.T) {
	onPage(t, mixed(t), func(s *kittest.Screen, p *Page, shop *shop) {
		p.list.Search.SetText("cigdem isik")
		s.Pass(time.Second)
		s.Reads("ÇİĞDEM IŞIK", "1 sipariş")
		s.Tap("Excel’e Aktar")
		s.Reads("Kaydedildi: /belgeler/siparisler.xlsx")
		if len(shop.exported) != 1 || shop.exported[0] != (orders.Query{Search: "cigdem isik"}) {
			t.Errorf("exported %+v", shop.exported)
		}
		p.list.Search.SetText("yok böyle biri")
		s.Pass(time.Second)
		s.Reads("“yok böyle biri” için sipariş bulunamadı.")
	})
}

func TestPage_sortsByColumns(t *testing.T) {
	onPage(t, func(s *shop) {
		dear := sold("7")
		dear.Lines[0].Quantity, dear.StatedTotal = decimal.NewFromInt(10), number("599")
		s.keep(t, sold("1"), dear)
	}, func(s *kittest.Screen, p *Page, _ *shop) {
		for _, desc := range []bool{false, true} {
			p.list.Table.Sort(string(orders.SortByTotal), desc)
			p.list.Reload()
			s.Settle()
			r, _ := p.list.Table.Current()
			if want := map[bool]string{false: "1", true: "7"}[desc]; kit.MadeOf[orders.Kept](r).Package != want {
				t.Errorf("descending %v: order %s is first", desc, kit.MadeOf[orders.Kept](r).Package)
			}
		}
	})
}

func TestPage_holdsAndReleasesManyAtOnce(t *testing.T) {
	onPage(t, mixed(t), func(s *kittest.Screen, p *Page, shop *shop) {
		list, _, err := shop.ListOrders(t.Context(), orders.Query{Stage: orders.StageReady})
		if err != nil {
			t.Fatal(err)
		}
		p.say(list, func(x *orders.Said) { x.Held = true })
		s.Settle()
		s.Reads("2 sipariş değiştirildi.", "Bekleyen 3", "Hazır 0")
		s.Undo()
		s.Reads("2 siparişteki son düzeltme geri alındı.", "Bekleyen 1", "Hazır 2")
		s.Undo() // nothing is left
		s.Reads("Hazır 2")
	})
}

func TestPage_saysWhatCannotBeFetched(t *testing.T) {
	onPage(t, mixed(t), func(s *kittest.Screen, p *Page, shop *shop) {
		shop.broken.Store(true)
		p.load()
		s.Settle()
		s.Reads("Veriler diske yazılamadı.")
		shop.broken.Store(false)
		s.Tap("Yeniden Dene")
		s.ReadsNot("Yeniden Dene", "Veriler diske yazılamadı.")
	})
}

func TestPage_takesAFileOfOrders(t *testing.T) {
	onPage(t, nothing, func(s *kittest.Screen, p *Page, shop *shop) {
		p.Open(shop.write(t, "siparisler.csv", "Paket No;Sipariş Numarası;Sipariş Statüsü;Alıcı;Fatura Adresi;İl;İlçe;Stok Kodu;Ürün Adı;Adet;Faturalanacak Tutar",
			"5;1095;Teslim Edildi;Deniz Örnekoğlu;Deneme Mah. No:1;İstanbul;Kadıköy;TRM-500;Termos;3;179,7"))
		s.Settle()
		s.Reads("Trendyol: 1 sipariş")
		s.Key(fyne.KeyReturn)
		s.Reads("siparisler.csv alındı: 1 yeni. 1 sipariş hazır.", "Hazır 1", "Faturaları Hazırla (1)")
		if p.Top() != nil {
			t.Errorf("%T is in front of the list", p.Top())
		}
		s.Tap("Geri Al")
		s.Asks("siparisler.csv geri alınsın mı?")
		s.Answer("Geri Al")
		s.Reads("siparisler.csv geri alındı. 1 sipariş listeden kalktı.", "Henüz sipariş yok")
		s.ReadsNot("Geri Al", "1 yeni")
	})
}
