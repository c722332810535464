package main

import (
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/pricing"
)

// priced is a computed price with what its steps are worded by.
type priced struct {
	result   pricing.Result
	rule     *pricing.Rule
	vat      decimal.Decimal
	rate     decimal.Decimal
	day      pricing.Day     // of the rate; "" = not known
	from, to domain.Currency // of the base and of the price; "" = not known
}

func pricedOffer(o pricing.Offer) priced {
	return priced{
		result: o.Result, rule: o.Rule, rate: o.Rate.Value, day: o.Rate.Day, from: o.Currency, to: pricing.Target,
	}
}

// explain words a price: a sentence for each step of rules.md §3, then one for each warning, then what
// comes out.
func (c *ctl) explain(p priced) []string {
	var lines []string
	for _, s := range p.result.Steps {
		lines = append(lines, c.stepSentence(s, p))
	}
	for _, w := range p.result.Warnings {
		lines = append(lines, c.text.T("pricing.warning."+string(w)))
	}
	switch {
	case p.result.Blocked:
		lines = append(lines, c.text.T("pricing.blocked"))
	case p.result.Approval:
		lines = append(lines, c.text.T("pricing.approval", c.money(p.result.Price.Decimal, p.to)))
	default:
		lines = append(lines, c.text.T("pricing.result", c.money(p.result.Price.Decimal, p.to)))
	}
	return lines
}

func (c *ctl) stepSentence(s pricing.Step, p priced) string {
	currency := p.to
	if s.Stage == pricing.StageBase || s.Stage == pricing.StageVAT {
		currency = p.from
	}
	price := c.money(s.Price, currency)
	key := "pricing.step." + string(s.Stage)
	switch s.Stage {
	case pricing.StageVAT:
		return c.text.T(key, domain.FormatPercent(p.vat, c.text.Lang), price)
	case pricing.StageRate:
		rate := c.number(p.rate)
		if p.day != "" {
			return c.text.T(key+".dated", p.day.Words(c.text.Lang), rate, price)
		}
		return c.text.T(key, rate, price)
	case pricing.StageRule:
		return c.text.T(key+"."+string(p.rule.Direction), c.amount(*p.rule), price)
	case pricing.StageExtra:
		return c.text.T(key, c.money(p.rule.Extra, p.to), price)
	case pricing.StageEnding:
		return c.text.T(key+"."+string(p.rule.EndingMode), c.ending(p.rule.Ending), price)
	default:
		return c.text.T(key, price)
	}
}

// ruleSentence words a rule: "%10 artış, ek fiyat 20,00 ₺, bitiş ,90 (yukarı)".
func (c *ctl) ruleSentence(r *pricing.Rule) string {
	if r == nil {
		return c.text.T("pricing.rule.none")
	}
	parts := []string{c.text.T("pricing.rule."+string(r.Direction), c.amount(*r))}
	if !r.Extra.IsZero() {
		parts = append(parts, c.text.T("pricing.rule.extra", c.money(r.Extra, pricing.Target)))
	}
	if r.Ending != "" {
		parts = append(parts, c.text.T("pricing.rule.ending."+string(r.EndingMode), c.ending(r.Ending)))
	}
	return strings.Join(parts, ", ")
}

func (c *ctl) amount(r pricing.Rule) string {
	if r.Kind == pricing.Percent {
		return domain.FormatPercent(r.Amount, c.text.Lang)
	}
	return c.money(r.Amount, pricing.Target)
}

func (c *ctl) money(d decimal.Decimal, currency domain.Currency) string {
	if currency == "" {
		return c.number(d)
	}
	return domain.FormatMoney(d, currency, c.text.Lang)
}

func (c *ctl) number(d decimal.Decimal) string { return domain.FormatNumber(d, c.text.Lang) }

func (c *ctl) ending(ending string) string {
	if c.text.Lang == "en" {
		return ending
	}
	return strings.Replace(ending, ".", ",", 1)
}

// marketplaceNames words a list of marketplaces: all of them are one word, and of many the first are
// named.
func (c *ctl) marketplaceNames(known pricing.Marketplaces, ids []pricing.MarketplaceID) string {
	const named = 3
	var names []string
	for _, m := range known {
		if slices.Contains(ids, m.ID) {
			names = append(names, m.Name)
		}
	}
	switch n := len(names); {
	case n == len(known):
		return c.text.T("pricing.everywhere", n)
	case n > named+1:
		return c.text.T("pricing.and-more", strings.Join(names[:named], ", "), n-named)
	default:
		return strings.Join(names, ", ")
	}
}
