package review

import (
	"context"
	"fmt"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/kit/kittest"
)

// blocked makes n rows that cannot be undone.
func blocked(n int) []transfer.Blocked {
	var all []transfer.Blocked
	for i := range n {
		all = append(all, transfer.Blocked{
			Listed: transfer.Listed{Row: transfer.Row{Remote: domain.RemoteProduct{Code: domain.Code(fmt.Sprintf("K-%03d", i)), Name: fmt.Sprintf("ŞEKER %d", i)}}},
			Why:    transfer.RefusedChanged,
		})
	}
	return all
}

func undo(d *kittest.TransfersScreen, s *Page) *undoScreen {
	d.T.Helper()
	d.Tap("Geri Al")
	u, ok := s.Top().(*undoScreen)
	if !ok {
		d.T.Fatal("the undo is not open")
	}
	return u
}

func TestUndo_showsWhatCannotBeUndoneFirst(t *testing.T) {
	shop, j := kittest.NewFinished(6, 4)
	j.UndoPlan = transfer.UndoPlan{Restored: 1100, Removed: 46, Unbound: 1146, Blocked: blocked(25), BlockedCount: 25}
	onFinished(t, shop, func(d *kittest.TransfersScreen, s *Page) {
		u := undo(d, s)
		d.Reads("Geri alınamayacak 25 ürün var; olduğu gibi kalırlar.", "ŞEKER 0", "Ürün o zamandan beri değişti",
			"Geri alınca: 1.100 ürün aktarımdan önceki değerlerine döner, aktarımın eklediği 46 ürün kaldırılır, 1.146 eşleşme çözülür.", "1.146 Ürünü Geri Al")
		u.blocked.Search.SetText("yok")
		d.Pass(kit.SearchAfter)
		d.Reads("“yok” için")
		u.blocked.Search.SetText("şeker 24")
		d.Pass(kit.SearchAfter)
		if u.blocked.Table.Total() != 1 {
			t.Errorf("%d rows are found", u.blocked.Table.Total())
		}
		d.Tap("Excel’e Aktar")
		d.Reads("Kaydedildi: /home/ayşe/Belgeler/kalanlar.xlsx")
		if len(j.Exported) != 25 {
			t.Errorf("%d rows were exported", len(j.Exported))
		}
		if j.Undone != 0 {
			t.Fatal("it began by itself")
		}
		d.Tap("1.146 Ürünü Geri Al")
		d.Reads("Aktarım geri alındı: 1.100 ürün", "25 ürün olduğu gibi kaldı.", "Bütün aktarımlarınız geri alındı.")
		if s.Top() != nil || j.Undone != kittest.UndoBatches {
			t.Error("it is not over")
		}
	})
}

func TestUndo_withNothingBlocked(t *testing.T) {
	shop, j := kittest.NewFinished(6, 4)
	j.UndoPlan = transfer.UndoPlan{Restored: 4, Unbound: 4}
	onFinished(t, shop, func(d *kittest.TransfersScreen, s *Page) {
		undo(d, s)
		d.ReadsNot("Geri alınamayacak", "Neden kalıyor")
		press(d, s, fyne.KeyReturn) // the confirmation has the focus
		d.Reads("Aktarım geri alındı: 4 ürün aktarımdan önceki değerlerine döndü, 4 eşleşme çözüldü.")
		d.ReadsNot("olduğu gibi kaldı")
	})
}

func TestUndo_withEverythingBlocked(t *testing.T) {
	shop, j := kittest.NewFinished(6, 4)
	j.UndoPlan = transfer.UndoPlan{Blocked: blocked(3), BlockedCount: 4000}
	onFinished(t, shop, func(d *kittest.TransfersScreen, s *Page) {
		u := undo(d, s)
		d.Reads("Geri alınamayacak 4.000 ürün var", "İlk 3 tanesi:", "Geri alınabilecek bir şey kalmadı.")
		if u.confirm.Visible() || u.blocked.Search.Visible() {
			t.Error("it offers what it cannot do, or needs not")
		}
		press(d, s, fyne.KeyEscape)
		if s.Top() != nil {
			t.Error("escape does not close")
		}
	})
}

func TestUndo_saysHowFarItIsAndStops(t *testing.T) {
	shop, j := kittest.NewFinished(6, 4)
	j.UndoPlan = transfer.UndoPlan{Restored: 4, Unbound: 4}
	j.Batch = func(ctx context.Context, _ int) error {
		select {
		case <-time.After(10 * time.Second):
		case <-ctx.Done():
		}
		return nil
	}
	onFinished(t, shop, func(d *kittest.TransfersScreen, s *Page) {
		u := undo(d, s)
		d.Tap("4 Ürünü Geri Al")
		d.Pass(10 * time.Second)
		d.Reads("1 / 4", "yaklaşık 30 sn kaldı")
		if u.leave.Disabled() == false {
			t.Error("one can leave in the middle")
		}
		press(d, s, fyne.KeyEscape)
		d.Reads("Geri alma yarıda durduruldu.", "4 Ürünü Geri Al")
		if j.Undone != 1 || s.Top() == nil {
			t.Errorf("%d batches", j.Undone)
		}
		d.Tap("4 Ürünü Geri Al")
		d.Pass(time.Minute)
		d.Reads("Aktarım geri alındı")
		if j.Undone != kittest.UndoBatches {
			t.Errorf("%d batches: it does not go on where it was", j.Undone)
		}
	})
}

func TestUndo_saysWhatWentWrong(t *testing.T) {
	shop, j := kittest.NewFinished(6, 4)
	j.UndoPlan = transfer.UndoPlan{Restored: 4, Unbound: 4}
	onFinished(t, shop, func(d *kittest.TransfersScreen, s *Page) {
		j.Batch = func(context.Context, int) error { return domain.E(domain.KindDisk, "undo", nil) }
		undo(d, s)
		d.Tap("4 Ürünü Geri Al")
		d.Reads("diske yazılamadı", "4 Ürünü Geri Al")
		d.Tap("Geri")
		j.Failing = domain.E(domain.KindDisk, "plan", nil)
		s.fetch()
		d.Settle()
		d.Reads("diske yazılamadı")
		press(d, s, fyne.KeyEscape)
		undo(d, s)
		d.Reads("diske yazılamadı")
		d.ReadsNot("Ürünü Geri Al")
	})
}
