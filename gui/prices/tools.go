package prices

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain/pricing"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// newTools makes the way back to the rules of before, and the button of the ways from section 4 to what stands behind its rules: fill
// is told the percent that makes up for a commission, changed the marketplaces when they have changed.
func newTools(e *env, earlier *widgets.Button, fill func(percent decimal.Decimal), changed func(pricing.Marketplaces)) fyne.CanvasObject {
	var open *widgets.Button
	open = widgets.NewIconButton(e.T("price.tools"), theme.MenuDropDownIcon(), func() {
		e.PopUp(kit.Under(open),
			fyne.NewMenuItem(e.T("commission.open"), func() { askCommission(e, fill) }),
			fyne.NewMenuItem(e.T("rates.open"), func() { e.Frame.Cover(newRatesScreen(e)) }),
			fyne.NewMenuItem(e.T("markets.open"), func() { e.Frame.Cover(newMarketsScreen(e, changed)) }),
			fyne.NewMenuItem(e.T("approve.open"), func() { e.Frame.Cover(newApprovals(e)) }))
	})
	return container.NewHBox(earlier, open)
}
