package gui

import "fyne.io/fyne/v2"

// titleBar is what the system draws above a window, in the units of the screen; about that on every one.
const titleBar = 40

// fit makes the window no larger than the screen leaves room for: neither a kept size nor the first one knows which screen it
// comes to.
func (w *Window) fit() {
	c := w.win.Canvas()
	width, height := w.cfg.WorkArea()
	if width <= 0 || height <= titleBar || c.Scale() <= 0 {
		return
	}
	room := fyne.NewSize(width/c.Scale(), (height-titleBar)/c.Scale())
	w.smallest.SetMinSize(fyne.NewSize(min(minWidth, room.Width), min(minHeight, room.Height)))
	if size := c.Size(); size.Width > room.Width || size.Height > room.Height {
		w.win.Resize(fyne.NewSize(min(size.Width, room.Width), min(size.Height, room.Height)))
		w.win.CenterOnScreen()
	}
}
