package gui

import (
	"context"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2/widget"

	"github.com/sopyo/sopyo-desktop/domain"
)

// workLook is how often the frame looks which companies' transfers are at work.
const workLook = 500 * time.Millisecond

// working gives the companies whose transfers are at work, whichever is in view.
func (w *Window) working() []domain.CompanyID {
	if w.cfg.Workshop == nil {
		return nil
	}
	return w.cfg.Workshop.Working()
}

// previewing tells whether a look at what would happen is at work; its screen is the only one to see it.
func (w *Window) previewing() bool {
	s, ok := w.page.sections[sectionTransfer].(*transferSection)
	return ok && s.previewing()
}

// watchWork keeps the frame's marks of companies at work.
func (w *Window) watchWork() {
	if w.cfg.Workshop == nil {
		return
	}
	e := w.e
	shown := w.working()
	w.showWork(shown)
	go func() {
		look := time.NewTicker(workLook)
		defer look.Stop()
		for {
			select {
			case <-e.ctx.Done():
				return
			case <-look.C:
			}
			now := w.working()
			if slices.Equal(now, shown) {
				continue
			}
			shown = now
			e.do(func() {
				if e.ctx.Err() == nil {
					w.showWork(now)
					w.refresh() // the last transfer stands otherwise now
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

// takeCompany shows another company that somebody outside asked for; one that this window has not heard
// of was added meanwhile.
func (w *Window) takeCompany(id domain.CompanyID) {
	if w.cfg.List == nil {
		w.setCompany(id)
		return
	}
	background(w.e, func(ctx context.Context) ([]domain.Company, error) { return w.cfg.List(ctx) },
		func(all []domain.Company, err error) {
			if err == nil {
				w.cfg.Companies = all
			}
			w.setCompany(id)
		})
}

// SayLeftAlone tells of companies whose interrupted transfers could not be gone on with. It is called on
// the interface's thread.
func (w *Window) SayLeftAlone(companies []domain.Company) {
	names := make([]string, len(companies))
	for i, c := range companies {
		names[i] = c.Name
	}
	w.e.ask(w.e.t("work.left-alone.title"), w.e.t("work.left-alone", strings.Join(names, ", ")),
		answer{label: w.e.t("ok"), importance: widget.HighImportance})
}
