package transfer

import (
	"fyne.io/fyne/v2/widget"

	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// listReads is what reading a list of products costs.
func listReads(products int) int {
	return max(1, (products+transfer.PageSize-1)/transfer.PageSize)
}

// setPrimary makes b the one button that stands out, or an ordinary one.
func setPrimary(b *widgets.Button, primary bool) {
	b.Importance = widget.MediumImportance
	if primary {
		b.Importance = widget.HighImportance
	}
	b.Refresh()
}
