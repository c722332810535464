package gui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain/pricing"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// toolsOf makes the quiet ways from section 4 to what stands behind its rules. The laboratory stands with the
// saving button: it is what a person should look at before.
func (s *priceSection) toolsOf(e *env) (quiet fyne.CanvasObject, beside []fyne.CanvasObject) {
	box := container.NewHBox()
	add := func(there bool, key string, icon fyne.Resource, act func()) {
		if !there {
			return
		}
		b := widgets.NewIconButton(e.t(key), icon, act)
		b.Importance = widget.LowImportance
		box.Add(b)
	}
	add(true, "commission.open", theme.ContentCutIcon(), func() { askCommission(e, s.fillPercent) })
	add(e.co.Rates != nil, "rates.open", theme.CalendarIcon(), func() { s.p.openScreen(newRatesScreen(e, s.p)) })
	add(e.co.Markets != nil, "markets.open", theme.ListIcon(), func() { s.p.openScreen(newMarketsScreen(s)) })
	add(e.co.Approvals != nil && e.co.Laboratory != nil, "approve.open", theme.ConfirmIcon(), func() { s.p.openScreen(newApprovals(e, s.p)) })
	if e.co.Laboratory != nil {
		beside = append(beside, widgets.NewIconButton(e.t("lab.open"), theme.SearchIcon(), s.openLaboratory))
	}
	return box, beside
}

// openLaboratory tries the rules as they are edited; what cannot be read is said at its field.
func (s *priceSection) openLaboratory() {
	if err := s.check(s.now); err != nil {
		s.refuse(err)
		return
	}
	s.p.openScreen(newLaboratory(s))
}

// fillPercent writes an increase by percent into the rule that is edited.
func (s *priceSection) fillPercent(percent decimal.Decimal) {
	d := s.draft()
	d.direction, d.kind, d.amount = pricing.Increase, pricing.Percent, plainNumber(percent, s.e.text.Lang)
	s.rule.fill(d)
	s.setDraft(d)
	s.bar.SetNote(s.e.t("commission.filled"))
}

// setMarkets takes the marketplaces as they are now; what is edited stays.
func (s *priceSection) setMarkets(all pricing.Marketplaces) {
	s.kept.markets, s.now.markets = all, all
	s.draw(s.now)
}
