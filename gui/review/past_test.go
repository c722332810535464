package review

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/kit/kittest"
)

// pastShop makes a shop with n transfers, the oldest on 1 November; each has a hundred products more.
func pastShop(n int) *kittest.Transfers {
	s, _ := kittest.NewFinished(0, 0)
	for i := range n {
		at := time.Date(2026, 11, 1+i, 9, 0, 0, 0, time.UTC)
		c := (i + 1) * 100
		s.KeptRuns = append(s.KeptRuns, transfer.Run{
			ID: int64(i + 1), State: transfer.StateDone, CreatedAt: at, ConfirmedAt: at, FinishedAt: at.Add(time.Minute), Worked: time.Minute,
			Counters: transfer.Counters{Read: c, Transferred: c, Matched: c / 4, Unmatched: c - c/4},
		})
	}
	return s
}

// chart opens the earlier transfers and gives their chart.
func chart(d *kittest.TransfersScreen, s *Page) *pastRuns {
	d.T.Helper()
	d.Tap("Önceki Aktarımlar")
	l, ok := s.Top().(*runList)
	if !ok {
		d.T.Fatal("no list")
	}
	return l.chart
}

func TestPastRuns_saysWhatTheChartShows(t *testing.T) {
	shop := pastShop(12)
	shop.KeptRuns[11].UndoneAt = time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC)
	kittest.OnTransfers(t, shop, func(d *kittest.TransfersScreen) {
		s := counters(d)
		if got := s.cards[0].Number(); got != "1.100" {
			t.Errorf("%s: the newest that stands has 1.100", got)
		}
		d.Reads("11.11.2026 12:01")
		bars := chart(d, s).bars
		d.Reads("Sayılarını okumak için")
		d.Win.Canvas().Focus(bars)
		d.Settle()
		d.Reads("12.11.2026 12:00 · geri alındı · 1.200 aktarıldı, 300 eşleşti, 900 eşleşmedi")
		press(d, s, fyne.KeyLeft, fyne.KeyLeft, fyne.KeyLeft)
		d.Reads("09.11.2026 12:00 · tamamlandı · 900 aktarıldı, 225 eşleşti, 675 eşleşmedi")
		press(d, s, fyne.KeyHome)
		d.Reads("03.11.2026") // the tenth before the newest
		press(d, s, fyne.KeyReturn)
		d.Reads("03.11.2026 12:00 aktarımına bakıyorsunuz.")
		if got := s.cards[0].Number(); got != "300" {
			t.Errorf("opened %s", got)
		}
		d.Tap("En Yeniye Dön")
		d.ReadsNot("aktarımına bakıyorsunuz")
		if got := s.cards[0].Number(); got != "1.100" {
			t.Errorf("back at %s", got)
		}
	})
}

func TestPastRuns_mousePointsAndOpens(t *testing.T) {
	kittest.OnTransfers(t, pastShop(3), func(d *kittest.TransfersScreen) {
		s := counters(d)
		bars := chart(d, s).bars
		at := fyne.PointEvent{Position: fyne.NewPos(90, 20)}
		bars.MouseIn(&desktop.MouseEvent{PointEvent: at})
		d.Settle()
		d.Reads("02.11.2026 12:00 · tamamlandı")
		bars.MouseOut()
		d.Settle()
		d.Reads("Sayılarını okumak için")
		bars.Tapped(&at)
		d.Settle()
		d.Reads("02.11.2026 12:00 aktarımına bakıyorsunuz.")
	})
}

func TestCounters_sayWhenEverythingWasUndone(t *testing.T) {
	shop := pastShop(12)
	for i := range shop.KeptRuns {
		shop.KeptRuns[i].UndoneAt = shop.KeptRuns[i].FinishedAt
	}
	kittest.OnTransfers(t, shop, func(d *kittest.TransfersScreen) {
		counters(d)
		d.Reads("Bütün aktarımlarınız geri alındı.", "Önceki Aktarımlar")
		d.ReadsNot("Henüz aktarım yok")
	})
	shop = pastShop(12)
	for i := range shop.KeptRuns[1:] {
		shop.KeptRuns[i+1].UndoneAt = shop.KeptRuns[i+1].FinishedAt
	}
	kittest.OnTransfers(t, shop, func(d *kittest.TransfersScreen) {
		if got := counters(d).cards[0].Number(); got != "100" {
			t.Errorf("%s: only the oldest stands", got)
		}
	})
}

func TestCounters_saySoFarWhileATransferIsNotOver(t *testing.T) {
	shop := pastShop(1)
	shop.KeptRuns[0].State = transfer.StateStopped
	kittest.OnTransfers(t, shop, func(d *kittest.TransfersScreen) {
		counters(d)
		d.Reads("Şu ana kadar")
		d.ReadsNot("Aktarım durduruldu") // what can be gone on with says it
		shop.KeptRuns[0].Counters = transfer.Counters{Read: 100, Pending: 100}
		counters(d)
		d.ReadsNot("Aktarılan", "Şu ana kadar") // three zeros tell nothing
		shop.KeptRuns[0].Counters = transfer.Counters{Read: 100, Transferred: 100, Matched: 100}
		shop.KeptRuns[0].State = transfer.StateDone
		counters(d)
		d.ReadsNot("Şu ana kadar")
	})
}

func TestRunList_opensSearchesAndSorts(t *testing.T) {
	shop := pastShop(25)
	shop.KeptRuns[4].State = transfer.StateFailed
	shop.KeptRuns[7].UndoneAt = shop.KeptRuns[7].FinishedAt
	kittest.OnTransfers(t, shop, func(d *kittest.TransfersScreen) {
		s := counters(d)
		d.Tap("Önceki Aktarımlar")
		l, ok := s.Top().(*runList)
		if !ok {
			t.Fatal("no list")
		}
		d.Reads("25 aktarım", "25.11.2026 12:00", "2.500", "tamamlandı")
		d.Tap("Excel’e Aktar")
		d.Reads("Kaydedildi: /home/ayşe/Belgeler/aktarimlar.xlsx")
		test.Tap(l.Table.Heads()[3])
		d.Settle()
		if r, _ := l.Table.Current(); r.Cells[0] != "01.11.2026 12:00" {
			t.Errorf("the fewest first: %v", r.Cells)
		}
		l.Search.SetText("geri alındı")
		d.Pass(kit.SearchAfter)
		d.Reads("1 aktarım", "08.11.2026 12:00")
		l.Search.SetText("yok")
		d.Pass(kit.SearchAfter)
		d.Reads("“yok” için aktarım bulunamadı.")
		l.Search.SetText("05.11.2026")
		d.Pass(kit.SearchAfter)
		d.Win.Canvas().Focus(l.Table.Focusable())
		press(d, s, fyne.KeyDown, fyne.KeyReturn)
		d.Reads("05.11.2026 12:00 aktarımına bakıyorsunuz.")
		if got := s.cards[0].Number(); got != "500" {
			t.Errorf("opened %s", got)
		}
	})
}
