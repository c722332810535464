package files

import (
	"slices"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/listing"
	"github.com/sopyo/sopyo-desktop/gui/kit/kittest"
)

// spoilt is a company into which a supplier's list was taken.
func spoilt() *kittest.Files {
	files := kittest.NewFiles()
	files.Imports = []listing.Imported{
		{ID: 3, At: time.Date(2026, 11, 1, 6, 30, 0, 0, time.UTC), File: "ilk.csv", Added: 120},
		{ID: 4, At: time.Date(2026, 11, 26, 11, 2, 0, 0, time.UTC), File: "tedarikçi.csv", Added: 3, Updated: 1040},
	}
	files.Return = listing.Return{
		Restored: 1040, Prices: 1040, Stocks: 12, Removed: 2, Left: 1,
		Examples: []listing.Jump{{Code: "KUP-01", Name: "Kupa", Was: decimal.New(999, -2), Is: decimal.New(9990, -2), Currency: domain.TRY}},
	}
	return files
}

func TestLastImport_isTakenBackWhereAFileIsChosen(t *testing.T) {
	files := spoilt()
	importing(t, files, func(s *fileScreen) {
		s.Reads("Son alınan dosya: tedarikçi.csv · 26.11.2026 14:02 · 3 yeni, 1.040 güncellendi", "Geri Al")
		s.Tap("Geri Al")
		s.Asks("tedarikçi.csv geri alınsın mı?", "1.040 ürün dosyadan önceki değerlerine döner. Bunların içinde: 1.040 fiyat, 12 stok.\nDosyanın eklediği 2 ürün kaldırılır.\n1 ürün sonradan değiştiği ya da kullanıldığı için kısmen veya tamamen olduğu gibi kalır.\nKUP-01 · Kupa: 9,99 ₺ yerine 99,90 ₺")
		s.Answer("Vazgeç")
		if len(files.TakenBack) > 0 {
			t.Fatalf("taken back without a yes: %v", files.TakenBack)
		}
		s.Tap("Geri Al")
		s.Answer("Geri Al")
		s.Reads("tedarikçi.csv geri alındı. 1.040 ürün önceki değerlerine döndü. 2 ürün kaldırıldı. 1 ürün sonradan değiştiği ya da kullanıldığı için olduğu gibi kaldı. Pazaryerlerine gönderdiğiniz fiyatlar kendiliğinden değişmez; onları yeniden gönderin.")
		if !slices.Equal(files.TakenBack, []int64{4}) {
			t.Errorf("taken back %v", files.TakenBack)
		}
		s.Reads("Son alınan dosya: ilk.csv · 01.11.2026 09:30 · 120 yeni") // the one before it is next
	})
}

func TestLastImport_isTakenBackWhereItsResultIsShown(t *testing.T) {
	files := kittest.NewFiles()
	files.Return = listing.Return{Restored: 1, Removed: 1}
	importing(t, files, func(s *fileScreen) {
		s.ReadsNot("Geri Al")
		s.openFile("/belgeler/liste.csv")
		files.Imports = []listing.Imported{{ID: 8, File: "önceki.csv", Added: 1}, {ID: 9, File: "liste.csv", Added: 1, Updated: 1}}
		s.Tap("İçeri Al")
		s.Reads("İçeri alındı: 1 yeni, 1 güncellendi.", "Geri Al")
		s.Tap("Geri Al")
		s.Answer("Geri Al")
		s.Reads("liste.csv geri alındı. 1 ürün önceki değerlerine döndü. 1 ürün kaldırıldı.")
		s.ReadsNot("Geri Al")
	})
}

func TestLastImport_saysHowFarItIsAndStopsWhenAsked(t *testing.T) {
	files := spoilt()
	importing(t, files, func(s *fileScreen) {
		files.Block = make(chan struct{})
		s.Tap("Geri Al")
		s.Answer("Geri Al")
		s.Pass(time.Second)
		s.Reads("Geri alınıyor… 1 / 2", "Vazgeç")
		if what := s.E.UnderWay(); what != "import-undo" {
			t.Errorf("under way is %q", what)
		}
		s.page.Open("/belgeler/liste.csv", listing.Reading{}, nil)
		s.Settle()
		if s.page.sheet != nil {
			t.Error("a file was opened beside it")
		}
		s.Tap("Vazgeç")
		s.Reads("Vazgeçildi; dosyanın getirdikleri yerinde duruyor.", "Son alınan dosya: tedarikçi.csv · 26.11.2026 14:02 · 3 yeni, 1.040 güncellendi")
		if len(files.TakenBack) > 0 {
			t.Errorf("taken back %v", files.TakenBack)
		}
	})
}

func TestLastImport_saysWhyItCannotBeTakenBack(t *testing.T) {
	files := spoilt()
	files.TakingBack = domain.E(domain.KindDisk, "take an import back", nil)
	importing(t, files, func(s *fileScreen) {
		s.Tap("Geri Al")
		s.Answer("Geri Al")
		s.Reads("Diskte")
		s.Reads("Son alınan dosya: tedarikçi.csv · 26.11.2026 14:02 · 3 yeni, 1.040 güncellendi")
	})
	files = spoilt()
	files.Return = listing.Return{Left: 7}
	importing(t, files, func(s *fileScreen) {
		s.Tap("Geri Al")
		s.Asks("Geri alınacak bir şey kalmamış.", "7 ürün sonradan değiştiği ya da kullanıldığı için kısmen veya tamamen olduğu gibi kalır.")
		s.Answer("Tamam")
		if len(files.TakenBack) > 0 {
			t.Errorf("taken back %v", files.TakenBack)
		}
	})
}
