package review

import (
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/gui/kit/kittest"
)

// court is section 6 over a shop.
type screen struct {
	*kittest.Screen
	shop *kittest.Transfers
}

// inShop runs f with a fresh window in a bubble.
func onTransfers(t *testing.T, shop *kittest.Transfers, f func(d *screen)) {
	t.Helper()
	kittest.Run(t, "tr", func(s *kittest.Screen) {
		shop.Runner = transfer.NewRunner(shop.Resume, time.Now)
		f(&screen{s, shop})
		shop.Runner.Close()
	})
}

// counters opens the page.
func (d *screen) counters() *Page {
	s := New(d.E, d.shop)
	d.Show(s)
	return s
}

// inCourt opens the page over a shop whose transfer is over.
func onFinished(t *testing.T, s *kittest.Transfers, f func(d *screen, c *Page)) {
	t.Helper()
	onTransfers(t, s, func(d *screen) {
		transferred(d)
		f(d, d.counters())
	})
}
