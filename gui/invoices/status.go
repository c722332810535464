package invoices

import (
	"strings"
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

// statusPanel is how the run at work stands.
type statusPanel struct {
	e      *env
	work   *issuing.Work // nil: nothing is at work
	object fyne.CanvasObject
	line   *widgets.Text
	figure *widgets.Text
	says   *widgets.Text
	bar    *widgets.Progress
	last   *widgets.Text
	stop   *widgets.Button
	// stopping: a person has pressed Durdur.
	stopping bool
}

func newStatusPanel(e *env) *statusPanel {
	p := &statusPanel{
		e: e, line: widgets.NewBody("").Bold(), figure: widgets.NewBody("").OneLine(), says: widgets.NewMuted(e.T("invoices.working")),
		bar: kit.NewProgress(e.Env), last: widgets.NewMuted("").OneLine(),
	}
	p.last.Truncation = fyne.TextTruncateEllipsis // a long name must not make the page jump
	p.stop = widgets.NewIconButton(e.T("status.stop"), theme.MediaStopIcon(), p.end)
	p.object = widgets.NewPanel(container.NewVBox(
		widgets.NewBorder(nil, nil, nil, p.figure, p.line), p.bar, p.last,
		widgets.NewBorder(nil, nil, nil, container.NewHBox(layout.NewSpacer(), p.stop), p.says)))
	p.object.Hide()
	return p
}

// end is Durdur.
func (p *statusPanel) end() {
	if p.work == nil {
		return
	}
	p.stopping = true
	p.stop.Disable()
	p.line.SetText(p.e.T("invoices.stopping"))
	p.work.Stop()
}

// set draws how a run stands.
func (p *statusPanel) set(w *issuing.Work, now issuing.Progress) {
	e := p.e
	if p.work != w {
		p.work, p.stopping = w, false
		p.stop.Enable()
		p.object.Show()
	}
	if !p.stopping {
		p.line.SetText(e.Phase(now.Phase))
	}
	p.figure.SetText("")
	p.bar.Set(0, 0)
	if now.Of > 0 {
		p.bar.Set(now.Done, now.Of)
		p.figure.SetText(e.T("status.of", now.Done, now.Of))
	}
	var parts []string
	if now.Outcome.Drafted+now.Outcome.Issued > 0 {
		parts = append(parts, e.Issued(now.Outcome))
	}
	if now.Name != "" {
		parts = append(parts, e.T("status.last", now.Name))
	}
	p.last.SetText(strings.Join(parts, " · "))
}

// rest takes the panel away and stops whatever moves.
func (p *statusPanel) rest() {
	p.work = nil
	p.bar.Rest()
	p.object.Hide()
}

// watch draws the company's run while one is at work, and tells once what came of it, whoever has begun it.
func (p *Page) watch() {
	e := p.e
	go func() {
		ticker := time.NewTicker(kit.DrawEvery)
		defer ticker.Stop()
		told := e.co.Working() // one that has ended before is no news
		if told != nil && !ended(told) {
			told = nil
		}
		for {
			select {
			case <-e.Ctx.Done():
				return
			case <-ticker.C:
			}
			w := e.co.Working()
			if w == nil || w == told {
				continue
			}
			over, now := ended(w), w.Progress()
			if over {
				told = w
			}
			e.Do(func() {
				if e.Ctx.Err() == nil {
					p.draw(w, now, over)
				}
			})
		}
	}()
}

func (p *Page) draw(w *issuing.Work, now issuing.Progress, over bool) {
	began := p.status.work == nil && !over
	if over {
		p.status.rest()
		p.tellEnd(w)
		p.changed()
	} else {
		p.status.set(w, now)
	}
	if began {
		p.e.Said.Hide()
	}
	if began || over {
		p.offer()
	}
	p.Sheet.Refresh()
}

// tellEnd says what a run has done, and what kept it from doing more.
func (p *Page) tellEnd(w *issuing.Work) {
	e := p.e
	o, err := w.Outcome()
	said := e.T("invoices.sentence", e.Issued(o))
	if cost := e.Calls(o.Spent); cost != "" {
		said += " " + e.T("invoices.spent", cost)
	}
	switch {
	case domain.KindOf(err) == domain.KindCancelled:
		p.tell(widgets.BannerInfo, e.T("invoices.stopped")+" "+said)
	case err != nil:
		p.tell(widgets.BannerWarning, said+" "+e.Error(err))
	case o.Unknown+o.Rejected+o.Mismatch > 0:
		p.tell(widgets.BannerWarning, said)
	default:
		p.tell(widgets.BannerGood, said)
	}
}
