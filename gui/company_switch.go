package gui

import (
	"context"

	"fyne.io/fyne/v2/widget"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/exports"
	"github.com/sopyo/sopyo-desktop/gui/kit"
)

// openDemo opens the demo company.
func (w *Window) openDemo() {
	if w.e.Modal != nil || w.heldUp() {
		return
	}
	w.Leave(func() {
		kit.Background(w.e, w.cfg.Demo, func(info domain.Company, err error) {
			if err != nil {
				w.e.Ask(w.e.T("company.failed"), w.e.Error(err), kit.Answer{Label: w.e.T("ok"), Importance: widget.HighImportance})
				return
			}
			w.takeCompany(info.ID)
		})
	})
}

// machine tells how the companies stand.
type machine struct{ w *Window }

func (m machine) Companies(ctx context.Context) ([]domain.Company, error) { return m.w.cfg.List(ctx) }

func (m machine) Facts(ctx context.Context, info domain.Company) (f kit.Facts, err error) {
	err = m.w.cfg.Look(ctx, info, func(co Ports) (err error) {
		f, err = fetchFacts(ctx, co)
		return err
	})
	return f, err
}

func (m machine) Export(ctx context.Context, all []exports.Company) (string, error) {
	return m.w.cfg.ExportCompanies(ctx, m.w.lang, all)
}

// enter opens a company at its first page.
func (w *Window) enter(id domain.CompanyID) {
	if id == w.co.Info.ID {
		w.Open(kit.PlaceToday)
		return
	}
	w.switchTo(id, kit.PlaceToday)
}

// setCompany opens another company at the page in view.
func (w *Window) setCompany(id domain.CompanyID) { w.switchTo(id, w.at) }

func (w *Window) switchTo(id domain.CompanyID, at kit.Place) {
	if id == w.co.Info.ID {
		return
	}
	if w.heldUp() {
		w.header.showCompany(w.co.Info)
		return
	}
	back := func() { w.header.showCompany(w.co.Info) }
	w.leaveOr(func() {
		kit.Background(w.e, func(ctx context.Context) (Company, error) { return w.cfg.Open(ctx, id) },
			func(co Company, err error) {
				if err != nil {
					back()
					w.e.Ask(w.e.T("company.failed"), w.e.Error(err), kit.Answer{Label: w.e.T("ok"), Importance: widget.HighImportance})
					return
				}
				w.co, w.at = co, at
				w.e.SavePreference(PreferenceCompany, string(co.Info.ID))
				w.rebuild()
			})
	}, back)
}

// Reopen opens a company anew, whose file was replaced or was not on the list, and shows it.
func (w *Window) Reopen(id domain.CompanyID) {
	type opened struct {
		all []domain.Company
		co  Company
	}
	kit.Background(w.e, func(ctx context.Context) (opened, error) {
		all, err := w.cfg.List(ctx)
		if err != nil {
			return opened{}, err
		}
		co, err := w.cfg.Open(ctx, id)
		return opened{all, co}, err
	}, func(o opened, err error) {
		if err != nil {
			w.e.Ask(w.e.T("company.failed"), w.e.Error(err), kit.Answer{Label: w.e.T("ok"), Importance: widget.HighImportance})
			return
		}
		w.cfg.Companies, w.co = o.all, o.co
		w.e.SavePreference(PreferenceCompany, string(o.co.Info.ID))
		w.rebuild()
	})
}

// takeCompany shows another company that somebody outside asked for; one that this window has not heard
// of was added meanwhile.
func (w *Window) takeCompany(id domain.CompanyID) {
	kit.Background(w.e, func(ctx context.Context) ([]domain.Company, error) { return w.cfg.List(ctx) },
		func(all []domain.Company, err error) {
			if err == nil {
				w.cfg.Companies = all
			}
			w.setCompany(id)
		})
}
