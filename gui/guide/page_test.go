package guide

import (
	"testing"

	"fyne.io/fyne/v2"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/pricing"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/kit/kittest"
)

// onGuide runs f with the check-list in view, over what is known of the company.
func onGuide(t *testing.T, f func(s *kittest.Screen, p *Page)) {
	t.Helper()
	kittest.On(t, "tr", New, func(s *kittest.Screen, p *Page) {
		s.Section = true
		f(s, p)
	})
}

func TestGuide_knowsHowFarTheCompanyIs(t *testing.T) {
	onGuide(t, func(s *kittest.Screen, p *Page) {
		f := kit.Facts{Connection: domain.Connection{Authorised: true}, Settings: domain.DefaultSettings(), Rules: pricing.Rules{Version: 1}}
		p.ShowFacts(f)
		s.Reads("Kurulumun 2 / 5 adımı tamam.", "Yetkilendirildi.", "Entegrasyon Durumu alanında Entegrasyon Açık seçin.",
			"Fiyat kuralları kaydedildi.", "Ürünleri Aktar ile İşbaşı’ndaki ürünlerinizi getirin.")
		f.Settings.IntegrationOn, f.Settings.Push = true, domain.PushStock
		f.Run, f.HasRun = transfer.Run{State: transfer.StateDone, Counters: transfer.Counters{Transferred: 12}}, true
		p.ShowFacts(f)
		s.Reads("Kurulum tamam.")
	})
}

func TestGuide_rowsJump(t *testing.T) {
	for title, section := range map[string]kit.Place{
		"Logo İşbaşı hesabınızı yetkilendirin": kit.PlaceAPI, "Entegrasyonu açın": kit.PlaceAPI, "Süreç seçimlerini yapın": kit.PlaceProcess,
		"Fiyat kurallarını belirleyin": kit.PlacePrices, "Ürünlerinizi aktarın": kit.PlaceTransfer,
	} {
		onGuide(t, func(s *kittest.Screen, _ *Page) {
			s.Item(title).TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
			s.Settle()
			s.Asked(section)
		})
	}
}
