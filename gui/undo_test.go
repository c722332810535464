package gui

import (
	"context"
	"fmt"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
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

func (d *desk) undo(s *countersSection) *undoScreen {
	d.t.Helper()
	d.tap("Geri Al")
	u, ok := s.top().(*undoScreen)
	if !ok {
		d.t.Fatal("the undo is not open")
	}
	return u
}

func TestUndo_showsWhatCannotBeUndoneFirst(t *testing.T) {
	shop, j := newCourt(6, 4)
	j.plan = transfer.UndoPlan{Restored: 1100, Removed: 46, Unbound: 1146, Blocked: blocked(25), BlockedCount: 25}
	inCourt(t, shop, func(d *desk, s *countersSection) {
		u := d.undo(s)
		d.reads("Geri alınamayacak 25 ürün var; olduğu gibi kalırlar.", "ŞEKER 0", "Ürün o zamandan beri değişti",
			"Geri alınca: 1.100 ürün aktarımdan önceki değerlerine döner, aktarımın eklediği 46 ürün kaldırılır, 1.146 eşleşme çözülür.", "1.146 Ürünü Geri Al")
		u.search.SetText("şeker 24")
		d.settle()
		if u.blocked.Total() != 1 {
			t.Errorf("%d rows are found", u.blocked.Total())
		}
		d.tap("Excel’e Aktar")
		d.reads("Kaydedildi: /home/ayşe/Belgeler/kalanlar.xlsx")
		if len(j.exported) != 25 {
			t.Errorf("%d rows were exported", len(j.exported))
		}
		if j.undone != 0 {
			t.Fatal("it began by itself")
		}
		d.tap("1.146 Ürünü Geri Al")
		d.reads("Aktarım geri alındı: 1.100 ürün", "25 ürün olduğu gibi kaldı.", "Bütün aktarımlarınız geri alındı.")
		if s.top() != nil || j.undone != undoBatches {
			t.Error("it is not over")
		}
	})
}

func TestUndo_withNothingBlocked(t *testing.T) {
	shop, j := newCourt(6, 4)
	j.plan = transfer.UndoPlan{Restored: 4, Unbound: 4}
	inCourt(t, shop, func(d *desk, s *countersSection) {
		d.undo(s)
		d.readsNot("Geri alınamayacak", "Neden kalıyor")
		d.press(s, fyne.KeyReturn) // the confirmation has the focus
		d.reads("Aktarım geri alındı: 4 ürün aktarımdan önceki değerlerine döndü, 4 eşleşme çözüldü.")
		d.readsNot("olduğu gibi kaldı")
	})
}

func TestUndo_withEverythingBlocked(t *testing.T) {
	shop, j := newCourt(6, 4)
	j.plan = transfer.UndoPlan{Blocked: blocked(3), BlockedCount: 4000}
	inCourt(t, shop, func(d *desk, s *countersSection) {
		u := d.undo(s)
		d.reads("Geri alınamayacak 4.000 ürün var", "İlk 3 tanesi:", "Geri alınabilecek bir şey kalmadı.")
		if u.confirm.Visible() || u.search.Visible() {
			t.Error("it offers what it cannot do, or needs not")
		}
		d.press(s, fyne.KeyEscape)
		if s.top() != nil {
			t.Error("escape does not close")
		}
	})
}

func TestUndo_saysHowFarItIsAndStops(t *testing.T) {
	shop, j := newCourt(6, 4)
	j.plan = transfer.UndoPlan{Restored: 4, Unbound: 4}
	j.batch = func(ctx context.Context, _ int) error {
		select {
		case <-time.After(10 * time.Second):
		case <-ctx.Done():
		}
		return nil
	}
	inCourt(t, shop, func(d *desk, s *countersSection) {
		u := d.undo(s)
		d.tap("4 Ürünü Geri Al")
		d.pass(10 * time.Second)
		d.reads("1 / 4", "yaklaşık 30 sn kaldı")
		if u.leave.Disabled() == false {
			t.Error("one can leave in the middle")
		}
		d.press(s, fyne.KeyEscape)
		d.reads("Geri alma yarıda durduruldu.", "4 Ürünü Geri Al")
		if j.undone != 1 || s.top() == nil {
			t.Errorf("%d batches", j.undone)
		}
		d.tap("4 Ürünü Geri Al")
		d.pass(time.Minute)
		d.reads("Aktarım geri alındı")
		if j.undone != undoBatches {
			t.Errorf("%d batches: it does not go on where it was", j.undone)
		}
	})
}

func TestUndo_saysWhatWentWrong(t *testing.T) {
	shop, j := newCourt(6, 4)
	j.plan = transfer.UndoPlan{Restored: 4, Unbound: 4}
	inCourt(t, shop, func(d *desk, s *countersSection) {
		j.batch = func(context.Context, int) error { return domain.E(domain.KindDisk, "undo", nil) }
		d.undo(s)
		d.tap("4 Ürünü Geri Al")
		d.reads("diske yazılamadı", "4 Ürünü Geri Al")
		d.tap("Geri")
		j.failing = domain.E(domain.KindDisk, "plan", nil)
		s.past.all.OnTapped()
		d.settle()
		d.reads("diske yazılamadı")
		d.press(s, fyne.KeyEscape)
		d.undo(s)
		d.reads("diske yazılamadı")
		d.readsNot("Ürünü Geri Al")
	})
}
