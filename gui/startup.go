package gui

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/sopyo/sopyo-desktop/assets"
	"github.com/sopyo/sopyo-desktop/domain/words"
	"github.com/sopyo/sopyo-desktop/gui/about"
	"github.com/sopyo/sopyo-desktop/gui/kit"
)

// Dress gives the program the look of a theme: light, dark, or else as the system is.
func Dress(app fyne.App, theme string) { app.Settings().SetTheme(kit.NewLook(theme)) }

// NewErrorWindow makes the window of a start that failed: what happened, what to do, a button that makes the file for support,
// and one that ends the program.
func NewErrorWindow(ctx context.Context, app fyne.App, lang string, err error, support about.Support) (fyne.Window, error) {
	text, terr := assets.NewText(lang)
	if terr != nil {
		return nil, terr
	}
	said := words.New(text.Lang, text.T)
	what, do := said.ErrorParts(err)
	happened := widget.NewLabelWithStyle(what, fyne.TextAlignLeading, fyne.TextStyle{Bold: true})
	happened.Wrapping = fyne.TextWrapWord
	mend := widget.NewLabel(do)
	mend.Wrapping = fyne.TextWrapWord
	w := app.NewWindow("Sopyo")
	leave := widget.NewButton(text.T("startup.close"), app.Quit)
	leave.Importance = widget.HighImportance
	ask := widget.NewButton(text.T("about.support"), nil)
	ask.OnTapped = func() {
		ask.Disable()
		go func() {
			path, err := support.SupportFile(ctx)
			fyne.Do(func() {
				ask.Enable()
				if mend.SetText(said.T("about.support.done", path)); err != nil {
					mend.SetText(said.Error(err))
				}
			})
		}()
	}
	w.SetContent(container.NewPadded(container.NewBorder(nil,
		container.NewBorder(nil, nil, nil, container.NewHBox(ask, leave)),
		container.NewVBox(widget.NewIcon(theme.ErrorIcon())), nil,
		container.NewVBox(happened, mend))))
	w.Resize(fyne.NewSize(520, 200))
	w.CenterOnScreen()
	w.SetMaster()
	return w, nil
}
