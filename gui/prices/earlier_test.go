package prices

import (
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain/pricing"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

func percentRule(direction pricing.Direction, percent int64) pricing.Rule {
	return pricing.Rule{Direction: direction, Kind: pricing.Percent, Amount: decimal.NewFromInt(percent)}
}

// withPast is a company in which Trendyol went from 20 % more to 5 % more and then to 95 % less.
func withPast() *company {
	b := newCompany()
	each := func(version int64, r pricing.Rule) pricing.Rules {
		return pricing.Rules{Version: version, PerMarketplace: true, Each: map[pricing.MarketplaceID]pricing.Rule{"trendyol": r, "gone": r}}
	}
	b.Company.Earlier = []pricing.Rules{each(1, percentRule(pricing.Increase, 20)), each(2, percentRule(pricing.Increase, 5)), each(3, percentRule(pricing.Increase, 5))}
	b.Rules = each(4, percentRule(pricing.Discount, 95))
	return b
}

func amountOf(s *testScreen) string {
	e, _ := s.Row("İşlem Miktarı").Field().(*widgets.Entry)
	return e.Text
}

func TestEarlier_comeBackIntoTheFieldsOneAfterTheOther(t *testing.T) {
	b := withPast()
	onPage(t, b, func(s *testScreen, price *Page) {
		price.choosePlace("n11")
		for _, step := range []struct{ amount, says string }{
			{"5", "23.11.2026 14:05 kuralı, henüz kaydedilmedi."},
			{"20", "23.11.2026 14:05 kuralı"},
		} {
			s.Tap("Önceki Kurala Dön")
			s.Reads(step.says, "Trendyol")
			if amountOf(s) != step.amount || price.chosen != "trendyol" || !price.Dirty() {
				t.Errorf("%q at %s, dirty %v, want %q", amountOf(s), price.chosen, price.Dirty(), step.amount)
			}
		}
		s.Undo() // Ctrl+Z is the same
		s.Reads("İlk kayıttan önce: kural yok.")
		if price.Now.per || b.Rules.Version != 4 {
			t.Error("it was saved, or is not what was at first")
		}
		s.Undo()
		s.Reads("Daha önce başka kural yok.")
	})
}

func TestEarlier_isSavedAsAnyRule(t *testing.T) {
	b := withPast()
	b.stock = nil
	onPage(t, b, func(s *testScreen, price *Page) {
		s.Undo()
		s.Tap("Ayarları Kaydet")
		r := b.Rules.Each["trendyol"]
		if b.Rules.Version != 5 || r.Amount.String() != "5" || len(b.Rules.Each) != 1 {
			t.Errorf("saved %+v", b.Rules)
		}
		s.Undo() // what was taken back can be had again
		if amountOf(s) != "95" || price.Now.version != 4 {
			t.Errorf("%q of version %d", amountOf(s), price.Now.version)
		}
	})
}

func TestEarlier_takesBackWhatWasTypedFirst(t *testing.T) {
	onPage(t, withPast(), func(s *testScreen, price *Page) {
		s.Write("İşlem Miktarı", "7")
		s.Undo()
		s.Reads("Kayıtlı kural alanlarda.")
		if amountOf(s) != "95" || price.Dirty() {
			t.Errorf("%q, dirty %v", amountOf(s), price.Dirty())
		}
		s.Undo()
		if amountOf(s) != "5" {
			t.Errorf("%q", amountOf(s))
		}
	})
}

func TestEarlier_leadsOutOfALaboratoryInWhichNothingChanges(t *testing.T) {
	b := withPast()
	onPage(t, b, func(s *testScreen, _ *Page) {
		s.Tap("Fiyat Laboratuvarı")
		s.Reads("Kurallar kayıtlı ve geçerli: değişecek fiyat yok.")
		s.Tap("Önceki Kurala Dön")
		s.Reads("23.11.2026 14:05 kuralı", "En büyük 4 değişiklik", "105,00 ₺")
		s.Tap("Kuralı Kaydet")
		s.Answer("Yine de Kaydet") // a product at 0,01 changes much
		s.Uncovered()
		if r := b.Rules.Each["trendyol"]; r.Amount.String() != "5" {
			t.Errorf("saved %+v", b.Rules)
		}
	})
	none := newCompany()
	onPage(t, none, func(s *testScreen, _ *Page) {
		s.Tap("Fiyat Laboratuvarı")
		s.Reads("Denenecek bir kural yok")
		s.ReadsNot("Önceki Kurala Dön")
		s.Undo()
		s.Reads("Daha önce başka kural yok.")
		s.Tap("Kurala Dön")
		s.Choose("Fiyat Sonu", ",00")
		s.Choose("Yuvarlama", "En yakın")
		none.mu.Lock()
		none.stock = none.stock[:2]
		none.mu.Unlock()
		s.Tap("Fiyat Laboratuvarı")
		s.Reads("kayıtlı kuralla aynı fiyatları veriyor")
	})
}

func TestSharp_asksBeforeManyPricesChangeMuch(t *testing.T) {
	b := newCompany()
	onPage(t, b, func(s *testScreen, _ *Page) {
		s.Choose("Kural Tipi", "İndirim")
		s.Write("İşlem Miktarı", "95")
		s.Tap("Ayarları Kaydet")
		s.Asks("Bu kural kaydedilsin mi?", "Bütün pazaryerleri (26):", "3 ürünün fiyatı %50 sınırından fazla değişecek.",
			"En büyük değişiklik: ÜRÜN 1, 100,00 ₺ yerine 5,00 ₺", "1 ürün fiyatsız kalacak")
		s.Answer("Vazgeç")
		if b.Rules.Version != 0 || s.Button("Ayarları Kaydet").Disabled() {
			t.Error("it is saved, or cannot be saved any more")
		}
		s.Tap("Ayarları Kaydet")
		s.Answer("Önce Fiyat Laboratuvarına Bak")
		s.Reads("En büyük 4 değişiklik")
		s.Tap("Kurala Dön")
		s.Tap("Ayarları Kaydet")
		s.Answer("Yine de Kaydet")
		s.Reads("Kaydedildi")
		if r := b.Rules.Global; r == nil || r.Amount.String() != "95" {
			t.Errorf("saved %+v", b.Rules)
		}
	})
}

// The laboratory shows what is suspicious; its button asks all the same.
func TestSharp_asksInTheLaboratoryToo(t *testing.T) {
	b := newCompany()
	onPage(t, b, func(s *testScreen, price *Page) {
		s.Choose("Kural Tipi", "İndirim")
		s.Write("İşlem Miktarı", "95")
		s.Tap("Fiyat Laboratuvarı")
		s.Tap("Kuralı Kaydet")
		s.Asks("Bu kural kaydedilsin mi?", "3 ürünün fiyatı %50 sınırından fazla değişecek.", "En büyük değişiklik: ÜRÜN 1, 100,00 ₺ yerine 5,00 ₺")
		s.Answer("Vazgeç")
		if b.Rules.Version != 0 || s.lab().save.Disabled() || !price.Dirty() {
			t.Fatal("it is saved, or cannot be saved any more, or what was edited is lost")
		}
		s.Tap("Kuralı Kaydet")
		s.Answer("Şüphelilere Bak")
		if s.lab().view().key != "suspicious" {
			t.Errorf("%q is in view", s.lab().view().key)
		}
		s.Tap("Kuralı Kaydet")
		s.Answer("Yine de Kaydet")
		s.Uncovered()
		if r := b.Rules.Global; r == nil || r.Amount.String() != "95" || price.Dirty() {
			t.Errorf("saved %+v", b.Rules)
		}
	})
}

// What is lost without a change to look at is in the list of what is blocked.
func TestSharp_leadsToWhatIsBlocked(t *testing.T) {
	b := newCompany()
	b.stock = b.stock[:1]
	onPage(t, b, func(s *testScreen, _ *Page) {
		s.Choose("Kural Tipi", "İndirim")
		s.Write("İşlem Miktarı", "100")
		s.Tap("Fiyat Laboratuvarı")
		s.Tap("Kuralı Kaydet")
		s.Asks("1 ürün fiyatsız kalacak")
		s.Answer("Engellenenlere Bak")
		if s.lab().view().key != "blocked" || b.Rules.Version != 0 {
			t.Errorf("%q is in view", s.lab().view().key)
		}
	})
}

// Who goes back while it is weighed saves nothing and is asked nothing.
func TestSharp_isDroppedWithTheLaboratory(t *testing.T) {
	b := newCompany()
	onPage(t, b, func(s *testScreen, _ *Page) {
		s.Choose("Kural Tipi", "İndirim")
		s.Write("İşlem Miktarı", "95")
		s.Tap("Fiyat Laboratuvarı")
		s.lab().store()
		s.lab().back.Tapped(nil)
		s.Settle()
		s.AsksNothing()
		s.Uncovered()
		if b.Rules.Version != 0 {
			t.Error("it is saved")
		}
	})
}

func TestSharp_asksNothingOfAFew(t *testing.T) {
	b := newCompany()
	onPage(t, b, func(s *testScreen, _ *Page) {
		s.Write("İşlem Miktarı", "10")
		s.Tap("Ayarları Kaydet")
		s.AsksNothing()
		if b.Rules.Version != 1 {
			t.Error("it is not saved")
		}
	})
}

// Who gives up, or types on, while the prices are looked at saves nothing.
func TestSharp_dropsWhatIsNoLongerInTheFields(t *testing.T) {
	b := newCompany()
	onPage(t, b, func(s *testScreen, price *Page) {
		b.wait = make(chan struct{})
		s.Write("İşlem Miktarı", "95")
		price.Save()
		s.Settle()
		if !strings.HasPrefix(price.Bar.Note(), "Kaydetmeden önce fiyatlara bakılıyor") || !s.Button("Ayarları Kaydet").Disabled() {
			t.Errorf("it says %q", price.Bar.Note())
		}
		s.Write("İşlem Miktarı", "9")
		close(b.wait)
		s.Settle()
		s.AsksNothing()
		if b.Rules.Version != 0 || s.Button("Ayarları Kaydet").Disabled() {
			t.Error("it is saved, or cannot be saved any more")
		}
		b.mu.Lock()
		b.wait = nil
		b.mu.Unlock()
		s.Tap("Ayarları Kaydet")
		if r := b.Rules.Global; r == nil || r.Amount.String() != "9" {
			t.Errorf("saved %+v", b.Rules)
		}
	})
}
