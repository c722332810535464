// Package gui is the window: the left menu, one file per screen, and nothing that decides. Screens
// fetch plain rows off the interface's thread and show them on it.
package gui

import (
	"context"
	"time"

	"fyne.io/fyne/v2"

	"github.com/sopyo/sopyo-desktop/assets"
)

// env is what every screen is given; nothing is global.
type env struct {
	ctx     context.Context // ends when the window closes
	app     fyne.App
	win     fyne.Window
	text    *assets.Text
	co      Company
	now     func() time.Time
	openURL func(address string) error
}

// background runs work off the interface's thread and then show on it, unless the window has closed.
func background[T any](e *env, work func(ctx context.Context) (T, error), show func(T, error)) {
	go func() {
		v, err := work(e.ctx)
		if e.ctx.Err() != nil {
			return
		}
		fyne.Do(func() { show(v, err) })
	}()
}

// section is one of the six of Logo İşbaşı Ayarları.
type section interface {
	// content is built once.
	content() fyne.CanvasObject
	// show is called on the interface's thread whenever the section comes into view: it fetches anew.
	show()
	// dirty tells whether there is something to save; leaving then asks.
	dirty() bool
	// save is called by Ctrl+S; a section without a form does nothing.
	save()
}
