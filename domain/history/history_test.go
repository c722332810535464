package history_test

import (
	"testing"

	"github.com/sopyo/sopyo-desktop/assets"
	"github.com/sopyo/sopyo-desktop/domain/history"
)

func TestSentence(t *testing.T) {
	text, err := assets.NewText("tr")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ what, detail, want string }{
		{"connection-forgotten", "null", "İşbaşı yetkisi kaldırıldı"},
		{"import", `{"unchanged":0,"updated":3,"added":1200,"file":"liste.csv"}`, "Dosyadan ürün alındı: dosya liste.csv, 1.200 yeni, 3 güncellendi, 0 aynı"},
		{"settings", `{"push":"both","pull":"false","currency":"USD"}`, "Süreç seçimleri kaydedildi: para birimi USD, İşbaşı’ndaki değişiklikler gelsin: hayır, İşbaşı’na gönderilen: stok ve fiyat"},
		{"exchange-rate", `{"rate":"41.2537","day":"2026-11-23","currency":"USD"}`, "Kur girildi: para birimi USD, gün 2026-11-23, kur 41.2537"},
		{"product-changed", `{"product":7,"code":"K-1","name":"","changes":{"price":["10","12"],"brand":["","ETİ"]}}`, "Ürün değiştirildi: ürün no 7, kod K-1, Marka: “–” yerine “ETİ”, Fiyat: “10” yerine “12”"},
		{"products-archived", `{"products":2,"list":[{"code":"A"}]}`, "Ürünler arşivlendi: 2 ürün"},
		{"unheard-of", `{"huge":12345678901234567890}`, "unheard-of: huge 12.345.678.901.234.567.890"},
		{"unheard-of", `[1]`, "unheard-of"},
		{"unheard-of", ``, "unheard-of"},
	} {
		if got := history.Sentence(text, "tr", history.Entry{What: c.what, Detail: c.detail}); got != c.want {
			t.Errorf("%s %s:\n%s, want\n%s", c.what, c.detail, got, c.want)
		}
	}
}
