package gui

import (
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/pricing"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// commissionHelper is Komisyon Hesabı: what a product has to cost so that enough remains after a
// marketplace's commission. It can write the percent into the rule that is edited.
type commissionHelper struct {
	e                 *env
	net, rate         *widgets.Entry
	netRow, rateRow   *widgets.Row
	result, as, round *widgets.Text
	dialog            *modal
}

// askCommission opens it; fill takes the percent for the rule.
func askCommission(e *env, fill func(percent decimal.Decimal)) {
	h := &commissionHelper{e: e, net: widgets.NewEntry(e.t("commission.net.hint")), rate: widgets.NewEntry(e.t("commission.rate.hint"))}
	h.netRow = widgets.NewRow(e.t("commission.net"), h.net, e.t("commission.net.help"))
	h.rateRow = widgets.NewRow(e.t("commission.rate"), h.rate, e.t("commission.rate.help"))
	h.result = widgets.NewBody(e.t("commission.wait"))
	h.as, h.round = widgets.NewBody(""), widgets.NewCaption(e.t("commission.rounding"))
	write := func() {
		if c, ok := h.read(); ok {
			e.closeModal(h.dialog)
			fill(c.Increase())
			return
		}
		h.netRow.Focus(e.win.Canvas())
	}
	for _, f := range []*widgets.Entry{h.net, h.rate} {
		f.OnChanged = func(string) { h.read() }
		f.OnSubmitted = func(string) { write() }
	}
	h.dialog = e.askWith(e.t("commission.title"), widgets.FixedWidth(560, container.NewVBox(
		widgets.NewMuted(e.t("commission.text")), h.netRow, h.rateRow, widget.NewSeparator(), h.result, h.as, h.round)),
		answer{label: e.t("cancel")},
		answer{label: e.t("commission.fill"), importance: widget.HighImportance, check: write})
	if h.dialog == nil {
		return
	}
	h.net.SetEscape(h.dialog.cancel)
	h.rate.SetEscape(h.dialog.cancel)
	e.win.Canvas().Focus(h.net)
}

// read computes what is typed, and says it or what is wrong.
func (h *commissionHelper) read() (pricing.Commission, bool) {
	h.netRow.SetError("")
	h.rateRow.SetError("")
	h.result.SetText(h.e.t("commission.wait"))
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
		if *f.into, err = domain.ParseNumber(f.text, h.e.text.Lang); err != nil {
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
	money := func(d decimal.Decimal) string { return h.e.money(d, pricing.Target) }
	h.result.SetText(h.e.t("commission.result", money(price), money(taken), money(price.Sub(taken))))
	h.as.SetText(h.e.t("commission.increase", domain.FormatPercent(c.Increase(), h.e.text.Lang)))
	return c, true
}

func (h *commissionHelper) refuse(err error) {
	row := h.netRow
	if invalidField(err) == "commission" {
		row = h.rateRow
	}
	row.SetError(errorText(h.e.text, err))
}
