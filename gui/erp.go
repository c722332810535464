package gui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// newERPScreen is Ayarlar, ERP Muhasebe: the accounting systems as cards.
func newERPScreen(w *Window) fyne.CanvasObject {
	e := w.e
	back := func() { w.show(viewSettings); w.page.bring(w.page.current) }
	open := widgets.NewIconButton(e.t("isbasi.settings"), theme.SettingsIcon(), back)
	card := widgets.NewCard(theme.NewColoredResource(theme.StorageIcon(), theme.ColorNamePrimary), e.t("isbasi.name"), e.t("isbasi.about"), open, back)
	return container.NewVScroll(widgets.Inset(20, 16, container.NewVBox(
		widgets.NewTitle(e.t("menu.erp")), widgets.NewMuted(e.t("erp.text")), widgets.Gap(4), widgets.MaxWidth(560, card))))
}
