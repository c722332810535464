package gui

import (
	"context"
	"errors"
	"slices"

	"fyne.io/fyne/v2/widget"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/gui/kit"
)

// removeCompany takes a company off the list once the person agrees. Its data stays among those of the removed companies, from
// where it comes back.
func (w *Window) removeCompany(info domain.Company) {
	if w.e.Modal != nil || w.heldUp() {
		return
	}
	w.Leave(func() {
		kit.Background(w.e, w.cfg.List, func(all []domain.Company, err error) {
			others := slices.DeleteFunc(all, func(c domain.Company) bool { return c.ID == info.ID })
			switch {
			case err != nil:
				w.notRemoved(err)
			case len(others) == 0: // the window shows one at any time
				w.e.Ask(w.e.T("company.remove.only"), w.e.T("company.remove.only.text"), kit.Answer{Label: w.e.T("ok"), Importance: widget.HighImportance})
			default:
				w.e.Ask(w.e.T("company.remove.ask", domain.Line(info.Name)), w.e.T("company.remove.text"), kit.Answer{Label: w.e.T("cancel")},
					kit.Answer{Label: w.e.T("company.remove.do"), Importance: widget.DangerImportance, Act: func() { w.remove(info, others) }})
			}
		})
	})
}

func (w *Window) notRemoved(err error) {
	w.e.Ask(w.e.T("company.remove.failed"), w.e.Error(err), kit.Answer{Label: w.e.T("ok"), Importance: widget.HighImportance})
}

// remove shows another company first where this one is in view: the file of one that is open stays where it is.
func (w *Window) remove(info domain.Company, others []domain.Company) {
	if info.ID != w.co.Info.ID {
		w.forget(info)
		return
	}
	kit.Background(w.e, func(ctx context.Context) (co Company, err error) {
		var errs []error
		for _, c := range others {
			if co, err = w.cfg.Open(ctx, c.ID); err == nil {
				return co, nil
			}
			errs = append(errs, err) // another program has it open
		}
		return co, errors.Join(errs...)
	}, func(co Company, err error) {
		if err != nil {
			w.notRemoved(err)
			return
		}
		w.co = co
		if w.at != kit.PlaceCompanies {
			w.at = kit.PlaceToday
		}
		w.e.SavePreference(PreferenceCompany, string(co.Info.ID))
		w.rebuild()
		w.forget(info)
	})
}

func (w *Window) forget(info domain.Company) {
	kit.Act(w.e, "save", func(ctx context.Context) ([]domain.Company, error) {
		if err := w.cfg.Remove(ctx, info); err != nil {
			return nil, err
		}
		return w.cfg.List(ctx)
	}, func(all []domain.Company, err error) {
		if err != nil {
			w.notRemoved(err)
			return
		}
		w.cfg.Companies = all
		w.rebuild()
		w.e.Ask(w.e.T("company.removed", domain.Line(info.Name)), w.e.T("company.removed.text"), kit.Answer{Label: w.e.T("ok"), Importance: widget.HighImportance})
	})
}
