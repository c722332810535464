package review

import (
	"path/filepath"
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/kit/kittest"
)

// transferred makes a shop whose transfer is over.
func transferred(d *kittest.TransfersScreen) {
	d.T.Helper()
	if err := d.Shop.TransferAll(d.T.Context()); err != nil {
		d.T.Fatal(err)
	}
	d.Shop.Asked = nil
}

func TestCounters_teachWhenThereIsNothing(t *testing.T) {
	kittest.OnTransfers(t, kittest.NewTransfers(0, 0), func(d *kittest.TransfersScreen) {
		counters(d)
		d.Reads("Henüz aktarım yok.")
		d.ReadsNot("Önceki Aktarımlar", "Karar Ver")
	})
}

func TestCounters_openTheirLists(t *testing.T) {
	shop := kittest.NewTransfers(1250, 30)
	shop.Remote[40].Active = false
	kittest.OnTransfers(t, shop, func(d *kittest.TransfersScreen) {
		transferred(d)
		s := counters(d)
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
			shop.Asked = nil
			s.cards[i].TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
			d.Settle()
			want.query.Limit = 100
			if !slices.Contains(shop.Asked, want.query) {
				t.Errorf("asked %+v, want %+v", shop.Asked, want.query)
			}
			d.Reads(want.count)
			d.Tap("Geri")
		}
		d.Tap("Atlanan: 1")
		d.Reads("1 ürün", "İşbaşı’nda pasif")
		d.Tap("Geri")
		d.ReadsNot("Aktarılamayan", "Bekleyen")
	})
}

func TestRowList_asksTheStoreForWhatIsWanted(t *testing.T) {
	shop := kittest.NewTransfers(450, 450)
	kittest.OnTransfers(t, shop, func(d *kittest.TransfersScreen) {
		transferred(d)
		s := counters(d)
		test.Tap(s.cards[0])
		d.Settle()
		l := s.list()
		d.Reads("ÇAY 00001", "35,00 ₺", "Ürün kodu aynı", "Çay 00001")

		t.Run("search waits for the next letter", func(t *testing.T) {
			shop.Asked = nil
			for _, r := range "çay 0044" {
				l.Search.TypedRune(r)
				d.Pass(50 * time.Millisecond)
			}
			if len(shop.Asked) != 0 {
				t.Errorf("asked %d times while typing", len(shop.Asked))
			}
			d.Pass(kit.SearchAfter)
			if len(shop.Asked) != 1 || shop.Asked[0].Search != "çay 0044" {
				t.Errorf("asked %+v", shop.Asked)
			}
			d.Reads("10 ürün", "ÇAY 00440")
			l.Search.SetText("yok böyle bir şey")
			d.Pass(kit.SearchAfter)
			d.Reads("0 ürün", "“yok böyle bir şey” için ürün bulunamadı")
			if !l.Export.Disabled() {
				t.Error("an empty list can be exported")
			}
			l.Search.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
			d.Pass(kit.SearchAfter)
			d.Reads("450 ürün")
		})

		t.Run("a header sorts, and turns", func(t *testing.T) {
			price := l.Table.Heads()[3]
			shop.Asked = nil
			test.Tap(price)
			d.Settle()
			test.Tap(price)
			d.Settle()
			want := transfer.Query{RunID: 1, Transferred: true, Sort: transfer.SortPrice, Limit: 100}
			wantDesc := want
			wantDesc.Desc = true
			if !slices.Equal(shop.Asked, []transfer.Query{want, wantDesc}) {
				t.Errorf("asked %+v", shop.Asked)
			}
			d.Reads("39,49 ₺")
		})

		t.Run("the end of the list is fetched as its page", func(t *testing.T) {
			shop.Asked = nil
			l.Table.Focusable().TypedKey(&fyne.KeyEvent{Name: fyne.KeyEnd})
			d.Settle()
			if len(shop.Asked) == 0 || shop.Asked[len(shop.Asked)-1].Offset < 300 {
				t.Errorf("asked %+v", shop.Asked)
			}
			d.Reads("ÇAY 00001")
		})

		t.Run("export takes the whole list as it is seen", func(t *testing.T) {
			d.Tap("Excel’e Aktar")
			want := transfer.Query{RunID: 1, Transferred: true, Sort: transfer.SortPrice, Desc: true}
			if !slices.Equal(shop.Exported, []transfer.Query{want}) {
				t.Errorf("exported %+v", shop.Exported)
			}
			d.Reads("Kaydedildi: /home/ayşe/Belgeler/aktarım.xlsx")
			d.Tap("Klasörü Aç")
			if !slices.Equal(d.Visited, []string{filepath.FromSlash("/home/ayşe/Belgeler")}) {
				t.Errorf("opened %v", d.Visited)
			}
		})
	})
}

func TestRowList_saysWhatWentWrong(t *testing.T) {
	shop := kittest.NewTransfers(30, 0)
	kittest.OnTransfers(t, shop, func(d *kittest.TransfersScreen) {
		transferred(d)
		s := counters(d)
		shop.List = func(transfer.Query) error { return domain.E(domain.KindDisk, "list", nil) }
		test.Tap(s.cards[0])
		d.Settle()
		d.Reads("diske yazılamadı")
	})
}

func TestRowList_showsTheWholeRowThatIsPicked(t *testing.T) {
	shop := kittest.NewTransfers(30, 30)
	kittest.OnTransfers(t, shop, func(d *kittest.TransfersScreen) {
		transferred(d)
		s := counters(d)
		test.Tap(s.cards[1])
		d.Settle()
		l := s.list().Table.Focusable()
		d.Win.Canvas().Focus(l)
		l.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
		d.Reads("ÇAY 00002 = Çay 00002: Ürün kodu aynı")
		l.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
		d.Reads("Aktarım tamamlandı.") // the list is closed
	})
}
