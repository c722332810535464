package gui

import (
	"context"
	"time"

	"fyne.io/fyne/v2"

	"github.com/sopyo/sopyo-desktop/domain/doctor"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// slowAfter is how long work may take before the page shows that something is going on.
const slowAfter = 300 * time.Millisecond

// doctorWork is a look at the catalogue, or a repair, under way: whoever carries it out counts, a ticker
// draws. Its methods are called on the interface's thread.
type doctorWork struct {
	e      *env
	number int // of the work that counts; older ones are not heard any more
	cancel context.CancelFunc

	object fyne.CanvasObject
	behind fyne.CanvasObject // hidden while the work is shown in its place; may be nil
	what   *widgets.Text
	bar    *widgets.Progress
	quit   *widgets.Button
}

func newDoctorWork(e *env) *doctorWork {
	w := &doctorWork{e: e, what: widgets.NewMuted("").OneLine()}
	w.bar = widgets.NewProgress(func(percent int) string { return e.t("status.percent", percent) })
	w.quit = widgets.NewIconButton(e.t("cancel"), nil, w.stop)
	w.object = widgets.NewBorder(nil, nil, w.what, w.quit, centred(w.bar))
	w.object.Hide()
	return w
}

// busy tells whether something is under way.
func (w *doctorWork) busy() bool { return w.cancel != nil }

// stop asks what is under way to end; what came of it is told all the same.
func (w *doctorWork) stop() {
	if w.cancel != nil {
		w.cancel()
	}
}

// run carries do out, which blocks, in place of what was under way; ended is told what came of it. The
// window waits for do when it closes.
func run[T any](w *doctorWork, what string, do func(ctx context.Context, c *doctor.Count) (T, error), ended func(T, error)) {
	w.stop()
	w.number++
	number := w.number
	ctx, cancel := context.WithCancel(w.e.ctx)
	w.cancel = cancel
	count, done := &doctor.Count{}, make(chan struct{})
	w.e.keep(func(context.Context) {
		v, err := do(ctx, count)
		close(done)
		if w.e.ctx.Err() != nil {
			cancel()
			return
		}
		w.e.do(func() {
			cancel()
			if number != w.number || w.e.ctx.Err() != nil {
				return
			}
			w.cancel = nil
			w.bar.Rest()
			w.show(false)
			ended(v, err)
		})
	})
	go func() {
		ticker := time.NewTicker(slowAfter)
		defer ticker.Stop()
		for {
			select {
			case <-done:
				return
			case <-ticker.C:
				ticker.Reset(drawEvery)
				w.e.do(func() {
					if number == w.number && w.cancel != nil {
						w.draw(what, count)
					}
				})
			}
		}
	}()
}

func (w *doctorWork) draw(what string, c *doctor.Count) {
	w.what.SetText(what)
	w.bar.Set(c.Snapshot())
	w.show(true)
}

func (w *doctorWork) show(on bool) {
	if w.object.Visible() == on {
		return
	}
	showIf(w.object, on)
	if w.behind != nil {
		showIf(w.behind, !on)
	}
}
