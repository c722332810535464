package prices

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain/pricing"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// newTools makes the quiet ways from section 4 to what stands behind its rules: fill is told the percent that makes
// up for a commission, changed the marketplaces when they have changed.
func newTools(e *env, fill func(percent decimal.Decimal), changed func(pricing.Marketplaces)) fyne.CanvasObject {
	box := container.New(layout.NewRowWrapLayout())
	add := func(key string, icon fyne.Resource, act func()) {
		b := widgets.NewIconButton(e.T(key), icon, act)
		b.Importance = widget.LowImportance
		box.Add(b)
	}
	add("commission.open", theme.ContentCutIcon(), func() { askCommission(e, fill) })
	add("rates.open", theme.CalendarIcon(), func() { e.Frame.Cover(newRatesScreen(e)) })
	add("markets.open", theme.ListIcon(), func() { e.Frame.Cover(newMarketsScreen(e, changed)) })
	add("approve.open", theme.ConfirmIcon(), func() { e.Frame.Cover(newApprovals(e)) })
	return box
}
