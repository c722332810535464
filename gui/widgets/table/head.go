package table

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// Head is the head of a column: pressing it, by mouse, Enter or space, sorts by the column. A
// title that is too long is cut, and the sign of the order stays in view.
type Head struct {
	widget.BaseWidget
	widgets.Pressable // not while the column cannot sort
	label             *widget.Label
	sign              *widget.Icon
	back              *canvas.Rectangle
}

func newHead(c Column, tapped func()) *Head {
	h := &Head{sign: widget.NewIcon(nil), back: canvas.NewRectangle(color.Transparent)}
	if c.ID != "" {
		h.OnTapped = tapped
	}
	h.label = widget.NewLabelWithStyle(c.Title, fyne.TextAlignLeading, fyne.TextStyle{Bold: true})
	h.label.Truncation = fyne.TextTruncateEllipsis
	if c.Right {
		h.label.Alignment = fyne.TextAlignTrailing
	}
	h.back.CornerRadius = 4
	h.sign.Hide()
	h.Draw, h.Self = h.Refresh, h
	h.ExtendBaseWidget(h)
	return h
}

// order shows whether and how the list is sorted by this column.
func (h *Head) order(sorted, desc bool) {
	switch {
	case !sorted:
		h.sign.Hide()
	case desc:
		h.sign.SetResource(theme.MenuDropDownIcon())
		h.sign.Show()
	default:
		h.sign.SetResource(theme.MenuDropUpIcon())
		h.sign.Show()
	}
	h.Refresh()
}

// CreateRenderer lays the title and the sign beside each other.
func (h *Head) CreateRenderer() fyne.WidgetRenderer {
	box := container.NewStack(h.back, widgets.NewBorder(nil, nil, nil, h.sign, h.label))
	return &headRenderer{widget.NewSimpleRenderer(box), h}
}

type headRenderer struct {
	fyne.WidgetRenderer
	head *Head
}

func (r *headRenderer) Refresh() {
	h := r.head
	h.back.FillColor = color.Transparent
	th, variant := h.Theme(), fyne.CurrentApp().Settings().ThemeVariant()
	switch {
	case h.Focused:
		h.back.FillColor = th.Color(theme.ColorNameFocus, variant)
	case h.Hovered:
		h.back.FillColor = th.Color(theme.ColorNameHover, variant)
	}
	r.WidgetRenderer.Refresh()
}
