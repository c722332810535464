package guide

import (
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// NewERP is Ayarlar, ERP Muhasebe: the accounting systems as cards.
func NewERP(e *kit.Env) kit.Page {
	open := widgets.NewIconButton(e.T("isbasi.settings"), theme.SettingsIcon(), e.Frame.Back)
	card := widgets.NewCard(theme.NewColoredResource(theme.StorageIcon(), theme.ColorNamePrimary), e.T("isbasi.name"), e.T("isbasi.about"), open, e.Frame.Back)
	return still{container.NewVScroll(widgets.Inset(20, 16, container.NewVBox(
		widgets.NewTitle(e.T("erp.title")), widgets.NewMuted(e.T("erp.text")), widgets.Gap(4), widgets.MaxWidth(560, card))))}
}
