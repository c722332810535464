package review

import (
	"testing"

	"fyne.io/fyne/v2/test"

	"github.com/sopyo/sopyo-desktop/domain/decisions"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/gui/kit/kittest"
)

// Under the cards stands what became of the orange ones, and it changes with each decision.
func TestBecame_followsEachDecision(t *testing.T) {
	shop, j := kittest.NewFinished(8, 2)
	onFinished(t, shop, func(d *kittest.TransfersScreen, s *Page) {
		waits := -1
		s.Watch(func(n int) { waits = n })
		d.Reads("6 karar bekliyor", "6 Ürüne Karar Ver")
		for i, c := range []struct {
			decision transfer.Decision
			says     string
			waits    int
		}{
			{transfer.Decision{Kind: transfer.DecideCreate, Remote: "3"}, "1 yeni ürün oluşturuldu · 5 karar bekliyor", 5},
			{transfer.Decision{Kind: transfer.DecidePair, Remote: "4", Product: 1}, "1 yeni ürün oluşturuldu · 1 elle eşleştirildi · 4 karar bekliyor", 4},
			{transfer.Decision{Kind: transfer.DecideIgnore, Remote: "5"}, "1 yeni ürün oluşturuldu · 1 elle eşleştirildi · 1 yoksayıldı · 3 karar bekliyor", 3},
			{transfer.Decision{Kind: transfer.DecideSeparate, Remote: "1"}, "1 yoksayıldı · 1 ayrıldı · 3 karar bekliyor", 3},
		} {
			s.decide.decide(1, []transfer.Decision{c.decision}, func(transfer.Decided, error) {})
			d.Settle()
			d.Reads(c.says)
			if waits != c.waits {
				t.Errorf("step %d: told that %d wait, want %d", i, waits, c.waits)
			}
		}
		s.Undo()
		d.Settle()
		d.ReadsNot("ayrıldı")
		for _, r := range j.KeptRows {
			if decisions.Waits(r) {
				s.decide.decide(1, []transfer.Decision{{Kind: transfer.DecideIgnore, Remote: r.Remote.ID}}, func(transfer.Decided, error) {})
				d.Settle()
			}
		}
		d.Reads("1 yeni ürün oluşturuldu · 1 elle eşleştirildi · 4 yoksayıldı · karar bekleyen yok")
		d.ReadsNot("karar bekliyor", "Karar Ver")
	})
}

// Lists and decisions take the whole width right of the menu, stay open while another page is in view, and lead back.
func TestLeaves_takeTheWholeWidth(t *testing.T) {
	shop, _ := kittest.NewFinished(6, 2)
	onFinished(t, shop, func(d *kittest.TransfersScreen, s *Page) {
		test.Tap(s.cards[1])
		d.Settle()
		if d.Frame.Covering == nil {
			t.Fatal("the list stands in the section")
		}
		d.Reads("2 ürün")
		d.Frame.Back() // the person opens another page
		s.Show()
		d.Settle()
		d.Reads("2 ürün")
		d.Tap("Geri")
		d.Uncovered()
		d.Reads("4 karar bekliyor")
	})
}

func TestBecame_saysThatDraftsWereMade(t *testing.T) {
	shop, j := kittest.NewFinished(3, 2)
	onFinished(t, shop, func(d *kittest.TransfersScreen, s *Page) {
		shop.KeptRuns[0].Options.Unmatched = transfer.UnmatchedDraft
		j.KeptRows[2].ProductID = 9
		s.fetch()
		d.Settle()
		d.Reads("1 taslak ürün oluşturuldu")
		d.ReadsNot("yeni ürün", "karar bekliyor")
	})
}
