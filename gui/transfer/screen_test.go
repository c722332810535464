package transfer

import (
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/gui/kit/kittest"
)

// runner is section 5 over a shop.
type screen struct {
	*kittest.Screen
	shop *kittest.Transfers
}

// inRunner runs f with a fresh window in a bubble.
func onTransfers(t *testing.T, shop *kittest.Transfers, f func(d *screen)) {
	t.Helper()
	kittest.Run(t, "tr", func(s *kittest.Screen) {
		shop.Runner = transfer.NewRunner(shop.Resume, time.Now)
		f(&screen{s, shop})
		shop.Runner.Close()
	})
}

// transfers opens the page.
func (d *screen) transfers() *Page {
	s := New(d.E, d.shop, d.shop.Runner)
	d.Show(s)
	return s
}
