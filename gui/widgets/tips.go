package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// The measures of fyne-tooltip: a tooltip stands so far below the mouse, and is so wide at most.
const (
	tipBelow    = 16
	tipMost     = 600
	tipMargin   = 8
	tipDistance = 2 // from what it is about
)

// tipOver gives the mouse a place from which the tooltip stands over o, where that fits: below the mouse it would cover the next
// line.
func tipOver(o fyne.CanvasObject, text string, e *desktop.MouseEvent) *desktop.MouseEvent {
	driver := fyne.CurrentApp().Driver()
	c := driver.CanvasForObject(o)
	if c == nil || text == "" {
		return e
	}
	top := driver.AbsolutePositionForObject(o).Y - tipHeight(text, c.Size().Width) - tipDistance
	if top < 0 {
		return e
	}
	at := *e
	at.AbsolutePosition.Y = top - tipBelow
	return &at
}

// tipRight is tipOver for a line of a list: the tooltip stands right of it.
func tipRight(o fyne.CanvasObject, e *desktop.MouseEvent) *desktop.MouseEvent {
	pos := fyne.CurrentApp().Driver().AbsolutePositionForObject(o)
	at := *e
	at.AbsolutePosition = fyne.NewPos(pos.X+o.Size().Width+tipDistance, pos.Y-tipBelow)
	return &at
}

// tipHeight is how high fyne-tooltip draws a text on a canvas.
func tipHeight(text string, canvas float32) float32 {
	pad := theme.InnerPadding()
	r := widget.NewRichTextWithText(text)
	r.Wrapping = fyne.TextWrapWord
	if s, ok := r.Segments[0].(*widget.TextSegment); ok {
		s.Style.SizeName = theme.SizeNameCaptionText
	}
	wide := fyne.MeasureText(text, theme.CaptionTextSize(), fyne.TextStyle{}).Width + 2*pad
	r.Resize(fyne.NewSize(min(wide, canvas-2*theme.Padding(), tipMost), 1))
	return r.MinSize().Height - 2*pad + tipMargin
}
