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
	e := w.e
	name := widgets.NewEntry(e.T("company.add.example"))
	wrong := widgets.NewText("", "error", "helperText")
	wrong.Hide()
	var m *kit.Modal
	busy := false
	add := func() {
		if busy {
			return // Enter pressed twice makes one company
		}
		busy = true
		kit.Background(e, func(ctx context.Context) (domain.Company, error) { return w.cfg.Add(ctx, name.Text) },
			func(info domain.Company, err error) {
				busy = false
				if err != nil {
					wrong.SetText(e.Error(err))
					wrong.Show()
					e.Win.Canvas().Focus(name)
					return
				}
				e.CloseModal(m)
				if len(w.cfg.Companies) == 0 {
					w.cfg.Companies = []domain.Company{w.co.Info}
				}
				w.cfg.Companies = append(w.cfg.Companies, info)
				open(info.ID)
			})
	}
	text := widgets.FixedWidth(460, widgets.NewBody(e.T("company.add.text")))
	m = e.AskWith(e.T("company.add.title"), container.NewVBox(text, name, wrong),
		kit.Answer{Label: e.T("cancel")},
		kit.Answer{Label: e.T("company.add.do"), Importance: widget.HighImportance, Check: add})
	if m == nil {
		return
	}
	name.SetEscape(m.Cancel)
	name.OnSubmitted = func(string) { add() }
	e.Win.Canvas().Focus(name)
}
