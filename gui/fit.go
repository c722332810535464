package gui

import (
	"time"

	"fyne.io/fyne/v2"
)

const (
	titleBar = 48 // what the system draws above a window, in the units of the screen; about that on every one
	menuBar  = 28 // what Fyne draws above the content, on systems whose menus lie in the window
)

// fitAgain is how long a window manager takes to place a window; it may have its own idea of the size meanwhile.
const fitAgain = 500 * time.Millisecond

// keepFitting makes the window fit now and once it stands where it is meant to.
func (w *Window) keepFitting() {
	w.fit()
	e := w.e
	go func() {
		select {
		case <-e.Ctx.Done():
		case <-time.After(fitAgain):
			e.Do(w.fit)
		}
	}()
}

// fit makes the window no larger than the screen leaves room for: neither a kept size nor the first one knows which screen it
// comes to.
func (w *Window) fit() {
	c := w.win.Canvas()
	width, height := w.cfg.WorkArea()
	if w.closed || width <= 0 || height <= titleBar || c.Scale() <= 0 {
		return
	}
	room := fyne.NewSize(width/c.Scale(), (height-titleBar)/c.Scale())
	w.smallest.SetMinSize(fyne.NewSize(min(minWidth, room.Width), min(minHeight, room.Height-menuBar)))
	if size := c.Size(); size.Width > room.Width || size.Height > room.Height {
		w.win.Resize(fyne.NewSize(min(size.Width, room.Width), min(size.Height, room.Height)))
		w.win.CenterOnScreen()
	}
}
