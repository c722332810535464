package widgets

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
	ttwidget "github.com/dweymouth/fyne-tooltip/widget"
)

// Item is a line that can be picked: of the left menu, of the section list, of a check-list.
type Item struct {
	ttwidget.ToolTipWidget
	Pressable

	number, title, sub string
	count              string
	lead, mark         fyne.Resource
	indent             float32
	selected           bool
	explained          bool // by the tooltip, shown or soon to be
}

// NewItem makes a line with a title; number and lead icon stand before it if they are given.
func NewItem(number, title string, lead fyne.Resource, tapped func()) *Item {
	i := &Item{number: number, title: OneLine(title), lead: lead}
	i.OnTapped, i.Draw, i.Self = tapped, i.Refresh, i
	i.ExtendBaseWidget(i)
	return i
}

// Title gives the words of the line.
func (i *Item) Title() string { return i.title }

// Sub gives the second line.
func (i *Item) Sub() string { return i.sub }

// SetIndent moves the line to the right.
func (i *Item) SetIndent(width float32) { i.indent = width; i.Refresh() }

// SetSub gives the line a second, smaller one.
func (i *Item) SetSub(text string) {
	text = OneLine(text)
	if i.sub != text {
		i.sub = text
		i.Refresh()
	}
}

// SetCount puts a number at the end of the line; "" takes it away.
func (i *Item) SetCount(text string) {
	if i.count != text {
		i.count = text
		i.Refresh()
	}
}

// Count gives the number at the end of the line.
func (i *Item) Count() string { return i.count }

// SetTitle changes the words of the line.
func (i *Item) SetTitle(text string) {
	text = OneLine(text)
	if i.title != text {
		i.title = text
		i.Refresh()
	}
}

// SetLead changes the icon before the title.
func (i *Item) SetLead(icon fyne.Resource) { i.lead = icon; i.Refresh() }

// SetMark puts an icon at the end of the line, with the words it stands for as a tooltip (a sign is
// never a colour or a picture alone); nil takes it away.
func (i *Item) SetMark(icon fyne.Resource, says string) {
	i.mark = icon
	i.SetToolTip(says)
	i.Refresh()
}

// SetSelected marks the line as the one in view.
func (i *Item) SetSelected(selected bool) {
	if i.selected != selected {
		i.selected = selected
		i.Refresh()
	}
}

// Selected tells whether the line is the one in view.
func (i *Item) Selected() bool { return i.selected }

// MouseIn lights the line up.
func (i *Item) MouseIn(e *desktop.MouseEvent) {
	i.Pressable.MouseIn(e)
	i.explain(e)
}

// MouseOut takes the light away.
func (i *Item) MouseOut() {
	i.explained = false
	i.ToolTipWidget.MouseOut()
	i.Pressable.MouseOut()
}

// MouseMoved explains the mark when the mouse comes to it.
func (i *Item) MouseMoved(e *desktop.MouseEvent) { i.explain(e) }

// explain shows the tooltip while the mouse is on the mark: from the words of a line that was just pressed it would cover the
// page that the line has opened.
func (i *Item) explain(e *desktop.MouseEvent) {
	on := e.Position.X >= i.Size().Width-2*itemMargin-i.Theme().Size(theme.SizeNameInlineIcon)
	switch {
	case on && !i.explained:
		i.ToolTipWidget.MouseIn(tipRight(i, e))
	case !on && i.explained:
		i.ToolTipWidget.MouseOut()
	}
	i.explained = on
}

// CreateRenderer belongs to Fyne.
func (i *Item) CreateRenderer() fyne.WidgetRenderer {
	r := &itemRenderer{
		item: i, back: canvas.NewRectangle(color.Transparent), bar: canvas.NewRectangle(color.Transparent),
		number: canvas.NewText("", nil), count: canvas.NewText("", nil), title: widget.NewLabel(""), sub: NewCaption(""),
		lead: canvas.NewImageFromResource(nil), mark: canvas.NewImageFromResource(nil),
	}
	r.title.Truncation = fyne.TextTruncateEllipsis
	r.Refresh()
	return r
}

type itemRenderer struct {
	item       *Item
	back, bar  *canvas.Rectangle
	number     *canvas.Text
	count      *canvas.Text
	title      *widget.Label
	sub        *Text
	lead, mark *canvas.Image
}

func (r *itemRenderer) Destroy() {}

func (r *itemRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.back, r.bar, r.lead, r.number, r.title, r.sub, r.count, r.mark}
}

const itemMargin = 8

// before gives the width that stands before the title.
func (r *itemRenderer) before() float32 {
	th := r.item.Theme()
	x := r.item.indent + itemMargin
	if r.item.lead != nil {
		x += th.Size(theme.SizeNameInlineIcon) + itemMargin
	}
	if r.item.number != "" {
		x += th.Size(theme.SizeNameText) + 2
	}
	return x
}

func (r *itemRenderer) MinSize() fyne.Size {
	th := r.item.Theme()
	words := fyne.MeasureText(r.item.title, th.Size(theme.SizeNameText), fyne.TextStyle{Bold: true}).Width
	width := r.before() + min(words, 120) + 2*itemMargin
	if r.item.mark != nil {
		width += th.Size(theme.SizeNameInlineIcon) + itemMargin
	}
	if r.item.count != "" {
		width += r.count.MinSize().Width + itemMargin
	}
	height := r.title.MinSize().Height
	if r.item.sub != "" {
		height += r.sub.MinSize().Height - 2*itemMargin
	}
	return fyne.NewSize(width, height)
}

func (r *itemRenderer) Layout(size fyne.Size) {
	th := r.item.Theme()
	icon := th.Size(theme.SizeNameInlineIcon)
	line := r.title.MinSize().Height
	r.back.Resize(size)
	r.bar.Resize(fyne.NewSize(3, size.Height-12))
	r.bar.Move(fyne.NewPos(0, 6))
	x := r.item.indent + itemMargin
	if r.item.lead != nil {
		r.lead.Resize(fyne.NewSquareSize(icon))
		r.lead.Move(fyne.NewPos(x, (line-icon)/2))
		x += icon + itemMargin
	}
	if r.item.number != "" {
		r.number.Resize(fyne.NewSize(th.Size(theme.SizeNameText), line))
		r.number.Move(fyne.NewPos(x, 0))
	}
	x = r.before()
	end := size.Width - itemMargin
	if r.item.mark != nil {
		end -= icon
		r.mark.Resize(fyne.NewSquareSize(icon))
		r.mark.Move(fyne.NewPos(end, (line-icon)/2))
	}
	if r.item.count != "" {
		words := r.count.MinSize()
		end -= words.Width
		r.count.Resize(fyne.NewSize(words.Width, line))
		r.count.Move(fyne.NewPos(end, 0))
	}
	// a label brings a margin of its own on both sides
	own := th.Size(theme.SizeNameInnerPadding)
	r.title.Move(fyne.NewPos(x-own, 0))
	r.title.Resize(fyne.NewSize(end-x+2*own-2, line))
	r.sub.Move(fyne.NewPos(x-own, line-2*itemMargin))
	r.sub.Resize(fyne.NewSize(end-x+2*own, r.sub.MinSize().Height))
}

func (r *itemRenderer) Refresh() {
	i := r.item
	th, v := i.Theme(), fyne.CurrentApp().Settings().ThemeVariant()
	r.back.CornerRadius = th.Size(theme.SizeNameInputRadius)
	r.back.FillColor, r.back.StrokeWidth = nil, 0
	switch {
	case i.selected:
		r.back.FillColor = th.Color(theme.ColorNameSelection, v)
	case i.Hovered:
		r.back.FillColor = th.Color(theme.ColorNameHover, v)
	}
	if i.Focused {
		r.back.StrokeColor, r.back.StrokeWidth = th.Color(theme.ColorNamePrimary, v), 2
	}
	r.bar.FillColor, r.bar.CornerRadius = th.Color(theme.ColorNamePrimary, v), 2
	r.bar.Hidden = !i.selected
	r.number.Text, r.number.TextSize = i.number, th.Size(theme.SizeNameText)
	r.number.Color = th.Color(ColorMuted, v)
	r.count.Text, r.count.TextSize, r.count.Hidden = i.count, th.Size(theme.SizeNameText), i.count == ""
	r.count.Color = th.Color(ColorMuted, v)
	r.title.TextStyle.Bold = i.selected
	r.title.SetText(i.title)
	r.sub.SetText(i.sub)
	r.sub.Hidden = i.sub == ""
	r.lead.Resource, r.mark.Resource = i.lead, i.mark
	r.lead.Hidden, r.mark.Hidden = i.lead == nil, i.mark == nil
	r.Layout(i.Size())
	for _, o := range []fyne.CanvasObject{r.back, r.bar, r.number, r.count, r.lead, r.mark} {
		o.Refresh()
	}
	r.sub.Refresh()
}

// NewHead makes the caption of a group of items: an icon and a word, nothing to pick.
func NewHead(icon fyne.Resource, title string) fyne.CanvasObject {
	l := widget.NewLabelWithStyle(title, fyne.TextAlignLeading, fyne.TextStyle{Bold: true})
	return NewBorder(nil, nil, container.NewHBox(Gap(4), widget.NewIcon(icon)), nil, l)
}
