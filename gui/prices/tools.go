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

// toolsOf makes the quiet ways from section 4 to what stands behind its rules. The laboratory stands with the
// saving button: it is what a person should look at before.
func (s *Page) toolsOf(e *env) (quiet fyne.CanvasObject, beside fyne.CanvasObject) {
	box := container.New(layout.NewRowWrapLayout())
	add := func(key string, icon fyne.Resource, act func()) {
		b := widgets.NewIconButton(e.T(key), icon, act)
		b.Importance = widget.LowImportance
		box.Add(b)
	}
	add("commission.open", theme.ContentCutIcon(), func() { askCommission(e, s.fillPercent) })
	add("rates.open", theme.CalendarIcon(), func() { s.e.Frame.Cover(newRatesScreen(e)) })
	add("markets.open", theme.ListIcon(), func() { s.e.Frame.Cover(newMarketsScreen(s)) })
	add("approve.open", theme.ConfirmIcon(), func() { s.e.Frame.Cover(newApprovals(e)) })
	return box, widgets.NewIconButton(e.T("lab.open"), theme.SearchIcon(), s.openLaboratory)
}

// openLaboratory tries the rules as they are edited; what cannot be read is said at its field.
func (s *Page) openLaboratory() {
	if err := s.Check(s.Now); err != nil {
		s.Refuse(err)
		return
	}
	s.e.Frame.Cover(newLaboratory(s))
}

// fillPercent writes an increase by percent into the rule that is edited.
func (s *Page) fillPercent(percent decimal.Decimal) {
	d := s.draft()
	d.direction, d.kind, d.amount = pricing.Increase, pricing.Percent, plainNumber(percent, s.e.Lang)
	s.rule.fill(d)
	s.setDraft(d)
	s.Bar.SetNote(s.e.T("commission.filled"))
}
