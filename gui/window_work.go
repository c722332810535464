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

// workRefresh is after how many looks what stands around the pages is fetched anew while something is at work: it spends calls.
const workRefresh = 4

// watchWork keeps the frame's marks of companies at work, and what they spend.
func (w *Window) watchWork() {
	e := w.e
	shown := w.working()
	w.showWork(shown)
	go func() {
		look := time.NewTicker(workLook)
		defer look.Stop()
		for looks := 1; ; looks++ {
			select {
			case <-e.Ctx.Done():
				return
			case <-look.C:
			}
			now := w.working()
			changed := !slices.Equal(now, shown)
			if !changed && (len(now) == 0 || looks%workRefresh != 0) {
				continue
			}
			shown = now
			e.Do(func() {
				if e.Ctx.Err() != nil {
					return
				}
				if changed {
					w.showWork(now)
				}
				w.Refresh() // the last transfer stands otherwise now, and has cost more
			})
		}
	}()
}

func (w *Window) showWork(ids []domain.CompanyID) {
	w.header.showWork(ids)
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

// SayLocked tells that work has waited since then while the window was closed, because the keyring was locked. It is called on the
// interface's thread.
func (w *Window) SayLocked(since time.Time) {
	w.e.Ask(w.e.T("schedule.locked.title"), w.e.T("schedule.locked", w.e.Moment(since)),
		kit.Answer{Label: w.e.T("ok"), Importance: widget.HighImportance})
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
