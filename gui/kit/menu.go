package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// PopUp shows commands at a place of the canvas; the first one has the focus.
func (e *Env) PopUp(at fyne.Position, items ...*fyne.MenuItem) {
	m := widget.NewPopUpMenu(fyne.NewMenu("", items...), e.Win.Canvas())
	m.ShowAtPosition(at)
	m.ActivateNext()
}

// Under is where the menu of a button opens.
func Under(o fyne.CanvasObject) fyne.Position {
	return fyne.CurrentApp().Driver().AbsolutePositionForObject(o).AddXY(0, o.Size().Height)
}
