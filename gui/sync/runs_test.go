package sync

import (
	"fmt"
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/gui/kit"
)

// moved has one price come and one stock go.
func moved(s *shop) {
	s.books.change(0, func(p *domain.RemoteProduct) { p.Price = number("105") })
	s.set(1, func(p *domain.Product) { p.Stock = number("3") })
	s.synced()
}

func TestRuns_eachCanBeOpened(t *testing.T) {
	onPage(t, 4, moved, func(s *screen) {
		s.Tap("Tüm Eşitlemeler (1)")
		l, _ := s.page.Top().(*runList)
		s.Reads("01.01.2000 03:00", "zamanı gelince", "1 fiyat alındı · 1 stok gönderildi", "1 eşitleme")
		l.Search.SetText("yok böyle")
		s.Pass(kit.SearchAfter)
		s.Reads("“yok böyle” için eşitleme bulunamadı.")
		l.Search.SetText("alındı")
		s.Pass(kit.SearchAfter)
		s.keys(l.Table.Focusable(), fyne.KeyReturn)
		s.Reads("01.01.2000 03:00 eşitlemesi", "8 alan karşılaştırıldı · 6 alan aynı", "ÇAY 001", "100,00 ₺", "105,00 ₺", "kataloğa yazıldı", "Alınan", "ÇAY 002", "11", "3", "Gönderilen", "İşbaşı kabul etti", "2 değişiklik")
		s.Tap("Excel’e Aktar")
		if want := []string{fmt.Sprint("changes tr ", 1)}; !slices.Equal(s.exported, want) {
			t.Errorf("exported %q", s.exported)
		}
		s.Key(fyne.KeyEscape)
		s.Key(fyne.KeyEscape)
		s.Reads("Şimdi Eşitle")
		test.Tap(s.Item("01.01.2000 03:00 · 1 fiyat alındı · 1 stok gönderildi"))
		s.Settle()
		s.Reads("01.01.2000 03:00 eşitlemesi")
	})
}

func TestRuns_aConflictSaysWhichValueGaveWay(t *testing.T) {
	onPage(t, 4, func(s *shop) {
		s.books.change(0, func(p *domain.RemoteProduct) { p.Price = number("105") })
		s.set(0, func(p *domain.Product) { p.Price = number("107") })
		s.synced()
	}, func(s *screen) {
		test.Tap(s.Item("01.01.2000 03:00 · 1 fiyat alındı"))
		s.Settle()
		r, _ := s.page.Top().(*runSheet)
		s.keys(r.Table.Focusable(), fyne.KeyDown)
		s.Reads("ÇAY 001 (URN-001), Fiyat: 107,00 ₺ yerine 105,00 ₺ · kataloğa yazıldı · öbür taraftaki değer 107,00 ₺ geçersiz kaldı")
	})
}

func TestRuns_undoSaysWhatItDoesAndWhatItCosts(t *testing.T) {
	onPage(t, 4, func(s *shop) {
		moved(s)
		s.books.change(2, func(p *domain.RemoteProduct) { p.Price = number("112") })
		s.synced()
	}, func(s *screen) {
		test.Tap(s.Item("01.01.2000 03:00 · 1 fiyat alındı · 1 stok gönderildi"))
		s.Settle()
		s.Tap("Geri Al")
		s.Asks("Bu eşitleme geri alınsın mı?", "Katalogda 1 alan eski değerine döner.", "Gönderilen 1 değerin eskisi İşbaşı’na geri yazılır; bu 1 okuma, 1 yazma harcar.")
		s.Answer("Geri Al")
		s.work()
		if got := s.product(0).Price; !got.Decimal.Equal(number("100").Decimal) {
			t.Errorf("the price is %v", got)
		}
		if got := s.books.all[1].Stock; !got.Decimal.Equal(number("11").Decimal) {
			t.Errorf("İşbaşı has %v", got)
		}
		s.Reads("geri alındı", "geri alma")
		test.Tap(s.Item("01.01.2000 03:00 · geri alındı"))
		s.Settle()
		if !s.Button("Geri Al").Disabled() {
			t.Error("it can be taken back twice")
		}
	})
}

func TestRuns_nothingLeftToTakeBackIsSaid(t *testing.T) {
	onPage(t, 4, func(s *shop) {
		s.books.change(0, func(p *domain.RemoteProduct) { p.Price = number("105") })
		s.synced()
		s.set(0, func(p *domain.Product) { p.Price = number("107") })
	}, func(s *screen) {
		test.Tap(s.Item("01.01.2000 03:00 · 1 fiyat alındı"))
		s.Settle()
		s.Tap("Geri Al")
		s.Asks("Geri alınacak bir şey kalmamış.", "1 alan sonradan değiştiği için olduğu gibi kalır.")
		s.Answer("Tamam")
	})
}
