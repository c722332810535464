package guide

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/sopyo/sopyo-desktop/assets"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// still is a page that fetches nothing.
type still struct{ object fyne.CanvasObject }

func (p still) Content() fyne.CanvasObject { return p.object }
func (p still) Show()                      {}

// NewHelp is the bundled set-up guide; it needs no connection.
func NewHelp(e *kit.Env) kit.Page {
	guide := widget.NewRichTextFromMarkdown(assets.Guide(e.Lang))
	guide.Wrapping = fyne.TextWrapWord
	back := widgets.NewIconButton(e.T("guide.back"), theme.NavigateBackIcon(), e.Frame.Back)
	video := widgets.NewIconButton(e.T("guide.video"), theme.MediaVideoIcon(), func() { e.Visit(assets.VideoURL()) })
	about := widgets.NewIconButton(e.T("menu.about"), theme.InfoIcon(), func() { e.Frame.Open(kit.PlaceAbout) })
	return still{widgets.NewBorder(widgets.Inset(12, 6, container.NewHBox(back, video, about)), nil, nil, nil,
		container.NewVScroll(widgets.Inset(16, 4, widgets.MaxWidth(760, guide))))}
}
