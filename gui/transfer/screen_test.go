package transfer

import (
	"github.com/sopyo/sopyo-desktop/gui/kit/kittest"
	"github.com/sopyo/sopyo-desktop/gui/review"
)

// transfers opens sections 5 and 6, as the window does.
func transfers(d *kittest.TransfersScreen) *Page {
	s := New(d.E, d.Shop, d.Shop.Runner, review.New(d.E, d.Shop))
	d.Show(s)
	return s
}

// counted is how the three cards read.
func counted(transferred, matched, unmatched string) []string {
	return []string{transferred + "\nAktarılan", matched + "\nEşleşen", unmatched + "\nEşleşmeyen"}
}
