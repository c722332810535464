package gui

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"github.com/sopyo/sopyo-desktop/domain/transfer"
)

// pastShop makes a shop with n transfers, the oldest on 1 November; each has a hundred products more.
func pastShop(n int) *memoryShop {
	s, _ := newCourt(0, 0)
	for i := range n {
		at := time.Date(2026, 11, 1+i, 9, 0, 0, 0, time.UTC)
		c := (i + 1) * 100
		s.runs = append(s.runs, transfer.Run{
			ID: int64(i + 1), State: transfer.StateDone, CreatedAt: at, ConfirmedAt: at, FinishedAt: at.Add(time.Minute), Worked: time.Minute,
			Counters: transfer.Counters{Read: c, Transferred: c, Matched: c / 4, Unmatched: c - c/4},
		})
	}
	return s
}

func TestPastRuns_saysWhatTheChartShows(t *testing.T) {
	shop := pastShop(12)
	shop.runs[11].UndoneAt = time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC)
	inDesk(t, shop, func(d *desk) {
		s := d.counters()
		if got := s.cards[0].Number(); got != "1.100" {
			t.Errorf("%s: the newest that stands has 1.100", got)
		}
		d.reads("Son aktarımlar", "Bütün Aktarımlar (12)", "11.11.2026 12:01", "Sayılarını okumak için")
		d.win.Canvas().Focus(s.past.bars)
		d.settle()
		d.reads("12.11.2026 12:00 · geri alındı · 1.200 aktarıldı, 300 eşleşti, 900 eşleşmedi")
		d.press(s, fyne.KeyLeft, fyne.KeyLeft, fyne.KeyLeft)
		d.reads("09.11.2026 12:00 · tamamlandı · 900 aktarıldı, 225 eşleşti, 675 eşleşmedi")
		d.press(s, fyne.KeyHome)
		d.reads("03.11.2026") // the tenth before the newest
		d.press(s, fyne.KeyReturn)
		d.reads("03.11.2026 12:00 aktarımına bakıyorsunuz.")
		if got := s.cards[0].Number(); got != "300" {
			t.Errorf("opened %s", got)
		}
		d.tap("En Yeniye Dön")
		d.readsNot("aktarımına bakıyorsunuz")
		if got := s.cards[0].Number(); got != "1.100" {
			t.Errorf("back at %s", got)
		}
	})
}

func TestPastRuns_mousePointsAndOpens(t *testing.T) {
	inDesk(t, pastShop(3), func(d *desk) {
		s := d.counters()
		at := fyne.PointEvent{Position: fyne.NewPos(90, 20)}
		s.past.bars.MouseIn(&desktop.MouseEvent{PointEvent: at})
		d.settle()
		d.reads("02.11.2026 12:00 · tamamlandı")
		s.past.bars.MouseOut()
		d.settle()
		d.reads("Sayılarını okumak için")
		s.past.bars.Tapped(&at)
		d.settle()
		d.reads("02.11.2026 12:00 aktarımına bakıyorsunuz.")
	})
}

func TestCounters_sayWhenEverythingWasUndone(t *testing.T) {
	shop := pastShop(12)
	for i := range shop.runs {
		shop.runs[i].UndoneAt = shop.runs[i].FinishedAt
	}
	inDesk(t, shop, func(d *desk) {
		d.counters()
		d.reads("Bütün aktarımlarınız geri alındı.", "Son aktarımlar")
		d.readsNot("Henüz aktarım yok")
	})
	shop = pastShop(12)
	for i := range shop.runs[1:] {
		shop.runs[i+1].UndoneAt = shop.runs[i+1].FinishedAt
	}
	inDesk(t, shop, func(d *desk) {
		if got := d.counters().cards[0].Number(); got != "100" {
			t.Errorf("%s: only the oldest stands", got)
		}
	})
}

func TestCounters_saySoFarWhileATransferIsNotOver(t *testing.T) {
	shop := pastShop(1)
	shop.runs[0].State = transfer.StateStopped
	inDesk(t, shop, func(d *desk) {
		d.counters()
		d.reads("Şu ana kadar")
		shop.runs[0].State = transfer.StateDone
		d.counters()
		d.readsNot("Şu ana kadar")
	})
}

func TestRunList_opensSearchesAndSorts(t *testing.T) {
	shop := pastShop(25)
	shop.runs[4].State = transfer.StateFailed
	shop.runs[7].UndoneAt = shop.runs[7].FinishedAt
	inDesk(t, shop, func(d *desk) {
		s := d.counters()
		d.tap("Bütün Aktarımlar (25)")
		l, ok := s.top().(*runList)
		if !ok {
			t.Fatal("no list")
		}
		d.reads("25 aktarım", "25.11.2026 12:00", "2.500", "tamamlandı")
		d.tap("Excel’e Aktar")
		d.reads("Kaydedildi: /home/ayşe/Belgeler/aktarimlar.xlsx")
		test.Tap(l.table.Heads()[3])
		d.settle()
		if r, _ := l.table.Current(); r.Cells[0] != "01.11.2026 12:00" {
			t.Errorf("the fewest first: %v", r.Cells)
		}
		l.search.SetText("geri alındı")
		d.pass(searchAfter)
		d.reads("1 aktarım", "08.11.2026 12:00")
		l.search.SetText("yok")
		d.pass(searchAfter)
		d.reads("“yok” için aktarım bulunamadı.")
		l.search.SetText("05.11.2026")
		d.pass(searchAfter)
		d.win.Canvas().Focus(l.table.Focusable())
		d.press(s, fyne.KeyDown, fyne.KeyReturn)
		d.reads("05.11.2026 12:00 aktarımına bakıyorsunuz.")
		if got := s.cards[0].Number(); got != "500" {
			t.Errorf("opened %s", got)
		}
	})
}
