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

// Surface is a rectangle that takes its colours from the theme by name.
type Surface struct {
	widget.BaseWidget
	fill, line fyne.ThemeColorName
	radius     float32
	rect       *canvas.Rectangle
}

// NewSurface makes a surface; line may be "" for none.
func NewSurface(fill, line fyne.ThemeColorName, radius float32) *Surface {
	s := &Surface{fill: fill, line: line, radius: radius, rect: canvas.NewRectangle(color.Transparent)}
	s.ExtendBaseWidget(s)
	return s
}

// SetFill changes the colour.
func (s *Surface) SetFill(name fyne.ThemeColorName) { s.fill = name; s.Refresh() }

// SetLine changes the hairline.
func (s *Surface) SetLine(name fyne.ThemeColorName) { s.line = name; s.Refresh() }

// CreateRenderer belongs to Fyne.
func (s *Surface) CreateRenderer() fyne.WidgetRenderer {
	r := &surfaceRenderer{WidgetRenderer: widget.NewSimpleRenderer(s.rect), surface: s}
	r.Refresh()
	return r
}

type surfaceRenderer struct {
	fyne.WidgetRenderer
	surface *Surface
}

func (r *surfaceRenderer) Refresh() {
	s := r.surface
	th, v := s.Theme(), fyne.CurrentApp().Settings().ThemeVariant()
	s.rect.FillColor = th.Color(s.fill, v)
	s.rect.CornerRadius = s.radius
	s.rect.StrokeWidth = 0
	if s.line != "" {
		s.rect.StrokeColor, s.rect.StrokeWidth = th.Color(s.line, v), 1
	}
	canvas.Refresh(s.rect)
}

// NewPanel puts content on a surface of its own with a hairline around it.
func NewPanel(content fyne.CanvasObject) fyne.CanvasObject {
	return container.NewStack(NewSurface(ColorSurface, ColorLine, 8), Inset(12, 10, content))
}

// Card is a surface that can be picked: an icon, a title and what stands behind it.
type Card struct {
	widget.BaseWidget
	Pressable
	surface *Surface
	box     *fyne.Container
}

// NewCard makes a card; foot stands below the text and may be nil.
func NewCard(icon fyne.Resource, title, text string, foot fyne.CanvasObject, tapped func()) *Card {
	c := &Card{surface: NewSurface(ColorSurface, ColorLine, 10)}
	picture := canvas.NewImageFromResource(icon)
	picture.FillMode = canvas.ImageFillContain
	picture.SetMinSize(fyne.NewSquareSize(40))
	words := container.NewVBox(NewTitle(title), NewMuted(text))
	if foot != nil {
		words.Add(container.NewHBox(foot, layout.NewSpacer()))
	}
	c.box = container.NewStack(c.surface, Inset(14, 12, NewBorder(nil, nil, container.NewVBox(Gap(2), picture), nil, words)))
	c.OnTapped, c.Draw, c.Self = tapped, c.draw, c
	c.ExtendBaseWidget(c)
	return c
}

func (c *Card) draw() {
	c.surface.SetLine(ColorLine)
	if c.Focused || c.Hovered {
		c.surface.SetLine(theme.ColorNamePrimary)
	}
}

// CreateRenderer belongs to Fyne.
func (c *Card) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(c.box) }

// Swatch is a small square in a colour of the theme, for a legend.
func Swatch(name fyne.ThemeColorName) fyne.CanvasObject {
	return FixedWidth(10, FixedHeight(10, NewSurface(name, "", 2)))
}
