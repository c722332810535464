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
		{"import", `{"unchanged":0,"updated":3,"added":1200,"file":"liste.csv"}`, "Dosyadan ürün alındı: dosya liste.csv, 1.200 yeni, 3 güncellendi"},
		{"settings", `{"push":"both","pull":"false","currency":"USD"}`, "Süreç seçimleri kaydedildi: para birimi Dolar, İşbaşı’ndaki değişiklikler gelsin: hayır, İşbaşı’na gönderilen: stok ve fiyat"},
		{
			"settings", `{"changes":{"push":["unset","both"],"currency":["TRY","USD"],"auto_formalise":["false","true"],"scenario":["basic","commercial"],"integration":["false","true"]}}`,
			"Süreç seçimleri kaydedildi: Entegrasyon Durumu: “Kapalı” yerine “Açık”, Para birimi: “Türk Lirası” yerine “Dolar”, " +
				"Faturalar otomatik resmileşsin: “hayır” yerine “evet”, Fatura senaryosu: “Temel” yerine “Ticari”, İşbaşı’na gönderilen: “seçilmedi” yerine “stok ve fiyat”",
		},
		{"exchange-rate", `{"rate":"41.2537","day":"2026-11-23","currency":"USD"}`, "Kur girildi: para birimi Dolar, gün 23.11.2026, kur 41,2537"},
		{"product-changed", `{"product":7,"code":"K-1","name":"","changes":{"price":["10","12"],"brand":["","ETİ"]}}`, "Ürün değiştirildi: kod K-1, Marka: “–” yerine “ETİ”, Fiyat: “10” yerine “12”"},
		{"products-archived", `{"products":2,"list":[{"code":"A"}]}`, "Ürünler arşivlendi: 2 ürün"},
		{
			"repair", `{"changes":[{"code":"K-1","column":"barcode","from":"36000291452","product":1,"to":"036000291452"}],"products":12,"what":"lost-zero"}`,
			"Barkod Doktoru düzeltti: baştaki sıfırı kayıp, 12 ürün, K-1: “36000291452” yerine “036000291452”",
		},
		{
			"repair", `{"changes":[{"code":"7","column":"code","from":"7","product":1,"to":"0007"}],"left_alone":2,"products":1,"what":"pad-code","width":4}`,
			"Barkod Doktoru düzeltti: stok kodlarının başına sıfır, 4 hane, 1 ürün, 2 değer olduğu gibi kaldı, 7: “7” yerine “0007”",
		},
		{"repair", `{"what":"pad-code-8","products":1,"changes":[{"product":1,"from":"7","to":"00000007"}]}`, // of an older program
			"Barkod Doktoru düzeltti: pad-code-8, 1 ürün, –: “7” yerine “00000007”"},
		{
			"repair-undone", `{"changes":null,"left_alone":3,"products":0,"what":"chosen"}`,
			"Barkod Doktorunun düzeltmesi geri alındı: seçilen bulgular, 0 ürün, 3 değer olduğu gibi kaldı",
		},
		{
			"sync", `{"sync":12,"state":"done","occasion":"schedule","pulled_stock":12,"pulled_price":3,"pushed_stock":0,"pushed_price":0,"conflicts":0,"held":2,"failed":0}`,
			"Stok ve fiyat eşitlendi: zamanı gelince, 12 stok alındı, 3 fiyat alındı, 2 alan bekletildi, tamamlandı",
		},
		{"sync", `{"sync":3,"state":"braked","occasion":"person","pulled_stock":0}`, "Stok ve fiyat eşitlendi: siz başlattınız, sınırda durdu"},
		{"sync-decided", `{"sync":4,"verdict":"catalogue","fields":14}`, "Bekleyen alanlara karar verildi: katalogdaki kaldı, 14 alan"},
		{"sync-undone", `{"sync":5,"fields_restored":2,"returned":1,"fields_left":0}`, "Eşitleme geri alındı: 2 alan eski değerine döndü, 1 değer İşbaşı’na geri yazılacak"},
		{
			"sync-settings", `{"schedule":"nightly","jump":"50","price_share":"20","price_least":5,"zeroed":10,"owner_price":"later"}`,
			"Eşitleme ayarları kaydedildi: zamanlama: Her gece, fiyat iki tarafta da değişirse: Son değişen, fiyat sıçraması sınırı %50, " +
				"değişebilecek fiyatlar %20, her durumda değişebilecek fiyat 5, sıfıra inebilecek stok 10",
		},
		{"orders-taken", `{"file":"ekim.xlsx","added":120,"changed":3,"frozen":0}`, "Siparişler alındı: dosya ekim.xlsx, 120 yeni, 3 değişti"},
		{"orders-taken", `{"file":"ekim.xlsx","added":0,"changed":0,"frozen":2}`, "Siparişler alındı: dosya ekim.xlsx, 2 faturadan sonra değişmiş"},
		{"order-corrected", `{"number":"S1","package":"1","marketplace":"trendyol"}`, "Sipariş düzeltildi: pazaryeri trendyol, no S1, paket 1"},
		{
			"invoice", `{"state":"issued","total":"1179.70 TRY","buyer":"Ayşe Işık","number":"ABC2026000000001","package":"1","marketplace":"trendyol"}`,
			"Fatura: pazaryeri trendyol, no ABC2026000000001, paket 1, alıcı Ayşe Işık, tutar 1.179,70 ₺, resmileşti",
		},
		{"invoice", `{"state":"unknown","total":"x","buyer":"","number":"","package":"1","marketplace":"trendyol"}`, "Fatura: pazaryeri trendyol, paket 1, tutar x, sonucu belirsiz"},
		{
			"task-closed", `{"document":"GP-7","why":"returned","total":"10.00 USD","buyer":"Ayşe Işık","number":"A","package":"1","marketplace":"n11"}`,
			"İptal ya da iade işi kapatıldı: pazaryeri n11, no A, paket 1, alıcı Ayşe Işık, tutar 10,00 $, iade, belge GP-7",
		},
		{
			"invoice-settings", `{"website":"www.example.com","carrier":"","service_vat":"20","gift_card":"payment","keep_postal_code":false,"trendyol":"deducted","returns":"slip"}`,
			"Fatura ayarları kaydedildi: site www.example.com, kargo ve hizmet KDV’si %20, hediye kartı: ödeme, boş posta kodu boş kalsın: hayır, " +
				"Trendyol indirimi: faturadan düşülür, tüketici iadesi: gider pusulası",
		},
		{"unheard-of", `{"huge":12345678901234567890}`, "unheard-of: huge 12.345.678.901.234.567.890"},
		{"unheard-of", `[1]`, "unheard-of"},
		{"unheard-of", ``, "unheard-of"},
	} {
		if got := history.Sentence(text, "tr", history.Entry{What: c.what, Detail: c.detail}); got != c.want {
			t.Errorf("%s %s:\n%s, want\n%s", c.what, c.detail, got, c.want)
		}
	}
}
