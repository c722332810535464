package main

import (
	"slices"
	"strings"

	"github.com/sopyo/sopyo-desktop/domain/pricing"
)

// explain words a price: a sentence for each step of rules.md §3, then one for each warning, then what
// comes out.
func (c *ctl) explain(o pricing.Offer) []string {
	var lines []string
	for _, s := range o.Steps {
		lines = append(lines, pricing.StepSentence(c.words, c.words.Lang, s, o))
	}
	for _, w := range o.Warnings {
		lines = append(lines, c.t("pricing.warning."+string(w)))
	}
	switch {
	case o.Blocked:
		return append(lines, c.t("pricing.blocked"))
	case o.Approval:
		return append(lines, c.t("pricing.approval", c.words.Money(o.Price.Decimal, pricing.Target)))
	default:
		return append(lines, c.t("pricing.result", c.words.Money(o.Price.Decimal, pricing.Target)))
	}
}

// ruleSentence words a rule: "%10 artış, ek fiyat 20,00 ₺, ,90 bitişine yukarı".
func (c *ctl) ruleSentence(r *pricing.Rule) string {
	if r == nil {
		return c.t("pricing.rule.none")
	}
	parts := []string{c.t("pricing.rule."+string(r.Direction), r.AmountWords(c.words.Lang))}
	if !r.Extra.IsZero() {
		parts = append(parts, c.t("pricing.rule.extra", c.words.Money(r.Extra, pricing.Target)))
	}
	if r.Ending != "" {
		parts = append(parts, c.t("pricing.rule.ending."+string(r.EndingMode), c.t("rule.ending"+r.Ending)))
	}
	return strings.Join(parts, ", ")
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
		return c.t("pricing.everywhere", n)
	case n > named+1:
		return c.t("pricing.and-more", strings.Join(names[:named], ", "), n-named)
	default:
		return strings.Join(names, ", ")
	}
}
