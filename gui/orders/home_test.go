package orders

import (
	"testing"

	"github.com/sopyo/sopyo-desktop/domain/orders"
	"github.com/sopyo/sopyo-desktop/gui/kit/kittest"
)

// From the menu the page leads to its list, whatever order was open in front of it; a file that is being taken stays.
func TestPage_homeIsTheList(t *testing.T) {
	onPage(t, func(s *shop) { s.keep(t, sold("1")) }, func(s *kittest.Screen, p *Page, _ *shop) {
		o := sold("1")
		p.open(o.Key())
		s.Settle()
		p.Home()
		s.Settle()
		if p.Top() != nil {
			t.Errorf("%T is still open", p.Top())
		}
		p.choose()
		s.Settle()
		if p.Home(); p.Top() == nil {
			t.Error("a file that is being taken is left")
		}
	})
}

// An order that its source has called off waits for nobody: it stands with those that are never invoiced, and says why. A
// company that is none by its number is warned of in the plan.
func TestPage_whatIsCalledOffDoesNotWait(t *testing.T) {
	cancelled, named := sold("2"), sold("3")
	cancelled.Status, cancelled.Word = orders.StatusCancelled, "İptal Edildi"
	named.Buyer.First, named.Buyer.Last = "Deniz Ltd.", "Şti."
	onPage(t, func(s *shop) { s.keep(t, sold("1"), cancelled, named) }, func(s *kittest.Screen, p *Page, shop *shop) {
		if of, err := shop.OrderStages(t.Context()); err != nil || of[orders.StageHeld] != 0 || of[orders.StageNever] != 1 {
			t.Errorf("%v, %v", of, err)
		}
		s.Reads("Bekleyen 0", "Faturalanmayacak 1", "Sipariş iptal edilmiş")
		p.list.pick(orders.StageNever)
		s.Settle()
		s.Reads("Sipariş iptal edilmiş")
		p.plan()
		s.Settle()
		s.Reads("Alıcı şirket gibi görünüyor, VKN yok")
		s.ReadsNot("Sipariş iptal edilmiş")
	})
}
