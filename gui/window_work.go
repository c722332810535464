package gui

import (
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2/widget"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/gui/kit"
)

// workLook is how often the frame looks which companies' transfers are at work.
const workLook = 500 * time.Millisecond

// working gives the companies whose transfers are at work, whichever is in view.
func (w *Window) working() []domain.CompanyID {
	return w.cfg.Runners.Working()
}

// watchWork keeps the frame's marks of companies at work.
func (w *Window) watchWork() {
	e := w.e
	shown := w.working()
	w.showWork(shown)
	go func() {
		look := time.NewTicker(workLook)
		defer look.Stop()
		for {
			select {
			case <-e.Ctx.Done():
				return
			case <-look.C:
			}
			now := w.working()
			if slices.Equal(now, shown) {
				continue
			}
			shown = now
			e.Do(func() {
				if e.Ctx.Err() == nil {
					w.showWork(now)
					w.Refresh() // the last transfer stands otherwise now
				}
			})
		}
	}()
}

func (w *Window) showWork(ids []domain.CompanyID) {
	w.header.showWork(ids)
	w.footer.showWork(len(ids))
}

// namesOf names companies in the order of the switcher.
func (w *Window) namesOf(ids []domain.CompanyID) []string {
	var names []string
	for _, c := range w.header.companies {
		if slices.Contains(ids, c.ID) {
			names = append(names, c.Name)
		}
	}
	return names
}

// SayLeftAlone tells of companies whose interrupted transfers could not be gone on with. It is called on
// the interface's thread.
func (w *Window) SayLeftAlone(companies []domain.Company) {
	names := make([]string, len(companies))
	for i, c := range companies {
		names[i] = c.Name
	}
	w.e.Ask(w.e.T("work.left-alone.title"), w.e.T("work.left-alone", strings.Join(names, ", ")),
		kit.Answer{Label: w.e.T("ok"), Importance: widget.HighImportance})
}
