// Package gui is the window: the left menu, one file per screen, and nothing that decides. Screens
// fetch plain rows off the interface's thread and show them on it.
package gui

import (
	"context"
	"sync"
	"time"

	"fyne.io/fyne/v2"

	"github.com/sopyo/sopyo-desktop/assets"
)

// env is what every screen is given; nothing is global. It lives as long as what is shown: another
// company or language makes a new one.
type env struct {
	ctx     context.Context // ends when the window closes
	app     fyne.App
	win     fyne.Window
	text    *assets.Text
	co      Company
	now     func() time.Time
	openURL func(address string) error
	// post runs f on the interface's thread; nil stands for fyne.Do. Tests give a queue of their own,
	// because Fyne's test driver runs fyne.Do on the caller's goroutine.
	post func(f func())
	// jobs counts the work that closing the window waits for; see keep.
	jobs sync.WaitGroup
	// modal is the one dialog that may be open; see dialog.go.
	modal *modal
}

// do runs f on the interface's thread.
func (e *env) do(f func()) {
	if e.post != nil {
		e.post(f)
		return
	}
	fyne.Do(f)
}

// background runs work off the interface's thread and then show on it, unless the window has closed.
func background[T any](e *env, work func(ctx context.Context) (T, error), show func(T, error)) {
	go func() {
		v, err := work(e.ctx)
		if e.ctx.Err() != nil {
			return
		}
		e.do(func() {
			if e.ctx.Err() == nil {
				show(v, err)
			}
		})
	}()
}

// keep runs work that must come to an end of its own before the window may go: a transfer finishes
// the page or batch in flight when ctx ends. It is called on the interface's thread.
func (e *env) keep(work func(ctx context.Context)) {
	e.jobs.Go(func() { work(e.ctx) })
}

// t words a key.
func (e *env) t(key string, args ...any) string { return e.text.T(key, args...) }

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
