package widgets

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Choice is a row or column of radio buttons that is one stop of the Tab key: the arrows move the
// choice, Space takes the first one. Fyne's own group keeps F1 to itself.
type Choice struct {
	widget.DisableableWidget
	Keys
	Options    []string
	Horizontal bool
	OnChanged  func(index int)

	selected int
	focused  bool
}

// NewChoice makes a column of radio buttons of which none is chosen.
func NewChoice(options []string, changed func(index int)) *Choice {
	c := &Choice{Options: options, OnChanged: changed, selected: -1}
	c.ExtendBaseWidget(c)
	return c
}

// NewRowChoice is NewChoice side by side, where there is room for it.
func NewRowChoice(options []string, changed func(index int)) *Choice {
	c := NewChoice(options, changed)
	c.Horizontal = true
	return c
}

// Selected gives the index of the choice, -1 for none.
func (c *Choice) Selected() int { return c.selected }

// SetSelected shows a choice without telling OnChanged; -1 for none.
func (c *Choice) SetSelected(index int) {
	if c.selected == index {
		return
	}
	c.selected = index
	c.Refresh()
}

// Choose is what a person does: it selects and tells OnChanged.
func (c *Choice) Choose(index int) {
	if c.Disabled() || index == c.selected || index < 0 || index >= len(c.Options) {
		return
	}
	c.selected = index
	c.Refresh()
	if c.OnChanged != nil {
		c.OnChanged(index)
	}
}

// Tapped chooses the option under the pointer.
func (c *Choice) Tapped(e *fyne.PointEvent) {
	if c.Disabled() {
		return
	}
	if cv := fyne.CurrentApp().Driver().CanvasForObject(c); cv != nil && !c.focused {
		cv.Focus(c)
	}
	for i, r := range c.places() {
		if e.Position.X >= r.pos.X && e.Position.X < r.pos.X+r.size.Width && e.Position.Y >= r.pos.Y && e.Position.Y < r.pos.Y+r.size.Height {
			c.Choose(i)
			return
		}
	}
}

// FocusGained and FocusLost draw the ring.
func (c *Choice) FocusGained() { c.focused = true; c.Refresh() }

// FocusLost takes the ring away.
func (c *Choice) FocusLost() { c.focused = false; c.Refresh() }

// TypedRune takes the first option on Space when none is chosen; the window gets the other letters.
func (c *Choice) TypedRune(r rune) {
	if r == ' ' && c.selected < 0 {
		c.Choose(0)
		return
	}
	PassRune(c, r)
}

// TypedKey moves the choice with the arrows.
func (c *Choice) TypedKey(k *fyne.KeyEvent) {
	if c.Typed(k) {
		return
	}
	switch k.Name {
	case fyne.KeyUp, fyne.KeyLeft:
		c.Choose(max(c.selected-1, 0))
	case fyne.KeyDown, fyne.KeyRight:
		c.Choose(min(c.selected+1, len(c.Options)-1))
	default:
		PassKey(c, k)
	}
}

// Cursor is the hand.
func (c *Choice) Cursor() desktop.Cursor {
	if c.Disabled() {
		return desktop.DefaultCursor
	}
	return desktop.PointerCursor
}

// MinSize is what the options need.
func (c *Choice) MinSize() fyne.Size {
	c.ExtendBaseWidget(c)
	return c.BaseWidget.MinSize()
}

type place struct {
	pos  fyne.Position
	size fyne.Size
}

// places says where each option stands.
func (c *Choice) places() []place {
	th := c.Theme()
	height := fyne.MeasureText("M", th.Size(theme.SizeNameText), fyne.TextStyle{}).Height + 2*th.Size(theme.SizeNameInnerPadding)
	icon, pad := th.Size(theme.SizeNameInlineIcon), th.Size(theme.SizeNamePadding)
	all := make([]place, len(c.Options))
	var x, y, whole float32
	for i, o := range c.Options {
		w := fyne.MeasureText(o, th.Size(theme.SizeNameText), fyne.TextStyle{}).Width + icon + 3*pad
		all[i].size = fyne.NewSize(w, height)
		whole += w + 4*pad
	}
	beside := c.Horizontal && (c.Size().Width == 0 || whole-4*pad <= c.Size().Width)
	for i := range all {
		all[i].pos = fyne.NewPos(x, y)
		if beside {
			x += all[i].size.Width + 4*pad
		} else {
			y += height - 2*pad
		}
	}
	return all
}

// CreateRenderer belongs to Fyne.
func (c *Choice) CreateRenderer() fyne.WidgetRenderer {
	r := &choiceRenderer{choice: c}
	for range c.Options {
		ring := canvas.NewCircle(color.Transparent)
		icon := canvas.NewImageFromResource(nil)
		text := canvas.NewText("", nil)
		r.rings, r.icons, r.texts = append(r.rings, ring), append(r.icons, icon), append(r.texts, text)
		r.objects = append(r.objects, ring, icon, text)
	}
	r.Refresh()
	return r
}

type choiceRenderer struct {
	choice  *Choice
	rings   []*canvas.Circle
	icons   []*canvas.Image
	texts   []*canvas.Text
	objects []fyne.CanvasObject
}

func (r *choiceRenderer) Destroy()                     {}
func (r *choiceRenderer) Objects() []fyne.CanvasObject { return r.objects }

func (r *choiceRenderer) MinSize() fyne.Size {
	var s fyne.Size
	for _, p := range r.choice.places() {
		s = s.Max(fyne.NewSize(p.size.Width, p.pos.Y+p.size.Height)) // those that do not fit beside each other stand under each other
	}
	return s
}

func (r *choiceRenderer) Layout(fyne.Size) {
	th := r.choice.Theme()
	side, pad := th.Size(theme.SizeNameInlineIcon), th.Size(theme.SizeNamePadding)
	for i, p := range r.choice.places() {
		if i >= len(r.texts) {
			return
		}
		middle := p.pos.Y + p.size.Height/2
		r.rings[i].Resize(fyne.NewSquareSize(side + 2*pad))
		r.rings[i].Move(fyne.NewPos(p.pos.X-pad/2, middle-side/2-pad))
		r.icons[i].Resize(fyne.NewSquareSize(side))
		r.icons[i].Move(fyne.NewPos(p.pos.X+pad/2, middle-side/2))
		r.texts[i].Resize(fyne.NewSize(p.size.Width-side-2*pad, p.size.Height))
		r.texts[i].Move(fyne.NewPos(p.pos.X+side+2*pad, p.pos.Y))
	}
}

func (r *choiceRenderer) Refresh() {
	c := r.choice
	th, v := c.Theme(), fyne.CurrentApp().Settings().ThemeVariant()
	for i, option := range c.Options {
		if i >= len(r.texts) {
			break
		}
		color, icon := theme.ColorNameForeground, theme.IconNameRadioButton
		mark := theme.ColorNameForeground
		if c.selected == i {
			icon, mark = theme.IconNameRadioButtonChecked, theme.ColorNamePrimary
		}
		if c.Disabled() {
			color, mark = theme.ColorNameDisabled, theme.ColorNameDisabled
		}
		r.icons[i].Resource = theme.NewColoredResource(th.Icon(icon), mark)
		r.texts[i].Text, r.texts[i].TextSize = option, th.Size(theme.SizeNameText)
		r.texts[i].Color = th.Color(color, v)
		r.rings[i].FillColor = nil
		if c.focused && (c.selected == i || c.selected < 0 && i == 0) {
			r.rings[i].FillColor = th.Color(theme.ColorNameFocus, v)
		}
	}
	r.Layout(c.Size())
	for _, o := range r.objects {
		o.Refresh()
	}
}
