package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
)

// Leave tells everything in o that the pointer has gone. What is taken out of the window under the
// pointer is not told by Fyne, and its tooltip would stay.
func Leave(o fyne.CanvasObject) {
	switch o := o.(type) {
	case *fyne.Container:
		for _, inner := range o.Objects {
			Leave(inner)
		}
	case *container.Scroll:
		Leave(o.Content)
	case desktop.Hoverable:
		o.MouseOut()
	}
}
