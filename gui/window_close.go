package gui

import (
	"strconv"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// closeWidth is about that of the three answers beside each other.
const closeWidth = 560

// askClose closes the window; while something works, or a form has changes, it asks first.
func (w *Window) askClose() {
	e := w.e
	switch {
	case w.closed || e.Modal != nil:
	case e.UnderWay() != "":
		key := e.UnderWay()
		e.Ask(e.T("work."+key+".title"), e.T("work."+key+".close"),
			kit.Answer{Label: e.T("close.stay")},
			kit.Answer{Label: e.T("close.stop"), Importance: widget.WarningImportance, Act: func() { w.close(w.interrupt) }})
	case len(w.working()) > 0:
		names := strings.Join(w.namesOf(w.working()), ", ")
		stay := kit.Answer{Label: e.T("close.stay")}
		stop := kit.Answer{Label: e.T("close.stop"), Importance: widget.LowImportance, Act: func() { w.close(w.stop) }}
		key, last := "background", kit.Answer{Label: e.T("close.background"), Act: w.hide}
		if w.cfg.NeverHide {
			key, last = "later", kit.Answer{Label: e.T("close.later"), Act: func() { w.close(w.interrupt) }}
		}
		last.Importance = widget.HighImportance
		e.AskWith(e.T("close.title"), widgets.FixedWidth(closeWidth, container.NewVBox(
			widgets.NewBody(names).Bold(), widgets.NewBody(e.T("close.text."+key)), widgets.NewBody(e.T("close.text.stop")))), stay, stop, last)
	default:
		w.Leave(func() { w.close(w.interrupt) })
	}
}

// stop ends the transfers as Durdur does; interrupt ends them where they are, and they go on at the next
// start. Both wait for the page or batch in flight.
func (w *Window) stop() {
	w.cfg.Runners.Stop()
}

func (w *Window) interrupt() {
	w.cfg.Runners.Interrupt()
}

// close ends the transfers by end, waits for what else must come to an end of its own, and lets the
// window go.
func (w *Window) close(end func()) {
	w.closed = true
	size := w.win.Canvas().Size()
	w.e.SavePreference(PreferenceWidth, strconv.Itoa(int(size.Width)))
	w.e.SavePreference(PreferenceHeight, strconv.Itoa(int(size.Height)))
	w.e.SavePreference(PreferenceSection, w.at.Number())
	e, leave := w.e, w.end
	w.body.Objects = []fyne.CanvasObject{container.NewCenter(container.NewVBox(
		widgets.NewTitle(e.T("closing")).OneLine(), widgets.NewEndless()))}
	w.body.Refresh()
	go func() {
		end()
		leave()
		e.Jobs.Wait()
		e.Do(func() {
			w.win.Close()
			if w.cfg.OnClosed != nil {
				w.cfg.OnClosed()
			}
		})
	}()
}

// restLook is how often a hidden window looks whether there is still something to do.
const restLook = time.Second

// hide lets the transfers go on without a window. The program ends by itself when they have ended;
// starting it again brings the window back.
func (w *Window) hide() {
	w.hidden = true
	w.win.Hide()
	w.cfg.Log.Info("the window is hidden, the transfers go on", "companies", len(w.working()))
	e := w.e
	go func() {
		look := time.NewTicker(restLook)
		defer look.Stop()
		for {
			select {
			case <-e.Ctx.Done():
				return
			case <-look.C:
			}
			if w.cfg.Runners.Rested() {
				e.Do(w.endHidden)
			}
		}
	}()
}

// endHidden ends the program if nobody has brought the window back meanwhile.
func (w *Window) endHidden() {
	if w.hidden && !w.closed {
		w.cfg.Log.Info("no transfer is left to do, the program ends")
		w.close(w.interrupt)
	}
}
