package widgets

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Counter is a card that is a button: a large number, a word under it, an icon beside it, on a
// colour.
type Counter struct {
	widget.BaseWidget
	Pressable

	Word string

	number string
	color  fyne.ThemeColorName
	on     fyne.ThemeColorName // what stands on it
	sign   *widget.Icon

	back, shade  *canvas.Rectangle
	figure, word *canvas.Text
}

// NewCounter makes a counter; the number is empty until SetNumber. Color is one of ColorBlue,
// ColorGreen and ColorOrange.
func NewCounter(word string, icon fyne.Resource, color fyne.ThemeColorName, tapped func()) *Counter {
	c := &Counter{Word: word, color: color, on: ColorOnCounter}
	if color == ColorOrange {
		c.on = ColorOnOrange
	}
	c.sign = widget.NewIcon(nil)
	c.SetIcon(icon)
	c.OnTapped, c.Draw, c.Self = tapped, c.Refresh, c
	c.ExtendBaseWidget(c)
	return c
}

// SetNumber shows a number, already written the language's way.
func (c *Counter) SetNumber(number string) {
	if c.number != number {
		c.number = number
		c.Refresh()
	}
}

// SetIcon shows another icon beside the number.
func (c *Counter) SetIcon(icon fyne.Resource) {
	c.sign.SetResource(theme.NewColoredResource(icon, c.on))
}

// Number gives the number as it is shown.
func (c *Counter) Number() string { return c.number }

// CreateRenderer draws the card.
func (c *Counter) CreateRenderer() fyne.WidgetRenderer {
	c.back = canvas.NewRectangle(color.Transparent)
	c.back.CornerRadius = 10
	c.shade = canvas.NewRectangle(color.Transparent)
	c.shade.CornerRadius = 10
	c.figure = canvas.NewText("", nil)
	c.figure.TextStyle.Bold = true
	c.word = canvas.NewText("", nil)
	head := container.NewHBox(c.figure, layout.NewSpacer(), container.NewCenter(container.NewGridWrap(fyne.NewSquareSize(28), c.sign)))
	box := container.NewStack(c.back, c.shade, Inset(18, 14, container.NewVBox(head, c.word)))
	r := &counterRenderer{WidgetRenderer: widget.NewSimpleRenderer(box), counter: c}
	r.paint()
	return r
}

type counterRenderer struct {
	fyne.WidgetRenderer
	counter *Counter
}

func (r *counterRenderer) MinSize() fyne.Size {
	return r.WidgetRenderer.MinSize().Max(fyne.NewSize(150, 96))
}

func (r *counterRenderer) Refresh() {
	r.paint()
	r.WidgetRenderer.Refresh()
}

func (r *counterRenderer) paint() {
	c := r.counter
	th, variant := c.Theme(), fyne.CurrentApp().Settings().ThemeVariant()
	c.back.FillColor = th.Color(c.color, variant)
	c.shade.FillColor, c.shade.StrokeColor, c.shade.StrokeWidth = color.Transparent, color.Transparent, 0
	if c.Hovered {
		c.shade.FillColor = th.Color(theme.ColorNameHover, variant)
	}
	if c.Focused {
		c.shade.StrokeColor, c.shade.StrokeWidth = th.Color(theme.ColorNameForeground, variant), 3
	}
	on := th.Color(c.on, variant)
	c.figure.Text, c.figure.Color, c.figure.TextSize = c.number, on, 32
	c.word.Text, c.word.Color, c.word.TextSize = c.Word, on, th.Size(theme.SizeNameText)
}
