package gui

import (
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
)

// transferred makes a shop whose transfer is over.
func transferred(d *desk) {
	d.t.Helper()
	d.transfers()
	d.confirm()
	d.reads("Aktarım tamamlandı.")
	d.shop.asked = nil
}

func TestCounters_teachWhenThereIsNothing(t *testing.T) {
	inDesk(t, newMemoryShop(0, 0), func(d *desk) {
		d.counters()
		d.reads("Henüz aktarım yok.")
		d.tap("Ürün Aktarımları")
		if !slices.Equal(d.page.at, []int{sectionTransfer}) {
			t.Errorf("opened %v", d.page.at)
		}
	})
}

func TestCounters_openTheirLists(t *testing.T) {
	shop := newMemoryShop(1250, 30)
	shop.remote[40].Active = false
	inDesk(t, shop, func(d *desk) {
		transferred(d)
		s := d.counters()
		for i, want := range []struct {
			number string
			query  transfer.Query
			count  string
		}{
			{"1.249", transfer.Query{RunID: 1, Transferred: true}, "1.249 ürün"},
			{"30", transfer.Query{RunID: 1, Outcome: transfer.OutcomeMatched}, "30 ürün"},
			{"1.219", transfer.Query{RunID: 1, Outcome: transfer.OutcomeUnmatched}, "1.219 ürün"},
		} {
			if got := s.cards[i].Number(); got != want.number {
				t.Errorf("card %d shows %s, want %s", i, got, want.number)
			}
			shop.asked = nil
			s.cards[i].TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
			d.settle()
			want.query.Limit = 100
			if len(shop.asked) == 0 || shop.asked[0] != want.query {
				t.Errorf("asked %+v, want %+v", shop.asked, want.query)
			}
			d.reads(want.count)
			d.tap("Geri")
		}
		d.tap("Atlanan: 1")
		d.reads("1 ürün", "İşbaşı’nda pasif")
		d.tap("Geri")
		d.readsNot("Aktarılamayan", "Bekleyen")
	})
}

func TestRowList_asksTheStoreForWhatIsWanted(t *testing.T) {
	shop := newMemoryShop(450, 450)
	inDesk(t, shop, func(d *desk) {
		transferred(d)
		s := d.counters()
		test.Tap(s.cards[0])
		d.settle()
		l := s.list
		d.reads("ÇAY 00001", "35,00 ₺", "Ürün kodu aynı", "Çay 00001")

		t.Run("search waits for the next letter", func(t *testing.T) {
			shop.asked = nil
			for _, r := range "çay 0044" {
				l.search.TypedRune(r)
				d.pass(50 * time.Millisecond)
			}
			if len(shop.asked) != 0 {
				t.Errorf("asked %d times while typing", len(shop.asked))
			}
			d.pass(searchAfter)
			if len(shop.asked) != 1 || shop.asked[0].Search != "çay 0044" {
				t.Errorf("asked %+v", shop.asked)
			}
			d.reads("10 ürün", "ÇAY 00440")
			l.search.SetText("yok böyle bir şey")
			d.pass(searchAfter)
			d.reads("0 ürün", "“yok böyle bir şey” için ürün bulunamadı")
			if !l.export.Disabled() {
				t.Error("an empty list can be exported")
			}
			l.search.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
			d.pass(searchAfter)
			d.reads("450 ürün")
		})

		t.Run("a header sorts, and turns", func(t *testing.T) {
			price := l.table.Heads()[3]
			shop.asked = nil
			test.Tap(price)
			d.settle()
			test.Tap(price)
			d.settle()
			want := transfer.Query{RunID: 1, Transferred: true, Sort: transfer.SortPrice, Limit: 100}
			wantDesc := want
			wantDesc.Desc = true
			if !slices.Equal(shop.asked, []transfer.Query{want, wantDesc}) {
				t.Errorf("asked %+v", shop.asked)
			}
			d.reads("39,49 ₺")
		})

		t.Run("the end of the list is fetched as its page", func(t *testing.T) {
			shop.asked = nil
			l.table.Focusable().TypedKey(&fyne.KeyEvent{Name: fyne.KeyEnd})
			d.settle()
			if len(shop.asked) == 0 || shop.asked[len(shop.asked)-1].Offset < 300 {
				t.Errorf("asked %+v", shop.asked)
			}
			d.reads("ÇAY 00001")
		})

		t.Run("export takes the whole list as it is seen", func(t *testing.T) {
			d.tap("Excel’e Aktar")
			want := transfer.Query{RunID: 1, Transferred: true, Sort: transfer.SortPrice, Desc: true}
			if !slices.Equal(shop.exported, []transfer.Query{want}) {
				t.Errorf("exported %+v", shop.exported)
			}
			d.reads("Kaydedildi: /home/ayşe/Belgeler/aktarım.xlsx")
			d.tap("Klasörü Aç")
			if !slices.Equal(d.opened, []string{"file:///home/ay%C5%9Fe/Belgeler"}) {
				t.Errorf("opened %v", d.opened)
			}
		})
	})
}

func TestRowList_saysWhatWentWrong(t *testing.T) {
	shop := newMemoryShop(30, 0)
	inDesk(t, shop, func(d *desk) {
		transferred(d)
		s := d.counters()
		shop.list = func(transfer.Query) error { return domain.E(domain.KindDisk, "list", nil) }
		test.Tap(s.cards[0])
		d.settle()
		d.reads("diske yazılamadı")
	})
}

func TestRowList_showsTheWholeRowThatIsPicked(t *testing.T) {
	shop := newMemoryShop(30, 30)
	inDesk(t, shop, func(d *desk) {
		transferred(d)
		s := d.counters()
		test.Tap(s.cards[1])
		d.settle()
		l := s.list.table.Focusable()
		d.win.Canvas().Focus(l)
		l.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
		d.reads("ÇAY 00002 = Çay 00002: Ürün kodu aynı")
		l.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
		d.reads("Aktarım tamamlandı.") // the list is closed
	})
}

func TestFolderAddress(t *testing.T) {
	for path, want := range map[string]string{
		"/home/ali/Belgeler/a.xlsx":          "file:///home/ali/Belgeler",
		"/home/ayşe kaya/#1?/aktarım 1.xlsx": "file:///home/ay%C5%9Fe%20kaya/%231%3F",
	} {
		if got := folderAddress(path); got != want {
			t.Errorf("%s: %s, want %s", path, got, want)
		}
	}
}
