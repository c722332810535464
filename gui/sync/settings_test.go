package sync

import (
	"reflect"
	"testing"

	"fyne.io/fyne/v2"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/sync"
)

func TestSettings_areTypedTheTurkishWay(t *testing.T) {
	onPage(t, 3, nil, func(s *screen) {
		s.Tap("Ayarlar")
		s.Reads("Süreç Seçimleri’ndeki gibi (İşbaşı)", "Fiyat sıçraması sınırı (%)")
		s.Choose("Ne zaman eşitlensin", "Her gece")
		s.Choose("Fiyat iki tarafta da değişirse", "Son değişen")
		s.Write("Fiyat sıçraması sınırı (%)", "12,5")
		s.Write("Değişebilecek fiyatlar (%)", "7,25")
		s.Write("En az kaç fiyat değişebilsin", "1.000")
		s.Write("Sıfıra inebilecek stoklar", "3")
		s.Tap("Ayarları Kaydet")
		got, err := s.SyncSettings(s.T.Context())
		if err != nil {
			t.Fatal(err)
		}
		want := sync.Settings{
			Schedule: sync.ScheduleNightly, Owner: map[domain.Shared]domain.Owner{domain.SharedPrice: domain.OwnerLater}, Jump: number("12.5"),
			Limits: sync.Limits{PriceShare: number("7.25").Decimal, PriceLeast: 1000, Zeroed: 3},
		}
		if !got.Jump.Decimal.Equal(want.Jump.Decimal) || !got.PriceShare.Equal(want.PriceShare) {
			t.Errorf("jump %v, share %v", got.Jump, got.PriceShare)
		}
		got.Jump, got.PriceShare = want.Jump, want.PriceShare
		if !reflect.DeepEqual(got, want) {
			t.Errorf("saved %+v, want %+v", got, want)
		}
		s.Write("Fiyat sıçraması sınırı (%)", "")
		s.Choose("Fiyat iki tarafta da değişirse", "Süreç Seçimleri’ndeki gibi (İşbaşı)")
		s.Tap("Ayarları Kaydet")
		if got, _ := s.SyncSettings(s.T.Context()); got.Jump.Valid || len(got.Owner) != 0 {
			t.Errorf("saved %+v", got)
		}
		s.Tap("Geri")
		s.Reads("Şimdi Eşitle")
	})
}

func TestSettings_refusedFieldsSaySo(t *testing.T) {
	onPage(t, 3, nil, func(s *screen) {
		s.Tap("Ayarlar")
		for label, wrong := range map[string]string{
			"Fiyat sıçraması sınırı (%)": "elli", "Değişebilecek fiyatlar (%)": "101", "En az kaç fiyat değişebilsin": "2,5", "Sıfıra inebilecek stoklar": "-1",
		} {
			s.Write(label, wrong)
			s.Tap("Ayarları Kaydet")
			if s.Row(label).Wrong() == "" {
				t.Errorf("%s: %q was taken", label, wrong)
			}
			s.Write(label, "4")
		}
	})
}

func TestSettings_leavingAsks(t *testing.T) {
	onPage(t, 3, nil, func(s *screen) {
		s.Tap("Ayarlar")
		s.Write("Sıfıra inebilecek stoklar", "4")
		s.Key(fyne.KeyEscape)
		s.Asks("Kaydedilmemiş değişiklikler var")
		s.Answer("Bu Bölümde Kal")
		if !s.page.Dirty() {
			t.Error("the change has gone")
		}
		s.Tap("Geri")
		s.Answer("Kaydet ve Geç")
		s.Reads("Şimdi Eşitle")
		if got, _ := s.SyncSettings(s.T.Context()); got.Zeroed != 4 {
			t.Errorf("saved %+v", got)
		}
	})
}
