package gui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/sopyo/sopyo-desktop/assets"
	"github.com/sopyo/sopyo-desktop/domain/words"
	"github.com/sopyo/sopyo-desktop/gui/kit"
)

// NewErrorWindow makes the window of a start that failed: what happened, what to do, and a button that
// ends the program.
func NewErrorWindow(app fyne.App, lang string, err error) (fyne.Window, error) {
	text, terr := assets.NewText(lang)
	if terr != nil {
		return nil, terr
	}
	app.Settings().SetTheme(kit.NewLook(kit.ThemeSystem))
	what, do := words.New(text.Lang, text.T).ErrorParts(err)
	said := widget.NewLabelWithStyle(what, fyne.TextAlignLeading, fyne.TextStyle{Bold: true})
	said.Wrapping = fyne.TextWrapWord
	mend := widget.NewLabel(do)
	mend.Wrapping = fyne.TextWrapWord
	w := app.NewWindow("Sopyo")
	leave := widget.NewButton(text.T("startup.close"), app.Quit)
	leave.Importance = widget.HighImportance
	w.SetContent(container.NewPadded(container.NewBorder(nil,
		container.NewBorder(nil, nil, nil, leave),
		container.NewVBox(widget.NewIcon(theme.ErrorIcon())), nil,
		container.NewVBox(said, mend))))
	w.Resize(fyne.NewSize(520, 200))
	w.CenterOnScreen()
	w.SetMaster()
	return w, nil
}
