// Package kit is what the screens share: what each is given, the window around it, work in the background,
// dialogs, forms and lists. It knows no screen.
package kit

import (
	"context"
	"sync"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"github.com/sopyo/sopyo-desktop/domain/words"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// Env is what every screen is given; nothing is global. It lives as long as what is shown: another
// company or language makes a new one.
type Env struct {
	words.Words
	Ctx     context.Context // ends when the window closes
	App     fyne.App
	Win     fyne.Window
	Now     func() time.Time
	OpenURL func(address string) error // an address or a path
	// Post runs f on the interface's thread; nil stands for fyne.Do. Tests give a queue of their own,
	// because Fyne's test driver runs fyne.Do on the caller's goroutine.
	Post func(f func())
	// Jobs counts the work that closing the window waits for; see Keep.
	Jobs sync.WaitGroup
	// Modal is the one dialog that may be open, nil: none is.
	Modal *Modal
	// Frame is the window around the pages.
	Frame frame
	// underWay are the keys of what is under way and would be cut off with what is shown; see Begin.
	underWay []*string
	// Preferences keep how the window was left.
	Preferences Preferences
}

// Preferences keep small things between two starts: window size, section, language, theme.
type Preferences interface {
	// Preference gives what was kept under key, "" when nothing was.
	Preference(ctx context.Context, key string) (string, error)
	SavePreference(ctx context.Context, key, value string) error
}

// Modal is an open dialog. There is at most one: hiding a lower one would close those above it.
type Modal struct {
	PopUp   *widget.PopUp
	primary func()
	Cancel  func()
	press   widgets.Press
}

// Do runs f on the interface's thread.
func (e *Env) Do(f func()) {
	if e.Post != nil {
		e.Post(f)
		return
	}
	fyne.Do(f)
}

// Background runs do off the interface's thread and then show on it, unless the window has closed.
func Background[T any](e *Env, do func(ctx context.Context) (T, error), show func(T, error)) {
	go func() {
		v, err := do(e.Ctx)
		if e.Ctx.Err() != nil {
			return
		}
		e.Do(func() {
			if e.Ctx.Err() == nil {
				show(v, err)
				e.Frame.Drawn()
			}
		})
	}()
}

// Newest is Background for something that is asked again and again under n: only the newest answer is shown.
func Newest[T any](e *Env, n *int, do func(ctx context.Context) (T, error), show func(T, error)) {
	*n++
	asked := *n
	Background(e, do, func(v T, err error) {
		if asked == *n {
			show(v, err)
		}
	})
}

// Keep runs do, which must come to an end of its own before the window may go, when ctx ends: what the
// wizard measures finishes the page in flight. A transfer itself runs in its transfer.Runner. It is called on the interface's thread.
func (e *Env) Keep(do func(ctx context.Context)) {
	e.Jobs.Go(func() { do(e.Ctx) })
}
