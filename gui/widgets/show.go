package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// ShowIf shows or hides o.
func ShowIf(o fyne.CanvasObject, show bool) {
	if show {
		o.Show()
	} else {
		o.Hide()
	}
}

// EnableIf turns o on or off.
func EnableIf(o fyne.Disableable, on bool) {
	if on {
		o.Enable()
	} else {
		o.Disable()
	}
}

// SetOrHide shows t with those words, and hides it when there are none.
func SetOrHide(t *Text, words string) {
	t.SetText(words)
	ShowIf(t, words != "")
}

// Centred puts o into the middle of the height there is.
func Centred(o fyne.CanvasObject) fyne.CanvasObject {
	return container.NewVBox(layout.NewSpacer(), o, layout.NewSpacer())
}

// Scrolled stacks objects and lets them scroll.
func Scrolled(body ...fyne.CanvasObject) fyne.CanvasObject {
	return container.NewVScroll(container.NewVBox(body...))
}

// Chevron is the quiet sign between two steps of a path.
func Chevron() fyne.CanvasObject {
	return Centred(widget.NewIcon(theme.NewColoredResource(theme.NavigateNextIcon(), ColorMuted)))
}

// NewSection is the caption of a part of a form.
func NewSection(title string) fyne.CanvasObject {
	return container.NewVBox(Gap(2), widget.NewSeparator(), NewBody(title).Bold())
}
