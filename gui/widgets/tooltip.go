package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// The measures of github.com/dweymouth/fyne-tooltip, which draws a tooltip so far under the mouse, over the next line.
const (
	tipUnderMouse = 16
	tipMaxWidth   = 600
	tipMargin     = 8
	tipGap        = 2 // between a tooltip and what it belongs to
)

// tipAbove gives e with the mouse where its tooltip comes to stand above o; e itself where there is no room above. What a
// person reads next stays free.
func tipAbove(o fyne.CanvasObject, says string, e *desktop.MouseEvent) *desktop.MouseEvent {
	driver := fyne.CurrentApp().Driver()
	c := driver.CanvasForObject(o)
	if c == nil || says == "" {
		return e
	}
	y := driver.AbsolutePositionForObject(o).Y - tipGap - tipHeight(says, c.Size().Width)
	if y < 0 {
		return e
	}
	moved := *e
	moved.AbsolutePosition.Y = y - tipUnderMouse
	return &moved
}

// tipHeight is what a tooltip takes in a window of that width.
func tipHeight(says string, window float32) float32 {
	pad := theme.Size(theme.SizeNameInnerPadding)
	text := widget.NewRichText(&widget.TextSegment{Text: says, Style: widget.RichTextStyle{SizeName: theme.SizeNameCaptionText}})
	text.Wrapping = fyne.TextWrapWord
	width := fyne.MeasureText(says, theme.Size(theme.SizeNameCaptionText), fyne.TextStyle{}).Width + 2*pad
	text.Resize(fyne.NewSize(min(width, window-2*theme.Padding(), tipMaxWidth), 1))
	return text.MinSize().Height - 2*pad + tipMargin
}
