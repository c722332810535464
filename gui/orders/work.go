package orders

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/issuing"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// workPanel is how a run at work stands, whoever has begun it.
type workPanel struct {
	e     *env
	begun func()
	ended func(o issuing.Outcome, err error)
	at    *issuing.Work // nil: nothing is at work
	end   func()        // it is not under way any more

	phase issuing.Phase
	since time.Time // of the phase

	object fyne.CanvasObject
	line   *widgets.Text
	figure *widgets.Text
	bar    *widgets.Progress
	last   *widgets.Text
	stop   *widgets.Button
}

// newWorkPanel makes it; begun is told that a run is at work, ended what it has done.
func newWorkPanel(e *env, begun func(), ended func(o issuing.Outcome, err error)) *workPanel {
	p := &workPanel{
		e: e, begun: begun, ended: ended, line: widgets.NewBody("").Bold(), figure: widgets.NewBody("").OneLine(), bar: kit.NewProgress(e.Env),
		last: widgets.NewMuted("").OneLine(),
	}
	p.last.Truncation = fyne.TextTruncateEllipsis // a long name must not make the page jump
	p.stop = widgets.NewIconButton(e.T("orders.run.stop"), theme.MediaStopIcon(), func() {
		p.stop.Disable()
		p.line.SetText(e.T("orders.run.stopping"))
		if p.at != nil {
			p.at.Stop()
		}
	})
	p.object = widgets.NewPanel(container.NewVBox(
		widgets.NewBorder(nil, nil, nil, p.figure, p.line), p.bar,
		widgets.NewBorder(nil, nil, nil, container.NewHBox(layout.NewSpacer(), p.stop), p.last)))
	p.object.Hide()
	return p
}

func (p *workPanel) busy() bool { return p.at != nil }

// watch follows runs that nobody here has begun: the queue is worked on by itself.
func (p *workPanel) watch() {
	go func() {
		ticker := time.NewTicker(kit.DrawEvery)
		defer ticker.Stop()
		seen := p.e.co.Working()
		if seen != nil && !over(seen) {
			p.post(func() { p.follow(seen) })
		}
		for {
			select {
			case <-p.e.Ctx.Done():
				return
			case <-ticker.C:
			}
			if now := p.e.co.Working(); now != seen {
				seen = now
				p.post(func() { p.follow(now) })
			}
		}
	}()
}

func over(w *issuing.Work) bool {
	select {
	case <-w.Done():
		return true
	default:
		return false
	}
}

// follow draws a run until it ends.
func (p *workPanel) follow(w *issuing.Work) {
	if w == nil || p.at == w {
		return
	}
	if p.at == nil {
		p.end = p.e.Begin("invoices")
	}
	p.at, p.phase = w, ""
	p.stop.Enable()
	p.object.Show()
	p.draw(w.Progress())
	p.begun()
	go func() {
		ticker := time.NewTicker(kit.DrawEvery)
		defer ticker.Stop()
		for {
			select {
			case <-p.e.Ctx.Done():
				return
			case <-w.Done():
				p.post(func() { p.rest(w) })
				return
			case <-ticker.C:
				now := w.Progress()
				p.post(func() {
					if p.at == w {
						p.draw(now)
					}
				})
			}
		}
	}()
}

func (p *workPanel) rest(w *issuing.Work) {
	if p.at != w {
		return
	}
	p.at = nil
	p.end()
	p.bar.Rest()
	p.object.Hide()
	p.ended(w.Outcome())
}

func (p *workPanel) post(f func()) {
	p.e.Do(func() {
		if p.e.Ctx.Err() == nil {
			f()
		}
	})
}

func (p *workPanel) draw(now issuing.Progress) {
	e := p.e
	if now.Phase != p.phase {
		p.phase, p.since = now.Phase, e.Now()
	}
	said := e.Phase(now.Phase)
	if !now.PausedUntil.IsZero() {
		said = e.T("orders.run.paused", e.Error(domain.E(now.Cause, "", nil)), e.Clock(now.PausedUntil))
	}
	if !p.stop.Disabled() {
		p.line.SetText(said)
	}
	p.bar.Set(now.Done, now.Of)
	p.figure.SetText("")
	if now.Of > 0 {
		p.figure.SetText(e.T("status.of", now.Done, now.Of))
	}
	p.last.SetText(p.tail(now))
}

// tail is the time left and the last buyer.
func (p *workPanel) tail(now issuing.Progress) string {
	e, said := p.e, now.Name
	if passed := e.Now().Sub(p.since); now.Done > 0 && now.Of > now.Done && now.PausedUntil.IsZero() {
		left := e.T("status.left", e.Duration(passed/time.Duration(now.Done)*time.Duration(now.Of-now.Done)))
		if said == "" {
			return left
		}
		said = left + " · " + said
	}
	return said
}
