package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"
	fynetooltip "github.com/dweymouth/fyne-tooltip"

	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// Answer is one button of a dialog.
type Answer struct {
	Label      string
	Importance widget.Importance
	Act        func()
	// Check replaces act: it decides by itself whether the dialog closes.
	Check func()
}

// Ask opens a dialog with a question. The last answer is the primary one (Enter, unless it is
// dangerous), the first one cancels (Esc). Every answer closes the dialog before it acts. A second dialog is not opened.
func (e *Env) Ask(title, text string, answers ...Answer) *Modal {
	body := widget.NewLabel(text)
	body.Wrapping = fyne.TextWrapWord
	return e.AskWith(title, widgets.FixedWidth(440, body), answers...)
}

// AskWith is ask with a content of its own.
func (e *Env) AskWith(title string, content fyne.CanvasObject, answers ...Answer) *Modal {
	if e.Modal != nil {
		return nil
	}
	m := &Modal{}
	m.press.Await()
	buttons := container.NewHBox(layout.NewSpacer())
	for i, a := range answers {
		act := func() {
			if a.Check != nil {
				a.Check()
				return
			}
			e.CloseModal(m)
			if a.Act != nil {
				a.Act()
			}
		}
		b := widgets.NewButton(a.Label, act)
		b.Importance = a.Importance
		buttons.Add(b)
		b.SetEscape(func() { m.Cancel() })
		if i == 0 {
			m.Cancel = act
		}
		m.primary = act
		if a.Importance == widget.DangerImportance {
			m.primary = func() {}
		}
	}
	head := widget.NewLabelWithStyle(title, fyne.TextAlignLeading, fyne.TextStyle{Bold: true})
	head.SizeName = "subHeadingText"
	box := widgets.Inset(14, 10, widgets.NewSteady(container.NewVBox(head, content, widgets.Gap(4), buttons)))
	m.PopUp = widget.NewModalPopUp(box, e.Win.Canvas())
	fynetooltip.AddPopUpToolTipLayer(m.PopUp)
	e.Modal = m
	m.PopUp.Show()
	return m
}

// CloseModal closes m if it is the open one.
func (e *Env) CloseModal(m *Modal) {
	if m == nil || e.Modal != m {
		return
	}
	e.Modal = nil
	m.PopUp.Hide()
	fynetooltip.DestroyPopUpToolTipLayer(m.PopUp)
}

// ModalKey gives a key that no field took to the open dialog, and tells whether there is one.
func (e *Env) ModalKey(k *fyne.KeyEvent) bool {
	if e.Modal == nil {
		return false
	}
	switch k.Name {
	case fyne.KeyEscape:
		e.Modal.Cancel()
	case fyne.KeyReturn, fyne.KeyEnter:
		if e.Modal.press.Fresh() { // a key that is still held has opened it
			e.Modal.primary()
		}
	}
	return true
}

// ModalDown tells the open dialog that a key was pressed.
func (e *Env) ModalDown(k *fyne.KeyEvent) {
	if e.Modal != nil {
		e.Modal.press.KeyDown(k)
	}
}
