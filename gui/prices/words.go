package prices

import (
	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/pricing"
)

// priced words the price after a draft, and what is to be said about it. A base in another currency is
// converted first, as everywhere.
func (e *env) priced(d ruleDraft, base decimal.Decimal, currency domain.Currency, rates pricing.Rates) (after, says string) {
	rule, err := d.rule(e.Lang)
	if err != nil {
		return e.T("none"), e.Error(err)
	}
	in := pricing.Input{Base: base, Rule: rule}
	if currency != "" && currency != pricing.Target {
		rate, ok := rates.On(currency, pricing.DayOf(e.Now()))
		if !ok {
			return e.T("none"), e.T("pricing.warning.no-rate")
		}
		in.Rate = rate.Value
	}
	r := pricing.Compute(in)
	if r.Blocked || !r.Price.Valid {
		return e.T("none"), e.T("price.blocked")
	}
	says = e.T("price.norule")
	if rule != nil {
		says = e.T("price.rule", e.ruleText(*rule, pricing.Target))
	}
	if r.Approval {
		says += " " + e.T("price.approval")
	}
	return e.Money(r.Price.Decimal, pricing.Target), says
}

// ruleText words a rule in a few characters: +%10, ek 20,00 ₺.
func (e *env) ruleText(r pricing.Rule, currency domain.Currency) string {
	sign := "+"
	if r.Direction == pricing.Discount {
		sign = "−"
	}
	text := ""
	if !r.Amount.IsZero() {
		if r.Kind == pricing.Percent {
			text = sign + domain.FormatPercent(r.Amount, e.Lang)
		} else {
			text = sign + e.Money(r.Amount, currency)
		}
	}
	join := func(s string) {
		if text != "" {
			text += ", "
		}
		text += s
	}
	if !r.Extra.IsZero() {
		join(e.T("price.rule.extra", e.Money(r.Extra, currency)))
	}
	if r.Ending != "" {
		join(e.T("price.rule.ending", e.T("rule.ending"+r.Ending)))
	}
	return text
}

// placeNames names marketplaces: all of them are one word, and of many the first are named.
func placeNames(e *env, all pricing.Marketplaces, ids []pricing.MarketplaceID) string {
	const named = 2
	text := ""
	for i, id := range ids {
		if i > 0 {
			text += ", "
		}
		if text += all.Name(id); i+1 == named && len(ids) > named+1 {
			text = e.T("lab.and-more", text, len(ids)-named)
			break
		}
	}
	if len(ids) == len(all) && len(all) > 1 {
		return e.T("lab.everywhere", len(all))
	}
	return text
}
