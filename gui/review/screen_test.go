package review

import (
	"testing"

	"github.com/sopyo/sopyo-desktop/gui/kit/kittest"
)

// counters opens section 6.
func counters(d *kittest.TransfersScreen) *Page {
	s := New(d.E, d.Shop)
	d.Show(s)
	return s
}

// onFinished opens the page over a company whose transfer is over.
func onFinished(t *testing.T, s *kittest.Transfers, f func(d *kittest.TransfersScreen, c *Page)) {
	t.Helper()
	kittest.OnTransfers(t, s, func(d *kittest.TransfersScreen) {
		transferred(d)
		f(d, counters(d))
	})
}
