package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Text is a piece of wrapped text in a colour and a size of the theme.
type Text struct {
	widget.RichText
	segment *widget.TextSegment
}

// NewText makes a text in the named colour and size.
func NewText(text string, color fyne.ThemeColorName, size fyne.ThemeSizeName) *Text {
	t := &Text{segment: &widget.TextSegment{Text: Drawn(text), Style: widget.RichTextStyle{ColorName: color, SizeName: size}}}
	t.Segments = []widget.RichTextSegment{t.segment}
	t.Wrapping = fyne.TextWrapWord
	t.Scroll = fyne.ScrollNone // the zero value scrolls both ways
	t.ExtendBaseWidget(t)
	return t
}

// NewMuted makes a secondary text.
func NewMuted(text string) *Text { return NewText(text, ColorMuted, theme.SizeNameText) }

// NewCaption makes a small secondary text.
func NewCaption(text string) *Text { return NewText(text, ColorMuted, theme.SizeNameCaptionText) }

// NewTitle makes the heading of a screen or section.
func NewTitle(text string) *Text {
	t := NewText(text, theme.ColorNameForeground, theme.SizeNameSubHeadingText)
	t.segment.Style.TextStyle.Bold = true
	return t
}

// NewBody makes a plain text.
func NewBody(text string) *Text {
	return NewText(text, theme.ColorNameForeground, theme.SizeNameText)
}

// SetText changes the words.
func (t *Text) SetText(text string) {
	text = Drawn(text)
	if t.segment.Text == text {
		return
	}
	t.segment.Text = text
	t.Refresh()
}

// SetColor changes the colour.
func (t *Text) SetColor(name fyne.ThemeColorName) {
	if t.segment.Style.ColorName == name {
		return
	}
	t.segment.Style.ColorName = name
	t.Refresh()
}

// Words gives what the text says.
func (t *Text) Words() string { return t.segment.Text }

// OneLine stops the wrapping: the text then needs its whole width.
func (t *Text) OneLine() *Text {
	t.Wrapping = fyne.TextWrapOff
	t.Refresh()
	return t
}

// Bold makes the text heavy.
func (t *Text) Bold() *Text {
	t.segment.Style.TextStyle.Bold = true
	t.Refresh()
	return t
}
