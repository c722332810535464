package transfer

import "github.com/sopyo/sopyo-desktop/gui/kit/kittest"

// transfers opens section 5.
func transfers(d *kittest.TransfersScreen) *Page {
	s := New(d.E, d.Shop, d.Shop.Runner)
	d.Show(s)
	return s
}
