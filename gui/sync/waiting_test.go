package sync

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/sync"
	"github.com/sopyo/sopyo-desktop/gui/kit"
)

// jumped has n prices of İşbaşı move too far to be taken unasked.
func jumped(n int) func(s *shop) {
	return func(s *shop) {
		for i := range n {
			s.books.change(i, func(p *domain.RemoteProduct) { p.Price.Decimal = p.Price.Decimal.Mul(number("10").Decimal) })
		}
		s.synced()
	}
}

func TestWaiting_groupsByReasonAndDecidesAGroupAtOnce(t *testing.T) {
	onPage(t, 4, jumped(3), func(s *screen) {
		s.Reads("Fiyat çok değişti: 3 alan", "yanlış yere konmuş bir virgüldür")
		s.tapGroup(sync.WhyJump, "İşbaşı’nınkini Al")
		s.Asks("3 alanda İşbaşı’nınki alınsın mı?", "3 değer kataloğa yazılır.", "Bundan sonra hep böyle")
		s.Answer("Vazgeç")
		s.tapGroup(sync.WhyJump, "İşbaşı’nınkini Al")
		s.Answer("İşbaşı’nınkini Al")
		s.Reads("3 alana karar verildi.", "Karar bekleyen bir şey yok.", "sizin kararınız")
		if got := s.product(2).Price; !got.Decimal.Equal(number("1020").Decimal) {
			t.Errorf("the price is %v", got)
		}
		s.Tap("Geri Al")
		s.Reads("Karar geri alındı.", "Fiyat çok değişti: 3 alan")
		if got := s.product(2).Price; !got.Decimal.Equal(number("102").Decimal) {
			t.Errorf("the price is %v", got)
		}
	})
}

func TestWaiting_whatIsKeptWaitsForThePushWhoseCostIsSaid(t *testing.T) {
	onPage(t, 4, jumped(2), func(s *screen) {
		s.tapGroup(sync.WhyJump, "Benimki Kalsın")
		s.Asks("2 alanda sizinki kalsın mı?", "2 değer İşbaşı’na gönderilmeyi bekler; göndermek 2 okuma, 2 yazma harcar.")
		s.Answer("Benimki Kalsın")
		s.Reads("2 alana karar verildi.", "göndermek 2 okuma, 2 yazma harcar")
		s.Tap("Şimdi Gönder")
		s.work()
		s.Reads("Gönderildi: 2 fiyat gönderildi.")
		if got := s.books.all[0].Price; !got.Decimal.Equal(number("100").Decimal) {
			t.Errorf("İşbaşı has %v", got)
		}
	})
}

func TestWaiting_undoKeyTakesTheLastDecisionBack(t *testing.T) {
	onPage(t, 3, jumped(1), func(s *screen) {
		s.Screen.Undo() // nothing was decided
		s.tapGroup(sync.WhyJump, "İşbaşı’nınkini Al")
		s.AsksNothing() // of one field
		s.Reads("1 alana karar verildi.")
		s.Screen.Undo()
		s.Reads("Karar geri alındı.", "Fiyat çok değişti: 1 alan")
	})
}

func TestWaiting_whatMayNotGoOutIsNotOfferedForIt(t *testing.T) {
	onPage(t, 3, func(s *shop) {
		s.books.able = domain.Abilities{domain.AbilityStockWrite: domain.AbilityDenied}
		s.set(0, func(p *domain.Product) { p.Stock = number("3") })
		s.set(1, func(p *domain.Product) { p.Stock = number("4") })
		s.synced()
	}, func(s *screen) {
		s.Reads("Stok İşbaşı’na yazılamıyor: 2 alan", "Listeyi Excel’e aktarın, İşbaşı’nda girin")
		s.ReadsNot("Benimki Kalsın", "Son Değişen")
		s.tapGroup(sync.WhyStockNotWritable, "Süreç Seçimleri")
		s.Asked(kit.PlaceProcess)
		s.tapGroup(sync.WhyStockNotWritable, "Excel’e Aktar")
		s.Reads("Kaydedildi: /belgeler/Sopyo/bekleyenler.xlsx")
		if want := []string{"waiting tr stock_not_writable "}; !slices.Equal(s.exported, want) {
			t.Errorf("exported %q", s.exported)
		}
		s.tapGroup(sync.WhyStockNotWritable, "İşbaşı’nda Girdim")
		s.Asks("2 değeri İşbaşı’nda girdiniz mi?", "listeden kalkar")
		s.Answer("İşbaşı’nda Girdim")
		s.Reads("2 alana karar verildi.", "Karar bekleyen bir şey yok.", "İşbaşı’nda girildi diye işaretlendi")
	})
}

func TestWaiting_saysWhatIsLeftOutAndWhy(t *testing.T) {
	onPage(t, 3, func(s *shop) {
		s.books.all[0].ModifiedAt = s.books.all[1].ModifiedAt
		of := sync.DefaultSettings()
		of.Owner[domain.SharedPrice] = domain.OwnerLater
		if err := s.SaveSyncSettings(s.t.Context(), of); err != nil {
			s.t.Fatal(err)
		}
		for i := range 2 {
			s.books.change(i, func(p *domain.RemoteProduct) { p.Price = number("110") })
			s.set(i, func(p *domain.Product) { p.Price = number("105") })
		}
		s.synced()
	}, func(s *screen) {
		s.Reads("İki tarafta da değişti, sonuncusu bilinmiyor: 2 alan")
		s.tapGroup(sync.WhyNoWinner, "Son Değişen")
		s.Asks("Bu seçimle yapılabilecek bir şey yok.", "2 alan olduğu gibi kalır: hangisinin son değiştiği bilinmiyor.")
		s.Answer("Tamam")
	})
}

func TestWaiting_goneIsOnlyTold(t *testing.T) {
	onPage(t, 3, func(s *shop) {
		s.books.all = s.books.all[:2]
		s.synced()
	}, func(s *screen) {
		s.Reads("İşbaşı’nda artık yok: 2 alan", "Ürünler’de arşivleyin")
		s.ReadsNot("İşbaşı’nınkini Al", "Benimki Kalsın")
		s.Tap("Listele")
		s.Reads("ÇAY 003")
		s.ReadsNot("Bundan sonra hep böyle")
	})
}

// list gives the list in front.
func (s *screen) list() *openList {
	s.T.Helper()
	l, ok := s.page.Top().(*openList)
	if !ok {
		s.T.Fatalf("%T is in front", s.page.Top())
	}
	return l
}

func TestOpenList_putsBothValuesBesideEachOther(t *testing.T) {
	onPage(t, 4, jumped(3), func(s *screen) {
		s.Tap("Listele")
		l := s.list()
		s.Reads("Katalogda", "İşbaşı’nda", "Kim", "3 alan", "URN-001", "ÇAY 001", "Fiyat", "100,00 ₺", "1.000,00 ₺")
		if b := s.Button("İşbaşı’nınkini Al"); !b.Disabled() {
			t.Error("nothing is chosen, and it can be decided")
		}
		s.keys(l.Table.Focusable(), fyne.KeyDown)
		s.Reads("ÇAY 002 (URN-002), Fiyat: katalogda 101,00 ₺", "son anlaşılan 101,00 ₺")
		l.Search.SetText("003")
		s.Pass(kit.SearchAfter)
		s.Reads("1 alan")
		s.ReadsNot("ÇAY 001")
		s.Tap("Excel’e Aktar")
		if want := []string{"waiting tr jump 003"}; !slices.Equal(s.exported, want) {
			t.Errorf("exported %q", s.exported)
		}
		l.Search.SetText("böyle bir ürün yok")
		s.Pass(kit.SearchAfter)
		s.Reads("“böyle bir ürün yok” için bekleyen yok.")
		l.Search.SetText("")
		s.Pass(kit.SearchAfter)
		test.Tap(l.Table.Heads()[1])
		test.Tap(l.Table.Heads()[1])
		s.Settle()
		if r, _ := l.Table.Current(); r.Cells[1] != "ÇAY 003" {
			t.Errorf("the first is %v", r.Cells)
		}
		s.keys(l.Table.Focusable(), fyne.KeyHome)
		s.Tap("Ürünü Aç")
		if len(s.Frame.Products) != 1 || s.Frame.Products[0] != s.product(2).ID {
			t.Errorf("opened %v", s.Frame.Products)
		}
	})
}

func TestOpenList_oneRowIsDecidedAtOnceAndForGood(t *testing.T) {
	onPage(t, 4, jumped(3), func(s *screen) {
		s.Tap("Listele")
		l := s.list()
		s.keys(l.Table.Focusable(), fyne.KeyDown)
		test.Tap(l.remember)
		s.Tap("İşbaşı’nınkini Al")
		s.AsksNothing()
		s.Reads("1 alana karar verildi.", "2 alan")
		s.ReadsNot("ÇAY 002")
		var owner domain.Owner
		pairs, err := s.Pairs(s.T.Context(), sync.Run{})
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range pairs {
			if p.Code == "URN-002" && p.Price.Said != nil {
				owner = p.Price.Said.Owner
			}
		}
		if owner != domain.OwnerBooks {
			t.Errorf("from now on %q owns the price", owner)
		}
		s.Tap("Geri Al")
		s.Reads("Karar geri alındı.", "3 alan", "ÇAY 002")
	})
}

func TestOpenList_nothingIsDecidedWhileASyncWorks(t *testing.T) {
	onPage(t, 4, jumped(3), func(s *screen) {
		s.Tap("Listele")
		s.keys(s.list().Table.Focusable(), fyne.KeyDown)
		s.books.page = s.held
		j, err := s.NewSync(s.T.Context(), sync.Request{Occasion: sync.OccasionSchedule})
		if err != nil {
			t.Fatal(err)
		}
		s.Syncing.Run(j.Job)
		s.Tap("İşbaşı’nınkini Al")
		s.Reads("Eşitleme sürüyor; bitince yeniden deneyin.")
		close(s.gate)
		s.work()
		s.Tap("İşbaşı’nınkini Al")
		s.Reads("1 alana karar verildi.")
	})
}

func TestOpenList_marksAreDecidedTogether(t *testing.T) {
	onPage(t, 4, jumped(3), func(s *screen) {
		s.Tap("Listele")
		l := s.list()
		s.keys(l.Table.Focusable(), fyne.KeySpace, fyne.KeyDown, fyne.KeySpace)
		s.Tap("Benimki Kalsın")
		s.Asks("2 alanda sizinki kalsın mı?")
		s.Answer("Benimki Kalsın")
		s.Reads("2 alana karar verildi.", "1 alan")
		s.keys(l.Table.Focusable(), fyne.KeyHome, fyne.KeySpace, fyne.KeyEscape)
		s.list() // Esc takes the mark away first
		s.Key(fyne.KeyEscape)
		s.Reads("Şimdi Eşitle", "Fiyat çok değişti: 1 alan")
	})
}
