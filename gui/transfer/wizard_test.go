package transfer

import (
	"context"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/gui/kit/kittest"
)

func TestTransferWizard_handsTheChoicesOver(t *testing.T) {
	shop := kittest.NewTransfers(250, 10)
	kittest.OnTransfers(t, shop, func(d *kittest.TransfersScreen) {
		s := transfers(d)
		d.Tap("Ürünleri Aktar")
		d.Reads("Logo İşbaşı Aktarım Sihirbazı", "Adım 1 / 4", "Neler aktarılsın", "Satış fiyatı, ana birim, KDV dahil (₺)")
		what := s.wizard.steps[stepWhat].(*wizardWhat)
		what.passive.SetChecked(true)
		what.stock.SetChecked(true)
		d.Tap("Devam")
		d.Reads("Adım 2 / 4", "Nasıl eşleşsin", "Aktarım Kurallarını İncele")
		how := s.wizard.steps[stepHow].(*wizardHow)
		how.code.SetChecked(false)
		how.unmatched.Choose(2)
		how.name.SetChecked(true)
		how.vat.SetChecked(true)
		d.Tap("Devam")
		d.Tap("Devam")
		d.Reads("Adım 4 / 4", "Pasif olanlar da alınır", "Yalnız stokta olanlar", "Barkoda göre", "Yeni ürün olarak eklensin",
			"Stok ve fiyat, ürün adı, KDV oranı", "2 okuma, 0 yazma")
		d.Tap("İşlemi Onayla")
		want := transfer.Options{
			IncludePassive: true, OnlyInStock: true, ByBarcode: true, Unmatched: transfer.UnmatchedCreated,
			TakeName: true, TakeVAT: true, Currency: domain.TRY,
		}
		if got := shop.KeptRuns[0].Options; got != want {
			t.Errorf("got %+v\nwant %+v", got, want)
		}
	})
}

func TestTransferWizard_wantsSomethingToMatchBy(t *testing.T) {
	kittest.OnTransfers(t, kittest.NewTransfers(10, 1), func(d *kittest.TransfersScreen) {
		s := transfers(d)
		d.Tap("Ürünleri Aktar")
		d.Tap("Devam")
		how := s.wizard.steps[stepHow].(*wizardHow)
		how.barcode.SetChecked(false)
		how.code.SetChecked(false)
		d.Tap("Devam")
		d.Reads("Adım 2 / 4", "En az birini işaretleyin.")
		how.code.SetChecked(true)
		d.ReadsNot("En az birini işaretleyin.")
		d.Tap("Devam")
		d.Reads("Adım 3 / 4")
	})
}

func TestTransferWizard_asksForTheCostOnce(t *testing.T) {
	shop := kittest.NewTransfers(38760, 0)
	shop.Spent.Reads = 2800
	kittest.OnTransfers(t, shop, func(d *kittest.TransfersScreen) {
		transfers(d)
		d.Tap("Ürünleri Aktar")
		d.Tap("Devam")
		d.Tap("Devam")
		d.Reads("38.760 ürün var. Aktarım 388 okuma, 0 yazma harcar.", "Bu ay 200 okuma hakkınız kaldı; yetmezse",
			"ÇAY 00001: 35,00 ₺ · ÇAY 00002: 35,01 ₺ · ÇAY 00003: 35,02 ₺")
		d.Tap("Geri")
		d.Tap("Devam")
		if shop.Reads != 1 || shop.Made != 1 {
			t.Errorf("%d reads, %d jobs", shop.Reads, shop.Made)
		}
		d.Tap("Vazgeç")
		d.Reads("Ürünleri Aktar", "Henüz aktarım yok.")
	})
}

func TestTransferWizard_measuresAnewForOtherChoices(t *testing.T) {
	shop := kittest.NewTransfers(250, 0)
	kittest.OnTransfers(t, shop, func(d *kittest.TransfersScreen) {
		s := transfers(d)
		d.Tap("Ürünleri Aktar")
		d.Tap("Devam")
		d.Tap("Devam")
		d.Tap("Geri")
		s.wizard.steps[stepHow].(*wizardHow).brand.SetChecked(true)
		d.Tap("Devam")
		d.Tap("Devam")
		d.Tap("İşlemi Onayla")
		if shop.Made != 2 || !shop.KeptRuns[1].Options.TakeBrand || shop.KeptRuns[1].State != transfer.StateDone {
			t.Errorf("%d jobs, runs %+v", shop.Made, shop.KeptRuns)
		}
	})
}

func TestTransferWizard_previewsWithoutWriting(t *testing.T) {
	shop := kittest.NewTransfers(250, 30)
	for i := 100; i < 110; i++ {
		shop.Remote[i].Active = false
	}
	kittest.OnTransfers(t, shop, func(d *kittest.TransfersScreen) {
		transfers(d)
		d.Tap("Ürünleri Aktar")
		d.Tap("Devam")
		d.Tap("Devam")
		d.Tap("Önizle")
		d.Reads("Eşleşecek: 30", "Eşleşmeyecek: 210", "Atlanacak: 10", "30 ürünün fiyatı, 30 ürünün stoku değişecek; 0 ürün eklenecek. 3 okuma, 0 yazma harcandı; planı uygulamak yeni okuma harcamaz.",
			"Ürün kodu aynı: 30 · Katalogda karşılığı yok: 210 · İşbaşı’nda pasif: 10", "İlk 50 ürün", "Ürün kodu aynı", "Çay 00001",
			"Fiyat", "Yeni fiyat", "35,00 ₺", "Stok", "Yeni stok")
		if d.Frame.Hidden != 1 || d.Frame.Busy {
			t.Errorf("page: %+v", d.Frame)
		}
		if c := shop.KeptRuns[0].Counters; c.Transferred != 0 || len(shop.Bound) != 0 {
			t.Errorf("the preview wrote: %+v", c)
		}
		d.Tap("Devam")
		d.Reads("yeni okuma gerekmez")
		d.Tap("İşlemi Onayla")
		d.Reads("Aktarım tamamlandı.")
		d.Reads(counted("240", "30", "210")...)
		if shop.Reads != 3 {
			t.Errorf("%d reads", shop.Reads)
		}
	})
}

func TestTransferWizard_stopsThePreview(t *testing.T) {
	shop := kittest.NewTransfers(500, 0)
	shop.Page = func(ctx context.Context, _ int) error {
		select {
		case <-time.After(time.Second):
			return nil
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	kittest.OnTransfers(t, shop, func(d *kittest.TransfersScreen) {
		transfers(d)
		d.Tap("Ürünleri Aktar")
		d.Tap("Devam")
		d.Tap("Devam")
		d.Reads("İşbaşı’na kaç ürün olduğu soruluyor…")
		d.Pass(time.Second)
		d.Tap("Önizle")
		d.Pass(1300 * time.Millisecond)
		d.Reads("200 / 500")
		d.Tap("Durdur")
		d.Reads("Önizleme durduruldu")
		d.Tap("Önizlemeye Devam Et")
		d.Pass(4 * time.Second)
		d.Reads("Eşleşecek: 0", "Eşleşmeyecek: 500", "Atlanacak: 0")
		if shop.Reads != 5 {
			t.Errorf("%d reads for 500 products", shop.Reads)
		}
	})
}

func TestTransferWizard_savesThePlan(t *testing.T) {
	shop := kittest.NewTransfers(25, 3)
	kittest.OnTransfers(t, shop, func(d *kittest.TransfersScreen) {
		transfers(d)
		d.Tap("Ürünleri Aktar")
		d.Tap("Devam")
		d.Tap("Devam")
		d.ReadsNot("Planı Kaydet")
		d.Tap("Önizle")
		d.Tap("Planı Kaydet")
		d.Reads("Kaydedildi: /home/ayşe/Belgeler/plan.html")
		d.Tap("Klasörü Aç")
		if len(shop.Saved) != 1 || shop.Saved[0] != 1 || len(d.Visited) != 1 {
			t.Errorf("saved %v, opened %v", shop.Saved, d.Visited)
		}
	})
}

func TestTransferSection_offersAPreviewThatWasLeft(t *testing.T) {
	shop := kittest.NewTransfers(250, 30)
	kittest.OnTransfers(t, shop, func(d *kittest.TransfersScreen) {
		s := transfers(d)
		d.ReadsNot("Hazır bir önizleme var")
		d.Tap("Ürünleri Aktar")
		s.wizard.steps[stepWhat].(*wizardWhat).passive.SetChecked(true)
		d.Tap("Devam")
		d.Tap("Devam")
		d.Tap("Önizle")
		d.Tap("Vazgeç")
		d.Reads("Hazır bir önizleme var", "250 ürün, 30 eşleşecek, 220 eşleşmeyecek")
		d.Tap("Önizlemeyi Aç")
		d.Reads("Adım 3 / 4", "Eşleşecek: 30", "İlk 50 ürün", "Çay 00001")
		if what := s.wizard.steps[stepWhat].(*wizardWhat); !what.passive.Checked {
			t.Error("the choices are not those of the preview")
		}
		d.Tap("Devam")
		d.Reads("yeni okuma gerekmez")
		d.Tap("İşlemi Onayla")
		d.Reads("Aktarım tamamlandı.")
		d.Reads(counted("250", "30", "220")...)
		d.ReadsNot("Hazır bir önizleme var")
		if shop.Reads != 3 || shop.Made != 1 {
			t.Errorf("%d reads, %d jobs", shop.Reads, shop.Made)
		}
	})
}

func TestTransferSection_triesWhatFailedAgain(t *testing.T) {
	shop := kittest.NewTransfers(25, 3)
	kittest.OnTransfers(t, shop, func(d *kittest.TransfersScreen) {
		transfers(d)
		d.Tap("Ürünleri Aktar")
		d.Tap("Devam")
		d.Tap("Devam")
		d.Tap("Önizle")
		changed := shop.Local[2]
		changed.Revision++
		shop.Local[2] = changed
		d.Tap("Devam")
		d.Tap("İşlemi Onayla")
		d.Reads("Aktarılamayan: 1")
		d.Tap("Aktarılamayanları Yeniden Dene")
		d.Reads("Aktarım tamamlandı.")
		d.Reads(counted("25", "3", "22")...)
		d.ReadsNot("Aktarılamayanları Yeniden Dene")
		if shop.Reads != 1 || len(shop.KeptRuns) != 1 {
			t.Errorf("%d reads, %d transfers", shop.Reads, len(shop.KeptRuns))
		}
	})
}

func TestTransferWizard_opensTheRules(t *testing.T) {
	kittest.OnTransfers(t, kittest.NewTransfers(10, 1), func(d *kittest.TransfersScreen) {
		transfers(d)
		d.Tap("Ürünleri Aktar")
		d.Tap("Devam")
		d.Tap("İncele")
		d.Reads("Aktarım Kuralları", "Ürünler nasıl eşleşir", "Aktarılan = Eşleşen + Eşleşmeyen")
		d.Tap("Geri")
		d.Reads("Adım 2 / 4")
	})
}

func TestTransferWizard_goesByKeyboard(t *testing.T) {
	shop := kittest.NewTransfers(120, 20)
	kittest.OnTransfers(t, shop, func(d *kittest.TransfersScreen) {
		s := transfers(d)
		d.Tap("Ürünleri Aktar")
		press := func(name fyne.KeyName) {
			if f := d.Win.Canvas().Focused(); f != nil {
				f.TypedKey(&fyne.KeyEvent{Name: name})
			} else {
				s.TypedKey(&fyne.KeyEvent{Name: name})
			}
			d.Settle()
		}
		press(fyne.KeyReturn)
		d.Reads("Adım 2 / 4")
		press(fyne.KeyEscape)
		d.Reads("Adım 1 / 4")
		press(fyne.KeyReturn)
		press(fyne.KeyReturn)
		d.Reads("Adım 3 / 4")
		d.Win.Canvas().Unfocus()
		press(fyne.KeyReturn)
		d.Reads("Adım 4 / 4")
		press(fyne.KeyReturn)
		d.Reads("Aktarım tamamlandı.")
		d.Tap("Ürünleri Aktar")
		press(fyne.KeyEscape)
		d.ReadsNot("Adım")
	})
}

func TestTransferWizard_confirmsOnceOnADoubleClick(t *testing.T) {
	shop := kittest.NewTransfers(120, 20)
	kittest.OnTransfers(t, shop, func(d *kittest.TransfersScreen) {
		s := transfers(d)
		d.Tap("Ürünleri Aktar")
		d.Tap("Devam")
		d.Tap("Devam")
		d.Tap("Devam")
		w := s.wizard
		w.next.OnTapped()
		w.next.OnTapped()
		d.Settle()
		if d.Frame.Hidden != 1 || len(shop.KeptRuns) != 1 || shop.KeptRuns[0].Counters.Transferred != 120 {
			t.Errorf("hidden %d times, runs %+v", d.Frame.Hidden, shop.KeptRuns)
		}
	})
}
