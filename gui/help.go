package gui

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/sopyo/sopyo-desktop/assets"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// newGuideScreen is the bundled set-up guide; it needs no connection.
func newGuideScreen(w *Window) fyne.CanvasObject {
	e := w.e
	guide := widget.NewRichTextFromMarkdown(assets.Guide(e.text.Lang))
	guide.Wrapping = fyne.TextWrapWord
	back := widgets.NewIconButton(e.t("guide.back"), theme.NavigateBackIcon(), func() { w.show(viewSettings) })
	video := widgets.NewIconButton(e.t("guide.video"), theme.MediaVideoIcon(), func() { e.visit(assets.VideoURL()) })
	return widgets.NewBorder(widgets.Inset(12, 6, container.NewHBox(back, video)), nil, nil, nil,
		container.NewVScroll(widgets.Inset(16, 4, widgets.MaxWidth(760, guide))))
}

// newAboutScreen says what the program is, and which one.
func newAboutScreen(w *Window) fyne.CanvasObject {
	e := w.e
	version := w.cfg.Version
	if version == "" {
		version = e.t("none")
	}
	return widgets.Inset(20, 16, widgets.MaxWidth(640, container.NewVBox(
		widgets.NewTitle(e.t("app.name")),
		widgets.NewBody(e.t("about.text")),
		widgets.NewMuted(e.t("about.version", version)),
		widgets.NewMuted(e.t("about.licence")),
		widgets.NewMuted(e.t("about.keys")))))
}

// visit opens an address in the browser; if that fails the address is shown to be copied.
func (e *env) visit(address string) {
	background(e, func(context.Context) (struct{}, error) { return struct{}{}, e.openURL(address) },
		func(_ struct{}, err error) {
			if err == nil {
				return
			}
			e.ask(e.t("visit.failed"), e.t("visit.text", address),
				answer{label: e.t("ok")},
				answer{label: e.t("copy.address"), importance: widget.HighImportance, act: func() { e.app.Clipboard().SetContent(address) }})
		})
}
