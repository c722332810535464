package orders

import (
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/assets"
	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/orders"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/kit/kittest"
)

func key(number string) orders.Key { return orders.Key{Marketplace: "trendyol", Package: number} }

// onOrder runs f with one order in view.
func onOrder(t *testing.T, o orders.Order, f func(s *kittest.Screen, sheet *orderSheet, shop *shop)) {
	t.Helper()
	onPage(t, func(s *shop) { s.keep(t, o) }, func(s *kittest.Screen, p *Page, shop *shop) {
		p.open(o.Key())
		s.Settle()
		f(s, p.Top().(*orderSheet), shop)
	})
}

func TestOrder_showsTheInvoiceAsTheBuyerWillSeeIt(t *testing.T) {
	o := sold("1")
	o.Lines = append(o.Lines, orders.Line{Code: "KUP-01", Name: "Kupa", Quantity: decimal.NewFromInt(1), Unit: dec("39.90"), VAT: number("10"), Kind: orders.LineGoods})
	o.StatedTotal = number("219.60")
	onOrder(t, o, func(s *kittest.Screen, _ *orderSheet, _ *shop) {
		s.Reads("Trendyol · 1 · 1091", "Hazır · pazaryerinde: faturalanabilir (“Teslim Edildi”)", "MÜŞTERİNİN GÖRECEĞİ FATURA", "e-Arşiv", "Deniz Örnekoğlu",
			"34000 Kadıköy / İstanbul", "TCKN 11111111111", "Termos 500 ml, Tek Ebat", "179,70 ₺", "3 adet", "Kupa", "39,90 ₺",
			"Matrah (KDV %10)", "36,27 ₺", "3,63 ₺", "Matrah (KDV %20)", "149,75 ₺", "29,95 ₺", "Genel toplam", "219,60 ₺", "Posta kodu ilin plakasından türetildi",
			"Termos 500 ml (TRM-500) · barkoddan", "Kupa (KUP-01) · koddan", "%20 (katalog)", "%10 (dosya)")
		s.ReadsNot("Siparişi yine de bekleten")
	})
}

// Who completes one order after the other goes from one to the next, and back to no list.
func TestOrder_leadsToTheNextOneThatLacksSomething(t *testing.T) {
	onPage(t, func(s *shop) {
		for _, pack := range []string{"1", "2", "3", "4"} {
			o := sold(pack)
			if pack != "2" {
				o.Buyer.District, o.Buyer.SourceDistrict = "", ""
			}
			s.keep(t, o)
		}
	}, func(s *kittest.Screen, p *Page, shop *shop) {
		at := func(want string) {
			t.Helper()
			sheet, ok := p.Top().(*orderSheet)
			if !ok || sheet.key.Package != want {
				t.Fatalf("%T of %v is in view, want order %s", p.Top(), sheet.key, want)
			}
		}
		p.open(orders.Key{Marketplace: "trendyol", Package: "1"})
		s.Settle()
		for _, want := range []string{"3", "4", "1"} { // and around
			s.Tap("Sonraki Bekleyen")
			at(want)
		}
		s.Choose("İlçe", "Beşiktaş")
		s.Tap("Sonraki Bekleyen")
		s.Asks("Kaydedilmemiş")
		s.Answer("Kaydet ve Geç")
		at("3")
		if k := shop.order(t, "1"); k.Verdict.Stage != orders.StageReady {
			t.Errorf("the first one is %s", k.Verdict.Stage)
		}
		s.Choose("İlçe", "Beşiktaş")
		s.Tap("Kaydet")
		s.Tap("Sonraki Bekleyen")
		at("4")
		s.Tap("Sonraki Bekleyen")
		at("4")
		s.Reads("Bekleyen başka sipariş yok.")
	})
}

func TestOrder_heldByItsAddressIsMendedInPlace(t *testing.T) {
	o := sold("1")
	o.Buyer.District, o.Buyer.SourceDistrict = "", ""
	onOrder(t, o, func(s *kittest.Screen, sheet *orderSheet, shop *shop) {
		s.Reads("Alıcının adresi eksik", "Adresi, ili ve ilçeyi tamamlayın")
		kittest.Type(s.Win.Canvas().Focused(), fyne.KeyReturn) // the first way on
		if s.Win.Canvas().Focused() != fyne.Focusable(sheet.buyer.district) {
			t.Errorf("%T has the focus", s.Win.Canvas().Focused())
		}
		s.Choose("İlçe", "Beşiktaş")
		s.Reads("Fatura, kaydedince yenilenir.")
		s.Tap("Kaydet")
		s.Reads("Kaydedildi. Sipariş faturaya hazır.", "34000 Beşiktaş / İstanbul")
		s.ReadsNot("Alıcının adresi eksik", "Fatura, kaydedince yenilenir.")
		if k := shop.order(t, "1"); k.Verdict.Stage != orders.StageReady || k.Said.Buyer != (orders.Buyer{District: "Beşiktaş"}) {
			t.Errorf("%s, said %+v", k.Verdict.Stage, k.Said.Buyer)
		}
		s.Undo()
		s.Reads("Alıcının adresi eksik", "1 siparişteki son düzeltme geri alındı.")
		if k := shop.order(t, "1"); k.Said.Buyer != (orders.Buyer{}) || k.Verdict.Stage != orders.StageHeld {
			t.Errorf("%s, said %+v", k.Verdict.Stage, k.Said.Buyer)
		}
	})
}

func TestOrder_offersWhatAnAddressMayMean(t *testing.T) {
	o := sold("1")
	o.Buyer.City, o.Buyer.District, o.Buyer.Plate = "", "Ereğli", ""
	o.Buyer.SourceCity, o.Buyer.SourceDistrict = "", "Ereğli"
	onOrder(t, o, func(s *kittest.Screen, _ *orderSheet, shop *shop) {
		s.Reads("Ereğli / Konya", "Ereğli / Zonguldak")
		s.Tap("Ereğli / Konya")
		s.Tap("Kaydet")
		if b := shop.order(t, "1").Said.Buyer; b.City != "Konya" || b.Plate != "42" || b.District != "" {
			t.Errorf("said %+v", b)
		}
	})
}

func TestOrder_saysEveryHitWithItsWayOn(t *testing.T) {
	ways := map[string]struct {
		change func(o *orders.Order)
		says   string
		button string
		gets   func(s *orderSheet) fyne.Focusable // the focus
	}{
		"masked": {
			func(o *orders.Order) { o.Buyer.First = "D***" }, "Alıcının bilgileri gizlenmiş", "Bilgileri Yaz",
			func(s *orderSheet) fyne.Focusable { return s.buyer.entries["first"] },
		},
		"number": {
			func(o *orders.Order) {
				o.Buyer.Type, o.Buyer.Name, o.Buyer.TaxNumber = orders.BuyerCompany, "Deneme A.Ş.", "1234567891"
			}, "Vergi ya da kimlik numarası yanlış", "Numarayı Yaz",
			func(s *orderSheet) fyne.Focusable { return s.buyer.entries["tax_number"] },
		},
		"line": {
			func(o *orders.Order) { o.Lines[0].Quantity, o.StatedTotal = decimal.Zero, decimal.NullDecimal{} }, "Bir kalemin adı, adedi ya da fiyatı anlaşılmıyor", "Kaleme Git",
			func(s *orderSheet) fyne.Focusable { return s.lines[0].name },
		},
		"vat": {
			func(o *orders.Order) { o.Lines[0].VAT = number("18") }, "KDV oranı o gün geçerli değil", "Oranı Seç",
			func(s *orderSheet) fyne.Focusable { return s.lines[0].vat.Select },
		},
		"exemption": {
			func(o *orders.Order) { o.Lines[0].VAT = number("0") }, "KDV %0, ama istisna kodu yok", "Kodu Yaz",
			func(s *orderSheet) fyne.Focusable { return s.lines[0].exemption },
		},
		"discount": {
			func(o *orders.Order) { o.Discount, o.StatedTotal = dec("500"), decimal.NullDecimal{} }, "İndirim, ürünlerin tutarından fazla", "İndirime Git",
			func(s *orderSheet) fyne.Focusable { return s.entries["discount"] },
		},
		"currency": {
			func(o *orders.Order) { o.Currency = domain.EUR }, "Döviz kuru yok", "Kuru Yaz",
			func(s *orderSheet) fyne.Focusable { return s.entries["rate"] },
		},
	}
	for name, w := range ways {
		t.Run(name, func(t *testing.T) {
			o := sold("1")
			w.change(&o)
			onOrder(t, o, func(s *kittest.Screen, sheet *orderSheet, _ *shop) {
				s.Reads(w.says)
				s.Tap(w.button)
				if got := s.Win.Canvas().Focused(); got != w.gets(sheet) {
					t.Errorf("%T has the focus", got)
				}
			})
		})
	}
}

func TestOrder_whatTheTotalLacksBecomesShipping(t *testing.T) {
	o := sold("1")
	o.StatedTotal = number("219.60")
	onPage(t, func(s *shop) {
		choices, err := s.InvoiceSettings(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		choices.ServiceVAT = dec("10")
		if err := s.SaveInvoiceSettings(t.Context(), choices); err != nil {
			t.Fatal(err)
		}
		s.keep(t, o)
	}, func(s *kittest.Screen, p *Page, shop *shop) {
		p.open(o.Key())
		s.Settle()
		s.Reads("Kalemlerin toplamı siparişin toplamını tutmuyor", "39,90 ₺ Hizmet Bedeli Ekle")
		s.Tap("39,90 ₺ Kargo Ekle")
		s.Tap("Kaydet")
		s.Reads("Kaydedildi. Sipariş faturaya hazır.", "Kargo Bedeli", "219,60 ₺")
		k := shop.order(t, "1")
		if len(k.Said.Added) != 1 || !k.Said.Added[0].Unit.Equal(dec("39.90")) || k.Said.Added[0].Kind != orders.LineShipping || !k.Said.Added[0].VAT.Decimal.Equal(dec("10")) {
			t.Errorf("added %+v", k.Said.Added)
		}
		s.Tap("Kaldır")
		s.Tap("Kaydet")
		s.Reads("Kalemlerin toplamı siparişin toplamını tutmuyor")
	})
}

func TestOrder_whatTheTotalIsLessBecomesADiscount(t *testing.T) {
	o := sold("1")
	o.StatedTotal = number("159.70")
	onOrder(t, o, func(s *kittest.Screen, _ *orderSheet, shop *shop) {
		s.Tap("20,00 ₺ İndirim Olarak Düş")
		s.Tap("Kaydet")
		s.Reads("Kaydedildi. Sipariş faturaya hazır.", "159,70 ₺")
		if d := shop.order(t, "1").Said.Discount; !d.Valid || !d.Decimal.Equal(dec("20")) {
			t.Errorf("discount %v", d)
		}
	})
}

func TestOrder_linesAreCorrected(t *testing.T) {
	onOrder(t, sold("1"), func(s *kittest.Screen, sheet *orderSheet, shop *shop) {
		l := sheet.lines[0]
		l.name.SetText("Termos")
		l.quantity.SetText("2")
		l.unit.SetText("1.000,50")
		l.discount.SetText("1")
		l.vat.SetSelected("%10")
		s.Write("Siparişin toplamı", "")
		s.Tap("Kaydet")
		s.Reads("2.000,00 ₺", "Matrah (KDV %10)")
		got := shop.order(t, "1").Said.Lines[0]
		if got.Name != "Termos" || !got.Quantity.Decimal.Equal(dec("2")) || !got.Unit.Decimal.Equal(dec("1000.5")) || !got.Discount.Decimal.Equal(dec("1")) || !got.VAT.Decimal.Equal(dec("10")) {
			t.Errorf("said %+v", got)
		}
		sheet.lines[0].quantity.SetText("iki")
		s.Tap("Kaydet")
		s.Reads("Bir sayı yazın")
		if q := shop.order(t, "1").Said.Lines[0].Quantity.Decimal; !q.Equal(dec("2")) {
			t.Errorf("quantity %s was kept", q)
		}
	})
}

func TestOrder_aProductIsChosenAndRemembered(t *testing.T) {
	strange := func(number string) orders.Order {
		o := sold(number)
		o.Lines[0].Code, o.Lines[0].Barcode = "TY-77", ""
		return o
	}
	onPage(t, func(s *shop) { s.keep(t, strange("1"), strange("2")) }, func(s *kittest.Screen, p *Page, shop *shop) {
		s.Reads("Bir kalemin ürünü katalogda bulunamadı", "Bekleyen 2")
		p.open(key("1"))
		s.Settle()
		s.Reads("ürünü bulunamadı", "KDV oranı bilinmiyor")
		s.Tap("Ürününü Seç")
		s.Reads("Siparişteki ad: Termos 500 ml, Tek Ebat", "Termos 500 ml", "Kupa", "Trendyol’da bu kodla gelenler için de hatırlansın")
		pick := p.Top().(*productPick)
		pick.search.SetText("termos")
		pick.search.OnSubmitted("")
		s.Settle()
		s.ReadsNot("Kupa")
		pick.picks.OnPicked(0)
		s.Settle()
		s.Reads("Kaydedildi. Sipariş faturaya hazır.", "siz seçtiniz")
		if k := shop.order(t, "2"); k.Verdict.Stage != orders.StageReady || k.Products[0].By != orders.FoundByPair {
			t.Errorf("the other order is %s, its product found by %q", k.Verdict.Stage, k.Products[0].By)
		}
		s.Undo()
		s.Reads("ürünü bulunamadı")
		for _, number := range []string{"1", "2"} {
			if k := shop.order(t, number); k.Verdict.Stage != orders.StageHeld || k.Products[0].ID != 0 {
				t.Errorf("taken back, order %s is %s, of product %d", number, k.Verdict.Stage, k.Products[0].ID)
			}
		}
	})
}

func TestOrder_withoutAProductGoesOutWhenAPersonSaysSo(t *testing.T) {
	o := sold("1")
	o.Lines[0].Code, o.Lines[0].Barcode, o.Lines[0].VAT = "TY-77", "", number("20")
	onOrder(t, o, func(s *kittest.Screen, sheet *orderSheet, shop *shop) {
		sheet.lines[0].without.SetChecked(true)
		s.Tap("Kaydet")
		s.Reads("Kaydedildi. Sipariş faturaya hazır.", "ürünsüz faturalanır")
		if !shop.order(t, "1").Said.Lines[0].Without {
			t.Error("nothing is said")
		}
	})
}

func TestOrder_isHeldReleasedAndSetAside(t *testing.T) {
	onOrder(t, sold("1"), func(s *kittest.Screen, _ *orderSheet, shop *shop) {
		for _, step := range []struct {
			tap, reads string
			stage      orders.Stage
		}{
			{"Beklet", "Siparişi siz beklettiniz", orders.StageHeld},
			{"Bekletmeyi Kaldır", "Kaydedildi. Sipariş faturaya hazır.", orders.StageReady},
			{"Hiç Faturalama", "Faturalanmayacak · pazaryerinde", orders.StageNever},
			{"Yine Faturalanabilsin", "Kaydedildi. Sipariş faturaya hazır.", orders.StageReady},
		} {
			s.Tap(step.tap)
			if step.stage == orders.StageNever { // asks, for a second click of the page before hits it
				if got := shop.order(t, "1").Verdict.Stage; got == orders.StageNever {
					t.Error("set aside without a question")
				}
				s.Answer(step.tap)
			}
			s.Reads(step.reads)
			if got := shop.order(t, "1").Verdict.Stage; got != step.stage {
				t.Errorf("%s: %s", step.tap, got)
			}
		}
	})
}

func TestOrder_isMadeByHandWhereTheGateSaysSo(t *testing.T) {
	o := sold("1")
	o.Buyer.Country = "DE"
	onOrder(t, o, func(s *kittest.Screen, sheet *orderSheet, shop *shop) {
		s.Reads("Alıcı yurt dışında")
		s.Tap("İşbaşı’nın Ekranında Kes")
		s.Reads("Ad / unvan", "Deniz Örnekoğlu", "Termos 500 ml, Tek Ebat", "– birim fiyat", "59,90", "%20", "DE", "Genel toplam", "179,70", "[SM:")
		s.Tap("Kopyala") // the last one: the description
		if got := s.E.App.Clipboard().Content(); !strings.Contains(got, "[SM:") {
			t.Errorf("copied %q", got)
		}
		if b := s.Button("Faturalandı Olarak İşaretle"); !b.Disabled() {
			t.Error("an invoice without a number can be kept")
		}
		s.Write("Fatura numarası", "ABC2026000000123")
		s.Write("Fatura tarihi", "35.05.2026")
		s.Tap("Faturalandı Olarak İşaretle")
		s.Reads("Günü 26.11.2026 gibi yazın.")
		s.Write("Fatura tarihi", "5.5.2026")
		s.Tap("Faturalandı Olarak İşaretle")
		s.Reads("Sipariş bu faturaya bağlandı.", "Faturalandı · pazaryerinde")
		k := shop.order(t, "1")
		if k.Verdict.Stage != orders.StageInvoiced || k.Verdict.Invoice != "ABC2026000000123" {
			t.Errorf("%+v", k.Verdict)
		}
		if !sheet.buyer.entries["address"].Disabled() {
			t.Error("an invoiced order can be changed")
		}
	})
}

func TestOrder_leavingAsksAboutChanges(t *testing.T) {
	onOrder(t, sold("1"), func(s *kittest.Screen, _ *orderSheet, shop *shop) {
		s.Write("Adres", "Başka Sk. 2")
		s.Key(fyne.KeyEscape)
		s.Asks()
		s.Answer("Bu Bölümde Kal")
		s.Reads("MÜŞTERİNİN GÖRECEĞİ FATURA")
		s.Key(fyne.KeyEscape)
		s.Answer("Kaydet ve Geç")
		s.Reads("Tümü 1")
		if got := shop.order(t, "1").Said.Buyer.Address; got != "Başka Sk. 2" {
			t.Errorf("address %q", got)
		}
	})
}

func TestOrder_ofAnInvoiceLeadsToIt(t *testing.T) {
	o := sold("2")
	o.Lines[0].ID = "77"
	first := sold("1")
	first.Lines[0].ID = "77"
	onPage(t, func(s *shop) {
		s.keep(t, first)
		if err := s.LinkInvoice(t.Context(), key("1"), "ABC1", today); err != nil {
			t.Fatal(err)
		}
		s.keep(t, first, o)
	}, func(s *kittest.Screen, p *Page, _ *shop) {
		p.open(key("2"))
		s.Settle()
		s.Reads("Bu sipariş ya da bir kalemi faturalanmış")
		s.Tap("Faturaya Git")
		s.Asked(kit.PlaceInvoices)
	})
}

func TestDraft_saysOnlyWhatWasTyped(t *testing.T) {
	shop := newShop(t)
	o := sold("1")
	o.Lines[0].Unit = dec("59.90000001")
	shop.keep(t, o)
	x, err := shop.ExamineOrder(t.Context(), o.Key())
	if err != nil {
		t.Fatal(err)
	}
	for _, lang := range assets.Languages() {
		said, err := draftOfOrder(x, lang).said(lang)
		if err != nil {
			t.Fatal(err)
		}
		if said.Buyer != (orders.Buyer{}) || len(said.Lines) > 0 || len(said.Added) > 0 || said.Discount.Valid || said.Total.Valid || said.Rate.Valid || !said.InvoiceDate.IsZero() {
			t.Errorf("%s: an order that nobody touched says %+v", lang, said)
		}
	}
}

func TestOrder_changedSinceItsInvoiceIsCompared(t *testing.T) {
	onPage(t, func(s *shop) {
		s.keep(t, sold("1"))
		if err := s.LinkInvoice(t.Context(), key("1"), "ABC1", today); err != nil {
			t.Fatal(err)
		}
		later := sold("1")
		later.Lines[0].Quantity, later.StatedTotal = decimal.NewFromInt(5), number("299.50")
		s.keep(t, later)
	}, func(s *kittest.Screen, p *Page, _ *shop) {
		s.Reads("Faturalandı · Sipariş faturadan sonra değişmiş")
		p.open(key("1"))
		s.Settle()
		s.Reads("Faturalandı · pazaryerinde", "Sipariş faturadan sonra değişmiş", "FATURA: İşbaşı’nın ekranında kesildi", "ABC1", "179,70 ₺")
		s.ReadsNot("299,50 ₺")
		s.Tap("Karşılaştır")
		s.Reads("GÖNDERİLEN FATURA", "179,70 ₺", "3 adet", "SİPARİŞİN ŞİMDİKİ HÂLİ", "299,50 ₺", "5 adet")
		s.Key(fyne.KeyEscape)
		s.Tap("Faturaya Git")
		s.Asked(kit.PlaceInvoices)
	})
}

func TestOrder_anAttemptOfWhichNobodyKnowsIsLookedUp(t *testing.T) {
	onPage(t, func(s *shop) { s.keep(t, sold("1")) }, func(s *kittest.Screen, p *Page, shop *shop) {
		shop.books.refuse = domain.E(domain.KindUnknown, "draft", nil)
		s.Tap("Faturaları Hazırla (1)")
		s.Tap("1 Taslak Oluştur")
		s.Pass(time.Second)
		s.Reads("1 faturanın sonucu bilinmiyor")
		p.open(key("1"))
		s.Settle()
		s.Reads("Önceki denemenin sonucu bilinmiyor", "Faturaya Git")
		s.Tap("İşbaşı’nda Ara")
		s.Asks("Sonucu bilinmeyen faturalar aransın mı?", "1 fatura İşbaşı’nda aranır.", "okuma")
		reads := shop.books.reads
		s.Answer("İşbaşı’nda Ara")
		s.Pass(time.Second)
		s.Reads("1 faturanın sonucu hâlâ bilinmiyor")
		if shop.books.reads <= reads {
			t.Error("İşbaşı was not asked")
		}
	})
}
