package signin

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// foot is the button row of a step: cancel left, the primary one right; beside stands left of both.
func foot(cancel string, leave func(), next string, goOn func(), beside ...fyne.CanvasObject) fyne.CanvasObject {
	c, n := widgets.NewButton(cancel, leave), widgets.NewIconButton(next, theme.NavigateNextIcon(), goOn)
	n.Importance = widget.HighImportance
	n.IconPlacement = widget.ButtonIconTrailingText
	c.SetEscape(leave)
	n.SetEscape(leave)
	return endOf(append(beside, layout.NewSpacer(), c, n)...)
}

// filled tells whether something was typed, and says so at the field if not.
func filled(e *env, r *widgets.Row, entry *widgets.Entry) bool {
	if strings.TrimSpace(entry.Text) != "" {
		r.SetError("")
		return true
	}
	r.SetError(e.T("invalid.required"))
	e.Win.Canvas().Focus(entry)
	return false
}

// endOf is the row at the end of a form, no wider than the form.
func endOf(buttons ...fyne.CanvasObject) fyne.CanvasObject {
	return widgets.MaxWidth(widgets.MaxRowWidth, container.NewHBox(buttons...))
}
