package prices

import (
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/pricing"
	"github.com/sopyo/sopyo-desktop/domain/words"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// commissionHelper is Komisyon Hesabı: what a product has to cost so that enough remains after a
// marketplace's commission. It can write the percent into the rule that is edited.
type commissionHelper struct {
	e                 *env
	net, rate         *widgets.Entry
	netRow, rateRow   *widgets.Row
	result, as, round *widgets.Text
	dialog            *kit.Modal
}

// askCommission opens it; fill takes the percent for the rule.
func askCommission(e *env, fill func(percent decimal.Decimal)) {
	h := &commissionHelper{e: e, net: widgets.NewEntry(e.T("commission.net.hint")), rate: widgets.NewEntry(e.T("commission.rate.hint"))}
	h.netRow = widgets.NewRow(e.T("commission.net"), h.net, e.T("commission.net.help"))
	h.rateRow = widgets.NewRow(e.T("commission.rate"), h.rate, e.T("commission.rate.help"))
	h.result = widgets.NewBody(e.T("commission.wait"))
	h.as, h.round = widgets.NewBody(""), widgets.NewCaption(e.T("commission.rounding"))
	write := func() {
		if c, ok := h.read(); ok {
			e.CloseModal(h.dialog)
			fill(c.Increase())
			return
		}
		h.netRow.Focus(e.Win.Canvas())
	}
	for _, f := range []*widgets.Entry{h.net, h.rate} {
		f.OnChanged = func(string) { h.read() }
		f.OnSubmitted = func(string) { write() }
	}
	h.dialog = e.AskWith(e.T("commission.title"), widgets.FixedWidth(560, container.NewVBox(
		widgets.NewMuted(e.T("commission.text")), h.netRow, h.rateRow, widget.NewSeparator(), h.result, h.as, h.round)),
		kit.Answer{Label: e.T("cancel")},
		kit.Answer{Label: e.T("commission.fill"), Importance: widget.HighImportance, Check: write})
	if h.dialog == nil {
		return
	}
	h.net.SetEscape(h.dialog.Cancel)
	h.rate.SetEscape(h.dialog.Cancel)
	e.Win.Canvas().Focus(h.net)
}

// read computes what is typed, and says it or what is wrong.
func (h *commissionHelper) read() (pricing.Commission, bool) {
	h.netRow.SetError("")
	h.rateRow.SetError("")
	h.result.SetText(h.e.T("commission.wait"))
	h.as.SetText("")
	var c pricing.Commission
	whole := true
	for _, f := range []struct {
		field, text string
		into        *decimal.Decimal
	}{{"net", h.net.Text, &c.Net}, {"commission", h.rate.Text, &c.Percent}} {
		if f.text == "" {
			whole = false
			continue
		}
		var err error
		if *f.into, err = domain.ParseNumber(f.text, h.e.Lang); err != nil {
			h.refuse(domain.Invalid(f.field, "number"))
			whole = false
		}
	}
	if !whole {
		return c, false
	}
	if err := c.Validate(); err != nil {
		h.refuse(err)
		return c, false
	}
	price := c.Price()
	taken := c.Taken(price)
	money := func(d decimal.Decimal) string { return h.e.Money(d, pricing.Target) }
	h.result.SetText(h.e.T("commission.result", money(price), money(taken), money(price.Sub(taken))))
	h.as.SetText(h.e.T("commission.increase", domain.FormatPercent(c.Increase(), h.e.Lang)))
	return c, true
}

func (h *commissionHelper) refuse(err error) {
	row := h.netRow
	if words.RefusedField(err) == "commission" {
		row = h.rateRow
	}
	row.SetError(h.e.Error(err))
}
