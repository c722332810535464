package gui

import (
	"context"

	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// addCompany asks for the name of another company and opens it. What is not saved is asked for first:
// the new company takes the place of the one in view.
func (w *Window) addCompany() {
	if w.e.modal != nil || w.heldUp() {
		return
	}
	w.page.leave(w.askCompany)
}

func (w *Window) askCompany() {
	e := w.e
	name := widgets.NewEntry(e.t("company.add.example"))
	wrong := widgets.NewText("", "error", "helperText")
	wrong.Hide()
	var m *modal
	busy := false
	add := func() {
		if busy {
			return // Enter pressed twice makes one company
		}
		busy = true
		background(e, func(ctx context.Context) (domain.Company, error) { return w.cfg.Add(ctx, name.Text) },
			func(info domain.Company, err error) {
				busy = false
				if err != nil {
					wrong.SetText(errorText(e.text, err))
					wrong.Show()
					e.win.Canvas().Focus(name)
					return
				}
				e.closeModal(m)
				if len(w.cfg.Companies) == 0 {
					w.cfg.Companies = []domain.Company{w.co.Info}
				}
				w.cfg.Companies = append(w.cfg.Companies, info)
				w.setCompany(info.ID)
			})
	}
	text := widgets.FixedWidth(460, widgets.NewBody(e.t("company.add.text")))
	m = e.askWith(e.t("company.add.title"), container.NewVBox(text, name, wrong),
		answer{label: e.t("cancel")},
		answer{label: e.t("company.add.do"), importance: widget.HighImportance, check: add})
	if m == nil {
		return
	}
	name.SetEscape(m.cancel)
	name.OnSubmitted = func(string) { add() }
	e.win.Canvas().Focus(name)
}
