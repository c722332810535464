package gui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"
	fynetooltip "github.com/dweymouth/fyne-tooltip"

	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// modal is an open dialog. There is at most one: hiding a lower one would close those above it.
type modal struct {
	popUp   *widget.PopUp
	primary func()
	cancel  func()
}

// answer is one button of a dialog.
type answer struct {
	label      string
	importance widget.Importance
	act        func()
	// check replaces act: it decides by itself whether the dialog closes.
	check func()
}

// ask opens a dialog with a question. The last answer is the primary one (Enter, unless it is
// dangerous), the first one cancels (Esc). Every answer closes the dialog before it acts. A second dialog is not opened.
func (e *env) ask(title, text string, answers ...answer) *modal {
	body := widget.NewLabel(text)
	body.Wrapping = fyne.TextWrapWord
	return e.askWith(title, widgets.FixedWidth(440, body), answers...)
}

// askWith is ask with a content of its own.
func (e *env) askWith(title string, content fyne.CanvasObject, answers ...answer) *modal {
	if e.modal != nil {
		return nil
	}
	m := &modal{}
	buttons := container.NewHBox(layout.NewSpacer())
	for i, a := range answers {
		act := func() {
			if a.check != nil {
				a.check()
				return
			}
			e.closeModal(m)
			if a.act != nil {
				a.act()
			}
		}
		b := widgets.NewButton(a.label, act)
		b.Importance = a.importance
		buttons.Add(b)
		b.SetEscape(func() { m.cancel() })
		if i == 0 {
			m.cancel = act
		}
		m.primary = act
		if a.importance == widget.DangerImportance {
			m.primary = func() {}
		}
	}
	head := widget.NewLabelWithStyle(title, fyne.TextAlignLeading, fyne.TextStyle{Bold: true})
	head.SizeName = "subHeadingText"
	box := container.NewPadded(container.NewVBox(head, content, widgets.Gap(4), buttons))
	m.popUp = widget.NewModalPopUp(box, e.win.Canvas())
	fynetooltip.AddPopUpToolTipLayer(m.popUp)
	e.modal = m
	m.popUp.Show()
	return m
}

// closeModal closes m if it is the open one.
func (e *env) closeModal(m *modal) {
	if m == nil || e.modal != m {
		return
	}
	e.modal = nil
	m.popUp.Hide()
	fynetooltip.DestroyPopUpToolTipLayer(m.popUp)
}
