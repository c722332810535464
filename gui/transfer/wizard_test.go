package transfer

import (
	"context"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/quota"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/kit/kittest"
)

// options opens the options of the wizard.
func options(d *kittest.TransfersScreen, s *Page) *wizardOptions {
	d.T.Helper()
	d.Tap("Seçenekleri Değiştir")
	return s.wizard.steps[stepOptions].(*wizardOptions)
}

// The main job again the next day is two clicks, with the choices of the last time.
func TestTransferWizard_againIsTwoClicks(t *testing.T) {
	shop := kittest.NewTransfers(250, 10)
	shop.Catalogue = kittest.NewCatalogue(0)
	kittest.OnTransfers(t, shop, func(d *kittest.TransfersScreen) {
		s := transfers(d)
		d.Reads("barkod, sonra kod · eşleşmeyenler yeni ürün olsun")
		d.Tap("Ürünleri Aktar")
		d.Reads("Logo İşbaşı Aktarım Sihirbazı", "barkoda, sonra ürün koduna göre kataloğunuzla eşleştirilir; eşleşenlerde şunlar güncellenir: stok ve fiyat.",
			"Eşleşmeyenler yeni ürün olarak eklenir; İşbaşı’na hiçbir şey yazılmaz.", "Her 100 ürün 1 okuma harcar; bu ay 3.000 okuma hakkınız kaldı.")
		how := options(d, s)
		how.name.SetChecked(true)
		how.unmatched.Choose(1)
		how.try.SetChecked(true)
		d.Tap("Tamam")
		d.Tap("İşlemi Onayla")
		d.Tap("Devam Et") // behind the first twenty
		want := transfer.Options{ByBarcode: true, ByCode: true, Unmatched: transfer.UnmatchedDraft, TakeName: true, Currency: domain.TRY}
		d.Reads("barkod, sonra kod · eşleşmeyenler taslak olsun")
		d.Tap("Ürünleri Aktar")
		d.Reads("Yaklaşık 3 okuma harcar; bu ay 3.000 okuma hakkınız kaldı.")
		d.Tap("İşlemi Onayla")
		if got := shop.KeptRuns[1].Options; got != want {
			t.Errorf("got %+v\nwant %+v", got, want)
		}
		if got := shop.KeptRuns[1].State; got != transfer.StateDone {
			t.Errorf("the second transfer is %s", got)
		}
	})
}

// While something spends reads, the wizard and the header say one number.
func TestTransferWizard_saysWhatTheHeaderSays(t *testing.T) {
	kittest.OnTransfers(t, kittest.NewTransfers(3, 1), func(d *kittest.TransfersScreen) {
		s := transfers(d)
		u := quota.Usage{ReadLimit: 3000, ReadReserve: 200, Reads: 700}
		s.ShowFacts(kit.Facts{Usage: u})
		d.Tap("Ürünleri Aktar")
		d.Reads("bu ay 2.100 okuma hakkınız kaldı")
		u.Reads++
		s.ShowFacts(kit.Facts{Usage: u})
		d.Reads("bu ay 2.099 okuma hakkınız kaldı")
	})
}

func TestTransferWizard_listsWhereTheCatalogueHasProducts(t *testing.T) {
	kittest.OnTransfers(t, kittest.NewTransfers(3, 1), func(d *kittest.TransfersScreen) {
		transfers(d)
		d.Tap("Ürünleri Aktar")
		d.Reads("Eşleşmeyenler listelenir, kararı siz verirsiniz")
	})
}

func TestTransferWizard_handsTheChoicesOver(t *testing.T) {
	shop := kittest.NewTransfers(250, 10)
	kittest.OnTransfers(t, shop, func(d *kittest.TransfersScreen) {
		s := transfers(d)
		d.Tap("Değiştir") // of the page: at once at the options
		d.Reads("Seçenekler", "Satış fiyatı, ana birim, KDV dahil (₺)")
		how := s.wizard.steps[stepOptions].(*wizardOptions)
		how.passive.SetChecked(true)
		how.stock.SetChecked(true)
		how.code.SetChecked(false)
		how.unmatched.Choose(2)
		how.name.SetChecked(true)
		how.vat.SetChecked(true)
		d.Tap("Tamam")
		d.Reads("Aktarım Kurallarını İncele", "Pasif olanlar da alınır · Yalnız stokta olanlar", "barkoda göre", "Eşleşmeyenler yeni ürün olarak eklenir", "stok ve fiyat, ürün adı, KDV oranı.")
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
		how := options(d, s)
		how.barcode.SetChecked(false)
		how.code.SetChecked(false)
		d.Tap("Tamam")
		d.Reads("Seçenekler", "En az birini işaretleyin.")
		d.Tap("Geri")
		d.Reads("En az birini işaretleyin.")
		how.code.SetChecked(true)
		d.ReadsNot("En az birini işaretleyin.")
		d.Tap("Tamam")
		d.Reads("ürün koduna göre")
	})
}

func TestTransferWizard_asksForTheCostOnce(t *testing.T) {
	shop := kittest.NewTransfers(38760, 0)
	shop.Spent.Reads = 2800
	kittest.OnTransfers(t, shop, func(d *kittest.TransfersScreen) {
		transfers(d)
		d.Tap("Ürünleri Aktar")
		d.Tap("Önizle")
		d.Reads("38.760 ürün var. Aktarım 388 okuma harcar.", "Bu ay 200 okuma hakkınız kaldı; yetmezse",
			"ÇAY 00001: 35,00 ₺ · ÇAY 00002: 35,01 ₺ · ÇAY 00003: 35,02 ₺")
		d.Tap("Geri")
		d.Reads("38.760 ürün var.")
		d.Tap("Önizle")
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
		d.Tap("Önizle")
		d.Tap("Geri")
		options(d, s).brand.SetChecked(true)
		d.Tap("Tamam")
		d.Reads("Her 100 ürün")
		d.Tap("İşlemi Onayla")
		if last := len(shop.KeptRuns) - 1; shop.Made != 2 || !shop.KeptRuns[last].Options.TakeBrand || shop.KeptRuns[last].State != transfer.StateDone {
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
		d.Tap("Önizle")
		d.Tap("Önizle")
		d.Reads("Eşleşecek: 30", "Eşleşmeyecek: 210", "Atlanacak: 10", "Fiyatı değişecek ürün: 30 · Stoku değişecek ürün: 30. 3 okuma harcandı; planı uygulamak yeni okuma harcamaz.",
			"Ürün kodu aynı: 30 · Katalogda karşılığı yok: 210 · İşbaşı’nda pasif: 10", "İlk 50 ürün", "Ürün kodu aynı", "Çay 00001",
			"Fiyat", "Yeni fiyat", "35,00 ₺", "Stok", "Yeni stok")
		if d.Frame.Hidden != 1 || d.Frame.Busy {
			t.Errorf("page: %+v", d.Frame)
		}
		if c := shop.KeptRuns[0].Counters; c.Transferred != 0 || len(shop.Bound) != 0 {
			t.Errorf("the preview wrote: %+v", c)
		}
		d.Reads("planı uygulamak yeni okuma harcamaz")
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
		d.Tap("Önizle")
		d.Reads("İşbaşı’na kaç ürün olduğu soruluyor…")
		d.Pass(time.Second)
		d.Tap("Önizle")
		d.Pass(1600 * time.Millisecond)
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
		d.Tap("Önizle")
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
		options(d, s).passive.SetChecked(true)
		d.Tap("Tamam")
		d.Tap("Önizle")
		d.Tap("Önizle")
		d.Tap("Vazgeç")
		d.Reads("Hazır bir önizleme var", "250 ürün, 30 eşleşecek, 220 eşleşmeyecek")
		d.Tap("Önizlemeyi Aç")
		d.Reads("Eşleşecek: 30", "İlk 50 ürün", "Çay 00001")
		if what := s.wizard.steps[stepOptions].(*wizardOptions); !what.passive.Checked {
			t.Error("the choices are not those of the preview")
		}
		d.Reads("planı uygulamak yeni okuma harcamaz")
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
		d.Tap("Önizle")
		d.Tap("Önizle")
		changed := shop.Local[2]
		changed.Revision++
		shop.Local[2] = changed
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
		d.Tap("İncele")
		d.Reads("Aktarım Kuralları", "Ürünler nasıl eşleşir", "Aktarılan = Eşleşen + Eşleşmeyen")
		d.Tap("Geri")
		d.Reads("Aktarım Kurallarını İncele", "İşlemi Onayla")
	})
}

func TestTransferWizard_goesByKeyboard(t *testing.T) {
	shop := kittest.NewTransfers(120, 20)
	kittest.OnTransfers(t, shop, func(d *kittest.TransfersScreen) {
		s := transfers(d)
		press := func(name fyne.KeyName) {
			if f := d.Win.Canvas().Focused(); f != nil {
				kittest.Type(f, name)
				d.Settle()
			} else {
				d.Key(name)
			}
		}
		d.Tap("Ürünleri Aktar")
		options(d, s)
		press(fyne.KeyReturn)
		d.ReadsNot("Seçenekler\n")
		options(d, s)
		press(fyne.KeyEscape)
		d.Tap("Önizle")
		press(fyne.KeyEscape)
		d.Reads("Seçenekleri Değiştir")
		d.Win.Canvas().Unfocus()
		press(fyne.KeyReturn)
		d.Reads("Aktarım tamamlandı.")
		d.Uncovered()
		if f := d.Win.Canvas().Focused(); f != nil {
			t.Errorf("%T of the wizard takes the keys", f)
		}
		d.Tap("Ürünleri Aktar")
		press(fyne.KeyEscape)
		d.Uncovered()
	})
}

// The wizard stays as it is while another page is in view.
func TestTransferWizard_waitsBehindAnotherPage(t *testing.T) {
	kittest.OnTransfers(t, kittest.NewTransfers(10, 1), func(d *kittest.TransfersScreen) {
		s := transfers(d)
		d.Tap("Ürünleri Aktar")
		options(d, s).brand.SetChecked(true)
		d.Tap("Tamam")
		d.Frame.Back() // the person opens another page
		s.Show()
		d.Settle()
		d.Reads("Logo İşbaşı Aktarım Sihirbazı", "marka")
		d.Tap("Vazgeç")
		d.Uncovered()
		d.Reads("Ürünleri Aktar")
	})
}

func TestTransferWizard_confirmsOnceOnADoubleClick(t *testing.T) {
	shop := kittest.NewTransfers(120, 20)
	kittest.OnTransfers(t, shop, func(d *kittest.TransfersScreen) {
		s := transfers(d)
		d.Tap("Ürünleri Aktar")
		w := s.wizard
		w.next.OnTapped()
		w.next.OnTapped()
		d.Settle()
		if d.Frame.Hidden != 1 || len(shop.KeptRuns) != 1 || shop.KeptRuns[0].Counters.Transferred != 120 {
			t.Errorf("hidden %d times, runs %+v", d.Frame.Hidden, shop.KeptRuns)
		}
	})
}

func TestTransferWizard_hasFewWords(t *testing.T) {
	const most = 70
	kittest.OnTransfers(t, kittest.NewTransfers(120, 20), func(d *kittest.TransfersScreen) {
		s := transfers(d)
		d.Win.Resize(fyne.NewSize(1180, 760))
		d.Tap("Ürünleri Aktar")
		if n := kittest.WordCount(s.wizard.object); n == 0 || n > most {
			t.Errorf("%d words:\n%s", n, d.Words())
		}
	})
}
