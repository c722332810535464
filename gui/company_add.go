package gui

import (
	"context"

	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// addCompany asks for the name of another company, and has it opened. What is not saved is asked for first:
// the new company takes the place of the one in view.
func (w *Window) addCompany(open func(domain.CompanyID)) {
	if w.e.Modal != nil || w.heldUp() {
		return
	}
	w.Leave(func() { w.askCompany(open) })
}

func (w *Window) askCompany(open func(domain.CompanyID)) {
	w.askName("company.add", "", w.cfg.Add, func(info domain.Company) {
		if len(w.cfg.Companies) == 0 {
			w.cfg.Companies = []domain.Company{w.co.Info}
		}
		w.cfg.Companies = append(w.cfg.Companies, info)
		open(info.ID)
	})
}

// renameCompany asks for another name of the company in view.
func (w *Window) renameCompany() {
	w.Leave(func() {
		w.askName("company.rename", w.co.Info.Name, func(ctx context.Context, name string) (domain.Company, error) {
			return w.cfg.Rename(ctx, w.co.Info.ID, name)
		}, func(info domain.Company) {
			w.named(info)
			w.rebuild()
		})
	})
}

// named takes the name that the company in view has got.
func (w *Window) named(info domain.Company) {
	w.co.Info = info
	for i, c := range w.cfg.Companies {
		if c.ID == info.ID {
			w.cfg.Companies[i] = info
		}
	}
}

// askName asks for a name in a dialog whose words begin with key, until act takes it.
func (w *Window) askName(key, known string, act func(ctx context.Context, name string) (domain.Company, error), done func(domain.Company)) {
	e := w.e
	name := widgets.NewEntry(e.T("company.add.example"))
	name.SetText(known)
	wrong := widgets.NewText("", "error", "helperText")
	wrong.Hide()
	var m *kit.Modal
	busy := false
	take := func() {
		if busy {
			return // Enter pressed twice does it once
		}
		busy = true
		kit.Background(e, func(ctx context.Context) (domain.Company, error) { return act(ctx, name.Text) },
			func(info domain.Company, err error) {
				busy = false
				if err != nil {
					wrong.SetText(e.Error(err))
					wrong.Show()
					e.Win.Canvas().Focus(name)
					return
				}
				e.CloseModal(m)
				done(info)
			})
	}
	text := widgets.FixedWidth(460, widgets.NewBody(e.T(key+".text")))
	m = e.AskWith(e.T(key+".title"), container.NewVBox(text, name, wrong),
		kit.Answer{Label: e.T("cancel")},
		kit.Answer{Label: e.T(key + ".do"), Importance: widget.HighImportance, Check: take})
	if m == nil {
		return
	}
	name.SetEscape(m.Cancel)
	name.OnSubmitted = func(string) { take() }
	e.Win.Canvas().Focus(name)
}
