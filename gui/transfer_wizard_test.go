package gui

import (
	"context"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
)

func TestTransferWizard_handsTheChoicesOver(t *testing.T) {
	shop := newMemoryShop(250, 10)
	inDesk(t, shop, func(d *desk) {
		s := d.transfers()
		d.tap("Ürünleri Aktar")
		d.reads("Logo İşbaşı Aktarım Sihirbazı", "Adım 1 / 4", "Neler aktarılsın", "Satış fiyatı, ana birim, KDV dahil (₺)")
		what := s.wizard.steps[stepWhat].(*wizardWhat)
		what.passive.SetChecked(true)
		what.stock.SetChecked(true)
		d.tap("Devam")
		d.reads("Adım 2 / 4", "Nasıl eşleşsin", "Aktarım Kurallarını İncele")
		how := s.wizard.steps[stepHow].(*wizardHow)
		how.code.SetChecked(false)
		how.unmatched.Choose(2)
		how.name.SetChecked(true)
		how.vat.SetChecked(true)
		d.tap("Devam")
		d.tap("Devam")
		d.reads("Adım 4 / 4", "Pasif olanlar da alınır", "Yalnız stokta olanlar", "Barkoda göre", "Yeni ürün olarak eklensin",
			"Stok ve fiyat, ürün adı, KDV oranı", "2 okuma, 0 yazma")
		d.tap("İşlemi Onayla")
		want := transfer.Options{
			IncludePassive: true, OnlyInStock: true, ByBarcode: true, Unmatched: transfer.UnmatchedCreated,
			TakeName: true, TakeVAT: true, Currency: domain.TRY,
		}
		if got := shop.runs[0].Options; got != want {
			t.Errorf("got %+v\nwant %+v", got, want)
		}
	})
}

func TestTransferWizard_wantsSomethingToMatchBy(t *testing.T) {
	inDesk(t, newMemoryShop(10, 1), func(d *desk) {
		s := d.transfers()
		d.tap("Ürünleri Aktar")
		d.tap("Devam")
		how := s.wizard.steps[stepHow].(*wizardHow)
		how.barcode.SetChecked(false)
		how.code.SetChecked(false)
		d.tap("Devam")
		d.reads("Adım 2 / 4", "En az birini işaretleyin.")
		how.code.SetChecked(true)
		d.readsNot("En az birini işaretleyin.")
		d.tap("Devam")
		d.reads("Adım 3 / 4")
	})
}

func TestTransferWizard_asksForTheCostOnce(t *testing.T) {
	shop := newMemoryShop(38760, 0)
	shop.usage.Reads = 2800
	inDesk(t, shop, func(d *desk) {
		d.transfers()
		d.tap("Ürünleri Aktar")
		d.tap("Devam")
		d.tap("Devam")
		d.reads("38.760 ürün var. Aktarım 388 okuma, 0 yazma harcar.", "Bu ay 200 okuma hakkınız kaldı; yetmezse",
			"ÇAY 00001: 35,00 ₺ · ÇAY 00002: 35,01 ₺ · ÇAY 00003: 35,02 ₺")
		d.tap("Geri")
		d.tap("Devam")
		if shop.reads != 1 || shop.made != 1 {
			t.Errorf("%d reads, %d jobs", shop.reads, shop.made)
		}
		d.tap("Vazgeç")
		d.reads("Ürünleri Aktar", "Henüz aktarım yapmadınız.")
	})
}

func TestTransferWizard_measuresAnewForOtherChoices(t *testing.T) {
	shop := newMemoryShop(250, 0)
	inDesk(t, shop, func(d *desk) {
		s := d.transfers()
		d.tap("Ürünleri Aktar")
		d.tap("Devam")
		d.tap("Devam")
		d.tap("Geri")
		s.wizard.steps[stepHow].(*wizardHow).brand.SetChecked(true)
		d.tap("Devam")
		d.tap("Devam")
		d.tap("İşlemi Onayla")
		if shop.made != 2 || !shop.runs[1].Options.TakeBrand || shop.runs[1].State != transfer.StateDone {
			t.Errorf("%d jobs, runs %+v", shop.made, shop.runs)
		}
	})
}

func TestTransferWizard_previewsWithoutWriting(t *testing.T) {
	shop := newMemoryShop(250, 30)
	for i := 100; i < 110; i++ {
		shop.remote[i].Active = false
	}
	inDesk(t, shop, func(d *desk) {
		d.transfers()
		d.tap("Ürünleri Aktar")
		d.tap("Devam")
		d.tap("Devam")
		d.tap("Önizle")
		d.reads("Eşleşecek: 30", "Eşleşmeyecek: 210", "Atlanacak: 10", "30 ürünün fiyatı, 30 ürünün stoku değişecek; 0 ürün eklenecek. 3 okuma, 0 yazma harcandı; planı uygulamak yeni okuma harcamaz.",
			"Ürün kodu aynı: 30 · Katalogda karşılığı yok: 210 · İşbaşı’nda pasif: 10", "İlk 50 ürün", "Ürün kodu aynı", "Çay 00001",
			"Fiyat", "Yeni fiyat", "35,00 ₺", "Stok", "Yeni stok")
		if d.page.hidden != 1 || d.page.busy {
			t.Errorf("page: %+v", d.page)
		}
		if c := shop.runs[0].Counters; c.Transferred != 0 || len(shop.bound) != 0 {
			t.Errorf("the preview wrote: %+v", c)
		}
		d.tap("Devam")
		d.reads("yeni okuma gerekmez")
		d.tap("İşlemi Onayla")
		d.reads("Aktarım tamamlandı.", "240 aktarıldı, 30 eşleşti, 210 eşleşmedi", "10 atlandı")
		if shop.reads != 3 {
			t.Errorf("%d reads", shop.reads)
		}
	})
}

func TestTransferWizard_stopsThePreview(t *testing.T) {
	shop := newMemoryShop(500, 0)
	shop.page = func(ctx context.Context, _ int) error {
		select {
		case <-time.After(time.Second):
			return nil
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	inDesk(t, shop, func(d *desk) {
		d.transfers()
		d.tap("Ürünleri Aktar")
		d.tap("Devam")
		d.tap("Devam")
		d.reads("İşbaşı’na kaç ürün olduğu soruluyor…")
		d.pass(time.Second)
		d.tap("Önizle")
		d.pass(1300 * time.Millisecond)
		d.reads("200 / 500")
		d.tap("Durdur")
		d.reads("Önizleme durduruldu")
		d.tap("Önizlemeye Devam Et")
		d.pass(4 * time.Second)
		d.reads("Eşleşecek: 0", "Eşleşmeyecek: 500", "Atlanacak: 0")
		if shop.reads != 5 {
			t.Errorf("%d reads for 500 products", shop.reads)
		}
	})
}

func TestTransferWizard_savesThePlan(t *testing.T) {
	shop := newMemoryShop(25, 3)
	inDesk(t, shop, func(d *desk) {
		d.transfers()
		d.tap("Ürünleri Aktar")
		d.tap("Devam")
		d.tap("Devam")
		d.readsNot("Planı Kaydet")
		d.tap("Önizle")
		d.tap("Planı Kaydet")
		d.reads("Kaydedildi: /home/ayşe/Belgeler/plan.html")
		d.tap("Klasörü Aç")
		if len(shop.saved) != 1 || shop.saved[0] != 1 || len(d.opened) != 1 {
			t.Errorf("saved %v, opened %v", shop.saved, d.opened)
		}
	})
}

func TestTransferSection_offersAPreviewThatWasLeft(t *testing.T) {
	shop := newMemoryShop(250, 30)
	inDesk(t, shop, func(d *desk) {
		s := d.transfers()
		d.readsNot("Hazır bir önizleme var")
		d.tap("Ürünleri Aktar")
		s.wizard.steps[stepWhat].(*wizardWhat).passive.SetChecked(true)
		d.tap("Devam")
		d.tap("Devam")
		d.tap("Önizle")
		d.tap("Vazgeç")
		d.reads("Hazır bir önizleme var", "250 ürün, 30 eşleşecek, 220 eşleşmeyecek")
		d.tap("Önizlemeyi Aç")
		d.reads("Adım 3 / 4", "Eşleşecek: 30", "İlk 50 ürün", "Çay 00001")
		if what := s.wizard.steps[stepWhat].(*wizardWhat); !what.passive.Checked {
			t.Error("the choices are not those of the preview")
		}
		d.tap("Devam")
		d.reads("yeni okuma gerekmez")
		d.tap("İşlemi Onayla")
		d.reads("Aktarım tamamlandı.", "250 aktarıldı, 30 eşleşti, 220 eşleşmedi")
		d.readsNot("Hazır bir önizleme var")
		if shop.reads != 3 || shop.made != 1 {
			t.Errorf("%d reads, %d jobs", shop.reads, shop.made)
		}
	})
}

func TestTransferSection_triesWhatFailedAgain(t *testing.T) {
	shop := newMemoryShop(25, 3)
	inDesk(t, shop, func(d *desk) {
		d.transfers()
		d.tap("Ürünleri Aktar")
		d.tap("Devam")
		d.tap("Devam")
		d.tap("Önizle")
		changed := shop.local[2]
		changed.Revision++
		shop.local[2] = changed
		d.tap("Devam")
		d.tap("İşlemi Onayla")
		d.reads("1 aktarılamadı")
		d.tap("Aktarılamayanları Yeniden Dene")
		d.reads("Aktarım tamamlandı.", "25 aktarıldı, 3 eşleşti, 22 eşleşmedi")
		d.readsNot("Aktarılamayanları Yeniden Dene")
		if shop.reads != 1 || len(shop.runs) != 1 {
			t.Errorf("%d reads, %d transfers", shop.reads, len(shop.runs))
		}
	})
}

func TestTransferWizard_opensTheRules(t *testing.T) {
	inDesk(t, newMemoryShop(10, 1), func(d *desk) {
		d.transfers()
		d.tap("Ürünleri Aktar")
		d.tap("Devam")
		d.tap("İncele")
		d.reads("Aktarım Kuralları", "Ürünler nasıl eşleşir", "Aktarılan = Eşleşen + Eşleşmeyen")
		d.tap("Geri")
		d.reads("Adım 2 / 4")
	})
}

func TestTransferWizard_goesByKeyboard(t *testing.T) {
	shop := newMemoryShop(120, 20)
	inDesk(t, shop, func(d *desk) {
		s := d.transfers()
		d.tap("Ürünleri Aktar")
		press := func(name fyne.KeyName) {
			if f := d.win.Canvas().Focused(); f != nil {
				f.TypedKey(&fyne.KeyEvent{Name: name})
			} else {
				s.typedKey(&fyne.KeyEvent{Name: name})
			}
			d.settle()
		}
		press(fyne.KeyReturn)
		d.reads("Adım 2 / 4")
		press(fyne.KeyEscape)
		d.reads("Adım 1 / 4")
		press(fyne.KeyReturn)
		press(fyne.KeyReturn)
		d.reads("Adım 3 / 4")
		d.win.Canvas().Unfocus()
		press(fyne.KeyReturn)
		d.reads("Adım 4 / 4")
		press(fyne.KeyReturn)
		d.reads("Aktarım tamamlandı.")
		d.tap("Ürünleri Aktar")
		press(fyne.KeyEscape)
		d.readsNot("Adım")
	})
}

func TestTransferWizard_confirmsOnceOnADoubleClick(t *testing.T) {
	shop := newMemoryShop(120, 20)
	inDesk(t, shop, func(d *desk) {
		s := d.transfers()
		d.tap("Ürünleri Aktar")
		d.tap("Devam")
		d.tap("Devam")
		d.tap("Devam")
		w := s.wizard
		w.next.OnTapped()
		w.next.OnTapped()
		d.settle()
		if d.page.hidden != 1 || len(shop.runs) != 1 || shop.runs[0].Counters.Transferred != 120 {
			t.Errorf("hidden %d times, runs %+v", d.page.hidden, shop.runs)
		}
	})
}
